"""What may fill the roles of a reading: mentions, pronouns, earlier sentences, and the nouns that the trigger itself governs."""

from __future__ import annotations

from extractor import (
    accused,
    anaphora,
    contrast,
    coordination,
    descriptions,
    goods,
    grounds,
    lists,
    outsiders,
    speakers,
    unnamed,
)
from extractor.candidates import Candidate
from extractor.evidence import absence, evidence
from extractor.frames import Trigger
from extractor.model import Role
from extractor.reading import Reading, fit, function
from extractor.scene import Scene
from extractor.syntax import plain, preposition

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
        named = [c for c in named if not _is_curbed(scene, c) and not lists.is_lacked(scene, c, reading.token) and (c.token.i != reading.token.i or not _names_thing(reading))]
        named += _open_goods(reading, named)
    found = [c for c in named if c.token.i < end and not contrast.is_set_aside(scene, c) and not speakers.speaks_beside(scene, c, reading.token)]
    if role == "item":
        if reading.frame.pos == "noun" and any(c.lemma_.lower() in scene.words.materiel for c in reading.token.children):
            found = [c for c in found if function(reading, c)[1] != "linear"]  # "military exports": told, as far as it is
    else:
        found = [c for c in found if _takes_part(reading, role, c)]
        if unnamed.takes(reading, role):
            return [c for c in found if role == "supplier" and unnamed.keeps(*function(reading, c))]
    found += scene.pronouns(number, side)
    if role != "item":
        found = [c for c in found if not outsiders.stops_it(reading, c, role)]
    found = _acting(reading, role, found) + [c for c in scene.discourse(number, side) if not _clashes(reading, role, c)]
    return _shown(reading, role, found) or (found if role == "item" else _beside_owners(reading, role, found))


def _takes_part(reading: Reading, role: Role, candidate: Candidate) -> bool:
    """Whether an actor of the sentence may have to do with the transfer: not the way that it takes, the maker, the place, whom it strikes."""
    scene = reading.scene
    if any(preposition(scene.doc, i, scene.grammar) == "via" for i in candidate.chain) or grounds.is_beside(reading, role, candidate):
        return False
    if role == "recipient" and reading.frame.pos == "verb" and not reading.frame.row.named_after and _marks_origin(reading, candidate):
        return False
    if role == "supplier" and not reading.former.isdisjoint(candidate.chain):
        return False
    return not outsiders.takes_no_part(scene, candidate, reading.token)


def _shown(reading: Reading, role: Role, found: list[Candidate]) -> list[Candidate]:
    """The candidates that a pointing word in the place of the role leaves: "from the former"."""
    marked = {i for i, (func, kind) in reading.observed.items() if kind == "direct" and func in reading.frame.links[role]}
    side = "item" if role == "item" else "actor"
    return [c for c in found if c.via == "pronoun" and c.token.i in marked and descriptions.pointed(reading.scene, c.token, side)]


def _beside_owners(reading: Reading, role: Role, found: list[Candidate]) -> list[Candidate]:
    """Without those to whom somebody in the role's place belongs ("its neighbour"), and with nobody far off where things go abroad."""
    words = reading.scene.words
    places = reading.places(role) + [c for noun in reading.places("item") for c in noun.children if c.dep_ == "compound"]
    owners = outsiders.owners_beside(reading.scene, places)
    if role == "recipient" and any(plain(t) in words.abroad and t.dep_.startswith(("advmod", "obl", "nmod")) for t in reading.token.rights):
        found = [c for c in found if function(reading, c)[1] in ("direct", "nested") and fit(reading.frame, role, function(reading, c)[0]) == "fits"]
    return [c for c in found if c.mention.entity not in owners or c.mention.entity is None]


def _is_curbed(scene: Scene, candidate: Candidate) -> bool:
    """Whether the things only say what is reduced, destroyed or tested: "a deal on the reduction of nuclear arms"."""
    token = candidate.token
    head = token.head
    return (candidate.mention.type == "WEAPON" and token.dep_ in ("nmod", "compound", "obl", "obl:arg", "obl:mod") and head.pos_ == "NOUN"
            and head.lemma_.lower() in scene.words.curbs and preposition(scene.doc, token.i, scene.grammar) in ("of", None))


def _marks_origin(reading: Reading, candidate: Candidate) -> bool:
    """Whether an adjective tells where the verb's things are from: "shipped German tanks" names nobody who gets them."""
    links, token = reading.frame.links, candidate.token
    func, _ = reading.observed.get(token.head.i, ("", ""))
    return (candidate.mention.form == "demonym" and token.dep_ in ("amod", "compound", "nmod") and func in links["item"] and func not in links["recipient"]
            and reading.names(token.head.i, "WEAPON", "GOODS"))


def _acting(reading: Reading, role: Role, found: list[Candidate]) -> list[Candidate]:
    """Without those that accuse, ask or allow another to do what the trigger tells: "Paris l'accuse d'avoir vendu", "asked by Berlin to supply"."""
    if reading.frame.pos != "verb" or reading.passive or "subj" not in reading.frame.links[role]:
        return found
    controlled = any(func == "subj" and kind == "objcontrol" for func, kind in reading.observed.values())
    stands_by = accused.bystanders(reading.token, controlled, reading.scene.grammar)
    return [c for c in found if not stands_by(reading.scene.doc[c.chain[0]])]


def _clashes(reading: Reading, role: Role, candidate: Candidate) -> bool:
    """Whether what stands in the place of ``role`` points at another than an earlier sentence's candidate, or is a pronoun that does not agree with it."""
    scene, places = reading.scene, reading.places(role)
    if role != "item" and any(plain(t) in scene.words.first_persons and t.pos_ == "PRON" for t in places) and speakers.addresses_us(scene, candidate):
        return True  # "Nigeria came to us": we are not Nigeria
    if any(descriptions.pointed(scene, token, "item" if role == "item" else "actor") for token in places):
        return True
    described = {c.mention.entity for t in places if role != "item" and t.pos_ == "NOUN" for c in descriptions.described(scene, t)}
    if described and candidate.mention.entity not in described:
        return True  # "to the kingdom" is Riyadh, not whoever else was named
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
