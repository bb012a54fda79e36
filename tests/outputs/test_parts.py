"""What handout and guide are made of: parts, keys, checklists, and blocks that stay together."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from test_documents import draw

import deckbuilder
from deckbuilder.content.deck import DEFAULT_PARTS
from deckbuilder.content.printing import PrintSettings
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.pipeline import Order, build
from tools import DECKS, Built, arranged, build_files, deck_folder, need, outline, run, squeezed

POINTS: dict[str, Any] = {"kind": "points", "title": "Points", "points": ["One", "Two"], "minutes": 2}
RESOURCE = {
    "kind": "resource",
    "title": "Look",
    "name": "A site",
    "text": "About it.",
    "audience": "For all",
    "links": [{"text": "Go there", "url": "https://example.org/there"}],
    "minutes": 1,
}
WHOLE: dict[str, Any] = {
    "objectives": ["Grow one thing", "Share a tool"],
    "agreements": ["Whoever digs, decides"],
    "glossary": [{"term": "Soil", "definition": "What things grow in."}],
    "references": [{"id": "a", "text": "A book"}],
}
SESSION = "date: 2027-03-15\nstart: '09:00'\nparticipants: 12\n"


def texts(pdf: Path) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(pdf).pages]


def made(
    tmp_path: Path, *slides: dict[str, Any], session: str = "", order: dict[str, Any] | None = None, **deck: Any
) -> Built:
    file = deck_folder(tmp_path / "deck", *slides, **deck)
    path = None
    if session:
        path = tmp_path / "session.yaml"
        path.write_text(session, encoding="utf-8")
    return build_files(tmp_path / "out", file, path, **(order or {}))


def headings(pdf: Path) -> list[str]:
    return [title for _, title, _ in outline(PdfReader(pdf))]


# --- The handout's parts

TITLES = {
    "objectives": "Learning objectives",
    "agenda": "Agenda",
    "agreements": "Group agreements",
    "sections": "The section",
    "resources": "Resources",
    "action-plan": "Action plan",
    "evaluation": "Evaluation",
    "glossary": "Glossary",
    "references": "References",
    "credits": "Picture credits",
    "notes": "Notes",
}
PHOTO = {
    "kind": "picture",
    "title": "Photo",
    "picture": {"file": "pictures/path.svg", "alt": "A path", "credit": "By somebody"},
    "minutes": 1,
}


def parts_of(pdf: Path) -> list[str]:
    """The parts that a handout has, in order, by its bookmarks."""
    names = {title: name for name, title in TITLES.items()}
    return [names[title] for title in headings(pdf) if title in names]


def test_without_a_word_the_handout_has_its_usual_parts(tmp_path):
    assert parts_of(made(tmp_path, RESOURCE, PHOTO, **WHOLE).handout) == list(DEFAULT_PARTS)


@pytest.mark.parametrize(
    "parts", [["notes", "sections"], list(TITLES)[::-1], ["sections"], ["evaluation", "objectives"]]
)
def test_the_deck_says_which_parts_there_are_and_in_which_order(parts, tmp_path):
    assert parts_of(made(tmp_path, RESOURCE, PHOTO, handout={"parts": parts}, **WHOLE).handout) == parts


def test_the_theme_says_it_where_the_deck_does_not(tmp_path):
    pack = tmp_path / "house"
    pack.mkdir()
    brand = (Path(__file__).parents[2] / "themes/spruce/_brand.yml").read_text(encoding="utf-8")
    more = "  deckbuilder:\n    handout: {parts: [sections, evaluation]}\n    guide: {layout: full}\n"
    (pack / "_brand.yml").write_text(brand.replace("  deckbuilder:\n", more), encoding="utf-8")
    order = {"themes": (str(pack),)}
    files = made(tmp_path, POINTS, POINTS, order=order, **WHOLE)
    assert parts_of(files.handout) == ["sections", "evaluation"]
    told = [page.extract_text() for page in PdfReader(files.guide).pages]
    assert [sum(f"Slide {n} " in words for n in (1, 2)) for words in told].count(1) == 2, "a page a slide"
    files = made(
        tmp_path, POINTS, POINTS, order=order, handout={"parts": ["notes"]}, guide={"layout": "compact"}, **WHOLE
    )
    assert parts_of(files.handout) == ["notes"]
    assert len(PdfReader(files.guide).pages) == 3


def test_parts_with_nothing_in_them_are_left_out(tmp_path):
    assert parts_of(made(tmp_path, POINTS).handout) == ["agenda", "sections", "action-plan", "evaluation", "notes"]


def test_the_evaluation_asks_by_the_objectives(tmp_path):
    # The agenda names its page.
    (_, page) = [text for text in texts(made(tmp_path, POINTS, **WHOLE).handout) if "Evaluation" in text]
    for objective in WHOLE["objectives"]:
        assert f"{squeezed(objective)}12345" in page


def test_the_list_of_resources_has_each_address_once(tmp_path):
    twice = {**RESOURCE, "title": "Again"}
    closing = {"kind": "closing", "links": [{"text": "Bye", "url": "https://example.org/bye"}], "minutes": 1}
    files = made(tmp_path, RESOURCE, twice, closing, handout={"parts": ["resources"]})
    text = "".join(texts(files.handout))
    assert text.count("example.org/there") == 1
    assert text.count("example.org/bye") == 1


# --- Guided notes


def test_gaps_are_ruled_numbered_and_keyed(tmp_path):
    slides = [
        {**POINTS, "points": ["Soil wants [[air]]", "and [[a lot of water]]"]},
        {"kind": "section"},
        {**POINTS, "title": "More", "handout": "Plants want [[light]]."},
    ]
    files = made(tmp_path, *slides)
    handout = "".join(page.extract_text() for page in PdfReader(files.handout).pages)
    rules = re.findall(r"(_+)(\d)", handout)
    assert [number for _, number in rules] == ["1", "2", "3"]
    assert len(rules[0][0]) < len(rules[1][0]), "sized to the term"
    assert "air" not in handout
    key = "".join(texts(files.guide))
    key = key[key.index("Guidednotes") :]
    assert re.search(r"1air1\d2alotofwater1\d3light3\d", key)


def test_the_key_names_the_page_of_the_handout(built):
    files = built("safe-food")
    guide = run(need("pdftotext"), "-layout", "-enc", "UTF-8", files.guide, "-")
    words = "20 seconds|top|bottom|wash|allergen sheet"
    rows = re.findall(rf"^\s*(\d)\s+(?:{words})\s+[\d–]+\s+(\d)$", guide, re.MULTILINE)
    found: dict[str, int] = {}
    for number, page in enumerate(PdfReader(files.handout).pages, 1):
        found |= dict.fromkeys(re.findall(r"_{5,}(\d)", page.extract_text()), number)
    assert len(found) == 5
    assert {number: int(page) for number, page in rows} == found


# --- The guide's front


def test_the_checklist_has_the_dates_of_the_session(tmp_path):
    preparation = {
        "two_weeks_before": ["Book"],
        "week_before": ["Print"],
        "on_the_day": ["Chairs"],
        "afterwards": ["Send"],
    }
    text = "".join(texts(made(tmp_path, POINTS, session=SESSION, preparation=preparation).guide))
    order = ["Twoweeksbefore·byMarch1,2027", "Book", "Theweekbefore·fromMarch8,2027", "Print"]
    order += ["Ontheday·March15,2027", "Chairs", "Afterwards·fromMarch16,2027", "Send"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    (tmp_path / "without").mkdir()
    bare = "".join(texts(made(tmp_path / "without", POINTS, preparation={"week_before": ["Print"]}).guide))
    assert "TheweekbeforePrint" in bare.replace("□", "")
    assert "Ontheday" not in bare


def test_the_guide_says_which_slides_serve_which_objective(tmp_path):
    slides = [
        {**POINTS, "objectives": [1]},
        {**POINTS, "objectives": [1, 2]},
        {**POINTS, "title": "Other", "objectives": [2]},
        {**POINTS, "objectives": [1]},
    ]
    text = "".join(texts(made(tmp_path, *slides, **WHOLE).guide))
    table = text[text.rindex("Objectivesandwhatservesthem") :]
    assert "1.Growonething1–2Points;4Points6" in table
    assert "2.Shareatool2Points;3Other4" in table
    assert "Servesobjective1,2" in text


def test_an_objective_that_nothing_serves_is_a_warning_and_said_in_the_guide(tmp_path):
    deck = deck_folder(tmp_path / "deck", {**POINTS, "objectives": [1]}, **WHOLE)
    problems = Diagnostics()
    build(Order(deck, output=tmp_path / "out"), problems)
    assert [d.message for d in problems] == ["no slide serves objective 2"]
    assert "2.ShareatoolNothingyet" in "".join(texts(tmp_path / "out/deck/spruce/deck-guide.pdf"))


@pytest.mark.parametrize(("planned", "words"), [(1, "1 minute over"), (5, "3 minutes under"), (2, "exactly")])
def test_the_guide_says_whether_the_plan_holds(planned, words, tmp_path):
    text = "".join(texts(made(tmp_path, POINTS, planned_minutes=planned).guide))
    assert text.count(squeezed(words)) == 2, "at a glance, and under the run of show"


# --- Slide by slide


@pytest.mark.parametrize("name", DECKS)
def test_slides_stay_with_their_questions_where_a_page_holds_both(name, built):
    pages = texts(built(name).guide)
    apart = []
    for _, slide in arranged(name).reading.deck.slides():
        if "guide" not in slide.show:
            continue
        numbers = [f.number for f in arranged(name).frames if f.slide is slide]
        here = re.compile(rf"Slide{numbers[0]}(–\d+)?·[\d:]+·") if numbers else None
        asked = [q for q in slide.questions if "guide" in q.show]
        if here is None or not asked:
            continue
        (page,) = [text for text in pages if here.search(text)]
        if squeezed(asked[0].ask.plain) not in page:
            apart.append(slide.title.plain)
    assert apart == []


def test_the_full_layout_gives_each_slide_a_page(tmp_path):
    slides = [{**POINTS, "title": title} for title in ("First", "Second", "Third")]
    compact = made(tmp_path / "a", *slides, guide={"layout": "compact"})
    full = made(tmp_path / "b", *slides, guide={"layout": "full"})
    asked = made(tmp_path / "c", *slides, order={"guide": "full"}, guide={"layout": "compact"})
    for files, pages in ((compact, 1), (full, 3), (asked, 3)):
        found = {page for _, title, page in outline(PdfReader(files.guide)) if re.match(r"\d  ", title)}
        assert len(found) == pages


def test_a_cue_says_in_words_what_it_is(tmp_path):
    cues = [{kind: f"Do it {kind}"} for kind in ("say", "do", "ask", "listen_for", "transition")]
    files = made(tmp_path, {**POINTS, "cues": cues, "virtual": "In the chat."})
    text = "".join(texts(files.guide))
    for label, words in (
        ("SAY", "say"),
        ("DO", "do"),
        ("ASK", "ask"),
        ("LISTENFOR", "listen_for"),
        ("TRANSITION", "transition"),
    ):
        assert f"{label}Doit{words}" in text
    assert "ONLINEInthechat." in text


def test_the_guide_says_what_a_slide_says_that_is_not_in_the_deck(tmp_path):
    hidden = {**POINTS, "title": "An exercise", "points": ["Stand up"], "show": ["guide"], "minutes": 5}
    picture = {"file": "pictures/path.svg", "alt": "A path", "caption": "For you alone", "show": ["guide"]}
    text = "".join(texts(made(tmp_path, POINTS, hidden, {**POINTS, "picture": picture, "title": "Last"}).guide))
    assert "AnexerciseNotinthedeck·0:02·5min" in text
    assert "Standup" in text
    assert "Foryoualone" in text
    assert "Slide2·0:07" in text, "the clock goes on, and the numbers do not count it"


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_heading_stays_with_the_group_below_it_wherever_the_page_ends(paper, tmp_path):
    slides: list[dict[str, Any]] = []
    for number in range(1, 61):
        filler = " ".join(["word"] * (1 + 7 * (number * 7 % 37)))
        slides.append({**POINTS, "title": f"Filler {number}", "handout": filler})
        series = [{"name": "Pounds", "values": [number]}]
        chart = {"kind": "chart", "title": f"Talk {number}.", "chart": "bar", "categories": [f"Bar {number}."]}
        slides.append({**chart, "series": series, "minutes": 1})
    pages = texts(made(tmp_path, *slides, order={"printing": PrintSettings(paper=paper), "only": ("handout",)}).handout)
    for number in range(1, 61):
        (page,) = [text for text in pages if f"Talk{number}." in text]
        assert f"Bar{number}." in page


def test_a_question_of_forty_lines_keeps_its_first_lines(tmp_path):
    files = made(tmp_path, {**POINTS, "questions": [{"ask": "Tell me everything?", "lines": 40}]})
    marked = [n for n, text in enumerate(texts(files.handout)) if "Tellmeeverything?" in text]
    rules = [r for r in draw(PdfReader(files.handout).pages[marked[0]]).rules if r[1] - r[0] > 350]
    assert len(rules) > 5


def test_picture_credits_are_gathered_at_the_end_of_the_guide(tmp_path):
    cover = {"kind": "cover", "picture": {"file": "pictures/dawn.jpg", "decorative": True, "credit": "By somebody"}}
    text = "".join(texts(made(tmp_path, cover, PHOTO, {**PHOTO, "title": "Again"}).guide))
    assert "Bysomebody(Slide1,2,3)" in text[text.index("Picturecredits") :]


@pytest.mark.parametrize("name", [name for name in DECKS if name != "many-scripts"])
def test_the_guide_names_the_handouts_page_that_has_the_question(name: str, built: Any) -> None:
    files = built(name)
    pages = texts(files.handout)
    guide = "".join(texts(files.guide))
    named = 0
    for _, slide in arranged(name).reading.deck.slides():
        for question in slide.questions:
            ask = squeezed(question.ask.plain)
            for found in re.finditer(rf"Handoutpage(\d+){re.escape(ask)}", guide):
                assert ask in pages[int(found[1]) - 1], f"'{question.ask.plain}' is not on page {found[1]}"
                named += 1
    assert named >= 3


def test_a_break_of_the_session_stands_between_the_slides_it_parts(tmp_path: Path) -> None:
    session = SESSION + "breaks:\n  - {after: The section, minutes: 15}\n"
    later = {"title": "Later", "slides": [{**POINTS, "title": "More"}]}
    sections = [{"title": "The section", "slides": [POINTS]}, later]
    files = made(tmp_path, session=session, sections=sections)
    text = "".join(texts(files.guide))
    where = [text.index(words) for words in ("Slide1·09:00", "Break09:02·15min", "Slide2·09:17")]
    assert where == sorted(where)


@pytest.mark.parametrize(
    ("theme", "language", "heads"), [("slate", "en-US", ["Time", "Page"]), ("spruce", "es", ["Tiempo", "Página"])]
)
def test_headings_of_narrow_columns_are_not_torn(tmp_path: Path, theme: str, language: str, heads: list[str]) -> None:
    deck = deck_folder(tmp_path / "deck", POINTS, language=language)
    (handout,) = deckbuilder.build(deck, theme=theme, output=tmp_path / "out", only=["handout"]).files
    words = PdfReader(handout).pages[0].extract_text().split()
    assert [word for word in heads if word in words] == heads
