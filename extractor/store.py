"""Results as JSON: one object an article, written and read back without loss.

The layout is the JSON Lines contract: ``id``, ``lang``, ``entities`` (the mentions), ``transfers``;
beside them the article's own fields and ``things``, the entities that the ids stand for.
Offsets are code points of ``text``, ``end`` exclusive.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from extractor.errors import InputError
from extractor.model import (
    Article,
    Attribution,
    Entity,
    EntityType,
    Evidence,
    Extent,
    Filler,
    Mention,
    Quantity,
    Result,
    Status,
    Transfer,
    When,
)

Json = dict[str, Any]


# -- records to JSON

def result_to_json(result: Result, text: bool = True) -> Json:
    """``result`` as JSON types; without ``text`` the article's own words are left out."""
    article = result.article
    head = {"id": article.id, "lang": article.lang, "date": _day(article.date), "title": article.title,
            "source": article.source, "text": article.text if text else None}
    out: Json = {key: value for key, value in head.items() if value is not None or key == "lang"}
    out["entities"] = [mention_to_json(m) for m in result.mentions]
    out["things"] = [_without_none({"id": e.id, "type": e.type, "names": e.names, "category": e.category})
                     for e in result.entities]
    out["transfers"] = [transfer_to_json(t) for t in result.transfers]
    return out


def mention_to_json(mention: Mention) -> Json:
    """A mention, its entity under ``id`` (null while it has none)."""
    out: Json = {"start": mention.start, "end": mention.end, "text": mention.text, "type": mention.type,
                 "id": mention.entity, "rule": mention.rule, "form": mention.form}
    return out | _without_none({"category": mention.category, "link": mention.link})


def transfer_to_json(transfer: Transfer) -> Json:
    """A transfer; the roles and details that it lacks are null."""
    q, w, a = transfer.quantity, transfer.when, transfer.attribution
    return {
        "supplier": _filler(transfer.supplier),
        "recipient": _filler(transfer.recipient),
        "item": _filler(transfer.item),
        "quantity": q and _without_none({
            "text": q.text, "start": q.start, "end": q.end, "value": _finite(q.value), "minimum": _finite(q.minimum),
            "maximum": _finite(q.maximum), "comparator": q.comparator, "unit": q.unit, "money": q.money}),
        "when": w and _without_none({
            "text": w.text, "start": w.start, "end": w.end, "earliest": _day(w.earliest), "latest": _day(w.latest),
            "precision": w.precision, "anchor": w.anchor}),
        "attribution": a and _without_none({"text": a.text, "start": a.start, "end": a.end, "id": a.entity}),
        "status": transfer.status,
        "trigger": _extent(transfer.trigger),
        "rule": transfer.rule,
        "confidence": _finite(transfer.confidence),
        "repairs": list(transfer.repairs),
        "article": transfer.evidence.article,
        "sentence": _extent(transfer.evidence.sentence),
        "cues": [_extent(cue) for cue in transfer.evidence.cues],
    }


def dumps(value: Any) -> str:
    """One line of JSON that any UTF-8 reader takes: a lone surrogate is escaped, all else stands as it is."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(", ", ": "))
    return line


def _without_none(values: Json) -> Json:
    return {key: value for key, value in values.items() if value is not None}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _extent(extent: Extent) -> Json:
    return {"text": extent.text, "start": extent.start, "end": extent.end}


def _filler(filler: Filler | None) -> Json | None:
    if filler is None:
        return None
    out: Json = {"text": filler.text, "start": filler.start, "end": filler.end, "type": filler.type, "id": filler.id}
    return out | ({"via": _extent(filler.via)} if filler.via is not None else {})


# -- JSON to records

def result_from_json(data: Json) -> Result:
    """The inverse of `result_to_json`. Raises `InputError` where a field is missing or of a wrong kind."""
    try:
        article = Article(data["id"], data.get("text") or "", data.get("lang"), _date(data.get("date")),
                          data.get("title"), data.get("source"))
        return Result(
            article,
            tuple(_mention(m) for m in data.get("entities", ())),
            tuple(Entity(e["id"], _type(e["type"]), dict(e["names"]), e.get("category")) for e in data.get("things", ())),
            tuple(transfer_from_json(t, article.id) for t in data.get("transfers", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"not a result of this program: {type(error).__name__}: {error}") from error


def transfer_from_json(data: Json, article: str = "") -> Transfer:
    """A transfer of a result or a GraphML claim; ``article`` is its article where it names none."""
    q, w, a = data.get("quantity"), data.get("when"), data.get("attribution")
    if data["status"] not in get_args(Status):
        raise ValueError(f"status is '{data['status']}'; known are {', '.join(get_args(Status))}")
    return Transfer(
        supplier=_to_filler(data.get("supplier")),
        recipient=_to_filler(data.get("recipient")),
        item=_to_filler(data.get("item")),
        trigger=_to_extent(data["trigger"]),
        status=data["status"],
        evidence=Evidence(data.get("article") or article, _to_extent(data["sentence"]),
                          tuple(_to_extent(c) for c in data.get("cues", ()))),
        rule=data["rule"],
        quantity=Quantity(**q) if q else None,
        when=When(**{**w, "earliest": _date(w.get("earliest")), "latest": _date(w.get("latest"))}) if w else None,
        attribution=Attribution(a["text"], a["start"], a["end"], a.get("id")) if a else None,
        confidence=float(data["confidence"]) if data.get("confidence") is not None else 1.0,
        repairs=tuple(data.get("repairs", ())),
    )


@dataclass(frozen=True)
class ResultFile:
    """The results of a JSON Lines file, read anew each time they are iterated, one in memory at a time."""

    path: str | Path

    def __iter__(self) -> Iterator[Result]:
        return read_jsonl(self.path)


def read_jsonl(path: str | Path) -> Iterator[Result]:
    """Results of a JSON Lines file, one at a time. Raises `InputError` naming file and line."""
    try:
        with Path(path).open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _read_line(line, f"{path}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _read_line(line: str, where: str) -> Result:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: malformed JSON: {error.msg} (column {error.colno})") from error
    if not isinstance(data, dict):
        raise InputError(f"{where}: a JSON object is wanted, not {type(data).__name__}")
    try:
        return result_from_json(data)
    except InputError as error:
        raise InputError(f"{where}: {error}") from error


def write_jsonl(results: Iterable[Result], stream: Any, text: bool = True) -> None:
    """Write each result as a line to a text ``stream``; nothing is held back."""
    for result in results:
        stream.write(dumps(result_to_json(result, text)) + "\n")


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _type(value: str) -> EntityType:
    if value not in get_args(EntityType):
        raise ValueError(f"type is '{value}'; known are {', '.join(get_args(EntityType))}")
    return value  # type: ignore[return-value]


def _mention(data: Json) -> Mention:
    return Mention(data["start"], data["end"], data["text"], _type(data["type"]), data.get("rule", ""),
                   data.get("id"), data.get("form", "name"), data.get("category"), data.get("link"))


def _to_extent(data: Json) -> Extent:
    return Extent(data["start"], data["end"], data["text"])


def _to_filler(data: Json | None) -> Filler | None:
    if data is None:
        return None
    via = data.get("via")
    return Filler(data["start"], data["end"], data["text"], _type(data["type"]), data.get("id"),
                  _to_extent(via) if via else None)
