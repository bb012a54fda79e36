"""Two states of a deck compared: what changed, in words, and which pages have to be printed again."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deckbuilder import pipeline
from deckbuilder.arrangement import Order
from deckbuilder.changes import changes_of
from deckbuilder.content.printing import PrintSettings
from deckbuilder.diagnostics import DeckError, Diagnostics, Severity, fail
from deckbuilder.frozen import dataclass
from deckbuilder.outputs.source import SetPages, Source
from deckbuilder.reading.deck import deck_file
from deckbuilder.source import Inputs

_DOCUMENTS = ("handout", "guide")


@dataclass(frozen=True)
class Difference:
    """What is different in the new state: `changes` in words, slide by slide; and of each document the pages to print again, by
    their numbers, and how many pages it had and has."""

    changes: tuple[str, ...]
    pages: Mapping[str, tuple[int, ...]]
    counts: Mapping[str, tuple[int, int]]


def compare(
    old: str,
    new: str,
    *,
    theme: str,
    session: Path | None = None,
    printing: PrintSettings | None = None,
    pages: Path | None = None,
) -> Difference:
    """Compares two decks: folders or files, or one of them and a git revision of it. `pages` is where a PDF of all the pages that
    have to be printed again goes. Raises DeckError for what cannot be read or built."""
    with tempfile.TemporaryDirectory(prefix="deckbuilder-diff-") as scratch:
        before, after = _places(old, new, Path(scratch))
        ours = [_source(Order(place, (theme,), session, printing=printing)) for place in (before, after)]
        difference = _difference(*ours)
        if pages is not None:
            order = Order(after, (theme,), session, Path(scratch) / "built", _DOCUMENTS, printing)
            _write_pages(order, difference, pages)
        return difference


def _places(old: str, new: str, scratch: Path) -> tuple[Path, Path]:
    """Where the two states lie; one that is no place is a revision of the other."""
    places = [Path(old), Path(new)]
    missing = [n for n, place in enumerate(places) if not place.exists()]
    if len(missing) == 2:
        raise fail(
            "deck-missing", f"there is no deck at {old}, nor at {new}", None, "give two folders, or one and a revision"
        )
    if missing:
        (gone,) = missing
        places[gone] = _revision((old, new)[gone], places[1 - gone], scratch)
    return places[0], places[1]


def _revision(name: str, deck: Path, scratch: Path) -> Path:
    """The folder of a deck as it was at a git revision."""
    file = deck_file(deck)
    folder = file.parent.resolve()
    if name.startswith("-"):
        raise fail("deck-missing", f"'{name}' is no revision")
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), "archive", "--format=tar", name, "."],
            capture_output=True,
            check=False,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise fail("deck-missing", f"git cannot be asked for '{name}': {error}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        hint = "give a folder that holds deck.yaml"
        if any("not a git repository" in line for line in said):
            hint += f"; {deck} is in no git repository, which would have revisions"
        elif said:
            hint += f"; git says: {said[-1].removeprefix('fatal: ')}"
        raise fail("deck-missing", f"there is no deck at {name}, and no revision of that name", None, hint)
    out = scratch / folder.name
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(out, filter="data")
    return out / file.name if deck.is_file() else out


def _source(order: Order) -> Source:
    """A deck as its outputs are made from it, its pages set."""
    said, sources = pipeline.examine(order, Inputs())
    if not sources:
        problems = Diagnostics()
        problems.extend(problem for problem in said if problem.severity is Severity.ERROR)
        raise DeckError(problems)
    return sources[0]


def _difference(old: Source, new: Source) -> Difference:
    pages, counts = {}, {}
    for name, before, after in zip(_DOCUMENTS, _documents(old), _documents(new), strict=True):
        again = [n for n in range(1, after.count + 1) if before.looks.get(n) != after.looks.get(n)]
        if new.printing.duplex:  # both sides of a sheet
            again = sorted({side for n in again for side in (n, n + 1 if n % 2 else n - 1) if side <= after.count})
        pages[name], counts[name] = tuple(again), (before.count, after.count)
    return Difference(tuple(changes_of(old, new)), pages, counts)


def _documents(source: Source) -> tuple[SetPages, SetPages]:
    assert source.pages is not None, "examining sets pages"
    assert source.guide_pages is not None, "examining sets pages"
    return source.pages, source.guide_pages


def _write_pages(order: Order, difference: Difference, path: Path) -> None:
    """Writes the pages that have to be printed again into one PDF, the handout's first."""
    import pikepdf

    files = pipeline.build(order, Diagnostics())
    out = pikepdf.new()
    with _all_closed() as opened:
        for name, file in zip(_DOCUMENTS, [f for f in files if not f.name.endswith("-booklet.pdf")], strict=True):
            pdf = pikepdf.open(file)
            opened.append(pdf)
            for number in difference.pages[name]:
                out.pages.append(pdf.pages[number - 1])
        try:
            out.save(path)
        except OSError as error:
            raise fail("output-unwritable", f"{path} cannot be written: {error.strerror or error}") from error


@contextmanager
def _all_closed() -> Iterator[list[Any]]:
    opened: list[Any] = []
    try:
        yield opened
    finally:
        for one in opened:
            one.close()
