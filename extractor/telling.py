"""Who a verb of saying makes a source: before what it reports, beside it, or as the agent of a passive.

What it reports is read from order: "X affirme que…", ", a affirmé X", "as X confirmed", "accused by X of…".
"""

from __future__ import annotations

from dataclasses import dataclass

from extractor.clauses import View
from extractor.cues import Hit
from extractor.model import Attribution, Status
from extractor.saying import Saying
from extractor.scopes import Scopes

PRONOUN_REACH = 80  # tokens


@dataclass(frozen=True, slots=True)
class Source:
    """A source and the tokens ``scope`` that its word covers. ``cue``: the tokens that make it one.

    ``direct``: what it says is its verb's own complement; ``denies``: that it says it's not so.
    ``attribution`` is None for "on", "reportedly".
    """

    attribution: Attribution | None
    scope: tuple[int, int]
    status: Status | None
    cue: tuple[int, int]
    direct: bool = False
    denies: bool = False


class Telling:
    """Reads the sources of the saying verbs of one `View`."""

    def __init__(self, seen: View) -> None:
        self.view = seen
        self.doc = seen.doc
        self.found: list[Source] = []
        self.saying = Saying(seen)
        self.phrases = self.saying.phrases
        self.scopes = Scopes(seen)

    def _say(self, hit: Hit) -> Source | None:
        view = self.view
        at = hit.end - 1
        group = view.group(hit.start)
        finite = view.is_finite(hit.start) or view.any("finite", group.left, hit.start) is not None
        if hit.rule.status == "alleged" and view.is_in("by", hit.end) and self.phrases.starts(hit.end + 1):
            return self._accuser(hit)
        if not finite and view.matches("past_participle", hit.start):
            return self._accuser(hit) if hit.rule.status == "alleged" else self._agent(hit) if "noun" in hit.rule.links else None
        if self.saying.is_passive(hit, group.left) and not (view.is_in("tells", hit.start) and self._ends(hit.end)):
            return self._accuser(hit) if hit.rule.status == "alleged" else self._agent(hit) if "noun" in hit.rule.links else None
        if self.doc[hit.start].pos_ != "VERB" and (self.doc[hit.start - 1].pos_ == "PART" or view.matches("nominal", hit.start)):
            return None  # "Oslo's report", "observers"
        if not self.saying.is_told(hit, group.left) or self.saying.is_asked(hit, group.left):
            return None
        start, end = view.segment(at)
        kind = self.saying.complement(hit, end)
        speaker = self._going_on(hit, group.left) if kind is not None else None
        if speaker is not None:
            return Source(speaker, (hit.end, end), hit.rule.status, (hit.start, hit.end), direct=True)
        inverted = self.saying.inverted(group.left, hit, kind)
        if inverted is not None:
            return self._beside(hit, inverted, start, end)
        if not finite and not self.saying.is_verbal(hit.start, group.left):
            return None
        subject = self.phrases.subject(hit, group.left, start, near=kind is None)
        if subject is None or (subject[1] - subject[0] == 1 and view.is_in("clause_openers", subject[0])):
            return None
        if kind is None and self._quotes_source(group.left, start):
            return self._beside(hit, subject, start, end)
        if kind is None and subject[0] < subject[1] and view.any("takes_up", group.left, hit.start) is not None and self._ends(hit.end):
            before = view.sentence(start - 1)[0] if start else start
            return Source(self._attribution(*subject), (before, hit.start), hit.rule.status, (hit.start, hit.end))
        if kind is None:
            if view.matches("two_voiced", hit.start) and view.words[self._outset(subject[0]) - 1] not in ",—–\"”" and not self.phrases.speaks(subject[0]):
                return None  # "the confiscation of crates found at Algeciras"
            if view.lexicon.lang != "en" or not self.saying.is_beside(hit) or not self.scopes.is_apart(hit, group.left, subject[0], finite):
                return None
            return self._beside(hit, subject, start, end)
        attribution = self._attribution(*subject) if subject[0] < subject[1] else None
        status = hit.rule.status
        if attribution is None and status == "reported":
            status = "alleged"
        if self.saying.is_subordinate(group.left, start):
            end = next((i for i in range(hit.end, end) if view.words[i] == ","), end)
        scope = (hit.end, self.scopes.resumed(hit, group.left, self.saying.reach(hit.end, end)))
        return Source(attribution, scope, status, (hit.start, hit.end), direct=True, denies=hit.rule.id.endswith(".deny"))

    def _quotes_source(self, left: int, start: int) -> bool:
        """True for "as X confirmed to us, …", "comme X nous l'a indiqué, …": X says what stands beside."""
        view = self.view
        i = left - 1
        while i > start and not (view.words[i] in ",;:" or view.is_finite(i)):
            i -= 1
        first = i + 1 if view.words[i] in ",;:" else i
        end = view.segment(left)[1]
        alone = not any(view.is_finite(k) for k in range(start, first)) or not any(view.is_finite(k) for k in range(left + 3, end))
        if not view.is_in("as", first) or not alone or view.any("strangers", first, left) is not None:
            return False
        return view.lexicon.lang == "en" or view.any("takes_up", left, left + 3) is not None

    def _going_on(self, hit: Hit, left: int) -> Attribution | None:
        """Who goes on by a participle behind a verb set beside: "…, two envoys said, adding that…"."""
        if not self.view.matches("adding", hit.start) or self.view.words[left - 1] != ",":
            return None
        beside = (s for s in reversed(self.found) if not s.direct and s.attribution is not None and left - 8 <= s.cue[1] <= left)
        return next((s.attribution for s in beside), None)

    def _outset(self, at: int) -> int:
        """The first determiner before ``at``."""
        while at > 0 and self.view.is_in("determiners", at - 1):
            at -= 1
        return at

    def _ends(self, at: int) -> bool:
        return at >= self.view.size or self.view.words[at] in ",;:.»" or any(self.view.is_in(name, at) for name in ("time", "beside_next"))

    def _accuser(self, hit: Hit) -> Source | None:
        """"accused by X of selling": X speaks, of what follows."""
        view = self.view
        if not view.is_in("by", hit.end):
            return None
        span = self.phrases.at(hit.end + 1)
        if span is None:
            return None
        stop = next((i for i in range(span[0], span[1]) if view.is_in("of", i) and self.doc[i + 1].pos_ in ("VERB", "AUX")), span[1])
        if stop <= span[0]:
            return None
        return Source(self._attribution(span[0], stop), (stop, view.segment(hit.start)[1]), hit.rule.status, (hit.start, hit.end), direct=True)

    def _agent(self, hit: Hit) -> Source | None:
        """"la vente, confirmée par X": what stands near; "Cet échange, confirmé par X": the sentence before."""
        view = self.view
        by = view.any("by", hit.end, hit.end + 7)
        if by is None or view.is_in("doubts", hit.start):
            return None
        span = self.phrases.at(by + 1)
        if span is None or view.any("to", hit.end, by) is not None:
            return None
        start, end = view.segment(hit.start)
        first = next((i for i in range(start, hit.start) if self.doc[i].is_alpha), start)
        left = view.group(hit.start).left
        scope = (max(start, hit.start - 10), min(end, by + 12))
        if view.any("be", left, hit.start) is not None or self.doc[hit.start - 1].is_punct:
            scope = (start, scope[1])
        if view.is_in("demonstratives", first) and start:
            scope = (view.sentence(start - 1)[0], hit.start)
        return Source(self._attribution(*span), scope, hit.rule.status, (hit.start, hit.end))

    def _beside(self, hit: Hit, subject: tuple[int, int], start: int, end: int) -> Source:
        """A saying verb beside what it reports: the segment, and the quotation that ends or goes on there."""
        attribution = self._attribution(*subject) if subject[0] < subject[1] else None
        end = self.scopes.beside_end(max(hit.end, subject[1]), end)
        if attribution is None and self.view.words[subject[1] : subject[1] + 2][1:] == [","]:
            start = hit.end
        elif self.view.words[end - 1 : end] == [","] or self.scopes.is_aside(max(hit.end, subject[1])):
            start = self.scopes.aside_start(min(hit.start, subject[0]), start)
        for quote_start, quote_end in self.view.quotes:
            if (start <= quote_end <= end + 1 and quote_end <= hit.start) or quote_start <= hit.start < quote_end:
                start = min(start, quote_start)
        status = hit.rule.status
        if attribution is None and status == "reported":
            status = "alleged"
        return Source(attribution, (start, end), status, (hit.start, hit.end))

    def _attribution(self, start: int, end: int) -> Attribution | None:
        if start >= end:
            return None
        span = self.doc[start:end]
        if end - start == 1 and self.view.is_in("resolved", start):
            named = self._antecedent(start)
            if named is not None:
                return named
        text = span.text.strip()
        begin = span.start_char + (len(span.text) - len(span.text.lstrip()))
        if text.startswith("-"):
            return Attribution(text[1:], begin + 1, begin + len(text))
        return Attribution(text, begin, begin + len(text))

    def _antecedent(self, at: int) -> Attribution | None:
        """The last named person or source before the pronoun ``at``."""
        for source in reversed(self.found):
            said = source.attribution
            if said is None or not at - PRONOUN_REACH < source.cue[0] < at:
                continue
            if said.text.lower() not in self.view.lexicon.lists["resolved"]:
                return said
        mentions = self.doc._.mentions if self.doc.has_extension("mentions") else None
        if mentions is None:  # a Doc that the names' stage has not seen
            people = [Attribution(e.text, e.start_char, e.end_char) for e in self.doc.ents if e.label_ in ("PER", "PERSON")]
        else:
            people = [Attribution(m.text, m.start, m.end) for m in mentions if m.type == "PERSON"]
        return next((one for one in reversed(people) if one.end <= self.doc[at].idx), None)
