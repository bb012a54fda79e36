"""Measured content into the placeholders of a layout: items, in the layout's reading order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from deckbuilder.content.data import ChartSlide
from deckbuilder.content.pictures import PictureFile
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange.draft import Draft, Laid
from deckbuilder.layout.arrange.pictures import cropped, shown_whole, whole_in, with_captions
from deckbuilder.layout.frame import ChartItem, Item, LaidText, PictureItem, QrCode, TableItem, TextItem
from deckbuilder.layout.table import LaidTable, row_height
from deckbuilder.theme.styles import TextStyle
from deckbuilder.theme.theme import Placeholder, SlideLayout
from deckbuilder.units import Rect


def laid_items(
    draft: Draft,
    layout: SlideLayout,
    laid: Laid,
    pictures: Mapping[str, PictureFile],
    labels: Labels,
) -> tuple[Item, ...]:
    """Items in the layout's order, which is the reading order. What was fitted smaller, or stands
    elsewhere, has a placeholder that says so."""
    items: list[Item] = []
    layout = with_captions(layout, laid.texts)
    for holder in layout.placeholders:
        if holder.role in draft.pictures:
            items.append(_picture(holder, draft, layout, pictures, labels))
        elif holder.role in laid.texts:
            items.append(_text(holder, laid.texts[holder.role], holder.role in draft.current))
        elif holder.type == "table" and laid.table is not None:
            items.append(_table(holder, draft, laid.table, laid.nth, labels))
        elif holder.type == "chart" and draft.chart is not None:
            size = holder.style.levels[0].size
            items.append(ChartItem(holder, draft.chart.drawn, _chart_words(draft.chart, labels), size))
    return tuple(replace(item, fields=draft.fields.get(item.placeholder.role, ())) for item in items)


def _text(holder: Placeholder, text: LaidText, current: bool) -> TextItem:
    if current and holder.current is not None:
        style, fill = holder.current
        holder = replace(holder, fill=fill, style=style)
        text = _restyled(text, style.scaled(text.style.scale))
    return TextItem(holder, text)


def _restyled(text: LaidText, style: TextStyle) -> LaidText:
    """The text in a style of the same sizes that has other colours."""
    paragraphs = tuple(replace(p, style=style.level(p.level)) for p in text.paragraphs)
    return replace(text, paragraphs=paragraphs, style=style)


def _picture(
    holder: Placeholder, draft: Draft, layout: SlideLayout, pictures: Mapping[str, PictureFile], labels: Labels
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
    if shown_whole(draft, holder, file):
        return PictureItem(holder, file, whole_in(layout, holder, file.aspect), alt, link)
    return PictureItem(holder, file, cropped(source, file.aspect, rect), alt, link)


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
