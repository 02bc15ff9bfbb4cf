"""The model's named entities, their borders and types corrected."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from extractor.lexicon import Lexicon
from extractor.model import EntityType, Mention
from extractor.orgwords import words
from extractor.persons import identify, name_end
from extractor.view import View

TYPES: dict[str, EntityType] = {"PER": "PERSON", "PERSON": "PERSON", "LOC": "PLACE", "GPE": "PLACE", "ORG": "ORG"}


def names(doc: Doc, view: View, lexicon: Lexicon, blocked: bytearray) -> Iterator[Mention]:
    """Entities of the model as mentions; what can't be a name is left out. ``blocked``: characters of other names."""
    for entity in doc.ents:
        kind = TYPES.get(entity.label_)
        if kind is None:
            continue
        for first, last in _pieces(view, entity.start, entity.end, lexicon):
            if kind == "PERSON":
                last = max(last, name_end(view, first, lexicon.words.not_names, blocked))
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


_BREAKS = frozenset(
    {"(", ")", "«", "»", '"', "“", "”", ":", ";", "!", "?", "…", ",", "–", "—", "•", "●", "[", "]", "/"}
)


def _trim(view: View, first: int, last: int, lexicon: Lexicon) -> tuple[int, int]:
    """Cut words off both ends that belong to no name."""
    titles, refused = lexicon.words.titles, lexicon.words.not_names
    while first < last and (
        not view.words[first][:1].isalnum()
        or (view.words[first][:1].islower() and view.lower[first] not in ("al-", "el-"))
        or view.words[first] in refused
        or view.words[first] in titles
        or view.lower[first] in titles
        or view.lower[first] in _ARTICLES
    ):
        first += 1
    while last > first and (
        (not view.words[last - 1][-1:].isalnum() and view.words[last - 1][-1:] not in ".+")
        or (view.words[last - 1].islower() and not any(c.isdigit() for c in view.words[last - 1]))
        or view.words[last - 1] in refused
    ):
        last -= 1
    return first, last


_ARTICLES = frozenset(
    {
        "les",
        "the",
        "l'",
        "d'",
        "au",
        "aux",
        "du",
        "des",
        "un",
        "une",
        "ce",
        "cette",
        "ces",
        "mr",
        "mme",
        "s'",
        "c'",
        "n'",
        "qu'",
    }
)


def _mention(view: View, first: int, last: int, kind: EntityType, label: str, lexicon: Lexicon) -> Mention | None:
    start, end = view.starts[first], view.ends[last - 1]
    text = view.text[start:end]
    if len(text) < 2 or text in lexicon.words.not_names or not any(map(str.isupper, text)):
        return None
    if last == first + 1 and (
        _adverb(text, view, first) or _tag(text, view, first, last) or text in words(lexicon.lang).no_acronyms
    ):
        return None
    if kind == "PERSON" and last == first + 1:
        return _single(view, first, text, label, lexicon)
    if kind == "PERSON":
        ident, link = identify(text, lexicon)
        return Mention(start, end, text, kind, f"model:{label}", ident, "name", None, link)
    form = "acronym" if text.isupper() and len(text) <= 6 else "name"
    prefix = "org" if kind == "ORG" else "place"
    return Mention(start, end, text, kind, f"model:{label}", f"{prefix}:{text}", form)


def _single(view: View, at: int, text: str, label: str, lexicon: Lexicon) -> Mention | None:
    """One word that the model takes for a person. Persons come with a first name or a title, so it is rather a place or a firm."""
    start, end = view.starts[at], view.ends[at]
    before, lists = view.before(start), lexicon.words
    if text in lexicon.given_names:
        return Mention(start, end, text, "PERSON", f"model:{label}", f"person:{text}")
    if view.after(end) in lists.says or before in lists.says:
        return Mention(start, end, text, "PERSON", f"model:{label}", f"person:{text}")
    if before in lists.before_place:
        return Mention(start, end, text, "PLACE", f"model:{label}>place", f"place:{text}")
    if before in lists.before_thing or before.isdigit() or (before.isalpha() and before not in lists.before_firm):
        return None
    return Mention(start, end, text, "ORG", f"model:{label}>org", f"org:{text}")


def _tag(text: str, view: View, first: int, last: int) -> bool:
    """True of a language tag in brackets ("(EN)") and of a century ("XXIe")."""
    if (
        text.isupper()
        and len(text) < 4
        and first
        and view.words[first - 1] == "("
        and view.words[last : last + 1] == [")"]
    ):
        return len(text) < 3
    return text[-1:] in "eE" and not text.rstrip("eE").strip("IVX")


def _adverb(text: str, view: View, at: int) -> bool:
    """True of a lone word that opens a sentence and looks like an adverb or participle."""
    opens = at == 0 or view.words[at - 1] in (".", "!", "?", "«", "…", '"') or view.words[at - 1].isspace()
    return opens and text.lower().endswith(("ement", "mment", "ly", "ez", "ant"))
