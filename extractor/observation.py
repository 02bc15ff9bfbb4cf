"""The functions of the noun phrases around a trigger.

`observe` names functions as ``links.yaml`` does, voice undone, each with the kind of path it was
read off: direct, nested (an attachment too low), acl, relative, control, objcontrol, shared,
light, outer. The labels are those of Universal Dependencies, French or English.
"""

from __future__ import annotations

from spacy.tokens import Token

from extractor.control import MAX_LEVELS, clause_subjects, displaced_subject, is_dative_passive, main_subject, subjects
from extractor.relatives import displaced_antecedents, owner_before, relative_function, resumed
from extractor.syntax import PASSIVE_SUBJECT, SUBJECT, Grammar, case_of, is_passive, present_form

Observation = tuple[str, str]
Observed = dict[int, Observation]

_OBLIQUE = frozenset({"obl", "obl:mod", "obl:arg", "obl:agent", "nmod", "obl:npmod", "dep", "nmod:npmod", "obl:tmod", "nmod:tmod", "obl:unmarked"})
_ADDRESSED = frozenset({"iobj", "prep:to", "prep:for", "prep:towards", "prep:benefit"})
_HYPHENS = frozenset({"-", "‑", "‐"})


def observe(trigger: Token, pos: str, grammar: Grammar) -> Observed:
    """Functions of the noun phrases around ``trigger``: token index of the head → (function, kind)."""
    seen: Observed = {}
    if pos == "verb":
        _observe_verb(trigger, grammar, seen)
    else:
        _observe_noun(trigger, grammar, seen)
    _spread_over_coordination(trigger, seen)
    return seen


def _put(seen: Observed, token: Token, function: str, kind: str) -> None:
    seen.setdefault(token.i, (function, kind))


def _observe_verb(verb: Token, grammar: Grammar, seen: Observed) -> None:
    passive = is_passive(verb, grammar)
    bestowed = is_dative_passive(verb, grammar)
    dative = passive and any(c.dep_ == "obj" and c.i > verb.i for c in verb.children)  # "Zambia was sold the spyware"
    inverted = verb.dep_ == "acl:relcl" and not passive and relative_function(verb, passive, grammar) == "obj"
    for child in verb.children:
        if inverted and child.dep_ == "obj" and child.i > verb.i and not any(c.dep_ in SUBJECT for c in verb.children):
            _put(seen, child, "subj", "direct")  # "les avions que proposait la Chine"
        elif child.dep_ in SUBJECT:
            _put(seen, child, "iobj" if dative or bestowed else "obj" if passive else "subj", "direct")
        elif child.dep_ in PASSIVE_SUBJECT or child.dep_ == "obj":
            _put(seen, child, "iobj" if dative and child.dep_ != "obj" else "obj", "direct")
        elif child.dep_ == "iobj":
            _put(seen, child, "iobj", "direct")
        elif child.dep_ in _OBLIQUE or child.dep_ == "obl:agent":
            if _behind_particle(verb, child, grammar):
                _put(seen, child, "obj", "direct")
                continue
            function = case_of(child, grammar)
            absolute = function == "prep:with" and child.i < verb.i and "Part" in verb.morph.get("VerbForm", []) and present_form(verb)
            _put(seen, child, "subj" if function == "prep:by" or child.dep_ == "obl:agent" or absolute else function, "direct")
    _observe_prefixed(verb, seen)
    subject = displaced_subject(verb, grammar)
    if subject is not None:
        seen[subject.i] = ("iobj" if dative or bestowed else "obj" if passive else "subj", "direct")
    for token, function in resumed(verb, grammar):
        seen[token.i] = (function, "nested")
    for noun, function in displaced_antecedents(verb, grammar):
        seen[noun.i] = (function, "relative")
    _observe_host(verb, passive, grammar, seen)
    _observe_orderers(verb, grammar, seen)
    _observe_governors(verb, "iobj" if bestowed or dative else "obj" if passive else "subj", grammar, seen)
    _observe_nested(verb, grammar, seen)


def _observe_prefixed(verb: Token, seen: Observed) -> None:
    """Who acts, tied to a participle by a hyphen: "Emirati-supplied howitzers"."""
    if verb.i > 1 and "Part" in verb.morph.get("VerbForm", []) and verb.doc[verb.i - 1].text in _HYPHENS:
        agent = verb.doc[verb.i - 2]
        if not agent.whitespace_ and not verb.doc[verb.i - 1].whitespace_:
            seen[agent.i] = ("subj", "direct")


def _observe_orderers(verb: Token, grammar: Grammar, seen: Observed) -> None:
    """Who has ordered what the verb passes to nobody that it names: "shipped the second of four radars that Manila bought"."""
    if is_passive(verb, grammar) or any(function in _ADDRESSED for function, _ in seen.values()):
        return
    things = [verb.doc[i] for i, (function, _) in seen.items() if function == "obj" and i > verb.i]
    things += [c for noun in things for c in noun.rights if c.dep_ == "nmod"]
    for clause in (c for noun in things for c in noun.rights if c.dep_ == "acl:relcl" and c.lemma_ in grammar.orders):
        for buyer in (c for c in clause.lefts if c.dep_ in SUBJECT and c.pos_ in ("PROPN", "NOUN")):
            _put(seen, buyer, "prep:for", "nested")


def _behind_particle(verb: Token, child: Token, grammar: Grammar) -> bool:
    """Whether the parser took a verb's particle for a preposition: "hand over helicopters"."""
    known = grammar.particles
    return any(c.i == verb.i + 1 and c.dep_ == "case" and (c.lower_ in known or f"{verb.lemma_} {c.lower_}" in known) for c in child.children) \
        and not any(c.dep_ == "obj" for c in verb.children)


def _observe_host(verb: Token, passive: bool, grammar: Grammar, seen: Observed) -> None:
    """The noun that a participle or a relative clause modifies."""
    host = verb.head
    if verb.dep_ == "acl:relcl":
        _put(seen, host, relative_function(verb, passive, grammar), "relative")
    elif verb.dep_ in ("acl", "amod", "advcl", "appos") and "Part" in verb.morph.get("VerbForm", []) and host.pos_ not in ("VERB", "AUX"):
        above = main_subject(verb) if present_form(verb) else []
        for token, kind in above:
            _put(seen, token, "subj", kind)
        if not above:
            _put(seen, host, "subj" if present_form(verb) else "obj", "acl")
        for child in host.children:
            if child.i > verb.i and child.dep_ in _OBLIQUE:
                function = case_of(child, grammar)
                _put(seen, child, "subj" if function == "prep:by" else function, "nested")


def _observe_governors(verb: Token, wanted: str, grammar: Grammar, seen: Observed) -> None:
    """Subjects inherited from the verbs and nouns above, as ``wanted``, and what coordinated verbs share."""
    if not any(function == wanted and kind != "acl" for function, kind in seen.values()):
        for token, kind in subjects(verb, grammar):
            _put(seen, token, wanted, kind)
    governor = verb.head
    if verb.dep_ == "conj" and governor.pos_ in ("VERB", "AUX"):
        for child in governor.children:
            if child.dep_ == "obj" and not any(f == "obj" for f, _ in seen.values()):
                _put(seen, child, "obj", "shared")
            elif child.dep_ == "iobj" or child.dep_ in _OBLIQUE:
                _put(seen, child, "iobj" if child.dep_ == "iobj" else case_of(child, grammar), "shared")
    for sister in verb.children:
        if sister.dep_ == "conj" and sister.pos_ == "VERB":
            for child in sister.children:
                if child.dep_ == "obj" and not any(f == "obj" for f, _ in seen.values()):
                    _put(seen, child, "obj", "shared")
                elif child.dep_ in _OBLIQUE:
                    _put(seen, child, case_of(child, grammar), "shared")


def _observe_nested(trigger: Token, grammar: Grammar, seen: Observed) -> None:
    """Complements that the parser hung on another complement of the trigger."""
    for level in range(2):
        for index in [i for i in seen if trigger.doc[i].i != trigger.head.i or level == 0]:
            head = trigger.doc[index]
            if seen[index][1] in ("control", "objcontrol", "shared"):
                continue
            for child in head.children:
                if child.i == trigger.i:
                    continue
                if child.dep_ in _OBLIQUE or child.dep_ == "obl:agent":
                    function = case_of(child, grammar)
                    _put(seen, child, "subj" if function == "prep:by" else function, "nested")
                elif child.dep_ in ("amod", "appos", "nmod:poss", "compound", "nummod", "flat:name", "flat", "dep"):
                    _put(seen, child, "adj_item", "nested")


def _observe_noun(noun: Token, grammar: Grammar, seen: Observed) -> None:
    owner = owner_before(noun, grammar)
    if owner is not None:
        _put(seen, owner, "poss", "relative")
    for child in noun.children:
        if child.dep_ in _OBLIQUE or child.dep_ == "obl:agent":
            _put(seen, child, case_of(child, grammar), "direct")
        elif child.dep_ == "nmod:poss" or (child.dep_ == "det" and "Yes" in child.morph.get("Poss", [])):
            _put(seen, child, "poss", "direct")
        elif child.dep_ in ("amod", "compound", "appos", "flat:name", "flat", "dep"):
            _put(seen, child, "adj", "direct")
        elif child.dep_ in SUBJECT:
            _put(seen, child, "bearer", "direct")
        elif child.dep_ in ("acl", "acl:relcl"):
            for inner in child.children:
                if inner.dep_ in _OBLIQUE or inner.dep_ == "obl:agent":
                    _put(seen, inner, case_of(inner, grammar), "nested")
    head = noun.head
    if noun.dep_ == "appos":
        _put(seen, head, "bearer", "direct")
    elif noun.dep_ in ("nmod", "obl:mod", "obl:arg", "obl", "compound") and head.pos_ in ("NOUN", "PROPN"):
        for child in head.children:
            if child.i != noun.i and child.dep_ in ("nmod", "amod", "nmod:poss", "det", "compound"):
                function = case_of(child, grammar) if child.dep_ == "nmod" else "adj"
                _put(seen, child, function, "outer")
    _observe_light(noun, grammar, seen)
    _observe_nested(noun, grammar, seen)


def _observe_light(noun: Token, grammar: Grammar, seen: Observed) -> None:
    """The clause in which the noun stands: its subject may be who acts ("a signé une commande")."""
    verb = noun
    for _ in range(MAX_LEVELS):
        if verb.head.i == verb.i:
            return
        verb = verb.head
        if verb.pos_ in ("VERB", "AUX"):
            break
    else:
        return
    kind = "light" if verb.lemma_ in grammar.light_verbs else "outer"
    passive = is_passive(verb, grammar)
    for child in verb.children:
        if child.i == noun.i:
            continue
        if child.dep_ == "obl:agent" or (passive and child.dep_ in _OBLIQUE and case_of(child, grammar) == "prep:by"):
            _put(seen, child, "light", kind)
        elif child.dep_ in _OBLIQUE or child.dep_ == "iobj":
            _put(seen, child, case_of(child, grammar) if child.dep_ != "iobj" else "prep:to", kind)
    for sister in verb.children:
        if noun.dep_ in SUBJECT and sister.dep_ == "conj" and not any(c.dep_ in SUBJECT or c.dep_ in PASSIVE_SUBJECT for c in sister.children):
            for child in sister.children:  # "sales shrank and are now confined to India"
                if child.dep_ in _OBLIQUE and child.i > sister.i:
                    _put(seen, child, case_of(child, grammar), "outer")
    if not passive and owner_before(noun, grammar) is None:
        for token, _ in clause_subjects(noun, grammar, kind):
            if not noun.is_ancestor(token):
                _put(seen, token, "light", kind)


def _spread_over_coordination(trigger: Token, seen: Observed) -> None:
    for index in sorted(seen):
        for child in trigger.doc[index].children:
            joined = child.dep_ == "conj" or (child.dep_ == "appos" and seen[index][0] not in ("adj", "adj_item"))
            if joined and child.i != trigger.i and seen.get(child.i, ("adj_item", ""))[0] == "adj_item":
                seen[child.i] = seen[index]
