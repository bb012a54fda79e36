"""`library`: which decks take what from a library, and what is past its date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckbuilder.commands.check import day_of
from deckbuilder.commands.shown import FAILED, show_diagnostics

if TYPE_CHECKING:
    from deckbuilder.sharing import Shared


def library(
    places: Annotated[
        list[Path] | None,
        typer.Argument(help="Decks, or folders with decks in them.", show_default="the folder you are in"),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(
            "--today",
            metavar="DATE",
            help="The day by which dates are judged, as 2027-03-15; today unless given.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """List what a library has, which decks take it in, and which facts and references are past their date.

    Looks for decks in the folders that are given, reads the libraries that they name, and checks all that is in
    these, taken in or not. The exit code is 1 where something has errors.

    Example: deckbuilder library trainings
    """
    from deckbuilder.diagnostics import Diagnostics, Severity
    from deckbuilder.sharing import share

    day, problems = day_of(today), Diagnostics()
    found = share(places or [Path()], problems)
    for number, shared in enumerate(found):
        typer.echo(("\n" if number else "") + typer.style(shared.file, bold=True))
        for line in _lines(shared, day.isoformat()):
            typer.echo(line)
    if not found and not problems.has_errors:
        typer.echo("no deck here has a library")
    show_diagnostics(problems)
    raise typer.Exit(FAILED if any(one.severity is Severity.ERROR for one in problems) else 0)


def taken_lines(decks: Sequence[Path], today: str) -> Iterator[str]:
    """What the decks take in from their libraries, and where."""
    from deckbuilder.diagnostics import Diagnostics
    from deckbuilder.sharing import share

    for shared in share(decks, Diagnostics()):
        if lines := _lines(shared, today, taken=True):
            yield f"taken in from {typer.style(shared.file, bold=True)}"
            yield from lines


def _lines(shared: Shared, today: str, taken: bool = False) -> list[str]:
    """A library's items, each with the decks that take it in; of `taken` those that one does."""
    out = []
    for item in shared.items:
        if taken and not item.uses:
            continue
        dates = f", as of {item.as_of}" if item.as_of else ""
        if item.review_by:
            dates += f", to be looked at again by {item.review_by}"
        late = (
            typer.style(" PAST ITS DATE", fg=typer.colors.YELLOW) if item.review_by and item.review_by < today else ""
        )
        out.append(f"  {item.noun} {typer.style(item.name, bold=True)}: {item.says}{dates}{late}")
        out += [f"    {deck}, {_listed(lines)}" for deck, lines in item.uses]
        if not item.uses:
            out.append("    no deck takes it in")
    return out


def _listed(lines: tuple[int, ...]) -> str:
    if not lines:
        return "through what else it takes in"
    return f"{'line' if len(lines) == 1 else 'lines'} {', '.join(map(str, lines))}"
