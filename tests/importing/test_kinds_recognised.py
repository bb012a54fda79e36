"""An old-style deck comes in as the kinds that its slides are: text boxes, photographs, a footer on each slide."""

from __future__ import annotations

from pathlib import Path

import pytest
from importing_tools import imported, slides_of
from old_style import Old, write_old

FOOTER = "Riverside Training  © 2017 Riverside Training"

# Each slide with the kind that it is.
SLIDES: list[tuple[str, Old]] = [
    ("cover", Old("Working with Volunteers", [["By Ada Example & Ben Sample"], ["A day for coordinators"]])),
    ("objectives", Old("Learning Objectives", [["- **Name** what volunteers look for", "- **Plan** a first day"]])),
    ("section", Old("Why people help", section=True)),
    (
        "definition",
        Old("Volunteering Defined", [["Volunteering is work that people do for others without being paid."]]),
    ),
    (
        "quote",
        Old(
            "Volunteering Defined",
            [["“Nobody is useless who lightens somebody's burden.”"], ["*Ada Example*", "Coordinator, Riverside"]],
        ),
    ),
    (
        "quote",
        Old(
            "A longer word",
            [
                ["We came for the work and stayed for the people we met, and nobody had told us."],
                ["Ben Sample, Treasurer"],
            ],
        ),
    ),
    (
        "narrative",
        Old(
            "How it began",
            [["The kitchen opened in a church hall. Nobody had a plan, and forty people came on the first evening."]],
            photographs=1,
        ),
    ),
    (
        "points",
        Old("What people look for", [["- Company", "- Something to learn", "  - From others", "- A place in town"]]),
    ),
    (
        "steps",
        Old("Three steps to a first day", [["1. Greet them at the door", "2. Show them round", "3. Give a task"]]),
    ),
    ("timeline", Old("Milestones", [["1998: The kitchen opens", "2004: A second hall", "2011 – 2013: Repairs"]])),
    ("discussion", Old("Talk about it", [["What brought you here?", "What would make you leave?"]])),
    (
        "activity",
        Old(
            "Exercise: the first hour",
            [["In groups of 4, write down what happens. Take 15 minutes.", "Show it on the wall."]],
        ),
    ),
    ("statement", Old("Consider this", [["A volunteer who is thanked once a year has been thanked too late."]])),
    (
        "resource",
        Old(
            "Resources",
            [
                ["**Volunteer Centre**"],
                ["A place that matches people with work."],
                ["**For people who...**", "- Look for a task", "- Are new in town"],
                ["[volunteers.example.org](https://volunteers.example.org)"],
            ],
        ),
    ),
    *(
        ("principle", Old("Our principles", [["A volunteer...", f"- {words}"]]))
        for words in ("may say no at any time", "is told what the work is for", "has one person to turn to")
    ),
    ("picture", Old("The hall today", photographs=1, alt="A hall with tables")),
    ("grid", Old("Three halls", photographs=3, alt="A hall")),
    ("references", Old("References", [["- Example, A., *Kitchens*, 2011", "- Sample, B., *Halls*, 2013"]])),
    ("closing", Old("Thank you!", [["See you on Thursday"]])),
]


@pytest.mark.slow
def test_slides_become_the_kinds_that_they_are(tmp_path: Path) -> None:
    old = write_old([slide for _, slide in SLIDES], tmp_path / "old.pptx", FOOTER)
    report, deck = imported(old, tmp_path)
    became = [row.kinds[0] for row in report.slides]
    assert list(zip(became, [s.title for _, s in SLIDES], strict=True)) == [(kind, s.title) for kind, s in SLIDES]
    assert not report.repeated
    slides = slides_of(deck)
    assert deck["title"] == "Working with Volunteers"
    assert deck["authors"] == ["Ada Example", "Ben Sample"]
    assert deck["copyright"] == "Riverside Training © 2017 Riverside Training"
    assert deck["objectives"] == ["**Name** what volunteers look for", "**Plan** a first day"]
    assert [s["title"] for s in deck["sections"]] == ["Working with Volunteers", "Why people help"]
    quote = next(s for s in slides if s["kind"] == "quote")
    assert (quote["quote"], quote["author"]) == ("Nobody is useless who lightens somebody's burden.", "Ada Example")
    points = next(s for s in slides if s["kind"] == "points")
    assert points["points"][1] == {"text": "Something to learn", "points": ["From others"]}
    activity = next(s for s in slides if s["kind"] == "activity")
    assert (activity["grouping"], activity["group_size"], activity["minutes"]) == ("small groups", 4, 15)
    resource = next(s for s in slides if s["kind"] == "resource")
    assert resource["links"] == [{"text": "volunteers.example.org", "url": "https://volunteers.example.org"}]
    assert resource["audience_points"] == ["Look for a task", "Are new in town"]
    assert [s["lead_in"] for s in slides if s["kind"] == "principle"] == ["A volunteer..."] * 3
    assert next(s for s in slides if s["kind"] == "timeline")["events"][2] == {"when": "2011 – 2013", "text": "Repairs"}
