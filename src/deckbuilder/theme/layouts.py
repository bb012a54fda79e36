"""From what a theme says to text styles and slide layouts: columns repeated, bands added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.source import position_of
from deckbuilder.theme.color import Color
from deckbuilder.theme.roles import KICKER, QUESTION, LayoutRole, PlaceholderRole
from deckbuilder.theme.specs import (
    ArtSpec,
    Boxed,
    ColumnsSpec,
    LayoutSpec,
    OpeningsSpec,
    StyleSpec,
    TableSpec,
    ThemeSpec,
)
from deckbuilder.theme.styles import FontSlot, LevelStyle, TextStyle
from deckbuilder.theme.theme import Art, Openings, PageRule, Placeholder, ShapeKind, SlideLayout, TableLook
from deckbuilder.units import Rect

_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_BAND_GAP = 12.0  # points between a question's band and what stands above it
_KICKER_INDEX = 61
_BAND_INDEX = 60  # above every index that a layout's own placeholders get


class Builder:
    """Specs to styles and layouts; names that lead nowhere are reported."""

    def __init__(
        self, spec: ThemeSpec, colors: dict[str, Color], problems: Diagnostics, figures: FontSlot = "body"
    ) -> None:
        self.spec = spec
        self.colors = colors
        self.figures = figures
        self.problems = problems

    def color(self, name: str | None) -> Color | None:
        if name is None:
            return None
        if name not in self.colors:
            self.problems.error(
                "unknown-color", f"there is no colour '{name}'", position_of(name), did_you_mean(name, self.colors)
            )
            return Color("dk1")
        return self.colors[name]

    def _ink(self, name: str) -> Color:
        return self.color(name) or Color("dk1")

    def style(self, name: str, spec: StyleSpec) -> TextStyle:
        levels = tuple(
            LevelStyle(
                font=self.figures if level.font == "figures" else level.font,
                size=float(level.size),
                floor=float(min(level.floor, level.size)),
                color=self._ink(level.color),
                bold=level.bold,
                italic=level.italic,
                spacing=level.spacing,
                before=level.before,
                bullet=level.bullet,
                indent=level.indent,
                hanging=level.hanging,
                numbers=level.numbers,
                tab=level.tab,
            )
            for level in spec.levels
        )
        return TextStyle(
            name,
            levels,
            spec.tie,
            spec.even,
            spec.align,
            spec.plain,
            largest=spec.largest,
            unbroken=spec.unbroken,
        )

    def table(self, spec: TableSpec) -> TableLook:
        return TableLook(
            self._ink(spec.head),
            self._ink(spec.head_text),
            self._ink(spec.text),
            self._ink(spec.stripe),
            self._ink(spec.line),
        )

    def openings(self, spec: OpeningsSpec) -> Openings:
        above, below = (
            tuple(PageRule(self._ink(rule.color), rule.thickness, rule.width) for rule in rules)
            for rules in (spec.above, spec.below)
        )
        return Openings(above, below)

    def layouts(self, styles: dict[str, TextStyle]) -> dict[LayoutRole, SlideLayout]:
        """Every layout by role: those with columns once for each count, those with a band a second
        time, with room for a question."""
        out: dict[LayoutRole, SlideLayout] = {}
        for words, spec in self.spec.layouts.items():
            role = LayoutRole.parse(words)
            if spec.columns is None:
                out[role] = self._layout(role, spec.name, spec, None, 1, styles)
                continue
            for count in range(spec.columns.counts[0], spec.columns.counts[1] + 1):
                name = spec.name.replace("{n}", _COUNTS[count])
                counted = role.counted(count)
                out[counted] = self._layout(counted, name, spec, spec.columns, count, styles)
        return out | {role.banded: self._banded(layout, styles) for role, layout in out.items() if layout.band}

    def _layout(
        self,
        role: LayoutRole,
        name: str,
        spec: LayoutSpec,
        columns: ColumnsSpec | None,
        count: int,
        styles: dict[str, TextStyle],
    ) -> SlideLayout:
        placeholders = self._placeholders(spec, columns, count, styles)
        footer = self.spec.footer
        line, date, number = (None, None, None) if spec.footer == "none" else (footer.box, footer.date, footer.number)
        if line and spec.footer == "narrow":
            left = next((p.rect.x for p in placeholders if p.type == "title"), line.x)
            line = Rect(left, line.y, footer.date.x - left - 12, line.height)
        if line and number and spec.footer == "beside":  # a picture takes the rest
            title = next(p.rect for p in placeholders if p.type == "title")
            number = replace(number, x=title.right - number.width)
            line, date = replace(line, x=title.x, width=number.x - title.x - 12), None
        return SlideLayout(
            role=role,
            name=name,
            background=self._ink(spec.background),
            placeholders=tuple(placeholders),
            art=tuple(self._art(spec.art, columns, count)),
            footer=line,
            date=date,
            number=number,
            footer_color=self.colors["on-deep-soft" if spec.footer == "dark" else "muted"],
            dark=spec.background == "deep",
            band=spec.band,
            spare=columns is not None or spec.spare,
        )

    def _placeholders(
        self, spec: LayoutSpec, columns: ColumnsSpec | None, count: int, styles: dict[str, TextStyle]
    ) -> list[Placeholder]:
        """In reading order, which is the order they are written in; columns one after another."""
        given = [(PlaceholderRole.parse(words), p) for words, p in spec.placeholders.items()]
        kicker = self.spec.kicker
        if kicker is None:
            given = [(role, p) for role, p in given if role != KICKER]
        first = next((n for n, (_, p) in enumerate(given) if p.each), len(given))
        wanted = [(role, p, p.box, 0) for role, p in given[:first]]
        for n in range(count if first < len(given) else 0):
            wanted += [(r.nth(n + 1), p, _in_column(p, columns, n, count), n) for r, p in given if p.each]
        wanted += [(role, p, p.box, 0) for role, p in given[first:] if not p.each]
        out = []
        # Index 0 is the title's; 10 to 12 are date, footer and number by custom, so ours start at 13.
        for index, (role, p, box, column) in enumerate(wanted, 13):
            style, current = self._style(p.style, styles), None
            if p.current:
                current = (self._style(p.current.style, styles), self._ink(p.current.fill))
            number = 0 if p.type == "title" else index
            shape: ShapeKind = ("chevron" if column else "first-chevron") if p.shape == "track" else p.shape
            out.append(
                Placeholder(role, p.type, number, box, style, p.anchor, shape, self.color(p.fill), p.insets, current)
            )
        title = next((p for p in out if p.type == "title"), None)
        if kicker and title and title.style.name == "title" and all(p.role != KICKER for p in out):
            box = Rect(
                title.rect.x,
                title.rect.y - kicker.lift,
                min(kicker.right, title.rect.right) - title.rect.x,
                kicker.height,
            )
            style = self._style(kicker.style, styles)
            out.insert(out.index(title) + 1, Placeholder(KICKER, "body", _KICKER_INDEX, box, style))
        return out

    def _style(self, name: str, styles: dict[str, TextStyle]) -> TextStyle:
        if name not in styles:
            self.problems.error(
                "unknown-style", f"there is no text style '{name}'", position_of(name), did_you_mean(name, styles)
            )
            return next(iter(styles.values()))
        return styles[name]

    def _art(self, specs: Iterable[ArtSpec], columns: ColumnsSpec | None, count: int) -> Iterator[Art]:
        for a in specs:
            boxes = [a.box] if not a.each else [_in_column(a, columns, n, count) for n in range(count)]
            for box in boxes:
                yield Art(a.shape, box, self.color(a.fill), self.color(a.line), a.width, a.glyph, a.size)

    def _banded(self, layout: SlideLayout, styles: dict[str, TextStyle]) -> SlideLayout:
        """The layout with room for a question below: what reaches into the band ends above it."""
        band = self.spec.band
        limit = band.box.y - _BAND_GAP
        low = max((p.rect.bottom for p in layout.placeholders if p.type != "title"), default=limit)
        lift = max(0.0, low - limit)
        left = min(p.rect.x for p in layout.placeholders if p.type == "title")
        shift = max(0.0, left - band.box.x)

        def moved(rect: Rect) -> Rect:
            if rect.bottom <= limit:
                return rect
            if rect.y + lift > limit:  # a caption: keeps its height
                return Rect(rect.x, rect.y - lift, rect.width, rect.height)
            return rect.with_bottom(min(limit, rect.bottom - lift) if rect.bottom < low else limit)

        def narrowed(rect: Rect) -> Rect:
            return Rect(rect.x + shift, rect.y, rect.width - shift, rect.height)

        placeholders = [p if p.type == "title" else replace(p, rect=moved(p.rect)) for p in layout.placeholders]
        placeholders.append(Placeholder(QUESTION, "body", _BAND_INDEX, narrowed(band.text), styles["band"], "middle"))
        bar = Rect(band.bar.x + shift, band.bar.y, band.bar.width, band.bar.height)
        art = [
            a
            for a in layout.art
            if a.rect.bottom <= limit or a.rect.height >= self.spec.size[1] or a.rect.y >= limit or a.shape == "glyph"
        ]
        art += [Art(a.shape, moved(a.rect), a.fill, a.line, a.line_width) for a in layout.art if a not in art]
        art += [
            Art("rectangle", narrowed(band.box), self.color(band.fill)),
            Art("rectangle", bar, self.color(band.accent)),
        ]
        return replace(
            layout,
            role=layout.role.banded,
            name=f"{layout.name} with Question",
            placeholders=tuple(placeholders),
            art=tuple(art),
            band=False,
            spare=True,
        )


def _in_column(spec: Boxed, columns: ColumnsSpec | None, number: int, count: int) -> Rect:
    """A box counted from its column's left edge, on the slide."""
    if columns is None:
        return Rect(spec.box.x, spec.box.y, max(1.0, spec.box.width), spec.box.height)
    each = (columns.width - columns.gap * (count - 1)) / count
    left = columns.left + number * (each + columns.gap)
    width = spec.box.width if spec.box.width > 0 else each + spec.box.width - spec.box.x
    return Rect(left + spec.box.x, spec.box.y, width, spec.box.height)
