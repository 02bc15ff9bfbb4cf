"""Who acts below a verb of accusing, asking or allowing: not its subject but the one that it is about.

"Rwanda, whom Kinshasa accuses of arming the M23" tells of Rwanda. Parsers lose the thread of relatives,
participles and long arguments, and then the accuser would be told to have done it; so order has its say.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from extractor.relatives import relative_function
from extractor.syntax import SUBJECT, Grammar, case_of, is_passive, is_reflexive, plain, preposition, present_form

_NOMINAL = frozenset({"NOUN", "PROPN"})
_NAMED = frozenset({"flat", "flat:name", "appos", "amod", "nmod", "compound"})
_ARGUMENT = frozenset({"nmod", "appos", "flat", "flat:name", "obl:agent", "obl", "obl:arg", "obl:mod", "conj", "obj", "iobj"})
_MARKS = frozenset({"mark", "case"})
_REACH = 14  # tokens from the verb of accusing to what it accuses of
Found = list[tuple[Token, str]]


def is_adjunct(node: Token, grammar: Grammar) -> bool:
    """Whether a verb tells what its governor's own subject does beside it: "condemned the attack while selling", "a remercié avant d'acheter", "pour livrer"."""
    before = [c for c in node.children if c.i < node.i] + [*node.doc[max(node.i - 1, 0) : node.i]]
    marks = {plain(t) for t in before if t.pos_ != "PRON"}  # "d'en réexporter" goes in no such way
    done = any(c.dep_.startswith("aux") for c in node.children)  # "condamné pour avoir livré"
    return not _goes_on_telling(node, grammar) and (not marks.isdisjoint(grammar.adjunct_marks) or not (done or marks.isdisjoint(grammar.purpose_marks)))


def _goes_on_telling(node: Token, grammar: Grammar) -> bool:
    """Whether another verb tells first what somebody is accused of: "accuse la Russie d'avoir volé ce blé avant de le vendre"."""
    governor = node.head
    if governor.lemma_.lower() not in grammar.accusing:
        return False
    told = [c for c in governor.rights if c.i < node.i and c.pos_ == "VERB" and c.dep_ in ("xcomp", "advcl", "ccomp")]
    return bool(told) and not any(t.text == "," for t in node.doc[told[-1].i : node.i])


def governor_of(node: Token, grammar: Grammar) -> Token:
    """The token above ``node``; where the parser hung an infinitive or gerund on an argument of its verb, that verb: "asked by the minister of trade to send"."""
    above = node.head
    if node.dep_ != "acl" or above.pos_ not in _NOMINAL or not any(c.dep_ in _MARKS and c.i < node.i for c in node.children):
        return above
    verb, agent = above, False
    for _ in range(4):
        agent = agent or verb.dep_ == "obl:agent" or case_of(verb, grammar) == "prep:by"
        if verb.dep_ not in _ARGUMENT or verb.head.i > node.i:
            return above
        verb = verb.head
        if verb.pos_ in ("VERB", "AUX"):
            break
    lemma = verb.lemma_.lower()
    parted = any(t.text == "," for t in node.doc[above.i : node.i])
    takes = lemma in grammar.accusing or (lemma in grammar.object_control and (agent or parted))
    return verb if takes else above


def bystanders(trigger: Token, controlled: bool, grammar: Grammar) -> Callable[[Token], bool]:
    """Tells of a noun phrase's head whether it accuses, asks or allows somebody else to do what ``trigger`` tells, as subject or as agent.

    ``controlled``: somebody else is known to act; an accuser never does it, known or not.
    """
    node = _first(trigger)
    if is_adjunct(node, grammar):
        return lambda token: False
    accusers = _accusation(node, grammar)
    above, told = governor_of(node, grammar), told_of_object(node, grammar)

    def stands_by(token: Token) -> bool:
        if accusers is not None and accusers[0] < token.i < accusers[1]:
            return True
        while token.dep_ == "conj" and token.head.i < token.i:
            token = token.head
        verb = token.head
        lemma = verb.lemma_.lower()
        if (above.i != verb.i and not told) or (lemma not in grammar.accusing and not (controlled and lemma in grammar.object_control)):
            return False
        if is_passive(verb, grammar):
            return case_of(token, grammar) == "prep:by"
        lost = _before_relative(verb, grammar)
        return token.dep_ in SUBJECT and node.i > verb.i and not is_reflexive(verb, grammar) and (lost is None or lost.i != token.i)

    return stands_by


def told_of_object(node: Token, grammar: Grammar) -> bool:
    """Whether the parser hung what somebody is accused of on the accused: "suspects two generals of selling rifles"."""
    noun = node.head
    hung = node.dep_ == "acl" and noun.dep_ == "obj" and noun.i < node.i and noun.head.lemma_.lower() in grammar.accusing
    return hung and not is_adjunct(node, grammar)


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


def by_order(node: Token, grammar: Grammar) -> Found:
    """The accused before a relative pronoun, though the tree has no relative clause: "Kagame, whom Kinshasa and, less loudly, Brussels accuse of"."""
    span = None if is_adjunct(node, grammar) else _accusation(node, grammar)
    if span is None:
        return []
    at = span[0] - 2 if node.doc[span[0] - 1].text == "," else span[0] - 1
    noun = _phrase_head(node.doc[at]) if at >= node.sent.start else None
    return [] if noun is None else [(noun, "objcontrol")]


def _first(trigger: Token) -> Token:
    """The first of coordinated verbs."""
    while trigger.dep_ in ("conj", "cc") and trigger.head.i < trigger.i:
        trigger = trigger.head
    return trigger


def _accusation(node: Token, grammar: Grammar) -> tuple[int, int] | None:
    """Where a relative pronoun and a verb of accusing stand before "of doing" or "d'avoir fait"; its accusers stand between them.

    None where the verb has an object of its own: "Kyiv, which accuses Tehran of selling".
    """
    doc, verb, accusers = node.doc, -1, False
    for at in range(node.i - 1, max(node.sent.start, node.i - _REACH), -1):
        token = doc[at]
        if verb < 0 and token.lemma_.lower() in grammar.accusing:
            verb = at
        elif (token.pos_ in ("VERB", "AUX") and not (verb < 0 and token.dep_.startswith("aux"))) or token.text in ";:" or (verb < 0 and token.pos_ in _NOMINAL and preposition(doc, at, grammar) is None):
            return None
        elif verb >= 0 and _is_relative(token, grammar):
            return (at, verb) if accusers else None
        elif verb >= 0:
            accusers = accusers or token.pos_ in (*_NOMINAL, "PRON")
    return None


def _is_relative(token: Token, grammar: Grammar) -> bool:
    word = plain(token)
    return word in grammar.object_relatives or word in grammar.dative_relatives or word in grammar.accused_relatives


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
    """ "Accusé par Kinshasa de livrer des armes, Kigali dément": the noun, or the name behind it, that follows the comma."""
    if participle.i != participle.sent.start:
        return None
    doc, found = participle.doc, None
    comma = next((t.i for t in doc[node.i : participle.sent.end] if t.text == ","), None)
    for token in doc[comma + 1 : comma + 7] if comma is not None else ():
        if token.pos_ == "PROPN" or (token.pos_ == "NOUN" and found is None):
            found = token
        elif token.pos_ not in ("DET", "ADJ"):
            break
    return found


def _phrase_head(token: Token) -> Token | None:
    """The noun whose phrase ends with ``token``, None where that is no noun's."""
    if token.pos_ not in (*_NOMINAL, "ADJ"):
        return None
    while token.dep_ in _NAMED and token.head.i < token.i:
        token = token.head
    return token if token.pos_ in _NOMINAL else None
