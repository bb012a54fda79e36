"""What commands show: diagnostics on standard error, and how far a build is."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from deckbuilder.diagnostics import Diagnostic

FAILED = 1  # the content has problems


def show_diagnostics(problems: Iterable[Diagnostic]) -> None:
    """Diagnostics on standard error, coloured on a terminal."""
    colors = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "note": typer.colors.CYAN}
    for problem in problems:
        head, _, hint = str(problem).partition("\nhint: ")
        word = f"{problem.severity.value}:"
        before, _, after = head.partition(word)
        code = typer.style(f" [{problem.code}]", dim=True) if sys.stderr.isatty() else ""
        typer.echo(before + typer.style(word, fg=colors[problem.severity.value], bold=True) + after + code, err=True)
        if hint:
            typer.echo(typer.style("hint: ", fg=typer.colors.CYAN) + hint, err=True)


@contextmanager
def failures_shown() -> Iterator[None]:
    """Shows what a DeckError of the body says, and ends the command."""
    from deckbuilder.diagnostics import DeckError

    try:
        yield
    except DeckError as error:
        show_diagnostics(error.diagnostics)
        raise typer.Exit(FAILED) from None


class Progress:
    """A line that changes on a terminal; plain lines elsewhere, nothing with --json. On standard
    error, and without a thread, so that the build may fork."""

    def __init__(self, shown: bool) -> None:
        self.shown = shown
        self.live = shown and sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, step: str) -> None:
        if self.live:
            typer.echo(f"\r\033[K{step} …", err=True, nl=False)
        elif self.shown:
            typer.echo(step, err=True)

    def __exit__(self, *_: object) -> None:
        if self.live:
            typer.echo("\r\033[K", err=True, nl=False)


def command_name() -> str:
    """How the command is called from here: by its name where the path has it, else as it was called now."""
    called = Path(sys.argv[0])
    if called.parts[-2:] == ("deckbuilder", "__main__.py"):
        return f"{Path(sys.executable).name} -m deckbuilder"
    found = shutil.which("deckbuilder")
    if called.stem != "deckbuilder" or (found is not None and called.exists() and Path(found).samefile(called)):
        return "deckbuilder"
    return shlex.quote(str(called))


def warn_of_namesake() -> None:
    """Another distribution has a package and a command of the same name. Where both are in an environment, files of the one have
    overwritten some of the other's."""
    packages = Path(__file__).parents[2]
    if found := next(packages.glob("deckbuilder-*.dist-info"), None):
        typer.echo(
            f"Another program called deckbuilder is installed here as well ({found.stem}); the two overwrite each "
            "other's files.\nRemove both: pip uninstall deckbuilder facilitator-deckbuilder. Then install this one as the "
            "README says.",
            err=True,
        )
