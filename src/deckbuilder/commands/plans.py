"""Plans as people read them: what is left out, what that saves and costs, and what could be shortened instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckbuilder.api import Plan

_WIDEST = 60  # characters of a title in the table


def lines(name: str, plan: Plan) -> Iterator[str]:
    """The plan, line by line. `name` is what the files are called."""
    yield f"{name}: {_minutes(plan.before)} minutes, {_minutes(plan.after)} of {_minutes(plan.minutes)} with what is left"
    rows = [("saves", "priority", "", "line", "left out")]
    rows += [
        (_minutes(p.minutes), p.priority, p.kind, str(p.at.line) if p.at else "", _short(p.words))
        for p in plan.left_out
    ]
    if plan.left_out:
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        for saves, priority, kind, line, words in rows:
            first = f"  {saves:>{widths[0]}}  {priority:<{widths[1]}}  {kind:<{widths[2]}}"
            yield f"{first}  {line:>{widths[3]}}  {words}"
    else:
        yield "  nothing is left out"
    yield from (f"  {loss}" for loss in plan.losses)
    if plan.longest:
        longest = ", ".join(f"'{_short(p.words)}' ({_minutes(p.minutes)} min)" for p in plan.longest)
        yield f"  could be shortened instead: {longest}"
    if plan.nothing:
        yield f"  no slide is left; the shortest takes {_minutes(plan.shortest or 0)} minutes"
    if plan.over:
        yield f"  what has to stay is {_minutes(plan.over)} minutes over"


def _minutes(number: float) -> str:
    """To a tenth: minutes that are shared are seldom whole."""
    return f"{round(number, 1):g}"


def _short(words: str) -> str:
    return words if len(words) <= _WIDEST else f"{words[: _WIDEST - 1]}…"
