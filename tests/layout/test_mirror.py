"""Decks that run from right to left: what is arranged for them is the mirror image of what others have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pptx
import pytest

from deckbuilder.diagnostics import Diagnostics, Severity
from deckbuilder.layout.arrange import compose
from deckbuilder.layout.frame import LaidText, PictureItem, SlideFrame, TableItem, TextItem
from deckbuilder.layout.mirror import Mirror, mirrored_frames, mirrored_theme
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import LEFT, RIGHT, LayoutRole
from deckbuilder.theme.theme import Theme
from deckbuilder.units import Rect
from generated import write_generated
from tools import Arranged, arrange, deck_folder, default_theme

_FOLDER = TemporaryDirectory(prefix="deckbuilder-mirrored-")
_NEAR = 0.01  # points
Pairs = list[tuple[SlideFrame, SlideFrame]]


@cache
def both(name: str, language: str) -> tuple[Arranged, Pairs]:
    """A generated deck in a language as it is arranged, and each of its frames before it was mirrored, with that after."""
    deck = write_generated(Path(_FOLDER.name) / f"{name}-{language}", name, language)
    plain: list[SlideFrame] = []

    def seen(frames: list[SlideFrame], theme: Theme) -> list[SlideFrame]:
        plain.extend(frames)
        return mirrored_frames(frames, theme)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compose, "mirrored_frames", seen)
        made = arrange(deck)
    return made, list(zip(plain, made.frames, strict=True))


# Between them they have every kind of slide; `test_right_to_left` builds each in the other language.
MADE = (("words", "ar"), ("showing", "he"))


@pytest.fixture(params=MADE, ids="-".join)
def pairs(request: pytest.FixtureRequest) -> Pairs:
    return both(*request.param)[1]


def is_mirrored(one: Rect, other: Rect, width: float) -> bool:
    same = abs(one.y - other.y) + abs(one.width - other.width) + abs(one.height - other.height) < _NEAR
    return same and abs(one.x - (width - other.right)) < _NEAR


def left_edges(text: LaidText, box: Rect) -> Iterator[tuple[float, float]]:
    """Where each line of a text begins and ends."""
    for paragraph in text.paragraphs:
        for line in paragraph.lines:
            left = text.left_of(line, paragraph, box)
            yield left, left + line.width


@pytest.mark.parametrize(("name", "language"), MADE)
def test_every_kind_of_slide_fits(name: str, language: str) -> None:
    problems = both(name, language)[0].problems
    assert [str(problem) for problem in problems if problem.severity is Severity.ERROR] == []


def test_every_place_is_the_mirror_image(pairs: Pairs) -> None:
    width = default_theme().width
    for plain, made in pairs:
        where = f"slide {made.number}"
        assert made.layout.rtl, where
        assert not plain.layout.rtl, where
        for one, other in zip(plain.layout.placeholders, made.layout.placeholders, strict=True):
            assert (one.role, one.index, one.type) == (other.role, other.index, other.type), where
            assert is_mirrored(one.rect, other.rect, width), (where, one.role)
            assert is_mirrored(one.room, other.room, width), (where, one.role)
            assert other.style.rtl, where
        for rects in (
            [(one.rect, other.rect) for one, other in zip(plain.layout.art, made.layout.art, strict=True)
             if one.shape != "glyph"],
            [(one.rect, other.rect) for one, other in zip(plain.layout.placed_logos, made.layout.placed_logos, strict=True)],
            [(one, other) for one, other in zip(_feet(plain), _feet(made), strict=True)],
        ):  # fmt: skip
            assert all(is_mirrored(one, other, width) for one, other in rects), where


def _feet(frame: SlideFrame) -> list[Rect]:
    return [rect for rect in (frame.layout.footer, frame.layout.date, frame.layout.number) if rect]


def test_every_line_is_the_mirror_image_and_says_what_it_said(pairs: Pairs) -> None:
    width = default_theme().width
    count = 0
    for plain, made in pairs:
        for one, other in zip(plain.items, made.items, strict=True):
            assert (one.fields, type(one)) == (other.fields, type(other))
            assert made.layout.placeholder(other.placeholder.role) == other.placeholder
            if not isinstance(one, TextItem) or not isinstance(other, TextItem):
                continue
            assert other.text.plain == one.text.plain
            before = left_edges(one.text, one.placeholder.room)
            for (start, end), (left, right) in zip(before, left_edges(other.text, other.placeholder.room), strict=True):
                assert start == pytest.approx(width - right, abs=_NEAR), other.text.plain
                assert end == pytest.approx(width - left, abs=_NEAR), other.text.plain
                count += 1
        if plain.footer and made.footer and plain.layout.footer and made.layout.footer:
            ((start, _),) = left_edges(plain.footer, plain.layout.footer)
            ((_, right),) = left_edges(made.footer, made.layout.footer)
            assert start == pytest.approx(width - right, abs=_NEAR)
    assert count > 300


def test_slides_share_their_layouts_as_before(pairs: Pairs) -> None:
    assert len({id(made.layout) for _, made in pairs}) == len({id(plain.layout) for plain, _ in pairs})
    assert [made.layout.name for _, made in pairs] == [plain.layout.name for plain, _ in pairs]


def test_words_in_tables_begin_at_the_right_and_numbers_stay_there() -> None:
    _, pairs = both("showing", "he")
    tables = [(one, other) for plain, made in pairs for one, other in zip(plain.items, made.items, strict=True)
              if isinstance(one, TableItem) and isinstance(other, TableItem)]  # fmt: skip
    assert any(any(other.numeric) for _, other in tables)
    for one, other in tables:
        assert (other.widths, other.numeric) == (one.widths, one.numeric)
        assert {cell.style.align for row in other.rows for cell in row} == {"right"}
        assert [[cell.plain for cell in row] for row in other.rows] == [
            [cell.plain for cell in row] for row in one.rows
        ]


def test_pictures_are_not_turned_round_and_whole_ones_stand_at_the_other_edge() -> None:
    crops = [
        (one.crop, other.crop)
        for _, pairs in (both(*made) for made in MADE)
        for plain, made in pairs
        for one, other in zip(plain.items, made.items, strict=True)
        if isinstance(one, PictureItem) and isinstance(other, PictureItem)
    ]
    assert any(one[0] > 0 for one, _ in crops)
    assert any(one[0] != one[2] and min(one) < 0 for one, _ in crops)
    for (left, top, right, bottom), other in crops:
        whole = left <= 0 and right <= 0
        assert other == ((right, top, left, bottom) if whole else (left, top, right, bottom))


def test_arrows_point_the_other_way_and_characters_are_those_of_the_language() -> None:
    theme = default_theme()
    shapes = {p.shape for _, made in both("showing", "he")[1] for p in made.layout.placeholders}
    assert shapes >= {"left-chevron", "first-left-chevron"}
    assert not shapes & {"chevron", "first-chevron"}
    for language, marks in (("ar", {"؟", "”"}), ("fa", {"؟", "”"}), ("he", {"?", "”"})):
        layouts = mirrored_theme(theme, language).layouts.values()
        assert {art.glyph for layout in layouts for art in layout.art if art.glyph} == marks, language


def test_characters_of_art_are_seen_at_the_mirrored_place() -> None:
    theme = default_theme()
    turned = mirrored_theme(theme, "he")
    for role, layout in theme.layouts.items():
        for one, other in zip(layout.art, turned.layouts[role].art, strict=True):
            if one.shape == "glyph":
                wide = theme.fonts.face(theme.heading).width(one.glyph, one.size)
                assert one.rect.x == pytest.approx(theme.width - (other.rect.x + wide))


def test_twice_mirrored_is_where_it_was() -> None:
    theme = mirrored_theme(default_theme(), "he")
    again = Mirror(theme)
    for role, layout in default_theme().layouts.items():
        back = again.layout(theme.layouts[role])
        assert all(
            one.rect.x == pytest.approx(other.rect.x) and one.insets == other.insets
            for one, other in zip(layout.placeholders, back.placeholders, strict=True)
        )


def test_decks_from_left_to_right_are_left_alone() -> None:
    theme = default_theme()
    assert mirrored_theme(theme, "en-US") is theme
    frames = [object(), object()]
    assert mirrored_frames(frames, theme) == frames  # type: ignore[arg-type,comparison-overlap]


# --- Corporate templates


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    folder = tmp_path_factory.mktemp("template")
    (folder / "brand.pptx").write_bytes((Path(pptx.__file__).parent / "templates" / "default.pptx").read_bytes())
    (folder / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    return read_theme(str(folder), Diagnostics())


def test_a_templates_places_stay_and_the_first_column_stands_at_the_right(hosted: Theme) -> None:
    role = LayoutRole("columns")
    layout, turned = hosted.layouts[role], mirrored_theme(hosted, "he").layouts[role]
    assert layout.host is not None
    assert layout.host.native
    assert {(p.index, p.rect) for p in turned.placeholders} == {(p.index, p.rect) for p in layout.placeholders}
    assert layout.placeholder(LEFT).rect.x < layout.placeholder(RIGHT).rect.x
    assert turned.placeholder(LEFT).rect.x > turned.placeholder(RIGHT).rect.x
    assert turned.placeholder(LEFT).index == layout.placeholder(RIGHT).index


def test_what_is_made_on_a_template_stays_within_what_it_took_up(hosted: Theme) -> None:
    turned = mirrored_theme(hosted, "he")
    for role, layout in hosted.layouts.items():
        boxes = [p.rect for p in layout.placeholders] + [art.rect for art in layout.art if art.shape != "glyph"]
        low, high = min(r.x for r in boxes), max(r.right for r in boxes)
        for place in (*turned.layouts[role].placeholders, *(a for a in turned.layouts[role].art if a.shape != "glyph")):
            assert place.rect.x >= low - 1, (role, place)
            assert place.rect.right <= high + 1, (role, place)
        assert turned.layouts[role].footer == layout.footer
        assert {p.style.align for p in turned.layouts[role].placeholders} <= {"right", "center"}


def test_titles_of_a_template_stay_in_the_middle(hosted: Theme, tmp_path: Path) -> None:
    deck = deck_folder(
        tmp_path, {"kind": "points", "title": "רחוב", "minutes": 1, "points": ["נהר"]}, language="he", title="גשר"
    )
    (frame,) = arrange(deck, theme=hosted).frames
    title = next(item for item in frame.items if item.placeholder.type == "title")
    assert isinstance(title, TextItem)
    assert (title.text.style.align, title.text.style.rtl) == ("center", True)
