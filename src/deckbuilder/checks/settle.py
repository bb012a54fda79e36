"""What becomes of what was said: levels turned up and down, silences at their places, and where in file and documents each
stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from deckbuilder.checks.matter import Document
from deckbuilder.content.checks import Checks, Level
from deckbuilder.content.deck import Deck
from deckbuilder.diagnostics import Diagnostic, Fix, Seen, Severity, did_you_mean
from deckbuilder.frozen import dataclass
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.reading.scalars import Files
from deckbuilder.reading.silences import Silence
from deckbuilder.rules import RULES
from deckbuilder.source import Position

_LOUDNESS: tuple[Level, ...] = ("off", "note", "warning", "error")


def levels_of(deck: Checks, themes: Sequence[Checks], organisation: Checks) -> dict[str, Level]:
    """The levels that somebody gave: the deck's, else the theme's, else the organisation's. Where there are several themes
    the loudest counts, and a theme that says nothing leaves a rule as it is."""
    above = dict(organisation)
    packs = [above | dict(theme) for theme in themes] or [above]
    out: dict[str, Level] = {}
    for code in {code for pack in packs for code in pack}:
        if all(code in pack for pack in packs):
            out[code] = max((pack[code] for pack in packs), key=_LOUDNESS.index)
    return out | dict(deck)


def settled(
    problems: Iterable[Diagnostic], levels: Mapping[str, Level], silences: Sequence[Silence]
) -> tuple[list[Diagnostic], set[Silence]]:
    """What is left to say, at the levels that somebody gave; and the silences that hit something."""
    out: list[Diagnostic] = []
    hits: set[Silence] = set()
    for problem in problems:
        level = levels.get(problem.code)
        fixed = not RULES[problem.code].adjustable
        covering = {s for s in silences if problem.at and not fixed and s.covers(problem.code, problem.at)}
        hits |= covering
        if covering or (level == "off" and not fixed):
            continue
        out.append(problem if level is None or fixed else replace(problem, severity=Severity(level)))
    return out, hits


def about_silences(silences: Sequence[Silence], hits: set[Silence], levels: Mapping[str, Level]) -> list[Diagnostic]:
    """What is wrong with silences: those that hit nothing, name no rule, or give no reason."""
    out = []
    for silence in silences:
        rule = RULES.get(silence.rule)
        fix = Fix(silence.at, silence.end, "", safe=True)
        if rule is None or not rule.adjustable:
            known = (r.code for r in RULES.values() if r.adjustable)
            words = f"there is no rule '{silence.rule}'" if rule is None else f"'{silence.rule}' cannot be silenced"
            if not silence.rule:
                words = "this comment names no rule"
            hint = did_you_mean(silence.rule, known) if rule is None and silence.rule else "mend what it tells of"
            out.append(_said("silence-of-nothing", words, silence, hint))
        elif silence not in hits and levels.get(silence.rule) != "off":
            out.append(
                _said("silence-unused", f"'{silence.rule}' has nothing to say here", silence, "take it out", fix)
            )
        elif not silence.reason:
            out.append(_said("silence-without-reason", "this comment gives no reason", silence, "write why behind it"))
    return out


def _said(code: str, words: str, silence: Silence, hint: str | None, fix: Fix | None = None) -> Diagnostic:
    return Diagnostic(Severity(RULES[code].level), code, words, silence.at, hint, fix)


_ASKED = re.compile(r"did you mean '([^']+)'\?$")


def _meant(problem: Diagnostic) -> str | None:
    """What a value has to be replaced by, where the hint knows and the value is the word that the message names; its quotation
    marks stay. None where that cannot be said exactly, and where it was said already."""
    asked = _ASKED.search(problem.hint or "")
    text = problem.text or ""
    word = text.strip("\"'")
    if asked is None or problem.end is None or not word or f"'{word}'" not in problem.message:
        return None
    return text.replace(word, asked[1])


@dataclass(frozen=True)
class _Block:
    """A slide of the deck, or a section, by where it begins."""

    at: Position
    identity: str | None


class Places:
    """Where things stand: in their file up to where, and on which slides and pages."""

    def __init__(self, deck: Deck | None, frames: Sequence[SlideFrame], documents: Sequence[Document]) -> None:
        self.files = Files()
        self.documents = {document.name: document for document in documents}
        self.numbers: dict[str, list[int]] = {}
        for frame in frames:
            if not frame.notes_only:
                self.numbers.setdefault(frame.slide.identity, []).append(frame.number)
        blocks = [_Block(s.at, None) for s in (deck.sections if deck else ()) if s.at]
        blocks += [_Block(s.at, s.identity) for _, s in (deck.slides() if deck else ()) if s.at]
        self.blocks = sorted(blocks, key=lambda block: block.at)
        self.starts = [block.at for block in self.blocks]

    def all(self, problems: Iterable[Diagnostic]) -> list[Diagnostic]:
        """All of them, placed."""
        return [self.placed(problem) for problem in problems]

    def placed(self, problem: Diagnostic) -> Diagnostic:
        """The diagnostic, with all that is known of its place."""
        at = problem.at
        if at is None:
            return problem
        fix = problem.fix
        if fix is not None and fix.old is not None and self.files.between(fix.at, fix.end) != fix.old:
            problem = replace(problem, fix=None)  # a key in quotation marks
        if problem.end is None and problem.fix is not None and problem.fix.old is not None:
            problem = replace(problem, end=problem.fix.end, text=problem.fix.old)
        elif problem.end is None:
            whole = self.files.whole(at)
            if whole is not None:
                problem = replace(problem, end=whole.end, text=whole.text)
        if problem.fix is None and (meant := _meant(problem)) is not None:
            assert problem.end is not None
            problem = replace(problem, fix=Fix(at, problem.end, meant))
        return replace(problem, seen=self._seen(at))

    def _seen(self, at: Position) -> Seen:
        number = bisect_right(self.starts, at) - 1
        block = self.blocks[number] if number >= 0 else None
        if block is None or block.identity is None or at.file != block.at.file or at.column < block.at.column:
            return Seen()
        pages = {name: document.slides.get(block.identity) for name, document in self.documents.items()}
        slides = self.numbers.get(block.identity, [])
        return Seen(
            (slides[0], slides[-1]) if len(slides) > 1 else tuple(slides), pages.get("handout"), pages.get("guide")
        )
