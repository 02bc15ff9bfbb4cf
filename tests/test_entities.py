"""Which thing a mention names: capitals and seats, descriptions, one record per thing."""

from __future__ import annotations

import pytest

from extractor import entities, lexicon
from extractor.model import Mention


@pytest.fixture
def nlp_of(request):
    return lambda lang: request.getfixturevalue(f"nlp_{lang}")


def named(doc, text, nth=0):
    return [m for m in doc._.mentions if m.text == text][nth]


@pytest.mark.parametrize(
    ("lang", "text", "name", "expected"),
    [
        # the capital acts, or something is given to it or asked of it
        ("fr", "Lisbonne a promis des radars à Luanda.", "Lisbonne", "state:PRT"),
        ("fr", "Lisbonne a promis des radars à Luanda.", "Luanda", "state:AGO"),
        ("en", "Lisbon promised radars to Luanda.", "Luanda", "state:AGO"),
        ("fr", "L'accord conclu entre Ottawa et Riga prévoit des drones.", "Riga", "state:LVA"),
        ("fr", "Le ministre accuse Téhéran d'armer la milice.", "Téhéran", "state:IRN"),
        ("fr", "La marine a reçu six vedettes de Canberra.", "Canberra", "state:AUS"),
        ("en", "Canberra's gift of boats pleased Suva.", "Canberra", "state:AUS"),
        # the place: datelines, locative words, events
        ("fr", "LIMA, 4 mai (AFP) – Le Pérou a acheté six radars.", "LIMA", "place:Lima"),
        ("en", "LIMA, May 4 (Reuters) - Peru bought six radars.", "LIMA", "place:Lima"),
        ("fr", "La délégation a signé lundi à Lima.", "Lima", "place:Lima"),
        ("en", "The delegation signed on Monday in Lima.", "Lima", "place:Lima"),
        ("fr", "Le sommet de Luanda a échoué.", "Luanda", "place:Luanda"),
        ("fr", "Le cargo est resté dans le port de Luanda.", "Luanda", "place:Luanda"),
        ("fr", "Le ministre vit depuis dix ans près de Riga.", "Riga", "place:Riga"),
        ("fr", "À Riga, Valdis Berzins a salué cette décision.", "Riga", "place:Riga"),
        ("fr", "Le président a quitté Riga sans un mot.", "Riga", "place:Riga"),
        ("en", "The cargo left Riga, Latvia, on Monday.", "Riga", "place:Riga"),
        ("fr", "De Riga, Valdis Berzins a salué cette décision.", "Riga", "place:Riga"),
        ("fr", "Riga, Lettonie – Les radars sont arrivés.", "Riga", "place:Riga"),
        # seats of power
        ("fr", "Le Kremlin dément toute livraison.", "Kremlin", "state:RUS"),
        ("fr", "La Maison-Blanche a approuvé la vente.", "Maison-Blanche", "state:USA"),
        ("en", "The White House has approved the sale.", "White House", "state:USA"),
        ("fr", "Le prochain président occupera la Maison-Blanche.", "Maison-Blanche", "place:Maison-Blanche"),
        # a city that stands for an organisation
        ("fr", "Bruxelles a décidé de nouvelles sanctions.", "Bruxelles", "org:European Union"),
        ("fr", "Les ministres se sont réunis mardi à Bruxelles.", "Bruxelles", "place:Brussels"),
        # seats that are organisations in their own right
        ("fr", "Le Pentagone a confirmé la vente.", "Pentagone", "org:United States Department of Defense"),
        ("fr", "Le Quai d'Orsay a confirmé la vente.", "Quai d'Orsay", "org:French Ministry of Foreign Affairs"),
    ],
)  # fmt: skip
def test_capitals_and_seats(nlp_of, lang, text, name, expected):
    doc = nlp_of(lang)(text)
    mention = named(doc, name)
    assert mention.entity == expected, mention.link
    assert mention.type == {"state": "STATE", "place": "PLACE", "org": "ORG"}[expected.partition(":")[0]]


@pytest.mark.parametrize(
    ("lang", "text", "word", "expected"),
    [
        ("en", "Egypt paid. Sweden expects the country to choose.", "country", "state:SWE"),
        ("en", "Taiwan signed with Sweden. The island awaits its radars.", "island", "state:TWN"),
        ("en", "Sweden signed. The bill is due.", "bill", None),
        ("fr", "L'Égypte a payé. Le gouvernement suédois attend.", "gouvernement", "state:SWE"),
        ("fr", "L'Égypte a payé. La Suède attend que le pays choisisse.", "pays", "state:SWE"),
        ("fr", "Taïwan a signé avec la Suède. L'île attend ses radars.", "île", "state:TWN"),
        ("fr", "L'Arabie saoudite a signé avec l'Égypte. Le royaume attend.", "royaume", "state:SAU"),
        ("fr", "La Suède a signé. L'archipel attend.", "archipel", None),
        ("fr", "L'Égypte a vendu des obus au Soudan ; ce dernier nie.", "dernier", "state:SDN"),
        ("fr", "La Suède a signé. La facture attend.", "facture", None),
    ],
)
def test_descriptions(nlp_of, lang, text, word, expected):
    doc = nlp_of(lang)(text)
    token = next(t for t in reversed(doc) if t.text == word)
    assert entities.describe(doc, token, doc._.mentions) == expected


def test_one_record_for_each_thing():
    known = lexicon.load("fr")
    mentions = [
        Mention(0, 6, "Moscou", "STATE", "gazetteer:state.capital", "state:RUS", "capital"),
        Mention(9, 15, "russes", "STATE", "gazetteer:state.demonym", "state:RUS", "demonym"),
        Mention(20, 30, "Ada Zyskow", "PERSON", "model:PER", "person:Ada Zyskow"),
        Mention(40, 44, "Otan", "ORG", "gazetteer:org.name", "org:NATO"),
    ]
    things = entities.of(mentions, known)
    assert [(t.id, t.type, t.names["fr"], t.names["en"]) for t in things] == [
        ("state:RUS", "STATE", "Russie", "Russia"),
        ("person:Ada Zyskow", "PERSON", "Ada Zyskow", "Ada Zyskow"),
        ("org:NATO", "ORG", "OTAN", "NATO"),
    ]


def test_same_thing_in_both_languages(nlp_of):
    french = nlp_of("fr")("La Corée du Nord, Pyongyang et des obus nord-coréens.")
    assert {m.entity for m in french._.mentions if m.type == "STATE"} == {"state:PRK"}
