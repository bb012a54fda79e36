"""The Python API: `import deckbuilder` offers what is listed here, and loads it when it is first used.

`read`, `arrange` and `build` raise DeckError, which carries every problem found and the files that were read until then;
`check` raises nothing of what an author, a theme or the machine caused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from deckbuilder import arrangement as arranging
from deckbuilder import pipeline
from deckbuilder.arrangement import Arrangement, Content, Order
from deckbuilder.content.deck import GuideLayout
from deckbuilder.content.printing import PrintSettings
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics, Severity
from deckbuilder.outputs.catalogue import NAMES
from deckbuilder.source import Inputs
from deckbuilder.theme.pack import DEFAULT_THEME

__all__ = [
    "Arrangement",
    "Built",
    "Checked",
    "Content",
    "DeckError",
    "Diagnostic",
    "PrintSettings",
    "Severity",
    "arrange",
    "build",
    "check",
    "read",
]

Place = str | PathLike[str]


@dataclass(frozen=True)
class Checked:
    """What checking found: everything there is to say, and the files that were read, absolute."""

    diagnostics: tuple[Diagnostic, ...]
    inputs: tuple[Path, ...]

    @property
    def usable(self) -> bool:
        """Whether the deck can be built: there are warnings at most."""
        return all(diagnostic.severity is not Severity.ERROR for diagnostic in self.diagnostics)


@dataclass(frozen=True)
class Built:
    """What was written: `files`, output by output and theme by theme; `diagnostics`, warnings all of them; and
    `inputs`, the files that a change in would change them, absolute."""

    files: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]
    inputs: tuple[Path, ...]


def read(deck: Place, *, session: Place | None = None) -> Content:
    """A deck, given the folder that holds deck.yaml or the file itself, and its session file."""
    with _recorded() as (problems, inputs):
        content = arranging.read(Path(deck), _path(session), problems, inputs)
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
    theme: str | Sequence[str] = DEFAULT_THEME,
    session: Place | None = None,
    only: Sequence[str] = NAMES,
    printing: PrintSettings | None = None,
    strict: bool = False,
) -> Checked:
    """Reads and arranges a deck as `build` does, and writes nothing."""
    order = Order(Path(deck), _themes(theme), _path(session), only=tuple(only), printing=printing, strict=strict)
    try:
        with _recorded() as (problems, inputs):
            pipeline.prepare(order, problems, inputs=inputs)
    except DeckError as error:
        return Checked(tuple(error.diagnostics), error.inputs)
    return Checked(tuple(problems), tuple(inputs))


def build(
    deck: Place,
    *,
    theme: str | Sequence[str] = DEFAULT_THEME,
    session: Place | None = None,
    output: Place = "output",
    only: Sequence[str] = NAMES,
    printing: PrintSettings | None = None,
    notes: bool = True,
    strict: bool = False,
    originals: bool = False,
    guide: GuideLayout | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Built:
    """Writes a deck's files to OUTPUT/<deck>/<theme>, all or none.

    `theme` is one or several, each a name or a folder, or "all" for those that come along; `only` names of outputs;
    `printing` None leaves it to session and theme; `notes` False leaves speaker notes out of the deck; `strict` makes
    errors of text that is set smaller, or goes on over slides; `originals` keeps pictures in the deck as large as their
    files; `guide` is the guide's layout, None for what deck and theme say. `progress` is told each step.
    """
    order = Order(
        Path(deck),
        _themes(theme),
        _path(session),
        Path(output),
        tuple(only),
        printing,
        notes,
        strict,
        originals,
        guide,
    )
    with _recorded() as (problems, inputs):
        files = pipeline.build(order, problems, progress, inputs)
    return Built(tuple(files), tuple(problems), tuple(inputs))


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


def _themes(theme: str | Sequence[str]) -> tuple[str, ...]:
    return (theme,) if isinstance(theme, str) else tuple(theme)
