"""What the models make of content: shorthands, defaults, places, and the JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from deckbuilder.content.deck import Deck, principle_numbers
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.sequences import Stage
from deckbuilder.content.session import Session
from deckbuilder.content.slides import PrincipleSlide
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.deck import read_deck
from deckbuilder.reading.yaml import parse_yaml
from deckbuilder.schemas import schema_text
from deckbuilder.source import Position

ROOT = Path(__file__).parents[2]


def made(slides: str, **more: Any) -> Deck:
    """A deck of the slides, written in YAML."""
    problems = Diagnostics()
    indented = "\n".join(f"    {line}" for line in slides.strip().split("\n"))
    raw = parse_yaml(f"title: T\nsections:\n- title: S\n  slides:\n{indented}\n", "deck.yaml", problems)
    raw.update(more)
    deck = Deck.model_validate(raw, context={"problems": problems, "language": more.get("language", "en")})
    assert [str(d) for d in problems] == []
    return deck


def only(slides: str, **more: Any) -> Any:
    return next(s for _, s in made(slides, **more).slides())


def test_a_bare_string_stands_for_a_mapping_where_there_is_a_shorthand() -> None:
    slide = only("- {kind: points, title: T, points: [A, {text: B, points: [C]}], questions: [Why?], materials: [Pen]}")
    assert [p.text.plain for p in slide.points] == ["A", "B"]
    assert slide.points[1].points[0].text.plain == "C"
    assert slide.questions[0].ask.plain == "Why?"
    assert slide.materials[0].item.plain == "Pen"


@pytest.mark.parametrize(("written", "plain"), [("2027", "2027"), ("1.10", "1.10"), ("007", "007"), ("10:30", "10:30")])
def test_numbers_in_text_stay_as_they_were_written(written: str, plain: str) -> None:
    slide = only(f"- {{kind: points, title: {written}, points: [{written}]}}")
    assert slide.title.plain == plain
    assert slide.points[0].text.plain == plain


def test_content_knows_where_it_was_written() -> None:
    slide = only("- kind: discussion\n  title: T\n  questions:\n  - ask: Why?\n    minutes: 2")
    assert slide.at == Position("deck.yaml", 5, 7)
    assert slide.title.at == Position("deck.yaml", 6, 14)
    assert slide.questions[0].at == Position("deck.yaml", 8, 9)
    assert slide.questions[0].ask.at == Position("deck.yaml", 8, 14)


def test_content_made_by_the_program_is_nowhere() -> None:
    assert Stage.model_validate({"name": "A"}).at is None


def test_content_cannot_be_changed() -> None:
    slide = only("- {kind: cover}")
    with pytest.raises(ValidationError):
        slide.minutes = 5


def test_the_language_of_the_deck_decides_its_quotes() -> None:
    assert only("- {kind: statement, title: T, statement: '\"x\"'}", language="de").statement.plain == "„x“"


def test_pictures_of_a_slide_come_in_reading_order() -> None:
    many = only(
        "- {kind: clipping, title: T, headline: H, article: A, "
        "pictures: [{file: a.png, alt: A tree}, {file: b.png, alt: A tree}]}"
    )
    assert [p.file for p in pictures_of(many)] == ["a.png", "b.png"]
    assert [p.file for p in pictures_of(only("- {kind: cover, picture: {file: a.png, alt: A tree}}"))] == ["a.png"]
    assert pictures_of(only("- {kind: agenda}")) == ()


def test_the_title_is_the_authors_or_none() -> None:
    assert only("- {kind: cover}").title is None
    title = only("- {kind: cover, title: Mine}").title
    assert title
    assert title.plain == "Mine"


def test_principles_are_counted_by_title() -> None:
    deck = made(
        "- {kind: principle, title: One, text: a}\n- {kind: principle, title: Two, text: b}\n"
        "- {kind: principle, title: One, text: c}\n- {kind: principle, title: One, text: c}"
    )
    number = principle_numbers(deck)
    assert [number(s) for _, s in deck.slides() if isinstance(s, PrincipleSlide)] == [1, 1, 2, 3]


@pytest.mark.parametrize(("key", "value"), [("say", "a"), ("do", "b"), ("ask", "c"), ("transition", "d")])
def test_a_cue_is_what_its_key_says(key: str, value: str) -> None:
    cue = only(f"- {{kind: cover, cues: [{{{key}: {value}}}]}}").cues[0]
    assert (cue.kind, cue.text.plain) == (key, value)


@pytest.mark.parametrize("time", ["9:05", "09:05", " 09:05 "])
def test_clock_times_are_read(time: str) -> None:
    start = Session.model_validate({"start": time}).start
    assert start
    assert (start.hour, start.minute) == (9, 5)


@pytest.mark.parametrize("time", ["24:00", "9:60", "9", "9.05", "09:05:00", "-1:00", "٠٩:٠٥x", ""])
def test_what_is_no_clock_time_is_refused(time: str) -> None:
    with pytest.raises(ValidationError):
        Session.model_validate({"start": time})


def test_the_printed_schema_is_the_one_beside_the_shipped_decks() -> None:
    assert (ROOT / "content" / "deck.schema.json").read_text("utf-8") == schema_text("deck")


def kinds_in(schema: dict[str, Any]) -> set[str]:
    return set(schema["$defs"]["Section"]["properties"]["slides"]["items"]["discriminator"]["mapping"])


def test_the_schema_knows_every_kind_and_forbids_unknown_keys() -> None:
    schema = json.loads(schema_text("deck"))
    assert len(kinds_in(schema)) == 32
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["title", "sections"]
    for kind in kinds_in(schema):
        name = schema["$defs"]["Section"]["properties"]["slides"]["items"]["discriminator"]["mapping"][kind]
        assert schema["$defs"][name.rpartition("/")[2]]["additionalProperties"] is False


def test_the_schema_describes_every_field_of_every_kind() -> None:
    schema = json.loads(schema_text("deck"))
    for name, model in schema["$defs"].items():
        for key, field in model.get("properties", {}).items():
            assert key == "kind" or field.get("description"), f"{name}.{key} has no description"


@pytest.mark.parametrize("name", ["harm-reduction", "safe-food"])
def test_the_shipped_decks_are_without_problems(name: str) -> None:
    problems = Diagnostics()
    session = ROOT / "content" / name / "session.yaml"
    read_deck(ROOT / "content" / name, session if session.exists() else None, problems)
    assert [str(d) for d in problems] == []


def test_the_shipped_decks_show_every_kind_of_slide() -> None:
    used = set()
    for name in ("harm-reduction", "safe-food", "train-the-trainer"):
        deck = read_deck(ROOT / "content" / name, None, Diagnostics()).deck
        used |= {s.kind for _, s in deck.slides()}
    assert used == kinds_in(json.loads(schema_text("deck")))
