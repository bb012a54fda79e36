"""Slides for what happens in the room: a discussion, an activity, a poll, a break."""

from __future__ import annotations

import re
from typing import Any

from deckbuilder.importing.kinds.shared import words_in
from deckbuilder.importing.old import Line
from deckbuilder.importing.page import Guess, Page
from deckbuilder.importing.terms import ACTIVITY, ALONE, ASKING, BREAK, CLOSING, DISCUSSION, GROUPS, MINUTES, PAIRS


def is_question(line: Line) -> bool:
    """Whether a line asks something."""
    return re.search(rf"[{ASKING};]\s*[)\]”\"’»]*$", line.words) is not None and asks_in(line.plain)


def asks_in(words: str) -> bool:
    """Whether there is a sign in the words that ends a question."""
    return any(sign in words for sign in ASKING)


def grouping_of(words: str) -> str | None:
    """Who talks to whom, as words say it; None where they do not."""
    found = [
        name for name, term in (("pairs", PAIRS), ("small groups", GROUPS), ("alone", ALONE)) if term.search(words)
    ]
    return found[0] if len(found) == 1 else None


def minutes_of(words: str) -> int | None:
    """The minutes that words give, where they give one number; None else."""
    found = {int(m[1]) for m in MINUTES.finditer(words)}
    return found.pop() if len(found) == 1 and 0 < min(found, default=0) <= 240 else None


def discussion(page: Page) -> Guess | None:
    """Questions and little else."""
    if not page.title or not page.wordy or page.images or not page.lines:
        return None
    lines = list(page.lines)
    if any(line.level for line in lines if line.marker) or CLOSING.fullmatch(page.heading.strip(f" {ASKING}!.")):
        return None
    asked = [n for n, line in enumerate(lines) if asks_in(line.plain)]
    named = bool(DISCUSSION.search(page.heading))
    if not asked or asked != list(range(asked[0], len(lines))):
        return None
    before = lines[: asked[0]]
    if words_in(before) > 45 or (before and not named and words_in(before) > words_in([lines[n] for n in asked])):
        return None
    questions: list[Any] = []
    about = " ".join([page.heading, *(line.words for line in lines)])
    grouping, minutes = grouping_of(about), minutes_of(about)
    for n in asked:
        question: dict[str, Any] = {"ask": page.inline(lines[n].plainly())}
        if grouping:
            question["grouping"] = grouping
        questions.append(question)
    fields: dict[str, Any] = {"text": page.body(*before)} if before else {}
    fields["questions"] = questions
    if minutes:
        fields["minutes"] = minutes
    return Guess("discussion", fields, 0.94 if named else 0.88, "its text asks questions")


def question(page: Page) -> Guess | None:
    """A title that asks, with a few words beside it at most."""
    asks = page.heading.endswith(tuple(ASKING)) and 3 <= len(page.heading.split()) <= 40
    few = words_in(page.lines) <= 14 and not any(line.marker for line in page.lines) and len(page.lines) <= 3
    if not asks or not few or not page.wordy or page.images or CLOSING.fullmatch(page.heading.strip(f" {ASKING}!.")):
        return None
    ask: dict[str, Any] = {"ask": page.heads(*page.title)}
    about = " ".join([page.heading, *(line.words for line in page.lines)])
    if grouping := grouping_of(about):
        ask["grouping"] = grouping
    if minutes := minutes_of(about):
        ask["minutes"] = minutes
    fields: dict[str, Any] = {"text": page.body(*page.lines)} if page.lines else {}
    return Guess("discussion", {**fields, "questions": [ask]}, 0.86, "its title is a question")


def activity(page: Page) -> Guess | None:
    """Something to do: the title says so, or the text says with whom and for how long."""
    if not page.title or not page.wordy or page.images or not page.lines:
        return None
    words = " ".join(line.words for line in page.lines)
    named = ACTIVITY.search(page.heading)
    told = grouping_of(words) is not None and minutes_of(words) is not None and words_in(page.lines) > 12
    if not named and not told:
        return None
    fields: dict[str, Any] = {"instructions": page.body(*page.lines)}
    about = f"{page.heading} {words}"
    if grouping := grouping_of(about):
        fields["grouping"] = grouping
    if size := re.search(r"groups? of (\d{1,2})\b|(\d)er-?gruppen", about, re.IGNORECASE):
        count = int(size[1] or size[2])
        if 2 <= count <= 50:
            fields["group_size"] = count
    if minutes := minutes_of(about):
        fields["minutes"] = minutes
    return Guess(
        "activity",
        fields,
        0.87 if named else 0.84,
        "its title says an exercise" if named else "it says with whom and how long",
    )


def poll(page: Page) -> Guess | None:
    """A question, and answers with letters."""
    lines = list(page.lines)
    if not page.title or not page.wordy or page.images or len(lines) < 2:
        return None
    question = lines.pop(0) if not lines[0].marker else None
    if not 2 <= len(lines) <= 10 or any(line.marker != "letter" or line.level for line in lines):
        return None
    if question is None and not page.heading.endswith(tuple(ASKING)):
        return None
    fields = {
        "question": page.inline(question) if question else page.heads(*page.title),
        "options": [page.inline(line) for line in lines],
    }
    return Guess("poll", fields, 0.88, "a question with answers that have letters")


def pause(page: Page) -> Guess | None:
    """A break that says how long it is."""
    minutes = minutes_of(" ".join([page.heading, *(line.words for line in page.lines)]))
    short = len(page.heading.split()) <= 5 and words_in(page.lines) <= 20
    if not page.title or not page.wordy or page.images or not minutes or not short or not BREAK.search(page.heading):
        return None
    fields: dict[str, Any] = {"minutes": minutes, "title": page.heads(*page.title)}
    if page.lines:
        fields["text"] = page.inline(*(line.plainly() for line in page.lines))
    return Guess("break", fields, 0.92, "its title says a break, and how long", untitled=True)
