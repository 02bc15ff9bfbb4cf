"""What tests share. A language model is loaded once a session, when a test first asks for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from extractor.pipeline import Pipeline

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "data" / "gold"
SHARED = ROOT.parent / "shared"  # beside the checkout of those who develop the project; not part of it

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared development data are not beside the checkout")


@pytest.fixture(scope="session")
def nlp_fr():
    """The whole French spaCy pipeline."""
    from extractor import language

    return language.load("fr")


@pytest.fixture(scope="session")
def nlp_en():
    """The whole English spaCy pipeline; the test is skipped while there is none."""
    from extractor import language

    if not Path(language.MODELS["en"]).is_dir():
        pytest.skip("the English model is not there yet")
    return language.load("en")


@pytest.fixture(scope="session")
def pipeline_fr(nlp_fr) -> Pipeline:
    """The French extractor."""
    from extractor.pipeline import Pipeline

    return Pipeline(nlp_fr)


@pytest.fixture(scope="session")
def pipeline_en(nlp_en) -> Pipeline:
    """The English extractor."""
    from extractor.pipeline import Pipeline

    return Pipeline(nlp_en)


@pytest.fixture(scope="session")
def pipeline_of(request) -> Callable[[str], Pipeline]:
    """The extractor of a language, by its code."""
    return lambda lang: request.getfixturevalue(f"pipeline_{lang}")
