"""What no single model can see: names that lead nowhere, and what would be shown nowhere."""

from __future__ import annotations

import itertools

from deckbuilder.content.deck import Deck, objective_number
from deckbuilder.content.kinds import AnySlide, pictures_of
from deckbuilder.content.session import Session
from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.source import Position


def check_deck(deck: Deck, problems: Diagnostics) -> None:
    """Reports ids that are not unique, names that lead nowhere, objectives that nothing serves,
    and what its author wrote and no document would show."""
    _check_ids(deck, problems)
    _check_sources(deck, problems)
    _check_objectives(deck, problems)
    _check_tables(deck, problems)
    _check_appendix(deck, problems)
    for _, slide in deck.slides():
        _check_shown(slide, problems)


def check_breaks(deck: Deck, session: Session, problems: Diagnostics) -> None:
    """Reports breaks after sections or slides that do not exist."""
    places = [s.title.plain for s in deck.sections] + [s.id for _, s in deck.slides() if s.id]
    for pause in session.breaks:
        if pause.after is not None and pause.after not in places:
            problems.error(
                "unknown-place-of-break",
                f"no section or slide is called '{pause.after}'",
                pause.at,
                did_you_mean(pause.after, places),
            )


def _check_ids(deck: Deck, problems: Diagnostics) -> None:
    for noun, items in (
        ("references", deck.references),
        ("objectives", deck.objectives),
        ("slides", [slide for _, slide in deck.slides()]),
    ):
        seen: set[str] = set()
        for item in items:
            if item.id is None:
                continue
            if item.id in seen:
                problems.error("id-twice", f"two {noun} have the id '{item.id}'", item.at, "ids are unique")
            seen.add(item.id)


def _check_sources(deck: Deck, problems: Diagnostics) -> None:
    known = [reference.id for reference in deck.references]
    for _, slide in deck.slides():
        for source in slide.sources:
            if source not in known:
                problems.error(
                    "unknown-reference",
                    f"there is no reference '{source}'",
                    _at(source, slide),
                    did_you_mean(source, known) or "add it to the deck's 'references'",
                )


def _check_objectives(deck: Deck, problems: Diagnostics) -> None:
    served: set[int] = set()
    for _, slide in deck.slides():
        for name in slide.objectives:
            number = objective_number(deck, name)
            if number is None:
                ids = [objective.id for objective in deck.objectives if objective.id]
                count = len(deck.objectives)
                numbers = f"the deck has objectives 1 to {count}" if count else "add it to the deck's 'objectives'"
                near = did_you_mean(name, ids) if ids and not name.isdigit() else numbers
                problems.error("unknown-objective", f"there is no objective '{name}'", _at(name, slide), near)
            else:
                served.add(number)
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


def _check_tables(deck: Deck, problems: Diagnostics) -> None:
    for _, slide in deck.slides():
        for number, row in enumerate(slide.rows if slide.kind == "table" else [], 1):
            if slide.kind == "table" and len(row) != len(slide.header):
                problems.error(
                    "ragged-row",
                    f"row {number} has {len(row)} cells, the header has {len(slide.header)}",
                    next((cell.at for cell in row if cell.at), slide.at),
                    'a cell for each column; "" where there is nothing to say',
                )


def _check_appendix(deck: Deck, problems: Diagnostics) -> None:
    for before, section in itertools.pairwise(deck.sections):
        if before.appendix and not section.appendix:
            problems.error(
                "appendix-not-last",
                "an appendix comes last; this section follows one",
                section.at,
                "move it before the appendix",
            )


def _check_shown(slide: AnySlide, problems: Diagnostics) -> None:
    if "handout" not in slide.show and slide.handout:
        problems.error(
            "shown-nowhere",
            "the 'handout' text of this slide is shown nowhere",
            slide.handout.at,
            "add handout to the slide's 'show'",
        )
    if not {"deck", "guide"} & set(slide.show):
        hint = "add guide to the slide's 'show'"
        if slide.cues:
            problems.error("shown-nowhere", "the cues of this slide are shown nowhere", slide.cues[0].at, hint)
        for name, text in (("virtual", slide.virtual), ("notes", slide.notes)):
            if text:
                problems.error("shown-nowhere", f"the '{name}' text of this slide is shown nowhere", text.at, hint)
    for noun, items in (("question", slide.questions), ("picture", pictures_of(slide))):
        for item in items:
            if not set(item.show) & set(slide.show):
                problems.error(
                    "shown-nowhere",
                    f"this {noun} is shown nowhere: its slide is in {' and '.join(slide.show)} only",
                    item.at,
                    "let the two 'show' have a document in common",
                )
    if "deck" not in slide.show:
        if slide.kind == "chart":
            problems.error(
                "chart-without-slide",
                "a chart is drawn as on its slide; this one has none",
                slide.at,
                "add deck to its 'show'",
            )
        return
    if slide.kind == "discussion" and not any("deck" in question.show for question in slide.questions):
        problems.error(
            "shown-nowhere",
            "none of this slide's questions is shown in the deck",
            slide.at,
            "give the slide itself a 'show' without deck",
        )
    if slide.kind == "picture" and "deck" not in slide.picture.show:
        problems.error(
            "shown-nowhere",
            "the picture of this slide is not shown in the deck",
            slide.at,
            "give the slide itself a 'show' without deck",
        )


def _at(name: str, slide: AnySlide) -> Position | None:
    return getattr(name, "at", None) or slide.at
