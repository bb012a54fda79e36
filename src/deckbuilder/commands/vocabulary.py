"""`vocabulary`: lists of terms that come along, listed and copied."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckbuilder.commands.shown import failures_shown

app = typer.Typer(help="Lists of terms that come along.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_vocabularies() -> None:
    """List the vocabulary lists that come along, with their files."""
    from deckbuilder.scaffold import vocabularies

    for name, file in vocabularies().items():
        typer.echo(f"{name:<14}  {file}")


@app.command("copy")
def copy_vocabulary(
    name: Annotated[str, typer.Argument(help="The list's name, such as person-first.", show_default=False)],
    to: Annotated[Path, typer.Option("--to", help="Where to: a deck's folder, or a theme pack's.")] = Path("."),
) -> None:
    """Copy a vocabulary list, to be changed. A file that is there is never overwritten."""
    from deckbuilder import scaffold

    with failures_shown():
        file = scaffold.copy_vocabulary(name, to)
    typer.echo(str(file))
