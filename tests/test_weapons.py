"""Weapons found by form. In the tables, square brackets mark every weapon that must be found, and nothing else may be."""

from __future__ import annotations

import re

import pytest

from extractor import designations, lexicon, weapon_grammar, weapons
from extractor.designations import aliases_of
from extractor.errors import LexiconError
from extractor.runs import Tokens
from extractor.variants import plain
from extractor.weapon_grammar import CATEGORIES, expand
from extractor.weapon_names import names


def marked(text: str, lang: str) -> str:
    """``text`` with brackets round each weapon found."""
    for mention in reversed(weapons.find_in(text, lexicon.load(lang))):
        assert text[mention.start : mention.end] == mention.text
        text = f"{text[: mention.start]}[{mention.text}]{text[mention.end :]}"
    return text


GROUPS = {
    "noun and adjective": (
        "Moscou a livré des [missiles balistiques] et des [missiles antichars] modernes.",
        "Moscow delivered [ballistic missiles] and modern [anti-tank missiles].",
    ),
    "range": (
        "Téhéran possède des [missiles balistiques à courte portée].",
        "Tehran has [short-range ballistic missiles].",
    ),
    "calibre": (
        "Prague a trouvé des [obus d'artillerie de 155 mm], des [roquettes de 122 mm] et des [cartouches de calibre 9 mm].",
        "Prague found [155mm artillery shells], [122 mm rockets] and [.50-calibre rifles].",
    ),
    "two calibres": ("Il faut des [obus de 105 et de 155 mm].", "They need [105mm shells] and [155mm shells]."),
    "air defence": (
        "Berlin cède un [système de défense antiaérienne] et des [missiles sol-air portables].",
        "Berlin hands over an [air-defence system] and [man-portable surface-to-air missiles].",
    ),
    "kinds of ships and radars": (
        "La marine a reçu deux [vedettes de surveillance] et trois [radars à basse altitude].",
        "The navy received four [patrol frigates], two [Hamilton-class cutters] and three [maritime radars].",
    ),
    "named trainers and troop carriers": (
        "L'armée veut des [transports de troupes Piranha], mais le transport de troupes par rail est fermé.",
        "The air force got eight [L-39NG trainers], but no trainers came.",
    ),
    "loitering": ("Ils ont acheté des [munitions rôdeuses].", "They bought [loitering munitions]."),
    "coordinated modifiers": (
        "Le traité interdit les [armes chimiques et biologiques].",
        "The treaty bans [chemical and biological weapons].",
    ),
    "demonym outside": (
        "Les [missiles] nord-coréens et les [chars] russes sont arrivés.",
        "The North Korean [missiles] and Russian [tanks] arrived at the front.",
    ),
    "quality outside": (
        "Des [hélicoptères d'attaque] neufs et des [drones] supplémentaires sont promis à l'armée.",
        "Brand-new [attack helicopters] and additional [drones] were promised to the army.",
    ),
    "part of a weapon": (
        "L'usine fabrique des [moteurs de missiles] et des [composants de drones].",
        "The plant makes [missile engines] and [drone components].",
    ),
    "ammunition for": (
        "Oslo envoie des [munitions pour mortiers].",
        "Oslo sends [bullets for rifles] and [launchers for anti-ship missiles].",
    ),
    "mass destruction": (
        "Des [armes de destruction massive] furent cherchées en vain.",
        "[Weapons of mass destruction] were sought in vain.",
    ),
    "kit": ("Il vend des [kits de guidage pour bombes].", "It sells [guidance kits] and [ejection seats]."),
    "spare parts": (
        "Elle attend des [pièces détachées] pour ses [chars de combat].",
        "It waits for [spare parts] for its [main battle tanks].",
    ),
    "sniper and hand weapons": (
        "Des [fusils d'assaut], des [mitrailleuses lourdes] et des [grenades à main] ont été saisis par les soldats.",
        "[Assault rifles], [heavy machine guns] and [hand grenades] were seized by soldiers.",
    ),
}
NAMES = {
    "designation beside a noun": (
        "Varsovie commande des [chars Leopard 2A7] et des [avions de chasse F-16].",
        "Warsaw orders [Leopard 2A7 tanks] and [F-16 fighter jets].",
    ),
    "bare designation": ("Athènes veut des [S-400] et des [Su-35].", "Athens wants [S-400s] and [Su-35s]."),
    "variant and block": ("Taipei a payé ses [F-16C/D Block 70].", "Taipei paid for its [F-16C/D Block 70]."),
    "nickname": ("Rome achète des [F-35A Lightning II].", "Rome buys the [F-35A Lightning II]."),
    "series unknown to the gazetteer": ("Elle a tiré un [KN-28] et un [Kh-99].", "It fired a [KN-28] and a [Kh-99]."),
    "unknown name beside a noun": (
        "Le pays aligne des [missiles Zorglub] et des [fusils XR-900].",
        "The country fields [XR-900 rifles].",
    ),
    "class": (
        "Alger veut un [sous-marin d'attaque de la classe Kilo] et des [corvettes de type Steregouchtchi].",
        "Algiers wants a [Kilo-class attack submarine] and [Steregushchiy-class corvettes].",
    ),
    "type named after": (
        "Le Caire a reçu des [avions du type Mirage].",
        "Cairo received [missiles of the Scud type] and [submarines of the Romeo class].",
    ),
    "ship": (
        "L'[USS Carney] et la [frégate Languedoc] ont abattu deux [missiles].",
        "The [USS Carney] and the [destroyer HMS Diamond] shot down two [missiles].",
    ),
    "other script habits": (
        "Des [lance-roquettes M142 HIMARS] et des [drones Bayraktar TB-2].",
        "[M142 HIMARS launchers] and [Bayraktar TB-2 drones].",
    ),
    "lower-case name": ("Il cachait deux [kalachnikovs].", "He hid two [kalashnikovs]."),
    "maker before": ("Un [Iliouchine Il-76] s'est posé.", "A [Sukhoi Su-30] landed."),
}
AMBIGUOUS = {
    "jet or squall": (
        "L'Inde achète des [Rafale] et des [missiles]. Une rafale de vent a couché l'arbre.",
        "India buys the [Rafale] and [missiles].",
    ),
    "general or tank": ("Le général Leclerc entra dans la ville avec l'armée.", "General Leclerc entered the city with his army."),
    "city or missile": ("Il vit à Milan depuis la guerre.", "He has lived in Milan since the war."),
    "person or gun": ("Archer a quitté l'armée ; l'armée garde ses [canons Archer].", "Mr Archer left the army."),
    "football club or missile": (
        "Battu par le Milan 3-1, le club a perdu la bataille du titre.",
        "Beaten by Milan 3-1, the club lost the battle for the title.",
    ),
    "war or person": ("Le nouveau Jaguar a fini la course.", "The new Jaguar won the race."),
    "company": ("Le patron de BrahMos Aerospace est à Moscou.", "The head of BrahMos Aerospace is in Moscow."),
    "law": ("Le Patriot Act date de 2001 ; la guerre suivit.", "The Patriot Act dates from 2001; war followed."),
    "room number": ("La résolution B5-0771 sur la défense.", "Resolution B5-0771 on defence."),
}
LOOKALIKES = {
    "carnival": ("Le char du carnaval dominait la foule venue avec l'armée.", "A carnival float led the parade."),
    "game": ("Les chasseurs ont abattu un sanglier près du camp militaire.", "Fighters from the rebel group advanced."),
    "bee": ("Dans la ruche, le drone ne pique pas la reine.", "The drone leaves the hive to mate with the queen."),
    "airline": ("Les avions de la compagnie transportent des passagers.", "The planes of the airline carry passengers."),
    "space": ("La fusée a placé un satellite en orbite.", "The rocket put a satellite into orbit for NASA."),
    "gold": ("La mine d'or emploie mille mineurs malgré la guerre.", "The gold mines employ thousands despite the war."),
    "insult": ("Il a sorti l'artillerie lourde contre son rival.", "He was up in arms about the price."),
    "sand yacht": ("Il pratique le char à voile.", "He works for a think tank."),
    "body": ("Elle est venue, une rose aux lèvres.", "She held the baby in her arms."),
    "idiom": ("Son frère d'armes lui a renvoyé la balle.", "It was no silver bullet for shell companies."),
    "salad": ("Une salade de roquette et des graines de roquettes.", "A rocket salad with parmesan."),
    "verb": ("La France arme le royaume ; nous avions raison d'y croire.", "They will torpedo the talks."),
    "church": ("La voûte repose sur des croisées d'ogives.", "The think tank and the water tanks."),
    "organisation": ("Il siège au conseil.", "The National Arms Control Committee met."),
    "cure": ("Le bouclier anti-inflation tient.", "Suicide bombers struck the market during the war."),
    "shuttle": ("La navette et ses lanceurs ont mis un satellite en orbite.", "The shuttle's external tanks and boosters fell away, NASA said."),
    "people": ("Des hommes armés et des combattants sont entrés en guerre.", "Some 5,000 armed fighters and suicide bombers joined the war."),
    "cruise": ("Les navires de croisière reviennent.", "The cruise ships return."),
}
CONTEXT = {
    "aircraft after a named one": (
        "Zagreb a reçu six [Rafale] pour son armée. Les [appareils] sont d'occasion.",
        "Zagreb got six [Rafales] for its army. The [jets] are second-hand.",
    ),
    "no aircraft before": ("Les appareils électroménagers se vendent bien.", "The aircraft took tourists home."),
    "artillery as cargo": (
        "Les livraisons d'[artillerie] reprennent.",
        "Deliveries of [artillery] resume.",
    ),
    "list": (
        "Ils ont reçu des [blindés], des [lance-roquettes] et de l'[artillerie].",
        "They received [artillery], [armoured vehicles] and [anti-aircraft guns].",
    ),
}


def rows(table: dict[str, tuple[str, str]]) -> list[object]:
    return [
        pytest.param(text, lang, id=f"{name}-{lang}")
        for name, pair in table.items()
        for text, lang in zip(pair, ("fr", "en"), strict=True)
    ]


@pytest.mark.parametrize(("text", "lang"), rows({**GROUPS, **NAMES, **AMBIGUOUS, **LOOKALIKES, **CONTEXT}))
def test_spans(text: str, lang: str) -> None:
    assert marked(re.sub(r"[\[\]]", "", text), lang) == text


TWINS = [
    ("obus d'artillerie", "artillery shells", "artillery shell", "munitions"),
    ("missiles balistiques à courte portée", "short-range ballistic missiles", "short-range ballistic missile", "missiles"),
    ("systèmes de défense antiaérienne", "air-defence systems", "air defence system", "other"),
    ("munitions rôdeuses", "loitering munitions", "loitering munition", "uncrewed systems"),
    ("armes nucléaires", "nuclear weapons", "nuclear weapon", "other"),
    ("armes légères", "small arms", "small arms", "small arms"),
    ("fusils d'assaut", "assault rifles", "assault rifle", "small arms"),
    ("mitrailleuses lourdes", "heavy machine guns", "heavy machine gun", "small arms"),
    ("chars Leopard 2A6", "Leopard 2A6 tanks", "leopard 2", "armoured vehicles"),
    ("Guépard", "Gepards", "gepard", "air-defence systems"),
    ("système S-400", "S-400 system", "s-400", "air-defence systems"),
    ("drones de reconnaissance", "reconnaissance drones", "reconnaissance drone", "uncrewed systems"),
    ("frégates de la classe Lupo", "Lupo-class frigates", "lupo-class frigate", "ships"),
    ("kalachnikovs", "AK-47s", "ak-47", "small arms"),
    ("obus de mortier", "mortar shells", "mortar shell", "munitions"),
    ("radars de contre-batterie", "counter-battery radars", "counter-battery radar", "sensors"),
    ("moteurs de drones", "drone engines", "drone engine", "engines"),
    ("bombes guidées", "guided bombs", "guided bomb", "munitions"),
    ("équipements militaires", "military equipment", "military equipment", "other"),
    ("véhicules de combat d'infanterie", "infantry fighting vehicles", "infantry fighting vehicle", "armoured vehicles"),
]


@pytest.mark.parametrize(("french", "english", "ident", "category"), TWINS)
def test_one_entity_in_both_languages(french: str, english: str, ident: str, category: str) -> None:
    for text, lang in ((f"L'armée attend des {french} de Paris.", "fr"), (f"The army awaits the {english} from Paris.", "en")):
        found = weapons.find_in(text, lexicon.load(lang))
        assert [(m.entity, m.category, m.type) for m in found] == [(f"weapon:{ident}", category, "WEAPON")], text


@pytest.mark.parametrize(
    ("ident", "english", "french"),
    [
        ("weapon:short-range ballistic missile", "short-range ballistic missile", "missile balistique à courte portée"),
        ("weapon:artillery shell", "artillery shell", "obus d'artillerie"),
        ("weapon:heavy machine gun", "heavy machine gun", "mitrailleuse lourde"),
        ("weapon:submarine", "submarine", "sous-marin"),
        ("weapon:gepard", "Gepard", "Guépard"),
        ("weapon:drone engine", "drone engine", "moteur de drone"),
        ("weapon:kn-28", "KN-28", "KN-28"),
        ("weapon:uss carney", "USS Carney", "USS Carney"),
    ],
)
def test_display_names(ident: str, english: str, french: str) -> None:
    assert names(ident) == (english, french)


def test_rules_and_links_tell_what_was_found_how() -> None:
    found = weapons.find_in("Des obus, des chars Leopard 2, des S-400 et un KN-28.", lexicon.load("fr"))
    assert [(m.rule, m.link) for m in found] == [
        ("grammar:weapon", "grammar:weapon"),
        ("grammar:weapon", "gazetteer:weapon"),
        ("gazetteer:weapon", "gazetteer:weapon"),
        ("pattern:designation", "pattern:designation"),
    ]


def _raw_rows() -> list[dict[str, str]]:
    return [row for _, row in designations._rows(weapon_grammar.LEXICON / "weapons.csv")]


def test_gazetteer_rows_have_both_names_a_category_and_a_maker() -> None:
    for row in _raw_rows():
        assert row["en"], row
        assert row["fr"], row
        assert row["category"] in CATEGORIES, row
        assert re.fullmatch("[A-Z]{3}", row["maker"]), row


def test_gazetteer_has_enough_systems_of_every_kind() -> None:
    rows = _raw_rows()
    assert len({row["en"].lower() for row in rows}) == len(rows) >= 450
    for category in set(CATEGORIES) - {"components"}:
        assert sum(row["category"] == category for row in rows) >= 10, category


def test_no_alias_claims_two_systems_without_a_context_rule() -> None:
    owners: dict[str, list[tuple[str, str, str]]] = {}
    for row in _raw_rows():
        for alias, need in aliases_of(row):
            key = " ".join(plain(word) for word in Tokens(alias).words)
            owners.setdefault(key, []).append((row["en"], row["category"], need))
    for key, claims in owners.items():
        if len({system for system, _, _ in claims}) > 1:
            assert sum(need != "h" for _, _, need in claims) <= 1, (key, claims)
            assert len({category for _, category, _ in claims}) == len(claims), (key, claims)


#: Heads that one language alone has a word for, or names by another construction.
ALONE = {
    "fr": {"device"},
    "en": {"aid", "camera", "cannon", "carrier", "charge", "boat", "gunship", "monster", "post", "pounder", "round", "scope", "seat",
           "section", "turboprop", "armour", "nuclear weapon", "means of delivery", "materiel", "combat aircraft", "device"},
}  # fmt: skip


def test_heads_have_twins() -> None:
    french, english = weapon_grammar.load("fr").by_id, weapon_grammar.load("en").by_id
    assert set(french) - set(english) <= ALONE["fr"]
    assert set(english) - set(french) <= ALONE["en"]
    for ident in set(french) & set(english):
        assert french[ident].category == english[ident].category, ident


@pytest.mark.parametrize(
    ("pattern", "readings"),
    [
        ("missile(s)", ["missile", "missiles"]),
        ("nava(l|ls|ux)", ["naval", "navals", "navaux"]),
        ("de (très )loin", ["de loin", "de très loin"]),
        ("(a|b) c(s)", ["a c", "b c", "a cs", "b cs"]),
    ],
)
def test_patterns_expand(pattern: str, readings: list[str]) -> None:
    assert sorted(expand(pattern)) == sorted(readings)


def test_faulty_head_is_refused_with_file_and_reason() -> None:
    with pytest.raises(LexiconError, match=r"lexicon/fr/weapons.yaml: head 'x': unknown category 'y'"):
        weapon_grammar._head("x", {"words": ["x"], "category": "y"}, "lexicon/fr/weapons.yaml")
