"""Arms transfers read out of French and English news, as records and as a knowledge graph.

>>> import extractor
>>> pipeline = extractor.load("fr")                      # doctest: +SKIP
>>> results = list(pipeline.extract(articles))           # doctest: +SKIP
>>> graph = extractor.build_graph(results)               # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from extractor.articles import Reader as Reader
    from extractor.graph import build_graph as build_graph
    from extractor.model import Article as Article
    from extractor.model import Result as Result
    from extractor.pipeline import load as load

# Where each public name lives: loading spaCy takes seconds, so it waits until something needs it.
_HOMES = {"Article": "model", "Reader": "articles", "Result": "model", "build_graph": "graph", "load": "pipeline"}

__all__ = ["Article", "Reader", "Result", "__version__", "build_graph", "load"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(f"extractor.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'extractor' has no attribute '{name}'")
