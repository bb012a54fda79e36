"""Speaker notes: lines with labels such as "SAY:" become cues and questions, the rest stays notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from functools import cache
from typing import Any

from deckbuilder.frozen import dataclass
from deckbuilder.importing import markup
from deckbuilder.importing.kinds.shared import broken, cut
from deckbuilder.importing.old import Left, Line
from deckbuilder.languages import Language, spoken

_CUES = ("say", "do", "ask", "transition", "listen_for")
_PARTS = ("question", "follow_ups", "debrief", "virtual", "background", "answer_key", "lead")
# Labels that only decks of ours have; elsewhere their words may mean anything.
_OURS = ("answer_key", "lead")
_OTHERS = {
    "tell": "say",
    "script": "say",
    "action": "do",
    "activity": "do",
    "notes": "background",
    "note": "background",
}
_GROUPINGS = ("alone", "pairs", "small groups", "everyone")


@dataclass
class Noted:
    """What notes come to: fields of a slide, `questions` and the `key` of a quiz apart, and the labels that are said by
    themselves."""

    fields: dict[str, Any] = field(default_factory=dict)
    questions: list[dict[str, Any]] = field(default_factory=list)
    key: list[Line] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def noted(lines: Sequence[Line], language: str, ours: bool = False) -> Noted:
    """The notes as cues, questions and background. In decks of `ours`, paragraphs without a label go on with what is before
    them; in others only lists do."""
    out = Noted()
    groups: list[tuple[str | None, dict[str, Any], list[Line]]] = []
    headed: set[int] = set()  # groups whose label has a line to itself, as a question's list has
    for line in lines if ours else [piece for one in lines for piece in broken(one)]:
        found = _label(line)
        if found is not None and (ours or found[0] not in _OURS):
            key, tells, rest, label = found
            out.left.append(Left("a label of notes, which guides have by themselves", label))
            if not rest.plain.strip():
                headed.add(len(groups))
            groups.append((key, tells, [rest] if rest.plain.strip() else []))
        elif groups and (ours or groups[-1][0] is None or line.marker or not groups[-1][2]):
            groups[-1][2].append(line)
        else:
            groups.append((None, {}, [line]))
    background: list[Line] = []
    cues: list[dict[str, str]] = []
    for number, (name, about, words) in enumerate(groups):
        if not words:
            continue
        question = out.questions[-1] if out.questions else None
        if name == "question":
            out.questions.append({"ask": markup.inline([x.plainly() for x in words], language), **about})
        elif name == "listen_for" and question is not None and (words[0].marker or number in headed):
            question.setdefault("listen_for", []).extend(markup.inline([w], language) for w in words)
        elif name == "follow_ups" and question is not None:
            question.setdefault("follow_ups", []).extend(markup.inline([w], language) for w in words)
        elif name == "debrief" and question is not None:
            question["debrief"] = markup.body(words, language)
        elif name == "answer_key":
            out.key += words
        elif name == "lead":
            out.fields["lead"] = [who for line in words for who in re.split(r",\s+", line.plain.strip()) if who]
        elif name == "virtual":
            holder = question if question is not None else out.fields
            holder["virtual"] = markup.body(words, language)
        elif name in _CUES:
            cues.append({str(name): markup.body(words, language)})
        else:
            background += words
    if cues:
        out.fields["cues"] = cues
    if background:
        out.fields["notes"] = markup.body(background, language)
    return out


def _label(line: Line) -> tuple[str, dict[str, Any], Line, str] | None:
    """What a line's label means, what it tells, the line without it, and the label."""
    if line.marker:
        return None
    plain = line.plain
    for word, name, pattern in _labels():
        found = pattern.match(plain)
        if found is None:
            continue
        rest = plain[found.end() :]
        mark = re.match(r"\s*[:：]\s*", rest) or re.match(r"\s*[–—]\s+|\s+-\s+", rest)
        capital = plain[found.start() : found.end()].strip()[: len(word)].isupper()
        gap = re.match(r"\s{2,}|\n\s*|\s*$", rest) if capital else None
        bold = re.match(r"\s+", rest) if capital and _bold_to(line, found.end()) else None
        end = mark or gap or bold
        if end is None:
            continue
        about = _about(found[1] or "") if name == "question" else {}
        return name, about, cut(line, found.end() + end.end(), len(plain)), plain[: found.end()].strip()
    return None


def _bold_to(line: Line, end: int) -> bool:
    """Whether the line is bold up to a character, and not as a whole."""
    place = 0
    for run in line.runs:
        if place >= end:
            return not line.bold
        if run.text.strip() and not run.bold:
            return False
        place += len(run.text)
    return False


def _about(words: str) -> dict[str, Any]:
    """Who talks to whom, and for how long, as a question's label tells."""
    out: dict[str, Any] = {}
    for tag in spoken():
        for name in _GROUPINGS:
            if str((Language(tag).words or {}).get(name, "")).casefold() in [
                p.strip().casefold() for p in words.split(",")
            ]:
                out["grouping"] = name
    if found := re.search(r"(\d+(?:[.,]\d+)?)\s*min", words, re.IGNORECASE):
        minutes = float(found[1].replace(",", "."))
        out["minutes"] = int(minutes) if minutes == int(minutes) else minutes
    return out


@cache
def _labels() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """The words that begin what is said, done and asked, in every language that we have words in, the longest first, each with
    what it means and the pattern that finds it."""
    found: dict[str, str] = dict(_OTHERS)
    for tag in spoken():
        words = Language(tag).words or {}
        found |= {str(words[name]).casefold(): name for name in (*_CUES, *_PARTS) if name in words}
    return tuple(
        (word, found[word], re.compile(rf"\s*{re.escape(word)}\b(?: ?\(([^()]*)\))?", re.IGNORECASE))
        for word in sorted(found, key=lambda word: -len(word))
    )
