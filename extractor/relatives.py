"""Relative clauses: what the noun before them is to their verb."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extractor.syntax import SUBJECT, Grammar, case_of, plain

_TITLED = frozenset({"appos", "flat", "flat:name", "nmod", "compound", "amod"})


def relative_function(verb: Token, passive: bool, grammar: Grammar) -> str:
    """The function, beside the verb of a relative clause, of the noun that the clause modifies, voice undone."""
    for token in sorted((t for t in verb.subtree if t.i < verb.i), key=lambda t: t.i):
        word = plain(token)
        if word in grammar.subject_relatives and token.head.i == verb.i:
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


def _relative_case(pronoun: Token, grammar: Grammar) -> str:
    return "prep:to" if plain(pronoun) in grammar.dative_relatives else case_of(pronoun, grammar)
