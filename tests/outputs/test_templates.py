"""Templates of one's own: where they are found, what they can see, and what is said when they are wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.outputs.markup.templating import BUILT_IN, TEMPLATES
from deckbuilder.pipeline import Order, build
from tools import deck_folder, squeezed

SLIDE = {"kind": "points", "title": "Points", "points": ["One"], "minutes": 1, "questions": ["Why?"]}
PACK = (Path(__file__).parents[2] / "themes/spruce/_brand.yml").read_text(encoding="utf-8")


@pytest.fixture
def deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    deck_folder(tmp_path / "deck", SLIDE)
    return Path("deck")


def template(folder: Path, text: str, name: str = "handout") -> Path:
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    file = folder / "templates" / f"{name}.xml"
    file.write_text(text, encoding="utf-8")
    return file


def pack(folder: Path) -> Path:
    folder.mkdir()
    (folder / "_brand.yml").write_text(PACK, encoding="utf-8")
    return folder


def words(deck: Path, kind: str = "handout", theme: str = "spruce", **order: Any) -> str:
    files = build(Order(deck, (theme,), output=Path("out"), **order), Diagnostics())
    (file,) = [f for f in files if kind in f.name]
    return squeezed("".join(page.extract_text() for page in PdfReader(file).pages))


def said(deck: Path, theme: str = "spruce") -> list[str]:
    """What is said about a deck whose templates are wrong."""
    with pytest.raises(DeckError) as caught:
        build(Order(deck, (theme,), output=Path("out")), Diagnostics())
    return [str(d) for d in caught.value.diagnostics]


# --- Found


def test_a_template_is_found_in_the_deck_then_in_the_theme_then_built_in(deck: Path, tmp_path: Path) -> None:
    theme = pack(tmp_path / "house")
    assert "Participanthandout" in words(deck, theme="house")
    template(theme, "<document><p>Of the house</p></document>")
    assert "Ofthehouse" in words(deck, theme="house")
    template(deck, "<document><p>Of the deck</p></document>")
    assert "Ofthedeck" in words(deck, theme="house")
    assert "Facilitatorguide" in words(deck, "guide", theme="house")


def test_a_template_may_use_others_from_all_three_places(deck: Path, tmp_path: Path) -> None:
    theme = pack(tmp_path / "house")
    template(theme, "<p>Imprint of the house</p>", "imprint")
    macros = "{% import 'macros.xml' as m with context %}"
    template(
        deck, f"{macros}<document>{{% include 'imprint.xml' %}}{{{{ m.people(deck.authors) }}}}<p>x</p></document>"
    )
    assert "Imprintofthehouse" in words(deck, theme="house")


@pytest.mark.parametrize("name", ["handout", "guide"])
def test_a_copy_of_a_built_in_template_makes_the_same_document(name: str, deck: Path) -> None:
    kind = "handout" if name == "handout" else "guide"
    before = words(deck, kind)
    for each in TEMPLATES:
        template(deck, (BUILT_IN / f"{each}.xml").read_text("utf-8"), each)
    assert words(deck, kind) == before


def test_a_file_that_no_template_uses_gets_a_warning(deck: Path) -> None:
    template(deck, "<document/>", "handouts")
    problems = Diagnostics()
    build(Order(deck, output=Path("out")), problems)
    (warning,) = [str(d) for d in problems]
    assert warning == (
        "deck/templates/handouts.xml:1:1: warning: the template handouts.xml is not used\nhint: did you mean 'handout.xml'?"
    )


# --- Wrong

HERE = "deck/templates/handout.xml"
# What stands in line 2 of a template, and what is said: line and column, message, the start of the hint.
WRONG: list[tuple[str, str]] = [
    ("<p>{% if %}</p>", "2:1: in the template: Expected an expression"),
    ("<p>{{ deck.titel | inline }}</p>", "2:1: in the template: a deck has no 'titel' / did you mean 'title'?"),
    ("<p>{{ dek }}</p>", "2:1: in the template: 'dek' is not defined / did you mean 'deck'?"),
    ("<p>{{ deck.title | inlin }}</p>", "2:1: in the template: No filter named 'inlin'. / did you mean 'inline'?"),
    (
        "{% if false %}{{ 'x' | uper }}{% endif %}",
        "2:1: in the template: No filter named 'uper'. / did you mean 'upper'?",
    ),
    ("{% if 1 is evn %}{% endif %}", "2:1: in the template: No test named 'evn'. / did you mean 'even'?"),
    (
        "<p>{{ label('questoin') }}</p>",
        "2:1: in the template: there are no words called 'questoin' / did you mean 'question'?",
    ),
    (
        "{% include 'macro.xml' %}",
        "2:1: in the template: there is no template 'macro.xml' / did you mean 'macros.xml'?",
    ),
    ("<p>{{ 1 / 0 }}</p>", "2:1: in the template: division by zero"),
    ("<p>{{ deck + 1 }}</p>", "2:1: in the template: unsupported operand type(s) for +: 'Deck' and 'int'"),
    ("<para>x</para>", "2:1: there is no element <para> / did you mean 'p'?"),
    ('  <p clas="small">x</p>', "2:3: <p> has no attribute 'clas' / did you mean 'class'?"),
    ('<p class="smal">x</p>', "2:1: 'class' of <p> names no class: 'smal' / did you mean 'small'?"),
    ("<p>a <lines/></p>", "2:6: <lines> has no place in <p> / here may stand: <b>, <i>, <sup>"),
    ("words", "1:1: text stands directly in <document>: 'words' / put it into a <p>"),
    ("<p>a</p> words", "2:1: text stands directly in <document>: 'words' / put it into a <p>"),
    ("<p>a</b></p>", "2:1: the markup is broken: </b> stands where </p> is needed / close <p>, which begins here"),
    ("<p>a", "2:1: the markup is broken: </document> stands where </p> is needed / close <p>, which begins here"),
    ("<p>a & b</p>", "2:1: the markup is broken: not well-formed (invalid token) / each <element> needs"),
    ('<lines count="many"/>', "2:1: 'count' of <lines> should be a whole number, not 'many'"),
    ('<space height="-3"/>', "2:1: 'height' of <space> should be a number of points, not '-3'"),
    ('<figure src="x.png"/>', "2:1: 'src' of <figure> names no picture of the deck: 'x.png'"),
    ('<thumbnail slide="9"/>', "2:1: 'slide' of <thumbnail> is no slide's number: '9'"),
    ("<qr/>", "2:1: <qr> needs 'href'"),
    ('<rule color="acent"/>', "2:1: 'color' of <rule> names no colour: 'acent' / did you mean 'accent'?"),
    ('<row widths="9 *"><cell/></row>', "2:1: <row> has 2 widths and 1 columns / one for each, or none at all"),
    ('<row widths="9 x"><cell/><cell/></row>', "2:1: 'widths' of <row> cannot hold 'x' / points, or *"),
    ('<cue kind="shout" label="x"/>', "2:1: 'kind' of <cue> cannot be 'shout' / one of: ask, debrief"),
    ("{% for s in [1, 2] %}\n\n<p wide='2'>x</p>{% endfor %}", "4:1: <p> has no attribute 'wide' / it takes"),
]


@pytest.mark.parametrize(("body", "expected"), WRONG, ids=[body[:30] for body, _ in WRONG])
def test_a_mistake_is_told_with_file_and_line(body: str, expected: str, deck: Path) -> None:
    template(deck, f"<document>\n{body}\n</document>")
    (message,) = said(deck)
    at, rest = re.fullmatch(r"(\d+:\d+: )(.*)", expected).groups()
    assert message.replace("\nhint: ", " / ").startswith(f"{HERE}:{at}error: {rest}")


def test_all_mistakes_of_the_markup_are_told_at_once(deck: Path) -> None:
    template(deck, '<document>\n<pp/>\n<p x="1">a</p><qr/>\n</document>')
    assert [message.partition(":")[2].partition(" error")[0] for message in said(deck)] == ["2:1:", "3:1:", "3:15:"]


def test_a_mistake_is_told_where_the_macro_has_it(deck: Path) -> None:
    template(deck, "{% import 'own.xml' as own %}<document>{{ own.head() }}</document>")
    template(deck, "\n{% macro head() %}\n<p clas='x'>a</p>{% endmacro %}", "own")
    assert said(deck)[0].startswith("deck/templates/own.xml:3:1: error: <p> has no attribute 'clas'")


def test_a_style_that_does_not_exist_is_told_at_the_nearest_element_of_the_template(deck: Path) -> None:
    template(deck, "<document>\n<p>a</p>\n<box>{{ sections[0].slides[0].slide.title | body('larg') }}</box></document>")
    (message,) = said(deck)
    assert message.startswith("deck/templates/handout.xml:3:1: error: 'class' of <p> names no class: 'larg'")


def test_a_mistake_in_the_guide_names_the_guide(deck: Path) -> None:
    template(deck, "<document>\n<pp/></document>", "guide")
    assert said(deck)[0].startswith("deck/templates/guide.xml:2:1: error: there is no element <pp>")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"{HERE}:1:1: error: the markup is broken: no element found"),
        ("<document><p>a</p>", f"{HERE}:1:1: error: the markup is broken: <document> is not closed"),
        ("<p>a</p>", f"{HERE}:1:1: error: the document begins with <p>"),
        ("{% block a %}", f"{HERE}:1:1: error: in the template: Unexpected end of template"),
    ],
)
def test_a_template_that_is_no_document_is_told(text: str, message: str, deck: Path) -> None:
    template(deck, text)
    assert said(deck)[0].startswith(message)


def test_a_template_that_is_not_utf_8_is_told(deck: Path) -> None:
    template(deck, "<document/>").write_bytes(b"<document><p>\xe9</p></document>")
    assert said(deck) == [f"{HERE}:1:1: error: the template handout.xml is not UTF-8 text\nhint: save it as UTF-8"]


def test_nothing_is_written_when_a_template_is_wrong(deck: Path) -> None:
    template(deck, "<document><pp/></document>", "guide")
    said(deck)
    assert not list(Path("out").rglob("*.p*"))


# --- Sandboxed


@pytest.mark.parametrize(
    "expression",
    [
        "deck.parse_file('deck.yaml')",
        "deck.model_copy()",
        "deck.__class__",
        "deck.title.__init__.__globals__",
        "sections[0].slides[0].frames[0].items[1].placeholder.__class__.__mro__",
        "label.__init__.__globals__",
        "sections[0].slides[0].slide.picture.file.__class__",
    ],
)
def test_templates_see_the_deck_and_nothing_of_the_machine(expression: str, deck: Path) -> None:
    template(deck, f"<document>\n<p>{{{{ {expression} }}}}</p></document>")
    (message,) = said(deck)
    assert re.match(r"deck/templates/handout.xml:2:1: error: in the template: .*unsafe|.*has no", message)


def test_templates_cannot_reach_a_picture_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    picture = {"file": "pictures/path.svg", "alt": "A path"}
    deck_folder(tmp_path / "deck", {"kind": "picture", "title": "P", "picture": picture, "minutes": 1})
    walk = "{% for i in sections[0].slides[0].frames[0].items if i.picture is defined %}{{ i.picture.path.unlink() }}{% endfor %}"
    template(Path("deck"), f"<document>\n<p>{walk}</p></document>")
    assert "is unsafe" in said(Path("deck"))[0]
    assert (tmp_path / "deck/pictures/path.svg").exists()


def test_what_authors_write_is_escaped(deck: Path, tmp_path: Path) -> None:
    deck_folder(tmp_path / "deck", {**SLIDE, "title": "<pagebreak/> & <b>x", "handout": '_at="1:2"'})
    text = words(deck)
    assert "<pagebreak/>&<b>x" in text
    assert "_at=“1:2”" in text
