"""Edits one by one: what they change in a file, to the character."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from deckbuilder.content.deck import Deck
from deckbuilder.editing.applying import apply
from deckbuilder.editing.edits import DeleteSlide, Edit, HideSlide, MoveSlide, Set, read_edit
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.shape import Shape
from deckbuilder.editing.slides import Place
from deckbuilder.editing.written import Written

CASES = yaml.safe_load(Path(__file__).with_name("patches.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_an_edit_changes_its_own_place_only(case: dict[str, Any]) -> None:
    edit = read_edit(case["edit"])
    if "refused" in case:
        with pytest.raises(Refused) as caught:
            apply(case["before"], edit)
        assert str(caught.value) == case["refused"]
    else:
        assert apply(case["before"], edit) == case["after"]


SLIDE = "title: T\nsections:\n  - title: S\n    slides:\n      - kind: cover\n        id: s"


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        (SLIDE, Set(slide="s", path=("minutes",), value=1), SLIDE + "\n        minutes: 1"),
        ("\ufeff" + SLIDE, HideSlide(slide="s"), "\ufeff" + SLIDE + "\n        hidden: true"),
        (
            SLIDE + "\n      - kind: section",
            MoveSlide(slide="s", section=0, index=1),
            SLIDE.replace("- kind: cover\n        id: s", "- kind: section\n\n      - kind: cover\n        id: s"),
        ),
        (
            SLIDE + "\n      - kind: section",
            DeleteSlide(slide="s"),
            SLIDE.replace("- kind: cover\n        id: s", "- kind: section"),
        ),
        (
            SLIDE.replace("\n", "\r\n") + "\r\n",
            Set(slide="s", path=("notes",), value="a\n\n- b"),
            (SLIDE + "\n        notes: |\n          a\n\n          - b\n").replace("\n", "\r\n"),
        ),
    ],
    ids=["no-line-end", "byte-order-mark", "moved-to-the-end", "the-last-deleted", "crlf"],
)
def test_how_a_file_begins_and_ends_stays(before: str, edit: Edit, after: str) -> None:
    assert apply(before, edit) == after


@pytest.mark.parametrize("value", ["half a \ud83d", float("inf"), {"a": ["\udc00"]}])
def test_what_no_file_can_hold_is_refused(value: Any) -> None:
    with pytest.raises(Refused):
        apply(SLIDE, Set.model_construct(do="set", slide="s", path=("notes",), value=value))


@pytest.mark.parametrize(
    "edit",
    [
        Set(slide="s", path=("kind", "x"), value="y"),
        Set(slide="s", path=(0,), value="y"),
        Set(slide="s", path=("cues", 3), value="y"),
        Set(slide="gone", path=("title",), value="y"),
        read_edit({"do": "remove", "slide": "s", "path": ["cues", 0]}),
        read_edit({"do": "move", "slide": "s", "path": ["cues", 0], "to": ["cues", 1]}),
        read_edit({"do": "insert", "slide": "s", "path": ["cues"], "index": 4, "value": "x"}),
        read_edit({"do": "add-slide", "section": 7, "kind": "cover"}),
        read_edit({"do": "add-slide", "section": 0, "kind": "unknown"}),
        read_edit({"do": "move-section", "section": 0, "index": 3}),
        read_edit({"do": "move-slide", "slide": "s", "section": 0, "index": 9}),
        read_edit({"do": "delete-section", "section": 5}),
    ],
    ids=lambda edit: edit.do,
)
def test_edits_that_lead_nowhere_are_refused(edit: Edit) -> None:
    with pytest.raises(Refused):
        apply(SLIDE, edit)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "a: &a [1, 1, 1]\n"
            + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 40)}]\n" for a, b in zip("abcd", "bcde", strict=True)),
            "aliases",
        ),
        ("a: &a [*a]\n", "no '&a'|holds itself"),
        ("a: " + "[" * 200 + "]" * 200 + "\n", "too deep"),
        ("a: \x07\n", "no place"),
        ("- a\n", "no title"),
    ],
    ids=["bomb", "itself", "deep", "control", "list"],
)
def test_files_that_cannot_be_edited_are_refused(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        apply(text, Set(path=("title",), value="x"))


def test_ids_are_those_of_the_deck(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    text = (
        "title: Deck\nlanguage: de\nsections:\n- title: S\n  slides:\n"
        "  - &a {kind: statement, title: '{{ deck.title }}', statement: \"Am {{ session.date | default('Tag') }}\"}\n"
        "  - *a\n  - {kind: table, title: 1.50, file: n.csv}\n"
        "  - {kind: chart, title: C, chart: bar, categories: [2010, 1.50], series: [{name: s, values: [1, ~]}]}\n"
        "  - {kind: section}\n"
        "- title: About {{ deck.title }}\n  slides: [kind: section, kind: agenda, {kind: break, minutes: 5}]\n"
        "- title: 3\n  slides: [{kind: section, handout: 'On {{ deck.title }}'}, {kind: agenda, questions: [Why?]}]\n"
        "- {title: Late, slides: [kind: section, {kind: agenda, hidden: 7}]}\n"
        "- {slides: [kind: section]}\n"
    )
    (tmp_path / "deck.yaml").write_text(text, encoding="utf-8")
    from deckbuilder.diagnostics import Diagnostics
    from deckbuilder.reading.deck import read_deck

    deck = read_deck(tmp_path / "deck.yaml", None, Diagnostics()).deck
    found = Place(tmp_path).slides(Written(text, Shape(Deck)))
    assert list(found) == [slide.identity for _, slide in deck.slides()]
