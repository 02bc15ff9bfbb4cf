"""Verbs and nouns that share the date of a transfer: what makes one event of two words, and what keeps two apart."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from extractor.time_words import TimeGrammar

VERBAL = ("VERB", "AUX")


def verbal(token: Token) -> bool:
    """True for the head of a clause, participles that the tagger takes for adjectives included."""
    if " " in token.text:  # "guided bombs", merged
        return False
    if token.pos_ in VERBAL:
        return token.dep_ not in ("aux", "cop", "aux:pass", "aux:tense", "aux:caus")
    if token.dep_ in ("acl", "acl:relcl", "advcl") or any(c.dep_.startswith("aux") for c in token.children):
        return True
    return "Part" in token.morph.get("VerbForm", []) and token.dep_ != "amod"


def participial(token: Token) -> bool:
    """True for a participle that qualifies a noun and makes no tense with an auxiliary."""
    if token.dep_ in ("acl", "amod"):
        return True
    return "Part" in token.morph.get("VerbForm", []) and not any(c.pos_ == "AUX" for c in token.children)


def unfinished(token: Token) -> bool:
    """True for a gerund or an infinitive: it tells no event of a time of its own."""
    forms = token.morph.get("VerbForm", [])
    return "Ger" in forms or "Inf" in forms


def bearer(here: Token, governor: Token, grammar: TimeGrammar) -> Token | None:
    """The noun of which the trigger only says where it is going ("shells destined for X were seized in May"): its verb gives the date."""
    found = None
    if here.dep_ in ("acl", "amod") and here.lower_ in grammar.bound:
        found = here.head
    elif governor.lemma_.lower() in grammar.words.finding:  # "seized shells being shipped to X", "des obus qui devaient être livrés"
        if here.dep_ == "acl" and any(c.lower_ == "being" for c in here.children):
            found = here.head
        elif here.head.dep_ == "acl:relcl" and here.head.lemma_ == "devoir":
            found = here.head.head
    while found is not None and found.dep_ == "nmod":  # "rifles of their making destined for X"
        found = found.head
    return found


def aside(doc: Doc, here: Token, participle: Token) -> bool:
    """True for a participle behind a comma, with no verb between ``here`` and it ("the sale of X to Y, concluded in May")."""
    return (here.i < participle.i and doc[participle.i - 1].text == "," and participial(participle)
            and not any(verbal(t) for t in doc[here.i + 1:participle.i]))


def agreed(token: Token, grammar: TimeGrammar) -> bool:
    """True for what a deal is about ("a contract to supply", "un accord portant sur"): the date of the deal is its date."""
    return token.dep_ == "acl" and token.head.lemma_.lower() in grammar.words.agreements and "Past" not in token.morph.get("Tense", [])


def goes_its_way(joined: Token, first: Token) -> bool:
    """True for a verb joined to ``first`` that does not share its date: with a subject or a tense of its own, or set against it."""
    if any(c.dep_.startswith("nsubj") or c.lower_ in ("mais", "but", "while") for c in joined.children):
        return True
    own = _tense(joined)
    return bool(own) and own != _tense(first)


def _tense(verb: Token) -> list[str]:
    finite = next((t for t in (*verb.children, verb) if (t == verb or t.dep_.startswith("aux")) and "Fin" in t.morph.get("VerbForm", [])), None)
    return finite.morph.get("Tense", []) if finite is not None else []
