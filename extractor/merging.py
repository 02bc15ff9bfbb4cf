"""Make each multiword name one token before the parser sees it.

A treebank of a few thousand sentences has taught the parser little about "KN-23", "Bayraktar TB2"
or "Força Aérea Portuguesa", and one unknown word can turn a whole tree. The mentions are known
before parsing, so each becomes one token which lends its lexical features (norm, prefix, suffix,
shape, vector) from a common word of the same kind. The text and all offsets stay as they are.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable

from spacy.lexeme import Lexeme
from spacy.tokens import Doc
from spacy.util import filter_spans
from spacy.vocab import Vocab

from extractor.model import Mention

LOANS = "extractor_loans"  # key in doc.user_data

# Common words whose features a name borrows, by language and type; a weapon borrows from its own head noun first.
PROXIES: dict[str, dict[str, str]] = {
    "fr": {"PERSON": "Pierre", "STATE": "France", "ORG": "Renault", "PLACE": "Paris", "WEAPON": "missiles", "GOODS": "produits"},
    "en": {"PERSON": "John", "STATE": "France", "ORG": "Microsoft", "PLACE": "Paris", "WEAPON": "missiles", "GOODS": "goods"},
}


def merge_mentions(doc: Doc, mentions: Iterable[Mention], lang: str) -> Doc:
    """Merge the tokens of each mention in place and return ``doc``.

    Mentions whose borders fall inside a token take the whole token. Of overlapping ones the longest wins.
    What is lent changes the vocabulary, which all docs share: `return_loans` undoes it.
    """
    spans = []
    loans = doc.user_data.setdefault(LOANS, [])
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, label=mention.type, alignment_mode="expand")
        if span is not None and len(span):
            spans.append(span)
    # A merged token would get a vector of its own; where vectors are made of character n-grams it has one already.
    with warnings.catch_warnings(), doc.retokenize() as retokenizer:
        warnings.filterwarnings("ignore", r"\[W115\]")
        for span in filter_spans(spans):
            proxy = _proxy(doc.vocab, span.text, span[0].text, span.label_, lang, len(span))
            if proxy is not None:
                loans.append(_lend(doc.vocab, proxy, doc.vocab[span.text]))
            if len(span) > 1:
                retokenizer.merge(span)
    return doc


def _proxy(vocab: Vocab, text: str, first: str, label: str, lang: str, size: int) -> Lexeme | None:
    if size == 1 and (not vocab.vectors.shape[0] or vocab.has_vector(text)):
        return None
    if text[:1].islower() and (not vocab.vectors.shape[0] or vocab.has_vector(first)):
        return vocab[first]
    return vocab[PROXIES[lang][label]]


def return_loans(docs: Iterable[Doc]) -> None:
    """Give the words of ``docs`` their own features back once the docs are parsed.

    Without it a name would be read otherwise in the next text, and a result depend on the texts before it.
    """
    for doc in reversed(list(docs)):
        for orth, norm, shape, prefix, suffix, has_row in reversed(doc.user_data.pop(LOANS, [])):
            lexeme = doc.vocab[orth]
            lexeme.norm_, lexeme.shape_, lexeme.prefix_, lexeme.suffix_ = norm, shape, prefix, suffix
            if not has_row:
                doc.vocab.vectors.key2row.pop(orth, None)


def _lend(vocab: Vocab, proxy: Lexeme, lexeme: Lexeme) -> tuple[int, str, str, str, str, bool]:
    """Lend ``lexeme`` the features of ``proxy``; its own come back, to be restored."""
    own = (lexeme.orth, lexeme.norm_, lexeme.shape_, lexeme.prefix_, lexeme.suffix_, lexeme.orth in vocab.vectors.key2row)
    lexeme.norm_, lexeme.shape_ = proxy.norm_, proxy.shape_
    lexeme.prefix_, lexeme.suffix_ = proxy.prefix_, proxy.suffix_
    row = vocab.vectors.key2row.get(proxy.orth) if vocab.vectors.shape[0] else None
    if row is not None:
        vocab.vectors.add(lexeme.orth, row=row)
    return own
