"""The command line: what it prints, writes and returns, and how it takes bad input."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import GOLD, ROOT
from typer.testing import CliRunner

import extractor
from extractor.cli import app
from extractor.errors import InputError
from extractor.pipeline import Pipelines

ARTICLES = sorted((ROOT / "data" / "articles").glob("*.txt"))
FRENCH = "La Corée du Nord a livré des obus d’artillerie à la Russie, selon Séoul."


@pytest.fixture
def run(monkeypatch, pipeline_fr):
    """Run the command line in this process, on the session's model; gives (code, stdout, stderr)."""
    monkeypatch.setattr(Pipelines, "load", lambda self, lang: pipeline_fr)

    def call(*args, stdin=None):
        result = CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return call


def outside(*args, **env):
    """Run the command line as a process of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, args)]
    return subprocess.run(command, capture_output=True, env={**os.environ, **env}, timeout=300, check=False)


def rows(path):
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def test_same_bytes_whatever_the_hash_seed_and_the_workers(run, tmp_path):
    targets = ("graph.graphml", "claims.jsonl")
    some = tmp_path / "some.jsonl"  # more than one batch
    some.write_text("".join((GOLD / "dev-news-fr.jsonl").read_text("utf-8").splitlines(True)[:36]), "utf-8")
    run("extract", *ARTICLES, some, *(a for name in targets for a in ("-o", tmp_path / name)))
    done = outside(
        "extract", *ARTICLES, some, "--workers", 2, *(a for name in targets for a in ("-o", tmp_path / f"again-{name}")),
        PYTHONHASHSEED="7",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
    for name in targets:
        assert (tmp_path / name).read_bytes() == (tmp_path / f"again-{name}").read_bytes()


def test_output_follows_the_contract(run, tmp_path):
    assert run("extract", *ARTICLES, "-o", tmp_path / "out.jsonl", "--quiet") == (0, "", "")
    found = rows(tmp_path / "out.jsonl")
    assert [row["id"] for row in found] == ["coree-russie-alliance", "poutine-kim-alliance-choc"]
    for row, path in zip(found, ARTICLES, strict=True):
        text = path.read_bytes().decode()
        stretches = [*row["entities"], *(t["trigger"] for t in row["transfers"])]
        stretches += [t[role] for t in row["transfers"] for role in ("supplier", "recipient", "item") if t[role]]
        stretches += [t["sentence"] for t in row["transfers"]]
        assert all(text[s["start"] : s["end"]] == s["text"] for s in stretches)
        assert row["lang"] == "fr"


def test_gold_is_read_as_articles(run, tmp_path):
    code, _, err = run("extract", GOLD / "dev-articles.jsonl", "-o", tmp_path / "out.jsonl")
    assert (code, len(rows(tmp_path / "out.jsonl"))) == (0, 2)
    assert re.fullmatch(r"extractor: 2 articles, \d+ transfers → \S+out\.jsonl\n", err)


def test_without_output_the_transfers_are_shown(run):
    code, out, err = run("extract", "-", stdin=FRENCH)
    head, *lines = out.splitlines()
    assert code == 0
    assert head.split("  ")[0] == "supplier → recipient"
    assert lines[0].startswith("Corée du Nord → Russie  ")
    assert {"obus d’artillerie", "reported", "Séoul"} <= set(re.split(r" {2,}", lines[0]))
    assert err == "extractor: 1 article, 1 transfer\n"


def test_an_article_cannot_steer_the_terminal(run):
    _, out, _ = run("extract", "-", stdin=FRENCH.replace("Russie", "Russie\x1b[31m"))
    assert "\x1b" not in out


def test_bad_inputs_are_told_and_the_others_processed(run, tmp_path):
    for name, data in {"good.txt": FRENCH.encode(), "empty.txt": b"", "bin.txt": b"\0\1\2" * 99}.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "lines.jsonl").write_text(json.dumps({"id": "l", "text": FRENCH}) + "\n{oops\n", "utf-8")
    (tmp_path / "de.txt").write_text("Der Minister hat am Montag die Lieferung der Panzer an das Heer bestätigt.", "utf-8")
    code, out, err = run("extract", tmp_path / "none", tmp_path, "-o", tmp_path / "out.jsonl")
    assert (code, out) == (1, "")
    assert sorted(err.splitlines()[:-1]) == sorted(
        f"extractor: error: {line}"
        for line in (
            f"{tmp_path}/none: no such file or folder",
            f"{tmp_path}/empty.txt: empty, no text in it",
            f"{tmp_path}/bin.txt: binary data, not text",
            f"{tmp_path}/lines.jsonl:2: not valid JSON: Expecting property name enclosed in double quotes at column 2",
            "article 'de': in language 'de', not covered (accepted: fr, en)",
        )
    )
    assert [row["id"] for row in rows(tmp_path / "out.jsonl")] == ["good", "l"]


def test_a_failing_article_does_not_stop_the_others(run, tmp_path, monkeypatch, pipeline_fr):
    def burst(batch):
        if any("bomb" in article.id for article in batch):
            raise ValueError("cannot digest this")
        return real(batch)

    real = pipeline_fr.run
    monkeypatch.setattr(pipeline_fr, "run", burst)
    for name in ("a", "bomb", "c"):
        (tmp_path / f"{name}.txt").write_text(FRENCH, "utf-8")
    code, _, err = run("extract", tmp_path, "-o", tmp_path / "out.jsonl")
    assert code == 1
    assert "extractor: error: article 'bomb': ValueError: cannot digest this\n" in err
    assert [row["id"] for row in rows(tmp_path / "out.jsonl")] == ["a", "c"]


def test_bad_targets_are_told_before_the_work_and_the_others_written(run, tmp_path):
    (tmp_path / "a.txt").write_text(FRENCH, "utf-8")
    bad = [tmp_path / "x.docx", tmp_path / "none" / "x.jsonl", tmp_path / "a.txt"]
    code, _, err = run("extract", tmp_path / "a.txt", *(a for p in bad for a in ("-o", p)), "-o", tmp_path / "good.jsonl")
    assert (code, len(rows(tmp_path / "good.jsonl"))) == (1, 1)
    told = err.splitlines()
    assert "unknown suffix '.docx'; accepted are " in told[0]
    assert told[1].startswith(f"extractor: error: {tmp_path}/none/x.jsonl: can't be written: there is no folder")
    assert told[2] == f"extractor: error: {tmp_path}/a.txt: is an input, and would be overwritten"
    assert (tmp_path / "a.txt").read_text("utf-8") == FRENCH


def test_nothing_read_means_nothing_written(run, tmp_path):
    (tmp_path / "out.jsonl").write_text("the last good run\n")
    code, _, err = run("extract", tmp_path / "none.txt", "-o", tmp_path / "out.jsonl")
    assert code == 1
    assert err.splitlines()[-1] == "extractor: no article could be read, nothing written"
    assert (tmp_path / "out.jsonl").read_text() == "the last good run\n"


def test_a_text_over_the_limit_is_read_in_parts(run, tmp_path, monkeypatch, pipeline_fr):
    monkeypatch.setattr(pipeline_fr, "part_size", 400)
    filler = "Il fait beau ce matin sur la place du marché.\n\n"
    text = filler * 9 + FRENCH + "\n\n" + filler * 9
    (tmp_path / "long.txt").write_text(text, "utf-8")
    run("extract", tmp_path / "long.txt", "-o", tmp_path / "out.jsonl")
    (row,) = rows(tmp_path / "out.jsonl")
    (found,) = row["transfers"]
    assert (found["supplier"]["id"], found["recipient"]["id"]) == ("state:PRK", "state:RUS")
    assert text[found["item"]["start"] : found["item"]["end"]] == "obus d’artillerie"
    assert text[found["sentence"]["start"] : found["sentence"]["end"]].strip() == FRENCH


@pytest.mark.parametrize(
    "args",
    [
        ["extract"], ["extract", "x", "--lang", "de"], ["extract", "x", "--date", "hier"],
        ["extract", "x", "--view", "tree"], ["extract", "x", "--workers", "0"], ["extract", "x", "--nonsense"],
        ["nonsense"], ["evaluate", "x", "--min", "beauty=1"], ["evaluate", "x", "--min", "status=high"],
        ["evaluate", "x", "--pin"],
    ],
)  # fmt: skip
def test_wrong_usage_is_exit_2(args):
    result = CliRunner().invoke(app, args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


def test_version():
    assert CliRunner().invoke(app, ["--version"]).stdout == f"extractor {extractor.__version__}\n"


def test_help_and_import_wait_for_no_model():
    """`extractor --help` answers in under 0.4 s, counted as processor time, for the machine may be busy."""
    took = []
    for _ in range(3):
        before = os.times()
        assert outside("--help").returncode == 0
        after = os.times()
        took.append(after.children_user + after.children_system - before.children_user - before.children_system)
    heavy = "import sys, extractor, extractor.cli; print([m for m in ('spacy', 'numpy', 'networkx', 'yaml') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, cwd=ROOT, check=True).stdout == b"[]\n"
    assert min(took) < 0.4


def test_evaluate_prints_figures_and_holds_floors(run, tmp_path):
    gold = tmp_path / "gold.jsonl"
    start = FRENCH.index
    gold.write_text(
        json.dumps(
            {
                "id": "a", "lang": "fr", "text": FRENCH, "date": None,
                "entities": [
                    {"start": start(n), "end": start(n) + len(n), "text": n, "type": t, "id": i}
                    for n, t, i in (("Corée du Nord", "STATE", "PRK"), ("obus d’artillerie", "WEAPON", None), ("Russie", "STATE", "RUS"))
                ],
                "transfers": [],
            }
        ),
        "utf-8",
    )  # fmt: skip
    code, out, _ = run("evaluate", gold)
    assert (code, out.splitlines()[0]) == (0, "gold: 1 passages, 0 without output")
    assert re.search(r"^entity\.WEAPON +F1 1\.000  P 1\.000  R 1\.000  gold 1$", out, re.MULTILINE)
    code, _, err = run("evaluate", gold, "--min", "transfer.f1=0.5", "--min", "entity.WEAPON.f1=1")
    assert (code, err) == (1, "extractor: error: gold: transfer.f1 is 0.000, below 0.5\n")
    code, out, _ = run("evaluate", gold, "--json")
    assert out.count("\n") == 1
    assert json.loads(out)["entity.WEAPON.f1"] == 1.0


def test_evaluate_scores_a_given_output_and_pins_a_baseline(run, tmp_path):
    gold, pins = GOLD / "dev-articles.jsonl", tmp_path / "pins.json"
    code, out, _ = run("evaluate", gold, "--predicted", gold, "--baseline", pins, "--pin")
    assert (code, "transfer         F1 1.000" in out) == (0, True)
    assert json.loads(pins.read_text())["dev-articles"]["transfer.f1"] == 1.0
    worse = tmp_path / "worse.jsonl"
    worse.write_text("\n".join(json.dumps({**row, "transfers": row["transfers"][2:]}) for row in rows(gold)))
    code, _, err = run("evaluate", gold, "--predicted", worse, "--baseline", pins)
    assert code == 1
    assert re.search(r"error: dev-articles: transfer\.f1 is 0\.9\d+, below 1\n", err)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (None, "gold.jsonl: No such file or directory"),
        (b"{", "gold.jsonl:1: not valid JSON: Expecting property name enclosed in double quotes: line 2 column 1 (char 2)"),
        (b'{"id": "a", "text": "b", "entities": 3}', "gold.jsonl:1: 'entities' must be a list of objects"),
        (b"\xff", "gold.jsonl: not UTF-8"),
    ],
)
def test_evaluate_refuses_what_is_no_gold(run, tmp_path, content, error):
    if content is not None:
        (tmp_path / "gold.jsonl").write_bytes(content + b"\n")
    code, _, err = run("evaluate", tmp_path / "gold.jsonl")
    assert (code, err) == (1, f"extractor: error: {tmp_path}/{error}\n")


def test_files_are_converted_merged_and_searched_for_conflicts(run, tmp_path):
    (tmp_path / "a.txt").write_text(FRENCH, "utf-8")
    run("extract", tmp_path / "a.txt", "-o", tmp_path / "a.jsonl", "-o", tmp_path / "a.graphml", "--view", "claims")
    (denial,) = rows(tmp_path / "a.jsonl")
    denial["id"], denial["text"] = "b", "Autre texte."
    for transfer in denial["transfers"]:
        transfer.update(status="denied", article="b", attribution=None)
    (tmp_path / "b.jsonl").write_text(json.dumps(denial), "utf-8")
    both = tmp_path / "both.jsonl"
    code, out, err = run("merge", tmp_path / "a.graphml", tmp_path / "b.jsonl", "-o", both)
    assert (code, out, err) == (0, "", f"extractor: 2 files → {both}\n")
    assert [row["id"] for row in rows(both)] == ["a", "b"]
    code, _, err = run("convert", both, "-o", tmp_path / "graph.graphml", "-o", tmp_path / "x.pptx", "--status", "reported")
    assert (code, (tmp_path / "graph.graphml").exists(), "unknown suffix '.pptx'" in err) == (1, True, True)
    code, out, err = run("conflicts", both)
    assert (code, err) == (0, "extractor: 1 conflict in 2 articles\n")
    head, *sides = out.splitlines()
    assert head.startswith("Corée du Nord → Russie: ")
    assert sides == [
        f"  affirmed  reported, Séoul, a: « {FRENCH} »",
        f"  denied    denied, b: « {FRENCH} »",
    ]


def test_conflicts_of_what_is_no_output(run, tmp_path):
    (tmp_path / "a.jsonl").write_text("{}\n")
    with pytest.raises(InputError):
        run("conflicts", tmp_path / "a.jsonl")


@pytest.mark.parametrize("command", [None, *sorted(c.name or c.callback.__name__ for c in app.registered_commands)])
def test_every_command_has_its_help(command):
    result = CliRunner().invoke(app, [*([command] if command else []), "--help"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Usage: ")
