"""`new` and `schema`: things to start from."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from deckbuilder.commands.shown import command_name, failures_shown


class SchemaName(StrEnum):
    """The files that have a schema."""

    deck = "deck"
    session = "session"
    brand = "brand"
    vocabulary = "vocabulary"
    organisation = "organisation"
    library = "library"
    catalogue = "catalogue"
    findings = "findings"


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


def schema(
    name: Annotated[
        SchemaName, typer.Argument(help="Of a file that you write, or of what 'check --format json' prints.")
    ] = SchemaName.deck,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write it to this file.", show_default=False)
    ] = None,
) -> None:
    """Print the JSON Schema of a file, by which editors complete and check as you type."""
    from deckbuilder.schemas import schema_text, write_schema

    if output is None:
        typer.echo(schema_text(name), nl=False)
        return
    with failures_shown():
        write_schema(name, output)
    typer.echo(str(output))
