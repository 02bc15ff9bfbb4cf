"""The evidence for and against a candidate in a role, as named features for the ranking.

A feature's name says what was seen; its weight is data (``lexicon/<lang>/weights.json``), fitted
by ``extractor fit``. Names start with the role, so that each role weighs alike evidence in its own way.
"""

from __future__ import annotations

from bisect import bisect

from spacy.tokens import Token

from extractor import anaphora
from extractor.anaphora import own_function
from extractor.candidates import Candidate, Told
from extractor.model import ROLES, Role
from extractor.reading import Reading, fit, function
from extractor.syntax import preposition

_DISTANCES = (2, 4, 7, 12, 20)
NAMELESS = ("pronoun", "possessive", "description")


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
