"""Where pages break, and what a document finds on its own pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph, Spacer

from deckbuilder.content.printing import Printing
from deckbuilder.outputs.pages.flowables import Grid, Together
from deckbuilder.outputs.pages.paging import paginate
from deckbuilder.outputs.pages.paging.sheet import Sheet
from deckbuilder.outputs.pages.pictured import Thumbnail
from deckbuilder.outputs.pages.style import handout_style
from deckbuilder.outputs.pages.tagging.flowables import Words
from deckbuilder.outputs.pages.waypoints import RightPage
from tools import SOURCES, Built, build_files, deck_folder, default_theme, outline, print_files, read_words, squeezed

ROOM = 100.0


class Box(Flowable):
    """Something of a height, with a name."""

    def __init__(self, height: float, name: str = "", **looks: Any) -> None:
        super().__init__()
        self.high, self.name = height, name
        vars(self).update(looks)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = 50, self.high
        return 50, self.high


class Gap(Spacer):
    """A space without a name."""

    name = ""

    def __init__(self, height: float) -> None:
        super().__init__(1, height)


class Cue(Box):
    """A box that counts as a cue."""

    blocks = 1


def pages(*flowables: Flowable, room: float = ROOM) -> list[list[str]]:
    """What stands on each page, by its names."""
    sheets = [one for one in paginate(flowables, 200, room) if isinstance(one, Sheet)]
    return [[placed.piece.flowable.name for placed in sheet.placed] for sheet in sheets]


def test_breaks_look_ahead() -> None:
    """Page by page, the first would take four boxes and leave the last, which stays with its neighbour, a page nearly empty."""
    last = Together([Box(40, "e"), Box(40, "f")])
    assert pages(*(Box(25, name) for name in "abcd"), Box(10, "x"), Box(10, "y"), last) == [
        ["a", "b", "c", "d"],
        ["x", "y", "e", "f"],
    ]


def test_a_heading_stays_with_what_follows() -> None:
    assert pages(Box(85, "a"), Box(10, "heading", keepWithNext=1), Box(30, "b")) == [["a"], ["heading", "b"]]


def test_what_stays_with_the_one_before_does_so_over_a_space_and_after_a_group() -> None:
    assert pages(Box(85, "a"), Box(5, "b", keepWithNext=1), Gap(4), Box(30, "c")) == [["a"], ["b", "c"]]
    group = Together([Box(20, "b")])
    group.keepWithNext = 1
    assert pages(Box(75, "a"), group, Gap(4), Box(10, "sources")) == [["a"], ["b", "sources"]]


def test_a_panel_that_is_divided_keeps_its_room_at_both_edges() -> None:
    rows = [Box(20, f"{n}") for n in range(6)]
    looks = [
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    panel = Grid([[[row]] for row in rows], colWidths=[200], style=looks)
    panel.edges = (8.0, 6.0)
    first, second = (sheet.placed[0].piece for sheet in paginate([panel], 200, ROOM) if isinstance(sheet, Sheet))
    held = [len(part.flowable._cellvalues) for part in (first, second)]
    assert sum(held) == 6
    assert [first.height, second.height] == [held[0] * 23 + 4, held[1] * 23 + 7]
    assert max(first.height, second.height) <= ROOM
    assert first.flowable._cellStyles[-1][0].bottomPadding == 6
    assert second.flowable._cellStyles[0][0].topPadding == 8
    assert panel._cellStyles[0][0].bottomPadding == 2, "the whole is as it was"


def test_a_group_goes_to_the_next_page_whole_and_parts_only_where_no_page_holds_it() -> None:
    assert pages(Box(70, "a"), Together([Box(20, "b"), Box(20, "c")])) == [["a"], ["b", "c"]]
    assert pages(Together([Box(60, "a"), Box(60, "b")])) == [["a"], ["b"]]


def test_cues_part_two_on_either_side_under_words_that_say_so() -> None:
    cues = [Cue(22, name) for name in "abcd"]
    whole = Together([*cues], continued=Box(6, "continued"))
    assert pages(Box(40, "before"), whole, Box(45, "after")) == [["before", "a", "b"], ["continued", "c", "d", "after"]]


def test_a_part_wants_its_room_or_a_new_page() -> None:
    assert pages(Box(50, "a"), CondPageBreak(60), Box(20, "b")) == [["a"], ["b"]]
    assert pages(Box(30, "a"), CondPageBreak(60), Box(20, "b")) == [["a", "b"]]


def test_a_part_s_last_lines_do_not_stand_alone_above_the_next_part() -> None:
    """Two would fit on the first page but for a little; a few more go with the last line."""
    part = [Box(30, "a"), Box(30, "b"), Box(12, "c"), Box(12, "d"), Box(12, "e"), Box(8, "f")]
    assert pages(*part, CondPageBreak(40), Box(50, "next")) == [["a", "b", "c", "d"], ["e", "f", "next"]]


def test_spaces_shrink_before_a_page_is_begun_for_a_few_lines() -> None:
    boxes = [Box(28, name, spaceBefore=6, spaceAfter=6) for name in "abc"]
    (sheet,) = (one for one in paginate([*boxes, Box(0.5, "d")], 200, ROOM) if isinstance(one, Sheet))
    assert sum(placed.gap + placed.piece.height for placed in sheet.placed) == pytest.approx(ROOM)


def test_breaks_that_are_asked_for_are_made() -> None:
    assert pages(Box(10, "a"), PageBreak(), Box(10, "b"), CondPageBreak(999), Box(10, "c")) == [["a"], ["b"], ["c"]]
    flow = paginate([RightPage(), Box(10, "a"), RightPage(), Box(10, "b")], 200, ROOM)
    assert sum(isinstance(one, RightPage) for one in flow) == 2


# --- Documents


def texts(pdf: Path) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(pdf).pages]


QUESTION = {"ask": "What would you try first?", "lines": 4}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A deck of two sections and a reserve, with what is read and what is worked on; and where to build it."""
    folder = tmp_path_factory.mktemp("own")
    points = [{"text": f"**Term {n}**: in short"} for n in (1, 2)]
    picture = {"file": "pictures/dawn.jpg", "alt": "Dawn"}
    told = "**Term 1.** At length and in detail.\n\n**Term 2.** Likewise, and further."
    first = [
        {
            "kind": "points",
            "title": "Terms",
            "points": points,
            "picture": picture,
            "handout": told,
            "questions": [QUESTION],
        },
        {"kind": "narrative", "title": "A story", "text": "Once upon a time.", "handout": "And so on and so forth."},
        {"kind": "narrative", "title": "A blank", "text": "The answer is [[patience]].", "minutes": 2.5},
    ]
    second = [{"kind": "narrative", "title": "A row", "text": f"Number {n}.", "minutes": 1} for n in range(4)]
    sections = [
        {"title": "First part", "slides": first},
        {"title": "Second part", "slides": second},
        {"title": "Spare", "appendix": True, "slides": [{"kind": "narrative", "title": "More", "text": "More."}]},
    ]
    deck = deck_folder(folder / "deck", sections=sections, objectives=["Try something"])
    return deck, folder


def test_agenda_and_run_of_show_name_the_pages_that_sections_stand_on(own: tuple[Path, Path]) -> None:
    deck, folder = own
    files = print_files(folder / "pages", deck)
    for pdf in (files.handout, files.guide):
        reader = PdfReader(pdf)
        found = {title: page for depth, title, page in outline(reader) if depth == 0}
        first = next(text for text in texts(pdf) if "Agenda" in text)
        for title in ("First part", "Second part"):
            assert re.search(rf"{squeezed(title)}\d*?{found[title]}\d*", first), title
        assert "Spare" not in first.partition("Agenda")[2].partition("End")[0], "reserve is in no agenda"
    show = next(text for text in texts(files.guide) if "Runofshow" in text and "4–7" in text)
    assert "4–7Arow4" in show, "a row a series"


def test_points_that_the_text_takes_up_are_printed_once(own: tuple[Path, Path]) -> None:
    """Where the slide has a picture, the text runs around that."""
    deck, folder = own
    handout = print_files(folder / "once", deck).handout
    text = "".join(texts(handout))
    assert text.count("Term1") == text.count("Term2") == 1
    assert "Atlengthandindetail" in text
    ((x, _),) = ((x, wide) for alt, x, wide in figures(handout) if alt == "Dawn")
    (words,) = (word for page in read_words(handout) for word in page.words if word.text == "Likewise,")
    assert words.right < x, "beside the picture"


def test_a_short_handout_has_what_is_filled_in_and_not_what_is_read(own: tuple[Path, Path]) -> None:
    deck, folder = own
    source = deck.read_text(encoding="utf-8")
    short = folder / "short" / "deck.yaml"
    shutil.copytree(deck.parent, short.parent)
    short.write_text(f"{source}handout: {{length: short}}\n", encoding="utf-8")
    files = print_files(folder / "short-out", short)
    text = "".join(texts(files.handout))
    for kept in ("Whatwouldyoutryfirst?", "Term1", "Theansweris", "Actionplan"):
        assert kept in text, kept
    for read in ("Atlengthandindetail", "Onceuponatime", "Andsoon", "patience"):
        assert read not in text, read
    assert "patience" in "".join(texts(files.guide)), "the key is there"


def test_sheets_to_hand_in_have_both_their_sides_to_themselves(own: tuple[Path, Path]) -> None:
    deck, folder = own
    reader = PdfReader(print_files(folder / "duplex", deck, duplex=True).handout)
    places = {title: page for depth, title, page in outline(reader) if depth == 0}
    order = sorted(places.values())
    for title in ("Action plan", "Evaluation"):
        page = places[title]
        assert page % 2 == 1, title
        after = next((other for other in order if other > page), page + 2)
        assert after >= page + 2, title


def test_running_titles_tell_the_section(own: tuple[Path, Path], tmp_path: Path) -> None:
    slides = [{"kind": "narrative", "title": f"Slide {n}", "text": "Words. " * 150} for n in range(6)]
    deck = deck_folder(tmp_path / "deck", sections=[{"title": "A long section", "slides": slides}])
    handout = texts(print_files(tmp_path / "out", deck).handout)
    begins = next(n for n, text in enumerate(handout) if "Alongsection" in text and "Slide0" in text)
    assert all("Alongsection" in text for text in handout[begins + 1 : begins + 3])


def test_slides_by_themselves_are_a_page_each_and_nobody_gets_them_unasked(tmp_path: Path) -> None:
    slides = [{"kind": "narrative", "title": f"Slide {n}", "text": "Words.", "hidden": n == 1} for n in range(3)]
    deck = deck_folder(tmp_path / "deck", *slides)
    built: Built = build_files(tmp_path / "out", deck)
    assert not list(built.folder.glob("*-slides.pdf"))
    build_files(tmp_path / "slides", deck, only=("slides",))
    (pdf,) = (tmp_path / "slides").rglob("*-slides.pdf")
    reader = PdfReader(pdf)
    assert [page.mediabox.width / page.mediabox.height for page in reader.pages] == [pytest.approx(16 / 9)] * 2
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert ["Slide0" in texts(pdf)[0], "Slide2" in texts(pdf)[1]] == [True, True]


def test_slide_prints_leave_no_part_of_their_page_white(tmp_path: Path) -> None:
    """Slides, and below or beside them lines to write on, reach down to the foot of the page."""
    from test_documents import draw

    deck = deck_folder(
        tmp_path / "deck", *({"kind": "narrative", "title": f"Slide {n}", "text": "Words."} for n in range(6))
    )
    for count in (1, 2, 3, 4, 6):
        first = PdfReader(print_files(tmp_path / f"{count}", deck, slides_per_page=count).handout).pages[0]
        lines = [y for left, right, y in draw(first).rules if right - left > 150 and y > 62]
        assert min(lines) < 64 + 40, count


@pytest.mark.parametrize("settings", [{}, {"large_print": True}, {"booklet": True}], ids=["normal", "large", "booklet"])
def test_no_page_within_a_chapter_of_a_shipped_deck_looks_forgotten(settings: dict[str, Any], tmp_path: Path) -> None:
    """The lowest word of each page: below two fifths of the paper, unless a part ends there."""
    deck, session = SOURCES["safe-food"]
    files = print_files(tmp_path / "out", deck, session, **settings)
    for pdf in (files.handout, files.guide):
        reader = PdfReader(pdf)
        begins = {page for depth, _, page in outline(reader) if depth == 0}
        for number, page in enumerate(read_words(pdf), 1):
            body = [word for word in page.words if word.top < page.height - 90]
            if body and number + 1 not in begins and number < len(reader.pages):
                assert max(word.bottom for word in body) > 0.5 * page.height, f"{pdf.name}, page {number}"


def test_a_page_that_begins_something_holds_more_of_it_than_a_line() -> None:
    styles = handout_style(default_theme(), Printing("letter")).styles

    def line(name: str, style: str = "p") -> Words:
        made = Words([name], styles[style])
        made.name = name
        return made

    begun = [line("t", "h3"), line("c"), line("d"), line("e")]
    alone = sum(one.wrap(200, 400)[1] + one.getSpaceBefore() + one.getSpaceAfter() for one in begun[:2])
    assert pages(Box(398 - alone, "b"), *begun, Box(200, "f"), room=400) == [["b"], ["t", "c", "d", "e", "f"]]


def test_lines_on_paper_are_even_in_titles_and_end_in_no_short_word() -> None:
    styles = handout_style(default_theme(), Printing("letter")).styles

    def lines(text: str, style: str, width: float) -> list[str]:
        made = Words([*text.split("/")], styles[style])
        made.wrap(width, 1000)
        para = made.blPara
        given = (line[1] if para.kind == 0 else [word.text for word in line.words] for line in para.lines)
        return [" ".join("".join(words).split()) if para.kind else " ".join(words) for words in given]

    title = "Meeting people where they are and not where they were"
    for width in range(160, 420, 20):
        fewest = Paragraph(title, styles["question"])
        fewest.wrap(width, 1000)
        even = lines(title, "question", width)
        assert len(even) == len(fewest.blPara.lines)
        assert " ".join(even) == title
        assert len(even) == 1 or len(even[-1]) > 0.6 * max(map(len, even)), even
    text = "One makes the problem visible to a public that would rather look away from all of it"
    for width in range(150, 400, 5):
        for words in (text, "One makes the /problem visible/ to a public that would rather look away from all of it"):
            ragged = lines(words, "p", width)
            assert " ".join(" ".join(ragged).split()) == text
            assert len(ragged) == 1 or " " in ragged[-1], ragged


def test_what_a_page_has_room_for_is_not_divided_to_even_out_pages() -> None:
    cues = Together([Cue(10, name) for name in "bcde"], continued=Box(6, "continued"))
    assert pages(Box(50, "a"), cues, Box(64, "f"), Box(95, "g")) == [["a", "b", "c", "d", "e"], ["f"], ["g"]]


def test_slides_side_by_side_shrink_so_that_a_page_holds_what_belongs_to_them() -> None:
    class Slide(Thumbnail):
        def __init__(self, width: float) -> None:
            Flowable.__init__(self)
            self.width, self.height = width, width / 2

    pair = Grid([[[Slide(80)], [Slide(80)]]], colWidths=[100, 100])
    (sheet,) = (one for one in paginate([pair, Box(60, "cue")], 200, ROOM) if isinstance(one, Sheet))
    assert sum(placed.gap + placed.piece.height for placed in sheet.placed) == pytest.approx(ROOM)
    assert len({slide.width for slide in pair.slides}) == 1
    assert 0.7 * 80 <= pair.slides[0].width < 80


def test_a_long_list_to_listen_for_goes_on_over_the_page_two_items_at_least_on_each_side(tmp_path: Path) -> None:
    said = [
        f"Answer{n}x, told at such length that it takes more than a single line of a booklet's page" for n in range(14)
    ]
    asked = [{"ask": "What would you try first?", "listen_for": said}]
    deck = deck_folder(tmp_path / "deck", {"kind": "statement", "title": "One", "statement": "S", "questions": asked})
    built = print_files(tmp_path / "out", deck, booklet=True)
    found = [len(re.findall(r"Answer\d+x", text)) for text in texts(built.folder / f"{built.name}-guide.pdf")]
    slide = found[: len(found) - [bool(n) for n in found[::-1]].index(True)]
    shown = [n for n in slide if n]
    assert len(shown) > 1
    assert min(shown) >= 2


def test_the_action_plan_of_a_booklet_is_one_page(tmp_path: Path) -> None:
    deck = deck_folder(
        tmp_path / "deck", {"kind": "statement", "title": "One", "statement": "S"}, handout={"parts": ["action-plan"]}
    )
    built = print_files(tmp_path / "out", deck, booklet=True)
    plans = [text.count("WhatIwilldo") for text in texts(built.folder / f"{built.name}-handout.pdf")]
    assert [n for n in plans if n] == [3]


def test_the_guide_says_which_slides_are_hidden(tmp_path: Path) -> None:
    shown = {"kind": "statement", "title": "Shown", "statement": "S", "minutes": 3}
    hidden = {
        "kind": "statement",
        "title": "Spare",
        "statement": "T",
        "minutes": 0,
        "hidden": True,
        "cues": [{"say": "So."}],
    }
    built = print_files(tmp_path / "out", deck_folder(tmp_path / "deck", shown, hidden))
    guide = "".join(texts(built.folder / f"{built.name}-guide.pdf"))
    assert "Spare·hidden" in guide
    assert "Slide2(hidden)" in guide
    assert "Shown·hidden" not in guide
    assert "Slide1(hidden)" not in guide


def test_slides_side_by_side_that_take_more_than_half_a_page_shrink_too() -> None:
    class Slide(Thumbnail):
        def __init__(self, width: float) -> None:
            Flowable.__init__(self)
            self.width, self.height = width, width / 2

    pair = Grid([[[Slide(140)], [Slide(140)]]], colWidths=[150, 150])
    (sheet,) = (one for one in paginate([pair, Box(42, "cue")], 320, ROOM) if isinstance(one, Sheet))
    assert sum(placed.gap + placed.piece.height for placed in sheet.placed) == pytest.approx(ROOM)
    assert len({slide.width for slide in pair.slides}) == 1
    assert 0.7 * 140 <= pair.slides[0].width < 140


def test_rows_of_slides_on_a_page_are_of_one_size() -> None:
    class Slide(Thumbnail):
        def __init__(self, width: float) -> None:
            Flowable.__init__(self)
            self.width, self.height = width, width / 2

    rows = [Grid([[[Slide(64)], [Slide(64)]]], colWidths=[70, 70]) for _ in range(2)]
    together = Together([*rows, Box(30, "cue")])
    (sheet,) = (one for one in paginate([together], 160, ROOM) if isinstance(one, Sheet))
    assert sum(placed.gap + placed.piece.height for placed in sheet.placed) <= ROOM + 0.01
    widths = {round(slide.width, 2) for row in rows for slide in row.slides}
    assert len(widths) == 1
    assert widths.pop() < 64


@pytest.mark.parametrize("nested", [False, True], ids=["plain", "nested"])
def test_a_row_that_is_divided_holds_the_lists_in_it(
    nested: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Items that take two lines beside a margin, and one without."""
    divide = Grid.in_row
    found: list[bool] = []

    def divided(self: Grid, width: float, height: float) -> list[Flowable]:
        parts = divide(self, width, height)
        for part in parts[:1]:
            assert isinstance(part, Grid)
            for cell, wide, style in zip(part._cellvalues[0], part._colWidths, part._cellStyles[0], strict=True):
                found.append(part._listCellGeom(cell, wide, style)[1] <= part._rowHeights[0] + 0.01)
        return parts

    monkeypatch.setattr(Grid, "in_row", divided)
    words = ["word " * (4 + n % 3) + "w" * (n % 9) for n in range(60)]
    points = [{"text": one, "points": [one] * 2} if n % 3 == 0 and nested else one for n, one in enumerate(words)]
    picture = {"file": "pictures/path.svg", "alt": "A path that rises."}
    slide = {"kind": "points", "title": "Many", "text": "word " * 9, "points": points, "picture": picture}
    build_files(tmp_path / "out", deck_folder(tmp_path / "deck", slide), only=("handout",))
    assert found
    assert all(found)


def figures(pdf: Path) -> list[tuple[str, float, float]]:
    """What pictures are told as, where they begin from the left, and how wide they are, in points."""
    with pikepdf.open(pdf) as file:
        found = [o for o in file.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        boxes = [(str(o.Alt), [float(v) for v in o.A.BBox]) for o in found]
    return [(alt, box[0], box[2] - box[0]) for alt, box in boxes]


def test_facts_of_a_slide_stand_beside_its_picture_in_a_booklet(tmp_path: Path) -> None:
    slide = {
        "kind": "statement",
        "title": "Titled",
        "statement": "Seen",
        "minutes": 3,
        "cues": [{"say": "So it goes."}],
    }
    built = print_files(tmp_path / "out", deck_folder(tmp_path / "deck", slide), booklet=True)
    guide = built.folder / f"{built.name}-guide.pdf"
    (facts,) = (line for page in read_words(guide) for line in page.lines if line[2].startswith("Slide 1 "))
    (end,) = (x + wide for alt, x, wide in figures(guide) if "Titled" in alt)
    assert facts[0] > end
    assert "min" in facts[2]


def test_pictures_alone_are_as_wide_as_the_measure_and_a_resources_stands_beside_its_words(tmp_path: Path) -> None:
    alone = {
        "kind": "picture",
        "title": "Alone",
        "picture": {"file": "pictures/dawn.jpg", "alt": "Dawn"},
    }
    about = {"kind": "resource", "title": "About", "name": "Site", "text": "Words of it.", "audience": "For all"}
    about |= {"links": [{"text": "One", "url": "https://example.org/1"}]}
    about |= {"picture": {"file": "pictures/dawn.jpg", "alt": "Site seen"}}
    deck = deck_folder(tmp_path / "deck", alone, about)
    for name, settings in (("normal", {}), ("booklet", {"booklet": True})):
        built = print_files(tmp_path / name, deck, **settings)
        handout = built.folder / f"{built.name}-handout.pdf"
        column = handout_style(default_theme(), Printing("letter", **settings)).column
        wide = {alt: (x, width) for alt, x, width in figures(handout)}
        assert wide["Dawn"][1] >= 0.7 * column
        x, width = wide["Site seen"]
        assert width >= 149
        if name == "normal":  # a booklet has no room beside it
            (words,) = (line for page in read_words(handout) for line in page.lines if line[2] == "Words of it.")
            assert words[0] < x


@pytest.mark.parametrize(("steps", "words"), [(8, 120), (8, 150), (12, 210)])
def test_a_card_to_work_by_goes_to_the_next_page_where_that_leaves_none_empty(
    steps: int, words: int, tmp_path: Path
) -> None:
    told = "\n".join(
        f"{n}. Step{n}x, told in so many words that it takes up two lines or more of a booklet" for n in range(steps)
    )
    before = {"kind": "narrative", "title": "N", "text": "Words. " * words}
    deck = deck_folder(tmp_path / "deck", before, {"kind": "activity", "title": "A", "instructions": told})
    built = print_files(tmp_path / "out", deck, booklet=True)
    found = [len(re.findall(r"Step\d+x", text)) for text in texts(built.folder / f"{built.name}-handout.pdf")]
    assert [n for n in found if n] == [steps]
