"""`check`: what there is to say of decks."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckbuilder.commands.build import Paper, Themes
from deckbuilder.commands.shown import FAILED, Progress, show_diagnostics

if TYPE_CHECKING:
    import datetime as dt

    from deckbuilder.api import Checked, Fixed


class Format(StrEnum):
    """What `--format` takes."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"


def check(
    decks: Annotated[
        list[Path], typer.Argument(help="Folders that hold deck.yaml, or the files themselves.", show_default=False)
    ],
    session: Annotated[
        Path | None, typer.Option("--session", "-s", help="A session file, for all of the decks.", show_default=False)
    ] = None,
    theme: Themes = None,
    variant: Annotated[
        list[str] | None,
        typer.Option(
            "--variant",
            metavar="NAME",
            help="A variant of the deck. May be repeated.",
            show_default="all of them",
        ),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(
            "--language",
            metavar="NAME",
            help="A language that the deck is translated into; 'all' for each. May be repeated.",
            show_default="all of them",
        ),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", case_sensitive=False, help="How findings are printed.")
    ] = Format.text,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail as errors do.")] = False,
    mend: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely, and tell the rest.")] = False,
    links: Annotated[bool, typer.Option("--links", help="Try the addresses too: asks the web.")] = False,
    proof: Annotated[
        bool,
        typer.Option("--proof", help="Build every combination, have it examined, and write an access statement of it."),
    ] = False,
    papers: Annotated[
        list[Paper] | None,
        typer.Option(
            "--paper", case_sensitive=False, help="With --proof: on which paper; may be repeated.", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="With --proof: where accessibility.md and .json go.")
    ] = Path("proof"),
    today: Annotated[
        str | None,
        typer.Option(
            "--today",
            metavar="DATE",
            help="The day by which dates are judged, as 2027-03-15; today unless given.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Say all that a careful editor would, before anything is printed: fit, teaching, access, sources, words, order.

    Reads and arranges decks, sets their pages, and writes nothing. The exit code is 1 when there
    are errors, with --strict also when there are warnings.

    Example: deckbuilder check my-training --session my-training/session.yaml
    """
    import deckbuilder
    from deckbuilder.commands import findings
    from deckbuilder.sharing import LIBRARY

    day = day_of(today)
    if proof:
        if mend or form is not Format.text:
            raise typer.BadParameter(
                "builds and tells in words, and as accessibility.json; run 'check' without it for the rest.",
                param_hint="--proof",
            )
        chosen = [paper.value for paper in papers or ()]
        raise typer.Exit(
            _prove(decks, theme or [], variant or [], chosen, session, day, output, links, strict, language or [])
        )
    if papers:
        raise typer.BadParameter("says on which paper --proof builds.", param_hint="--paper")
    checked: list[tuple[Path, Checked]] = []
    mended: list[Fixed] = []
    with Progress(shown=form is Format.text) as progress:
        for deck in decks:
            progress(f"Checking {deck}")
            while True:
                found = deckbuilder.check(
                    deck,
                    theme=theme,
                    session=session,
                    variant=variant or (),
                    language=language or (),
                    today=day,
                    links=links,
                )
                try:
                    done = deckbuilder.fix(found) if mend else ()
                except deckbuilder.DeckError as error:
                    show_diagnostics(error.diagnostics)
                    raise typer.Exit(FAILED) from None
                mended += done
                if not done:  # what was in the way of a fix is out of it by now
                    break
            checked.append((deck, found))
    match form:
        case Format.text:
            findings.show(checked, mended)
            if any(file.name == LIBRARY for _, found in checked for file in found.inputs):
                from deckbuilder.commands.library import taken_lines

                for line in taken_lines(decks, day.isoformat()):
                    typer.echo(line)
        case Format.json:
            typer.echo(findings.as_json(checked, mended, session))
        case Format.sarif:
            typer.echo(findings.as_sarif([found for _, found in checked]))
        case Format.github:
            for line in findings.as_github([found for _, found in checked]):
                typer.echo(line)
    levels = {problem.severity.value for _, found in checked for problem in found.diagnostics}
    raise typer.Exit(FAILED if "error" in levels or (strict and "warning" in levels) else 0)


def _prove(
    decks: list[Path],
    themes: list[str],
    variants: list[str],
    papers: list[str],
    session: Path | None,
    day: dt.date,
    output: Path,
    links: bool,
    strict: bool,
    languages: list[str],
) -> int:
    """Proves decks, and tells what was found and what came out; returns the exit code."""
    from deckbuilder.commands import findings
    from deckbuilder.proof import DeckError, prove

    code = 0
    colors = {"fails": typer.colors.RED, "not tested": typer.colors.YELLOW, "proved": typer.colors.GREEN}
    for deck in decks:
        try:
            with Progress(shown=True) as progress:
                proof = prove(deck, themes, papers, session, day, progress, links, variants, languages)
            name = (deck if deck.is_dir() else deck.with_suffix("")).resolve().name
        except DeckError as error:
            show_diagnostics(error.diagnostics)
            code = FAILED
            continue
        try:
            files = proof.write(output / name)
        except OSError as error:
            raise typer.BadParameter(f"{error.filename} cannot be written: {error.strerror}", param_hint="-o") from None
        findings.show([(deck, proof.checked)], [])
        typer.echo()
        for fact in proof.proofs:
            typer.echo(f"{typer.style(fact.outcome, fg=colors[fact.outcome])}: {fact.name} ({fact.by}): {fact.seen}")
        for one in proof.statements:
            counts = [f"{one.count(word)} {word}" for word in ("fails", "not tested", "needs a person")]
            typer.echo(f"{one.file}: {one.count('proved by a program')} proved by a program, {', '.join(counts)}")
            for row in one.rows:
                if row.standing == "fails":
                    wrong = "; ".join(f"{f.by}: {f.seen}" for f in row.facts if f.outcome == "fails")
                    typer.echo(f"    {typer.style('fails', fg=typer.colors.RED)}: {row.id} {row.name}: {wrong}")
        for file in files:
            typer.echo(str(file))
        levels = {problem.severity.value for problem in proof.checked.diagnostics}
        if proof.failed or "error" in levels or (strict and "warning" in levels):
            code = FAILED
    return code


def day_of(given: str | None) -> dt.date:
    """The day that was given; else SOURCE_DATE_EPOCH's, else today."""
    import datetime as dt
    import os

    if given is not None:
        try:
            return dt.date.fromisoformat(given)
        except ValueError:
            raise typer.BadParameter(f"'{given}' is no date such as 2027-03-15.", param_hint="--today") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date() if epoch.isdecimal() else dt.date.today()
