"""The access statement as people file it, in Markdown, and as programs read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from deckbuilder.proof.programs import Fact
from deckbuilder.proof.statement import STANDINGS, Row, Standing, Statement

VERSION = 1  # of the JSON; raised when a program that reads it would have to change
_LAW = (
    "Recipients of federal health money in the United States have to meet WCAG 2.1 AA by 11 May 2027 (15 or more employees) "
    "or 10 May 2028; public bodies under Title II of the ADA by 26 April 2027 or 2028."
)
_LEGEND = (
    "**Proved by a program** means that the program that is named looked at all of it. **Needs a person** means that nobody "
    "has looked yet: the list below says at what. **Not tested** means that the program that could tell is missing here, or "
    "could not judge. This statement does not say that a file conforms to a standard: that can be said once a person has looked "
    "at what needs one."
)
_SIGNED = "| Looked at by | On | Found |\n| --- | --- | --- |\n| | | |\n| | | |"


def as_markdown(
    title: str, publisher: str, day: str, proofs: Sequence[Fact], statements: Sequence[Statement], made_by: str
) -> str:
    """The statement for people: in short, what fails, what a person has to look at, then file by file."""
    published = f"Published by {publisher}. " if publisher else ""
    lines = [f"# Access statement: {title}", "", f"{published}As of {day}, made by {made_by}.", "", _LEGEND, "", _LAW]
    lines += ["", "## In short", "", f"| Document | {' | '.join(_headed(s) for s in STANDINGS)} |"]
    lines += ["| --- |" + " --- |" * len(STANDINGS)]
    lines += [f"| {_cell(one.file)} | {' | '.join(str(one.count(s)) for s in STANDINGS)} |" for one in statements]
    lines += ["", "## Examined by", "", *_examiners(proofs, statements)]
    lines += ["", "## What was proved of the set", ""]
    lines += [f"- {fact.name}: **{fact.outcome}** ({fact.by}): {fact.seen}" for fact in proofs]
    lines += _gathered("What fails", statements, "fails")
    lines += _gathered("What nobody could test here", statements, "not tested")
    looked = list(_gathered("What a person has to look at", statements, "needs a person"))
    lines += [*looked, "", _SIGNED] if looked else []
    for one in statements:
        rows = [row for row in one.rows if row.standing != "does not apply"]
        lines += ["", f"## {one.file}", "", "| Requirement | Level | In | Standing | What programs saw |"]
        lines += ["| --- | --- | --- | --- | --- |", *(_row(row) for row in rows)]
    lines += _gathered("What does not apply", statements, "does not apply")
    return "\n".join(lines).replace("\u00a0", " ") + "\n"


def _examiners(proofs: Sequence[Fact], statements: Sequence[Statement]) -> list[str]:
    """The programs that looked, with their versions; then those that could not, and why."""
    facts = [*proofs, *(fact for one in statements for row in one.rows for fact in row.facts)]
    looked = dict.fromkeys(fact.by for fact in facts if fact.outcome != "not tested")
    missing = dict.fromkeys(fact.seen for fact in facts if fact.outcome == "not tested" and fact.by not in looked)
    return [f"- {by}" for by in looked] + [f"- Did not look: {why}" for why in missing]


def _headed(standing: Standing) -> str:
    return standing[:1].upper() + standing[1:]


def _gathered(heading: str, statements: Sequence[Statement], standing: Standing) -> Iterator[str]:
    """The requirements that stand so, each once, with the documents that it is said of where that is not all of them."""
    said: dict[tuple[str, str], list[str]] = {}
    for one in statements:
        for row in one.rows:
            if row.standing == standing:
                said.setdefault((_called(row), _why(row)), []).append(one.file)
    if not said:
        return
    yield from ("", f"## {heading}", "")
    box = "[ ] " if standing == "needs a person" else ""
    for (called, why), named in said.items():
        where = "" if len(named) == len(statements) else f" ({'; '.join(named)})"
        yield f"- {box}**{called}**: {why}{where}"


def _called(row: Row) -> str:
    return f"{row.id} {row.name}" + (f" ({row.level})" if row.level else "")


def _why(row: Row) -> str:
    """Why a requirement stands as it does, in words that are the same for all documents where the reason is."""
    match row.standing:
        case "needs a person":
            return row.person
        case "does not apply":
            return row.note
    wanted = "fails" if row.standing == "fails" else "not tested"
    return " ".join(f"{fact.by}: {fact.seen}." for fact in row.facts if fact.outcome == wanted)


def _row(row: Row) -> str:
    seen = " ".join(f"{fact.by}: {fact.seen}." for fact in row.facts) or "nothing: no program can tell."
    return f"| {row.id} {row.name} | {row.level or ''} | {', '.join(row.standards)} | {row.standing} | {_cell(seen)} |"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


def as_data(
    title: str, publisher: str, day: str, proofs: Sequence[Fact], statements: Sequence[Statement], made_by: str
) -> dict[str, Any]:
    """The statement for programs, as `docs/proof.md` describes it."""
    return {
        "version": VERSION,
        "program": made_by,
        "title": title,
        "publisher": publisher or None,
        "day": day,
        "set": [asdict(fact) for fact in proofs],
        "documents": [{"file": one.file, "requirements": [asdict(row) for row in one.rows]} for one in statements],
    }
