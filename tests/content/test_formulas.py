"""Formulas: which dollar signs begin one, what TeX means, how it is said, and what is told of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic_core import PydanticCustomError

from deckbuilder.arrangement import read
from deckbuilder.content.formulas.tex import read_formula
from deckbuilder.content.markdown import parse_body, parse_inline
from deckbuilder.content.text import Text
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.source import Inputs
from tools import deck_folder


def inline(source: str, told: list[str] | None = None, language: str = "en") -> Text:
    return parse_inline(
        source, language, None, lambda code, message, hint: told.append(hint) if told is not None else None
    )


def formulas(text: Text) -> list[str]:
    return [run.formula.tex for run in text.runs if run.formula]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$x^2$", ["x^2"]),
        ("a $n$th and ($x$), $x$-axis", ["n", "x", "x"]),
        (r"$\alpha$/$\beta$", [r"\alpha", r"\beta"]),
        ("$p < 0{,}05$.", ["p < 0{,}05"]),
        ("$a_1 * b_2$ and $c*d*e$", ["a_1 * b_2", "c*d*e"]),
        ("$[0,1)$", ["[0,1)"]),
        (r"$a \$ b$", [r"a \$ b"]),
        (r"$\text{total cost} = 5$", [r"\text{total cost} = 5"]),
        ("from $5 to $10, or $x$", ["x"]),
        (r"\(a^2\) and \[x_1\]", ["a^2", "x_1"]),
        ("$$x^2$$", ["x^2"]),
        ("it is $a +\nb$ here", ["a +\nb"]),
    ],
)
def test_formulas_are_found(source: str, expected: list[str]) -> None:
    told: list[str] = []
    assert formulas(inline(source, told)) == expected
    assert not told


@pytest.mark.parametrize(
    "source",
    [
        "$5 and $10",
        "costs $20.",
        "US$5 fee and US$6",
        "5$, then 10$.",
        "$20-$30 a head",
        "the prompt is $",
        "use `$a$` here",
        r"\(note\) and \[x\]",
        "$$$ and more",
    ],
)
def test_money_is_not_mathematics(source: str) -> None:
    told: list[str] = []
    assert formulas(inline(source, told)) == []
    assert not told


@pytest.mark.parametrize(
    "source",
    [
        "$100k or more (in US$)",
        "cd $HOME/$USER",
        "$5-$ off",
        "$5 (=5$).",
        "pay $$ and $$ more",
        r"$\frac{a}{b} is not closed",
    ],
)
def test_what_may_be_either_stays_as_it_is_and_is_told(source: str) -> None:
    told: list[str] = []
    text = inline(source, told)
    assert formulas(text) == []
    assert text.plain == source
    [hint] = told
    assert r"\$" in hint


def test_an_escaped_sign_is_the_sign() -> None:
    assert inline(r"\$5 and \$x\$").plain == "$5 and $x$"


def test_formulas_that_stand_by_themselves_have_a_line_or_a_paragraph() -> None:
    text = parse_body("a\n\n$$\nx^2\n$$\n\nb $$y$$ c\n\n```math\nz_1\n```")
    assert [p.plain for p in text] == ["a", "x²", "b\ny\nc", "z₁"]
    assert all(run.formula.display for p in text for run in p.runs if run.formula)


def test_a_gap_keeps_its_word_and_its_formula_to_itself() -> None:
    assert inline("[[$x$]] is it").plain == "_____ is it"


@pytest.mark.parametrize(
    ("tex", "linear", "spoken"),
    [
        (r"\frac{a}{b^2}", "a/b²", "a over b squared"),
        (
            r"x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}",
            "x = (−b ± √(b² − 4ac))/(2a)",
            "x equals minus b plus or minus square root of b squared minus 4 a c end of root over 2 a",
        ),
        (r"\int_0^1 x\,dx", "∫₀¹ x dx", "integral from 0 to 1 x d x"),
        (r"\sqrt[3]{x}", "∛x", "root 3 of x"),
        (r"\hat p \pm \bar x", "p̂ ± x̄", "p hat plus or minus x bar"),
        (r"37\,^\circ\mathrm{C}", "37 °C", "37 degrees C"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}^{-1}", "([1, 2; 3, 4])⁻¹", "( table 1, 2; 3, 4 ) to the power minus 1"),
        (r"\binom{n}{k}", "(n; k)", "( n choose k )"),
        (r"P(A\mid B)", "P(A ∣ B)", "P ( A given B )"),
        (r"\underbrace{a+b}_{n}", "a + bₙ", None),
    ],
)
def test_formulas_on_a_line_and_in_words(tex: str, linear: str, spoken: str | None) -> None:
    formula = read_formula(tex, False, "en")
    if spoken is not None:
        assert (formula.linear, formula.spoken) == (linear, spoken)


def test_decimal_commas_stay_as_written_where_they_are_usual() -> None:
    assert read_formula("2,5", False, "de").linear == "2,5"
    assert read_formula("f(2,5)", False, "en").linear == "f(2, 5)"
    assert read_formula("2{,}5", False, "en").linear == "2,5"
    assert read_formula("1.024", False, "de").linear == "1.024"


def test_formulas_are_said_in_the_decks_language_or_left_to_the_screen_reader() -> None:
    assert read_formula(r"\frac{a}{b}", False, "de-CH").spoken == "a durch b"
    assert read_formula(r"\frac{a}{b}", False, "fi").spoken == "a/b"


@pytest.mark.parametrize(
    ("tex", "why"),
    [
        (r"\foo{x}", r"there is no command \foo"),
        (r"\frac{a}", "a part is missing"),
        ("{a", "a { has no } after it"),
        ("a}", "a } has no { before it"),
        ("x_", "nothing follows ^ or _"),
        ("x^2^3", "two superscripts"),
        (r"\left( a", r"\left and \right"),
        (r"\begin{foo}a\end{foo}", "there is no environment 'foo'"),
        (r"\begin{pmatrix}a", r"a \begin has no \end"),
        ("a & b", "an & stands in no table"),
        (r"\def\a{\a\a}\a", "makes a macro"),
        (r"\newcommand{\a}{\a}\a", "makes a macro"),
        (r"\href{javascript:x}{y}", "has no place"),
        (r"\color{red}x", "has no place"),
        (r"\ce{H2O}", "has no place"),
        (r"\text{日本}", "its font has no 日"),
        ("\x0crac{a}{b}", r"YAML has taken a \f"),
        ("\text{a}", r"YAML has taken a \t"),
        (" ", "there is nothing in it"),
        ("x" * 100_000, "more than 1,000 characters"),
        ("{" * 400 + "}" * 400, "deep in it"),
        (r"\left(" * 50 + r"\right)" * 50, "too deep in it"),
        (r"\sqrt{" * 19 + "x" + "}" * 19, "too much in it"),
    ],
)
def test_what_cannot_be_read_is_told(tex: str, why: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read_formula(tex, False, "en")
    assert why in caught.value.message()
    assert (caught.value.context or {})["hint"]


def test_a_misspelt_command_is_set_right() -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read_formula(r"\fraq{a}{b}", False, "en")
    assert (caught.value.context or {})["hint"] == r"did you mean '\frac'?"


def test_a_mistake_is_told_where_it_stands(tmp_path: Path) -> None:
    deck_folder(tmp_path)
    (tmp_path / "deck.yaml").write_text(
        "title: The deck\nlanguage: en-US\nsections:\n  - title: One\n    slides:\n      - kind: statement\n        title: T\n"
        "        minutes: 1\n"
        "        statement: >-\n          Words come first, and then\n          some $\\sqrt[3]{\\foo}$ here.\n",
        encoding="utf-8",
    )
    problems = Diagnostics()
    with pytest.raises(Exception, match="foo"):
        read(tmp_path / "deck.yaml", None, problems, Inputs())
    [said] = [one for one in problems if one.code == "formula"]
    assert said.at is not None
    assert (said.at.line, said.at.column) == (11, 17)


@pytest.mark.parametrize("source", ["$" * 50_000, r"\(" * 1_900, "$5 " * 20_000, "$a$$" * 5_000, r"$x\( " * 1_900])
def test_signs_by_the_thousand_are_read_in_one_go(source: str) -> None:
    assert inline(source).plain


def test_formulas_by_the_thousand_stay_apart() -> None:
    assert len(formulas(inline("$x_1$ " * 500))) == 500
