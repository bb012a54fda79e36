"""Kinds of slide for what happens in the room."""

from __future__ import annotations

import re
from collections.abc import Callable

from deckbuilder.importing.ours.shared import Fields, grouping_said, number_in
from deckbuilder.importing.ours.told import Told
from deckbuilder.importing.page import Page
from deckbuilder.languages import Language, spoken


def _discussion(t: Told, page: Page) -> Fields:
    before = [line.plainly() for line in t.lines("text") if line.level == 1]
    return {"text": page.body(*before)} if before else {}


def _activity(t: Told, page: Page) -> Fields:
    out: Fields = {"instructions": page.body(*t.lines("instructions"))}
    who = " ".join(line.words for line in t.lines("group_size", "grouping"))
    if t.has("group_size") and (size := re.search(r"\d+", who)):
        out["group_size"] = int(size[0])
    elif grouping := grouping_said(who):
        out["grouping"] = grouping
    if minutes := number_in(" ".join(line.words for line in t.lines("minutes"))):
        out["minutes"] = minutes
    items = [page.inline(line) for line in t.lines("materials") if line.marker]
    return out | ({"materials": items} if items else {})


def _break(t: Told, page: Page) -> Fields:
    minutes = number_in(" ".join(line.words for line in t.lines("minutes")))
    lines = t.lines("text")
    backs = [str((Language(tag).words or {}).get("back_at", "")).partition("{")[0].strip() for tag in spoken()]
    lines = [line for line in lines if not any(back and line.words.startswith(back) for back in backs)]
    return {"minutes": minutes} | ({"text": page.inline(*lines)} if lines else {})


def _poll(t: Told, page: Page) -> Fields:
    out: Fields = {"question": page.inline(*t.once("question"))}
    out["options"] = [page.inline(line.plainly()) for line in t.lines("options")]
    if join := next((link for line in t.lines("join") for link in line.links), None):
        out["join"] = join
    return out


def _quiz(t: Told, page: Page) -> Fields:
    """The answers that the file shows; which are right stands in the notes, with what facilitators say."""
    names = [f"options[{n}].text" for n in range(t.count("options"))]
    options = [page.inline(line.plainly()) for line in t.lines(*names)]
    return {"question": page.inline(*t.lines("question")), "options": options}


UNDO: dict[str, Callable[[Told, Page], Fields]] = {
    "discussion": _discussion,
    "activity": _activity,
    "break": _break,
    "poll": _poll,
    "quiz": _quiz,
}
"""By kind, what takes its fields out of what its placeholders say."""
