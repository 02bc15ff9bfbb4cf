"""Word vectors of the English pipeline: floret (subword hashes, so no word is unknown) on the corpora's own text."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.training.initialize import convert_vectors

from extractor.errors import ModelError
from extractor.training import corpora

TEXTS = ("europarl-en.txt", "ner-english/ewt-train.jsonl", "ner-english/gum-train.jsonl", "ner-english/wikigold-train.jsonl",
         "ner-english/redocred-train.jsonl", "ner-english/crossner-train.jsonl")
# Near enough to the tokenizer's words; the norms are what the pipeline looks up.
_WORD = re.compile(r"\w+(?:[.,]\d+)*|'\w+|[^\w\s]")


def lines(folder: Path) -> Iterable[str]:
    """The text of the corpora, words in small letters parted by spaces."""
    for name in TEXTS:
        path = folder / name
        texts = [row.text for row in corpora.read_names(path)] if name.endswith(".jsonl") else corpora.read_text(path).splitlines()
        for text in texts:
            yield " ".join(_WORD.findall(text.lower().replace("’", "'")))


def train(folder: Path, output: Path, epochs: int = 2) -> None:
    """Write a ``.floret`` table (10,000 rows of 64 numbers) trained on the text under ``folder``.

    One thread, so that the same text gives the same table.

    Raises `ModelError` where the floret package is not installed.
    """
    try:
        import floret  # type: ignore[import-untyped]
    except ImportError as error:
        raise ModelError("training English vectors needs the package 'floret' (pip install floret)") from error
    with tempfile.TemporaryDirectory() as scratch:
        text = Path(scratch) / "text"
        text.write_text("\n".join(lines(folder)), encoding="utf-8")
        model = floret.train_unsupervised(
            str(text), mode="floret", model="cbow", dim=64, minCount=5, minn=4, maxn=5, bucket=10000, hashCount=2,
            epoch=epochs, lr=0.08, neg=5, ws=5, thread=1, verbose=0,
        )
        model.save_floret_vectors(str(output))


def add(nlp: Language, table: Path) -> None:
    """Give ``nlp`` the vectors of ``table``, looked up by norm: a merged name borrows its proxy's."""
    convert_vectors(nlp, table, truncate=-1, prune=-1, name=f"{nlp.lang}_floret", mode="floret", attr="NORM")
