"""Minutes, breaks and clock times; totals of materials."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuilder.checks.teaching import check_questions, check_schedule
from deckbuilder.content.deck import Deck
from deckbuilder.content.discussion import Material
from deckbuilder.content.schedule import Block, Schedule, clock_time, make_schedule, slide_minutes
from deckbuilder.content.session import Session
from deckbuilder.diagnostics import Diagnostics


def slide(minutes: float | None = None, kind: str = "statement", **more: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {"kind": kind, **more}
    if kind == "statement":
        fields |= {"title": "T", "statement": "S"}
    if minutes is not None:
        fields["minutes"] = minutes
    return fields


def deck(*sections: list[dict[str, Any]], **more: Any) -> Deck:
    """A deck whose sections are called A, B, C …"""
    parts = [{"title": "ABCDEF"[n], "slides": slides} for n, slides in enumerate(sections)]
    return Deck.model_validate({"title": "T", "sections": parts, **more})


def session(*breaks: dict[str, Any], start: str | None = "09:00") -> Session:
    return Session.model_validate({"start": start, "breaks": list(breaks)})


def scheduled(deck: Deck, session: Session | None = None) -> tuple[Schedule, list[str]]:
    problems = Diagnostics()
    schedule = make_schedule(deck, session)
    check_questions(deck, problems)
    check_schedule(deck, session, schedule, problems)
    return schedule, [d.message for d in problems]


def shape(schedule: Schedule) -> list[tuple[float, float, str | None, bool]]:
    """Each block's start, minutes, clock time, and whether it is a break."""
    return [(b.start, b.minutes, b.clock, b.slide is None) for b in schedule.blocks]


def first(deck: Deck) -> Any:
    return next(s for _, s in deck.slides())


def test_a_slides_own_minutes_count() -> None:
    one = deck([slide(7.5)])
    assert slide_minutes(first(one), one) == (7.5, False)


def test_zero_minutes_are_minutes() -> None:
    one = deck([slide(0)], default_minutes=9)
    assert slide_minutes(first(one), one) == (0, False)
    assert scheduled(one) == (Schedule((Block(0, 0, None, None, one.sections[0], first(one)),), 0), [])


def test_without_minutes_the_questions_count() -> None:
    one = deck([slide(questions=[{"ask": "a", "minutes": 3}, {"ask": "b"}, {"ask": "c", "minutes": 4.5}])])
    assert slide_minutes(first(one), one) == (7.5, False)


def test_questions_without_minutes_leave_the_default() -> None:
    one = deck([slide(questions=["a", "b"])], default_minutes=4)
    assert slide_minutes(first(one), one) == (4, True)


@pytest.mark.parametrize("kind", ["cover", "section"])
def test_covers_and_section_slides_take_no_time_unless_told(kind: str) -> None:
    one = deck([slide(kind=kind)])
    assert slide_minutes(first(one), one) == (0, False)
    two = deck([slide(2, kind=kind)])
    assert slide_minutes(first(two), two) == (2, False)


@pytest.mark.parametrize("kind", ["agenda", "objectives", "closing"])
def test_other_slides_without_minutes_take_the_default(kind: str) -> None:
    one = deck([slide(kind=kind)])
    assert slide_minutes(first(one), one) == (2, True)


def test_estimated_slides_are_marked_and_warned_about_once() -> None:
    one = deck([slide(), slide(5), slide()])
    schedule, said = scheduled(one)
    assert [b.estimated for b in schedule.blocks] == [True, False, True]
    assert said == ["2 slides have no 'minutes' and are counted as 2 each"]
    assert schedule.total == 9


def test_who_says_what_slides_without_minutes_count_as_is_not_warned() -> None:
    schedule, said = scheduled(deck([slide(), slide(5), slide()], default_minutes=3))
    assert [b.estimated for b in schedule.blocks] == [True, False, True]
    assert said == []
    assert schedule.total == 11


def test_a_single_estimated_slide_is_told_in_the_singular() -> None:
    _, (said,) = scheduled(deck([slide()]))
    assert said.startswith("this slide has no 'minutes' and is counted as 2")
    assert "each" not in said


def test_slides_follow_one_another_on_the_clock() -> None:
    schedule, said = scheduled(deck([slide(5), slide(10.5)], [slide(50)]), session())
    assert said == []
    assert shape(schedule) == [
        (0, 5, "09:00", False),
        (5, 10.5, "09:05", False),
        (15.5, 50, "09:16", False),
    ]
    assert schedule.total == 65.5


def test_without_a_start_there_are_no_clock_times() -> None:
    one = deck([slide(5)])
    assert shape(scheduled(one)[0]) == [(0, 5, None, False)]
    assert shape(scheduled(one, session(start=None))[0]) == [(0, 5, None, False)]


def test_a_break_follows_its_section() -> None:
    one = deck([slide(5), slide(5)], [slide(5)])
    schedule, said = scheduled(one, session({"minutes": 15, "after": "A"}))
    assert said == []
    assert [b.slide is None for b in schedule.blocks] == [False, False, True, False]
    assert [b.clock for b in schedule.blocks] == ["09:00", "09:05", "09:10", "09:25"]
    assert schedule.blocks[2].section is one.sections[0]
    assert schedule.total == 30


def test_a_break_follows_its_slide() -> None:
    schedule, said = scheduled(deck([slide(5, id="x"), slide(5)]), session({"minutes": 15, "after": "x"}))
    assert said == []
    assert [b.slide is None for b in schedule.blocks] == [False, True, False]


@pytest.mark.parametrize(
    ("at", "place"), [("09:05", 1), ("9:06", 2), ("09:10", 2), ("09:11", 3), ("09:15", 3), ("09:00", 1)]
)
def test_a_break_at_a_time_comes_at_the_next_slide_change(at: str, place: int) -> None:
    one = deck([slide(5), slide(5)], [slide(5), slide(5)])
    schedule, said = scheduled(one, session({"minutes": 15, "at": at}))
    assert said == []
    assert [n for n, b in enumerate(schedule.blocks) if b.slide is None] == [place]


def test_breaks_at_times_count_earlier_breaks() -> None:
    one = deck([slide(10), slide(10), slide(10)])
    schedule, _ = scheduled(one, session({"minutes": 15, "after": "A"}, {"minutes": 5, "at": "09:10"}))
    assert [(b.clock, b.slide is None) for b in schedule.blocks] == [
        ("09:00", False),
        ("09:10", True),
        ("09:15", False),
        ("09:25", False),
        ("09:35", True),
    ]


def test_two_breaks_due_at_once_both_come_in_order() -> None:
    schedule, _ = scheduled(
        deck([slide(10), slide(10)]), session({"minutes": 5, "at": "09:10"}, {"minutes": 6, "at": "09:05"})
    )
    assert [b.minutes for b in schedule.blocks] == [10, 5, 6, 10]


@pytest.mark.parametrize("at", ["09:10", "12:00"])
def test_a_break_after_the_end_is_left_out_with_a_warning(at: str) -> None:
    schedule, said = scheduled(deck([slide(10)]), session({"minutes": 15, "at": at}))
    assert said == ["this break comes after the end and is left out"]
    assert schedule.total == 10


def test_a_break_at_a_time_needs_a_start() -> None:
    schedule, said = scheduled(deck([slide(10), slide(10)]), session({"minutes": 15, "at": "09:10"}, start=None))
    assert said == ["a break at a time of day needs the session's 'start'; it is left out"]
    assert schedule.total == 20


def test_equal_breaks_are_two_breaks() -> None:
    one = deck([slide(10)], [slide(10)])
    again = {"minutes": 5, "after": "A"}
    schedule, said = scheduled(one, session(again, dict(again)))
    assert said == []
    assert [b.minutes for b in schedule.blocks] == [10, 5, 5, 10]


def test_sections_of_one_title_have_the_break_once() -> None:
    one = Deck.model_validate(
        {"title": "T", "sections": [{"title": "A", "slides": [slide(5)]}, {"title": "A", "slides": [slide(5)]}]}
    )
    schedule, said = scheduled(one, session({"minutes": 15, "after": "A"}))
    assert said == []
    assert schedule.total == 25


def test_a_session_past_midnight_goes_on_at_zero() -> None:
    schedule, _ = scheduled(deck([slide(90), slide(60)]), session(start="23:00"))
    assert [b.clock for b in schedule.blocks] == ["23:00", "00:30"]


def test_questions_longer_than_their_slide_are_warned_about() -> None:
    long = slide(5, questions=[{"ask": "a", "minutes": 3}, {"ask": "b", "minutes": 3}])
    just = slide(6, questions=[{"ask": "a", "minutes": 3}, {"ask": "b", "minutes": 3}])
    _, said = scheduled(deck([long, just]))
    assert said == ["the questions take 6 minutes, the slide only 5"]


def test_equal_slides_have_blocks_of_their_own() -> None:
    one = deck([slide(5), slide(5)])
    schedule, _ = scheduled(one)
    assert [schedule.of(s).start for _, s in one.slides()] == [0, 5]


def test_the_blocks_of_a_section_leave_breaks_out() -> None:
    one = deck([slide(5), slide(6)], [slide(7)])
    schedule, _ = scheduled(one, session({"minutes": 15, "after": "A"}))
    assert [b.minutes for b in schedule.of_section(one.sections[0])] == [5, 6]
    assert [b.minutes for b in schedule.of_section(one.sections[1])] == [7]


@pytest.mark.parametrize(
    ("start", "minutes", "clock"),
    [("09:00", 0, "09:00"), ("09:05", 55, "10:00"), ("23:59", 1, "00:00"), ("08:00", 24 * 60 + 5, "08:05")],
)
def test_clock_times(start: str, minutes: float, clock: str) -> None:
    assert clock_time(session(start=start).start, minutes, "en-US") == clock


def test_half_minutes_are_rounded_one_way() -> None:
    start = session().start
    assert [clock_time(start, m, "en-US") for m in (0.5, 1.5, 2.5)] in (
        ["09:00", "09:01", "09:02"],
        ["09:01", "09:02", "09:03"],
    )


@given(st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=4), min_size=1, max_size=4), st.integers(0, 60))
def test_blocks_leave_no_gap_and_add_up(minutes: list[list[int]], pause: int) -> None:
    one = deck(*[[slide(m) for m in section] for section in minutes])
    schedule, _ = scheduled(one, session({"minutes": pause, "after": "A"}))
    now = 0.0
    for block in schedule.blocks:
        assert block.start == now
        now += block.minutes
    assert schedule.total == now == sum(map(sum, minutes)) + pause
    assert [id(b.slide) for b in schedule.blocks if b.slide] == [id(s) for _, s in one.slides()]


@pytest.mark.parametrize(
    ("per", "participants", "group_size", "total"),
    [
        ("room", 18, 4, 2),
        ("participant", 18, 4, 36),
        ("pair", 18, 4, 18),
        ("pair", 19, 4, 20),
        ("group", 18, 4, 10),
        ("group", 16, 4, 8),
        ("group", 1, 20, 2),
    ],
)
def test_materials_are_counted_for_those_who_share_them(
    per: str, participants: int, group_size: int, total: int
) -> None:
    material = Material.model_validate({"item": "Pen", "quantity": 2, "per": per})
    assert material.total(participants, group_size) == total


def test_a_material_is_one_for_the_room_unless_told() -> None:
    material = Material.model_validate("Pen")
    assert (material.item.plain, material.quantity, material.per) == ("Pen", 1, "room")
    assert material.total(100, 4) == 1


@pytest.mark.parametrize("places", [["handout"], ["guide"], ["handout", "guide"]])
def test_a_slide_that_is_not_in_the_deck_takes_no_time_unless_it_has_minutes(places: list[str]) -> None:
    one = deck([slide(5), slide(show=places), slide(4, show=places), slide(1)], default_minutes=9)
    schedule, problems = scheduled(one, session())
    assert shape(schedule) == [
        (0, 5, "09:00", False),
        (5, 0, "09:05", False),
        (5, 4, "09:05", False),
        (9, 1, "09:09", False),
    ]
    assert problems == []


def several_days(*days: dict[str, Any], **more: Any) -> Session:
    return Session.model_validate({"days": list(days), **more})


def test_each_day_has_a_clock_of_its_own() -> None:
    one = deck([slide(30), slide(30, id="late")], [slide(60)], [slide(20)])
    given = several_days(
        {"date": "2027-03-15", "start": "09:00"},
        {"begins": "late", "place": "Library"},
        {"begins": "C"},
        start="10:00",
        place="Hall",
    )
    schedule, said = scheduled(one, given)
    assert said == []
    assert [(b.day, b.start, b.clock, b.end) for b in schedule.blocks] == [
        (1, 0, "09:00", "09:30"),
        (2, 0, "10:00", "10:30"),
        (2, 30, "10:30", "11:30"),
        (3, 0, "10:00", "10:20"),
    ]
    assert schedule.total == 140
    assert [(d.number, d.minutes, d.start, d.end, d.date, d.place) for d in schedule.days] == [
        (1, 30, "09:00", "09:30", "March 15, 2027", "Hall"),
        (2, 90, "10:00", "11:30", "", "Library"),
        (3, 20, "10:00", "10:20", "", "Hall"),
    ]
    assert [[b.day for b in part] for part in schedule.parts_of(one.sections[0])] == [[1], [2]]


def test_breaks_of_the_session_come_each_day_and_those_of_a_day_on_it() -> None:
    one = deck([slide(30), slide(30), slide(30)], [slide(30), slide(30), slide(30)])
    tea, walk = {"minutes": 10, "at": "09:30", "label": "Tea"}, {"minutes": 5, "at": "09:50", "label": "Walk"}
    given = several_days(
        {}, {"begins": "B", "breaks": [walk, {"minutes": 7, "after": "B"}]}, start="09:00", breaks=[tea]
    )
    schedule, said = scheduled(one, given)
    assert said == []
    pauses = [(b.day, b.pause.label, b.clock) for b in schedule.blocks if b.pause]
    assert pauses == [(1, "Tea", "09:30"), (2, "Tea", "09:30"), (2, "Walk", "10:10"), (2, None, "10:45")]


def test_a_break_that_comes_on_no_day_is_told() -> None:
    one = deck([slide(30)], [slide(30)])
    late = several_days({}, {"begins": "B"}, start="09:00", breaks=[{"minutes": 5, "at": "12:00"}])
    assert scheduled(one, late)[1] == ["this break comes after the end and is left out"]
    unclocked = several_days({"start": "09:00"}, {"begins": "B", "breaks": [{"minutes": 5, "at": "12:00"}]})
    assert "needs the session's 'start'" in scheduled(one, unclocked)[1][0]


@given(st.lists(st.lists(st.integers(0, 90), min_size=1, max_size=4), min_size=1, max_size=5), st.data())
def test_days_share_out_what_one_day_has(minutes: list[list[int]], data: st.DataObject) -> None:
    """Every slide is on one day, in order, and the minutes add up to those of a single day."""
    one = deck(*[[slide(m) for m in section] for section in minutes])
    begins = data.draw(st.lists(st.sampled_from("ABCDE"[1 : len(minutes)] or "-"), unique=True).map(sorted))
    given = several_days({}, *({"begins": name} for name in begins if name != "-"), start="09:00")
    schedule = make_schedule(one, given)
    alone = make_schedule(one, session())
    assert [b.slide for b in schedule.blocks] == [b.slide for b in alone.blocks]
    assert schedule.total == alone.total
    assert [b.day for b in schedule.blocks] == sorted(b.day for b in schedule.blocks)
    for day in schedule.days:
        own = [b for b in schedule.blocks if b.day == day.number]
        assert own[0].start == 0
        assert own[-1].start + own[-1].minutes == day.minutes
