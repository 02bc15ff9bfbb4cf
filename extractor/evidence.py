"""The evidence for and against a candidate in a role, as named features for the ranking.

A feature's name says what was seen; its weight is data (``lexicon/<lang>/weights.json``), fitted
by ``extractor fit``. Names start with the role, so that each role weighs alike evidence in its own way.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field

from spacy.tokens import Token

from extractor import anaphora, goods
from extractor.anaphora import own_function
from extractor.candidates import Candidate, Scene, Told
from extractor.frames import Frame, Trigger
from extractor.model import ROLES, Role
from extractor.syntax import Observed, is_passive, observe, plain, preposition

_DISTANCES = (2, 4, 7, 12, 20)
_OCCUPANTS = ("trigger", "mention", "pronoun", "possessive", "actor noun", "other", "noun")  # the stronger first
NAMELESS = ("pronoun", "possessive", "description")


@dataclass
class Reading:
    """One trigger read with one frame: what the evidence of all its candidates shares."""

    trigger: Trigger
    frame: Frame
    observed: Observed
    passive: bool
    number: int
    scene: Scene
    slots: dict[Role, str] = field(default_factory=dict)

    @property
    def token(self) -> Token:
        return self.trigger.token

    def slot(self, role: Role) -> str:
        """What stands where the tree has the filler of ``role``: a mention, a pronoun, a possessive, a noun, or nothing."""
        if role not in self.slots:
            found = {self._occupant(i, role) for i, (func, _) in self.observed.items() if func in self.frame.links[role]}
            self.slots[role] = next((kind for kind in _OCCUPANTS if kind in found), "nothing")
        return self.slots[role]

    def is_void(self) -> bool:
        """Whether what a verb passes is immaterial: "provided an answer on the missiles", "sells books about tanks"."""
        if self.frame.pos != "verb":
            return False
        scene, tops = self.scene, self.scene.tops(self.number)
        wanted = {"obj"} if "obj" in self.frame.links["item"] else set(self.frame.links["item"])
        passed = [i for i, (func, kind) in self.observed.items() if kind == "direct" and func in wanted]
        return any(self._immaterial(i) for i in passed) and not any(i in tops or i in scene.triggers for i in passed)

    def _immaterial(self, index: int) -> bool:
        token, words = self.scene.doc[index], self.scene.words
        lemma = token.lemma_.lower()
        return goods.is_immaterial(token) and lemma not in words.quantity_nouns and lemma not in words.actor_nouns

    def slot_word(self, role: Role) -> str:
        """The lemma of the first noun that stands where the tree has the filler of ``role``."""
        doc = self.scene.doc
        found = (doc[i] for i, (func, _) in sorted(self.observed.items()) if func in self.frame.links[role] and doc[i].pos_ in ("NOUN", "PROPN"))
        return next((t.lemma_.lower() if t.pos_ == "NOUN" else "name" for t in found), "nothing")

    def _occupant(self, index: int, role: Role) -> str:
        scene, token = self.scene, self.scene.doc[index]
        if index in scene.triggers and index != self.token.i and role == "item":
            return "trigger"  # "a repris ses livraisons": what passes is told by the other
        if index in scene.tops(self.number):
            return "mention"
        if token.pos_ == "DET":
            return "possessive"
        if token.pos_ == "PRON":
            word = plain(token)
            known = word in scene.words.actor_pronouns or word in scene.words.item_pronouns or word in scene.words.possessives
            return "pronoun" if known else "nothing" if "Rel" in token.morph.get("PronType", []) else "other"
        return "actor noun" if token.lemma_.lower() in scene.words.actor_nouns else "noun"


def read(trigger: Trigger, frame: Frame, scene: Scene) -> Reading:
    """The reading of ``trigger`` by ``frame``."""
    grammar = scene.grammar
    token = trigger.token
    passive = frame.pos == "verb" and is_passive(token, grammar)
    return Reading(trigger, frame, observe(token, frame.pos, grammar), passive, scene.sentence_of[token.i], scene)


def function(reading: Reading, candidate: Candidate) -> tuple[str, str]:
    """The candidate's function beside the trigger and the kind of path that shows it."""
    doc, trigger = reading.scene.doc, reading.token
    if candidate.via == "discourse":
        return "none", "discourse"
    for index in candidate.chain:
        if index == trigger.i:
            return "bearer" if candidate.chain[-1] != trigger.i and doc[candidate.token.i].dep_ in ("flat:name", "appos") else "adj", "direct"
        if index in reading.observed:
            return reading.observed[index]
    key = preposition(doc, candidate.chain[0], reading.scene.grammar)
    if key is None and len(candidate.chain) > 1:
        key = preposition(doc, candidate.token.i, reading.scene.grammar)
    if key:
        return f"prep:{key}", "linear"
    return ("subj" if candidate.token.i < trigger.i else "obj"), "linear"


def evidence(reading: Reading, role: Role, candidate: Candidate) -> list[str]:
    """Names of the features that hold of ``candidate`` as filler of ``role``.

    A name with ``~`` is a fine one: seen more rarely, it is held closer to zero when fitted.
    """
    frame, mention = reading.frame, candidate.mention
    func, kind = function(reading, candidate)
    shown = "name" if candidate.via == "goods" else candidate.via
    names = [f"{role} via {shown}", f"{role} type {mention.type}", f"{role} strength {candidate.strength}"]
    if len(candidate.members) > 1:
        names.append(f"{role} group")
    if role != "item":
        sort = reading.scene.sort(mention)
        if sort != mention.type:
            names += [f"{role} sort {sort}", f"{role} ~ sort {sort} {shown}"]
        share = reading.scene.counts[mention.entity] if mention.entity else 0
        names += [f"{role} told {min(share, 4)}", f"{role} told {min(share, 4)} {shown}"]
    names += _told(reading, role, candidate)
    slot = reading.slot(role)
    if shown == "discourse":
        names += [f"{role} slot {slot} discourse", f"{role} ~ slot {slot} discourse {frame.cls}"]
        return [*names, f"{role} discourse rank {min(candidate.rank, 3)}", *_from_before(reading, role, candidate)]
    fits = fit(frame, role, func)
    names += [f"{role} slot {slot} {fits} {kind}", f"{role} ~ slot {slot} {shown} {own_function(reading.scene.doc[candidate.chain[0]])}"]
    names += [f"{role} {fits} {kind}", f"{role} ~ {frame.cls} {func}", f"{role} ~ {frame.cls} {func} {kind}", f"{role} ~ {frame.pos} {func} {kind}",
              f"{role} ~ {fits} type {mention.type}", f"{role} ~ {kind} form {mention.form}"]
    if candidate.loose:
        names.append(f"{role} {fits} loose")
    if shown != "name":
        names.append(f"{role} {shown} {fits} rank {candidate.rank}")
        names += [f"{role} ~ {shown} {clue}" for clue in anaphora.clues(reading.scene, candidate)]
    names += _place(reading, role, candidate, fits, kind)
    if role != "item":
        names += _rank(reading, role, candidate, fits)
    if func not in ("subj", "obj") or kind != "linear":
        names.append(f"{role} ~ word {reading.trigger.lemma} {func}")
    if _speaks(reading, candidate):
        names += [f"{role} speaker", f"{role} speaker {fits}"]
    return names + _words(reading, role, candidate)


def _words(reading: Reading, role: Role, candidate: Candidate) -> list[str]:
    """The words that the candidate hangs on and stands between, and how it stands to the trigger's governor."""
    doc, trigger = reading.scene.doc, reading.token
    top, token = doc[candidate.chain[0]], candidate.token
    names = []
    if role == "item":
        names.append(f"item ~ word {token.lemma_.lower()}")
    if top.head.i not in (trigger.i, top.i):
        names.append(f"{role} ~ of {top.head.lemma_.lower()} {own_function(top)}")
    if token.i != top.i:
        names.append(f"{role} ~ top {top.lemma_.lower()}")
    if token.i:
        names.append(f"{role} ~ after {doc[token.i - 1].lower_}")
    governor = trigger.head
    if governor.i != trigger.i and candidate.token.i != governor.i:
        place = own_function(top) if top.head.i == governor.i else "apart"
        names.append(f"{role} ~ under {governor.lemma_.lower()} {place}")
    return names


def _rank(reading: Reading, role: Role, candidate: Candidate, fits: str) -> list[str]:
    """How many actors are nearer to the trigger on the same side, and whether another trigger is."""
    scene, trigger, at = reading.scene, reading.token.i, candidate.token.i
    low, high = sorted((trigger, at))
    nearer = min(scene.actors_between(low, high, reading.number), 3)
    side = "before" if at < trigger else "after"
    names = [f"{role} nth {nearer} {side}", f"{role} nth {nearer} {side} {reading.frame.pos}", f"{role} ~ nth {nearer} {side} {reading.frame.cls} {fits}"]
    if any(low < t < high for t in scene.triggers):
        names.append(f"{role} cross trigger")
    return names


def _told(reading: Reading, role: Role, candidate: Candidate) -> list[str]:
    """What the candidate was in the transfer told last, here or up to three sentences before."""
    history = reading.scene.history
    if not history:
        return []
    last = history[-1]
    name = Told.name(candidate.mention)
    parts: list[str] = [r for r in ROLES if name in last.fillers[r]]
    here = "here" if reading.scene.sentence_of[last.token] == reading.number else "before"
    shown = "discourse" if candidate.via == "discourse" else "named"
    return [f"{role} was {part} {shown}" for part in parts or ["nothing"]] + [f"{role} ~ was {part} {shown} {here}" for part in parts or ["nothing"]]


def _from_before(reading: Reading, role: Role, candidate: Candidate) -> list[str]:
    scene = reading.scene
    top = scene.doc[candidate.chain[0]]
    sort = "subject" if top.dep_.startswith("nsubj") else "other"
    back = reading.number - scene.sentence_of[candidate.token.i]
    return [f"{role} back {back}", f"{role} back {sort}", f"{role} back {reading.frame.cls}", f"{role} back {reading.frame.pos}"]


def _place(reading: Reading, role: Role, candidate: Candidate, fits: str, kind: str) -> list[str]:
    """Where the candidate stands: side, distance and what lies between, and whose clause the tree puts it in."""
    doc, trigger, frame = reading.scene.doc, reading.token, reading.frame
    top = doc[candidate.chain[0]]
    side = "before" if top.i < trigger.i else "after"
    voice = "passive" if reading.passive else frame.pos
    owner = _owner(top, trigger)
    names = [f"{role} owner {owner}", f"{role} {voice} {side}", f"{role} ~ {frame.cls} {voice} {side}"]
    key = preposition(doc, top.i, reading.scene.grammar) or "bare"
    names += [f"{role} ~ {frame.cls} {key} {side}", f"{role} ~ {key} {side} {owner}"]
    own = own_function(top)
    names.append(f"{role} self {own} {owner}")
    if kind in ("linear", "outer") and own == "subj":
        names.append(f"{role} subject {_subject_rank(reading, top)}")
    if kind == "linear":
        names += [f"{role} linear {key} {side}", f"{role} linear {fits} {owner}", f"{role} far {bisect(_DISTANCES, abs(candidate.token.i - trigger.i))}"]
        names += [f"{role} {c}" for c in _crossings(reading, candidate.token)]
    else:
        names += [f"{role} tree {c}" for c in _crossings(reading, candidate.token)]
        up, down = _path(top, trigger)
        if len(up) + len(down) <= 3:
            names.append(f"{role} ~ {frame.cls} {'^'.join(up)}_{'v'.join(down)}")
    return names


def absence(reading: Reading, role: Role, candidates: list[Candidate]) -> list[str]:
    """Names of the features of leaving ``role`` unfilled."""
    frame = reading.frame
    best = "nothing"
    for candidate in candidates:
        func, kind = function(reading, candidate)
        if fit(frame, role, func) == "fits":
            best = "tree" if kind not in ("linear", "discourse") else "linear"
            if best == "tree":
                break
    return [
        f"{role} absent",
        f"{role} absent {frame.cls}",
        f"{role} ~ absent {frame.cls} {best}",
        f"{role} absent {best}",
        f"{role} absent {'passive' if reading.passive else frame.pos}",
        f"{role} ~ absent {frame.row.id}",
        f"{role} ~ absent word {reading.trigger.lemma}",
        f"{role} absent slot {reading.slot(role)}",
        f"{role} ~ absent slot {reading.slot(role)} {frame.cls} {'passive' if reading.passive else frame.pos}",
        f"{role} absent among {min(len(candidates), 6)}",
    ]


def fit(frame: Frame, role: Role, func: str) -> str:
    """Whether ``func`` fills ``role`` by rule ("fits"), another role ("other"), or none."""
    if func in frame.links[role]:
        return "fits"
    return "other" if frame.role_of(func) else "none"


def _crossings(reading: Reading, token: Token) -> list[str]:
    """What lies between the trigger and the candidate: verbs, strong stops, quotation marks, relatives."""
    doc, trigger = reading.scene.doc, reading.token
    low, high = sorted((token.i, trigger.i))
    verbs = stops = quotes = relatives = 0
    for t in doc[low + 1 : high]:
        if t.pos_ == "VERB" or (t.pos_ == "AUX" and t.dep_ in ("ROOT", "cop")):
            verbs += 1
        elif t.text in ";:–—":
            stops += 1
        elif t.text in "«»\"“”":
            quotes += 1
        elif t.pos_ == "PRON" and t.dep_ in ("nsubj", "obj", "mark") and "Rel" in t.morph.get("PronType", []):
            relatives += 1
    names = [f"cross verb {min(verbs, 2)}"]
    if stops:
        names.append("cross stop")
    if quotes:
        names.append("cross quote")
    if relatives:
        names.append("cross relative")
    return names


def _subject_rank(reading: Reading, top: Token) -> str:
    """Whether a subject is the nearest before the trigger, that of the main clause, or neither."""
    doc, trigger = reading.scene.doc, reading.token
    if top.i > trigger.i:
        return "after"
    sentence = reading.scene.sentences[reading.number]
    between = any(t.dep_.startswith("nsubj") and t.pos_ != "PRON" for t in doc[top.i + 1 : trigger.i])
    main = top.head.dep_ == "ROOT" or top.head.i == sentence.root.i
    return ("near" if not between else "far") + (" main" if main else "")


def _path(source: Token, target: Token) -> tuple[list[str], list[str]]:
    """Labels from ``source`` up to the common ancestor, and from there down to ``target``."""
    above = {source.i: 0}
    ups: list[str] = []
    node = source
    while node.head.i != node.i and len(ups) < 8:
        ups.append(node.dep_)
        node = node.head
        above[node.i] = len(ups)
    downs, node = [], target
    while node.i not in above:
        downs.append(node.dep_)
        if node.head.i == node.i or len(downs) > 8:
            return ups + ["?"] * 4, downs
        node = node.head
    return ups[: above[node.i]], downs[::-1]


def _owner(top: Token, trigger: Token) -> str:
    """Whose complement the candidate is: the trigger's, that of a clause above or below it, another's."""
    node = top
    for _ in range(8):
        if node.head.i == node.i:
            break
        node = node.head
        if node.i == trigger.i:
            return "trigger"
        if node.pos_ in ("VERB", "AUX"):
            break
    if node.i == trigger.i:
        return "trigger"
    if node.is_ancestor(trigger):
        return "above"
    return "below" if trigger.is_ancestor(node) else "other"


def _speaks(reading: Reading, candidate: Candidate) -> bool:
    top = reading.scene.doc[candidate.chain[0]]
    return top.dep_.startswith("nsubj") and top.head.i != reading.token.i and top.head.lemma_ in reading.scene.words.speech_verbs
