"""Fonts for scripts that a theme's own two do not have, as Office has them.

A theme names a font for each script; PowerPoint takes the one that goes with a text's language. Decks whose words are all
in Latin, Greek, Cyrillic or East Asian letters have the few that such decks have always had; others have all of them,
and the one for the deck's own script as its font for complex scripts, which every program asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from deckbuilder.languages import Language
from deckbuilder.layout.frame import ChartItem, SlideFrame, TableItem, TextItem
from deckbuilder.ooxml.types import A
from deckbuilder.theme.characters import complex_script, is_complex

# By ISO 15924 name. What a theme's own fonts lack is drawn by the one that goes with the text's language.
_USUAL = {
    "Jpan": "Yu Gothic",
    "Hang": "Malgun Gothic",
    "Hans": "Microsoft YaHei",
    "Hant": "Microsoft JhengHei",
    "Arab": "Arial",
    "Hebr": "Arial",
    "Thai": "Leelawadee UI",
    "Armn": "Segoe UI",
    "Geor": "Segoe UI",
    "Deva": "Nirmala UI",
}
_FURTHER = {
    **dict.fromkeys(("Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh"), "Nirmala UI"),
    "Laoo": "Leelawadee UI",
    "Khmr": "Leelawadee UI",
    "Mymr": "Myanmar Text",
    "Tibt": "Microsoft Himalaya",
    "Ethi": "Ebrima",
    "Nkoo": "Ebrima",
    "Thaa": "MV Boli",
    "Syrc": "Estrangelo Edessa",
}
# Of complex scripts these have Arabic and Hebrew at most.
_WESTERN = frozenset(
    {
        "Arial",
        "Calibri",
        "Cambria",
        "Courier New",
        "DejaVu Sans",
        "DejaVu Serif",
        "Georgia",
        "Helvetica",
        "Liberation Sans",
    }
    | {"Liberation Serif", "Open Sans", "Times New Roman", "Verdana"}
)
# Those whose letters programs draw by their font for complex scripts, by what Unicode calls them.
_COMPLEX = {
    "Arabic": "Arab",
    "Hebrew": "Hebr",
    "Syriac": "Syrc",
    "Thaana": "Thaa",
    "N'Ko": "Nkoo",
    "Devanagari": "Deva",
    "Bengali": "Beng",
    "Gurmukhi": "Guru",
    "Gujarati": "Gujr",
    "Oriya": "Orya",
    "Tamil": "Taml",
    "Telugu": "Telu",
    "Kannada": "Knda",
    "Malayalam": "Mlym",
    "Sinhala": "Sinh",
    "Thai": "Thai",
    "Lao": "Laoo",
    "Tibetan": "Tibt",
    "Myanmar": "Mymr",
    "Khmer": "Khmr",
}

# Whose fonts are twice as high as others: those of the rest keep their letters within their lines.
_TALL = frozenset(["Myanmar"])
_LOWERED = frozenset(["Arabic", "Hebrew", "Khmer", "Myanmar"])
_LOW = '<a:cs typeface="Arial"/>'


def theme_fonts(language: str, further: bool) -> str:
    """What follows `<a:ea/>` in each of a theme's two collections of fonts; `further` says whether there are words in scripts
    beyond the usual ones."""
    script = _script(language)
    own = _family(script) if is_complex_language(language) else ""
    fonts = _USUAL | (_FURTHER if further or own or script in _FURTHER else {})
    listed = "".join(f'<a:font script="{name}" typeface="{family}"/>' for name, family in fonts.items())
    return f'<a:cs typeface="{own}"/>{listed}'


def is_complex_language(language: str) -> bool:
    """Whether programs draw the language's letters by their font for complex scripts."""
    return _script(language) in _COMPLEX.values()


def complete_theme(theme: Any, language: str) -> None:
    """Gives a template's theme, by its root, a font for complex scripts where it has none, or one that is known not to have the
    language's: the one that it names for the script, or else Office's. LibreOffice goes on with what a run names where there is
    none, and loses Khmer letters below others where it has to look for another font."""
    script = _script(language)
    wanting = {"", *(_WESTERN if script not in ("Arab", "Hebr") else ())}
    for fonts in theme.iter(f"{A}majorFont", f"{A}minorFont"):
        named = fonts.find(f"{A}cs")
        own = next((font.get("typeface") for font in fonts.iterfind(f"{A}font") if font.get("script") == script), None)
        if named is not None and named.get("typeface", "") in wanting:
            named.set("typeface", own or _family(script))


def complex_face(text: str, language: str) -> str:
    """The `<a:cs>` of a run in a language, where its letters are of a complex script that is not the language's; "" where they
    are not, or it is not known who has them."""
    if not is_complex(text):
        return ""
    script = next((_COMPLEX.get(name, "") for name in map(complex_script, text) if name), "")
    family = _family(script) if script and script != _script(language) else ""
    return f'<a:cs typeface="{family}"/>' if family else ""


def low_face(text: str) -> str:
    """The `<a:cs>` of what LibreOffice sets on lines as high as its font, though lines of an exact height were asked for: links, and
    words in tables' cells. It keeps what such a font has below the line and takes the rest off above, so that words in scripts
    whose fonts are half as high again, or twice as high as others leave their place at the top. Of a font that has none of
    their letters it takes the height, and the letters of one that has them; so does PowerPoint. "" for other scripts."""
    return _LOW if is_complex(text) and not _TALL.isdisjoint(map(complex_script, text)) else ""


def on_one_line(cells: Iterable[str]) -> bool:
    """Whether a row's cells all want lines of an exact height, so that what is in other letters stands on a line with these: in
    LibreOffice they stand a quarter of an em lower than on lines of the fonts' own height. In other scripts they stand as high."""
    return any(is_complex(text) and not _LOWERED.isdisjoint(map(complex_script, text)) for text in cells)


def has_complex(frames: Iterable[SlideFrame]) -> bool:
    """Whether there is a word in a complex script on slides or in their notes."""
    return any(is_complex(words) for frame in frames for words in _words(frame))


def _words(frame: SlideFrame) -> Iterator[str]:
    for laid in (frame.footer, frame.notes):
        if laid is not None:
            yield laid.plain
    for item in frame.items:
        match item:
            case TextItem():
                yield item.text.plain
            case TableItem():
                yield from (cell.plain for row in item.rows for cell in row)
            case ChartItem():
                yield from item.chart.categories
                yield from (name for name, _ in item.chart.series)


def _family(script: str) -> str:
    return _USUAL.get(script) or _FURTHER.get(script, "")


@cache
def _script(tag: str) -> str:
    return Language(tag).script
