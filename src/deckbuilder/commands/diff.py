"""`diff`: what changed, and what to print again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckbuilder.commands.build import Paper
from deckbuilder.commands.shown import failures_shown


def diff(
    old: Annotated[str, typer.Argument(help="A deck, or a git revision of the other.", show_default=False)],
    new: Annotated[str, typer.Argument(help="The same deck as it is now, or a git revision.", show_default=False)],
    theme: Annotated[
        str, typer.Option("--theme", "-t", metavar="NAME", help="The theme that pages are set in.")
    ] = "spruce",
    session: Annotated[
        Path | None, typer.Option("--session", "-s", help="A session file, for both.", show_default=False)
    ] = None,
    paper: Annotated[Paper | None, typer.Option("--paper", case_sensitive=False, show_default=False)] = None,
    duplex: Annotated[
        bool | None, typer.Option("--duplex/--simplex", help="Whole sheets have to be replaced.", show_default=False)
    ] = None,
    pages: Annotated[
        Path | None,
        typer.Option("--pages", help="Write a PDF of the pages that have to be printed again.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Tell which slides, questions and pages changed, and write the pages that have to be replaced.

    The total in 'Page 3 of 12' does not count as a change.

    Example: deckbuilder diff HEAD~1 my-training --pages again.pdf
    """
    import json

    from deckbuilder import PrintSettings
    from deckbuilder.comparing import compare

    printing = PrintSettings(paper=paper.value if paper else None, duplex=duplex)
    with failures_shown():
        found = compare(old, new, theme=theme, session=session, printing=printing, pages=pages)
    if as_json:
        documents = {
            name: {"again": list(numbers), "before": found.counts[name][0], "after": found.counts[name][1]}
            for name, numbers in found.pages.items()
        }
        typer.echo(
            json.dumps({"version": 1, "changes": list(found.changes), "pages": documents}, ensure_ascii=False, indent=2)
        )
        return
    for change in found.changes or ("nothing was written otherwise",):
        typer.echo(change)
    for name, numbers in found.pages.items():
        before, after = found.counts[name]
        had = "" if before == after else f" (it had {before})"
        again = f"print again {_ranges(numbers)}" if numbers else "nothing to print again"
        typer.echo(f"{name}, {after} pages{had}: {again}")
    if pages is not None:
        typer.echo(str(pages))


def _ranges(numbers: tuple[int, ...]) -> str:
    """Numbers with runs of them drawn together: 3, 5-8."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
