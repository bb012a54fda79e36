"""How slides and questions are known, and that what was read can be relied on: models are frozen through and through."""

from __future__ import annotations

import copy
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from deckbuilder.content.deck import Deck
from deckbuilder.content.kinds import shown_in
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.deck import read_deck
from deckbuilder.reading.yaml import parse_yaml
from tools import DECKS, SOURCES

ONE = {"kind": "points", "title": "One", "points": ["A", "B"]}
TWO = {"kind": "statement", "title": "Two", "statement": "A sentence."}
TALK = {"kind": "discussion", "title": "Talk", "questions": ["Why?", {"ask": "How?", "id": "how"}, "Why?"]}


def deck_of(*slides: dict[str, Any], **deck: Any) -> Deck:
    problems = Diagnostics()
    words = yaml.safe_dump({"title": "T", **deck, "sections": [{"title": "S", "slides": list(slides)}]})
    raw = parse_yaml(words, "deck.yaml", problems)
    made = Deck.model_validate(raw, context={"problems": problems, "language": "en"})
    assert [str(d) for d in problems] == []
    return made


def identities(*slides: dict[str, Any], **deck: Any) -> list[str]:
    return [slide.identity for _, slide in deck_of(*slides, **deck).slides()]


def test_a_slide_is_known_by_its_id_or_by_one_made_of_what_it_says() -> None:
    one, two = identities(ONE, {**TWO, "id": "mine"})
    assert re.fullmatch(r"points-[0-9a-f]{6}", one)
    assert two == "mine"


def test_derived_ids_are_the_same_for_ever() -> None:
    """Decks that were sent out are read back by them: a change here orphans those."""
    assert identities(ONE, TWO) == ["points-829ea7", "statement-e154cf"]


def test_other_slides_may_come_go_and_move() -> None:
    one, two, talk = identities(ONE, TWO, TALK)
    assert identities(TALK, ONE) == [talk, one]
    assert identities(TWO, {**ONE, "title": "Another"}, TALK, title="Another deck")[::2] == [two, talk]


@pytest.mark.parametrize(
    "more",
    [
        {"minutes": 5},
        {"cues": [{"say": "Hello"}]},
        {"questions": ["Why?"]},
        {"notes": "Background"},
        {"hidden": True},
        {"layout": "Points"},
        {"handout": "On paper"},
    ],
    ids=lambda more: next(iter(more)),
)
def test_what_goes_on_around_a_slide_leaves_its_id(more: dict[str, Any]) -> None:
    assert identities({**ONE, **more}) == identities(ONE)


@pytest.mark.parametrize(
    "changed",
    [
        {**ONE, "title": "Other"},
        {**ONE, "points": ["A", "C"]},
        {**ONE, "points": ["A", {"text": "B", "points": ["C"]}]},
        {**ONE, "points": ["B", "A"]},
        {**ONE, "text": "Before"},
        {**ONE, "picture": {"file": "a.png", "alt": "A tree"}},
        {"kind": "columns", "title": "One", "columns": [{"points": ["A"]}, {"points": ["B"]}]},
    ],
)
def test_a_slide_that_says_something_else_has_another_id(changed: dict[str, Any]) -> None:
    assert identities(changed) != identities(ONE)


def test_slides_that_say_the_same_are_told_apart_in_order() -> None:
    (name,) = identities(ONE)
    assert identities(ONE, TWO, ONE, ONE)[0::2][:1] == [name]
    assert [x for x in identities(ONE, TWO, ONE, ONE) if x.startswith("points")] == [name, f"{name}-2", f"{name}-3"]


def test_an_authors_id_that_looks_derived_is_kept_and_the_other_makes_way() -> None:
    (name,) = identities(ONE)
    assert identities(ONE, {**TWO, "id": name}) == [f"{name}-2", name]
    assert identities(ONE, ONE, {**TWO, "id": f"{name}-2"}) == [name, f"{name}-3", f"{name}-2"]


def test_questions_are_known_within_their_slide() -> None:
    (talk,) = [slide for _, slide in deck_of({**TALK, "id": "talk"}).slides()]
    first, second, third = (question.identity for question in talk.questions)
    assert re.fullmatch(r"talk\.question-[0-9a-f]{6}", first)
    assert (second, third) == ("talk.how", f"{first}-2")
    other = deck_of({**ONE, "id": "one", "questions": ["Why?"]})
    assert next(s for _, s in other.slides()).questions[0].identity == first.replace("talk", "one")


# Slides of which some say nothing, some the same as others, and some the same but for what surrounds them.
SAYS: list[dict[str, Any]] = [
    {"kind": "section"},
    {"kind": "agenda"},
    {"kind": "break", "minutes": 15},
    {"kind": "break", "minutes": 60},
    {"kind": "break", "minutes": 15, "title": "Coffee"},
    {"kind": "credits", "handout": "On paper"},
    {"kind": "objectives", "questions": ["Why?"]},
    {"kind": "objectives", "notes": "For the facilitator", "minutes": 3},
    ONE,
    {**ONE, "headline": "More of it"},
    TALK,
]
QUIET = 8  # so many of them have no words of their own, but for the one with a title
Sections = list[tuple[str, list[int]]]
sections = st.lists(
    st.tuples(st.sampled_from("ST"), st.lists(st.integers(0, len(SAYS) - 1), min_size=1, max_size=4)),
    min_size=1,
    max_size=3,
)


def named(wanted: Sections) -> list[str]:
    """The ids of the slides of such a deck."""
    says = [{"title": title, "slides": [copy.deepcopy(SAYS[n]) for n in slides]} for title, slides in wanted]
    raw = {"title": "T", "sections": says}
    made = Deck.model_validate(raw, context={"problems": Diagnostics(), "language": "en"})
    return [slide.identity for _, slide in made.slides()]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(sections, st.data())
def test_no_slide_gets_another_id_when_others_come_go_and_move(deck: Sections, data: st.DataObject) -> None:
    """But where two are equal in everything that ids are made of."""
    count = iter(range(100))
    before = [(title, [(next(count), n) for n in says]) for title, says in deck]
    after = copy.deepcopy(before)
    here, there = (data.draw(st.integers(0, len(deck) - 1)) for _ in "ab")
    what = data.draw(st.sampled_from(["insert", "delete", "move"]))
    one = (next(count), data.draw(st.integers(0, len(SAYS) - 1)))
    if what != "insert":
        one = after[here][1].pop(data.draw(st.integers(0, len(after[here][1]) - 1)))
    if what != "delete":
        after[there][1].insert(data.draw(st.integers(0, len(after[there][1]))), one)
    after = [section for section in after if section[1]]
    assume(after)

    def equals(sections: list[tuple[str, list[tuple[int, int]]]]) -> Iterator[tuple[int, Any]]:
        for title, slides in sections:
            for own, n in slides:
                yield own, (n, title if n < QUIET and "title" not in SAYS[n] else None)

    def ids(sections: list[tuple[str, list[tuple[int, int]]]]) -> dict[int, str]:
        slides = [own for _, slides in sections for own, _ in slides]
        return dict(zip(slides, named([(title, [n for _, n in says]) for title, says in sections]), strict=True))

    old, new = ids(before), ids(after)
    touched = {key for deck in (before, after) for own, key in equals(deck) if own == one[0]}
    for own, key in equals(before):
        if own != one[0] and key not in touched:
            assert new[own] == old[own]
    assert len(set(new.values())) == len(new)


def test_a_slide_without_words_is_known_by_its_section_and_what_surrounds_it() -> None:
    ids = named([("S", [0, 2, 3, 5, 6, 7]), ("T", [0, 2, 3, 7])])
    assert len(set(ids)) == len(ids)
    assert not any(re.search(r"-\d$", name) for name in ids)
    assert named([("T", [7, 3, 2, 0])]) == ids[:5:-1]
    told = identities({"kind": "agenda", "notes": "A", "minutes": 3, "hidden": True, "cues": [{"say": "Hello"}]})
    assert told == identities({"kind": "agenda"})


def test_copies_keep_the_identity() -> None:
    slide = next(s for _, s in deck_of({**ONE, "questions": [{"ask": "Why?", "show": ["handout"]}]}).slides())
    part = shown_in(slide, "deck")
    assert part is not slide
    assert part.identity == slide.identity == part.model_copy(deep=True).identity


def test_the_words_of_gaps_and_what_the_deck_does_not_show_have_no_part_in_ids() -> None:
    assert identities({**ONE, "points": ["A [[rose]]"]}) == identities({**ONE, "points": ["A [[tulip]]"]})
    hidden = [{"ask": "Why?"}, {"ask": "A secret?", "show": ["guide"]}]
    other = [{"ask": "Why?"}, {"ask": "Another?", "show": ["guide"], "listen_for": ["Words"]}]
    assert identities({**TALK, "questions": hidden}) == identities({**TALK, "questions": other})
    answered = {"ask": "Why?", "listen_for": ["A secret"]}
    assert identities({**TALK, "questions": [answered]}) == identities({**TALK, "questions": ["Why?"]})


@pytest.mark.parametrize("name", DECKS)
def test_every_slide_and_question_of_a_deck_has_an_identity_of_its_own(name: str) -> None:
    slides = [slide for _, slide in read_deck(*SOURCES[name], Diagnostics()).deck.slides()]
    known = [slide.identity for slide in slides] + [q.identity for slide in slides for q in slide.questions]
    assert len(set(known)) == len(known)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)?", one) for one in known)


def test_identities_do_not_depend_on_the_seed_of_hashes() -> None:
    code = (
        "import sys; from pathlib import Path; from deckbuilder.diagnostics import Diagnostics; "
        "from deckbuilder.reading.deck import read_deck; "
        "print([s.identity for _, s in read_deck(Path(sys.argv[1]), None, Diagnostics()).deck.slides()])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code, str(SOURCES["safe-food"][0])],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def models(value: Any) -> list[BaseModel]:
    if isinstance(value, BaseModel):
        within = [model for field in type(value).model_fields for model in models(getattr(value, field))]
        return [value, *within]
    return [model for item in value for model in models(item)] if isinstance(value, tuple) else []


@pytest.mark.parametrize("name", DECKS)
def test_every_model_of_a_deck_can_be_hashed_and_reads_the_same_twice(name: str) -> None:
    one, two = (read_deck(*SOURCES[name], Diagnostics()) for _ in range(2))
    found = [(models(r.deck), models(r.session) if r.session else [], models(r.vocabulary)) for r in (one, two)]
    first, second = ([hash(model) for group in groups for model in group] for groups in found)
    assert len(first) > 30
    assert first == second
    assert one.deck == two.deck


def test_no_field_of_any_model_holds_a_list_or_a_mapping() -> None:
    from deckbuilder.content.base import Model

    def kinds(model: type[BaseModel]) -> list[type[BaseModel]]:
        return [model, *(kind for one in model.__subclasses__() for kind in kinds(one))]

    content = [kind for kind in kinds(Model) if kind.__module__.startswith("deckbuilder.content")]
    assert len(content) > 50
    written = {f"{k.__name__}.{n}: {f.annotation}" for k in content for n, f in k.model_fields.items()}
    assert [field for field in written if re.search(r"(?<!['\"])\b(list|dict|set)\b(?!['\"])", field)] == []


def test_what_was_read_cannot_be_changed() -> None:
    slide: Any = next(s for _, s in deck_of(ONE).slides())
    with pytest.raises((AttributeError, TypeError)):
        slide.points.append(slide.points[0])
