"""How much of it: the quantity that a sentence ties to the item of a transfer.

Amounts are found by form (`extractor.quantity_grammar`) in the sentences asked about, then tied to the
item by what stands between them; where the item is left out ("leur en a donné dix"), to the trigger by the tree.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from extractor import reach, when
from extractor.model import Quantity
from extractor.quantity_amounts import NOMINAL, OF, Amounts
from extractor.quantity_grammar import Amount, Grammar, load

_STOP = ("VERB", "AUX", "PUNCT", "ADP", "CCONJ", "SCONJ", "PRON", "ADV")
_UNLISTED = ("VERB", "AUX", "PRON", "SCONJ", "DET")


def find(doc: Doc, item: Span | None, trigger: Span, lang: str) -> Quantity | None:
    """The quantity of ``item`` in the transfer that ``trigger`` expresses, or None.

    ``item`` None means that the transfer's item is not named. Offsets of the result are code points of ``doc.text``.
    """
    search = _Search(doc, trigger, load(lang))
    search.item_apart = item is not None and not reach.same_sentence(doc, item.root.i, trigger.root.i)
    search.parted = item is not None and _parted(item, search.grammar)
    if item is not None and search.parted and (part := search.part(item)) is not None:
        amount: Amount | None = part
    elif item is None:
        amount = search.alone() or search.price()
    elif reach.tied(item.root, trigger):
        amount = (search.alone(money=False, resumed=True) if item.end <= trigger.start else None) or search.of(item)
    elif trigger.root.lemma_.lower() in search.grammar.words.likewise and item.end <= trigger.start:
        amount = search.alone(money=False)  # "should they do the same": not so many of what was named before
    else:
        near = _same_clause(item, trigger)
        amount = search.alone(money=not near)
        if amount is None and (near or search.in_reach(item) or search.resumed(item)):
            amount = search.of(item)
    if amount is None:
        return None
    return Quantity(search.text[amount.start:amount.end], amount.start, amount.end, amount.value, amount.minimum,
                    amount.maximum, amount.comparator, amount.unit, amount.money)


def _parted(item: Span, grammar: Grammar) -> bool:
    """True for an item that opens its clause as the whole that a part is taken of ("Of the six boats …", "Sur les six vedettes …")."""
    doc, at = item.doc, item.start
    start, _ = reach.sentence(doc, at)
    while at > start and (doc[at - 1].lower_ in (*grammar.links, *grammar.words.wholes) or doc[at - 1].dep_ in ("nummod", "det", "amod", "compound")):
        at -= 1
    return doc[at].lower_ in grammar.words.wholes and (at == start or doc[at - 1].is_punct or doc[at - 1].is_space)


def _same_clause(item: Span, trigger: Span) -> bool:
    """True where the item is said in the trigger's own clause, or the trigger is said of the item."""
    here, there, doc = item.root, trigger.root, item.doc
    if not reach.same_sentence(doc, here.i, there.i):
        return False
    if here == there or here.is_ancestor(there) or there.is_ancestor(here):
        return True
    return not any(t.text in ";:.–—" or (t.dep_ in ("conj", "parataxis") and t.pos_ in ("VERB", "AUX"))
                   for t in doc[min(here.i, there.i):max(here.i, there.i) + 1])


class _Search(Amounts):
    """One question: the amount of one item in the transfer of one trigger."""

    def of(self, item: Span) -> Amount | None:
        """The amount said of a named item."""
        return (self.within(item) or self.partial(item) or self.before(item) or self.summed(item) or self.shared(item) or self.adverbial() or self.price_after(item) or self.price(item)
                or self.total())

    def part(self, item: Span) -> Amount | None:
        """The part at the head of the trigger's clause: "Of the ten boats Lima ordered, four have arrived"."""
        here = self.trigger.start
        for amount in reversed(self.amounts(here)):
            span = self.doc.char_span(amount.start, amount.end)
            if span is None or amount.money or span.start < item.end or span.end > here or amount.kind not in ("number", "many", "about", "others", "fraction", "dozens", "range"):
                continue
            first = span.start - 1 if self.doc[span.start - 1].pos_ == "DET" else span.start
            opens = self.doc[first - 1].is_punct or self.doc[first - 1].pos_ == "CCONJ"
            between = self.doc[span.end:here]
            if opens and not any(t.pos_ in ("NOUN", "PROPN", "SCONJ") or (t.pos_ == "VERB" and t != self.trigger.root.head) or t.text in ";:" for t in between):
                return amount
            return None
        return None

    def partial(self, item: Span) -> Amount | None:
        """The part of the item that the trigger says of it: "guns, four of which they sold", "dont deux livrés"."""
        here = self.trigger.start
        if here <= item.end:
            return None
        for amount in self.amounts(here):
            span = self.doc.char_span(amount.start, amount.end) if item.end_char <= amount.start else None
            if span is None or amount.money or span.end > here + 3:
                continue
            first = span.start - 1 if self.doc[span.start - 1].pos_ != "DET" else span.start - 2
            opener = self.doc[first].lower_ in self.grammar.words.partitives and span.end <= here
            if amount.kind == "ordinal" and opener and span.end < len(self.doc) and self.doc[span.end].lower_ in self.grammar.words.counters:
                return amount
            noun = any(t.pos_ in ("NOUN", "PROPN") or (t.pos_ == "VERB" and self.trigger.root.head != t) for t in self.doc[span.end:here])
            if (opener and not noun and here - span.end <= 4) or (span.end < here and self.relative(span)):
                return amount
        return None

    def total(self) -> Amount | None:
        """What a noun of transfer comes to: "their exports came to $3m", "l'aide s'élève à 3 millions d'euros"."""
        verb = self.trigger.root.head
        if not self.trigger.root.dep_.startswith("nsubj") or verb.lemma_.lower() not in self.grammar.words.totals:
            return None
        return next((a for a in self.amounts(verb.i) if a.start > verb.idx and not _is_year(self.text[a.start:a.end]) and (a.money or a.kind in ("number", "range"))
                     and (token := reach.token_of(self.doc, a.start, a.end)) is not None and token.i - verb.i <= 8), None)

    def within(self, item: Span) -> Amount | None:
        """The number in an item that is money itself ("5 millions de francs")."""
        for amount in self.amounts(item.root.i):
            if amount.money and amount.start < item.end_char and item.start_char < amount.end:
                stop = max(item.start_char, amount.start)
                words = self.text[amount.start:stop].rstrip(" \u00a0\u202f")
                for link in (" de", " d'", " d’", " of"):
                    words = words.removesuffix(link)
                return replace(amount, end=amount.start + len(words)) if words else amount
        return None

    def before(self, item: Span) -> Amount | None:
        """The amount that directly precedes the item; of "the first of the ten" the one that fits the trigger."""
        found: list[Amount] = []
        edge = item.start
        for amount in reversed([a for a in self.amounts(item.root.i) if a.end <= item.start_char]):
            span = self.doc.char_span(amount.start, amount.end, alignment_mode="expand")
            if span is None or span.end > edge:
                continue
            joined = self._joined(amount, span, edge, bool(found))
            if joined is None:
                break
            found.append(joined)
            edge = span.start
        found = [a for a in found if (a.kind != "one" or _designated(item)) and (a.kind != "ordinal" or len(found) > 1 or self._partitive(a) or self._one_of(a))]
        if not found:
            return None
        inner = self.trigger.start >= item.end and not self.trigger.root.is_ancestor(item.root)
        return found[0] if inner else found[-1]

    def _partitive(self, amount: Amount) -> bool:
        return self.text[amount.end:amount.end + 6].lower().startswith((" des ", " de ", " of ", " d'", " d’"))

    def _one_of(self, amount: Amount) -> bool:
        """"The second frigate", "a third radar" tell which one or ones; "its first radars" only that there were none before."""
        span = self.doc.char_span(amount.start, amount.end)
        return span is not None and span.start > 0 and self.doc[span.start - 1].lower_ in self.grammar.words.articles

    def summed(self, item: Span) -> Amount | None:
        """The sum said behind the item: "guns, twelve in all", "canons (douze au total)", "gunships (24 of them)"."""
        for amount in self.amounts(item.root.i):
            gap = self.text[item.end_char:amount.start].strip()
            if amount.start >= item.end_char and gap.endswith(self.grammar.counting) and not amount.money and len(gap) < 60:
                return amount
            if amount.start >= item.end_char and gap in (",", "(", "–", "—") and not amount.money:
                after = self.text[amount.end:amount.end + 12].lower().lstrip()
                return amount if after.startswith(self.grammar.sums) else None
        return None

    def _joined(self, amount: Amount, span: Span, edge: int, outer: bool) -> Amount | None:
        """``amount`` where nothing but links, qualities or a container ("N crates of") parts it from token ``edge``."""
        gap = _without_aside([t for t in self.doc[span.end:edge] if not t.is_space])
        links = self.grammar.links
        if outer:
            return amount if gap and all(t.lower_ in links for t in gap) and gap[0].lower_ in OF else None
        if len(gap) > 6 or not all(t.lower_ in links or t.pos_ not in _STOP or t.dep_ == "amod" for t in gap):
            return None
        noun = next((t for t in gap if t.lower_ not in links), None)
        cut = next((k for k, t in enumerate(gap) if t.lower_ in ("de", "d'", "d’", "of")), None)
        if noun is None or cut is None or (cut == 0 and amount.kind not in ("percent", "fraction")):
            return amount
        if amount.kind in ("percent", "fraction", "vague") or gap[0].pos_ == "DET":
            return amount
        if noun.pos_ not in NOMINAL or self.trigger.start <= noun.i < self.trigger.end or amount.kind == "ordinal":
            return None
        last = gap[cut - 1]
        return replace(amount, end=last.idx + len(last), unit=amount.unit or (noun if noun.pos_ == "NOUN" else last).text)

    def shared(self, item: Span) -> Amount | None:
        """The container or price of the first of several items holds for those listed after it without a determiner."""
        for amount in reversed([a for a in self.amounts(item.root.i) if a.end <= item.start_char]):
            span = self.doc.char_span(amount.start, amount.end, alignment_mode="expand")
            gap = list(self.doc[span.end:item.start]) if span is not None else []
            comma = next((k for k, t in enumerate(gap) if t.text == "," or t.pos_ == "CCONJ"), None)
            if span is None or not comma or any(
                    t.pos_ in _UNLISTED or t.text in ";:.()" or (t.pos_ == "ADP" and t.lower_ not in (*OF, "in")) for t in gap):
                return None
            joined = self._joined(amount, span, gap[comma - 1].i, False)
            container = joined is not None and joined.unit not in (None, "%", "share")
            return joined if joined is not None and (container or joined.money) else None
        return None

    def adverbial(self) -> Amount | None:
        """"by the thousand", "en grande quantité" in the trigger's clause."""
        here = self.trigger.root.i
        for amount in self.amounts(here):
            if amount.kind == "adverbial":
                token = reach.token_of(self.doc, amount.start, amount.end)
                between = self.doc[token.i:here] if token is not None else ()  # "left by the planeload, sold by X"; but ", who sold them on"
                apart = any(t.text == "," for t in between) and not any("Rel" in t.morph.get("PronType", []) for t in between)
                if token is not None and not apart and not reach.verb_between(self.doc, here, token.i):
                    return amount
        return None

    def alone(self, money: bool = True, resumed: bool = False) -> Amount | None:
        """An amount with no noun of its own that depends on the trigger, or on which the trigger depends.

        ``resumed``: only one whose noun a pronoun before the trigger stands for.
        """
        here = self.trigger.root
        best: tuple[int, Amount] | None = None
        taken = [(self.trigger.start_char, self.trigger.end_char), *when.expressions(self.doc, here.i, self.grammar.words.lang)]
        for amount in self.amounts(here.i):
            if amount.kind == "adverbial" or any(a < amount.end and amount.start < b for a, b in taken):
                continue
            span = self.doc.char_span(amount.start, amount.end)
            if span is not None and amount.form == "one" and not self.taken_up(span):
                continue
            if span is not None and span.start and amount.kind == "minimal" and self.doc[span.start - 1].pos_ == "ADP":
                continue  # "n'en fournira à aucun": to none of them
            if span is not None and amount.kind == "ordinal" and not self.stands_for_thing(span):
                continue
            if span is None or (amount.money and not money) or _is_year(span.text) or self.counts_noun(amount, span):
                continue
            if resumed and not self.resumed_by_pronoun(span) and not (self.parted and span.start >= self.trigger.end):
                continue
            if not (reach.tied(span.root, self.trigger) or self.relative(span) or self.resumed_by_pronoun(span)):
                continue
            distance = abs(span.root.i - here.i)
            if best is None or distance < best[0]:
                best = distance, amount
        return best[1] if best else None

    def in_reach(self, item: Span) -> bool:
        """True where the item stands in the trigger's sentence with no semicolon between, or in a list after a colon."""
        low, high = sorted((item.root.i, self.trigger.root.i))
        marks = {t.text for t in self.doc[low:high] if t.is_punct}
        return reach.same_sentence(self.doc, low, high) and (";" not in marks or (":" in marks and low == self.trigger.root.i))

    def resumed(self, item: Span) -> bool:
        """True where the sentence after the item's takes all of it up by a plural pronoun."""
        start, end = reach.sentence(self.doc, self.trigger.root.i)
        if not start or not reach.same_sentence(self.doc, item.root.i, start - 1):
            return False
        here = self.trigger.root
        return any(t.lower_ in self.grammar.words.plural_pronouns and t.pos_ == "PRON" and t.head in (here, here.head)
                   for t in self.doc[start:min(end, here.i + 4)])

    def price(self, item: Span | None = None) -> Amount | None:
        """Money in the trigger's clause; where an item is named, only if it is tied to the trigger and to no other noun."""
        here = self.trigger.root.i
        best: tuple[int, Amount] | None = None
        for amount in self.amounts(here):
            token = reach.token_of(self.doc, amount.start, amount.end) if amount.money else None
            if token is None or reach.verb_between(self.doc, here, token.i):
                continue
            apart = self._partitive(amount) or self._attributive(amount) or (item is not None and amount.start < item.end_char)
            if item is None or (not apart and reach.tied(token, self.trigger)):
                distance = token.i - here if token.i > here else 2 * (here - token.i)
                if best is None or distance < best[0]:
                    best = distance, amount
        return best[1] if best else None

    def _attributive(self, amount: Amount) -> bool:
        """True for the price of another noun right behind it ("under the $375 million deal"), which is not the trigger."""
        span = self.doc.char_span(amount.start, amount.end, alignment_mode="expand")
        if span is None or span.end >= len(self.doc):
            return False
        noun = self.doc[span.end]
        return noun.pos_ in ("NOUN", "PROPN") and not self.trigger.start <= noun.i < self.trigger.end

    def price_after(self, item: Span) -> Amount | None:
        """A price said of the item right after it ("tanks worth $30m", "armes payées 3 millions d'euros")."""
        for amount in self.amounts(item.root.i):
            large = amount.kind == "number" and (amount.value or 0) >= 1_000_000
            if not (amount.money or large) or not item.end_char <= amount.start <= item.end_char + 60:
                continue
            gap = self.text[item.end_char:amount.start].lower().strip(" ,")
            words = gap.split()
            known = self.grammar.words.money_links
            if large and gap in self.grammar.words.price_words:
                return replace(amount, kind="money")
            if amount.money and len(words) <= 4 and (not words or words[-1] in known or gap in known):
                return amount
        return None


def _designated(item: Span) -> bool:
    """True for an item named by a designation ("un Su-25"), where the article counts; "une arme" tells no number."""
    return any(c.isupper() or c.isdigit() for c in item.text)


def _is_year(text: str) -> bool:
    """True for what is a year wherever nothing is counted after it ("resolution 1540 (2004)")."""
    return len(text) == 4 and text.isdigit() and text[:2] in ("18", "19", "20")


def _without_aside(tokens: list[Token]) -> list[Token]:
    """The tokens without what stands between a pair of dashes."""
    dashes = [k for k, t in enumerate(tokens) if t.text in "–—"]
    return tokens[:dashes[0]] + tokens[dashes[-1] + 1:] if len(dashes) == 2 else tokens
