"""Arms transfers read out of French and English news, as records and as a knowledge graph."""

__version__ = "0.1.0"
