"""Who says it: the sources a text names, how far each one's word reaches, and which covers a trigger.

A source phrase is a preposition ("selon X"), a saying verb before what it reports ("X affirme que…"),
or one set beside it (", a affirmé X"). Reach is read from order: semicolons, sentence stops, quotations
that run over several sentences. Of the sources that reach a trigger the one with the shortest reach holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from extractor import cues
from extractor.clauses import CLOSING, View, view
from extractor.cues import Hit
from extractor.model import Attribution, Status

SUBJECTS = ("nsubj", "expl:subj")
NAME_POS = ("PROPN", "NOUN", "ADJ", "NUM", "X")


@dataclass(frozen=True, slots=True)
class Source:
    """A source and the tokens ``scope`` that its word covers. ``cue``: the tokens that make it one.

    ``direct``: what it says is its verb's own complement. ``attribution`` is None for "on", "reportedly".
    """

    attribution: Attribution | None
    scope: tuple[int, int]
    status: Status | None
    cue: tuple[int, int]
    direct: bool = False


def find(doc: Doc, trigger: Span, lang: str) -> Source | None:
    """The source whose word covers ``trigger``, or None. Raises `LexiconError` on a faulty cue file."""
    best: Source | None = None
    for source in sources(doc, lang):
        start, end = source.scope
        if not start <= trigger.start < end or trigger.start <= source.cue[0] < trigger.end:
            continue
        if best is None or _rank(source, trigger.start) < _rank(best, trigger.start):
            best = source
    return best


def _rank(source: Source, at: int) -> tuple[bool, int, int]:
    return source.attribution is None, source.scope[1] - source.scope[0], abs(source.cue[0] - at)


def sources(doc: Doc, lang: str) -> list[Source]:
    """All sources of ``doc`` in the order of their cues."""
    lexicon = cues.load(lang, "attribution")
    seen = view(doc, lexicon, "attribution")
    key = "extractor.sources"
    cached = doc.user_data.get(key)
    if cached is not None and cached[0] is seen:
        return list(cached[1])
    found = _Finder(seen).run()
    doc.user_data[key] = (seen, found)
    return found


class _Finder:
    def __init__(self, seen: View) -> None:
        self.view = seen
        self.doc = seen.doc
        self.found: list[Source] = []

    def run(self) -> list[Source]:
        done: set[int] = set()
        for at in sorted(self.view.hits):
            for hit in self.view.hits[at]:
                if hit.start == at and at not in done:
                    if self._read(hit):
                        done.update(range(hit.start, hit.end))
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
            extent = self._back(hit.start)
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

    # Prepositions

    def _preposition(self, hit: Hit) -> Source | None:
        view = self.view
        at = hit.end
        while at < len(view.words) and self.doc[at].is_space:
            at += 1
        if at >= len(view.words) or view.is_in("not_after_preposition", at):
            return None
        if hit.rule.links == ["clause"] and not self._opens_sentence(hit.start):
            return None
        span = self._noun_phrase(at)
        if span is None or any(view.is_in("no_source", i) for i in range(span[0], min(span[1], span[0] + 3))):
            return None
        if hit.rule.links == ["clause"] and not self._speaks(at):
            return None
        start, end = view.segment(hit.start)
        if self._opens_sentence(hit.start):
            end = view.sentence(hit.start)[1]
        elif self.doc[hit.start - 1].text not in ",–—(-" and not self._closes(span[1]):
            start = max(start, self._clause_start(hit.start, start))
        return Source(self._attribution(*span), (start, end), hit.rule.status, (hit.start, hit.end))

    def _opens_sentence(self, at: int) -> bool:
        start = self.view.sentence(at)[0]
        return all(not self.doc[i].is_alpha or self.view.is_in("openers", i) for i in range(start, at))

    def _closes(self, at: int) -> bool:
        return at >= self.view.segment(at - 1)[1] - 1

    def _clause_start(self, at: int, start: int) -> int:
        for i in range(at - 1, start, -1):
            if self.view.is_in("contrast", i):
                return i
        return start

    def _relative(self, hit: Hit) -> Source | None:
        """"un article selon lequel": the noun before it speaks, the clause after it is what it says."""
        view = self.view
        start = view.segment(hit.start)[0]
        for i in range(hit.start - 1, max(start, hit.start - 10) - 1, -1):
            if view.is_in("alleging_nouns", i):
                outer = self._covering(hit.start)
                if outer is None:
                    span = self._back(i)
                    return Source(self._attribution(*span), (hit.end, view.segment(hit.start)[1]), "alleged", (i, i + 1))
                return replace(outer, scope=(hit.end, view.segment(hit.start)[1]), status="alleged", cue=(i, i + 1))
        span = self._back(hit.start - 1)
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
                span = self._around(self.doc[i], self.doc[i].head.i)
                return Source(self._attribution(*span), (start, end), None, (i, i + 1))
        return None

    # Saying verbs

    def _say(self, hit: Hit) -> Source | None:
        view = self.view
        at = hit.end - 1
        group = view.group(hit.start)
        finite = view.is_finite(hit.start) or view.any("finite", group.left, hit.start) is not None
        if not finite and view.matches("past_participle", hit.start):
            return self._agent(hit) if "noun" in hit.rule.links and hit.rule.status == "reported" else None
        start, end = view.segment(at)
        kind = self._complement(hit, end)
        inverted = self._inverted(group.left, hit, kind)
        if inverted is not None:
            return self._beside(hit, inverted, start, end)
        if not finite and not self._verbal(hit.start, group.left):
            return None
        subject = self._subject(hit, group.left, start)
        if subject is None:
            return None
        if kind is None:
            if view.lexicon.lang != "en" or not finite:
                return None
            return self._beside(hit, subject, start, end)
        attribution = self._attribution(*subject) if subject[0] < subject[1] else None
        status = hit.rule.status
        if attribution is None and status == "reported":
            status = "alleged"
        if self._subordinate(group.left, start):
            end = next((i for i in range(hit.end, end) if view.words[i] == ","), end)
        scope = (hit.end, self._reach(hit.end, end))
        return Source(attribution, scope, status, (hit.start, hit.end), direct=True)

    def _verbal(self, at: int, left: int) -> bool:
        """True for a form that can be a verb though the tagger holds it for none that is finite."""
        view = self.view
        return (
            view.matches("participle", at)
            or view.matches("verbal", at)
            or view.matches("infinitive", at)
            or view.is_in("relatives", left - 1)
            or self.doc[left - 1].pos_ == "PRON"
        )

    def _subordinate(self, left: int, start: int) -> bool:
        """True for "quand X jurait que P, Q": Q is not X's word."""
        for i in range(left - 1, max(start, left - 9) - 1, -1):
            if self.view.is_in("subordinators", i):
                return True
            if self.view.words[i] == ",":
                return False
        return False

    def _agent(self, hit: Hit) -> Source | None:
        """"la vente, confirmée par X": what stands near; "Cet échange, confirmé par X": the sentence before."""
        view = self.view
        by = view.any("by", hit.end, hit.end + 7)
        if by is None or view.is_in("doubts", hit.start):
            return None
        span = self._noun_phrase(by + 1)
        if span is None:
            return None
        start, end = view.segment(hit.start)
        first = next((i for i in range(start, hit.start) if self.doc[i].is_alpha), start)
        scope = (max(start, hit.start - 10), min(end, by + 12))
        if view.is_in("demonstratives", first) and start:
            scope = (view.sentence(start - 1)[0], hit.start)
        return Source(self._attribution(*span), scope, hit.rule.status, (hit.start, hit.end))

    def _reach(self, at: int, end: int) -> int:
        for i in range(at + 1, end):
            if self.view.is_in("contrast", i) and self.view.words[i - 1] == ",":
                return i
        quote = next((q for q in self.view.quotes if at <= q[0] < at + 12 and q[1] > end), None)
        return quote[1] if quote else end

    def _complement(self, hit: Hit, end: int) -> str | None:
        """What the verb governs on its right: "clause", "inf", "quote", "noun" or None."""
        view, links = self.view, hit.rule.links
        i = hit.end
        limit = min(end, hit.end + 16)
        while i < limit:
            word = view.words[i]
            if view.is_in("that", i) and "clause" in links:
                return "clause"
            if word == ":" or (word in ("«", "“", '"') and i - hit.end < 4):
                return "quote"
            if word in (",", "–", "—"):
                closing = self._parenthesis(i, limit)
                if closing is None:
                    return None
                i = closing + 1
                limit = min(end, i + 3)
                continue
            if word in (".", ";") or word in CLOSING:
                return None
            if view.is_in("infinitive_start", i) or (view.matches("infinitive", i) and self.doc[i].pos_ in ("VERB", "AUX")):
                return "inf" if "inf" in links else None
            if view.lexicon.lang == "en" and view.is_finite(i) and "clause" in links:
                return "clause"
            if "noun" in links and i == hit.end + self._adverbs(hit.end) and self._starts_noun(i):
                return "noun"
            i += 1
        return None

    def _parenthesis(self, opening: int, limit: int) -> int | None:
        """The mark that closes the parenthesis begun at ``opening``, where a complement follows it."""
        view = self.view
        for i in range(opening + 1, limit):
            if view.words[i] == view.words[opening] and i + 1 < limit:
                if view.is_in("that", i + 1) or view.is_in("infinitive_start", i + 1) or view.is_in("of", i + 1) or view.words[i + 1] == "à":
                    return i
        return None

    def _adverbs(self, at: int) -> int:
        n = 0
        while at + n < len(self.doc) and (self.doc[at + n].pos_ == "ADV" or self.view.is_in("time", at + n)) and n < 5:
            n += 1
        return n

    def _starts_noun(self, i: int) -> bool:
        return (
            self.doc[i].pos_ in ("DET", "NOUN", "PROPN", "NUM", "ADJ")
            or self.view.is_in("determiners", i)
            or self.doc[i].is_title
        )

    def _inverted(self, left: int, hit: Hit, kind: str | None) -> tuple[int, int] | None:
        """The subject after its verb (", a affirmé X"), as tokens; an empty span for "on"."""
        view = self.view
        for i in range(left, min(hit.end + 3, len(view.words))):
            if view.is_in("clitic_subjects", i):
                return self._clitic(i, hit)
        if kind in ("clause", "inf") or any(view.is_in("never_inverted", i) for i in range(hit.start, hit.end)):
            return None
        before = left - 1
        while before > 0 and self.doc[before].is_space:
            before -= 1
        if before >= 0 and view.words[before] not in ",–—-»”\":(" and before >= view.segment(hit.start)[0]:
            if not view.is_in("before_inverted", before):
                return None
        if view.lexicon.lang == "en":
            close = self._starts_noun(hit.end) and self._speaks(hit.end) if hit.end < len(view.words) else False
            return self._noun_phrase(hit.end) if close else None
        at = hit.end
        skipped = 0
        while at < len(view.words) and skipped < 6 and (
            self.doc[at].is_space or view.is_in("time", at) or self.doc[at].pos_ == "ADV" or view.is_in("between", at)
        ):
            at, skipped = at + 1, skipped + 1
        at = self._skip_time(at)
        if at >= len(view.words) or not self._starts_noun(at) or not (self._has_right_subject(hit) or self._speaks(at)):
            return None
        return self._noun_phrase(at)

    def _speaks(self, at: int) -> bool:
        """True where the noun phrase at ``at`` names a person, a body or a document."""
        for i in range(at, min(at + 4, len(self.doc))):
            token = self.doc[i]
            if token.is_punct or self.view.is_in("phrase_end", i) or (i > at and self.view.is_in("of", i)):
                return False
            if token.pos_ == "PROPN" or any(map(str.isupper, token.text)) or token.ent_type_ in ("PER", "ORG", "PERSON", "STATE") or self.view.is_in("speakers", i):
                return True
        return False

    def _has_right_subject(self, hit: Hit) -> bool:
        return any(c.dep_ in SUBJECTS and c.i > hit.start for c in self.doc[hit.start].children)

    def _skip_time(self, at: int) -> int:
        """Past "la semaine dernière", "dans la nuit"."""
        for i in range(at, min(at + 3, len(self.view.words))):
            if self.view.is_in("time_nouns", i):
                j = i + 1
                while j < len(self.view.words) and self.doc[j].pos_ == "ADJ":
                    j += 1
                return j
            if not (self.view.is_in("determiners", i) or self.view.is_in("between", i)):
                break
        return at

    def _clitic(self, at: int, hit: Hit) -> tuple[int, int] | None:
        view = self.view
        if not view.is_in("impersonal", at):
            return at, at + 1
        for i in range(hit.end, min(hit.end + 4, len(view.words))):
            if view.is_in("seat_prepositions", i) and i + 1 < len(view.words) and self._starts_noun(i + 1):
                return self._noun_phrase(i + 1)
        return at, at

    def _beside(self, hit: Hit, subject: tuple[int, int], start: int, end: int) -> Source:
        """A saying verb beside what it reports: the segment, and the quotation that ends or goes on there."""
        attribution = self._attribution(*subject) if subject[0] < subject[1] else None
        if attribution is None and self.view.words[subject[1] : subject[1] + 2][1:] == [","]:
            start = hit.end
        for quote_start, quote_end in self.view.quotes:
            if start <= quote_end <= end + 1 and quote_end <= hit.start:
                start = min(start, quote_start)
            elif quote_start <= hit.start < quote_end:
                start = min(start, quote_start)
        status = hit.rule.status
        if attribution is None and status == "reported":
            status = "alleged"
        return Source(attribution, (start, end), status, (hit.start, hit.end))

    # Subjects

    def _subject(self, hit: Hit, left: int, start: int) -> tuple[int, int] | None:
        """The tokens of the subject before the verb; empty for "on"; None where there is none."""
        token: Token = self.doc[hit.start]
        for _ in range(5):
            for child in token.children:
                if child.dep_.startswith(SUBJECTS) and child.i < max(left, hit.start):
                    return self._resolve(child, left)
            if token.dep_ == "conj" and token.i == hit.start and self._own_subject(left):
                return self._subject_by_order(left, start)
            if token.dep_ in ("conj", "xcomp", "advcl", "aux", "acl", "ccomp", "parataxis") and token.head.i != token.i:
                if token.dep_.startswith("acl") and token.head.pos_ in ("NOUN", "PROPN"):
                    return self._around(token.head, left)
                token = token.head
                continue
            if token.dep_ == "acl:relcl":
                return self._around(token.head, left)
            break
        return self._subject_by_order(left, start)

    def _own_subject(self, left: int) -> bool:
        """True where a noun stands right before the verb, past an apposition."""
        at = self.view.before(left)
        return self.view.words[left - 1] != "et" and self.doc[at].pos_ in ("NOUN", "PROPN")

    def _resolve(self, child: Token, left: int) -> tuple[int, int] | None:
        view = self.view
        if view.is_in("strangers", child.i) or child.dep_ == "expl:subj" and view.is_in("copulas", child.i + 1):
            return None
        if view.is_in("impersonal", child.i):
            for i in range(view.sentence(child.i)[0], child.i):
                if view.is_in("seat_prepositions", i) and i + 1 < child.i:
                    return self._noun_phrase(i + 1)
            return child.i, child.i
        if view.is_in("relatives", child.i):
            head = child.head.head if child.head.dep_.startswith("acl") else None
            if head is not None and head.i < child.i and head.pos_ in ("NOUN", "PROPN"):
                return self._around(head, child.i)
            return self._back(child.i - 1)
        return self._around(child, left)

    def _subject_by_order(self, left: int, start: int) -> tuple[int, int] | None:
        view = self.view
        if left - 3 > start and view.words[left - 1] == view.words[left - 3] == "," and self.doc[left - 2].pos_ == "PROPN":
            return left - 2, left - 1
        i = view.before(left)
        while i > start and (view.words[i] == "," or self.doc[i].is_space):
            i -= 1
        if view.is_in("relatives", i):
            i -= 1
            while i > start and view.words[i] == ",":
                i -= 1
        if i < start or not (self.doc[i].pos_ in NAME_POS or self.doc[i].pos_ == "PRON"):
            return None
        if view.is_in("impersonal", i):
            return i, i
        return None if view.is_in("strangers", i) else self._back(i)

    def _back(self, last: int) -> tuple[int, int]:
        """The noun phrase that ends at ``last``, without its determiner."""
        view = self.view
        while last > 0 and (view.words[last] in ",-" or self.doc[last].is_space):
            last -= 1
        start, i = last, last
        begin = view.segment(last)[0]
        while i > begin:
            i -= 1
            if view.is_in("determiners", i) and not view.is_in("of", i - 1):
                break
            if self.doc[i].pos_ in NAME_POS or self.doc[i].is_title or view.is_in("of", i) or view.is_in("determiners", i):
                start = i
                continue
            break
        while start < last and (view.is_in("determiners", start) or view.is_in("of", start)):
            start += 1
        return start, last + 1

    def _around(self, head: Token, left: int) -> tuple[int, int]:
        """The phrase of ``head``: its name or noun with complements, up to the first comma after it."""
        if head.pos_ == "PRON" and not self.view.is_in("quantifiers", head.i):
            return head.i, head.i + 1
        start = head.i
        for token in head.subtree:
            if token.i < start and all(self.view.words[k] not in ",;:«»" for k in range(token.i, head.i)):
                start = token.i
        while start < head.i and (self.view.is_in("determiners", start) or self.doc[start].pos_ in ("DET", "ADP", "CCONJ", "SCONJ", "PUNCT", "SPACE")):
            start += 1
        span = self._noun_phrase(start, max(left, head.i + 1))
        return span if span is not None else (start, head.i + 1)

    def _noun_phrase(self, at: int, limit: int | None = None) -> tuple[int, int] | None:
        """The noun phrase that begins at ``at``, without determiner, with an apposed name."""
        view = self.view
        end = min(limit or len(view.words), view.segment(at)[1])
        if view.is_in("pronouns", at):
            return at, at + 1
        while at < end and (view.is_in("determiners", at) or self.doc[at].is_space) and not view.is_in("pronouns", at):
            at += 1
        i = at
        while i < end:
            word = view.words[i]
            if word in (",", "–", "—"):
                if not self._apposed_name(i + 1, end):
                    break
            elif word in '.;:»”"()«“' or view.is_in("phrase_end", i) or (i > at and view.is_finite(i)):
                break
            elif i > at and view.is_in("that", i):
                break
            i += 1
        while i > at and (view.words[i - 1] in ",–—" or self.doc[i - 1].is_space or view.is_in("of", i - 1)):
            i -= 1
        return (at, i) if i > at else None

    def _apposed_name(self, at: int, end: int) -> bool:
        return at < end and self.doc[at].pos_ == "PROPN" and not self.doc[at].is_lower and (
            at + 1 >= end or self.view.words[min(at + 1, end - 1)] in ",.;" or (
                self.doc[at + 1].pos_ == "PROPN" and (at + 2 >= end or self.view.words[min(at + 2, end - 1)] in ",.;"))
        )

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
            if source.attribution is not None and source.cue[0] < at and at - source.cue[0] < 80:
                if source.attribution.text.lower() not in self.view.lexicon.lists["resolved"]:
                    return source.attribution
        for ent in reversed(self.doc.ents):
            if ent.end <= at and ent.label_ in ("PER", "PERSON"):
                return Attribution(ent.text, ent.start_char, ent.end_char)
        return None

    # Quotations

    def _continue_quotes(self) -> None:
        """A quotation that nothing introduces goes on with the speaker of the one before."""
        speaker: Source | None = None
        extra = []
        for start, end in self.view.quotes:
            own = [s for s in self.found if s.scope[0] <= start and s.scope[1] >= min(end, start + 2)]
            if own:
                speaker = own[-1]
            elif speaker is not None and start - speaker.scope[1] < 40 and start in self._near_starts(start):
                made = replace(speaker, scope=(start, end), direct=False)
                extra.append(made)
        self.found += extra

    def _near_starts(self, at: int) -> range:
        start = self.view.sentence(at)[0]
        return range(start, start + 2)

    def _continue_verbless(self) -> None:
        """A sentence without a finite verb goes on with what the source of the one before says."""
        view = self.view
        extra = []
        for n, start in enumerate(view.starts):
            end = view.starts[n + 1] if n + 1 < len(view.starts) else len(view.words)
            if not n or end - start < 4 or any(view.is_finite(i) for i in range(start, end)):
                continue
            if any(s.scope[0] < end and s.scope[1] > start for s in self.found):
                continue
            before = [s for s in self.found if view.starts[n - 1] <= s.cue[0] < start <= s.scope[1]]
            if before:
                extra.append(replace(before[-1], scope=(start, end), direct=False))
        self.found += extra
