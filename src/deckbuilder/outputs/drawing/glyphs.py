"""Shaped text in PDF files: glyphs by their numbers, each where HarfBuzz has it.

ReportLab sets text character by character. What has to be shaped is set with a font of its own beside ReportLab's for the same
face: one that names glyphs (ISO 32000-1, 9.7.4), holds those that the document shows, and says what they stand for. They are
shown in the order in which they are read (14.8.2.3.3), each where it belongs, so that text is taken out of the file as it was
written. Where glyphs that run from left to right do not follow the text one by one, the text itself stands beside them
(ActualText, 14.9.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc

from deckbuilder.theme.characters import visible
from deckbuilder.theme.shaping import Glyph, Shaper, shown

_NOTHING = "\u2060"  # a glyph has to stand for something: a joiner of words, which is not seen
_FLAGS = 4  # symbolic: its encoding is its own (9.8.2)


class GlyphFont:
    """A face in one document that shows glyphs of it; ReportLab asks it to add its objects when the document is written.

    What a glyph stands for may differ from place to place: each glyph has a code of its own for each text that it shows.
    """

    _dynamicFont = _multiByte = 1

    def __init__(self, document: Any, font: Any) -> None:
        self.font = font
        self.fontName = f"{font.fontName}-glyphs"
        self.name = f"/F{len(document.fontMapping) + 1}"  # in the document's resources
        self._codes: dict[tuple[int, str, int], int] = {}
        document.fontMapping[self.fontName] = self.name
        document.delayedFonts.append(self)

    def code(self, glyph: int, text: str, wide: int) -> int:
        """The code by which the document shows a glyph that stands for a text, and moves the pen so many thousandths of an
        em."""
        return self._codes.setdefault((glyph, text, wide), len(self._codes) + 1)

    def addObjects(self, document: Any) -> None:
        """Adds the font, the glyphs that are shown, their widths and their meaning."""
        codes = self._codes
        glyphs = [glyph for glyph, _, _ in codes]
        name = self.name[1:]
        own = self.font.face
        base = f"GLYPHS+{own.name.decode('latin-1')}"

        def stream(content: bytes, key: str, **more: Any) -> Any:
            made = pdfdoc.PDFStream(dictionary=pdfdoc.PDFDictionary(more), content=content)
            if document.compression:
                made.filters = [pdfdoc.PDFZCompress]
            return document.Reference(made, f"{key}:{self.fontName}")

        data = _subset(self.font.shaper.data, sorted({0, *glyphs}))
        file = stream(data, "glyphs", Length1=len(data))
        box = pdfdoc.PDFArray([round(edge) for edge in own.bbox])
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(base),
                "Flags": _FLAGS,
                "FontBBox": box,
                "ItalicAngle": round(own.italicAngle),
                "Ascent": round(own.ascent),
                "Descent": round(own.descent),
                "CapHeight": round(own.capHeight),
                "StemV": round(own.stemV),
                "FontFile2": file,
            }
        )
        widths = " ".join(str(wide) for _, _, wide in codes)
        numbers = b"".join(number.to_bytes(2, "big") for number in (0, *glyphs))
        info = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(base),
                "CIDSystemInfo": _Raw(info),
                "CIDToGIDMap": stream(numbers, "numbers"),
                "DW": 0,
                "W": _Raw(f"[ 1 [ {widths} ] ]"),
                "FontDescriptor": document.Reference(descriptor, f"descriptor:{self.fontName}"),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(base),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"descendant:{self.fontName}")]),
                "ToUnicode": stream(_meanings({code: text for (_, text, _), code in codes.items()}), "meanings"),
            }
        )
        font.__RefOnly__ = 1
        document.Reference(font, name)
        document.idToObject["BasicFonts"].dict[name] = font


class _Raw(pdfdoc.PDFObject):
    """What is PDF already."""

    def __init__(self, code: str) -> None:
        self.code = code

    def format(self, document: Any) -> bytes:
        return self.code.encode("ascii")


def _subset(data: bytes, glyphs: Sequence[int]) -> bytes:
    """The font file with the outlines of those glyphs alone, under the numbers that they have."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.GLYPH_INDEX).set(set(glyphs))
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_HINTING
    for tag in ("GSUB", "GPOS", "GDEF", "name", "cmap"):
        wanted.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).add(int.from_bytes(tag.ljust(4).encode("ascii"), "big"))
    return bytes(uharfbuzz.subset(uharfbuzz.Face(data), wanted).blob.data)


def _utf_16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _meanings(texts: dict[int, str]) -> bytes:
    """The CMap that says which characters codes stand for (9.10.3), a hundred at most at a time."""
    pairs = [f"<{code:04X}> <{_utf_16(text)}>" for code, text in texts.items()]
    blocks = []
    for start in range(0, len(pairs), 100):
        some = pairs[start : start + 100]
        blocks.append(f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{''.join(blocks)}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")


def glyph_font(document: Any, font: Any) -> GlyphFont:
    """The document's font of glyphs beside ReportLab's font of a face. Fonts of one name are one: it tells what their files hold,
    while a process that lives on may have read a file more than once."""
    fonts: dict[str, GlyphFont] = document.__dict__.setdefault("glyph_fonts", {})
    if font.fontName not in fonts:
        fonts[font.fontName] = GlyphFont(document, font)
    return fonts[font.fontName]


class _Shown(NamedTuple):
    """A code to show: a glyph that stands for some text. Lengths are ems: where it stands, how far above the line, and how far
    its code moves the pen. One that is `hidden` is not painted: it is there for its text."""

    glyph: int
    text: str
    x: float
    dy: float
    wide: float
    hidden: bool = False


def shaped_code(document: Any, font: Any, text: str, size: float, backwards: bool, rise: float = 0.0) -> str:
    """The operations of `shaped_glyphs`, with what they stand for around them."""
    code, actual = shaped_glyphs(document, font, text, size, backwards, rise)
    return f"/Span <<{actual_text(actual)}>> BDC\n{code}\nEMC" if actual else code


def actual_text(text: str) -> str:
    """What the properties of a sequence say, for what it stands for to be known."""
    return f"/ActualText <FEFF{_utf_16(text)}>"


def shaped_glyphs(
    document: Any, font: Any, text: str, size: float, backwards: bool, rise: float = 0.0
) -> tuple[str, str | None]:
    """The operations that show a text of one direction in a ReportLab font of ours, within a text object, from where its pen is,
    `rise` points above the line; and what they stand for, where that cannot be told from themselves. They leave the font
    changed."""
    text = shown(text)
    shaper: Shaper = font.shaper
    glyphs = shaper.shaped(text, backwards)
    own = glyph_font(document, font)
    out = [f"{own.name} {size:g} Tf"]
    pen = 0  # thousandths of an em
    lifted = 0.0
    for one in _in_reading_order(shaper, glyphs, text, backwards):
        if one.dy != lifted:
            out.append(f"{rise + one.dy * size:.3f} Ts")
            lifted = one.dy
        wide = round(one.wide * 1000)
        code = own.code(one.glyph, one.text, wide)
        back = pen - round(one.x * 1000)
        show = f"[ {back} <{code:04X}> ] TJ" if back else f"<{code:04X}> Tj"
        out.append(f"3 Tr {show} 0 Tr" if one.hidden else show)
        pen += wide - back
    if lifted:
        out.append(f"{rise:.3f} Ts")
    end = round(sum(glyph.advance for glyph in glyphs) * 1000)
    if pen != end:
        out.append(f"[ {pen - end} ] TJ")
    return "\n".join(out), None if backwards or _follow_one_another(glyphs) else text


def _in_reading_order(shaper: Shaper, glyphs: Sequence[Glyph], text: str, backwards: bool) -> list[_Shown]:
    """What is shown, in the order in which it is read.

    Programs that take out text go by where it stands, and turn what runs from right to left round character by character. So
    there each character has a place of its own, of some width: of a ligature, or with a joiner, which is not seen, a share of the
    glyph's.
    """
    advances = shaper.advances({glyph.number for glyph in glyphs})
    places = list(accumulate((glyph.advance for glyph in glyphs), initial=0.0))
    out: list[_Shown] = []
    unseen = ""  # characters that wait for a glyph to share
    for start, end, members in _clusters(glyphs, len(text)):
        words = text[start:end]
        if backwards and visible(words) == "":
            unseen += words
            continue
        words, unseen = unseen + words, ""
        order = members[::-1] if backwards else members
        for n, member in enumerate(order):
            glyph = glyphs[member]
            x, wide = places[member] + glyph.dx, advances[glyph.number]
            mine = words[n:] if n == len(order) - 1 and n < len(words) else words[n : n + 1] or _NOTHING
            if not backwards or len(mine) == 1 or not glyph.advance:
                out.append(_Shown(glyph.number, mine, x, glyph.dy, wide))
                continue
            share = glyph.advance / len(mine)
            for k, character in enumerate(mine[:-1]):
                left = places[member] + glyph.advance - (k + 1) * share
                out.append(_Shown(glyph.number, character, left, glyph.dy, share, True))
            out.append(_Shown(glyph.number, mine[-1], x, glyph.dy, wide))
    return out


def _clusters(glyphs: Sequence[Glyph], length: int) -> Iterator[tuple[int, int, list[int]]]:
    """What is read together, in the order of reading: where its characters begin and end in a text of that length, and the
    places of its glyphs."""
    starts = sorted({glyph.cluster for glyph in glyphs})
    members: dict[int, list[int]] = {start: [] for start in starts}
    for place, glyph in enumerate(glyphs):
        members[glyph.cluster].append(place)
    for start, end in zip(starts, [*starts[1:], length], strict=True):
        yield start, end, members[start]


def _follow_one_another(glyphs: Sequence[Glyph]) -> bool:
    """Whether each glyph shows characters of its own and stands behind the one before it."""
    clusters = [glyph.cluster for glyph in glyphs]
    return clusters == sorted(set(clusters)) and not any(glyph.dx or glyph.dy or not glyph.advance for glyph in glyphs)
