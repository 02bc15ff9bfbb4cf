"""Who passes a thing on: "bought by Damascus from Russia, then handed to Hezbollah", "vendus à Riyad puis transférés à des milices".

What is resold or passed on comes from who got it last; whoever supplied it then no longer has it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Token

from extractor.candidates import ACTOR_TYPES, Candidate, Told
from extractor.syntax import plain

if TYPE_CHECKING:
    from extractor.reading import Reading

_PATHS = frozenset({"direct", "control", "relative", "nested"})


def settle(reading: Reading) -> Reading:
    """The reading with the thing's present holder in the subject's place, where the trigger passes on what an earlier one told of."""
    told = _before(reading)
    if told is None:
        return reading
    holders = _named(reading, told.fillers["recipient"] - told.fillers["supplier"])
    if not holders or any(func == "subj" and kind in _PATHS and reading.names(i, *ACTOR_TYPES) for i, (func, kind) in reading.observed.items()):
        return reading
    former = {i for c in _named(reading, told.fillers["supplier"]) for i in c.chain}
    observed = {i: seen for i, seen in reading.observed.items() if i not in former and seen[0] != "subj"}
    for holder in holders:
        observed[holder.chain[0]] = ("subj", "shared")
    return replace(reading, observed=observed, former=frozenset(former))


def _named(reading: Reading, names: frozenset[str]) -> list[Candidate]:
    return [c for c in reading.scene.actors(reading.number) if c.token.i < reading.token.i and names.intersection(Told.name(m) for m in c.members)]


def _before(reading: Reading) -> Told | None:
    """The transfer, told earlier in the sentence, of the very thing that the trigger passes on."""
    scene, token = reading.scene, reading.token
    if "subj" not in reading.frame.links["supplier"] or reading.frame.pos != "verb":
        return None
    for told in reversed(scene.history):
        if scene.sentence_of[told.token] != reading.number or told.token >= token.i:
            continue
        if told.fillers["supplier"] and told.fillers["recipient"] and _same_thing(reading, told):
            return told if _is_onward(reading, told.token) else None
    return None


def _same_thing(reading: Reading, told: Told) -> bool:
    """Whether the tree gives both triggers the same item: coordinated participles, or a participle on the noun that the trigger passes."""
    doc, token = reading.scene.doc, reading.token
    earlier = doc[told.token]
    things = {t.i for m in told.things if (span := doc.char_span(m.start, m.end, alignment_mode="expand")) is not None for t in span}
    if any(func == "obj" and i in things for i, (func, _) in reading.observed.items()):
        return True
    node = token
    while node.dep_ == "conj" and node.head.i < node.i and node.i != earlier.i:
        node = node.head
    return (node.i == earlier.i or node.i in things) and not any(c.dep_ == "obj" for c in token.children)


def _is_onward(reading: Reading, earlier: int) -> bool:
    """Whether the trigger by itself, or a word between the two, says that the thing goes on."""
    words, token = reading.scene.words, reading.token
    if reading.trigger.lemma in words.onward_verbs or token.lemma_.lower() in words.onward_verbs or _is_prefixed(token):
        return True
    return any(plain(t) in words.afterwards for t in reading.scene.doc[earlier + 1 : token.i])


def _is_prefixed(token: Token) -> bool:
    """Whether "re-" stands before the verb: "re-exported"."""
    before = token.doc[max(token.i - 2, 0) : token.i]
    return len(before) == 2 and before[0].lower_ == "re" and before[1].text in "-‑" and not before[0].whitespace_
