"""Proof: every combination of a deck built into a scratch folder and examined by the programs that there are.

What comes out says what was proved, by which program, what fails, and what nobody has looked at.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from deckbuilder import api
from deckbuilder.arrangement import Order
from deckbuilder.checks.settle import levels_of
from deckbuilder.content.printing import PrintSettings
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics, Seen
from deckbuilder.editions import languages_asked
from deckbuilder.frozen import dataclass
from deckbuilder.outputs.catalogue import NAMES, OUTPUTS
from deckbuilder.proof.facts import fact_of_rules, facts_of_deck, facts_of_findings, facts_of_pdf
from deckbuilder.proof.forms import as_data, as_markdown
from deckbuilder.proof.leaks import nothing_of_the_facilitators, pages_that_are_named
from deckbuilder.proof.programs import OURS, Fact, fact
from deckbuilder.proof.statement import Statement, statement_of
from deckbuilder.reading.deck import Opened, open_deck
from deckbuilder.reading.silences import read_silences
from deckbuilder.source import Inputs, shown_path
from deckbuilder.theme.pack import DEFAULT_THEME, shipped_names


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
    variants: Sequence[str] = (),
    languages: Sequence[str] = (),
) -> Proof:
    """Builds a deck in each of its variants and languages for each theme and each paper, and examines what comes out. Without
    `variants` and `languages`, the deck itself and all that it has; without `themes`, the variant's or the usual one; without
    `papers`, the usual one. `links` tries addresses too. Raises DeckError where the deck cannot be built."""
    opened = open_deck(deck, session, Diagnostics(), Inputs())
    usual = api.read(deck, session=session)
    found = Found()
    with tempfile.TemporaryDirectory(prefix="deckbuilder-proof-") as scratch:
        for variant, language in _editions(opened, variants, languages):
            own = opened.variants[variant].theme if variant in opened.variants else None
            chosen = list(themes or [str(own or DEFAULT_THEME)])
            content = api.read(deck, session=session, variant=variant, language=language)
            arranged = {Path(name).name: api.arrange(content, theme=name) for name in _each(chosen)}
            for number, paper in enumerate(papers or (None,)):
                about = (variant, f"in {language}" if language else "", f"on {paper}" if paper else "")
                told = ", ".join(filter(None, (str(deck), *about)))
                printing = PrintSettings(paper=paper) if paper else None
                options: dict[str, Any] = {
                    "theme": chosen,
                    "session": session,
                    "variant": [variant],
                    "language": [language] if language else [],
                    "printing": printing,
                    "today": today,
                }
                progress(f"Checking {told}")
                checked = api.check(deck, **options, links=links)
                found.hear(
                    checked,
                    _unheard(content, [one.theme.checks for one in arranged.values()], checked),
                    content,
                    (f", variant '{variant}'" if variant else "") + (f", in '{language}'" if language else ""),
                )
                progress(f"Building {told}")
                room = Path(scratch) / f"{paper}"
                # A deck is the same on all papers.
                only = [output.name for output in OUTPUTS if output.name in NAMES and (output.printed or number == 0)]
                for file in api.build(deck, **options, output=room, only=only).files:
                    name = f"{file.relative_to(room)}" + (f" ({paper})" if paper and file.suffix == ".pdf" else "")
                    progress(f"Examining {name}")
                    found.examine(file, name, content, arranged[file.parent.name])
    publishers = [one.content.under(one.theme).deck.organisation for one in arranged.values()]
    publisher = next((one.plain for one in publishers if one), "")
    return Proof(usual.deck.title.plain, publisher, tuple(found.statements), tuple(found.proofs), found.checked, today)


@dataclass
class Found:
    """What has been found by now: of the set, and file by file; `told` is what checking the files' edition established."""

    statements: list[Statement] = field(default_factory=list)
    proofs: dict[Fact, None] = field(default_factory=dict)
    checked: api.Checked = field(default_factory=lambda: api.Checked((), ()))
    told: list[Fact] = field(default_factory=list)

    def hear(self, checked: api.Checked, unheard: Mapping[str, str], content: api.Content, called: str) -> None:
        """Takes in what checking has found of an edition on a paper, which is `called` so."""
        problems: dict[Diagnostic, Diagnostic] = {}
        for problem in (*self.checked.diagnostics, *checked.diagnostics):
            problems.setdefault(replace(problem, seen=Seen()), problem)  # on another page of another paper
        self.checked = api.Checked(tuple(problems.values()), checked.inputs, self.checked.papers or checked.papers)
        self.told = facts_of_findings(checked.diagnostics, unheard)
        facts = _of_the_set(checked.diagnostics, unheard, content)
        self.proofs |= {replace(fact, name=fact.name + called): None for fact in facts}

    def examine(self, file: Path, name: str, content: api.Content, arranged: api.Arrangement) -> None:
        """Takes in what can be established of a file."""
        pdf = file.suffix == ".pdf"
        facts = facts_of_pdf(file) if pdf else facts_of_deck(file)
        self.statements.append(statement_of(name, [*self.told, *facts], pdf))
        self.proofs |= dict.fromkeys(_of_file(file, name, content, arranged))


def _editions(opened: Opened, variants: Sequence[str], languages: Sequence[str]) -> list[tuple[str, str | None]]:
    """The variants and languages to be built, each pair once; "" is the deck itself, which a session of a variant leaves out,
    and None its own language."""
    names = [name for one in variants for name in (opened.variants if one == "all" else [one])]
    wanted = dict.fromkeys(names or [opened.usual.variant or "", *opened.variants])
    order = Order(opened.file, languages=tuple(languages or ["all"]))
    return [(name, language) for name in wanted for language in languages_asked(order, opened)]


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
    if file.name.endswith("-guide.pdf"):
        slides = {frame.number: frame.slide for frame in arranged.frames}
        named = pages_that_are_named(file, name, content, slides)
        if named is not None:
            yield named
    elif not file.name.endswith("-guide-booklet.pdf"):  # whatever else there is, participants may get
        yield nothing_of_the_facilitators(file, name, content)


__all__ = ["DeckError", "Proof", "prove"]
