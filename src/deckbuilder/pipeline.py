"""The pipeline: read -> check -> arrange -> write. Every command that makes files goes through here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from deckbuilder.alongside import alongside
from deckbuilder.arrangement import Content, Order, arrange_all, check_theme, make_sources, read_all
from deckbuilder.checks.settle import Places
from deckbuilder.content.printing import Printing
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics, did_you_mean, fail
from deckbuilder.examining import Examined
from deckbuilder.fileset import written_together
from deckbuilder.outputs.catalogue import KNOWN, OUTPUTS, Output, find_output
from deckbuilder.outputs.source import Source, template_folders
from deckbuilder.reading.deck import deck_file
from deckbuilder.source import Inputs
from deckbuilder.theme.pack import find_theme, read_theme, shipped_names
from deckbuilder.theme.theme import Theme
from deckbuilder.trial import try_templates

__all__ = ["Order", "Progress", "build", "examine", "prepare"]
Progress = Callable[[str], None]


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
    sources = prepare(order, problems, progress, inputs, notes)
    targets = {
        (source.theme.name, output.name): [
            order.output / source.name / source.theme.name / f"{source.name}{ending}"
            for ending in output.endings(source.printing)
        ]
        for source in sources
        for output in wanted
    }
    files = [file for paths in targets.values() for file in paths]
    folder = order.output / sources[0].name
    with written_together(folder, files, deck_file(order.deck), problems, progress) as temporary:
        progress(f"Writing {' and '.join(output.words for output in wanted)}")

        def write(room: Sequence[Output], problems: Diagnostics) -> None:
            for source in sources:
                known = source
                for output in room:
                    paths = [temporary[file] for file in targets[source.theme.name, output.name]]
                    known = output.write(known, paths, problems)

        first, *others = [list(room) for _, room in groupby(wanted, key=lambda output: output.room)]
        if not others:
            write(first, problems)
        else:
            with alongside(lambda problems: write(first, problems), problems):
                for room in others:
                    write(room, problems)
    return files


def prepare(
    order: Order,
    problems: Diagnostics,
    progress: Progress = lambda _: None,
    inputs: Inputs | None = None,
    notes: Diagnostics | None = None,
) -> list[Source]:
    """Everything but writing: for each of the order's themes what its outputs are made from, checked. As `build` otherwise."""
    gathered = _gather(order, problems, progress, Inputs() if inputs is None else inputs)
    return _sources(gathered, order, problems, progress, notes)


def examine(
    order: Order, inputs: Inputs, progress: Progress = lambda _: None, links: bool = False
) -> tuple[list[Diagnostic], list[Source]]:
    """Everything that there is to say of a deck, notes too, each with its place in the file and where it will be met; and what
    was made of the deck, its pages set, where it could be. Nothing is written, and no DeckError raised."""
    problems, notes = Diagnostics(), Diagnostics()
    gathered: _Gathered | None = None
    sources: list[Source] = []
    with problems.gathering():
        gathered = _gather(order, problems, progress, inputs)
        sources = _sources(gathered, order, problems, progress, notes, pages=True, links=links)
        notes.extend(gathered.examined.about_silences())
    problems.extend(notes)
    if gathered is None:
        return Places(None, (), ()).all(problems), sources
    return gathered.examined.placed(problems, sources[0] if sources else None), sources


@dataclass(frozen=True)
class _Gathered:
    """What was read for an order; `sound` tells whether anything can be made of it."""

    wanted: list[Output]
    names: list[str]
    content: Content
    themes: dict[str, Theme]
    printing: dict[str, Printing]
    examined: Examined
    sound: bool


def _gather(order: Order, problems: Diagnostics, progress: Progress, inputs: Inputs) -> _Gathered:
    """Reads the deck, its session and its themes, and checks them. Raises DeckError where there is no deck."""
    wanted = _wanted(order)
    progress("Reading")
    names = _theme_names(order.themes)
    content: Content | None = None
    themes: dict[str, Theme] = {}
    with problems.gathering():
        content = read_all(order.deck, order.session, problems, inputs)
    for name in names:
        with problems.gathering():
            themes[name] = read_theme(name, problems, inputs)
    if order.printing and order.printing.says_something and not any(output.printed for output in wanted):
        problems.warning(
            "print-settings-unused",
            f"print settings say nothing of a {' or a '.join(output.words for output in wanted)}",
            None,
            f"they are about {' and '.join(f'the {output.name}' for output in OUTPUTS if output.printed)}",
        )
    if twice := [name for name, count in Counter(theme.name for theme in themes.values()).items() if count > 1]:
        problems.error(
            "theme-twice", f"two of the themes are called '{twice[0]}'", None, "rename the folder of one of them"
        )
    sound = not problems.has_errors
    for name in names:
        with problems.gathering():
            folders = template_folders(deck_file(order.deck).parent, find_theme(name))
            for look in filter(None, (output.look for output in wanted)):
                look(folders, problems, inputs)
    if not sound:
        try_templates(order, names, themes, wanted, problems)
    if content is None:
        raise DeckError(problems)
    printing = {name: check_theme(theme, content, order, problems) for name, theme in themes.items()}
    examined = Examined(
        content.deck,
        content.session,
        content.schedule,
        content.pictures,
        content.folder,
        deck_file(order.deck),
        content.checks,
        list(themes.values()),
        inputs,
        order.today,
        content.spelling,
    )
    examined.settle(problems)
    return _Gathered(wanted, names, content, themes, printing, examined, sound)


def _sources(
    gathered: _Gathered,
    order: Order,
    problems: Diagnostics,
    progress: Progress,
    notes: Diagnostics | None,
    pages: bool = False,
    links: bool = False,
) -> list[Source]:
    """What the outputs are made from, arranged and checked; with advice where somebody asks for `notes`, and with the documents
    set on pages where that is wanted."""
    if not gathered.sound:
        raise DeckError(problems)
    content, themes, examined = gathered.content, gathered.themes, gathered.examined
    looks = [
        arrange_all(content, name, themes[name], gathered.printing[name], order, problems)
        for name in _told(gathered.names, progress)
    ]
    if problems.has_errors:
        try_templates(order, gathered.names, themes, gathered.wanted, problems)
        raise DeckError(problems)
    sources = make_sources(looks, order)
    checked: list[Source] = []
    for source in sources:
        for output in gathered.wanted:
            source = output.check(source, problems) if output.check else source  # noqa: PLW2901
        checked.append(source)
    problems.raise_if_errors()
    if pages:
        progress("Setting pages")
        checked = [_with_pages(source, gathered.wanted) for source in checked]
    if notes is not None:
        examined.advise(checked, problems, links)
    examined.settle(problems)
    examined.set_aside(problems, notes)
    problems.raise_if_errors()
    return checked


def _with_pages(source: Source, wanted: Sequence[Output]) -> Source:
    """The source with its documents set."""
    for output in wanted:
        source = output.set_pages(source) if output.set_pages else source
    return source


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


def _theme_names(themes: Sequence[str]) -> list[str]:
    """The themes, each once; "all" are those that come along."""
    return list(dict.fromkeys(name for one in themes for name in (shipped_names() if one == "all" else [one])))


def _told(names: Sequence[str], progress: Progress) -> Iterator[str]:
    """The themes' names, each told as its turn comes."""
    for name in names:
        progress("Arranging" if len(names) == 1 else f"Arranging for {name}")
        yield name
