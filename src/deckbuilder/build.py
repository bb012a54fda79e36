"""The pipeline: read -> arrange -> write. Every command that makes files goes through here."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from deckbuilder.alongside import alongside
from deckbuilder.content.schedule import make_schedule
from deckbuilder.diagnostics import DeckError, Diagnostics, fail
from deckbuilder.labels import read_labels
from deckbuilder.layout.arrange import arrange_deck
from deckbuilder.layout.characters import check_characters
from deckbuilder.reading.deck import read_deck
from deckbuilder.theme.pack import DEFAULT_THEME, read_theme

Output = Literal["deck", "handout", "facilitator"]
OUTPUTS: tuple[Output, ...] = get_args(Output)
Paper = Literal["letter", "a4"]
_ENDINGS: dict[Output, str] = {"deck": ".pptx", "handout": "-handout.pdf", "facilitator": "-facilitator.pdf"}
_SPOKEN: dict[Output, str] = {"deck": "deck", "handout": "handout", "facilitator": "facilitator guide"}


@dataclass(frozen=True)
class Order:
    """What to build. `session` None means without a session; `paper` None means the paper usual
    where the deck's language is spoken; `notes` False leaves speaker notes out of the deck; `strict` makes errors
    of text that is set smaller or goes on over slides; `originals` keeps pictures as they are in the deck."""

    deck: Path
    theme: str = DEFAULT_THEME
    session: Path | None = None
    output: Path = Path("output")
    only: tuple[Output, ...] = OUTPUTS
    paper: Paper | None = None
    notes: bool = True
    strict: bool = False
    originals: bool = False


def build(order: Order, problems: Diagnostics, progress: Callable[[str], None] = lambda _: None) -> list[Path]:
    """Builds what the order asks for; returns the files written, in the order of `OUTPUTS`.

    Warnings go to `problems`. Raises DeckError with every problem found; earlier files are then
    still there, whole.
    """
    progress("Reading")
    reading = read_deck(order.deck, order.session, problems)
    theme = read_theme(order.theme, problems)
    labels = read_labels(reading.deck.language, problems)
    schedule = make_schedule(reading.deck, reading.session, problems)
    check_characters(reading.deck, theme.fonts, problems)
    if reading.session is not None:
        check_characters(reading.session, theme.fonts, problems)
    progress("Arranging")
    frames = arrange_deck(
        reading.deck, reading.session, schedule, reading.pictures, theme, labels, problems, order.strict
    )
    problems.raise_if_errors()

    folder = order.output / reading.name / theme.name
    targets = {output: folder / f"{reading.name}{_ENDINGS[output]}" for output in OUTPUTS if output in order.only}
    with _written_together(list(targets.values())) as temporary:
        from deckbuilder.outputs.images import Images

        images = Images()
        moment = _moment()

        def write_slides() -> None:
            from deckbuilder.outputs.pptx.writer import write_deck

            write_deck(
                temporary[targets["deck"]], reading.deck, frames, theme, images, moment, order.notes, order.originals
            )

        def write_documents() -> None:
            from deckbuilder.outputs.documents.style import usual_paper
            from deckbuilder.outputs.documents.writer import Source, write_guide, write_handout

            paper = order.paper or usual_paper(reading.deck.language)
            source = Source(
                reading.deck, reading.session, schedule, frames, reading.pictures, theme, labels, images, paper, moment
            )
            # The guide names the handout's pages, so the handout is set even when only the guide is wanted.
            pages = write_handout(temporary.get(targets.get("handout", Path())), source)
            if "facilitator" in targets:
                write_guide(temporary[targets["facilitator"]], source, pages)

        progress(f"Writing {' and '.join(_SPOKEN[output] for output in targets)}")
        if set(targets) == {"deck"}:
            write_slides()
        elif "deck" in targets:
            with alongside(write_slides):
                write_documents()
        else:
            write_documents()
    return list(targets.values())


def _moment() -> dt.datetime | None:
    """The time that files carry: SOURCE_DATE_EPOCH (reproducible-builds.org), else none at all."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise fail(f"SOURCE_DATE_EPOCH is not a number of seconds: '{epoch}'") from error


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
            "the disk is full; earlier files are as they were", None, "make room, or write elsewhere with --output"
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY):
        return fail(
            f"{name} cannot be written",
            None,
            "is it open in another program, or the folder not yours? close it, or use --output",
        )
    if error.errno == errno.EROFS:
        return fail(f"{name} lies on a disk that cannot be written", None, "write elsewhere with --output")
    return fail(f"{name} cannot be written: {error.strerror or error}", None, "write elsewhere with --output")
