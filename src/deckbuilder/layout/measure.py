"""Breaking text into lines, with the widths that real font files give.

One rule for every output: words break at spaces, after hyphens, dashes and slashes, and
between CJK characters; a word wider than the line is divided as its language wants, or else breaks where it must.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from deckbuilder.content.text import Paragraph, Run, tie_last_word
from deckbuilder.languages.hyphens import SOFT_HYPHEN, divided
from deckbuilder.languages.unspaced import follows_on, is_unspaced, unspaced_words
from deckbuilder.layout.bidi import base_direction, levels_of, visual_order
from deckbuilder.layout.evening import Word, evened
from deckbuilder.layout.formula import HIGHER, shape_of
from deckbuilder.layout.frame import LaidParagraph, LaidText, Line, Segment
from deckbuilder.memory import memory
from deckbuilder.theme.characters import INVISIBLE, clusters, is_complex, leading, least_advance
from deckbuilder.theme.fonts import CODE_FAMILY, LINE_PITCH, Face
from deckbuilder.theme.theme import LevelStyle, TextStyle, Theme

# A word with the spaces after it. Hyphens, dashes and slashes end a word; ideographs, kana, hangul and emoji
# stand alone, with what combines with them, and with punctuation that may not begin or end a line.
_CJK = "\u2e80-\u2fff\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc"
_EMOJI = "\U0001f000-\U0001faff"
_ALONE = f"{_CJK}{_EMOJI}\u3000-\u303f\uff00-\uffef"
_OPENING = "〈《「『【〔〖〘〚〝（［｛｟￡￥"
_CLOSING = (
    "、。〉》」』】〕〗〙〛〞〟！），．：；？］｝｠｡｣､･・ーヽヾゝゞ々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％‰℃"
)
_COMBINING = f"\u0300-\u036f\u3099\u309a\u20d0-\u20ff\U0001f3fb-\U0001f3ff{INVISIBLE}"
_SINGLE = f"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[{_ALONE}])[{_COMBINING}]*"
_FIRST_ALONE = _CJK[0]
_WORD = re.compile(r"\n|[^\s\-–—/]*[\-–—/]+[^\S\n\u00a0]*|(?:[^\s\-–—/]|\u00a0)+[^\S\n\u00a0]*|[^\S\n]+")
_BREAK_AFTER = re.compile("[ \\-–—/\t\u200b]$")
_TAB_CLEAR = 4.0  # points that a right tab keeps from the text's edge, for programs that round
_WIDE_NUMBER = 1.7  # ems of a list's number of two digits
_CLEAR = 0.8  # ems between words and a time on a right tab
_SHORT = 0.45  # the share of its width that a line within a paragraph is to fill
SCRIPT_SIZE = 0.65
_SCRIPT_RISE = {"super": 0.33, "sub": -0.12, None: 0.0}


def split_words(text: str) -> list[str]:
    """The pieces between which a line may be broken, spaces with the word before them."""
    words = (_any_word()[0] if _has_alone(text) else _WORD).findall(text)
    if is_unspaced(text):
        words = [piece for word in words for piece in (unspaced_words(word) if is_unspaced(word) else (word,))]
    return words


def _has_alone(text: str) -> bool:
    """Whether there may be characters that stand alone."""
    return not text.isascii() and max(text) >= _FIRST_ALONE


@cache
def _any_word() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a word is, and what a line may be broken after, where characters stand alone. It takes a while to compile."""
    return (
        re.compile(
            rf"\n|[{_OPENING}]*{_SINGLE}(?:(?<=\u200d){_SINGLE})*[{_CLOSING}]*|[^\s\-–—/{_ALONE}]*[\-–—/]+[^\S\n\u00a0]*"
            rf"|(?:[^\s\-–—/{_ALONE}]|\u00a0)+[^\S\n\u00a0]*|[^\S\n]+"
        ),
        re.compile(f"(?:[ \\-–—/\t\u200b]|(?![{_OPENING}])[{_ALONE}][{_COMBINING}]*)$"),
    )


def face_of(run: Run, look: LevelStyle, theme: Theme) -> Face:
    """The face that draws a run of a level, but for what it lacks."""
    return theme.fonts.face(*_style_of(run, look, theme))


def _style_of(run: Run, look: LevelStyle, theme: Theme) -> tuple[str, bool, bool]:
    """Family, weight and slope."""
    family = CODE_FAMILY if run.code else theme.family(theme.figures if run.clock else look.font)
    return family, run.bold or look.bold, run.italic != look.italic


def _blanked(run: Run, look: LevelStyle, theme: Theme) -> Run:
    """A gap's words as underscores of the same width, word by word, so that lines break as ever."""
    look_of = _style_of(run, look, theme)
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


def _measured(
    paragraphs: Sequence[Paragraph], style: TextStyle, width: float, theme: Theme, most: float = math.inf
) -> LaidText:
    style = style.led(max((leading(run.text) for p in paragraphs for run in p.runs), default=0.0) / LINE_PITCH)
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
    broken, torn = _break(_set_in(look, runs), look, size, room, theme)
    if torn:
        runs = _without_soft_hyphens(_hyphenated(given, look, size, room, theme))
        broken, _ = _break(_set_in(look, runs), look, size, room, theme)
    bound = False
    if style.even and len(broken) > 1 and not torn and (even := _evened(runs, look, size, room, theme)):
        again, torn_again = _break(_set_in(look, even), look, size, room, theme)
        if len(again) == len(broken) and not torn_again:
            runs, broken, bound = even, again, True
    if style.tie and not bound and len(broken) > 1 and (tied := tie_last_word(runs)) is not runs:
        again, torn_again = _break(_set_in(look, tied), look, size, room, theme)
        if len(again) == len(broken) and torn_again <= torn and _balanced(again, room):
            runs, broken = tied, again
    words = "".join(run.text for run in runs)
    backwards = theme.right_to_left
    rtl = base_direction(words, backwards, paragraph.marker is not None) if backwards or is_complex(words) else False
    if rtl or is_complex(words):
        broken = _ordered(broken, "".join(run.text for run in _set_in(look, runs)), rtl)
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


def _ordered(lines: list[list[Segment]], words: str, rtl: bool) -> list[list[Segment]]:
    """The lines of a paragraph with their segments where they stand, in the order of reading, each of one direction; `words`
    are the paragraph's. What ends a line is not there, but had its say."""
    levels = levels_of(words, rtl)
    if not any(levels):
        return lines
    out = []
    start = 0
    for segments in lines:
        pieces: list[Segment] = []
        for segment in segments:
            start = max(start, words.find(segment.text, start))
            end = start + len(segment.text)
            for level, places in groupby(range(start, end), key=levels.__getitem__):
                these = list(places)
                text = words[these[0] : these[-1] + 1]
                whole = len(these) == len(segment.text)
                wide = segment.width if whole else segment.face.width(text, segment.size)
                pieces.append(replace(segment, text=text, width=wide, level=level))
            start = end
        x, placed = 0.0, {}
        for n in visual_order([piece.level for piece in pieces]):
            placed[n] = x
            x += pieces[n].width
        out.append([replace(piece, x=placed[n]) for n, piece in enumerate(pieces)])
    return out


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
    (time, *_), _ = _break(bare, look, size, 1e9, theme)
    if theme.right_to_left:
        (time,) = _ordered([time], "".join(run.text for run in bare), True)
    wide = max(s.x + s.width for s in time)
    used = max((s.x + s.width for s in lines[-1]), default=0.0)
    moved = [replace(s, x=s.x + room - wide) for s in time]
    if used + _CLEAR * size + wide <= room:
        return [*lines[:-1], [*lines[-1], *moved]], (*runs, *clock)
    return [*lines, moved], (*runs, Run("\n"), *clock)


def _evened(runs: tuple[Run, ...], look: LevelStyle, size: float, room: float, theme: Theme) -> tuple[Run, ...] | None:
    """The runs bound so that lines are about equally long; None where nothing is to be done, or their author broke them."""
    words = []
    for word in _words(_set_in(look, runs), look, size, theme):
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


def widest_word(paragraphs: Iterable[Paragraph], style: TextStyle, theme: Theme) -> float:
    """How wide a box has to be so that no word is torn, in points."""
    widest = 0.0
    for paragraph in paragraphs:
        look = style.level(style.place(paragraph.level, paragraph.marker is not None))
        for word in _words(_set_in(look, _without_soft_hyphens(paragraph.runs)), look, look.size, theme):
            if word:
                widest = max(widest, sum(atom.width for atom in word) - word[-1].space)
    return widest


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


def _hyphenated(runs: tuple[Run, ...], look: LevelStyle, size: float, room: float, theme: Theme) -> tuple[Run, ...]:
    """The runs with hyphens in the words that no line holds, where their language divides them: lines break after them."""

    def divided_at(run: Run, word: str) -> str:
        pieces = theme.fonts.pieces(word, *_style_of(run, look, theme))
        if run.code or run.link or run.gap or run.formula or len(pieces) != 1:
            return word
        face, points = pieces[0][0], size * SCRIPT_SIZE if run.script else size

        def wide(part: str) -> float:
            part = part.replace(SOFT_HYPHEN, "")
            return face.width(part.upper() if look.caps else part, points)

        if wide(word) <= room:
            return word
        return "".join(divided(word, run.lang or theme.language, lambda _, part: wide(part), room))

    return tuple(
        replace(run, text="".join(divided_at(run, part) for part in re.split(r"([^\S\u00a0]+)", run.text)))
        for run in runs
    )


class _Atom(NamedTuple):
    """A word, or the part of a word that lies in one run and face. `space` is the width of the spaces
    that end it, which count for nothing at a line's end; `gap` is a part of the width that lies
    before the text."""

    text: str
    width: float
    space: float
    face: Face
    size: float
    run: Run
    gap: float = 0.0


class _LineBuilder:
    """A line as it fills up: neighbouring atoms of one run and face become one segment."""

    __slots__ = ("pieces", "space", "x")

    def __init__(self) -> None:
        self.pieces: list[tuple[list[str], float, list[float], _Atom]] = []
        self.x = 0.0
        self.space = 0.0

    def add(self, atom: _Atom) -> None:
        if self.pieces and self.pieces[-1][3].run is atom.run and self.pieces[-1][3].face is atom.face:
            texts, _, widths, _ = self.pieces[-1]
            texts.append(atom.text)
            widths.append(atom.width)
        else:
            if not self.pieces:  # what begins a line stands beside nothing
                self.x -= atom.gap
            self.pieces.append(([atom.text], self.x + atom.gap, [atom.width - atom.gap], atom))
        self.x += atom.width
        self.space = atom.space

    def segments(self, size: float) -> list[Segment]:
        out = []
        for number, (texts, x, widths, atom) in enumerate(self.pieces, 1):
            text, width = "".join(texts), sum(widths)
            if number == len(self.pieces):
                text, width = text.rstrip(" "), width - self.space
            out.append(Segment(text, x, width, atom.face, atom.size, atom.run, _SCRIPT_RISE[atom.run.script] * size))
        return out


def _break(
    runs: tuple[Run, ...], look: LevelStyle, size: float, width: float, theme: Theme
) -> tuple[list[list[Segment]], bool]:
    """The lines, and whether a word (not an address) had to be torn because no line holds it."""
    line = _LineBuilder()
    lines = [line]
    torn = False

    def new_line() -> _LineBuilder:
        lines.append(_LineBuilder())
        return lines[-1]

    # A word may span runs (bold inside a word), so breaks are decided over atoms of one word.
    for word in _words(runs, look, size, theme):
        if word is None:
            line = new_line()
            continue
        solid = (word[0].width if len(word) == 1 else sum([atom.width for atom in word])) - word[-1].space
        if line.x and line.x + solid > width + 0.01:
            line = new_line()
        for atom in word:
            if line.x + atom.width - atom.space <= width + 0.01:
                line.add(atom)
                continue
            if atom.run.formula:  # cannot be divided
                line = new_line() if line.x else line
                line.add(atom)
                continue
            torn = torn or (not atom.run.link and "/" not in atom.text and "@" not in atom.text)
            for piece in _chopped(atom.text, atom.face, atom.size, width, width - line.x):
                piece_width = atom.face.width(piece, atom.size)
                if line.x and line.x + piece_width > width + 0.01:
                    line = new_line()
                line.add(_Atom(piece, piece_width, 0.0, atom.face, atom.size, atom.run))
    return [built.segments(size) for built in lines], torn


def _words(runs: tuple[Run, ...], look: LevelStyle, size: float, theme: Theme) -> Iterable[list[_Atom] | None]:
    """Words as lists of atoms, one for each run and face they span; None stands for a line break."""
    word: list[_Atom] = []
    gaps = _Gaps()
    for run in runs:
        style = _style_of(run, look, theme)
        pieces = theme.fonts.pieces(run.text, *style)
        divided = len(pieces) > 1
        face = pieces[0][0] if pieces else theme.fonts.face(*style)
        plain = not divided and not face.substitute
        atom_size = size * SCRIPT_SIZE if run.script else size
        if run.formula:
            wide = shape_of(run.formula).room * atom_size
            if word and _ends(word[-1].text):
                yield word
                word = []
            word.append(_Atom(run.text, wide, 0.0, face, atom_size, run))
            gaps.after_wide = False
            continue
        blank = face.width(" ", atom_size)
        for text in split_words(run.text):
            if text == "\n":
                if word:
                    yield word
                    word = []
                yield None
                continue
            if word and not text.isspace() and (_ends(word[-1].text) or follows_on(word[-1].text, text)):
                yield word
                word = []
            if plain and not gaps.after_wide:  # most text there is: one face, and nothing wide nearby
                spaces = len(text) - len(text.rstrip(" "))
                gaps.after_wide = None if gaps.after_wide is None and text.isspace() else False
                word.append(_Atom(text, face.width(text, atom_size), blank * spaces, face, atom_size, run))
                continue
            for drawn_by, part in theme.fonts.pieces(text, *style) if divided else ((face, text),):
                spaces = len(part) - len(part.rstrip(" "))
                space = drawn_by.width(" ", atom_size) * spaces if spaces else 0.0
                gap = gaps.before(part, drawn_by) * atom_size
                wide = gap + drawn_by.width(part, atom_size)
                word.append(_Atom(part, wide, space, drawn_by, atom_size, run, gap))
    if word:
        yield word


class _Gaps:
    """What programs add between East Asian characters and others, in ems: LibreOffice a fifth of the
    line's height, Word a quarter of an em. A space after the former has their font's width."""

    BESIDE_OTHERS = 0.25
    SPACE = 0.5  # of fonts whose Latin letters are half as wide as their ideographs

    def __init__(self) -> None:
        self.after_wide: bool | None = None

    def before(self, text: str, face: Face) -> float:
        """What goes with a text that follows the one asked about before."""
        solid = text.strip()
        if not solid:
            return max(0.0, self.SPACE - face.width(" ", 1)) if self.after_wide else 0.0
        wide = face.substitute and least_advance(solid[0]) > 0
        changed = self.after_wide is not None and wide != self.after_wide
        self.after_wide = wide
        return self.BESIDE_OTHERS if changed else 0.0


@lru_cache(maxsize=65_536)
def _ends(text: str) -> bool:
    """Whether a line may be broken after the text."""
    return bool((_any_word()[1] if _has_alone(text) else _BREAK_AFTER).search(text))


def _chopped(text: str, face: Face, size: float, width: float, first: float) -> list[str]:
    """A word wider than the line in pieces that fit; the first has `first` points."""
    pieces, piece, room = [], "", first if first > size * 2 else width
    for character in clusters(text):
        if piece and face.width(piece + character, size) > room:
            pieces.append(piece)
            piece, room = "", width
        piece += character
    return [*pieces, piece]
