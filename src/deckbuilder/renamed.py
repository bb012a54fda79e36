"""Words that were others in earlier versions, which are taken still."""

from __future__ import annotations

OUTPUTS = {"facilitator": "guide"}
"""Outputs, by what they were called."""


def output(name: str) -> str:
    """An output's name, in capitals or not, of now or of earlier, as it is now."""
    return OUTPUTS.get(name.lower(), name.lower())


ELEMENTS = {"mark": "anchor"}
"""Elements of the documents' markup."""
