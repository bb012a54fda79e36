"""The two PDFs: whole, readable on paper, and in agreement with one another."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph

from deckbuilder.content.links import shown_address
from deckbuilder.content.printing import PrintSettings
from deckbuilder.outputs.pages.tagging.spans import Part, Span, fragments
from deckbuilder.theme.characters import visible
from deckbuilder.units import MM
from tools import DECKS, Built, Page, Word, arranged, build_files, deck_folder, need, outline, read_words, run, squeezed

# Kinds that show what the handout has elsewhere.
BARE = ("cover", "agenda", "objectives", "section", "break", "references", "credits")
DOCUMENTS = [(name, kind) for name in DECKS for kind in ("handout", "guide")]
WRITTEN_ON = 350  # points: shorter lines are no room for an answer; the text of a page is 381 wide
LETTER, A4 = (612, 792), (210 * MM, 297 * MM)
FURNITURE = 62  # points from the foot: what stands on every page is below


@pytest.fixture
def pdf(name: str, kind: str, built: Callable[[str], Built]) -> Path:
    return Path(getattr(built(name), kind))


@pytest.fixture
def handout(name: str, built: Callable[[str], Built]) -> Path:
    return built(name).handout


@pytest.fixture
def guide(name: str, built: Callable[[str], Built]) -> Path:
    return built(name).guide


documents = pytest.mark.parametrize(("name", "kind"), DOCUMENTS)
decks = pytest.mark.parametrize("name", DECKS)
every_kind = pytest.mark.parametrize("name", ["every-kind"])


@cache
def page_texts(pdf: Path) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(pdf).pages]


@cache
def words_of(pdf: Path) -> list[Page]:
    return read_words(pdf, raw=True)


@dataclass
class Drawn:
    """What is drawn on a page, in points from its lower left."""

    sizes: list[tuple[float, float, bytes]] = field(default_factory=list)  # of text: size, height above the foot, what
    rules: list[tuple[float, float, float]] = field(default_factory=list)  # level lines: left, right, height
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)  # left, low, right, high
    curves: int = 0


def draw(page: Any) -> Drawn:
    """Follows a page's operations."""
    out = Drawn()
    size, rise, start = 0.0, 0.0, (0.0, 0.0)

    def at(matrix: list[float], x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = matrix
        return a * x + c * y + e, b * x + d * y + f

    def visit(operator: bytes, operands: list[Any], matrix: list[float], text: list[float]) -> None:
        nonlocal size, rise, start
        match operator:
            case b"Tf":
                size = float(operands[1])
            case b"Ts":
                rise = float(operands[0])
            case b"Tj" | b"TJ":
                scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
                _, high = at(matrix, text[4], text[5])
                out.sizes.append(
                    (size * scale * (-1 if rise else 1), high, bytes(str(operands[0]), "utf-8", "replace"))
                )
            case b"m":
                start = at(matrix, float(operands[0]), float(operands[1]))
            case b"l":
                end = at(matrix, float(operands[0]), float(operands[1]))
                if abs(end[1] - start[1]) < 0.01:
                    out.rules.append((start[0], end[0], end[1]))
            case b"re":
                x, y, width, height = (float(o) for o in operands)
                out.boxes.append((*at(matrix, x, y), *at(matrix, x + width, y + height)))
            case b"c":
                out.curves += 1

    page.extract_text(visitor_operand_before=visit)
    return out


def words_saying(page: Page, text: str, after: int = 0) -> tuple[list[Word], int] | None:
    """The words of a page that say the text, and where in the page's letters it ends."""
    owners = [word for word in page.words for _ in squeezed(word.text)]
    start = "".join(squeezed(word.text) for word in page.words).find(squeezed(text), after)
    if start < 0:
        return None
    end = start + len(squeezed(text))
    return list(dict.fromkeys(owners[start:end])), end


# --- Sound files


@documents
def test_qpdf_finds_the_file_sound(pdf):
    assert "No syntax or stream encoding errors found" in run(need("qpdf"), "--check", pdf)


@documents
def test_all_fonts_are_embedded(pdf):
    rows = run(need("pdffonts"), pdf).splitlines()[2:]
    assert rows
    for row in rows:
        embedded, subset, unicode = row.split()[-5:-2]
        assert (embedded, subset, unicode) == ("yes", "yes", "yes"), row


@documents
def test_the_file_says_its_title_language_and_author(pdf, name, kind):
    reader = PdfReader(pdf)
    deck = arranged(name).reading.deck
    assert deck.title.plain in str(reader.metadata.title)
    assert reader.metadata.author == "; ".join(a.name.plain for a in deck.authors)
    assert reader.root_object["/Lang"] == deck.language
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.parametrize(
    ("name", "size"),
    [("harm-reduction", LETTER), ("every-kind", LETTER), ("safe-food", A4), ("train-the-trainer", LETTER)],
)
def test_paper_is_the_usual_one_where_the_language_is_spoken(name, size, built):
    for pdf in (built(name).handout, built(name).guide):
        for page in PdfReader(pdf).pages:
            assert [float(v) for v in page.mediabox[2:]] == pytest.approx(size, abs=0.1)


@pytest.mark.parametrize(
    ("language", "paper", "size"), [("en-US", "a4", A4), ("en-GB", "letter", LETTER), ("de", None, A4)]
)
def test_paper_can_be_chosen(language, paper, size, tmp_path):
    deck = deck_folder(tmp_path / "deck", {"kind": "points", "title": "Points", "points": ["One"]}, language=language)
    files = build_files(tmp_path / "out", deck, printing=PrintSettings(paper=paper))
    for pdf in (files.handout, files.guide):
        assert [float(v) for v in PdfReader(pdf).pages[0].mediabox[2:]] == pytest.approx(size, abs=0.1)


# --- Pages


@documents
def test_each_page_says_which_of_how_many_it_is(pdf):
    texts = page_texts(pdf)
    for number, text in enumerate(texts, 1):
        assert f"Page{number}of{len(texts)}" in text
        assert text.count(f"of{len(texts)}") >= 1


@documents
def test_each_page_carries_the_copyright_line(pdf, name):
    rights = squeezed(arranged(name).reading.deck.copyright.plain)
    assert all(rights in text for text in page_texts(pdf))


@documents
def test_no_page_is_empty(pdf):
    for number, page in enumerate(words_of(pdf), 1):
        assert [w for w in page.words if w.bottom < page.height - FURNITURE], number


@documents
def test_every_word_keeps_the_margins(pdf, kind):
    left = 68 if kind == "guide" else 80
    for number, page in enumerate(words_of(pdf), 1):
        right = page.width - (52 if kind == "guide" else 70)
        for word in page.words:
            if word.height > 9:  # thumbnails have words of their own
                assert word.left >= left - 0.5, f"page {number}: {word.text}"
                assert word.right <= right + 0.5, f"page {number}: {word.text}"


@decks
def test_handout_text_is_large_enough_to_read_on_paper(handout):
    small = []
    for number, page in enumerate(PdfReader(handout).pages, 1):
        for size, high, words in draw(page).sizes:
            if not words.strip():
                continue
            least = 10 if high < FURNITURE else 12
            if size < 0:  # raised or lowered
                least = 8
            if abs(size) < least - 0.01:
                small.append(f"page {number}: {size:g} pt")
    assert small == []


@documents
def test_bookmarks_lead_to_pages_that_hold_their_heading(pdf):
    texts = page_texts(pdf)
    marks = outline(PdfReader(pdf))
    assert marks
    for _, title, page in marks:
        assert squeezed(re.sub(r"^\d+  ", "", title)) in texts[page - 1], f"'{title}' is not on page {page}"
    assert [page for _, _, page in marks] == sorted(page for _, _, page in marks)


@decks
def test_bookmarks_of_the_guide_name_every_slide_once(guide, name):
    titles = [t for _, t, _ in outline(PdfReader(guide))]
    frames = [f for f in arranged(name).frames if f.part == 1]
    firsts = {id(f.slide): f for f in reversed(frames)}
    for frame in firsts.values():
        assert titles.count(f"{frame.number}  {frame.title}") == 1


@decks
def test_no_heading_is_left_alone_at_the_foot_of_a_page(handout):
    alone = []
    pages = words_of(handout)
    reader = PdfReader(handout)
    for _, title, number in outline(reader):
        page = pages[number - 1]
        heading, _ = words_saying(page, title) or ([], 0)
        assert heading, title
        low = max(w.bottom for w in heading)
        below = [w for w in page.words if w.top >= low - 3 and w.bottom < page.height - FURNITURE]
        rules = [r for r in draw(reader.pages[number - 1]).rules if FURNITURE < r[2] < page.height - low]
        if not below and not rules:
            alone.append(f"'{title}' at the foot of page {number}")
    assert alone == []


# --- Writing


@decks
def test_questions_have_their_writing_lines_below_them_on_their_page(handout, name):
    pages = words_of(handout)
    drawn = [draw(page) for page in PdfReader(handout).pages]
    wrong = []
    here, after = 0, 0
    for _, slide in arranged(name).reading.deck.slides():
        for question in slide.questions:
            if not {"handout"} <= {*slide.show} & {*question.show}:
                continue
            found = words_saying(pages[here], question.ask.plain, after)
            while found is None:
                here, after = here + 1, 0
                assert here < len(pages), question.ask.plain
                found = words_saying(pages[here], question.ask.plain)
            words, after = found
            page = pages[here]
            top = max(w.baseline for w in words)
            below = [w.baseline - 0.8 * w.size for w in page.words if w.top > top]
            bottom = min([*below, page.height - FURNITURE])
            drawn_here = [(y, x2 - x1) for x1, x2, y in drawn[here].rules if top < page.height - y < bottom]
            rules = {round(y, 1) for y, width in drawn_here if width > WRITTEN_ON}
            if len(rules) != question.lines:
                wrong.append(f"page {here + 1}: '{question.ask.plain}' has {len(rules)} lines, not {question.lines}")
            heights = sorted(rules)
            assert all(20 < b - a < 28 for a, b in pairwise(heights)), "room for handwriting"
    assert wrong == []


# --- Pictures and codes


@decks
def test_qr_codes_are_at_least_20_mm_wide_with_a_quiet_zone(handout, name):
    deck = arranged(name).reading.deck
    parts = deck.handout.parts if deck.handout else []
    links = [(s.kind, link.url, n) for _, s in deck.slides() for n, link in enumerate(getattr(s, "links", []))]
    if "resources" in parts:  # a list of all addresses, each once
        wanted = len({url for _, url, _ in links})
    else:
        wanted = sum(1 for kind, _, n in links if kind == "resource" and n == 0)
    slides = [s for _, s in deck.slides()]
    wanted += sum(s.kind == "video" or bool(s.kind == "poll" and s.join) for s in slides)
    codes = [code for page in PdfReader(handout).pages for code in qr_codes(draw(page))]
    assert len(codes) == wanted > 0
    for quiet, side, module in codes:
        assert quiet >= 4 * module - 0.01
        assert side >= 20 * MM - 0.01, f"{side / MM:.1f} mm"


def qr_codes(drawn: Drawn) -> list[tuple[float, float, float]]:
    """Of each QR code on a page: width of the quiet zone, side of the code, side of a module."""
    out = []
    for left, low, right, high in drawn.boxes:
        inside = [b for b in drawn.boxes if b[0] > left and b[1] > low and b[2] < right and b[3] < high]
        if len(inside) > 100 and right - left == pytest.approx(high - low):
            side = max(b[2] for b in inside) - min(b[0] for b in inside)
            quiet = min(b[0] for b in inside) - left
            out.append((quiet, side, min(b[3] - b[1] for b in inside)))
    return out


@decks
def test_addresses_stand_as_people_type_them_beside_their_qr_codes_and_are_links(handout, name):
    text = "".join(page_texts(handout))
    linked = {
        str(note.get_object()["/A"]["/URI"])
        for page in PdfReader(handout).pages
        for note in page.get("/Annots") or []
        if "/URI" in note.get_object().get("/A", {})
    }
    for _, slide in arranged(name).reading.deck.slides():
        for link in getattr(slide, "links", []):
            assert squeezed(shown_address(link.url)) in text
            assert link.url in linked


def images(pdf: Path) -> list[Any]:
    out = {}
    for page in PdfReader(pdf).pages:
        for key, value in (page["/Resources"].get("/XObject") or {}).items():
            if value.get_object().get("/Subtype") == "/Image":
                out[key] = value.get_object()
    return list(out.values())


def story(file: str) -> dict[str, Any]:
    picture = {"file": f"pictures/{file}", "alt": "A picture"}
    return {"kind": "narrative", "title": f"Story of {file}", "text": "A story.", "picture": picture}


def test_a_jpeg_goes_into_the_pdfs_as_it_is(tmp_path):
    from PIL import Image

    deck = deck_folder(tmp_path / "deck", story("small.jpg"))
    Image.effect_noise((600, 400), 80).convert("RGB").save(tmp_path / "deck/pictures/small.jpg")
    files = build_files(tmp_path / "out", deck)
    for pdf in (files.handout, files.guide):
        (image,) = images(pdf)
        filters = image["/Filter"]
        assert (list(filters) if isinstance(filters, list) else [filters]) == ["/DCTDecode"]
    (image,) = images(files.handout)
    assert image._data == (tmp_path / "deck/pictures/small.jpg").read_bytes()


def test_an_svg_is_drawn_as_vectors(tmp_path):
    files = build_files(tmp_path / "out", deck_folder(tmp_path / "deck", story("path.svg")))
    for pdf in (files.handout, files.guide):
        assert images(pdf) == []
    assert sum(draw(page).curves for page in PdfReader(files.handout).pages) >= 4  # the circle


def test_a_large_photograph_is_not_larger_than_print_needs(tmp_path):
    from PIL import Image

    deck = deck_folder(tmp_path / "deck", story("large.jpg"))
    Image.effect_noise((3000, 2000), 80).convert("RGB").save(tmp_path / "deck/pictures/large.jpg", quality=90)
    files = build_files(tmp_path / "out", deck)
    for pdf, inches in ((files.handout, 424 / 72), (files.guide, 150 / 72)):
        (image,) = images(pdf)
        assert int(image["/Width"]) <= inches * 300 * 1.25 + 64


# --- The facilitator's figures


@decks
def test_the_guide_names_the_handouts_page_of_every_slide(name, handout, guide):
    said = squeezed(" ".join(PdfReader(guide).pages[n].extract_text() for n in range(len(PdfReader(guide).pages))))
    pages = {
        int(n): int(p)
        for n, p in re.findall(r"Slide(\d+)(?:–\d+)?(?:\(hidden\))?·[\d:]+·[\d.]+min\*?·Handoutpage(\d+)", said)
    }
    texts = page_texts(handout)
    numbers = {}
    for frame in arranged(name).frames:
        numbers.setdefault(id(frame.slide), frame.number)
    previous = None
    for section, slide in arranged(name).reading.deck.slides():
        if id(slide) not in numbers:
            continue
        number = numbers[id(slide)]
        bare = slide.kind in BARE and not slide.handout and not slide.questions
        assert (number not in pages) == bare, f"slide {number}"
        title = slide.title.plain if slide.title else None
        key = (id(section), title)
        if not bare and title and key != previous:
            assert squeezed(title) in texts[pages[number] - 1], f"slide {number} is not on page {pages[number]}"
        previous = key
    assert list(pages.values()) == sorted(pages.values())


@dataclass(frozen=True)
class Row:
    """A row of the run of show as printed, "" for what it does not say."""

    clock: str
    slides: str
    title: str
    minutes: str
    total: str
    page: str
    handout: str

    @property
    def numbers(self) -> list[int]:
        """Of its slides."""
        first, _, last = self.slides.partition("–")
        return list(range(int(first), int(last or first) + 1)) if first else []


def show_rows(guide: Path) -> list[Row]:
    """The run of show; a number belongs to the column whose head ends nearest above its own end."""
    text = run(need("pdftotext"), "-layout", "-enc", "UTF-8", guide, "-")
    rows: list[Row] = []
    ends: dict[str, int] = {}
    for line in text.splitlines():
        if heads := re.match(r"\s*(?:Clock|Time)\s+Slide\s+Block\s+(min)\s+(Total)\s+(Page)\s+(Handout)\s*$", line):
            ends = {heads[n].lower(): heads.end(n) for n in range(1, 5)}
        found = re.match(r"\s*(\d?\d:\d\d)\s+(?:(\d+(?:–\d+)?)\s+)?(\S.*?)((?:\s{2,}[\d.]+\*?)*)\s*$", line)
        if not found or not ends:
            continue
        cells = {"min": "", "total": "", "page": "", "handout": ""}
        for number in re.finditer(r"[\d.]+", found[4]):
            column = min(ends, key=lambda name: abs(ends[name] - found.start(4) - number.end()))
            assert not cells[column], line
            cells[column] = number[0]
        rows.append(Row(found[1], found[2] or "", found[3], *cells.values()))
        if found[3].startswith("Total"):
            return rows
    raise AssertionError("the run of show has no total")


def minutes_of(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def test_the_run_of_show_adds_up_to_the_clock(built):
    rows = show_rows(built("harm-reduction").guide)
    deck = arranged("harm-reduction").reading.deck
    minutes = [float(s.minutes or 0) for _, s in deck.slides() if "deck" in s.show]
    assert all(s.minutes is not None for _, s in deck.slides() if "deck" in s.show), (
        "the deck says how long each slide takes"
    )
    sections = [section.title.plain for section in deck.sections]
    blocks = [row for row in rows[:-1] if row.title not in sections or row.total]
    assert len(blocks) < len(minutes), "a row a series, not a slide"
    for row in blocks:
        began = minutes_of(row.clock) - 9 * 60
        assert row.minutes.isdigit(), row
        assert began + int(row.minutes) == int(row.total), row
    opened = [row for row in rows[:-1] if not row.total]
    assert [row.title for row in opened] == sections
    assert sum(int(row.minutes) for row in opened) == sum(minutes), "the break is no section's"
    assert minutes_of(rows[-1].clock) - 9 * 60 == sum(minutes) + 15
    assert int(rows[-1].minutes or rows[-1].total) == sum(minutes) + 15
    assert [number for row in rows for number in row.numbers] == [f.number for f in arranged("harm-reduction").frames]
    for column in ("page", "handout"):
        pages = [int(getattr(row, column)) for row in rows if getattr(row, column)]
        assert pages == sorted(pages)
        assert len(pages) > len(blocks) / 2, f"rows say their {column}"


def test_breaks_stand_in_the_run_of_show_where_the_session_puts_them(built):
    titles = [re.sub(r"\s+", " ", row.title) for row in show_rows(built("every-kind").guide)]
    first = next(n for n, t in enumerate(titles) if "mk-session-break" in t)
    assert "mk-section-two-title" in titles[first + 1]
    second = titles.index("Break")
    clocks = [minutes_of(row.clock) for row in show_rows(built("every-kind").guide)]
    assert clocks[second] >= 9 * 60 + 40 > clocks[second - 1]


def test_without_a_session_the_run_of_show_counts_from_nothing(built):
    rows = show_rows(built("safe-food").guide)
    assert rows[0].clock == "0:00"
    total = sum(float(s.minutes or 3) for _, s in arranged("safe-food").reading.deck.slides())
    assert minutes_of(rows[-1].clock) == total


@pytest.mark.parametrize(
    ("item", "count"),
    [
        ("Printed workbook fac-material-workbook", 36),
        ("Marker pens fac-material-pens", 15),
        ("Dice fac-material-dice", 9),
        ("Flip chart fac-material-chart", 1),
        ("Cards fac-points-material", 10),
        ("Bell fac-section-material", 1),
    ],
)
def test_materials_are_multiplied_by_participants_pairs_and_groups(item, count, built):
    text = run(need("pdftotext"), "-layout", "-enc", "UTF-8", built("every-kind").guide, "-")
    assert re.search(rf"^\s*{count}\s+{item}\b", text, re.MULTILINE)


@every_kind
def test_the_guide_tells_the_session_at_a_glance(guide):
    first = page_texts(guide)[0]
    for words in ("March 15, 2027", "09:00", "mk-session-place", "mk-session-trainer", "18", "mk-deck-licence"):
        assert squeezed(words) in first


@every_kind
def test_expected_answers_follow_up_and_debrief_stand_with_their_question(guide):
    (key,) = (page for _, title, page in outline(PdfReader(guide)) if title == "Answer key")
    text = "".join(page_texts(guide)[: key - 1])
    order = [
        "mk-discussion-ask?",
        "fac-discussion-listen-for",
        "fac-discussion-follow-up?",
        "fac-discussion-debrief",
        "mk-discussion-ask-2?",
    ]
    places = [text.rindex(words) for words in order]
    assert places == sorted(places)


@decks
def test_the_guide_shows_a_thumbnail_of_every_slide(name, guide):
    text = "".join(page_texts(guide))
    for frame in arranged(name).frames:
        body = next((i.text.paragraphs[0] for i in frame.items[1:] if getattr(i, "text", None)), None)
        if body:
            assert squeezed(visible("".join(r.text for r in body.runs))) in text, frame.number


def test_jumping_numbers_in_lists_are_kept(tmp_path):
    slide = {"kind": "narrative", "title": "Steps", "text": "3. Third\n4. Fourth\n\nThen\n\n- a bullet\n  - below it"}
    files = build_files(tmp_path / "out", deck_folder(tmp_path / "deck", slide))
    text = "".join(page_texts(files.handout))
    assert "3.Third" in text
    assert "4.Fourth" in text
    assert "–belowit" in text


def test_what_stands_in_a_paragraph_is_told_as_markup_would_say_it() -> None:
    """The fragments are those that ReportLab's parser makes of the same in its markup."""
    styles = getSampleStyleSheet()
    words = [
        "  one & two\n<three>",
        Span("b", (" four ", Span("i", ("five",)), " ")),
        " ",
        Span("br"),
        "six",
        " ",
        "  seven ",
    ]
    linked = Span("a", ("x", Span("super", ("1",))), {"href": "piece:1", "color": "#112233"})
    coloured = Span("font", (linked, "é\u00a0\u00a0y"), {"name": "Courier", "size": "7.5"})
    content = [*words, coloured, Span("ondraw", attributes={"name": "inlay"}), "&\n"]

    def markup(part: Part) -> str:
        if isinstance(part, str):
            return part.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        said = "".join(f' {name}="{value}"' for name, value in part.attributes.items())
        inner = "".join(map(markup, part.content))
        return f"<{part.tag}{said}>{inner}</{part.tag}>" if inner else f"<{part.tag}{said}/>"

    def told(fragments: list[Any]) -> list[str]:
        return [repr(sorted((k, str(v)) for k, v in vars(one).items() if k != "cbDefn")) for one in fragments]

    for style in (styles["Normal"], styles["Italic"]):
        said = Paragraph("".join(map(markup, content)), style).frags
        assert told(fragments(content, style)) == told(said)
        assert len(said) > 10
