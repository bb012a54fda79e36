"""The pipeline: read -> check -> arrange -> write. Every command that makes files goes through here."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from deckbuilder.alongside import alongside
from deckbuilder.checks import check, check_for
from deckbuilder.content.deck import Deck, GuideLayout
from deckbuilder.content.pictures import PictureFile
from deckbuilder.content.printing import Printing, PrintSettings, settle_printing
from deckbuilder.content.schedule import Schedule, make_schedule
from deckbuilder.content.session import Session
from deckbuilder.content.vocabulary import WordList
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics, Severity, did_you_mean, fail
from deckbuilder.fileset import written_together
from deckbuilder.labels import Labels, read_labels
from deckbuilder.layout.arrange import arrange_deck
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.outputs.catalogue import KNOWN, NAMES, OUTPUTS, Output, find_output
from deckbuilder.outputs.source import Source, template_folders
from deckbuilder.reading.deck import deck_file, read_deck
from deckbuilder.source import Inputs
from deckbuilder.theme.pack import DEFAULT_THEME, find_theme, read_theme, shipped_names
from deckbuilder.theme.theme import Theme

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What to build: a set of files for each of the `themes`. `session` None means without a session; `only` are names of
    outputs; `printing` None that session and theme say how documents are printed; `notes` False leaves speaker notes out
    of the deck; `strict` makes errors of text that is set smaller or goes on over slides; `originals` keeps pictures as they
    are in the deck; `guide` None means the layout that deck and theme ask for."""

    deck: Path
    themes: tuple[str, ...] = (DEFAULT_THEME,)
    session: Path | None = None
    output: Path = Path("output")
    only: tuple[str, ...] = NAMES
    printing: PrintSettings | None = None
    notes: bool = True
    strict: bool = False
    originals: bool = False
    guide: GuideLayout | None = None


@dataclass(frozen=True)
class Content:
    """A deck as read. `name` is what its files are called by, `folder` where they lie; `session` is None without a session
    file; `pictures` are its picture files by the name the deck calls them, `vocabulary` the lists that it names, `labels`
    the words that deckbuilder itself puts on slides and pages, in the deck's language.

    `diagnostics` are what was said while reading, `inputs` the files that were read.
    """

    name: str
    folder: Path
    deck: Deck
    session: Session | None
    schedule: Schedule
    pictures: dict[str, PictureFile]
    vocabulary: tuple[WordList, ...]
    labels: Labels
    diagnostics: tuple[Diagnostic, ...] = ()
    inputs: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Arrangement:
    """A deck arranged for a theme: `frames` are the slides, `prints` the same for a handout that prints them; none where it
    does not. `templates` are the folders that templates of the documents are looked for in.

    `diagnostics` are what was said while arranging, `inputs` the files of the theme.
    """

    content: Content
    theme: Theme
    printing: Printing
    frames: tuple[SlideFrame, ...]
    prints: tuple[SlideFrame, ...]
    templates: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    inputs: tuple[Path, ...] = ()


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
        content = _read(order.deck, order.session, problems, inputs)
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
    if content is None:
        raise DeckError(problems)
    printing = {name: _check_for(theme, content, order, problems) for name, theme in themes.items()}
    if not sound:
        raise DeckError(problems)
    looks = [_arrange(content, name, themes[name], printing[name], order, problems) for name in _told(names, progress)]
    problems.raise_if_errors()
    from deckbuilder.outputs.images import Images

    images, moment = Images(), _moment()
    sources = [
        Source(
            content.name,
            content.deck,
            content.session,
            content.schedule,
            look.frames,
            look.prints,
            content.pictures,
            look.theme,
            content.labels,
            images,
            look.printing,
            moment,
            look.templates,
            order.notes,
            order.originals,
            order.guide,
        )
        for look in looks
    ]
    checked: list[Source] = []
    for source in sources:
        for output in wanted:
            source = output.check(source, problems) if output.check else source  # noqa: PLW2901
        checked.append(source)
    problems.raise_if_errors()
    return checked


def read(deck: Path, session: Path | None, problems: Diagnostics, inputs: Inputs) -> Content:
    """The deck and its session, checked. Raises DeckError with every problem found."""
    content = _read(deck, session, problems, inputs)
    problems.raise_if_errors()
    return content


def _read(deck: Path, session: Path | None, problems: Diagnostics, inputs: Inputs) -> Content:
    """As `read`, but for errors: they are in `problems` too, and nothing is to be made of the content then. Raises
    DeckError where there is none."""
    reading = read_deck(deck, session, problems, inputs)
    schedule = make_schedule(reading.deck, reading.session)
    check(reading.deck, reading.session, schedule, problems)
    return Content(
        reading.name,
        reading.folder,
        reading.deck,
        reading.session,
        schedule,
        reading.pictures,
        reading.vocabulary,
        read_labels(reading.deck.language, problems),
    )


def arrange(content: Content, name: str, order: Order, problems: Diagnostics, inputs: Inputs) -> Arrangement:
    """The slides arranged for the theme of that name, in the way that the order asks for; the order's own themes and deck
    play no part. What does not fit is reported; DeckError for a theme that cannot be used."""
    theme = read_theme(name, problems, inputs)
    printing = _check_for(theme, content, order, problems)
    return _arrange(content, name, theme, printing, order, problems)


def _check_for(theme: Theme, content: Content, order: Order, problems: Diagnostics) -> Printing:
    """Checks the content for a theme; returns how its documents are printed."""
    deck, session = content.deck, content.session
    check_for(theme, deck, session, content.vocabulary, problems)
    wishes = [order.printing, session.printing if session else None, theme.printing]
    return settle_printing(wishes, theme.presets, deck.language, problems)


def _arrange(
    content: Content, name: str, theme: Theme, printing: Printing, order: Order, problems: Diagnostics
) -> Arrangement:
    deck, session = content.deck, content.session

    def arranged(problems: Diagnostics, prints: bool = False) -> tuple[SlideFrame, ...]:
        schedule, pictures, labels = content.schedule, content.pictures, content.labels
        return tuple(
            arrange_deck(deck, session, schedule, pictures, theme, labels, problems, order.strict, prints=prints)
        )

    frames = arranged(problems)
    prints: tuple[SlideFrame, ...] = ()
    if printing.slides_per_page:
        # What is told of the slides need not be told again of their prints.
        aside = Diagnostics()
        prints = arranged(aside, prints=True)
        problems.extend(problem for problem in aside if problem.severity is Severity.ERROR)
    return Arrangement(content, theme, printing, frames, prints, template_folders(content.folder, find_theme(name)))


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


def _moment() -> dt.datetime | None:
    """The time that files carry: SOURCE_DATE_EPOCH (reproducible-builds.org), else none at all."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise fail("source-date", f"SOURCE_DATE_EPOCH is not a number of seconds: '{epoch}'") from error
