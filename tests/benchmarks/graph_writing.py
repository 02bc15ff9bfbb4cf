"""How long a graph of many claims takes to build and write, beside networkx's own writer, and how much memory."""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import networkx as nx

from extractor import exports
from extractor.exports.graphml import write_graphml
from extractor.graph import GraphBuilder
from extractor.model import STATUSES, Article, Entity, Evidence, Extent, Filler, Mention, Result, Transfer, When

ACTORS, ITEMS, PER_ARTICLE = 300, 2000, 10


def made(claims: int) -> Iterator[Result]:
    """Articles of ten claims each, all sentences different."""
    rng = random.Random(1)
    day = date(2015, 1, 1)
    for number in range(claims // PER_ARTICLE):
        words = [f"w{rng.randrange(10**6)}" for _ in range(250)]
        text = " ".join(words)
        article = Article(f"article-{number}", text, "en", day + timedelta(days=number % 3650), f"Title {number}", "bench")
        actors = [f"state:{int(rng.paretovariate(0.7)) % ACTORS}" for _ in range(2 * PER_ARTICLE)]
        transfers, mentions = [], []
        for n in range(PER_ARTICLE):
            item = f"weapon:item {int(rng.paretovariate(0.5)) % ITEMS}"
            sentence = Extent(n * 100, n * 100 + 150, text[n * 100:n * 100 + 150])
            fillers = [Filler(n * 100 + 10 * k, n * 100 + 10 * k + 7, text[n * 100:n * 100 + 7], kind, node)
                       for k, (node, kind) in enumerate(((actors[2 * n], "STATE"), (actors[2 * n + 1], "STATE"), (item, "WEAPON")))]
            when = When("then", 0, 4, article.date, article.date, "day", "text") if n % 2 else None
            transfers.append(Transfer(*fillers, Extent(n * 100 + 50, n * 100 + 57, "deliver"), rng.choice(STATUSES),
                                      Evidence(article.id, sentence), "bench.rule", when=when, confidence=rng.random()))
            mentions += [Mention(f.start, f.end, f.text, f.type, "bench", f.id) for f in fillers]
        entities = tuple(Entity(f.id, f.type, {"fr": f.id, "en": f.id}) for t in transfers for f in (t.supplier, t.item) if f)
        yield Result(article, tuple(mentions), entities, tuple(transfers))


def peak() -> float:
    """Peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", nargs="?", type=int, default=20_000)
    parser.add_argument("view", nargs="?", choices=("entities", "claims", "actors"), default="entities")
    parser.add_argument("--plain", action="store_true", help="leave networkx's writer out: the peak is then the project's own")
    args = parser.parse_args()
    claims, view = args.claims, args.view
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.graphml"
        start = time.perf_counter()
        exports.write(made(claims), path, view=view)
        size = path.stat().st_size / 2**20
        print(f"{claims} claims, view {view}: results to file in {time.perf_counter() - start:.1f} s, "
              f"{size:.0f} MB, peak {peak():.0f} MB", flush=True)
        if args.plain:
            return
        builder = GraphBuilder(view)
        for result in made(claims):
            builder.add(result)
        graph = builder.build()
        start = time.perf_counter()
        with path.open("w", encoding="utf-8") as stream:
            write_graphml(graph, stream)
        ours = time.perf_counter() - start
        start = time.perf_counter()
        nx.write_graphml(graph, path)
        theirs = time.perf_counter() - start
        print(f"{len(graph)} nodes, {graph.number_of_edges()} edges: written in {ours:.1f} s, by networkx in {theirs:.1f} s, "
              f"ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
