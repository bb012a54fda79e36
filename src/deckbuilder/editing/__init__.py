"""Decks and sessions changed in the files that they are written in: a patch at the value's own place, and nothing beside it."""
