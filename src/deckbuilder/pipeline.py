"""The pipeline: read -> check -> arrange -> write. Every command that makes files goes through here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from deckbuilder.alongside import alongside
from deckbuilder.arrangement import Content, Order, arrange_all, check_theme, make_sources, read_all
from deckbuilder.diagnostics import DeckError, Diagnostics, did_you_mean, fail
from deckbuilder.fileset import written_together
from deckbuilder.outputs.catalogue import KNOWN, OUTPUTS, Output, find_output
from deckbuilder.outputs.source import Source, template_folders
from deckbuilder.reading.deck import deck_file
from deckbuilder.source import Inputs
from deckbuilder.theme.pack import find_theme, read_theme, shipped_names
from deckbuilder.theme.theme import Theme
from deckbuilder.trial import try_templates

__all__ = ["Order", "Progress", "build", "prepare"]
Progress = Callable[[str], None]


def build(
    order: Order, problems: Diagnostics, progress: Progress = lambda _: None, inputs: Inputs | None = None
) -> list[Path]:
    """Builds what the order asks for; returns the files written, in the order of `OUTPUTS`, a booklet's sheets after its
    pages, theme by theme; all are written, or none. The content is read and pictures are prepared once.

    Warnings go to `problems`, the files that were read to `inputs`. Raises DeckError with every problem found; earlier
    files are then still there, whole.
    """
    wanted = _wanted(order)
    sources = prepare(order, problems, progress, inputs)
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
    order: Order, problems: Diagnostics, progress: Progress = lambda _: None, inputs: Inputs | None = None
) -> list[Source]:
    """Everything but writing: for each of the order's themes what its outputs are made from, checked. As `build` otherwise."""
    inputs = Inputs() if inputs is None else inputs
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
    if not sound:
        raise DeckError(problems)
    looks = [
        arrange_all(content, name, themes[name], printing[name], order, problems) for name in _told(names, progress)
    ]
    if problems.has_errors:
        try_templates(order, names, themes, wanted, problems)
        raise DeckError(problems)
    sources = make_sources(looks, order)
    checked: list[Source] = []
    for source in sources:
        for output in wanted:
            source = output.check(source, problems) if output.check else source  # noqa: PLW2901
        checked.append(source)
    problems.raise_if_errors()
    return checked


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
