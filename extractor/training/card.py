"""The model card: what a shipped model is, what it was trained on, under which licences, how well it does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from spacy.about import __version__ as spacy_version

Source = tuple[str, str, str]

FRENCH: tuple[Source, ...] = (
    ("fr_core_news_md (start weights; vectors, names and lemmas stay there)", "base", "LGPL-LR"),
    ("UD French-Sequoia, train and dev", "training", "LGPL-LR"),
    ("UD French-GSD, dev part", "training", "CC BY-SA 4.0"),
    ("UD French-PUD", "training", "CC BY-SA 3.0"),
    ("template sentences of supply, written for the project", "training", "as the project"),
)
ENGLISH: tuple[Source, ...] = (
    ("UD English-EWT", "training", "CC BY-SA 4.0"),
    ("UD English-GUM, permissive genres", "training", "annotations CC BY 4.0; texts CC BY 2.5, CC BY-SA 3.0, CC BY 4.0"),
    ("Universal NER over EWT", "training (names)", "CC BY-SA 4.0"),
    ("names derived from GUM's entity layer", "training (names)", "as GUM"),
    ("Wikigold", "training (names)", "CC BY 4.0"),
    ("Re-DocRED, CrossNER politics and science", "training (names)", "MIT (text CC BY-SA)"),
    ("sentences with names and passages of supply, written for the project", "training (names)", "CC0"),
    ("debates of the European Parliament", "vectors", "no known copyright restriction; reuse with acknowledgement"),
    (
        "texts of EWT, GUM, Wikigold, Re-DocRED and CrossNER, without labels",
        "vectors",
        "CC BY-SA 4.0; as GUM; CC BY 4.0; MIT (text CC BY-SA)",
    ),
    ("template sentences of supply, written for the project", "training", "as the project"),
)


def write(folder: Path, lang: str, what: str, figures: dict[str, Any], sources: tuple[Source, ...]) -> None:
    """Write ``card.json`` and ``README.md`` into a model folder."""
    rows = [{"data": data, "use": use, "licence": licence} for data, use, licence in sources]
    date = datetime.now(UTC).date().isoformat()
    record = {"lang": lang, "what": what, "date": date, "spacy": spacy_version, "sources": rows, "scores": figures}
    (folder / "card.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(_markdown(record), encoding="utf-8")


def _markdown(record: dict[str, Any]) -> str:
    lines = [f"# {record['what']}", "", f"Trained {record['date']} with spaCy {record['spacy']}.", ""]
    lines += ["| data | use | licence |", "| --- | --- | --- |"]
    lines += [f"| {row['data']} | {row['use']} | {row['licence']} |" for row in record["sources"]]
    lines += ["", "In percent, from raw text:", "", "| test | figures |", "| --- | --- |"]
    for test, figures in record["scores"].items():
        shown = ", ".join(f"{name} {100 * value:.1f}" for name, value in figures.items())
        lines.append(f"| {test} | {shown} |")
    return "\n".join(lines) + "\n"
