"""`new` and `schema`: things to start from."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from deckbuilder.commands.shown import command_name, failures_shown


def new(
    name: Annotated[str, typer.Argument(help="The new deck's folder; it must not exist yet.", show_default=False)],
) -> None:
    """Make a small deck that builds at once and shows by example how one is written."""
    from deckbuilder.scaffold import make_deck

    with failures_shown():
        files = make_deck(Path(name))
    for file in files:
        typer.echo(str(file))
    arguments = ["build", name, "--session", str(Path(name) / "session.yaml")]
    typer.echo(f"\nBuild it:  {command_name()} {shlex.join(arguments)}")


def schema() -> None:
    """Print the JSON Schema of deck.yaml, by which editors complete and check as you type."""
    from deckbuilder.scaffold import deck_schema

    typer.echo(deck_schema(), nl=False)
