"""All rules of advice: importing this enters them in the list."""

from __future__ import annotations

from deckbuilder.checks import access, contrasts, fit, hygiene, learning, sources, spelling, words
from deckbuilder.checks.matter import RULES_OF_ADVICE, Document, Matter, advise

ROOMS = (fit, learning, access, contrasts, sources, words, spelling, hygiene)

__all__ = ["ROOMS", "RULES_OF_ADVICE", "Document", "Matter", "advise"]
