"""The sources that a text names, and how far each one's word reaches.

A source phrase is a preposition ("selon X"), a saying verb (`extractor.telling`), or a quotation beside a
speaker. Reach is read from order: semicolons, sentence stops, quotations that run over several sentences.
"""

from __future__ import annotations

from dataclasses import replace

from extractor.cues import Hit, Rule
from extractor.phrases import SUBJECTS
from extractor.telling import Source, Telling


class Finder(Telling):
    """Finds the sources of one `View`."""

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
