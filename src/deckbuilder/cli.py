"""The commands. The only module that prints and sets exit codes."""

from __future__ import annotations

import gc
import json
import signal
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from deckbuilder import __version__

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
_USAGE = 2  # the command was called wrongly (as Click has it)


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
        str, typer.Option("--theme", "-t", help="A theme's name, or the folder of a theme pack.")
    ] = "spruce",
    session: Annotated[
        Path | None,
        typer.Option(
            "--session", "-s", help="A session file: date, start, place, participants, breaks.", show_default=False
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the files go.")] = Path("output"),
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", help="Build only this: deck, handout or facilitator. May be repeated.", show_default=False
        ),
    ] = None,
    paper: Annotated[
        str | None,
        typer.Option(
            "--paper", help="letter or a4; unless given, what the deck's language goes with.", show_default=False
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
    from deckbuilder.build import OUTPUTS, Order
    from deckbuilder.build import build as run
    from deckbuilder.diagnostics import DeckError, Diagnostics

    for name in only or []:
        if name not in OUTPUTS:
            raise typer.BadParameter(f"'{name}' is none of {', '.join(OUTPUTS)}", param_hint="--only")
    if paper not in (None, "letter", "a4"):
        raise typer.BadParameter(f"'{paper}' is neither letter nor a4", param_hint="--paper")
    order: Any = Order(deck, theme, session, output, tuple(only or OUTPUTS), paper)  # type: ignore[arg-type]
    problems = Diagnostics()
    files: list[Path] = []
    code = 0
    with _Progress(shown=not as_json) as progress:
        try:
            files = run(order, problems, progress)
        except DeckError as error:
            problems.extend(error.diagnostics)
            code = _FAILED
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
    typer.echo(f"\nBuild it:  deckbuilder build {name} --session {name}/session.yaml")


@app.command()
def schema() -> None:
    """Print the JSON Schema of deck.yaml, by which editors complete and check as you type."""
    from deckbuilder.scaffold import deck_schema

    typer.echo(deck_schema(), nl=False)


def _print_diagnostics(problems: Any) -> None:
    """Diagnostics on standard error, coloured on a terminal."""
    colors = {"error": typer.colors.RED, "warning": typer.colors.YELLOW}
    for problem in problems:
        head, _, hint = str(problem).partition("\nhint: ")
        word = f"{problem.severity.value}:"
        before, _, after = head.partition(word)
        typer.echo(before + typer.style(word, fg=colors[problem.severity.value], bold=True) + after, err=True)
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
    """The entry point: as `app`, with a word instead of a traceback when interrupted."""
    # A build makes many objects that live to its end; collecting them every 700 costs a tenth of it.
    gc.set_threshold(100_000, 20, 20)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that half-written files are tidied away
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("Interrupted; earlier files are as they were.", err=True)
        raise SystemExit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(141) from None
