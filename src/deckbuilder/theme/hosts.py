"""What a theme has of a corporate template: the layouts that its own stand on, and the file itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from deckbuilder.frozen import dataclass
from deckbuilder.theme.color import Color, Palette
from deckbuilder.theme.scenery import Scenery
from deckbuilder.units import Rect

if TYPE_CHECKING:
    from deckbuilder.theme.roles import LayoutRole
    from deckbuilder.theme.theme import SlideLayout

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Foot:
    """A corporate template's date ("dt"), footer ("ftr") or slide number ("sldNum") on a layout."""

    kind: Literal["dt", "ftr", "sldNum"]
    index: int
    rect: Rect
    align: Align


@dataclass(frozen=True, slots=True)
class Host:
    """The layout of a corporate template that a slide layout is, or is made of: its part in the template, and its
    name. `native` tells that slides use it as it is; else they use a copy with other placeholders. `scenery` is
    what it draws behind them, `palette` its master's colours, by use; `mapping` is the colour map that slides
    have to say, empty where it is the master's. `bullet` and `link` are the colours of list markers and links."""

    part: str
    name: str
    native: bool
    scenery: Scenery
    palette: Palette
    feet: tuple[Foot, ...]
    mapping: tuple[tuple[str, str], ...]
    bullet: Color
    link: Color

    def align(self, kind: str) -> Align:
        """How date, footer or slide number are aligned."""
        return next((f.align for f in self.feet if f.kind == kind), "left")


@dataclass(frozen=True)
class Choice:
    """Which of a template's layouts was chosen for a role, told in `said` line by line: what for, by what score, what came
    next, and what to write to have another. `theirs` is that layout as the template has it. `found` tells that it is one for the
    role, not merely what the role's slides are made of; `note` are its score and the runner-up's."""

    role: LayoutRole
    said: tuple[str, ...]
    theirs: SlideLayout
    found: bool
    note: str


@dataclass(frozen=True)
class Corporate:
    """A corporate template: its file, its bytes, and the faces that its layouts name for headings and text, where
    these are not its theme's own ("" where they are). `served` says in plain
    words which role each layout serves, `notes` what could not be used; `choose` makes what shows it, which few ask for."""

    path: Path
    data: bytes
    faces: tuple[str, str]
    served: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    choose: Callable[[], tuple[Choice, ...]] = tuple

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """For each role the template's layout beside what was made of it."""
        return self.choose()
