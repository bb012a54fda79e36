"""A deck looked over by everything that is known of it: the rules of advice, levels and silences, and where what was said
will be met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuilder.checks.settle import Places, levels_of, settled
from deckbuilder.checks.settle import about_silences as unsettled
from deckbuilder.content.checks import Checks, Level
from deckbuilder.content.deck import Deck
from deckbuilder.content.pictures import PictureFile
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.diagnostics import Diagnostic, Diagnostics, Severity
from deckbuilder.frozen import dataclass
from deckbuilder.outputs.markup.views import slide_anchor
from deckbuilder.outputs.source import SetPages, Source
from deckbuilder.reading.silences import Silence, read_silences
from deckbuilder.source import Inputs, shown_path
from deckbuilder.theme.theme import Theme

if TYPE_CHECKING:
    from deckbuilder.checks.matter import Document


@dataclass
class Examined:
    """A deck that is being looked over, in all its themes. Warnings, notes and what silenced them gather while it is read,
    arranged and set."""

    deck: Deck
    session: Session | None
    schedule: Schedule
    pictures: Mapping[str, PictureFile]
    folder: Path
    file: Path
    organisation: Checks
    themes: Sequence[Theme]
    inputs: Inputs
    today: dt.date | None = None
    spelling: tuple[str, ...] = ()
    hits: set[Silence] = field(default_factory=set)

    @cached_property
    def levels(self) -> dict[str, Level]:
        """The levels that somebody gave."""
        return levels_of(self.deck.checks, [theme.checks for theme in self.themes], self.organisation)

    @property
    def silences(self) -> list[Silence]:
        """The comments that silence rules, in all files that were read until now."""
        paths = [path for path in self.inputs if path.suffix in (".yaml", ".yml")]
        return [silence for path in paths for silence in self._silences(path)]

    def _silences(self, path: Path) -> list[Silence]:
        if path not in self._read:
            self._read[path] = read_silences(path, shown_path(path))
        return self._read[path]

    @cached_property
    def _read(self) -> dict[Path, list[Silence]]:
        return {}

    def settle(self, problems: Diagnostics) -> None:
        """Brings what was said to the levels that somebody gave."""
        kept, hits = settled(problems, self.levels, self.silences)
        self.hits |= hits
        problems.replace(kept)

    def advise(self, sources: Sequence[Source], problems: Diagnostics, links: bool = False) -> None:
        """Asks all rules of advice, those of slides and pages for each theme."""
        from deckbuilder.checks.advising import Matter, advise

        found: dict[Diagnostic, list[str]] = {}
        for number, source in enumerate(sources):
            said = Diagnostics()
            matter = Matter(
                self.deck,
                self.session,
                self.schedule,
                self.pictures,
                source.theme,
                source.frames,
                self.folder,
                shown_path(self.file),
                tuple(self.inputs),
                documents_of(source),
                self.today,
                links,
                self.spelling,
            )
            advise(matter, said, first=number == 0)
            for problem in said:
                found.setdefault(problem, []).append(source.theme.name)
        problems.extend(_of_themes(problem, names, len(sources)) for problem, names in found.items())

    def placed(self, problems: Iterable[Diagnostic], source: Source | None) -> list[Diagnostic]:
        """The diagnostics with all that is known of their places, slides and pages being those of one theme."""
        documents = documents_of(source) if source else ()
        places = Places(self.deck, source.frames if source else (), documents)
        return places.all(problems)


def set_aside(problems: Diagnostics, notes: Diagnostics | None) -> None:
    """Moves notes to `notes`, or drops them where nobody asks."""
    if notes is not None:
        notes.extend(problem for problem in problems if problem.severity is Severity.NOTE)
    problems.replace([problem for problem in problems if problem.severity is not Severity.NOTE])


def about_silences(looked: Sequence[Examined], whole: bool = True) -> list[Diagnostic]:
    """What is wrong with silences, once everything has been said of all editions of a deck. `whole` False tells that errors
    kept something from being said: what a silence is for may be there then."""
    first, hits = looked[0], set[Silence]().union(*(one.hits for one in looked))
    found = unsettled(first.silences, hits, first.levels)
    if not whole:
        found = [one for one in found if one.code != "silence-unused"]
    kept, _ = settled(found, first.levels, ())
    return kept


def _of_themes(problem: Diagnostic, names: Sequence[str], count: int) -> Diagnostic:
    """What was found in some of several themes, with their names; what is said of the deck alone has none."""
    from deckbuilder.checks.advising import RULES_OF_ADVICE

    of_theme = any(entry.code == problem.code and entry.of_theme for entry in RULES_OF_ADVICE)
    if not of_theme or len(names) == count or "in the theme" in problem.message:
        return problem
    told = f"in the theme {names[0]}" if len(names) == 1 else f"in the themes {', '.join(names[:-1])} and {names[-1]}"
    return replace(problem, message=f"{problem.message}, {told}")


def documents_of(source: Source) -> tuple[Document, ...]:
    """The documents of a source that are set."""
    from deckbuilder.checks.matter import Document

    slides = [slide.identity for _, slide in source.deck.slides()]
    firsts: dict[str, int] = {}
    for frame in source.frames:
        firsts.setdefault(frame.slide.identity, frame.number)
    out = []
    for name, pages in (("handout", source.pages), ("guide", source.guide_pages)):
        if pages is not None:
            marked = {identity: pages.anchors.get(slide_anchor(n)) for n, identity in enumerate(slides, 1)}
            drawn = {identity: pages.thumbnails.get(number) for identity, number in firsts.items()}
            found = {i: page for i, page in (drawn | {i: p for i, p in marked.items() if p}).items() if page}
            out.append(Document(name, pages.count, _sheets(pages, source), pages.rests, found))
    return tuple(out)


def _sheets(pages: SetPages, source: Source) -> int:
    """How many sheets of paper a document takes."""
    per = 4 if source.printing.booklet else 2 if source.printing.duplex else 1
    return -(-pages.count // per)
