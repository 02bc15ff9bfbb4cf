"""Pictures of the graph: SVG that any browser shows, and the same as PNG (resvg).

Entities without a link are left out; of more than `SHOWN` nodes the best connected are drawn, and
the caption says how many there are. Solid lines are facts as told, dashes allegations and plans,
dots denials.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

from extractor.exports import style
from extractor.exports.layout import LABEL_SHOWN, positions
from extractor.exports.xmltext import escape, quote

if TYPE_CHECKING:
    import networkx as nx

    from extractor.exports import Options

SHOWN = 60
MARGIN, LEGEND = 90.0, 64.0
_DASHES = {"alleged": "9 6", "planned": "9 6", "denied": "2 6"}
_TYPES = {
    "fr": {"STATE": "État", "ORG": "organisation", "PERSON": "personne", "WEAPON": "arme", "GOODS": "autre bien", "PLACE": "lieu",
           "CLAIM": "affirmation", "ARTICLE": "article", "SOURCE": "source"},
    "en": {"STATE": "state", "ORG": "organisation", "PERSON": "person", "WEAPON": "weapon", "GOODS": "other goods",
           "PLACE": "place", "CLAIM": "claim", "ARTICLE": "article", "SOURCE": "source"},
}
_SOME = {"fr": "{shown} nœuds sur {all}", "en": "{shown} of {all} nodes"}


def export_svg(graph: nx.MultiDiGraph[str], stream: IO[str], options: Options) -> None:
    """Write the picture as SVG to a text ``stream``."""
    stream.write(draw(graph, options.labels))


def export_png(graph: nx.MultiDiGraph[str], stream: IO[bytes], options: Options) -> None:
    """Write the picture as PNG, twice as many pixels as the SVG has units, to a binary ``stream``."""
    import resvg_py

    stream.write(bytes(resvg_py.svg_to_bytes(svg_string=draw(graph, options.labels), zoom=2)))


def draw(graph: nx.MultiDiGraph[str], labels: str = "fr") -> str:
    """The picture of ``graph`` as an SVG document."""
    import networkx as nx

    whole: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    whole.add_nodes_from(graph.nodes(data=True))
    whole.add_edges_from((u, v, d) for u, v, d in graph.edges(data=True))
    linked = [n for n, degree in whole.degree() if degree] or list(whole)
    best = sorted(linked, key=lambda n: (-whole.degree(n, weight="weight"), n))[:SHOWN]
    part = _in_order(whole, set(best))
    places = positions(part)
    if not places:
        return _document(240, 80, [f'<text x="120" y="45">{escape("∅")}</text>'])
    left, top = min(x for x, _ in places.values()) - MARGIN, max(y for _, y in places.values()) + MARGIN / 2
    at = {n: (x - left, top - y) for n, (x, y) in places.items()}
    width = max(620.0, max(x for x, _ in at.values()) + MARGIN)
    height = max(y for _, y in at.values()) + MARGIN / 2
    shapes = [_edge(at, u, v, d, i, _radius(part.nodes[v])) for (u, v), edges in _pairs(part) for i, (u, v, d) in enumerate(edges)]
    shapes += [_node(at[n], d) for n, d in part.nodes(data=True)]
    shapes += [_label(at[n], d) for n, d in part.nodes(data=True)]
    caption = _SOME[labels].format(shown=len(best), all=len(linked)) if len(best) < len(linked) else ""
    shapes.append(_legend(part, height, labels, caption))
    return _document(width, height + LEGEND, shapes)


def _in_order(graph: nx.MultiDiGraph[str], kept: set[str]) -> nx.MultiDiGraph[str]:
    """The part of ``graph`` on ``kept``, its nodes in the order of the graph whatever the hash seed."""
    import networkx as nx

    part: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    part.add_nodes_from((n, d) for n, d in graph.nodes(data=True) if n in kept)
    part.add_edges_from((u, v, d) for u, v, d in graph.edges(data=True) if u in kept and v in kept)
    return part


def _pairs(graph: nx.MultiDiGraph[str]) -> list[tuple[tuple[str, str], list[tuple[str, str, dict[str, Any]]]]]:
    pairs: dict[tuple[str, str], list[tuple[str, str, dict[str, Any]]]] = {}
    for u, v, d in sorted(graph.edges(data=True), key=lambda e: (e[0], e[1], str(e[2].get("relation")))):
        pairs.setdefault((min(u, v), max(u, v)), []).append((u, v, d))
    return list(pairs.items())


def _radius(values: dict[str, Any]) -> float:
    return 5.0 + float(values.get("size") or 10.0) / 4


def _edge(at: dict[str, tuple[float, float]], u: str, v: str, values: dict[str, Any], number: int, radius: float) -> str:
    (ax, ay), (bx, by) = at[u], at[v]
    status = str(values.get("status") or "asserted")
    color = str(values.get("color") or style.OTHER_COLOR)
    width = 1.4 + math.log2(max(1.0, float(values.get("weight") or 1.0)))
    dash = f' stroke-dasharray="{_DASHES[status]}"' if status in _DASHES and not values.get("contested") else ""
    if u == v:
        path = f"M{ax - 6:.1f},{ay - 6:.1f}a16,16 0 1 1 12,0"
        head = ""
    else:
        bend = 0.10 + 0.08 * (number // 2)
        length = math.hypot(bx - ax, by - ay) or 1.0
        cx, cy = (ax + bx) / 2 - (by - ay) * bend, (ay + by) / 2 + (bx - ax) * bend
        angle = math.atan2(by - cy, bx - cx)
        stop = min(radius + 2.0, length / 3)
        tx, ty = bx - stop * math.cos(angle), by - stop * math.sin(angle)
        path = f"M{ax:.1f},{ay:.1f}Q{cx:.1f},{cy:.1f} {tx:.1f},{ty:.1f}"
        size = 7.0 + width
        ends = [(tx - size * math.cos(angle + turn), ty - size * math.sin(angle + turn)) for turn in (-0.38, 0.38)]
        head = f'<path d="M{tx:.1f},{ty:.1f}' + "".join(f"L{x:.1f},{y:.1f}" for x, y in ends) + f'Z" fill="{color}"/>'
    title = " — ".join(str(values[k]) for k in ("label", "tally") if values.get(k))
    return (f"<g><title>{escape(title)}</title><path d={quote(path)} fill=\"none\" stroke={quote(color)} "
            f'stroke-width="{width:.1f}" stroke-opacity="0.85"{dash}/>{head}</g>')


def _node(place: tuple[float, float], values: dict[str, Any]) -> str:
    return (f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{_radius(values):.1f}" fill={quote(str(values.get("color") or "#999999"))} '
            'stroke="#fff" stroke-width="1.5"/>')


def _label(place: tuple[float, float], values: dict[str, Any]) -> str:
    text = str(values.get("label") or "")
    shown = text if len(text) <= LABEL_SHOWN else text[:LABEL_SHOWN - 1] + "…"
    spot = f'x="{place[0]:.1f}" y="{place[1] + _radius(values) + 14:.1f}"'
    return f'<text {spot} class="halo">{escape(shown)}</text><text {spot}>{escape(shown)}</text>'


def _legend(graph: nx.MultiDiGraph[str], y: float, labels: str, caption: str) -> str:
    kinds = {str(d.get("type")) for _, d in graph.nodes(data=True)}
    out, x = [], 24.0
    for kind, word in _TYPES[labels].items():
        if kind in kinds:
            out.append(f'<circle cx="{x:.0f}" cy="{y + 18:.0f}" r="6" fill="{style.node_color(kind)}"/>'
                       f'<text x="{x + 11:.0f}" y="{y + 22:.0f}" class="left">{word}</text>')
            x += 40 + 7.5 * len(word)
    present = [s for s in style.STATUS_COLORS if any(d.get("status") == s and not d.get("contested") for *_, d in graph.edges(data=True))]
    lines = [(style.STATUS_WORDS[labels][s], style.STATUS_COLORS[s], _DASHES.get(s, "")) for s in present]
    if any(d.get("contested") for *_, d in graph.edges(data=True)):
        lines.append((style.CONTESTED_WORD[labels], style.CONTESTED_COLOR, ""))
    x = 18.0
    for word, color, dash in lines:
        out.append(f'<path d="M{x:.0f},{y + 43:.0f}h34" stroke="{color}" stroke-width="2.5" stroke-dasharray="{dash or "none"}"/>'
                   f'<text x="{x + 40:.0f}" y="{y + 47:.0f}" class="left">{word}</text>')
        x += 66 + 7.5 * len(word)
    return "".join(out) + (f'<text x="{x:.0f}" y="{y + 47:.0f}" class="left">{escape(caption)}</text>' if caption else "")


def _document(width: float, height: float, shapes: Sequence[str]) -> str:
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">\n'
            "<style>text{font:13px 'DejaVu Sans','Liberation Sans',Arial,sans-serif;text-anchor:middle;fill:#1a1a1a}"
            ".halo{stroke:#fff;stroke-width:4px;stroke-linejoin:round;fill:#fff}.left{text-anchor:start}</style>\n"
            '<rect width="100%" height="100%" fill="#fff"/>\n')
    return head + "\n".join(shapes) + "\n</svg>\n"
