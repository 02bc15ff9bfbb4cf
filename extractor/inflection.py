"""The inflected forms of French and English words, from their lemma by rule.

Taggers and lemmatisers err on rare forms ("réexportait", "leased"); a trigger is then found by its
form alone. What rules cannot know (irregular verbs, which forms are another word's too) stands in
``lexicon/<lang>/verbs.yaml``.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict

_IMPERFECT = ("ais", "ait", "ions", "iez", "aient")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")
# Passé simple and imperfect subjunctive, by the vowel of the passé simple.
_PAST = {
    "a": ("ai", "as", "a", "âmes", "âtes", "èrent", "asse", "asses", "ât", "assions", "assiez", "assent"),
    "i": ("is", "it", "îmes", "îtes", "irent", "isse", "isses", "ît", "issions", "issiez", "issent"),
    "u": ("us", "ut", "ûmes", "ûtes", "urent", "usse", "usses", "ût", "ussions", "ussiez", "ussent"),
    "in": ("ins", "int", "înmes", "întes", "inrent", "insse", "insses", "înt", "inssions", "inssiez", "inssent"),
}
_DOUBLED = re.compile(r"(qu|[^aeiou])*[aeiou][^aeiouwxy]")


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Model(_Data):
    """The stems of irregular French verbs that end alike; each stands for the end of the infinitive.

    ``singular``: forms of the present; ``past``: first person of the passé simple; ``others``: whole forms.
    """

    singular: list[str]
    weak: str
    strong: str
    future: str
    past: str
    participle: str
    others: list[str] = []


class Homographs(_Data):
    """Forms of triggers that are another word too, by the tag that this word has (``other``: none of the three)."""

    noun: frozenset[str] = frozenset()
    adj: frozenset[str] = frozenset()
    verb: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()


class Rules(_Data):
    """verbs.yaml as written.

    ``models``: French irregular verbs by the end of the infinitive; ``regular``: verbs that only look like them;
    ``irregular``: past and participle of English verbs; ``doubled``: verbs whose last consonant doubles (English
    "equipped", French "rappelle"); ``plurals``: irregular plurals of nouns; ``heralds``: words that make a homograph
    right after them the verb.
    """

    models: dict[str, Model] = {}
    regular: frozenset[str] = frozenset()
    irregular: dict[str, list[str]] = {}
    doubled: frozenset[str] = frozenset()
    plurals: dict[str, str] = {}
    homographs: Homographs = Homographs()
    heralds: frozenset[str] = frozenset()


def inflect(lang: str, pos: Literal["verb", "noun"], lemma: str, rules: Rules) -> tuple[str, ...]:
    """All forms of ``lemma``, itself among them, in lower case and alphabetical order."""
    if pos == "noun":
        forms = {lemma, rules.plurals.get(lemma) or _plural(lang, lemma)}
    elif lang == "fr":
        forms = _french_verb(lemma, rules)
    else:
        forms = _english_verb(lemma, rules)
    return tuple(sorted(forms))


def _plural(lang: str, noun: str) -> str:
    if lang == "en":
        return _add_s(noun)
    if noun.endswith(("s", "x", "z")):
        return noun
    if noun.endswith("al"):
        return noun[:-1] + "ux"
    return noun + ("x" if noun.endswith(("eau", "au", "eu")) else "s")


def _add_s(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _english_verb(lemma: str, rules: Rules) -> set[str]:
    stems = {lemma}
    if lemma.endswith("c"):
        stems = {lemma + "k"}
    elif lemma in rules.doubled or _DOUBLED.fullmatch(lemma):
        # American spelling keeps a single l ("channeled").
        stems = {lemma + lemma[-1]} | ({lemma} if lemma.endswith("l") else set())
    forms = {lemma, _add_s(lemma)}
    for stem in stems:
        if lemma.endswith("ie"):
            forms.add(lemma[:-2] + "ying")
        else:
            forms.add((stem[:-1] if re.search(r"[^eoy]e$", stem) else stem) + "ing")
        if lemma not in rules.irregular:
            forms.add(stem[:-1] + "ied" if re.search(r"[^aeiou]y$", stem) else stem + ("d" if stem.endswith("e") else "ed"))
    return forms | set(rules.irregular.get(lemma, ()))


def _french_verb(lemma: str, rules: Rules) -> set[str]:
    forms = {lemma}
    for model in _french_models(lemma, rules):
        weak, strong = model.weak, model.strong
        forms.update(model.singular, model.others)
        forms.update(_join(weak, end) for end in (*_IMPERFECT, "ons", "ez", "ant"))
        forms.update(_join(strong, end) for end in ("e", "es", "ent"))
        forms.update(model.future + end for end in _FUTURE)
        base, vowel = _past(model.past)
        forms.update(_join(base, end) for end in _PAST[vowel])
        masculine = model.participle
        forms.update((masculine, masculine + "e", masculine + "es", masculine if masculine.endswith("s") else masculine + "s"))
    return forms


def _join(stem: str, end: str) -> str:
    """``stem`` and ``end`` with what keeps a g or c soft before a and o."""
    if end[0] in "aoâ":
        if stem.endswith("g"):
            return stem + "e" + end
        if stem.endswith("c"):
            return stem[:-1] + "ç" + end
    return stem + end


def _past(first: str) -> tuple[str, str]:
    """Stem and vowel of a passé simple given by its first person ("tins", "reçus", "envoyai")."""
    for end, vowel in (("ins", "in"), ("us", "u"), ("is", "i")):
        if first.endswith(end):
            return first[: -len(end)], vowel
    return first.removesuffix("ai"), "a"


def _french_models(lemma: str, rules: Rules) -> list[Model]:
    """The stems of ``lemma``: of its irregular model, else of its regular group; two sets where spelling wavers."""
    ends = [lemma[at:] for at in range(len(lemma)) if lemma[at:] in rules.models]
    if ends and lemma not in rules.regular:
        prefix, model = lemma.removesuffix(ends[0]), rules.models[ends[0]]
        raw = model.model_dump().items()
        return [Model.model_validate({k: [prefix + form for form in v] if isinstance(v, list) else prefix + v for k, v in raw})]
    stem = lemma[:-2]
    if lemma.endswith("ir"):
        return [Model(singular=[stem + "is", stem + "it"], weak=stem + "iss", strong=stem + "iss", future=lemma, past=stem + "is", participle=stem + "i")]
    if lemma.endswith("re"):
        third = stem if stem.endswith(("d", "t")) else stem + "t"
        return [Model(singular=[stem + "s", third], weak=stem, strong=stem, future=lemma[:-1], past=stem + "is", participle=stem + "u")]
    return [
        Model(singular=[], weak=stem, strong=strong, future=future + "er", past=stem + "ai", participle=stem + "é")
        for strong, future in _strong_stems(stem, lemma in rules.doubled)
    ]


def _strong_stems(stem: str, doubled: bool) -> list[tuple[str, str]]:
    """Stems of an -er verb before a mute e, in the present and in the future: achèt-, emploi-, cèd-."""
    if stem.endswith("ay"):
        return [(stem, stem), (stem[:-1] + "i", stem[:-1] + "i")]
    if stem.endswith(("oy", "uy")):
        return [(stem[:-1] + "i", stem[:-1] + "i")]
    found = re.search(r"([eé])([bcdfghjklmnpqrstvz]+|[bcdfgptv][lr])$", stem)
    if found is None or (found[1] == "e" and len(found[2]) > 1):
        return [(stem, stem)]
    if doubled:
        return [(stem + stem[-1], stem + stem[-1])]
    grave = stem[: found.start()] + "è" + found[2]
    return [(grave, grave)] if found[1] == "e" else [(grave, stem), (grave, grave)]
