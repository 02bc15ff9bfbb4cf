"""The mentions of one Doc as candidates: with their coordinations, pronouns, listed goods, earlier sentences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from extractor import coordination, gaps, goods, namesakes
from extractor.candidates import ACTOR_TYPES, SENTENCES_BACK, Candidate, Told
from extractor.grammar import Words
from extractor.model import Entity, Mention
from extractor.sentences import whole_sentences
from extractor.syntax import Grammar, plain

_CLIMB = frozenset({"amod", "nmod", "flat:name", "flat", "appos", "compound", "nmod:poss", "det", "dep", "flat:foreign", "nummod"})

_ARMED = frozenset({"armed group", "army"})


@dataclass
class Scene:
    """The mentions of one Doc as candidates, by sentence, built when first asked for."""

    doc: Doc
    mentions: Sequence[Mention]
    words: Words
    grammar: Grammar
    known: Mapping[str, Entity] = field(default_factory=dict)
    by_token: dict[int, Mention] = field(default_factory=dict)
    triggers: frozenset[int] = frozenset()
    history: list[Told] = field(default_factory=list)
    _cache: dict[tuple[int, str], list[Candidate]] = field(default_factory=dict)
    _listed: dict[tuple[int, str], list[tuple[Token, Mention]]] = field(default_factory=dict)
    _gaps: dict[int, list[int]] = field(default_factory=dict)
    _bounds: dict[int, tuple[int, int]] = field(default_factory=dict)
    _goods: dict[int, list[tuple[Token, Mention]]] | None = None
    _places: dict[int, list[int]] = field(default_factory=dict)
    _tops: dict[int, frozenset[int]] = field(default_factory=dict)
    _heads: dict[int, dict[int, frozenset[str]]] = field(default_factory=dict)
    _firm: dict[int, frozenset[int]] = field(default_factory=dict)
    _armed: frozenset[int] | None = None

    def __post_init__(self) -> None:
        starts = {t.idx: t.i for t in self.doc}
        for mention in self.mentions:
            index = starts.get(mention.start)
            if index is None:
                span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
                if span is None:
                    continue
                index = span.root.i
            self.by_token[index] = mention
        self.counts = Counter(m.entity for m in self.mentions if m.entity and m.type in ACTOR_TYPES and m.type != "PLACE")
        self.sentences: list[Span] = whole_sentences(self.doc)
        self.sentence_of = [n for n, s in enumerate(self.sentences) for _ in s]

    def actors(self, number: int) -> list[Candidate]:
        """Actor mentions of sentence ``number``, coordinations first mention first."""
        return self._named(number, "actor")

    def tops(self, number: int) -> frozenset[int]:
        """The tokens of sentence ``number`` that stand for a mention: its own, and the nouns whose function it shares."""
        if number not in self._tops:
            self._tops[number] = frozenset(i for c in self.actors(number) + self.items(number) for i in c.chain)
        return self._tops[number]

    def firm(self, number: int) -> frozenset[int]:
        """As `tops`, without the nouns of unknown class that share a mention's function ("réponse" in "une réponse sur les missiles")."""
        if number not in self._firm:
            self._firm[number] = frozenset(i for c in self.actors(number) + self.items(number) for i in c.chain[c.loose:])
        return self._firm[number]

    def heads(self, number: int) -> Mapping[int, frozenset[str]]:
        """The types of the mentions whose noun phrase a token of sentence ``number`` heads."""
        if number not in self._heads:
            found: dict[int, set[str]] = {}
            for c in self.actors(number) + self.items(number):
                if not c.loose:
                    found.setdefault(c.chain[0], set()).add(c.mention.type)
            self._heads[number] = {i: frozenset(types) for i, types in found.items()}
        return self._heads[number]

    def sort(self, mention: Mention) -> str:
        """The kind of an actor: of an organisation its line of work, else its type."""
        entity = self.known.get(mention.entity or "")
        return entity.category if entity is not None and entity.category and mention.type in ("ORG", "PLACE") else mention.type

    def actors_between(self, low: int, high: int, number: int) -> int:
        """How many actor candidates of sentence ``number`` stand between two tokens."""
        if number not in self._places:
            self._places[number] = sorted(c.token.i for c in self.actors(number))
        places = self._places[number]
        return bisect_left(places, high) - bisect_right(places, low)

    def weapons(self, number: int) -> str:
        """Whether weapons are named in sentence ``number``, elsewhere in the Doc, or nowhere."""
        if self._armed is None:
            self._armed = frozenset(self.sentence_of[i] for i, m in self.by_token.items() if m.type == "WEAPON")
        return "here" if number in self._armed else "elsewhere" if self._armed else "nowhere"

    def is_armed(self) -> bool:
        """Whether the Doc names a weapon, an army or an armed group anywhere."""
        return any(m.type == "WEAPON" or (m.type == "ORG" and self.sort(m) in _ARMED) for m in self.by_token.values())

    def items(self, number: int) -> list[Candidate]:
        """Weapons and listed goods of sentence ``number``."""
        return self._named(number, "item")

    def things(self, number: int) -> list[Candidate]:
        """The items of sentence ``number`` and the things that a transfer told in it was of, though no list has them ("il compte en obtenir un troisième")."""
        found = self.items(number)
        known = [m for c in found for m in c.members]
        further = []
        for mention in {m.start: m for told in self.history for m in told.things}.values():
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None and self.sentence_of[span.root.i] == number and not any(m.start < mention.end and mention.start < m.end for m in known):
                further.append(Candidate((mention,), span.root, (span.root.i,), "goods", strength="listed"))
        return sorted([*found, *further], key=lambda c: c.token.i) if further else found

    def _named(self, number: int, side: str) -> list[Candidate]:
        key = (number, side)
        if key not in self._cache:
            found = self._grouped(self.named(number, side), side)
            if side == "actor":
                from extractor import descriptions

                found = [c for c in found if not namesakes.is_home(self, c, found) and not descriptions.is_taken_up(self, c)]
            else:
                from extractor import lists

                found = lists.spelled_out(self, number, found)
            self._cache[key] = found
        return self._cache[key]

    def named(self, number: int, side: str) -> list[tuple[Token, Mention]]:
        """The mentions of one side of sentence ``number`` with the tokens where they start."""
        key = (number, side)
        if key not in self._listed:
            sentence = self.sentences[number]
            found = [(self.doc[i], self.by_token[i]) for i in range(sentence.start, sentence.end) if i in self.by_token]
            if side == "actor":
                tokens = [(t, m) for t, m in found if m.type in ACTOR_TYPES and not self._is_goods(t)]
            else:
                tokens = [(t, m) for t, m in found if m.type in ("WEAPON", "GOODS")]
                taken = {t.i for t, _ in tokens}
                tokens += [(t, m) for t, m in self._listed_goods(number) if t.i not in taken]
                tokens.sort(key=lambda pair: pair[0].i)
            self._listed[key] = tokens
        return self._listed[key]

    def bounds(self, token: Token) -> tuple[int, int]:
        """The first and the last token of the mention at ``token``, which listed goods of several words have."""
        return self._bounds.get(token.i, (token.i, token.i))

    def _is_goods(self, token: Token) -> bool:
        return any(token.i == t.i for t, _ in self._listed_goods(self.sentence_of[token.i]))

    def _listed_goods(self, number: int) -> list[tuple[Token, Mention]]:
        if self._goods is None:
            self._goods = {}
            for mention in goods.find_listed(self.doc, self.mentions):
                span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
                if span is not None:
                    root = next((t for t in span if t.idx == mention.start), span.root)
                    self._goods.setdefault(self.sentence_of[root.i], []).append((root, mention))
                    self._bounds[root.i] = span[0].i, span[-1].i
        return self._goods.get(number, [])

    def _grouped(self, tokens: list[tuple[Token, Mention]], side: str) -> list[Candidate]:
        groups: list[list[tuple[Token, Mention]]] = []
        for token, mention in tokens:
            if groups and coordination.coordinated(self, groups[-1][-1][0], token, side):
                groups[-1].append((token, mention))
            else:
                groups.append([(token, mention)])
        out = []
        for group in groups:
            strength = "listed" if group[0][1].type == "GOODS" else "mention"
            members = tuple(m for _, m in group)
            if side == "item":
                members += self._further_goods(group)
            via = "goods" if strength == "listed" else "name"
            chain, loose = self.chain(group[0][0])
            out.append(Candidate(members, group[0][0], chain, via, strength=strength, loose=loose, tails=tuple(t.i for t, _ in group[1:])))
        return out

    def _further_goods(self, group: Sequence[tuple[Token, Mention]]) -> tuple[Mention, ...]:
        found: dict[int, Mention] = {}
        for token, _ in group:
            for other in coordination.joined_goods(self, token):
                if not any(m.start < other.end and other.start < m.end for _, m in group):
                    found.setdefault(other.start, other)
        return tuple(found[start] for start in sorted(found))

    def chain(self, token: Token) -> tuple[tuple[int, ...], bool]:
        """Indices from the noun whose function the mention shares down to its own token, and whether the top is loose."""
        noun = namesakes.titled_by(self, token)
        if noun is not None:
            above, loose = self.chain(noun)
            return (*above, token.i), loose
        chain, node, loose = [token.i], token, False
        while node.dep_ in _CLIMB and node.head.i != node.i and len(chain) < 5 and not loose:
            head = node.head
            if head.pos_ == "ADJ" and head.dep_ == "amod" and head.i not in self.by_token:
                node = head  # "spécialistes techniques russes": one adjective hung on the other
                continue
            if any(t.text == ";" for t in self.doc[min(head.i, node.i) : max(head.i, node.i)]):
                break  # the parser hung the next clause's subject on a noun of this one
            lemma = head.lemma_.lower()
            titled = node.dep_ in ("appos", "flat:name", "flat") and head.pos_ == "NOUN" and head.i not in self.by_token
            if head.i in self.triggers and node.dep_ == "nmod" and self._is_actor(token):
                break  # "les livraisons au Bélarus": the preposition tells the role
            known = lemma in self.words.quantity_nouns or lemma in self.words.actor_nouns or titled or namesakes.is_made_noun(self, node)
            if not known:
                loose = head.pos_ == "NOUN" and head.i not in self.by_token and head.i not in self.triggers and not self._is_goods(head)
                if not loose:
                    break
            chain.append(head.i)
            node = head
        return tuple(reversed(chain)), loose

    def _is_actor(self, token: Token) -> bool:
        mention = self.by_token.get(token.i)
        return mention is not None and mention.type in ACTOR_TYPES

    def gap_behind(self, index: int) -> int:
        """Where the first clause without a verb begins in the rest of the sentence of token ``index``; the Doc's length where none does."""
        number = self.sentence_of[index]
        if number not in self._gaps:
            self._gaps[number] = gaps.begun(self, number)
        return next((at for at in self._gaps[number] if at > index), len(self.doc))

    def pronouns(self, number: int, side: str) -> list[Candidate]:
        """Antecedents of all pronouns and possessives of sentence ``number``."""
        from extractor import anaphora, descriptions, speakers

        key = (number, side + "-pronoun" + self._told_so_far(side))
        if key not in self._cache:
            found: list[Candidate] = []
            wanted = self.words.actor_pronouns if side == "actor" else self.words.item_pronouns
            for token in self.sentences[number]:
                word = plain(token)
                pointed = descriptions.pointed(self, token, side)
                if pointed:
                    found += pointed
                elif (word in wanted and token.pos_ == "PRON") or (side == "actor" and word in self.words.possessives and token.pos_ in ("DET", "PRON")):
                    found += anaphora.antecedents(self, token, side)
                elif side == "actor" and word in self.words.first_persons and token.pos_ in ("PRON", "DET"):
                    found += speakers.speakers(self, token)
                elif side == "actor" and token.pos_ in ("NOUN", "ADJ", "PRON") and token.i not in self.by_token:
                    found += descriptions.described(self, token)
            self._cache[key] = found
        return self._cache[key]

    def _told_so_far(self, side: str) -> str:
        """What the candidates of ``side`` depend on besides the text: which things were told to pass."""
        return "" if side == "actor" else " ".join(str(m.start) for told in self.history for m in told.things)

    def discourse(self, number: int, side: str) -> list[Candidate]:
        """Mentions of the sentences before, nearest first, one per entity."""
        from extractor import speakers

        key = (number, side + "-discourse" + self._told_so_far(side))
        if key not in self._cache:
            out: list[Candidate] = []
            seen: set[str] = set()
            for back in range(1, min(number, SENTENCES_BACK) + 1):
                named = self.actors(number - back) if side == "actor" else self.things(number - back)
                for candidate in reversed(named):
                    identity = candidate.mention.entity or candidate.mention.text.lower()
                    if identity not in seen and not speakers.only_speaks(self, candidate):
                        seen.add(identity)
                        out.append(Candidate(candidate.members, candidate.token, candidate.chain, "discourse", len(out), candidate.strength, candidate.loose))
            self._cache[key] = out[:8]
        return self._cache[key]
