"""Known names in a text, each alias under the condition that its row sets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.aliases import Hit
from extractor.lexicon import Lexicon, Name
from extractor.model import Mention
from extractor.view import View

_DETERMINERS = frozenset({"le", "la", "les", "l'", "du", "des", "au", "aux", "the", "this", "notre"})
_COMPLEMENT = frozenset({"de", "d'", "d’", "des", "du", "of", "on", "for", "pour", "sur", "européen", "européenne"})
_LANGUAGE = {"fr": frozenset({"en"}), "en": frozenset({"in", "speak", "speaks", "spoke"})}
_PREFIXES = frozenset({"anti", "pro", "ex", "non", "post", "pré", "pre", "néo", "neo", "vice", "inter", "all", "then"})
_HYPHENS = "-–‑—"
# The feminine and the plural that inclusive spelling hangs on a word: "coréen·ne·s", "ukrainien.nes", "russe·s".
_INCLUSIVE = re.compile(r"(?:[·•‧.](?:ne|le|te|se|e|ne?s|le?s|es))(?:[·•‧.]?s)?(?!\w)|[·•‧]s(?!\w)")


def names(view: View, lexicon: Lexicon) -> list[Mention]:
    """All names of the gazetteers that stand under their condition; they may overlap."""
    hits = list(lexicon.names.find(view.text))
    demonyms = {hit.start for hit in hits if hit.value.form == "demonym"}
    borders = {hit.start for hit in hits} | {hit.end for hit in hits}
    korea = any(hit.value.entity in ("state:PRK", "state:KOR") and hit.value.context != "korea" for hit in hits)
    return [
        _mention(hit, view)
        for hit in hits
        if _stands(hit, view, demonyms, korea, lexicon.words.before_thing)
        and not _inner(hit, view, lexicon)
        and _alone(hit, view.text, borders)
        and not _language(hit, view, lexicon.lang)
    ]


def _mention(hit: Hit[Name], view: View) -> Mention:
    name = hit.value
    kind = "silent" if name.context == "silent" else "overlay" if name.context == "overlay" else name.type.lower()
    rule = f"gazetteer:{kind}.{name.form}"
    tail = _INCLUSIVE.match(view.text, hit.end) if name.form == "demonym" else None
    end = tail.end() if tail else hit.end
    return Mention(hit.start, end, view.text[hit.start : end], name.type, rule, name.entity, name.form, None, name.alias)


def _stands(hit: Hit[Name], view: View, demonyms: set[int], korea: bool, things: frozenset[str]) -> bool:
    context = hit.value.context
    if view.text[hit.end : hit.end + 1] == "$":
        return False
    if context in ("", "silent", "overlay"):
        return True
    if context == "city":
        return view.before(hit.start) in ("à", "de", "d'", "vers", "in", "from", "near", "to", "of", "at", "et", "and")
    if context == "prefix":
        return hit.end + 1 in demonyms and view.text[hit.end] in _HYPHENS
    if context == "person":
        return False
    following = view.after(hit.end)
    if context == "org":
        if view.before(hit.start) in things or (view.before(hit.start).isdigit() and len(view.before(hit.start)) < 4):
            return False
        return not following[:1].isdigit() and not any(char.isdigit() for char in following)
    before = view.before(hit.start)
    if context == "social":
        return before in ("sur", "on", "réseau", "compte", "via")
    if before not in _DETERMINERS:
        return False
    if context == "det":
        return True
    plain = (following.lower() not in _COMPLEMENT or _clause(view, hit.end)) and not (following[:1].isupper() and following not in ("I", "A"))
    return plain and (context == "bare" or (korea and following[:1] not in ("-", "–")))


def _clause(view: View, char: int) -> bool:
    """True where "de" opens no complement of the name but a clause or another phrase ("la Commission de nous dire")."""
    at = view.at(char - 1) + 2
    word = view.lower[at] if at < len(view.words) else ""
    return word in _NO_NOUN or (word.endswith(("er", "ir", "re")) and view.words[at].islower())


_NO_NOUN = frozenset(["nous", "vous", "me", "te", "se", "ne", "un", "une", "le", "lui", "leur", "moi", "ce", "cette", "ces", "notre", "nos", "votre", "vos", "y"])


def _inner(hit: Hit[Name], view: View, lexicon: Lexicon) -> bool:
    """True of a last name that another first name makes someone else's ("Rifaat al-Assad")."""
    if hit.value.type != "PERSON" or " " in hit.value.alias or hit.start < 2 or view.text[hit.start - 1] != " ":
        return False
    at = view.at(hit.start - 2)
    word = view.words[at]
    if (
        not word[:1].isupper()
        or word in lexicon.words.titles
        or word.lower() in lexicon.words.titles
        or word in lexicon.words.not_names
    ):
        return False
    opens = at == 0 or view.words[at - 1] in (".", "«", "“", '"', "!", "?") or view.words[at - 1].isspace()
    return word in lexicon.given_names or (not opens and word.isalpha() and not word.isupper())


def _alone(hit: Hit[Name], text: str, borders: set[int]) -> bool:
    """False where the name is only a part of a hyphened one ("Paris-Saclay", "Bamako-Sénou")."""
    start, end = hit.start, hit.end
    if end + 1 < len(text) and text[end] in "-‑" and text[end + 1].isupper() and end + 1 not in borders:
        return False
    if start > 1 and text[start - 1] in "-‑" and text[start - 2].isalnum() and start - 1 not in borders:
        before = text[: start - 1].rsplit(None, 1)[-1].rsplit("'", 1)[-1].rsplit("’", 1)[-1]
        return before.islower() or before.lower() in _PREFIXES
    return True


def _language(hit: Hit[Name], view: View, lang: str) -> bool:
    """True where the demonym is the name of a language ("en russe", "in Spanish")."""
    if hit.value.form != "demonym":
        return False
    if view.before(hit.start) not in _LANGUAGE[lang]:
        return False
    following = view.after(hit.end)
    return lang == "fr" or not following[:1].isalpha() or following in ("and", "or", "at", "with", "on", "to", "that")


def longest(mentions: list[Mention]) -> Iterator[Mention]:
    """The mentions that no longer one covers, in the order of the text."""
    end = -1
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.end > end:
            yield mention
            end = mention.end
