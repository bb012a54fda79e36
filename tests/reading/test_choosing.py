"""Variants of a deck: what is in, what is left out, and what is said of names that lead to what is not there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deckbuilder
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.variants import projected, read_variants
from deckbuilder.reading.yaml import parse_yaml
from tools import deck_folder, written

SAY: dict[str, Any] = {"kind": "statement", "title": "T", "minutes": 1, "statement": "S"}
VARIANTS: dict[str, Any] = {
    "short": {"title": "In brief", "planned_minutes": 60},
    "online": {"online": True, "theme": "slate"},
    "managers": {"audience": "Managers", "also": ["online"]},
}


def words_of(content: deckbuilder.Content) -> set[str]:
    return {word for _, text in written(content.deck) for word in text.split()}


def codes(checked: deckbuilder.Checked) -> list[tuple[str, str]]:
    return [(d.code, d.message) for d in checked.diagnostics if d.severity is deckbuilder.Severity.ERROR]


@pytest.mark.parametrize(
    ("variant", "there"),
    [
        (None, {"a", "c", "e", "g"}),
        ("short", {"a", "b", "e", "g"}),
        ("online", {"a", "c", "d", "f"}),
        ("managers", {"a", "c", "d", "f"}),
    ],
)
def test_what_is_for_a_variant_is_in_it_alone(tmp_path: Path, variant: str | None, there: set[str]) -> None:
    points: list[Any] = ["a", {"text": "b", "for": "short"}, {"text": "c", "not_for": ["short"]}]
    points += [{"text": "d", "for": ["online"]}]
    handout = [{"text": "e", "not_for": "online"}, {"text": "f", "for": "online"}]
    notes = {"text": "g", "not_for": "online"}
    slide = {"kind": "points", "title": "T", "minutes": 1, "points": points, "handout": handout, "notes": notes}
    content = deckbuilder.read(deck_folder(tmp_path, slide, variants=VARIANTS), variant=variant)
    assert words_of(content) & set("abcdefg") == there


def test_a_variant_says_of_itself_what_is_different(tmp_path: Path) -> None:
    path = deck_folder(tmp_path, {**SAY, "statement": "{{ deck.title }}"}, variants=VARIANTS, title="At length")
    found = {name: deckbuilder.read(path, variant=name) for name in (None, *VARIANTS)}
    assert [c.deck.title.plain for c in found.values()] == ["At length", "In brief", "At length", "At length"]
    assert found["short"].deck.sections[0].slides[0].statement.plain == "In brief"
    assert found["short"].deck.planned_minutes == 60
    assert [c.session is not None and c.session.online for c in found.values()] == [False, False, True, True]
    assert [c.name for c in found.values()] == [tmp_path.name + end for end in ("", "-short", "-online", "-managers")]


def test_objectives_keep_their_slides_when_others_are_left_out(tmp_path: Path) -> None:
    objectives = ["One", {"text": "Two", "not_for": "short"}, "Three"]
    slides = [{**SAY, "objectives": [1, 3]}, {**SAY, "title": "U", "objectives": 2, "not_for": "short"}]
    path = deck_folder(tmp_path, *slides, variants={"short": {}}, objectives=objectives)
    assert deckbuilder.read(path).deck.sections[0].slides[0].objectives == ("1", "3")
    assert deckbuilder.read(path, variant="short").deck.sections[0].slides[0].objectives == ("1", "2")


def test_a_section_without_slides_is_left_out(tmp_path: Path) -> None:
    sections = [{"title": "A", "slides": [SAY]}, {"title": "B", "slides": [{**SAY, "for": "short"}]}]
    path = deck_folder(tmp_path, sections=sections, variants={"short": {}})
    assert [s.title.plain for s in deckbuilder.read(path).deck.sections] == ["A"]
    assert [s.title.plain for s in deckbuilder.read(path, variant="short").deck.sections] == ["A", "B"]


@pytest.mark.parametrize(
    ("slide", "more", "code", "name"),
    [
        ({"statement": "[there](#gone)"}, {}, "unknown-slide", "gone"),
        ({"sources": ["book"]}, {}, "unknown-reference", "book"),
        ({"objectives": ["know"]}, {}, "unknown-objective", "know"),
        ({"objectives": [2]}, {}, "unknown-objective", "objective 2"),
    ],
)
def test_a_name_of_what_a_variant_leaves_out_is_an_error_there_for_that_variant(
    tmp_path: Path, slide: dict[str, Any], more: dict[str, Any], code: str, name: str
) -> None:
    away = {**SAY, "title": "Gone", "id": "gone", "not_for": "short"}
    objectives = ["One", {"text": "Two", "id": "know", "not_for": "short"}]
    references = [{"id": "book", "text": "A book", "not_for": "short"}]
    path = deck_folder(
        tmp_path,
        {**SAY, "id": "first", **slide},
        away,
        variants={"short": {}, "long": {}},
        objectives=objectives,
        references=references,
    )
    [(said, message)] = codes(deckbuilder.check(path))
    assert said == code
    assert name in message
    assert message.endswith("left out of this variant (variant 'short')")
    assert codes(deckbuilder.check(path, variant="long")) == []
    with pytest.raises(deckbuilder.DeckError) as caught:
        deckbuilder.build(path, variant="all", output=tmp_path / "out", only=["handout"])
    at = next(iter(caught.value.diagnostics)).at
    assert at is not None
    assert at.line > 1
    assert not (tmp_path / "out").exists()


def test_checking_looks_at_every_variant(tmp_path: Path) -> None:
    path = deck_folder(tmp_path, SAY, {**SAY, "for": "rare", "sources": ["nobody"]}, variants={"rare": {}, "usual": {}})
    deckbuilder.read(path)
    assert codes(deckbuilder.check(path)) == [("unknown-reference", "there is no reference 'nobody' (variant 'rare')")]


def test_a_session_names_its_variant_and_says_nothing_of_others(tmp_path: Path) -> None:
    path = deck_folder(tmp_path, SAY, {**SAY, "id": "more", "for": "long"}, variants={"long": {}, "short": {}})
    session = tmp_path / "session.yaml"
    session.write_text("variant: long\nbreaks: [{minutes: 5, after: more}]\n", "utf-8")
    assert deckbuilder.read(path, session=session).name == f"{tmp_path.name}-long"
    assert codes(deckbuilder.check(path, session=session)) == []
    [(code, _)] = codes(deckbuilder.check(path, session=session, variant="short"))
    assert code == "unknown-place-of-break"


def test_files_are_named_after_variants_and_stand_in_their_themes(tmp_path: Path) -> None:
    built = deckbuilder.build(
        deck_folder(tmp_path / "d", SAY, variants=VARIANTS), variant="all", output=tmp_path / "out", only=["handout"]
    )
    assert [f.relative_to(tmp_path / "out").as_posix() for f in built.files] == [
        "d/spruce/d-short-handout.pdf",
        "d/slate/d-online-handout.pdf",
        "d/slate/d-managers-handout.pdf",
    ]


# --- Whatever is chosen

NAMES = ("a", "b", "c")
CHOICES = st.one_of(
    st.just({}),
    st.lists(st.sampled_from(NAMES), min_size=1, unique=True).flatmap(
        lambda names: st.sampled_from([{"for": names}, {"not_for": names}])
    ),
)


def is_in(choice: dict[str, Sequence[str]], variant: str | None) -> bool:
    return ("for" not in choice or variant in choice["for"]) and variant not in choice.get("not_for", ())


@settings(max_examples=40, deadline=None)
@given(choices=st.lists(CHOICES, min_size=14, max_size=14), variant=st.sampled_from([None, *NAMES]))
def test_nothing_of_another_variant_is_in_any_text(choices: list[dict[str, Any]], variant: str | None) -> None:
    """Sections, slides, points, questions, cues, materials, texts: what is there is what is for the variant, as a whole."""
    expected: set[str] = set()
    number = iter(range(len(choices)))

    def one(within: bool, **says: Any) -> tuple[dict[str, Any], bool]:
        n = next(number)
        inside = within and is_in(choices[n], variant)
        expected.update([f"mark{n}"] * inside)
        return {**dict.fromkeys(says, f"mark{n}"), **choices[n]}, inside

    sections = []
    for _ in range(2):
        section, here = one(True, title=1)
        slide, on = one(here, title=1)
        point, seen = one(on, text=1)
        inner, _ = one(seen, text=1)
        slide |= {"kind": "points", "points": [{**point, "points": [inner]}]}
        slide["questions"] = [one(on, ask=1)[0]]
        slide["cues"] = [one(on, say=1)[0]]
        slide["handout"] = [one(on, text=1)[0]]
        sections.append({**section, "slides": [slide]})
    data = {"title": "T", "variants": dict.fromkeys(NAMES), "sections": sections}
    import yaml

    problems = Diagnostics()
    raw = parse_yaml(yaml.safe_dump(data, sort_keys=False), "deck.yaml", problems)
    left = projected(raw, variant, read_variants(raw, problems), problems)
    text = repr(left.raw)
    found = {f"mark{n}" for n in range(len(choices)) if f"'mark{n}'" in text}
    # A section none of whose slides is left goes with them.
    gone = {s["title"] for s in sections if not is_in(s["slides"][0], variant)}
    assert found == expected - gone
    assert "'for'" not in text
    assert "'not_for'" not in text
    assert not list(problems)
