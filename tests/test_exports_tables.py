"""CSV and FollowTheMoney: the register, the two tables, the codes."""

from __future__ import annotations

import csv
import io
import json

import pytest
from graphdata import SHELLS, result, sample, transfer

from extractor.claims import claims_of
from extractor.coding import code_of, in_scope, stage_of, tables
from extractor.exports import write
from extractor.exports.cells import cell, write_rows
from extractor.model import STATUSES, Extent


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_register(tmp_path):
    path = tmp_path / "register.csv"
    write(sample(), path, labels="en")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfRecipient,Supplier,Year of order,Number ordered,Weapon designation,")
    first, denial, oil, jets = rows(path)
    assert (first["Supplier"], first["Recipient"], first["Weapon description"]) == ("North Korea", "Russia", "obus")
    assert (first["Number delivered"], first["Number delivered is estimate"]) == ("3000000", "true")
    assert (first["Year(s) of delivery"], first["Stage"], first["Factuality"]) == ("2024", "delivered", "reported")
    assert (denial["Entry"], denial["Number delivered"], denial["Stage"], denial["Contested"]) == ("1", "", "", "true")
    assert (jets["Stage"], jets["Number ordered"], jets["PLOVER"]) == ("announced", "", "AGREE")
    assert (oil["In SIPRI major-arms scope"], first["In SIPRI major-arms scope"]) == ("no", "no")
    assert SHELLS[int(first["Trigger start"]):].startswith(first["Trigger"])


@pytest.mark.parametrize("status", ["alleged", "planned", "denied"])
def test_no_register_row_reads_as_a_fact(status, tmp_path):
    path = tmp_path / "register.csv"
    write([result("a", SHELLS, transfer(SHELLS, "Pyongyang", "Moscou", "obus", "fourni", status,
                                        quantity="plus de 3 millions"))], path, labels="en")
    row, = rows(path)
    assert row["Comments"].startswith(status.upper())
    assert row["Number delivered"] == "" or row["Number delivered is estimate"] == "true"


@pytest.mark.parametrize(("value", "written"), [
    ("=1+1", "'=1+1"), ("+33 1", "'+33 1"), ("@SUM(A1)", "'@SUM(A1)"), ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
    ("\t=1", "'\t=1"), (" =1", "' =1"), ("-5", "-5"), ("+3,5", "+3,5"), (-2.5, "-2.5"), (None, ""), (True, "true"),
    ("a\r\nb", "a\nb"), ("a\x00b\ud800", "a\ufffdb\ufffd"), ("plain", "plain"), ("", "")])
def test_no_cell_runs(value, written):
    assert cell(value) == written
    stream = io.StringIO()
    write_rows(stream, ["a", "b"], [[value, "x"]])
    stream.seek(0)
    assert list(csv.reader(stream))[1] == [written, "x"]


def test_nodes_and_edges_fit_together(tmp_path):
    write(sample(), tmp_path / "nodes.csv")
    write(sample(), tmp_path / "my.edges.csv")
    nodes, edges = rows(tmp_path / "nodes.csv"), rows(tmp_path / "my.edges.csv")
    assert {"Id", "Label"} <= set(nodes[0])
    assert {e["Source"] for e in edges} | {e["Target"] for e in edges} <= {n["Id"] for n in nodes}
    assert {e["Kind"] for e in edges} == {"supplies", "provides", "provides_planned", "goes_to", "goes_to_planned"}
    assert len({e["Id"] for e in edges}) == len(edges) == 8


def claim(trigger, status="asserted", item="obus", kind="WEAPON", cue=None, lang="fr"):
    sentence = f"Pyongyang Moscou {trigger} {item} {cue or ''}"
    made = transfer(sentence, "Pyongyang", "Moscou", item, trigger, status, kind=kind)
    from dataclasses import replace
    cues = (Extent(sentence.index(cue), len(sentence), cue),) if cue else ()
    found = result("a", sentence, replace(made, evidence=replace(made.evidence, cues=cues)))
    found = replace(found, article=replace(found.article, lang=lang))
    return next(iter(claims_of(found)))


@pytest.mark.parametrize(("trigger", "lang", "status", "item", "kind", "cue", "plover", "cameo", "stage"), [
    ("fourni", "fr", "asserted", "obus", "WEAPON", None, "AID", "072", "delivered"),
    ("delivered", "en", "reported", "shells", "WEAPON", "according to", "AID", "072", "delivered"),
    ("vendu", "fr", "asserted", "chars", "WEAPON", None, "COOPERATE", "062", "agreed"),
    ("sold", "en", "asserted", "tanks", "WEAPON", None, "COOPERATE", "062", "agreed"),
    ("vendu", "fr", "asserted", "pétrole", "GOODS", None, "COOPERATE", "061", "agreed"),
    ("promis", "fr", "planned", "canons", "WEAPON", None, "AGREE", "0332", "announced"),
    ("pledged", "en", "planned", "guns", "WEAPON", None, "AGREE", "0332", "announced"),
    ("commandé", "fr", "planned", "canons", "WEAPON", None, "AGREE", "057", "ordered"),
    ("contract", "en", "planned", "guns", "WEAPON", None, "AGREE", "057", "agreed"),
    ("livrer", "fr", "denied", "missiles", "WEAPON", "refuse", "REJECT", "1222", None),
    ("deliver", "en", "denied", "missiles", "WEAPON", "refused", "REJECT", "1222", None),
    ("livré", "fr", "denied", "missiles", "WEAPON", "dément", "REJECT", "016", None),
    ("sent", "en", "denied", "missiles", "WEAPON", "denied", "REJECT", "016", None),
    ("embargo", "fr", "denied", "armes", "WEAPON", None, "SANCTION", "163", None),
    ("embargo", "en", "denied", "arms", "WEAPON", None, "SANCTION", "163", None),
    ("livraisons", "fr", "denied", "armes", "WEAPON", "suspendu", "SANCTION", "1622", None),
    ("deliveries", "en", "denied", "arms", "WEAPON", "halted", "SANCTION", "1622", None),
    ("saisie", "fr", "denied", "fusils", "WEAPON", None, "COERCE", "171", None),
    ("livrer", "fr", "alleged", "drones", "WEAPON", "accuse", "ACCUSE", "112", "delivered"),
    ("sending", "en", "alleged", "drones", "WEAPON", "accused", "ACCUSE", "112", "shipped"),
    ("livrer", "fr", "planned", "drones", "WEAPON", "demande", "REQUEST", "0232", "announced"),
    ("expédié", "fr", "asserted", "blé", "GOODS", None, "AID", "073", "shipped"),
    ("sent", "en", "asserted", "troops", "GOODS", None, "AID", "072", "shipped"),
    ("versé", "fr", "asserted", "devises", "GOODS", None, "AID", "071", "delivered"),
    ("livré", "fr", "asserted", "pétrole", "GOODS", None, "AID", "070", "delivered"),
])
def test_codes(trigger, lang, status, item, kind, cue, plover, cameo, stage):
    made = claim(trigger, status, item, kind, cue, lang)
    code = code_of(made)
    assert (code.plover, code.cameo, stage_of(made)) == (plover, cameo, stage)


def test_every_act_and_status_has_a_code():
    for act in tables()["acts"]:
        for lang in ("fr", "en"):
            for status in STATUSES:
                assert code_of(claim((act[lang][0] or "livré") + "x", status, lang=lang)).plover


@pytest.mark.parametrize(("category", "text", "held"), [
    ("aircraft", "F-16", True), ("missiles", "missiles", True), ("small arms", "fusils", False), ("munitions", "obus", False),
    ("artillery", "obusiers de 155 mm", True), ("artillery", "mortiers de 81 mm", False), ("other", "armes", None),
    ("uncrewed systems", "drones", None), (None, "chasseurs", None)])
def test_scope(category, text, held):
    assert in_scope(category, text) is held


def test_ftm_makes_no_fact_of_what_is_none(tmp_path):
    pytest.importorskip("followthemoney")
    from followthemoney import model

    path = tmp_path / "out.ftm.json"
    write(sample(), path)
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    proxies = [model.get_proxy(row) for row in found]
    assert len({p.id for p in proxies}) == len(proxies)
    activities = [p for p in proxies if p.schema.name == "EconomicActivity"]
    assert [p.first("summary").split(":")[0] for p in activities] == ["reported", "asserted"]
    roles = {p.first("role") for p in proxies if p.schema.name == "UnknownLink"}
    assert {"supplier (denied)", "supplier (planned)"} <= roles
    ids = {p.id for p in proxies}
    for proxy in proxies:
        for prop, value in proxy.itervalues():
            assert prop.type.name != "entity" or value in ids
    korea = next(p for p in proxies if "North Korea" in p.get("name"))
    assert (korea.schema.name, korea.first("country")) == ("PublicBody", "kp")
