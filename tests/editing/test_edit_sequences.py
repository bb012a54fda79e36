"""Any sequence of edits gives a file that says what the edits say, and of which nothing else is touched."""

import copy
import json
import random
from pathlib import Path

import pytest

from deckbuilder.content.deck import Deck
from deckbuilder.editing.applying import applied
from deckbuilder.editing.edits import (
    AddSection,
    AddSlide,
    DeleteSlide,
    DuplicateSlide,
    Edit,
    HideSlide,
    Insert,
    Move,
    MoveSection,
    MoveSlide,
    Remove,
    Set,
)
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.shape import Shape, slide_kinds
from deckbuilder.editing.slides import Place
from deckbuilder.editing.tree import Sequence
from deckbuilder.editing.written import Written

WORDS = [
    "A word",
    "yes",
    "2027-03-15",
    "10:30",
    "1.50",
    "# no comment",
    "- no item",
    "key: no key",
    "ends with a colon:",
    "* and &, and %",
    'She said "no" to it',
    "it's",
    "back\\slash",
    "tab\there",
    "Größe – “ça”, ¿qué? 한국어 🙂",
    "{{ session.date | default('soon') }}",
    "[[gap]], {brace}",
    "Two lines\nof words",
    "Paragraph\n\n- one\n- two\n\nand  more",
    "  leads with blanks\nand goes on",
    "null",
    "~",
]
TEXTS = ["title", "text", "notes", "handout", "headline", "virtual", "subtitle"]
FILES = [*sorted(Path("content").glob("*/deck.yaml")), Path("tests/fixtures/every-kind/deck.yaml")]


def random_edit(  # noqa: PLR0915 - a branch an edit
    rng: random.Random, deck: dict, ids: list[tuple[str, int, int]]
) -> tuple[Edit, dict | None]:
    """An edit, and the deck's data afterwards as plain Python does it."""
    after = copy.deepcopy(deck)
    name, section, index = rng.choice(ids)
    slides = after["sections"][section]["slides"]
    slide = slides[index]
    lists = [key for key, value in slide.items() if isinstance(value, list) and value]
    match rng.randrange(12):
        case 0 | 1:
            key, value = rng.choice(TEXTS), rng.choice(WORDS)
            slide[key] = value
            return Set(slide=name, path=(key,), value=value), after
        case 2 if lists:
            key, value = rng.choice(lists), rng.choice(WORDS)
            place = rng.randrange(len(slide[key]) + 1)
            slide[key].insert(place, value)
            return Insert(slide=name, path=(key,), index=place, value=value), after
        case 3 if lists:
            key = rng.choice(lists)
            place = rng.randrange(len(slide[key]))
            del slide[key][place]
            if not slide[key]:
                del slide[key]
            return Remove(slide=name, path=(key, place)), after
        case 4 if lists:
            key = rng.choice(lists)
            place, to = rng.randrange(len(slide[key])), rng.randrange(len(slide[key]))
            slide[key].insert(to, slide[key].pop(place))
            return Move(slide=name, path=(key, place), to=(key, to)), after
        case 5:
            place = rng.randrange(len(slides) + 1)
            kind = rng.choice(list(slide_kinds()))
            values = {"notes": rng.choice(WORDS)}
            return AddSlide(section=section, index=place, kind=kind, values=values), None
        case 6:
            copied = copy.deepcopy(slide)
            for part in [copied, *copied.get("questions", [])]:
                if isinstance(part, dict):
                    part.pop("id", None)
            slides.insert(index + 1, copied)
            return DuplicateSlide(slide=name), after
        case 7 if len(slides) > 1:
            target = rng.randrange(len(after["sections"]))
            del slides[index]
            there = after["sections"][target]["slides"]
            place = rng.randrange(len(there) + 1)
            there.insert(place, slide)
            return MoveSlide(slide=name, section=target, index=place), after
        case 8 if len(slides) > 2:
            del slides[index]
            return DeleteSlide(slide=name), after
        case 9:
            hidden = rng.random() < 0.6
            slide.pop("hidden", None)
            if hidden:
                slide["hidden"] = True
            return HideSlide(slide=name, hidden=hidden), after
        case 10:
            target = rng.randrange(len(after["sections"]))
            after["sections"].insert(target, after["sections"].pop(section))
            return MoveSection(section=section, index=target), after
        case 11 if len(after["sections"]) < 12:
            words = rng.choice(WORDS)
            place = rng.randrange(len(after["sections"]) + 1)
            after["sections"].insert(place, {"title": words, "slides": [{"kind": "section"}]})
            return AddSection(index=place, title=words), after
    lines = {"questions": [{"ask": rng.choice(WORDS), "minutes": rng.randrange(9)}, *slide.get("questions", [])]}
    slide.update(lines)
    return Set(slide=name, path=("questions",), value=lines["questions"]), after


def told(data: object) -> str:
    """Data as words, without the line end that texts of paragraphs have at their end in files."""
    return json.dumps(data, sort_keys=True).replace('\\n"', '"')


STRANGE = """\
%YAML 1.1
--- # a deck of odd ways to write things
"title":   'It''s "odd"'
audience: >
   Folded words
   over lines

   and on
x-shared:
- &slide
    kind:  statement  # aligned by hand
    title: Shared
    statement: "one \\
      line"
- &minutes {minutes: 3, notes: merged}
sections:
- title: First   # of two


  slides:
  # the cover
  - kind: cover
    notes: |+
      kept

      lines


  -
    <<: *minutes
    kind: points
    title: plain words
      over two lines
    points: [one, "two, with a comma", {text: three, points: [a, b]},   # a comment
      four]
    # within the slide, at its end

  # apart from any slide

  - *slide
  - {kind: narrative, title: In braces, text: All of it}
- title: Second
  slides:
      - kind: table
        title: Indented
        header: [a, b]
        rows:
        - - 1.50
          - ~
        - - x
          -
        cues: [{say: Hello}]
        hidden: true
..."""


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("seed", range(2))
def test_100_edits_say_what_they_are_meant_to(seed: int, ending: str) -> None:
    run(STRANGE, ending, 100, seed)


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_edits_of_shipped_decks_say_what_they_are_meant_to(file: Path) -> None:
    run(file.read_text(encoding="utf-8"), "\n", 12, 1, file.parent)


def check_untouched(w: Written, edit: Edit, slides: dict[str, tuple[int, int]], after: str) -> None:
    """What stands before and after the edited slide is there as it was, to the character."""
    if not isinstance(edit, (Set, Insert, Remove, Move, HideSlide)) or edit.slide is None:
        return
    section, number = slides[edit.slide]
    node = w.node(("sections", section, "slides"))
    assert isinstance(node, Sequence)
    before, behind = w.text[: w.begin(node, number)], w.text[w.finish(node, number) :]
    assert after.startswith(before)
    assert after.endswith(behind)
    assert len(after) >= len(before) + len(behind)


def run(text: str, ending: str, count: int, seed: int, folder: Path | None = None) -> None:
    rng = random.Random(seed)
    text = text.replace("\n", ending)
    place = Place(folder)
    done = 0
    for _ in range(count):
        w = Written(text, Shape(Deck))
        edit, meant = random_edit(rng, w.data, [(name, *at) for name, at in place.slides(w).items()])
        try:
            made = applied(text, edit, place=place)
        except Refused:
            continue
        done += 1
        now = Written(made.text, Shape(Deck)).data
        if meant is not None:
            assert told(now) == told(meant), edit
        assert made.text.count("\n") == made.text.count(ending)
        check_untouched(w, edit, dict(place.slides(w)), made.text)
        text = made.text
    assert done > count * 0.9
