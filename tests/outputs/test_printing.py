"""What comes out of the printer: margins clear of holes, sections, greys, large print, booklets, slide prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml
from PIL import Image
from pypdf import PdfReader
from typer.testing import CliRunner

from deckbuilder import commands
from deckbuilder.content.printing import PrintSettings
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.outputs.pages.imposition import CREEP, sides
from deckbuilder.pipeline import Order, build
from deckbuilder.units import MM
from tools import (
    PRINTINGS,
    REPOSITORY,
    SHIPPED_PRESETS,
    SOURCES,
    Built,
    Page,
    arrange,
    arranged,
    deck_folder,
    need,
    outline,
    print_files,
    read_words,
    run,
    squeezed,
)

Printed = Callable[[str, str], Built]
decks = pytest.mark.parametrize("name", ["harm-reduction", "every-kind"])
documents = pytest.mark.parametrize("kind", ["handout", "guide"])
mirrored = pytest.mark.parametrize("printing", ["duplex", "copier", "large-print-copier", "slides-6-copier"])


def pictures_of(pdf: Path, folder: Path, dpi: int = 40, *options: str) -> list[Image.Image]:
    run(need("pdftoppm"), "-r", str(dpi), "-png", *options, pdf, folder / "page")
    return [Image.open(file).convert("RGB") for file in sorted(folder.glob("page*.png"))]


def ink(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The box of what is not white."""
    return image.convert("L").point(lambda v: 255 * (v < 200)).getbbox()


# --- Both sides of the paper


@decks
@documents
def test_on_one_side_the_margin_for_binding_is_at_the_left(
    name: str, kind: str, printed: Printed, tmp_path: Path
) -> None:
    for number, image in enumerate(pictures_of(getattr(printed(name, "letter"), kind), tmp_path), 1):
        box = ink(image)
        assert box, number
        assert box[0] >= 20 / 25.4 * 40 - 1, f"page {number}"


@mirrored
@decks
@documents
def test_on_both_sides_the_margin_for_binding_is_mirrored_and_holes_are_clear(
    name: str, kind: str, printing: str, printed: Printed, tmp_path: Path
) -> None:
    """Holes of 6 mm stand 12 mm from the edge: nothing is printed in the 20 mm next to it."""
    gutter = 20 / 25.4 * 40
    for number, image in enumerate(pictures_of(getattr(printed(name, printing), kind), tmp_path), 1):
        box = ink(image)
        if box is None:
            assert number % 2 == 0, "only left-hand pages are left blank"
        elif number % 2:
            assert box[0] >= gutter - 1, f"page {number}"
        else:
            assert image.width - box[2] >= gutter - 1, f"page {number}"


@mirrored
@decks
@documents
def test_sections_start_on_right_hand_pages(name: str, kind: str, printing: str, printed: Printed) -> None:
    pdf = getattr(printed(name, printing), kind)
    sections = [s.title.plain.replace("\n", " ") for s in arranged(name).reading.deck.sections]
    starts = [page for depth, title, page in outline(PdfReader(pdf)) if depth == 0 and title in sections]
    assert len(starts) >= len(sections) - 1  # the handout leaves out what has nothing on paper
    assert [page for page in starts if page % 2 == 0] == []


@decks
@documents
def test_page_numbers_stand_at_the_outer_edge(name: str, kind: str, printed: Printed) -> None:
    for printing in ("duplex", "booklet", "letter"):
        for number, page in enumerate(read_words(getattr(printed(name, printing), kind)), 1):
            found = number_of(page, number)
            if found is None:
                assert not page.words, "blank pages have no furniture"
                continue
            left, right = found
            if printing != "letter" and number % 2 == 0:
                assert left < page.width / 4
            else:
                assert right > page.width * 3 / 4


def number_of(page: Page, number: int) -> tuple[float, float] | None:
    """Where the page's number stands: the left and right of the words that say it."""
    foot = [w for w in page.words if w.top > page.height - 80]
    for first, second in pairwise(foot):
        if first.text in ("Page", "Página", "Seite") and second.text == str(number):
            last = next(w for w in foot[foot.index(second) :] if w.text.isdigit() and w is not second)
            return first.left, last.right
    return None


# --- Grey


@pytest.mark.parametrize("printing", ["grayscale", "slides-6-copier", "large-print-copier"])
@decks
@documents
def test_grey_prints_have_no_colour(name: str, kind: str, printing: str, printed: Printed, tmp_path: Path) -> None:
    for number, image in enumerate(pictures_of(getattr(printed(name, printing), kind), tmp_path), 1):
        red, green, blue = image.split()
        for one, other in ((red, green), (green, blue)):
            assert one.tobytes() == other.tobytes(), f"page {number} has colour"


@decks
def test_grey_prints_show_no_slide_on_a_dark_ground(name: str, printed: Printed, tmp_path: Path) -> None:
    """Slides that are dark on the screen are printed on white: the greater part of each is light."""
    dark = {f.number for f in arranged(name).frames if f.layout.dark}
    assert dark
    pdf = printed(name, "slides-6-copier").handout
    images = pictures_of(pdf, tmp_path, 72)
    for _, title, page in outline(PdfReader(pdf)):
        found = re.match(r"(\d+)  ", title)
        if not found or int(found[1]) not in dark:
            continue
        frame = arranged(name).frames[int(found[1]) - 1]
        if any(hasattr(item, "picture") for item in frame.items):
            continue  # a picture of its own may be dark
        box = figure_box(pdf, page, f"{frame.number}")
        shown = images[page - 1].crop(box).convert("L")
        histogram = shown.histogram()
        assert sum(histogram[:128]) < 0.25 * sum(histogram), f"slide {frame.number}"


def figure_box(pdf: Path, number: int, slide: str) -> tuple[int, int, int, int]:
    """Where the print of a slide stands, in pixels at 72 dpi from the upper left."""
    with pikepdf.open(pdf) as file:
        sheet = file.pages[number - 1]
        high = float(sheet.mediabox[3])
        for thing in file.objects:
            if not isinstance(thing, pikepdf.Dictionary) or thing.get("/S") != "/Figure":
                continue
            if thing.Pg.objgen == sheet.objgen and re.match(rf"\D*{slide}\b", str(thing.Alt)):
                left, low, right, top = (float(v) for v in thing.A.BBox)
                return round(left), round(high - top), round(right), round(high - low)
    raise AssertionError(f"slide {slide} is not on page {number}")


def test_grey_prints_keep_contrast(printed: Printed) -> None:
    """A colour becomes the grey of its luminance, so that text that could be read still can."""
    from deckbuilder.outputs.pages.grey import in_grey_theme
    from deckbuilder.theme.color import Color, contrast
    from tools import default_theme

    theme = default_theme()
    grey = in_grey_theme(theme)
    for color in theme.colors.values():
        before = contrast(theme.palette.rgb(color), theme.palette.rgb(Color("lt1")))
        after = contrast(grey.palette.rgb(color), grey.palette.rgb(Color("lt1")))
        assert after == pytest.approx(before, rel=0.02)


# --- Large print


@decks
@documents
@pytest.mark.parametrize("printing", ["large-print", "large-print-copier"])
def test_large_print_is_18_points_upright_and_without_serifs(
    name: str, kind: str, printing: str, printed: Printed
) -> None:
    pdf = getattr(printed(name, printing), kind)
    for number, page in enumerate(PdfReader(pdf).pages, 1):
        for size, font, words in texts(page):
            if not words.strip():
                continue
            assert size >= 17.99, f"page {number}: {words} in {size} points"
            assert "Gelasio" not in font, f"page {number}: {words} has serifs"
            assert "Italic" not in font, f"page {number}: {words} slopes"


def texts(page: Any) -> list[tuple[float, str, str]]:
    """The texts of a page, but those in pictures and in raised letters: size, font, words."""
    out: list[tuple[float, str, str]] = []
    size, rise, figure = 0.0, 0.0, False

    def visit(operator: bytes, operands: list[Any], matrix: list[float], text: list[float]) -> None:
        nonlocal size, rise, figure
        if operator == b"BDC":
            figure = operands[0] == "/Figure"
        elif operator == b"Tf":
            size = float(operands[1])
            font.append(str(page["/Resources"]["/Font"][operands[0]]["/BaseFont"]))
        elif operator == b"Ts":
            rise = float(operands[0])
        elif operator in (b"Tj", b"TJ") and not figure and not rise:
            out.append((size * matrix[3], font[-1], str(operands[0])))

    font = [""]
    page.extract_text(visitor_operand_before=visit)
    return out


@decks
def test_large_print_does_not_shout(name: str, printed: Printed) -> None:
    label = arranged(name).labels("say")
    plain, large = (words_of(printed(name, printing).guide) for printing in ("letter", "large-print"))
    assert label.upper() in plain
    assert label.upper() not in large
    assert label in large


def words_of(pdf: Path) -> set[str]:
    return {word.text for page in read_words(pdf) for word in page.words}


def test_large_print_makes_sloped_words_bold(tmp_path: Path) -> None:
    slide = {"kind": "narrative", "title": "Words", "text": "Some are *sloped* here."}
    files = print_files(tmp_path / "out", deck_folder(tmp_path / "deck", slide), large_print=True)
    assert font_of("sloped", files.handout).endswith("Carlito-Bold")
    assert font_of("Some are", files.handout).endswith("Carlito")


def font_of(words: str, pdf: Path) -> str:
    """The font that words are set in, which stand in one piece."""
    found: list[str] = []

    def visit(text: str, _1: Any, _2: Any, font: Any, _3: Any) -> None:
        if words in text:
            found.append(str(font["/BaseFont"]))

    for page in PdfReader(pdf).pages:
        page.extract_text(visitor_text=visit)
    (font,) = found
    return font


# --- Booklets


def test_sides_of_a_booklet_put_pages_in_order_when_folded() -> None:
    assert sides(4) == [(4, 1), (2, 3)]
    assert sides(6) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    for count in range(1, 41):
        pages = [page for side in sides(count) for page in side]
        assert sorted(pages) == list(range(1, len(pages) + 1))
        assert len(pages) % 4 == 0
        assert len(pages) - count < 4
        # Leafing through the folded sheets from the outside in gives the pages in order.
        rights = [side[1] for side in sides(count)[::2]] + [side[0] for side in sides(count)[1::2]]
        assert sorted(rights) == list(range(1, len(pages) // 2 + 1))


@decks
@pytest.mark.parametrize("kind", ["handout", "guide"])
def test_a_booklets_sheets_hold_two_pages_a_side_moved_by_creep(name: str, kind: str, printed: Printed) -> None:
    folder = printed(name, "booklet").folder
    pages = read_words(folder / f"{name}-{kind}.pdf", raw=True)
    sheets = read_words(folder / f"{name}-{kind}-booklet.pdf", raw=True)
    order = sides(len(pages))
    assert len(sheets) == len(order)
    for number, (sheet, pair) in enumerate(zip(sheets, order, strict=True)):
        assert sheet.width == pytest.approx(2 * pages[0].width)
        creep = number // 2 * CREEP
        wanted = [
            (word.text, word.left + shift, word.top)
            for page, shift in zip(pair, (creep, pages[0].width - creep), strict=True)
            if page <= len(pages)
            for word in pages[page - 1].words
        ]
        found = [(word.text, word.left, word.top) for word in sheet.words]
        assert [w[0] for w in found] == [w[0] for w in wanted]
        for here, there in zip(found, wanted, strict=True):
            assert here[1:] == pytest.approx(there[1:], abs=0.01)


@decks
def test_a_booklets_links_and_bookmarks_lie_on_its_sheets(name: str, printed: Printed) -> None:
    folder = printed(name, "booklet").folder
    pages, sheets = (PdfReader(folder / f"{name}-handout{end}.pdf") for end in ("", "-booklet"))
    order = sides(len(pages.pages))
    side_of = {page: number for number, pair in enumerate(order, 1) for page in pair}
    wanted = [(title, side_of[page]) for _, title, page in outline(pages)]
    assert [(title, page) for _, title, page in outline(sheets)] == wanted
    width = float(pages.pages[0].mediabox[2])
    for number, pair in enumerate(order):
        found = sorted(float(n.get_object()["/Rect"][0]) for n in sheets.pages[number].get("/Annots") or [])
        expected = []
        for page, shift in zip(pair, (number // 2 * CREEP, width - number // 2 * CREEP), strict=True):
            if page <= len(pages.pages):
                notes = pages.pages[page - 1].get("/Annots") or []
                expected += [float(n.get_object()["/Rect"][0]) + shift for n in notes]
        assert found == pytest.approx(sorted(expected), abs=0.01)


def test_a_booklet_too_thick_to_fold_is_told(tmp_path: Path) -> None:
    slides = [{"kind": "narrative", "title": f"Story {n}", "text": "Words and words. " * 150} for n in range(60)]
    problems = Diagnostics()
    deck = deck_folder(tmp_path / "deck", *[s | {"minutes": 1} for s in slides])
    settings = PrintSettings(booklet=True)
    build(Order(deck, output=tmp_path / "out", only=("handout",), printing=settings), problems)
    assert any("hard to fold" in str(p) for p in problems)


# --- Slide prints


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6])
@decks
def test_slide_prints_have_so_many_slides_a_page_and_tell_what_is_on_them(
    name: str, count: int, printed: Printed
) -> None:
    frames = arrange(*SOURCES[name], prints=True).frames
    pdf = printed(name, f"slides-{count}").handout
    reader = PdfReader(pdf)
    prints = -(-len(frames) // count)
    assert all("Links" in page.extract_text() for page in reader.pages[prints:]), "where slides lead"
    assert len(reader.pages) in (prints, prints + 1)
    slides = [(int(t.split("  ")[0]), page) for _, t, page in outline(reader) if re.match(r"\d+  ", t)]
    assert slides == [(frame.number, (frame.number - 1) // count + 1) for frame in frames]
    with pikepdf.open(pdf) as file:
        alts = [str(o.Alt) for o in file.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
    told = {int(re.findall(r"\d+", alt)[0]): squeezed(alt) for alt in alts}
    for frame in frames:
        assert squeezed(frame.title) in told[frame.number]
        for item in frame.items:
            if getattr(item, "text", None):
                assert squeezed(item.text.plain) in told[frame.number]


def test_three_slides_a_page_have_room_to_write_beside_each(printed: Printed) -> None:
    from test_documents import draw

    pdf = printed("harm-reduction", "slides-3").handout
    width = float(PdfReader(pdf).pages[0].mediabox[2])
    rules = [r for r in draw(PdfReader(pdf).pages[0]).rules if width / 2 < r[0] < width * 2 / 3 and r[1] > width - 60]
    assert len(rules) >= 12
    assert len({(y - 64) // ((792 - 48 - 64) / 3) for _, _, y in rules}) == 3


def test_slide_prints_are_drawn_as_vectors(tmp_path: Path) -> None:
    picture = {"file": "pictures/path.svg", "alt": "A path"}
    deck = deck_folder(tmp_path / "deck", {"kind": "picture", "title": "A path", "picture": picture})
    files = print_files(tmp_path / "out", deck, slides_per_page=4)
    assert len(run(need("pdfimages"), "-list", files.handout).splitlines()) == 2, "no picture but the table's head"


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_slide_prints_fit_the_paper(paper: Any, tmp_path: Path) -> None:
    for count in (1, 2, 3, 4, 6):
        files = print_files(tmp_path / f"{count}", *SOURCES["safe-food"], paper=paper, slides_per_page=count)
        with pikepdf.open(files.handout) as file:
            _, _, width, height = (float(v) for v in file.pages[0].mediabox)
            sides = {"letter": (612, 792), "a4": (595, 842)}[paper]
            assert (round(width), round(height)) == (sides[::-1] if count == 4 else sides)
            for thing in file.objects:
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure":
                    left, low, right, top = (float(v) for v in thing.A.BBox)
                    assert 20 * MM < left < right < width - 30
                    assert 60 < low < top < height - 40


# --- Sizes


def test_pictures_have_at_most_300_pixels_an_inch(tmp_path: Path) -> None:
    names = ("large.jpg", "large.png")
    slides = [
        {"kind": "narrative", "title": n, "text": "A story.", "picture": {"file": f"pictures/{n}", "alt": "Noise"}}
        for n in names
    ]
    deck = deck_folder(tmp_path / "deck", *slides)
    for name in names:
        Image.effect_noise((1900, 1300), 80).convert("RGB").save(tmp_path / "deck/pictures" / name)
    for settings in ({}, {"slides_per_page": 1}, {"grayscale": True}, {"booklet": True}):
        files = print_files(tmp_path / f"out-{len(settings)}-{settings}", deck, **settings)
        for pdf in (files.handout, files.guide):
            rows = [row.split() for row in run(need("pdfimages"), "-list", pdf).splitlines()[2:]]
            assert rows
            assert [row for row in rows if int(row[12]) > 301 or int(row[13]) > 301] == []


@pytest.mark.parametrize("printing", ["letter", "booklet", "large-print", "slides-1"])
def test_a_handout_of_forty_slides_is_small_enough_to_send(printing: str, printed: Printed) -> None:
    assert len(arranged("harm-reduction").reading.deck.sections) > 3
    for pdf in printed("harm-reduction", printing).documents:
        assert pdf.stat().st_size < 1.5e6


# --- Who may say how it is printed


def pages_of(
    folder: Path, deck: Path, *, theme: Path | None = None, session: Path | None = None, **settings: Any
) -> Built:
    more: dict[str, Any] = {"themes": (str(theme),)} if theme else {}
    files = build(
        Order(deck, session=session, output=folder, only=("handout",), printing=PrintSettings(**settings), **more),
        Diagnostics(),
    )
    return Built("deck", files[0].parent)


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return deck_folder(tmp_path / "deck", {"kind": "points", "title": "Points", "points": ["One"]})


@pytest.fixture
def session(tmp_path: Path) -> Path:
    (tmp_path / "session.yaml").write_text("print: {preset: paper-of-ours, duplex: false}\n", encoding="utf-8")
    return tmp_path / "session.yaml"


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    from deckbuilder.theme.pack import shipped_themes

    folder = tmp_path / "theme"
    folder.mkdir()
    brand = (shipped_themes() / "spruce/_brand.yml").read_text("utf-8")
    own = "    print: {large_print: true, duplex: true}\n    presets:\n      paper-of-ours: {paper: a4, duplex: true}\n"
    (folder / "_brand.yml").write_text(brand + own, encoding="utf-8")
    return folder


def test_the_command_line_counts_more_than_the_session_and_that_more_than_the_theme(
    deck: Path, session: Path, theme: Path, tmp_path: Path
) -> None:
    def said(built: Built) -> tuple[int, bool, bool]:
        reader = PdfReader(built.handout)
        size = min(size for size, _, words in texts(reader.pages[0]) if words.strip())
        duplex = "/Duplex" in reader.root_object["/ViewerPreferences"]
        return round(float(reader.pages[0].mediabox[2])), size > 17, duplex

    assert said(pages_of(tmp_path / "a", deck)) == (612, False, False)
    assert said(pages_of(tmp_path / "b", deck, theme=theme)) == (612, True, True)
    assert said(pages_of(tmp_path / "c", deck, theme=theme, session=session)) == (595, True, False)
    assert said(pages_of(tmp_path / "d", deck, theme=theme, session=session, large_print=False, paper="letter")) == (
        612,
        False,
        False,
    )
    assert said(pages_of(tmp_path / "e", deck, theme=theme, session=session, preset="paper-of-ours")) == (
        595,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"large_print": True, "booklet": True}, "large print does not fit a booklet's half pages"),
        ({"large_print": True, "slides_per_page": 2}, "slide prints cannot be had in large print"),
        ({"booklet": True, "slides_per_page": 3}, "3 slides on half a page are too small to read"),
        ({"booklet": True, "slides_per_page": 6}, "6 slides on half a page are too small to read"),
        ({"preset": "copyer"}, "there is no preset 'copyer'\nhint: did you mean 'copier'?"),
    ],
)
def test_settings_that_do_not_go_together_are_told(
    settings: dict[str, Any], words: str, deck: Path, tmp_path: Path
) -> None:
    with pytest.raises(DeckError) as caught:
        pages_of(tmp_path / "out", deck, **settings)
    assert words in str(caught.value)
    assert "hint: " in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("print: {large_print: true, booklet: true}\n", "session.yaml:1:8: error: large print does not fit"),
        ("print:\n  preset: none-such\n", "session.yaml:2:11: error: there is no preset 'none-such'"),
        ("print: {slides_per_page: 5}\n", "session.yaml:1:26: error: there is no handout with 5 slides a page"),
        ("print: {grey: true}\n", "session.yaml:1:9: error: unknown key 'grey' in print settings"),
        ("print: {paper: a5}\n", "session.yaml:1:16: error: "),
    ],
)
def test_what_is_wrong_in_a_session_is_told_with_its_place(
    text: str, words: str, deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "session.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DeckError) as caught:
        pages_of(tmp_path / "out", deck, session=Path("session.yaml"))
    assert words in str(caught.value)


def test_a_preset_that_names_another_is_told(deck: Path, theme: Path, tmp_path: Path) -> None:
    brand = theme / "_brand.yml"
    brand.write_text(brand.read_text("utf-8") + "      chain: {preset: copier}\n", encoding="utf-8")
    with pytest.raises(DeckError, match="the preset 'chain' names another preset"):
        pages_of(tmp_path / "out", deck, theme=theme, preset="chain")


def test_print_settings_for_a_deck_alone_are_told(deck: Path, tmp_path: Path) -> None:
    problems = Diagnostics()
    build(Order(deck, output=tmp_path, only=("deck",), printing=PrintSettings(duplex=True)), problems)
    assert "print settings say nothing of a deck" in "".join(str(p) for p in problems)


def test_options_of_the_command_are_print_settings(deck: Path, tmp_path: Path) -> None:
    words = [
        "build",
        str(deck),
        "-o",
        str(tmp_path / "out"),
        "--only",
        "handout",
        "--booklet",
        "--paper",
        "a4",
        "--grayscale",
    ]
    done = CliRunner().invoke(commands.app, words)
    assert done.exit_code == 0
    files = [Path(line) for line in done.stdout.splitlines() if line.endswith(".pdf")]
    assert [file.name for file in files] == ["deck-handout.pdf", "deck-handout-booklet.pdf"]
    assert [float(v) for v in PdfReader(files[1]).pages[0].mediabox[2:]] == pytest.approx((297 * MM, 210 * MM), abs=0.1)
    wrong = CliRunner().invoke(commands.app, ["build", str(deck), "--slides-per-page", "5"])
    assert wrong.exit_code == 2
    assert "there is no handout with 5 slides a page" in wrong.output


@pytest.mark.parametrize(
    "settings", [{"booklet": True}, {"large_print": True, "grayscale": True}, {"slides_per_page": 3}]
)
def test_equal_settings_give_equal_files(settings: dict[str, Any], tmp_path: Path) -> None:
    one, other = (print_files(tmp_path / n, *SOURCES["safe-food"], **settings) for n in "ab")
    assert len(one.documents) >= 2
    for here, there in zip(one.documents, other.documents, strict=True):
        assert here.read_bytes() == there.read_bytes()


def test_every_preset_that_comes_along_is_printed_and_told() -> None:
    standard = yaml.safe_load((REPOSITORY / "src/deckbuilder/theme/standard.yaml").read_text("utf-8"))["presets"]
    assert tuple(standard) == SHIPPED_PRESETS
    assert [name for name, settings in standard.items() if PRINTINGS.get(name) != settings] == []
    page = (REPOSITORY / "docs/printing.md").read_text("utf-8").partition("\n## Presets\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE) == list(standard)
