"""Claims: each transfer as one article states it, tied to the nodes it speaks of.

A claim's id is ``claim:ARTICLE:TRIGGER-ITEM``, the offsets where those two start (the trigger's
alone where there is no item), and ``~2`` behind it for a second one of both: leaving out claims
does not rename the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from extractor.aliases import fold
from extractor.model import Article, Attribution, Filler, Mention, Result, Transfer
from extractor.reprints import Reprints

FACTUAL = ("asserted", "reported")
# From what reads most like a fact to what reads least like one.
STRENGTH = ("asserted", "reported", "alleged", "planned", "denied")

ClaimKey = tuple[str | None, str | None, str | None, str]

_SPACE = re.compile(r"\s+")
_PLURAL = re.compile(r"(?<=\w{3})[sx]\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """One transfer with the ids of its nodes; None where the text names no filler.

    ``article`` comes without its text. ``copy_of`` is the id of the article that this one reprints,
    ``category`` that of the weapon which is the item.
    """

    id: str
    article: Article
    transfer: Transfer
    supplier: str | None
    recipient: str | None
    item: str | None
    source: str | None = None
    copy_of: str | None = None
    category: str | None = None

    @property
    def key(self) -> ClaimKey:
        """What the claim says: two articles with one text make claims of equal keys."""
        return self.supplier, self.recipient, self.item, self.transfer.status

    @property
    def status(self) -> str:
        """The transfer's factuality status."""
        return self.transfer.status

    @property
    def first(self) -> date | None:
        """First day of the event as the text dates it."""
        return self.transfer.when.earliest if self.transfer.when else None

    @property
    def last(self) -> date | None:
        """Last day of the event as the text dates it."""
        return self.transfer.when.latest if self.transfer.when else None


def claims_of(result: Result, copied: Container[ClaimKey] = (), original: str | None = None) -> Iterator[Claim]:
    """The claims of one article, in the order of its text; those whose key is ``copied`` reprint ``original``'s."""
    article = replace(result.article, text="")
    known = {(m.start, m.end): m for m in result.mentions}
    taken: Counter[str] = Counter()
    for transfer in result.transfers:
        item = f"-{transfer.item.start}" if transfer.item else ""
        place = f"claim:{article.id}:{transfer.trigger.start}{item}"
        taken[place] += 1
        claim = Claim(
            id=place if taken[place] == 1 else f"{place}~{taken[place]}",
            article=article,
            transfer=transfer,
            supplier=node_id(transfer.supplier, known),
            recipient=node_id(transfer.recipient, known),
            item=node_id(transfer.item, known),
            source=source_id(transfer.attribution),
            category=known[span].category if (span := _span(transfer.item)) in known else None,
        )
        yield replace(claim, copy_of=original) if claim.key in copied else claim


class ClaimReader:
    """Reads the claims of results one by one and knows a reprint when it comes."""

    def __init__(self) -> None:
        self._reprints = Reprints()
        self._keys: dict[str, frozenset[ClaimKey]] = {}

    def read(self, result: Result) -> list[Claim]:
        """The claims of ``result``; one that an earlier article with the same text makes is marked ``copy_of`` it."""
        original = self._reprints.original_of(result.article)
        if original is None:
            claims = list(claims_of(result))
            self._keys[result.article.id] = frozenset(c.key for c in claims)
            return claims
        return list(claims_of(result, self._keys.get(original, ()), original))


def iter_claims(results: Iterable[Result]) -> Iterator[Claim]:
    """The claims of all ``results``, streaming, reprints marked."""
    reader = ClaimReader()
    for result in results:
        yield from reader.read(result)


def node_id(filler: Filler | None, known: dict[tuple[int, int], Mention] | None = None) -> str | None:
    """Id of the node a filler stands for: its entity, else its type and its words in one spelling."""
    if filler is None:
        return None
    mention = (known or {}).get((filler.start, filler.end))
    return filler.id or (mention and mention.entity) or words_id(filler.type, filler.text)


def _span(filler: Filler | None) -> tuple[int, int]:
    return (filler.start, filler.end) if filler is not None else (-1, -1)


def source_id(attribution: Attribution | None) -> str | None:
    """Id of who says it: the actor where known, else ``source:`` and the words in one spelling."""
    if attribution is None:
        return None
    return attribution.entity or words_id("source", attribution.text)


def words_id(kind: str, text: str) -> str:
    """An id from words alone: accents, case, spaces and the plural's final letter make no difference."""
    plain = _SPACE.sub(" ", fold(text)).strip()
    return f"{kind.lower()}:{_PLURAL.sub('', plain) or '?'}"
