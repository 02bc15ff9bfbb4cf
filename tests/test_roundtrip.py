"""Files read back: nothing lost, nothing unsafe, several made one."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass, replace

import pytest
from graphdata import DENIAL, OIL, SHELLS, result, sample, transfer
from odd import odd_results

from extractor.combine import convert, merge_graphs, merge_results
from extractor.errors import InputError, OutputError
from extractor.exports import Filters, write
from extractor.exports.reading import read, read_graph
from extractor.graph import build_graph
from extractor.store import read_jsonl


def finite(record):
    """The record with None for numbers that JSON does not have."""
    if isinstance(record, float):
        return record if math.isfinite(record) else None
    if isinstance(record, tuple):
        return tuple(map(finite, record))
    if is_dataclass(record):
        return replace(record, **{f.name: finite(getattr(record, f.name)) for f in fields(record)})
    return record


@pytest.mark.parametrize("suffix", [".jsonl", ".graphml"])
@pytest.mark.parametrize("results", [sample(), odd_results(200, 20, big=False)], ids=["sample", "odd"])
def test_records_come_back_as_they_went(suffix, results, tmp_path):
    path = tmp_path / f"out{suffix}"
    write(results, path, view="claims")
    back = list(read(path))
    assert back == [finite(r) for r in results]


@pytest.mark.parametrize("view", ["entities", "actors", "claims"])
def test_a_graph_comes_back_as_it_went(view, tmp_path):
    path, again = tmp_path / "out.graphml", tmp_path / "again.graphml"
    write(sample(), path, view=view)
    convert([path], again, view=view)
    assert path.read_bytes() == again.read_bytes()


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"><node id="&lol2;"/></graph></graphml>"""
FOREIGN = BOMB.replace('<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">', '<!ENTITY lol2 SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize(("text", "message"), [
    (BOMB, "refused: it has a document type"), (FOREIGN, "refused: it has a document type"),
    ("<graphml", "no well-formed XML"), ("", "no well-formed XML"), ("<a/>", "there is no <graph>"),
    ('<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"><node id="a"><data key="k">1</data>'
     "</node></graph></graphml>", "no readable GraphML")])
def test_unsafe_or_broken_xml_is_refused(text, message, tmp_path):
    path = tmp_path / "in.graphml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_graph(path)


def test_missing_and_unknown_files(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "none.graphml")
    with pytest.raises(InputError, match=r"can't be read back; accepted are \.jsonl, \.graphml"):
        read(tmp_path / "in.gexf")


def test_a_damaged_record_is_named(tmp_path):
    path = tmp_path / "in.graphml"
    write(sample(), path, view="claims")
    path.write_text(path.read_text(encoding="utf-8").replace('"status": "planned"', '"status": "hoped"'), encoding="utf-8")
    with pytest.raises(InputError, match="node 'claim:a3:16-26' has a damaged record"):
        list(read(path))


def test_merged_records_are_counted_anew(tmp_path):
    one, two, out = tmp_path / "one.jsonl", tmp_path / "two.graphml", tmp_path / "out.graphml"
    write(sample()[:3], one)
    write(sample()[1:], two, view="claims")
    convert([one, two], out)
    whole = tmp_path / "whole.graphml"
    write(sample(), whole)
    assert out.read_bytes() == whole.read_bytes()


def test_merged_graphs_count_a_claim_once():
    merged = merge_graphs([build_graph(sample()[:3]), build_graph(sample()[1:])])
    whole = build_graph(sample())
    assert set(merged) == set(whole)
    for source, target, key, values in whole.edges(keys=True, data=True):
        found = merged.edges[source, target, key]
        for name in values.keys() - {"tally", "color", "label", "contested"}:
            assert found[name] == values[name], name
    assert merged.edges["state:PRK", "state:RUS", "supplies"]["tally"] == "1 démenti; 1 rapporté"


def test_a_fact_in_one_file_lifts_the_allegation_in_another():
    alleged = result("a1", SHELLS, transfer(SHELLS, "Pyongyang", "Moscou", "obus", "fourni", "alleged"))
    fact = result("a2", SHELLS, transfer(SHELLS, "Pyongyang", "Moscou", "obus", "fourni", "asserted", article="a2"))
    merged = merge_graphs([build_graph([alleged]), build_graph([fact])])
    edge = merged.edges["state:PRK", "state:RUS", "supplies"]
    assert (edge["alleged"], edge["asserted"], edge["weight"]) == (1, 1, 2.0)
    assert merged.number_of_edges("state:PRK", "state:RUS") == 1


def test_one_id_with_two_texts_becomes_two():
    merged = merge_results([[result("a", OIL)], [result("a", DENIAL)], [result("a", OIL)]])
    assert [r.article.id for r in merged] == ["a", "a~2"]


def test_records_and_bare_graphs_do_not_mix(tmp_path):
    write(sample(), tmp_path / "a.jsonl")
    write(sample(), tmp_path / "b.graphml")
    with pytest.raises(InputError, match="can't be merged"):
        convert([tmp_path / "a.jsonl", tmp_path / "b.graphml"], tmp_path / "c.graphml")
    with pytest.raises(OutputError, match="needs records"):
        convert([tmp_path / "b.graphml"], tmp_path / "c.jsonl")
    with pytest.raises(OutputError, match="needs records"):
        convert([tmp_path / "b.graphml"], tmp_path / "c.gexf", filters=Filters(min_weight=2))


def test_jsonl_to_every_view(tmp_path):
    write(sample(), tmp_path / "a.jsonl")
    assert list(read_jsonl(tmp_path / "a.jsonl")) == sample()
    convert([tmp_path / "a.jsonl"], tmp_path / "b.graphml", view="actors", labels="en", filters=Filters(statuses=("reported",)))
    graph = read_graph(tmp_path / "b.graphml")
    assert [d["label"] for *_, d in graph.edges(data=True)] == ["supplies: artillery shell"]
