"""The access statement: what is proved of each document, by whom, what fails, and what a person has to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from deckbuilder.frozen import dataclass
from deckbuilder.proof.programs import Fact

Standing = Literal["proved by a program", "needs a person", "fails", "not tested", "does not apply"]
STANDINGS: tuple[Standing, ...] = ("fails", "needs a person", "not tested", "proved by a program", "does not apply")
_THERE_AFTER_ALL = "Programs have found something of the kind in the file: look at it."


@dataclass(frozen=True)
class Row:
    """How a requirement stands with a file: `standards` are those that have it, at `level` (None where a standard has no
    levels), `facts` what programs established, `person` what somebody has to look at, `note` why there is nothing to."""

    id: str
    name: str
    level: str | None
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
    known: dict[str, list[Fact]] = {}
    for fact in facts:
        known.setdefault(fact.name, []).append(fact)
    return Statement(file, tuple(_rows(known, pdf)))


def _rows(known: Mapping[str, Sequence[Fact]], pdf: bool) -> Iterator[Row]:
    for said in _requirements():
        if said.get("of") == "pdf" and not pdf:
            continue
        groups = [known[name] for name in said.get("by", ()) if name in known]
        standing = _standing(said, [_outcome(group) for group in groups])
        present = "absent" in said and standing != "does not apply"
        yield Row(
            str(said["id"]),
            str(said["name"]),
            said.get("level"),
            tuple(_standards(said)),
            standing,
            tuple(fact for group in groups for fact in group),
            _THERE_AFTER_ALL if present else str(said.get("person", "")),
            "" if present else str(said.get("absent", "")),
        )


def _standards(said: Mapping[str, Any]) -> Iterator[str]:
    if said.get("of") == "pdf":
        yield "PDF/UA-1"
        return
    for version in ("2.1", "2.2"):
        if str(said.get("since", "2.1")) <= version <= str(said.get("until", "2.2")):
            yield f"WCAG {version}"


def _outcome(facts: Sequence[Fact]) -> str:
    """What several programs establish of the same: that one finds a fault counts, then that one finds none."""
    outcomes = {fact.outcome for fact in facts}
    return next(outcome for outcome in ("fails", "proved", "not tested") if outcome in outcomes)


def _standing(said: Mapping[str, Any], outcomes: Sequence[str]) -> Standing:
    if "absent" in said:
        return "needs a person" if "fails" in outcomes else "does not apply"
    if "fails" in outcomes:
        return "fails"
    if said.get("person"):
        return "needs a person"
    return "proved by a program" if set(outcomes) == {"proved"} else "not tested"


@cache
def _requirements() -> list[dict[str, Any]]:
    import yaml

    text = files(__package__).joinpath("requirements.yaml").read_text("utf-8")
    loaded: list[dict[str, Any]] = yaml.load(text, yaml.CSafeLoader)
    return loaded
