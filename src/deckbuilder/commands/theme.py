"""`theme`: packs made, listed and checked."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from deckbuilder.commands.shown import FAILED, command_name, failures_shown, show_diagnostics

app = typer.Typer(help="Make, list and check theme packs.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def theme_list(
    folder: Annotated[
        Path,
        typer.Argument(
            help="Where packs of your own are: a deck's folder, or the one that holds 'themes'.",
            exists=True,
            file_okay=False,
        ),
    ] = Path("."),
) -> None:
    """List themes as --theme takes them, with their fonts and colours: those that come along, and the packs in
    FOLDER and FOLDER/themes."""
    from deckbuilder.themes import list_themes

    themes = list_themes(folder)
    # Colours on a terminal, unless it is asked not to (no-color.org).
    swatches = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    width = max(len(theme.name) for theme in themes)
    for theme in themes:
        if not theme.colors:
            typer.echo(f"{theme.name:<{width}}  cannot be used: deckbuilder theme check {shlex.quote(theme.name)}")
            continue
        shown = " ".join(theme.colors)
        if swatches:
            shown = "".join(typer.style("   ", bg=_rgb(color)) for color in theme.colors)
        fonts = theme.heading if theme.heading == theme.body else f"{theme.heading}, {theme.body}"
        typer.echo(f"{theme.name:<{width}}  {fonts:<20} {shown}")


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


@app.command("new")
def theme_new(
    name: Annotated[str, typer.Argument(help="The new pack's folder; it must not exist yet.", show_default=False)],
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", help="A _brand.yml or its folder, or a corporate template (.pptx, .potx).", show_default=False
        ),
    ] = None,
    color: Annotated[
        list[str] | None,
        typer.Option("--color", help="The primary colour; again for the secondary, the tertiary.", show_default=False),
    ] = None,
    logo: Annotated[Path | None, typer.Option("--logo", help="A PNG or SVG file.", show_default=False)] = None,
) -> None:
    """Make a theme pack of a brand file, of a corporate template, or of a colour and a logo.

    Example: deckbuilder theme new themes/harbour --color '#14304F' --logo logo.svg
    """
    from deckbuilder.diagnostics import Diagnostics
    from deckbuilder.themes import make_theme

    problems = Diagnostics()
    with failures_shown():
        files = make_theme(Path(name), source, color or [], logo, problems)
    show_diagnostics(problems)
    for file in files:
        typer.echo(str(file))
    typer.echo(f"\nCheck it:  {command_name()} {shlex.join(['theme', 'check', name])}")


@app.command("check")
def theme_check(
    folder: Annotated[str, typer.Argument(help="A theme pack's folder, or a theme's name.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the contact sheet goes.")] = Path("output"),
    fix: Annotated[
        bool, typer.Option("--fix", help="Write into _brand.yml which of the template's layouts serves which slides.")
    ] = False,
) -> None:
    """Tell in plain words how a theme stands, and draw all its layouts on a contact sheet (PDF).

    On a corporate template each kind of slide is shown beside the template's own layout, with the score by which that
    was chosen. '--fix' writes the choice down, to be changed where it is wrong.

    The exit code is 1 when the theme cannot be used, or a text on it cannot be read.
    """
    from deckbuilder.diagnostics import Diagnostics
    from deckbuilder.themes import check_theme, draw_sheet, hold_layouts

    problems = Diagnostics()
    with failures_shown():
        theme, report = check_theme(folder, problems)
        try:
            fixed = hold_layouts(theme) if fix else None
            sheet = draw_sheet(theme, output)
        except OSError as error:
            typer.echo(f"{error.filename or 'The contact sheet'} cannot be written: {error.strerror}", err=True)
            raise typer.Exit(FAILED) from None
    show_diagnostics(problems)
    for line in report.facts:
        typer.echo(line)
    for line in report.faults:
        typer.echo(typer.style("- ", fg=typer.colors.YELLOW) + line)
    if fixed:
        typer.echo(str(fixed))
    typer.echo(str(sheet))
    raise typer.Exit(FAILED if report.unreadable else 0)
