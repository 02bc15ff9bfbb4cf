"""Relative clauses: what the noun before them is to their verb."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extractor.syntax import SUBJECT, Grammar, case_of, plain

_TITLED = frozenset({"appos", "flat", "flat:name", "nmod", "compound", "amod"})
_REACH = 14  # tokens of a relative clause between commas


def relative_function(verb: Token, passive: bool, grammar: Grammar) -> str:
    """The function, beside the verb of a relative clause, of the noun that the clause modifies, voice undone."""
    for token in sorted((t for t in verb.subtree if t.i < verb.i), key=lambda t: t.i):
        word = plain(token)
        if word in grammar.subject_relatives and token.head.i == verb.i:
            if token.dep_ == "obl" and any(c.dep_ == "case" for c in token.children):
                return _relative_case(token, grammar)
            if token.dep_ in ("obj", "obl", "iobj"):
                return "obj"
            return "obj" if passive else "subj"
        if word in grammar.object_relatives:
            return "obj"
        if word in grammar.genitive_relatives:
            return "prep:of"
        if word in grammar.dative_relatives or (token.pos_ == "PRON" and "Rel" in token.morph.get("PronType", [])):
            return _relative_case(token, grammar)
    return "obj" if any(c.dep_ in SUBJECT for c in verb.children) else ("obj" if passive else "subj")


def displaced_antecedents(verb: Token, grammar: Grammar) -> Iterator[tuple[Token, str]]:
    """The noun before a relative pronoun with a preposition, where the parser took it for the verb's subject: "Mansour, to whom Qatar had shipped rockets"."""
    for child in verb.children:
        if child.i > verb.i or child.lower_ not in grammar.oblique_relatives | grammar.dative_relatives:
            continue
        case = child.i if child.lower_ in grammar.dative_relatives else min((c.i for c in child.children if c.dep_ == "case"), default=-1)
        at = case - 1
        if at > 0 and verb.doc[at].text == ",":
            at -= 1
        if case < 1 or at < verb.sent.start or verb.doc[at].pos_ not in ("NOUN", "PROPN"):
            continue
        noun = verb.doc[at]
        while noun.dep_ in _TITLED and noun.head.i < noun.i:
            noun = noun.head
        if noun.head.i == verb.i and noun.dep_ in SUBJECT:
            yield noun, _relative_case(child, grammar)


def resumed(verb: Token, grammar: Grammar) -> Iterator[tuple[Token, str]]:
    """What stands behind a relative clause between commas and yet hangs on its verb: "will ship missiles, which MHI makes, to Japan"."""
    doc, end = verb.doc, verb.sent.end
    for noun in verb.rights:
        at = noun.i + 1
        if noun.dep_ not in ("obj", "nsubj:pass") or at + 2 >= end or doc[at].text != "," or not is_relative(doc[at + 1], grammar):
            continue
        comma = next((t.i for t in doc[at + 2 : min(at + _REACH, end - 1)] if t.text == ","), -1)
        if comma > 0 and doc[comma + 1].pos_ == "ADP":
            head = doc[comma + 1].head
            if head.i > comma and head.pos_ in ("NOUN", "PROPN"):
                yield head, case_of(head, grammar)


def owner_before(noun: Token, grammar: Grammar) -> Token | None:
    """Whose ``noun`` is by a relative pronoun before it: "Russia, whose foreign sales", "la Russie, dont les ventes"."""
    doc, at = noun.doc, noun.i - 1
    while at > noun.sent.start and doc[at].pos_ in ("ADJ", "DET", "ADV", "NUM"):
        at -= 1
    if plain(doc[at]) not in grammar.genitive_relatives or at - 1 <= noun.sent.start:
        return None
    before = doc[at - 2] if doc[at - 1].text == "," else doc[at - 1]
    while before.dep_ in _TITLED and before.head.i < before.i:
        before = before.head
    return before if before.pos_ in ("NOUN", "PROPN") else None


def is_relative(token: Token, grammar: Grammar) -> bool:
    """Whether a word behind a comma opens a relative clause."""
    return plain(token) in grammar.subject_relatives | grammar.object_relatives | grammar.oblique_relatives | grammar.genitive_relatives


def _relative_case(pronoun: Token, grammar: Grammar) -> str:
    return "prep:to" if plain(pronoun) in grammar.dative_relatives else case_of(pronoun, grammar)
