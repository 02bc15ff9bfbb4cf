"""Which event an expression of time dates: the announcement, the trigger, or something else.

The tree is asked first; where it says nothing, the order of words and the borders of clauses decide. Each answer
is a cost, so that of several expressions the one that fits best dates the trigger.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractor import reach
from extractor.time_events import VERBAL, agreed, aside, bearer, goes_its_way, participial, unfinished, verbal
from extractor.time_words import Sense, TimeExpression, TimeGrammar


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


def cost_of(doc: Doc, candidate: Candidate, trigger: Span, grammar: TimeGrammar) -> float | None:
    """How far the expression is from dating the trigger; None where it dates something else."""
    here, token = trigger.root, doc[candidate.root]
    low, high = (trigger.end, candidate.first) if candidate.first >= trigger.end else (candidate.last, trigger.start)
    gap = [t for t in doc[low:high] if not t.is_punct and not t.is_space]
    near = 0.2 * min(len(gap), 12) + 0.8 * sum(t.pos_ == "VERB" for t in gap)
    if _remark(doc, candidate, trigger):
        return 2.0
    if any(t.text == ";" for t in doc[low:high]) or _is_subject(doc, candidate) or (
            candidate.first >= trigger.end and (_opens_clause(doc, candidate) or _within_relative(doc, low, high) or _of_part(doc, low, high))):
        return None
    if _said_then(doc, candidate, trigger, grammar) or _of_document(doc, candidate, trigger, grammar):
        return None
    steps = 0.0
    for up in () if _is_clause(doc, candidate) else token.ancestors:
        if trigger.start <= up.i < trigger.end:
            return None if _taken(doc, candidate, trigger) else steps + near
        if verbal(up) or up.dep_ in ("appos", "parataxis") or any(c.dep_ == "cop" for c in up.children):
            break
        steps += 0.5
    if not gap:
        return 1.0
    if here.pos_ == "NOUN" and candidate.expression is not None and candidate.expression.groups.get("adverb") in grammar.words.ongoing:
        return None
    if any(t.text in ";:–—" for t in doc[low:high]) or _set_apart(doc, candidate, trigger, grammar):
        return None
    if _cleft(doc, candidate, trigger):
        return 1.5 + near
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


def _said_then(doc: Doc, candidate: Candidate, trigger: Span, grammar: TimeGrammar) -> bool:
    """True for a time right behind a verb of saying before the trigger ("a nié vendredi avoir livré"), whatever the tree says."""
    if candidate.last > trigger.start or not candidate.first or candidate.sense in ("until", "by"):
        return False
    verb = doc[candidate.first - 1]
    return verb.pos_ == "VERB" and grammar.says(verb) and not grammar.causes(verb, trigger.root) and doc[candidate.last].text != ","


def _of_document(doc: Doc, candidate: Candidate, trigger: Span, grammar: TimeGrammar) -> bool:
    """True for the time of a text, by its participle: "dans un communiqué lu jeudi", "in a paper released on Thursday"."""
    governor = next((up for up in doc[candidate.root].ancestors if verbal(up)), None)
    if governor is None or not governor.dep_.startswith("acl") or trigger.start <= governor.i < trigger.end:
        return False
    return governor.head.lemma_.lower() in grammar.words.documents and governor.i < candidate.last and not governor.is_ancestor(trigger.root)


def _cleft(doc: Doc, candidate: Candidate, trigger: Span) -> bool:
    """True for "it was only in January that they sold it", "c'est en mai qu'ils l'ont vendu"."""
    start, _ = reach.sentence(doc, trigger.start)
    if candidate.first < start or candidate.last >= trigger.start or doc[candidate.last].lower_ not in ("that", "que", "qu'", "qu’"):
        return False
    before = doc[max(start, candidate.first - 5):candidate.first]
    at = next((t.i for t in before if t.lower_ in ("est", "était", "fut", "is", "was")), start)
    pointing = at > start and doc[at - 1].lower_ in ("c'", "c’", "n'", "n’", "it")
    return pointing and not any(t.pos_ == "VERB" for t in (*doc[at + 1:candidate.first], *doc[candidate.last:trigger.start]))


def _remark(doc: Doc, candidate: Candidate, trigger: Span) -> bool:
    """True for what is said of the trigger's clause behind it: "…, c'était en 2009", "… (that was in May)"."""
    if candidate.first < trigger.end + 3:
        return False
    verb, subject = doc[candidate.first - 1], doc[candidate.first - 2]
    if verb.lower_ not in ("était", "fut", "was") or subject.lower_ not in ("c'", "c’", "cela", "that", "this", "it") or not doc[candidate.first - 3].is_punct:
        return False
    return not any(t.text in ";:" for t in doc[trigger.end:candidate.first - 3])


def _opens_clause(doc: Doc, candidate: Candidate) -> bool:
    """True where a conjunction before the expression joins a clause that it opens ("…, and last winter it had to buy …")."""
    if not candidate.first or doc[candidate.first - 1].pos_ != "CCONJ":
        return False
    if candidate.expression is None and verbal(doc[candidate.root]):
        return True
    _, end = reach.sentence(doc, candidate.first)
    for token in doc[candidate.last:end]:
        if token.is_punct:
            return False
        if token.pos_ in VERBAL and "Fin" in token.morph.get("VerbForm", []):
            return True
    return False


def _within_relative(doc: Doc, low: int, high: int) -> bool:
    """True where a relative clause behind a comma goes on from before the expression (", whose owner was back on Tuesday")."""
    comma = next((t.i for t in reversed(doc[low:high]) if t.text == ","), None)
    if comma is None or not any(_begins_clause(t) and t.pos_ != "SCONJ" for t in doc[comma + 1:min(comma + 3, high)]):
        return False
    return any(t.pos_ in VERBAL for t in doc[comma + 2:high])


def _of_part(doc: Doc, low: int, high: int) -> bool:
    """True where what stands before the expression tells of a part ("four boats, two of them in 2023", "quatre vedettes, dont deux en mai")."""
    for token in doc[low:max(low, high - 1)]:
        after = token.nbor(1)
        if token.lower_ == "dont" and after.pos_ == "NUM" and after.i == high - 1:
            return True
        if token.lower_ == "of" and token.i > low + 1 and token.nbor(-1).pos_ == "NUM" and token.nbor(-2).text == "," and after.lower_ in ("them", "which", "these") and after.i == high - 1:
            return True
    return False


def _by_order(doc: Doc, candidate: Candidate, trigger: Span, gap: list[Token], near: float) -> float | None:
    """What the order of words says, where the tree says nothing: no other verb may come between."""
    if candidate.first >= trigger.end:
        if any((verbal(t) and t.dep_ != "amod") or _begins_clause(t) or (t.pos_ == "AUX" and trigger.root.pos_ == "VERB") for t in gap):
            return None
        if candidate.last < len(doc) and doc[candidate.last].pos_ == "VERB" and doc[candidate.root].head == doc[candidate.last]:
            return None  # ", long kept secret"
        plain = not any(t.is_punct for t in doc[trigger.end:candidate.first])
        return 2.5 + near if plain and len(gap) <= 8 else 4.0 + near if len(gap) <= 18 else None
    start, _ = reach.sentence(doc, trigger.start)
    before = doc[candidate.first - 1] if candidate.first > start else None
    if before is not None and not before.is_punct and before.pos_ != "CCONJ" and not before.is_space:
        return None
    if any(t.pos_ == "CCONJ" for t in doc[candidate.last:candidate.last + 2]):
        return None
    for token in gap:
        if (token.pos_ == "VERB" and not participial(token)) or "Rel" in token.morph.get("PronType", []) or token.pos_ == "SCONJ":
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
    if governor == here or grammar.causes(here, governor):  # "let them have it in May"
        return 1.5 + near
    if here.pos_ == "NOUN" and governor.head == here and not grammar.says(governor):
        apart = any(t.text == "," for t in doc[low:high])
        return None if apart and not grammar.settles(governor) else 1.5 + near
    if here.pos_ == "NOUN" and grammar.settles(governor) and aside(doc, here, governor):
        return 2.0 + near
    if here.pos_ == "NOUN" and governor.lemma_.lower() in grammar.words.changing and here.i < governor.i and not any(verbal(t) for t in doc[here.i + 1:governor.i]):
        return 2.0 + near
    noun = bearer(here, governor, grammar)
    if noun is not None and governor in (noun, noun.head):
        return 2.0 + near
    if not governor.is_ancestor(here) or (grammar.says(governor) and not grammar.causes(governor, here) and candidate.sense not in ("until", "by")):
        return None
    return _under(candidate, governor, here, near, grammar)


def _is_subject(doc: Doc, candidate: Candidate) -> bool:
    """True for a time that does something itself ("winter is coming")."""
    found, root = candidate.expression, doc[candidate.root]
    if found is None or found.start != found.core or candidate.kind not in ("season", "month", "year", "quarter", "decade"):
        return False
    return root.dep_.startswith("nsubj") and not any(t.dep_.startswith("nsubj") and t != root for t in root.head.children)


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
        if token.i == candidate.first - 1 and token.pos_ == "ADJ" and token.dep_ in ("acl", "amod") and token.lower_.rstrip("s").removesuffix("e").endswith("é"):
            return True  # a participle that the tagger took for an adjective: "les missiles exhibés lundi"
    return False


def _under(candidate: Candidate, governor: Token, here: Token, near: float, grammar: TimeGrammar) -> float | None:
    """The expression dates a verb above the trigger: it dates the trigger too where that is part of the same event."""
    chain = [here, *(up for up in here.ancestors if governor.is_ancestor(up))]
    deals = {i for t in chain if agreed(t, grammar) for i in (t.i, t.head.i)}
    chain = [t for t in chain if not (t.dep_ == "ccomp" and grammar.causes(governor, t)) and t.i not in deals]
    if any(t.dep_ in ("acl", "acl:relcl", "relcl", "ccomp", "parataxis", "csubj") for t in chain) or len(chain) > 3:
        return None
    fronted = candidate.last <= governor.i and candidate.last <= here.i
    for link in chain:
        if (link.dep_ == "advcl" and not unfinished(link)) or (link.dep_ == "conj" and not fronted and goes_its_way(link, governor)):
            return None
        if link is not here and not verbal(link) and verbal(here):
            return None
    return 2.0 + near + 0.5 * len(chain)


def _begins_clause(token: Token) -> bool:
    return "Rel" in token.morph.get("PronType", []) or token.pos_ == "SCONJ" or token.lower_ in ("où", "dont", "where", "whose", "who", "which")
