"""Articles in, results out: the stages in their order, streaming, a batch of articles in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar, cast, get_args

from spacy.language import Language
from spacy.tokens import Doc

from extractor import language, merging, parts, things
from extractor.detection import stretches
from extractor.errors import ExtractorError, InputError, LexiconError, ModelError
from extractor.model import Article, Entity, Lang, Mention, Result, Transfer
from extractor.tidying import tidy

T = TypeVar("T")
Records = tuple[list[Mention], list[Entity], list[Transfer]]
Outcome = Result | ExtractorError
Fail = Callable[[ExtractorError], None]

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
        self.lexicon = nlp.get_pipe("extractor_entities").lexicon  # type: ignore[attr-defined]

    def extract(self, articles: Iterable[Article]) -> Iterator[Result]:
        """Results in the order of the articles, whose language is taken to be the pipeline's."""
        for batch in batches(articles, BATCH):
            for article, records in zip(batch, self.run(batch), strict=True):
                yield _result(replace(article, lang=cast(Lang, self.nlp.lang)), [records])

    def run(self, batch: Sequence[Article]) -> list[Records]:
        """The records of each article of one batch, in its order; a long article is read in parts."""
        cut = [(at, *part) for at, article in enumerate(batch) for part in parts.split(article.text, self.part_size)]
        pieces = [(at, offset, tidy(text)) for at, offset, text in cut]
        docs = list(self.nlp.pipe((self._make(batch[at], tidied.text) for at, _, tidied in pieces), batch_size=BATCH))
        merging.return_loans(docs)
        out: list[Records] = [([], [], []) for _ in batch]
        for (at, offset, tidied), doc in zip(pieces, docs, strict=True):
            mentions, _, transfers = out[at]
            mentions.extend(parts.shift(tidied.restore(m), offset) for m in doc._.mentions)
            transfers.extend(parts.shift(tidied.restore(t), offset) for t in doc._.transfers)
        for mentions, named, transfers in out:
            mentions[:] = things.with_goods(mentions, transfers)
            named.extend(things.of(mentions, self.lexicon))
        return out

    def parse(self, article: Article) -> Doc:
        """The whole pipeline's Doc of one article, which must not be over the length limit."""
        doc = self.nlp(self._make(article, article.text))
        merging.return_loans([doc])
        return doc

    def _make(self, article: Article, text: str) -> Doc:
        doc = self.nlp.make_doc(text)
        doc._.dateline = article.date
        doc._.article_id = article.id
        return doc


class Pipelines:
    """The extractor of all languages: each article, or stretch of it, goes to its own, loaded when first needed."""

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self._loaded: dict[str, Pipeline] = {}

    def extract(self, articles: Iterable[Article], fail: Fail | None = None) -> Iterator[Result]:
        """Results in the order of the articles.

        ``fail`` is told of what can't be processed, an article in a third language for example, and
        the run goes on; without it the error is raised.
        """
        for batch in batches(articles, BATCH):
            yield from sift(self.run(batch), fail)

    def run(self, batch: Sequence[Article]) -> list[Outcome]:
        """The results of a batch in its order, and errors where they belong."""
        stretched = [self.stretches(article) for article in batch]
        outcomes = self._read([piece for pieces in stretched for _, piece in pieces])
        out: list[Outcome] = []
        for article, pieces in zip(batch, stretched, strict=True):
            read = [(offset, piece, next(outcomes)) for offset, piece in pieces]
            good = [(offset, piece, records) for offset, piece, records in read if isinstance(records, tuple)]
            out += (records for _, _, records in read if isinstance(records, ExtractorError))
            if good:
                main = max((piece for _, piece, _ in good), key=lambda piece: len(piece.text)).lang
                out.append(_result(replace(article, lang=main), [parts.shift(r, offset) for offset, _, r in good]))
        return out

    def stretches(self, article: Article) -> list[tuple[int, Article]]:
        """The article in stretches of one language each, with their offsets; mostly it is one."""
        if self.options.lang != "auto" or article.lang:
            lang = article.lang if self.options.lang == "auto" else self.options.lang
            return [(0, replace(article, lang=cast(Lang, lang)))]
        text = article.text
        return [(start, replace(article, text=text[start:end], lang=cast(Lang, lang))) for start, end, lang in stretches(text)]

    def _read(self, pieces: Sequence[Article]) -> Iterator[Records | ExtractorError]:
        by_lang: dict[str, list[int]] = {}
        for at, piece in enumerate(pieces):
            by_lang.setdefault(str(piece.lang), []).append(at)
        outcomes: dict[int, Records | ExtractorError] = {}
        for lang, places in by_lang.items():
            outcomes.update(zip(places, self._read_in(lang, [pieces[at] for at in places]), strict=True))
        return (outcomes[at] for at in range(len(pieces)))

    def _read_in(self, lang: str, pieces: list[Article]) -> list[Records | ExtractorError]:
        if lang not in get_args(Lang):
            accepted = ", ".join(get_args(Lang))
            return [InputError(f"article '{p.id}': in language '{lang}', not covered (accepted: {accepted})") for p in pieces]
        try:
            return list(self.load(lang).run(pieces))
        except LexiconError:  # as bad for all others
            raise
        except ModelError as error:
            if self.options.lang != "auto":  # then no article can be read
                raise
            return [InputError(f"article '{piece.id}': {error}") for piece in pieces]
        except Exception as error:
            if len(pieces) == 1:  # one bad article must not stop a run of thousands
                return [InputError(f"article '{pieces[0].id}': {type(error).__name__}: {error}")]
            return [outcome for piece in pieces for outcome in self._read_in(lang, [piece])]

    def load(self, lang: str) -> Pipeline:
        """The pipeline of one language. Raises `ModelError` where its model is missing."""
        if lang not in self._loaded:
            self._loaded[lang] = Pipeline(language.load(lang, dict(self.options.models).get(lang), self.options.lexicon))
        return self._loaded[lang]


def _result(article: Article, read: Iterable[Records]) -> Result:
    """One result of the stretches of an article; a thing named in several of them is one."""
    mentions: list[Mention] = []
    everything: dict[str, Entity] = {}
    transfers: list[Transfer] = []
    for found, named, told in read:
        mentions += found
        transfers += told
        for thing in named:
            everything.setdefault(thing.id, thing)
    return Result(article, tuple(mentions), tuple(everything.values()), tuple(transfers))


def sift(outcomes: Iterable[Outcome], fail: Fail | None) -> Iterator[Result]:
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
