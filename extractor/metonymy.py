"""Whether a capital or a seat of power stands for its state or for the place.

The decision is read off the words around the name, in this order: how a news agency opens its
dispatch, the preposition and what governs it, the verb. With none of them telling, a capital acts.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractor.lexicon import ActorWords, Lexicon
from extractor.model import Mention

_SINCE = frozenset(
    {"en", "in", "since", "depuis", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"}
    | {"septembre", "octobre", "novembre", "décembre"}
)
_DASHES = frozenset({"-", "–", "—", "―", "--"})
_STOPS = frozenset({".", "!", "?", "…", ":", "●", "•", "■", "▪", "*", "|"})
_ARTICLES = frozenset({"le", "la", "l'", "les", "the"})
_CONTRACTED = {"au": "à", "aux": "à", "du": "de", "des": "de", "d'": "de"}
_SENT = frozenset({"envoyé", "envoyée", "correspondance", "correspondant", "correspondante", "special"})
# Nouns of a line between two cities ("le vol Moscou–Pyongyang").
_LINKS = (
    "liaison",
    "vol",
    "ligne",
    "train",
    "route",
    "axe routier",
    "trajet",
    "flight",
    "line",
    "railway",
    "road",
    "link",
)


@dataclass(frozen=True, slots=True)
class _Site:
    """A name in its surroundings; ``left`` is the index of the word before it and its article."""

    doc: Doc
    at: int
    left: int
    words: list[str]
    lists: ActorWords
    lang: str

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""


def acts(doc: Doc, token: Token, mention: Mention, lexicon: Lexicon, words: list[str]) -> tuple[bool, str]:
    """True where the name stands for its government, with the id of the rule that says so.

    ``words`` are the lower-case forms of the Doc's tokens.
    """
    left = token.i - 1
    article = left >= 0 and words[left] in _ARTICLES
    site = _Site(doc, token.i, left - 1 if article else left, words, lexicon.words, lexicon.lang)
    for rule in (_dispatch, _seated, _neighbours, _preposition, _verb):
        verdict = rule(site, mention)
        if verdict is not None:
            return verdict, rule.__name__.strip("_")
    return True, "default"


def _seated(site: _Site, mention: Mention) -> bool | None:
    """ "Au Kremlin, Dmitri Peskov promet…": a seat from which someone speaks; "la Prague de 1968": a city and its time."""
    one, two, doc = site.word(site.at + 1), site.word(site.at + 2), site.doc
    if mention.form == "seat" and site.word(site.at - 1) == "au" and one == ",":
        start = doc[site.at + 2].idx if site.at + 2 < len(doc) else -1
        return True if any(m.start == start and m.type == "PERSON" for m in doc._.mentions) else None
    if mention.form == "capital" and site.word(site.at - 1) in ("la", "le") and one == "de" and two.isdigit():
        return False
    if mention.form == "capital" and one == "as" and site.word(site.at + 3) in ("destination", "port", "transit"):
        return False
    return None


def _dispatch(site: _Site, mention: Mention) -> bool | None:
    """ "KIEV, 3 mai (AFP) –", "● Oslo. La Norvège…": where the news comes from."""
    at = site.at
    around = [
        w
        for w in (site.doc[at - 1].text if at else "", site.doc[at + 1].text if at + 1 < len(site.doc) else "")
        if w.isalpha()
    ]
    if mention.text.isupper() and len(mention.text) > 3 and not any(w.isupper() and len(w) > 1 for w in around):
        return False
    opens = at == 0 or site.doc[at - 1].is_space or site.word(at - 1) in _STOPS or site.word(at - 1) in _DASHES
    if not opens:
        return None
    following = site.word(at + 1)
    if following == "," and site.word(at + 2) in _SENT:
        return False
    if site.word(at - 1) not in _DASHES and following in (".", "") and (at == 0 or site.word(at - 1) not in (":",)):
        return False
    if mention.text.isupper() and (following in (",", "(", "/", "|") or following in _DASHES):
        return False
    starts = at == 0 or site.doc[at - 1].is_space
    if starts and following == "," and site.word(at + 3) in _DASHES and site.doc[at + 2].text[:1].isupper():
        return False
    if starts and following in _DASHES and site.doc[at].whitespace_:
        return False
    if starts and following in (",", "("):
        window = site.words[at + 1 : at + 12]
        closed = ")" in window and any(dash in window for dash in _DASHES)
        return (
            False
            if closed or any(dash in window[:7] and any(w.isdigit() for w in window[:5]) for dash in _DASHES)
            else None
        )
    return None


def _neighbours(site: _Site, mention: Mention) -> bool | None:
    """Words right after the name: "Paris, France", "Kiev, où…", "Moscow-backed"."""
    one, two = site.word(site.at + 1), site.word(site.at + 2)
    if one == "," and two in ("où", "where"):
        return False
    if one == "," and site.at + 2 < len(site.doc) and site.doc[site.at + 2].text[:1].isupper() and site.lang == "en":
        following = site.doc[site.at + 2]
        if following.text in _country_names(site) and site.word(site.at + 3) in (",", "(", ".", "–", "—", "-", ")"):
            return False
    if site.lang == "en" and one in site.lists.place_nouns:
        return False
    if site.lang == "en" and one in ("'s", "’s", "'", "’"):
        return two not in site.lists.place_nouns or two in ("north", "south", "people")
    return None


def _country_names(site: _Site) -> set[str]:
    marked: set[str] = {
        str(m.text) for m in site.doc._.mentions or () if m.form == "name" and m.type in ("STATE", "PLACE")
    }
    return marked


def _preposition(site: _Site, mention: Mention) -> bool | None:
    lists, left = site.lists, site.left
    left = _first_of_list(site, left)
    word = site.word(left)
    base = _CONTRACTED.get(word, word)
    before = site.word(left - 1)
    if word in lists.place_prepositions or base in lists.place_prepositions:
        return False
    if word in ("capitale", "ville", "capital", "city", "cité"):
        return False
    if before in lists.place_prepositions and base in ("de", "of", "à"):
        return False
    if base in ("de", "of") and ((before in lists.place_nouns and site.word(left - 2) != "c'") or _of_place(site, left)):
        return False
    if word == "of" and before == "," and site.word(site.at + 1) in (",", ".", ";"):
        return False
    if word in ("pour", "for") and (before in lists.place_nouns or before in lists.bound):
        return False
    if base == "de" and site.lang == "fr":
        fronted = word == "de" and _opens_sentence(site, left) and site.word(site.at + 1) in (",", "à")
        return False if fronted or _motion(site, left) is not None else None
    if word in ("sur", "on", "sous"):
        return False if _near(site, left, lists.place_verbs) else None
    if word in ("via", "par", "by", "through"):
        return not (word in ("via", "through") or before.startswith(lists.moving))
    if base in ("à", "to", "from", "vers", "towards"):
        return _toward(site, left, base)
    if word in ("entre", "between"):
        return before not in lists.place_nouns
    if left != site.left or site.word(site.at + 1) in _DASHES:
        return False if _near(site, left + 1, _LINKS) else None
    return None


def _first_of_list(site: _Site, left: int) -> int:
    """The word before a coordination of names ("à Doha et Mascate", "Prague, Vienne et Rome")."""
    marked = {m.start for m in site.doc._.mentions or () if m.form in ("capital", "name")}
    steps = 0
    joined = site.word(site.at + 1) in ("et", "and", "ou", "or")
    while (
        left > 0
        and steps < 4
        and (
            site.word(left) in ("et", "and", "ou", "or", "comme", "–", "—")
            or (site.word(left) == "," and (joined or steps))
        )
    ):
        if site.doc[left - 1].idx not in marked:
            break
        left -= 2
        while left >= 0 and site.word(left) in _ARTICLES:
            left -= 1
        steps += 1
    return left


def _of_place(site: _Site, left: int) -> bool:
    """ "l'aéroport international de <city>": an adjective between the noun and its complement."""
    return site.word(left - 2) in site.lists.place_nouns and site.word(left - 1) not in ("de", "du", "des", "et", ",")


def _motion(site: _Site, left: int) -> str | None:
    """The verb of movement or position close before a preposition."""
    return _near(site, left, site.lists.moving)


def _near(site: _Site, left: int, beginnings: tuple[str, ...]) -> str | None:
    """The word of the three before ``left``, in its clause, that begins in one of the given ways."""
    for at in range(left - 1, max(-1, left - 4), -1):
        if site.word(at).startswith(beginnings):
            return site.word(at)
        if site.word(at) in (",", ".", ";", ":"):
            break
    return None


def _toward(site: _Site, left: int, base: str) -> bool | None:
    """ "à <city>", "to <city>", "from <city>", "vers <city>": a place, unless something is given or asked."""
    before = site.word(left - 1)
    if (
        before in site.lists.place_at_nouns
        or before in site.lists.place_nouns
        or (before.isdigit() and len(before) == 4 and site.word(left - 2) in _SINCE)
    ):
        return False
    if base in ("à", "to") and site.doc[left - 1].idx in {m.start for m in site.doc._.mentions if m.type == "PERSON"}:
        return False
    if base == "à" and _opens_sentence(site, left):
        return _told(site)
    if site.doc.has_annotation("DEP"):
        token = site.doc[site.at]
        for _ in range(3):
            head = token.head
            if head is token:
                break
            if head.lower_.startswith(site.lists.giving):
                return True
            if head.lower_.startswith(site.lists.moving):
                return False
            token = head
    for at in range(left - 1, max(-1, left - 9), -1):
        word = site.word(at)
        if word in (".", ";", ":", "!", "?"):
            break
        if word.startswith(site.lists.giving):
            return True
        if word.startswith(site.lists.moving):
            return False
    return base in ("vers", "towards", "from") or None if base != "à" else False


def _told(site: _Site) -> bool:
    """ "À <city>, on assure…", also past an aside ("À <city>, qui nie, on rappelle…"): the government speaks."""
    if site.word(site.at + 1) != ",":
        return False
    for at in range(site.at + 2, min(site.at + 14, len(site.words))):
        if site.word(at) in (".", ";", ":", "!", "?"):
            return False
        if site.word(at) == "on" and site.word(at - 1) == ",":
            after = [word for word in site.words[at + 1 : at + 5] if word not in ("ne", "n'", "se", "s'", "y", "en")]
            return not (after and after[0].startswith(site.lists.living))
    return False


def _opens_sentence(site: _Site, left: int) -> bool:
    return (
        left == 0 or site.word(left - 1) in (".", "!", "?", "«", "…", ";", "»", "”", '"') or site.doc[left - 1].is_space
    )


def _verb(site: _Site, mention: Mention) -> bool | None:
    """ "quitter Kiev", "occuper la Maison-Blanche": the name as the object of a verb of place."""
    if not site.doc.has_annotation("DEP"):
        return None
    token = site.doc[site.at]
    if token.dep_ in ("obj", "nsubj:pass") and token.head.lower_.startswith(site.lists.place_verbs):
        return False
    if token.dep_ == "compound" and token.head.lower_ in site.lists.place_nouns:
        return False
    return None
