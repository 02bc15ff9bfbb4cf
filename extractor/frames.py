"""The trigger lexicon: which words express a transfer, and which function fills which role.

Reads ``lexicon/links.yaml`` (shared by the languages), ``lexicon/<lang>/frames.yaml`` and
``lexicon/<lang>/prepositions.yaml``; every fault is a `LexiconError` that names file and row.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from spacy.tokens import Doc, Token

from extractor.errors import LexiconError
from extractor.model import ROLES, Role

FOLDER = Path(__file__).parent / "lexicon"
Links = dict[Role, frozenset[str]]

# Coarse tags that a trigger's word may carry; taggers take participles for adjectives, names for nouns.
_TAGS = {"verb": frozenset({"VERB", "AUX", "ADJ"}), "noun": frozenset({"NOUN", "PROPN"})}


class FrameRow(BaseModel):
    """One row of frames.yaml as written."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: str
    class_: str
    pos: Literal["verb", "noun"]
    strength: Literal["strong", "weak"]
    lemmas: list[str]
    example: str
    counter: str | None = None
    reflexive: str | None = None
    causative: str | None = None


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


class FrameLexicon:
    """All frames of a language, by lemma."""

    def __init__(self, lang: str, folder: Path = FOLDER) -> None:
        self.lang = lang
        self.classes = _read_links(folder / "links.yaml")
        self.rows = _read_rows(folder / lang / "frames.yaml", self.classes)
        self.prepositions = _read_prepositions(folder / lang / "prepositions.yaml")
        self.forms: dict[str, str] = read_yaml(folder / lang / "forms.yaml") if (folder / lang / "forms.yaml").exists() else {}
        self._by_lemma: dict[tuple[str, str], list[Frame]] = {}
        for row in self.rows:
            for lemma in row.lemmas:
                frames = self._by_lemma.setdefault((row.pos, lemma), [])
                if not any(f.cls == row.class_ for f in frames):
                    frames.append(self._frame(row, row.class_))
        self._variants = {(row.id, v): self._frame(row, v) for row in self.rows for v in (row.reflexive, row.causative) if v}

    def _frame(self, row: FrameRow, cls: str) -> Frame:
        return Frame(row.id, cls, row.pos, row.strength == "strong", self.classes[cls], row)

    def variant(self, frame: Frame, kind: Literal["reflexive", "causative"]) -> Frame:
        """The frame under a reflexive or a causative, itself where the row names none."""
        cls = getattr(frame.row, kind)
        return self._variants[frame.id, cls] if cls else frame

    def triggers(self, doc: Doc, mentions: Container[int] = ()) -> Iterator[Trigger]:
        """Every word of ``doc`` that the lexicon knows and that is no mention, in the order of the text.

        ``mentions`` holds the indices of the tokens that are mentions.
        """
        for token in doc:
            if token.i in mentions or token.is_punct:
                continue
            lemma = self.forms.get(token.lower_, token.lemma_.lower())
            for pos, tags in _TAGS.items():
                if token.pos_ in tags:
                    frames = self._by_lemma.get((pos, lemma))
                    if frames:
                        yield Trigger(token, tuple(frames), lemma)
                        break


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
