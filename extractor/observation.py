"""The functions of the noun phrases around a trigger.

`observe` names functions as ``links.yaml`` does, voice undone, each with the kind of path it was
read off: direct, nested (an attachment too low), acl, relative, control, objcontrol, shared,
light, outer. The labels are those of Universal Dependencies, French or English.
"""

from __future__ import annotations

from spacy.tokens import Token

from extractor.syntax import Grammar, is_passive, is_reflexive, plain, preposition, present_form

Observation = tuple[str, str]
Observed = dict[int, Observation]

_SUBJECT = frozenset({"nsubj", "csubj", "nsubj:outer"})
_PASSIVE_SUBJECT = frozenset({"nsubj:pass", "csubj:pass"})
_OBLIQUE = frozenset({"obl", "obl:mod", "obl:arg", "obl:agent", "nmod", "obl:npmod", "dep", "nmod:npmod", "obl:tmod", "nmod:tmod", "obl:unmarked"})
_CONTROL = frozenset({"xcomp", "ccomp", "advcl", "acl", "obl:arg", "obl:mod", "obl", "nmod", "conj", "parataxis", "acl:relcl", "dep", "amod"})
_TITLED = frozenset({"appos", "flat", "flat:name", "nmod", "compound", "amod"})
_MAX_LEVELS = 3
_BARS = frozenset({",", ";", ":", "(", ")", "«", "»", '"'})
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


def _case(token: Token, grammar: Grammar) -> str:
    key = preposition(token.doc, token.i, grammar)
    return f"prep:{key}" if key else "bare"


def _observe_verb(verb: Token, grammar: Grammar, seen: Observed) -> None:
    passive = is_passive(verb, grammar)
    bestowed = _is_dative_passive(verb, grammar)
    dative = passive and any(c.dep_ == "obj" and c.i > verb.i for c in verb.children)  # "Zambia was sold the spyware"
    inverted = verb.dep_ == "acl:relcl" and not passive and _relative_function(verb, passive, grammar) == "obj"
    for child in verb.children:
        if inverted and child.dep_ == "obj" and child.i > verb.i and not any(c.dep_ in _SUBJECT for c in verb.children):
            _put(seen, child, "subj", "direct")  # "les avions que proposait la Chine"
        elif child.dep_ in _SUBJECT:
            _put(seen, child, "iobj" if dative or bestowed else "obj" if passive else "subj", "direct")
        elif child.dep_ in _PASSIVE_SUBJECT or child.dep_ == "obj":
            _put(seen, child, "iobj" if dative and child.dep_ != "obj" else "obj", "direct")
        elif child.dep_ == "iobj":
            _put(seen, child, "iobj", "direct")
        elif child.dep_ in _OBLIQUE or child.dep_ == "obl:agent":
            if _behind_particle(verb, child, grammar):
                _put(seen, child, "obj", "direct")
                continue
            function = _case(child, grammar)
            absolute = function == "prep:with" and child.i < verb.i and "Part" in verb.morph.get("VerbForm", []) and present_form(verb)
            _put(seen, child, "subj" if function == "prep:by" or child.dep_ == "obl:agent" or absolute else function, "direct")
    _observe_prefixed(verb, seen)
    _observe_relative(verb, grammar, seen)
    _observe_host(verb, passive, grammar, seen)
    _observe_governors(verb, passive, grammar, seen)
    _observe_nested(verb, grammar, seen)


def _observe_relative(verb: Token, grammar: Grammar, seen: Observed) -> None:
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
        if noun.head.i == verb.i and noun.dep_ in _SUBJECT:
            seen[noun.i] = (_relative_case(child, grammar), "relative")


def _relative_case(pronoun: Token, grammar: Grammar) -> str:
    return "prep:to" if plain(pronoun) in grammar.dative_relatives else _case(pronoun, grammar)


def _observe_prefixed(verb: Token, seen: Observed) -> None:
    """Who acts, tied to a participle by a hyphen: "Emirati-supplied howitzers"."""
    if verb.i > 1 and "Part" in verb.morph.get("VerbForm", []) and verb.doc[verb.i - 1].text in _HYPHENS:
        agent = verb.doc[verb.i - 2]
        if not agent.whitespace_ and not verb.doc[verb.i - 1].whitespace_:
            seen[agent.i] = ("subj", "direct")


def _behind_particle(verb: Token, child: Token, grammar: Grammar) -> bool:
    """Whether the parser took a verb's particle for a preposition: "hand over helicopters"."""
    return any(c.i == verb.i + 1 and c.dep_ == "case" and c.lower_ in grammar.particles for c in child.children) \
        and not any(c.dep_ == "obj" for c in verb.children)


def _observe_host(verb: Token, passive: bool, grammar: Grammar, seen: Observed) -> None:
    """The noun that a participle or a relative clause modifies."""
    host = verb.head
    if verb.dep_ == "acl:relcl":
        _put(seen, host, _relative_function(verb, passive, grammar), "relative")
    elif verb.dep_ in ("acl", "amod", "advcl", "appos") and "Part" in verb.morph.get("VerbForm", []) and host.pos_ not in ("VERB", "AUX"):
        above = _main_subject(verb, grammar) if present_form(verb) else []
        for token, kind in above:
            _put(seen, token, "subj", kind)
        if not above:
            _put(seen, host, "subj" if present_form(verb) else "obj", "acl")
        for child in host.children:
            if child.i > verb.i and child.dep_ in _OBLIQUE:
                function = _case(child, grammar)
                _put(seen, child, "subj" if function == "prep:by" else function, "nested")


def _main_subject(verb: Token, grammar: Grammar) -> list[tuple[Token, str]]:
    """Who acts in a present participle behind a comma: not the noun before it but the subject of its clause ("vus sur une base coréenne, fournissant leur aide")."""
    host, before = verb.head, verb.doc[verb.i - 1] if verb.i else None
    if before is None or before.text != "," or host.dep_.startswith(("nsubj", "ROOT")):
        return []
    node = host
    for _ in range(_MAX_LEVELS):
        if node.pos_ in ("VERB", "AUX") or node.head.i == node.i:
            break
        node = node.head
    if node.pos_ not in ("VERB", "AUX") or node.i > verb.i:
        return []
    return [(c, "control") for c in node.children if (c.dep_ in _SUBJECT or c.dep_ in _PASSIVE_SUBJECT) and c.pos_ != "PRON"]


def _relative_function(verb: Token, passive: bool, grammar: Grammar) -> str:
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
    return "obj" if any(c.dep_ in _SUBJECT for c in verb.children) else ("obj" if passive else "subj")


def _observe_governors(verb: Token, passive: bool, grammar: Grammar, seen: Observed) -> None:
    """Subjects inherited from the verbs and nouns above, and what coordinated verbs share."""
    wanted = "obj" if passive else "subj"
    if _is_dative_passive(verb, grammar):
        for token, kind in subjects(verb, grammar):
            _put(seen, token, "iobj", kind)
    elif not any(function == wanted and kind != "acl" for function, kind in seen.values()):
        for token, kind in subjects(verb, grammar):
            _put(seen, token, wanted, kind)
    governor = verb.head
    if verb.dep_ == "conj" and governor.pos_ in ("VERB", "AUX"):
        for child in governor.children:
            if child.dep_ == "obj" and not any(f == "obj" for f, _ in seen.values()):
                _put(seen, child, "obj", "shared")
            elif child.dep_ == "iobj" or child.dep_ in _OBLIQUE:
                _put(seen, child, "iobj" if child.dep_ == "iobj" else _case(child, grammar), "shared")
    for sister in verb.children:
        if sister.dep_ == "conj" and sister.pos_ == "VERB":
            for child in sister.children:
                if child.dep_ == "obj" and not any(f == "obj" for f, _ in seen.values()):
                    _put(seen, child, "obj", "shared")
                elif child.dep_ in _OBLIQUE:
                    _put(seen, child, _case(child, grammar), "shared")


def _is_dative_passive(verb: Token, grammar: Grammar) -> bool:
    """Whether the subject of the verb above is to whom it is done: "s'est vu livrer des radars", "se fait remettre les clés"."""
    if "Inf" not in verb.morph.get("VerbForm", []):
        return False
    if any(c.lemma_ in grammar.dative_passives and c.i < verb.i for c in verb.children):  # some parsers hang "vu" on the infinitive
        return is_reflexive(verb, grammar)
    above = verb.head
    return verb.dep_ in ("xcomp", "ccomp") and above.lemma_ in grammar.dative_passives and is_reflexive(above, grammar)


def subjects(node: Token, grammar: Grammar, depth: int = 0) -> list[tuple[Token, str]]:
    """Who is the subject of a verb that has none of its own, with the kind of path: control, objcontrol, shared.

    Climbs from infinitives, participles, relative clauses and coordinated verbs to the verb, noun or
    adjective above ("accuse X de livrer", "s'est dit prêt à livrer", "le refus américain de livrer").
    """
    governor = node.head
    if governor.i == node.i or node.dep_ not in _CONTROL or depth >= _MAX_LEVELS:
        return []
    shared = node.dep_ == "conj"
    kind = "shared" if shared else "control"
    if node.dep_ == "acl:relcl" and depth:
        return [(governor, kind)] if _relative_function(node, is_passive(node, grammar), grammar) == "subj" else subjects(governor, grammar, depth + 1)
    if governor.lemma_ in grammar.object_control and not shared:
        found = [(c, "objcontrol") for c in governor.children
                 if c.i != node.i and (c.dep_ in ("obj", "iobj", "obl:arg") or c.dep_ in _PASSIVE_SUBJECT or _called_on(governor, c, node))]
        found = found or _controlled(governor, node)
        if found:
            return found
    found = [(c, kind) for c in governor.children if c.dep_ in _SUBJECT or c.dep_ in _PASSIVE_SUBJECT]
    if found:
        relative = governor.dep_ == "acl:relcl" and plain(found[0][0]) in grammar.subject_relatives
        return [(governor.head, kind)] if relative else found
    if governor.pos_ == "NOUN":
        found = [(c, kind) for c in governor.children if c.i != node.i and (c.dep_ in ("amod", "nmod:poss", "nmod") or (c.dep_ == "det" and "Yes" in c.morph.get("Poss", [])))]
        if found:
            return found
        return subjects(governor, grammar, depth + 1) or _clause_subjects(governor, grammar, kind)
    if governor.dep_ == "acl:relcl" and _relative_function(governor, is_passive(governor, grammar), grammar) == "subj":
        return [(governor.head, kind)]
    if governor.dep_ in ("acl", "amod") and governor.head.pos_ in ("NOUN", "PROPN"):
        return [(governor.head, kind)]
    return subjects(governor, grammar, depth + 1)


def _called_on(governor: Token, child: Token, node: Token) -> bool:
    """Whether ``child`` is called on to do what ``node`` says: "called on China not to export"."""
    return governor.i < child.i < node.i and child.dep_ == "obl" and any(c.lower_ in ("on", "upon") and c.i == governor.i + 1 for c in child.children)


def _controlled(governor: Token, node: Token) -> list[tuple[Token, str]]:
    """The name between a verb of accusing or asking and what is told of it, where the parser hung it elsewhere: "accuse depuis des mois Kigali de livrer"."""
    between = [t for t in node.doc[governor.i + 1 : node.i] if t.pos_ == "PROPN" and t.dep_ not in ("flat:name", "flat", "appos")]
    if not between or any(t.pos_ in ("VERB", "AUX") or t.text in _BARS for t in node.doc[governor.i + 1 : node.i]):
        return []
    name = between[-1]
    return [] if any(c.dep_ == "case" for c in name.children) else [(name, "objcontrol")]


def _clause_subjects(noun: Token, grammar: Grammar, kind: str) -> list[tuple[Token, str]]:
    """Subjects of the verb that governs ``noun``, whatever lies between."""
    verb = noun
    for _ in range(_MAX_LEVELS):
        if verb.head.i == verb.i:
            return []
        verb = verb.head
        if verb.pos_ in ("VERB", "AUX"):
            own = [(c, kind) for c in verb.children if c.dep_ in _SUBJECT and c.i != noun.i]
            if not own and verb.dep_ == "acl:relcl" and _relative_function(verb, is_passive(verb, grammar), grammar) == "subj":
                own = [(verb.head, kind)]
            return own or subjects(verb, grammar, 1)
    return []


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
                    function = _case(child, grammar)
                    _put(seen, child, "subj" if function == "prep:by" else function, "nested")
                elif child.dep_ in ("amod", "appos", "nmod:poss", "compound", "nummod", "flat:name", "flat", "dep"):
                    _put(seen, child, "adj_item", "nested")


def _observe_noun(noun: Token, grammar: Grammar, seen: Observed) -> None:
    for child in noun.children:
        if child.dep_ in _OBLIQUE or child.dep_ == "obl:agent":
            _put(seen, child, _case(child, grammar), "direct")
        elif child.dep_ == "nmod:poss" or (child.dep_ == "det" and "Yes" in child.morph.get("Poss", [])):
            _put(seen, child, "poss", "direct")
        elif child.dep_ in ("amod", "compound", "appos", "flat:name", "flat", "dep"):
            _put(seen, child, "adj", "direct")
        elif child.dep_ in _SUBJECT:
            _put(seen, child, "bearer", "direct")
        elif child.dep_ in ("acl", "acl:relcl"):
            for inner in child.children:
                if inner.dep_ in _OBLIQUE or inner.dep_ == "obl:agent":
                    _put(seen, inner, _case(inner, grammar), "nested")
    head = noun.head
    if noun.dep_ == "appos":
        _put(seen, head, "bearer", "direct")
    elif noun.dep_ in ("nmod", "obl:mod", "obl:arg", "obl", "compound") and head.pos_ in ("NOUN", "PROPN"):
        for child in head.children:
            if child.i != noun.i and child.dep_ in ("nmod", "amod", "nmod:poss", "det", "compound"):
                function = _case(child, grammar) if child.dep_ == "nmod" else "adj"
                _put(seen, child, function, "outer")
    _observe_light(noun, grammar, seen)
    _observe_nested(noun, grammar, seen)


def _observe_light(noun: Token, grammar: Grammar, seen: Observed) -> None:
    """The clause in which the noun stands: its subject may be who acts ("a signé une commande")."""
    verb = noun
    for _ in range(_MAX_LEVELS):
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
        if child.dep_ == "obl:agent" or (passive and child.dep_ in _OBLIQUE and _case(child, grammar) == "prep:by"):
            _put(seen, child, "light", kind)
        elif child.dep_ in _OBLIQUE or child.dep_ == "iobj":
            _put(seen, child, _case(child, grammar) if child.dep_ != "iobj" else "prep:to", kind)
    if not passive:
        for token, _ in _clause_subjects(noun, grammar, kind):
            if not noun.is_ancestor(token):
                _put(seen, token, "light", kind)


def _spread_over_coordination(trigger: Token, seen: Observed) -> None:
    for index in sorted(seen):
        for child in trigger.doc[index].children:
            joined = child.dep_ == "conj" or (child.dep_ == "appos" and seen[index][0] not in ("adj", "adj_item"))
            if joined and child.i != trigger.i and seen.get(child.i, ("adj_item", ""))[0] == "adj_item":
                seen[child.i] = seen[index]
