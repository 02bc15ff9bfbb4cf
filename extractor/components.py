"""The stages as spaCy components: each computes records, then sets them on the Doc.

Extensions: ``doc._.mentions`` and ``doc._.transfers`` (lists of records of `extractor.model`),
``doc._.dateline`` (a date or None, set by the caller before the pipe runs).
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor import entities, lexicon, mentions, merging, transfers

for _name, _default in (("mentions", None), ("transfers", None), ("dateline", None), ("article_id", "")):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


@Language.factory("extractor_mentions", default_config={"lexicon_path": None, "merge": True})
class MentionFinder:
    """Before the parser: names, demonyms and weapons found by form alone, each made one token."""

    def __init__(self, nlp: Language, name: str, lexicon_path: str | None, merge: bool) -> None:
        self.lang = str(nlp.lang)
        self.merge = merge
        self.lexicon = lexicon.load(nlp.lang, lexicon_path)

    def __call__(self, doc: Doc) -> Doc:
        doc._.mentions = mentions.find(doc, self.lexicon)
        if self.merge:
            merging.merge_mentions(doc, doc._.mentions, self.lang)
        return doc


@Language.factory("extractor_entities", default_config={"lexicon_path": None})
class EntityResolver:
    """After the parser: types and identities that need the sentence."""

    def __init__(self, nlp: Language, name: str, lexicon_path: str | None) -> None:
        self.lexicon = lexicon.load(nlp.lang, lexicon_path)

    def __call__(self, doc: Doc) -> Doc:
        doc._.mentions = entities.resolve(doc, doc._.mentions or [], self.lexicon)
        spans = [_span(doc, m.start, m.end, m.type) for m in doc._.mentions]
        doc.spans["mentions"] = [s for s in spans if s is not None]
        return doc


@Language.factory("extractor_transfers", default_config={"lexicon_path": None})
class TransferMatcher:
    """Who supplies what to whom: fills ``doc._.transfers`` and marks the triggers in ``doc.spans``."""

    def __init__(self, nlp: Language, name: str, lexicon_path: str | None) -> None:
        self.matcher = transfers.TransferMatcher(nlp, lexicon.load(nlp.lang, lexicon_path))

    def __call__(self, doc: Doc) -> Doc:
        doc._.transfers = self.matcher(doc)
        spans = [_span(doc, t.trigger.start, t.trigger.end, t.rule) for t in doc._.transfers]
        doc.spans["transfers"] = [s for s in spans if s is not None]
        return doc


def _span(doc: Doc, start: int, end: int, label: str) -> Span | None:
    return doc.char_span(start, end, label=label, alignment_mode="expand")
