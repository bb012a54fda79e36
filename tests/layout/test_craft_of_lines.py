"""Lines of titles and quotes evened out, times on a tab, names that are said once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckbuilder.content.text import Paragraph, Run
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.layout.frame import LaidText, SlideFrame, TextItem
from deckbuilder.layout.measure import measure_text
from deckbuilder.theme.pack import read_theme
from tools import arrange, deck_folder, default_theme

THEME = default_theme()
TITLE = THEME.styles["title"]


def lines(laid: LaidText) -> list[str]:
    return ["".join(s.text for s in line.segments) for p in laid.paragraphs for line in p.lines]


def words_in(frame: SlideFrame, role: str) -> str:
    found = next(i for i in frame.items if isinstance(i, TextItem) and str(i.placeholder.role) == role)
    return found.text.plain.replace("\u00a0", " ")


@settings(max_examples=80)
@given(
    st.lists(st.text("abcdefgimt", min_size=1, max_size=6), min_size=4, max_size=16).map(" ".join),
    st.floats(250, 900),
    st.integers(0, 40),
)
def test_evened_lines_are_as_many_and_no_longer_and_say_the_same(words: str, width: float, cut: int) -> None:
    runs = tuple(run for run in (Run(words[:cut], bold=True), Run(words[cut:])) if run.text)
    even, ragged = (measure_text([Paragraph(runs)], replace(TITLE, even=e), width, THEME) for e in (True, False))
    assert len(lines(even)) == len(lines(ragged))
    assert max(p.width for p in even.paragraphs[0].lines) <= max(p.width for p in ragged.paragraphs[0].lines) + 0.01
    assert " ".join(lines(even)).replace("\u00a0", " ").split() == words.split()
    assert not even.torn  # no word is as wide as the narrowest box


def test_a_title_of_two_lines_has_them_about_equally_long() -> None:
    laid = measure_text([Paragraph((Run("Community Reinforcement and Family Training (CRAFT)"),))], TITLE, 700, THEME)
    first, second = (line.width for line in laid.paragraphs[0].lines)
    assert min(first, second) > 0.75 * max(first, second)


@pytest.mark.parametrize("theme", ["spruce", "broadsheet", "beacon"])
def test_times_of_an_agenda_end_at_one_edge_in_lining_figures(tmp_path, theme: str) -> None:
    sections = [
        {"title": title, "slides": [{"kind": "statement", "title": title, "statement": "Look", "minutes": 7}]}
        for title in ("Arriving", "A second part whose title takes more than the line has room for, by some words")
    ]
    sections[0]["slides"].append({"kind": "agenda", "minutes": 1})
    folder = deck_folder(tmp_path, sections=sections)
    frames = arrange(folder, theme=read_theme(theme, Diagnostics())).frames
    (frame,) = (f for f in frames if f.slide.kind == "agenda")
    (item,) = (i for i in frame.items if isinstance(i, TextItem) and str(i.placeholder.role) == "body")
    ends, others = [], []
    for paragraph in item.text.paragraphs:
        *before, time = paragraph.lines[-1].segments
        assert time.run.clock
        assert "Gelasio" not in time.face.name  # whose figures are of three heights
        ends.append(time.x + time.width)
        # LibreOffice counts the tab from where the paragraph begins, and would break the line at the edge.
        assert ends[-1] + 2 * paragraph.indent < item.placeholder.room.width
        others += [s.x + s.width for s in before if s.x + s.width > time.x]
    assert len(ends) == 2
    assert max(ends) - min(ends) < 0.01
    assert not others


def test_numerals_are_of_one_height_in_every_theme() -> None:
    for name in ("spruce", "slate", "broadsheet", "beacon"):
        theme = read_theme(name, Diagnostics())
        for style in ("numeral", "count", "when", "step-number"):
            assert theme.family(theme.styles[style].levels[0].font) not in ("Georgia", "Gelasio"), (name, style)


def test_what_a_slide_is_called_by_is_not_said_again_on_it(tmp_path) -> None:
    link = {"text": "The address", "url": "https://example.org"}
    whom = {"audience": "For all", "links": [link]}
    quote = {"kind": "quote", "title": "Voices", "quote": "It can be done.", "role": "Carpenter", "minutes": 1}
    folder = deck_folder(
        tmp_path,
        {"kind": "resource", "title": "Addresses", "name": "First help", "text": "Open all day.", **whom},
        {"kind": "resource", "title": "Addresses", "name": "Second help", "text": "Open at night.", **whom},
        {"kind": "resource", "title": "Third help", "name": "Third help", "text": "Open never.", **whom},
        {"kind": "resource", "title": "Elsewhere", "name": "Fourth help", "text": "Far away.", **whom},
        {**quote, "author": "A. Miller, Jr."},
        {**quote, "author": "B. Smith"},
        {"kind": "narrative", "title": "Years", "text": "**The first.** it rained."},
        {"kind": "narrative", "title": "Years", "text": "**The second** was dry."},
    )
    frames = arrange(folder).frames
    assert [frame.title for frame in frames][-4:] == ["A. Miller, Jr.", "B. Smith", "The first", "The second"]
    assert [words_in(frame, "body") for frame in frames] == [
        "Open all day.\nFor all",
        "Open at night.\nFor all",
        "Open never.\nFor all",
        "Fourth help\nFar away.\nFor all",
        "\u201cIt can be done.\u201d\nCarpenter",
        "\u201cIt can be done.\u201d\nCarpenter",
        "It rained.",
        "The second was dry.",
    ]
    titles = [next(i for i in f.items if i.placeholder.type == "title") for f in frames]
    assert [item.fields for item in titles][:5] == [("name",), ("name",), ("title",), ("title",), ("author",)]
