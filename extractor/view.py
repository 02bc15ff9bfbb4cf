"""A Doc's tokens as plain lists, for rules that read words and borders many times."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc


class View:
    """Words, their lower-case forms and character offsets; indices are those of the Doc's tokens."""

    __slots__ = ("_vocab", "ends", "lower", "starts", "text", "words")

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self._vocab = doc.vocab
        self.words = [token.text for token in doc]
        self.lower = [word.lower().replace("’", "'") for word in self.words]
        self.starts = [token.idx for token in doc]
        self.ends = [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]

    def known(self, word: str) -> bool:
        """True of a word that the pipeline's vectors know; of any word where they are made from its letters."""
        return bool(self._vocab.has_vector(word))

    def at(self, char: int) -> int:
        """Index of the token that covers the character, or the one before it where it is a space."""
        return bisect_right(self.starts, char) - 1

    def before(self, char: int) -> str:
        """Lower-case word that ends at or before the character; empty at the start of the text."""
        at = bisect_right(self.starts, char - 1) - 1
        while at >= 0 and self.lower[at].isspace():
            at -= 1
        return self.lower[at] if at >= 0 and char > 0 else ""

    def after(self, char: int) -> str:
        """Word as written that begins at or after the character; empty at the end of the text."""
        at = bisect_right(self.starts, char - 1)
        while at < len(self.words) and self.lower[at].isspace():
            at += 1
        return self.words[at] if at < len(self.words) else ""
