"""Why a text gave the transfers that it gave, and why its other triggers gave none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from extractor.filling import Filling
from extractor.model import ROLES, Article, Extent, Mention, Transfer
from extractor.rivals import promising
from extractor.tidying import tidy
from extractor.transfers import TransferMatcher

if TYPE_CHECKING:
    from extractor.pipeline import Pipeline

_SHOWN = 3  # features named a role


@dataclass(frozen=True)
class Choice:
    """Who fills a role: text (None: nobody), its share of the probability, and the weightiest evidence."""

    role: str
    text: str | None
    probability: float
    evidence: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Account:
    """One trigger: its transfers, or why there are none; ``choices`` are those of its likeliest reading."""

    trigger: Extent
    rules: tuple[str, ...]
    sentence: Extent
    transfers: tuple[Transfer, ...] = ()
    reason: str = ""
    probability: float = 0.0
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Everything seen in one article, its text tidied. Offsets are those of that text."""

    article: Article
    mentions: tuple[Mention, ...]
    accounts: tuple[Account, ...]


def explain(article: Article, pipeline: Pipeline) -> Explanation:
    """The account of every trigger of ``article``, in the order of its text."""
    article = replace(article, text=tidy(article.text).text)
    doc = pipeline.parse(article)
    matcher: TransferMatcher = pipeline.nlp.get_pipe("extractor_transfers").matcher  # type: ignore[attr-defined]
    return Explanation(article, tuple(doc._.mentions), tuple(_accounts(doc, matcher)))


def _accounts(doc: Doc, matcher: TransferMatcher) -> Iterator[Account]:
    scene = matcher.scene(doc)
    given: dict[int, list[Transfer]] = {}
    for transfer in doc._.transfers:
        given.setdefault(transfer.trigger.start, []).append(transfer)
    for trigger, best, cut in matcher.weighed(scene):
        token = trigger.token
        sentence = Extent(token.sent.start_char, token.sent.end_char, token.sent.text)
        extent = Extent(token.idx, token.idx + len(token), token.text)
        rules = tuple(frame.id for frame in trigger.frames)
        where = " where no weapon is named" if cut > matcher.weights.threshold else ""
        transfers = tuple(given.pop(token.idx, ()))
        if best is None:
            near = promising(trigger, scene)
            reason = "no two of its roles can be filled" if near else "no actor with materiel or a second actor is near"
            yield Account(extent, rules, sentence, transfers, "" if transfers else reason)
            continue
        low = f"its likeliest reading is a transfer with probability {best.probability:.2f}, {cut:g} is needed{where}"
        if best.probability >= cut:
            low = "another word tells the same transfer"
        yield Account(
            extent, (best.reading.frame.id,), sentence, transfers, "" if transfers else low, best.probability,
            tuple(_choices(best, matcher)),
        )  # fmt: skip


def _choices(filling: Filling, matcher: TransferMatcher) -> Iterator[Choice]:
    for role in ROLES:
        option = filling.options[role]
        weighed = sorted(((name, matcher.weights.roles.get(name, 0.0)) for name in option.names), key=lambda pair: -abs(pair[1]))
        members = option.candidate.members if option.candidate else ()
        yield Choice(role, " + ".join(m.text for m in members) or None, option.probability, tuple(weighed[:_SHOWN]))


def lines(explanation: Explanation) -> Iterator[str]:
    """The explanation as plain text."""
    yield f"{explanation.article.id} ({explanation.article.lang})"
    sentence = None
    for account in explanation.accounts:
        if account.sentence != sentence:
            sentence = account.sentence
            yield ""
            yield f"  « {_flat(sentence.text)} »"
            yield from _names(explanation.mentions, sentence)
        yield from _account(account)
    seen = [account.sentence for account in explanation.accounts]
    silent = [m for m in explanation.mentions if not any(s.start <= m.start < s.end for s in seen)]
    if silent:
        yield ""
        yield "  in sentences without a trigger"
        yield from (f"    {_name(m)}" for m in silent)


def _names(mentions: tuple[Mention, ...], sentence: Extent) -> Iterator[str]:
    for mention in mentions:
        if sentence.start <= mention.start < sentence.end:
            yield f"    {_name(mention)}"


def _name(mention: Mention) -> str:
    parts = [_flat(mention.text), mention.type, mention.entity or "no id", mention.form, f"by {mention.rule}"]
    return "  ".join(parts + ([f"({mention.link})"] if mention.link else []))


def _account(account: Account) -> Iterator[str]:
    rules = ", ".join(account.rules)
    if not account.transfers:
        yield f"    ✗ {account.trigger.text} [{rules}]: {account.reason}"
    for transfer in account.transfers:
        actors = " → ".join(filler.id or filler.text if filler else "?" for filler in (transfer.supplier, transfer.recipient))
        item = _flat(transfer.item.text) if transfer.item else "?"
        yield f"    ✓ {account.trigger.text} [{transfer.rule}]: {actors}, {item}"
        cues = ", ".join(f"“{_flat(cue.text)}”" for cue in transfer.evidence.cues)
        yield f"        status {transfer.status}" + (f", by {cues}" if cues else ", no cue")
        details = (("quantity", transfer.quantity), ("when", transfer.when), ("source", transfer.attribution))
        yield from (f"        {name} {_flat(detail.text)}" for name, detail in details if detail)
        if transfer.repairs:
            yield f"        not read straight off the parse: {', '.join(transfer.repairs)}"
        yield f"        confidence {transfer.confidence:.2f}"
    for choice in account.choices:
        evidence = "; ".join(f"{name.removeprefix(choice.role).strip()} {weight:+.2f}" for name, weight in choice.evidence)
        yield f"        {choice.role:9} {_flat(choice.text) if choice.text else '—'} ({choice.probability:.2f}: {evidence})"


def _flat(text: str) -> str:
    return " ".join(text.split())


def html(explanations: list[Explanation]) -> str:
    """A page that draws each transfer over its sentence: the trigger, the fillers and what is said of it."""
    from spacy import displacy

    drawn = [_drawing(t) for e in explanations for account in e.accounts for t in account.transfers]
    page: str = displacy.render(drawn, style="span", manual=True, page=True, options={"colors": _COLORS})
    return page


_COLORS = {"supplier": "#a6cee3", "recipient": "#b2df8a", "item": "#fb9a99", "trigger": "#fdbf6f", "quantity": "#cab2d6",
           "when": "#ffff99", "source": "#e5c494", "cue": "#dddddd"}  # fmt: skip


def _drawing(transfer: Transfer) -> dict[str, object]:
    """What displaCy draws: the sentence cut into stretches at every border, and which of them each part covers."""
    sentence = transfer.evidence.sentence
    named = [
        ("supplier", transfer.supplier), ("recipient", transfer.recipient), ("item", transfer.item),
        ("trigger", transfer.trigger), ("quantity", transfer.quantity), ("when", transfer.when),
        ("source", transfer.attribution), *(("cue", cue) for cue in transfer.evidence.cues),
    ]  # fmt: skip
    inside = [(label, p.start, p.end) for label, p in named if p and sentence.start <= p.start < p.end <= sentence.end]
    words = [i for i, char in enumerate(sentence.text, sentence.start) if char.isspace()]
    borders = sorted({sentence.start, sentence.end, *words, *(b for _, start, end in inside for b in (start, end))})
    position = {border: at for at, border in enumerate(borders)}
    return {
        "title": f"{transfer.status}, rule {transfer.rule}",
        "tokens": [sentence.text[a - sentence.start : b - sentence.start] for a, b in pairwise(borders)],
        "spans": [{"start_token": position[start], "end_token": position[end], "label": label} for label, start, end in inside],
    }  # fmt: skip
