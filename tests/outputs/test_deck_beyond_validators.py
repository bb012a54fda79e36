"""What neither validator looks at, and what accessibility checkers ask for, from the package alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from shapes import Shape, holder_key, layout_of, shapes_on
from tools import DECKS, GENERATED, NAMESPACES, Built, Package, arranged, build_files, deck_source, find

pytestmark = pytest.mark.parametrize("name", [*DECKS, *GENERATED])
_CHART = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


@pytest.fixture
def package(name: str, built: Callable[[str], Built]) -> Package:
    return Package(built(name).deck)


def parts(package: Package) -> list[str]:
    return package.named(r"ppt/(slides|slideLayouts|slideMasters|notesSlides|notesMasters|charts)/[^/]+\.xml")


# --- What validators miss


def test_every_row_of_a_table_has_a_cell_for_each_column(package: Package) -> None:
    for slide in package.slides:
        for table in find(package.xml(slide), "//a:tbl"):
            columns = find(table, "./a:tblGrid/a:gridCol")
            for row in find(table, "./a:tr"):
                assert len(find(row, "./a:tc")) == len(columns), slide
                assert find(row, ".//@gridSpan | .//@rowSpan") == [], slide


def test_placeholder_indexes_are_unique_on_each_slide(package: Package) -> None:
    for slide in package.slides:
        keys = [holder_key(ph) for ph in find(package.xml(slide), "//p:nvPr/p:ph")]
        assert len(set(keys)) == len(keys), slide


def test_languages_are_tags_that_office_knows(package: Package) -> None:
    for part in [*parts(package), "ppt/presentation.xml"]:
        for tag in find(package.xml(part), "//@lang | //@altLang"):
            assert _LANGUAGE.fullmatch(tag), f"{part}: {tag}"


def test_dates_in_properties_are_dates(
    name: str, package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert b"dcterms:created" not in package.parts["docProps/core.xml"], "no clock decides the bytes"
    if name != "safe-food":
        return
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    deck, session = deck_source(name)
    core = Package(build_files(tmp_path, deck, session, only=("deck",)).deck).xml("docProps/core.xml")
    dates = [e for e in core if e.tag.rpartition("}")[2] in ("created", "modified")]
    assert len(dates) == 2
    for date in dates:
        assert date.get("{http://www.w3.org/2001/XMLSchema-instance}type") == "dcterms:W3CDTF"
        assert datetime.strptime(date.text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp() == 1_700_000_000


def test_charts_say_what_their_workbooks_say(package: Package) -> None:
    for part in package.named(r"ppt/charts/chart\d+\.xml"):
        (workbook,) = package.related(part, "package")
        sheet = cells_of(package.parts[workbook])
        chart = package.xml(part)
        references = chart.xpath("//c:strRef | //c:numRef", namespaces=_CHART)
        assert references, part
        for reference in references:
            name, _, span = reference.findtext("c:f", namespaces=_CHART).replace("$", "").partition("!")
            assert name == "Sheet1", part
            values = [sheet.get(cell) for cell in spanned(span)]
            cached: list[Any] = [None] * len(values)
            for point in reference.xpath(".//c:pt", namespaces=_CHART):
                cached[int(point.get("idx"))] = point.findtext("c:v", namespaces=_CHART)
            if reference.tag.endswith("numRef"):
                assert [None if v is None else float(v) for v in cached] == values, part
            else:
                assert cached == [str(v) for v in values], part


def cells_of(workbook: bytes) -> dict[str, str | float]:
    """The cells of an .xlsx file's only sheet, by their names."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        (sheet,) = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
        assert b'name="Sheet1"' in book.read("xl/workbook.xml")
        shared = etree.fromstring(book.read("xl/sharedStrings.xml"))
        strings = ["".join(item.itertext()) for item in shared]
        out: dict[str, str | float] = {}
        for cell in etree.fromstring(book.read(sheet)).iter("{*}c"):
            value = cell.findtext("{*}v")
            out[cell.get("r")] = strings[int(value)] if cell.get("t") == "s" else float(value)
    return out


def spanned(span: str) -> list[str]:
    """The names of the cells of a span within one column, such as A2:A5."""
    first, _, last = span.partition(":")
    column, start, end = first.rstrip("0123456789"), *(int(re.sub("[A-Z]", "", c)) for c in (first, last or first))
    return [f"{column}{row}" for row in range(start, end + 1)]


def test_every_chart_is_shown_on_one_slide_and_has_ids_of_its_own(package: Package) -> None:
    used = [target for slide in package.slides for target in package.related(slide, "chart")]
    assert sorted(used) == sorted(package.named(r"ppt/charts/chart\d+\.xml"))
    for part in used:
        ids = package.xml(part).xpath("//c:axId/@val", namespaces=_CHART)
        assert all(0 <= int(i) < 2**32 for i in ids), part


def test_tables_and_charts_fill_the_placeholder_of_their_layout(package: Package) -> None:
    for slide in package.slides:
        layout = package.xml(layout_of(package, slide))
        there = {holder_key(ph): ph.get("type") for ph in find(layout, "//p:ph")}
        for frame in find(package.xml(slide), "//p:graphicFrame"):
            (ph,) = find(frame, "./p:nvGraphicFramePr/p:nvPr/p:ph")
            expected = "tbl" if find(frame, ".//a:tbl") else "chart"
            assert there[holder_key(ph)] in (expected, "obj", None), slide


def test_hidden_slides_and_the_appendix_are_where_the_deck_has_them(name: str, package: Package) -> None:
    found = arranged(name)
    hidden = [package.xml(slide).get("show") == "0" for slide in package.slides]
    assert hidden == [frame.hidden for frame in found.frames]
    app = {e.tag.rpartition("}")[2]: e.text for e in package.xml("docProps/app.xml")}
    assert app["HiddenSlides"] == str(sum(hidden))
    sections = find(package.xml("ppt/presentation.xml"), "//p14:section")
    for section, content in zip(sections, found.reading.deck.sections, strict=True):
        assert section.get("name") == content.title.plain
        assert find(section, ".//p14:sldId"), "a section without slides"


# --- Accessible


def test_alternative_text_on_tables_and_charts_says_something(package: Package) -> None:
    for slide in package.slides:
        for about in find(package.xml(slide), "//p:graphicFrame/p:nvGraphicFramePr/p:cNvPr"):
            words = about.get("descr", "")
            assert len(words.split()) >= 3, slide
            assert not re.search(r"\.(csv|xlsx?|png|svg|jpe?g)\b", words, re.IGNORECASE), slide


def test_header_rows_are_marked(package: Package) -> None:
    for slide in package.slides:
        for properties in find(package.xml(slide), "//a:tbl/a:tblPr"):
            assert properties.get("firstRow") == "1", slide


def test_runs_in_tables_and_charts_say_their_language(name: str, package: Package) -> None:
    language = arranged(name).reading.deck.language
    for slide in package.slides:
        for properties in find(package.xml(slide), "//a:tbl//a:rPr | //a:tbl//a:endParaRPr"):
            assert properties.get("lang") == language, slide
        assert find(package.xml(slide), "//a:tbl//a:r[not(a:rPr)]") == [], slide
    for part in package.named(r"ppt/charts/chart\d+\.xml"):
        for properties in find(package.xml(part), "//a:rPr | //a:defRPr"):
            assert properties.get("lang") == language, part


def test_shapes_are_read_in_the_order_they_are_seen_in(package: Package) -> None:
    """From top to bottom, columns from left to right. The title comes first wherever it stands, a caption
    after its picture, a picture under everything before all, and what stands at the foot of all slides last."""
    wrong = []
    for slide in package.slides:
        order = [s for s in shapes_on(package, slide) if s.kind != "art" and not _covers(s)]
        for before, after in pairwise(order):
            if before.name.startswith("Title") or (before.kind == "picture" and after.name.startswith("Caption")):
                continue
            if after.name.startswith(("Footer", "Date", "Slide Number")):
                continue
            above = after.rect.bottom <= before.rect.y + 1
            beside = after.rect.y < before.rect.bottom - 1 and before.rect.y < after.rect.bottom - 1
            if above and after.rect.x < before.rect.right - 1 and before.rect.x < after.rect.right - 1:
                wrong.append(f"{slide}: {after.name} stands above {before.name}")
            elif beside and after.rect.right <= before.rect.x + 1:
                wrong.append(f"{slide}: {after.name} stands left of {before.name}")
    assert wrong == []


def _covers(shape: Shape) -> bool:
    return shape.rect.width > 900 and shape.rect.height > 500


def test_links_say_where_they_lead(name: str, package: Package) -> None:
    """An address as the words of a link is for lists of references, polls and what authors wrote so."""
    for frame, slide in zip(arranged(name).frames, package.slides, strict=True):
        if frame.slide.kind in ("references", "poll"):
            continue
        written = {run.text for item in frame.items for run in runs_of(item) if run.link}
        for run in find(package.xml(slide), "//a:r[a:rPr/a:hlinkClick]"):
            words = run.findtext("a:t", namespaces=NAMESPACES)
            assert words.strip(), slide
            if re.match(r"https?://", words.strip()):
                assert any(words.strip() in text for text in written), slide


def runs_of(item: Any) -> list[Any]:
    texts = [item.text] if hasattr(item, "text") else [cell for row in getattr(item, "rows", ()) for cell in row]
    return [run for text in texts for paragraph in text.paragraphs for run in paragraph.runs]


# --- Contrast, computed from the file


def test_text_stands_out_from_what_is_under_it(package: Package) -> None:
    slots = {
        slot.tag.rpartition("}")[2]: "#" + find(slot, ".//@val")[0]
        for slot in find(package.xml("ppt/theme/theme1.xml"), "//a:clrScheme/*")
    }
    low = set()
    for slide in package.slides:
        part = layout_of(package, slide)
        layout = package.xml(part)
        mapping = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
        for override in find(layout, "//a:overrideClrMapping"):
            mapping |= dict(override.attrib)
        fills = [(0.0, 0.0, 960.0, 540.0, colour(find(layout, "//p:bg")[0], slots, mapping))]
        for art in find(layout, "//p:sp[not(.//p:ph)]"):
            if solid := find(art, "./p:spPr/a:solidFill"):
                fills.append((*box(art), colour(solid[0], slots, mapping)))
        for shape in find(layout, "//p:sp[.//p:ph]"):
            kind = find(shape, ".//p:ph")[0].get("type")
            if kind in ("pic", "tbl", "chart") or not _used(package, slide, shape):
                continue
            left, top, right, bottom = box(shape)
            grounds = [
                f[4] for f in fills if f[0] <= left + 8 and f[1] <= top + 8 and f[2] >= right - 8 and f[3] >= bottom - 8
            ]
            ground = grounds[-1]
            if own := find(shape, "./p:spPr/a:solidFill"):
                ground = colour(own[0], slots, mapping)
            for level in find(shape, "./p:txBody/a:lstStyle/*/a:defRPr[a:solidFill]"):
                size, bold = int(level.get("sz")) / 100, level.get("b") == "1"
                least = 3.0 if size >= 18 and (bold or size >= 24) else 4.5
                ink = colour(find(level, "./a:solidFill")[0], slots, mapping)
                if ratio(ink, ground) < least:
                    low.add(
                        f"{part}: {find(shape, './/p:cNvPr')[0].get('name')}: {ink} on {ground}: {ratio(ink, ground):.2f}"
                    )
    assert sorted(low) == []


def _used(package: Package, slide: str, shape: Any) -> bool:
    key = holder_key(find(shape, ".//p:ph")[0])
    return key in {holder_key(ph) for ph in find(package.xml(slide), "//p:sp//p:ph")}


def box(shape: Any) -> tuple[float, float, float, float]:
    off, ext = find(shape, "./p:spPr/a:xfrm/a:off")[0], find(shape, "./p:spPr/a:xfrm/a:ext")[0]
    x, y = int(off.get("x")) / 12_700, int(off.get("y")) / 12_700
    return x, y, x + int(ext.get("cx")) / 12_700, y + int(ext.get("cy")) / 12_700


def colour(element: Any, slots: dict[str, str], mapping: dict[str, str]) -> str:
    """The first colour in the element, its shade applied as ECMA-376 20.1.2.3.20 and 21 say."""
    import colorsys

    value = find(element, ".//a:schemeClr")[0]
    slot = value.get("val")
    text = slots[mapping.get(slot, slot)].lstrip("#")
    red, green, blue = (int(text[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    for change in value:
        amount = int(change.get("val")) / 100_000
        if change.tag.endswith("lumMod"):
            light *= amount
        elif change.tag.endswith("lumOff"):
            light += amount
    out = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), full)
    return "#" + "".join(f"{round(c * 255):02X}" for c in out)


def ratio(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""

    def luminance(text: str) -> float:
        parts = [int(text[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_values_on_bars_stand_out_from_them(package: Package) -> None:
    slots = {
        slot.tag.rpartition("}")[2]: "#" + find(slot, ".//@val")[0]
        for slot in find(package.xml("ppt/theme/theme1.xml"), "//a:clrScheme/*")
    }
    mapping = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    low = []
    for part in package.named(r"ppt/charts/chart\d+\.xml"):
        chart = package.xml(part)
        if not chart.xpath("//c:grouping[@val='stacked']", namespaces=_CHART):
            continue
        for series in chart.xpath("//c:ser", namespaces=_CHART):
            ground = colour(series.xpath("./c:spPr", namespaces=_CHART)[0], slots, mapping)
            inks = series.xpath("./c:dLbls/c:txPr", namespaces=_CHART) or chart.xpath(
                "//c:barChart/c:dLbls/c:txPr", namespaces=_CHART
            )
            for ink in inks:
                if ratio(colour(ink, slots, mapping), ground) < 4.5:
                    low.append(f"{part}: {colour(ink, slots, mapping)} on {ground}")
    assert low == []
