"""Words that were others in earlier versions, which are taken still."""

from __future__ import annotations

OUTPUTS = {"facilitator": "guide"}
"""Outputs, by what they were called."""

ELEMENTS = {"mark": "anchor"}
"""Elements of the documents' markup."""
