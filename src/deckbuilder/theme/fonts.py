"""Fonts: which files draw a family, and which face draws what of a text. A face (`faces`) tells how wide texts are in it.

Office fonts are measured by their metric twins (Calibri by Carlito, Georgia by Gelasio,
Arial by Liberation Sans), which have the same advance widths and may be shipped. Other families
that have no file are measured by one of these, times as wide as `widths` tells.

What a theme's face cannot draw is drawn by another one: `Fonts.pieces` divides a text, and is
the only rule for it, whatever the text is measured or drawn for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from deckbuilder.frozen import frozen
from deckbuilder.theme.characters import (
    EMOJI_ADVANCE,
    clusters,
    complex_script,
    has_emoji,
    has_marks,
    is_complex,
    is_private,
    visible,
)
from deckbuilder.theme.faces import BOLD_OF_OTHER, Face, Font, is_font, read_font
from deckbuilder.theme.machine import MachineFonts
from deckbuilder.theme.widths import measure_of

FONT_FOLDER = Path(__file__).parent / "fonts"


# Families people's Office has -> the twin that measures and, in PDFs, draws them.
METRIC_TWINS = {
    "Calibri": "Carlito",
    "Georgia": "Gelasio",
    "Arial": "Liberation Sans",
    "Helvetica": "Liberation Sans",
    "Courier New": "Liberation Mono",
}


_SHIPPED = {
    "Carlito": "Carlito",
    "Gelasio": "Gelasio",
    "Liberation Sans": "LiberationSans",
    "Liberation Mono": "LiberationMono",
}


CODE_FAMILY = "Courier New"


LINING = "Arial"  # has figures of one height, and everybody has it


# Office's families whose figures are those of running text, some of them above and some below the line.
_OLD_STYLE = frozenset({"Georgia", "Gelasio", "Constantia", "Corbel", "Candara", "Hoefler Text"})


# Who draws what the theme's fonts cannot, in the order they are asked; files are read when first needed.
# For emoji and for letters with marks one is asked before all others.
_EMOJI_FILE = "NotoEmoji-Regular"


_MARKS_FILE = "DejaVuSans"  # its marks stand over the letter before them by themselves; others' have to be placed


_SUBSTITUTE_FILES = (
    _MARKS_FILE,  # Latin, Greek, Cyrillic, Armenian, Georgian, combining marks, arrows, mathematics, dingbats
    "DroidSansFallbackFull",  # Han, kana, bopomofo
    "NanumGothicCoding",  # hangul
    _EMOJI_FILE,
    "NotoSansMath-Regular",
    "NotoSansSymbols-Regular",
    "NotoSansSymbols2-Regular",
)


# Who draws scripts that have to be shaped, before all others: Noto Sans, by what the files add to that, regular and bold.
_SCRIPT_FILES = frozenset(
    {"Arabic", "Hebrew", "Thaana", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu"}
    | {"Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Khmer", "Myanmar", "Ethiopic"}
)


class Fonts:
    """Faces by family, loaded when first asked for.

    `files` maps further families, from a theme pack, to the file of each style ("Regular",
    "Bold", "Italic", "BoldItalic"); a style without a file is drawn by the nearest one. A file is read once: what is
    measured is what is drawn, though the file may change meanwhile. `machine` are the machine's fonts, `of_machine` the files
    of these that were needed.
    """

    def __init__(self, files: Mapping[str, Mapping[str, Path]] | None = None) -> None:
        self.files: Mapping[str, Mapping[str, Path]] = frozen(files or {})
        self.machine = MachineFonts()
        self.of_machine: dict[Path, None] = {}
        self._faces: dict[tuple[str, bool, bool], Face] = {}
        self._fonts: dict[str, Font] = {}
        self._data: dict[Path, bytes] = {}
        self._names: dict[Path, str] = {}
        self._substitutes: dict[str, Face] = {}
        self._pieces: dict[tuple[str, str, bool, bool], tuple[tuple[Face, str], ...]] = {}
        self._drawable: dict[str, bool] = {}

    def knows(self, family: str) -> bool:
        """Whether there is a file to measure and draw the family with."""
        return family in self.files or METRIC_TWINS.get(family, family) in _SHIPPED

    def drawn_by(self, family: str) -> str:
        """The family that draws it in PDF files: itself, or what stands in where there is no file."""
        return family if self.knows(family) else measure_of(family).stand_in

    def face(self, family: str, bold: bool = False, italic: bool = False) -> Face:
        """The face for the family; where there is no file for it, that of its stand-in, with its width."""
        key = (family, bold, italic)
        found = self._faces.get(key)
        if found is None:
            found = self._faces[key] = self._load(*key)
        return found

    def face_name(self, family: str, bold: bool = False, italic: bool = False) -> str:
        """The name of the face, without loading it: its file's, and a hash of its content where the file is not one
        of ours. ReportLab knows fonts by their names as long as the process lives, in which a theme pack's may change."""
        return self._name(self._file(self.drawn_by(family), bold, italic))

    def pieces(self, text: str, family: str, bold: bool = False, italic: bool = False) -> tuple[tuple[Face, str], ...]:
        """The text as pieces, each with the face that draws it: the family's own where that has the
        characters, else the first of the substitutes that does.

        The pieces joined are the text. A base and what combines with it lie in one piece, unless no
        face has both. What no face has stays with the family's own; `lacks` tells.
        """
        key = (text, family, bold, italic)
        known = self._pieces.get(key)
        if known is None:
            own = self.face(family, bold, italic)
            divided = own.lacks(text) or has_emoji(text) or has_marks(text) or is_complex(text)
            known = tuple(self._divided(text, family, bold, italic)) if divided else ((own, text),)
            self._pieces[key] = known
        return known

    def lacks(self, text: str) -> set[str]:
        """The characters of `text` that no face can draw, whatever the family. Characters for private
        use mean something in the theme pack's own fonts only."""
        return {c for c in set(visible(text)) if not self._draws(c)}

    def _draws(self, character: str) -> bool:
        known = self._drawable.get(character)
        if known is None:
            faces: Iterable[Face] = self._chain("Carlito", False, False)
            if script := complex_script(character):
                faces = [*self._of_script(script, "Carlito", False, False), *faces]
            if is_private(character):
                faces = [self.face(family) for family in self.files]
            known = any(not face.lacks(character) for face in faces)
            known = self._drawable[character] = known or self._of_machine(character, False) is not None
        return known

    def _divided(self, text: str, family: str, bold: bool, italic: bool) -> Iterator[tuple[Face, str]]:
        current, words = self.face(family, bold, italic), ""
        shaped = False
        for cluster in clusters(text):
            # A space belongs to the letters before it, as other programs have it.
            if cluster == " " and shaped and not current.lacks(cluster):
                words += cluster
                continue
            shaped = complex_script(cluster[0]) is not None
            whole = self._face_for(cluster, family, bold, italic)
            # Where no face has the base and its marks, each is drawn by a face of its own.
            for part in [cluster] if whole else cluster:
                face = whole or self._face_for(part, family, bold, italic) or self.face(family, bold, italic)
                if face is not current and words:
                    yield current, words
                    words = ""
                current = face
                words += part
        if words:
            yield current, words

    def _face_for(self, cluster: str, family: str, bold: bool, italic: bool) -> Face | None:
        """The first face that can draw the whole cluster."""
        if script := complex_script(cluster[0]):
            for face in self._of_script(script, family, bold, italic):
                if not face.lacks(cluster):
                    return face
        if has_marks(cluster):
            marked = self._substitute(FONT_FOLDER / f"{_MARKS_FILE}.ttf")
            if not marked.lacks(cluster):
                return marked
        for face in self._chain(family, bold, italic, has_emoji(cluster)):
            if not face.lacks(cluster):
                return face
        return self._of_machine(cluster, bold)

    def _of_machine(self, cluster: str, bold: bool) -> Face | None:
        """The face of the machine that can draw the whole cluster."""
        path = self.machine.find(cluster[0], bold)
        if path is None or not is_font(path):
            return None
        face = self._substitute(path)
        if face.lacks(cluster):
            return None
        self.of_machine[path] = None
        return face

    def _of_script(self, script: str, family: str, bold: bool, italic: bool) -> Iterator[Face]:
        """The faces that are asked first for a script that has to be shaped: the theme pack's, then the one made for it."""
        if family in self.files:
            yield self.face(family, bold, italic)
        for other in self.files:
            if other != family:
                yield self._substitute(self._file(other, bold, italic))
        if script in _SCRIPT_FILES:
            name = f"NotoSans{script}-{'Bold' if bold else 'Regular'}"
            times = BOLD_OF_OTHER.get(script)
            yield self._substitute(FONT_FOLDER / f"{name}.ttf", times and (times if bold else 1.0))

    def _chain(self, family: str, bold: bool, italic: bool, emoji: bool = False) -> Iterator[Face]:
        """The faces to ask, in order: the family's own, the theme pack's, then those that come with
        deckbuilder; for an emoji, theirs before a family that is not the pack's."""
        if not emoji or family in self.files:
            yield self.face(family, bold, italic)
        for other in self.files:
            if other != family:
                yield self._substitute(self._file(other, bold, italic))
        if emoji:
            yield self._substitute(FONT_FOLDER / f"{_EMOJI_FILE}.ttf")
            yield self.face(family, bold, italic)
        yield self._substitute(self._file("Liberation Sans", bold, italic))
        for name in _SUBSTITUTE_FILES:
            yield self._substitute(FONT_FOLDER / f"{name}.ttf")
        for other in ("Carlito", "Gelasio", "Liberation Mono"):
            yield self._substitute(self._file(other, bold, italic))

    def _substitute(self, path: Path, times: float | None = None) -> Face:
        """The face of a file; `times` where another program may show DejaVu Sans for it, so many times as wide."""
        name = self._name(path)
        if name not in self._substitutes:
            least = EMOJI_ADVANCE if name == _EMOJI_FILE else 0.0
            other = times and (self._font(_MARKS_FILE, FONT_FOLDER / f"{_MARKS_FILE}.ttf"), times)
            self._substitutes[name] = Face(name, self._font(name, path), True, least, other=other or None)
        return self._substitutes[name]

    def _load(self, family: str, bold: bool, italic: bool) -> Face:
        if not self.knows(family):
            measure = measure_of(family)
            drawn = self.face(measure.stand_in, bold, italic)
            return Face(drawn.name, drawn.font, factor=measure.factor(bold), line=measure.line)
        path = self._file(family, bold, italic)
        name = self._name(path)
        for other in self._faces.values():
            if other.name == name and other.line is None:
                return other
        return Face(name, self._font(name, path))

    def _font(self, name: str, path: Path) -> Font:
        if name not in self._fonts:
            self._fonts[name] = read_font(name, self._content(path), path.parent == FONT_FOLDER)
        return self._fonts[name]

    def _name(self, path: Path) -> str:
        if path.parent == FONT_FOLDER:
            return path.stem
        if path not in self._names:
            self._names[path] = f"{path.stem}-{hashlib.sha256(self._content(path)).hexdigest()[:16]}"
        return self._names[path]

    def _content(self, path: Path) -> bytes:
        if path not in self._data:
            self._data[path] = path.read_bytes()
        return self._data[path]

    def _file(self, family: str, bold: bool, italic: bool) -> Path:
        """The file of the style, or of the nearest that there is."""
        style = ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"
        for candidate in (style, style.replace("Italic", "") or "Regular", "Regular"):
            path = self._path(family, candidate)
            if path and path.exists():
                return path
        if others := self.files.get(family):  # a family without a regular cut
            return next(iter(others.values()))
        raise KeyError(family)

    def _path(self, family: str, style: str) -> Path | None:
        if family in self.files:
            return self.files[family].get(style)
        shipped = _SHIPPED[METRIC_TWINS.get(family, family)]
        return FONT_FOLDER / f"{shipped}-{style}.ttf"


def lines_up(family: str) -> bool:
    """Whether a family's figures are as high as its capitals, as numerals alone and times in columns want them."""
    return family not in _OLD_STYLE
