"""What may fill the roles of a reading: mentions, pronouns, earlier sentences, and the nouns that the trigger itself governs."""

from __future__ import annotations

from extractor import accused, anaphora, contrast, coordination, descriptions, goods, lists, speakers
from extractor.candidates import Candidate
from extractor.evidence import absence, evidence
from extractor.frames import Trigger
from extractor.model import Role
from extractor.reading import Reading
from extractor.scene import Scene

Bag = tuple[Candidate | None, tuple[str, ...]]  # a candidate (None: nobody) and its features


def promising(trigger: Trigger, scene: Scene) -> bool:
    """A quick look: is there an actor near, and materiel or a second actor? Or was a transfer told shortly before ("Deliveries began in May")?"""
    number = scene.sentence_of[trigger.token.i]
    actors, strong = scene.actors(number), any(f.strong for f in trigger.frames)
    if scene.things(number):
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
    named = scene.things(number) if role == "item" else scene.actors(number)
    end = scene.gap_behind(reading.token.i)  # what a clause without a verb names is not this trigger's: "and London missiles"
    if role == "item":
        named = [c for c in named if (c.token.i != reading.token.i or not _names_thing(reading)) and not lists.is_lacked(scene, c, reading.token)] + _open_goods(reading, named)
    found = [c for c in named if c.token.i < end and not contrast.is_set_aside(scene, c) and not speakers.speaks_beside(scene, c, reading.token)]
    return _acting(reading, role, found + scene.pronouns(number, side)) + [c for c in scene.discourse(number, side) if not _clashes(reading, role, c)]


def _acting(reading: Reading, role: Role, found: list[Candidate]) -> list[Candidate]:
    """Without those that accuse, ask or allow another to do what the trigger tells: "Paris l'accuse d'avoir vendu", "asked by Berlin to supply"."""
    if reading.frame.pos != "verb" or reading.passive or "subj" not in reading.frame.links[role]:
        return found
    controlled = any(func == "subj" and kind == "objcontrol" for func, kind in reading.observed.values())
    stands_by = accused.bystanders(reading.token, controlled, reading.scene.grammar)
    return [c for c in found if not stands_by(reading.scene.doc[c.chain[0]])]


def _clashes(reading: Reading, role: Role, candidate: Candidate) -> bool:
    """Whether what stands in the place of ``role`` points at another than an earlier sentence's candidate, or is a pronoun that does not agree with it."""
    scene, links = reading.scene, reading.frame.links[role]
    places = [scene.doc[i] for i, (func, kind) in reading.observed.items() if func in links and kind != "outer"]
    if any(descriptions.pointed(scene, token, "item" if role == "item" else "actor") for token in places):
        return True
    return reading.slot(role) == "pronoun" and any(t.pos_ == "PRON" and anaphora.clashes(scene, t, candidate) for t in places)


def _open_goods(reading: Reading, named: list[Candidate]) -> list[Candidate]:
    """Nouns that the trigger itself governs as its item though no list has them."""
    scene = reading.scene
    known = {i for c in named for i in c.chain}
    out = []
    for token in reading.named_things():
        if token.i in known or token.i in scene.by_token:
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
    if scene.actors(number) or scene.things(number) or reading.slot("item") != "noun" or scene.pronouns(number, "item"):
        return False
    before = {c.token.lemma_ for c in scene.discourse(number, "item")}
    return any(token.lemma_ not in before for token in reading.named_things())


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
