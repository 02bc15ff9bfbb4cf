"""An article and its translation say the same: one graph whatever the language."""

from __future__ import annotations

import pytest
from conftest import ROOT

from extractor.articles import Reader

PAIRS = ROOT / "data" / "articles" / "pairs"


@pytest.fixture(scope="module")
def results(pipeline_fr, pipeline_en):
    """What is found in each text of the pairs, by file name."""
    found = {}
    for lang, pipeline in (("fr", pipeline_fr), ("en", pipeline_en)):
        found |= {r.article.id: r for r in pipeline.extract(Reader().read(map(str, sorted(PAIRS.glob(f"*-{lang}.txt")))))}
    return found


def ids(result, kind):
    return {entity.id for entity in result.entities if entity.type == kind}


@pytest.mark.parametrize("pair", ["munitions", "traite"])
@pytest.mark.parametrize("kind", ["STATE", "WEAPON", "ORG", "PERSON"])
def test_the_same_ids(results, pair, kind):
    assert ids(results[f"{pair}-fr"], kind) == ids(results[f"{pair}-en"], kind)


@pytest.mark.parametrize("pair", ["munitions", "traite"])
def test_the_same_edges(results, pair):
    french, english = (
        {(t.supplier.id, t.recipient.id) for t in results[f"{pair}-{lang}"].transfers if t.supplier and t.recipient}
        for lang in ("fr", "en")
    )
    assert len(french & english) >= 0.8 * len(french | english), (french - english, english - french)
