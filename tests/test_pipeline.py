"""The stages together: what the library gives, and that a result depends on nothing but its article."""

from __future__ import annotations

import json
import unicodedata

import pytest
from conftest import GOLD

import extractor
from extractor.errors import InputError, LexiconError, ModelError
from extractor.model import Article
from extractor.pipeline import Options, Pipelines
from extractor.store import result_to_json

FRENCH = "La Corée du Nord a livré des obus à la Russie."
GERMAN = "Der Minister hat am Montag im Bundestag die Lieferung der Panzer an das Heer bestätigt und begründet."


@pytest.fixture
def pipelines(pipeline_fr, monkeypatch):
    """The extractor of all languages, French alone loaded."""
    made = Pipelines()
    monkeypatch.setattr(made, "_loaded", {"fr": pipeline_fr})
    return made


def test_the_library_as_the_readme_shows_it(pipeline_fr, monkeypatch):
    monkeypatch.setattr("extractor.language.load", lambda *args: pipeline_fr.nlp)
    (result,) = extractor.load("fr").extract([Article("a", FRENCH)])
    assert (result.article.lang, result.article.id) == ("fr", "a")
    assert {e.id: e.names["en"] for e in result.entities}["state:PRK"] == "North Korea"
    assert {"state:PRK", "state:RUS"} <= set(extractor.build_graph([result]).nodes)


def test_goods_of_a_transfer_are_things_with_names_in_both_languages(pipeline_fr):
    (result,) = pipeline_fr.extract([Article("a", "La Russie a livré du pétrole et des obus d’artillerie à la Corée du Nord.")])
    names = {entity.id: entity.names for entity in result.entities}
    assert names["goods:oil"] == {"fr": "pétrole", "en": "oil"}
    assert names["weapon:artillery shell"]["fr"].startswith("obus d")
    assert [m.text for m in result.mentions if m.type == "GOODS"] == ["pétrole"]
    assert [m.start for m in result.mentions] == sorted(m.start for m in result.mentions)


def test_accents_apart_and_soft_hyphens_hide_nothing(pipeline_fr):
    text = unicodedata.normalize("NFD", FRENCH).replace("livre", "li\u00advre")
    plain, hidden = pipeline_fr.extract([Article("a", FRENCH), Article("b", text)])
    assert [(m.entity, m.type) for m in hidden.mentions] == [(m.entity, m.type) for m in plain.mentions]
    (transfer,) = hidden.transfers
    for part in (*hidden.mentions, transfer.supplier, transfer.item, transfer.trigger, transfer.evidence.sentence):
        assert text[part.start : part.end] == part.text
    assert transfer.trigger.text == unicodedata.normalize("NFD", "li\u00advré")


def test_a_result_depends_on_no_other_article(pipeline_fr):
    rows = [json.loads(line) for line in (GOLD / "dev-news-fr.jsonl").read_text("utf-8").splitlines()[24:36]]
    articles = [Article(row["id"], row["text"]) for row in rows]
    first = [result_to_json(r) for r in pipeline_fr.extract(articles)]
    again = [result_to_json(r) for r in pipeline_fr.extract(articles[::-1])]
    assert first == again[::-1]


def test_results_keep_the_order_and_bad_articles_are_told(pipelines):
    articles = [Article("a", FRENCH), Article("b", GERMAN), Article("c", FRENCH, "fr")]
    told = []
    assert [r.article.id for r in pipelines.extract(articles, told.append)] == ["a", "c"]
    assert [str(error) for error in told] == ["article 'b': in language 'de', not covered (accepted: fr, en)"]
    with pytest.raises(InputError):
        list(pipelines.extract(articles))


def test_a_paragraph_in_a_third_language_is_left_out_and_told(pipelines):
    french = f"{FRENCH} Les deux pays n’ont fait aucun commentaire, et le ministère n’a pas répondu aux questions de la presse."
    text = f"{french}\n\n{GERMAN} {GERMAN}\n\n{french}"
    told = []
    (result,) = pipelines.extract([Article("a", text)], told.append)
    assert len(told) == 1
    assert [text[t.trigger.start : t.trigger.end] for t in result.transfers] == ["livré", "livré"]
    assert [e.id for e in result.entities].count("state:PRK") == 1


def test_a_missing_model_stops_a_run_in_its_language_only(monkeypatch, pipelines):
    def missing(lang, *rest):
        raise ModelError(f"model for '{lang}' is not installed")

    monkeypatch.setattr("extractor.language.load", missing)
    told = []
    english = Article("e", "Russia has delivered twelve tanks to Pyongyang.")
    assert [r.article.id for r in pipelines.extract([english, Article("a", FRENCH)], told.append)] == ["a"]
    assert [str(error) for error in told] == ["article 'e': model for 'en' is not installed"]
    with pytest.raises(ModelError):
        list(Pipelines(Options("en")).extract([english], told.append))


def test_a_faulty_lexicon_stops_the_run(tmp_path):
    (tmp_path / "lexicon.yaml").write_text("- nonsense: [", "utf-8")
    with pytest.raises(LexiconError):
        extractor.load("fr", lexicon=str(tmp_path / "lexicon.yaml"))
