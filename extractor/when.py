"""When it happens: the expression of time that a sentence ties to a trigger, and the days that it covers.

Expressions are found by form (`extractor.time_words`) in the sentences asked about; the tree, the borders of
clauses and the order of words decide which of them dates the trigger and which the announcement of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from numpy import array, isin, uint64
from spacy.tokens import Doc, Span, Token

from extractor import reach
from extractor.model import When
from extractor.time_events import VERBAL, verbal
from extractor.time_reckoning import reckon
from extractor.time_spans import Interval
from extractor.time_ties import Candidate, cost_of
from extractor.time_words import Preposition, Sense, TimeExpression, TimeGrammar, load

_MAX_COST = 8.0
_CALENDAR = ("date", "month", "months", "year", "season", "quarter", "numeric", "days")


def find(doc: Doc, trigger: Span, dateline: date | None, lang: str, item: Span | None = None) -> When | None:
    """The date or period of the event that ``trigger`` expresses, or None.

    ``dateline`` is the article's date, from which relative words are reckoned. Offsets are code points of ``doc.text``.
    ``item`` tells which date is meant where each of several items has its own ("three in May and two in June").
    """
    grammar = load(lang)
    fitting: list[tuple[float, Candidate]] = []
    for candidate in _candidates(doc, trigger.root.i, grammar):
        if (candidate.first < trigger.end and trigger.start < candidate.last) or candidate.kind == "rate":
            continue
        cost = cost_of(doc, candidate, trigger, grammar)
        if cost is not None and candidate.kind == "later":
            cost += 1.5  # "two years on" says less than any date beside it
        elif cost is not None and candidate.expression is None:
            cost += 1.0
        if cost is not None and cost <= _MAX_COST:
            fitting.append((cost, candidate))
    if not fitting:
        return None
    chosen = _of_item(doc, trigger, item, grammar) or min(fitting, key=lambda pair: pair[0])[1]
    chosen = _explained(doc, chosen, grammar) or chosen
    if chosen.expression is not None:
        interval = reckon(grammar, chosen.expression, dateline, _future(trigger))
    else:
        interval = _inner(doc, chosen, grammar, dateline)
    return When(reach.text(doc)[chosen.start:chosen.end], chosen.start, chosen.end, interval.earliest, interval.latest,
                interval.precision, interval.anchor)


def _of_item(doc: Doc, trigger: Span, item: Span | None, grammar: TimeGrammar) -> Candidate | None:
    """Of several dates after a trigger that has several items, the one said of ``item``: right after it, else right before."""
    if item is None or item.start < trigger.end:
        return None
    dates = sorted((c for c in _candidates(doc, trigger.root.i, grammar) if c.first >= trigger.end and c.kind != "rate" and not _of_noun(doc, c)), key=lambda c: c.first)
    if len(dates) < 2 or any((verbal(t) and t.dep_ not in ("acl", "amod")) or t.text in ";:" for t in doc[trigger.end:max(item.end, dates[1].first)]):
        return None
    after = next((c for c in dates if c.first >= item.end), None)
    if after is not None and not any(t.text == "," or t.pos_ in ("CCONJ", "VERB") for t in doc[item.end:after.first]):
        return after
    before = next((c for c in reversed(dates) if c.last <= item.start), None)
    if before is not None and not any(t.pos_ in ("CCONJ", "VERB") for t in doc[before.last:item.start]):
        return before
    return None


def _explained(doc: Doc, event: Candidate, grammar: TimeGrammar) -> Candidate | None:
    """An event with the date that stands beside it behind a comma ("after the fall of Kabul, in August 2021"): the date tells the days."""
    if event.expression is not None or event.last >= len(doc) or doc[event.last].text not in (",", "("):
        return None
    beside = next((c for c in _candidates(doc, event.root, grammar) if c.first == event.last + 1 and c.expression is not None and c.kind in _CALENDAR), None)
    return None if beside is None else replace(event, end=beside.end, last=beside.last, expression=beside.expression)


def _of_noun(doc: Doc, candidate: Candidate) -> bool:
    """True for a year that only tells one of several things ("the contract of 2014")."""
    return candidate.kind == "year" and candidate.first > 0 and doc[candidate.first - 1].lower_ in ("of", "de", "d'", "d’")


def expressions(doc: Doc, token: int, lang: str) -> list[tuple[int, int]]:
    """Where the sentence of a token speaks of time, as code points of ``doc.text``."""
    return [(c.start, c.end) for c in _candidates(doc, token, load(lang))]


def spoken(doc: Doc, token: int, lang: str) -> list[tuple[int, int]]:
    """Where the sentence of a token names dates, as code points: the numbers there count no things."""
    return [(c.start, c.end) for c in _candidates(doc, token, load(lang)) if c.kind in ("year", "years", "date", "month", "months", "numeric")]


def _inner(doc: Doc, event: Candidate, grammar: TimeGrammar, dateline: date | None) -> Interval:
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


def _candidates(doc: Doc, token: int, grammar: TimeGrammar) -> list[Candidate]:
    """The expressions of the token's sentence, reckoned once a sentence."""
    start, end = reach.sentence(doc, token)
    cache: dict[tuple[str, int], list[Candidate]] = reach.memo(doc).setdefault("times", {})
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
            if (expression.kind in ("ahead", "duration") or expression.sense == "since") and _measures_record(whole, grammar):
                continue
            last, stop = whole.end, expression.end
            if expression.kind == "units_of":  # "in the last year of the civil war": the noun's complements too
                last = max(last, _phrase_end(doc, doc[whole.end - 1], end))
                stop = max(stop, doc[last - 1].idx + len(doc[last - 1]))
            found.append(Candidate(expression.start, stop, place.root.i, whole.start, last, expression, expression.sense, expression.kind))
        cache[key] = found
    return cache[key]


def _measures_record(span: Span, grammar: TimeGrammar) -> bool:
    """True where a phrase without a verb says how rare a thing is by it (", the third such handover this year")."""
    for token in reversed(span.doc[max(reach.sentence(span.doc, span.start)[0], span.start - 8):span.start]):
        if token.is_punct or token.pos_ in VERBAL:
            return False
        if token.lower_ in grammar.words.ordinals:
            return True
    return False


def _in_dateline(doc: Doc, span: Span) -> bool:
    """True for the date of an agency's dateline ("PARIS, 3 mai (AFP) –")."""
    if span.end > 14:
        return False
    after = [t.text for t in doc[span.end:span.end + 6]]
    return bool(after) and doc[0].text[:1].isupper() and any(t in ("(", "–", "—", "--", "-") for t in after[:2]) and not any(
        t.pos_ in VERBAL for t in doc[:span.start])


def _events(doc: Doc, start: int, end: int, grammar: TimeGrammar, dated: set[int]) -> list[Candidate]:
    """Phrases that date by an event: "since the coup", "après l'assassinat de X", "tant que dure la guerre"."""
    found = []
    for at in _event_places(doc, grammar):
        if not start <= at < end:
            continue
        token = doc[at]
        opener = grammar.openers.get(token.lower_.replace("’", "'"))
        if opener is not None and reach.text(doc)[token.idx:].lower().startswith(opener):
            found.append(_clause(doc, token, end, "at"))
            continue
        opening = _opening(doc, at, end, grammar) if token.idx not in dated else None
        if opening is not None and opening[1].sense == "since" and _stands_alone(token, start, end):
            found.append(Candidate(token.idx, token.idx + len(token), at, at, at + 1, None, "since"))
            continue
        if opening is None:
            continue
        after, preposition = opening
        begin = _count_before(doc, token, start, grammar)
        sense = preposition.sense
        head = next((t for t in doc[after:min(after + 5, end)] if (t.pos_ in ("NOUN", "PROPN", *VERBAL) and t.dep_ != "compound") or t.is_punct), None)
        if head is None or head.is_punct or any(t.idx in dated for t in doc[after:head.i + 1]):
            continue
        if _names_event(head, preposition, grammar):
            last = _phrase_end(doc, head, end)
            if (sense == "since" and grammar.measures_record(reach.text(doc), token.idx)) or (
                    begin != token.i and head.lemma_.lower() in grammar.words.agreements):
                continue  # a first since; so long after the signing: how long it took
            found.append(Candidate(doc[begin].idx, doc[last - 1].idx + len(doc[last - 1]), head.i, begin, last, None, sense))
        elif sense == "since" and grammar.words.lang == "en" and any(t.pos_ == "VERB" for t in _phrase(doc, token.i + 1, min(token.i + 8, end))):
            clause = _clause(doc, token, end, sense)
            # "since" with a present tense gives a reason.
            morph = doc[clause.root].morph
            if "Pres" not in morph.get("Tense", []) or "Fin" not in morph.get("VerbForm", []):
                found.append(clause)
    return found


def _phrase(doc: Doc, start: int, end: int) -> Span:
    """The tokens from ``start`` up to the next mark of punctuation."""
    return doc[start:next((i for i in range(start, end) if doc[i].is_punct), end)]


def _stands_alone(token: Token, start: int, end: int) -> bool:
    """True for the "since" between an auxiliary and its participle ("has since sold", "a depuis vendu")."""
    if not start < token.i < end - 1:
        return False
    before, after = token.nbor(-1), token.nbor(1)
    return before.pos_ == "AUX" and after.pos_ in ("VERB", "AUX") and "Part" in after.morph.get("VerbForm", [])


def _count_before(doc: Doc, token: Token, start: int, grammar: TimeGrammar) -> int:
    """Where "three weeks after the coup" begins: at the count before the preposition, which the days don't take in."""
    if token.i == start or doc[token.i - 1].lower_ not in grammar.words.units:
        return token.i
    at = token.i - 1
    while at > start and (doc[at - 1].pos_ in ("NUM", "DET", "ADV") or doc[at - 1].lower_ in grammar.words.vague_numbers):
        at -= 1
    return at


def _opening(doc: Doc, at: int, end: int, grammar: TimeGrammar) -> tuple[int, Preposition] | None:
    """The preposition of an event that begins at ``at``, with the token after it."""
    for spelt, preposition in grammar.event_openings.get(doc[at].lower_.replace("’", "'"), ()):
        after = at + len(spelt)
        if after <= end and all(_is_word(doc[at + n].lower_, word) for n, word in enumerate(spelt)):
            return after, preposition
    return None


def _is_word(word: str, wanted: str) -> bool:
    return word.replace("’", "'") == wanted or (wanted == "de" and word in ("du", "des", "d'", "d’"))


def _names_event(head: Token, preposition: Preposition, grammar: TimeGrammar) -> bool:
    if head.lemma_.lower() in grammar.event_nouns or head.lower_ in grammar.event_nouns:
        return True
    return preposition.any and head.pos_ in ("NOUN", "PROPN") and head.lower_ not in grammar.words.units and head.lower_ != "temps" and not any(
        t.lower_ in ("que", "qu'", "qu’") for t in head.doc[head.i - 3:head.i])


def _event_places(doc: Doc, grammar: TimeGrammar) -> list[int]:
    """The tokens that may begin such a phrase; one look at the whole Doc costs less than one at each token."""
    key = f"events.{grammar.words.lang}"
    places: list[int] | None = reach.memo(doc).get(key)
    if places is None:
        words = {form for word in (*grammar.event_openings, *grammar.openers) for form in (word, word.replace("'", "’"))}
        ids = [doc.vocab.strings.add(word) for word in words]
        places = [int(i) for i in isin(doc.to_array("LOWER"), array(ids, dtype=uint64)).nonzero()[0]]
        reach.memo(doc)[key] = places
    return places


def _clause(doc: Doc, opener: Token, limit: int, sense: Sense) -> Candidate:
    """The clause that ``opener`` begins, up to the next mark of punctuation."""
    last = opener.i + 1
    while last < limit and doc[last].text not in ",;:.()–—»”" and not doc[last].is_space:
        last += 1
    head = next((t for t in doc[opener.i:last] if verbal(t)), opener)
    return Candidate(opener.idx, doc[last - 1].idx + len(doc[last - 1]), head.i, opener.i, last, None, sense)


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
