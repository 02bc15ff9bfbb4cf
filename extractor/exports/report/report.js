"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { claims, nodes, edges, colors, words, strength } = data;
  const byId = (id) => document.getElementById(id);
  const at = new Map(nodes.map((n) => [n.id, n]));
  const rows = [...document.querySelectorAll("#transfers tbody tr")];
  const rowOf = new Map(rows.map((r) => [+r.dataset.claim, r]));
  const textOf = new Map([...rowOf].map(([i, r]) => [i, (r.textContent + " " + claims[i].sentence).toLowerCase()]));
  let chosen = null;

  // -- what is shown
  const wanted = () => new Set([...document.querySelectorAll("input[name=status]:checked")].map((b) => b.value));
  function visible() {
    const statuses = wanted(), only = byId("contested").checked, query = byId("search").value.trim().toLowerCase();
    return new Set(claims.map((_, i) => i).filter((i) => statuses.has(claims[i].status)
      && (!only || claims[i].contested) && (!query || textOf.get(i).includes(query))));
  }

  // -- graph
  const svg = d3.select("#graph");
  const world = svg.append("g");
  const defs = svg.append("defs");
  for (const [name, color] of Object.entries(colors))
    defs.append("marker").attr("id", "arrow-" + name).attr("viewBox", "0 0 10 10").attr("refX", 9).attr("refY", 5)
      .attr("markerWidth", 9).attr("markerHeight", 9).attr("markerUnits", "userSpaceOnUse").attr("orient", "auto")
      .append("path").attr("d", "M0,0L10,5L0,10z").attr("fill", color);
  const edgeLayer = world.append("g"), nodeLayer = world.append("g"), textLayer = world.append("g");
  const zoom = d3.zoom().scaleExtent([0.05, 8]).on("zoom", (e) => { world.attr("transform", e.transform); labels(e.transform.k); });
  svg.call(zoom).on("dblclick.zoom", null);
  const radius = (n) => 4 + n.size / 4;
  const pairs = d3.rollup(edges, (list) => list, (e) => [e.source, e.target].sort().join("\u0000"));

  function path(e) {
    const a = at.get(e.source), b = at.get(e.target);
    if (a === b) {
      const r = radius(a) + 14;
      return `M${a.x - 5},${a.y}A${r},${r} 0 1 1 ${a.x + 5},${a.y - radius(a)}`;
    }
    const list = pairs.get([e.source, e.target].sort().join("\u0000"));
    const bend = list.length > 1 ? 0.12 + 0.1 * Math.floor(list.indexOf(e) / 2) : 0;
    const dx = b.x - a.x, dy = b.y - a.y, length = Math.hypot(dx, dy) || 1;
    const cx = (a.x + b.x) / 2 - dy * bend, cy = (a.y + b.y) / 2 + dx * bend;
    const tx = b.x - cx, ty = b.y - cy, t = Math.hypot(tx, ty) || 1, gap = Math.min(radius(b) + 2, length / 3);
    return `M${a.x},${a.y}Q${cx},${cy} ${b.x - (tx / t) * gap},${b.y - (ty / t) * gap}`;
  }

  function draw(shown) {
    const items = byId("items").checked;
    const live = [];
    for (const e of edges) {
      const kept = e.claims.filter((i) => shown.has(i));
      if (!kept.length || (e.item && !items)) continue;
      const status = strength.find((s) => kept.some((i) => claims[i].status === s));
      const sides = new Set(kept.map((i) => (claims[i].status === "denied" ? "no" : "yes")));
      live.push({ ...e, edge: e, kept, status, contested: e.contested && sides.size > 1 });
    }
    const linked = new Set(live.flatMap((e) => [e.source, e.target]));
    const lone = byId("lone").checked;
    const present = nodes.filter((n) => linked.has(n.id) || (lone && n.lone));
    const g = edgeLayer.selectAll("g").data(live, (e) => e.id).join((enter) => {
      const made = enter.append("g");
      made.append("path").attr("class", "hit").attr("tabindex", 0).attr("role", "button");
      made.append("path").attr("class", "edge");
      made.select(".hit").append("title");
      return made;
    });
    const label = (e) => `${at.get(e.source).label} → ${at.get(e.target).label}: ${words.relations[e.relation][e.status === "asserted"
      || e.status === "reported" ? "" : e.status]}${e.contested ? ` (${words.contested})` : ""} [${e.kept.length}]`;
    g.select(".hit").attr("d", (e) => path(e.edge)).attr("aria-label", label)
      .on("click", (_, e) => choose(e, label(e))).on("keydown", (k, e) => { if (k.key === "Enter") choose(e, label(e)); });
    g.select("title").text(label);
    g.select(".edge").attr("d", (e) => path(e.edge)).attr("data-edge", (e) => e.id)
      .attr("class", (e) => "edge " + (e.status === "denied" ? "denied" : ["alleged", "planned"].includes(e.status) ? "unsure" : ""))
      .attr("stroke", (e) => colors[e.contested ? "contested" : e.status]).attr("stroke-width", (e) => 1.5 + Math.log2(e.kept.length))
      .attr("marker-end", (e) => `url(#arrow-${e.contested ? "contested" : e.status})`);
    nodeLayer.selectAll("circle").data(present, (n) => n.id).join((enter) => enter.append("circle")
      .attr("fill", (n) => n.color).attr("r", radius).attr("tabindex", 0).attr("role", "button").attr("aria-label", (n) => n.label)
      .call(d3.drag().on("drag", (e, n) => { n.x = e.x; n.y = e.y; update(); })).call((c) => c.append("title").text((n) => `${n.label} (${n.id})`)))
      .attr("cx", (n) => n.x).attr("cy", (n) => n.y)
      .on("click", (_, n) => chooseNode(n)).on("keydown", (k, n) => { if (k.key === "Enter") chooseNode(n); });
    textLayer.selectAll("text").data(present, (n) => n.id).join("text").text((n) => (n.label.length > 34 ? n.label.slice(0, 32) + "…" : n.label))
      .attr("x", (n) => n.x);
    fade();
    return present;
  }

  // Labels keep their size at every zoom; where two would cover each other the larger node's stays.
  function labels(k) {
    const taken = [];
    const near = chosen && new Set(chosen.nodes);
    const rank = (n) => (near && near.has(n.id) ? 1e6 : 0) + n.size;
    textLayer.attr("font-size", 13 / k).selectAll("text").attr("stroke-width", 4 / k).attr("y", (n) => n.y + radius(n) + 13 / k)
      .sort((a, b) => d3.descending(rank(a), rank(b))).attr("display", (n) => {
        const w = Math.min(34, n.label.length) * 3.6 / k, y = n.y + radius(n) + 9 / k, h = 8 / k;
        if (taken.some((t) => Math.abs(t.x - n.x) < t.w + w && Math.abs(t.y - y) < t.h + h)) return "none";
        taken.push({ x: n.x, y, w, h });
        return null;
      });
  }

  function fade() {
    const near = chosen && new Set(chosen.nodes);
    nodeLayer.selectAll("circle").classed("faded", (n) => near && !near.has(n.id));
    textLayer.selectAll("text").classed("faded", (n) => near && !near.has(n.id));
    edgeLayer.selectAll(".edge").classed("faded", (e) => chosen && !chosen.edges.has(e.id)).classed("chosen", (e) => chosen && chosen.edges.has(e.id));
    labels(d3.zoomTransform(svg.node()).k);
  }

  function fit(present) {
    const box = svg.node().getBoundingClientRect();
    if (!present.length || !box.width) return;
    const [x0, x1] = d3.extent(present, (n) => n.x), [y0, y1] = d3.extent(present, (n) => n.y);
    const scale = Math.min(1.6, 0.86 * Math.min(box.width / (x1 - x0 + 120), box.height / (y1 - y0 + 80)));
    svg.call(zoom.transform, d3.zoomIdentity.translate(box.width / 2, box.height / 2).scale(scale).translate(-(x0 + x1) / 2, -(y0 + y1) / 2));
  }

  // -- evidence
  function choose(e, title) {
    chosen = { nodes: [e.source, e.target], edges: new Set([e.id]) };
    fade();
    prove(title, e.kept);
    find(e.kept[0], false);
  }
  function chooseNode(n) {
    const shown = visible();
    const mine = edges.filter((e) => e.source === n.id || e.target === n.id);
    chosen = { nodes: [n.id, ...mine.flatMap((e) => [e.source, e.target])], edges: new Set(mine.map((e) => e.id)) };
    fade();
    prove(n.label, [...new Set(mine.flatMap((e) => e.claims))].filter((i) => shown.has(i)).sort((a, b) => a - b));
  }
  svg.on("click", (e) => {
    if (e.target !== svg.node()) return;
    chosen = null;
    fade();
  });
  function prove(title, list) {
    const box = byId("detail");
    box.querySelector("h2").textContent = title;
    box.querySelector(".hint").textContent = "";
    byId("proof").replaceChildren(...list.map((i) => {
      const c = claims[i], item = document.createElement("li");
      const badge = Object.assign(document.createElement("span"), { className: "status " + c.status, textContent: words.statuses[c.status] });
      const quote = Object.assign(document.createElement("blockquote"), { textContent: c.sentence });
      const link = Object.assign(document.createElement("a"), { href: "#c" + i, textContent: c.article });
      link.addEventListener("click", (e) => { e.preventDefault(); find(i, true); });
      item.append(badge, " ", [c.item, c.quantity, c.when, c.source].filter(Boolean).join(" · "), quote, link);
      return item;
    }));
  }
  function find(i, move) {
    document.querySelectorAll(".sentence.found").forEach((s) => s.classList.remove("found"));
    const mark = byId("c" + i);
    if (!mark) return;
    mark.closest("details").open = true;
    mark.closest(".sentence").classList.add("found");
    if (move) mark.scrollIntoView({ block: "center" });
  }
  document.querySelectorAll("#transfers a").forEach((a) => a.addEventListener("click", (e) => {
    e.preventDefault();
    find(+a.closest("tr").dataset.claim, true);
  }));

  // -- timeline
  function timeline(shown) {
    const dated = [...shown].filter((i) => claims[i].from || claims[i].to);
    const svg = d3.select("#timeline");
    svg.selectAll("*").remove();
    byId("undated").textContent = words.undated.replace("#", shown.size - dated.length);
    if (!dated.length) return svg.attr("height", 0);
    const groups = d3.groups(dated, (i) => claims[i].pair).sort((a, b) => b[1].length - a[1].length).slice(0, 25);
    const day = (text) => new Date(text + "T00:00:00Z"), width = svg.node().getBoundingClientRect().width || 900, step = 24, left = 260;
    const days = dated.flatMap((i) => [claims[i].from, claims[i].to].filter(Boolean).map(day));
    const x = d3.scaleUtc().domain([d3.utcMonth.offset(d3.min(days), -1), d3.utcMonth.offset(d3.max(days), 1)]).range([left, width - 20]);
    const height = groups.length * step;
    svg.attr("height", height + 30);
    svg.append("g").attr("class", "grid").attr("transform", `translate(0,${height + 4})`).call(d3.axisBottom(x).ticks(6).tickFormat(d3.utcFormat("%Y-%m-%d")).tickSize(-height));
    const row = svg.selectAll(".row").data(groups).join("g").attr("class", "row").attr("transform", (_, i) => `translate(0,${i * step + 6})`);
    row.append("text").attr("x", 0).attr("y", 12).text(([pair]) => (pair.length > 40 ? pair.slice(0, 38) + "…" : pair));
    row.selectAll("rect").data(([, list]) => list).join("rect")
      .attr("class", (i) => "span" + (claims[i].reckoned ? " article-date" : "")).attr("y", 3).attr("height", 12).attr("rx", 3)
      .attr("x", (i) => x(claims[i].from ? day(claims[i].from) : x.domain()[0]))
      .attr("width", (i) => Math.max(6, x(claims[i].to ? day(claims[i].to) : x.domain()[1]) - x(claims[i].from ? day(claims[i].from) : x.domain()[0])))
      .attr("fill", (i) => colors[claims[i].status]).attr("fill-opacity", (i) => (claims[i].reckoned ? 0.3 : claims[i].from && claims[i].to ? 0.75 : 0.45))
      .attr("stroke", (i) => colors[claims[i].status]).attr("stroke-dasharray", (i) => (claims[i].from && claims[i].to ? null : "4 3"))
      .on("click", (_, i) => { prove(claims[i].pair, [i]); find(i, true); }).append("title").text((i) => claims[i].sentence);
  }

  // -- table
  const heads = [...document.querySelectorAll("#transfers th")];
  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    heads.forEach((h) => h.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = (r) => r.cells[column].dataset.value ?? r.cells[column].textContent;
    const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    rows.sort((a, b) => {
      const [p, q] = [value(a), value(b)];
      return p === "" || q === "" ? (p === "") - (q === "") : (up ? 1 : -1) * compare(p, q);
    });
    document.querySelector("#transfers tbody").append(...rows);
  }));

  function update() {
    const shown = visible();
    rowOf.forEach((row, i) => { row.hidden = !shown.has(i); });
    const present = draw(shown);
    timeline(shown);
    return present;
  }
  document.querySelectorAll("#filters input, #items, #lone").forEach((box) => box.addEventListener("input", update));
  byId("fit").addEventListener("click", () => fit(update()));
  window.addEventListener("resize", () => timeline(visible()));
  fit(update());
})();
