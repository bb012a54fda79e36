"""What a run tells: as data, in words, and as a page to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from deckbuilder.batch.working import Outcome
from deckbuilder.frozen import dataclass

_SAID = {"built": "built", "kept": "as it was", "failed": "failed", "lost": "lost"}
_FORM = 1  # of the data; raised when a program that reads it would have to change


@dataclass(frozen=True)
class Report:
    """What became of each job, in the catalogue's order; where `results` are, and what in them the catalogue no longer names;
    how many `workers` there were, none where all was there, and how many `seconds` it took."""

    results: str
    outcomes: tuple[Outcome, ...]
    unnamed: tuple[str, ...] = ()
    workers: int = 0
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """Whether every set is there as it should be."""
        return all(outcome.good for outcome in self.outcomes)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready data."""
        return {
            "version": _FORM,
            "results": self.results,
            "workers": self.workers,
            "seconds": round(self.seconds, 3),
            "counts": {state: sum(one.state == state for one in self.outcomes) for state in _SAID},
            "unnamed": list(self.unnamed),
            "sets": [
                {
                    "name": one.job.name,
                    "state": one.state,
                    "deck": one.job.origin or str(one.job.deck),
                    "files": list(one.files),
                    "diagnostics": list(one.diagnostics),
                    "seconds": round(one.seconds, 3),
                    "memory": one.memory,
                    "tries": one.tries,
                    "why": one.why,
                }
                for one in self.outcomes
            ],
        }


def counted(report: Report) -> str:
    """How many sets are in which state, in a sentence."""
    counts: Counter[str] = Counter(one.state for one in report.outcomes)
    parts = [f"{counts[state]} {said}" for state, said in _SAID.items() if counts[state]]
    count = len(report.outcomes)
    return f"{count} {'set' if count == 1 else 'sets'}: {', '.join(parts) or 'none'}"


def lines(report: Report) -> Iterator[str]:
    """What people are told: each set that is not there with the reasons, what took more than one try, and how many there are."""
    for one in report.outcomes:
        if not one.good:
            yield f"{one.job.name}: {_SAID[one.state]}{f' after {one.tries} tries: {one.why}' if one.why else ''}"
            yield from (f"  {_said(problem)}" for problem in one.diagnostics if problem["severity"] == "error")
        elif one.tries > 1:
            yield f"{one.job.name}: built at try {one.tries}{f': {one.why}' if one.why else ''}"
    if report.unnamed:
        yield f"{len(report.unnamed)} in {report.results} that the catalogue does not name; --prune shows and removes them"
    yield counted(report)


def _said(problem: Mapping[str, Any]) -> str:
    at = f"{problem['file']}:{problem['line']}:{problem['column']}: " if problem["file"] else ""
    hint = f" ({problem['hint']})" if problem["hint"] else ""
    return f"{at}{problem['severity']}: {problem['message']}{hint}"


_STYLE = """
:root { color-scheme: light dark; --line: #8886; --bad: #b3261e; --good: #1b6e3c }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #7bd69b } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
h1 { font-size: 1.5rem; margin: 0 0 .25rem } p { margin: 0 0 1.5rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line) }
th[scope=row] { font-weight: 600 }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.bad { color: var(--bad); font-weight: 600 } .good { color: var(--good) }
ul { margin: 0; padding: 0; list-style: none } code { font-size: .9em }
"""


def as_page(report: Report) -> str:
    """The report as an HTML page, which needs nothing beside it: what is not there first."""
    rows = sorted(report.outcomes, key=lambda one: one.good)
    body = "\n".join(_row(one, report.results) for one in rows)
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(counted(report))}</title>
<style>{_STYLE}</style>
<h1>{escape(counted(report))}</h1>
<p>{report.seconds:.0f} s with {report.workers} {"worker" if report.workers == 1 else "workers"}</p>
<div class="wide">
<table>
<thead><tr><th scope="col">Set<th scope="col">State<th scope="col">Files<th scope="col">Said
<th scope="col" class="number">Seconds<th scope="col" class="number">Memory<th scope="col" class="number">Tries</thead>
<tbody>
{body}
</tbody>
</table>
</div>
</html>
"""


def _row(one: Outcome, results: str) -> str:
    files = "".join(
        f'<li><a href="{quote(file.removeprefix(results.rstrip("/") + "/"))}">{escape(file.rpartition("/")[2])}</a></li>'
        for file in one.files
    )
    said = "".join(f"<li>{escape(_said(problem))}</li>" for problem in one.diagnostics)
    if one.why:
        said += f"<li>{escape(one.why)}</li>"
    return (
        f'<tr><th scope="row">{escape(one.job.name)}</th><td class="{"good" if one.good else "bad"}">{_SAID[one.state]}</td>'
        f"<td><ul>{files}</ul></td><td><ul>{said}</ul></td>"
        f'<td class="number">{one.seconds:.1f}</td><td class="number">{_megabytes(one.memory)}</td>'
        f'<td class="number">{one.tries or ""}</td></tr>'
    )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.0f} MB" if count else ""
