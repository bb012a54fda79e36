"""What the page is told of a training."""

from __future__ import annotations

from pathlib import Path

import deckbuilder
from deckbuilder.scaffold import make_deck
from deckbuilder.source import shown_path
from deckbuilder.studio.view import findings_view, training_view


def test_findings_lead_to_slide_and_field_and_minutes_add_up(tmp_path: Path) -> None:
    deck = tmp_path / "my-training"
    make_deck(deck)
    file = deck / "deck.yaml"
    text = file.read_text("utf-8").replace("Write the questions first,", "TODO: write the questions first,")
    file.write_text(text.replace("- TODO: write the questions first, then the slides between them", '- "TODO: write"'))
    arrangement = deckbuilder.arrange(deckbuilder.read(deck))
    found = findings_view(deckbuilder.check(deck).diagnostics, arrangement, shown_path(file))
    (left,) = (one for one in found if one["code"] == "leftover")
    view = training_view(arrangement, [f"s{n}" for n in range(len(arrangement.frames))], {})
    rows = [row for section in view["sections"] for row in section["rows"]]
    (row,) = (row for row in rows if row["id"] == left["slide"])
    assert row["title"] == "When you are back at your desk"
    assert left["field"] == "points.0.text"
    assert view["total"] == sum(row["minutes"] for row in rows) == sum(s["minutes"] for s in view["sections"])


def test_each_of_several_days_is_named_where_it_begins(tmp_path: Path) -> None:
    deck = tmp_path / "my-training"
    make_deck(deck)
    sections = deckbuilder.read(deck).deck.sections
    begins = sections[1].title.plain
    (deck / "session.yaml").write_text(
        f"days: [{{date: 2027-03-15, start: '09:00'}}, {{begins: {begins!r}, start: '10:00'}}]"
    )
    arrangement = deckbuilder.arrange(deckbuilder.read(deck, session=deck / "session.yaml"))
    view = training_view(arrangement, [f"s{n}" for n in range(len(arrangement.frames))], {})
    days = [(row["day"], row["clock"]) for section in view["sections"] for row in section["rows"] if "day" in row]
    assert days == [("Day 1 · March 15, 2027 · 09:00 – 09:03", "09:00"), ("Day 2 · 10:00 – 10:25", "10:00")]
    assert view["sections"][1]["rows"][0]["day"] == "Day 2 · 10:00 – 10:25"
