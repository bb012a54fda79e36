"""The second phase: what can be said of a deck only once it is read. Each rule is looked after by a function that is
given what was read, changes nothing, and reports to `problems`; the rules themselves are in `rules.py`.

`check` and `check_for` are asked by every build: what they find keeps a deck from being arranged, or is hardly ever meant.
Advice (`advise`) is asked once slides are arranged: fit, learning, access, sources, words, spelling and hygiene are its rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deckbuilder.checks.characters import check_characters
from deckbuilder.checks.order import check_appendix, check_tables
from deckbuilder.checks.references import (
    check_breaks,
    check_days,
    check_gaps,
    check_ids,
    check_leads,
    check_links,
    check_needs,
    check_objectives,
    check_sources,
)
from deckbuilder.checks.showing import check_showing
from deckbuilder.checks.teaching import check_questions, check_schedule, check_served
from deckbuilder.checks.wording import check_wording
from deckbuilder.content.deck import Deck
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.content.vocabulary import Vocabulary
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme.theme import Theme

# What concerns the deck alone.
_OF_DECKS: tuple[Callable[[Deck, Diagnostics], None], ...] = (
    check_ids,
    check_sources,
    check_links,
    check_gaps,
    check_needs,
    check_objectives,
    check_served,
    check_tables,
    check_appendix,
    check_showing,
    check_questions,
)


def check(deck: Deck, session: Session | None, schedule: Schedule, problems: Diagnostics) -> None:
    """Reports what is wrong with a deck and a session of it, whatever the theme. A deck without errors can be arranged."""
    for rule in _OF_DECKS:
        rule(deck, problems)
    if session is not None:
        check_breaks(deck, session, problems)
        check_days(deck, session, schedule, problems)
    check_leads(deck, session, problems)
    check_schedule(deck, session, schedule, problems)


def check_for(
    theme: Theme, deck: Deck, session: Session | None, vocabulary: Sequence[Vocabulary], problems: Diagnostics
) -> None:
    """Reports what a theme cannot set, and words that its vocabulary, or the deck's, would rather see said otherwise."""
    for content in (deck, session):
        if content is not None:
            check_characters(content, theme.fonts, problems)
    check_wording(deck, session, (*theme.vocabulary, *vocabulary), problems)
