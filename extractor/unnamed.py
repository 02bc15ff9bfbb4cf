"""Places taken by somebody whom the text does not name: "to either side", "à personne", "un ancien policier a expédié".

Nobody named elsewhere fills a role whose place is so taken: the role stays empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from extractor import descriptions, reach
from extractor.candidates import ACTOR_TYPES
from extractor.model import Role
from extractor.syntax import plain, preposition

if TYPE_CHECKING:
    from extractor.reading import Reading

_PLACES = frozenset({"subj", "iobj", "prep:to", "prep:towards", "prep:benefit", "prep:at", "prep:from", "prep:by"})
_PATHS = frozenset({"direct", "nested", "control", "objcontrol", "relative", "shared"})
_KEPT = frozenset({"prep:from", "prep:origin", "prep:out_of", "adj_item"})  # where a thing comes from, whoever passes it on
_STOPPING = "give.stop"  # whose subject may be who seizes what another sends
_REACH = 12  # tokens from the trigger to an indefinite that the tree hangs elsewhere


def takes(reading: Reading, role: Role) -> bool:
    """Whether an indefinite stands in the place of ``role``: a pronoun for anybody, or an unnamed person or company."""
    if role == "item" or reading.frame.row.id.endswith(_STOPPING):
        return False
    scene, wanted = reading.scene, reading.frame.links[role] & _PLACES
    paths = _PATHS if reading.token.dep_ != "parataxis" else _PATHS - {"control"}
    places = [index for index, (func, kind) in reading.observed.items() if func in wanted and kind in paths]
    if any(_is_anybody(reading, index) for index in places):
        return True
    if any(reading.names(index, *ACTOR_TYPES) for index in places):
        return False
    return any(_is_unnamed(reading, scene.doc[index]) for index in places) or any(f"prep:{preposition(scene.doc, at, scene.grammar)}" in wanted for at in _behind(reading))


def keeps(func: str, kind: str) -> bool:
    """Whether a candidate so found may be a supplier though an indefinite acts: "des trafiquants ont livré des fusils russes"."""
    return func in _KEPT and kind in ("direct", "nested")


def _behind(reading: Reading) -> list[int]:
    """The indefinite pronouns behind the trigger, in its clause."""
    scene, at, out = reading.scene, reading.token.i, []
    for index in range(at + 1, min(at + _REACH, scene.sentences[reading.number].end)):
        token = scene.doc[index]
        if token.text in ";:" or (token.pos_ in ("VERB", "AUX") and token.head.i != at) or index in scene.triggers:
            break
        if _is_anybody(reading, index):
            out.append(index)
    return out


def _is_anybody(reading: Reading, index: int) -> bool:
    """Whether a pronoun for anybody begins at, or right before, ``index``, with no name behind it: not "to either Moscow or Kyiv"."""
    scene = reading.scene
    doc, sentence, words = scene.doc, scene.sentences[reading.number], reach.words(scene.doc)
    for phrase in scene.words.indefinites:
        for start in (index, index - 1):
            end = start + len(phrase)
            if words[start] != phrase[0] or start < sentence.start or end > sentence.end or tuple(words[start:end]) != phrase:
                continue
            behind = doc[end : min(end + 4, sentence.end)]
            return not any(_is_actor(reading, t) for t in behind) and not any(descriptions.described(scene, t) for t in (doc[index], *behind[:1]))
    return False


def _is_unnamed(reading: Reading, noun: Token) -> bool:
    """Whether an indefinite noun phrase for persons or a company names nobody: "un ancien policier", "smugglers"."""
    words = reading.scene.words
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in words.humans or noun.i in reading.scene.by_token:
        return False
    if any(_is_actor(reading, t) for t in noun.subtree):
        return False
    if any(c.dep_ == "case" and plain(c) in words.definites for c in noun.lefts):
        return False  # "aux rebelles"
    determiners = [c for c in noun.lefts if c.dep_ in ("det", "nummod")]
    if not determiners:
        return "Plur" in noun.morph.get("Number", [])
    return any(c.dep_ == "nummod" or "Ind" in c.morph.get("Definite", []) or plain(c) in words.indefinite_determiners for c in determiners) \
        and not any("Def" in c.morph.get("Definite", []) for c in determiners)


def _is_actor(reading: Reading, token: Token) -> bool:
    mention = reading.scene.by_token.get(token.i)
    return mention is not None and mention.type in ACTOR_TYPES
