"""Pairs that one verb tells at once: "drones to Moscow and rockets to Hezbollah", "à l'Inde des canons, à la France des radars".

The tree rarely shows such ellipsis, so it is read off the order: item and partner, partner behind
one and the same preposition, then item and partner again, with no verb between. A filling that
holds an item and a partner of such a row stands for all its pairs, each item with its own partner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Token

from extractor.candidates import Candidate
from extractor.filling import Filling
from extractor.model import ROLES, Mention
from extractor.reading import Reading
from extractor.scene import Scene
from extractor.syntax import plain, preposition

_REACH = 9  # tokens between neighbours of a row
_STOPS = frozenset({",", ";"})

Unit = tuple[int, Candidate, str | None]  # token index, candidate, preposition (of actors alone)


def spread(filling: Filling) -> list[Filling]:
    """The fillings that ``filling`` stands for: itself, or one for each pair of the row that it is part of."""
    shared = _respectively(filling)
    if shared:
        return shared
    item = filling.candidate("item")
    if item is None or item.via not in ("name", "goods"):
        return [filling]
    rows = list(_rows(filling.reading.scene, filling.reading.number))
    for role in ("recipient", "supplier"):
        partner = filling.candidate(role)
        if partner is None or partner.via != "name":
            continue
        for row in rows:
            if any(_same(item, i) for i, _ in row) and any(partner.token.i == p.token.i for _, p in row):
                return [filling.told_of({"item": i, role: p}) for i, p in row]
    return [filling]


def _respectively(filling: Filling) -> list[Filling]:
    """One filling for each pair that "respectively" makes of two lists of one length."""
    reading = filling.reading
    lists = {role: c for role in ROLES if (c := filling.candidate(role)) is not None and len(c.members) > 1}
    if _in_order(reading):
        pair = lists.get("item")
        lists = {role: c for role, c in lists.items() if role != "item" and len(c.members) == 2}
        if pair is not None:
            lists["item"] = replace(pair, members=pair.members[-2:])  # "drones, Mohajers by the former, Wing Loongs by the latter"
    elif not any(t.lower_ in reading.scene.words.distributors for t in reading.scene.sentences[reading.number]):
        return []
    sizes = {len(c.members) for c in lists.values()}
    if len(lists) < 2 or len(sizes) > 1:
        return []
    out = []
    for k in range(sizes.pop()):
        options = dict(filling.options)
        for role, c in lists.items():
            options[role] = replace(options[role], candidate=replace(c, members=(c.members[k],)))
        out.append(replace(filling, options=options))
    return out


def _in_order(reading: Reading) -> bool:
    """Whether words for the first and the second of two, no adjectives of a noun, stand behind the trigger."""
    scene, words = reading.scene, reading.scene.words
    alone = [plain(t) for t in scene.doc[reading.token.i + 1 : scene.sentences[reading.number].end] if _stands_alone(scene, t)]
    first = next((k for k, word in enumerate(alone) if word in words.firsts), None)
    return first is not None and any(word in words.seconds for word in alone[first + 1 :])


def _stands_alone(scene: Scene, token: Token) -> bool:
    following = scene.doc[token.i + 1] if token.i + 1 < len(scene.doc) else None
    if following is None or following.pos_ not in ("NOUN", "PROPN"):
        return True
    thing = scene.by_token.get(following.i)
    return plain(token) in scene.words.formers | scene.words.latters and thing is not None and thing.type == "WEAPON"  # "the former Mohajers"


def _same(one: Candidate, other: Candidate) -> bool:
    starts = {m.start for m in one.members}
    return any(m.start in starts for m in other.members)


def _rows(scene: Scene, number: int) -> Iterator[list[tuple[Candidate, Candidate]]]:
    """The rows of a sentence, each two or more pairs of item and partner."""
    units = _units(scene, number)
    for first in (0, 1):  # item before partner, or partner before item
        start = 0
        while start + 3 < len(units):
            row = _row(scene, units[start:], first)
            if len(row) > 1:
                yield row
            start += max(2 * len(row), 1)


def _row(scene: Scene, units: Sequence[Unit], first: int) -> list[tuple[Candidate, Candidate]]:
    row: list[tuple[Candidate, Candidate]] = []
    key, end = None, -1
    for one, two in zip(units[::2], units[1::2], strict=False):
        item, partner = (one, two) if first == 0 else (two, one)
        if item[2] is not None or not partner[2] or key not in (None, partner[2]) or not _near(scene, one[0], two[0]):
            break
        if row and not (_near(scene, end, one[0]) and _tied(scene, end, one[0]) and scene.gap_behind(end) > one[0]):
            break
        row.append((item[1], partner[1]))
        key, end = partner[2], two[0]
    return row


def _units(scene: Scene, number: int) -> list[Unit]:
    """Items and actors of a sentence in their order; an actor within an item's noun phrase ("des missiles russes") is none of them."""
    actors = [(c.token.i, c, preposition(scene.doc, c.chain[0], scene.grammar) or "") for c in scene.actors(number)]
    behind = [(at, c, key) for at, c, key in actors if key]
    items: list[Unit] = []
    for candidate in scene.items(number):
        for run in _runs(scene, candidate, [at for at, _, _ in behind]):
            token = _token(scene, run[0])
            if token is not None:
                whole = len(run) == len(candidate.members)
                part = candidate if whole else replace(candidate, members=tuple(run), token=scene.doc[token], chain=(token,))
                items.append((token, part, None))
    return sorted([*items, *behind], key=lambda unit: unit[0])


def _runs(scene: Scene, candidate: Candidate, actors: Sequence[int]) -> list[list[Mention]]:
    """The members of a coordination, cut where an actor stands between two of them."""
    places = [(_token(scene, m), m) for m in candidate.members]
    runs = [[places[0][1]]]
    for (one, _), (two, mention) in pairwise(places):
        cut = one is not None and two is not None and any(one < at < two for at in actors)
        if cut:
            runs.append([mention])
        else:
            runs[-1].append(mention)
    return runs


def _token(scene: Scene, mention: Mention) -> int | None:
    span = scene.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return None if span is None else span.root.i


def _near(scene: Scene, one: int, two: int) -> bool:
    between = scene.doc[one + 1 : two]
    return len(between) <= _REACH and not any(t.pos_ in ("VERB", "AUX") or t.i in scene.triggers or t.text in "():" for t in between)


def _tied(scene: Scene, one: int, two: int) -> bool:
    return any(t.text in _STOPS or t.lower_ in scene.words.coordinators for t in scene.doc[one + 1 : two])
