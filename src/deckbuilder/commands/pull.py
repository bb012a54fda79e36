"""`pull`: what was changed in PowerPoint, back into the deck."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from deckbuilder.commands.shown import FAILED, Progress, failures_shown


def pull(
    edited: Annotated[
        Path, typer.Argument(help="The .pptx that was built of the deck, and changed since.", show_default=False)
    ],
    deck: Annotated[Path, typer.Argument(help="The deck's folder, or its YAML file.", show_default=False)],
    session: Annotated[
        Path | None,
        typer.Option("--session", "-s", help="The session file that it was built with.", show_default=False),
    ] = None,
    theme: Annotated[
        str | None,
        typer.Option("--theme", "-t", metavar="NAME", help="The theme that it was built with.", show_default=False),
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(
            "--base",
            metavar="FILE",
            help="The .pptx as it was before it was changed, if you have it.",
            show_default=False,
        ),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Do it: change deck.yaml, after a copy beside it.")] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Where both changed the same, take what the .pptx says.")
    ] = False,
    ours: Annotated[bool, typer.Option("--ours", help="Where both changed the same, keep what the deck says.")] = False,
) -> None:
    """Bring back into a deck what somebody changed on its slides.

    Texts, lists, tables, notes, alternative texts and pictures go to the fields that they came from; slides that were moved,
    hidden, deleted, copied or added are so in the deck. Everything else in the file stays as it is. Without --write it is
    shown, and nothing is done.

    The exit code is 1 when the same was changed in both, and neither --theirs nor --ours says which counts: then nothing is
    written.

    Example: deckbuilder pull deck.pptx my-training --write
    """
    import difflib

    from deckbuilder.pulling.pull import pull as pulled
    from deckbuilder.pulling.writing import write as written

    if theirs and ours:
        raise typer.BadParameter("one of --theirs and --ours")
    choice: Literal["theirs", "ours"] | None = "theirs" if theirs else "ours" if ours else None
    with failures_shown(), Progress(shown=True) as progress:
        found = pulled(edited, deck, session=session, theme=theme, choice=choice, base=base, progress=progress)
    for change in found.changes:
        typer.echo(str(change))
    for change in found.left:
        typer.echo(f"not taken over: {change}")
    for change in found.conflicts:
        typer.echo(f"changed in both: {change}")
    if not write:
        before, after = (text.splitlines() for text in (found.before, found.after))
        for line in difflib.unified_diff(before, after, "deck.yaml", "deck.yaml, afterwards", lineterm=""):
            typer.echo(line)
    if found.conflicts:
        typer.echo("Nothing was written. Say --theirs or --ours, or change one of the two.")
        raise typer.Exit(FAILED)
    if not found.something:
        typer.echo("Nothing to take over.")
    elif write:
        with failures_shown():
            for path in written(found, deck):
                typer.echo(str(path))
