"""The recipe of the English pipeline: treebanks for the tree, name corpora for the names."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from extractor.training import card, corpora, loop, templates, vectors

Say = Callable[[str], None]
WIDTH = 96
ENCODE = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": WIDTH, "depth": 4, "window_size": 1,
          "maxout_pieces": 3}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
TREE = ("tok2vec", "tagger", "morphologizer", "parser", "trainable_lemmatizer")
TREE_PARTS = ("ewt-train", "gum-train")
TREE_TESTS = ("ewt-test", "gum-test", "pud-test")
NAME_PARTS = ("ewt-train", "ewt-train", "gum-train", "wikigold-train", "redocred-train", "crossner-train")  # EWT twice: its guidelines are the test's
RULED, WRITTEN = "names-by-rule-en.jsonl", "names-en.jsonl"  # the project's own, in ``data/training``
NAME_TESTS = ("pud-test", "wikigold-test", "crossner-test")
PLANS = (
    loop.Plan(5, rate=0.0015, final=0.0006, batch=(300, 1000), growth=1.002),
    loop.Plan(2, rate=0.0006, final=0.0001, batch=(1000, 1000), seed=1),
    loop.Plan(10, rate=0.0013, final=0.00003, batch=(400, 1200), growth=1.001, seed=2),
)
NAME_PLANS = (
    loop.Plan(6, rate=0.0015, final=0.0001, dropout=0.2, batch=(200, 1000), growth=1.001),
    loop.Plan(3, rate=0.0007, final=0.00003, dropout=0.2, batch=(400, 1000), growth=1.001, seed=1),
)


def _tok2vec(attrs: tuple[str, ...], rows: tuple[int, ...], vectors: bool) -> dict[str, Any]:
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": WIDTH, "attrs": list(attrs), "rows": list(rows),
             "include_static_vectors": vectors}
    return {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": dict(ENCODE)}


def _state(kind: str, tok2vec: dict[str, Any], hidden: int) -> dict[str, Any]:
    return {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind, "extra_state_tokens": False,
            "hidden_width": hidden, "maxout_pieces": 2, "use_upper": True, "tok2vec": tok2vec}


def build(vectors: bool = False) -> Language:
    """The untrained pipeline."""
    nlp = spacy.blank("en")
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}
    shared = _tok2vec(("NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"), (5000, 1000, 2500, 2500, 50, 50), vectors)
    own = _tok2vec(("NORM", "PREFIX", "SUFFIX", "SHAPE"), (5000, 1000, 2500, 2500), vectors)
    nlp.add_pipe("tok2vec", config={"model": shared})
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": _state("parser", LISTENER, 64)})
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagger, "top_k": 3})
    nlp.add_pipe("ner", config={"model": _state("ner", own, 64)}, first=True)
    return nlp


def tree_sentences(nlp: Language, folder: Path, parts: tuple[str, ...]) -> list[Doc]:
    """The sentences of the named parts of the English treebanks."""
    return [doc for part in parts for doc in corpora.read_sentences(folder / "ud-english" / f"{part}.conllu", nlp.vocab)]


def train_tree(
    nlp: Language,
    sentences: list[Doc],
    plans: Sequence[loop.Plan],
    each: int,
    say: Say,
    save: Callable[[int], None] | None = None,
) -> None:
    """Train the shared layer and what listens to it: by the first plan on the treebanks, by the others on sentences of supply as well.

    ``each``: sentences a template. Two variants of the examples (other names merged, other sentences joined) take turns.
    """
    usual = templates.usual_analyses(sentences)
    plain = [corpora.examples(nlp, sentences, seed) for seed in range(2)]
    supply = [templates.examples(nlp, usual, each, seed + 1) for seed in range(2)]
    both = [one + other for one, other in zip(plain, supply, strict=True)]
    _initialise(nlp, both[0], plans[0].seed)
    loop.train(nlp, lambda epoch: plain[epoch % 2], plans[0], TREE, say, save)
    for plan in plans[1:]:
        loop.train(nlp, lambda epoch: both[epoch % 2], plan, TREE, say, save)


def _initialise(nlp: Language, examples: list[Example], seed: int) -> None:
    fix_random_seed(seed)
    with nlp.select_pipes(enable=list(TREE)):
        nlp.initialize(lambda: examples)


def train_names(
    nlp: Language, folder: Path, own: Path, plans: Sequence[loop.Plan], say: Say, save: Callable[[int], None] | None = None
) -> None:
    """Train the recogniser of names on its own token layer.

    By the first plan on the corpora and on passages whose names our own rules found, by the others on sentences written for it as well (both in ``own``).
    """
    rows = [row for part in NAME_PARTS for row in corpora.read_names(folder / "ner-english" / f"{part}.jsonl")]
    rows += corpora.read_names(own / RULED)
    examples = [corpora.name_example(nlp, row) for row in rows]
    written = [corpora.name_example(nlp, row) for row in corpora.read_names(own / WRITTEN)]
    fix_random_seed(plans[0].seed)
    with nlp.select_pipes(enable=["ner"]):
        nlp.initialize(lambda: examples)
    loop.train(nlp, lambda epoch: examples, plans[0], ("ner",), say, save)
    for plan in plans[1:]:
        loop.train(nlp, lambda epoch: examples + written, plan, ("ner",), say, save)


def tree_scores(nlp: Language, folder: Path, part: str, together: int = 1) -> dict[str, float]:
    """Figures on one test treebank: tags, features, lemmas, UAS, LAS, sentence F. ``together``: sentences a text."""
    docs = tree_sentences(nlp, folder, (part,))
    with nlp.select_pipes(enable=list(TREE)):
        found = nlp.evaluate([corpora.example(nlp, doc) for doc in corpora.group(docs, (together,), random.Random(0))])
    keys = ("tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
    return {key: round(float(found[key]), 4) for key in keys}


def name_scores(nlp: Language, folder: Path, part: str) -> dict[str, float]:
    """F1 of names on one test corpus, over the types that it marks and by type."""
    rows = corpora.read_names(folder / "ner-english" / f"{part}.jsonl")
    marked = {label for row in rows for _, _, label in row.entities}
    hits: Counter[str] = Counter()
    found: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    with nlp.select_pipes(enable=["ner"]):
        for doc, row in zip(nlp.pipe(row.text for row in rows), rows, strict=True):
            right = set(row.entities)
            gold.update(label for _, _, label in right)
            for entity in doc.ents:
                if entity.label_ in marked:
                    found[entity.label_] += 1
                    hits[entity.label_] += (entity.start_char, entity.end_char, entity.label_) in right
    figures = {"ents_f": _f1(hits.total(), found.total(), gold.total())}
    return figures | {label: _f1(hits[label], found[label], gold[label]) for label in sorted(marked)}


def _f1(hits: int, found: int, gold: int) -> float:
    return round(2 * hits / (found + gold), 4) if found + gold else 0.0


def train(
    corpora_path: Path,
    own: Path,
    output: Path,
    plans: Sequence[loop.Plan] = PLANS,
    name_plans: Sequence[loop.Plan] = NAME_PLANS,
    each: int = 20,
    say: Say = print,
) -> dict[str, Any]:
    """Train the English pipeline on the corpora in ``corpora_path`` and the project's own passages in ``own``; write it to ``output`` with its card.

    ``plans``: the treebanks first, then the treebanks with template sentences, with a second warm start. The test figures come back.
    Raises `InputError` where a corpus is missing, `ModelError` without the floret package.
    """
    nlp = build(vectors=True)
    with tempfile.TemporaryDirectory() as scratch:
        table = Path(scratch) / "en.floret"
        vectors.train(corpora_path, table)
        vectors.add(nlp, table)
    train_tree(nlp, tree_sentences(nlp, corpora_path, TREE_PARTS), plans, each, say)
    train_names(nlp, corpora_path, own, name_plans, say)
    return finish(nlp, corpora_path, output, say)


def finish(nlp: Language, folder: Path, output: Path, say: Say = print) -> dict[str, Any]:
    """Measure a trained pipeline, print the figures and write it to ``output`` with its card."""
    figures: dict[str, Any] = {part: tree_scores(nlp, folder, part) for part in TREE_TESTS}
    figures |= {f"{part}, ten sentences a text": tree_scores(nlp, folder, part, 10) for part in TREE_TESTS}
    figures |= {f"ner {part}": name_scores(nlp, folder, part) for part in NAME_TESTS}
    for part, values in figures.items():
        say(f"{part}: {values}")
    nlp.meta.update({"name": "extractor", "version": "1.0", "license": "CC BY-SA 4.0", "performance": figures})
    nlp.to_disk(output)
    card.write(output, "en", "English pipeline: tags, features, lemmas, tree, names", figures, card.ENGLISH)
    return figures
