"""What a kind of slide wants: contents for the roles of a layout, nothing measured yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from deckbuilder.content.data import ChartSlide, TableSlide
from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.pictures import Picture, PictureFile
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.content.slides import Link, PrincipleSlide
from deckbuilder.content.text import Paragraph, Text
from deckbuilder.frozen import dataclass
from deckbuilder.labels import Labels
from deckbuilder.layout.frame import Item, LaidText, QrCode
from deckbuilder.layout.table import LaidTable
from deckbuilder.theme.roles import BODY, TITLE, LayoutRole, PlaceholderRole
from deckbuilder.theme.theme import SlideLayout

Words = tuple[Paragraph, ...]
Fields = tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """A slide before layout. `kicker` is what stands small above its title, None for what the deck makes of it.

    `layout` is the role of the slide layout; `texts`, `pictures`, `table` and `chart` fill its
    placeholders by role. Texts whose role is in `flow` may go on over further slides; the others
    are shown on each. `filled` roles show their picture cropped, whatever it is, `whole` ones all of it,
    `mostly` ones all where cropping would leave too little; `current`
    roles have the look that says "here we are", and pictures in `links` lead somewhere when
    clicked. `alternatives` are other arrangements of the same content, each a slide or several, in
    the order in which they are to be tried when it does not fit, or its picture would be small where it is to be
    `large`. `asks` tells that the slide's questions are in its text.
    `fields` are, by role, the fields of the slide that its content is made of, in order, those that are empty as well;
    fields of the deck, the section and the session are written `deck.title`, `section.text`, `session.date`. What the
    program adds has none.
    """

    layout: LayoutRole
    title: Text
    texts: dict[PlaceholderRole, Words] = field(default_factory=dict)
    pictures: dict[PlaceholderRole, Picture | QrCode] = field(default_factory=dict)
    table: TableSlide | None = None
    chart: ChartSlide | None = None
    flow: tuple[PlaceholderRole, ...] = (BODY,)
    filled: frozenset[PlaceholderRole] = frozenset()
    whole: frozenset[PlaceholderRole] = frozenset()
    mostly: frozenset[PlaceholderRole] = frozenset()
    current: frozenset[PlaceholderRole] = frozenset()
    links: dict[PlaceholderRole, Link] = field(default_factory=dict)
    alternatives: tuple[tuple[Draft, ...], ...] = ()
    kicker: Text | None = None
    large: bool = False
    asks: bool = False
    fields: Mapping[PlaceholderRole, Fields] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """What surrounds a slide while it is drafted. `pictures` are the deck's files by name,
    `imprint` the theme's lines for the end."""

    deck: Deck
    section: Section
    section_number: int
    session: Session | None
    schedule: Schedule
    labels: Labels
    pictures: Mapping[str, PictureFile]
    principle_number: Callable[[PrincipleSlide], int]
    imprint: tuple[str, ...] = ()


@dataclass(frozen=True)
class Laid:
    """What one slide shows: texts by role, and rows of a table (None without one), those of its
    slide number `nth`, counted from 0."""

    texts: dict[PlaceholderRole, LaidText]
    table: LaidTable | None
    nth: int


@dataclass(frozen=True)
class Part:
    """A frame but for its number, its title and its notes, which depend on the others: a draft in a layout, as measured.
    `items` are made of these last of all."""

    slide: AnySlide
    section: int
    layout: SlideLayout
    draft: Draft
    laid: Laid
    items: tuple[Item, ...] = ()
    part: int = 1
    parts: int = 1

    @property
    def title(self) -> Text:
        return self.draft.title

    @property
    def fields(self) -> Fields:
        """The fields that all it shows is made of, a question for a title included."""
        return tuple(name for item in self.items for name in item.fields) + tuple(self.draft.fields.get(TITLE, ()))
