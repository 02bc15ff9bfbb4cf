"""The trigger lexicon: which words express a transfer, and which function fills which role.

Reads ``lexicon/links.yaml`` (shared by the languages), ``lexicon/<lang>/frames.yaml``, ``verbs.yaml`` and
``prepositions.yaml``; every fault is a `LexiconError` that names file and row.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from spacy.strings import get_string_id
from spacy.tokens import Doc, Span, Token

from extractor.errors import LexiconError
from extractor.inflection import Rules, inflect
from extractor.model import ROLES, Role

FOLDER = Path(__file__).parent / "lexicon"
Links = dict[Role, frozenset[str]]

# Coarse tags that a trigger's word may carry; taggers take participles for adjectives, names for nouns.
_TAGS = {"verb": frozenset({"VERB", "AUX", "ADJ"}), "noun": frozenset({"NOUN", "PROPN"})}
# Tags that bear out a form by themselves, and the list of homographs that may forbid it under another tag.
_SURE = {"verb": "VERB", "noun": "NOUN"}
_LISTS = {"NOUN": "noun", "PROPN": "noun", "ADJ": "adj", "VERB": "verb", "AUX": "verb"}
_REACH = 4  # tokens from one word of a trigger to the next ("hand the tanks over")


class FrameRow(BaseModel):
    """One row of frames.yaml as written."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: str
    class_: str
    pos: Literal["verb", "noun", "prep"]
    strength: Literal["strong", "weak"]
    lemmas: list[str]
    example: str
    counter: str | None = None
    reflexive: str | None = None
    causative: str | None = None
    modal: bool = False
    named_after: bool = False  # whether its things may bear the name of who gets them ("builds the Australian frigates")


@dataclass(frozen=True)
class Frame:
    """How one row's triggers link functions to roles."""

    id: str
    cls: str
    pos: str
    strong: bool
    links: Links
    row: FrameRow

    def role_of(self, function: str) -> Role | None:
        """The role that ``function`` fills by rule, the first in the order of ROLES."""
        return next((role for role in ROLES if function in self.links[role]), None)


@dataclass(frozen=True)
class Trigger:
    """A word of the text that may express a transfer, with the frames that it may evoke."""

    token: Token
    frames: tuple[Frame, ...]
    lemma: str


@dataclass(frozen=True)
class _Sense:
    """What a form may be: an inflected lemma with its frames, and the words that must stand before and after it."""

    pos: str
    lemma: str
    frames: tuple[Frame, ...]
    before: str = ""
    after: tuple[str, ...] = ()


class FrameLexicon:
    """All frames of a language, by lemma and by form."""

    def __init__(self, lang: str, folder: Path = FOLDER) -> None:
        self.lang = lang
        self.classes = _read_links(folder / "links.yaml")
        self.rows = _read_rows(folder / lang / "frames.yaml", self.classes)
        self.rules = _read_rules(folder / lang / "verbs.yaml")
        self.prepositions = _read_prepositions(folder / lang / "prepositions.yaml")
        self._by_lemma: dict[tuple[str, str], list[Frame]] = {}
        for row in self.rows:
            for lemma in row.lemmas:
                frames = self._by_lemma.setdefault((row.pos, lemma), [])
                if not any(f.cls == row.class_ for f in frames):
                    frames.append(self._frame(row, row.class_))
        self._by_form = self._inflected()
        # Hashes of whatever can be the form or the lemma of a trigger: most words are none, and strings cost time.
        self._keys = {get_string_id(word) for word in (*self._by_form, *(lemma for _, lemma in self._by_lemma))}
        self._openers = {get_string_id(form) for form, senses in self._by_form.items() if any(s.pos == "prep" for s in senses)}
        self._keys -= self._openers
        self._variants = {(row.id, v): self._frame(row, v) for row in self.rows for v in (row.reflexive, row.causative) if v}

    def _inflected(self) -> dict[str, tuple[_Sense, ...]]:
        """Every form of every lemma; triggers of several words come first, under the form of the word that counts."""
        senses: dict[str, list[_Sense]] = {}
        for (pos, lemma), frames in sorted(self._by_lemma.items(), key=lambda entry: (" " not in entry[0][1], entry[0])):
            first, *after = lemma.replace("'", "' ").split()
            before = first[1:-1] if first.startswith("(") else ""
            if before:
                first, *after = after
            sense = _Sense(pos, lemma, tuple(frames), before, tuple(after))
            for form in (first,) if pos == "prep" else inflect(self.lang, "noun" if pos == "noun" else "verb", first, self.rules):
                senses.setdefault(form, []).append(sense)
        return {form: tuple(found) for form, found in senses.items()}

    def _frame(self, row: FrameRow, cls: str) -> Frame:
        return Frame(row.id, cls, row.pos, row.strength == "strong", self.classes[cls], row)

    def variant(self, frame: Frame, kind: Literal["reflexive", "causative"]) -> Frame:
        """The frame under a reflexive or a causative, itself where the row names none."""
        cls = getattr(frame.row, kind)
        return self._variants[frame.id, cls] if cls else frame

    def triggers(self, doc: Doc, mentions: Container[int] = ()) -> Iterator[Trigger]:
        """Every word of ``doc`` that the lexicon knows and that is no mention, in the order of the text.

        ``mentions`` holds the indices of the tokens that are mentions. A preposition counts only where its
        sentence has neither another trigger nor a finite verb ("Des chars pour Kiev").
        """
        rows = doc.to_array(["LOWER", "LEMMA"]).tolist()
        for sentence in doc.sents:
            hits = [i for i in range(sentence.start, sentence.end) if not self._keys.isdisjoint(rows[i]) and i not in mentions]
            found = [trigger for i in hits if (trigger := self._trigger(doc[i])) is not None and not _helps(trigger)]
            yield from found or self._verbless(sentence, mentions)

    def _trigger(self, token: Token) -> Trigger | None:
        senses = self._by_form.get(token.lower_, ())
        phrase = next((s for s in senses if (s.before or s.after) and _stands(token, s)), None)
        if phrase is not None:
            return Trigger(token, phrase.frames, phrase.lemma)
        tag, lemma = token.pos_, token.lemma_.lower()
        for pos, tags in _TAGS.items():
            if tag in tags:
                frames = self._by_lemma.get((pos, lemma))
                if frames:
                    return Trigger(token, tuple(frames), lemma)
        found = self._mistaken(token, senses) if senses else None
        return Trigger(token, found.frames, found.lemma) if found is not None else None

    def _mistaken(self, token: Token, senses: tuple[_Sense, ...]) -> _Sense | None:
        """What a form is though the tagger or the lemmatiser saw another word in it, None where they may be right."""
        single = [s for s in senses if s.pos != "prep" and not s.before and not s.after]
        sure = next((s for s in single if token.pos_ == _SURE[s.pos]), None)
        if sure is not None or not single:
            return sure
        before = None if token.is_sent_start or not token.i else token.nbor(-1)
        if before and token.text != token.lower_ and not before.is_punct:
            return None
        homographs: frozenset[str] = getattr(self.rules.homographs, _LISTS.get(token.pos_, "other"))
        if token.lower_ not in homographs:
            return single[0]
        heralded = before and token.pos_ in ("NOUN", "PROPN", "ADJ") and before.lower_.replace("’", "'") in self.rules.heralds
        return next((s for s in single if s.pos == "verb"), None) if heralded else None

    def _verbless(self, sentence: Span, mentions: Container[int]) -> Iterator[Trigger]:
        """The prepositions of a sentence without a finite verb."""
        prepositions = [t for t in sentence if t.lower in self._openers and t.pos_ == "ADP" and t.i not in mentions]
        if not prepositions or any(t.pos_ in ("VERB", "AUX") and "Fin" in t.morph.get("VerbForm", []) for t in sentence):
            return
        for token in prepositions:
            yield from (Trigger(token, s.frames, s.lemma) for s in self._by_form[token.lower_] if s.pos == "prep")


def _helps(trigger: Trigger) -> bool:
    """True of a verb that is a modal or an auxiliary here ("doit livrer", but not "doit douze chars à Riga")."""
    return trigger.frames[0].row.modal and (trigger.token.dep_.startswith("aux") or any(c.dep_ == "xcomp" for c in trigger.token.children))


def _stands(token: Token, sense: _Sense) -> bool:
    """True where the other words of a trigger of several words stand near ``token``, in their order."""
    doc, start = token.doc, token.sent.start
    if sense.before and all(sense.before not in (t.lower_, t.lemma_) for t in doc[max(start, token.i - _REACH) : token.i]):
        return False
    at, end = token.i, token.sent.end
    for word in sense.after:
        near = (t.i for t in doc[at + 1 : min(end, at + 1 + _REACH)] if t.lower_.replace("’", "'") == word)
        found = next(near, None)
        if found is None:
            return False
        at = found
    return True


def read_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"{path.name}: {error}") from error


def _read_links(path: Path) -> dict[str, Links]:
    classes = {}
    for name, roles in read_yaml(path).items():
        unknown = set(roles) - set(ROLES)
        if unknown:
            raise LexiconError(f"{path.name}: class '{name}': unknown role '{min(unknown)}'; accepted: {', '.join(ROLES)}")
        classes[name] = {role: frozenset(roles.get(role, ())) for role in ROLES}
    return classes


def _read_rows(path: Path, classes: dict[str, Links]) -> list[FrameRow]:
    rows, seen = [], set()
    for number, raw in enumerate(read_yaml(path), 1):
        name = raw.get("id", f"row {number}") if isinstance(raw, dict) else f"row {number}"
        try:
            row = FrameRow(**{"class_" if k == "class" else k: v for k, v in raw.items()})
        except (ValidationError, AttributeError, TypeError) as error:
            raise LexiconError(f"{path.name}: {name}: {error}") from error
        for cls in filter(None, (row.class_, row.reflexive, row.causative)):
            if cls not in classes:
                raise LexiconError(f"{path.name}: {name}: unknown class '{cls}'; accepted: {', '.join(classes)}")
        if row.id in seen:
            raise LexiconError(f"{path.name}: {name}: duplicate id")
        seen.add(row.id)
        rows.append(row)
    return rows


def _read_rules(path: Path) -> Rules:
    try:
        return Rules(**read_yaml(path))
    except (ValidationError, TypeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error


def _read_prepositions(path: Path) -> dict[tuple[str, ...], str]:
    """Maps the words of a preposition, lower case with plain apostrophes, to its key."""
    table: dict[tuple[str, ...], str] = {}
    for key, forms in read_yaml(path).items():
        for form in forms:
            words = tuple(form.replace("'", "' ").split())
            if table.setdefault(words, key) != key:
                raise LexiconError(f"{path.name}: '{form}' stands under '{table[words]}' and '{key}'")
    return table


@lru_cache(maxsize=4)
def load(lang: str) -> FrameLexicon:
    """The frames of ``lang``, read once a process."""
    return FrameLexicon(lang)
