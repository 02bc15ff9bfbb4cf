"""The user's own entries over the gazetteers: a YAML file that adds, renames, splits or silences.

::

    add:
      - {id: "org:Acme Arms", names: {fr: Acme Armes, en: Acme Arms}, aliases: [Acme]}
    rename:
      - {id: "state:MMR", names: {fr: Myanmar, en: Burma}}
    split:
      - {alias: Kalashnikov Concern, id: "org:Kalashnikov Concern (2024)"}
    silence: [Mirage]

``add`` gives a known id more aliases or makes a new one; ``split`` takes an alias away from its
present entity and gives it to another; ``silence`` makes a phrase name nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from extractor.errors import LexiconError
from extractor.model import Entity, EntityType

if TYPE_CHECKING:
    from extractor.lexicon import Name

TYPES: dict[str, EntityType] = {
    "state": "STATE",
    "org": "ORG",
    "person": "PERSON",
    "place": "PLACE",
    "weapon": "WEAPON",
    "goods": "GOODS",
}
_FIELDS = {"add": {"id", "names", "aliases"}, "rename": {"id", "names"}, "split": {"alias", "id", "names"}}


def apply(path: Path, names: list[Name], entities: dict[str, Entity]) -> list[Name]:
    """``names`` with the file's entries; ``entities`` is changed in place.

    Raises `LexiconError` naming file, line and reason.
    """
    reader = _Reader(path)
    for section, entry in reader.entries():
        if section == "silence":
            names = _silence(reader.text(entry), names)
        elif section == "split":
            names = _split(reader, reader.fields(entry, section), names, entities)
        else:
            names = [*names, *_add(reader, reader.fields(entry, section), section, entities)]
    return names


class _Reader:
    """A YAML file as nodes, so that every fault can name its line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        except OSError as error:
            raise LexiconError(f"{path}: can't be read: {error.strerror}") from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            raise LexiconError(f"{path}:{line}: not valid YAML: {getattr(error, 'problem', error)}") from error

    def fail(self, node: Any, reason: str) -> LexiconError:
        return LexiconError(f"{self.path}:{node.start_mark.line + 1}: {reason}")

    def entries(self) -> list[tuple[str, Any]]:
        if self.root is None:
            return []
        if not isinstance(self.root, yaml.MappingNode):
            raise self.fail(self.root, "expected sections add, rename, split, silence")
        found = []
        for key, value in self.root.value:
            if key.value not in (*_FIELDS, "silence"):
                raise self.fail(key, f"unknown section '{key.value}'; expected add, rename, split or silence")
            if not isinstance(value, yaml.SequenceNode):
                raise self.fail(value, f"section '{key.value}' must be a list")
            found += [(key.value, node) for node in value.value]
        return found

    def text(self, node: Any) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.fail(node, "expected a text")
        return str(node.value).strip()

    def fields(self, node: Any, section: str) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            raise self.fail(node, f"an entry of '{section}' must have the fields {', '.join(sorted(_FIELDS[section]))}")
        found: dict[str, Any] = {"node": node}
        for key, value in node.value:
            if key.value not in _FIELDS[section]:
                known = ", ".join(sorted(_FIELDS[section]))
                raise self.fail(key, f"unknown field '{key.value}' in '{section}'; expected {known}")
            found[key.value] = value
        if "id" not in found or (section == "split" and "alias" not in found):
            raise self.fail(node, f"an entry of '{section}' needs " + ("alias and id" if section == "split" else "id"))
        return found

    def ident(self, node: Any) -> tuple[str, EntityType]:
        ident = self.text(node)
        kind, _, rest = ident.partition(":")
        if kind not in TYPES or not rest:
            raise self.fail(node, f"id '{ident}' must be one of {', '.join(TYPES)}, then ':' and a name")
        return ident, TYPES[kind]

    def names(self, node: Any) -> dict[str, str]:
        if not isinstance(node, yaml.MappingNode) or {key.value for key, _ in node.value} - {"fr", "en"}:
            raise self.fail(node, "names must map fr and en to texts")
        return {str(key.value): self.text(value) for key, value in node.value}


def _add(reader: _Reader, fields: dict[str, Any], section: str, entities: dict[str, Entity]) -> list[Name]:
    from extractor.lexicon import Name

    ident, kind = reader.ident(fields["id"])
    names = reader.names(fields["names"]) if "names" in fields else {}
    known = entities.get(ident)
    if section == "rename" and known is None:
        raise reader.fail(fields["id"], f"no entity has the id '{ident}'")
    label = ident.partition(":")[2]
    before = known.names if known else {"fr": names.get("en", label), "en": names.get("fr", label)}
    entities[ident] = Entity(ident, kind, {**before, **names}, known.category if known else None)
    aliases = list(names.values())
    if "aliases" in fields:
        if not isinstance(fields["aliases"], yaml.SequenceNode):
            raise reader.fail(fields["aliases"], "aliases must be a list")
        aliases += [reader.text(node) for node in fields["aliases"].value]
    return [Name(ident, kind, "name", alias, "overlay") for alias in dict.fromkeys(aliases)]


def _split(reader: _Reader, fields: dict[str, Any], names: list[Name], entities: dict[str, Entity]) -> list[Name]:
    from extractor.aliases import fold

    alias = fold(reader.text(fields["alias"]))
    if not any(fold(name.alias) == alias for name in names):
        raise reader.fail(fields["alias"], f"no entry has the alias '{reader.text(fields['alias'])}'")
    rest = [name for name in names if fold(name.alias) != alias]
    fields = {**fields, "aliases": yaml.SequenceNode("", [fields["alias"]])}
    return [*rest, *_add(reader, fields, "split", entities)]


def _silence(phrase: str, names: list[Name]) -> list[Name]:
    from extractor.aliases import fold
    from extractor.lexicon import Name

    rest = [name for name in names if fold(name.alias) != fold(phrase)]
    return [*rest, Name("", "PLACE", "silent", phrase, "silent")]
