"""Measuring text: its paragraphs broken into lines, one below the other.

A word wider than the line is divided as its language wants; last words are kept from standing alone, lines of titles made about
equally long, times set on their tab.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from deckbuilder.content.text import Paragraph, Run, tie_last_word
from deckbuilder.languages.hyphens import SOFT_HYPHEN, divided, smallest_parts
from deckbuilder.languages.unspaced import SPACE, between_scripts, is_unspaced, unspaced_words
from deckbuilder.layout.bidi import base_direction
from deckbuilder.layout.evening import Word, evened
from deckbuilder.layout.formula import HIGHER, shape_of
from deckbuilder.layout.frame import LaidParagraph, LaidText, Line, Segment
from deckbuilder.layout.lines import SCRIPT_SIZE, Atom, face_of, lines_of, ordered, style_of, words_of
from deckbuilder.memory import memory
from deckbuilder.theme.characters import is_complex, leading
from deckbuilder.theme.faces import LINE_PITCH
from deckbuilder.theme.styles import LevelStyle, TextStyle
from deckbuilder.theme.theme import Theme

_TAB_CLEAR = 4.0  # points that a right tab keeps from the text's edge, for programs that round
_WIDE_NUMBER = 1.7  # ems of a list's number of two digits
_CLEAR = 0.8  # ems between words and a time on a right tab
_SHORT = 0.45  # the share of its width that a line within a paragraph is to fill


def _blanked(run: Run, look: LevelStyle, theme: Theme) -> Run:
    """A gap's words as underscores of the same width, word by word, so that lines break as ever."""
    look_of = style_of(run, look, theme)
    stroke = face_of(run, look, theme).width("_", 1.0)
    blanks = []
    for word in run.text.split():
        width = sum(face.width(part, 1.0) for face, part in theme.fonts.pieces(word, *look_of))
        blanks.append("_" * max(3, math.ceil(width / stroke)))
    return replace(run, text=" ".join(blanks), link=None, formula=None)


def _set_in(look: LevelStyle, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs in the letters that they are shown in; code keeps its own."""
    if not look.caps:
        return runs
    return tuple(run if run.code or run.formula else replace(run, text=run.text.upper()) for run in runs)


def line_pitch(look: LevelStyle, size: float) -> float:
    """From baseline to baseline, in points."""
    return size * LINE_PITCH * look.spacing


def measure_text(
    paragraphs: Sequence[Paragraph], style: TextStyle, width: float, theme: Theme, most: float = math.inf
) -> LaidText:
    """The paragraphs broken into lines of at most `width` points. What goes beyond a height of `most` fits nowhere, and the rest
    is left out: the height is then more than that, and no other question should be asked."""
    kept = memory()
    if kept is None:
        return _measured(paragraphs, style, width, theme, most)
    key = (tuple(paragraphs), style, width, theme.fonts, theme.heading, theme.body, theme.language, most)
    return kept.recall(key, lambda: _measured(paragraphs, style, width, theme, most))


def _measured(paragraphs: Sequence[Paragraph], style: TextStyle, width: float, theme: Theme, most: float) -> LaidText:
    laid = _laid(paragraphs, style, width, theme, most)
    led = style.led(max((leading(run.text) for p in paragraphs for run in p.runs), default=0.0) / LINE_PITCH)
    # A single line has none that its marks could touch.
    if led is style or sum(len(p.lines) for p in laid.paragraphs) < 2:
        return laid
    return _laid(paragraphs, led, width, theme, most)


def _laid(paragraphs: Sequence[Paragraph], style: TextStyle, width: float, theme: Theme, most: float) -> LaidText:
    """The paragraphs broken into lines as far apart as the style has them."""
    laid: list[LaidParagraph] = []
    y = 0.0
    chopped = overfull = False
    for position, paragraph in enumerate(paragraphs):
        if y > most:
            break
        level = style.place(paragraph.level, paragraph.marker is not None)
        look = style.level(level)
        size = look.size
        indent, hanging = _indents(paragraph, look, size)
        pitch = line_pitch(look, size)
        if position:
            y += look.before * size
        runs, broken, torn, drop, rtl = _broken(paragraph, style, look, width, theme)
        chopped = chopped or torn
        lines = []
        for line in broken:
            overfull = overfull or line.overfull
            y += max(0.0, line.above - drop)
            lines.append(Line(line.segments, y + drop, line.ink))
            y += pitch + max(0.0, line.below - (pitch - drop))
        laid.append(
            LaidParagraph(
                runs, level, look, size, paragraph.marker, paragraph.number, indent, hanging, tuple(lines), rtl
            )
        )
    return LaidText(tuple(laid), style, y, chopped, tuple(paragraphs), overfull)


class _BrokenLine(NamedTuple):
    """A line without a place. `ink` is its width, `above` and `below` are how far its formulas reach from the baseline."""

    segments: tuple[Segment, ...]
    ink: float
    above: float
    below: float
    overfull: bool


class _Broken(NamedTuple):
    """A paragraph as runs and lines; whether a word was torn; how far baselines are below the tops of lines; whether it runs
    from right to left."""

    runs: tuple[Run, ...]
    lines: tuple[_BrokenLine, ...]
    torn: bool
    drop: float
    rtl: bool


_MOST_KEPT = 4_096  # paragraphs, each in a few sizes: a slide's, while it looks for its size
_KEPT: dict[tuple[object, ...], tuple[object, _Broken]] = {}


def _broken(paragraph: Paragraph, style: TextStyle, look: LevelStyle, width: float, theme: Theme) -> _Broken:
    """The paragraph broken, once: while texts are fitted and divided, the same paragraphs are asked for again and again.
    They are known by identity, and kept so that none takes another's place; what was written elsewhere in the same words
    is not the same."""
    key = (id(paragraph), id(look), id(theme), width, style.tie, style.even)
    if (kept := _KEPT.get(key)) is not None:
        return kept[1]
    made = _paragraph(paragraph, style, look, width, theme)
    if len(_KEPT) >= _MOST_KEPT:
        _KEPT.clear()
    _KEPT[key] = ((paragraph, look, theme), made)
    return made


def _paragraph(paragraph: Paragraph, style: TextStyle, look: LevelStyle, width: float, theme: Theme) -> _Broken:
    size = look.size
    indent, _ = _indents(paragraph, look, size)
    room = max(1.0, width - indent)
    runs, clock = parted(paragraph.runs)
    if any(run.gap for run in runs):
        runs = tuple(_blanked(run, look, theme) if run.gap else run for run in runs)
    given, runs = runs, _without_soft_hyphens(runs)
    broken, torn = lines_of(_set_in(look, runs), look, size, room, theme)
    if torn:
        runs = _without_soft_hyphens(_hyphenated(given, look, size, room, theme))
        broken, _ = lines_of(_set_in(look, runs), look, size, room, theme)
    bound = False
    if style.even and len(broken) > 1 and not torn and (even := _evened(runs, look, size, room, theme)):
        again, torn_again = lines_of(_set_in(look, even), look, size, room, theme)
        if len(again) == len(broken) and not torn_again:
            runs, broken, bound = even, again, True
    if style.tie and not bound and len(broken) > 1 and (tied := tie_last_word(runs)) is not runs:
        again, torn_again = lines_of(_set_in(look, tied), look, size, room, theme)
        if len(again) == len(broken) and torn_again <= torn and _balanced(again, room):
            runs, broken = tied, again
    words = "".join(run.text for run in runs)
    backwards = theme.right_to_left
    rtl = base_direction(words, backwards, paragraph.marker is not None) if backwards or is_complex(words) else False
    if rtl or is_complex(words):
        broken = ordered(broken, "".join(run.text for run in _set_in(look, runs)), rtl)
    if clock:
        end = right_end(look, width) - indent
        broken, runs = _with_clock(broken, runs, clock, look, size, end, theme)
        broken = [_clock_first(segments, end) for segments in broken] if backwards else broken
    lines = []
    for segments in broken:
        ink = max((s.x + s.width for s in segments), default=0.0)
        overfull = ink > room + 0.01 and any(s.run.formula for s in segments)
        lines.append(_BrokenLine(tuple(segments), ink, *_reach(segments), overfull))
    # The baseline sits so that ascent and descent share the leading, as renderers do.
    face = face_of(Run(""), look, theme)
    drop = (line_pitch(look, size) + (face.ascent - face.descent) * size) / 2
    return _Broken(runs, tuple(lines), torn, drop, rtl)


def _clock_first(segments: list[Segment], room: float) -> list[Segment]:
    """A line with its time at the left and its words at the right, as those have it who read from there."""
    if not any(segment.run.clock for segment in segments):
        return segments
    used = max((s.x + s.width for s in segments if not s.run.clock), default=0.0)
    first = min(s.x for s in segments if s.run.clock)
    return [replace(s, x=s.x - first if s.run.clock else s.x + room - used) for s in segments]


def parted(runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The runs, and those of a time of day that stands on a right tab after them."""
    at = next((n for n, run in enumerate(runs) if run.clock and run.text.startswith("\t")), len(runs))
    return runs[:at], runs[at:]


def right_end(look: LevelStyle, width: float) -> float:
    """Where times end that stand on a right tab, from the left edge of a text of that width: an indent before its right one.
    PowerPoint counts a tab from the text's edge, LibreOffice from where the paragraph begins."""
    return width - look.indent - max(look.hanging, _WIDE_NUMBER * look.size) - _TAB_CLEAR


def _with_clock(
    lines: list[list[Segment]],
    runs: tuple[Run, ...],
    clock: tuple[Run, ...],
    look: LevelStyle,
    size: float,
    room: float,
    theme: Theme,
) -> tuple[list[list[Segment]], tuple[Run, ...]]:
    """The lines with a time at the right end of the last one, or of a line of its own; and the runs that say so."""
    bare = tuple(replace(run, text=run.text.lstrip("\t")) for run in clock)
    (time, *_), _ = lines_of(bare, look, size, 1e9, theme)
    if theme.right_to_left:
        (time,) = ordered([time], "".join(run.text for run in bare), True)
    wide = max(s.x + s.width for s in time)
    used = max((s.x + s.width for s in lines[-1]), default=0.0)
    moved = [replace(s, x=s.x + room - wide) for s in time]
    if used + _CLEAR * size + wide <= room:
        return [*lines[:-1], [*lines[-1], *moved]], (*runs, *clock)
    return [*lines, moved], (*runs, Run("\n"), *clock)


def _evened(runs: tuple[Run, ...], look: LevelStyle, size: float, room: float, theme: Theme) -> tuple[Run, ...] | None:
    """The runs bound so that lines are about equally long; None where nothing is to be done, or their author broke them."""
    words = []
    for word in words_of(_set_in(look, runs), look, size, theme):
        if word is None or any(atom.run.formula for atom in word):
            return None
        wide = word[0].width if len(word) == 1 else sum(atom.width for atom in word)
        words.append(Word("".join(atom.text for atom in word), wide, word[-1].space))
    return evened(runs, words, room)


def _reach(segments: Sequence[Segment]) -> tuple[float, float]:
    """How far a line's formulas reach above and below its baseline, in points."""
    shapes = [(shape_of(s.run.formula), s.size * HIGHER) for s in segments if s.run.formula]
    return (
        max((shape.height * size for shape, size in shapes), default=0.0),
        max((shape.depth * size for shape, size in shapes), default=0.0),
    )


def _balanced(broken: Sequence[Sequence[Segment]], room: float) -> bool:
    """Whether the line before the last is not left short by a word that was drawn to the last."""
    return len(broken) < 3 or max((s.x + s.width for s in broken[-2]), default=0.0) >= _SHORT * room


def natural_width(paragraphs: Sequence[Paragraph], style: TextStyle, theme: Theme) -> float:
    """How wide the text is when no line is broken but where its author broke it, in points."""
    laid = measure_text(paragraphs, style, 1e9, theme)
    return max((p.indent + line.width for p in laid.paragraphs for line in p.lines), default=0.0)


def widest_word(paragraphs: Iterable[Paragraph], style: TextStyle, theme: Theme, parted: bool = False) -> float:
    """How wide a box has to be so that no word is divided, in points; where `parted`, none elsewhere than it may be."""
    widest = 0.0
    for paragraph in paragraphs:
        look = style.level(style.place(paragraph.level, paragraph.marker is not None))
        runs = paragraph.runs if parted else _without_soft_hyphens(paragraph.runs)
        for word in words_of(_set_in(look, runs), look, look.size, theme):
            if word and parted:
                widest = max(widest, _widest_part(word, theme))
            elif word:
                widest = max(widest, sum(atom.width for atom in word) - word[-1].space)
    return widest


_READABLE = 8  # letters that a column has to hold before words are divided for it: "Ex-tra-or-di-nary" cannot be read


def _widest_part(word: Sequence[Atom], theme: Theme) -> float:
    """The width of the widest part of a word that is divided wherever `_hyphenated` would, though no less than can be read."""
    text = "".join(atom.text for atom in word)
    if is_unspaced(text):
        # A face for each script, and a place between them.
        return max(_widest_part_of(atom, part, theme) for atom in word for part in between_scripts(atom.text))
    if len(word) > 1:
        return sum(atom.width for atom in word) - word[-1].space
    return _widest_part_of(word[0], text, theme)


def _widest_part_of(atom: Atom, text: str, theme: Theme) -> float:
    run = atom.run
    if not _may_be_divided(run):
        return atom.width - atom.space
    parts = [part.replace(SOFT_HYPHEN, "") for part in smallest_parts(text.rstrip(" "), run.lang or theme.language)]
    widest = max(atom.face.width(part, atom.size) for part in parts)
    if len(parts) == 1 or is_unspaced(text):
        return widest
    return max(widest, min(atom.width - atom.space, _READABLE * atom.face.width("n", atom.size)))


def _indents(paragraph: Paragraph, look: LevelStyle, size: float) -> tuple[float, float]:
    """The left edge of the text, and how far before it the marker stands."""
    if paragraph.marker is None:
        return (0.0, 0.0) if look.listed else (look.indent, 0.0)
    hanging = look.hanging or 20.0
    if paragraph.marker != "bullet":
        wide = 2.2 if (paragraph.number or 1) > 99 else _WIDE_NUMBER if (paragraph.number or 1) > 9 else 1.3
        hanging = max(hanging, size * wide)
    return look.indent + hanging, hanging


def _without_soft_hyphens(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs as they stand on slides. Programs part words at soft hyphens as they like, LibreOffice without a hyphen: where a
    word has to be divided there, it gets a real one."""
    if not any(SOFT_HYPHEN in run.text for run in runs):
        return runs
    return tuple(run if run.code else replace(run, text=run.text.replace(SOFT_HYPHEN, "")) for run in runs)


def _may_be_divided(run: Run) -> bool:
    """Whether its words are an author's, in which something may be put."""
    return not (run.code or run.link or run.gap or run.formula)


def _hyphenated(runs: tuple[Run, ...], look: LevelStyle, size: float, room: float, theme: Theme) -> tuple[Run, ...]:
    """The runs with hyphens in the words that no line holds, where their language divides them, and spaces without a width
    between scripts of which one writes none: lines break after them."""

    def divided_at(run: Run, word: str) -> str:
        if not _may_be_divided(run):
            return word
        looks = style_of(run, look, theme)
        points = size * SCRIPT_SIZE if run.script else size

        def wide(part: str) -> float:
            part = part.replace(SOFT_HYPHEN, "")
            part = part.upper() if look.caps else part
            return sum(face.width(piece, points) for face, piece in theme.fonts.pieces(part, *looks))

        if wide(word) <= room:
            return word
        if is_unspaced(word):
            words = (between_scripts(one) if wide(one) > room else [one] for one in unspaced_words(word))
            return "".join(SPACE.join(divided_at(run, one) for one in parts) for parts in words)
        if len(theme.fonts.pieces(word, *looks)) != 1:
            return word
        return "".join(divided(word, run.lang or theme.language, lambda _, part: wide(part), room))

    return tuple(
        replace(run, text="".join(divided_at(run, part) for part in re.split(r"([^\S\u00a0]+)", run.text)))
        for run in runs
    )
