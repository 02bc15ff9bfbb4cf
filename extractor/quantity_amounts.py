"""The amounts around a trigger, and what the words beside them say: whether they count a noun or stand for a thing."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Span

from extractor import reach, when
from extractor.quantity_grammar import Amount, Grammar

NOMINAL = ("NOUN", "PROPN", "ADJ", "NUM", "SYM", "DET")
OF = ("de", "d'", "d’", "des", "du", "of")


class Amounts:
    """The amounts of the sentences around one trigger."""

    def __init__(self, doc: Doc, trigger: Span, grammar: Grammar) -> None:
        self.doc, self.trigger, self.grammar = doc, trigger, grammar
        self.text = reach.text(doc)
        self.item_apart = False  # the item stands in another sentence
        self.parted = False  # the item is the whole of which a part is told

    def amounts(self, token: int) -> list[Amount]:
        """All amounts of the token's sentence; kept on the Doc, since every item of a sentence asks for them."""
        start, end = reach.sentence(self.doc, token)
        cache: dict[tuple[str, int], list[Amount]] = reach.memo(self.doc).setdefault("amounts", {})
        key = (self.grammar.words.lang, start)
        if key not in cache:
            span = self.doc[start:end]
            taken = when.spoken(self.doc, token, self.grammar.words.lang)
            found = [self._without_particle(a) for a in self.grammar.find(self.text, span.start_char, span.end_char)
                     if not any(first <= a.start and a.end <= last for first, last in taken)]
            cache[key] = [a for k, a in enumerate(found) if a.form != "bare_batch" or not k or found[k - 1].end < a.start - 1]
        return cache[key]

    def _without_particle(self, amount: Amount) -> Amount:
        """"Handed over thirteen": the particle of the verb is no "more than"."""
        span = self.doc.char_span(amount.start, amount.end)
        if span is None or len(span) < 2 or span[0].dep_ != "compound:prt" or span[0].lower_ not in self.grammar.comparators:
            return amount
        return replace(amount, start=span[1].idx, comparator="=", minimum=amount.value, maximum=amount.value)

    def resumed_by_pronoun(self, span: Span) -> bool:
        """"en a livré huit à X": the pronoun before the verb stands for what the number counts."""
        here = self.trigger.start
        if not self.trigger.end <= span.start <= self.trigger.end + 5 or reach.verb_between(self.doc, here, span.start):
            return False
        return any(t.lower_ in self.grammar.words.partitive_pronouns and t.pos_ != "ADP" for t in self.doc[max(0, here - 5):here])

    def stands_for_thing(self, span: Span) -> bool:
        """"The first were delivered", "hand over the first example": an ordinal for the thing itself."""
        after = self.doc[span.end].lower_ if span.end < len(self.doc) else ""
        return span.root.dep_.startswith(("nsubj", "obj")) or after in self.grammar.words.counters

    def taken_up(self, span: Span) -> bool:
        """"lui en a fourni un en mai": a bare "one" for what the pronoun stands for."""
        after = self.doc[span.end] if span.end < len(self.doc) else None
        return self.resumed_by_pronoun(span) and (after is None or after.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"))

    def relative(self, span: Span) -> bool:
        """"four of which they sold": the relative pronoun after the amount opens the trigger's own clause."""
        after = self.doc[span.end:span.end + 2]
        if len(after) < 2 or ("Rel" not in after[1].morph.get("PronType", []) and after[1].lower_ not in ("which", "whom")):
            return False
        return span.end < self.trigger.start and not reach.verb_between(self.doc, after[1].i, self.trigger.root.i)

    def counts_noun(self, amount: Amount, span: Span) -> bool:
        """True where the words after the amount name what it counts, other than by a pronoun or a mere counter."""
        before = self.doc[span.start - 1] if span.start else None
        if before is not None and (before.lower_ in self.grammar.words.references or (before.pos_ == "PROPN" and span.text.isdigit())):
            return True
        if span.text.lower() in self.grammar.words.ones and not self.taken_up(span):
            return True
        if amount.kind == "batch" and span[-1].lower_ not in self.grammar.words.shares and not self._told_before(span):
            return True
        if span.end < len(self.doc) and any(a <= self.doc[span.end].idx < b for a, b in when.expressions(self.doc, span.start, self.grammar.words.lang)):
            return False  # "got four last spring"
        for token in self.doc[span.end:span.end + 3]:
            if token.is_space or token.is_quote or token.lower_ in OF or token.lower_ in ("more", "other", "autres"):
                continue
            if token.lower_ in self.grammar.words.counters:
                return False
            owner = token.pos_ == "PROPN" and token.i > span.end  # "forty of France's": whose they are
            return token.pos_ in NOMINAL and not owner
        return False

    def _told_before(self, span: Span) -> bool:
        """"A second batch arrived": a batch that is the subject, of a thing that an earlier sentence named."""
        after = self.doc[span.end].lower_ if span.end < len(self.doc) else ""
        return self.item_apart and span[0].lower_ in ("un", "une", "a", "another") and span.root.dep_.startswith("nsubj") and after not in OF
