"""The model's named entities, their borders and types corrected."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from extractor.lexicon import Lexicon
from extractor.model import EntityType, Mention
from extractor.namespan import LEADS, name_end
from extractor.orgwords import OrgWords, words
from extractor.persons import identify
from extractor.view import View

TYPES: dict[str, EntityType] = {"PER": "PERSON", "PERSON": "PERSON", "LOC": "PLACE", "GPE": "PLACE", "ORG": "ORG"}


def names(doc: Doc, view: View, lexicon: Lexicon, blocked: bytearray) -> Iterator[Mention]:
    """Entities of the model as mentions; what can't be a name is left out. ``blocked``: characters of other names."""
    for entity in doc.ents:
        kind = TYPES.get(entity.label_)
        if kind is None and _compound(view, entity.start, entity.end, lexicon.lang):
            kind = "PERSON"
        if kind is None:
            continue
        for first, last in _pieces(view, entity.start, entity.end, lexicon):
            if kind == "PERSON":
                last = max(last, name_end(view, first, lexicon.words.not_names, blocked))
                while last > first + 1 and view.words[last - 1].isdigit():
                    last -= 1  # "sold Ankara 40 F-16s"
            mention = _mention(view, first, last, kind, entity.label_, lexicon)
            if mention is not None:
                yield mention


def _compound(view: View, first: int, last: int, lang: str) -> bool:
    """True of an entity of no type whose form is a person's: a double last name or a particle ("Ada Diop-Faye")."""
    if lang != "en" or last - first < 2 or (first and view.lower[first - 1] in _SHIP_ARTICLES - {","}):
        return False
    inner = view.words[first + 1 : last]
    joined = "-" in inner[:-1] and view.words[first + 1] != "-" and not any(map(str.isupper, (w[1:] for w in inner)))
    return all(w[:1].isalpha() or w == "-" for w in inner) and (joined or any(w in _NOBLE for w in inner[:-1]))


_NOBLE = frozenset(("van", "von", "af", "av", "bin", "ibn", "ould", "ben", "di", "del", "dos"))


def _pieces(view: View, first: int, last: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The stretches of an entity that line breaks, brackets and quotation marks leave whole, trimmed."""
    start = first
    for at in range(first, last + 1):
        counts = at > first and at < last and view.words[at] in _NUMBERS  # "aux Forces armées vingt blindés"
        if at < last and not (view.words[at].isspace() or view.words[at] in _BREAKS or counts):
            continue
        low, high = _trim(view, start, at, lexicon)
        if high > low:
            yield low, high
        start = at + 1


_NUMBERS = frozenset(["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "quinze", "vingt", "trente", "quarante", "cinquante", "cent", "two", "three", "four", "five", "eight", "ten", "twelve", "twenty", "thirty"])
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
        or (view.words[first] in _LEADING and last - first > 1)
    ):
        first += 1
    while last > first and (
        (not view.words[last - 1][-1:].isalnum() and view.words[last - 1][-1:] not in ".+")
        or (view.words[last - 1].islower() and not any(c.isdigit() for c in view.words[last - 1]))
        or view.words[last - 1] in refused
    ):
        last -= 1
    return first, last


# Prepositions and the like that open a sentence before a name.
_LEADING = frozenset(("In", "At", "Near", "From", "To", "And", "But", "Over", "Across", "As", "For", "With", "By", "On", "Off"))
# A ship, a prize, a law has its article before a person's name; in French a person has none.
_ARTICLES_OF_THINGS = frozenset(("le", "du", "au", "les", "des", "aux", "un"))
_DEFINITE = frozenset(("le", "la", "l'", "du"))
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
    if kind == "PERSON" and lexicon.lang == "en" and view.words[first] == "M." and _monsieur(view, first, last):
        first += 1
    start, end = view.starts[first], view.ends[last - 1]
    text = view.text[start:end]
    if len(text) < 2 or text in lexicon.words.not_names or not any(map(str.isupper, text)):
        return None
    lists = words(lexicon.lang)
    if last == first + 1 and (
        _plain_word(text, view, first) or _tag(text, view, first, last) or text in lists.no_acronyms
    ):
        return None
    if vessel(view, first, last, lists):
        return None
    if kind == "PERSON" and last == first + 1:
        return _single(view, first, text, label, lexicon)
    if kind != "ORG" and _named_as_org(view, first, last, lists):
        kind, label = "ORG", f"{label}>org"
    elif kind != "PLACE" and _placed(view, first, last, lexicon):
        kind, label = "PLACE", f"{label}>place"
    elif kind == "PLACE" and _speaks(view, first, lists):
        kind, label = "ORG", f"{label}>org"
    if kind != "PERSON" and text.split()[0] in lexicon.given_names and last - first > 1 and _articled(view, first, lexicon, _DEFINITE):
        return None
    if kind == "PERSON":
        if _articled(view, first, lexicon, _ARTICLES_OF_THINGS):
            return None
        ident, link = identify(text, lexicon)
        return Mention(start, end, text, kind, f"model:{label}", ident, "name", None, link)
    form = "acronym" if text.isupper() and len(text) <= 6 else "name"
    prefix = "org" if kind == "ORG" else "place"
    return Mention(start, end, text, kind, f"model:{label}", f"{prefix}:{text}", form)


def _monsieur(view: View, first: int, last: int) -> bool:
    """True of "M." that is no initial but stands for a Frenchman's title ("M. de Bréval")."""
    return last - first > 1 and (last - first == 2 or view.lower[first + 1] in LEADS)


def _articled(view: View, first: int, lexicon: Lexicon, articles: frozenset[str]) -> bool:
    """True where a French article before a first name makes the name a ship's or another thing's ("le Karine A")."""
    return lexicon.lang == "fr" and first > 0 and view.lower[first - 1] in articles


def vessel(view: View, first: int, last: int, lists: OrgWords) -> bool:
    """True of the name of a civil ship or of a work: "the trawler X", "the X, a dhow", which we do not mark."""
    at = first - 1
    while at >= 0 and view.lower[at] in _SHIP_ARTICLES:
        at -= 1
    if at >= 0 and view.lower[at] in lists.vessels:
        return True
    after = view.lower[last : last + 4]
    return after[:1] == [","] and len(after) > 2 and after[1] in _SHIP_ARTICLES and not lists.vessels.isdisjoint(after[2:])


_SHIP_ARTICLES = frozenset({"the", "a", "an", "le", "la", "l'", "un", "une", ",", "«", '"', "“"})


def _named_as_org(view: View, first: int, last: int, lists: OrgWords) -> bool:
    """True where a word of the name is one of organisations' names ("Agence", "Prensa", "Zeitung")."""
    return last - first > 1 and not (lists.foreign | lists.suffixes).isdisjoint(view.words[first:last])


def _placed(view: View, first: int, last: int, lexicon: Lexicon) -> bool:
    """True where the words before a name that is no person's put it on the map ("in X", "the port of X")."""
    text = view.words[first]
    if not text.isalpha() or text.isupper() or not first or text in lexicon.given_names:
        return False
    before, earlier = view.lower[first - 1], view.lower[first - 2] if first > 1 else ""
    if before in ("of", "de", "d'"):
        return earlier in lexicon.words.place_nouns
    return before in _SITED[lexicon.lang]


_SITED = {"en": frozenset({"in", "at", "off", "near", "outside", "into", "around"}), "fr": frozenset({"à"})}


def _speaks(view: View, first: int, lists: OrgWords) -> bool:
    """True where a closed quotation and a verb of saying lead to the name ("», ironise X")."""
    at = first - 1
    while at > 0 and view.lower[at] in ("le", "la", "l'", "the"):
        at -= 1
    return at > 1 and view.lower[at] in lists.saying and view.words[at - 1] in (",", "»", "”", '"')


def _single(view: View, at: int, text: str, label: str, lexicon: Lexicon) -> Mention | None:
    """One word that the model takes for a person: a person by title, verb or place in the sentence, else a place or firm."""
    start, end = view.starts[at], view.ends[at]
    before, lists = view.before(start), lexicon.words
    person = Mention(start, end, text, "PERSON", f"model:{label}", f"person:{text}")
    if text in lexicon.given_names or view.after(end) in lists.says or before in lists.says:
        return person
    if before in lists.before_place:
        owned = before in ("de", "d'", "of") and at > 1 and view.lower[at - 2] in lists.of_person
        return person if owned else Mention(start, end, text, "PLACE", f"model:{label}>place", f"place:{text}")
    if before in lists.before_thing or before.isdigit() or (before.isalpha() and before not in lists.before_firm):
        return None
    if before in _FIRM or text[-1] == ".":
        return Mention(start, end, text, "ORG", f"model:{label}>org", f"org:{text}") if before in _FIRM else None
    return person


_FIRM = frozenset({"le", "la", "l'", "the", "par", "by", "chez", "avec", "with"})


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


def _plain_word(text: str, view: View, at: int) -> bool:
    """True of a lone word that opens a sentence and is no name: an adverb, a participle ("Interceptée", "Stung")."""
    before = view.words[at - 1] if at else "."
    if not (before.isspace() or before in _OPENERS):
        return False
    lower = text.lower()
    if lower.endswith(("ement", "mment", "ly", "ez", "ant")):
        return True
    return lower.endswith(("é", "ée", "és", "ées")) and view.known(lower)


_OPENERS = frozenset({".", "!", "?", "«", "…", '"', "“", "–", "—", ":", ";"})
