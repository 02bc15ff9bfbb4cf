"""Status of a transfer: each cue's own examples, then a table of constructions, French beside English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor import cues, status
from extractor.errors import LexiconError
from extractor.model import STATUSES

CASES = [
    # hearsay, possibility, hypothesis
    ("fr", "Oslo aurait [livré] des radars à Lima.", "alleged"),
    ("fr", "Ces obus [proviendraient] de Minsk.", "alleged"),
    ("fr", "Oslo pourrait [livrer] des radars à Lima.", "planned"),
    ("fr", "Si Oslo [livrait] des radars à Lima, Quito protesterait.", "planned"),
    ("fr", "Oslo [livrerait] des radars à Lima si le Parlement acceptait.", "planned"),
    ("fr", "Le ministre a annoncé qu'Oslo [livrerait] des radars à Lima.", "planned"),
    ("en", "Oslo may have [delivered] radars to Lima.", "alleged"),
    ("en", "Oslo could [deliver] radars to Lima.", "planned"),
    ("en", "If Oslo is [delivering] radars to Lima, Quito will protest.", "planned"),
    ("en", "The minister announced that Oslo would [deliver] radars to Lima.", "planned"),
    ("fr", "Si Oslo n'avait pas [livré] ces radars, Lima aurait perdu.", "asserted"),
    ("en", "If Oslo had not [delivered] the radars, Lima would have lost.", "asserted"),
    ("en", "If Oslo had [delivered] the radars, Lima would have won.", "denied"),
    # a denial that takes up what was said; a swap; wishes
    ("fr", "Oslo a [livré] des radars à Lima, ce que Lima dément.", "denied"),
    ("fr", "Oslo a [livré] des radars à Lima. Lima dément.", "denied"),
    ("en", "Oslo [delivered] radars to Lima, which Lima denies.", "denied"),
    ("fr", "Oslo cédera des radars à Lima [contre] des canons.", "planned"),
    ("fr", "Oslo a [annulé] la commande de radars à Lima.", "denied"),
    # future
    ("fr", "Oslo [livrera] des radars à Lima.", "planned"),
    ("fr", "Oslo va [livrer] des radars à Lima.", "planned"),
    ("fr", "Oslo s'apprête à [livrer] des radars à Lima.", "planned"),
    ("fr", "Oslo vient de [livrer] des radars à Lima.", "asserted"),
    ("en", "Oslo will [deliver] radars to Lima.", "planned"),
    ("en", "Oslo is about to [deliver] radars to Lima.", "planned"),
    ("en", "Oslo has just [delivered] radars to Lima.", "asserted"),
    # negation
    ("fr", "Oslo n'a jamais [livré] de radars à Lima.", "denied"),
    ("fr", "Oslo ne [livre] plus de radars à Lima.", "denied"),
    ("fr", "Aucun radar n'a été [livré] à Lima.", "denied"),
    ("fr", "Oslo n'a [livré] que des radars à Lima.", "asserted"),
    ("fr", "Oslo n'a pas seulement [livré] des radars à Lima.", "asserted"),
    ("fr", "Le navire est reparti sans [livrer] les radars à Lima.", "denied"),
    ("fr", "Lima n'a autorisé aucune [livraison] de radars à Quito.", "denied"),
    ("en", "Oslo has never [delivered] radars to Lima.", "denied"),
    ("en", "Oslo no longer [delivers] radars to Lima.", "denied"),
    ("en", "Oslo has [delivered] no radars to Lima.", "denied"),
    ("en", "Oslo failed to [deliver] the radars to Lima.", "denied"),
    ("en", "The ship left without [delivering] the radars to Lima.", "denied"),
    # refusals and what they do not reach
    ("fr", "Oslo a refusé de [livrer] des radars à Lima.", "denied"),
    ("fr", "Oslo dément avoir [livré] des radars à Lima.", "denied"),
    ("fr", "Oslo a levé l'[embargo] sur les armes contre Lima.", "denied"),
    ("fr", "Le tribunal a interdit la [vente] de radars à Lima.", "denied"),
    ("fr", "Lima presse Oslo de cesser de [fournir] des radars à Quito.", "asserted"),
    ("en", "Oslo refused to [deliver] radars to Lima.", "denied"),
    ("en", "Oslo denied [delivering] radars to Lima.", "denied"),
    ("en", "Oslo lifted the arms [embargo] on Lima.", "denied"),
    ("en", "The court banned the [sale] of radars to Lima.", "denied"),
    ("en", "Lima urged Oslo to stop [supplying] radars to Quito.", "asserted"),
    # nouns by what stands before them
    ("fr", "Le projet de [vente] de radars à Lima inquiète Quito.", "planned"),
    ("fr", "Les futures [livraisons] de radars à Lima inquiètent Quito.", "planned"),
    ("fr", "La suspension des [livraisons] de radars à Lima inquiète Quito.", "denied"),
    ("fr", "Les [livraisons] de radars à Lima ont triplé.", "asserted"),
    ("en", "The planned [sale] of radars to Lima worries Quito.", "planned"),
    ("en", "The suspension of [deliveries] of radars to Lima worries Quito.", "denied"),
    ("en", "[Deliveries] of radars to Lima have tripled.", "asserted"),
    # accusation and sources
    ("fr", "Quito accuse Oslo de [livrer] des radars à Lima.", "alleged"),
    ("fr", "Oslo est soupçonné d'avoir [livré] des radars à Lima.", "alleged"),
    ("fr", "Selon le ministère, Oslo a [livré] des radars à Lima.", "reported"),
    ("fr", "Oslo a [livré] des radars à Lima, a indiqué mardi le ministère.", "reported"),
    ("fr", "Après avoir [reçu] des radars d'Oslo, Lima a dit vouloir des navires.", "asserted"),
    ("en", "Quito accused Oslo of [delivering] radars to Lima.", "alleged"),
    ("en", "Oslo allegedly [delivered] radars to Lima.", "alleged"),
    ("en", "According to the ministry, Oslo [delivered] radars to Lima.", "reported"),
    ("en", "Oslo [delivered] radars to Lima, the ministry said on Tuesday.", "reported"),
]
EXAMPLE = re.compile(r"^(?P<before>.*?)\[(?P<trigger>[^\]]+)\](?P<after>.*?)(?: => (?P<status>\w+))?$")


def assess(nlp, text, lang):
    """Assessment of the trigger in square brackets, and the status written after it, if any."""
    found = EXAMPLE.match(text)
    assert found, f"no trigger in square brackets: {text}"
    start = len(found["before"])
    doc = nlp(found["before"] + found["trigger"] + found["after"])
    span = doc.char_span(start, start + len(found["trigger"]), alignment_mode="expand")
    return status.assess(doc, span, lang), found["status"]


def examples(name, counter=False):
    for lang in ("fr", "en"):
        for rule in cues.load(lang, name).rules.values():
            for text in rule.counter if counter else rule.examples:
                yield pytest.param(lang, rule, text, id=f"{rule.id}: {text}")


@pytest.fixture
def nlp(request, lang):
    return request.getfixturevalue(f"nlp_{lang}")


@pytest.mark.parametrize(("lang", "text", "expected"), CASES, ids=[c[1] for c in CASES])
def test_construction(nlp, lang, text, expected):
    assert assess(nlp, text, lang)[0].status == expected


@pytest.mark.parametrize(("lang", "rule", "text"), [*examples("status"), *examples("attribution")])
def test_each_cue_matches_its_examples(nlp, lang, rule, text):
    found, written = assess(nlp, text, lang)
    assert found.status == (written or rule.status)


@pytest.mark.parametrize(("lang", "rule", "text"), [*examples("status", True), *examples("attribution", True)])
def test_no_cue_matches_its_counter_examples(nlp, lang, rule, text):
    assert assess(nlp, text, lang)[0].status == "asserted"


def test_the_cue_is_kept_with_its_place(nlp_fr):
    found = assess(nlp_fr, "Oslo refuse de [livrer] des radars à Lima.", "fr")[0]
    assert [(c.start, c.text) for c in found.cues] == [(5, "refuse")]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_rule_with_a_status_has_an_example(lang):
    kinds = ("governor", "trigger", "modal", "modifier", "marker")
    bare = [r.id for r in cues.load(lang, "status").rules.values() if r.kind in kinds and r.status and not r.examples]
    assert not bare


@pytest.mark.parametrize(
    ("yaml", "says"),
    [
        ("language: fr\nrules: [{id: a, kind: governor, words: [nie], status: perhaps}]", "rule 'a': status"),
        ("language: fr\nrules: [{id: a, kind: governor, words: [nie]}, {id: a, kind: governor, words: [nie]}]", "'a' stands twice"),
        ("language: fr\nrules: [{id: a, kind: governor, words: ['n*']}]", "rule 'a': stem"),
        ("language: en\nrules: []", "language is 'en'"),
        ("language: fr\npatterns: {past: '('}\nrules: []", "pattern 'past'"),
    ],
)
def test_a_faulty_file_is_refused_with_its_rule(tmp_path: Path, yaml, says):
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "status.yaml").write_text(yaml, encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(says)) as caught:
        cues.load("fr", "status", tmp_path)
    assert "status.yaml" in str(caught.value)


def test_the_strongest_status_holds():
    assert STATUSES == ("denied", "planned", "alleged", "reported", "asserted")
