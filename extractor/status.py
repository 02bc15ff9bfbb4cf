"""How surely a transfer is said to be: status of one trigger, the words that set it, and its source.

From the trigger the walk goes up through what governs it: each word on the way may impose a status
(`extractor/lexicon/*/status.yaml`), and its own negation may turn it. The walk ends where a clause
says something else than the trigger (relatives, plain adverbial clauses, objects of other verbs).
Of all effects found the strongest holds: denied, planned, alleged, reported, asserted.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span

from extractor import attribution, cues, when
from extractor.clauses import View, view
from extractor.climb import Walk
from extractor.model import STATUSES, Attribution, Extent, Status
from extractor.polarity import Effect
from extractor.telling import Source

_DENIALS = frozenset(("fr.deny.claim", "en.deny.claim"))


@dataclass(frozen=True, slots=True)
class Assessment:
    """Status of a transfer, the words that set it (offsets into the text), and who says it."""

    status: Status
    cues: tuple[Extent, ...] = ()
    attribution: Attribution | None = None


def assess(doc: Doc, trigger: Span, lexicon_lang: str, frame: str | None = None) -> Assessment:
    """The status of the transfer that ``trigger`` (one or more tokens of a parsed ``doc``) expresses.

    ``frame`` is the id of the rule that found the trigger; a status rule of that id, where there is one,
    adds the frame's own status. Raises `LexiconError` where the cue files are at fault.
    """
    lexicon = cues.load(lexicon_lang, "status")
    seen = view(doc, lexicon, "status")
    walk = Walk(seen, trigger)
    effects = walk.run()
    if frame is not None and frame in lexicon.rules and (own := lexicon.rules[frame].status):
        effects.append(Effect(own, trigger.start, trigger.end))
    if not walk.presupposed:
        effects += _denied_after(seen, trigger) + _declined(seen, trigger, effects) + _dated_ahead(doc, trigger, effects, lexicon_lang)
    source = attribution.find(doc, trigger, lexicon_lang)
    if source is not None and (_is_background(walk, source) or _is_given(seen, trigger, source)):
        source = None
    if source is not None and source.status is not None:
        effects.append(Effect(source.status, source.cue[0], source.cue[1]))
    status: Status = min((e.status for e in effects), key=STATUSES.index, default="asserted")
    kept = sorted({(e.start, e.end) for e in effects if e.status == status})
    extents = tuple(_extent(doc, start, end) for start, end in kept)
    said = source.attribution if source is not None and status != "asserted" else None
    return Assessment(status, extents, said)


def _is_background(walk: Walk, source: Source) -> bool:
    """True where ``source`` says only what stands beside the trigger: "Après avoir reçu des radars, Lima a dit…"."""
    return walk.presupposed and (source.direct or not walk.background)


def _is_given(seen: View, trigger: Span, source: Source) -> bool:
    """True for a modifier inside what ``source`` denies: "deny that the jets given to Amman were passed on"."""
    root = trigger.root
    timed = seen.is_in("time_nouns", root.head.i) or seen.is_in("time", root.head.i)  # "denied last week that …"
    return source.denies and root.dep_.startswith("acl") and source.cue[1] <= root.head.i < root.i and not timed


def _denied_after(seen: View, trigger: Span) -> list[Effect]:
    """A denial with nothing of its own after it takes up what was said before: "…, ce que Lima dément", "Lima nie."."""
    end = seen.sentence(trigger.start)[1]
    limit = seen.sentence(end)[1] if end < seen.size else end
    segment = seen.segment(trigger.start)[1]
    for i in range(trigger.end, limit):
        for hit in seen.hits.get(i, ()):
            if hit.start == i and hit.rule.kind == "denial" and not seen.is_in("ne", i - 1) and not segment <= i < end:
                return [Effect("denied", hit.start, hit.end)]
            if hit.start != i or hit.rule.id not in _DENIALS:
                continue
            start = seen.sentence(i)[0]
            taken_up = any(seen.is_in("taking_up", j) for j in range(max(start, trigger.end, i - 6), i))
            bare = hit.end < seen.size and seen.words[hit.end] in ".;," and i - start <= 5 and start >= end
            if (taken_up and start < end) or (bare and not seen.is_in("ne", i - 1)):
                return [Effect("denied", hit.start, hit.end)]
    return []


def _declined(seen: View, trigger: Span, effects: list[Effect]) -> list[Effect]:
    """An offer that a later clause, of this sentence or the next, turns down: "Oslo offered radars; Lima declined them"."""
    if not effects or any(e.status != "planned" for e in effects):
        return []
    end = seen.sentence(trigger.start)[1]
    limit = seen.sentence(end)[1] if end < seen.size else end
    for i in range(trigger.end, limit):
        for hit in seen.hits.get(i, ()):
            if hit.start == i >= end and hit.rule.status == "planned" and hit.rule.kind != "modal":
                return []  # another offer of the next sentence
            if hit.start == i and hit.rule.kind == "declined" and not seen.any("negators", i - 2, i):
                return [Effect("denied", hit.start, hit.end)]
    return []


def _dated_ahead(doc: Doc, trigger: Span, effects: list[Effect], lang: str) -> list[Effect]:
    """A transfer dated after the article is still to come, whatever its tense."""
    if effects or not doc.has_extension("dateline"):
        return []
    dateline = doc._.dateline
    period = when.find(doc, trigger, dateline, lang)
    if period is None or dateline is None or period.earliest is None or period.earliest <= dateline:
        return []
    span = doc.char_span(period.start, period.end, alignment_mode="expand")
    return [Effect("planned", span.start, span.end)] if span is not None else []


def _extent(doc: Doc, start: int, end: int) -> Extent:
    span = doc[start:end]
    return Extent(span.start_char, span.end_char, span.text)
