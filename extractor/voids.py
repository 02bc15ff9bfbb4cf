"""Verbs and nouns of giving by which nothing passes to anybody: immaterial things, strikes, one's own troops."""

from __future__ import annotations

from spacy.tokens import Token

from extractor.control import is_dative_passive
from extractor.reading import Reading
from extractor.syntax import SUBJECT, is_reflexive, plain

_REFLEX = frozenset({"nmod:poss", "det"})


def is_void(reading: Reading) -> bool:
    """Whether the trigger so read can tell of no transfer, whatever fills its roles."""
    return (_strikes(reading) or _is_mutual(reading) or _feeds_nothing(reading) or _stations_own(reading)
            or _is_means(reading) or _opens_clause(reading) or _has_done(reading) or _goes_itself(reading) or _reaches_nothing(reading) or _goes_on(reading)
            or _passes_immaterial(reading) or _says_beside(reading) or _leaves_line(reading) or _counts_again(reading)
            or _is_price(reading) or _names_variant(reading))


def _passes_immaterial(reading: Reading) -> bool:
    """Whether what a verb passes is immaterial: "provided an answer on the missiles", "sells books about tanks"."""
    scene = reading.scene
    tops = scene.firm(reading.number)  # "une réponse sur les missiles" is no missile
    wanted = set(reading.frame.links["item"])
    if reading.frame.pos != "verb":
        wanted &= {"prep:of"}
    elif "obj" in wanted:
        wanted = {"obj"}
    partners = {i for i in reading.observed if reading.names(i, "STATE", "ORG", "PERSON")}
    if any(reading.observed[i][0] in ("obj", "iobj") for i in partners):
        wanted.add("prep:with")  # "provided Washington with an answer"
    passed = [i for i, (func, kind) in reading.observed.items() if kind == "direct" and func in wanted and i not in partners]
    return any(reading.is_immaterial(i) for i in passed) and not any(i in tops or i in scene.triggers for i in passed)


def _reaches_nothing(reading: Reading) -> bool:
    """Whether what is reached is no place and nobody: "parvenu à un accord sur les missiles", "reached a deal on arms"."""
    if reading.frame.cls != "go":
        return False
    doc, words = reading.scene.doc, reading.scene.words
    return any(func in ("prep:to", "prep:at", "obj") and kind == "direct" and doc[i].pos_ == "NOUN" and _among(doc[i], words.reached)
               for i, (func, kind) in reading.observed.items())


def _goes_on(reading: Reading) -> bool:
    """Whether a verb of going only says that something goes on: "is moving ahead with the sale", "va de l'avant avec la vente"."""
    token = reading.token
    behind = next((t for t in reading.scene.doc[token.i + 1 : token.i + 4] if plain(t) in reading.scene.words.onwards), None)
    return (reading.frame.pos == "verb" and not reading.frame.strong and behind is not None and behind.head.i == token.i
            and not any(c.dep_ == "obj" for c in token.children))


def _feeds_nothing(reading: Reading) -> bool:
    """Whether no materiel strengthens what is no actor: "strengthening their coordination with Washington"."""
    if reading.frame.cls != "feed":
        return False
    direct = [(i, func) for i, (func, kind) in reading.observed.items() if kind in ("direct", "control", "shared")]
    return any(func == "obj" and reading.is_immaterial(i) for i, func in direct) \
        and not any(func == "subj" and reading.names(i, "WEAPON", "GOODS") for i, func in direct)


def _is_mutual(reading: Reading) -> bool:
    """Whether the noun of giving tells what two owe each other, or a trade: "a treaty of mutual assistance", "merchant shipping"."""
    before = reading.token.nbor(-1).lower_ if reading.token.i else ""
    mutual = reading.scene.words.mutual
    return before in mutual or (reading.frame.pos == "noun" and any(c.lower_ in mutual for c in reading.token.children))


def _counts_again(reading: Reading) -> bool:
    """Whether a noun behind a comma only counts a transfer that its sentence has told: ", the third such handover this year"."""
    scene, doc, at = reading.scene, reading.scene.doc, reading.token.i
    if reading.frame.pos != "noun" or not any(scene.sentence_of[told.token] == reading.number for told in scene.history):
        return False
    beside = [plain(t) for t in doc[at - 1 : at]] + [" ".join(plain(t) for t in doc[at + 1 : at + 4])]
    if not any(word in scene.words.kinds for word in beside):
        return False
    return any(t.text == "," for t in doc[max(at - 5, 0) : at]) and not any(f == "prep:to" and k == "direct" for f, k in reading.observed.values())


def _strikes(reading: Reading) -> bool:
    """Whether a weapon comes down on its target: "sent drones at Kyiv", "airstrikes delivered bombs against the town"."""
    words, doc, token = reading.scene.words, reading.scene.doc, reading.token
    if not _among(token, words.strike_words) and not any(f == "subj" and _among(doc[i], words.strike_nouns) for i, (f, _) in reading.observed.items()):
        return False
    armed = any(func in reading.frame.links["item"] and reading.names(i, "WEAPON") for i, (func, _) in reading.observed.items())
    return armed and any(func.removeprefix("prep:") in words.strike_prepositions and i > token.i and _is_target(reading, i)
                         for i, (func, kind) in reading.observed.items() if kind in ("direct", "nested"))


def _is_target(reading: Reading, index: int) -> bool:
    beside = (reading.scene.by_token.get(c.i) for c in reading.scene.doc[index].children)
    return reading.names(index, "STATE", "PLACE", "ORG") or any(m is not None and m.type in ("STATE", "PLACE", "ORG") for m in beside)


def _stations_own(reading: Reading) -> bool:
    """Whether somebody sends his own men somewhere, and nothing else passes by it: "sent their troops into Lebanon".

    Another trigger below the verb may say for whom: "sent its soldiers to Bangui to support the government".
    """
    words, doc, token = reading.scene.words, reading.scene.doc, reading.token
    if not _among(token, words.stationing):
        return False
    own = [i for i, (func, kind) in reading.observed.items() if func == "obj" and kind == "direct" and _among(doc[i], words.own_forces)]
    if not any(_is_owned(reading, doc[i]) for i in own) or any(t.i in reading.scene.triggers and t.i != token.i for t in token.subtree):
        return False
    return any(func in ("prep:to", "prep:in", "prep:on") and _is_place(reading, i) for i, (func, kind) in reading.observed.items() if kind in ("direct", "nested"))


def _is_owned(reading: Reading, noun: Token) -> bool:
    return any(c.dep_ in _REFLEX and plain(c) in reading.scene.words.possessives for c in noun.children)


def _is_place(reading: Reading, index: int) -> bool:
    """A state's or town's name for itself, or the ground that it names: "the territory of Lebanon"."""
    scene, noun = reading.scene, reading.scene.doc[index]
    mention = scene.by_token.get(index)
    if mention is not None:
        return mention.type in ("STATE", "PLACE") and mention.form != "demonym"
    return _among(noun, scene.words.grounds) and reading.names(index, "STATE", "PLACE")


def _opens_clause(reading: Reading) -> bool:
    """Whether what is given or got is told by a clause, which has a verb of its own: "assure que", "obtained from Baghdad that"."""
    token, words = reading.token, reading.scene.words
    if reading.frame.pos != "verb" or any(c.dep_ == "obj" and (c.pos_ == "NOUN" or (c.pos_ == "PROPN" and not any(g.dep_ == "case" for g in c.children))) for c in token.children):
        return False
    clauses = [c for c in token.rights if c.dep_ == "ccomp" or (c.dep_ in ("xcomp", "advcl") and _among(token, words.speech_verbs))]
    return any(c.dep_ == "mark" and plain(c) in words.complementizers and c.i > token.i for clause in clauses for c in clause.children)


def _has_done(reading: Reading) -> bool:
    """Whether the verb only makes another do what a participle behind its object tells: "is having ammunition sent to it"."""
    token, scene = reading.token, reading.scene
    if reading.frame.pos != "verb" or token.lemma_ not in scene.grammar.causatives:
        return False
    things = [c for c in token.rights if c.dep_ == "obj"]
    return any(c.i in scene.triggers and c.dep_ in ("acl", "xcomp", "ccomp") and "Past" in c.morph.get("Tense", []) and c.i == thing.i + 1
               for thing in things for c in (*thing.rights, *token.rights))


def _goes_itself(reading: Reading) -> bool:
    """Whether the subject does it with itself: "s'est rendu au Liban", "s'est livré à un éloge"."""
    token, scene = reading.token, reading.scene
    if not _among(token, scene.words.selves) or is_dative_passive(token, scene.grammar) or not is_reflexive(token, scene.grammar):
        return False
    return not any(c.dep_ == "obj" and c.pos_ != "PRON" for c in token.children)


def _says_beside(reading: Reading) -> bool:
    """Whether the verb only says who speaks, between stops: "The boats, she added, were a present"."""
    token, doc = reading.token, reading.scene.doc
    if reading.frame.pos != "verb" or not _among(token, reading.scene.words.speech_verbs):
        return False
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    subject = next((c for c in token.children if c.dep_ in SUBJECT), None)
    closed = following is None or following.is_punct or (subject is not None and subject.i > token.i)
    opening = min([token.i, *(c.i for c in token.children if c.i < token.i and (c.dep_.startswith("aux") or c.dep_ in SUBJECT))]) - 1
    return closed and opening >= 0 and doc[opening].is_punct and not any(c.dep_ == "obj" for c in token.rights)


def _names_variant(reading: Reading) -> bool:
    """Whether the noun only says which of its versions a thing is: "the export version"."""
    head, variants = reading.token.head, reading.scene.words.variants
    following = reading.token.nbor(1) if reading.token.i + 1 < len(reading.scene.doc) else head
    before = reading.token.nbor(-1) if reading.token.i else head
    near = {following.lemma_.lower()} if reading.scene.doc.lang_ == "en" else {before.lemma_.lower(), head.lemma_.lower()}
    return reading.frame.pos == "noun" and not variants.isdisjoint(near)


def _is_price(reading: Reading) -> bool:
    """Whether the money that passes is only the price of a thing that passes the other way: "paid Moscow millions for weapons"; or no such thing is told."""
    if reading.frame.cls not in ("give", "pay") or all(f.cls != "pay" for f in reading.trigger.frames):
        return False
    bought = any(func == "prep:for" and kind != "outer" and reading.names(i, "WEAPON", "GOODS") and not _among(reading.scene.doc[i], reading.scene.words.partitives)
                 for i, (func, kind) in reading.observed.items())
    return bought == (reading.frame.cls == "give")


def _leaves_line(reading: Reading) -> bool:
    """Whether the thing is only made: "the new guns leave the assembly line"."""
    doc, at, lines = reading.scene.doc, reading.token.i, reading.scene.words.assembly_lines
    return any(t.lemma_.lower() in lines for t in doc[at + 1 : at + 5]) and reading.frame.cls in ("go", "come")


def _is_means(reading: Reading) -> bool:
    """Whether the verb only says what a weapon is for: "warheads and the missiles to deliver them"."""
    token, words = reading.token, reading.scene.words
    if reading.frame.pos != "verb" or "Inf" not in token.morph.get("VerbForm", []) or any(f == "iobj" or f == "prep:to" for f, _ in reading.observed.values()):
        return False
    carried = any(c.dep_ == "obj" and c.pos_ == "PRON" and plain(c) in words.item_pronouns for c in token.children)
    return carried and _means_before(reading)


def _means_before(reading: Reading) -> bool:
    """Whether a weapon, or a noun of means, stands right before the infinitive, past "to", "de" and "able"."""
    scene, words = reading.scene, reading.scene.words
    for at in range(reading.token.i - 1, max(reading.token.i - 6, -1), -1):
        token = scene.doc[at]
        if token.pos_ in ("NOUN", "PROPN"):
            mention = scene.by_token.get(at)
            return _among(token, words.means) or (mention is not None and mention.type == "WEAPON") or reading.names(at, "WEAPON")
        if token.pos_ not in ("PART", "ADP", "PRON", "ADJ", "SCONJ"):
            return False
    return False


def _among(token: Token, words: frozenset[str]) -> bool:
    return token.lemma_.lower() in words
