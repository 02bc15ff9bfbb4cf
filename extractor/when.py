"""When it happens: the expression of time that a sentence ties to a trigger, and the days that it covers.

Expressions are found by form (`extractor.time_words`) in the sentences asked about; the tree, the borders of
clauses and the order of words decide which of them dates the trigger and which the announcement of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from numpy import array, isin, uint64
from spacy.tokens import Doc, Span, Token

from extractor import reach
from extractor.model import When
from extractor.time_reckoning import reckon
from extractor.time_spans import Interval
from extractor.time_words import Sense, TimeExpression, TimeGrammar, load

_KEY = "extractor.when"
_VERBAL = ("VERB", "AUX")
_MAX_COST = 8.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An expression with its place in the tree: ``token`` is its root, ``cause`` its reckoned or unreckoned content."""

    start: int
    end: int
    token: Token
    first: int
    last: int
    expression: TimeExpression | None
    sense: Sense = "at"
    kind: str = "event"


def find(doc: Doc, trigger: Span, dateline: date | None, lang: str) -> When | None:
    """The date or period of the event that ``trigger`` expresses, or None.

    ``dateline`` is the article's date, from which relative words are reckoned. Offsets are code points of ``doc.text``.
    """
    grammar = load(lang)
    best: tuple[float, _Candidate] | None = None
    for candidate in _candidates(doc, trigger.root.i, grammar):
        if candidate.first < trigger.end and trigger.start < candidate.last:
            continue
        if candidate.kind == "ahead" and candidate.sense == "at" and reach.text(doc)[candidate.start:candidate.start + 3] == "in " and not _future(trigger):
            continue  # "the second delivery in a month"
        cost = _cost(doc, candidate, trigger, grammar)
        if cost is not None and candidate.kind == "later":
            cost += 1.5  # "two years on" says less than any date beside it
        if cost is not None and cost <= _MAX_COST and (best is None or cost < best[0]):
            best = cost, candidate
    if best is None:
        return None
    chosen = best[1]
    if chosen.expression is not None:
        interval = reckon(grammar, chosen.expression, dateline, _future(trigger))
    else:
        interval = _inner(doc, chosen, grammar, dateline)
    return When(reach.text(doc)[chosen.start:chosen.end], chosen.start, chosen.end, interval.earliest, interval.latest,
                interval.precision, interval.anchor)


def expressions(doc: Doc, token: int, lang: str) -> list[tuple[int, int]]:
    """Where the sentence of a token speaks of time, as code points of ``doc.text``."""
    return [(c.start, c.end) for c in _candidates(doc, token, load(lang))]


def _inner(doc: Doc, event: _Candidate, grammar: TimeGrammar, dateline: date | None) -> Interval:
    """The days of an event phrase, from the date inside it ("since the coup of May 2021") if there is one."""
    for found in grammar.find(reach.text(doc), event.start, event.end):
        moved = TimeExpression(found.start, found.core, found.end, found.kind, event.sense, found.groups)
        return reckon(grammar, moved, dateline, False)
    return Interval()


def _future(trigger: Span) -> bool:
    root = trigger.root
    if "Fut" in root.morph.get("Tense", []):
        return True
    return any(t.dep_.startswith("aux") and (t.lower_ in ("will", "shall", "would", "to") or "Fut" in t.morph.get("Tense", []))
               for t in root.children)


def _candidates(doc: Doc, token: int, grammar: TimeGrammar) -> list[_Candidate]:
    """The expressions of the token's sentence, reckoned once a sentence."""
    start, end = reach.sentence(doc, token)
    cache: dict[tuple[str, int], list[_Candidate]] = doc.user_data.setdefault(_KEY, {})
    key = (grammar.words.lang, start)
    if key not in cache:
        span = doc[start:end]
        expressions = list(grammar.find(reach.text(doc), span.start_char, span.end_char))
        found = _events(doc, start, end, grammar, {e.start for e in expressions})
        for expression in expressions:
            place = doc.char_span(expression.core, expression.end, alignment_mode="expand")
            whole = doc.char_span(expression.start, expression.end, alignment_mode="expand")
            if place is None or whole is None or _in_dateline(doc, whole):
                continue
            if any(e.start <= expression.start and expression.end <= e.end for e in found if e.kind == "event"):
                continue
            found.append(_Candidate(expression.start, expression.end, place.root, whole.start, whole.end, expression,
                                    expression.sense, expression.kind))
        cache[key] = found
    return cache[key]


def _in_dateline(doc: Doc, span: Span) -> bool:
    """True for the date of an agency's dateline ("PARIS, 3 mai (AFP) –")."""
    if span.end > 14:
        return False
    after = [t.text for t in doc[span.end:span.end + 6]]
    return bool(after) and doc[0].text[:1].isupper() and any(t in ("(", "–", "—", "--", "-") for t in after[:2]) and not any(
        t.pos_ in _VERBAL for t in doc[:span.start])


def _events(doc: Doc, start: int, end: int, grammar: TimeGrammar, dated: set[int]) -> list[_Candidate]:
    """Phrases that date by an event: "since the coup", "après l'assassinat de X", "tant que dure la guerre"."""
    found = []
    for at in _event_places(doc, grammar):
        if not start <= at < end:
            continue
        token = doc[at]
        low = token.lower_
        opener = grammar.openers.get(low)
        if opener is not None and reach.text(doc)[token.idx:].lower().startswith(opener):
            found.append(_clause(doc, token, end, "at"))
            continue
        sense = grammar.event_senses.get(low) if token.idx not in dated else None
        # "three weeks after the coup" dates by a count that is not reckoned here.
        if sense is None or (token.i > start and doc[token.i - 1].lower_ in grammar.words.units):
            continue
        head = next((t for t in doc[token.i + 1:min(token.i + 6, end)] if t.pos_ in ("NOUN", "PROPN", *_VERBAL) or t.is_punct), None)
        if head is None or head.is_punct:
            continue
        if head.lemma_.lower() in grammar.event_nouns or head.lower_ in grammar.event_nouns:
            last = _phrase_end(doc, head, end)
            found.append(_Candidate(token.idx, doc[last - 1].idx + len(doc[last - 1]), head, token.i, last, None, sense))
        elif sense == "since" and grammar.words.lang == "en" and any(t.pos_ == "VERB" for t in doc[token.i + 1:min(token.i + 5, end)]):
            clause = _clause(doc, token, end, sense)
            # "since" with a present tense gives a reason.
            if "Pres" not in clause.token.morph.get("Tense", []) or "Fin" not in clause.token.morph.get("VerbForm", []):
                found.append(clause)
    return found


def _event_places(doc: Doc, grammar: TimeGrammar) -> list[int]:
    """The tokens that may begin such a phrase; one look at the whole Doc costs less than one at each token."""
    key = f"{_KEY}.{grammar.words.lang}"
    places: list[int] | None = doc.user_data.get(key)
    if places is None:
        ids = [doc.vocab.strings.add(word) for word in (*grammar.event_senses, *grammar.openers)]
        places = [int(i) for i in isin(doc.to_array("LOWER"), array(ids, dtype=uint64)).nonzero()[0]]
        doc.user_data[key] = places
    return places


def _clause(doc: Doc, opener: Token, limit: int, sense: Sense) -> _Candidate:
    """The clause that ``opener`` begins, up to the next mark of punctuation."""
    last = opener.i + 1
    while last < limit and doc[last].text not in ",;:.()–—»”" and not doc[last].is_space:
        last += 1
    head = next((t for t in doc[opener.i:last] if _verbal(t)), opener)
    return _Candidate(opener.idx, doc[last - 1].idx + len(doc[last - 1]), head, opener.i, last, None, sense)


def _phrase_end(doc: Doc, head: Token, limit: int) -> int:
    """Where a noun's complements end: the run of nominal words and "of" after it."""
    at = head.i + 1
    while at < limit:
        token = doc[at]
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or token.lower_ in ("of", "de", "d'", "d’", "du", "des", "la", "le", "l'", "l’", "the", "en", "in"):
            at += 1
        else:
            break
    while at > head.i + 1 and doc[at - 1].pos_ in ("ADP", "DET"):
        at -= 1
    return at


def _verbal(token: Token) -> bool:
    """True for the head of a clause, participles that the tagger takes for adjectives included."""
    if token.pos_ in _VERBAL:
        return token.dep_ not in ("aux", "cop", "aux:pass", "aux:tense", "aux:caus")
    if token.dep_ in ("acl", "acl:relcl", "advcl") or any(c.dep_.startswith("aux") for c in token.children):
        return True
    return "Part" in token.morph.get("VerbForm", []) and token.dep_ != "amod"


def _cost(doc: Doc, candidate: _Candidate, trigger: Span, grammar: TimeGrammar) -> float | None:
    """How far the expression is from dating the trigger; None where it dates something else."""
    here, token = trigger.root, candidate.token
    low, high = (trigger.end, candidate.first) if candidate.first >= trigger.end else (candidate.last, trigger.start)
    gap = [t for t in doc[low:high] if not t.is_punct and not t.is_space]
    near = 0.2 * min(len(gap), 12) + 0.8 * sum(t.pos_ == "VERB" for t in gap)
    if any(t.text == ";" for t in doc[low:high]) or _is_subject(candidate):
        return None
    steps = 0.0
    for up in () if _is_clause(candidate) else token.ancestors:
        if trigger.start <= up.i < trigger.end:
            return None if _taken(doc, candidate, trigger) else steps + near
        if _verbal(up) or up.dep_ in ("appos", "parataxis"):
            break
        steps += 0.5
    if not gap:
        return 1.0
    if any(t.text in ";:–—" for t in doc[low:high]) or _set_apart(doc, candidate, trigger, grammar):
        return None
    costs = (_by_governor(doc, candidate, here, near, low, high, grammar), _by_order(doc, candidate, trigger, gap, near))
    return min((cost for cost in costs if cost is not None), default=None)


def _set_apart(doc: Doc, candidate: _Candidate, trigger: Span, grammar: TimeGrammar) -> bool:
    """True where "after", "because of" and the like stand before the trigger and keep the date of the rest from it."""
    start, _ = reach.sentence(doc, trigger.start)
    for token in reversed(doc[max(start, trigger.start - 8):trigger.start]):
        if token.lower_ in grammar.detaching:
            return candidate.last <= token.i or candidate.first >= trigger.end + 6
        if token.is_punct:
            return False
    return False


def _by_order(doc: Doc, candidate: _Candidate, trigger: Span, gap: list[Token], near: float) -> float | None:
    """What the order of words says, where the tree says nothing: no other verb may come between."""
    if candidate.first >= trigger.end:
        if any(_verbal(t) for t in gap):
            return None
        plain = not any(t.is_punct for t in doc[trigger.end:candidate.first])
        return 2.5 + near if plain and len(gap) <= 8 else 4.0 + near if len(gap) <= 18 else None
    start, _ = reach.sentence(doc, trigger.start)
    before = doc[candidate.first - 1] if candidate.first > start else None
    if before is not None and not before.is_punct and before.pos_ != "CCONJ" and not before.is_space:
        return None
    for token in gap:
        if (token.pos_ == "VERB" and not _participial(token)) or "Rel" in token.morph.get("PronType", []) or token.pos_ == "SCONJ":
            return None
        if token.pos_ == "AUX" and token.i < trigger.start - 3:
            return None
    return 3.0 + near


def _by_governor(doc: Doc, candidate: _Candidate, here: Token, near: float, low: int, high: int, grammar: TimeGrammar) -> float | None:
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
    if not governor.is_ancestor(here) or (grammar.says(governor) and candidate.sense not in ("since", "until", "by")):
        return None
    return _under(candidate, governor, here, near)


def _is_subject(candidate: _Candidate) -> bool:
    """True for a time that does something itself ("winter is coming")."""
    found = candidate.expression
    return found is not None and found.start == found.core and candidate.token.dep_.startswith("nsubj") and candidate.kind in (
        "season", "month", "year", "quarter", "decade")


def _before_aside(doc: Doc, candidate: _Candidate, governor: Token, grammar: TimeGrammar) -> bool:
    """True where the sentence opens with the time and a source is slipped in after it ("In May, says X, they sold …")."""
    start, _ = reach.sentence(doc, candidate.token.i)
    opens = candidate.first <= start + 1 and candidate.last < len(doc) and doc[candidate.last].text == ","
    return opens and grammar.says(governor) and governor.i <= candidate.last + 3


def _is_clause(candidate: _Candidate) -> bool:
    """True for an expression with a verb of its own ("il y a trois ans"), which the parser ties at random."""
    return candidate.kind == "ago" and candidate.token.pos_ in _VERBAL


def _governor(doc: Doc, candidate: _Candidate) -> Token | None:
    """The verb that the expression dates: the one above, or the one beside an expression with a verb of its own."""
    if not _is_clause(candidate):
        return next((up for up in candidate.token.ancestors if _verbal(up)), None)
    start, end = reach.sentence(doc, candidate.token.i)
    for token in reversed(doc[max(start, candidate.first - 8):candidate.first]):
        if _verbal(token):
            return token
        if token.text in ";:–—":
            break
    return next((t for t in doc[candidate.last:end] if _verbal(t)), None)


def _taken(doc: Doc, candidate: _Candidate, trigger: Span) -> bool:
    """True where a participle nearer to the expression claims it ("tanks ordered in 2019 were …")."""
    if candidate.first < trigger.end:
        return False
    for token in reversed(doc[max(trigger.end, candidate.first - 4):candidate.first]):
        if token.is_punct:
            return False
        if token.pos_ == "VERB" and token.dep_ == "acl":
            return True
    return False


def _under(candidate: _Candidate, governor: Token, here: Token, near: float) -> float | None:
    """The expression dates a verb above the trigger: it dates the trigger too where that is part of the same event."""
    chain = [here, *(up for up in here.ancestors if governor.is_ancestor(up))]
    if any(t.dep_ in ("acl", "acl:relcl", "relcl", "ccomp", "parataxis", "csubj") for t in chain) or len(chain) > 3:
        return None
    fronted = candidate.last <= governor.i and candidate.last <= here.i
    for link in chain:
        if (link.dep_ == "advcl" and not _unfinished(link)) or (link.dep_ == "conj" and not fronted and any(c.dep_.startswith("nsubj") for c in link.children)):
            return None
        if link is not here and not _verbal(link) and _verbal(here):
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
