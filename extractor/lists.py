"""Lists that spell out what a word before them leaves open: "what Berlin delivered: two launchers; ten tanks", "du matériel : des BMP-1".

The things of the list are what passes, the general noun or free relative says how. Read off the order,
since a parser hangs such lists anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Span, Token

from extractor import coordination, designations, gaps, goods, reach
from extractor.candidates import Candidate
from extractor.model import Mention
from extractor.syntax import plain, preposition
from extractor.weapon_names import PREFIX

if TYPE_CHECKING:
    from extractor.scene import Scene

_BREAKS = frozenset({";", ":", ".", "?", "!"})
_AFTER = 4  # tokens behind a list that tell whether it is the subject of a verb
_NAMED = 12  # tokens from a free relative to the verb that names it, and on to its name
_PRESENTED = 9  # tokens from the stop behind a list to the free relative that takes it up


def spelled_out(scene: Scene, number: int, found: Sequence[Candidate]) -> list[Candidate]:
    """The items of a sentence, those that a list spells out or adds to standing for its things too, and free relatives for theirs."""
    out = list(found)
    for opener in _openers(scene, number):
        listed = _behind(scene, opener, found)
        if listed is None:
            continue
        head = _explained(scene, opener, listed)
        if head is None:
            continue
        at = next((k for k, c in enumerate(out) if any(m.start == _start(scene, head) for m in c.members)), None)
        if at is None:
            out.append(replace(listed, token=head, chain=(head.i,), loose=False))
        else:
            out[at] = replace(out[at], members=_instead(out[at].members, _start(scene, head), listed.members), strength=listed.strength)
    for at, c in enumerate(out):
        added = next((x for x in found if _adds(scene, c, x)), None)
        if added is not None:
            out[at] = replace(c, members=_together(c.members, added.members))
    out += list(_taken_up(scene, number, found))
    for token in scene.sentences[number]:
        named = _called(scene, token, found) if _is_free_relative(scene, token) else None
        if named is not None:
            out = [replace(c, members=_together(c.members, named.members)) if _goes_on(scene, c, token) else c for c in out]
            out.append(replace(named, token=token, chain=(token.i,), loose=False))
    return sorted(out, key=lambda c: c.token.i)


def _openers(scene: Scene, number: int) -> Iterator[Token]:
    """The colons and spaced dashes of a sentence."""
    for token in scene.sentences[number]:
        if token.text == ":" or coordination.is_dash(token):
            yield token


def _behind(scene: Scene, opener: Token, found: Sequence[Candidate]) -> Candidate | None:
    """The things listed right behind ``opener``, where they do nothing themselves: "des obus", but not "les obus manquent"."""
    listed = next((c for c in found if c.token.i > opener.i), None)
    if listed is None or not all(_opens(scene, t) for t in scene.doc[opener.i + 1 : listed.token.i]):
        return None
    return None if _acts(scene, listed) else listed


def _opens(scene: Scene, token: Token) -> bool:
    return gaps.may_open(scene, token) or coordination.is_dash(token) or token.like_num


def _acts(scene: Scene, listed: Candidate) -> bool:
    """Whether the things listed are the subject of a verb of their own."""
    last = max(_index(scene, m) for m in listed.members)
    for token in scene.doc[last + 1 : last + 1 + _AFTER]:
        if token.is_punct or token.pos_ in ("SCONJ", "CCONJ", "ADP") or "Rel" in token.morph.get("PronType", []):
            return False
        if token.pos_ in ("VERB", "AUX") and "Part" not in token.morph.get("VerbForm", []):
            return True
    return False


def _explained(scene: Scene, opener: Token, listed: Candidate) -> Token | None:
    """The general noun or the free relative before ``opener`` whose things the list tells."""
    doc, start = scene.doc, scene.sentences[scene.sentence_of[opener.i]].start
    for at in range(opener.i - 1, start - 1, -1):
        token = doc[at]
        if token.text in _BREAKS or coordination.is_dash(token):
            return None
        if _is_free_relative(scene, token):
            return token
        if _is_general(scene, token):
            return None if _is_general_part(scene, token) else token
        if at in scene.by_token and scene.by_token[at].type == "WEAPON":
            near = all(t.pos_ == "ADJ" for t in doc[at + 1 : opener.i])
            return token if near and not _is_model(scene.by_token[at]) and all(_is_model(m) for m in listed.members) else None
    return None


def _is_free_relative(scene: Scene, token: Token) -> bool:
    """Whether a relative stands without a noun: "ce que", "what"."""
    known, words = scene.words.free_relatives, reach.words(token.doc)
    return (words[token.i],) in known or tuple(words[token.i : token.i + 2]) in known


def _is_general(scene: Scene, token: Token) -> bool:
    """Whether a noun names things of any kind: "matériel", "military hardware"."""
    parts = plain(token).split()
    return token.pos_ in ("NOUN", "PROPN") and parts[0 if token.doc.lang_ == "fr" else -1] in scene.words.general_things


def _is_general_part(scene: Scene, token: Token) -> bool:
    """Whether a general noun only tells of what another noun is: "ministre de l'Armement", "arms embargo"."""
    head = token.head
    if token.dep_ == "compound":
        return True
    return token.dep_ == "nmod" and head.pos_ in ("NOUN", "PROPN") and head.i not in scene.triggers and head.lemma_.lower() in scene.words.actor_nouns


def _is_model(mention: Mention) -> bool:
    """Whether a weapon is named by its designation."""
    return mention.type == "WEAPON" and (mention.entity or "").removeprefix(PREFIX) in designations.load().by_id


def _adds(scene: Scene, whole: Candidate, part: Candidate) -> bool:
    """Whether ``part`` tells some of the things that ``whole`` names: "materiel, including rifles"."""
    doc, words = scene.doc, reach.words(scene.doc)
    last = max(_index(scene, m) for m in whole.members)
    if part.token.i <= last or any(m in whole.members for m in part.members):
        return False
    for phrase in (*scene.words.inclusives, *scene.words.linkers, *scene.words.companions):
        for at in range(last + 1, part.token.i - len(phrase) + 1):
            if words[at] == phrase[0] and tuple(words[at : at + len(phrase)]) == phrase:
                between = doc[last + 1 : at]
                near = not any(t.text in _BREAKS or t.i in scene.triggers or t.pos_ == "VERB" for t in between)
                behind = all(_opens(scene, t) for t in doc[at + len(phrase) : part.token.i])
                return near and behind and not _acts(scene, part) and (phrase in scene.words.inclusives or not _goes_elsewhere(scene, part, between))
    return False


def _called(scene: Scene, relative: Token, found: Sequence[Candidate]) -> Candidate | None:
    """The thing that a free relative is called: "what an official described as technical assistance"."""
    doc = scene.doc
    verb = next((t for t in doc[relative.i + 1 : relative.i + _NAMED] if t.lemma_.lower() in scene.words.naming and t.pos_ == "VERB"), None)
    named = None if verb is None else next((c for c in found if c.token.i > verb.i), None)
    if verb is None or named is None or named.token.i - verb.i > _NAMED or any(t.text in _BREAKS for t in doc[relative.i : verb.i]):
        return None
    small = all(_opens(scene, t) or t.pos_ in ("ADP", "PUNCT") or goods.is_measure(t) for t in doc[verb.i + 1 : scene.bounds(named.token)[0]])
    return named if small and not any(t.text == "," for t in doc[verb.i : named.token.i]) else None


def is_called(scene: Scene, number: int, start: int) -> bool:
    """Whether the item that begins at ``start`` is only what somebody calls the thing that passes."""
    relatives = [t for t in scene.sentences[number] if _is_free_relative(scene, t)]
    if not relatives:
        return False
    named = [c for t in relatives if (c := _called(scene, t, [x for x in scene.items(number) if x.token.i != t.i])) is not None]
    return any(m.start == start for c in named for m in c.members)


def _goes_on(scene: Scene, listed: Candidate, relative: Token) -> bool:
    """Whether a free relative is the last thing of a list: "food, oil and what an official called assistance"."""
    last = max(_index(scene, m) for m in listed.members)
    between = scene.doc[last + 1 : relative.i]
    return 0 < len(between) <= 2 and between[-1].pos_ == "CCONJ" and all(t.pos_ == "CCONJ" or t.text == "," for t in between)


def _goes_elsewhere(scene: Scene, part: Candidate, between: Span) -> bool:
    """Whether what goes along has a partner of its own behind the same preposition: "tanks to Kyiv as well as shells to Tbilisi"."""
    last = max(_index(scene, m) for m in part.members)
    if any(t.pos_ in ("VERB", "PART") for t in scene.doc[last + 1 : last + 3]):
        return True  # "with shells to follow"
    keys = {preposition(scene.doc, t.i, scene.grammar) for t in between if t.i in scene.by_token} - {None}
    return any(t.i in scene.by_token and preposition(scene.doc, t.i, scene.grammar) in keys for t in scene.doc[last + 1 : last + 5])


def _taken_up(scene: Scene, number: int, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Free relatives that take up the list before them: "Rifles, rockets: that is what Minsk sold"."""
    doc = scene.doc
    for token in scene.sentences[number]:
        if not _is_free_relative(scene, token) or not any(plain(t) in scene.words.presenters for t in doc[max(0, token.i - 3) : token.i]):
            continue
        names_other = any(token.i < c.token.i for c in found)
        for c in found:
            if names_other and c.mention.category == "money":
                continue  # "ten million: that is what it spent on arms"
            last = max(_index(scene, m) for m in c.members)
            stop = next((t for t in doc[last + 1 : token.i] if t.text in (",", ":") or coordination.is_dash(t)), None)
            if stop is not None and token.i - stop.i <= _PRESENTED and not any(t.pos_ in ("VERB", "AUX") for t in doc[last + 1 : stop.i]) \
                    and not any(c.token.i < other.token.i < token.i for other in found):
                yield replace(c, token=token, chain=(token.i,), loose=False)


def _instead(members: tuple[Mention, ...], start: int, others: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """``members`` with ``others`` in the place of the one that begins at ``start``."""
    return _together(tuple(m for m in members if m.start != start), others)


def is_lacked(scene: Scene, item: Candidate, trigger: Token) -> bool:
    """Whether words behind the trigger tell that whoever gets something has none of ``item``: "feed an army short of ammunition"."""
    at = item.token.i
    while at > trigger.i + 1 and _opens(scene, scene.doc[at - 1]) and scene.doc[at - 1].pos_ != "ADP":
        at -= 1
    words = tuple(plain(t) for t in scene.doc[trigger.i + 1 : at])
    return item.token.i > trigger.i and any(len(words) > len(phrase) and words[-len(phrase) :] == phrase for phrase in scene.words.lacking)


def _together(one: tuple[Mention, ...], two: tuple[Mention, ...]) -> tuple[Mention, ...]:
    return tuple(sorted({m.start: m for m in (*one, *two)}.values(), key=lambda m: m.start))


def _start(scene: Scene, token: Token) -> int:
    """Where the mention begins that ``token`` heads, itself where it heads none."""
    mention = scene.by_token.get(token.i)
    if mention is None:
        mention = next((m for t, m in scene.named(scene.sentence_of[token.i], "item") if m.start <= token.idx < m.end), None)
    return token.idx if mention is None else mention.start


def _index(scene: Scene, mention: Mention) -> int:
    span = scene.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return 0 if span is None else int(span[-1].i)
