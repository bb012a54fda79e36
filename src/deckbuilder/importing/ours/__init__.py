"""Decks that deckbuilder itself built, read back by the marks in them: each placeholder tells the fields it was made of."""
