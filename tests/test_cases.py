"""The tables of `tests/cases/`: one row a phenomenon, the expectation beside the text. Their heads give the format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from extractor.model import ENTITY_TYPES, ROLES, STATUSES, Article

CASES = Path(__file__).parent / "cases"
DETAILS = ("quantity", "when", "attribution")
KEYS = {"id", "phenomenon", "text", "date", "entities", "absent", "transfers", "none", "only", "xfail"}
TRANSFER_KEYS = {*ROLES, *DETAILS, "status", "trigger"}


def load():
    for path in sorted(CASES.glob("*.yaml")):
        for row in yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or ():
            yield path.stem[:2], row  # fr.yaml, fr-entities.yaml…


ROWS = list(load())


def marks(row):
    return [pytest.mark.xfail(reason=row["xfail"], strict=True)] if row.get("xfail") else []


@pytest.mark.parametrize(("lang", "row"), [pytest.param(lang, row, id=f"{lang}-{row['id']}", marks=marks(row)) for lang, row in ROWS])
def test_case(pipeline_of, lang, row):
    article = Article(row["id"], row["text"], lang, row.get("date"))
    (result,) = pipeline_of(lang).extract([article])
    missing = [wanted for wanted in row.get("entities", ()) if not any(is_entity(wanted, m) for m in result.mentions)]
    assert not missing, f"entities not found: {missing}; found: {[show(m) for m in result.mentions]}"
    wrong = [show(m) for wanted in row.get("absent", ()) for m in result.mentions if is_absent(wanted, m)]
    assert not wrong, f"found, but should not be: {wrong}"
    if "transfers" in row or row.get("none"):
        found = [record(t) for t in result.transfers]
        left = list(found)
        for wanted in row.get("transfers", ()):
            match = next((t for t in left if all(agrees(key, value, t[key]) for key, value in wanted.items())), None)
            assert match, f"transfer not found: {wanted}\nfound: {found}"
            left.remove(match)
        assert not left, f"found, but should not be: {left}"


def split(wanted):
    """``TEXT | TYPE | ID`` in its parts, the latter two None where left out."""
    text, kind, ident = ([part.strip() for part in wanted.split("|")] + [None, None])[:3]
    return text, kind, ident


def is_entity(wanted, mention):
    text, kind, ident = split(wanted)
    return mention.text == text and kind in (None, mention.type) and ident in (None, mention.entity, tail(mention.entity))


def is_absent(wanted, mention):
    text, kind, ident = split(wanted)
    return text in mention.text and kind in (None, mention.type) and ident in (None, mention.entity, tail(mention.entity))


def show(mention):
    return f"{mention.text} | {mention.type} | {mention.entity}"


def tail(ident):
    return ident and ident.partition(":")[2]


def record(transfer):
    """A transfer as the rows write it; a filler is all that it may be called."""
    out = {"status": transfer.status, "trigger": transfer.trigger.text}
    for role in ROLES:
        filler = getattr(transfer, role)
        out[role] = filler and {filler.text, filler.id, tail(filler.id)} - {None}
    for detail in DETAILS:
        value = getattr(transfer, detail)
        out[detail] = value and value.text
    return out


def agrees(key, wanted, found):
    if wanted is None or found is None:
        return wanted is found
    return str(wanted) in found if key in ROLES else str(wanted) == found


def test_rows_are_well_formed():
    faults, seen = [], set()
    for lang, row in ROWS:
        name = f"{lang}-{row.get('id')}"
        faults += [f"{name}: unknown key {key}" for key in row.keys() - KEYS]
        faults += [f"{name}: no {key}" for key in ("id", "phenomenon", "text") if not row.get(key)]
        faults += [f"{name}: id given twice"] * (name in seen)
        seen.add(name)
        faults += [f"{name}: expects nothing"] * (not row.keys() & {"entities", "absent", "transfers", "none"})
        faults += [f"{name}: 'none' beside transfers"] * bool(row.get("none") and row.get("transfers"))
        faults += [f"{name}: date"] * (not isinstance(row.get("date"), date | None))
        for wanted in (*row.get("entities", ()), *row.get("absent", ())):
            text, kind, _ = split(wanted)
            faults += [f"{name}: '{text}' is not in the text"] * (text not in row["text"])
            faults += [f"{name}: unknown type {kind}"] * (kind not in (None, *ENTITY_TYPES))
        for wanted in row.get("transfers", ()):
            faults += [f"{name}: unknown key {key}" for key in wanted.keys() - TRANSFER_KEYS]
            faults += [f"{name}: unknown status"] * (wanted.get("status", "asserted") not in STATUSES)
    assert not faults, "\n".join(faults)


def test_every_row_has_its_twin():
    """The rows of the two languages are about the same phenomena, or say why one has no twin."""
    ids = {lang: {row["id"] for found, row in ROWS if found == lang} for lang in ("fr", "en")}
    alone = {row["id"] for _, row in ROWS if row.get("only")}
    assert ids["fr"] ^ ids["en"] == alone
