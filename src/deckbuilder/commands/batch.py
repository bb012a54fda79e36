"""`batch`: a whole catalogue of sets, of which only what changed is built."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckbuilder.commands.shown import FAILED, Progress, failures_shown

_INTERRUPTED = 130  # 128 and the signal's number, as shells have it


def batch(
    catalogue: Annotated[Path, typer.Argument(help="The catalogue's file.", show_default=False)],
    results: Annotated[
        str | None,
        typer.Option(
            "--results",
            metavar="PLACE",
            help="Where the sets go: a folder, or an address such as s3://bucket/sets.",
            show_default="the catalogue's",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list the sets, and which of them would be built.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Show what the catalogue no longer names; with --yes remove it.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --prune: remove it.")] = False,
    part: Annotated[
        str | None,
        typer.Option(
            "--part",
            metavar="K/N",
            help="Only the K-th of N parts: one for each of N machines.",
            show_default="all of it",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            help="How many sets at once.",
            show_default="as processors and memory allow",
        ),
    ] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="N", min=1, help="The longest that one set may take.")
    ] = 600,
    memory: Annotated[
        int | None,
        typer.Option(
            "--memory",
            metavar="MB",
            min=256,
            help="The most memory that a worker may take (Linux).",
            show_default="no bound",
        ),
    ] = None,
    tries: Annotated[
        int, typer.Option("--tries", metavar="N", min=1, help="How often a set is begun whose worker ends.")
    ] = 3,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Have a Dask cluster build: its scheduler's address, or the .json file that it wrote.",
            show_default="this machine builds",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Build all sets that a catalogue names, as far as they are not there as they should be.

    What was built before of the same content is kept; a run that was interrupted goes on where it was. A set
    that fails keeps no other from being built; the exit code is 1 if one did. The report is printed, and lies beside the
    sets as report.html.

    Example: deckbuilder batch catalogue.yaml --dry-run
    """
    import json

    from deckbuilder import batch as batches
    from deckbuilder.batch.report import lines

    if yes and not prune:
        raise typer.BadParameter("says that --prune may remove what it shows.", param_hint="--yes")
    which = _part(part)
    if which and prune:
        raise typer.BadParameter("goes with the whole catalogue, not with a part of it.", param_hint="--prune")
    bounds = batches.Bounds(workers, seconds, memory * 1_000_000 if memory else None, tries)
    with failures_shown(), Progress(shown=not as_json) as progress:
        if dry_run or prune:
            planned = batches.plan(catalogue, results=results, part=which)
            removed = batches.prune(planned, progress) if prune and yes and not dry_run else ()
            _show(planned, removed, prune, as_json)
            return
        try:
            report = batches.run(
                catalogue, results=results, part=which, bounds=bounds, cluster=cluster, progress=progress
            )
        except KeyboardInterrupt:
            typer.echo("Interrupted; what is finished is kept, and the next run goes on from there.", err=True)
            raise typer.Exit(_INTERRUPTED) from None
    if as_json:
        typer.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        for line in lines(report):
            typer.echo(line)
    raise typer.Exit(0 if report.good else FAILED)


def _part(said: str | None) -> tuple[int, int] | None:
    """A part, such as 2/8."""
    if said is None:
        return None
    which, slash, of = said.partition("/")
    if not (slash and which.isdecimal() and of.isdecimal() and 1 <= int(which) <= int(of)):
        raise typer.BadParameter(f"'{said}' is no part; write 2/8 for the second of eight.", param_hint="--part")
    return int(which), int(of)


def _show(planned: object, removed: tuple[str, ...], prune: bool, as_json: bool) -> None:
    """What a run would do, or what pruning removes."""
    import json

    from deckbuilder.batch import Plan

    assert isinstance(planned, Plan)
    stale = {job.name for job in planned.stale}
    if as_json:
        data = {
            "results": planned.results,
            "sets": [{"name": job.name, "stale": job.name in stale} for job in planned.jobs],
            "unnamed": list(planned.unnamed),
            "removed": list(removed),
        }
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if prune:
        for name in planned.unnamed:
            typer.echo(f"{'removed' if removed else 'to be removed'}  {name}")
        if not planned.unnamed:
            typer.echo("There is nothing that the catalogue does not name.")
        elif not removed:
            typer.echo("Nothing was removed; add --yes to remove it.", err=True)
        return
    for job in planned.jobs:
        typer.echo(f"{'build' if job.name in stale else 'keep '}  {job.name}")
    typer.echo(f"{len(stale)} of {len(planned.jobs)} sets would be built", err=True)
