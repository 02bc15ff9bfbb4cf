"""Inflection by rule: one row per pattern of spelling, and what a trigger's form may do against the tagger."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from extractor import frames
from extractor.inflection import Rules, inflect

VERBS = [
    ("fr", "exporter", "exporte exportaient exportera exportât exportée", "exportit"),
    ("fr", "céder", "cède céderait cèderait cédions cédés", "cèdons"),
    ("fr", "transférer", "transfère transfèrent transférera", "transferra"),
    ("fr", "régler", "règle régla", "règlons"),
    ("fr", "acheter", "achète achètera achetions acheté", "achetera"),
    ("fr", "rejeter", "rejette rejetait", "rejète"),
    ("fr", "commercer", "commerçait commercent commerça", "commercait"),
    ("fr", "partager", "partageait partagions partagea", "partagait"),
    ("fr", "convoyer", "convoie convoyait convoiera", "convoye"),
    ("fr", "envoyer", "envoie enverra envoya", "envoiera"),
    ("fr", "payer", "paie paye paiera payera", "paiyera"),
    ("fr", "fournir", "fournit fournissait fournies fournira", "fourne"),
    ("fr", "répartir", "répartissait répartit", "répart"),
    ("fr", "repartir", "repart repartaient reparti", "repartissait"),
    ("fr", "vendre", "vend vendu vendirent vendrait", "vendt"),
    ("fr", "recevoir", "reçoit reçoivent recevra reçut reçues", "recevu"),
    ("fr", "acquérir", "acquiert acquièrent acquerra acquis acquises", "acquéri"),
    ("fr", "obtenir", "obtient obtinrent obtiendra obtenue obtînt", "obtenit"),
    ("fr", "provenir", "provient provenant provenaient", "provené"),
    ("fr", "offrir", "offre offert offrit", "offri"),
    ("fr", "promettre", "promet promis promettent promirent", "promettu"),
    ("fr", "construire", "construit construisent construira", "construissent"),
    ("fr", "atteindre", "atteint atteignent atteindra", "atteindent"),
    ("en", "ship", "ships shipped shipping", "shiped"),
    ("en", "supply", "supplies supplied supplying", "supplyed"),
    ("en", "donate", "donates donated donating", "donateing"),
    ("en", "equip", "equips equipped equipping", "equiped"),
    ("en", "deliver", "delivers delivered delivering", "deliverred"),
    ("en", "channel", "channelled channeled channelling", "channells"),
    ("en", "traffic", "traffics trafficked trafficking", "trafficed"),
    ("en", "dispatch", "dispatches dispatched", "dispatchs"),
    ("en", "sell", "sells sold selling", "selled"),
    ("en", "fly", "flies flew flown flying", "flied"),
    ("en", "free", "freed freeing", "freing"),
]
NOUNS = [
    ("fr", "livraison", "livraisons"), ("fr", "envoi", "envois"), ("fr", "cadeau", "cadeaux"), ("fr", "flux", "flux"),
    ("fr", "arsenal", "arsenaux"), ("en", "delivery", "deliveries"), ("en", "embargo", "embargoes"), ("en", "buy", "buys"),
    ("en", "batch", "batches"), ("en", "sale", "sales"),
]


@pytest.mark.parametrize(("lang", "lemma", "forms", "wrong"), VERBS, ids=lambda value: value if " " not in value else "")
def test_verbs(lang: str, lemma: str, forms: str, wrong: str) -> None:
    found = inflect(lang, "verb", lemma, frames.load(lang).rules)
    assert set(forms.split()) <= set(found)
    assert lemma in found
    assert wrong not in found


@pytest.mark.parametrize(("lang", "noun", "plural"), NOUNS)
def test_nouns(lang: str, noun: str, plural: str) -> None:
    assert inflect(lang, "noun", noun, frames.load(lang).rules) == tuple(sorted({noun, plural}))


def test_irregular_plurals_are_data() -> None:
    assert inflect("en", "noun", "loaf", Rules(plurals={"loaf": "loaves"})) == ("loaf", "loaves")


# The words of a sentence with the tags and lemmas that a tagger gave, wrong ones among them, and the triggers to be found.
TAGGED = [
    ("fr", "Riga/PROPN réexportait/NOUN des/DET obus/NOUN", "réexportait:réexporter"),
    ("fr", "Riga/PROPN livre/VERB des/DET obus/NOUN", "livre:livrer"),
    ("fr", "Le/DET livre/NOUN parle/VERB", ""),
    ("fr", "Riga/PROPN ne/ADV livre/NOUN rien/PRON", "livre:livrer"),
    ("fr", "Les/DET forces/NOUN armées/ADJ parlent/VERB", ""),
    ("fr", "Je/PRON suis/AUX=être ici/ADV", ""),
    ("fr", "Un/DET Vendu/NOUN passe/NOUN", ""),
    ("fr", "Riga/PROPN a/AUX rétrocédé/ADJ trois/NUM Rafale/PROPN", "rétrocédé:rétrocéder"),
    ("fr", "Une/DET lettre/NOUN d'/ADP intention/NOUN", "lettre:lettre d'intention"),
    ("fr", "Une/DET lettre/NOUN de/ADP refuge/NOUN", ""),
    ("fr", "Des/DET chars/NOUN en/ADP route/NOUN", "route:(en) route"),
    ("fr", "Une/DET bonne/ADJ route/NOUN", ""),
    ("fr", "Des/DET chars/NOUN pour/ADP Riga/PROPN", "pour:pour"),
    ("fr", "Il/PRON parle/VERB! pour/ADP Riga/PROPN", ""),
    ("fr", "Il/PRON va/VERB faire/VERB présent/ADJ de/ADP chars/NOUN", "va:aller présent:(faire) présent"),
    ("fr", "Riga/PROPN doit/VERB=devoir des/DET chars/NOUN", "doit:devoir"),
    ("en", "Riga/PROPN hopes/VERB to/PART truck/NOUN sand/NOUN", "truck:truck"),
    ("en", "A/DET truck/NOUN", ""),
    ("en", "Tanks/NOUN for/ADP Riga/PROPN", "for:for"),
    ("en", "They/PRON speak/VERB! for/ADP Riga/PROPN", ""),
    ("en", "The/DET arms/NOUN embargo/ADV holds/NOUN", "embargo:embargo"),
    ("en", "Riga/PROPN supplying/VERB=supplye Oslo/PROPN", "supplying:supply"),
    ("en", "Deliveries/NOUN=deliverie begin/VERB", "Deliveries:delivery"),
    ("en", "Riga/PROPN lent/NOUN tanks/NOUN", "lent:lend"),
    ("en", "A/DET hand/NOUN of/ADP cards/NOUN", ""),
    ("en", "They/PRON hand/NOUN the/DET tanks/NOUN over/ADP", "hand:hand over"),
    ("en", "The/DET parts/NOUN=piece rust/VERB", ""),
    ("en", "Tanks/NOUN on/ADP their/DET way/NOUN", "way:(on) way"),
    ("en", "A/DET long/ADJ way/NOUN", ""),
    ("en", "They/PRON cut/VERB aid/NOUN off/ADP", "cut:cut off aid:aid"),
]


VOCAB = spacy.blank("xx").vocab


def _doc(tagged: str) -> Doc:
    words = [word.rsplit("/", 1) for word in tagged.split()]
    tags = [tag.partition("=")[0].rstrip("!") for _, tag in words]
    lemmas = [tag.partition("=")[2] or form.lower() for form, tag in words]
    finite = ["VerbForm=Fin" if tag.endswith("!") else "" for _, tag in words]
    starts = [at == 0 for at in range(len(words))]
    return Doc(VOCAB, [form for form, _ in words], pos=tags, lemmas=lemmas, morphs=finite, sent_starts=starts)


@pytest.mark.parametrize(("lang", "tagged", "expected"), TAGGED, ids=lambda value: value if "/" in value else "")
def test_forms_against_the_tagger(lang: str, tagged: str, expected: str) -> None:
    assert " ".join(f"{t.token.text}:{t.lemma}" for t in frames.load(lang).triggers(_doc(tagged))) == expected


@pytest.mark.parametrize(
    ("lang", "words", "heads", "deps"),
    [
        ("fr", ["Riga", "doit", "parler"], [1, 1, 1], ["nsubj", "ROOT", "xcomp"]),
        ("en", ["Riga", "has", "spoken"], [2, 2, 2], ["nsubj", "aux", "ROOT"]),
    ],
)
def test_modals_and_auxiliaries_are_no_triggers(lang: str, words: list[str], heads: list[int], deps: list[str]) -> None:
    lemmas = {"fr": ["Riga", "devoir", "parler"], "en": ["Riga", "have", "speak"]}[lang]
    doc = Doc(VOCAB, words, pos=["PROPN", "VERB", "VERB"], lemmas=lemmas, heads=heads, deps=deps)
    assert list(frames.load(lang).triggers(doc)) == []


def test_mentions_are_no_triggers() -> None:
    doc = _doc("Riga/PROPN sold/VERB=sold tanks/NOUN")
    assert list(frames.load("en").triggers(doc, {1})) == []
