"""Articles in, results out: the stages in their order, streaming, a batch of articles in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar, get_args

from spacy.language import Language
from spacy.tokens import Doc

from extractor import entities, language, parts
from extractor.detection import detect
from extractor.errors import ExtractorError, InputError, LexiconError, ModelError
from extractor.model import Article, Lang, Mention, Result, Transfer

T = TypeVar("T")

BATCH = 16  # articles; the same whatever the number of workers, so that the same bytes come out
PART = 100_000  # code points parsed at once: spaCy needs about a gigabyte for so many


@dataclass(frozen=True)
class Options:
    """What to load: ``lang`` is "auto" or the language of every article; ``models`` are other names of models."""

    lang: str = "auto"
    models: tuple[tuple[str, str], ...] = ()
    lexicon: str | None = None


class Pipeline:
    """One language's extractor. ``nlp`` is the spaCy pipeline it runs."""

    def __init__(self, nlp: Language, part_size: int = PART) -> None:
        self.nlp = nlp
        self.part_size = min(part_size, nlp.max_length)

    def extract(self, articles: Iterable[Article]) -> Iterator[Result]:
        """Results in the order of the articles, whose language is taken to be the pipeline's."""
        for batch in batches(articles, BATCH):
            yield from self.run(batch)

    def run(self, batch: Sequence[Article]) -> list[Result]:
        """The results of one batch, in its order."""
        pieces = [(at, offset, text) for at, a in enumerate(batch) for offset, text in parts.split(a.text, self.part_size)]
        docs = self.nlp.pipe((self._make(batch[at], text) for at, _, text in pieces), batch_size=BATCH)
        mentions: list[list[Mention]] = [[] for _ in batch]
        transfers: list[list[Transfer]] = [[] for _ in batch]
        for (at, offset, _), doc in zip(pieces, docs, strict=True):
            mentions[at] += (parts.shift(m, offset) for m in doc._.mentions)
            transfers[at] += (parts.shift(t, offset) for t in doc._.transfers)
        return [self._result(*row) for row in zip(batch, mentions, transfers, strict=True)]

    def _result(self, article: Article, mentions: list[Mention], transfers: list[Transfer]) -> Result:
        article = replace(article, lang=self.nlp.lang)
        of = getattr(entities, "of", None)
        things = tuple(of(mentions)) if of else ()
        return Result(article, tuple(mentions), things, tuple(transfers))

    def _make(self, article: Article, text: str) -> Doc:
        doc = self.nlp.make_doc(text)
        doc._.dateline = article.date
        doc._.article_id = article.id
        return doc


class Pipelines:
    """The extractor of all languages: each article goes to its own, loaded when first needed."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._loaded: dict[str, Pipeline] = {}

    def extract(
        self, articles: Iterable[Article], fail: Callable[[ExtractorError], None] | None = None
    ) -> Iterator[Result]:
        """Results in the order of the articles.

        ``fail`` is told of each article that can't be processed, one in a third language for
        example, and the run goes on; without it the error is raised.
        """
        for batch in batches(articles, BATCH):
            yield from sift(self.run(batch), fail)

    def run(self, batch: Sequence[Article]) -> list[Result | ExtractorError]:
        """A result or an error for each article of a batch, in its order."""
        outcomes: dict[int, Result | ExtractorError] = {}
        by_lang: dict[str, list[int]] = {}
        for at, article in enumerate(batch):
            by_lang.setdefault(self._lang(article), []).append(at)
        for lang, places in by_lang.items():
            chosen = [batch[at] for at in places]
            outcomes.update(zip(places, self._run_in(lang, chosen), strict=True))
        return [outcomes[at] for at in range(len(batch))]

    def _lang(self, article: Article) -> str:
        if self.options.lang != "auto":
            return self.options.lang
        return article.lang or detect(article.text)

    def _run_in(self, lang: str, batch: list[Article]) -> list[Result | ExtractorError]:
        if lang not in get_args(Lang):
            accepted = ", ".join(get_args(Lang))
            return [InputError(f"article '{a.id}': in language '{lang}', not covered (accepted: {accepted})") for a in batch]
        try:
            pipeline = self.load(lang)
        except ModelError as error:
            if self.options.lang != "auto":  # then no article can be read
                raise
            return [InputError(f"article '{a.id}': {error}") for a in batch]
        try:
            return list(pipeline.run(batch))
        except LexiconError:  # as bad for all others
            raise
        except Exception as error:
            if len(batch) == 1:  # one bad article must not stop a run of thousands
                return [InputError(f"article '{batch[0].id}': {type(error).__name__}: {error}")]
            return [outcome for article in batch for outcome in self._run_in(lang, [article])]

    def load(self, lang: str) -> Pipeline:
        """The pipeline of one language. Raises `ModelError` where its model is missing."""
        if lang not in self._loaded:
            self._loaded[lang] = Pipeline(language.load(lang, dict(self.options.models).get(lang), self.options.lexicon))
        return self._loaded[lang]


def sift(
    outcomes: Iterable[Result | ExtractorError], fail: Callable[[ExtractorError], None] | None
) -> Iterator[Result]:
    """The results among ``outcomes``; errors go to ``fail`` or are raised."""
    for outcome in outcomes:
        if isinstance(outcome, Result):
            yield outcome
        elif fail is None:
            raise outcome
        else:
            fail(outcome)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """``items`` in lists of ``size``, the last one shorter."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


def load(lang: str = "auto", model: str | None = None, lexicon: str | None = None) -> Pipeline | Pipelines:
    """An extractor for ``lang``: "fr", "en", or "auto" for articles in either.

    ``model`` names another spaCy model for that language, ``lexicon`` a user's lexicon.yaml.
    Raises `ModelError` where the model is not installed.
    """
    if lang == "auto":
        return Pipelines(Options(lexicon=lexicon))
    return Pipeline(language.load(lang, model, lexicon))
