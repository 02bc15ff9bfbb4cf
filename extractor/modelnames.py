"""The model's named entities, their borders and types corrected."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from extractor.lexicon import Lexicon
from extractor.model import EntityType, Mention
from extractor.persons import PARTICLES, capitalised, identify
from extractor.view import View

TYPES: dict[str, EntityType] = {"PER": "PERSON", "PERSON": "PERSON", "LOC": "PLACE", "GPE": "PLACE", "ORG": "ORG"}
_INNER = PARTICLES | {"et", "and", "of", "the", "for", "&", "-", "pour", "à", "en", "l'", "’", "'", "sur", "on", "aux", "au"}


def names(doc: Doc, view: View, lexicon: Lexicon) -> Iterator[Mention]:
    """Entities of the model as mentions; what can't be a name is left out."""
    for entity in doc.ents:
        kind = TYPES.get(entity.label_)
        if kind is None:
            continue
        for first, last in _pieces(view, entity.start, entity.end, lexicon):
            mention = _mention(view, first, last, kind, entity.label_, lexicon)
            if mention is not None:
                yield mention


def _pieces(view: View, first: int, last: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The stretches of an entity that line breaks, brackets and quotation marks leave whole, trimmed."""
    start = first
    for at in range(first, last + 1):
        if at < last and not (view.words[at].isspace() or view.words[at] in _BREAKS):
            continue
        low, high = _trim(view, start, at, lexicon)
        if high > low:
            yield low, high
        start = at + 1


_BREAKS = frozenset({"(", ")", "«", "»", '"', "“", "”", ":", ";", "!", "?", "…", ",", "–", "—", "•", "●", "[", "]", "/"})


def _trim(view: View, first: int, last: int, lexicon: Lexicon) -> tuple[int, int]:
    """Cut words off both ends that belong to no name."""
    titles, refused = lexicon.words.titles, lexicon.words.not_names
    while first < last and (
        not view.words[first][:1].isalnum() or view.words[first][:1].islower() and view.lower[first] not in ("al-", "el-")
        or view.words[first] in refused or view.words[first] in titles or view.lower[first] in titles
        or view.lower[first] in _ARTICLES
    ):
        first += 1
    while last > first and (
        not view.words[last - 1][-1:].isalnum() and view.words[last - 1][-1:] not in ".+"
        or view.words[last - 1].islower() and not any(c.isdigit() for c in view.words[last - 1])
        or view.words[last - 1] in refused
    ):
        last -= 1
    return first, last


_ARTICLES = frozenset({"les", "the", "l'", "d'", "au", "aux", "du", "des", "un", "une", "ce", "cette", "ces", "mr", "mme", "s'", "c'", "n'", "qu'"})


def _mention(view: View, first: int, last: int, kind: EntityType, label: str, lexicon: Lexicon) -> Mention | None:
    start, end = view.starts[first], view.ends[last - 1]
    text = view.text[start:end]
    if len(text) < 2 or text in lexicon.words.not_names or not any(map(str.isupper, text)):
        return None
    if last == first + 1 and _adverb(text, view, first):
        return None
    if kind == "PERSON":
        ident, link = identify(text, lexicon)
        return Mention(start, end, text, kind, f"model:{label}", ident, "name", None, link)
    form = "acronym" if text.isupper() and len(text) <= 6 else "name"
    prefix = "org" if kind == "ORG" else "place"
    return Mention(start, end, text, kind, f"model:{label}", f"{prefix}:{text}", form)


def _adverb(text: str, view: View, at: int) -> bool:
    """True of a lone word that opens a sentence and looks like an adverb or participle."""
    opens = at == 0 or view.words[at - 1] in (".", "!", "?", "«", "…", '"') or view.words[at - 1].isspace()
    return opens and text.lower().endswith(("ment", "ly"))


__all__ = ["TYPES", "capitalised", "names"]
