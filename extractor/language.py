"""Building the spaCy pipeline of a language.

The named-entity recogniser has a token layer of its own, so it runs first; mentions are merged
before the parser's shared layer reads the text; what needs the tree comes last.
"""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language

from extractor.errors import ModelError
from extractor.quickstart import quick_patterns

MODELS: dict[str, str] = {"fr": "fr_core_news_md", "en": str(Path(__file__).parent / "models" / "en")}
ORDER = ("ner", "extractor_mentions", "tok2vec", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer",
         "trainable_lemmatizer", "extractor_entities", "extractor_transfers")


def load(lang: str, model: str | None = None, lexicon_path: str | None = None) -> Language:
    """The pipeline of ``lang`` ("fr" or "en"), from ``model`` (a package or a folder) where given.

    Raises `ModelError` where the model is not installed.
    """
    from extractor import components  # noqa: F401  (registers the factories)

    name = model or MODELS[lang]
    try:
        with quick_patterns():
            nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(f"model '{name}' for '{lang}' is not installed") from error
    config = {"lexicon_path": lexicon_path}
    for component in ("extractor_mentions", "extractor_entities", "extractor_transfers"):
        nlp.add_pipe(component, config=config)
    nlp._components.sort(key=lambda pair: ORDER.index(pair[0]) if pair[0] in ORDER else len(ORDER))
    return nlp
