"""How a saying verb stands to what it reports: its complement, an inverted subject, its reach."""

from __future__ import annotations

from extractor.clauses import CLOSING, QUOTES, View
from extractor.cues import Hit
from extractor.phrases import SUBJECTS, Phrases

COMPLEMENT_REACH = 16


class Saying:
    """Reads saying verbs off a `View`."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.doc = view.doc
        self.phrases = Phrases(view)

    def complement(self, hit: Hit, end: int) -> str | None:
        """What the verb governs on its right: "clause", "inf", "quote", "noun" or None."""
        view, links = self.view, hit.rule.links
        i = hit.end
        limit = min(end, hit.end + COMPLEMENT_REACH)
        while i < limit:
            word = view.words[i]
            if view.is_in("that", i) and "clause" in links:
                return None if self._is_relative(i, hit.end) or view.is_in("adverbial_that", i - 1) else "clause"
            if view.lexicon.lang == "fr" and i > hit.end and view.is_finite(i):
                return None
            if word == ":" and i == hit.end and view.matches("infinitive", hit.start) and not (i + 1 < view.size and view.words[i + 1] in QUOTES):
                return None  # "n'a pas tardé à répliquer : soixante fusils ont pris place"
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
            to_noun = view.is_in("to", i) and self.doc[i + 1 : i + 2].text and self.doc[i + 1].pos_ not in ("VERB", "AUX")
            if (view.is_in("infinitive_start", i) and not to_noun) or (view.matches("infinitive", i) and self.doc[i].pos_ in ("VERB", "AUX")):
                return "inf" if "inf" in links else None
            if view.lexicon.lang == "en" and view.is_in("adverbial_that", i):
                return None
            if view.lexicon.lang == "en" and view.is_finite(i) and "clause" in links:
                return None if self.is_reduced(hit) else "clause"
            if "inf" in links and view.matches("gerund", i) and i == hit.end + self._adverbs(hit.end):
                return "inf"
            if "noun" in links and i == hit.end + self._adverbs(hit.end) and self.phrases.starts(i):
                return "noun"
            i += 1
        if "clause" in links and self.view.is_in("zero_that", hit.end - 1) and self.phrases.starts(hit.end):
            return "clause"
        return None

    def _is_relative(self, i: int, after: int) -> bool:
        """True for the "that" of "protested about ammunition that Oslo had sold"."""
        doc = self.doc
        if self.view.lexicon.lang != "en" or i <= after + 1 or doc[i - 1].pos_ != "NOUN" or self.view.is_in("time", i - 1):
            return False
        before = [j for j in range(after, i - 1) if doc[j].pos_ == "ADP"]
        return bool(before) and self.view.is_in("topics", before[-1])

    def is_reduced(self, hit: Hit) -> bool:
        """True for a participle that says of a noun what was done to it: "the cartridges found in Bangui had…"."""
        token = self.doc[hit.start]
        return token.dep_ == "acl" and token.head.i < token.i

    def is_asked(self, hit: Hit, left: int) -> bool:
        """True where whether it is said is the question: "Can the minister explain…?", "Le ministre peut-il dire…?"."""
        view = self.view
        start, end = view.sentence(hit.start)
        if "?" not in view.words[max(hit.end, end - 3) : end]:
            return False
        first = next((i for i in range(start, hit.start) if self.doc[i].is_alpha), hit.start)
        if view.lexicon.lang == "en":
            asking = next((i for i in range(first, min(first + 4, hit.start)) if view.is_in("finite", i)), None)
            return asking is not None and left > asking + 1 and not any(view.is_finite(i) for i in range(asking + 1, hit.start))
        return any(view.is_in("clitic_subjects", i) and view.words[i] != "-on" for i in range(first, hit.end + 1))

    def is_told(self, hit: Hit, left: int) -> bool:
        """False for an infinitive by which nobody speaks: "sans évoquer", "faut-il rappeler que"."""
        view = self.view
        if not view.matches("infinitive", hit.start):
            return True
        i = left - 1
        while i > 0 and view.is_in("clitic_subjects", i):
            i -= 1
        return not view.is_in("voiceless", i)

    def _parenthesis(self, opening: int, limit: int) -> int | None:
        """The mark that closes the parenthesis begun at ``opening``, where a complement follows it."""
        view = self.view
        for i in range(opening + 1, limit):
            if view.words[i] == view.words[opening] and i + 1 < limit and self._resumes(i + 1):
                return i
        return None

    def _resumes(self, i: int) -> bool:
        return any(self.view.is_in(name, i) for name in ("that", "infinitive_start", "of", "to"))

    def _adverbs(self, at: int) -> int:
        n = 0
        while at + n < len(self.doc) and (self.doc[at + n].pos_ == "ADV" or self.view.is_in("time", at + n)) and n < 5:
            n += 1
        return n

    def inverted(self, left: int, hit: Hit, kind: str | None) -> tuple[int, int] | None:
        """The subject after its verb (", a affirmé X"), as tokens; an empty span for "on"."""
        view = self.view
        for i in range(left, min(hit.end + 3, len(view.words))):
            if view.is_in("clitic_subjects", i):
                return self._clitic(i, hit)
        before = left - 1
        while before > 0 and self.doc[before].is_space:
            before -= 1
        quoted = before >= 0 and self.doc[before].text in CLOSING | {'"'}
        governs = kind in ("clause", "inf") or (kind == "noun" and self._of_doing(hit.end))
        if (governs and not quoted) or any(view.is_in("never_inverted", i) for i in range(hit.start, hit.end)):
            return None
        opens = before < view.segment(hit.start)[0] or view.words[before] in ",–—-»”\":("
        if not opens and not view.is_in("before_inverted", before):
            return None
        if view.lexicon.lang == "en":
            close = self.phrases.starts(hit.end) and self.phrases.speaks(hit.end) if hit.end < len(view.words) else False
            return self.phrases.at(hit.end) if close else None
        at = hit.end
        skipped = 0
        while at < len(view.words) and skipped < 6 and (
            self.doc[at].is_space or view.is_in("time", at) or self.doc[at].pos_ == "ADV" or view.is_in("between", at)
        ):
            at, skipped = at + 1, skipped + 1
        at = self._skip_asides(self._skip_time(at))
        if at >= len(view.words) or not self.phrases.starts(at) or not (self._has_right_subject(hit) or self.phrases.speaks(at)):
            return None
        return self.phrases.at(at)

    def _skip_asides(self, at: int) -> int:
        """Past adjuncts between commas, and an adjunct, to a name that can speak: ", a lâché, jeudi, devant la cour, X"."""
        view = self.view
        i = at
        while i < view.size and view.words[i] == "," and i < at + 20:
            closing = next((j for j in range(i + 1, min(i + 12, view.size)) if view.words[j] in ",.;:"), None)
            adjunct = i + 1 < view.size and (self.doc[i + 1].pos_ in ("ADP", "ADV") or view.is_in("time", i + 1))
            if closing is None or view.words[closing] != "," or not adjunct or any(view.is_finite(j) for j in range(i + 1, closing)):
                break
            i = closing
        if i > at and view.words[i] == "," and self.phrases.starts(i + 1) and self.phrases.speaks(i + 1):
            return i + 1
        if at < view.size and self.doc[at].pos_ == "ADP":
            for j in range(at + 2, min(at + 5, view.size)):
                if self.doc[j].pos_ == "DET" and self.doc[j - 1].pos_ in ("NOUN", "PROPN") and self.phrases.speaks(j):
                    return j
        return at

    def _of_doing(self, at: int) -> bool:
        """True where a noun and "de" with an infinitive follow: "soupçonne X d'avoir livré"."""
        view = self.view
        for i in range(at, min(at + 12, view.size - 2)):
            if view.words[i] in ",;:.":
                return False
            if view.is_in("of", i) and any(self.doc[j].pos_ in ("VERB", "AUX") and view.matches("infinitive", j) for j in (i + 1, i + 2)):
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
            if view.is_in("seat_prepositions", i) and i + 1 < len(view.words) and self.phrases.starts(i + 1):
                return self.phrases.at(i + 1)
        return at, at

    def is_beside(self, hit: Hit) -> bool:
        """True where nothing that the verb could report follows it: "X said on Friday."."""
        at = hit.end
        return (
            at >= len(self.doc)
            or self.doc[at].is_punct
            or any(self.view.is_in(name, at) for name in ("time", "beside_next"))
            or any(self.view.is_in("tells", i) for i in range(hit.start, hit.end))
        )

    def is_passive(self, hit: Hit, left: int) -> bool:
        """True for "is believed to", "est soupçonné de": the subject says nothing."""
        view = self.view
        if not view.matches("passive", hit.start) or view.any("reflexive", left, hit.start) is not None:
            return False
        return view.any("be", left, hit.start) is not None

    def is_subordinate(self, left: int, start: int) -> bool:
        """True for "quand X jurait que P, Q": Q is not X's word."""
        for i in range(left - 1, max(start, left - 9) - 1, -1):
            if self.view.is_in("subordinators", i):
                return True
            if self.view.words[i] == ",":
                return False
        return False

    def is_verbal(self, at: int, left: int) -> bool:
        """True for a form that can be a verb though the tagger holds it for none that is finite."""
        view = self.view
        return (
            view.matches("participle", at)
            or view.matches("verbal", at)
            or view.is_in("infinitive_start", at + 1)
            or (view.words[at].endswith("s") and view.is_in("beside_next", at + 1) and self.doc[at - 1].pos_ == "PROPN")
            or (view.is_in("content_that", at + 1) and not view.is_in("determiners", at - 1))
            or (view.words[at + 1 : at + 2] in (["."], [","]) and self.doc[at - 1].pos_ in ("NOUN", "PROPN"))
            or view.matches("infinitive", at)
            or view.is_in("relatives", left - 1)
            or self.doc[left - 1].pos_ == "PRON"
        )

    def reach(self, at: int, end: int) -> int:
        for i in range(at + 1, end):
            if self.view.is_in("contrast", i) and self.view.words[i - 1] == "," and not (
                    self.view.is_in("coordinators", i) and self.view.is_in("that", i + 1)):
                return i
        quote = next((q for q in self.view.quotes if at <= q[0] < at + 12 and q[1] > end), None)
        return quote[1] if quote else end
