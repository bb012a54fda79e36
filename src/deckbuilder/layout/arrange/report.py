"""What arranging has to say about slides that do not fit."""

from __future__ import annotations

import math
import re
from typing import Any

from deckbuilder.content.data import TableSlide
from deckbuilder.content.deck import Deck
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.leaves import leaves
from deckbuilder.content.text import Text
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.layout.arrange.draft import Fields, Words
from deckbuilder.layout.fit import height_at_floor
from deckbuilder.layout.frame import TableItem, TextItem
from deckbuilder.layout.measure import measure_text
from deckbuilder.layout.table import TooHigh, TooWide
from deckbuilder.source import Position
from deckbuilder.theme.roles import PlaceholderRole
from deckbuilder.theme.styles import TextStyle
from deckbuilder.theme.theme import Theme
from deckbuilder.units import Rect

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")  # of a field's path: down[1], sides[0].text


class Reporter:
    """Turns what does not fit into diagnostics. `strict` makes errors of what fits only after a
    remedy: smaller text, further slides. Some texts on slides are the `deck`'s own."""

    def __init__(self, problems: Diagnostics, strict: bool, deck: Deck) -> None:
        self.problems = problems
        self.strict = strict
        self.deck = deck

    def overflow(
        self,
        role: PlaceholderRole,
        words: Words,
        style: TextStyle,
        rect: Rect,
        slide: AnySlide,
        theme: Theme,
        fields: Fields = (),
    ) -> None:
        """Text that fits no slide at its smallest size, made of those fields of the slide. What is one of several in a field, as
        a matrix's labels are, is told at its own place."""
        needed = height_at_floor(words, style, rect.width, theme)
        floor = style.levels[0].floor
        wide = measure_text(words, style.scaled(style.smallest), rect.width, theme)
        if wide.overfull:
            self.problems.error(
                "text-does-not-fit",
                f"a formula in the {role.spoken} of this {slide.kind} slide is wider than its place, even at {floor:g} pt",
                slide.at,
                r"write it as two, or over several lines: \begin{aligned} a &= b \\ &+ c \end{aligned}",
            )
            return
        count = sum(len(run.text.split()) for p in words for run in p.runs)
        over = max(1, math.ceil(count * (1 - rect.height / needed))) if needed else 1
        self.problems.error(
            "text-does-not-fit",
            f"the {role.spoken} of this {slide.kind} slide does not fit, even at {floor:g} pt",
            _numbered(slide, fields)
            or self._place_of(slide, "\n".join("".join(run.text for run in p.runs) for p in words)),
            f"make its {count} words about {over} fewer" if over < count else "use shorter words",
        )

    def picture_left_out(self, slide: AnySlide, layout: str) -> None:
        """A picture that a corporate template's layout has no room for."""
        self.problems.warning(
            "picture-left-out",
            f"the template's layout '{layout}' has no room for this {slide.kind} slide's picture, which is left out",
            slide.at,
            "show it on a slide of its own, of kind: picture; or name another layout for covers in the theme's 'template'",
        )

    def table(self, slide: TableSlide, error: TooWide | TooHigh, style: TextStyle) -> None:
        """A table that fits no slide."""
        floor = style.levels[0].floor
        if isinstance(error, TooWide):
            self.problems.error(
                "table-does-not-fit",
                f"this table's {len(slide.header)} columns are {error.over:.0f} points wider than the slide, "
                f"even at {floor:g} pt",
                slide.at,
                "use fewer columns or shorter words, or make two tables of it",
            )
            return
        row = slide.rows[error.row - 1] if error.row else slide.header
        at = next((cell.at for cell in row if cell.at), slide.at)
        which = f"row {error.row}" if error.row else "the header row"
        self.problems.error(
            "table-does-not-fit",
            f"{which} of this table is higher than a slide, even at {floor:g} pt",
            at,
            "shorten its longest cell",
        )

    def notes(self, slide: AnySlide) -> None:
        """Notes with a word that is longer than a notes page: they are cut off where they are printed."""
        self.problems.warning(
            "notes-cut-off",
            "the notes of this slide are higher than a page, and are cut off in print",
            slide.at,
            "a word in them is as long as a page: put spaces into it",
        )

    def shrunk(self, item: TextItem | TableItem, slide: AnySlide) -> None:
        """Text that fits only in a smaller size than the theme's; an error where that is not wanted."""
        texts = [item.text] if isinstance(item, TextItem) else [cell for row in item.rows for cell in row]
        if not self.strict or not any(text.shrunk for text in texts):
            return
        theirs = item.placeholder.style.levels[0].size
        ours = texts[0].style.levels[0].size
        words = sum(len(text.plain.split()) for text in texts)
        fewer = max(1, round(words * (1 - (ours / theirs) ** 2)))
        self.problems.error(
            "text-set-smaller",
            f"the {item.placeholder.role.spoken} of this {slide.kind} slide fits only at {ours:g} pt "
            f"instead of {theirs:g} (fit: strict)",
            self._place_of(slide, "\n".join(text.plain for text in texts)),
            f"make its {words} words about {fewer} fewer",
        )

    def continued(self, slide: AnySlide, count: int) -> None:
        """Content that goes on over several slides; an error where that is not wanted."""
        if self.strict:
            self.problems.error(
                "slide-goes-on",
                f"this {slide.kind} slide takes {count} slides (fit: strict)",
                slide.at,
                "shorten it, or make several slides of it",
            )

    def _place_of(self, slide: AnySlide, words: str) -> Position | None:
        """Where the words of a slide were written, where that is another file than the slide's own, such as a translation: the
        place of the longest text that is in them; of the deck's own, or a section's, where it is none of the slide's. Else
        the slide's."""
        own = slide.at.file if slide.at else None
        around = (text for part in (self.deck, *self.deck.sections) for text in leaves(part, ("sections", "slides")))
        for found in (leaves(slide), around):
            elsewhere = [
                text
                for text, _, _ in found
                if isinstance(text, Text) and text.at and text.at.file != own and text.plain and text.plain in words
            ]
            if elsewhere:
                return max(elsewhere, key=lambda text: len(text.plain)).at
        return slide.at


def _numbered(slide: AnySlide, fields: Fields) -> Position | None:
    """Where the longest text of fields with a number was written; None where they have none."""
    found: list[Text] = []
    for name in fields:
        if "[" not in name:
            continue
        value: Any = slide
        for part, number in _STEP.findall(name):
            value = getattr(value, part)
            value = value[int(number)] if number else value
        found += [value] if isinstance(value, Text) else []
        found += [text for text, _, _ in leaves(value) if isinstance(text, Text)] if isinstance(value, tuple) else []
    told = [text for text in found if text.at and text.plain]
    return max(told, key=lambda text: len(text.plain)).at if told else None
