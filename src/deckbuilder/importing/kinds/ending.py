"""How decks end: resources, references, thanks."""

from __future__ import annotations

from typing import Any

from deckbuilder.importing.kinds.shared import listed, one_picture, points_of, words_in
from deckbuilder.importing.markup import leads_nowhere
from deckbuilder.importing.old import Line
from deckbuilder.importing.page import Guess, Page
from deckbuilder.importing.terms import CLOSING, REFERENCES, RESOURCE


def resource(page: Page) -> Guess | None:
    """What it is called, what it is, whom it is for, where it is: with a link, or under a title that says resources."""
    lines = list(page.lines)
    if not page.title or not page.wordy or len(lines) < 2:
        return None
    named = bool(RESOURCE.search(page.heading))
    links = [line for line in lines if _is_link(line)]
    if not named and not links:
        return None
    rest = [line for line in lines if line not in links]
    if len(links) > 3:
        return None
    if not rest or rest[0].marker:
        return None
    head = rest.pop(0) if len(rest[0].words.split()) <= 10 and not rest[0].words.endswith(".") else None
    lead = next((n for n, line in enumerate(rest) if n and not line.marker and _leads(line, rest[n + 1 :])), None)
    text = rest[:lead]
    if not text or any(line.marker for line in text) or (lead is None and not named):
        return None
    after = rest[lead + 1 :] if lead is not None else []
    if after and not listed(after):
        return None
    if head is None and lead is None:
        return None
    fields: dict[str, Any] = {"name": page.heads(head) if head else page.heads(*page.title)}
    fields["text"] = page.body(*text)
    if lead is not None:
        fields["audience"] = page.heads(rest[lead])
    if after:
        fields["audience_points"] = points_of(page, after)
    if links:
        fields["links"] = [_link(page, line) for line in links]
    sure = 0.9 if named and links else 0.87 if named else 0.8
    return Guess("resource", fields, sure, "what it is, whom it is for, and where", images=one_picture(page))


def _leads(line: Line, behind: list[Line]) -> bool:
    """Whether a line leads into whom something is for, or stands by itself as such a word."""
    if behind and not listed(behind):
        return False
    return (
        line.bold
        or line.words.endswith((":", "...", "…"))
        or (len(line.words.split()) <= 8 and not line.words.endswith("."))
    )


def _is_link(line: Line) -> bool:
    """Whether a line is nothing but one link."""
    links = line.links
    whole = all(run.link for run in line.runs if run.text.strip())
    return len(links) == 1 and whole and not leads_nowhere(links[0]) and not links[0].startswith("#")


def _link(page: Page, line: Line) -> dict[str, str]:
    return {"text": page.inline(Line(tuple(_unlinked(line)))), "url": line.links[0]}


def _unlinked(line: Line) -> list[Any]:
    from dataclasses import replace

    return [replace(run, link=None) for run in line.runs]


def references(page: Page) -> Guess | None:
    """A list of where things are from."""
    if not page.title or not REFERENCES.fullmatch(page.heading.strip(" :.")) or not page.wordy or page.images:
        return None
    lines = list(page.lines)
    if not lines or any(line.level for line in lines):
        return None
    entries = [
        {"id": f"source-{page.slide.number}-{n}", "text": page.inline(line.plainly())}
        for n, line in enumerate(lines, 1)
    ]
    fields = {"title": page.heads(*page.title), "sources": [entry["id"] for entry in entries]}
    return Guess("references", fields, 0.93, "a list of sources", {"references": entries}, untitled=True)


def closing(page: Page) -> Guess | None:
    """The last slide, with thanks."""
    last = page.place >= page.count - 2 and page.place > 0
    if not page.title or not page.wordy or page.images or not CLOSING.search(page.heading) or not last:
        return None
    if len(page.heading.split()) > 8 or words_in(page.lines) > 80:
        return None
    links = [line for line in page.lines if _is_link(line)][:3]
    rest = [line for line in page.lines if line not in links]
    fields: dict[str, Any] = {"title": page.heads(*page.title)}
    if rest:
        fields["text"] = page.body(*rest)
    if links:
        fields["links"] = [_link(page, line) for line in links]
    return Guess("closing", fields, 0.965, "the last slide, with thanks", untitled=True)
