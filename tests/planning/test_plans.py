"""A deck made to fit: what stays, what goes, what is said of it, and the deck that is left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

import deckbuilder
from deckbuilder.content.deck import Deck
from deckbuilder.content.schedule import make_schedule
from deckbuilder.planning import make_plan, shortened
from test_cli import call
from tools import deck_folder, squeezed

SAY: dict[str, Any] = {"kind": "statement", "title": "T", "statement": "S", "minutes": 10}


def slide(title: str, minutes: float = 10, **more: Any) -> dict[str, Any]:
    return {**SAY, "title": title, "minutes": minutes, **more}


def planned(
    tmp_path: Path, minutes: float, *slides: dict[str, Any], session: str = "", **deck: Any
) -> deckbuilder.Plan:
    path = deck_folder(tmp_path / "d", *slides, **deck)
    file = tmp_path / "session.yaml"
    file.write_text(session or "group_size: 4\n", "utf-8")
    plans = deckbuilder.plan(path, minutes, session=file)
    assert isinstance(hash(plans), int)
    [plan] = plans.values()
    return plan


def left_out(plan: deckbuilder.Plan) -> list[str]:
    return [piece.words for piece in plan.left_out]


def test_what_could_be_goes_before_what_should_and_musts_stay(tmp_path: Path) -> None:
    slides = [slide("must", priority="must"), slide("should"), slide("could", priority="could"), slide("other")]
    assert left_out(planned(tmp_path, 30, *slides)) == ["could"]
    assert left_out(planned(tmp_path, 20, *slides)) == ["could", "other"]
    plan = planned(tmp_path, 7, *slides)
    assert (plan.after, plan.over) == (10, 3)


def test_as_little_goes_as_is_enough(tmp_path: Path) -> None:
    slides = [
        slide("long", 12, priority="could"),
        slide("short", 4, priority="could"),
        slide("middle", 6, priority="could"),
    ]
    assert left_out(planned(tmp_path, 17, *slides)) == ["middle"]
    assert planned(tmp_path, 22, *slides).left_out == ()


def test_nothing_stays_without_what_it_needs(tmp_path: Path) -> None:
    first = slide("first", 10, id="first", priority="could")
    assert left_out(planned(tmp_path, 15, first, slide("second", 5, need=["first"]), slide("third"))) == ["third"]
    must = slide("second", 5, need=["first"], priority="must")
    assert left_out(planned(tmp_path, 20, first, must, slide("third"))) == ["third"]
    linked = slide("second", 5, statement="[as we saw](#first)", priority="must")
    assert left_out(planned(tmp_path, 20, first, linked, slide("third"))) == ["third"]


def test_objectives_stay_served_and_practised_as_long_as_that_is_possible(tmp_path: Path) -> None:
    asked = slide("asked", 10, objectives=[1], priority="could", questions=[{"ask": "Why?"}])
    told = slide("told", 10, objectives=[1])
    plan = planned(tmp_path, 20, asked, told, slide("other"), objectives=["Know it"])
    assert (left_out(plan), plan.losses) == (["other"], ())
    plan = planned(tmp_path, 10, asked, told, slide("other"), objectives=["Know it"])
    assert left_out(plan) == ["told", "other"]
    plan = planned(tmp_path, 10, {**asked, "minutes": 20}, told, slide("other"), objectives=["Know it"])
    assert plan.losses == ("objective 1 is practised no more: Know it",)


def test_what_there_is_time_for_comes_back_first_for_objectives(tmp_path: Path) -> None:
    one = slide("one", 10, objectives=[1], priority="could", questions=[{"ask": "Why?"}])
    two = slide("two", 20, objectives=[2], questions=[{"ask": "How?"}])
    slides = [one, two, slide("filler", 4), slide("another", 6), slide("must", 10, priority="must")]
    plan = planned(tmp_path, 20, *slides, objectives=["Know it", "Do it"])
    assert left_out(plan) == ["two", "filler", "another"]
    assert plan.losses == ("objective 2 is served by no slide any more: Do it",)


def test_a_must_under_a_point_holds_the_point(tmp_path: Path) -> None:
    points = [
        {"text": "above", "priority": "could", "points": [{"text": "below", "priority": "must"}]},
        {"text": "aside", "priority": "could"},
        "c",
    ]
    listed = {"kind": "points", "title": "P", "minutes": 20, "points": points}
    plan = planned(tmp_path, 12, listed)
    assert (left_out(plan), plan.over) == (["aside"], 3)


def test_breaks_of_the_deck_stay_unless_they_say_how_much_they_matter(tmp_path: Path) -> None:
    pause = {"kind": "break", "title": "Tea", "minutes": 10}
    assert left_out(planned(tmp_path, 10, slide("one"), pause)) == ["one"]
    assert left_out(planned(tmp_path, 10, slide("one"), {**pause, "priority": "could"})) == ["Tea"]


def test_a_slide_whose_id_sounds_like_what_is_left_of_one_is_listed_by_its_title(tmp_path: Path) -> None:
    listed = {"kind": "points", "id": "foo-left-out", "title": "P", "minutes": 12, "points": ["Unasked"]}
    deck = deck_folder(tmp_path, {**listed, "priority": "could"}, slide("must"), handout={"left_out": "list"})
    built = deckbuilder.build(deck, output=tmp_path / "out", only=["handout"], fit_minutes=12)
    text = "".join(page.extract_text() for page in PdfReader(built.files[0]).pages)
    assert "Unasked" not in text


@pytest.mark.parametrize(("how", "there"), [("read", ("Why so?", "Perhaps")), ("list", ("Why so?", "Perhaps"))])
def test_questions_and_points_that_go_are_in_the_handout_to_read(
    tmp_path: Path, how: str, there: tuple[str, ...]
) -> None:
    points = ["a", {"text": "Perhaps", "priority": "could"}]
    asked = {"ask": "Why so?", "minutes": 4, "priority": "could", "listen_for": ["Hidden"]}
    listed = {"kind": "points", "title": "P", "minutes": 12, "points": points, "questions": [asked]}
    path = deck_folder(tmp_path, {**listed, "priority": "must"}, handout={"left_out": how})
    deckbuilder.build(path, output=tmp_path / "out", only=["handout"], fit_minutes=4)
    pages = PdfReader(next((tmp_path / "out").rglob("*-handout.pdf"))).pages
    says = " ".join("".join(page.extract_text() for page in pages).split())
    assert all(words in says for words in there)
    assert "Hidden" not in says


def test_questions_and_points_that_say_so_save_time_of_their_slide(tmp_path: Path) -> None:
    question = {"ask": "Why?", "minutes": 4, "priority": "could"}
    points = ["a", {"text": "b", "priority": "could", "points": ["c"]}, "d"]
    listed = {
        "kind": "points",
        "title": "P",
        "minutes": 12,
        "points": points,
        "questions": [question],
        "priority": "must",
    }
    plan = planned(tmp_path, 18, listed, slide("other", priority="must"))
    assert [(p.kind, p.words, p.minutes) for p in plan.left_out] == [("point", "b", 4)]
    plan = planned(tmp_path, 14, listed, slide("other", priority="must"))
    assert [(p.kind, p.words, p.minutes) for p in plan.left_out] == [("question", "Why?", 4), ("point", "b", 4)]
    path = deck_folder(tmp_path / "d", listed, slide("other", priority="must"))
    content = deckbuilder.read(path)
    deck = shortened(content.deck, make_plan(content.deck, None, 14), "More")
    made = deck.sections[0].slides[0]
    assert (made.minutes, [p.text.plain for p in made.points], made.questions) == (4, ["a", "d"], ())
    assert deck.planned_minutes == 14


def test_breaks_count_and_keep_what_they_come_after(tmp_path: Path) -> None:
    session = "breaks: [{minutes: 15, after: here}]\n"
    slides = [slide("here", id="here", priority="could"), slide("there")]
    plan = planned(tmp_path, 25, *slides, session=session)
    assert (plan.before, plan.after, left_out(plan)) == (35, 25, ["there"])


def test_a_section_goes_with_its_last_slide(tmp_path: Path) -> None:
    gone = {"title": "Gone", "slides": [{"kind": "section"}, slide("one", priority="could")]}
    path = deck_folder(tmp_path, sections=[{"title": "Here", "slides": [slide("two")]}, gone])
    content = deckbuilder.read(path)
    deck = shortened(content.deck, make_plan(content.deck, None, 10), "More")
    assert [section.title.plain for section in deck.sections] == ["Here"]


@pytest.mark.parametrize(("how", "words"), [("read", "Onlyhere"), ("list", "Goes"), ("nothing", "")])
def test_the_handout_has_what_was_left_out_as_the_deck_wants(tmp_path: Path, how: str, words: str) -> None:
    away = slide("Goes", priority="could", statement="Only here", cues=[{"say": "Secret words"}], notes="Secret notes")
    path = deck_folder(tmp_path / "d", slide("Stays"), away, handout={"left_out": how})
    [file] = deckbuilder.build(path, fit_minutes=10, output=tmp_path / "out", only=["handout"]).files
    assert file.name == "d-10min-handout.pdf"
    said = squeezed("".join(page.extract_text() for page in PdfReader(file).pages))
    assert ("Moretoread" in said) == (how != "nothing")
    assert words in said
    assert ("Onlyhere" in said) == (how == "read")
    assert "Secret" not in said


def test_a_dry_run_says_what_would_be_left_out_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    deck_folder(tmp_path / "d", slide("Stays", priority="must"), slide("Goes"), slide("Long", 25))
    done = call("build", "d", "--fit-minutes", "35", "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "d-35min: 45 minutes, 35 of 35 with what is left"
    assert "Goes" in done.stdout
    assert "could be shortened instead: 'Long' (25 min)" in done.stdout
    assert not Path("output").exists()
    done = call("build", "d", "--fit-minutes", "5", "--dry-run", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["plans"]["d-5min"]["over"] == 5
    assert call("build", "d", "--dry-run").exit_code == 2


PIECES = st.lists(
    st.fixed_dictionaries(
        {
            "minutes": st.integers(1, 20),
            "priority": st.sampled_from(["must", "should", "could"]),
            "need": st.lists(st.sampled_from(["s0", "s1", "s2", "s3"]), max_size=1),
            "objectives": st.lists(st.sampled_from(["1", "2"]), max_size=1),
        }
    ),
    min_size=4,
    max_size=9,
)


@settings(max_examples=40, deadline=None)
@given(pieces=PIECES, minutes=st.integers(1, 90))
def test_whatever_the_deck_a_plan_keeps_its_promises(pieces: list[dict[str, Any]], minutes: int) -> None:
    slides = [slide(f"S{n}", id=f"s{n}", **piece) for n, piece in enumerate(pieces)]
    for one in slides:
        one["need"] = [name for name in one["need"] if name != one["id"]]
    deck = Deck.model_validate(
        {"title": "T", "objectives": ["A", "B"], "sections": [{"title": "S", "slides": slides}]},
        context={"language": "en"},
    )
    plan = make_plan(deck, None, minutes)
    assert plan == make_plan(deck, None, minutes)
    musts = {s.identity for _, s in deck.slides() if s.priority == "must"}
    assert not musts & plan.gone
    here = {str(s.id): s for _, s in deck.slides() if s.identity not in plan.gone}
    assert all(name in here for s in here.values() for name in s.need)
    if plan.over:
        assert all(s.priority == "must" or _needed(s.id, here, musts) for s in here.values())
    elif here:
        left = shortened(deck, plan, "More")
        assert make_schedule(left, None).total == pytest.approx(plan.after)
        assert plan.after <= minutes + 0.01


def _needed(name: str, here: dict[str, Any], musts: set[str]) -> bool:
    """Whether a must needs the slide, be it by others."""
    known, ahead = set[str](), [s.id for s in here.values() if s.identity in musts]
    while ahead:
        one = ahead.pop()
        if one not in known:
            known.add(one)
            ahead += here[one].need
    return name in known


def test_a_length_in_which_no_slide_has_time_is_an_error_with_the_way_out(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "d", slide("long"), slide("short", 6))
    done = call("build", str(deck), "--fit-minutes", "5", "--output", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert "in 5 minutes there is no time for any slide\nhint: the shortest takes 6 minutes" in done.stderr
    done = call("build", str(deck), "--fit-minutes", "5", "--dry-run")
    assert (done.exit_code, "no slide is left; the shortest takes 6 minutes" in done.stdout) == (1, True)
    assert call("build", str(deck), "--fit-minutes", "6", "--dry-run").exit_code == 0
