"""Breaking text into lines, with the widths that real font files give.

One rule for every output: words break at spaces, after hyphens, dashes and slashes, and
between CJK characters; a word wider than the line breaks where it must.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deckbuilder.content.text import Paragraph, Run, tie_last_word
from deckbuilder.layout.frame import LaidParagraph, LaidText, Line, Segment
from deckbuilder.theme.fonts import CODE_FAMILY, LINE_PITCH, Face
from deckbuilder.theme.theme import LevelStyle, TextStyle, Theme

# A word with the spaces after it; hyphens, dashes and slashes end a word, CJK stands alone.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_WORD = re.compile(
    rf"\n|[{_CJK}]|[^\s\-–—/{_CJK}]*[\-–—/]+[^\S\n\u00a0]*|(?:[^\s\-–—/{_CJK}]|\u00a0)+[^\S\n\u00a0]*|[^\S\n]+"
)
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
SCRIPT_SIZE = 0.65
_SCRIPT_RISE = {"super": 0.33, "sub": -0.12, None: 0.0}


def split_words(text: str) -> list[str]:
    """The pieces between which a line may be broken, spaces with the word before them."""
    return _WORD.findall(text)


def face_of(run: Run, look: LevelStyle, theme: Theme) -> Face:
    """The face that draws a run of a level."""
    family = CODE_FAMILY if run.code else theme.family(look.font)
    return theme.fonts.face(family, run.bold or look.bold, run.italic != look.italic)


def line_pitch(look: LevelStyle, size: float) -> float:
    """From baseline to baseline, in points."""
    return size * LINE_PITCH * look.spacing


def measure_text(paragraphs: Sequence[Paragraph], style: TextStyle, width: float, theme: Theme) -> LaidText:
    """The paragraphs broken into lines of at most `width` points."""
    laid: list[LaidParagraph] = []
    y = 0.0
    chopped = False
    for position, paragraph in enumerate(paragraphs):
        level = style.place(paragraph.level, paragraph.marker is not None)
        look = style.level(level)
        size = look.size
        indent, hanging = _indents(paragraph, look, size)
        pitch = line_pitch(look, size)
        if position:
            y += look.before * size
        room = max(1.0, width - indent)
        runs = paragraph.runs
        broken, torn = _break(runs, look, size, room, theme)
        if style.tie and len(broken) > 1 and (tied := tie_last_word(runs)) is not runs:
            again, torn_again = _break(tied, look, size, room, theme)
            if len(again) == len(broken):
                runs, broken, torn = tied, again, torn_again
        chopped = chopped or torn
        # The baseline sits so that ascent and descent share the leading, as renderers do.
        face = face_of(Run(""), look, theme)
        drop = (pitch + (face.ascent - face.descent) * size) / 2
        lines = []
        for segments in broken:
            ink = max((s.x + s.width for s in segments), default=0.0)
            lines.append(Line(tuple(segments), y + drop, ink))
            y += pitch
        laid.append(
            LaidParagraph(runs, level, look, size, paragraph.marker, paragraph.number, indent, hanging, tuple(lines))
        )
    return LaidText(tuple(laid), style, y, chopped, tuple(paragraphs))


def natural_width(paragraphs: Sequence[Paragraph], style: TextStyle, theme: Theme) -> float:
    """How wide the text is when no line is broken but where its author broke it, in points."""
    laid = measure_text(paragraphs, style, 1e9, theme)
    return max((p.indent + line.width for p in laid.paragraphs for line in p.lines), default=0.0)


def widest_word(paragraphs: Iterable[Paragraph], style: TextStyle, theme: Theme) -> float:
    """How wide a box has to be so that no word is torn, in points."""
    widest = 0.0
    for paragraph in paragraphs:
        look = style.level(style.place(paragraph.level, paragraph.marker is not None))
        for word in _words(paragraph.runs, look, look.size, theme):
            if word:
                widest = max(widest, sum(atom.width for atom in word) - word[-1].space)
    return widest


def _indents(paragraph: Paragraph, look: LevelStyle, size: float) -> tuple[float, float]:
    """The left edge of the text, and how far before it the marker stands."""
    if paragraph.marker is None:
        return (0.0, 0.0) if look.listed else (look.indent, 0.0)
    hanging = look.hanging or 20.0
    if paragraph.marker != "bullet":
        wide = 2.2 if (paragraph.number or 1) > 99 else 1.7 if (paragraph.number or 1) > 9 else 1.3
        hanging = max(hanging, size * wide)
    return look.indent + hanging, hanging


@dataclass(frozen=True, slots=True)
class _Atom:
    """A word, or the part of a word that lies in one run. `space` is the width of the spaces
    that end it, which count for nothing at a line's end."""

    text: str
    width: float
    space: float
    face: Face
    size: float
    run: Run


class _LineBuilder:
    """A line as it fills up: neighbouring atoms of one run become one segment."""

    __slots__ = ("pieces", "space", "x")

    def __init__(self) -> None:
        self.pieces: list[tuple[list[str], float, list[float], _Atom]] = []
        self.x = 0.0
        self.space = 0.0

    def add(self, atom: _Atom) -> None:
        if self.pieces and self.pieces[-1][3].run is atom.run:
            texts, _, widths, _ = self.pieces[-1]
            texts.append(atom.text)
            widths.append(atom.width)
        else:
            self.pieces.append(([atom.text], self.x, [atom.width], atom))
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
        solid = sum(atom.width for atom in word) - word[-1].space
        if line.x and line.x + solid > width + 0.01:
            line = new_line()
        for atom in word:
            if line.x + atom.width - atom.space <= width + 0.01:
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
    """Words as lists of atoms, one for each run they span; None stands for a line break."""
    word: list[_Atom] = []
    for run in runs:
        face = face_of(run, look, theme)
        atom_size = size * SCRIPT_SIZE if run.script else size
        for text in split_words(run.text):
            if text == "\n":
                if word:
                    yield word
                    word = []
                yield None
                continue
            if word and not text.isspace() and _ends(word[-1].text):
                yield word
                word = []
            spaces = len(text) - len(text.rstrip(" "))
            space = face.width(" ", atom_size) * spaces if spaces else 0.0
            word.append(_Atom(text, face.width(text, atom_size), space, face, atom_size, run))
    if word:
        yield word


def _ends(text: str) -> bool:
    """Whether a line may be broken after the text."""
    last = text[-1]
    return last in " -–—/\t" or bool(_CJK_CHARACTER.match(last))


def _chopped(text: str, face: Face, size: float, width: float, first: float) -> list[str]:
    """A word wider than the line in pieces that fit; the first has `first` points."""
    pieces, piece, room = [], "", first if first > size * 2 else width
    for character in text:
        if piece and face.width(piece + character, size) > room:
            pieces.append(piece)
            piece, room = "", width
        piece += character
    return [*pieces, piece]
