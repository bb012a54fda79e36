"""The commands. The only room that prints and sets exit codes.

A module a command, or a group of them; each imports what it needs when it runs. Building goes through the API only.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from deckbuilder import __version__
from deckbuilder.commands import templates, theme, vocabulary
from deckbuilder.commands.batch import batch
from deckbuilder.commands.build import build
from deckbuilder.commands.check import check
from deckbuilder.commands.diff import diff
from deckbuilder.commands.import_ import import_
from deckbuilder.commands.library import library
from deckbuilder.commands.new import new, schema
from deckbuilder.commands.pull import pull
from deckbuilder.commands.shown import warn_of_namesake
from deckbuilder.commands.studio import preview, studio
from deckbuilder.commands.translate import translate

app = typer.Typer(
    name="deckbuilder",
    help="One deck file in; a PowerPoint deck, a participant handout and a facilitator guide out.",
    epilog="Start with: deckbuilder new my-training && deckbuilder build my-training",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"deckbuilder {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Write your training once, in YAML. Slides to project, a workbook to print, a guide to hold."""


app.command()(build)
app.command()(batch)
app.command()(check)
app.command()(diff)
app.command()(library)
app.command()(new)
app.command("import")(import_)
app.command()(pull)
app.add_typer(theme.app, name="theme")
app.command()(schema)
app.command()(translate)
app.command()(studio)
app.command()(preview)
app.add_typer(templates.app, name="templates")
app.add_typer(vocabulary.app, name="vocabulary")


def run() -> None:
    """The commands, quiet about a closed pipe."""
    warn_of_namesake()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="backslashreplace"
        )  # names of files may hold what the terminal's encoding has not
    try:
        os.getcwd()
    except FileNotFoundError:
        sys.stderr.write("error: the folder you are in is gone\nhint: go to one that is there: cd ~\n")
        raise SystemExit(1) from None
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(141) from None
