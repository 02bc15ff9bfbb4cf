"""Whom a verb of accusing, asking or allowing is about, where it is no object of its own: relatives and participles.

It is the one that acts in the infinitive or gerund below: "Rwanda, whom Kinshasa accuses of arming the M23".
Parsers lose the thread of these, and then the accuser would be told to have done it.
"""

from __future__ import annotations

from spacy.tokens import Token

from extractor.relatives import relative_function
from extractor.syntax import SUBJECT, Grammar, is_passive, is_reflexive, plain, present_form

_NOMINAL = frozenset({"NOUN", "PROPN"})
_NAMED = frozenset({"flat", "flat:name", "appos", "amod", "nmod", "compound"})
Found = list[tuple[Token, str]]


def is_accuser(token: Token, trigger: Token, grammar: Grammar) -> bool:
    """Whether ``token`` is the subject of a verb of accusing that governs ``trigger``: what it tells was done by another."""
    verb = token.head
    if verb.lemma_ not in grammar.accusing or token.dep_ not in SUBJECT or is_reflexive(verb, grammar):
        return False
    node = trigger
    while node.dep_ in ("conj", "cc") and node.head.i != node.i:
        node = node.head
    if told_of_object(node, grammar):
        node = node.head
    lost = _before_relative(verb, grammar)
    return node.head.i == verb.i and node.i > verb.i and (lost is None or lost.i != token.i)


def told_of_object(node: Token, grammar: Grammar) -> bool:
    """Whether the parser hung what somebody is accused of on the accused: "suspects two generals of selling rifles"."""
    noun = node.head
    return node.dep_ == "acl" and noun.dep_ == "obj" and noun.i < node.i and noun.head.lemma_ in grammar.accusing


def antecedent(governor: Token, found: Found, grammar: Grammar) -> Found:
    """The noun that a relative clause accuses, with its pronoun or without: "Rwanda, whom it accuses of arming", "an airline it accuses of flying"."""
    if governor.dep_ != "acl:relcl" or (found and "Rel" not in found[0][0].morph.get("PronType", [])):
        return []
    if not found and (is_passive(governor, grammar) or relative_function(governor, False, grammar) != "obj"):
        return []
    noun = governor.head
    return [(noun.head if noun.dep_ == "appos" else noun, "objcontrol")]


def displaced(governor: Token, node: Token, grammar: Grammar) -> Found:
    """The accused that the tree hangs elsewhere, by order: before "que", before a comma and a participle, or behind a participle that opens the sentence."""
    noun = _before_relative(governor, grammar)
    if noun is None and _is_bare_participle(governor, grammar):
        noun = _before_comma(governor) or _behind(governor, node)
    return [] if noun is None else [(noun, "objcontrol")]


def _before_relative(governor: Token, grammar: Grammar) -> Token | None:
    """ "L'Iran, que Washington accuse d'avoir livré": with nobody else to accuse, "que" is a pronoun whatever the parser made of it."""
    accuser = next((c for c in reversed(list(governor.lefts)) if c.dep_ in SUBJECT), None)
    beside = [] if accuser is None else [c for c in (*governor.lefts, *accuser.lefts) if plain(c) in grammar.object_relatives and c.i < accuser.i]
    if not beside:
        return None
    que = beside[0]
    at = que.i - 2 if que.i > 1 and governor.doc[que.i - 1].text == "," else que.i - 1
    return _phrase_head(governor.doc[at]) if at >= governor.sent.start else None


def _is_bare_participle(governor: Token, grammar: Grammar) -> bool:
    if present_form(governor) or not is_passive(governor, grammar):
        return False
    return not any(c.dep_.startswith(("aux", "cop")) or c.dep_ in SUBJECT for c in governor.lefts)


def _before_comma(participle: Token) -> Token | None:
    """ "A rompu avec le Rwanda, accusé de livrer": the parser hung the participle on the verb."""
    verb, at = participle.head, participle.i - 2
    if verb.i >= at or participle.doc[at + 1].text != ",":
        return None
    noun = _phrase_head(participle.doc[at])
    return noun if noun is not None and noun.head.i == verb.i and noun.dep_ not in SUBJECT else None


def _behind(participle: Token, node: Token) -> Token | None:
    """ "Accusé par Kinshasa de livrer des armes, Kigali dément": the noun behind the comma that ends what is told of it."""
    if participle.i != participle.sent.start:
        return None
    doc = participle.doc
    comma = next((t.i for t in doc[node.i : participle.sent.end] if t.text == ","), None)
    for token in doc[comma + 1 : comma + 4] if comma is not None else ():
        if token.pos_ in _NOMINAL:
            return token
        if token.pos_ not in ("DET", "ADJ"):
            return None
    return None


def _phrase_head(token: Token) -> Token | None:
    """The noun whose phrase ends with ``token``, None where that is no noun's."""
    if token.pos_ not in (*_NOMINAL, "ADJ"):
        return None
    while token.dep_ in _NAMED and token.head.i < token.i:
        token = token.head
    return token if token.pos_ in _NOMINAL else None
