"""The account of a text: what was found, by which words, and why other triggers gave nothing."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.explain import explain, html, lines
from extractor.model import Article
from extractor.pipeline import Pipelines

TEXT = "La Corée du Nord a livré des obus à la Russie en octobre, selon Séoul. La livraison du journal a eu du retard."


@pytest.fixture(scope="module")
def account(pipeline_fr):
    return explain(Article("a", TEXT, "fr"), pipeline_fr)


def test_every_trigger_is_accounted_for(account):
    given, silent = account.accounts
    assert (given.trigger.text, silent.trigger.text) == ("livré", "livraison")
    assert len(given.transfers) == 1
    assert {c.role: c.text for c in given.choices} == {"supplier": "Corée du Nord", "recipient": "Russie", "item": "obus"}
    assert all(0 < c.probability <= 1 and c.evidence for c in given.choices)
    assert (given.reason, silent.transfers) == ("", ())
    assert silent.reason == "no two of its roles can be filled"


def test_it_is_told_in_words(account):
    text = "\n".join(lines(account))
    for part in ("« La Corée du Nord a livré", "✓ livré", "state:PRK → state:RUS, obus", "status reported, by “selon”",
                 "when en octobre", "source Séoul", "✗ livraison", "Corée du Nord  STATE  state:PRK"):  # fmt: skip
        assert part in text


def test_a_verb_whose_object_tells_the_transfer_says_so(pipeline_fr):
    verb, noun = explain(Article("a", "Moscou a repris ses livraisons d'armes à Damas.", "fr"), pipeline_fr).accounts
    assert (verb.trigger.text, verb.transfers, verb.reason) == ("repris", (), "another word tells the same transfer")
    assert [(t.supplier.id, t.recipient.id) for t in noun.transfers] == [("state:RUS", "state:SYR")]


def test_it_is_drawn_with_the_text_escaped(pipeline_fr):
    page = html([explain(Article("a", TEXT.replace("octobre", "octobre <b>2023</b>"), "fr"), pipeline_fr)])
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    for role in ("supplier", "recipient", "item", "trigger", "cue"):
        assert role in page


def test_the_command_takes_a_sentence_or_files(monkeypatch, pipeline_fr, tmp_path):
    monkeypatch.setattr(Pipelines, "load", lambda self, lang: pipeline_fr)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    said = CliRunner().invoke(app, ["explain", TEXT, "--lang", "fr", "--html", str(tmp_path / "a.html")])
    read = CliRunner().invoke(app, ["explain", str(tmp_path / "a.txt")])
    assert (said.exit_code, read.exit_code) == (0, 0)
    assert said.stdout.replace("text (fr)", "a (fr)") == read.stdout
    assert "supplier" in (tmp_path / "a.html").read_text("utf-8")
    missing = CliRunner().invoke(app, ["explain", str(tmp_path / "none.txt")])
    assert (missing.exit_code, "no such file or folder" in missing.stderr) == (1, True)
