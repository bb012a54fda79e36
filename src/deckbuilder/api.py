"""The Python API: `import deckbuilder` offers what is listed here, and loads it when it is first used.

`read`, `arrange` and `build` raise DeckError, which carries every problem found and the files that were read until then;
`check` raises nothing of what an author, a theme or the machine caused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from datetime import date
from os import PathLike
from pathlib import Path

from deckbuilder import arrangement as arranging
from deckbuilder import pipeline
from deckbuilder.arrangement import Arrangement, Content, Order
from deckbuilder.content.deck import GuideLayout
from deckbuilder.content.printing import PrintSettings
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics, Severity
from deckbuilder.examining import documents_of
from deckbuilder.fixing import Fixed, apply_fixes
from deckbuilder.frozen import FrozenDict, dataclass, freeze
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.memory import Memory
from deckbuilder.outputs.catalogue import NAMES
from deckbuilder.planning.choosing import Plan
from deckbuilder.reading.deck import deck_name, open_deck
from deckbuilder.source import Inputs
from deckbuilder.theme.pack import DEFAULT_THEME

__all__ = [
    "Arrangement",
    "Built",
    "Checked",
    "Content",
    "DeckError",
    "Diagnostic",
    "Fixed",
    "Memory",
    "Paper",
    "Plan",
    "PrintSettings",
    "Severity",
    "SlideFrame",
    "arrange",
    "build",
    "check",
    "draw",
    "fix",
    "plan",
    "read",
    "say",
]

Place = str | PathLike[str]


@dataclass(frozen=True)
class Paper:
    """How much paper a document takes: its pages, and the sheets that they are printed on. `slides` are the pages on which slides
    are met, by their identity; `name` is what the files of the edition are called."""

    name: str
    theme: str
    document: str
    pages: int
    sheets: int
    slides: Mapping[str, int] = field(default_factory=FrozenDict)

    def __post_init__(self) -> None:
        freeze(self, "slides")


@dataclass(frozen=True)
class Checked:
    """What checking found: everything there is to say, the files that were read, absolute, and how much paper the documents
    take, theme by theme; none where they could not be set."""

    diagnostics: tuple[Diagnostic, ...]
    inputs: tuple[Path, ...]
    papers: tuple[Paper, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether the deck can be built: there are warnings at most."""
        return all(diagnostic.severity is not Severity.ERROR for diagnostic in self.diagnostics)


@dataclass(frozen=True)
class Built:
    """What was written: `files`, output by output and theme by theme; `diagnostics`, warnings all of them; `inputs`, the files
    that a change in would change them, absolute; and `notes`, advice that can be given before pages are set."""

    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]
    inputs: tuple[Path, ...]
    notes: tuple[Diagnostic, ...] = ()


def read(
    deck: Place, *, session: Place | None = None, variant: str | None = None, language: str | None = None
) -> Content:
    """A deck, given the folder that holds deck.yaml or the file itself, and its session file. `variant` None is the session's,
    or the deck itself; "" is the deck itself. `language` is one that it is translated into."""
    with _recorded() as (problems, inputs):
        opened = open_deck(Path(deck), _path(session), problems, inputs)
        edition = replace(opened.usual, language=language)
        if variant is not None:
            edition = replace(edition, variant=variant or None)
        content = arranging.content_of(opened, edition, problems, inputs)
        problems.raise_if_errors()
    return replace(content, diagnostics=tuple(problems), inputs=tuple(inputs))


def arrange(
    content: Content, *, theme: str = DEFAULT_THEME, printing: PrintSettings | None = None, strict: bool = False
) -> Arrangement:
    """The slides of a deck, arranged for a theme: its name, or its folder. `strict` makes errors of text that is set
    smaller, or goes on over slides."""
    order = Order(content.folder, printing=printing, strict=strict)
    with _recorded() as (problems, inputs):
        arrangement = arranging.arrange(content, theme, order, problems, inputs)
        problems.raise_if_errors()
    return replace(arrangement, diagnostics=tuple(problems), inputs=tuple(inputs))


def check(
    deck: Place,
    *,
    theme: str | Sequence[str] | None = None,
    session: Place | None = None,
    variant: str | Sequence[str] = (),
    language: str | Sequence[str] = (),
    only: Sequence[str] = NAMES,
    printing: PrintSettings | None = None,
    strict: bool = False,
    guide: GuideLayout | None = None,
    today: date | None = None,
    links: bool = False,
    pages: Place | None = None,
) -> Checked:
    """Reads and arranges a deck as `build` does, sets its pages, and writes nothing. Says all that there is to say, notes too,
    each with its place in the file, what stands there, and the slides and pages where it will be met.

    `variant` and `language` name what to look at; unless given, the deck itself and all that it has. `today` is the day by
    which dates are judged, None for not at all; `links` tries addresses, for forty seconds at most. `pages` is a folder for the
    pages that were set, to look at: handout.pdf and guide.pdf, where they could be.
    """
    order = Order(
        Path(deck),
        _names(theme),
        _path(session),
        only=tuple(only),
        printing=printing,
        strict=strict,
        guide=guide,
        today=today,
        variants=_names(variant),
        languages=_names(language),
    )
    inputs = Inputs()
    said, sources = pipeline.examine(order, inputs, links=links, pages=_path(pages))
    papers = tuple(
        Paper(source.name, source.theme.name, document.name, document.pages, document.sheets, document.slides)
        for source in sources
        for document in documents_of(source)
    )
    return Checked(tuple(said), tuple(inputs), papers)


def draw(arrangement: Arrangement, frame: SlideFrame) -> bytes:
    """One of an arrangement's slides as a PDF file of a single page."""
    from deckbuilder.drawn import draw_slide

    return draw_slide(arrangement, frame)


def say(arrangement: Arrangement, frame: SlideFrame) -> str:
    """All that one of an arrangement's slides says, in reading order, on lines: its number and title first."""
    from deckbuilder.drawn import slide_words

    return slide_words(arrangement, frame)


def fix(checked: Checked) -> tuple[Fixed, ...]:
    """Writes the fixes that are safe into the files that were checked, and returns what was done. A file is replaced in one go;
    raises DeckError for one that cannot be written."""
    return tuple(apply_fixes(checked.diagnostics))


def build(
    deck: Place,
    *,
    theme: str | Sequence[str] | None = None,
    session: Place | None = None,
    variant: str | Sequence[str] = (),
    language: str | Sequence[str] = (),
    output: Place = "output",
    only: Sequence[str] = NAMES,
    printing: PrintSettings | None = None,
    notes: bool = True,
    strict: bool = False,
    originals: bool = False,
    guide: GuideLayout | None = None,
    fit_minutes: float | None = None,
    translated: bool = False,
    today: date | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Built:
    """Writes a deck's files to OUTPUT/<deck>/<theme>, all or none.

    `theme` is one or several, each a name or a folder, or "all" for those that come along, None for the variant's or the
    standard one; `variant` one or several of the deck's, or "all", none for the session's or the deck itself;
    `only` names of outputs;
    `printing` None leaves it to session and theme; `notes` False leaves speaker notes out of the deck; `strict` makes
    errors of text that is set smaller, or goes on over slides; `originals` keeps pictures in the deck as large as their
    files; `guide` is the guide's layout, None for what deck and theme say; `fit_minutes`
    leaves out what there is no time for, as `plan` tells; `language` one or several that the deck is translated into, or
    "all", none for its own, and `translated` makes errors of texts that are not. `today` is the day by which dates
    are judged, None for not at all. `progress` is told each step.
    """
    order = Order(
        Path(deck),
        _names(theme),
        _path(session),
        Path(output),
        tuple(only),
        printing,
        notes,
        strict,
        originals,
        guide,
        today,
        _names(variant),
        fit_minutes,
        _names(language),
        translated,
    )
    said = Diagnostics()
    with _recorded() as (problems, inputs):
        files = pipeline.build(order, problems, progress, inputs, said)
    return Built(tuple(files), tuple(problems), tuple(inputs), tuple(said))


def plan(
    deck: Place, minutes: float, *, session: Place | None = None, variant: str | Sequence[str] = ()
) -> Mapping[str, Plan]:
    """What is left out so that a deck takes so many minutes, breaks included, and what that means; for each variant that is
    asked for, by what its files are called. Nothing is built; a plan that the musts do not fit says by how much they are over.
    """
    from deckbuilder.editions import asked
    from deckbuilder.planning import make_plan

    out: dict[str, Plan] = {}
    with _recorded() as (problems, inputs):
        opened = open_deck(Path(deck), _path(session), problems, inputs)
        for edition in asked(Order(Path(deck), variants=_names(variant)), opened):
            content = arranging.content_of(opened, edition, problems, inputs)
            name = replace(edition, minutes=minutes).named(deck_name(Path(deck)))
            out[name] = make_plan(content.deck, content.session, minutes)
        problems.raise_if_errors()
    return FrozenDict(out)


@contextmanager
def _recorded() -> Iterator[tuple[Diagnostics, Inputs]]:
    """What is said and read meanwhile; an error carries all of it."""
    problems, inputs = Diagnostics(), Inputs()
    try:
        yield problems, inputs
    except DeckError as error:
        problems.extend(error.diagnostics)
        raise DeckError(problems, tuple(inputs)) from error


def _path(place: Place | None) -> Path | None:
    return None if place is None else Path(place)


def _names(given: str | Sequence[str] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given or ())
