"""Words, and lines of them, with the widths that real font files give.

One rule for every output: words break at spaces, after hyphens, dashes and slashes, between CJK characters, and where a
dictionary ends a word of a script that writes no spaces; a word wider than the line breaks where it must.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from deckbuilder.content.text import Run
from deckbuilder.languages.unspaced import follows_on, is_unspaced, unspaced_words
from deckbuilder.layout.bidi import lefts, levels_of, stretches
from deckbuilder.layout.formula import shape_of
from deckbuilder.layout.frame import Segment
from deckbuilder.theme.characters import INVISIBLE, clusters, least_advance
from deckbuilder.theme.faces import Face
from deckbuilder.theme.fonts import CODE_FAMILY
from deckbuilder.theme.styles import LevelStyle
from deckbuilder.theme.theme import Theme

# A word with the spaces after it. Hyphens, dashes and slashes end a word; ideographs, kana, hangul and emoji
# stand alone, with what combines with them, and with punctuation that may not begin or end a line.
_CJK = "\u2e80-\u2fff\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc"
_EMOJI = "\U0001f000-\U0001faff"
_ALONE = f"{_CJK}{_EMOJI}\u3000-\u303f\uff00-\uffef"
_OPENING = "〈《「『【〔〖〘〚〝（［｛｟￡￥"
CLOSING = (
    "、。〉》」』】〕〗〙〛〞〟！），．：；？］｝｠｡｣､･・ーヽヾゝゞ々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％‰℃"
)
_COMBINING = f"\u0300-\u036f\u3099\u309a\u20d0-\u20ff\U0001f3fb-\U0001f3ff{INVISIBLE}"
_SINGLE = f"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[{_ALONE}])[{_COMBINING}]*"
_FIRST_ALONE = _CJK[0]
_WORD = re.compile(r"\n|[^\s\-–—/]*[\-–—/]+[^\S\n\u00a0]*|(?:[^\s\-–—/]|\u00a0)+[^\S\n\u00a0]*|[^\S\n]+")
_BREAK_AFTER = re.compile("[ \\-–—/\t\u200b]$")
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
            rf"\n|[{_OPENING}]*{_SINGLE}(?:(?<=\u200d){_SINGLE})*[{CLOSING}]*|[^\s\-–—/{_ALONE}]*[\-–—/]+[^\S\n\u00a0]*"
            rf"|(?:[^\s\-–—/{_ALONE}]|\u00a0)+[^\S\n\u00a0]*|[^\S\n]+"
        ),
        re.compile(f"(?:[ \\-–—/\t\u200b]|(?![{_OPENING}])[{_ALONE}][{_COMBINING}]*)$"),
    )


@lru_cache(maxsize=65_536)
def _ends(text: str) -> bool:
    """Whether a line may be broken after the text."""
    return bool((_any_word()[1] if _has_alone(text) else _BREAK_AFTER).search(text))


def face_of(run: Run, look: LevelStyle, theme: Theme) -> Face:
    """The face that draws a run of a level, but for what it lacks."""
    return theme.fonts.face(*style_of(run, look, theme))


def style_of(run: Run, look: LevelStyle, theme: Theme) -> tuple[str, bool, bool]:
    """Family, weight and slope."""
    family = CODE_FAMILY if run.code else theme.family(theme.figures if run.clock else look.font)
    return family, run.bold or look.bold, run.italic != look.italic


class Atom(NamedTuple):
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


def words_of(runs: tuple[Run, ...], look: LevelStyle, size: float, theme: Theme) -> Iterable[list[Atom] | None]:
    """Words as lists of atoms, one for each run and face they span; None stands for a line break."""
    word: list[Atom] = []
    ended = False  # whether a line may be broken after what the word has
    gaps = _Gaps()
    for run in runs:
        style = style_of(run, look, theme)
        pieces = theme.fonts.pieces(run.text, *style)
        divided = len(pieces) > 1
        face = pieces[0][0] if pieces else theme.fonts.face(*style)
        plain = not divided and not face.substitute
        atom_size = size * SCRIPT_SIZE if run.script else size
        if run.formula:
            wide = shape_of(run.formula).room * atom_size
            if word and ended:
                yield word
                word = []
            word.append(Atom(run.text, wide, 0.0, face, atom_size, run))
            ended = _ends(run.text)
            gaps.after_wide = False
            continue
        blank = face.width(" ", atom_size)
        unspaced = is_unspaced(run.text)
        for text, spaces, empty, ends in _pieces(run.text):
            if text == "\n":
                if word:
                    yield word
                    word = []
                yield None
                continue
            if word and not empty and (ended or (unspaced and follows_on(word[-1].text, text))):
                yield word
                word = []
            ended = ends
            if plain and not gaps.after_wide:  # most text there is: one face, and nothing wide nearby
                gaps.after_wide = None if gaps.after_wide is None and empty else False
                word.append(Atom(text, face.width(text, atom_size), blank * spaces, face, atom_size, run))
                continue
            for drawn_by, part in theme.fonts.pieces(text, *style) if divided else ((face, text),):
                count = len(part) - len(part.rstrip(" "))
                space = drawn_by.width(" ", atom_size) * count if count else 0.0
                gap = gaps.before(part, drawn_by) * atom_size
                wide = gap + drawn_by.width(part, atom_size)
                word.append(Atom(part, wide, space, drawn_by, atom_size, run, gap))
    if word:
        yield word


class _Piece(NamedTuple):
    """A piece of a text, of those between which a line may be broken: how many `spaces` end it, whether it is nothing else
    (`blank`), and whether a line may be broken after it where nothing follows (`ends`)."""

    text: str
    spaces: int
    blank: bool
    ends: bool


@lru_cache(maxsize=8_192)  # texts are tried in many sizes
def _pieces(text: str) -> tuple[_Piece, ...]:
    return tuple(_Piece(one, len(one) - len(one.rstrip(" ")), one.isspace(), _ends(one)) for one in split_words(text))


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


class _LineBuilder:
    """A line as it fills up: neighbouring atoms of one run and face become one segment."""

    __slots__ = ("pieces", "space", "x")

    def __init__(self) -> None:
        self.pieces: list[tuple[list[str], float, list[float], Atom]] = []
        self.x = 0.0
        self.space = 0.0

    def add(self, atom: Atom) -> None:
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


def lines_of(
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
    for word in words_of(runs, look, size, theme):
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
                line.add(Atom(piece, piece_width, 0.0, atom.face, atom.size, atom.run))
    return [built.segments(size) for built in lines], torn


def _chopped(text: str, face: Face, size: float, width: float, first: float) -> list[str]:
    """A word wider than the line in pieces that fit; the first has `first` points."""
    pieces, piece, room = [], "", first if first > size * 2 else width
    for character in clusters(text):
        if piece and face.width(piece + character, size) > room:
            pieces.append(piece)
            piece, room = "", width
        piece += character
    return [*pieces, piece]


def ordered(lines: list[list[Segment]], words: str, rtl: bool) -> list[list[Segment]]:
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
            for first, last, level in stretches(levels[start:end]):
                text = segment.text[first:last]
                whole = text == segment.text
                wide = segment.width if whole else segment.face.width(text, segment.size)
                pieces.append(replace(segment, text=text, width=wide, level=level))
            start = end
        places = lefts([piece.level for piece in pieces], [piece.width for piece in pieces])
        out.append([replace(piece, x=x) for piece, x in zip(pieces, places, strict=True)])
    return out
