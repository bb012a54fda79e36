"""How tables and sections hold together."""

from __future__ import annotations

import itertools

from deckbuilder.content.deck import Deck
from deckbuilder.diagnostics import Diagnostics


def check_tables(deck: Deck, problems: Diagnostics) -> None:
    """Reports rows that are not as long as their table's header."""
    for _, slide in deck.slides():
        for number, row in enumerate(slide.rows if slide.kind == "table" else (), 1):
            if slide.kind == "table" and len(row) != len(slide.header):
                problems.error(
                    "ragged-row",
                    f"row {number} has {len(row)} cells, the header has {len(slide.header)}",
                    next((cell.at for cell in row if cell.at), slide.at),
                    'a cell for each column; "" where there is nothing to say',
                )


def check_appendix(deck: Deck, problems: Diagnostics) -> None:
    """Reports sections that follow an appendix."""
    for before, section in itertools.pairwise(deck.sections):
        if before.appendix and not section.appendix:
            problems.error(
                "appendix-not-last",
                "an appendix comes last; this section follows one",
                section.at,
                "move it before the appendix",
            )
