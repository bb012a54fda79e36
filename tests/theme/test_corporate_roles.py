"""Which of a template's layouts serves which role: by name in any language, by room, by its sample slides."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.ooxml.presentation import slide_size
from deckbuilder.theme.corporate.layout import read_layouts
from deckbuilder.theme.corporate.opening import read_package
from deckbuilder.theme.corporate.roles import (
    COLUMNS,
    COMPARISON,
    COVER,
    POINTS,
    SECTION,
    TITLE_ONLY,
    Match,
    match_roles,
)
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.theme import Theme
from templates import (
    BODY,
    FEET,
    TITLE,
    Layout,
    Master,
    columns,
    content,
    cover,
    holder,
    mark,
    only,
    section,
    squares,
    template,
    usual,
)


def matched(folder: Path, *masters: Master, slides: tuple[int, ...] = ()) -> dict[LayoutRole, Match]:
    template(folder / "brand.pptx", *masters, slides=slides)
    package = read_package(folder / "brand.pptx", None)
    return match_roles(read_layouts(package), slide_size(package), {}, Diagnostics())


def _theme(folder: Path, *masters: Master, problems: Diagnostics | None = None) -> Theme:
    folder.mkdir()
    template(folder / "brand.pptx", *masters)
    (folder / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    return read_theme(str(folder), Diagnostics() if problems is None else problems)


KICKER = holder("body", (0.05, 0.04, 0.9, 0.05), 13, 14)
STRIP = holder("body", (0.05, 0.9, 0.6, 0.03), 14, 10)


def test_a_kicker_and_a_strip_at_the_foot_are_no_places_for_content(tmp_path: Path) -> None:
    title = holder("title", (0.05, 0.1, 0.9, 0.08))
    left, right = holder("", (0.05, 0.22, 0.44, 0.67), 15), holder("", (0.51, 0.22, 0.44, 0.67), 16)
    found = matched(
        tmp_path,
        Master(
            [
                cover("Opening", ""),
                Layout("One", (KICKER, title, holder("", BODY, 15), STRIP, *FEET)),
                Layout("Side by side", (KICKER, title, left, right, STRIP, *FEET)),
                Layout("Bare", (KICKER, title, STRIP, *FEET)),
            ]
        ),
    )
    assert {role: match.layout.name for role, match in found.items()} == {
        COVER: "Opening",
        POINTS: "One",
        COLUMNS: "Side by side",
        TITLE_ONLY: "Bare",
    }


def test_a_comparison_has_its_headings_above_its_columns_whatever_else_stands_there(tmp_path: Path) -> None:
    shapes = [
        KICKER,
        holder("title", (0.05, 0.1, 0.9, 0.08)),
        holder("body", (0.05, 0.2, 0.44, 0.08), 1),
        holder("", (0.05, 0.29, 0.44, 0.6), 2),
        holder("body", (0.51, 0.2, 0.44, 0.08), 3),
        holder("", (0.51, 0.29, 0.44, 0.6), 4),
    ]
    found = matched(tmp_path, Master([cover(), content(), Layout("Faceoff", shapes)]))
    assert found[COMPARISON].layout.name == "Faceoff"
    assert COLUMNS not in found


def test_the_wider_body_wins_over_the_column_beside_a_photograph(tmp_path: Path) -> None:
    narrow = Layout(
        "First",
        (mark((0.5, 0, 0.5, 1)), holder("title", (0.05, 0.2, 0.42, 0.2)), holder("body", (0.05, 0.45, 0.42, 0.45), 1)),
    )
    wide = Layout("Later", (holder("title", TITLE), holder("body", BODY, 1), *FEET))
    found = matched(tmp_path, Master([cover(), narrow, wide]))
    assert found[POINTS].layout.name == "Later"
    assert found[POINTS].next is not None
    assert found[POINTS].next[0] == "First"


@pytest.mark.parametrize(
    "name",
    [
        "Section Divider", "2_Divider", "SECTION_HEADER_CENTER", "Chapter dark", "ChapterTitle", "Kapiteltrenner", "Trennfolie",
        "Intercalaire", "Chapitre 1", "Portadilla", "Capítulo", "Divisória de seção", "Шмуцтитул", "Раздел", "章节页", "过渡页",
        "セクション見出し", "अध्याय", "فاصل", "القسم", "অধ্যায়", "سیکشن", "Pemisah bagian",
    ],
)  # fmt: skip
def test_sections_are_found_by_their_names_in_many_languages(name: str, tmp_path: Path) -> None:
    found = matched(tmp_path, Master([cover(), content(), section(name, ""), columns(), only()]))
    assert (found[SECTION].layout.name, found[SECTION].how) == (name, "name")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Portada", "Texto"), ("Couverture", "Texte courant"), ("Deckblatt", "Inhalt breit"), ("Capa", "Conteúdo"),
        ("Обложка", "Текст"), ("封面", "正文"), ("表紙", "本文"), ("आवरण", "सामग्री"), ("غلاف", "محتوى"), ("প্রচ্ছদ", "বিষয়বস্তু"),
    ],
)  # fmt: skip
def test_covers_and_content_are_found_by_their_names_in_many_languages(name: str, text: str, tmp_path: Path) -> None:
    found = matched(tmp_path, Master([only("Leer", ""), content(text, ""), cover(name, "")]))
    assert (found[COVER].layout.name, found[POINTS].layout.name) == (name, text)


def test_a_section_without_a_name_is_the_one_that_sample_slides_repeat(tmp_path: Path) -> None:
    master = Master([cover(), content(), section("Blue", ""), columns(), only()])
    assert matched(tmp_path, master, slides=(1, 3, 2, 2, 3, 2))[SECTION].layout.name == "Blue"


def test_the_master_that_the_sample_slides_use_wins(tmp_path: Path) -> None:
    plain = Master([cover(back=""), content(), section(), columns(), only()])
    own = Master(usual(), (mark((0.9, 0.02, 0.08, 0.1)),))
    found = matched(tmp_path, plain, own, slides=(6, 7, 7, 8))
    assert {match.layout.master for match in found.values()} == {"ppt/slideMasters/slideMaster2.xml"}
    assert {match.layout.master for match in matched(tmp_path, plain, own).values()} == {
        "ppt/slideMasters/slideMaster1.xml"
    }


def test_the_master_of_the_first_and_the_last_sample_slide_is_the_covers(tmp_path: Path) -> None:
    dressed, plain = Master(usual(), squares((0, 0, 1, 1))), Master(usual())
    found = matched(tmp_path, dressed, plain, slides=(1, 7, 2))
    # All layouts have the same names on both: a map that names them says the same.
    package = read_package(tmp_path / "brand.pptx", None)
    given = {str(role): match.layout.name for role, match in reversed(found.items())}
    held = match_roles(read_layouts(package), slide_size(package), given, Diagnostics())
    assert {role: x.layout.part for role, x in held.items()} == {role: x.layout.part for role, x in found.items()}
    assert found.pop(COVER).layout.master == "ppt/slideMasters/slideMaster1.xml"
    assert {match.layout.master for match in found.values()} == {"ppt/slideMasters/slideMaster2.xml"}


def test_a_cover_without_a_place_for_a_title_is_a_cover(tmp_path: Path) -> None:
    texts = (
        holder("body", (0.1, 0.3, 0.8, 0.25), 13, 44, "FFFFFF"),
        holder("body", (0.1, 0.6, 0.8, 0.1), 14, 20, "FFFFFF"),
    )
    found = matched(tmp_path, Master([Layout("Cover", texts, "", "14304F"), content(), only()]))
    assert found[COVER].layout.name == "Cover"
    assert found[POINTS].layout.name == "Title and Content"


def test_a_dressed_cover_wins_over_a_blank_one(tmp_path: Path) -> None:
    found = matched(tmp_path, Master([cover("Title 1", back=""), content(), cover("Title 2")]))
    assert found[COVER].layout.name == "Title 2"


def test_a_copy_that_kept_the_type_of_its_original_is_known_by_its_name(tmp_path: Path) -> None:
    found = matched(
        tmp_path, Master([cover(), only("Thank you", "obj"), Layout("Two Content", content().shapes, "twoObj")])
    )
    assert found[POINTS].layout.name == "Two Content"
    assert COLUMNS not in found


def test_a_section_on_a_layout_for_content_is_the_last_resort_and_said(tmp_path: Path) -> None:
    problems = Diagnostics()
    alone = _theme(tmp_path / "alone", Master([content()]), problems=problems)
    assert "no layout of its own for covers, sections, two columns, comparisons and slides with a title only;" in next(
        d.message for d in problems if d.code == "corporate-layouts-made"
    )
    host = alone.layouts[LayoutRole("section")].host
    assert host is not None
    assert host.name == "Title and Content"
    assert alone.corporate is not None
    assert "There is no layout for sections: theirs is made of 'Title and Content'." in alone.corporate.served
    covered = _theme(tmp_path / "covered", Master([cover(), content()]))
    host = covered.layouts[LayoutRole("section")].host
    assert host is not None
    assert host.name == "Title Slide"
