"""Closed-class words, prepositions and the voice of verbs, as the tree and the word order tell them.

The labels are those of Universal Dependencies, French or English.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

_SKIPPED = frozenset({"DET", "NUM", "ADJ", "ADV", "PUNCT"})
_MODIFIERS = frozenset({"compound", "amod", "nmod:poss", "nummod", "flat", "flat:name"})  # what stands before its noun, a noun itself perhaps
SUBJECT = frozenset({"nsubj", "csubj", "nsubj:outer"})
PASSIVE_SUBJECT = frozenset({"nsubj:pass", "csubj:pass"})
_BREAKS = frozenset({",", ";", ":", ".", "–", "—"})


@dataclass(frozen=True)
class Grammar:
    """The closed-class words of one language that `observe` asks for; ``last_words`` are those that end a preposition, ``articles`` those that may also be none ("des")."""

    prepositions: dict[tuple[str, ...], str]
    last_words: frozenset[str]
    articles: frozenset[str]
    particles: frozenset[str]
    approximators: frozenset[tuple[str, ...]]
    object_control: frozenset[str]
    accusing: frozenset[str]
    accused_relatives: frozenset[str]
    adjunct_marks: frozenset[str]
    purpose_marks: frozenset[str]
    light_verbs: frozenset[str]
    reflexives: frozenset[str]
    causatives: frozenset[str]
    dative_passives: frozenset[str]
    subject_relatives: frozenset[str]
    object_relatives: frozenset[str]
    genitive_relatives: frozenset[str]
    oblique_relatives: frozenset[str]
    dative_relatives: frozenset[str]
    be: frozenset[str]
    orders: frozenset[str]
    gerund_hosts: frozenset[str]


def plain(token: Token) -> str:
    """The word in lower case with a plain apostrophe."""
    return token.lower_.replace("’", "'")


_read: tuple[Doc | None, dict[tuple[int, int], str | None]] = (None, {})  # the Doc read last, and what was found in it


def preposition(doc: Doc, head: int, grammar: Grammar, floor: int = 0) -> str | None:
    """The key of the preposition before the noun phrase of token ``head``, None where there is none.

    Found by word order, since an attachment error leaves it where it is. Asked many times of the
    same noun phrases, it remembers its answers for the Doc at hand.
    """
    global _read
    if _read[0] is not doc:
        _read = (doc, {})
    known = _read[1]
    if (head, floor) not in known:
        known[head, floor] = _find_preposition(doc, head, grammar, floor)
    return known[head, floor]


def _find_preposition(doc: Doc, head: int, grammar: Grammar, floor: int) -> str | None:
    for at in range(head - 1, max(floor, head - 7) - 1, -1):
        token = doc[at]
        if plain(token) in grammar.last_words and not _approximates(doc, at, floor, grammar):
            words = [plain(t) for t in doc[max(floor, at - 4) : at + 1]]
            for start in range(len(words)):
                key = grammar.prepositions.get(tuple(words[start:]))
                if key and start == len(words) - 1 > 0 and words[-1] in grammar.articles and words[-2] in grammar.last_words:
                    key = grammar.prepositions.get((words[-2],)) or key  # "à des milices"
                if key:
                    return key
        inside = (token.dep_ in _MODIFIERS and at < token.head.i <= head) or _is_genitive(token, head)
        if token.text in _BREAKS or not (inside or token.pos_ in _SKIPPED):
            return None
    return None


def _approximates(doc: Doc, at: int, floor: int, grammar: Grammar) -> bool:
    """Whether the preposition that ends at token ``at`` only tells how exact the number behind it is: "up to 30 tanks", "près de 200 obus", "de 10 à 20 chars"."""
    if at + 1 >= len(doc) or not _counts(doc[at + 1]):
        return False
    words = tuple(plain(t) for t in doc[max(floor, at - 3) : at + 1])
    return (at > floor and doc[at - 1].like_num) or any(words[-len(phrase) :] == phrase for phrase in grammar.approximators)


def _counts(token: Token) -> bool:
    return token.like_num or token.pos_ == "NUM"


def _is_genitive(token: Token, head: int) -> bool:
    """Whether ``token`` is the "'s" of a possessor within the noun phrase of ``head``."""
    owner = token.head
    return token.dep_ == "case" and owner.i < token.i and owner.dep_ == "nmod:poss" and token.i < owner.head.i <= head


def is_passive(verb: Token, grammar: Grammar) -> bool:
    """True where the verb's noun is what undergoes: passive auxiliary or subject, or a bare past participle."""
    children = list(verb.children)
    if any(c.dep_ in ("aux:pass", "nsubj:pass", "csubj:pass") for c in children):
        return True
    if "Part" not in verb.morph.get("VerbForm", []) or present_form(verb):
        return False
    auxiliaries = [c for c in children if c.dep_.startswith("aux") or c.dep_ == "cop"]
    if not auxiliaries:
        return not any(c.dep_ == "obj" for c in children)
    return any(c.lemma_ in grammar.be for c in auxiliaries) and not any(c.lower_ in grammar.reflexives for c in children)


def present_form(verb: Token) -> bool:
    """True of a verb in the present, a participle too."""
    return "Pres" in verb.morph.get("Tense", []) or verb.lower_.endswith(("ant", "ing"))


def is_reflexive(verb: Token, grammar: Grammar) -> bool:
    """True where a reflexive pronoun stands with the verb."""
    return any(c.lower_.replace("’", "'") in grammar.reflexives and c.i < verb.i for c in verb.children)


def case_of(token: Token, grammar: Grammar) -> str:
    """The function that the preposition of a noun phrase's head gives it, "bare" where it has none."""
    key = preposition(token.doc, token.i, grammar)
    return f"prep:{key}" if key else "bare"
