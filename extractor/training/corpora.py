"""Reading the treebanks and name corpora, and shaping them as the pipeline will see its input.

Nothing here is needed at run time. All readers take plain or ``.xz`` files and keep the order of the file.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans
from spacy.vocab import Vocab

from extractor import merging
from extractor.errors import InputError
from extractor.model import EntityType, Mention
from extractor.training import conllu

_LAYERS: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START"]
TYPES: tuple[EntityType, ...] = ("PERSON", "ORG", "PLACE", "STATE")


@dataclass(frozen=True, slots=True)
class Names:
    """A passage with its named entities: (start, end, label), code points, end exclusive."""

    text: str
    entities: tuple[tuple[int, int, str], ...]


def read_text(path: Path) -> str:
    """The text of ``path`` or of ``path`` + ``.xz``. Raises `InputError` where neither exists."""
    packed = path.with_name(path.name + ".xz")
    if path.exists():
        return path.read_text(encoding="utf-8")
    if packed.exists():
        return lzma.decompress(packed.read_bytes()).decode("utf-8")
    raise InputError(f"corpus file missing: {path} (or {packed.name})")


def read_sentences(path: Path, vocab: Vocab, merge_subtokens: bool = False) -> list[Doc]:
    """The trees of a CoNLL-U file, a Doc each. ``merge_subtokens``: "des" stays one token (French)."""
    return list(conllu.docs(read_text(path), vocab, merge_subtokens))


def read_names(path: Path) -> list[Names]:
    """The passages of a JSON Lines file of ``{"text", "entities": [[start, end, label]]}``."""
    rows = (json.loads(line) for line in read_text(path).splitlines())
    return [Names(row["text"], tuple((s, e, label) for s, e, label in row["entities"])) for row in rows]


def relabel(doc: Doc, mapping: dict[str, str], known: frozenset[str] | None = None) -> Doc:
    """Map dependency labels in place; one outside ``known`` loses its subtype, else becomes "dep"."""
    for token in doc:
        label = mapping.get(token.dep_, token.dep_)
        if known is not None and label not in known:
            base = label.split(":")[0]
            label = base if base in known else "dep"
        token.dep_ = label
    return doc


def group(sentences: Sequence[Doc], sizes: Sequence[int], rng: random.Random) -> Iterator[Doc]:
    """Join neighbouring sentences into texts of a size drawn from ``sizes``: the parser learns where they end."""
    start = 0
    while start < len(sentences):
        size = rng.choice(sizes)
        part = list(sentences[start : start + size])
        start += size
        joined = Doc.from_docs(part) if len(part) > 1 else part[0].copy()
        if joined is not None:
            yield joined


def curl(doc: Doc) -> Doc:
    """The same tree in the typography of the press: ’ for ', and “ ” in turn for straight double quotes."""
    words, opened = [], False
    for token in doc:
        word = token.text.replace("'", "’")
        if word == '"':
            word, opened = "”" if opened else "“", not opened
        words.append(word)
    copy = Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc])
    layers: Any = doc.to_array(_LAYERS)
    return copy.from_array(_LAYERS, layers)


def name_mentions(doc: Doc, rng: random.Random) -> list[Mention]:
    """Names in several words that hang together in the tree, with a type drawn by chance (it only picks the proxy).

    A name is a run of proper nouns, with what ``flat`` ties to it.
    """
    inside = [t.pos_ == "PROPN" or t.dep_.startswith("flat") for t in doc]
    found: list[Mention] = []
    start = 0
    while start < len(doc):
        end = start
        while end < len(doc) and inside[end] and doc[end].sent.start == doc[start].sent.start:
            end += 1
        span = doc[start:end]
        if end - start > 1 and _hangs_together(span):
            found.append(Mention(span.start_char, span.end_char, span.text, rng.choice(TYPES), "training"))
        start = max(end, start + 1)
    return found


def _hangs_together(span: Span) -> bool:
    return sum(not span.start <= t.head.i < span.end or t.head.i == t.i for t in span) == 1


def example(nlp: Language, gold: Doc, mentions: Iterable[Mention] = ()) -> Example:
    """Gold against the pipeline's own tokens, ``mentions`` merged in both, as `extractor.merging` does at run time."""
    predicted, chosen = nlp.make_doc(gold.text), list(mentions)
    if chosen:
        merging.merge_mentions(predicted, chosen, str(nlp.lang))
        merging.merge_mentions(gold, chosen, str(nlp.lang))
    return Example(predicted, gold)


def examples(
    nlp: Language, sentences: Sequence[Doc], seed: int, merged: float = 0.5, curled: float = 0.4
) -> list[Example]:
    """Texts of one to four sentences; a share ``merged`` has its names merged, a share ``curled`` curly quotes."""
    rng = random.Random(seed)
    made = []
    for joined in group(sentences, (1, 1, 2, 4), rng):
        gold = curl(joined) if rng.random() < curled else joined
        mentions = name_mentions(gold, rng) if rng.random() < merged else []
        made.append(example(nlp, gold, mentions))
    return made


def name_example(nlp: Language, row: Names) -> Example:
    """An entity example over the pipeline's own tokens; tokens of spans that cross token borders count as unknown."""
    doc, gold = nlp.make_doc(row.text), nlp.make_doc(row.text)
    whole: list[Span] = []
    unknown: list[Span] = []
    for start, end, label in row.entities:
        span = gold.char_span(start, end, label=label)
        wide = gold.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None:
            whole.append(span)
        elif wide is not None:
            unknown.append(wide)
    whole = filter_spans(whole)
    taken = {t.i for span in whole for t in span}
    unknown = [span for span in filter_spans(unknown) if not any(t.i in taken for t in span)]
    gold.set_ents(whole, missing=unknown, default="outside")
    return Example(doc, gold)
