"""Measured content into the placeholders of a layout: items, in the layout's reading order."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from deckbuilder.content.data import ChartSlide
from deckbuilder.content.pictures import Picture, PictureFile
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange.draft import Draft
from deckbuilder.layout.frame import ChartItem, Item, LaidText, PictureItem, QrCode, TableItem, TextItem
from deckbuilder.layout.table import LaidTable, row_height
from deckbuilder.theme.roles import LayoutRole, PlaceholderRole
from deckbuilder.theme.theme import Placeholder, SlideLayout, TextStyle
from deckbuilder.units import Rect

_ALONE = LayoutRole("picture")  # shows nothing but a picture, in the middle
_STEP = 12.0  # points between the sizes that uncropped pictures may have: each size is a layout


@dataclass(frozen=True)
class Laid:
    """What one slide shows: texts by role, and rows of a table (None without one), those of its
    slide number `nth`, counted from 0."""

    texts: dict[PlaceholderRole, LaidText]
    table: LaidTable | None
    nth: int


def laid_items(
    draft: Draft,
    layout: SlideLayout,
    laid: Laid,
    pictures: dict[str, PictureFile],
    labels: Labels,
) -> tuple[Item, ...]:
    """Items in the layout's order, which is the reading order. What was fitted smaller, or stands
    elsewhere, has a placeholder that says so."""
    items: list[Item] = []
    raised: dict[PlaceholderRole, float] = {}
    for holder in layout.placeholders:
        if holder.role in draft.pictures:
            item = _picture(holder, draft, layout, pictures, labels)
            items.append(item)
            caption = layout.caption(holder)
            if caption and caption.rect.y >= holder.rect.bottom:
                raised[caption.role] = item.placeholder.rect.bottom - holder.rect.bottom
        elif holder.role in laid.texts:
            items.append(_text(holder, laid.texts[holder.role], holder.role in draft.marked, raised))
        elif holder.type == "table" and laid.table is not None:
            items.append(_table(holder, draft, laid.table, laid.nth, labels))
        elif holder.type == "chart" and draft.chart is not None:
            size = holder.style.levels[0].size
            items.append(ChartItem(holder, draft.chart.drawn, _chart_words(draft.chart, labels), size))
    return tuple(replace(item, fields=draft.fields.get(item.placeholder.role, ())) for item in items)


def _text(holder: Placeholder, text: LaidText, marked: bool, raised: dict[PlaceholderRole, float]) -> TextItem:
    rect = holder.rect
    shift = raised.get(holder.role, 0.0)
    if shift < -1:
        rect = Rect(rect.x, rect.y + shift, rect.width, rect.height)
    holder = replace(holder, rect=rect)
    if marked and holder.marked is not None:
        style, fill = holder.marked
        holder = replace(holder, fill=fill, style=style)
        text = _restyled(text, style.scaled(text.style.scale))
    return TextItem(holder, text)


def _restyled(text: LaidText, style: TextStyle) -> LaidText:
    """The text in a style of the same sizes that has other colours."""
    paragraphs = tuple(replace(p, style=style.level(p.level)) for p in text.paragraphs)
    return replace(text, paragraphs=paragraphs, style=style)


def _picture(
    holder: Placeholder, draft: Draft, layout: SlideLayout, pictures: dict[str, PictureFile], labels: Labels
) -> PictureItem:
    source = draft.pictures[holder.role]
    rect = holder.rect
    leads = draft.links.get(holder.role)
    link = leads.url if leads else None
    if isinstance(source, QrCode):
        side = min(rect.width, rect.height)
        square = Rect(rect.x + (rect.width - side) / 2, rect.y, side, side)
        alt = labels("qr_code", address=source.address)
        return PictureItem(replace(holder, rect=square), source, (0, 0, 0, 0), alt, link)
    file = pictures[source.file]
    alt = "" if source.decorative else (source.alt or "")
    if leads and not alt:  # what can be clicked has to say where it leads
        alt = leads.text.plain
    alone = layout.role == _ALONE
    shown_whole = file.format == "svg" or file.flat or alone
    if source.fit == "whole" or (source.fit is None and shown_whole and holder.role not in draft.filled):
        caption = layout.caption(holder)
        flush = not alone and caption is not None and caption.rect.x == rect.x
        place = _inside(rect, file.aspect, centred=alone, flush=flush)
        return PictureItem(replace(holder, rect=place), file, _margins(file.aspect, place), alt, link)
    return PictureItem(holder, file, _crop(source, file.aspect, rect), alt, link)


def _inside(rect: Rect, aspect: float, centred: bool, flush: bool) -> Rect:
    """A box for a whole picture of that aspect: as large as `rect` allows, its free dimension rounded
    up to a step; centred across, or `flush` left with the caption below; at the top, or centred."""

    def stepped(length: float, most: float) -> float:
        return min(most, math.ceil(round(length / _STEP, 3)) * _STEP)

    width, height = rect.width, rect.width / aspect
    if height > rect.height:
        width, height = stepped(rect.height * aspect, rect.width), rect.height
    else:
        height = stepped(height, rect.height)
    top = rect.y + (rect.height - height) / 2 if centred else rect.y
    return Rect(rect.x if flush else rect.x + (rect.width - width) / 2, top, width, height)


def _margins(aspect: float, rect: Rect) -> tuple[float, float, float, float]:
    """The room that a whole picture leaves free in its box, as negative crops."""
    target = rect.width / rect.height
    if target > aspect:
        free = (target / aspect - 1) / 2
        return (-free, 0.0, -free, 0.0)
    free = (aspect / target - 1) / 2
    return (0.0, -free, 0.0, -free)


def _crop(picture: Picture, aspect: float, rect: Rect) -> tuple[float, float, float, float]:
    """What to cut off so that the picture fills the box and its focus stays in view."""
    target = rect.width / rect.height
    across, down = picture.focus
    if aspect > target:
        keep = target / aspect
        left = min(max(across - keep / 2, 0.0), 1 - keep)
        return (left, 0.0, 1 - keep - left, 0.0)
    keep = aspect / target
    top = min(max(down - keep / 2, 0.0), 1 - keep)
    return (0.0, top, 0.0, 1 - keep - top)


def _table(holder: Placeholder, draft: Draft, table: LaidTable, nth: int, labels: Labels) -> TableItem:
    assert draft.table is not None
    rows = table.slides[nth]
    header = ", ".join(cell.plain for cell in draft.table.header)
    high, wide = labels.count("rows", len(rows) - 1), labels.count("columns", len(table.widths))
    alt = labels("table_alt", rows=high, columns=wide, header=header)
    return TableItem(holder, table.widths, tuple(row_height(row) for row in rows), rows, table.numeric, alt)


def _chart_words(slide: ChartSlide, labels: Labels) -> str:
    """The alternative text: what the author says of the chart, and its data."""
    chart = slide.drawn
    said = []
    for name, values in chart.series:
        pairs = (f"{c} {chart.written(v)}" for c, v in zip(chart.categories, values, strict=True) if v is not None)
        said.append(f"{name}: {', '.join(pairs)}")
    kind = labels(f"chart_{chart.kind}")
    return " ".join(filter(None, (slide.alt, f"{kind}. {'; '.join(said)}.")))
