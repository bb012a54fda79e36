"""`build`: a deck's files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckbuilder.commands.shown import FAILED, Progress, show_diagnostics
from deckbuilder.outputs.catalogue import KNOWN, NAMES, find_output

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from deckbuilder.api import Plan, PrintSettings
    from deckbuilder.diagnostics import Diagnostic

_INTERRUPTED = 130  # 128 and the signal's number, as shells have it


def _outputs(asked: list[str] | None) -> list[str]:
    """The names of the outputs that `--only` asks for; none where it does not."""
    names = []
    for name in asked or []:
        output = find_output(name)
        if output is None:
            known = ", ".join(f"'{known}'" for known in KNOWN)
            raise typer.BadParameter(f"'{name}' is not one of {known}.")
        names.append(output.name)
    return names


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


Themes = Annotated[
    list[str] | None,
    typer.Option(
        "--theme",
        "-t",
        metavar="NAME",
        help="A theme's name, or the folder of a theme pack; 'all' for every one that is shipped. May be repeated.",
        show_default="the variant's, else spruce",
    ),
]


def build(
    deck: Annotated[
        Path, typer.Argument(help="The folder that holds deck.yaml, or the file itself.", show_default=False)
    ],
    theme: Themes = None,
    variant: Annotated[
        list[str] | None,
        typer.Option(
            "--variant",
            metavar="NAME",
            help="A variant of the deck; 'all' for each that it has. May be repeated.",
            show_default="the session's, else none",
        ),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(
            "--language",
            metavar="NAME",
            help="A language that the deck is translated into; 'all' for each. May be repeated.",
            show_default="the deck's own",
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
        list[str] | None,
        typer.Option(
            "--only",
            metavar=f"[{'|'.join(KNOWN)}]",
            callback=_outputs,
            help="Build only this; may be repeated. slides: the slides as a PDF, one a page.",
            show_default=False,
        ),
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset",
            metavar="NAME",
            help="Print settings by name: copier, large-print, booklet …",
            show_default=False,
        ),
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
    fit_minutes: Annotated[
        float | None,
        typer.Option(
            "--fit-minutes",
            metavar="N",
            min=1,
            help="Leave out what there is no time for: 'could' first, a 'must' never. Says what, and what that costs.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --fit-minutes: only say what would be left out.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Texts that are not translated are errors, each at its place.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Build also where nothing changed since the last time.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print files and diagnostics as JSON.")] = False,
) -> None:
    """Build the deck, the handout and the facilitator guide.

    Writes OUTPUT/<deck>/<theme>/<deck>.pptx, <deck>-handout.pdf and <deck>-guide.pdf.
    Problems are printed as file:line:column with a hint; when there are errors nothing is
    written, earlier files stay as they are, and the exit code is 1. Where nothing changed since
    the same was built, the files stay, and what was said of them is said again.

    Example: deckbuilder build my-training --session my-training/session.yaml --only handout
    """
    import datetime as dt

    from deckbuilder import unchanged

    today = dt.date.today()
    if dry_run and fit_minutes is None:
        raise typer.BadParameter("says what --fit-minutes would leave out.", param_hint="--dry-run")
    request = unchanged.Request(
        deck,
        output,
        {
            "theme": theme or [],
            "variant": variant,
            "language": language,
            "session": str(session) if session else None,
            "only": only,
            "printing": [preset, paper, duplex, grayscale, large_print, booklet, slides_per_page],
            "notes": notes,
            "fit": fit,
            "originals": original_pictures,
            "guide": guide,
            "strict": strict,
            "today": today.isoformat(),
        },
    )
    plans: Mapping[str, Plan] = {}
    files: Sequence[Path] = ()
    advice: Sequence[Diagnostic] = ()
    problems: Iterable[Diagnostic]
    code = 0
    # A plan is told anew each time, by what it is made of.
    standing = None if force or fit_minutes is not None else unchanged.recall(request)
    if standing:
        files, problems, advice = standing.files, standing.diagnostics, standing.notes
        if not as_json:
            typer.echo("Nothing changed since these were built; --force builds them anew.", err=True)
    else:
        import deckbuilder

        begun = unchanged.now()
        printing = _printing(preset, paper, duplex, grayscale, large_print, booklet, slides_per_page)
        with Progress(shown=not as_json) as progress:
            try:
                if fit_minutes is not None:
                    plans = deckbuilder.plan(deck, fit_minutes, session=session, variant=variant or ())
                    _show(plans, as_json, dry_run)
                if dry_run:
                    raise typer.Exit(FAILED if any(plan.over or plan.nothing for plan in plans.values()) else 0)
                built = deckbuilder.build(
                    deck,
                    theme=theme,
                    session=session,
                    variant=variant or (),
                    language=language or (),
                    output=output,
                    only=only or NAMES,
                    printing=printing,
                    notes=notes,
                    strict=fit is Fit.strict,
                    originals=original_pictures,
                    guide=guide.value if guide else None,
                    fit_minutes=fit_minutes,
                    translated=strict,
                    today=today,
                    progress=progress,
                )
                files, problems, advice = built.files, built.diagnostics, built.notes
                if fit_minutes is None:
                    unchanged.keep(request, begun, built.files, built.inputs, built.diagnostics, built.notes)
            except deckbuilder.DeckError as error:
                problems = error.diagnostics
                code = FAILED
            except KeyboardInterrupt:
                typer.echo("Interrupted; earlier files are as they were.", err=True)
                raise typer.Exit(_INTERRUPTED) from None
    if as_json:
        _print_json(files, problems, advice, plans)
    else:
        _show_result(deck, files, problems, advice, code)
    raise typer.Exit(code)


def _show_result(
    deck: Path, files: Sequence[Path], problems: Iterable[Diagnostic], advice: Sequence[Diagnostic], code: int
) -> None:
    import shlex

    show_diagnostics(problems)
    for file in files:
        typer.echo(str(file))
    if advice:
        count = "1 note" if len(advice) == 1 else f"{len(advice)} notes"
        typer.echo(
            f"{count} on teaching, access, sources and words: deckbuilder check {shlex.quote(str(deck))}", err=True
        )
    if code:
        errors = sum(d.severity.value == "error" for d in problems)
        typer.echo(f"Nothing was written: {errors} error{'s' if errors != 1 else ''}.", err=True)


def _print_json(
    files: Sequence[Path], problems: Iterable[Diagnostic], advice: Sequence[Diagnostic], plans: Mapping[str, Plan]
) -> None:
    import json

    typer.echo(
        json.dumps(
            {
                "files": [str(f) for f in files],
                "diagnostics": [d.as_dict() for d in problems],
                "notes": [d.as_dict() for d in advice],
            }
            | ({"plans": {name: plan.as_dict() for name, plan in plans.items()}} if plans else {}),
            ensure_ascii=False,
            indent=2,
        )
    )


def _printing(
    preset: str | None,
    paper: Paper | None,
    duplex: bool | None,
    grayscale: bool | None,
    large_print: bool | None,
    booklet: bool | None,
    slides_per_page: int | None,
) -> PrintSettings:
    """The wishes for print. Raises BadParameter for a number that none can be."""
    from pydantic import ValidationError

    from deckbuilder import PrintSettings

    try:
        return PrintSettings(
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


def _show(plans: Mapping[str, Plan], as_json: bool, alone: bool) -> None:
    """The plans: on standard output where they are all that was asked for, else beside the build."""
    from deckbuilder.commands.plans import lines

    if as_json and alone:
        import json

        data = {"plans": {name: plan.as_dict() for name, plan in plans.items()}}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif not as_json:
        for name, plan in plans.items():
            for line in lines(name, plan):
                typer.echo(line, err=not alone)
