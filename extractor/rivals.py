"""What may fill the roles of a reading: mentions, pronouns, earlier sentences, and the nouns that the trigger itself governs."""

from __future__ import annotations

from extractor import anaphora, contrast, coordination, goods
from extractor.candidates import Candidate, Scene
from extractor.evidence import absence, evidence
from extractor.frames import Trigger
from extractor.model import Role
from extractor.reading import Reading

Bag = tuple[Candidate | None, tuple[str, ...]]  # a candidate (None: nobody) and its features


def promising(trigger: Trigger, scene: Scene) -> bool:
    """A quick look: is there an actor near, and materiel or a second actor? Or was a transfer told shortly before ("Deliveries began in May")?"""
    number = scene.sentence_of[trigger.token.i]
    actors, strong = scene.actors(number), any(f.strong for f in trigger.frames)
    if scene.items(number):
        return bool(actors or scene.discourse(number, "actor"))
    if actors:
        return strong or len(actors) > 1 or bool(scene.discourse(number, "item"))
    told = scene.history and number - scene.sentence_of[scene.history[-1].token] <= 1
    return bool(told and scene.discourse(number, "item") and scene.discourse(number, "actor"))


def bags(reading: Reading, role: Role) -> list[Bag]:
    """All candidates of a role, and nobody, with their features."""
    candidates = candidates_for(reading, role)
    found: list[Bag] = [(c, tuple(evidence(reading, role, c))) for c in candidates]
    found.append((None, tuple(absence(reading, role, candidates))))
    return found


def candidates_for(reading: Reading, role: Role) -> list[Candidate]:
    """All that may fill ``role``: the sentence's mentions, pronouns, and the sentences before."""
    scene, number = reading.scene, reading.number
    side = "item" if role == "item" else "actor"
    named = scene.items(number) if role == "item" else scene.actors(number)
    end = scene.gap_behind(reading.token.i)  # what a clause without a verb names is not this trigger's: "and London missiles"
    if role == "item":
        named = [c for c in named if c.token.i != reading.token.i or not _names_thing(reading)] + _open_goods(reading, named)
    found = [c for c in named if c.token.i < end and not contrast.is_set_aside(scene, c)]
    return found + scene.pronouns(number, side) + [c for c in scene.discourse(number, side) if not _clashes(reading, role, c)]


def _clashes(reading: Reading, role: Role, candidate: Candidate) -> bool:
    """Whether a pronoun stands in the place of ``role`` that an earlier sentence's candidate does not agree with."""
    if reading.slot(role) != "pronoun":
        return False
    doc, links = reading.scene.doc, reading.frame.links[role]
    return any(func in links and doc[i].pos_ == "PRON" and anaphora.clashes(reading.scene, doc[i], candidate) for i, (func, _) in reading.observed.items())


def _open_goods(reading: Reading, named: list[Candidate]) -> list[Candidate]:
    """Nouns that the trigger itself governs as its item though no list has them."""
    scene = reading.scene
    known = {i for c in named for i in c.chain}
    out = []
    for index, (func, kind) in sorted(reading.observed.items()):
        token = scene.doc[index]
        if func not in reading.frame.links["item"] or kind == "outer" or index in known or index in scene.by_token or token.pos_ not in ("NOUN", "PROPN"):
            continue
        found = goods.noun_group(scene.doc, token, scene.mentions)
        if found is not None:
            listed = next((c.members for c in named if any(m.start == found[0].start for m in c.members)), ())
            others = tuple(m for m in listed or coordination.joined_goods(scene, token) if m.start != found[0].start)
            out.append(Candidate((found[0], *others), token, (token.i,), "goods", strength=found[1]))
    return out


def names_another(reading: Reading) -> bool:
    """Whether a sentence without actors and materiel tells of something else than what was told before it: "The delivery of the paper was late"."""
    scene, number = reading.scene, reading.number
    return not scene.actors(number) and not scene.items(number) and reading.slot("item") == "noun"


def _names_thing(reading: Reading) -> bool:
    """Whether a noun that may itself be what passes ("aid", "a loan") names a thing instead: "a loan of ten snowploughs"."""
    scene = reading.scene
    for index, (func, kind) in reading.observed.items():
        token = scene.doc[index]
        if func != "prep:of" or kind not in ("direct", "nested") or token.pos_ not in ("NOUN", "PROPN") or token.i < reading.token.i:
            continue
        if any(c.token.i == index and c.mention.type == "WEAPON" for c in scene.items(reading.number)):
            return True
        found = goods.noun_group(scene.doc, token, scene.mentions)
        if found is not None and found[0].category not in ("money", "assistance"):
            return True
    return False
