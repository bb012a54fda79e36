"""Slides of somebody's words: quote, definition, principle, statement, clipping."""

from __future__ import annotations

import re
from typing import Any

from deckbuilder.content.text import Run
from deckbuilder.importing.kinds.shared import (
    apart,
    broken,
    cut,
    is_attribution,
    is_body,
    is_name,
    listed,
    one_picture,
    points_of,
    words_in,
)
from deckbuilder.importing.kinds.shared import (
    attributed as attribution,
)
from deckbuilder.importing.old import Line
from deckbuilder.importing.page import Guess, Page
from deckbuilder.importing.terms import ASKING, BY, CLOSING, CLOSING_MARKS, DEFINITION, OPENING, SOURCE

_LONGEST = 34  # words of a statement
_SPOKEN = re.compile(r"^([^:]{2,30}):\s*([“\"„«].+)$")


def quote(page: Page) -> Guess | None:
    """Words in quotation marks, and whose they are."""
    if not page.wordy or not page.title:
        return None
    texts, tail = apart(page)
    lines = [line for text in texts for line in text.lines]
    found = _quoted(lines)
    if found is None:
        return None
    start, end, behind = found
    before, after = lines[:start], lines[end:]
    if before or (after and not listed(after) and not (not tail and is_attribution(after))):
        return None
    if after and not listed(after):
        tail, after = [piece for line in after for piece in broken(line)], []
    said = [_unquoted(line, n == 0, n == end - start - 1) for n, line in enumerate(lines[start:end])]
    if behind is not None:
        said[-1] = _unquoted(
            cut(lines[end - 1], 0, len(lines[end - 1].plain) - len(behind.plain)), end - start == 1, True
        )
        tail = [*broken(behind), *tail]
    fields: dict[str, Any] = {"quote": page.body(*(line.plainly() for line in said)), **attribution(page, tail)}
    if after:
        fields["points"] = points_of(page, after)
    sure = 0.95 if tail or behind else 0.8
    return Guess(
        "quote",
        fields,
        sure,
        "words in quotation marks" + (", with whose they are" if tail else ""),
        images=one_picture(page),
    )


def _quoted(lines: list[Line]) -> tuple[int, int, Line | None] | None:
    """From which line to which a quotation goes, and what stands behind it in its last line."""
    start = next((n for n, line in enumerate(lines) if line.words[:1] in tuple(OPENING) and not line.marker), None)
    if start is None:
        return None
    for end in range(start, min(start + 6, len(lines))):
        plain = lines[end].plain.rstrip()
        begin = 1 if end == start else 0
        if plain[begin:].rstrip(".")[-1:] in tuple(CLOSING_MARKS) and len(plain) > 2:
            return start, end + 1, None
        places = [n for n, c in enumerate(plain[begin:], begin) if c in '”"“»«' and n > 2]
        if places and (rest := plain[places[-1] + 1 :]).strip(" .,") and len(rest.split()) <= 16:
            behind = cut(lines[end], places[-1] + 1, len(lines[end].plain))
            if behind.italic or is_name(behind.words.lstrip("-–— ")) or behind.words[:1] in "-–—":
                return start, end + 1, behind
    return None


def _unquoted(line: Line, first: bool, last: bool) -> Line:
    plain = line.plain
    start = 1 if first and plain.lstrip()[:1] in tuple(OPENING) else 0
    start += len(plain) - len(plain.lstrip()) if start else 0
    end = len(plain.rstrip())
    if last and plain[:end].endswith(".") and plain[: end - 1][-1:] in tuple(CLOSING_MARKS):
        end -= 1
    if last and plain[:end][-1:] in tuple(CLOSING_MARKS):
        end -= 1
    return cut(line, start, end)


def attributed(page: Page) -> Guess | None:
    """A text without quotation marks, and a person's name, or where it stands, below it."""
    if not page.wordy or not page.title:
        return None
    texts, tail = apart(page)
    lines = [line for text in texts for line in text.lines]
    if not tail or not lines or any(line.marker for line in lines) or words_in(lines) > 110:
        return None
    person = is_name(tail[0].words.lstrip("-–— "))
    told = any(SOURCE.match(line.words) for line in tail) or tail[0].italic
    if not person and (not told or is_body(tail[:1])):
        return None
    fields = {"quote": page.body(*lines), **attribution(page, tail)}
    below = "a text with a name below it" if person else "a text with its source below it"
    return Guess("quote", fields, 0.87 if person else 0.82, below, images=one_picture(page))


def definition(page: Page) -> Guess | None:
    """What a word means: the title says so, or the text begins with the title and says what it is."""
    if not page.wordy or page.images or not page.title:
        return None
    texts, tail = apart(page)
    lines = [line for text in texts for line in text.lines]
    if not lines or any(line.marker for line in lines) or len(lines) > 4 or words_in(lines) > 130:
        return None
    asks = DEFINITION.search(page.heading)
    heading = re.sub(r"\W+", " ", page.heading).casefold().strip()
    text = re.sub(r"\W+", " ", re.sub(r"\([^)]*\)", "", lines[0].words)).casefold().strip()
    says = re.match(
        rf"(?:an?|the|die|der|das|un|une|una?|el|la|le)?\s*{re.escape(heading)}\s+(?:\w+\s+)?(?:is|are|means|refers|ist|sind|bedeutet|est|es|son|è)\b",
        text,
    )
    short = len(lines) == 2 and len(lines[0].words.split()) <= 5 and lines[0].bold and len(lines[1].words.split()) > 6
    if not (asks or says or short) or page.heading.endswith("!"):
        return None
    if (
        asks
        and asks[0].lower().startswith(("what", "was", "qu", "cos", "wat", "o que"))
        and any(x.words.endswith(tuple(ASKING)) for x in lines)
    ):
        return None
    fields: dict[str, Any] = {}
    if short:
        fields["term"] = page.heads(lines[0])
        lines = lines[1:]
    fields |= {"text": page.body(*lines), **attribution(page, tail)}
    why = "its title asks for a definition" if asks else "its text says what the title means"
    return Guess("definition", fields, 0.84 if asks else 0.86, why)


def principle(page: Page) -> Guess | None:
    """One of a series of slides of the same title, each with a single item."""
    if not page.series or not page.wordy or page.images or not page.title or not page.lead:
        return None
    lines = page.lines
    if len(lines) != 2 or lines[0].marker or lines[0].words != page.lead:
        return None
    fields = {"lead_in": page.inline(lines[0]), "text": page.body(lines[1].plainly())}
    return Guess("principle", fields, 0.93, "one of a series, with one item that completes the same words")


def statement(page: Page) -> Guess | None:
    """One sentence alone, on several lines perhaps."""
    if not page.title or not page.wordy or page.images or not 1 <= len(page.lines) <= 3:
        return None
    first, *more = page.lines
    if any(not x.words[:1].islower() or x.marker for x in more) or (more and first.words.endswith((".", "!"))):
        return None
    line = Line(
        tuple(run for n, x in enumerate(page.lines) for run in ((Run(" "),) * bool(n) + x.runs)), marker=first.marker
    )
    if (
        any(run.code for run in line.runs)
        or line.words.endswith((*ASKING, ":"))
        or len(line.words.split()) > _LONGEST
        or line.links
        or CLOSING.match(page.heading)
    ):
        return None
    return Guess("statement", {"statement": page.inline(line.plainly())}, 0.76, "one sentence alone")


def clipping(page: Page) -> Guess | None:
    """An article: a byline, and paragraphs below it."""
    if (
        page.place == 0
        or page.grids
        or page.graphs
        or page.media
        or page.drawn
        or len(page.images) > 2
        or not page.title
    ):
        return None
    lines = list(page.lines)
    by = next((n for n, line in enumerate(lines[:2]) if BY.match(line.words) and len(line.words.split()) <= 10), None)
    if by is None or words_in(lines) < 60 or sum(bool(line.marker) for line in lines) > len(lines) / 3:
        return None
    spoken = [n for n, line in enumerate(lines) if _SPOKEN.match(line.words)]
    end = by + 1
    while end < min(by + 4, len(lines) - 1) and len(lines[end].words.split()) <= 9 and end not in spoken:
        end += 1
    dialogue = []
    for n in spoken:
        found = _SPOKEN.match(lines[n].words)
        assert found is not None
        said = found[2].strip().strip(OPENING + CLOSING_MARKS)
        dialogue.append(
            {
                "speaker": page.heads(cut(lines[n], 0, lines[n].plain.index(":"))),
                "line": page.inline(Line(_plain(said))),
            }
        )
    article = [line for n, line in enumerate(lines) if n not in spoken and (n < by or n >= end)]
    fields: dict[str, Any] = {"headline": page.heads(*page.title), "byline": page.inline(*lines[by:end])}
    fields["article"] = page.body(*article)
    if dialogue:
        fields["dialogue"] = dialogue
    images = {"pictures": page.images} if page.images else {}
    return Guess("clipping", fields, 0.9, "an article with a byline", images=images)


def _plain(words: str) -> tuple[Run, ...]:
    return (Run(words),)
