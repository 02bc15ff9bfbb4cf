"""What the project's stages cost beside bare fr_core_news_md, from one run over the same texts.

usage: python tests/benchmarks/stages.py [TEXT_FILE[.xz]] [--lines N]

Without a file the passages of data/gold are read. The goals: entity stages at most 15 %, transfer stages at most 20 %.
"""

from __future__ import annotations

import argparse
import gc
import json
import lzma
import time
from itertools import islice
from pathlib import Path

import spacy

from extractor import language
from extractor.quickstart import quick_patterns

GOLD = Path(__file__).resolve().parent.parent.parent / "data" / "gold"
STAGES = {"entities": ("extractor_mentions", "extractor_entities"), "transfers": ("extractor_transfers",)}
CHUNK = 400


def texts(path: Path | None, limit: int) -> list[str]:
    if path is None:
        return [json.loads(line)["text"] for line in (GOLD / "dev-news-fr.jsonl").read_text("utf-8").splitlines()]
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as stream:
        return [line.strip() for line in islice(stream, limit) if line.strip()]


def cost(nlp, batch, spent):
    """Run ``batch`` through ``nlp``, adding each component's processor seconds to ``spent``."""
    start = time.process_time()
    docs = [nlp.make_doc(text) for text in batch]
    spent["tokenizer"] = spent.get("tokenizer", 0.0) + time.process_time() - start
    for name, component in nlp.pipeline:
        gc.collect()
        start = time.process_time()
        docs = list(component.pipe(docs, batch_size=64)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
        spent[name] = spent.get(name, 0.0) + time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--lines", type=int, default=4000)
    options = parser.parse_args()
    lines = texts(options.file, options.lines)
    with quick_patterns():
        bare = spacy.load("fr_core_news_md")
    full = language.load("fr")
    bare_cost: dict[str, float] = {}
    full_cost: dict[str, float] = {}
    for nlp in (bare, full):
        cost(nlp, lines[:50], {})  # first calls fill caches
    for at in range(0, len(lines), CHUNK):  # in turns, so that a busy moment of the machine hits both
        cost(bare, lines[at : at + CHUNK], bare_cost)
        cost(full, lines[at : at + CHUNK], full_cost)
    whole = sum(bare_cost.values())
    print(f"{len(lines)} texts, bare fr_core_news_md {whole:.1f} s")
    for name, seconds in full_cost.items():
        print(f"  {name:20} {seconds:6.2f} s  {seconds / whole:6.1%}  (bare {bare_cost.get(name, 0.0):.2f} s)")
    for stage, names in STAGES.items():
        print(f"{stage}: {sum(full_cost[name] for name in names) / whole:.1%} of bare fr_core_news_md")
    print(f"whole pipeline: {sum(full_cost.values()) / whole:.1%}")


if __name__ == "__main__":
    main()
