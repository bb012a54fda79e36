"""What a kind of slide wants: contents for the roles of a layout, nothing measured yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.pictures import Picture
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.content.slides import AnySlide, PrincipleSlide
from deckbuilder.content.text import Paragraph, Text
from deckbuilder.labels import Labels
from deckbuilder.layout.frame import QrCode
from deckbuilder.theme.theme import ShapeKind
from deckbuilder.units import Rect

Words = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class ShapeDraft:
    """A native shape, with text in a style of the theme if `words` are given."""

    name: str
    shape: ShapeKind
    rect: Rect
    fill: str
    words: Words = ()
    text_color: str = "ink"


@dataclass(frozen=True)
class Draft:
    """A slide before layout.

    `layout` is the role of a slide layout; `texts` and `pictures` fill its placeholders by
    role. Texts whose role is in `flow` may go on over further slides; the others are shown
    on each. `whole` roles show their picture uncropped, `filled` ones cropped, whatever its format.
    """

    layout: str
    title: Text
    texts: dict[str, Words] = field(default_factory=dict)
    pictures: dict[str, Picture | QrCode] = field(default_factory=dict)
    flow: tuple[str, ...] = ("body",)
    shapes: tuple[ShapeDraft, ...] = ()
    filled: frozenset[str] = frozenset()
    asks: bool = False


@dataclass(frozen=True)
class Scene:
    """What surrounds a slide while it is drafted."""

    deck: Deck
    section: Section
    section_number: int
    session: Session | None
    schedule: Schedule
    labels: Labels
    principle_number: Callable[[PrincipleSlide], int]


Drafter = Callable[[AnySlide, Scene], Draft]
