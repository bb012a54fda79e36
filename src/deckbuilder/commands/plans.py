"""Plans as people read them: what is left out, what that saves and costs, and what could be shortened instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckbuilder.api import Plan

_WIDEST = 60  # characters of a title in the table


def lines(name: str, plan: Plan) -> Iterator[str]:
    """The plan, line by line. `name` is what the files are called."""
    yield f"{name}: {plan.before:g} minutes, {plan.after:g} of {plan.minutes:g} with what is left"
    rows = [("saves", "priority", "", "line", "left out")]
    rows += [
        (f"{p.minutes:.3g}", p.priority, p.kind, str(p.at.line) if p.at else "", _short(p.words)) for p in plan.left_out
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
        longest = ", ".join(f"'{_short(p.words)}' ({p.minutes:g} min)" for p in plan.longest)
        yield f"  could be shortened instead: {longest}"
    if plan.nothing:
        yield f"  no slide is left; the shortest takes {plan.shortest:g} minutes"
    if plan.over:
        yield f"  what has to stay is {plan.over:g} minutes over"


def _short(words: str) -> str:
    return words if len(words) <= _WIDEST else f"{words[: _WIDEST - 1]}…"
