"""Properties of tables and of derived layouts, over many generated cases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckbuilder.content.text import Paragraph, Run, Text, plain_text
from deckbuilder.languages.unspaced import is_unspaced
from deckbuilder.layout.arrange.variants import Variants
from deckbuilder.layout.fit import fit_text
from deckbuilder.layout.frame import TextItem
from deckbuilder.layout.measure import widest_word
from deckbuilder.layout.table import CELL, LaidTable, TooHigh, TooWide, fit_table, row_height
from deckbuilder.theme.roles import BODY, TABLE, LayoutRole
from deckbuilder.units import Rect
from tools import default_theme

THEME = default_theme()
HOLDER = THEME.layouts[LayoutRole("table")].placeholder(TABLE)
WORDS = st.text("abcdefghij klmno", min_size=0, max_size=30).map(lambda s: " ".join(s.split()))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Text], list[list[Text]]]:
    columns = draw(st.integers(1, 8))
    cell = st.one_of(WORDS, st.integers(0, 99_999).map(str), st.just(""))
    header = draw(st.lists(WORDS, min_size=columns, max_size=columns))
    rows = draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=1, max_size=25))
    return [plain_text(h) for h in header], [[plain_text(c) for c in row] for row in rows]


def laid(case: tuple[list[Text], list[list[Text]]]) -> LaidTable | None:
    try:
        return fit_table(*case, HOLDER, THEME)
    except (TooWide, TooHigh):
        return None


@given(tables())
@settings(max_examples=60)
def test_columns_fill_the_box_and_hold_their_widest_words(case: tuple[list[Text], list[list[Text]]]) -> None:
    table = laid(case)
    if table is None:
        return
    assert sum(table.widths) == pytest.approx(HOLDER.rect.width, abs=0.01)
    for n, width in enumerate(table.widths):
        for row in [case[0], *case[1]]:
            assert width >= widest_word(row[n].paragraphs, table.style, THEME) + CELL.left + CELL.right


@given(tables())
@settings(max_examples=60)
def test_rows_keep_their_order_under_a_header_on_every_slide(case: tuple[list[Text], list[list[Text]]]) -> None:
    table = laid(case)
    if table is None:
        return
    said = [[cell.plain for cell in row] for slide in table.slides for row in slide[1:]]
    assert said == [[cell.plain for cell in row] for row in case[1]]
    for slide in table.slides:
        assert [cell.plain for cell in slide[0]] == [cell.plain for cell in case[0]]
        assert len(slide) > 1, "a slide with a header and nothing below"
        assert sum(row_height(row) for row in slide) <= HOLDER.rect.height + 0.01
        assert not any(cell.torn for row in slide for cell in row)


@given(tables())
@settings(max_examples=30)
def test_a_table_that_fits_nowhere_says_which_row_or_by_how_much(case: tuple[list[Text], list[list[Text]]]) -> None:
    header, rows = case
    high = [*rows, [plain_text("word " * 900)] * len(header)]
    with pytest.raises((TooHigh, TooWide)) as caught:
        fit_table(header, high, HOLDER, THEME)
    if isinstance(caught.value, TooHigh):
        assert caught.value.row == len(high)
    else:
        assert caught.value.over > 0


LONG = {
    "de": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "km": "ទំនួលខុសត្រូវresponsibilityសហគមន៍ជាមួយគ្នាtogether",
    "th": "ความรับผิดชอบcareผู้เข้าร่วม(plan)สนับสนุน",
}


@pytest.mark.parametrize("language", LONG)
def test_words_are_divided_where_columns_fit_no_slide_otherwise(language: str) -> None:
    word = Text((Paragraph((Run(LONG[language], lang=language),)),))
    rows = [[word] * 6]
    with pytest.raises(TooWide):
        fit_table(rows[0], rows, HOLDER, THEME)
    table = fit_table(rows[0], rows, HOLDER, THEME, divide=True)
    assert sum(table.widths) == pytest.approx(HOLDER.rect.width, abs=0.01)
    for cell, width in zip(table.slides[0][1], table.widths, strict=True):
        (paragraph,) = cell.paragraphs
        assert max(line.width for line in paragraph.lines) <= width - CELL.left - CELL.right + 0.01
        said = "".join(run.text for run in paragraph.runs)
        assert said.replace("-", "").replace("\u200b", "") == LONG[language]
        ends = [line.segments[-1].text[-1] for line in paragraph.lines[:-1]]
        # Nothing is torn where no place is: after a hyphen, after a space without a width, or where a dictionary's word ends.
        assert all(end in "-\u200b" or is_unspaced(end) for end in ends)


def test_a_word_that_no_language_divides_is_refused_in_a_table() -> None:
    word = Text((Paragraph((Run("b" * 60, lang="ar"),)),))
    with pytest.raises(TooWide):
        fit_table([word] * 7, [[word] * 7], HOLDER, THEME, divide=True)


def test_rows_are_dealt_out_evenly() -> None:
    rows = [[plain_text(str(n))] for n in range(29)]
    counts = [len(slide) - 1 for slide in fit_table([plain_text("n")], rows, HOLDER, THEME).slides]
    assert max(counts) - min(counts) <= max(1, max(counts) // 2)


@given(
    st.lists(st.tuples(st.sampled_from(["points", "text", "statement"]), st.integers(1, 260)), min_size=1, max_size=12)
)
@settings(max_examples=30)
def test_equal_needs_share_a_layout_and_names_are_unique(needs: list[tuple[str, int]]) -> None:
    variants = Variants()
    seen = {}
    for role, count in needs:
        layout = THEME.layouts[LayoutRole(role)]
        holder = layout.placeholder(BODY)
        text = fit_text(plain_text("word " * count).paragraphs, holder.style, holder.room, THEME)
        if text is None:
            continue
        fitted, items = variants.fitted(layout, [TextItem(holder, text)])
        key = (role, text.style.scale)
        assert seen.setdefault(key, fitted) is fitted, "a second layout for equal needs"
        assert items[0].placeholder == fitted.placeholder(BODY)
        assert fitted.placeholder(BODY).style == text.style
        assert (fitted is layout) == (text.style.scale == 1)
    names = [layout.name for layout in seen.values()]
    assert len(set(names)) == len(names)


def test_each_deeper_level_of_a_list_is_further_right() -> None:
    """Beyond the levels that a theme describes as well."""
    for name in ("points", "numbers", "prose"):
        style = THEME.styles[name]
        paragraphs = [Paragraph((Run("Words"),), level, "bullet") for level in range(6)] + [Paragraph((Run("Plain"),))]
        laid = fit_text(paragraphs, style, Rect(0, 0, 800, 500), THEME)
        assert laid
        *listed, plain = laid.paragraphs
        edges = [paragraph.indent for paragraph in listed]
        assert edges == sorted(set(edges))
        assert plain.style.bullet is plain.style.numbers is None
        assert plain.indent < edges[0]


def test_a_style_without_lists_has_no_deeper_levels() -> None:
    assert THEME.styles["title"].deep_enough(5) is THEME.styles["title"]
