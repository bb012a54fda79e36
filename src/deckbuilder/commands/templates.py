"""`templates`: those of the documents, listed and copied."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from deckbuilder.commands.shown import failures_shown


class Template(StrEnum):
    """What `templates copy` takes."""

    handout = "handout"
    guide = "guide"
    slides = "slides"
    showing = "showing"
    macros = "macros"


app = typer.Typer(
    help="The templates that handout and facilitator guide are made by.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("list")
def list_templates(
    deck: Annotated[
        Path | None,
        typer.Argument(help="The deck's folder, or its file; none for the theme's alone.", show_default=False),
    ] = None,
    theme: Annotated[
        str, typer.Option("--theme", "-t", help="A theme's name, or the folder of a theme pack.")
    ] = "spruce",
) -> None:
    """Show which file each template comes from: the deck's, the theme's, or the built-in one."""
    from deckbuilder.scaffold import used_templates

    with failures_shown():
        files = used_templates(deck, theme)
    for name, file in files.items():
        typer.echo(f"{name:8}  {file or 'built in'}")


@app.command("copy")
def copy_template(
    name: Annotated[
        Template, typer.Argument(help="Which: handout, guide, or a part that both use.", case_sensitive=False)
    ],
    to: Annotated[Path, typer.Option("--to", help="Where to: a deck's or a theme pack's folder 'templates'.")] = Path(
        "templates"
    ),
) -> None:
    """Copy a built-in template, to be changed. A file that is there is never overwritten."""
    from deckbuilder.scaffold import copy_template as copy

    with failures_shown():
        file = copy(name.value, to)
    typer.echo(str(file))
