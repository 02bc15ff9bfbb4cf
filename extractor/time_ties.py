"""Which event an expression of time dates: the announcement, the trigger, or something else.

The tree is asked first; where it says nothing, the order of words and the borders of clauses decide. Each answer
is a cost, so that of several expressions the one that fits best dates the trigger.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractor import reach
from extractor.time_words import Sense, TimeExpression, TimeGrammar

VERBAL = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expression with its place in the tree: ``root`` is the index of its head token,
    ``first`` and ``last`` its tokens (end exclusive), ``expression`` None for an event phrase."""

    start: int
    end: int
    root: int
    first: int
    last: int
    expression: TimeExpression | None
    sense: Sense = "at"
    kind: str = "event"


def verbal(token: Token) -> bool:
    """True for the head of a clause, participles that the tagger takes for adjectives included."""
    if token.pos_ in VERBAL:
        return token.dep_ not in ("aux", "cop", "aux:pass", "aux:tense", "aux:caus")
    if token.dep_ in ("acl", "acl:relcl", "advcl") or any(c.dep_.startswith("aux") for c in token.children):
        return True
    return "Part" in token.morph.get("VerbForm", []) and token.dep_ != "amod"


def cost_of(doc: Doc, candidate: Candidate, trigger: Span, grammar: TimeGrammar) -> float | None:
    """How far the expression is from dating the trigger; None where it dates something else."""
    here, token = trigger.root, doc[candidate.root]
    low, high = (trigger.end, candidate.first) if candidate.first >= trigger.end else (candidate.last, trigger.start)
    gap = [t for t in doc[low:high] if not t.is_punct and not t.is_space]
    near = 0.2 * min(len(gap), 12) + 0.8 * sum(t.pos_ == "VERB" for t in gap)
    if any(t.text == ";" for t in doc[low:high]) or _is_subject(doc, candidate):
        return None
    steps = 0.0
    for up in () if _is_clause(doc, candidate) else token.ancestors:
        if trigger.start <= up.i < trigger.end:
            return None if _taken(doc, candidate, trigger) else steps + near
        if verbal(up) or up.dep_ in ("appos", "parataxis"):
            break
        steps += 0.5
    if not gap:
        return 1.0
    if any(t.text in ";:–—" for t in doc[low:high]) or _set_apart(doc, candidate, trigger, grammar):
        return None
    costs = (_by_governor(doc, candidate, here, near, low, high, grammar), _by_order(doc, candidate, trigger, gap, near))
    return min((cost for cost in costs if cost is not None), default=None)


def _set_apart(doc: Doc, candidate: Candidate, trigger: Span, grammar: TimeGrammar) -> bool:
    """True where "after", "because of" and the like stand before the trigger and keep the date of the rest from it."""
    start, _ = reach.sentence(doc, trigger.start)
    for token in reversed(doc[max(start, trigger.start - 8):trigger.start]):
        if token.lower_ in grammar.detaching:
            return candidate.last <= token.i or candidate.first >= trigger.end + 6
        if token.is_punct:
            return False
    return False


def _by_order(doc: Doc, candidate: Candidate, trigger: Span, gap: list[Token], near: float) -> float | None:
    """What the order of words says, where the tree says nothing: no other verb may come between."""
    if candidate.first >= trigger.end:
        if any(verbal(t) for t in gap):
            return None
        plain = not any(t.is_punct for t in doc[trigger.end:candidate.first])
        return 2.5 + near if plain and len(gap) <= 8 else 4.0 + near if len(gap) <= 18 else None
    start, _ = reach.sentence(doc, trigger.start)
    before = doc[candidate.first - 1] if candidate.first > start else None
    if before is not None and not before.is_punct and before.pos_ != "CCONJ" and not before.is_space:
        return None
    if any(t.pos_ == "CCONJ" for t in doc[candidate.last:candidate.last + 2]):
        return None
    for token in gap:
        if (token.pos_ == "VERB" and not _participial(token)) or "Rel" in token.morph.get("PronType", []) or token.pos_ == "SCONJ":
            return None
        if token.pos_ == "AUX" and token.i < trigger.start - 3:
            return None
    return 3.0 + near


def _by_governor(doc: Doc, candidate: Candidate, here: Token, near: float, low: int, high: int, grammar: TimeGrammar) -> float | None:
    """What the verb that the expression dates has to do with the trigger."""
    governor = _governor(doc, candidate)
    if governor is None:
        return None
    if _before_aside(doc, candidate, governor, grammar) and (governor.is_ancestor(here) or here.is_ancestor(governor)):
        return 2.0 + near
    if governor == here:
        return 1.5 + near
    if here.pos_ == "NOUN" and governor.head == here and not grammar.says(governor):
        return None if any(t.text == "," for t in doc[low:high]) else 1.5 + near
    if not governor.is_ancestor(here) or (grammar.says(governor) and not grammar.causes(governor, here) and candidate.sense not in ("since", "until", "by")):
        return None
    return _under(candidate, governor, here, near)


def _is_subject(doc: Doc, candidate: Candidate) -> bool:
    """True for a time that does something itself ("winter is coming")."""
    found = candidate.expression
    return found is not None and found.start == found.core and doc[candidate.root].dep_.startswith("nsubj") and candidate.kind in (
        "season", "month", "year", "quarter", "decade")


def _before_aside(doc: Doc, candidate: Candidate, governor: Token, grammar: TimeGrammar) -> bool:
    """True where the sentence opens with the time and a source is slipped in after it ("In May, says X, they sold …")."""
    start, _ = reach.sentence(doc, candidate.root)
    opens = candidate.first <= start + 1 and candidate.last < len(doc) and doc[candidate.last].text == ","
    return opens and grammar.says(governor) and governor.i <= candidate.last + 3


def _is_clause(doc: Doc, candidate: Candidate) -> bool:
    """True for an expression with a verb of its own ("il y a trois ans"), which the parser ties at random."""
    return candidate.kind == "ago" and doc[candidate.root].pos_ in VERBAL


def _governor(doc: Doc, candidate: Candidate) -> Token | None:
    """The verb that the expression dates: the one above, or the one beside an expression with a verb of its own."""
    if not _is_clause(doc, candidate):
        return next((up for up in doc[candidate.root].ancestors if verbal(up)), None)
    start, end = reach.sentence(doc, candidate.root)
    for token in reversed(doc[max(start, candidate.first - 8):candidate.first]):
        if verbal(token):
            return token
        if token.text in ";:–—":
            break
    return next((t for t in doc[candidate.last:end] if verbal(t)), None)


def _taken(doc: Doc, candidate: Candidate, trigger: Span) -> bool:
    """True where a participle nearer to the expression claims it ("tanks ordered in 2019 were …")."""
    if candidate.first < trigger.end:
        return False
    for token in reversed(doc[max(trigger.end, candidate.first - 4):candidate.first]):
        if token.is_punct:
            return False
        if token.pos_ == "VERB" and token.dep_ == "acl":
            return True
    return False


def _under(candidate: Candidate, governor: Token, here: Token, near: float) -> float | None:
    """The expression dates a verb above the trigger: it dates the trigger too where that is part of the same event."""
    chain = [here, *(up for up in here.ancestors if governor.is_ancestor(up))]
    if any(t.dep_ in ("acl", "acl:relcl", "relcl", "ccomp", "parataxis", "csubj") for t in chain) or len(chain) > 3:
        return None
    fronted = candidate.last <= governor.i and candidate.last <= here.i
    for link in chain:
        if (link.dep_ == "advcl" and not _unfinished(link)) or (link.dep_ == "conj" and not fronted and any(c.dep_.startswith("nsubj") for c in link.children)):
            return None
        if link is not here and not verbal(link) and verbal(here):
            return None
    return 2.0 + near + 0.5 * len(chain)


def _participial(token: Token) -> bool:
    """True for a participle that qualifies a noun and makes no tense with an auxiliary."""
    if token.dep_ in ("acl", "amod"):
        return True
    return "Part" in token.morph.get("VerbForm", []) and not any(c.pos_ == "AUX" for c in token.children)


def _unfinished(token: Token) -> bool:
    """True for a gerund or an infinitive: it tells no event of a time of its own."""
    forms = token.morph.get("VerbForm", [])
    return "Ger" in forms or "Inf" in forms
