"""The access statement: what is proved of each document, by whom, what fails, and what a person has to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from deckbuilder.proof.facts import Fact

Standing = Literal["proved by a program", "needs a person", "fails", "not tested", "does not apply"]
_LAW = (
    "Recipients of federal health money in the United States have to meet WCAG 2.1 AA by 11 May 2027 (15 or more employees) "
    "or 10 May 2028; public bodies under Title II of the ADA by 26 April 2027 or 2028."
)
_LEGEND = (
    "**Proved by a program** means that the program that is named looked at all of it. **Needs a person** means that nobody "
    "has looked yet: the sentence says at what. **Not tested** means that the program that could tell is missing here. This "
    "statement does not say that a file conforms to a standard: that can be said once a person has looked at what needs one."
)


@dataclass(frozen=True)
class Row:
    """How a requirement stands with a file: `standards` are those that have it, `facts` what programs established, `person` what
    somebody has to look at."""

    id: str
    name: str
    standards: tuple[str, ...]
    standing: Standing
    facts: tuple[Fact, ...]
    person: str = ""
    note: str = ""


@dataclass(frozen=True)
class Statement:
    """The requirements of one file."""

    file: str
    rows: tuple[Row, ...]

    def count(self, standing: Standing) -> int:
        return sum(row.standing == standing for row in self.rows)


def statement_of(file: str, facts: Sequence[Fact], pdf: bool) -> Statement:
    """How all requirements stand with a file, by what was established of it."""
    known: dict[str, Fact] = {fact.name: fact for fact in facts}
    return Statement(file, tuple(_rows(known, pdf)))


def _rows(known: Mapping[str, Fact], pdf: bool) -> Iterator[Row]:
    for said in _requirements():
        if said.get("of") == "pdf" and not pdf:
            continue
        if said.get("of") == "pdf":
            standards: tuple[str, ...] = ("PDF/UA-1",)
        else:
            versions = [
                v for v in ("2.1", "2.2") if str(said.get("since", "2.1")) <= v <= str(said.get("until", "2.2"))
            ]
            standards = tuple(f"WCAG {version}" for version in versions)
        facts = tuple(known[name] for name in said.get("by", ()) if name in known)
        person = str(said.get("person", ""))
        yield Row(
            str(said["id"]), str(said["name"]), standards, _standing(said, facts), facts, person, said.get("absent", "")
        )


def _standing(said: Mapping[str, Any], facts: Sequence[Fact]) -> Standing:
    outcomes = {fact.outcome for fact in facts}
    if "fails" in outcomes:
        return "fails"
    if "absent" in said:
        return "does not apply"
    if said.get("person"):
        return "needs a person"
    return "proved by a program" if outcomes == {"proved"} else "not tested"


@cache
def _requirements() -> list[dict[str, Any]]:
    import yaml

    text = files(__package__).joinpath("requirements.yaml").read_text("utf-8")
    loaded: list[dict[str, Any]] = yaml.load(text, yaml.CSafeLoader)
    return loaded


def as_markdown(title: str, day: str, proofs: Sequence[Fact], statements: Sequence[Statement]) -> str:
    """The statement for people."""
    lines = [
        f"# Access statement: {title}",
        "",
        f"As of {day}. {_LEGEND}",
        "",
        _LAW,
        "",
        "## What was proved of the set",
        "",
    ]
    lines += [f"- {fact.name}: **{fact.outcome}** ({fact.by}): {fact.seen}" for fact in proofs]
    for one in statements:
        lines += ["", f"## {one.file}", "", _counted(one), ""]
        lines += ["| Requirement | In | Standing | By, and what is left to look at |", "| --- | --- | --- | --- |"]
        lines += [f"| {r.id} {r.name} | {', '.join(r.standards)} | {r.standing} | {_reason(r)} |" for r in one.rows]
    return "\n".join(lines).replace("\u00a0", " ") + "\n"


def _counted(one: Statement) -> str:
    order: tuple[Standing, ...] = ("fails", "needs a person", "not tested", "proved by a program", "does not apply")
    return "; ".join(f"{standing}: {one.count(standing)}" for standing in order)


def _reason(row: Row) -> str:
    said = [f"{fact.by}: {fact.seen}." for fact in row.facts]
    return " ".join([*said, row.person, row.note]).replace("|", "\\|").strip()


def as_data(title: str, day: str, proofs: Sequence[Fact], statements: Sequence[Statement]) -> dict[str, Any]:
    """The statement for programs."""
    return {
        "version": 1,
        "title": title,
        "day": day,
        "set": [asdict(fact) for fact in proofs],
        "documents": [{"file": one.file, "requirements": [asdict(row) for row in one.rows]} for one in statements],
    }
