"""The sources that a text names, and how far each one's word reaches.

A source phrase is a preposition ("selon X"), a saying verb before what it reports ("X affirme que…"),
or one set beside it (", a affirmé X"). Reach is read from order: semicolons, sentence stops, quotations
that run over several sentences.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractor.clauses import View
from extractor.cues import Hit, Rule
from extractor.model import Attribution, Status
from extractor.phrases import SUBJECTS
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


class Finder:
    """Finds the sources of one `View`."""

    def __init__(self, seen: View) -> None:
        self.view = seen
        self.doc = seen.doc
        self.found: list[Source] = []
        self.saying = Saying(seen)
        self.phrases = self.saying.phrases
        self.scopes = Scopes(seen)

    def run(self) -> list[Source]:
        """All sources, those of carried-over quotations and verbless sentences last."""
        done: set[int] = set()
        for at in sorted(self.view.hits):
            for hit in self.view.hits[at]:
                if hit.start == at and at not in done and self._read(hit):
                    done.update(range(hit.start, hit.end))
        self._speakers_of_quotes()
        self._continue_quotes()
        self._continue_verbless()
        return self.found

    def _read(self, hit: Hit) -> bool:
        kind = hit.rule.kind
        if kind == "preposition":
            source = self._preposition(hit)
        elif kind == "relative":
            source = self._relative(hit)
        elif kind == "say":
            source = self._say(hit)
        elif kind == "noun":
            extent = self.phrases.ending(hit.start)
            source = Source(self._attribution(*extent), (hit.end, self.view.segment(hit.start)[1]), hit.rule.status,
                            (hit.start, hit.end))
        elif kind == "adverb":
            start, end = self.view.segment(hit.start)
            source = Source(None, (start, end), hit.rule.status, (hit.start, hit.end))
        else:
            return False
        if source is not None:
            self.found.append(source)
        return source is not None

    def _preposition(self, hit: Hit) -> Source | None:
        view = self.view
        at = hit.end
        while at < len(view.words) and self.doc[at].is_space:
            at += 1
        if at >= len(view.words) or view.is_in("not_after_preposition", at):
            return None
        if hit.rule.links == ["clause"] and not self.scopes.opens_sentence(hit.start):
            return None
        span = self.phrases.at(at)
        if span is None or any(view.is_in("no_source", i) for i in range(span[0], min(span[1], span[0] + 3))):
            return None
        if hit.rule.links == ["clause"] and (not self.phrases.speaks(at) or view.matches("infinitive", at)):
            return None
        if view.is_in("speakers", hit.end - 1):
            span = (hit.end - 1, span[1])  # "de source diplomatique": the word belongs to the name
        start, end = view.segment(hit.start)
        if self.scopes.is_aside(span[1]):
            start = self.scopes.aside_start(hit.start, start)
        if self.scopes.opens_sentence(hit.start):
            end = view.sentence(hit.start)[1]
        elif self.doc[hit.start - 1].text not in ",–—(-" and not self.scopes.closes(span[1]):
            start = max(start, self.scopes.clause_start(hit.start, start))
        return Source(self._attribution(*span), (start, end), hit.rule.status, (hit.start, hit.end))

    def _relative(self, hit: Hit) -> Source | None:
        """"un article selon lequel": the noun before it speaks, the clause after it is what it says."""
        view = self.view
        start = view.segment(hit.start)[0]
        for i in range(hit.start - 1, max(start, hit.start - 10) - 1, -1):
            if view.is_in("alleging_nouns", i):
                outer = self._covering(hit.start)
                if outer is None:
                    span = self.phrases.ending(i)
                    return Source(self._attribution(*span), (hit.end, view.segment(hit.start)[1]), "alleged", (i, i + 1))
                return replace(outer, scope=(hit.end, view.segment(hit.start)[1]), status="alleged", cue=(i, i + 1))
        span = self.phrases.ending(hit.start - 1)
        if span[0] >= span[1]:
            return None
        return Source(self._attribution(*span), (hit.end, view.segment(hit.start)[1]), hit.rule.status, (hit.start, hit.end))

    def _covering(self, at: int) -> Source | None:
        for source in reversed(self.found):
            if source.scope[0] <= at < source.scope[1]:
                return source
        subject = self._subject_of_sentence(at)
        return subject

    def _subject_of_sentence(self, at: int) -> Source | None:
        start, end = self.view.sentence(at)
        for i in range(start, at):
            if self.doc[i].dep_ in SUBJECTS and self.doc[i].pos_ in ("NOUN", "PROPN") and self.doc[i].head.i < at:
                span = self.phrases.around(self.doc[i], self.doc[i].head.i)
                return Source(self._attribution(*span), (start, end), None, (i, i + 1))
        return None

    def _say(self, hit: Hit) -> Source | None:
        view = self.view
        at = hit.end - 1
        group = view.group(hit.start)
        finite = view.is_finite(hit.start) or view.any("finite", group.left, hit.start) is not None
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
        inverted = self.saying.inverted(group.left, hit, kind)
        if inverted is not None:
            return self._beside(hit, inverted, start, end)
        if not finite and not self.saying.is_verbal(hit.start, group.left):
            return None
        subject = self.phrases.subject(hit, group.left, start, near=kind is None)
        if subject is None:
            return None
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

    def _speakers_of_quotes(self) -> None:
        """Whoever stands with any verb right after a quotation, or is the subject of what its colon ends, says it."""
        rule = next((r for r in self.view.lexicon.rules.values() if r.kind == "say" and r.status == "reported"), None)
        if rule is None:
            return
        for start, end in self.view.quotes:
            if any(s.scope[0] <= start and s.scope[1] >= end - 1 for s in self.found):
                continue
            source = self._after_quote(start, end, rule) or self._before_colon(start, end, rule)
            if source is not None:
                self.found.append(source)

    def _after_quote(self, start: int, end: int, rule: Rule) -> Source | None:
        view, doc = self.view, self.doc
        at = end
        if at < view.size and view.words[at] == ",":
            at += 1
        elif end - start < 3 or view.words[end - 2] != ",":
            return None
        limit = min(view.size, at + (6 if view.lexicon.lang == "fr" else 12))
        verb = next((i for i in range(at, limit) if doc[i].pos_ == "VERB"), None)
        if verb is None or any(doc[i].is_punct for i in range(at, verb)):
            return None
        hit = Hit(verb, verb + 1, rule)
        left = view.group(verb).left
        subject = self.saying.inverted(left, hit, None)
        if subject is None and view.lexicon.lang == "en" and self.phrases.speaks(at):
            subject = self.phrases.subject(hit, left, at, near=True)
        if subject is None or subject[0] >= subject[1]:
            return None
        segment = view.segment(verb)
        return self._beside(hit, subject, max(segment[0], start), segment[1])

    def _before_colon(self, start: int, end: int, rule: Rule) -> Source | None:
        view, doc = self.view, self.doc
        if start < 2 or view.words[start - 1] != ":":
            return None
        begin = view.segment(start)[0]
        for token in doc[begin:start - 1]:
            if token.dep_ in SUBJECTS and token.head.dep_ in ("ROOT", "ccomp", "parataxis") and (
                    token.ent_type_ in ("PER", "PERSON") or view.is_in("speakers", token.i)):
                span = self.phrases.around(token, min(token.head.i, start - 1) if token.head.i > token.i else token.i + 1)
                return Source(self._attribution(*span), (start, end), rule.status, (token.i, token.i + 1))
        return None

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

    def _continue_quotes(self) -> None:
        """A quotation that nothing introduces goes on with the speaker of the one before."""
        speaker: Source | None = None
        extra = []
        for start, end in self.view.quotes:
            own = [s for s in self.found if s.scope[0] <= start and s.scope[1] >= min(end, start + 2)]
            if own:
                speaker = own[-1]
            elif speaker is not None and start - speaker.scope[1] < 40 and start in self.scopes.near_starts(start):
                made = replace(speaker, scope=(start, end), direct=False)
                extra.append(made)
        self.found += extra

    def _continue_verbless(self) -> None:
        """A sentence without a finite verb goes on with what the source of the one before says."""
        view = self.view
        extra = []
        for n, start in enumerate(view.starts):
            end = view.starts[n + 1] if n + 1 < len(view.starts) else len(view.words)
            if not n or end - start < 4 or any(view.is_finite(i) for i in range(start, end)):
                continue
            if view.lexicon.lists.get("verbless") and view.any("verbless", start, start + 4) is None:
                continue
            if any(s.scope[0] < end and s.scope[1] > start for s in self.found):
                continue
            before = [s for s in self.found if view.starts[n - 1] <= s.cue[0] < start <= s.scope[1]]
            if before:
                extra.append(replace(before[-1], scope=(start, end), direct=False))
        self.found += extra
