"""Shaping: which glyphs of a font show a text, and where they stand.

HarfBuzz joins Arabic letters, puts Indic vowels where they are read, and marks over what they belong to; LibreOffice asks it
as well. What is measured and what is drawn in PDF files are the same glyphs. HarfBuzz is loaded when a text asks for it.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from deckbuilder.theme.characters import complex_script, is_complex, visible

# Marks of direction have done their work when lines are ordered; joiners are the shaper's.
_DIRECTIONS = dict.fromkeys(
    [0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xAD, 0x200B, 0x2060]
)

_TYPOGRAPHIC = 68  # where the heights stand in a font's table OS/2


class Glyph(NamedTuple):
    """A glyph, by its number in the font. `cluster` is where in the text begins what it shows, alone or with others of the same
    cluster; lengths are ems: how far it moves the pen, and where it stands from there."""

    number: int
    cluster: int
    advance: float
    dx: float
    dy: float


def shown(text: str) -> str:
    """The text without what the shaper has no use for."""
    return text if text.isascii() else text.translate(_DIRECTIONS)


def runs_backwards(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    return next((d in ("R", "AL") for d in map(unicodedata.bidirectional, text) if d in ("L", "R", "AL")), False)


class Shaper:
    """A font file's glyphs for texts. Texts are `shown`: clusters count their characters."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._font: Any = None
        self._shaped: dict[tuple[str, bool], tuple[Glyph, ...]] = {}

    def shaped(self, text: str, backwards: bool) -> tuple[Glyph, ...]:
        """The glyphs from left to right, of a text that runs one way."""
        key = (text, backwards)
        known = self._shaped.get(key)
        if known is None:
            parts = [list(self._part(part, start, backwards)) for start, part in _by_script(text)]
            known = tuple(glyph for part in (reversed(parts) if backwards else parts) for glyph in part)
            self._shaped[key] = known
        return known

    def width(self, text: str) -> float:
        """How far the text moves the pen, in ems."""
        text = shown(text)
        return sum(glyph.advance for glyph in self.shaped(text, runs_backwards(text)))

    def advances(self, glyphs: Iterable[int]) -> dict[int, float]:
        """How far glyphs move the pen by themselves, by number, in ems."""
        font = self.loaded()
        return {number: font.get_glyph_h_advance(number) / font.face.upem for number in glyphs}

    def loaded(self) -> Any:
        """The font as HarfBuzz has it."""
        import uharfbuzz

        if self._font is None:
            self._font = uharfbuzz.Font(uharfbuzz.Face(self.data))
        return self._font

    def _part(self, text: str, start: int, backwards: bool) -> Iterator[Glyph]:
        """A part in one script. What is not shaped is as wide here as elsewhere: character by character."""
        if not is_complex(text):
            return self._plain(text, start, backwards)
        return self._complex(text, start, backwards)

    def _plain(self, text: str, start: int, backwards: bool) -> Iterator[Glyph]:
        font = self.loaded()
        characters = [(at, character) for at, character in enumerate(text) if visible(character)]
        for at, character in reversed(characters) if backwards else characters:
            number = font.get_nominal_glyph(ord(_mirrored(character) if backwards else character)) or 0
            yield Glyph(number, start + at, font.get_glyph_h_advance(number) / font.face.upem, 0.0, 0.0)

    def _complex(self, text: str, start: int, backwards: bool) -> Iterator[Glyph]:
        import uharfbuzz

        font = self.loaded()
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if backwards else "ltr"
        uharfbuzz.shape(font, buffer)
        em = font.face.upem
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            yield Glyph(
                info.codepoint, start + info.cluster, place.x_advance / em, place.x_offset / em, place.y_offset / em
            )


class Metrics:
    """What a font file tells of its characters, in thousandths of an em. As ReportLab has them in PDF files: a space that does
    not break is drawn as one that does; heights are OS/2's, typographic (OpenType, sTypoAscender and sTypoDescender)."""

    def __init__(self, shaper: Shaper) -> None:
        self._font = shaper.loaded()
        self._scale = 1000 / self._font.face.upem
        heights = struct.unpack_from(">hh", self._font.face.reference_table("OS/2").data, _TYPOGRAPHIC)
        self.ascent, self.descent = (height * self._scale for height in heights)

    def glyph(self, character: str) -> int | None:
        """The glyph that shows a character, by its number; None where the font has none."""
        number: int | None = self._font.get_nominal_glyph(0x20 if character == "\xa0" else ord(character))
        return number

    def width(self, character: str) -> float:
        """How far a character moves the pen, or what is shown in its place."""
        return float(self._font.get_glyph_h_advance(self.glyph(character) or 0) * self._scale)


def _mirrored(character: str) -> str:
    """The character that shows it in what runs from right to left: brackets are turned round (UAX #9, L4)."""
    from bidi.mirror import MIRRORED

    return str(MIRRORED.get(character, character))


def _by_script(text: str) -> Iterator[tuple[int, str]]:
    """The text in parts of one script each, and where they begin; what has none goes with what is before it."""
    start, script = 0, None
    for at, character in enumerate(text):
        own = complex_script(character) or ("" if character.isalpha() else None)
        if own is None or own == script:
            continue
        if script is not None:
            yield start, text[start:at]
            start = at
        script = own
    if start < len(text):
        yield start, text[start:]
