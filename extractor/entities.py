"""Which thing a mention names, where that needs the sentence: metonymy and descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from extractor import metonymy
from extractor.lexicon import Lexicon
from extractor.model import Entity, Mention


def resolve(doc: Doc, mentions: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions with type, entity id and form settled, in the order of the text."""
    doc._.mentions = mentions
    words = [token.lower_.replace("’", "'") for token in doc]
    starts = {token.idx: token for token in doc}
    settled = []
    for mention in mentions:
        if mention.form in ("capital", "seat"):
            token = starts.get(mention.start) or _covering(doc, mention)
            mention = _settle(doc, token, mention, lexicon, words)
        settled.append(mention)
    return settled


def _covering(doc: Doc, mention: Mention) -> Token:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return doc[0] if span is None else span[0]


def _settle(doc: Doc, token: Token, mention: Mention, lexicon: Lexicon, words: list[str]) -> Mention:
    state, rule = metonymy.acts(doc, token, mention, lexicon, words)
    if state:
        return replace(mention, link=f"{mention.link} ({rule})")
    place = next((n.place for n in lexicon.names.get(mention.text) if n.place), f"place:{mention.text}")
    return replace(mention, type="PLACE", entity=place, link=f"{mention.link} ({rule})")


def of(mentions: Iterable[Mention], lexicon: Lexicon) -> list[Entity]:
    """One record per entity that the mentions name, in the order of their first mention."""
    found: dict[str, Entity] = {}
    for mention in mentions:
        if mention.entity:
            found.setdefault(mention.entity, lexicon.entity(mention))
    return list(found.values())


def _kind(identity: str, lexicon: Lexicon) -> str:
    """An organisation's line of work; one that the lexicon does not know is taken for a company, as most are."""
    entity = lexicon.entities.get(identity)
    return "company" if entity is None else entity.category or ""


def describe(doc: Doc, token: Token, mentions: Iterable[Mention], lexicon: Lexicon | None = None) -> str | None:
    """The id of the actor that a description or demonstrative at ``token`` most likely refers to, None where nothing earlier fits."""
    return next(described(doc, token, mentions, lexicon), None)


def described(doc: Doc, token: Token, mentions: Iterable[Mention], lexicon: Lexicon | None = None, plural: bool = False) -> Iterator[str]:
    """The ids of the actors that a description or demonstrative at ``token`` may refer to, likeliest first.

    Those are the company named before that the noun with a demonym takes up ("the Korean company"), the state
    named beside the noun ("le gouvernement suédois"), or else the nearer earlier states or organisations of a kind
    that the noun can describe ("l'île", "the planemaker"); for "ce dernier" and "the latter", the nearest earlier actor. Of many ("les rebelles", ``plural``), only armed groups.
    """
    from extractor.lexicon import load

    lexicon = lexicon or load(doc.lang_)
    kinds = lexicon.words.descriptions
    noun = next((word for word in (token.lemma_, token.text, token.lower_) if word in kinds), None)
    latter = noun is None and token.lower_ in ("dernier", "dernière", "derniers", "dernières", "latter", "celui-ci", "celle-ci")
    if noun is None and not latter:
        return
    allowed = kinds[noun] if noun is not None else None
    if plural and allowed is not None:
        allowed &= {"armed group"}
    mentions = list(mentions)
    own = own_state(token, mentions) if noun is not None else None
    found: list[str] = []
    for mention in sorted(mentions, key=lambda m: -m.start):
        if mention.end > token.idx or mention.entity is None or mention.entity in found:
            continue
        if latter:
            fits = mention.type in ("STATE", "PERSON", "ORG") and mention.form != "demonym"
        elif mention.type == "STATE":
            fits = own is None and not plural and (allowed is None or mention.entity[6:] in allowed)
        else:
            fits = allowed is not None and mention.type == "ORG" and _kind(mention.entity, lexicon) in allowed
        if fits:
            found.append(mention.entity)
            yield mention.entity
    if own is not None and own not in found:
        yield own


def own_state(token: Token, mentions: Iterable[Mention]) -> str | None:
    """The state named beside the noun at ``token`` ("le gouvernement suédois")."""
    named = {m.start: m.entity for m in mentions if m.type == "STATE"}
    return next((named[child.idx] for child in token.children if child.idx in named), None)
