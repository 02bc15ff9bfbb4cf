"""Who acts where a verb has no subject of its own: control, raising, participles, coordinated verbs."""

from __future__ import annotations

from spacy.tokens import Token

from extractor.accused import antecedent, by_order, displaced, governor_of, is_adjunct, told_of_object
from extractor.relatives import relative_function
from extractor.syntax import PASSIVE_SUBJECT, SUBJECT, Grammar, case_of, is_passive, is_reflexive, plain, preposition

_CONTROL = frozenset({"xcomp", "ccomp", "advcl", "acl", "obl:arg", "obl:mod", "obl", "nmod", "conj", "parataxis", "acl:relcl", "dep", "amod"})
MAX_LEVELS = 3
_BARS = frozenset({",", ";", ":", "(", ")", "«", "»", '"'})


def subjects(node: Token, grammar: Grammar, depth: int = 0) -> list[tuple[Token, str]]:
    """Who is the subject of a verb that has none of its own, with the kind of path: control, objcontrol, shared.

    Climbs from infinitives, participles, relative clauses and coordinated verbs to the verb, noun or
    adjective above ("accuse X de livrer", "s'est dit prêt à livrer", "le refus américain de livrer").
    """
    governor = governor_of(node, grammar)
    if governor.i == node.i or node.dep_ not in _CONTROL or depth >= MAX_LEVELS:
        return []
    shared = node.dep_ == "conj"
    kind = "shared" if shared else "control"
    if node.dep_ == "acl:relcl" and depth:
        return [(governor, kind)] if relative_function(node, is_passive(node, grammar), grammar) == "subj" else subjects(governor, grammar, depth + 1)
    own = _of_gerund(node, governor, grammar)
    if own is not None:
        return [(own, kind)]
    told = by_order(node, grammar)
    if told:
        return told
    if governor.lemma_.lower() in grammar.object_control and not shared and not is_adjunct(node, grammar):
        found = [(c, "objcontrol") for c in governor.children
                 if c.i != node.i and (c.dep_ in ("obj", "iobj", "obl:arg") or c.dep_ in PASSIVE_SUBJECT or _called_on(governor, c, node, grammar))
                 and case_of(c, grammar) != "prep:by"]
        found = antecedent(governor, found, grammar) or found or _controlled(governor, node) or displaced(governor, node, grammar)
        if found:
            return found
    found = [(c, kind) for c in governor.children if c.dep_ in SUBJECT or c.dep_ in PASSIVE_SUBJECT]
    if found:
        relative = governor.dep_ == "acl:relcl" and plain(found[0][0]) in grammar.subject_relatives
        return [(governor.head, kind)] if relative else found
    if told_of_object(node, grammar):
        return [(governor, "objcontrol")]
    if governor.pos_ == "NOUN":
        found = [(c, kind) for c in governor.children if c.i != node.i and (c.dep_ in ("amod", "nmod:poss", "nmod") or (c.dep_ == "det" and "Yes" in c.morph.get("Poss", [])))]
        if found:
            return found
        return subjects(governor, grammar, depth + 1) or clause_subjects(governor, grammar, kind)
    if governor.dep_ == "acl:relcl" and relative_function(governor, is_passive(governor, grammar), grammar) == "subj":
        return [(governor.head, kind)]
    if governor.dep_ in ("acl", "amod") and governor.head.pos_ in ("NOUN", "PROPN"):
        return [(governor.head, kind)]
    return subjects(governor, grammar, depth + 1)


def _of_gerund(node: Token, governor: Token, grammar: Grammar) -> Token | None:
    """The name right before a gerund and behind the preposition of its host: "object to Britain selling", "reports of Iran shipping"."""
    name = node.doc[node.i - 1] if node.i > 1 else node
    if not node.lower_.endswith("ing") or name.pos_ != "PROPN" or node.doc[name.i - 1].pos_ not in ("ADP", "SCONJ", "PART"):
        return None
    host = node.doc[name.i - 2] if name.i > 1 else governor
    return name if host.lemma_.lower() in grammar.gerund_hosts else None


def is_dative_passive(verb: Token, grammar: Grammar) -> bool:
    """Whether the subject of the verb above is to whom it is done: "s'est vu livrer des radars", "se fait remettre les clés"."""
    if "Inf" not in verb.morph.get("VerbForm", []):
        return False
    if any(c.lemma_ in grammar.dative_passives and c.i < verb.i for c in verb.children):  # some parsers hang "vu" on the infinitive
        return is_reflexive(verb, grammar)
    above = verb.head
    return verb.dep_ in ("xcomp", "ccomp") and above.lemma_ in grammar.dative_passives and is_reflexive(above, grammar)


def main_subject(verb: Token) -> list[tuple[Token, str]]:
    """Who acts in a present participle behind a comma: not the noun before it but the subject of its clause ("vus sur une base coréenne, fournissant leur aide")."""
    host, before = verb.head, verb.doc[verb.i - 1] if verb.i else None
    if before is None or before.text != "," or host.dep_.startswith(("nsubj", "ROOT")):
        return []
    node = host
    for _ in range(MAX_LEVELS):
        if node.pos_ in ("VERB", "AUX") or node.head.i == node.i:
            break
        node = node.head
    if node.pos_ not in ("VERB", "AUX") or node.i > verb.i:
        return []
    return [(c, "control") for c in node.children if (c.dep_ in SUBJECT or c.dep_ in PASSIVE_SUBJECT) and c.pos_ != "PRON"]


def displaced_subject(verb: Token, grammar: Grammar) -> Token | None:
    """The name right before a finite verb without a subject, where it opens a clause: "sold drones to Moscow and Beijing has sold trucks"."""
    helpers = [c for c in verb.lefts if c.dep_.startswith("aux")]
    if not any("Fin" in t.morph.get("VerbForm", []) for t in (verb, *helpers)) or any(c.dep_ in SUBJECT or c.dep_ in PASSIVE_SUBJECT for c in verb.children):
        return None
    doc, at = verb.doc, verb.i - 1
    while at > verb.sent.start and doc[at].pos_ in ("AUX", "ADV", "PRON", "PART") and doc[at].head.i == verb.i:
        at -= 1
    node = doc[at]
    while node.pos_ == "PROPN" and node.dep_ in ("flat:name", "flat", "conj") and node.head.pos_ == "PROPN" and _joins(node):
        if node.dep_ == "conj" and preposition(doc, node.head.i, grammar) is not None:
            break
        node = node.head
    before = doc[node.i - 2 if node.i > 1 and doc[node.i - 1].pos_ == "DET" else max(node.i - 1, 0)]
    opens = before.pos_ in ("CCONJ", "SCONJ") or before.text in _BARS
    free = node.dep_ not in (*SUBJECT, *PASSIVE_SUBJECT) and preposition(doc, node.i, grammar) is None
    return node if node.pos_ == "PROPN" and node.head.i != verb.i and opens and free else None


def _joins(node: Token) -> bool:
    """Whether nothing but a coordinator and articles parts a name from the one before it."""
    return node.head.i < node.i and all(t.pos_ in ("CCONJ", "DET", "PROPN") for t in node.doc[node.head.i + 1 : node.i])


def _called_on(governor: Token, child: Token, node: Token, grammar: Grammar) -> bool:
    """Whether ``child`` is called on, or ordered, to do what ``node`` says: "called on China not to export", "a ordonné à BAE de livrer"."""
    if not governor.i < child.i < node.i:
        return False
    return (child.dep_ == "obl" and case_of(child, grammar) == "prep:on") or (child.dep_ == "obl:mod" and child.pos_ == "PROPN" and case_of(child, grammar) == "prep:to")


def _controlled(governor: Token, node: Token) -> list[tuple[Token, str]]:
    """The name between a verb of accusing or asking and what is told of it, where the parser hung it elsewhere: "accuse depuis des mois Kigali de livrer"."""
    between = [t for t in node.doc[governor.i + 1 : node.i] if t.pos_ == "PROPN" and t.dep_ not in ("flat:name", "flat", "appos")]
    if not between or any(t.pos_ in ("VERB", "AUX") or t.text in _BARS for t in node.doc[governor.i + 1 : node.i]):
        return []
    name = between[-1]
    while name.dep_ == "conj" and name.head.i > governor.i:
        name = name.head
    return [] if any(c.dep_ == "case" for c in name.children) else [(name, "objcontrol")]


def clause_subjects(noun: Token, grammar: Grammar, kind: str) -> list[tuple[Token, str]]:
    """Subjects of the verb that governs ``noun``, whatever lies between."""
    verb = noun
    for _ in range(MAX_LEVELS):
        if verb.head.i == verb.i:
            return []
        verb = verb.head
        if verb.pos_ in ("VERB", "AUX"):
            own = [(c, kind) for c in verb.children if c.dep_ in SUBJECT and c.i != noun.i]
            if not own and verb.dep_ == "acl:relcl" and relative_function(verb, is_passive(verb, grammar), grammar) == "subj":
                own = [(verb.head, kind)]
            return own or subjects(verb, grammar, 1)
    return []
