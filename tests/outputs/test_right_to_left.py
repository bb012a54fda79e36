"""Deck files in languages that run from right to left, and words of such languages in others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pptx
import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from deckbuilder.content.text import Run
from deckbuilder.layout.frame import TextItem
from deckbuilder.ooxml.types import A
from deckbuilder.outputs.pptx.scripts import complete_theme, on_one_line
from deckbuilder.outputs.pptx.text import runs_xml
from deckbuilder.pulling.pull import pull
from generated import write_generated
from tools import (
    Built,
    Package,
    Word,
    arrange,
    build_files,
    deck_folder,
    find,
    need,
    once,
    read_words,
    run,
    slides_to_pdf,
)

SLACK = 4.0  # points: another program's line heights and its rounding
HEBREW, ARABIC = "מדבר אל הקהילה", "الاستماع إلى الناس"
LEVELS = "|".join(f"a:lvl{n}pPr" for n in range(1, 10))


@pytest.fixture(params=["he-words", "ar-showing"])
def deck(request: pytest.FixtureRequest, shared: Path) -> Path:
    """A deck of every kind of slide."""
    language, name = request.param.split("-")

    def make(folder: Path) -> None:
        source = write_generated(folder / "source", name, language)
        build_files(folder, source, only=("deck",))

    folder = once(shared / f"backwards-{request.param}", make)
    return next(path for path in folder.rglob("*.pptx"))


def _source(deck: Path) -> Path:
    return next(parent / "source" / "deck.yaml" for parent in deck.parents if (parent / "source").is_dir())


def test_both_validators_find_nothing(deck: Path) -> None:
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(deck)
    assert [str(error) for error in result.errors] == []
    run(need("ooxml-validator"), deck)


def test_every_level_begins_at_the_right(deck: Path) -> None:
    package = Package(deck)
    assert package.xml("ppt/presentation.xml").get("rtl") == "1"
    names = package.named(r"ppt/(slideMasters|slideLayouts|notesMasters)/\w+\.xml")
    count = 0
    for name in ("ppt/presentation.xml", *names):
        for number in range(1, 10):
            for level in find(package.xml(name), f".//a:lvl{number}pPr"):
                assert level.get("rtl") == "1", name
                # The number of the slide and the date are flush with the other edge.
                shape = level.getparent().getparent().getparent()
                holder = None if shape is None else shape.find(".//{*}ph[@type]")
                if holder is not None and holder.get("type") in ("sldNum", "dt"):
                    assert level.get("algn") == "l", name
                else:
                    assert level.get("algn") in ("r", "ctr"), name
                count += 1
    assert count > 200


def test_what_runs_the_other_way_says_so(deck: Path) -> None:
    """Paragraphs say nothing of their direction but where it is not their place's."""
    package = Package(deck)
    for name in (*package.slides, *package.notes):
        for paragraph in find(package.xml(name), ".//p:txBody/a:p"):
            words = "".join(t.text or "" for t in find(paragraph, ".//a:t"))
            ways = [p.get("rtl") for p in find(paragraph, "./a:pPr") if p.get("rtl")]
            latin = bool(re.search("[A-Za-z]", words)) and not re.search("[\u0590-\u06ff]", words)
            assert set(ways) <= ({"0"} if latin else set()), (name, words)


def test_tables_and_charts_run_from_right_to_left(deck: Path) -> None:
    package = Package(deck)
    tables = [p for name in package.slides for p in find(package.xml(name), ".//a:tblPr")]
    charts = [package.xml(name) for name in package.named(r"ppt/charts/chart\d+\.xml")]
    if "showing" in str(deck):
        assert tables
        assert charts
    assert {table.get("rtl") for table in tables} <= {"1"}
    for chart in charts:
        orders = [
            getattr(axis.find("{*}scaling/{*}orientation"), "attrib", {}).get("val", "minMax")
            for axis in (*chart.iter("{*}catAx"), *chart.iter("{*}valAx"))
        ]
        lying = any(bar.get("val") == "bar" for bar in chart.iter("{*}barDir"))
        assert orders in ([], ["maxMin", "maxMin"] if lying else ["maxMin", "minMax"])
        assert {p.get("rtl") for p in find(chart, ".//a:p/a:pPr")} == {"1"}
        if not orders:
            assert next(chart.iter("{*}legendPos")).get("val") == "l"


def test_the_theme_names_a_font_for_the_script(deck: Path) -> None:
    package = Package(deck)
    for name in package.named(r"ppt/theme/theme\d+\.xml"):
        fonts = {f.get("script"): f.get("typeface") for f in find(package.xml(name), ".//a:minorFont/a:font")}
        assert {f.get("typeface") for f in find(package.xml(name), ".//a:cs")} == {"Arial"}
        assert (fonts["Hebr"], fonts["Beng"], fonts["Khmr"], fonts["Jpan"]) == (
            "Arial",
            "Nirmala UI",
            "Leelawadee UI",
            "Yu Gothic",
        )
    tags = {r.get("lang") for name in package.slides for r in find(package.xml(name), ".//a:r/a:rPr")}
    assert tags <= {"he-IL", "ar-EG"}


def test_libreoffice_sets_every_line_at_the_right(deck: Path, shared: Path) -> None:
    """Each text in its mirrored place, its first line where that begins."""

    def make(folder: Path) -> None:
        slides_to_pdf(deck, folder)

    folder = once(shared / f"{deck.parents[2].name}-as-shown", make)
    frames = [frame for frame in arrange(_source(deck)).frames if not frame.hidden]
    pages = read_words(folder / f"{deck.stem}.pdf", raw=True)
    assert len(pages) == len(frames)
    seen = 0
    for frame, page in zip(frames, pages, strict=True):
        for item in frame.items:
            if not isinstance(item, TextItem) or item.text.style.align != "right" or not item.text.paragraphs:
                continue
            room, first = item.placeholder.room, item.text.paragraphs[0]
            if first.marker or not first.rtl or any(run.gap or run.clock for run in first.runs):
                continue
            words = _within(page.words, room)
            assert words, f"slide {frame.number}: nothing of {item.text.plain!r} is in its place"
            edge = max(word.right for word in words)
            assert edge <= room.right + SLACK, f"slide {frame.number}: {item.text.plain!r}"
            assert edge >= room.right - first.indent - 3 * SLACK, f"slide {frame.number}: {item.text.plain!r}"
            seen += 1
    assert seen > 100


def _within(words: list[Word], room: Any) -> list[Word]:
    return [
        word
        for word in words
        if room.y - SLACK <= word.baseline - 2 <= room.bottom + SLACK
        and room.x - SLACK <= word.left
        and word.right <= room.right + SLACK
    ]


def test_what_nobody_changed_is_no_edit(tmp_path: Path) -> None:
    slides: list[dict[str, Any]] = [
        {
            "kind": "points",
            "title": ARABIC,
            "points": [ARABIC, "نهر"],
            "picture": {"file": "pictures/path.svg", "alt": "نهر"},
        },
        {"kind": "columns", "title": "جسر", "columns": [{"text": ARABIC}, {"text": "نهر"}]},
        {"kind": "table", "title": "شارع", "header": ["سؤال", "جواب"], "rows": [["نهر", "12"], ["جسر", "3"]]},
        {"kind": "steps", "title": "قصة", "steps": [{"name": "قبل"}, {"name": "أمس", "text": ARABIC}]},
        {"kind": "stages", "title": "خطة", "stages": [{"name": n, "text": n} for n in ("واحد", "اثنان", "ثلاثة")]},
    ]
    source = deck_folder(tmp_path / "deck", *({"minutes": 1} | slide for slide in slides), language="ar", title=ARABIC)
    found = pull(build_files(tmp_path, source, only=("deck",)).deck, source)
    assert (found.changes, found.left, found.conflicts) == ([], [], [])
    assert found.after == found.before


# --- Words of other scripts in decks from left to right


def test_decks_in_other_languages_have_none_of_it(built: Callable[[str], Built]) -> None:
    package = Package(built("every-kind").deck)
    for name in package.names:
        if name.endswith(".xml"):
            assert b'rtl="1"' not in package.parts[name], name
            assert b"rtlCol" not in package.parts[name], name
    theme = package.parts["ppt/theme/theme1.xml"].decode()
    assert theme.count('<a:cs typeface=""/>') == 2
    assert "Beng" not in theme


def test_a_word_of_another_script_names_its_font(tmp_path: Path) -> None:
    slide = {
        "kind": "points",
        "title": "Two ways",
        "minutes": 1,
        "text": HEBREW,
        "points": [f"They say {HEBREW} there", "नमस्ते", "Latin alone"],
    }
    package = Package(build_files(tmp_path, deck_folder(tmp_path / "deck", slide), only=("deck",)).deck)
    faces = {
        t.text: [cs.get("typeface") for cs in find(run, "./a:rPr/a:cs")]
        for run in find(package.xml(package.slides[0]), ".//a:r")
        for t in find(run, "./a:t")
    }
    assert faces[HEBREW] == faces[f"They say {HEBREW} there"] == ["Arial"]
    assert faces["नमस्ते"] == ["Nirmala UI"]
    assert faces["Latin alone"] == faces["Two ways"] == []
    ways = {
        "".join(t.text for t in find(p, ".//a:t")): [x.get("rtl") for x in find(p, "./a:pPr") if x.get("rtl")]
        for p in find(package.xml(package.slides[0]), ".//a:p")
    }
    assert ways[HEBREW] == ["1"]
    assert ways[f"They say {HEBREW} there"] == ways["Latin alone"] == []
    theme = package.parts["ppt/theme/theme1.xml"].decode()
    assert 'script="Beng" typeface="Nirmala UI"' in theme
    assert theme.count('<a:cs typeface=""/>') == 2  # the deck's own language needs none


def test_latin_words_of_such_a_deck_run_from_left_to_right(tmp_path: Path) -> None:
    slide = {"kind": "narrative", "title": HEBREW, "minutes": 1, "text": "They said: listen first."}
    source = deck_folder(tmp_path / "deck", slide, language="he", title=HEBREW)
    package = Package(build_files(tmp_path, source, only=("deck",)).deck)
    ways = {
        "".join(t.text for t in find(p, ".//a:t")): [x.get("rtl") for x in find(p, "./a:pPr") if x.get("rtl")]
        for p in find(package.xml(package.slides[0]), ".//a:p")
    }
    assert ways["They said: listen first."] == ["0"]
    assert ways[HEBREW] == []


def test_addresses_keep_the_face_that_they_were_measured_in(tmp_path: Path) -> None:
    """LibreOffice takes what is linked for one sign among letters of a complex script, and sets it in their font."""
    slide = {
        "kind": "points",
        "title": HEBREW,
        "minutes": 1,
        "points": [f"{HEBREW} <https://example.org/a-path>", "[לקרוא עוד](https://example.org/b)", "ראו 7"],
    }
    source = deck_folder(tmp_path / "deck", slide, language="he", title=HEBREW)
    package = Package(build_files(tmp_path, source, only=("deck",)).deck)
    runs = {t.text: run for run in find(package.xml(package.slides[0]), ".//a:r") for t in find(run, "./a:t")}
    faces = {
        words: [cs.get("typeface") for cs in find(run, "./a:rPr/a:cs")]
        for words, run in runs.items()
        if find(run, "./a:rPr/a:hlinkClick")
    }
    assert {words: face for words, face in faces.items() if words.isascii()} == {
        "https://example.org/a-path": ["+mn-lt"],
    }
    assert faces["לקרוא עוד"] == []


def test_footers_that_run_both_ways_are_embedded(deck: Path) -> None:
    """LibreOffice takes them for fields, and lays the parts of others on one another."""
    package = Package(deck)
    footers = {
        "".join(t.text for t in find(shape, ".//a:t"))
        for slide in package.slides
        for shape in find(package.xml(slide), ".//p:sp[.//p:ph[@type='ftr']]")
    }
    assert footers
    for words in footers:
        assert re.fullmatch("\u202b[^\u202a-\u202e]*©[^\u202a-\u202e]*\u00a0\u202c", words), words


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("he", ["בלי הקהילה", "table", "ערב הקהילה", "it", "עכשיו", "by"]),
        ("th", ["Question", "ที่นี่", "peopleanswer", "กลุ่ม"]),
    ],
)
def test_links_in_two_scripts_are_cut_between_words(language: str, parts: list[str], tmp_path: Path) -> None:
    """Blanks beside where the direction changes go with the words before them; nothing is cut within a word."""
    words = (" " if language == "he" else "").join(parts)
    slide = {"kind": "points", "title": parts[1], "minutes": 1, "points": [f"[{words}](https://example.org/b)"]}
    source = deck_folder(tmp_path / "deck", slide, language=language, title=parts[1])
    package = Package(build_files(tmp_path, source, only=("deck",)).deck)
    linked = [
        "".join(t.text for t in find(run, "./a:t"))
        for run in find(package.xml(package.slides[0]), ".//a:r")
        if find(run, "./a:rPr/a:hlinkClick")
    ]
    assert "".join(linked) == words
    assert [part.strip() for part in linked] == parts


# --- Corporate templates


def test_a_template_is_made_to_run_from_right_to_left(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "brand.pptx").write_bytes((Path(pptx.__file__).parent / "templates" / "default.pptx").read_bytes())
    (pack / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    slides = [
        {"kind": "points", "title": ARABIC, "minutes": 1, "points": [ARABIC]},
        {"kind": "columns", "title": ARABIC, "minutes": 1, "columns": [{"text": ARABIC}, {"text": "نهر"}]},
    ]
    source = deck_folder(tmp_path / "deck", *slides, language="ar", title=ARABIC)
    file = build_files(tmp_path, source, only=("deck",), themes=(str(pack),)).deck
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(file)
    assert [str(error) for error in result.errors] == []
    run(need("ooxml-validator"), file)
    package, template = Package(file), Package(pack / "brand.pptx")
    (master,) = package.named(r"ppt/slideMasters/slideMaster\d+\.xml")
    for tag, align in (("titleStyle", {"ctr"}), ("bodyStyle", {"r"})):
        levels = [x for x in find(package.xml(master), f".//p:{tag}/*") if "lvl" in x.tag]
        assert {level.get("rtl") for level in levels} == {"1"}
        assert {level.get("algn") for level in levels} == align
    before, after = ([(x.get("x"), x.get("y")) for x in find(p.xml(master), ".//a:off")] for p in (template, package))
    assert after == before
    faces = [find(package.xml("ppt/theme/theme1.xml"), f".//a:{kind}Font/a:cs")[0] for kind in ("major", "minor")]
    assert [face.get("typeface") for face in faces] == ["Times New Roman", "Arial"]  # the template's for Arabic
    said = [  # what the master says need not be said again; the template's feet are its own
        holder.get("type")
        for shape in find(package.xml(package.slides[0]), ".//p:sp")
        for holder in find(shape, ".//p:ph")
        if find(shape, ".//a:pPr[@rtl]")
    ]
    assert set(said) <= {"dt", "ftr", "sldNum"}


@pytest.mark.parametrize(
    ("named", "language", "expected"),
    [
        ("", "km", "DaunPenh"),
        ("DejaVu Sans", "km", "DaunPenh"),
        ("Khmer OS", "km", "Khmer OS"),
        ("DejaVu Sans", "ar", "DejaVu Sans"),
        ("Arial", "ta", "Nirmala UI"),
    ],
)
def test_a_template_names_a_font_that_has_the_letters(named: str, language: str, expected: str) -> None:
    fonts = f'<a:cs typeface="{named}"/><a:font script="Khmr" typeface="DaunPenh"/>'
    theme = etree.fromstring(f'<a:theme xmlns:a="{A[1:-1]}"><a:minorFont>{fonts}</a:minorFont></a:theme>')
    complete_theme(theme, language)
    assert find(theme, ".//a:cs")[0].get("typeface") == expected


def test_burmese_links_and_cells_name_a_font_of_a_common_height() -> None:
    """LibreOffice would lift them out of their lines by what their own font is higher."""
    run = Run("တာဝန်")
    plain, linked = (
        runs_xml([one], ' lang="my-MM"', lambda _: "") for one in (run, replace(run, link="https://example.org"))
    )
    cell = runs_xml([run], ' lang="my-MM"', lambda _: "", '<a:latin typeface="+mn-lt"/>')
    assert "Arial" not in plain
    assert all('<a:cs typeface="Arial"/>' in one for one in (linked, cell))
    assert "Arial" not in runs_xml([Run("दुनिया", link="https://example.org")], ' lang="hi-IN"', lambda _: "")


def test_rows_of_such_letters_have_lines_of_one_height_in_all_cells() -> None:
    assert on_one_line(["לפני", "41%"])
    assert not on_one_line(["दुनिया", "41%"])
    assert not on_one_line(["Words", "世界"])


def test_marks_of_a_decoration_stand_where_their_boxes_begin(deck: Path) -> None:
    """Text boxes are flush right in such a deck; a mark's box is wider than it is, and begins where it is seen."""
    package = Package(deck)
    marks = 0
    for name in package.named(r"ppt/slideLayouts/\w+\.xml"):
        for shape in find(package.xml(name), ".//p:sp"):
            if shape.find(".//{*}ph") is None and (words := shape.findall(".//{*}t")):
                (properties,) = shape.findall(".//{*}pPr")
                assert (properties.get("algn"), properties.get("rtl")) == ("l", "0"), words[0].text
                marks += 1
    assert marks
