"""Building the spaCy pipeline of a language.

The named-entity recogniser has a token layer of its own, so it runs first; mentions are merged
before the parser's shared layer reads the text; what needs the tree comes last.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import spacy
from spacy.language import Language
from thinc.api import Config

from extractor.errors import ModelError
from extractor.quickstart import quick_lemmas, quick_patterns

Parser = Literal["tuned", "plain"]

FOLDER = Path(__file__).parent / "models"
MODELS: dict[str, str] = {"fr": "fr_core_news_md", "en": str(FOLDER / "en")}
# Layers tuned for a language, laid over its model: French takes vectors, names and lemmas from fr_core_news_md.
TUNED: dict[str, Path] = {"fr": FOLDER / "fr_parser"}
TUNED_PIPES = ("tok2vec", "morphologizer", "parser")
ORDER = ("ner", "extractor_mentions", "tok2vec", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer",
         "trainable_lemmatizer", "extractor_entities", "extractor_transfers")
# Labels the rules rely on; a parser of another scheme (dobj, pobj, nsubjpass) would match nothing, silently.
LABELS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "nmod", "case", "amod", "acl", "acl:relcl", "advcl", "xcomp",
                    "ccomp", "conj", "appos", "nummod", "det", "mark", "parataxis", "aux:pass", "cop"})
FAMILIES = frozenset({"obl", "flat", "aux"})


def load(
    lang: str, model: str | None = None, lexicon_path: str | None = None, parser: Parser = "tuned"
) -> Language:
    """The pipeline of ``lang`` ("fr" or "en"), from ``model`` (a package or a folder) where given.

    ``parser``: "tuned" lays the project's own layers over the default model where there are any,
    "plain" leaves it as it is. A ``model`` of the user's stays as it is.

    Raises `ModelError` where the model is not installed or its parser lacks labels that the rules use.
    """
    from extractor import components  # noqa: F401  (registers the factories)

    name = model or MODELS[lang]
    layers = TUNED.get(lang) if model is None and parser == "tuned" else None
    if layers is not None and not (layers / "config.cfg").exists():
        layers = None
    try:
        with quick_patterns():
            nlp = spacy.load(name, exclude=TUNED_PIPES if layers else ())
    except OSError as error:
        raise ModelError(f"model '{name}' for '{lang}' is not installed") from error
    quick_lemmas(nlp)
    if layers is not None:
        add_layers(nlp, layers)
    check(nlp, name)
    config = {"lexicon_path": lexicon_path}
    for component in ("extractor_mentions", "extractor_entities", "extractor_transfers"):
        nlp.add_pipe(component, config=config)
    nlp._components.sort(key=lambda pair: ORDER.index(pair[0]) if pair[0] in ORDER else len(ORDER))
    return nlp


def add_layers(nlp: Language, folder: Path) -> None:
    """Add the pipes stored in ``folder`` to ``nlp``; they read its vectors."""
    stored = Config().from_disk(folder / "config.cfg")["components"]
    for name in TUNED_PIPES:
        settings: dict[str, Any] = dict(stored[name])
        pipe: Any = nlp.add_pipe(settings.pop("factory"), name=name, config=settings)
        pipe.from_disk(folder / name, exclude=["vocab"])


def check(nlp: Language, name: str) -> None:
    """Raise `ModelError` where the parser of ``nlp`` lacks labels that the rules rely on."""
    pipe: Any = nlp.get_pipe("parser") if "parser" in nlp.pipe_names else None
    if pipe is None:
        raise ModelError(f"model '{name}' has no parser; the rules need one with Universal Dependencies labels")
    known = set(pipe.labels)
    missing = sorted((LABELS - known) | (FAMILIES - {label.split(":")[0] for label in known}))
    if missing:
        raise ModelError(
            f"the parser of model '{name}' lacks the labels {', '.join(missing)}; "
            "the rules need Universal Dependencies labels (nsubj, obj, obl, nmod, acl:relcl…)"
        )
