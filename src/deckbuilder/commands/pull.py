"""`pull`: changes made in PowerPoint, back into the deck's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckbuilder.commands.shown import FAILED, failures_shown


def pull(
    edited: Annotated[
        Path, typer.Argument(help="The .pptx that was built from the deck, and edited.", show_default=False)
    ],
    deck: Annotated[Path, typer.Argument(help="The deck: its folder, or deck.yaml.", show_default=False)],
    session: Annotated[
        Path | None,
        typer.Option("--session", "-s", help="The session file that it was built with.", show_default=False),
    ] = None,
    theme: Annotated[str, typer.Option("--theme", "-t", help="The theme that it was built in.")] = "spruce",
    write: Annotated[bool, typer.Option("--write", help="Write the changes, after a copy of deck.yaml.")] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Where both have changed, take what the edited file says.")
    ] = False,
    ours: Annotated[bool, typer.Option("--ours", help="Where both have changed, keep what the deck says.")] = False,
) -> None:
    """Bring changes that were made in PowerPoint back into deck.yaml, each to the field it came from.

    Shows what it would do, in words and as a diff; --write does it, all or nothing. Where a text changed in the deck as
    well, neither is overwritten without --theirs or --ours.

    The exit code is 1 when something changed in both.

    Example: deckbuilder pull output/my-training/spruce/my-training.pptx my-training --write
    """
    from deckbuilder.pulling.pull import pull as pulling

    if theirs and ours:
        raise typer.BadParameter("--theirs and --ours contradict each other")
    with failures_shown():
        found = pulling(
            edited, deck, session=session, theme=theme, prefer="theirs" if theirs else "ours" if ours else "neither"
        )
        for line in found.done:
            typer.echo(line)
        if not found.done:
            typer.echo("Nothing was changed.")
        for line in found.left:
            typer.echo(f"not taken over: {line}", err=True)
        for line in found.conflicts:
            typer.echo(typer.style("conflict: ", fg=typer.colors.RED, bold=True) + line, err=True)
        if found.conflicts:
            typer.echo(
                "Nothing was written. --theirs takes what the file says, --ours keeps what the deck says.", err=True
            )
            raise typer.Exit(FAILED)
        if write:
            for file in found.write():
                typer.echo(str(file))
        elif found.diff:
            typer.echo(f"\n{found.diff}", nl=False)
            typer.echo("\nWrite it: the same with --write")
