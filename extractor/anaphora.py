"""What a pronoun, a possessive or a definite description may stand for, and how well the two agree.

The antecedents are the mentions before it, up to three sentences back. The likelier come first:
nearer sentence, same number, subject, nearer word. Which of them it is, the ranking decides over
the evidence of `clues`, whose names are about the antecedent ("other gender", "subj as obl").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from extractor.candidates import SENTENCES_BACK, Candidate
from extractor.control import subjects
from extractor.model import Mention
from extractor.speakers import only_speaks
from extractor.syntax import plain, preposition

if TYPE_CHECKING:
    from extractor.scene import Scene

_MAX_ANTECEDENTS = 4


def antecedents(scene: Scene, token: Token, side: str) -> list[Candidate]:
    """Candidates that the pronoun or possessive ``token`` may stand for, likeliest first."""
    number = scene.sentence_of[token.i]
    via = "possessive" if token.pos_ == "DET" else "pronoun"
    plural = plain(token) in scene.words.plural_pronouns
    pool = []
    for back in range(min(number, SENTENCES_BACK) + 1):
        named = scene.actors(number - back) if side == "actor" else scene.things(number - back)
        for candidate in named:
            if candidate.token.i >= token.i or candidate.mention.type == "PLACE" or clashes(scene, token, candidate) or _shares_verb(scene, token, candidate):
                continue
            top = scene.doc[candidate.chain[0]]
            subject = top.dep_.startswith("nsubj")
            pool.append(((back, plural != _plural(candidate, top), not subject, token.i - candidate.token.i), candidate))
    pool.sort(key=lambda pair: pair[0])
    out: list[Candidate] = []
    for _, c in pool:
        if all(c.mention.entity != o.mention.entity or c.mention.entity is None for o in out):
            out.append(Candidate(c.members, token, (token.i,), via, len(out), c.strength, origin=c.chain[0]))
        if len(out) == _MAX_ANTECEDENTS:
            break
    return out


def clues(scene: Scene, candidate: Candidate) -> list[str]:
    """How the antecedent agrees with the pronoun or possessive that stands for it, and where it stands."""
    if candidate.origin < 0:
        return []
    doc: Doc = scene.doc
    token, top = candidate.token, doc[candidate.origin]
    word = plain(token)
    back = scene.sentence_of[token.i] - scene.sentence_of[top.i]
    place, own = own_function(top), own_function(token)
    found = [_agreement(scene, candidate, top), f"back {min(back, 2)}", f"{place} as {own}", f"~ {word} {candidate.mention.type}",
             f"~ {word} {place} back {min(back, 2)}"]
    if candidate.via != "description":
        found.append(f"~ behind {preposition(doc, top.i, scene.grammar) or 'nothing'}")  # "en Ukraine": a place more than an actor
    if back == 0 and _clause(top) == _clause(token) and candidate.via == "pronoun":
        found.append(f"same clause {place} as {own}")  # "Moscou lui a livré": somebody else
    if place == "subj" and top.head.lemma_ in scene.words.speech_verbs:
        found.append(f"of speech back {min(back, 1)}")
    if place == "subj" and (top.head.dep_ == "ROOT" or top.head.i == top.i):
        found.append(f"of the main clause back {min(back, 1)}")
    return found


def clashes(scene: Scene, token: Token, candidate: Candidate) -> bool:
    """Whether the pronoun or possessive ``token`` cannot stand for ``candidate``: "it" for a person or for two states, "them" for one person, "he" for a state."""
    words, word = scene.words, plain(token)
    plural, kind = word in words.plural_pronouns, candidate.mention.type
    if len(candidate.members) > 1:
        return word in words.thing_pronouns | words.person_pronouns
    if kind == "PERSON" and word not in words.person_pronouns | words.possessives and not token.dep_.startswith("nsubj") and only_speaks(scene, candidate):
        return True
    if kind == "PERSON" and (plural or word in words.thing_pronouns):
        return not _owns(scene.doc[candidate.chain[0]])
    if word in words.person_pronouns and kind in ("STATE", "ORG") and len(candidate.chain) == 1 and candidate.mention.form != "demonym":
        return True
    if plural or token.pos_ != "PRON":
        return False
    known = _state_gender(scene, candidate.mention, scene.doc[candidate.chain[0]])
    shown = token.morph.get("Gender", [])
    return bool(known and shown) and known[0] != shown[0] and token.dep_.startswith("nsubj")


def _owns(top: Token) -> bool:
    """Whether a person is named beside what is his: "Haftar's forces", "les hommes de Haftar"."""
    return top.dep_ in ("nmod:poss", "nmod") and top.head.pos_ == "NOUN"


def _shares_verb(scene: Scene, token: Token, candidate: Candidate) -> bool:
    """Whether the candidate is another complement of the pronoun's own verb, and so somebody else: "Moscou lui a livré", "agreed to sell it tanks"."""
    verb = token.head
    if token.pos_ != "PRON" or verb.pos_ not in ("VERB", "AUX"):
        return False
    top = scene.doc[candidate.chain[0]]
    if top.head.i == verb.i:
        return top.dep_.startswith(("nsubj", "obj", "iobj", "obl"))
    if token.dep_.startswith("nsubj") or any(c.dep_.startswith("nsubj") for c in verb.children):
        return False
    return any(subject.i == top.i for subject, _ in subjects(verb, scene.grammar))


def _agreement(scene: Scene, candidate: Candidate, top: Token) -> str:
    """Whether number and gender of pronoun and antecedent clash, where both show them."""
    token = candidate.token
    if (plain(token) in scene.words.plural_pronouns) != _plural(candidate, top):
        return "other number"
    genders = token.morph.get("Gender", []), _gender(scene, candidate.mention, top)
    if candidate.via == "pronoun" and genders[0] and genders[1] and genders[0] != genders[1]:
        return "other gender"
    return "same gender" if genders[0] and genders[1] and candidate.via == "pronoun" else "same number"


def _plural(candidate: Candidate, top: Token) -> bool:
    determiner = next((c for c in top.children if c.dep_ == "det"), None)
    shown = determiner.morph.get("Number", []) if determiner is not None else []
    return len(candidate.members) > 1 or "Plur" in (shown or top.morph.get("Number", []))


def _gender(scene: Scene, mention: Mention, top: Token) -> list[str]:
    """The gender that a state's name has, the determiner shows, or the noun; that of another name without one is a guess of the tagger's and counts for nothing."""
    known = _state_gender(scene, mention, top)
    if known:
        return known
    determiner = next((c for c in top.children if c.dep_ == "det"), None)
    shown: list[str] = determiner.morph.get("Gender", []) if determiner is not None else []
    return shown or (top.morph.get("Gender", []) if top.pos_ == "NOUN" else [])


def _state_gender(scene: Scene, mention: Mention, top: Token) -> list[str]:
    """The gender of a state's name that stands for itself (``top``: the head of its noun phrase), where the language has any."""
    words = scene.words
    if not words.feminine_ending or mention.type != "STATE" or mention.form != "name" or scene.by_token.get(top.i) is not mention:
        return []
    feminine = mention.text.endswith(words.feminine_ending) and mention.text not in words.masculine_states
    return ["Fem" if feminine else "Masc"]


def own_function(token: Token) -> str:
    """What a noun phrase's head is in its own clause, whatever the trigger's."""
    dep = token.dep_
    if dep.startswith("nsubj"):
        return "subj"
    if dep.startswith("obl") or dep == "iobj":
        return "obl"
    return dep if dep in ("obj", "nmod", "amod", "conj", "appos", "ROOT") else "other"


def _clause(token: Token) -> int:
    """The verb whose clause ``token`` is in."""
    node = token
    while node.head.i != node.i:
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            break
    return node.i
