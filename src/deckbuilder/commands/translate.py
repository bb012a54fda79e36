"""`translate`: a deck's texts out to translators, back in, and how translations stand."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from deckbuilder.commands.shown import FAILED, failures_shown, show_diagnostics


class Exchange(StrEnum):
    """What `--format` takes."""

    po = "po"
    xliff = "xliff"


def translate(
    deck: Annotated[
        Path, typer.Argument(help="The folder that holds deck.yaml, or the file itself.", show_default=False)
    ],
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to", metavar="LANGUAGE", help="A language, by its tag: es, pt-BR. May be repeated.", show_default=False
        ),
    ] = None,
    form: Annotated[
        Exchange,
        typer.Option("--format", case_sensitive=False, help="xliff: also write locales/LANGUAGE.xlf, for agencies."),
    ] = Exchange.po,
    take: Annotated[
        Path | None,
        typer.Option("--from", help="An XLIFF file with translations to take into the catalog.", show_default=False),
    ] = None,
    session: Annotated[
        Path | None,
        typer.Option(
            "--session",
            "-s",
            help="A session file, whose place and breaks are translated too.",
            show_default="session.yaml beside the deck, where there is one",
        ),
    ] = None,
    status: Annotated[bool, typer.Option("--status", help="Only tell how the translations stand.")] = False,
) -> None:
    """Write the texts of a deck for translators, or bring what they wrote up to date.

    Writes locales/LANGUAGE.po beside the deck: each text with its slide, what it is, and how much room it has. What is
    translated stays; what changed since is marked. 'deckbuilder build --language LANGUAGE' builds it.

    Example: deckbuilder translate my-training --to es
    """
    from deckbuilder.diagnostics import Diagnostics
    from deckbuilder.languages import is_known, is_tag
    from deckbuilder.source import Inputs

    for language in to or ():
        if not is_tag(language):
            raise typer.BadParameter(f"'{language}' is no language tag such as es or pt-BR.", param_hint="--to")
        if not is_known(language) and len(language.partition("-")[0]) == 2:
            raise typer.BadParameter(
                f"there is no language '{language}'; Spanish is es, Chinese zh-Hans.", param_hint="--to"
            )
        if not is_known(language):
            typer.echo(f"'{language}' is not known here: dates and numbers will be written as in English.", err=True)
    if take is not None and len(to or ()) != 1:
        raise typer.BadParameter("takes the texts of one language; say which with --to.", param_hint="--from")
    problems, inputs = Diagnostics(), Inputs()
    with failures_shown():
        from deckbuilder.translating import exchange, standing, update_catalog
        from deckbuilder.translating.texts import read_texts

        texts = read_texts(deck, session, problems, inputs)
        opened, messages, known = texts.opened, texts.messages, texts.known
        for language in to or ():
            if language.casefold() == texts.language.casefold():
                message = f"'{language}' is the language that the deck is written in."
                raise typer.BadParameter(message, param_hint="--to")
        if status:
            rows = [standing(opened, language, messages, problems, inputs) for language in to or known]
            _show([(r.language, r.done, r.stale, r.missing, "?" if r.too_long is None else r.too_long) for r in rows])
            show_diagnostics(problems)
            raise typer.Exit(FAILED if problems.has_errors else 0)
        if not to and not known:
            raise typer.BadParameter("which language? For example: --to es", param_hint="--to")
        for language in to or known:
            if take is not None:
                count = exchange.take(opened, language, messages, take, problems)
                typer.echo(f"{count} texts taken from {take}")
            made = update_catalog(opened.file.parent, language, messages, opened.file.name, problems)
            gone = f", {made.gone} that the deck has no more" if made.gone else ""
            typer.echo(
                f"{made.path}: {made.texts} texts: {made.done} done, {made.stale} changed since, {made.missing} missing{gone}"
            )
            if form is Exchange.xliff:
                typer.echo(str(exchange.give(opened, language, problems)))


def _show(rows: list[tuple[object, ...]]) -> None:
    """A table, a row a language."""
    table = [("language", "done", "stale", "missing", "too long"), *rows]
    widths = [max(len(str(row[column])) for row in table) for column in range(5)]
    for first, *others in table:
        cells = (f"{cell!s:>{width}}" for cell, width in zip(others, widths[1:], strict=True))
        typer.echo("  ".join([f"{first!s:<{widths[0]}}", *cells]))
