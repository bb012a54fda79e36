"""Two states of a deck compared: what changed, in words, and which pages have to be printed again."""

from __future__ import annotations

import difflib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deckbuilder import pipeline
from deckbuilder.arrangement import Order
from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck
from deckbuilder.content.discussion import Question
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.printing import PrintSettings
from deckbuilder.content.text import Text
from deckbuilder.diagnostics import DeckError, Diagnostics, Severity, fail
from deckbuilder.outputs.source import SetPages, Source
from deckbuilder.reading.deck import deck_file
from deckbuilder.source import Inputs

_ALIKE = 0.5  # how much of their words two slides have to share to be the same one, changed
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
        hint = said[-1] if said else "is the folder in a git repository?"
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


# --- In words


def changes_of(old: Source, new: Source) -> Iterator[str]:
    """What changed between two states of a deck, in words: the deck's own fields, then slide by slide."""
    for name in Deck.model_fields:
        if name != "sections" and (said := _changed(name, getattr(old.deck, name), getattr(new.deck, name))):
            yield f"deck: {said}"
    before, after = [s for _, s in old.deck.slides()], [s for _, s in new.deck.slides()]
    pairs = _paired(before, after)
    matched = {id(pair[1]): pair[0] for pair in pairs}
    places = {id(slide): n for n, slide in enumerate(before)}
    kept = [places[id(matched[id(s)])] for s in after if id(s) in matched]
    still = set(_rising(kept))
    for slide in after:
        earlier = matched.get(id(slide))
        name = _name(slide, new)
        if earlier is None:
            yield f"{name} is new"
            continue
        if places[id(earlier)] not in still:
            yield f"{name} was {_name(earlier, old)} and has moved"
        yield from (f"{name}: {said}" for said in _slide_changes(earlier, slide))
    gone = {id(pair[0]) for pair in pairs}
    yield from (f"{_name(slide, old)} is gone" for slide in before if id(slide) not in gone)


def _rising(numbers: Sequence[int]) -> list[int]:
    """The longest rising sequence in some numbers: what has not moved."""
    best: list[list[int]] = []
    for number in numbers:
        longest = max((one for one in best if one[-1] < number), key=len, default=[])
        best.append([*longest, number])
    return max(best, key=len, default=[])


def _paired(before: Sequence[AnySlide], after: Sequence[AnySlide]) -> list[tuple[AnySlide, AnySlide]]:
    """Slides that are the same, changed or not: by their identity, else by their kind and their words."""
    known = {slide.identity: slide for slide in before}
    pairs = [(known[slide.identity], slide) for slide in after if slide.identity in known]
    taken = {slide.identity for _, slide in pairs}
    left = [slide for slide in before if slide.identity not in taken]
    for slide in after:
        if slide.identity in known:
            continue
        ratios = [(_alike(one, slide), n) for n, one in enumerate(left) if one.kind == slide.kind]
        if ratios and (best := max(ratios, key=lambda pair: (pair[0], -pair[1])))[0] >= _ALIKE:
            pairs.append((left.pop(best[1]), slide))
    return pairs


def _alike(one: Model, other: Model) -> float:
    return difflib.SequenceMatcher(None, " ".join(_words(one)).split(), " ".join(_words(other)).split(), False).ratio()


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Text):
        yield value.plain
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _words(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _words(item)
    elif isinstance(value, str):
        yield value


def _name(slide: AnySlide, source: Source) -> str:
    numbers = [f.number for f in source.frames if f.slide.identity == slide.identity and not f.notes_only]
    title = getattr(slide, "title", None)
    called = f" '{title.plain}'" if title else f" ({slide.kind})"
    return f"slide {numbers[0]}{called}" if numbers else f"the slide{called} that is in no deck"


def _slide_changes(old: AnySlide, new: AnySlide) -> Iterator[str]:
    for name in type(new).model_fields:
        if name == "questions":
            yield from _question_changes(old.questions, new.questions)
        elif said := _changed(name, getattr(old, name, None), getattr(new, name)):
            yield said


def _question_changes(old: Sequence[Question], new: Sequence[Question]) -> Iterator[str]:
    left = list(old)
    for question in new:
        ratios = [(1.0 if q.id and q.id == question.id else _alike(q, question), n) for n, q in enumerate(left)]
        best = max(ratios, default=(0.0, -1))
        if best[0] < _ALIKE:
            yield f"the question '{question.ask.plain}' is new"
            continue
        earlier = left.pop(best[1])
        for name in Question.model_fields:
            if said := _changed(name, getattr(earlier, name), getattr(question, name)):
                yield f"question '{question.ask.plain}': {said}"
    yield from (f"the question '{question.ask.plain}' is gone" for question in left)


def _changed(name: str, old: Any, new: Any) -> str:
    """A field's change in words; "" where it says the same."""
    before, after = _said(old), _said(new)
    if before == after:
        return ""
    if not after:
        return f"'{name}' is gone"
    if not before:
        return f"'{name}' is new"
    short = len(before) <= 60 and len(after) <= 60
    return f"'{name}' was '{before}' and is '{after}'" if short else f"'{name}' has changed"


def _said(value: Any) -> str:
    """What a field says, as words."""
    match value:
        case None | () | "":
            return ""
        case Text():
            return repr([p.runs for p in value]) if len(value.plain) > 60 else value.plain
        case Model():
            said = {name: _said(getattr(value, name)) for name in type(value).model_fields}
            return "; ".join(f"{name}: {words}" for name, words in said.items() if words)
        case tuple():
            return ", ".join(map(_said, value))
        case float() if value == int(value):
            return str(int(value))
    return str(value)
