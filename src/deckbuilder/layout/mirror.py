"""Decks that run from right to left: frames and layouts as their readers have them.

Everything is arranged as if it ran from left to right, and mirrored at the very end: so no kind of slide, no theme and
no remedy for long texts has to know of it. What stood at the left then stands at the right, arrows point the other way,
text begins at the right edge, and columns follow one another from there. Pictures, logos and charts' pies are not turned round:
they show what they show. A corporate template keeps its places, which its designer chose, with what stands in them
in the other order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from deckbuilder.languages import Language
from deckbuilder.layout.frame import Item, LaidText, PictureItem, SlideFrame, TableItem, TextItem
from deckbuilder.theme.hosts import Align
from deckbuilder.theme.styles import TextStyle
from deckbuilder.theme.theme import Art, Placeholder, ShapeKind, SlideLayout, Theme
from deckbuilder.units import Insets, Rect

_OTHER_SIDE: dict[Align, Align] = {"left": "right", "center": "center", "right": "left"}
_OTHER_WAY: dict[ShapeKind, ShapeKind] = {"chevron": "left-chevron", "first-chevron": "first-left-chevron"}
_GLYPHS = {"“": "”", "‘": "’", "«": "»", "‹": "›", "(": ")", "→": "←"}
_ARABIC_GLYPHS = {"?": "؟"}
_SAME = 1.0  # points by which places may differ that are each other's mirror images


class Mirror:
    """Mirrors what is arranged for a theme; layouts once each, so that slides go on sharing them. Without `theme.right_to_left`
    it is not to be asked."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.glyphs = _GLYPHS | (_ARABIC_GLYPHS if Language(theme.language).script == "Arab" else {})
        # By identity, with what it belongs to, so that nothing takes its place.
        self._layouts: dict[int, tuple[SlideLayout, SlideLayout, dict[int, Placeholder]]] = {}

    def layout(self, layout: SlideLayout) -> SlideLayout:
        """The layout with its places mirrored."""
        return self._mirrored(layout)[0]

    def frame(self, frame: SlideFrame) -> SlideFrame:
        """The frame on the mirrored layout, its items still in reading order."""
        layout, places = self._mirrored(frame.layout)
        return replace(
            frame,
            layout=layout,
            items=tuple(_item(item, places[item.placeholder.index], layout.host is not None) for item in frame.items),
            footer=frame.footer and _foot(frame.footer, layout),
            notes=frame.notes and _laid(frame.notes),
        )

    def _mirrored(self, layout: SlideLayout) -> tuple[SlideLayout, dict[int, Placeholder]]:
        """The layout mirrored, and its places by the index that each had before."""
        if (known := self._layouts.get(id(layout))) is None:
            made = self._hosted(layout) if layout.host else self._own(layout)
            known = self._layouts[id(layout)] = (layout, *made)
        return known[1:]

    def _own(self, layout: SlideLayout) -> tuple[SlideLayout, dict[int, Placeholder]]:
        """A layout of a theme's own: all of it, about the slide's middle."""
        axis = self.theme.width / 2
        places = {p.index: _placeholder(p, axis) for p in layout.placeholders}
        mirrored = replace(
            layout,
            placeholders=tuple(places.values()),
            art=tuple(self._art(art, axis) for art in layout.art),
            footer=layout.footer and _about(layout.footer, axis),
            date=layout.date and _about(layout.date, axis),
            number=layout.number and _about(layout.number, axis),
            placed_logos=tuple(replace(logo, rect=_about(logo.rect, axis)) for logo in layout.placed_logos),
            rtl=True,
        )
        return mirrored, places

    def _hosted(self, layout: SlideLayout) -> tuple[SlideLayout, dict[int, Placeholder]]:
        """A layout on a corporate template: within what its places take up, so that nothing comes to lie on the template's
        marks. Where slides use the template's layout as it is, only places change that are each other's mirror images."""
        assert layout.host is not None
        title = next((p for p in layout.placeholders if p.type == "title"), None)
        others = [p for p in layout.placeholders if p is not title]
        boxes = [p.rect for p in others] + [self._ink(art) for art in layout.art]
        boxes = boxes or [p.rect for p in layout.placeholders]
        axis = (min(r.x for r in boxes) + max(r.right for r in boxes)) / 2
        if layout.host.native:
            places = {p.index: _restyled(_partner(p, others, axis), p) for p in layout.placeholders}
            return replace(layout, placeholders=tuple(places.values()), rtl=True), places
        if title and any(_overlap(title.rect, _about(p.rect, axis)) for p in others):
            # It stands beside something, and changes sides with that.
            others = list(layout.placeholders)
            boxes.append(title.rect)
            axis = (min(r.x for r in boxes) + max(r.right for r in boxes)) / 2
        places = {
            p.index: _placeholder(p, axis, hosted=True) if p in others else _restyled(p, p) for p in layout.placeholders
        }
        art = tuple(self._art(art, axis) for art in layout.art)
        return replace(layout, placeholders=tuple(places.values()), art=art, rtl=True), places

    def _art(self, art: Art, axis: float) -> Art:
        if art.shape != "glyph":
            return replace(art, shape=_OTHER_WAY.get(art.shape, art.shape), rect=_about(art.rect, axis))
        rect = _about(self._ink(art), axis)
        return replace(art, rect=replace(rect, width=art.rect.width), glyph=self.glyphs.get(art.glyph, art.glyph))

    def _ink(self, art: Art) -> Rect:
        """Where it is seen: a character begins at the left edge of its box, which is wider."""
        if art.shape != "glyph":
            return art.rect
        fonts = self.theme.fonts.pieces(art.glyph, self.theme.heading)
        return replace(art.rect, width=sum(face.width(part, art.size) for face, part in fonts))


def mirrored_theme(theme: Theme, language: str) -> Theme:
    """The theme as decks in a language have it: its layouts mirrored where that runs from right to left, else itself."""
    named = theme.spoken(language)
    if not named.right_to_left:
        return theme
    mirror = Mirror(named)
    return replace(named, layouts={role: mirror.layout(layout) for role, layout in theme.layouts.items()})


def mirrored_frames(frames: Iterable[SlideFrame], theme: Theme) -> list[SlideFrame]:
    """The frames as decks in the theme's language have them: as they are, or mirrored."""
    if not theme.right_to_left:
        return list(frames)
    mirror = Mirror(theme)
    return [mirror.frame(frame) for frame in frames]


def _about(rect: Rect, axis: float) -> Rect:
    return replace(rect, x=2 * axis - rect.right)


def _overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.right - _SAME
        and other.x < one.right - _SAME
        and one.y < other.bottom - _SAME
        and other.y < one.bottom - _SAME
    )


@cache
def _style(style: TextStyle, hosted: bool) -> TextStyle:
    """The style for text that begins at the right. What a template's designer set flush right stays so."""
    align = "right" if hosted and style.align == "left" else style.align if hosted else _OTHER_SIDE[style.align]
    return replace(style, align=align, rtl=True)


def _laid(text: LaidText, hosted: bool = False) -> LaidText:
    return replace(text, style=_style(text.style, hosted))


def _foot(text: LaidText, layout: SlideLayout) -> LaidText:
    """A footer, which a template has where and as it has it."""
    return replace(text, style=replace(text.style, rtl=True)) if layout.host else _laid(text)


def _restyled(place: Placeholder, given: Placeholder) -> Placeholder:
    """A template's place, for what was in the given one: only its text begins at the right."""
    current = given.current and (_style(given.current[0], True), given.current[1])
    return replace(place, role=given.role, style=_style(given.style, True), current=current)


def _placeholder(place: Placeholder, axis: float, hosted: bool = False) -> Placeholder:
    insets = place.insets
    return replace(
        place,
        rect=_about(place.rect, axis),
        style=_style(place.style, hosted),
        shape=_OTHER_WAY.get(place.shape, place.shape),
        insets=Insets(insets.right, insets.top, insets.left, insets.bottom),
        current=place.current and (_style(place.current[0], hosted), place.current[1]),
    )


def _partner(place: Placeholder, others: Iterable[Placeholder], axis: float) -> Placeholder:
    """The place that is the mirror image of this one, of the same kind and with the same looks; itself where there is none."""
    wanted = _about(place.rect, axis)
    for other in others:
        same = (other.type, other.kind, other.style, other.anchor, other.fill) == (
            place.type,
            place.kind,
            place.style,
            place.anchor,
            place.fill,
        )
        near = all(
            abs(a - b) <= _SAME
            for a, b in (
                (wanted.x, other.rect.x),
                (wanted.y, other.rect.y),
                (wanted.right, other.rect.right),
                (wanted.bottom, other.rect.bottom),
            )
        )
        if same and near:
            return other
    return place


def _item(item: Item, place: Placeholder, hosted: bool) -> Item:
    match item:
        case TextItem():
            return replace(item, placeholder=place, text=_laid(item.text, hosted))
        case PictureItem():
            left, top, right, bottom = item.crop
            # A picture shown whole stands at the outer edge of its place, which is the other one now.
            whole = left <= 0 and right <= 0
            return replace(item, placeholder=place, crop=(right, top, left, bottom) if whole else item.crop)
        case TableItem():
            return replace(item, placeholder=place, rows=tuple(tuple(map(_cell, row)) for row in item.rows))
        case _:
            return replace(item, placeholder=place)


def _cell(cell: LaidText) -> LaidText:
    """A cell begins at the right; numbers end there as before, so that their digits stand below one another."""
    return _laid(cell, hosted=True)
