"""Whether slides serve the objectives, and the time that they take."""

from __future__ import annotations

from deckbuilder.content.deck import Deck, objective_number
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.diagnostics import Diagnostics


def check_served(deck: Deck, problems: Diagnostics) -> None:
    """Warns of objectives that no slide serves."""
    served = {objective_number(deck, name) for _, slide in deck.slides() for name in slide.objectives} - {None}
    if deck.objectives and not served:
        problems.warning(
            "objectives-not-served",
            "no slide says which objectives it serves",
            deck.objectives[0].at,
            "name them in the slides that do, by number or id: objectives: [1]",
        )
        return
    for number, objective in enumerate(deck.objectives, 1):
        if number not in served:
            problems.warning(
                "objectives-not-served",
                f"no slide serves objective {number}",
                objective.at,
                f"name it in a slide that does, objectives: [{objective.id or number}], or drop it",
            )


def check_questions(deck: Deck, problems: Diagnostics) -> None:
    """Warns of questions that take longer than their slide."""
    for _, slide in deck.slides():
        asked = sum(q.minutes or 0 for q in slide.questions)
        if slide.minutes is not None and asked > slide.minutes:
            problems.warning(
                "questions-over-time",
                f"the questions take {asked:g} minutes, the slide only {slide.minutes:g}",
                slide.at,
                "a slide's minutes include its questions",
            )


def check_schedule(deck: Deck, session: Session | None, schedule: Schedule, problems: Diagnostics) -> None:
    """Warns of breaks that found no place, and of slides whose minutes are a guess."""
    for pause in schedule.left_out:
        if pause.at_time is None:
            continue  # `check_breaks` tells of places that are not there
        if session is None or not schedule.clocked:
            problems.warning(
                "break-without-start", "a break at a time of day needs the session's 'start'; it is left out", pause.at
            )
        else:
            problems.warning("break-after-end", "this break comes after the end and is left out", pause.at)
    estimated = [block.slide for block in schedule.blocks if block.slide and block.estimated]
    # Who says what slides without minutes count as knows that they have none.
    if estimated and "default_minutes" not in deck.model_fields_set:
        each = " each" if len(estimated) > 1 else ""
        count = f"{len(estimated)} slides have" if len(estimated) > 1 else "this slide has"
        problems.warning(
            "slide-without-minutes",
            f"{count} no 'minutes' and {'are' if len(estimated) > 1 else 'is'} counted as {deck.default_minutes:g}{each}",
            estimated[0].at,
            "give each slide its minutes, or the deck its 'default_minutes'",
        )
