"""deckbuilder: one content model in, a deck, a handout and a facilitator guide out."""

__version__ = "0.1.0"
