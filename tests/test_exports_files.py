"""Targets: known suffixes, files whole or not at all, records back from JSON Lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from graphdata import sample

from extractor import exports, store
from extractor.errors import InputError, OutputError
from extractor.exports import FORMATS, replacing, write, write_all


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_unknown_suffix_lists_the_accepted_ones(tmp_path):
    with pytest.raises(OutputError, match=r"unknown suffix '\.docx'; accepted are .*\.graphml.*\.jsonl"):
        write(sample(), tmp_path / "out.docx")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_every_format_is_written_whole(suffix, tmp_path):
    path = tmp_path / f"out{suffix}"
    if FORMATS[suffix].extra:
        pytest.importorskip({"ftm": "followthemoney", "png": "resvg_py"}[FORMATS[suffix].extra])
    write(sample(), path)
    first = path.read_bytes()
    write(sample(), path)
    assert first == path.read_bytes()
    assert names(tmp_path) == [path.name]


def test_the_hash_seed_makes_no_difference(tmp_path):
    script = ("import sys; sys.path[:0] = sys.argv[1:3]\nfrom odd import odd_results\nfrom extractor.exports import write\n"
              "for view in ('entities', 'claims'):\n"
              "    for name in ('a.graphml', 'a.gexf', 'a.svg', 'a.csv', 'a.html', 'nodes.csv', 'a.jsonl'):\n"
              "        write(odd_results(200, 20, big=False), f'{sys.argv[3]}/{view}-{name}', view=view)\n")
    here = Path(__file__).parent
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        subprocess.run([sys.executable, "-c", script, str(here), str(here.parent), str(tmp_path / seed)], check=True,
                       env={**os.environ, "PYTHONHASHSEED": seed})
    for path in sorted((tmp_path / "1").iterdir()):
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes(), path.name


def test_a_failure_leaves_the_old_file(tmp_path):
    def broken():
        yield from sample()[:1]
        raise RuntimeError("power cut")

    paths = [tmp_path / "out.graphml", tmp_path / "out.jsonl"]
    for path in paths:
        path.write_text("old")
    with pytest.raises(RuntimeError, match="power cut"):
        write_all(broken(), paths)
    assert [path.read_text() for path in paths] == ["old", "old"]
    assert names(tmp_path) == ["out.graphml", "out.jsonl"]


def test_a_missing_library_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    monkeypatch.delitem(sys.modules, "extractor.exports.ftm", raising=False)
    with pytest.raises(OutputError, match=r"\.ftm\.json needs 'followthemoney': pip install 'extractor\[ftm\]'"):
        write(sample(), tmp_path / "out.ftm.json")


@pytest.mark.parametrize(("name", "message"), [
    ("missing/out.jsonl", "there is no folder"), ("folder.jsonl", "it is a folder"), ("file/out.jsonl", "there is no folder")])
def test_unwritable_target(name, message, tmp_path):
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=message):
        write(sample(), tmp_path / name)


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.jsonl")
    write(sample(), tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_text().count("\n") == 4


def test_permissions_follow_the_umask(tmp_path):
    write(sample(), tmp_path / "out.jsonl")
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "out.jsonl").stat().st_mode & 0o777 == 0o666 & ~mask


def test_device_is_written_directly():
    with replacing(os.devnull) as stream:
        stream.write("gone")


def test_jsonl_has_the_contract_s_fields(tmp_path):
    path = tmp_path / "out.jsonl"
    write(sample(), path)
    row = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    assert {"id", "lang", "entities", "transfers"} <= set(row)
    for entity in row["entities"]:
        assert row["text"][entity["start"]:entity["end"]] == entity["text"]
        assert {"type", "id", "rule"} <= set(entity)
    found = row["transfers"][0]
    assert found["supplier"]["id"] == "state:PRK"
    assert found["item"]["type"] == "WEAPON"
    assert found["quantity"]["text"] == "plus de 3 millions"
    assert found["attribution"]["text"] == "Séoul"
    assert (found["when"]["earliest"], found["status"], found["trigger"]["text"]) == ("2024-06-01", "reported", "fourni")
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[1])["transfers"][0]["quantity"] is None


def test_jsonl_gives_the_records_back(tmp_path):
    path = tmp_path / "out.jsonl"
    write(sample(), path)
    assert list(store.read_jsonl(path)) == sample()


@pytest.mark.parametrize(("line", "message"), [
    ("{", r"in\.jsonl:2: malformed JSON"), ("[]", r"in\.jsonl:2: a JSON object is wanted, not list"),
    ('{"text": "x"}', r"in\.jsonl:2: .*KeyError: 'id'"),
    ('{"id": "a", "entities": [{"start": 0, "end": 1, "text": "x", "type": "CITY"}]}', r"type is 'CITY'; known are PERSON"),
    ('{"id": "a", "transfers": [{"status": "maybe"}]}', "status is 'maybe'; known are denied")])
def test_a_faulty_line_is_named(line, message, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "ok"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        list(store.read_jsonl(path))


def test_a_graph_is_no_jsonl(tmp_path):
    from extractor.graph import build_graph

    with pytest.raises(OutputError, match=r"a graph can't be written as \.jsonl; accepted are .*\.graphml"):
        exports.write_graph(build_graph(sample()), tmp_path / "out.jsonl")
