"""The figures on data/gold never fall below those of data/baseline.json; `make baseline` pins new ones."""

from __future__ import annotations

import json

import pytest
from conftest import GOLD, ROOT

from extractor.articles import Reader
from extractor.commands.evaluate import TOLERANCE, below, read_rows
from extractor.evaluate import figures, score, total
from extractor.store import result_to_json

PINS = json.loads((ROOT / "data" / "baseline.json").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(PINS))
def test_no_figure_falls(name, pipeline_of):
    path = GOLD / f"{name}.jsonl"
    passages = list(read_rows(path))
    (lang,) = {passage["lang"] for passage in passages}
    results = pipeline_of(lang).extract(Reader().read([str(path)]))
    found = {result.article.id: result_to_json(result, text=False) for result in results}
    now = figures(total(score(passage, found[passage["id"]]).counts for passage in passages))
    assert not list(below(now, PINS[name].items(), TOLERANCE))
