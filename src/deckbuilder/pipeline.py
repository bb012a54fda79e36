"""The pipeline: read -> check -> arrange -> write. Every command that makes files goes through here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from deckbuilder.alongside import alongside
from deckbuilder.arrangement import Order
from deckbuilder.checks.settle import Places
from deckbuilder.content.edition import Edition
from deckbuilder.diagnostics import Diagnostic, Diagnostics, Severity, did_you_mean, fail
from deckbuilder.editions import asked, every, meeting, merged
from deckbuilder.examining import Examined, about_silences, set_aside
from deckbuilder.fileset import written_together
from deckbuilder.frozen import dataclass
from deckbuilder.outputs.catalogue import KNOWN, OUTPUTS, Output, find_output
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.source import Source
from deckbuilder.preparing import Gathered, Progress, gather, sources_of
from deckbuilder.reading.deck import Opened, deck_file, deck_name, open_deck
from deckbuilder.source import Inputs

__all__ = ["Order", "Progress", "build", "examine", "prepare"]


def build(
    order: Order,
    problems: Diagnostics,
    progress: Progress = lambda _: None,
    inputs: Inputs | None = None,
    notes: Diagnostics | None = None,
) -> list[Path]:
    """Builds what the order asks for; returns the files written, in the order of `OUTPUTS`, a booklet's sheets after its
    pages, theme by theme; all are written, or none. The content is read and pictures are prepared once.

    Warnings go to `problems`, the files that were read to `inputs`, and notes to `notes` where somebody asks for them. Raises
    DeckError with every problem found; earlier files are then still there, whole.
    """
    wanted = _wanted(order)
    made = _made(order, problems, progress, inputs, notes)
    sources = [source for one in made.values() for source in one.sources]
    folder = order.output / deck_name(order.deck)
    targets = {
        (source.name, source.theme.name, output.name): [
            folder / source.theme.name / f"{source.name}{ending}" for ending in output.endings(source.printing)
        ]
        for source in sources
        for output in wanted
    }
    files = [file for paths in targets.values() for file in paths]
    with written_together(folder, files, deck_file(order.deck), problems, progress) as temporary:
        progress(f"Writing {' and '.join(output.words for output in wanted)}")

        def write(room: Sequence[Output], problems: Diagnostics) -> None:
            for source in sources:
                known = source
                for output in room:
                    paths = [temporary[file] for file in targets[source.name, source.theme.name, output.name]]
                    known = output.write(known, paths, problems)

        first, *others = [list(room) for _, room in groupby(wanted, key=lambda output: output.room)]

        def advise_and_write(problems: Diagnostics) -> None:
            if notes is not None:
                _advise(made, problems)
            if not problems.has_errors:
                write(first, problems)

        if not others:
            advise_and_write(problems)
        else:
            with alongside(advise_and_write, problems):
                for room in others:
                    write(room, problems)
        set_aside(problems, notes)
        problems.raise_if_errors()
    return files


def prepare(
    order: Order, problems: Diagnostics, progress: Progress = lambda _: None, inputs: Inputs | None = None
) -> list[Source]:
    """Everything but advice and writing: for each of the order's editions and themes what its outputs are made from, checked.
    As `build` otherwise."""
    return [source for one in _made(order, problems, progress, inputs, None).values() for source in one.sources]


@dataclass(frozen=True)
class _Made:
    """An edition as it was read and checked, and what its outputs are made from."""

    gathered: Gathered
    sources: Sequence[Source]


def _made(
    order: Order, problems: Diagnostics, progress: Progress, inputs: Inputs | None, notes: Diagnostics | None
) -> dict[Edition, _Made]:
    """The order's editions. Raises DeckError with the problems of all of them."""
    inputs, wanted = Inputs() if inputs is None else inputs, _wanted(order)
    progress("Reading")
    opening = Diagnostics()
    opened = _opened(order, opening, inputs)
    said: dict[Edition, Diagnostics] = {}
    made: dict[Edition, _Made] = {}
    images = Images()
    for edition in asked(order, opened):
        told = said.setdefault(edition, Diagnostics())
        told.extend(opening)
        with told.gathering():
            gathered = gather(order, opened, edition, wanted, told, inputs)
            made[edition] = _Made(gathered, sources_of(gathered, order, told, progress, images))
    problems.extend(merged(said))
    set_aside(problems, notes)
    problems.raise_if_errors()
    return made


def _advise(made: Mapping[Edition, _Made], problems: Diagnostics) -> None:
    """What the rules of advice have to say of the editions."""
    said: dict[Edition, Diagnostics] = {}
    for edition, one in made.items():
        told = said.setdefault(edition, Diagnostics())
        one.gathered.examined.advise(one.sources, told)
        one.gathered.examined.settle(told)
    problems.extend(merged(said))


def examine(
    order: Order,
    inputs: Inputs,
    progress: Progress = lambda _: None,
    links: bool = False,
    pages: Path | None = None,
) -> tuple[list[Diagnostic], list[Source]]:
    """Everything that there is to say of a deck, notes too, each with its place in the file and where it will be met; and what
    was made of the deck, its pages set, where it could be. No DeckError is raised. Nothing is written, but for the documents'
    pages where somebody wants to look at them: to the folder `pages`, a file each, called by its output; of several editions
    those of the usual one."""
    problems, wanted = Diagnostics(), _wanted(order)
    progress("Reading")
    opening = Diagnostics()
    opened = _opened(order, opening, inputs)
    said: dict[Edition, Diagnostics] = {}
    sources: list[Source] = []
    looked: list[Examined] = []
    images = Images()
    editions = every(order, opened)
    for edition in editions:
        told, notes, made = Diagnostics(), Diagnostics(), list[Source]()
        told.extend(opening)
        gathered: Gathered | None = None
        with told.gathering():
            gathered = gather(order, meeting(opened, edition, order), edition, wanted, told, inputs)
            folder = pages if edition == editions[0] else None
            made = sources_of(gathered, order, told, progress, images, pages=folder or True)
            gathered.examined.advise(made, told, links)
            gathered.examined.settle(told)
            set_aside(told, notes)
            told.raise_if_errors()
        told.extend(notes)
        said[edition] = told
        if gathered is not None:
            looked.append(gathered.examined)
            told.replace(gathered.examined.placed(told, made[0] if made else None))
        sources += made
    problems.extend(merged(said))
    if not looked:
        return Places(None, (), ()).all(problems), sources
    whole = all(problem.severity is not Severity.ERROR for problem in problems)
    problems.extend(looked[0].placed(about_silences(looked, whole), None))
    return list(problems), sources


def _opened(order: Order, problems: Diagnostics, inputs: Inputs) -> Opened | None:
    """The deck's file and its session's; None where there is nothing to be read, which is reported."""
    with problems.gathering():
        return open_deck(order.deck, order.session, problems, inputs)
    return None


def _wanted(order: Order) -> list[Output]:
    """The outputs that the order asks for, in the order of the list."""
    names = set()
    for name in order.only:
        output = find_output(name)
        if output is None:
            raise fail("unknown-value", f"there is no output '{name}'", None, did_you_mean(name, KNOWN))
        names.add(output.name)
    if not names:
        raise fail("unknown-value", "no output is asked for", None, f"known: {', '.join(KNOWN)}")
    return [output for output in OUTPUTS if output.name in names]
