"""The order of remedies for what does not fit: theme size, smaller, another arrangement, further slides, an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deckbuilder.content.schedule import make_schedule
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.labels import read_labels
from deckbuilder.layout.arrange import arrange_deck
from deckbuilder.layout.frame import SlideFrame, TableItem, TextItem
from deckbuilder.reading.deck import read_deck
from deckbuilder.theme.pack import read_theme
from generated import LONG_WORDS, Writer
from tools import Arranged, arrange, deck_folder, default_theme

W = Writer(11)


def arranged(folder: Path, *slides: dict[str, Any], **deck: Any) -> Arranged:
    return arrange(deck_folder(folder, *slides, default_minutes=1, **deck))


def errors(found: Arranged) -> list[str]:
    return [d.message for d in found.problems if d.severity.value == "error"]


def scales(found: Arranged, role: str) -> set[float]:
    items = [i for f in found.frames for i in f.items if isinstance(i, TextItem) and str(i.placeholder.role) == role]
    return {item.text.style.scale for item in items}


def points(count: int, words: int = 6) -> dict[str, Any]:
    return {"kind": "points", "title": "Points", "points": [W.words(words) for _ in range(count)]}


def state(found: Arranged) -> int:
    """How far down the order of remedies an arranged slide of points stands."""
    if errors(found):
        return 4
    if len(found.frames) > 1:
        return 3
    if str(found.frames[0].layout.role) == "columns":
        return 2
    return 1 if min(scales(found, "body")) < 1 else 0


def test_remedies_come_in_their_order_as_a_list_grows(tmp_path: Path) -> None:
    states = [state(arranged(tmp_path / str(n), points(n))) for n in range(1, 31)]
    assert states == sorted(states), states
    assert set(states) == {0, 1, 2, 3}, states


def test_text_is_no_smaller_than_the_theme_has_it_where_it_fits(tmp_path: Path) -> None:
    found = arranged(tmp_path, points(4))
    assert min(scales(found, "body")) >= 1
    assert len(found.frames) == 1


def test_text_grows_where_its_room_is_not_used_and_never_over_it(tmp_path: Path) -> None:
    grew = []
    for count in range(1, 10):
        (frame,) = arranged(tmp_path / str(count), points(count)).frames[:1]
        (body,) = [i for i in frame.items if isinstance(i, TextItem) and str(i.placeholder.role) == "body"] or [None]
        if body is not None:
            grew.append(body.text.style.scale)
            assert body.text.height <= body.placeholder.room.height
            if body.text.style.scale > 1:
                assert body.text.style.scale <= body.text.style.largest
    assert grew == sorted(grew, reverse=True), "the more there is, the smaller it is set"
    assert grew[0] > 1 >= grew[-1]


def test_a_short_text_stands_at_the_optical_centre(tmp_path: Path) -> None:
    (frame,) = arranged(tmp_path, points(1, 2)).frames
    (body,) = [i for i in frame.items if isinstance(i, TextItem) and str(i.placeholder.role) == "body"]
    above = body.placeholder.rect.y - 136
    below = 478 - body.placeholder.rect.y - body.text.height
    assert 0.5 <= above / below <= 1, "somewhat above the middle"


def test_panels_shrink_to_what_stands_on_them(tmp_path: Path) -> None:
    sides = [{"heading": "One", "points": ["A"]}, {"heading": "Other", "points": ["B"]}]
    (frame,) = arranged(tmp_path, {"kind": "comparison", "title": "T", "sides": sides}).frames
    panels = [a.rect for a in frame.layout.art if a.rect.height > 50]
    texts = [i for i in frame.items if isinstance(i, TextItem) and i.placeholder.type != "title"]
    assert panels
    for panel in panels:
        assert panel.height < 300
        inside = [i for i in texts if panel.x <= i.placeholder.rect.x < panel.right]
        assert all(panel.y <= i.placeholder.rect.y for i in inside)
        assert all(i.placeholder.rect.y + i.text.height <= panel.bottom for i in inside)


def test_a_panel_beside_other_text_ends_where_its_own_does(tmp_path: Path) -> None:
    steps = "\n".join(f"{n}. {W.words(9)}" for n in range(1, 5))
    needs = [{"item": "Cards"}, {"item": "Pens"}]
    slide = {"kind": "activity", "title": "A", "instructions": steps, "minutes": 5, "materials": needs}
    (frame,) = arranged(tmp_path, slide).frames
    (panel,) = [a.rect for a in frame.layout.art if a.rect.height > 50]
    on = [i for i in frame.items if isinstance(i, TextItem) and i.placeholder.rect.x >= panel.x]
    end = max(i.placeholder.rect.y + i.text.height for i in on)
    assert {str(i.placeholder.role) for i in on} == {"count", "needs"}
    assert 16 <= panel.bottom - end <= 40
    assert all(i.placeholder.rect.bottom <= panel.bottom for i in on)


LONG_TITLE = "What we found out when we asked those who had never come before and why"


def first_below(frame: SlideFrame) -> float:
    """How far below its title's last line what a slide says begins, in points."""
    title = next(i for i in frame.items if isinstance(i, TextItem) and i.placeholder.type == "title")
    tops = [i.placeholder.rect.y + i.placeholder.insets.top for i in frame.items if i is not title]
    return min(y for y in tops if y > title.placeholder.rect.y) - title.placeholder.rect.y - title.text.height


@pytest.mark.parametrize("theme", ["spruce", "slate", "broadsheet", "beacon"])
@pytest.mark.parametrize(
    "slide",
    [
        {"kind": "points", "points": ["One", "Two", "Three"]},
        {"kind": "points", "points": ["One", "Two"], "picture": {"file": "pictures/shapes.png", "decorative": True}},
        {"kind": "steps", "steps": [{"name": "One", "text": "First"}, {"name": "Two", "text": "Then"}]},
        {"kind": "chart", "chart": "bar", "categories": ["A", "B"], "series": [{"name": "N", "values": [1, 2]}]},
    ],
    ids=["points", "picture", "steps", "chart"],
)
def test_what_stands_below_a_title_of_two_lines_keeps_clear_of_it(
    slide: dict[str, Any], theme: str, tmp_path: Path
) -> None:
    folder = deck_folder(tmp_path, {**slide, "title": LONG_TITLE}, default_minutes=1)
    (frame,) = arrange(folder, theme=read_theme(theme, Diagnostics())).frames
    title = next(i for i in frame.items if isinstance(i, TextItem) and i.placeholder.type == "title")
    assert sum(len(p.lines) for p in title.text.paragraphs) >= 2
    assert first_below(frame) >= 17.9
    plain = read_theme(theme, Diagnostics()).layouts[frame.layout.role]
    for art, given in zip(frame.layout.art, plain.art, strict=True):
        assert art.rect.height > 0
        if not 100 < given.rect.y < 478:  # what belongs to the slide, not to what is said on it
            assert art == given


def test_what_stands_below_titles_of_a_series_begins_at_one_height(tmp_path: Path) -> None:
    slides = [{**points(3), "headline": name} for name in ("Short", LONG_TITLE)]
    frames = arranged(tmp_path, *slides).frames
    tops = {i.placeholder.rect.y for f in frames for i in f.items if str(i.placeholder.role) == "body"}
    assert len(tops) == 1
    assert first_below(frames[1]) >= 17.9


def test_slides_of_a_series_are_set_in_one_size_at_one_height_but_for_full_ones(tmp_path: Path) -> None:
    slides = [{**points(count), "headline": f"Number {count}"} for count in (2, 3, 4, 9)]
    frames = arranged(tmp_path, *slides).frames
    bodies = [i for f in frames for i in f.items if isinstance(i, TextItem) and str(i.placeholder.role) == "body"]
    assert len(bodies) == 4
    assert len({body.text.style.scale for body in bodies}) == 1
    tops = [body.placeholder.rect.y for body in bodies]
    assert tops[0] == tops[1] == tops[2] > 136, "short slides do not hang from the top for one that is full"
    assert tops[3] <= tops[0]
    assert all(body.text.height <= body.placeholder.room.height for body in bodies)
    assert [f.title for f in frames] == ["Number 2", "Number 3", "Number 4", "Number 9"]


@pytest.mark.parametrize("theme", ["spruce", "slate", "broadsheet", "beacon"])
def test_a_principle_s_numeral_stays_beside_its_first_line(theme: str, tmp_path: Path) -> None:
    texts = [f"has **name {n}** {W.words(n)}" for n in (4, 6, 8, 50)]
    slides = [{"kind": "principle", "title": "Principles", "text": text} for text in texts]
    frames = arrange(deck_folder(tmp_path, *slides, default_minutes=1), theme=read_theme(theme, Diagnostics())).frames
    boxes = [{str(i.placeholder.role): i.placeholder.rect for i in f.items} for f in frames]
    assert len({box["numeral"].y - box["body"].y for box in boxes}) == 1
    assert len({box["body"].y for box in boxes[:3]}) == 1


def test_no_text_is_set_below_its_floor(tmp_path: Path) -> None:
    slides = [{**points(n, words), "title": f"T{n}-{words}"} for n in (3, 9, 20) for words in (4, 16, 40)]
    for frame in arranged(tmp_path, *slides).frames:
        for item in frame.items:
            if isinstance(item, TextItem):
                for paragraph in item.text.paragraphs:
                    assert paragraph.size >= paragraph.style.floor - 0.01


def test_a_smaller_picture_comes_before_further_slides(tmp_path: Path) -> None:
    picture = {"file": "pictures/dawn.jpg", "alt": "Dawn"}
    roles = []
    for n in range(3, 16):
        found = arranged(tmp_path / str(n), {**points(n, 9), "picture": picture})
        roles.append((len(found.frames), str(found.frames[0].layout.role)))
    narrow = [n for n, (_, role) in enumerate(roles) if role == "points-picture-narrow"]
    many = [n for n, (count, _) in enumerate(roles) if count > 1]
    assert narrow
    assert many
    assert min(narrow) < min(many)


@pytest.mark.parametrize("kind", ["steps", "timeline"])
def test_columns_become_rows_before_they_become_several_slides(kind: str, tmp_path: Path) -> None:
    seen = []
    for words in range(4, 64, 6):
        steps = {
            "kind": "steps",
            "title": "T",
            "steps": [{"name": W.words(2), "text": W.words(words)} for _ in range(4)],
        }
        events = {
            "kind": "timeline",
            "title": "T",
            "events": [{"when": str(n), "text": W.words(words)} for n in range(4)],
        }
        found = arranged(tmp_path / str(words), steps if kind == "steps" else events)
        assert errors(found) == []
        seen.append((len(found.frames), str(found.frames[0].layout.role) in ("numbers", "timeline-list")))
    first_rows = seen.index((1, True))
    first_many = next(n for n, (count, _) in enumerate(seen) if count > 1)
    assert seen[0] == (1, False)
    assert first_rows < first_many


def test_continuations_say_that_they_go_on(tmp_path: Path) -> None:
    found = arranged(tmp_path, {"kind": "narrative", "title": "Story", "text": W.body(900)})
    total = len(found.frames)
    assert total > 1
    more = ["continued", *(f"continued {n}" for n in range(3, total + 1))]
    assert [f.title for f in found.frames] == ["Story", *(f"Story ({words})" for words in more)]
    assert len(scales(found, "body")) == 1


def test_dialogue_too_long_for_its_place_gets_a_slide(tmp_path: Path) -> None:
    dialogue = [{"speaker": "A", "line": W.words(14)} for _ in range(9)]
    slide = {"kind": "clipping", "title": "C", "headline": W.words(6), "article": W.words(60), "dialogue": dialogue}
    found = arranged(tmp_path, slide)
    assert errors(found) == []
    words = " ".join(i.text.plain for f in found.frames for i in f.items if isinstance(i, TextItem))
    words = words.replace("\u00a0", " ")
    for line in dialogue:
        assert line["line"] in words


@pytest.mark.parametrize(
    "slide",
    [
        {"kind": "points", "title": W.words(200), "points": ["A"]},
        {"kind": "cover", "title": W.words(90)},
        {"kind": "statement", "title": "T", "statement": "x" * 6000},
        {
            "kind": "picture",
            "title": "T",
            "picture": {"file": "pictures/dawn.jpg", "alt": "Dawn", "caption": W.words(120)},
        },
        {"kind": "poll", "title": "T", "question": W.words(300), "options": ["A", "B"]},
        {
            "kind": "stages",
            "title": "T",
            "stages": [" ".join(LONG_WORDS), "B", "C", "D", "E"],
            "current": "B",
            "text": "x",
        },
        {"kind": "section", "title": W.words(90)},
        {"kind": "table", "title": "T", "header": [LONG_WORDS[0]] * 9, "rows": [["a"] * 9]},
        {"kind": "table", "title": "T", "header": ["A", "B"], "rows": [["a", W.words(900)]]},
        {"kind": "break", "minutes": 5, "text": W.words(200)},
        {"kind": "closing", "links": [{"text": W.words(60), "url": "https://example.org"}]},
    ],
    ids=lambda slide: slide["kind"],
)
def test_what_fits_nowhere_is_an_error_with_its_place_and_a_way_out(slide: dict[str, Any], tmp_path: Path) -> None:
    found = arranged(tmp_path, slide)
    wrong = [d for d in found.problems if d.severity.value == "error"]
    assert wrong
    for problem in wrong:
        assert problem.at is not None
        assert problem.at.line >= 6
        assert problem.hint


def test_a_long_copyright_line_and_title_are_told_where_they_stand(tmp_path: Path) -> None:
    long = arranged(tmp_path / "a", points(2), copyright=W.words(60))
    assert [d.at.line for d in long.problems if "copyright" in d.message and d.at] == [3 + 1]
    titled = arranged(tmp_path / "b", points(2), title=W.words(40))
    assert any("footer" in d.message and d.at for d in titled.problems)


# --- fit: strict


def strictly(folder: Path, *slides: dict[str, Any]) -> list[str]:
    """The errors of arranging with `strict`."""
    source = deck_folder(folder, *slides, default_minutes=1)
    problems = Diagnostics()
    reading = read_deck(source, None, problems)
    labels = read_labels(reading.deck.language, problems)
    schedule = make_schedule(reading.deck, None)
    arrange_deck(reading.deck, None, schedule, reading.pictures, default_theme(), labels, problems, strict=True)
    assert all(d.at and d.hint for d in problems)
    return [d.message for d in problems if d.severity.value == "error"]


@pytest.mark.parametrize(("count", "wrong"), [(4, ""), (8, "pt instead of"), (30, "slides (fit: strict)")])
def test_strict_makes_an_error_of_what_fits_only_after_a_remedy(count: int, wrong: str, tmp_path: Path) -> None:
    slide = points(count, 6 if count < 30 else 14)
    said = strictly(tmp_path / "given", slide)
    assert any(wrong in message for message in said) if wrong else said == []
    by_deck = errors(arranged(tmp_path / "deck", slide, fit="strict"))
    assert by_deck == said
    assert errors(arranged(tmp_path / "flexible", slide)) == []


def test_strict_has_something_to_say_of_tables_that_go_on_or_shrink(tmp_path: Path) -> None:
    table = {"kind": "table", "title": "T", "header": ["A", "B"], "rows": [["a", "b"]] * 60}
    assert any("slides" in message for message in strictly(tmp_path / "a", table))
    scale = 1.0
    for length in range(9, 16):  # until the words do not stand beside one another at full size
        wide = {"kind": "table", "title": "T", "header": [LONG_WORDS[2][:length]] * 7, "rows": [["a"] * 7]}
        found = arranged(tmp_path / f"b{length}", wide)
        (item,) = (i for f in found.frames for i in f.items if isinstance(i, TableItem))
        scale = item.rows[0][0].style.scale
        if scale < 1:
            break
    assert scale < 1, "the case is about a table in smaller text"
    assert any("pt instead of" in message for message in strictly(tmp_path / "c", wide))


def test_a_list_too_long_for_the_two_columns_its_author_chose_goes_on_in_order(tmp_path: Path) -> None:
    slide = points(16, 12)
    found = arranged(tmp_path, {**slide, "layout": "Two Content"})
    assert errors(found) == []
    said = [p for f in found.frames for i in f.items if i.placeholder.type != "title" for p in i.text.plain.split("\n")]
    said = [words.replace("\u00a0", " ") for words in said]
    assert said == slide["points"]


def test_a_layout_that_somebody_chose_has_the_place_above_the_title_for_nothing_else(tmp_path: Path) -> None:
    (frame,) = arranged(tmp_path, {**points(2), "layout": "Title and Text"}).frames
    assert {str(i.placeholder.role) for i in frame.items} == {"title", "body"}


def test_figures_get_smaller_before_they_are_broken_into_lines(tmp_path: Path) -> None:
    numbers = [
        {"number": "98 000 000", "unit": "people", "text": "ate it"},
        {"number": "12–17 million", "text": "was its cost"},
        {"number": "3", "text": "in all"},
    ]
    found = arranged(
        tmp_path,
        {"kind": "number", "title": "Three", "numbers": numbers},
        {"kind": "number", "title": "One", "numbers": [{"number": "1 234 567 890 123"}]},
    )
    assert errors(found) == []
    figures = [
        item.text.paragraphs[0]
        for frame in found.frames
        for item in frame.items
        if isinstance(item, TextItem) and item.placeholder.role.base == "figure"
    ]
    assert [len(figure.lines) for figure in figures] == [1, 1, 1, 1]
    assert figures[0].size < 80
    (long,) = [{"number": "1 234 567 890 123 456 789 012 345 678 901 234", "text": "too long for one line"}]
    assert errors(arranged(tmp_path / "long", {"kind": "number", "title": "Long", "numbers": [long]})) == []


def test_a_label_of_a_matrix_that_does_not_fit_is_told_where_it_stands(tmp_path: Path) -> None:
    quadrants = [{"heading": name, "points": ["one"]} for name in "ABCD"]
    folder = tmp_path / "deck"
    slide = {"kind": "matrix", "title": "Four", "across": ["Left", "word " * 60], "quadrants": quadrants}
    path = deck_folder(folder, slide)
    lines = path.read_text("utf-8").splitlines()
    found = arranged(folder, slide)
    (problem,) = [p for p in found.problems if p.code == "text-does-not-fit"]
    assert problem.at is not None
    assert "word word" in lines[problem.at.line - 1]


def test_a_line_of_a_title_may_end_with_the_point_between_two_names_and_does_not_begin_with_it(tmp_path: Path) -> None:
    named = [
        ["Culture", "Trauma", "Strengths and responsibility", "Respect"],
        ["Hope", "Person-driven", "Many pathways of all kinds"],
    ]
    slides = [
        {"kind": "points", "title": "Ten principles", "points": [f"**{name}**: what it is" for name in names]}
        for names in named
    ]
    found = arranged(tmp_path, *slides)
    titles = [
        paragraph
        for frame in found.frames
        for item in frame.items
        if isinstance(item, TextItem) and item.placeholder.type == "title"
        for paragraph in item.text.paragraphs
    ]
    lines = ["".join(s.text for s in line.segments) for title in titles for line in title.lines]
    assert sum("·" in line for line in lines) >= 2
    assert len(lines) > len(titles), "one of them has several lines"
    assert [line for line in lines if line.lstrip().startswith("·")] == []
