"""The commands. The only module that prints and sets exit codes."""

from __future__ import annotations

import gc
import json
import os
import shlex
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from deckbuilder import __version__


class Output(StrEnum):
    """What `--only` takes."""

    deck = "deck"
    handout = "handout"
    facilitator = "facilitator"


class Paper(StrEnum):
    """What `--paper` takes."""

    letter = "letter"
    a4 = "a4"


class Fit(StrEnum):
    """What `--fit` takes."""

    flexible = "flexible"
    strict = "strict"


class Guide(StrEnum):
    """What `--guide` takes."""

    compact = "compact"
    full = "full"


class Template(StrEnum):
    """What `templates copy` takes."""

    handout = "handout"
    guide = "guide"
    slides = "slides"
    showing = "showing"
    macros = "macros"


app = typer.Typer(
    name="deckbuilder",
    help="One deck file in; a PowerPoint deck, a participant handout and a facilitator guide out.",
    epilog="Start with: deckbuilder new my-training && deckbuilder build my-training",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_FAILED = 1  # the content has problems
_INTERRUPTED = 130  # 128 and the signal's number, as shells have it


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


@app.command()
def build(
    deck: Annotated[
        Path, typer.Argument(help="The folder that holds deck.yaml, or the file itself.", show_default=False)
    ],
    theme: Annotated[
        list[str] | None,
        typer.Option(
            "--theme",
            "-t",
            help="A theme's name, or the folder of a theme pack; 'all' for every one that is shipped. May be repeated.",
            show_default="spruce",
        ),
    ] = None,
    session: Annotated[
        Path | None,
        typer.Option(
            "--session", "-s", help="A session file: date, start, place, participants, breaks.", show_default=False
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the files go.")] = Path("output"),
    only: Annotated[
        list[Output] | None,
        typer.Option("--only", case_sensitive=False, help="Build only this; may be repeated.", show_default=False),
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option("--preset", help="Print settings by name: copier, large-print, booklet …", show_default=False),
    ] = None,
    paper: Annotated[
        Paper | None,
        typer.Option(
            "--paper",
            case_sensitive=False,
            help="Unless given, what the deck's language goes with.",
            show_default=False,
        ),
    ] = None,
    duplex: Annotated[
        bool | None, typer.Option("--duplex/--simplex", help="For both sides of the paper.", show_default=False)
    ] = None,
    grayscale: Annotated[
        bool | None, typer.Option("--grayscale/--color", help="Without colour, slides on white.", show_default=False)
    ] = None,
    large_print: Annotated[
        bool | None,
        typer.Option("--large-print/--normal-print", help="Text of 18 points, set anew.", show_default=False),
    ] = None,
    booklet: Annotated[
        bool | None,
        typer.Option(
            "--booklet/--no-booklet", help="Half-size pages, and sheets to print, fold and staple.", show_default=False
        ),
    ] = None,
    slides_per_page: Annotated[
        int | None,
        typer.Option(
            "--slides-per-page",
            metavar="N",
            help="The handout shows the slides: 1, 2, 3, 4 or 6 a page; 0 is the workbook.",
            show_default=False,
        ),
    ] = None,
    notes: Annotated[
        bool, typer.Option("--notes/--no-notes", help="Speaker notes in the deck; leave them out of one you give away.")
    ] = True,
    fit: Annotated[
        Fit,
        typer.Option(
            "--fit", case_sensitive=False, help="strict: text set smaller, or over several slides, is an error."
        ),
    ] = Fit.flexible,
    original_pictures: Annotated[
        bool, typer.Option("--original-pictures", help="Keep pictures in the deck as large as their files.")
    ] = False,
    guide: Annotated[
        Guide | None,
        typer.Option(
            "--guide",
            case_sensitive=False,
            help="The guide's layout: two slides or more a page, or a page a slide. Unless given, as deck or theme say.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print files and diagnostics as JSON.")] = False,
) -> None:
    """Build the deck, the handout and the facilitator guide.

    Writes OUTPUT/<deck>/<theme>/<deck>.pptx, <deck>-handout.pdf and <deck>-facilitator.pdf.
    Problems are printed as file:line:column with a hint; when there are errors nothing is
    written, earlier files stay as they are, and the exit code is 1.

    Example: deckbuilder build my-training --session my-training/session.yaml --only handout
    """
    from pydantic import ValidationError

    from deckbuilder.build import OUTPUTS, Order
    from deckbuilder.build import build_sets as run
    from deckbuilder.content.printing import PrintSettings
    from deckbuilder.diagnostics import DeckError, Diagnostics

    wanted = tuple(name for name in OUTPUTS if not only or name in [o.value for o in only])
    try:
        printing = PrintSettings(
            preset=preset,
            paper=paper.value if paper else None,
            duplex=duplex,
            grayscale=grayscale,
            large_print=large_print,
            booklet=booklet,
            slides_per_page=slides_per_page,
        )
    except ValidationError as error:
        raise typer.BadParameter(error.errors()[0]["msg"], param_hint="--slides-per-page") from None
    order = Order(
        deck,
        session=session,
        output=output,
        only=wanted,
        printing=printing,
        notes=notes,
        strict=fit is Fit.strict,
        originals=original_pictures,
        guide=guide.value if guide else None,
    )
    problems = Diagnostics()
    files: list[Path] = []
    code = 0
    with _Progress(shown=not as_json) as progress:
        try:
            files = run(order, _themes(theme), problems, progress)
        except DeckError as error:
            problems.extend(error.diagnostics)
            code = _FAILED
        except KeyboardInterrupt:
            typer.echo("Interrupted; earlier files are as they were.", err=True)
            raise typer.Exit(_INTERRUPTED) from None
    if as_json:
        typer.echo(
            json.dumps(
                {"files": [str(f) for f in files], "diagnostics": [d.as_dict() for d in problems]},
                ensure_ascii=False,
                indent=2,
            )
        )
        raise typer.Exit(code)
    _print_diagnostics(problems)
    for file in files:
        typer.echo(str(file))
    if code:
        errors = sum(d.severity.value == "error" for d in problems)
        typer.echo(f"Nothing was written: {errors} error{'s' if errors != 1 else ''}.", err=True)
    raise typer.Exit(code)


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="The new deck's folder; it must not exist yet.", show_default=False)],
) -> None:
    """Make a small deck that builds at once and shows by example how one is written."""
    from deckbuilder.diagnostics import DeckError
    from deckbuilder.scaffold import make_deck

    try:
        files = make_deck(Path(name))
    except DeckError as error:
        _print_diagnostics(error.diagnostics)
        raise typer.Exit(_FAILED) from None
    for file in files:
        typer.echo(str(file))
    command = ["deckbuilder", "build", name, "--session", str(Path(name) / "session.yaml")]
    typer.echo(f"\nBuild it:  {shlex.join(command)}")


def _themes(asked: list[str] | None) -> list[str]:
    """The themes that `--theme` names, in order; 'all' are those that come along."""
    from deckbuilder.theme.pack import DEFAULT_THEME, shipped_names

    return [name for one in asked or [DEFAULT_THEME] for name in (shipped_names() if one == "all" else [one])]


theme_app = typer.Typer(help="Make, list and check theme packs.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(theme_app, name="theme")


@theme_app.command("list")
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


@theme_app.command("new")
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
    from deckbuilder.diagnostics import DeckError, Diagnostics
    from deckbuilder.themes import make_theme

    problems = Diagnostics()
    try:
        files = make_theme(Path(name), source, color or [], logo, problems)
    except DeckError as error:
        _print_diagnostics(error.diagnostics)
        raise typer.Exit(_FAILED) from None
    _print_diagnostics(problems)
    for file in files:
        typer.echo(str(file))
    typer.echo(f"\nCheck it:  {shlex.join(['deckbuilder', 'theme', 'check', name])}")


@theme_app.command("check")
def theme_check(
    folder: Annotated[str, typer.Argument(help="A theme pack's folder, or a theme's name.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the contact sheet goes.")] = Path("output"),
) -> None:
    """Tell in plain words how a theme stands, and draw all its layouts on a contact sheet (PDF).

    The exit code is 1 when the theme cannot be used, or a text on it cannot be read.
    """
    from deckbuilder.diagnostics import DeckError, Diagnostics
    from deckbuilder.themes import check_theme

    problems = Diagnostics()
    try:
        theme, report = check_theme(folder, problems)
        from deckbuilder.outputs.drawing.sheet import write_sheet

        sheet = output / "themes" / f"{theme.name}.pdf"
        sheet.parent.mkdir(parents=True, exist_ok=True)
        write_sheet(sheet, theme)
    except DeckError as error:
        _print_diagnostics(error.diagnostics)
        raise typer.Exit(_FAILED) from None
    except OSError as error:
        typer.echo(f"The contact sheet cannot be written: {error}", err=True)
        raise typer.Exit(_FAILED) from None
    _print_diagnostics(problems)
    for line in report.facts:
        typer.echo(line)
    for line in report.faults:
        typer.echo(typer.style("- ", fg=typer.colors.YELLOW) + line)
    typer.echo(str(sheet))
    raise typer.Exit(_FAILED if report.unreadable else 0)


@app.command()
def schema() -> None:
    """Print the JSON Schema of deck.yaml, by which editors complete and check as you type."""
    from deckbuilder.scaffold import deck_schema

    typer.echo(deck_schema(), nl=False)


templates = typer.Typer(
    help="The templates that handout and facilitator guide are made by.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(templates, name="templates")


@templates.command("list")
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
    from deckbuilder.build import template_folders
    from deckbuilder.diagnostics import DeckError
    from deckbuilder.reading.deck import deck_file
    from deckbuilder.scaffold import used_templates

    try:
        folders = template_folders(deck_file(deck).parent if deck else None, theme)
    except DeckError as error:
        _print_diagnostics(error.diagnostics)
        raise typer.Exit(_FAILED) from None
    for name, file in used_templates(folders).items():
        typer.echo(f"{name:8}  {file if file.parent in folders else 'built in'}")


@templates.command("copy")
def copy_template(
    name: Annotated[
        Template, typer.Argument(help="Which: handout, guide, or a part that both use.", case_sensitive=False)
    ],
    to: Annotated[Path, typer.Option("--to", help="Where to: a deck's or a theme pack's folder 'templates'.")] = Path(
        "templates"
    ),
) -> None:
    """Copy a built-in template, to be changed. A file that is there is never overwritten."""
    from deckbuilder.diagnostics import DeckError
    from deckbuilder.scaffold import copy_template as copy

    try:
        file = copy(name.value, to)
    except DeckError as error:
        _print_diagnostics(error.diagnostics)
        raise typer.Exit(_FAILED) from None
    typer.echo(str(file))


vocabulary = typer.Typer(help="Lists of terms that come along.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(vocabulary, name="vocabulary")


@vocabulary.command("list")
def list_vocabularies() -> None:
    """List the vocabulary lists that come along, with their files."""
    from deckbuilder.reading.vocabulary import shipped_lists

    for name, file in shipped_lists().items():
        typer.echo(f"{name:<14}  {file}")


@vocabulary.command("copy")
def copy_vocabulary(
    name: Annotated[str, typer.Argument(help="The list's name, such as person-first.", show_default=False)],
    to: Annotated[Path, typer.Option("--to", help="Where to: a deck's folder, or a theme pack's.")] = Path("."),
) -> None:
    """Copy a vocabulary list, to be changed. A file that is there is never overwritten."""
    from deckbuilder.diagnostics import DeckError
    from deckbuilder.reading.vocabulary import copy_list

    try:
        file = copy_list(name, to)
    except DeckError as error:
        _print_diagnostics(error.diagnostics)
        raise typer.Exit(_FAILED) from None
    typer.echo(str(file))


def _print_diagnostics(problems: Any) -> None:
    """Diagnostics on standard error, coloured on a terminal."""
    colors = {"error": typer.colors.RED, "warning": typer.colors.YELLOW}
    for problem in problems:
        head, _, hint = str(problem).partition("\nhint: ")
        word = f"{problem.severity.value}:"
        before, _, after = head.partition(word)
        code = typer.style(f" [{problem.code}]", dim=True)
        typer.echo(before + typer.style(word, fg=colors[problem.severity.value], bold=True) + after + code, err=True)
        if hint:
            typer.echo(typer.style("hint: ", fg=typer.colors.CYAN) + hint, err=True)


class _Progress:
    """A line that changes on a terminal; plain lines elsewhere, nothing with --json. On standard
    error, and without a thread, so that the build may fork."""

    def __init__(self, shown: bool) -> None:
        self.shown = shown
        self.live = shown and sys.stderr.isatty()

    def __enter__(self) -> _Progress:
        return self

    def __call__(self, step: str) -> None:
        if self.live:
            typer.echo(f"\r\033[K{step} …", err=True, nl=False)
        elif self.shown:
            typer.echo(step, err=True)

    def __exit__(self, *_: object) -> None:
        if self.live:
            typer.echo("\r\033[K", err=True, nl=False)


def run() -> None:
    """The entry point: as `app`, quiet about a closed pipe and tidy when told to stop."""
    # A build makes many objects that live to its end; collecting them every 700 costs a tenth of it.
    gc.set_threshold(100_000, 20, 20)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that half-written files are tidied away
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(141) from None
    finally:
        # The work is done, or given up: a Ctrl-C while Python tidies up must not look like a failure.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
