"""Proof: every combination of a deck built into a scratch folder and examined by the programs that there are.

What comes out says what was proved, by which program, what fails, and what nobody has looked at.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from deckbuilder import api
from deckbuilder.checks.passages import passages
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.printing import PrintSettings
from deckbuilder.diagnostics import DeckError, Diagnostic
from deckbuilder.proof.facts import Fact, facts_of_deck, facts_of_findings, facts_of_pdf, find_program, version_of
from deckbuilder.proof.statement import Statement, as_data, as_markdown, statement_of
from deckbuilder.theme.pack import shipped_names

_OURS = facts_of_findings(())[0].by
_PHRASE = 5  # words by which a passage of the facilitator's is told


@dataclass(frozen=True)
class Proof:
    """What was established of a deck: of each file, of the set, and what checking it found. `built` tells whether it could be
    built at all."""

    title: str
    statements: tuple[Statement, ...]
    proofs: tuple[Fact, ...]
    problems: tuple[Diagnostic, ...]
    day: dt.date

    @property
    def failed(self) -> bool:
        """Whether anything fails."""
        return any(fact.outcome == "fails" for fact in self.proofs) or any(
            one.count("fails") for one in self.statements
        )

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Writes accessibility.md and accessibility.json into the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        said = (self.title, self.day.isoformat(), self.proofs, self.statements)
        paths = folder / "accessibility.md", folder / "accessibility.json"
        paths[0].write_text(as_markdown(*said), "utf-8")
        paths[1].write_text(json.dumps(as_data(*said), ensure_ascii=False, indent=1) + "\n", "utf-8")
        return paths


def prove(
    deck: Path,
    themes: Sequence[str],
    papers: Sequence[str],
    session: Path | None,
    today: dt.date,
    progress: Callable[[str], None] = lambda _: None,
) -> Proof:
    """Builds a deck for each theme and each paper, and examines what comes out; without papers, for the usual one. Raises
    DeckError where it cannot be built."""
    content = api.read(deck, session=session)
    statements: list[Statement] = []
    proofs: dict[Fact, None] = {}
    problems: dict[Diagnostic, None] = {}
    with tempfile.TemporaryDirectory(prefix="deckbuilder-proof-") as scratch:
        for paper in papers or (None,):
            printing = PrintSettings(paper=paper) if paper else None
            progress(f"Checking {deck}{f' on {paper}' if paper else ''}")
            checked = api.check(deck, theme=themes, session=session, printing=printing, today=today)
            problems |= dict.fromkeys(checked.diagnostics)
            told = facts_of_findings(checked.diagnostics)
            for fact in _of_the_set(checked.diagnostics):
                proofs[fact] = None
            progress(f"Building {deck}{f' on {paper}' if paper else ''}")
            built = api.build(deck, theme=themes, session=session, output=Path(scratch) / str(paper), printing=printing)
            named = {Path(theme).name: theme for theme in _each(themes)}
            for file in built.files:
                name = f"{file.relative_to(Path(scratch) / str(paper))}" + (f" ({paper})" if paper else "")
                progress(f"Examining {name}")
                pdf = file.suffix == ".pdf"
                facts = facts_of_pdf(file) if pdf else facts_of_deck(file)
                statements.append(statement_of(name, [*told, *facts], pdf))
                for fact in _of_file(file, name, named[file.parent.name], content):
                    proofs[fact] = None
    return Proof(content.deck.title.plain, tuple(statements), tuple(proofs), tuple(problems), today)


def _each(themes: Sequence[str]) -> list[str]:
    """The themes, those that "all" stands for by their names."""
    return [name for theme in themes for name in (shipped_names() if theme == "all" else [theme])]


def _of_the_set(problems: Sequence[Diagnostic]) -> Iterator[Fact]:
    """What arranging and checking prove, whatever the file."""
    errors = [str(p) for p in problems if p.severity.value == "error"]
    yield Fact(
        "every text fits", "fails" if errors else "proved", _OURS, errors[0] if errors else "all slides were arranged"
    )
    off = [p.message for p in problems if p.code in ("length-off-plan", "questions-over-time")]
    yield Fact(
        "minutes add up", "fails" if off else "proved", _OURS, "; ".join(off) or "slides, questions and plan agree"
    )


def _of_file(file: Path, name: str, theme: str, content: api.Content) -> Iterator[Fact]:
    """What is proved of a document by its words: nothing of the facilitator's in the handout, and pages that the guide names."""
    if not file.name.endswith(("-handout.pdf", "-guide.pdf")):
        return
    program = find_program("pdftotext")
    kind = "nothing of the facilitator's" if file.name.endswith("-handout.pdf") else "pages that the guide names"
    if program is None:
        yield Fact(f"{kind}, {name}", "not tested", "pdftotext", "pdftotext is not installed here")
        return
    by = f"{_OURS}, {version_of(program)}"
    if file.name.endswith("-handout.pdf"):
        words = _words(" ".join(_pages(file, program)))
        ours = [
            p for p in passages(content.deck, content.session) if p.reader == "guide" and len(_list(p.words)) >= _PHRASE
        ]
        public = _words(" ".join(p.words for p in passages(content.deck, content.session) if p.reader != "guide"))
        kept = [p for p in ours if _words(p.words) not in public]
        leaks = [f"{p.at}: {p.words[:60]}" for p in kept if _words(p.words) in words]
        seen = f"none of {len(kept)} passages for the facilitator stands in it"
        yield Fact(f"{kind}, {name}", "fails" if leaks else "proved", by, "; ".join(leaks[:3]) or seen)
        return
    handout = file.with_name(file.name.replace("-guide.pdf", "-handout.pdf"))
    if not handout.exists():
        return
    frames = {f.number: f.slide for f in api.arrange(content, theme=theme).frames}
    pages = [_words(page) for page in _pages(handout, program)]
    named = list(_named_pages(_pages(file, program), content))
    wrong = [
        f"slide {number} is not on page {page} of the handout"
        for number, page in named
        if page > len(pages) or not any(words in pages[page - 1] for words in _told(frames[number], content))
    ]
    if not named:
        yield Fact(f"{kind}, {name}", "not tested", by, "no page of the handout could be read in it")
        return
    yield Fact(
        f"{kind}, {name}", "fails" if wrong else "proved", by, "; ".join(wrong[:3]) or f"all {len(named)} are right"
    )


def _pages(file: Path, program: str) -> list[str]:
    import subprocess

    done = subprocess.run([program, "-layout", str(file), "-"], capture_output=True, timeout=120, check=False)
    return done.stdout.decode("utf-8", "replace").split("\f")


def _named_pages(guide: Sequence[str], content: api.Content) -> Iterator[tuple[int, int]]:
    """Numbers of slides that stand in the guide with a page of the handout in the same line."""
    slide = re.escape(content.labels("slide"))
    page = re.escape(content.labels("handout_page", n="§")).replace("§", r"(\d+)")
    for match in re.finditer(rf"{slide} (\d+)[^\n]*? {page}", "\n".join(guide)):
        yield int(match[1]), int(match[2])


def _told(slide: AnySlide, content: api.Content) -> list[str]:
    """Words by which a slide is known on a page: its texts' first ones."""
    texts = [p.words for p in passages(content.deck, None) if p.slide is slide and p.reader != "guide"]
    return [" " + " ".join(_list(words)[:_PHRASE]) + " " for words in texts if _list(words)]


def _list(words: str) -> list[str]:
    return re.findall(r"\w+", words.casefold())


def _words(words: str) -> str:
    """The words alone, so that line breaks and marks make no difference; divided words are joined."""
    joined = re.sub(r"[-\u00ad]\n\s*", "", words)
    return " " + " ".join(_list(joined)) + " "


__all__ = ["DeckError", "Proof", "prove"]
