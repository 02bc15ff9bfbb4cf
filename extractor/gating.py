"""Is a filled frame a transfer at all? The evidence for it, as named features for the gate.

A frame may be filled by actors and a thing that stand near a trigger by chance: an army sent on its
own state's account, an answer given on missiles, a delivery told twice. The features say what the
trigger, the fillers and their surroundings look like; their weights are data, fitted as those of `evidence`.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator

from spacy.tokens import Token

from extractor.candidates import Candidate, Told
from extractor.filling import Filling
from extractor.model import ROLES
from extractor.reading import fit, function
from extractor.scene import Scene
from extractor.syntax import plain, preposition

_JOINT = (0.1, 0.25, 0.5, 0.8, 1.2, 1.7, 2.3, 3.0)  # bounds of minus the log of the joint probability


def record_features(filling: Filling, share: float) -> list[str]:
    """Features of a filled frame: is it a transfer at all? ``share``: its probability among all fillings of its trigger."""
    reading, options = filling.reading, filling.options
    frame = reading.frame
    item = options["item"].candidate
    filled = "".join(r[0] for r in ROLES if options[r].candidate is not None)
    sort = "none" if item is None else f"{item.mention.type} {item.strength}"
    strength = "strong" if frame.strong else "weak"
    names = ["record", f"filled {filled}", f"frame {frame.row.id}", f"class {frame.cls} {filled}", f"item {sort}", f"{strength} item {sort}",
             f"{strength} {filled}", f"trigger {reading.trigger.lemma}"]
    for role in ROLES:
        option = options[role]
        sure = "sure" if option.probability > 0.8 else "fair" if option.probability > 0.5 else "poor"
        names.append(f"{role} {sure}")
        if option.candidate is not None:
            func, kind = function(reading, option.candidate)
            fits = "fits" if func in frame.links[role] else "odd"
            names += [f"{role} {fits} {kind}", f"{role} {strength} {fits}", f"{role} via {option.candidate.via}"]
    names.append(f"joint {bisect(_JOINT, -filling.likelihood)}")
    names.append(f"share {int(share * 5)}")
    token = reading.token
    names.append(f"{frame.pos} {token.pos_} {token.dep_}")
    if any(c.dep_ in ("xcomp", "ccomp") and c.i in reading.scene.triggers for c in token.rights):
        names.append(f"governs trigger {strength}")  # "promised to deliver": what passes is told by the other
    names += _setting(filling, sort)
    return [*names, *_thing(filling), *_actors(filling), *_repetition(filling), *_neighbours(filling)]


def _setting(filling: Filling, sort: str) -> list[str]:
    """What the trigger stands under, what the item is, and whether weapons are spoken of around it."""
    reading = filling.reading
    scene, token, item = reading.scene, reading.token, filling.options["item"].candidate
    here, word = scene.weapons(reading.number), reading.slot_word("item")
    names = [f"weapons {here}", f"weapons {here} {sort}",
             f"actors {min(len(scene.actors(reading.number)), 4)}"]
    if token.head.i != token.i:
        names.append(f"under {token.head.lemma_.lower()} {token.dep_}")
    if item is not None:
        names += [f"word {item.token.lemma_.lower()}", f"trigger {reading.trigger.lemma} {sort}"]
    for role in ROLES:
        candidate, slot = filling.candidate(role), reading.slot(role)
        func, kind = function(reading, candidate) if candidate is not None else ("nobody", "nobody")
        fits = fit(reading.frame, role, func)
        names += [f"{role} slot {slot} {fits} {kind}", f"{role} {reading.frame.cls} {func}", f"{role} slot {slot} {reading.frame.cls}"]
    return [*names, f"slot word {word}", f"slot word {word} {sort}"]


def _thing(filling: Filling) -> Iterator[str]:
    """What sort of thing passes, how it is determined ("their troops"), and by what prepositions the actors hang on."""
    reading, item = filling.reading, filling.candidate("item")
    scene = reading.scene
    sort = "nobody" if item is None else (item.mention.category or "goods") if item.mention.type == "GOODS" else "weapon"
    yield f"sort {sort}"
    yield f"sort {sort} {reading.frame.cls}"
    if item is not None:
        filled = "".join(r[0] for r in ROLES[:2] if filling.candidate(r) is not None)
        determined = _determiner(item.token, scene)
        yield f"sort {sort} determined {determined}"
        yield f"determined {determined}"
        yield f"sort {sort} {filled}"
        yield from _around_thing(filling, item)
    for role in ROLES[:2]:
        candidate = filling.candidate(role)
        if candidate is not None:
            key = preposition(scene.doc, candidate.chain[0], scene.grammar) or "bare"
            yield f"{role} {key} sort {sort}"
            yield f"{role} {key} {candidate.mention.form}"
            yield f"{role} {key} {candidate.mention.type} {candidate.mention.form} sort {sort}"


def _determiner(token: Token, scene: Scene) -> str:
    found = "none"
    for child in token.lefts:
        if child.dep_.startswith(("det", "nmod:poss")) or child.pos_ == "DET":
            owned = child.dep_ == "nmod:poss" or "Yes" in child.morph.get("Poss", []) or plain(child) in scene.words.possessives
            found = "possessive" if owned else "definite" if "Def" in child.morph.get("Definite", []) else "other"
        elif child.pos_ == "NUM" and found == "none":
            found = "number"
    return found


def _around_thing(filling: Filling, item: Candidate) -> Iterator[str]:
    doc, frame = filling.reading.scene.doc, filling.reading.frame
    top, following = doc[item.chain[0]], item.token.i + 1
    yield f"item before {doc[following].lower_ if following < len(doc) else 'end'}"
    if top.head.i not in (top.i, filling.reading.token.i):
        yield f"item of {top.head.lemma_.lower()}"
        yield f"item of {frame.cls} {top.dep_}"


def _actors(filling: Filling) -> Iterator[str]:
    """Of what kind the actors are and which nouns they hang on."""
    reading = filling.reading
    for role in ROLES[:2]:
        candidate = filling.candidate(role)
        if candidate is None:
            continue
        mention, top = candidate.mention, reading.scene.doc[candidate.chain[0]]
        yield f"{role} sort {reading.scene.sort(mention)}"
        yield f"{role} form {mention.form} {reading.frame.cls}"
        yield f"{role} via {candidate.via} type {mention.type}"
        if top.head.i not in (reading.token.i, top.i):
            yield f"{role} of {top.head.lemma_.lower()}"
        if top.i != candidate.token.i:
            yield f"{role} top {top.lemma_.lower()}"


def _repetition(filling: Filling) -> Iterator[str]:
    """Which fillers the transfer told last had too: a modifier that repeats it adds no other."""
    reading = filling.reading
    if not reading.scene.history:
        yield "repeats nothing"
        return
    last = reading.scene.history[-1]
    here = "here" if reading.scene.sentence_of[last.token] == reading.number else "before"
    shared = ""
    for role in ROLES:
        candidate = filling.candidate(role)
        shared += "-" if candidate is None else role[0] if Told.name(candidate.mention) in last.fillers[role] else "x"
    yield f"repeats {shared} {here}"
    yield f"repeats {shared} {here} {reading.frame.pos}"
    yield f"repeats {shared} {here} slot {reading.slot('item')}"  # "five have been delivered" tells on, "the tanks were delivered" tells again


def _neighbours(filling: Filling) -> Iterator[str]:
    """The words beside the trigger."""
    reading = filling.reading
    doc, at = reading.scene.doc, reading.token.i
    following = doc[at + 1].lower_ if at + 1 < len(doc) else "end"
    yield f"trigger before {following}"
    yield f"trigger after {doc[at - 1].lower_ if at else 'start'}"
    yield f"trigger {reading.trigger.lemma} before {following}"
