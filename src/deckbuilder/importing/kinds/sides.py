"""Slides of two sides: columns, a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deckbuilder.importing.kinds.shared import listed, points_of, split_list
from deckbuilder.importing.old import Line, Shape
from deckbuilder.importing.page import Guess, Page
from deckbuilder.importing.terms import COMPARE
from deckbuilder.units import Rect


def comparison(page: Page) -> Guess | None:
    """Two boxes side by side, each with a heading."""
    pairs = _headed(page)
    if pairs is None:
        return None
    sides = [{"heading": page.heads(*heading), **_column(page, lines)} for heading, lines in pairs]
    named = page.slide.kind == "twoTxTwoObj" or bool(COMPARE.search(page.heading))
    return Guess("comparison", {"sides": sides}, 0.93 if named else 0.83, "two sides with a heading each")


def columns(page: Page) -> Guess | None:
    """Two boxes side by side."""
    if not page.title or not page.wordy or page.images or len(page.texts) != 2:
        return None
    left, right = page.texts
    if not _beside(left.rect, right.rect):
        return None
    if (
        left.rect
        and right.rect
        and min(left.rect.width, right.rect.width) < 0.4 * max(left.rect.width, right.rect.width)
    ):
        return None
    sides = []
    for box in (left, right):
        lines = list(box.lines)
        column: dict[str, Any] = {}
        if len(lines) > 1 and not lines[0].marker and lines[0].bold and len(lines[0].words) < 60:
            column["heading"] = page.heads(lines.pop(0))
        sides.append({**column, **_column(page, lines)})
    return Guess("columns", {"columns": sides}, 0.86, "two boxes of text side by side")


def _headed(page: Page) -> list[tuple[Sequence[Line], Sequence[Line]]] | None:
    """Headings and texts of two sides; None where there are no two."""
    if not page.title or not page.wordy or page.images:
        return None
    texts = page.texts
    if len(texts) == 4 and all(t.rect for t in texts):
        by = sorted(texts, key=lambda t: (t.rect.x if t.rect else 0, t.rect.y if t.rect else 0))
        sides = [by[:2], by[2:]]
        if all(_heads(a) and a.rect and b.rect and a.rect.y < b.rect.y for a, b in sides) and _beside(
            by[1].rect, by[3].rect
        ):
            return [(a.lines, b.lines) for a, b in sides]
    if len(texts) == 2 and _beside(texts[0].rect, texts[1].rect) and COMPARE.search(page.heading):
        found = [(t.lines[:1], t.lines[1:]) for t in texts]
        if all(head and rest and not head[0].marker and len(head[0].words) < 60 for head, rest in found):
            return found  # type: ignore[return-value]
    return None


def _heads(box: Shape) -> bool:
    return len(box.lines) == 1 and not box.lines[0].marker and len(box.lines[0].words) < 80


def _beside(left: Rect | None, right: Rect | None) -> bool:
    if left is None or right is None:
        return False
    shared = min(left.bottom, right.bottom) - max(left.y, right.y)
    return left.right <= right.x + 12 and shared > 0.5 * min(left.height, right.height)


def _column(page: Page, lines: Sequence[Line]) -> dict[str, Any]:
    if listed(lines):
        return {"points": points_of(page, lines)} if lines[0].marker == "bullet" else {"text": page.body(*lines)}
    found = split_list(lines)
    if found and not found[2] and all(line.marker == "bullet" for line in found[1]):
        return {"text": page.body(*found[0]), "points": points_of(page, found[1])}
    return {"text": page.body(*lines)}
