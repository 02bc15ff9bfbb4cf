"""FollowTheMoney entities, a JSON object a line, for Aleph and OpenSanctions.

States are PublicBody, persons Person, organisations Organization (Company or PublicBody where the
lexicon says so), items Asset, articles Article. A claim given as fact is an EconomicActivity with the
article as its proof; one that is alleged, planned or denied is an UnknownLink whose role says so,
since every EconomicActivity reads as a fact.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any

from followthemoney import model

from extractor.claims import FACTUAL, Claim, ClaimReader
from extractor.coding import code_of, stage_of
from extractor.model import Entity, Filler, Result
from extractor.store import dumps

if TYPE_CHECKING:
    from extractor.exports import Options

Row = dict[str, Any]
SCHEMATA = {"STATE": "PublicBody", "PERSON": "Person", "ORG": "Organization", "PLACE": "LegalEntity",
            "WEAPON": "Asset", "GOODS": "Asset"}
_KINDS = {"company": "Company", "ministry": "PublicBody", "army": "PublicBody", "intelligence": "PublicBody",
          "government": "PublicBody", "police": "PublicBody"}


def export(results: Iterable[Result], stream: IO[str], options: Options) -> None:
    """Write an entity a line: each thing once, where it first comes up, then the claims about it."""
    for row in entities(results):
        stream.write(dumps(row) + "\n")


def entities(results: Iterable[Result]) -> Iterator[Row]:
    """The FollowTheMoney entities of ``results``, as JSON."""
    reader, known = ClaimReader(), set[str]()
    for result in results:
        things = {entity.id: entity for entity in result.entities}
        article = result.article
        claims = reader.read(result)
        if claims:
            yield _row("Article", f"article:{article.id}", title=article.title or article.id, name=article.title,
                       language=article.lang, publishedAt=article.date and article.date.isoformat(),
                       publisher=article.source, bodyText=article.text)
        for claim in claims:
            transfer = claim.transfer
            for node, filler in ((claim.supplier, transfer.supplier), (claim.recipient, transfer.recipient),
                                 (claim.item, transfer.item)):
                if node is not None and filler is not None and node not in known:
                    known.add(node)
                    yield _thing(node, filler, things.get(node))
            yield from _claim(claim)


def _thing(node: str, filler: Filler, entity: Entity | None) -> Row:
    names = list(entity.names.values()) if entity else [filler.text]
    schema = SCHEMATA[filler.type]
    if filler.type == "ORG":
        schema = _KINDS.get(_organisation_kinds().get(node, ""), schema)
    country = node.partition(":")[2] if filler.type == "STATE" else None
    category = entity.category if entity else None
    return _row(schema, node, name=names, country=country, keywords=category, summary=category)


def _claim(claim: Claim) -> Iterator[Row]:
    transfer, when = claim.transfer, claim.transfer.when
    said = f"{claim.status}: {transfer.evidence.sentence.text}"
    common: Row = {
        "startDate": when and when.earliest and when.earliest.isoformat(),
        "endDate": when and when.latest and when.latest.isoformat(),
        "summary": said, "description": _details(claim), "recordId": claim.id, "proof": _id(f"article:{claim.article.id}"),
    }
    factual = claim.status in FACTUAL
    if factual:
        yield _row("EconomicActivity", claim.id, **common, sender=_id(claim.supplier), receiver=_id(claim.recipient),
                   goodsDescription=transfer.item and transfer.item.text, originCountry=_country(claim.supplier),
                   destinationCountry=_country(claim.recipient))
    verb = "supplier" if factual else f"supplier ({claim.status})"
    links = [(claim.supplier, claim.item, verb), (claim.item, claim.recipient, verb.replace("supplier", "goes to"))]
    if not factual:
        links.insert(0, (claim.supplier, claim.recipient, verb))
    for subject, target, role in links:
        if subject is not None and target is not None:
            yield _row("UnknownLink", f"{claim.id}|{subject}|{target}", **common, subject=_id(subject), object=_id(target),
                       role=role)


def _details(claim: Claim) -> str:
    transfer, code = claim.transfer, code_of(claim)
    parts = {"status": claim.status, "stage": stage_of(claim), "PLOVER": code.plover, "CAMEO": code.cameo,
             "quantity": transfer.quantity and transfer.quantity.text, "when": transfer.when and transfer.when.text,
             "according to": transfer.attribution and transfer.attribution.text, "reprint of": claim.copy_of}
    return "; ".join(f"{key}: {value}" for key, value in parts.items() if value)


def _row(schema: str, key: str, **properties: Any) -> Row:
    entity = model.make_entity(schema)
    entity.id = _id(key)
    for name, values in properties.items():
        if values:
            entity.add(name, values, quiet=True)
    row = entity.to_dict()
    return {"id": row["id"], "schema": row["schema"],
            "properties": {name: sorted(map(str, values)) for name, values in sorted(row["properties"].items())}}


def _id(key: str | None) -> str | None:
    """An id as FollowTheMoney makes them: the same key gives the same one on every machine."""
    if key is None:
        return None
    entity = model.make_entity("Thing")
    return entity.make_id(key.encode("utf-8", "replace").decode("utf-8"))


def _country(node: str | None) -> str | None:
    return node.partition(":")[2] if node and node.startswith("state:") else None


@lru_cache(maxsize=1)
def _organisation_kinds() -> dict[str, str]:
    text = files("extractor").joinpath("lexicon", "organisations.csv").read_text(encoding="utf-8")
    return {f"org:{row['en']}": row.get("kind", "") for row in csv.DictReader(text.splitlines())}
