"""Frames and decks to files: PowerPoint, PDF documents, drawings."""
