"""Templates of one's own: where they are found, what they can see, and what is said when they are wrong."""

from __future__ import annotations

import datetime as dt
import faulthandler
import os
import re
import signal
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import TemplateRuntimeError
from jinja2.exceptions import SecurityError
from pypdf import PdfReader

from deckbuilder.content import participant
from deckbuilder.content.text import Paragraph, Run, Text
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.labels import Labels
from deckbuilder.languages import Language
from deckbuilder.outputs.markup import bounded
from deckbuilder.outputs.markup.templating import BUILT_IN, TEMPLATES, environment
from deckbuilder.outputs.markup.views import SlideView
from deckbuilder.pipeline import Order, build
from tools import deck_folder, outline, squeezed

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


def test_what_a_template_includes_from_a_folder_within_is_looked_over_as_well(deck: Path) -> None:
    (deck / "templates/parts").mkdir(parents=True)
    (deck / "templates/parts/own.xml").write_text("<p>{{ 'a' | shouted }}</p>", "utf-8")
    template(deck, "<document><p>x</p></document>")
    (told,) = [line for line in said(deck) if "shouted" in line]
    assert "own.xml:1" in told
    (deck / "templates/parts/own.xml").write_text("<p>Within</p>", "utf-8")
    template(deck, "<document>{% include 'parts/own.xml' %}</document>")
    assert "Within" in words(deck)


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
    ("<p>{{ deck.titel | inline }}</p>", "2:12: in the template: a deck has no 'titel' / did you mean 'title'?"),
    ("<p>{{ dek }}</p>", "2:7: in the template: 'dek' is not defined / did you mean 'deck'?"),
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
    ("<p>{{ deck.title }}</p>", "2:1: in the template: a text is printed through a filter, 'inline' or 'body'"),
    ("<p>{{ deck }}</p>", "2:1: in the template: a deck cannot be printed, only what is in it"),
    ("<p>{{ sections[0].slides }}</p>", "2:1: in the template: a tuple cannot be printed, only what is in it"),
    ("<para>x</para>", "2:1: there is no element <para> / did you mean 'p'?"),
    ('  <p clas="small">x</p>', "2:3: <p> has no attribute 'clas' / did you mean 'class'?"),
    ('<p class="smal">x</p>', "2:1: 'class' of <p> names no class: 'smal' / did you mean 'small'?"),
    ("<p>a <lines/></p>", "2:6: <lines> has no place in <p> / here may stand: <b>, <i>, <sup>"),
    ("words", "1:1: text stands directly in <document>: 'words' / put it into a <p>"),
    ("<p>a</p> words", "2:1: text stands directly in <document>: 'words' / put it into a <p>"),
    ("<p>a</b></p>", "2:1: the markup is broken: </b> stands where </p> is needed / close <p>, which begins here"),
    ("<p>a", "2:1: the markup is broken: </document> stands where </p> is needed / close <p>, which begins here"),
    ("<p>a & b</p>", "2:1: the markup is broken: not well-formed (invalid token) / each <element> needs"),
    ('<lines count="many"/>', "2:1: 'count' of <lines> should be a whole number up to 9999, not 'many'"),
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


# What an expression of a template fails with, and what is said.
FAILING = [
    ("'words' | truncate(2)", "expected length >= 3, got 2"),
    ("cycler()", "at least one item has to be provided"),
    ("10**100000", "Exceeds the limit"),
    ("{% set n = 10**100000 %}{{ n }}", "Exceeds the limit"),
    ("1" * 5000, "Exceeds the limit"),
    ("0x" + "f" * 5000, "Exceeds the limit"),
    ("1 // 0", "integer division or modulo by zero"),
    ("'%(a)s' % {}", "'a'"),
]


@pytest.mark.parametrize(("expression", "message"), FAILING, ids=[each[:30] for each, _ in FAILING])
def test_whatever_an_expression_fails_with_is_told_at_its_line(expression: str, message: str, deck: Path) -> None:
    said_in = expression if expression.startswith("{") else f"{{{{ {expression} }}}}"
    template(deck, f"<document>\n<p>\n{said_in}</p></document>")
    (told,) = said(deck)
    assert told.startswith(f"{HERE}:3:1: error: in the template: {message}")


@pytest.mark.parametrize(
    ("expression", "message"),
    [("[1, 2] | random", "No filter named 'random'."), ("lipsum()", "'lipsum' is not defined")],
)
def test_what_is_made_by_chance_is_told_at_its_line(expression: str, message: str, deck: Path) -> None:
    template(deck, f"<document>\n<p>\n{{{{ {expression} }}}}</p></document>")
    (told,) = said(deck)
    assert re.match(rf"{HERE}:3:\d+: error: in the template: {re.escape(message)}\nhint: equal decks make equal", told)


@pytest.mark.parametrize("clock", ["today()", "fromtimestamp(0)", "now()"])
def test_a_template_cannot_ask_what_time_it_is(clock: str) -> None:
    with pytest.raises(SecurityError):
        environment().from_string(f"{{{{ date.{clock} }}}}").render(date=dt.datetime(2026, 1, 1))


def test_whether_words_are_the_same_does_not_depend_on_where_they_stand() -> None:
    said = environment().from_string(
        "{% set words = 'a b' %}{% macro same(one) %}{{ one is sameas 'a b' }} {{ one is sameas 7 }}{% endmacro %}"
        "{{ same(words) }} {{ ('A'.lower() ~ ' b') is sameas words }} {{ none is sameas none }} {{ 1 is sameas true }}"
    )
    assert said.render() == "True False True True False"


@pytest.mark.parametrize("forks", [True, False])
def test_a_failure_is_told_with_a_child_and_without(
    forks: bool, deck: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bounded, "_can_fork", lambda: forks and sys.platform == "linux")
    template(deck, "<document>\n<p>{{ 'words' | truncate(2) }}</p></document>")
    template(deck, "<document>\n<p>{{ cycler() }}</p></document>", "guide")
    assert [message.partition(" error")[0] for message in said(deck)] == [
        "deck/templates/guide.xml:2:1:",
        f"{HERE}:2:1:",
    ]
    assert "Traceback" not in capfd.readouterr().err


def test_a_failure_in_a_folder_within_is_told_there(deck: Path) -> None:
    (deck / "templates/parts").mkdir(parents=True)
    (deck / "templates/parts/own.xml").write_text("<p>\n{{ cycler() }}</p>", "utf-8")
    template(deck, "<document>{% include 'parts/own.xml' %}</document>")
    assert said(deck)[0].startswith("deck/templates/parts/own.xml:2:1: error: in the template: at least one item")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no child")
def test_a_mistake_of_the_program_in_the_child_is_none_of_memory(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bounded, "_can_fork", lambda: True)

    def failing() -> None:
        raise OSError("the disk is on fire")

    with pytest.raises(bounded.ChildFailed, match="the disk is on fire"):
        bounded.bounded(failing, lambda why: pytest.fail(repr(why)))
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no child")
@pytest.mark.parametrize(
    ("ended", "why"),
    [
        ("SIGSEGV", bounded.Crashed),
        ("SIGABRT", bounded.Crashed),
        ("SIGKILL", MemoryError),
        ("SIGXCPU", bounded.TimeIsUp),
    ],
)
def test_how_a_child_ended_is_told_truly(ended: str, why: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "_can_fork", lambda: True)
    told: list[Exception] = []

    def die() -> None:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        faulthandler.disable()
        os.kill(os.getpid(), getattr(signal, ended))

    bounded.bounded(die, told.append)
    assert [type(each) for each in told] == [why]
    assert why is not bounded.Crashed or ended in str(told[0])


VIEW = "sections[0].slides[0]"
AS_TEXT = [
    *("{0} ~ ''", "'' ~ 'a' ~ {0}", "{0} | string", "{0} | e", "[{0}] | join", "[{0}] | string", "{0} | upper"),
    *("'%s' % {0}", "'%r' % ({0},)", "'%(a)s' % dict(a={0})", "'%s' | format({0})", "'{{}}'.format({0})"),
    *("'{{a}}'.format(a=[{0}])", "'{{a}}'.format_map(dict(a={0}))", "('' | e).join([{0}])", "('%s' | e) % {0}"),
    *(
        "[{0}] | map('string') | join",
        "{0} | pprint",
        "dict(a={0}) | xmlattr",
        "{0} | urlencode",
        "'a' | replace('a', {0})",
    ),
    *(
        "label('handout_page', n={0})",
        "{0} | trim",
        "[dict(a={0})] | join(attribute='a')",
        "'a' | indent({0} | string)",
    ),
]


@pytest.mark.parametrize("way", AS_TEXT)
@pytest.mark.parametrize(
    ("thing", "noun"),
    [("deck", "a deck"), (VIEW, "a slide"), ("cycler(1)", "a Cycler"), ("'a'.upper", "a builtin_function_or_method")],
)
def test_what_cannot_be_printed_becomes_no_text_either(way: str, thing: str, noun: str) -> None:
    env = environment()
    view = SlideView.__new__(SlideView)
    known = {"deck": participant.Deck.__new__(participant.Deck), "sections": [SimpleNamespace(slides=[view])]}
    labels = Labels({"handout_page": "{n}"}, Language("en"))
    made = env.from_string(f"{{{{ {way.format(thing)} }}}}")
    with pytest.raises(TemplateRuntimeError, match=f"{noun} cannot be printed, only what is in it"):
        made.render(label=labels, **known)


def test_a_deck_that_is_made_text_is_told_with_file_and_line(deck: Path) -> None:
    template(deck, "<document>\n<p>{{ deck ~ '' }}</p></document>")
    template(deck, "<document>\n<p>{{ [deck] | join }}</p></document>", "guide")
    assert [message.partition(" in the template: ")[2] for message in said(deck)] == [
        "a deck cannot be printed, only what is in it"
    ] * 2


def test_words_numbers_and_texts_become_text_as_ever() -> None:
    said = environment().from_string(
        "{{ 'a<' ~ 1 ~ none }} {{ [1, '<'] | join('-') }} {{ '%s %r' % (text, text) }} {{ '{}'.format(2.5) }}"
        " {{ ('<b>' | safe) ~ '<' }} {{ range(3) | join }} {{ [text] | map('upper') | join }} {{ '%d' % 3 }} {{ 7 % 4 }}"
    )
    gap = Text((Paragraph((Run("a "), Run("secret", gap=True))),))
    assert said.render(text=gap) == ("a&lt;1None 1-&lt; a _____ &#39;a _____&#39; 2.5 <b>&lt; 012 A _____ 3 3")


def test_a_template_is_rendered_though_the_others_file_is_broken(deck: Path) -> None:
    template(deck, "<document>\n<p>{{ deck.titel }}{{ cycler() }}</p>\n<pp/></document>")
    template(deck, "<document>\n{% if %}</document>", "guide")
    messages = said(deck)
    assert [message.partition(" error")[0] for message in messages] == [
        "deck/templates/guide.xml:2:1:",
        f"{HERE}:2:12:",
    ]
    template(deck, "<document>\n<pp/></document>")
    assert any("there is no element <pp>" in message for message in said(deck))
    template(deck, "{% import 'own.xml' as own %}<document><pp/></document>")
    template(deck, "{% if %}", "own")
    assert all("<pp>" not in message for message in said(deck))


def test_all_mistakes_of_both_templates_are_told_at_once(deck: Path) -> None:
    template(
        deck,
        "<document>\n<p>{{ deck.titel }}{{ dek }}</p>\n<p>{{ deck.subtitel | inline }}</p>\n<p>{{ 'a' | uper }}</p></document>",
    )
    template(deck, "<document>\n<pp/><p clas='x'>a</p></document>", "guide")
    assert [message.partition(" error")[0] for message in said(deck)] == [
        *("deck/templates/guide.xml:2:1:", "deck/templates/guide.xml:2:6:"),
        *("deck/templates/handout.xml:2:12:", "deck/templates/handout.xml:2:23:", "deck/templates/handout.xml:3:12:"),
        "deck/templates/handout.xml:4:1:",
    ]


def test_templates_of_all_themes_are_checked_before_anything_is_written(deck: Path, tmp_path: Path) -> None:
    template(pack(tmp_path / "house"), "<document><pp/></document>", "guide")
    template(pack(tmp_path / "other"), "<document><qq/></document>")
    steps: list[str] = []
    with pytest.raises(DeckError) as caught:
        build(Order(deck, themes=("spruce", "house", "other"), output=Path("out")), Diagnostics(), steps.append)
    assert [d.message for d in caught.value.diagnostics] == ["there is no element <pp>", "there is no element <qq>"]
    assert not [step for step in steps if step.startswith("Writing")]
    assert not Path("out").exists()


def test_a_mistake_of_the_handout_is_told_where_only_the_guide_is_asked_for(deck: Path) -> None:
    template(deck, "<document><pp/></document>")
    with pytest.raises(DeckError, match="there is no element <pp>"):
        build(Order(deck, output=Path("out"), only=("guide",)), Diagnostics())
    build(Order(deck, output=Path("out"), only=("deck",)), Diagnostics())


# --- For participants

FACILITATORS = [
    ("deck.safety | body", "'safety' of a deck"),
    ("deck.preparation", "'preparation' of a deck"),
    ("deck.planned_minutes", "'planned_minutes' of a deck"),
    ("session.participants", "'participants' of a session"),
    ("schedule.blocks", "'blocks' of the schedule"),
    ("sections[0].slides[0].block.clock", "'block' of a slide"),
    ("sections[0].slides[0].page", "'page' of a slide"),
    ("sections[0].slides[0].slide.cues", "'cues' of a points slide"),
    ("sections[0].slides[0].slide.notes | body", "'notes' of a points slide"),
    ("sections[0].slides[0].slide.minutes", "'minutes' of a points slide"),
    ("sections[0].slides[0].slide.questions[0].listen_for | inlines", "'listen_for' of a discussion question"),
    ("deck.sections[0].slides[0].questions[0].follow_ups", "'follow_ups' of a discussion question"),
    ("answers", "'answers'"),
    ("preparation[0].items", "'preparation'"),
    # What does well without it is told as well.
    ("deck.safety | default('x')", "'safety' of a deck"),
    ("deck['safety'] | default('x')", "'safety' of a deck"),
    ("deck | attr('safety') | default('x')", "'safety' of a deck"),
    ("1 if deck.safety is defined else 2", "'safety' of a deck"),
    ("1 if preparation is defined else 2", "'preparation'"),
    ("preparation | default('x')", "'preparation'"),
    ("sections[0].slides | map(attribute='slide.notes', default='x') | join", "'notes' of a points slide"),
    ("sections[0].slides | selectattr('slide.notes') | list | length", "'notes' of a points slide"),
    ("sections[0].slides | rejectattr('slide.notes', 'defined') | list | length", "'notes' of a points slide"),
    ("sections[0].slides | selectattr('page', 'none') | list | length", "'page' of a slide"),
    ("sections[0].slides | groupby('slide.notes', default='') | list | length", "'notes' of a points slide"),
    ("sections[0].slides | sum(attribute='slide.minutes')", "'minutes' of a points slide"),
    (
        "deck.sections[0].slides[0].questions | map(attribute='listen_for') | list | length",
        "'listen_for' of a discussion question",
    ),
]


@pytest.mark.parametrize(("expression", "what"), FACILITATORS)
def test_a_handout_that_asks_for_what_is_the_facilitators_is_told_so(expression: str, what: str, deck: Path) -> None:
    (deck / "session.yaml").write_text("participants: 12\n", encoding="utf-8")
    template(deck, f"<document>\n <p>{{{{ {expression} }}}}</p></document>")
    with pytest.raises(DeckError) as caught:
        build(Order(deck, session=deck / "session.yaml", output=Path("out")), Diagnostics())
    (told,) = caught.value.diagnostics
    name = what.split("'")[1]
    assert told.code == "template-shows-facilitators"
    assert str(told.at) == f"{HERE}:2:{8 + expression.rindex(name)}"
    assert told.message == f"in the template: {what} is for the facilitator only"


def test_a_handout_that_asks_for_a_setting_is_told_so(deck: Path) -> None:
    template(deck, "<document>\n<p>{{ sections[0].slides[0].slide.layout }}</p></document>")
    assert said(deck)[0].endswith("'layout' of a points slide is a setting, and no part of the handout")


def test_an_activity_and_its_materials_are_participants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    activity = {"kind": "activity", "title": "Dig", "instructions": "Dig.", "minutes": 7, "materials": ["A spade"]}
    deck_folder(tmp_path / "deck", activity)
    slide = "sections[0].slides[0].slide"
    template(
        Path("deck"),
        f"<document><p>{{{{ {slide}.minutes }}}} {{{{ {slide}.materials[0].item | inline }}}}</p></document>",
    )
    assert "7Aspade" in words(Path("deck")).replace(".0", "")
    template(Path("deck"), f"<document><p>{{{{ {slide}.materials[0].quantity }}}}</p></document>")
    assert "'quantity' of a material is for the facilitator only" in said(Path("deck"))[0]


def test_a_handout_cannot_show_slides_and_pictures_that_are_not_for_participants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    picture = {"file": "pictures/path.svg", "alt": "A path", "show": ["deck", "guide"]}
    kept = {"kind": "picture", "title": "Kept", "picture": picture, "minutes": 1, "show": ["deck", "guide"]}
    deck_folder(tmp_path / "deck", SLIDE, kept)
    page = "<document>\n<p>x</p>\n<thumbnail slide='{}'/>\n<figure src='pictures/path.svg'/></document>"
    template(Path("deck"), page.format(2))
    assert [message.partition(" error: ")[2].partition(":")[0] for message in said(Path("deck"))] == [
        "'slide' of <thumbnail> is no slide's number",
        "'src' of <figure> names no picture of the deck",
    ]
    template(
        Path("deck"), page.format(1).replace("<figure src='pictures/path.svg'/>", "{{ sections[0].slides | length }}")
    )
    assert "text stands directly in <document>: '1'" in said(Path("deck"))[0]


# --- The guide's pages of the handout


def test_the_guide_has_the_handouts_pages_wherever_its_template_prints_them(deck: Path) -> None:
    view = "sections[0].slides[0]"
    template(deck, f"<document><p>One</p><pagebreak/><p>Two</p><mark name='{{{{ {view}.mark }}}}'/><p>x</p></document>")
    template(
        deck,
        f"<document><h1 bookmark='to {{{{ {view}.page }}}}'>At {{{{ {view}.page }}}}.</h1>"
        f"<p>{{{{ label('handout_page', n={view}.page_of({view}.slide.questions[0])) }}}}</p></document>",
        "guide",
    )
    files = build(Order(deck, output=Path("out")), Diagnostics())
    (guide,) = [file for file in files if "guide" in file.name]
    reader = PdfReader(guide)
    assert squeezed(reader.pages[0].extract_text()).startswith("At2.Handoutpage2")
    assert [title for _, title, _ in outline(reader)] == ["to 2"]


# --- Sandboxed


@pytest.mark.parametrize(
    "expression",
    [
        "deck.parse_file('deck.yaml')",
        "deck.model_copy()",
        "deck.__class__",
        "deck.title.__init__.__globals__",
        "sections[0].slides[0].frames[0].items[1].placeholder.__class__.__mro__",
        "schedule.blocks[0].at.__class__",
        "label.__init__.__globals__",
        "quoted.__globals__",
        "deck.title.runs",
        "(deck.title | list)[0].runs[0].text",
        "deck.language.at.file",
    ],
)
@pytest.mark.parametrize("name", ["handout", "guide"])
def test_templates_see_the_deck_and_nothing_of_the_machine(expression: str, name: str, deck: Path) -> None:
    template(deck, f"<document>\n<p>{{{{ {expression} }}}}</p></document>", name)
    messages = said(deck)
    assert re.match(rf"deck/templates/{name}.xml:2:\d+: error: in the template: .*(unsafe|has no|only)", messages[0])


def test_templates_cannot_reach_a_picture_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    picture = {"file": "pictures/path.svg", "alt": "A path"}
    deck_folder(tmp_path / "deck", {"kind": "picture", "title": "P", "picture": picture, "minutes": 1})
    walk = "{% for i in sections[0].slides[0].frames[0].items %}{{ i.picture.path.unlink() }}{% endfor %}"
    for name in ("handout", "guide"):
        template(Path("deck"), f"<document>\n<p>{walk}</p></document>", name)
    assert all("a slide in the deck has no 'items'" in message for message in said(Path("deck")))
    assert (tmp_path / "deck/pictures/path.svg").exists()


def test_what_authors_write_is_escaped(deck: Path, tmp_path: Path) -> None:
    deck_folder(tmp_path / "deck", {**SLIDE, "title": "<pagebreak/> & <b>x", "handout": '_at="1:2"'})
    text = words(deck)
    assert "<pagebreak/>&<b>x" in text
    assert "_at=“1:2”" in text
