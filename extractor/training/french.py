"""The recipe of the French parser: the shared layers of ``fr_core_news_md`` tuned on more treebanks.

What comes out holds only the token layer, the morphologiser and the parser; vectors, names and
lemmas still come from ``fr_core_news_md`` (`extractor.language` puts them together).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractor.quickstart import quick_patterns
from extractor.training import card, corpora, loop, templates

BASE = "fr_core_news_md"
TREE = ("tok2vec", "morphologizer", "parser")
TRAIN = ("seq-train", "seq-dev", "gsd-dev", "pud")
TESTS = ("gsd-test", "seq-test")
PLAN = loop.Plan(5, rate=0.001, batch=(300, 1000), growth=1.002)
# The newer treebanks' finer labels, in the words of the model.
LABELS = {"expl:pv": "expl:comp", "aux": "aux:tense", "flat": "flat:name", "nsubj:caus": "nsubj", "nsubj:outer": "nsubj"}


def build() -> Language:
    """``fr_core_news_md`` cut down to the layers that are tuned; the morphologiser has a new head."""
    with quick_patterns():
        nlp = spacy.load(BASE, exclude=["ner", "attribute_ruler", "lemmatizer", "senter"])
    nlp.remove_pipe("morphologizer")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    model = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}
    nlp.add_pipe("morphologizer", config={"model": model, "overwrite": True}, after="tok2vec")
    return nlp


def sentences(nlp: Language, folder: Path, part: str, known: frozenset[str]) -> list[Doc]:
    """The trees of one treebank file, in the labels of the model."""
    docs = corpora.read_sentences(folder / "ud-french" / f"{part}.conllu", nlp.vocab, merge_subtokens=True)
    return [corpora.relabel(doc, LABELS, known) for doc in docs]


def _case(head: Any) -> str:
    return next((t.text.lower() for t in head.children if t.dep_ == "case"), "")


def settle_obliques(docs: Iterable[Doc], models: Iterable[Doc]) -> None:
    """Give plain ``obl`` its subtype as ``models`` do for the verb and preposition."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for doc in models:
        for token in doc:
            if token.dep_ in ("obl:arg", "obl:mod", "obl:agent"):
                for key in ((token.head.lemma_, _case(token)), ("", _case(token))):
                    counts.setdefault(key, Counter())[token.dep_] += 1
    for doc in docs:
        for token in doc:
            if token.dep_ == "obl":
                seen = counts.get((token.head.lemma_, _case(token))) or counts.get(("", _case(token)))
                token.dep_ = seen.most_common(1)[0][0] if seen else "obl:mod"


def training_sentences(nlp: Language, folder: Path, known: frozenset[str]) -> list[Doc]:
    """All training trees, plain ``obl`` settled."""
    known = known | {"obl"}
    parts = {part: sentences(nlp, folder, part, known) for part in TRAIN}
    models = [doc for part in ("seq-train", "gsd-dev") for doc in parts[part]]
    everything = [doc for part in TRAIN for doc in parts[part]]
    settle_obliques(everything, models)
    return everything


def scores(nlp: Language, folder: Path, part: str, known: frozenset[str]) -> dict[str, float]:
    """Figures on one test file, raw text in: UAS, LAS, POS, morphology, sentence F."""
    docs = sentences(nlp, folder, part, known | {"obl"})
    for doc in docs:
        corpora.relabel(doc, {"obl": "obl:mod"})
    found = nlp.evaluate([corpora.example(nlp, doc) for doc in corpora.group(docs, (10,), random.Random(0))])
    keys = ("dep_uas", "dep_las", "pos_acc", "morph_acc", "sents_f")
    return {key: round(float(found[key]), 4) for key in keys}


def train(
    corpora_path: Path,
    output: Path,
    plan: loop.Plan = PLAN,
    each: int = 12,
    say: Callable[[str], None] = print,
) -> dict[str, Any]:
    """Tune on ``corpora_path``/ud-french and on ``each`` sentences of every template; write the layers to ``output``.

    The test figures come back.
    """
    nlp = build()
    known = frozenset(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
    docs = training_sentences(nlp, corpora_path, known)

    def save(epoch: int) -> None:
        output.mkdir(parents=True, exist_ok=True)
        nlp.config.to_disk(output / "config.cfg")
        for name in TREE:
            nlp.get_pipe(name).to_disk(output / name, exclude=["vocab"])  # type: ignore[attr-defined]

    usual = templates.usual_analyses(docs)
    variants = [
        corpora.examples(nlp, docs, plan.seed + turn) + templates.examples(nlp, usual, each, plan.seed + turn)
        for turn in range(2)
    ]
    nlp.get_pipe("morphologizer").initialize(lambda: variants[0], nlp=nlp)  # type: ignore[attr-defined]
    loop.train(nlp, lambda epoch: variants[epoch % 2], plan, TREE, say, save)
    result = {part: scores(nlp, corpora_path, part, known) for part in TESTS}
    for part, figures in result.items():
        say(f"{part}: {figures}")
    save(plan.epochs)
    card.write(output, "fr", "French layers over fr_core_news_md: tags, features, tree", result, card.FRENCH)
    return result
