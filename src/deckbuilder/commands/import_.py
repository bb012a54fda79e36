"""`import`: an old deck becomes one of ours."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Annotated

import typer

from deckbuilder.commands.shown import FAILED, Progress, command_name, failures_shown


def import_(
    old: Annotated[
        Path,
        typer.Argument(
            help="A deck: .pptx, .pptm, .potx, .md; .ppt and .odp where LibreOffice is.", show_default=False
        ),
    ],
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            help="The new deck's folder; it must not exist yet. Named after the file unless given.",
            show_default=False,
        ),
    ] = None,
    theme_from: Annotated[
        bool, typer.Option("--theme-from", help="Also make a theme pack of the file, in its folder 'themes'.")
    ] = False,
    page: Annotated[
        bool,
        typer.Option("--page", help="Also write import.html: old slides beside new ones, as LibreOffice draws them."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Make a deck of an old one: its text, pictures, tables, charts and notes, each slide as the kind that it is.

    Nothing is dropped in silence: import.txt in the new folder tells what became of each slide, how sure that is, and what
    was left out.

    The exit code is 1 when nothing could be made, or when what was made does not build yet.

    Example: deckbuilder import old-training.pptx --to my-training --theme-from
    """
    from deckbuilder.importing.importer import import_deck
    from deckbuilder.importing.report import summary

    folder = to if to is not None else Path(old.stem)
    with failures_shown(), Progress(shown=not as_json) as progress:
        imported = import_deck(old, folder, with_theme=theme_from, with_page=page, progress=progress)
    if as_json:
        typer.echo(json.dumps(imported.as_json(), ensure_ascii=False, indent=2))
    else:
        for line in summary(imported):
            typer.echo(line)
        arguments = ["build", str(folder), *(["--theme", str(folder / imported.theme)] if imported.theme else [])]
        typer.echo(f"\nBuild it:  {command_name()} {shlex.join(arguments)}")
    raise typer.Exit(FAILED if imported.problems else 0)
