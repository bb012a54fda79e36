"""The pipeline: read -> arrange -> write. Every command that makes files goes through here."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from deckbuilder.alongside import alongside
from deckbuilder.content.deck import GuideLayout
from deckbuilder.content.printing import Printing, PrintSettings, settle_printing
from deckbuilder.content.schedule import Schedule, make_schedule
from deckbuilder.diagnostics import DeckError, Diagnostics, Severity, fail
from deckbuilder.labels import Labels, read_labels
from deckbuilder.layout.arrange import arrange_deck
from deckbuilder.layout.characters import check_characters
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.reading.deck import Reading, read_deck
from deckbuilder.reading.wording import check_wording
from deckbuilder.source import Position, shown_path
from deckbuilder.theme.pack import DEFAULT_THEME, find_theme, read_theme
from deckbuilder.theme.theme import Theme

Output = Literal["deck", "handout", "facilitator"]
OUTPUTS: tuple[Output, ...] = get_args(Output)
_ENDINGS: dict[Output, str] = {"deck": ".pptx", "handout": "-handout.pdf", "facilitator": "-facilitator.pdf"}
_SHEETS = "-booklet.pdf"  # in place of .pdf: the sheets to fold, beside the pages in reading order
_MOST_SHEETS = 20  # what a long-reach stapler takes
_SPOKEN: dict[Output, str] = {"deck": "deck", "handout": "handout", "facilitator": "facilitator guide"}


@dataclass(frozen=True)
class Order:
    """What to build. `session` None means without a session; `printing` None that session and theme
    say how documents are printed; `notes` False leaves speaker notes out of the deck; `strict` makes errors
    of text that is set smaller or goes on over slides; `originals` keeps pictures as they are in the deck;
    `guide` None means the layout that deck and theme ask for."""

    deck: Path
    theme: str = DEFAULT_THEME
    session: Path | None = None
    output: Path = Path("output")
    only: tuple[Output, ...] = OUTPUTS
    printing: PrintSettings | None = None
    notes: bool = True
    strict: bool = False
    originals: bool = False
    guide: GuideLayout | None = None


@dataclass(frozen=True)
class _Look:
    """A theme, as the order calls it and as read, with what is arranged for it: `frames` are the slides, `prints`
    the same for a handout that prints them; none where it does not."""

    given: str
    theme: Theme
    printing: Printing
    frames: list[SlideFrame]
    prints: list[SlideFrame]


def build(order: Order, problems: Diagnostics, progress: Callable[[str], None] = lambda _: None) -> list[Path]:
    """Builds what the order asks for; returns the files written, in the order of `OUTPUTS`, a booklet's
    sheets after its pages.

    Warnings go to `problems`. Raises DeckError with every problem found; earlier files are then
    still there, whole.
    """
    return build_sets(order, [order.theme], problems, progress)


def build_sets(
    order: Order, themes: Sequence[str], problems: Diagnostics, progress: Callable[[str], None] = lambda _: None
) -> list[Path]:
    """As `build`, a set of files for each of the themes, whatever the order's own; all are written, or
    none. The content is read and pictures are prepared once."""
    progress("Reading")
    reading = read_deck(order.deck, order.session, problems)
    labels = read_labels(reading.deck.language, problems)
    schedule = make_schedule(reading.deck, reading.session, problems)
    if order.only == ("deck",) and order.printing and order.printing.says_something:
        problems.warning(
            "print-settings-unused",
            "print settings say nothing of a deck",
            None,
            "they are about the handout and the guide",
        )
    looks = [_look(order, name, reading, schedule, labels, problems) for name in _announced(themes, progress)]
    if twice := [name for name, count in Counter(look.theme.name for look in looks).items() if count > 1]:
        raise fail(
            "theme-twice", f"two of the themes are called '{twice[0]}'", None, "rename the folder of one of them"
        )
    problems.raise_if_errors()

    targets = {
        (look.theme.name, output): order.output / reading.name / look.theme.name / f"{reading.name}{_ENDINGS[output]}"
        for look in looks
        for output in OUTPUTS
        if output in order.only
    }
    booklets = {look.theme.name for look in looks if look.printing.booklet}
    sheets = {
        path: path.with_name(f"{path.stem}{_SHEETS}")
        for (name, _), path in targets.items()
        if name in booklets and path.suffix == ".pdf"
    }
    files = [file for path in targets.values() for file in (path, sheets.get(path)) if file is not None]
    with _written_together(files) as temporary:
        from deckbuilder.outputs.images import Images

        images = Images()
        moment = _moment()

        def write_slides(look: _Look) -> None:
            from deckbuilder.outputs.pptx.writer import write_deck

            path = temporary[targets[look.theme.name, "deck"]]
            write_deck(path, reading.deck, look.frames, look.theme, images, moment, order.notes, order.originals)

        def write_documents(look: _Look) -> None:
            from deckbuilder.outputs.pages.grey import GreyImages
            from deckbuilder.outputs.pages.writer import Source, write_guide, write_handout

            folders = template_folders(reading.folder, look.given)
            _warn_of_templates(folders, problems)
            source = Source(
                reading.deck,
                reading.session,
                schedule,
                look.frames,
                look.prints,
                reading.pictures,
                look.theme,
                labels,
                GreyImages() if look.printing.grayscale else images,
                look.printing,
                moment,
                folders,
                order.guide,
            )
            handout, guide = (targets.get((look.theme.name, kind)) for kind in ("handout", "facilitator"))
            # The guide names the handout's pages, so the handout is set even when only the guide is wanted.
            pages = write_handout(temporary[handout] if handout else None, source)
            if guide:
                write_guide(temporary[guide], source, pages)
            for path in (handout, guide):
                if path in sheets:
                    _impose(temporary[path], temporary[sheets[path]], sheets[path].name, problems)

        def write_every(write: Callable[[_Look], None]) -> None:
            for look in looks:
                write(look)

        wanted = {output for _, output in targets}
        progress(f"Writing {' and '.join(_SPOKEN[output] for output in OUTPUTS if output in wanted)}")
        if wanted == {"deck"}:
            write_every(write_slides)
        elif "deck" in wanted:
            with alongside(lambda: write_every(write_slides)):
                write_every(write_documents)
        else:
            write_every(write_documents)
    return files


def _announced(themes: Sequence[str], progress: Callable[[str], None]) -> Iterator[str]:
    """The themes, each once, told as its turn comes."""
    names = list(dict.fromkeys(themes))
    for name in names:
        progress("Arranging" if len(names) == 1 else f"Arranging for {name}")
        yield name


def _look(
    order: Order, given: str, reading: Reading, schedule: Schedule, labels: Labels, problems: Diagnostics
) -> _Look:
    """A theme, and the slides arranged for it."""
    deck, session = reading.deck, reading.session
    theme = read_theme(given, problems)
    check_characters(deck, theme.fonts, problems)
    if session is not None:
        check_characters(session, theme.fonts, problems)
    check_wording(deck, session, theme.vocabulary + reading.vocabulary, problems)
    wishes = [order.printing, session.printing if session else None, theme.printing]
    printing = settle_printing(wishes, theme.presets, deck.language, problems)

    def arranged(problems: Diagnostics, prints: bool = False) -> list[SlideFrame]:
        return arrange_deck(
            deck, session, schedule, reading.pictures, theme, labels, problems, order.strict, prints=prints
        )

    frames = arranged(problems)
    if not printing.slides_per_page:
        return _Look(given, theme, printing, frames, [])
    # What is told of the slides need not be told again of their prints.
    aside = Diagnostics()
    prints = arranged(aside, prints=True)
    problems.extend(problem for problem in aside if problem.severity is Severity.ERROR)
    return _Look(given, theme, printing, frames, prints)


def _impose(pages: Path, sheets: Path, name: str, problems: Diagnostics) -> None:
    """Makes a booklet's sheets of its pages."""
    from deckbuilder.outputs.pages.imposition import impose

    count = impose(pages, sheets)
    if count > _MOST_SHEETS:
        problems.warning(
            "booklet-too-thick",
            f"{name} takes {count} sheets; more than {_MOST_SHEETS} are hard to fold and to staple",
            None,
            "print it on whole pages, or staple it in parts",
        )


def _warn_of_templates(folders: tuple[Path, ...], problems: Diagnostics) -> None:
    from deckbuilder.outputs.markup.templating import unused_templates

    for file, hint in unused_templates(folders):
        problems.warning(
            "template-unused", f"the template {file.name} is not used", Position(shown_path(file), 1, 1), hint
        )


def template_folders(deck: Path | None, theme: str) -> tuple[Path, ...]:
    """Where a deck's own templates lie, and its theme pack's; `deck` is the deck's folder, None
    for the theme pack's alone. Raises DeckError when there is no such theme."""
    return tuple(folder / "templates" for folder in (deck, find_theme(theme)) if folder is not None)


def _moment() -> dt.datetime | None:
    """The time that files carry: SOURCE_DATE_EPOCH (reproducible-builds.org), else none at all."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise fail("source-date", f"SOURCE_DATE_EPOCH is not a number of seconds: '{epoch}'") from error


@contextmanager
def _written_together(targets: Sequence[Path]) -> Iterator[dict[Path, Path]]:
    """Temporary files beside the targets; all are renamed at the end, or none is.

    Raises DeckError, in words, when a target cannot be written.
    """
    temporary = {target: target.with_name(f".{target.name}.{os.getpid()}.part") for target in targets}
    try:
        for folder in {target.parent for target in targets}:
            folder.mkdir(parents=True, exist_ok=True)
        yield temporary
        for target in targets:
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
            if target.exists():
                with target.open("r+b"):  # locked by another program? found out before anything is replaced
                    pass
        _replace_all(temporary)
    except OSError as error:
        raise _unwritable(error) from error
    finally:
        for part in temporary.values():
            with suppress(OSError):  # the folder may be the very thing that could not be made
                part.unlink(missing_ok=True)


def _replace_all(temporary: dict[Path, Path]) -> None:
    """Renames every temporary file to its target. When one cannot be, those before it get their
    earlier content back, and the error is raised."""
    kept: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        for target, part in temporary.items():
            if target.exists():
                kept[target] = part.with_suffix(".kept")
                shutil.copy2(target, kept[target])
            os.replace(part, target)
            done.append(target)
    except BaseException:
        for target in done:
            if target in kept:
                os.replace(kept[target], target)
            else:
                target.unlink(missing_ok=True)
        raise
    finally:
        for copy in kept.values():
            with suppress(OSError):
                copy.unlink(missing_ok=True)


def _unwritable(error: OSError) -> DeckError:
    name = str(error.filename or "the output folder")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return fail(
            "disk-full",
            "the disk is full; earlier files are as they were",
            None,
            "make room, or write elsewhere with --output",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY):
        return fail(
            "output-unwritable",
            f"{name} cannot be written",
            None,
            "is it open in another program, or the folder not yours? close it, or use --output",
        )
    if error.errno == errno.EROFS:
        return fail(
            "output-unwritable", f"{name} lies on a disk that cannot be written", None, "write elsewhere with --output"
        )
    return fail(
        "output-unwritable",
        f"{name} cannot be written: {error.strerror or error}",
        None,
        "write elsewhere with --output",
    )
