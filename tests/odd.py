"""Two thousand claims of every odd kind, made from a seed."""

from __future__ import annotations

import random
from datetime import date, timedelta

from extractor.model import (
    STATUSES,
    Article,
    Attribution,
    Entity,
    Evidence,
    Extent,
    Filler,
    Mention,
    Quantity,
    Result,
    Transfer,
    When,
)

STRANGE = ("", " ", "\x00\x01\x0b", "\ufffe\uffff", "\ud800", "\udfff\ud83d", "🚀🇰🇵", "\"'`", "A& &B", "<script>alert(1)</script>",
           "]]>", "=HYPERLINK(1)", "a|b | c", "tab\tline\nreturn\r\n", "\u2028\u2029\u0085", "e\u0301", "\u202eabc", "None", "nan",
           "x" * 300)
NUMBERS = (None, 0.0, -1.0, 1.5, 3e6, float("nan"), float("inf"), float(2**63), float(2**70))


def odd_results(claims: int = 2000, articles: int = 100, seed: int = 5, big: bool = True) -> list[Result]:
    """``articles`` results with ``claims`` claims in all; one has a sentence of a megabyte where ``big``."""
    rng = random.Random(seed)
    made = []
    for number in range(articles):
        text = f"{rng.choice(STRANGE)} article {number} " + " ".join(rng.choices(STRANGE[:-1], k=5))
        if number == 1 and big:
            text += " é" * 500_000
        article = Article(f"{rng.choice(STRANGE[:15])}{number}", text, rng.choice(("fr", "en", None)),
                          rng.choice((None, date(2024, 1, 1) + timedelta(days=number))), rng.choice((None, *STRANGE)),
                          rng.choice((None, "fil")))
        transfers = tuple(_transfer(rng, article, n == 0) for n in range(claims // articles))
        made.append(Result(article, tuple(_mention(rng, article) for _ in range(10)), _entities(rng), transfers))
    return made


def _entities(rng: random.Random) -> tuple[Entity, ...]:
    names = ({"fr": rng.choice(STRANGE), "en": ""}, {"fr": "Corée du Nord", "en": "North Korea"}, {})
    return tuple(Entity(f"state:{code}", "STATE", rng.choice(names)) for code in ("PRK", "RUS", "\x00", ""))


def _mention(rng: random.Random, article: Article) -> Mention:
    start = rng.randrange(len(article.text))
    return Mention(start, min(len(article.text), start + 3), article.text[start:start + 3], rng.choice(("STATE", "WEAPON", "ORG")),
                   "odd", rng.choice((None, "state:PRK", "org:" + rng.choice(STRANGE))), "name", rng.choice((None, "missiles")),
                   rng.choice((None, "odd")))


def _filler(rng: random.Random, kind: str) -> Filler | None:
    if rng.random() < 0.2:
        return None
    text = rng.choice(STRANGE)
    id = rng.choice((None, "state:PRK", "state:RUS", "state:\x00", f"{kind.lower()}:{text}", "x:" + text))
    return Filler(0, len(text), text, kind, id, rng.choice((None, Extent(0, 1, "i"))))


def _transfer(rng: random.Random, article: Article, first: bool) -> Transfer:
    day = date(2020, 1, 1) + timedelta(days=rng.randrange(2000))
    words = rng.choice(STRANGE)
    size = len(article.text) if first else min(200, len(article.text))
    return Transfer(
        supplier=_filler(rng, "STATE"), recipient=_filler(rng, "ORG"), item=_filler(rng, rng.choice(("WEAPON", "GOODS"))),
        trigger=Extent(rng.randrange(len(article.text)), len(article.text), rng.choice(("livré", *STRANGE))), status=rng.choice(STATUSES),
        evidence=Evidence(article.id, Extent(0, size, article.text[:size]), (Extent(0, 1, words),) * rng.randrange(2)),
        rule="odd.rule", confidence=rng.choice((0.0, 0.5, 1.0)), repairs=("order",) * rng.randrange(2),
        quantity=rng.choice((None, Quantity(words, 0, 1, rng.choice(NUMBERS), rng.choice(NUMBERS), rng.choice(NUMBERS), ">=",
                                            rng.choice((None, "tonnes", "EUR")), rng.random() < 0.3))),
        when=rng.choice((None, When(words, 0, 1, rng.choice((None, day)), rng.choice((None, day + timedelta(days=30))), "day", "text"))),
        attribution=rng.choice((None, Attribution(words, 0, 1, rng.choice((None, "state:KOR"))))),
    )
