"""The kinds of slide, recognised: a small rule for each, which makes the fields of a slide out of a page, or nothing.

A rule takes all that is on a page, or none of it: what it leaves out it names in its guess. The one that is surest wins.
"""

from __future__ import annotations

from collections.abc import Callable

from deckbuilder.importing.kinds import ending, lists, opening, rest, room, sayings, showing, sides
from deckbuilder.importing.page import Guess, Page

Rule = Callable[[Page], Guess | None]

RULES: tuple[Rule, ...] = (
    opening.cover,
    opening.section,
    opening.objectives,
    opening.agenda,
    sayings.quote,
    sayings.attributed,
    sayings.definition,
    sayings.principle,
    sayings.statement,
    sayings.clipping,
    lists.stage,
    lists.steps,
    lists.timeline,
    lists.points,
    sides.comparison,
    sides.columns,
    showing.picture,
    showing.grid,
    showing.table,
    showing.chart,
    showing.video,
    room.discussion,
    room.question,
    room.activity,
    room.poll,
    room.pause,
    ending.resource,
    ending.references,
    ending.closing,
    rest.narrative,
)


def guesses(page: Page) -> list[Guess]:
    """What the page may be, the surest first; the last one takes everything."""
    found = [guess for rule in RULES if (guess := rule(page)) is not None]
    found.sort(key=lambda guess: -guess.sure)
    return [*found, rest.everything(page)]
