"""Sentences made from templates, with their trees: what the treebanks hardly hold (data in ``templates/``)."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.training import Example

from extractor import merging
from extractor.errors import LexiconError
from extractor.model import EntityType, Mention
from extractor.training import corpora

FOLDER = Path(__file__).parent / "templates"
_NAMED = re.compile(r"^([a-z])=(.+)$")
_TIGHT = frozenset({",", ".", "'s", "’s", "n't", "%"})


@dataclass(slots=True)
class Node:
    """One token of a sentence that is being made; ``head`` is an index into the list, None until it is known."""

    form: str
    pos: str
    dep: str
    head: int | None
    morph: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The usual tag, features and lemma of a form with a part of speech, from the treebanks."""

    tag: str
    morph: str
    lemma: str


class Grammar:
    """The templates of one language. Raises `LexiconError` where a template does not hold together."""

    def __init__(self, path: Path) -> None:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.path = path
        self.classes: dict[str, list[str]] = data["classes"]
        self.features: dict[str, str] = data.get("features", {})
        self.sentences: list[str] = data["sentences"]

    def make(self, template: str, rng: random.Random) -> list[Node]:
        """One sentence of ``template``, classes filled by chance."""
        nodes: list[Node] = []
        named: dict[str, int] = {}
        pending: list[tuple[int, str]] = []
        root = -1
        for number, item in enumerate(template.split(), start=1):
            match = _NAMED.match(item.strip('"'))
            name, body = (match[1], match[2]) if match else (str(number), item.strip('"'))
            parts = body.split("/")
            if parts[0].startswith("$"):
                at = self._phrase(parts[0][1:], nodes, rng)
                dep, head = parts[1], parts[2] if len(parts) > 2 else ""
            else:
                at = len(nodes)
                nodes.append(Node(parts[0].replace("_", " "), parts[1], "", None))
                dep, head = parts[2], parts[3] if len(parts) > 3 else ""
            named[name] = at
            nodes[at].dep = dep
            if dep == "ROOT":
                root, nodes[at].head = at, at
            else:
                pending.append((at, head))
        if root < 0:
            raise LexiconError(f"{self.path}: no ROOT in template: {template}")
        for at, head in pending:
            if head and head not in named:
                raise LexiconError(f"{self.path}: no token named '{head}' in template: {template}")
            nodes[at].head = named[head] if head else root
        return nodes

    def _phrase(self, name: str, nodes: list[Node], rng: random.Random) -> int:
        if name not in self.classes:
            raise LexiconError(f"{self.path}: no class '{name}'")
        base, at = len(nodes), -1
        for token in rng.choice(self.classes[name]).split():
            parts = token.split("/")
            if len(parts) == 2:
                at = len(nodes)
            head = base + int(parts[3]) - 1 if len(parts) == 4 else None
            dep = parts[2] if len(parts) > 2 else ""
            nodes.append(Node(parts[0].replace("_", " "), parts[1], dep, head, self.features.get(name, "")))
        return at


def usual_analyses(sentences: Iterable[Doc]) -> dict[tuple[str, str], Analysis]:
    """For each form (as written, and in small letters) and part of speech, its most frequent analysis."""
    counts: dict[tuple[str, str], Counter[Analysis]] = {}
    for doc in sentences:
        for token in doc:
            analysis = Analysis(token.tag_, str(token.morph), token.lemma_)
            for form in {token.text, token.text.lower()}:
                counts.setdefault((form, token.pos_), Counter())[analysis] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in counts.items()}


def to_doc(nlp: Language, nodes: Sequence[Node], usual: dict[tuple[str, str], Analysis]) -> Doc:
    """The sentence as a gold Doc; its first letter is a capital. A token of unknown analysis
    has none: it teaches the parser alone."""
    words = [node.form for node in nodes]
    words[0] = words[0][:1].upper() + words[0][1:]
    spaces = [
        not w.endswith(("'", "(", "$")) and i + 1 < len(words) and words[i + 1] not in _TIGHT for i, w in enumerate(words)
    ]
    heads = [node.head if node.head is not None else i for i, node in enumerate(nodes)]
    found = [_analysis(node, usual) for node in nodes]
    pos = [node.pos if analysis else "" for node, analysis in zip(nodes, found, strict=True)]
    doc = Doc(nlp.vocab, words=words, spaces=spaces, pos=pos, deps=[n.dep for n in nodes], heads=heads)
    for token, analysis in zip(doc, found, strict=True):
        if analysis is not None:
            token.tag_, token.lemma_ = analysis.tag, analysis.lemma
            token.set_morph(_voiced(token, analysis.morph))  # type: ignore[attr-defined]
    return doc


def _analysis(node: Node, usual: dict[tuple[str, str], Analysis]) -> Analysis | None:
    found = usual.get((node.form, node.pos)) or usual.get((node.form.lower(), node.pos))
    if not node.morph:
        return found
    tag, _, morph = node.morph.rpartition(" ")
    return Analysis(tag or (found.tag if found else node.pos), morph, found.lemma if found else "")


def _voiced(token: Token, morph: str) -> str:
    """A past participle's features, the voice as its function and auxiliaries say."""
    if "Tense=Past|VerbForm=Part" not in morph:
        return morph
    auxiliaries = {child.dep_ for child in token.children if child.dep_.startswith("aux")}
    passive = "aux:pass" in auxiliaries or (token.dep_ == "acl" and not auxiliaries)
    return morph.replace("|Voice=Pass", "") + ("|Voice=Pass" if passive else "")


def examples(
    nlp: Language, usual: dict[tuple[str, str], Analysis], each: int, seed: int, folder: Path = FOLDER
) -> list[Example]:
    """``each`` sentences of every template, one to three to a text; merged names lend features as at run time."""
    rng = random.Random(seed)
    grammar = Grammar(folder / f"{nlp.lang}.yaml")
    docs = [to_doc(nlp, grammar.make(t, rng), usual) for t in grammar.sentences for _ in range(each)]
    rng.shuffle(docs)
    ended = [doc for doc in docs if doc[-1].text == "."]
    made = []
    for joined in [*corpora.group(ended, (1, 1, 1, 2, 3), rng), *(doc for doc in docs if doc[-1].text != ".")]:
        gold = corpora.curl(joined) if rng.random() < 0.5 else joined
        predicted = nlp.make_doc(gold.text)
        mentions = [
            Mention(t.idx, t.idx + len(t.text), t.text, _type(t.pos_, rng), "training") for t in gold if " " in t.text
        ]
        merging.merge_mentions(predicted, mentions, str(nlp.lang))
        made.append(Example(predicted, gold))
    return made


def _type(pos: str, rng: random.Random) -> EntityType:
    return rng.choice(corpora.TYPES) if pos == "PROPN" else "WEAPON"
