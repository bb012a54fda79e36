"""Properties of breaking and fitting text, for any text, style and box."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckbuilder.content.text import Paragraph, Run
from deckbuilder.layout.fit import fit_over_slides, fit_text, height_at_floor
from deckbuilder.layout.frame import LaidText
from deckbuilder.layout.measure import measure_text
from deckbuilder.theme.characters import clusters
from deckbuilder.units import EMU_PER_POINT, Insets, Rect, emu
from tools import default_theme, squeezed

THEME = default_theme()
QUICK = settings(max_examples=60)

WORDS = st.one_of(
    st.text("abcdefghijklmnopqrstuvwxyzäéß", min_size=1, max_size=12),
    st.sampled_from(
        [
            "well-being",
            "and/or",
            "1–2",
            "yes — no",
            "Ångström.",
            "«so»",
            "10\u00a0mg",
            "https://example.org/a/long-path?q=1",
            "-",
            "/",
            "漢字",
            "「ことば」、한국어",
            "😀👩\u200d💻👍🏽",
            "x\u0304q\u0307",
            "W" * 60,
        ]
    ),
)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
RUNS = st.builds(
    Run,
    st.tuples(TEXTS, st.sampled_from(["", " ", "\n", "  "])).map("".join),
    bold=st.booleans(),
    italic=st.booleans(),
    code=st.booleans(),
    script=st.sampled_from([None, None, None, "super", "sub"]),
    link=st.sampled_from([None, None, "https://example.org"]),
)
PARAGRAPHS = st.builds(
    Paragraph,
    st.lists(RUNS, min_size=1, max_size=4).map(tuple),
    level=st.integers(0, 2),
    marker=st.sampled_from([None, "bullet", "number"]),
    number=st.sampled_from([None, 1, 12]),
)
BODIES = st.lists(PARAGRAPHS, min_size=1, max_size=6)
STYLES = st.sampled_from(sorted(THEME.styles)).map(THEME.styles.__getitem__)
WIDTHS = st.floats(60, 900)
BOXES = st.builds(Rect, st.just(64.0), st.just(136.0), WIDTHS, st.floats(20, 400))

PLAIN_WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9)
PROSE = st.lists(
    st.lists(PLAIN_WORDS, min_size=1, max_size=60).map(lambda words: Paragraph((Run(" ".join(words) + "."),))),
    min_size=1,
    max_size=10,
)


def undivided(words: str) -> str:
    """As `squeezed`, without hyphens: some divide words that no line holds."""
    return squeezed(words).replace("-", "")


def lines_of(laid: LaidText) -> list[str]:
    return ["".join(s.text for s in line.segments) for p in laid.paragraphs for line in p.lines]


@QUICK
@given(BODIES, STYLES, WIDTHS)
def test_wrapping_loses_no_text_and_invents_none(body, style, width):
    laid = measure_text(body, style, width, THEME)
    assert undivided("".join(lines_of(laid))) == undivided("".join(p.plain for p in body))


@QUICK
@given(BODIES, STYLES, WIDTHS)
def test_wrapping_keeps_each_run_its_own_look(body, style, width):
    laid = measure_text(body, style, width, THEME)
    looks = {(r.bold, r.italic, r.code, r.script, r.link) for p in body for r in p.runs if r.text.strip()}
    for paragraph in laid.paragraphs:
        for line in paragraph.lines:
            for segment in line.segments:
                run = segment.run
                if segment.text.strip():
                    assert (run.bold, run.italic, run.code, run.script, run.link) in looks
                assert (segment.rise > 0, segment.rise < 0) == (run.script == "super", run.script == "sub")


@QUICK
@given(PARAGRAPHS, STYLES, WIDTHS, WIDTHS)
def test_a_wider_box_never_gives_more_lines(paragraph, style, one, other):
    narrow, wide = sorted((one, other))
    few = lines_of(measure_text([paragraph], style, wide, THEME))
    many = lines_of(measure_text([paragraph], style, narrow, THEME))
    assert len(few) <= len(many)


@QUICK
@given(BODIES, STYLES, WIDTHS)
def test_no_line_is_wider_than_its_box_unless_it_is_a_single_character(body, style, width):
    laid = measure_text(body, style, width, THEME)
    for paragraph in laid.paragraphs:
        room = width - paragraph.indent
        for line in paragraph.lines:
            if len(clusters("".join(s.text for s in line.segments))) > 1:
                assert line.width <= room + 0.02, "".join(s.text for s in line.segments)


@QUICK
@given(BODIES, STYLES, WIDTHS)
def test_segments_of_a_line_stand_one_after_the_other(body, style, width):
    for paragraph in measure_text(body, style, width, THEME).paragraphs:
        for line in paragraph.lines:
            for left, right in pairwise(line.segments):
                gap = right.x - left.x - left.width
                mixed = any(segment.face.substitute for segment in line.segments)
                assert -0.01 <= gap <= (0.5 * right.size + 0.01 if mixed else 0.01)


@QUICK
@given(BODIES, STYLES, WIDTHS)
def test_baselines_go_down_and_lie_within_the_height(body, style, width):
    laid = measure_text(body, style, width, THEME)
    baselines = [line.y for p in laid.paragraphs for line in p.lines]
    assert all(upper < lower for upper, lower in pairwise(baselines))
    assert 0 < baselines[0] <= baselines[-1] < laid.height


@QUICK
@given(BODIES, STYLES, BOXES)
def test_fitted_text_fits_its_box(body, style, box):
    laid = fit_text(body, style, box, THEME)
    if laid is None:
        assert height_at_floor(body, style, box.width, THEME) > box.height
        return
    assert laid.height <= box.height + 0.5
    assert squeezed(laid.plain) == squeezed("".join(p.plain for p in body))


@QUICK
@given(BODIES, STYLES, BOXES)
def test_text_that_fits_at_the_themes_size_is_not_made_smaller(body, style, box):
    whole = measure_text(body, style, box.width, THEME)
    if whole.height <= box.height and not whole.torn:
        laid = fit_text(body, style, box, THEME)
        assert laid is not None
        assert not laid.shrunk


@QUICK
@given(BODIES, STYLES, BOXES)
def test_sizes_are_never_below_the_floor_nor_above_the_themes(body, style, box):
    pieces = fit_over_slides(body, style, box, THEME) or []
    for laid in [*pieces, fit_text(body, style, box, THEME)]:
        for paragraph in laid.paragraphs if laid else ():
            assert paragraph.style.floor <= paragraph.size <= paragraph.style.size


@QUICK
@given(BODIES, STYLES, BOXES)
def test_text_over_several_slides_keeps_every_word_in_order_and_fits_on_each(body, style, box):
    pieces = fit_over_slides(body, style, box, THEME)
    if pieces is None:
        return
    words = "".join(laid.plain for laid in pieces)
    assert undivided(words) == undivided("".join(p.plain for p in body))
    for laid in pieces:
        assert laid.paragraphs
        assert laid.height <= box.height + 0.5


@QUICK
@given(PROSE, st.floats(200, 832), st.floats(120, 342))
def test_prose_of_any_length_goes_on_over_further_slides(body, width, height):
    box = Rect(64, 136, width, height)
    pieces = fit_over_slides(body, THEME.styles["prose"], box, THEME)
    assert pieces is not None, "a paragraph of short words can always be divided"
    if fit_text(body, THEME.styles["prose"], box, THEME) is not None:
        assert len(pieces) == 1
    sizes = {p.size for laid in pieces for p in laid.paragraphs if p.level == 0}
    assert len(sizes) == 1, "all parts are set in one size"


def test_a_sentence_is_not_divided_where_it_can_be_avoided():
    sentence = "This sentence of some words is here again and again to fill the slide."
    body = [Paragraph((Run(" ".join([sentence] * 60)),))]
    pieces = fit_over_slides(body, THEME.styles["prose"], Rect(64, 136, 700, 342), THEME)
    assert pieces
    assert len(pieces) > 1
    for laid in pieces:
        assert laid.plain.startswith("This sentence")
        assert laid.plain.rstrip().endswith("slide.")


def test_a_title_does_not_leave_a_short_last_word_alone():
    style = THEME.styles["title"]
    runs = (Run("A title that is just a little too long for the line it is in"),)
    for width in range(300, 800, 10):
        lines = lines_of(measure_text([Paragraph(runs)], style, width, THEME))
        plain = lines_of(measure_text([Paragraph(runs)], THEME.styles["points"], width, THEME))
        assert plain
        if len(lines) > 1 and lines[-1] == "in":
            # Only where tying would have cost a line.
            tied = (Run(runs[0].text.replace("is in", "is\u00a0in")),)
            assert len(lines_of(measure_text([Paragraph(tied)], style, width, THEME))) > len(lines)


def test_a_word_is_kept_whole_across_a_change_of_look():
    runs = (Run("Harm re"), Run("duction", bold=True), Run(" works"))
    laid = measure_text([Paragraph(runs)], THEME.styles["points"], 150, THEME)
    assert lines_of(laid) == ["Harm", "reduction", "works"]


@given(st.floats(-10_000, 10_000))
def test_points_survive_the_way_to_emu_and_back(points):
    assert isinstance(emu(points), int)
    assert emu(points) / EMU_PER_POINT == pytest.approx(points, abs=0.501 / EMU_PER_POINT)


@given(st.integers(-100_000_000, 100_000_000))
def test_emu_survive_the_way_to_points_and_back(units):
    assert emu(units / EMU_PER_POINT) == units


SIDES = st.floats(0, 2000)


@given(SIDES, SIDES, SIDES, SIDES, SIDES, SIDES, SIDES, SIDES)
def test_a_box_inside_its_insets_is_never_negative_and_a_box_keeps_its_edges(
    x, y, width, height, left, top, right, bottom
):
    box = Rect(x, y, width, height)
    inner = box.inset(Insets(left, top, right, bottom))
    assert (inner.x, inner.y) == (x + left, y + top)
    assert inner.width >= 0
    assert inner.height >= 0
    assert Rect(x, y, box.right - x, box.bottom - y).right == pytest.approx(box.right)
    lower = box.with_bottom(box.bottom + 10)
    assert (lower.x, lower.y, lower.width) == (x, y, width)
    assert lower.bottom == pytest.approx(box.bottom + 10)


# where the docstring promises None only when not even a single line fits.
def test_a_long_sentence_in_a_narrow_box_goes_on_over_further_slides():
    body = [Paragraph((Run("somewhat longer " * 12 + "words."),))]
    box = Rect(64, 208, 150, 270)  # as high and wide as one of five stages
    pieces = fit_over_slides(body, THEME.styles["stage"], box, THEME)
    assert pieces is not None
    assert squeezed("".join(laid.plain for laid in pieces)) == squeezed(body[0].plain)


def test_what_is_too_high_is_measured_no_further_and_what_was_measured_stays_the_same() -> None:
    words = [Paragraph((Run(f"a line of words {n} " * 9),), marker="bullet") for n in range(50)]
    style = THEME.styles["points"]
    whole = measure_text(words, style, 300, THEME)
    part = measure_text(words, style, 300, THEME, most=200)
    assert 200 < part.height < whole.height
    assert part.paragraphs == whole.paragraphs[: len(part.paragraphs)]
    measure_text(words, style.scaled(0.8), 250, THEME)
    assert measure_text(words, style, 300, THEME) == whole
    assert measure_text(words, style, 300, THEME, most=whole.height) == whole


def test_larger_lists_have_larger_room_for_their_bullets() -> None:
    style = THEME.styles["points"]
    for scale in (1.0, 1.25, 1.5):
        levels = zip(style.scaled(scale).levels, style.levels, strict=True)
        assert all(abs(now.hanging - scale * then.hanging) < 0.01 for now, then in levels)
    smaller = style.scaled(style.smallest)
    assert [level.hanging for level in smaller.levels] == [level.hanging for level in style.levels]
