"""Articles in, results out: the stages in their order, streaming."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee

from spacy.language import Language
from spacy.tokens import Doc

from extractor import language
from extractor.model import Article, Result


class Pipeline:
    """One language's extractor. ``nlp`` is the spaCy pipeline it runs."""

    def __init__(self, nlp: Language, batch_size: int = 32) -> None:
        self.nlp = nlp
        self.batch_size = batch_size

    def extract(self, articles: Iterable[Article]) -> Iterator[Result]:
        """Results in the order of the articles, a batch in memory at a time."""
        first, second = tee(articles)
        docs = self.nlp.pipe((self._make(article) for article in first), batch_size=self.batch_size)
        for article, doc in zip(second, docs, strict=True):
            yield Result(article, tuple(doc._.mentions), (), tuple(doc._.transfers))

    def _make(self, article: Article) -> Doc:
        doc = self.nlp.make_doc(article.text)
        doc._.dateline = article.date
        doc._.article_id = article.id
        return doc


def load(lang: str, model: str | None = None, lexicon: str | None = None) -> Pipeline:
    """A pipeline for ``lang`` ("fr" or "en")."""
    return Pipeline(language.load(lang, model, lexicon))
