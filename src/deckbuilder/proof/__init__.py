"""Proof: every combination of a deck built into a scratch folder and examined by the programs that there are.

What comes out says what was proved, by which program, what fails, and what nobody has looked at.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deckbuilder import api
from deckbuilder.checks.settle import levels_of
from deckbuilder.content.printing import PrintSettings
from deckbuilder.diagnostics import DeckError, Diagnostic
from deckbuilder.outputs.catalogue import NAMES, OUTPUTS
from deckbuilder.proof.facts import fact_of_rules, facts_of_deck, facts_of_findings, facts_of_pdf
from deckbuilder.proof.forms import as_data, as_markdown
from deckbuilder.proof.leaks import nothing_of_the_facilitators, pages_that_are_named
from deckbuilder.proof.programs import OURS, Fact, fact
from deckbuilder.proof.statement import Statement, statement_of
from deckbuilder.reading.silences import read_silences
from deckbuilder.source import shown_path
from deckbuilder.theme.pack import shipped_names


@dataclass(frozen=True)
class Proof:
    """What was established of a deck: of each file, of the set, and what checking it found. `publisher` is "" for nobody."""

    title: str
    publisher: str
    statements: tuple[Statement, ...]
    proofs: tuple[Fact, ...]
    checked: api.Checked
    day: dt.date

    @property
    def failed(self) -> bool:
        """Whether anything fails."""
        return any(one.outcome == "fails" for one in self.proofs) or any(one.count("fails") for one in self.statements)

    def as_data(self) -> dict[str, Any]:
        """The access statement for programs."""
        return as_data(*self._said)

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Writes accessibility.md and accessibility.json into the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = folder / "accessibility.md", folder / "accessibility.json"
        paths[0].write_text(as_markdown(*self._said), "utf-8")
        paths[1].write_text(json.dumps(self.as_data(), ensure_ascii=False, indent=1) + "\n", "utf-8")
        return paths

    @property
    def _said(self) -> tuple[str, str, str, Sequence[Fact], Sequence[Statement], str]:
        return self.title, self.publisher, self.day.isoformat(), self.proofs, self.statements, OURS


def prove(
    deck: Path,
    themes: Sequence[str],
    papers: Sequence[str],
    session: Path | None,
    today: dt.date,
    progress: Callable[[str], None] = lambda _: None,
    links: bool = False,
) -> Proof:
    """Builds a deck for each theme and each paper, and examines what comes out; without papers, for the usual one. `links` tries
    addresses too. Raises DeckError where the deck cannot be built."""
    content = api.read(deck, session=session)
    named = {Path(theme).name: theme for theme in _each(themes)}
    arranged = {name: api.arrange(content, theme=theme) for name, theme in named.items()}
    publishers = [arranged[name].content.under(arranged[name].theme).deck.organisation for name in named]
    publisher = next((one.plain for one in publishers if one), "")
    statements: list[Statement] = []
    proofs: dict[Fact, None] = {}
    problems: dict[Diagnostic, None] = {}
    checked = api.Checked((), ())
    with tempfile.TemporaryDirectory(prefix="deckbuilder-proof-") as scratch:
        for number, paper in enumerate(papers or (None,)):
            printing = PrintSettings(paper=paper) if paper else None
            # A deck is the same on all papers.
            only = [output.name for output in OUTPUTS if output.name in NAMES and (output.printed or number == 0)]
            progress(f"Checking {deck}{f' on {paper}' if paper else ''}")
            found = api.check(deck, theme=themes, session=session, printing=printing, today=today, links=links)
            problems |= dict.fromkeys(found.diagnostics)
            checked = api.Checked(tuple(problems), found.inputs, checked.papers or found.papers)
            unheard = _unheard(content, [one.theme.checks for one in arranged.values()], found)
            told = facts_of_findings(found.diagnostics, unheard)
            proofs |= dict.fromkeys(_of_the_set(found.diagnostics, unheard, content))
            progress(f"Building {deck}{f' on {paper}' if paper else ''}")
            room = Path(scratch) / str(paper)
            built = api.build(deck, theme=themes, session=session, output=room, printing=printing, only=only)
            for file in built.files:
                name = f"{file.relative_to(room)}" + (f" ({paper})" if paper and file.suffix == ".pdf" else "")
                progress(f"Examining {name}")
                pdf = file.suffix == ".pdf"
                facts = facts_of_pdf(file) if pdf else facts_of_deck(file)
                statements.append(statement_of(name, [*told, *facts], pdf))
                proofs |= dict.fromkeys(_of_file(file, name, content, arranged[file.parent.name]))
    return Proof(content.deck.title.plain, publisher, tuple(statements), tuple(proofs), checked, today)


def _each(themes: Sequence[str]) -> list[str]:
    """The themes, those that "all" stands for by their names."""
    return [name for theme in themes for name in (shipped_names() if theme == "all" else [theme])]


def _unheard(content: api.Content, themes: Sequence[Any], found: api.Checked) -> dict[str, str]:
    """The rules that are not heard, or not everywhere, with where somebody silenced them and why."""
    levels = levels_of(content.deck.checks, themes, content.checks)
    out = {code: f"the rule '{code}' is turned off" for code, level in levels.items() if level == "off"}
    idle = {(p.at.file, p.at.line) for p in found.diagnostics if p.code == "silence-unused" and p.at}
    for path in found.inputs:
        if path.suffix in (".yaml", ".yml"):
            for silence in read_silences(path, shown_path(path)):
                if (silence.at.file, silence.at.line) not in idle:
                    why = f" ({silence.reason})" if silence.reason else ""
                    said = f"'{silence.rule}' is silenced at {silence.at.file}:{silence.at.line}{why}"
                    out[silence.rule] = "; ".join(filter(None, (out.get(silence.rule), said)))
    return out


def _of_the_set(problems: Sequence[Diagnostic], unheard: Mapping[str, str], content: api.Content) -> Iterator[Fact]:
    """What arranging and checking prove, whatever the file."""
    errors = [str(p) for p in problems if p.severity.value == "error"]
    yield fact("every text fits", errors, "all slides were arranged")
    if content.deck.planned_minutes:
        codes = ("length-off-plan", "questions-over-time")
        yield fact_of_rules("minutes add up", codes, problems, unheard, "slides, questions and plan agree")
    else:
        seen = "the deck has no 'planned_minutes' to compare its slides with"
        yield Fact("minutes add up", "not tested", OURS, seen)


def _of_file(file: Path, name: str, content: api.Content, arranged: api.Arrangement) -> Iterator[Fact]:
    """What is proved of a document by its words."""
    if file.suffix == ".pptx" or file.name.endswith("-handout.pdf"):
        yield nothing_of_the_facilitators(file, name, content)
    elif file.name.endswith("-guide.pdf"):
        slides = {frame.number: frame.slide for frame in arranged.frames}
        named = pages_that_are_named(file, name, content, slides)
        if named is not None:
            yield named


__all__ = ["DeckError", "Proof", "prove"]
