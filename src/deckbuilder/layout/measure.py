"""Breaking text into lines, with the widths that real font files give.

One rule for every output: words break at spaces, after hyphens, dashes and slashes, and
between CJK characters; a word wider than the line breaks where it must.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from deckbuilder.content.text import Paragraph, Run
from deckbuilder.layout.frame import LaidParagraph, LaidText, Line, Segment
from deckbuilder.theme.fonts import CODE_FAMILY, LINE_PITCH, Face
from deckbuilder.theme.theme import LevelStyle, TextStyle, Theme

# A word with the spaces after it; hyphens, dashes and slashes end a word, CJK stands alone.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_WORD = re.compile(
    rf"\n|[{_CJK}]|[^\s\-–—/{_CJK}]*[\-–—/]+[^\S\n\u00a0]*|(?:[^\s\-–—/{_CJK}]|\u00a0)+[^\S\n\u00a0]*|[^\S\n]+"
)
SCRIPT_SIZE = 0.65
_SCRIPT_RISE = {"super": 0.33, "sub": -0.12, None: 0.0}


@dataclass(frozen=True, slots=True)
class Setting:
    """How the paragraphs of a text are to be set: at which share of the theme's sizes."""

    style: TextStyle
    scale: float = 1.0

    def size(self, level: int) -> float:
        """The level's size in points, in half points, never below its floor."""
        look = self.style.level(level)
        return max(look.floor, round(look.size * self.scale * 2) / 2)


def face_of(run: Run, look: LevelStyle, theme: Theme) -> Face:
    """The face that draws a run of a level."""
    family = CODE_FAMILY if run.code else theme.family(look.font)
    return theme.fonts.face(family, run.bold or look.bold, run.italic != look.italic)


def line_pitch(look: LevelStyle, size: float) -> float:
    """From baseline to baseline, in points."""
    return size * LINE_PITCH * look.spacing


def measure_text(paragraphs: Iterable[Paragraph], setting: Setting, width: float, theme: Theme) -> LaidText:
    """The paragraphs broken into lines of at most `width` points."""
    laid: list[LaidParagraph] = []
    y = 0.0
    shrunk = chopped = False
    for position, paragraph in enumerate(paragraphs):
        look = setting.style.level(paragraph.level)
        size = setting.size(paragraph.level)
        shrunk = shrunk or size < look.size
        indent, hanging = _indents(paragraph, look, size)
        pitch = line_pitch(look, size)
        if position:
            y += look.before * size
        room = max(1.0, width - indent)
        runs = paragraph.runs
        broken, torn = _break(runs, look, size, room, theme)
        if setting.style.tie and len(broken) > 1 and (tied := _tied(runs)) is not runs:
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
            LaidParagraph(
                runs, paragraph.level, look, size, paragraph.marker, paragraph.number, indent, hanging, tuple(lines)
            )
        )
    return LaidText(tuple(laid), setting.style, y, shrunk, chopped)


def _indents(paragraph: Paragraph, look: LevelStyle, size: float) -> tuple[float, float]:
    """The left edge of the text, and how far before it the marker stands."""
    if paragraph.marker is None:
        return (look.indent, 0.0) if look.bullet is None else (0.0, 0.0)
    hanging = look.hanging or 20.0
    if paragraph.marker == "number":
        hanging = max(hanging, size * 1.3)
    return look.indent + hanging, hanging


def _tied(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with a no-break space before a short last word, so that it is not left alone."""
    if not runs:
        return runs
    last = runs[-1]
    head, space, word = last.text.rpartition(" ")
    if not space or len(word) > 9 or len(head.split()) < 3:
        return runs
    return (*runs[:-1], replace(last, text=f"{head}\u00a0{word}"))


def _break(
    runs: tuple[Run, ...], look: LevelStyle, size: float, width: float, theme: Theme
) -> tuple[list[list[Segment]], bool]:
    """The lines, and whether a word (not an address) had to be torn because no line holds it."""
    lines: list[list[Segment]] = [[]]
    x = 0.0
    torn = False
    # A word may span runs (bold inside a word), so breaks are decided over atoms of one word.
    for word in _words(runs, look, size, theme):
        if word is None:
            lines.append([])
            x = 0.0
            continue
        solid = sum(w for _, w, _, _, _ in word) - _trailing(word[-1])
        if x and x + solid > width + 0.01:
            lines.append([])
            x = 0.0
        for text, atom_width, face, atom_size, run in word:
            rise = _SCRIPT_RISE[run.script] * size
            if x + atom_width - _trailing((text, atom_width, face, atom_size, run)) > width + 0.01:
                torn = torn or (not run.link and "/" not in text and "@" not in text)
                for piece in _chopped(text, face, atom_size, width, width - x):
                    piece_width = face.width(piece, atom_size)
                    if x and x + piece_width > width + 0.01:
                        lines.append([])
                        x = 0.0
                    lines[-1].append(Segment(piece, x, piece_width, face, atom_size, run, rise))
                    x += piece_width
                continue
            lines[-1].append(Segment(text, x, atom_width, face, atom_size, run, rise))
            x += atom_width
    return [_merged(line) for line in lines], torn


_Atom = tuple[str, float, Face, float, Run]


def _trailing(atom: _Atom) -> float:
    text, _, face, size, _ = atom
    spaces = len(text) - len(text.rstrip(" "))
    return face.width(" ", size) * spaces if spaces else 0.0


def _words(runs: tuple[Run, ...], look: LevelStyle, size: float, theme: Theme) -> Iterable[list[_Atom] | None]:
    """Words as lists of atoms, one for each run they span; None stands for a line break."""
    word: list[_Atom] = []
    for run in runs:
        face = face_of(run, look, theme)
        atom_size = size * SCRIPT_SIZE if run.script else size
        for text in _WORD.findall(run.text):
            if text == "\n":
                if word:
                    yield word
                    word = []
                yield None
                continue
            if word and (_ends(word[-1][0]) or (text[0].isspace() and text[0] != "\u00a0")):
                if text.isspace():
                    word.append((text, face.width(text, atom_size), face, atom_size, run))
                    continue
                yield word
                word = []
            word.append((text, face.width(text, atom_size), face, atom_size, run))
    if word:
        yield word


def _ends(text: str) -> bool:
    last = text[-1]
    return (
        last in " -–—/\t"
        or "\u2e80" <= last <= "\u9fff"
        or "\uac00" <= last <= "\ud7af"
        or "\uff00" <= last <= "\uffef"
    )


def _chopped(text: str, face: Face, size: float, width: float, first: float) -> list[str]:
    """A word wider than the line in pieces that fit; the first has `first` points."""
    pieces, piece, room = [], "", first if first > size * 2 else width
    for character in text:
        if piece and face.width(piece + character, size) > room:
            pieces.append(piece)
            piece, room = "", width
        piece += character
    return [*pieces, piece]


def _merged(line: list[Segment]) -> list[Segment]:
    """Neighbouring segments of one look become one; the space at the line's end goes."""
    out: list[Segment] = []
    for segment in line:
        last = out[-1] if out else None
        if last and last.run == segment.run and last.face is segment.face and last.size == segment.size:
            out[-1] = replace(last, text=last.text + segment.text, width=last.width + segment.width)
        else:
            out.append(segment)
    if out:
        last = out[-1]
        spaces = len(last.text) - len(last.text.rstrip(" "))
        if spaces:
            bare = last.text[: len(last.text) - spaces]
            out[-1] = replace(last, text=bare, width=last.width - last.face.width(" ", last.size) * spaces)
    return out
