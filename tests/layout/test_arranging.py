"""From slides to frames: bands, continuations, titles, pictures, and what does not fit."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from deckbuilder.diagnostics import Diagnostics, Severity
from deckbuilder.layout.arrange import titles
from deckbuilder.layout.frame import LaidText, PictureItem, QrCode, SlideFrame, TextItem
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import CAPTION, PICTURE, LayoutRole, PlaceholderRole
from deckbuilder.units import Rect
from tools import DECKS, Arranged, arrange, arranged, deck_folder, default_theme, squeezed

SENTENCE = "Everybody in the room has something to add here."


@pytest.fixture
def make(tmp_path: Path):
    def make(*slides: dict[str, Any], **deck: Any) -> Arranged:
        return arrange(deck_folder(tmp_path / "deck", *slides, **deck))

    return make


def words_in(frame: SlideFrame, role: str) -> str:
    found = next(i for i in frame.items if isinstance(i, TextItem) and str(i.placeholder.role) == role)
    return found.text.plain.replace("\u00a0", " ")


def seen(item: PictureItem) -> Rect:
    """A picture's box without the room that it leaves free in its place."""
    rect, (left, top, right, bottom) = item.placeholder.rect, (min(0.0, part) for part in item.crop)
    width, height = rect.width / (1 - left - right), rect.height / (1 - top - bottom)
    return Rect(rect.x - left * width, rect.y - top * height, width, height)


def pictures_in(frame: SlideFrame) -> list[PictureItem]:
    return [item for item in frame.items if isinstance(item, PictureItem)]


def errors(result: Arranged) -> list[Any]:
    return [d for d in result.problems if d.severity is Severity.ERROR]


def pictures_by_role(frame: SlideFrame) -> dict[PlaceholderRole, PictureItem]:
    return {item.placeholder.role: item for item in pictures_in(frame)}


FULL = LayoutRole("picture", ("full",))
POINTS = {"kind": "points", "title": "Points", "points": ["One", "Two", "Three"]}


def test_a_question_stands_in_the_band_where_both_fit(make):
    (frame,) = make({**POINTS, "questions": ["What else?"]}).frames
    assert str(frame.layout.role) == "points+band"
    assert words_in(frame, "question") == "What else?"
    assert words_in(frame, "body").startswith("One")


def test_a_question_gets_its_own_slide_where_the_slide_is_full(make):
    first, second = make({**POINTS, "points": [SENTENCE] * 9, "questions": ["What else?"]}).frames
    assert str(first.layout.role) == "points"
    assert str(second.layout.role) == "discussion-one"
    assert words_in(second, "title") == "What else?"
    assert words_in(second, "kicker") == "Points"
    assert [first.title, second.title] == ["Points", "What else?"]


def test_two_questions_get_a_slide_of_their_own_with_who_and_how_long(make):
    questions = [
        {"ask": "First?", "grouping": "pairs", "minutes": 4},
        {"ask": "Second?", "grouping": "everyone", "minutes": 3},
    ]
    _, asking = make({**POINTS, "questions": questions}).frames
    assert words_in(asking, "body") == "First?\nSecond?"
    assert words_in(asking, "label") == "In pairs / All together · 7 minutes"


def test_a_layout_without_a_band_gives_the_question_a_slide_of_its_own(make):
    slide = {"kind": "statement", "title": "One thing", "statement": "It works.", "questions": ["Does it?"]}
    assert [str(f.layout.role) for f in make(slide).frames] == ["statement", "discussion-one"]


def test_a_question_too_long_for_the_band_is_not_cut(make):
    long = f"{SENTENCE} " * 6 + "What do you say?"
    frames = make({**POINTS, "questions": [long]}).frames
    assert [str(f.layout.role) for f in frames] == ["points", "discussion"]
    assert squeezed(words_in(frames[1], "body")) == squeezed(long)


def test_a_long_body_goes_on_with_numbered_titles(make):
    result = make({"kind": "narrative", "title": "The story", "text": "\n\n".join([f"{SENTENCE} " * 6] * 7)})
    count = len(result.frames)
    assert count > 1
    more = ["continued", *(f"continued {n}" for n in range(3, count + 1))]
    assert [f.title for f in result.frames] == ["The story", *(f"The story ({words})" for words in more)]
    assert [(f.part, f.parts) for f in result.frames] == [(n, count) for n in range(1, count + 1)]
    whole = "".join(words_in(f, "body") for f in result.frames)
    assert squeezed(whole) == squeezed(f"{SENTENCE} " * 42)


def test_a_picture_is_shown_on_every_part_of_a_long_slide(make):
    picture = {"file": "pictures/path.svg", "alt": "A path"}
    result = make({"kind": "narrative", "title": "Story", "text": f"{SENTENCE} " * 40, "picture": picture})
    assert len(result.frames) > 1
    assert all(len(pictures_in(f)) == 1 for f in result.frames)


@pytest.mark.parametrize(
    ("slide", "field"),
    [
        ({**POINTS, "title": f"{SENTENCE} " * 8}, "title"),
        (
            {
                "kind": "picture",
                "title": "Picture",
                "picture": {"file": "pictures/path.svg", "alt": "A path", "caption": f"{SENTENCE} " * 20},
            },
            "caption",
        ),
        ({"kind": "section", "text": f"{SENTENCE} " * 20}, "text"),
        ({"kind": "cover", "subtitle": f"{SENTENCE} " * 20}, "subtitle"),
        (
            {
                "kind": "comparison",
                "title": "Two",
                "sides": [{"heading": f"{SENTENCE} " * 8, "points": ["a"]}, {"heading": "That", "points": ["b"]}],
            },
            "left heading",
        ),
        (
            {
                "kind": "stages",
                "title": "Stages",
                "stages": [f"{SENTENCE} " * 3, "B"],
                "current": "B",
                "text": "b",
            },
            "name 1",
        ),
    ],
)
def test_what_fits_nowhere_is_an_error_with_its_place_and_a_hint(make, slide, field):
    result = make({**POINTS, "title": "First"}, slide)
    (problem,) = errors(result)
    assert f"the {field} of this {slide['kind']} slide does not fit" in problem.message
    assert problem.at is not None
    lines = Path(problem.at.file).read_text("utf-8").splitlines()
    # One of several is told at its own place, others at the slide's.
    told = SENTENCE[:30] if field in ("left heading", "name 1") else f"kind: {slide['kind']}"
    assert told in lines[problem.at.line - 1]
    assert problem.hint
    assert "fewer" in problem.hint or "shorter" in problem.hint


def test_the_hint_of_an_overlong_text_is_enough_to_make_it_fit(make, tmp_path):
    words = f"{SENTENCE} ".split() * 9
    (problem,) = errors(make({**POINTS, "title": " ".join(words)}))
    fewer = int(problem.hint.partition("about ")[2].partition(" ")[0])
    shorter = " ".join(words[: len(words) - int(fewer * 1.15) - 1])
    result = arrange(deck_folder(tmp_path / "again", {**POINTS, "title": shorter}))
    assert errors(result) == []


def test_repeated_titles_are_numbered_and_single_ones_are_not(make):
    frames = make(POINTS, {**POINTS, "title": "Other"}, POINTS, {**POINTS, "title": "points"}).frames
    assert [f.title for f in frames] == ["Points (1 of 3)", "Other", "Points (2 of 3)", "points (3 of 3)"]


def test_a_divider_between_slides_of_its_title_leaves_every_title_unique(make):
    divider = {"kind": "section", "title": "Points"}
    for slides in (
        [divider, POINTS],
        [divider, POINTS, POINTS],
        [divider, POINTS, divider],
        [divider, divider, POINTS, POINTS],
    ):
        titles = [f.title for f in make(*slides).frames]
        assert len(set(titles)) == len(titles), titles


def test_a_numbered_title_never_counts_beyond_its_total(make):
    divider = {"kind": "section", "title": "Points"}
    for frame in make(divider, divider, POINTS).frames:
        _, _, count = frame.title.partition("(")
        if count:
            number, total = (int(n) for n in count.rstrip(")").split(" of "))
            assert number <= total, frame.title


def test_whole_pictures_keep_their_shape_and_stay_in_their_place(make):
    for file in ("dawn.jpg", "shapes.png", "path.svg"):
        picture = {"file": f"pictures/{file}", "alt": "A picture", "fit": "whole"}
        result = make({**POINTS, "picture": picture}, {"kind": "picture", "title": "Alone", "picture": picture})
        for frame in result.frames:
            (item,) = pictures_in(frame)
            left, top, right, bottom = item.crop
            assert max(item.crop) <= 1e-9, "nothing is cut off"
            box = seen(item)
            assert item.picture.aspect == pytest.approx(box.width / box.height, rel=1e-3)
            assert item.placeholder.rect.width / item.placeholder.rect.height == pytest.approx(
                item.picture.aspect * (1 - left - right) / (1 - top - bottom), rel=1e-3
            )
            place = result.theme.layouts[frame.layout.role].placeholder(PICTURE).rect
            assert place.x - 0.01 <= box.x
            assert box.right <= place.right + 0.01
            assert place.y - 0.01 <= box.y
            assert box.bottom <= place.bottom + 0.01


@pytest.mark.parametrize("focus", [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (0.8, 0.3), (0.1, 0.9)])
@pytest.mark.parametrize("file", ["dawn.jpg", "shapes.png"])
def test_a_cropped_picture_fills_its_place_undistorted_and_keeps_its_focus(make, focus, file):
    picture = {"file": f"pictures/{file}", "alt": "A picture", "fit": "crop", "focus": list(focus)}
    (frame,) = make({**POINTS, "picture": picture}).frames
    (item,) = pictures_in(frame)
    left, top, right, bottom = item.crop
    assert item.placeholder.rect == item.placeholder.rect
    assert min(item.crop) >= 0
    shown = item.picture.aspect * (1 - left - right) / (1 - top - bottom)
    assert shown == pytest.approx(item.placeholder.rect.width / item.placeholder.rect.height, rel=1e-6)
    assert left - 1e-9 <= focus[0] <= 1 - right + 1e-9
    assert top - 1e-9 <= focus[1] <= 1 - bottom + 1e-9
    middle = left + (1 - left - right) / 2, top + (1 - top - bottom) / 2
    for axis, (before, after) in enumerate(((left, right), (top, bottom))):
        if before > 1e-9 and after > 1e-9:  # not at the picture's edge: the focus is in the middle
            assert middle[axis] == pytest.approx(focus[axis])


_DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">{}</svg>'
_GROUND = '<rect width="300" height="200" fill="{}"/><circle cx="150" cy="100" r="40" fill="#702020"/>'


@pytest.mark.parametrize(
    ("drawing", "cropped"),
    [
        (_GROUND.format("#204060"), True),
        (_GROUND.format("#ffffff"), False),  # on the white of paper
        ('<circle cx="150" cy="100" r="90" fill="#702020"/>', False),  # on no ground
        (_GROUND.format("#204060") + '<text x="10" y="20" font-size="12">Top left</text>', False),
    ],
)
def test_photographs_and_drawings_are_cropped_and_diagrams_shown_whole(tmp_path, drawing, cropped):
    deck = deck_folder(
        tmp_path,
        {**POINTS, "picture": {"file": "pictures/dawn.jpg", "alt": "Dawn"}},
        {**POINTS, "title": "Other", "picture": {"file": "pictures/own.svg", "alt": "A drawing"}},
    )
    (tmp_path / "pictures" / "own.svg").write_text(_DRAWN.format(drawing), encoding="utf-8")
    photograph, drawn = (pictures_in(frame)[0] for frame in arrange(deck).frames)
    assert max(photograph.crop) > 0
    assert (max(drawn.crop) > 1e-9) == cropped


def test_a_picture_too_small_beside_its_text_gets_a_slide_of_its_own(tmp_path):
    picture = {"file": "pictures/long.png", "alt": "Six steps"}
    deck = deck_folder(tmp_path, {**POINTS, "picture": picture, "questions": ["What comes first?"]})
    _diagram("RGB").save(tmp_path / "pictures" / "long.png")
    frames = arrange(deck).frames
    assert [str(f.layout.role) for f in frames] == ["points", "picture", "discussion-one"]
    assert [f.title for f in frames] == ["Points", "Points (continued)", "What comes first?"]
    (item,) = pictures_in(frames[1])
    assert seen(item).width * seen(item).height >= 0.12 * 960 * 540


@pytest.mark.parametrize("caption", [None, "A caption"])
@pytest.mark.parametrize("theme", ["spruce", "slate", "broadsheet", "beacon"])
def test_pictures_beside_text_end_at_the_margins_or_bleed(tmp_path, theme, caption):
    for file in ("dawn.jpg", "shapes.png", "path.svg"):
        picture = {"file": f"pictures/{file}", "alt": "A picture", "fit": "crop", "caption": caption}
        deck = deck_folder(tmp_path / file, {**POINTS, "picture": picture})
        (frame,) = arrange(deck, theme=read_theme(theme, Diagnostics())).frames
        box = seen(pictures_in(frame)[0])
        assert box.x in (0, pytest.approx(64)) or box.right == pytest.approx(896) or box.right == pytest.approx(960)
        foot = [i.placeholder.rect.bottom for i in frame.items if i.placeholder.role == CAPTION] or [box.bottom]
        assert foot[0] in (478, 540)
        assert box.width * box.height >= 0.12 * 960 * 540


def test_room_for_a_caption_is_left_only_where_there_is_one(make):
    picture = {"file": "pictures/dawn.jpg", "alt": "Dawn"}
    shown = [[picture, picture], [picture, {**picture, "caption": "One"}]]
    bare, captioned = make(*({"kind": "grid", "title": str(n), "pictures": p} for n, p in enumerate(shown))).frames
    heights = [[i.placeholder.rect.height for i in pictures_in(f)] for f in (bare, captioned)]
    assert heights[0][0] == heights[0][1] > heights[1][0] == heights[1][1]


def _diagram(mode):
    """Boxes joined by lines, with words, on a white ground; longer than any place for pictures."""
    image = Image.new("RGB", (1600, 500), "white")
    draw = ImageDraw.Draw(image)
    for x in range(20, 1600, 260):
        draw.rectangle((x, 200, x + 200, 300), outline="black", width=3)
        draw.text((x + 60, 240), "Step", fill="navy")
    return image.convert(mode)


@pytest.mark.parametrize(("mode", "name"), [("RGB", "a.png"), ("P", "a.png"), ("1", "a.png"), ("RGB", "a.jpg")])
def test_diagrams_and_screenshots_of_pixels_are_shown_whole_unless_told(tmp_path, mode, name):
    picture = {"file": f"pictures/{name}", "alt": "Six steps"}
    slides = (
        {**POINTS, "picture": picture},
        {"kind": "grid", "title": "Grid", "pictures": [picture, picture]},
        {"kind": "picture", "title": "Alone", "picture": picture},
        {**POINTS, "title": "Told", "picture": {**picture, "fit": "crop"}},
    )
    deck = deck_folder(tmp_path, *slides)
    _diagram(mode).save(tmp_path / "pictures" / name)
    *whole, told = (item for frame in arrange(deck).frames for item in pictures_in(frame))
    assert len(whole) == 4
    assert all(max(item.crop) <= 1e-9 for item in whole)
    assert max(told.crop) > 0


def test_a_picture_that_has_a_slide_to_itself_is_shown_whole_unless_told(make):
    slide = {"kind": "picture", "title": "Dawn", "picture": {"file": "pictures/dawn.jpg", "alt": "Dawn"}}
    told = {**slide, "title": "Told", "picture": {**slide["picture"], "fit": "crop"}}
    full = {**slide, "title": "Full", "full": True}
    crops = [max(pictures_in(frame)[0].crop) for frame in make(slide, told, full).frames]
    assert crops[0] <= 0
    assert min(crops[1:]) > 0


def test_a_photograph_that_was_turned_in_the_camera_keeps_its_upright_shape(tmp_path):
    deck = deck_folder(
        tmp_path, {**POINTS, "picture": {"file": "pictures/turned.jpg", "alt": "A tower", "fit": "whole"}}
    )
    image = Image.new("RGB", (400, 200), "navy")
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "pictures" / "turned.jpg", exif=exif)
    (item,) = (item for frame in arrange(deck).frames for item in pictures_in(frame))
    assert item.picture.aspect == pytest.approx(0.5)
    assert seen(item).height / seen(item).width == pytest.approx(2, rel=0.05)


def test_a_decorative_picture_has_no_alternative_text(make):
    (frame,) = make({**POINTS, "picture": {"file": "pictures/path.svg", "decorative": True}}).frames
    assert pictures_in(frame)[0].alt == ""


def test_a_caption_follows_a_picture_that_does_not_fill_its_place(make, tmp_path):
    shutil.rmtree(tmp_path / "deck", ignore_errors=True)
    picture = {"file": "pictures/dawn.jpg", "alt": "Dawn", "fit": "whole", "caption": "The caption"}
    (frame,) = make({**POINTS, "picture": picture}).frames
    (item,) = pictures_in(frame)
    (caption,) = [i for i in frame.items if isinstance(i, TextItem) and str(i.placeholder.role) == "caption"]
    place = default_theme().layouts[frame.layout.role].placeholder(PICTURE)
    assert seen(item).bottom < place.rect.bottom
    assert 0 <= caption.placeholder.rect.y - seen(item).bottom <= 8


def test_a_quotes_picture_is_shown_beside_its_points_or_somebody_is_told(make):
    picture = {"file": "pictures/path.svg", "alt": "A path"}
    result = make({"kind": "quote", "title": "Quote", "quote": "Words.", "points": ["One"], "picture": picture})
    assert any(pictures_in(f) for f in result.frames) or len(result.problems)


def test_a_resource_shows_the_qr_code_of_its_first_link(make):
    links = [{"text": "One", "url": "https://example.org/1"}, {"text": "Two", "url": "https://example.org/2"}]
    slide = {"kind": "resource", "title": "Look", "name": "Site", "text": "A site.", "audience": "For all"}
    (frame,) = make({**slide, "links": links}).frames
    (item,) = pictures_in(frame)
    assert item.picture == QrCode("https://example.org/1")
    assert item.placeholder.rect.width == item.placeholder.rect.height
    assert "https://example.org/1" in item.alt
    assert words_in(frame, "links") == "One\nTwo"


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_stages_stand_side_by_side_in_order_without_overlapping(make, count):
    names = [f"Stage {n}" for n in range(1, count + 1)]
    slide = {"kind": "stages", "title": "All", "stages": [{"name": n, "text": f"Text of {n}"} for n in names]}
    (frame,) = make(slide).frames
    track = [i.placeholder for i in frame.items if i.placeholder.role.base == "name"]
    assert [words_in(frame, str(p.role)) for p in track] == names
    assert [p.shape for p in track] == ["first-chevron", *["chevron"] * (count - 1)]
    assert all(left.rect.right <= right.rect.x for left, right in pairwise(track))
    assert track[-1].rect.right <= 960 - 60
    assert [words_in(frame, f"stage-{n}") for n in range(1, count + 1)] == [f"Text of {n}" for n in names]


def test_the_current_stage_is_told_apart(make):
    slide = {"kind": "stages", "title": "One", "stages": ["A", "B", "C"], "current": "B", "text": "Now."}
    (frame,) = make(slide).frames
    fills = [i.placeholder.fill for i in frame.items if i.placeholder.role.base == "name"]
    assert fills[0] == fills[2] != fills[1]
    assert "2 marked" in frame.layout.name


def test_principles_of_one_title_are_counted(make):
    slide = {"kind": "principle", "title": "Principles", "text": "Be kind."}
    frames = make(slide, POINTS, {**slide, "text": "Be clear."}).frames
    assert [words_in(f, "numeral") for f in frames if f.slide.kind == "principle"] == ["1", "2"]


def test_a_copyright_line_too_long_for_the_footer_is_an_error(make):
    problems = errors(make(POINTS, copyright=f"© {SENTENCE} " * 6))
    assert [p.message for p in problems] == ["the copyright line does not fit the footer"]
    assert problems[0].at is not None
    assert problems[0].hint


def test_a_footer_too_narrow_for_both_shows_the_copyright_line(make):
    result = make(POINTS, title="The deck " + "with a long title " * 8, copyright="© 2026 Somebody with rights")
    assert errors(result) == []
    assert result.frames[0].footer.plain == "© 2026 Somebody with rights"


@pytest.mark.parametrize("name", DECKS)
def test_every_text_of_a_shipped_deck_lies_in_its_place(name):
    result = arranged(name)
    assert errors(result) == []
    for frame in result.frames:
        for item in frame.items:
            if isinstance(item, TextItem):
                room = item.placeholder.room
                check_inside(item.text, room.width, room.height, f"{frame.number} {item.placeholder.role}")


def check_inside(laid: LaidText, width: float, height: float, place: str) -> None:
    assert laid.height <= height + 0.5, place
    for paragraph in laid.paragraphs:
        assert paragraph.size >= paragraph.style.floor, place
        for line in paragraph.lines:
            assert line.width + paragraph.indent <= width + 0.02, place


@pytest.mark.parametrize("name", DECKS)
def test_placeholders_filled_on_a_slide_do_not_overlap(name):
    for frame in arranged(name).frames:
        # Words on a ground of their own may lie on a picture.
        on_top = any(i.placeholder.fill and i.placeholder.type == "title" for i in frame.items)
        items = [i for i in frame.items if not (on_top and isinstance(i, PictureItem))]
        boxes = [(i.placeholder.role, i.placeholder.rect) for i in items]
        for n, (one, a) in enumerate(boxes):
            for other, b in boxes[n + 1 :]:
                across = min(a.right, b.right) - max(a.x, b.x)
                down = min(a.bottom, b.bottom) - max(a.y, b.y)
                assert across <= 0.01 or down <= 0.01, f"slide {frame.number}: {one} overlaps {other}"
        for role, box in boxes:
            assert box.x >= 0, role
            assert box.y >= 0, role
            assert box.right <= 960, role
            assert box.bottom <= 540, role


@pytest.mark.parametrize("name", DECKS)
def test_items_come_title_first(name):
    for frame in arranged(name).frames:
        items = [i for i in frame.items if not (frame.layout.role.within(FULL) and isinstance(i, PictureItem))]
        assert isinstance(items[0], TextItem)
        assert items[0].placeholder.type == "title"


def test_a_chosen_layout_that_is_the_kinds_own_way_out_is_filled_as_the_kind_would(make):
    four = ["One", "Two", "Three", "Four"]
    (frame,) = make({**POINTS, "points": four, "layout": "Two Content"}).frames
    assert str(frame.layout.role) == "columns"
    assert (words_in(frame, "left"), words_in(frame, "right")) == ("One\nTwo", "Three\nFour")


def test_pictures_of_a_grid_stand_above_their_captions(make):
    shown = [{"file": "pictures/path.svg", "decorative": True, "caption": f"Number {n}"} for n in range(1, 4)]
    (frame,) = make({"kind": "grid", "title": "Three", "pictures": shown}).frames
    for role, picture in pictures_by_role(frame).items():
        caption = next(i for i in frame.items if i.placeholder.role == role.caption)
        box, below = seen(picture), caption.placeholder.rect
        assert below.x == pytest.approx(box.x)
        assert abs(below.y - box.bottom) <= 8  # where the picture ends, its caption begins


def test_four_whole_pictures_have_their_captions_beside_them_where_they_are_larger_so(make):
    shown = [{"file": "pictures/path.svg", "decorative": True, "caption": f"Number {n}"} for n in range(1, 5)]
    (frame,) = make({"kind": "grid", "title": "Four", "pictures": shown}).frames
    assert str(frame.layout.role) == "grid-beside-4"
    for role, picture in pictures_by_role(frame).items():
        caption = next(i for i in frame.items if i.placeholder.role == role.caption)
        box, beside = seen(picture), caption.placeholder.rect
        assert box.height == pytest.approx(168)
        assert beside.y == pytest.approx(box.y)
        assert beside.x >= box.right
    bare = [{"file": "pictures/path.svg", "decorative": True} for _ in range(4)]
    (without,) = make({"kind": "grid", "title": "Four", "pictures": bare}).frames
    assert str(without.layout.role) == "grid-4"


def test_a_clippings_pictures_are_not_small_whatever_else_it_shows(make):
    picture = {"file": "pictures/dawn.jpg", "alt": "Dawn", "caption": "At the corner"}
    clip = {"kind": "clipping", "title": "C", "headline": "A headline", "article": "What was written. " * 8}
    said = [{"speaker": "A visitor", "line": "How does this work?"}]
    for more in ({}, {"dialogue": said}):
        for shown in ([picture], [picture, picture]):
            frames = make({**clip, **more, "pictures": shown}).frames
            boxes = [seen(item) for frame in frames for item in pictures_in(frame)]
            assert len(boxes) == len(shown), "each once"
            assert all(box.width * box.height >= 0.12 * 960 * 540 for box in boxes), [
                str(f.layout.role) for f in frames
            ]
            text = " ".join(i.text.plain for f in frames for i in f.items if isinstance(i, TextItem))
            assert ("How does this work?" in text.replace("\u00a0", " ")) == bool(more)


def test_a_clippings_picture_takes_the_room_of_what_is_not_said_below_it(make):
    picture = {"file": "pictures/dawn.jpg", "alt": "Dawn"}
    clip = {"kind": "clipping", "title": "C", "headline": "A headline", "article": "Words.", "pictures": [picture]}
    (frame,) = make(clip).frames
    (spoken,) = make({**clip, "dialogue": [{"speaker": "A visitor", "line": "How?"}]}).frames
    assert pictures_in(frame)[0].placeholder.rect.bottom == 478
    assert pictures_in(spoken)[0].placeholder.rect.bottom < 360


def test_a_resources_picture_stands_on_its_panel_or_has_a_slide_of_its_own(make):
    picture = {"file": "pictures/dawn.jpg", "alt": "Dawn"}
    slide = {"kind": "resource", "title": "Look", "name": "Site", "text": "A site.", "audience": "For all"}
    slide["links"] = [{"text": "One", "url": "https://example.org/1"}]
    (frame,) = make({**slide, "picture": picture}).frames
    (item,) = pictures_in(frame)
    assert item.placeholder.rect.x == next(a.rect.x for a in frame.layout.art if a.rect.height > 100)
    assert item.placeholder.rect.width * item.placeholder.rect.height >= 0.12 * 960 * 540
    told, shown = make(
        {**slide, "picture": {**picture, "caption": "As it looks to those who come for the first time"}}
    ).frames
    assert pictures_in(told)[0].picture == QrCode("https://example.org/1")
    assert str(shown.layout.role) == "picture"


def test_a_whole_picture_stands_flush_with_its_caption(make):
    slide = {**POINTS, "picture": {"file": "pictures/path.svg", "decorative": True, "caption": "A path"}}
    (frame,) = make({**slide, "questions": ["Where to?"]}).frames
    (picture,) = pictures_in(frame)
    caption = next(i for i in frame.items if str(i.placeholder.role) == "caption")
    assert picture.placeholder.rect.x == caption.placeholder.rect.x


def test_credits_name_each_maker_once_with_all_that_is_theirs(make):
    def shown(file: str, credit: str, **more: Any) -> dict[str, Any]:
        return {"kind": "picture", "title": file, "picture": {"file": f"pictures/{file}", "credit": credit, **more}}

    frame = make(
        shown("path.svg", "Ours", alt="A winding path", caption="A path"),
        shown("dawn.jpg", "Theirs", alt="Dawn"),
        shown("shapes.png", "Ours", alt="A square and a disc"),
        {"kind": "credits"},
    ).frames[-1]
    assert words_in(frame, "body") == "Ours\nA path\nA square and a disc\nTheirs\nDawn"


def test_a_poster_leads_to_its_video_and_says_so_even_where_it_is_decorative(make):
    video = {"text": "The video on our page", "url": "https://example.org/video"}
    slide = {"kind": "video", "title": "See", "video": video}
    plain, decorative, code = make(
        {**slide, "poster": {"file": "pictures/dawn.jpg", "alt": "Dawn"}},
        {**slide, "poster": {"file": "pictures/dawn.jpg", "decorative": True}},
        slide,
    ).frames
    assert [(i.link, i.alt) for i in pictures_in(plain)] == [("https://example.org/video", "Dawn")]
    assert [(i.link, i.alt) for i in pictures_in(decorative)] == [
        ("https://example.org/video", "The video on our page")
    ]
    assert [i.picture for i in pictures_in(code)] == [QrCode("https://example.org/video")]


# --- Gaps, and what is shown elsewhere


def frame_words(frame: SlideFrame) -> str:
    return " ".join(i.text.plain for i in frame.items if isinstance(i, TextItem))


GAPPED = {"kind": "points", "title": "A [[word]] too many", "points": ["Only the [[interesting]] one", "Two"]}


def test_slides_show_the_words_of_gaps_unless_the_deck_says_otherwise(make):
    (frame,) = make(GAPPED).frames
    assert "Only the interesting one" in frame_words(frame)
    assert frame.title == "A word too many"


@pytest.mark.parametrize(
    ("deck", "slide", "shown"), [("gap", None, False), ("gap", "word", True), ("word", "gap", False)]
)
def test_deck_and_slide_say_whether_gaps_are_shown_as_gaps(make, deck, slide, shown):
    (frame,) = make({**GAPPED, "gaps": slide} if slide else GAPPED, gaps=deck).frames
    assert ("interesting" in frame_words(frame)) == shown
    assert frame.title == ("A word too many" if shown else "A _____ too many")
    assert ("Only the ____" in frame_words(frame)) != shown


def test_a_gap_is_as_wide_as_its_word_and_breaks_lines_as_the_word_does(make):
    text = "We call it [[a long and winding road]] and [[harm]] and [[reduction]], " * 6
    slide = {"kind": "narrative", "title": "Story", "text": text}
    (words,), (gaps,) = make(slide).frames, make(slide, gaps="gap").frames

    def lines(frame):
        (item,) = [i for i in frame.items if isinstance(i, TextItem) and str(i.placeholder.role) == "body"]
        return [line for p in item.text.paragraphs for line in p.lines]

    assert 0 <= len(lines(gaps)) - len(lines(words)) <= 1
    for line in lines(gaps):
        for segment in line.segments:
            assert segment.width == pytest.approx(segment.face.width(segment.text, segment.size), abs=0.1)
    first_words, first_gaps = lines(words)[0].segments, lines(gaps)[0].segments
    stroke = first_gaps[1].face.width("_", first_gaps[1].size)
    assert first_words[1].text == "a long and winding road"
    assert 0 <= first_gaps[1].width - first_words[1].width <= 5 * stroke
    assert all(not segment.text.strip("_ ") for segment in first_gaps[1:2])


def all_words(frames: list[SlideFrame]) -> str:
    """Every run and every segment of a line, of placeholders and shapes."""
    texts = [item.text for frame in frames for item in frame.items if getattr(item, "text", None)]
    paragraphs = [p for text in texts for p in text.paragraphs]
    runs = [run.text for p in paragraphs for run in p.runs]
    return " ".join(runs + [s.text + s.run.text for p in paragraphs for line in p.lines for s in line.segments])


@pytest.mark.parametrize("kind", ["stages", "question", "principle"])
def test_gaps_stay_gaps_wherever_they_stand(make, kind):
    slides = {
        "stages": {
            "kind": "stages",
            "title": "T",
            "stages": [{"name": "[[secret]]", "text": "x"}, {"name": "b", "text": "y"}],
        },
        "question": {**POINTS, "questions": ["What is [[secret]]?", "And [[secret]]?"]},
        "principle": {"kind": "principle", "title": "T", "text": "It is [[secret]]."},
    }
    frames = make(slides[kind], gaps="gap").frames
    assert "secret" not in all_words(frames)
    assert "secret" in all_words(make(slides[kind]).frames)


def test_a_slide_that_is_not_in_the_deck_has_no_frame_and_no_number(make):
    frames = make(POINTS, {**POINTS, "title": "Paper", "show": ["handout"]}, {**POINTS, "title": "Last"}).frames
    assert [(f.number, f.title) for f in frames] == [(1, "Points"), (2, "Last")]


def test_only_what_is_meant_for_the_deck_is_on_the_slide(make):
    picture = {"file": "pictures/path.svg", "alt": "A path", "caption": "A path", "show": ["handout"]}
    questions = [{"ask": "On paper?", "show": ["handout"]}, {"ask": "Here?", "show": ["deck"]}]
    (frame,) = make({**POINTS, "picture": picture, "questions": questions}).frames
    assert str(frame.layout.role) == "points+band"
    assert pictures_in(frame) == []
    assert words_in(frame, "question") == "Here?"
    assert frame.slide.questions[0].ask.plain == "On paper?", "the frame's slide is the whole one"


def test_principles_are_counted_also_where_a_question_is_for_paper_alone(make):
    slide = {"kind": "principle", "title": "P", "text": "x", "questions": [{"ask": "Why?", "show": ["handout"]}]}
    frames = make(slide, slide).frames
    assert [words_in(frame, "numeral") for frame in frames] == ["1", "2"]


def test_each_slide_is_asked_once_what_it_is_called(make, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = titles.headline

    def counting(slide: Any) -> Any:
        asked.append(slide.identity)
        return real(slide)

    monkeypatch.setattr(titles, "headline", counting)
    many = [{"kind": "points", "title": f"Number {n % 7}", "minutes": 1, "points": [SENTENCE]} for n in range(30)]
    result = make(*many)
    assert len(result.frames) >= 30
    assert sorted(asked) == sorted(set(asked))
