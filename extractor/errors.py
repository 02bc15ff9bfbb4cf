"""The exceptions a user can meet, under one root.

A message says what was wrong, where, and what is accepted; `extractor.cli` prints it as one line.
"""


class ExtractorError(Exception):
    """Root of all errors raised on purpose."""


class InputError(ExtractorError):
    """An article, file or folder can't be read."""


class OutputError(ExtractorError):
    """A target can't be written, or its suffix names no known format."""


class LexiconError(ExtractorError):
    """A lexicon or rule file is faulty; the message names file, line and reason."""


class ModelError(ExtractorError):
    """A language model is missing or lacks what the rules need."""
