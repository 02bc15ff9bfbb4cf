"""The things of a result: every entity that a mention or a filler names, once, with its names in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from extractor import entities, goods, weapon_names
from extractor.lexicon import Lexicon
from extractor.model import Entity, Mention, Transfer

_NAMES: dict[str, Callable[[str], tuple[str, str]]] = {"WEAPON": weapon_names.names, "GOODS": goods.names}


def with_goods(mentions: Sequence[Mention], transfers: Iterable[Transfer]) -> list[Mention]:
    """``mentions`` and the goods that ``transfers`` are about, in the order of the text.

    Goods are nothing until something transfers them, so no stage before the matcher marks them.
    """
    marked = {(m.start, m.end) for m in mentions}
    items = {(t.item.start, t.item.end): t.item for t in transfers if t.item and t.item.type == "GOODS"}
    found = [Mention(i.start, i.end, i.text, i.type, "rule:item", i.id) for at, i in items.items() if at not in marked]
    return sorted([*mentions, *found], key=lambda m: (m.start, m.end))


def of(mentions: Iterable[Mention], lexicon: Lexicon) -> list[Entity]:
    """One record per entity of ``mentions``, in the order of their first mention."""
    return [_named(entity, lexicon) for entity in entities.of(mentions, lexicon)]


def _named(entity: Entity, lexicon: Lexicon) -> Entity:
    """``entity`` with the names that its kind's own grammar gives it; the user's lexicon goes before."""
    known = _NAMES.get(entity.type)
    if known is None or entity.id in lexicon.entities:
        return entity
    english, french = known(entity.id)
    return Entity(entity.id, entity.type, {"fr": french, "en": english}, entity.category)
