"""Every PDF is PDF/UA-1: sound, tagged throughout, in reading order, and told in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import page as validation
import pikepdf
import pytest
from pypdf import PdfReader

from deckbuilder.content.links import shown_address
from deckbuilder.outputs.pages.setting import Setter
from deckbuilder.outputs.tree import Element
from deckbuilder.theme.characters import visible
from tools import (
    DECKS,
    PRINTINGS,
    SOURCES,
    Built,
    arranged,
    deck_folder,
    need,
    outline,
    print_files,
    run,
    squeezed,
)

Printed = Callable[[str, str], Built]
everywhere = pytest.mark.parametrize(("name", "printing"), [(n, p) for n in DECKS for p in PRINTINGS])
some = pytest.mark.parametrize(
    ("name", "printing"),
    [(n, p) for n in ("harm-reduction", "every-kind") for p in ("letter", "large-print-copier", "booklet", "slides-3")],
)
documents = pytest.mark.parametrize("kind", ["handout", "guide"])
decks = pytest.mark.parametrize("name", DECKS)

_PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "Tj", "TJ", "'", '"', "BI", "INLINE IMAGE"}


# --- Judges from outside


@everywhere
def test_files_conform_to_pdf_ua(name: str, printing: str, printed: Printed) -> None:
    for pdf in printed(name, printing).documents:
        report = validation.validate_pdf(str(pdf), profile="ua1", limits=validation.SafetyLimits.unlimited())
        assert report.is_compliant, f"{pdf.name}: {report}"


@everywhere
def test_qpdf_finds_files_sound(name: str, printing: str, printed: Printed) -> None:
    for pdf in printed(name, printing).documents:
        assert "No syntax or stream encoding errors found" in run(need("qpdf"), "--check", pdf)


@some
def test_all_fonts_are_embedded(name: str, printing: str, printed: Printed) -> None:
    for pdf in printed(name, printing).documents:
        for row in run(need("pdffonts"), pdf).splitlines()[2:]:
            assert row.split()[-5:-2] == ["yes", "yes", "yes"], f"{pdf.name}: {row}"


# --- The structure tree and the pages


@everywhere
def test_all_that_is_painted_is_in_the_structure_tree_or_an_artifact(
    name: str, printing: str, printed: Printed
) -> None:
    for file in printed(name, printing).documents:
        all_is_tagged(file)


def all_is_tagged(file: Path) -> None:
    """Fails unless all that is painted is some element's content or an artifact, and the tree and the pages agree."""
    with pikepdf.open(file) as pdf:
        root = pdf.Root.StructTreeRoot
        tree = parent_tree(root)
        assert root.ParentTreeNextKey > max(tree)
        content, links = owners(root)
        keys = []
        for number, sheet in enumerate(pdf.pages, 1):
            assert sheet.Tabs == pikepdf.Name.S
            key = int(sheet.StructParents)
            keys.append(key)
            mcids = marked(sheet, f"{file.name}, page {number}")
            assert len(mcids) == len(set(mcids)), f"{file.name}, page {number}: an identifier is used twice"
            listed = {n: e.objgen for n, e in enumerate(tree[key]) if isinstance(e, pikepdf.Dictionary)}
            assert set(listed) == set(mcids), f"{file.name}, page {number}"
            for mcid, element in listed.items():
                assert content.pop((sheet.obj.objgen, mcid)) == element
            for link in sheet.get("/Annots", []):
                assert int(link.F) & 4
                assert str(link.Contents)
                key = int(link.StructParent)
                keys.append(key)
                assert links.pop(link.objgen) == (tree[key].objgen, sheet.obj.objgen)
                assert pikepdf.Name.Link == tree[key].S
        assert not content, "the tree holds content that is on no page"
        assert not links
        assert sorted(keys) == sorted(tree)


def parent_tree(root: Any) -> dict[int, Any]:
    numbers = list(root.ParentTree.Nums)
    return {int(k): v for k, v in zip(numbers[::2], numbers[1::2], strict=True)}


def owners(root: Any) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """By page and identifier, and by link: the element that holds it."""
    content, links = {}, {}
    for element in elements(root):
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                content[(element.Pg.objgen, kid)] = element.objgen
            elif kid.get("/Type") == "/MCR":
                content[(kid.Pg.objgen, int(kid.MCID))] = element.objgen
            elif kid.get("/Type") == "/OBJR":
                links[kid.Obj.objgen] = (element.objgen, kid.Pg.objgen)
    return content, links


def elements(root: Any) -> Iterator[Any]:
    """The structure elements, in reading order."""
    kids = root.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == root.objgen
            yield kid
            yield from elements(kid)


def marked(sheet: Any, where: str) -> list[int]:
    """The identifiers of a page's sequences. All painting lies in one of them, or in an artifact."""
    out: list[int] = []
    inside = 0
    for operands, operator in pikepdf.parse_content_stream(sheet):
        word = str(operator)
        if word in ("BMC", "BDC"):
            inside += 1
            if word == "BDC" and "/MCID" in operands[1]:
                out.append(int(operands[1]["/MCID"]))
        elif word == "EMC":
            inside -= 1
        assert inside in (0, 1), f"{where}: sequences are nested, or not balanced"
        assert inside or word not in _PAINTING, f"{where}: neither tagged nor an artifact: {operands} {word}"
    assert not inside
    return out


def read(file: Path) -> list[tuple[str, Any]]:
    """Every structure element as its type and dictionary, in reading order; detached from the file."""
    with pikepdf.open(file) as pdf:
        out = []
        for element in elements(pdf.Root.StructTreeRoot):
            looks = element.get("/A", {})
            facts = {k: str(element[k]) for k in ("/Alt", "/Lang", "/ActualText") if k in element}
            facts |= {k: str(looks[k]) for k in ("/Scope", "/ListNumbering") if k in looks}
            facts |= {k: [float(v) for v in looks[k]] for k in ("/BBox",) if k in looks}
            facts |= {"/ColSpan": int(looks["/ColSpan"])} if "/ColSpan" in looks else {}
            out.append((str(element.S)[1:], facts))
        return out


# --- Reading order and words


def told(pdf: Path) -> list[tuple[str, str]]:
    """What a reader is told, element by element: the type, and the words that stand in it. Words of an
    element that follow another in it come with "" for their type."""
    out: list[tuple[str, str]] = []
    depth = 0
    for line in run(need("pdfinfo"), "-struct-text", "-enc", "UTF-8", pdf).splitlines():
        text = line.strip()
        indent = len(line) - len(line.lstrip())
        if text.startswith('"') and text.endswith('"') and len(text) > 1:
            if indent <= depth:  # a paragraph's own words after a link in it
                out.append(("", text[1:-1]))
                continue
            kind, words = out[-1]
            out[-1] = (kind, words + text[1:-1])
        elif text.startswith("Object"):
            continue
        elif found := re.fullmatch(r"([A-Z]\w*)(?: [<\"].*)?(?: \((?:block|inline)\))?:?", text):
            out.append((found[1], ""))
            depth = indent
    return out


def words_of(parts: list[tuple[str, str]]) -> str:
    """All words but labels of lists and what pictures hold."""
    return "".join(words for kind, words in parts if kind not in ("Lbl", "Figure"))


@documents
@decks
def test_words_are_told_in_the_order_in_which_they_were_written(
    name: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_ones: list[tuple[Element, Setter]] = []
    make = Setter.story

    def story(setter: Setter, document: Element) -> Any:
        set_ones.append((document, setter))
        return make(setter, document)

    monkeypatch.setattr(Setter, "story", story)
    files = print_files(tmp_path, *SOURCES[name])
    document, setter = set_ones[-2 if kind == "handout" else -1]
    wanted = visible(squeezed("".join(written(document, kind == "handout", setter.places)))).casefold()
    found = squeezed(words_of(told(getattr(files, kind)))).casefold()
    assert found == wanted


def written(element: Element, blanks: bool, pages: Mapping[str, int]) -> Iterator[str]:
    """The words of the document markup, in its order; gaps as one stroke where they are `blanks`, cells that name the page
    of a mark with its number."""
    if element.tag == "gap" and blanks:
        yield "_____"
        return
    if element.tag == "cue":
        yield element.get("label")
    if name := element.get("page"):
        yield str(pages[name])
        return
    for part in element.content:
        yield from [part] if isinstance(part, str) else written(part, blanks, pages)


@some
def test_every_way_of_printing_tells_the_same_in_the_same_order(name: str, printing: str, printed: Printed) -> None:
    if "slides_per_page" in PRINTINGS[printing]:
        return  # another handout, and so another guide: without the key of its gaps
    plain = printed(name, "letter")
    for pdf in printed(name, printing).documents:
        twin = plain.folder / pdf.name.replace("-booklet", "")
        # Numbers of the handout's pages differ, or are missing, as running totals are; parts beside the agenda have a head
        # of their own.
        aside = r"·handoutpage\d+|\d|(?<=end)contentspage(?=resources)|(?<=min)total"
        here, there = (re.sub(aside, "", squeezed(words_of(told(f))).casefold()) for f in (pdf, twin))
        assert here == there, pdf.name


@documents
@decks
def test_words_do_not_fuse_where_lines_end_nor_addresses_fall_apart(name: str, kind: str, printed: Printed) -> None:
    """Narrow pages have the most line ends. Addresses are told as they are printed, without https://."""
    pdf = getattr(printed(name, "booklet"), kind)
    said = " ".join(words_of(told(pdf)).split())
    deck = arranged(name).reading.deck
    for reference in deck.references:
        assert " ".join(reference.text.plain.split()) in said
        if reference.url:
            assert shown_address(reference.url) in said
    raw = re.sub(r"\s+", " ", run(need("pdftotext"), "-raw", "-enc", "UTF-8", pdf, "-"))
    for reference in deck.references:
        assert " ".join(reference.text.plain.split())[:40] in raw


@some
def test_no_font_says_that_a_glyph_is_the_character_0(name: str, printing: str, printed: Printed) -> None:
    for file in printed(name, printing).documents:
        with pikepdf.open(file) as pdf:
            maps = [
                o.ToUnicode.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/ToUnicode" in o
            ]
            assert maps
            for text in maps:
                assert b"<0000>" not in text
                (count,) = re.findall(rb"(\d+) beginbfchar", text)
                assert len(re.findall(rb"^<..> <[0-9A-F]{4,}>$", text, re.MULTILINE)) == int(count)


# --- What the file says of itself


@some
def test_files_say_their_language_and_title_and_claim_pdf_ua(name: str, printing: str, printed: Printed) -> None:
    deck = arranged(name).reading.deck
    for file in printed(name, printing).documents:
        with pikepdf.open(file) as pdf:
            assert str(pdf.Root.Lang) == deck.language
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            assert pdf.Root.MarkInfo.Marked
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
                assert about["pdfuaid:part"] == "1"
                assert about["dc:title"] == str(pdf.docinfo["/Title"])
                assert deck.title.plain.replace("\n", " ") in about["dc:title"]


@some
def test_bookmarks_lead_to_pages_that_hold_their_words(name: str, printing: str, printed: Printed) -> None:
    for pdf in printed(name, printing).documents:
        reader = PdfReader(pdf)
        texts = [squeezed(page.extract_text()).casefold() for page in reader.pages]
        marks = outline(reader)
        assert marks
        for _, title, page in marks:
            bare = squeezed(re.sub(r"^\d+  ", "", title)).casefold()
            if "slides_per_page" not in PRINTINGS[printing] or "guide" in pdf.name:
                assert bare in texts[page - 1], f"{pdf.name}: '{title}' is not on page {page}"


# --- The kinds of elements


@some
def test_headings_skip_no_level(name: str, printing: str, printed: Printed) -> None:
    for pdf in printed(name, printing).documents:
        level = 0
        for kind, _ in read(pdf):
            if found := re.fullmatch(r"H(\d)", kind):
                assert int(found[1]) <= level + 1, pdf.name
                level = int(found[1])


@decks
def test_thumbnails_are_figures_that_say_which_slide_they_are(name: str, printed: Printed) -> None:
    alts = [facts["/Alt"] for kind, facts in read(printed(name, "letter").guide) if kind == "Figure"]
    frames = arranged(name).frames
    wanted = [arranged(name).labels("thumbnail", n=f.number, title=f.title.replace("\n", " ")) for f in frames]
    assert [alt for alt in alts if alt in wanted] == wanted


@documents
@some
def test_figures_have_words_and_lie_on_their_page(name: str, printing: str, kind: str, printed: Printed) -> None:
    pdf = getattr(printed(name, printing), kind)
    _, _, width, height = (float(v) for v in PdfReader(pdf).pages[0].mediabox)
    figures = [facts for kind, facts in read(pdf) if kind == "Figure"]
    assert figures
    for facts in figures:
        assert facts["/Alt"].strip()
        assert not re.search(r"\.(svg|png|jpe?g)\b", facts["/Alt"])
        left, low, right, high = facts["/BBox"]
        assert -0.1 <= left < right <= width + 0.1
        assert -0.1 <= low < high <= height + 0.1


def test_pictures_are_told_by_their_alternative_text_and_decoration_is_not(tmp_path: Path) -> None:
    told_picture = {"file": "pictures/shapes.png", "alt": "Three shapes in a row", "caption": "Shapes"}
    slides = [
        {"kind": "picture", "title": "Seen", "picture": told_picture},
        {
            "kind": "narrative",
            "title": "Unseen",
            "text": "Words.",
            "picture": {"file": "pictures/path.svg", "decorative": True},
        },
    ]
    files = print_files(tmp_path / "out", deck_folder(tmp_path / "deck", *slides))
    structure = read(files.handout)
    assert [facts["/Alt"] for kind, facts in structure if kind == "Figure"] == ["Three shapes in a row"]
    kinds = [kind for kind, _ in structure]
    assert kinds[kinds.index("Figure") + 1] == "Caption"


@decks
def test_tables_have_heads_once_and_as_many_cells_in_every_row(name: str, printed: Printed) -> None:
    """Large print sets the run of show over several pages; its head is repeated, and told once."""
    parts = told(printed(name, "large-print").guide)
    rows: list[list[str]] = []
    tables: list[list[list[str]]] = []
    for kind, words in parts:
        if kind == "Table":
            rows = []
            tables.append(rows)
        elif kind == "TR":
            rows.append([])
        elif kind in ("TH", "TD"):
            rows[-1].append(words.strip())
    clock = next(t for t in tables if len(t[0]) == 5)
    assert sum(row == clock[0] for row in clock) == 1
    assert [len(row) for row in clock] == [5] * len(clock)
    scopes = [facts.get("/Scope") for kind, facts in read(printed(name, "large-print").guide) if kind == "TH"]
    assert scopes.count("/Column") >= 5
    assert "/Row" in scopes


@decks
def test_lists_are_lists_with_labels_and_bodies(name: str, printed: Printed) -> None:
    for pdf in printed(name, "letter").documents:
        kinds = [kind for kind, _ in read(pdf)]
        assert kinds.count("LI") == kinds.count("Lbl") == kinds.count("LBody") > 0
        numberings = {facts["/ListNumbering"] for kind, facts in read(pdf) if kind == "L"}
        # Answers to choose from are the participants'; the guide has those of a quiz that are right.
        lettered_kinds = {"poll", "quiz"} if pdf == printed(name, "letter").handout else {"quiz"}
        there = {slide.kind for _, slide in arranged(name).reading.deck.slides()}
        lettered = {"/UpperAlpha"} if there & lettered_kinds else set()
        assert numberings == {"/Decimal", "/Disc"} | lettered


@decks
def test_quotes_are_block_quotes(name: str, printed: Printed) -> None:
    quotes = sum(slide.kind == "quote" for _, slide in arranged(name).reading.deck.slides())
    kinds = [kind for kind, _ in read(printed(name, "letter").handout)]
    assert kinds.count("BlockQuote") == quotes


_AGENDA = ("Time", "Section", "Page")


def test_layout_is_no_table(tmp_path: Path) -> None:
    """Columns, boxes and cues are set by tables, which is nobody's business but the setter's."""
    slides = [
        {"kind": "columns", "title": "Two", "columns": [{"heading": "One", "points": ["a"]}, {"points": ["b"]}]},
        {"kind": "definition", "title": "What", "term": "It", "text": "Is so."},
        {"kind": "points", "title": "Say", "points": ["x"], "cues": [{"say": "Speak."}, {"do": "Act."}]},
    ]
    files = print_files(tmp_path / "out", deck_folder(tmp_path / "deck", *slides))
    parts = [(kind, words.strip()) for kind, words in told(files.handout)]
    agenda = parts.index(("H2", "Agenda")), parts.index(("Sect", ""))  # with the contents after it: two tables
    assert parts[agenda[0] + 1 : agenda[0] + 6] == [("Table", ""), ("TR", ""), *(("TH", w) for w in _AGENDA)]
    assert [kind for kind, _ in parts[: agenda[0]] + parts[agenda[1] :] if kind.startswith("T")] == []
    assert [kind for kind, _ in parts].count("Table") == 2
    assert [words.strip() for kind, words in told(files.guide) if words.strip() in ("SAY", "DO", "Speak.", "Act.")] == [
        "SAY",
        "Speak.",
        "DO",
        "Act.",
    ]


def test_links_say_where_they_go(tmp_path: Path) -> None:
    slide = {
        "kind": "narrative",
        "title": "Links",
        "text": "Before [the place](https://example.org/a) and <https://example.org/b>.",
    }
    files = print_files(tmp_path / "out", deck_folder(tmp_path / "deck", slide))
    with pikepdf.open(files.handout) as pdf:
        said = [str(link.Contents) for sheet in pdf.pages for link in sheet.get("/Annots", [])]
    assert said == [
        "the place: https://example.org/a",
        "https://example.org/b",
        "example.org/a: https://example.org/a",  # in the list of addresses
    ]
    parts = [(kind, words.strip()) for kind, words in told(files.handout)]
    links = [words for kind, words in parts if kind == "Link"]
    assert links == ["the place", "https://example.org/b", "example.org/a"]
    assert parts[parts.index(("Link", "the place")) + 1] == ("", "→1 and")
    assert parts[parts.index(("H2", "Links")) + 1] == ("P", "→1"), "the number leads to the address that is printed"


def test_sheets_of_a_booklet_are_told_in_the_order_of_its_pages(printed: Printed) -> None:
    files = printed("harm-reduction", "booklet")
    pages = told(files.handout)
    assert told(files.handout.with_name("harm-reduction-handout-booklet.pdf")) == pages
    assert len(pages) > 500


def test_a_thumbnail_is_told_after_what_it_belongs_to_is_named(tmp_path: Path) -> None:
    slide = {"kind": "points", "title": "Only one", "points": ["x"], "cues": [{"say": "Speak."}]}
    for n, settings in enumerate(({}, {"large_print": True})):
        files = print_files(tmp_path / str(n), deck_folder(tmp_path / "deck", slide), **settings)
        parts = [(kind, words.strip()) for kind, words in told(files.guide)]
        assert parts.index(("H3", "Only one")) < next(i for i, (kind, _) in enumerate(parts) if kind == "Figure")


@some
def test_bookmarks_are_shown_when_a_file_is_opened(name: str, printing: str, printed: Printed) -> None:
    for file in printed(name, printing).documents:
        with pikepdf.open(file) as pdf:
            assert pdf.Root.PageMode == pikepdf.Name.UseOutlines
