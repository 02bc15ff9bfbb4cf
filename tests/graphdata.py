"""Results made by hand, for the tests of the graph and its files."""

from __future__ import annotations

from datetime import date

from extractor.model import (
    Article,
    Attribution,
    Entity,
    EntityType,
    Evidence,
    Extent,
    Filler,
    Mention,
    Quantity,
    Result,
    Status,
    Transfer,
    When,
)

ENTITIES = (
    Entity("state:PRK", "STATE", {"fr": "Corée du Nord", "en": "North Korea"}),
    Entity("state:RUS", "STATE", {"fr": "Russie", "en": "Russia"}),
    Entity("state:KOR", "STATE", {"fr": "Corée du Sud", "en": "South Korea"}),
    Entity("person:Kim Jong Un", "PERSON", {"fr": "Kim Jong-un", "en": "Kim Jong Un"}),
    Entity("weapon:artillery shell", "WEAPON", {"fr": "obus d'artillerie", "en": "artillery shell"}, "munitions"),
)
IDS = {"Corée du Nord": "state:PRK", "Pyongyang": "state:PRK", "Russie": "state:RUS", "Moscou": "state:RUS",
       "Séoul": "state:KOR", "obus": "weapon:artillery shell"}


def filler(text: str, where: str, kind: EntityType = "STATE", id: str | None = None) -> Filler:
    """A filler at the first place in ``where`` that reads ``text``."""
    start = where.index(text)
    return Filler(start, start + len(text), text, kind, id or IDS.get(text))


def transfer(sentence: str, supplier: str | None, recipient: str | None, item: str | None, trigger: str,
             status: Status = "asserted", *, kind: EntityType = "WEAPON", quantity: str | None = None,
             when: tuple[str, date | None, date | None] | None = None, source: str | None = None,
             article: str = "a1") -> Transfer:
    """A transfer whose article is one sentence."""
    def at(text: str) -> tuple[str, int, int]:
        return text, sentence.index(text), sentence.index(text) + len(text)

    return Transfer(
        supplier=filler(supplier, sentence) if supplier else None,
        recipient=filler(recipient, sentence) if recipient else None,
        item=filler(item, sentence, kind) if item else None,
        trigger=Extent(sentence.index(trigger), sentence.index(trigger) + len(trigger), trigger),
        status=status,
        evidence=Evidence(article, Extent(0, len(sentence), sentence)),
        rule="fr.fournir",
        quantity=Quantity(*at(quantity), value=3e6, comparator=">") if quantity else None,
        when=When(*at(when[0]), when[1], when[2], "month", "dateline") if when else None,
        attribution=Attribution(*at(source), IDS.get(source)) if source else None,
        confidence=0.9,
    )


def result(id: str, text: str, *transfers: Transfer, day: date | None = None, title: str | None = None) -> Result:
    """A result with a mention for each of `IDS` that the text holds."""
    mentions = []
    for name, entity in IDS.items():
        at = text.find(name)
        if at >= 0:
            kind: EntityType = "STATE" if entity.startswith("state") else "WEAPON"
            mentions.append(Mention(at, at + len(name), name, kind, "gazetteer:test", entity))
    return Result(Article(id, text, "fr", day, title, "essai"), tuple(sorted(mentions, key=lambda m: m.start)),
                  ENTITIES[:3] + ENTITIES[4:], transfers)


SHELLS = "Selon Séoul, Pyongyang a fourni à Moscou plus de 3 millions d'obus en juin."
OIL = "En retour, Moscou a livré du pétrole à Pyongyang."
JETS = "Moscou pourrait céder des chasseurs à Pyongyang."
DENIAL = "Moscou dément avoir reçu des obus de Pyongyang."


def sample() -> list[Result]:
    """Two articles: shells reported then denied, oil asserted, jets planned."""
    june = ("en juin", date(2024, 6, 1), date(2024, 6, 30))
    one = transfer(SHELLS, "Pyongyang", "Moscou", "obus", "fourni", "reported", quantity="plus de 3 millions",
                   when=june, source="Séoul")
    two = transfer(OIL, "Moscou", "Pyongyang", "pétrole", "livré", kind="GOODS", article="a2")
    three = transfer(JETS, "Moscou", "Pyongyang", "chasseurs", "céder", "planned", article="a3")
    four = transfer(DENIAL, "Pyongyang", "Moscou", "obus", "reçu", "denied", source="Moscou", article="a4")
    return [result("a1", SHELLS, one, day=date(2024, 7, 2), title="Obus"), result("a2", OIL, two),
            result("a3", JETS, three), result("a4", DENIAL, four, day=date(2024, 7, 9))]
