"""The fonts that a brand file names, and their files in the theme pack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deckbuilder.content.base import Model
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.source import Inputs, LocatedDict, Position, position_of
from deckbuilder.theme.brand import BOLD_FROM, WEIGHTS, Brand, read_weight
from deckbuilder.theme.faces import is_font
from deckbuilder.theme.fonts import CODE_FAMILY, Fonts
from deckbuilder.theme.specs import Family, FontSpec, checked
from deckbuilder.theme.widths import measure_of

STAND_IN = "Calibri"
# What CSS says in place of a family: any that the reader's machine has (CSS Fonts 4, 2.1.1).
_GENERIC = {
    "serif": "Georgia",
    "ui-serif": "Georgia",
    "monospace": CODE_FAMILY,
    "ui-monospace": CODE_FAMILY,
    **dict.fromkeys(
        ("sans-serif", "system-ui", "ui-sans-serif", "ui-rounded", "-apple-system", "blinkmacsystemfont", "inherit"),
        STAND_IN,
    ),
}
_REGULAR, _BOLD = 400, 700
_SLOPES = ("italic", "oblique")
# What files' names call weights, longer names first: "extrabold" is not "bold".
_BY_NAME = sorted(
    ((name.replace("-", ""), number) for name, number in {**WEIGHTS, "heavy": 900}.items()),
    key=lambda named: -len(named[0]),
)
_WEB = (".woff", ".woff2", ".eot")
_WAY_OUT = "put its .ttf files into the theme pack and name them under typography.fonts"


class Typography:
    """Reads what a brand says of fonts. What cannot be had is reported, once for each family; something stands in for it."""

    def __init__(self, folder: Path, brand: Brand, problems: Diagnostics, inputs: Inputs) -> None:
        self.folder = folder
        self.brand = brand
        self.problems = problems
        self.inputs = inputs
        self.told: set[str] = set()

    def fonts(self) -> Fonts:
        """The families that have files in the pack."""
        files_by_family: dict[str, dict[str, Path]] = {}
        fonts = self.brand.part("typography", "fonts") or []
        if not isinstance(fonts, list):
            self.problems.error(
                "wrong-type", "'typography.fonts' should be a list", position_of(fonts), "start each font with '- '"
            )
            fonts = []
        for raw in fonts:
            spec = checked(FontSpec, _only(raw, FontSpec), self.problems)
            if spec is not None and (styles := self._files(spec)):
                files_by_family[spec.family] = styles
        return Fonts(files_by_family)

    def _files(self, spec: FontSpec) -> dict[str, Path]:
        """The file of each style. Those that cannot be used are told together, by what is wrong with them."""
        styles: dict[str, tuple[int, Path]] = {}
        wrong: dict[str, list[tuple[str, Position | None]]] = {}
        for entry in spec.files:
            name = str(entry.get("path") if isinstance(entry, dict) else entry)
            path = self.folder / name
            at = position_of(entry)
            if "://" in name or path.suffix.lower() in _WEB:
                wrong.setdefault("web-font", []).append((name, at))
                continue
            self.inputs.add(path)
            if not path.resolve().is_relative_to(self.folder.resolve()) or not path.is_file():
                wrong.setdefault("font-missing", []).append((name, at))
            elif _postscript(path):
                wrong.setdefault("font-outlines", []).append((name, at))
            elif path.suffix.lower() not in (".ttf", ".otf"):
                self.problems.error("font-format", f"the font '{name}' is not a TrueType file (.ttf)", at)
            elif not is_font(path):
                self.problems.error("font-format", f"the font file '{name}' is damaged", at, "copy it again")
            else:
                style, far = self._style_of(entry, path)
                if style not in styles or far < styles[style][0]:
                    styles[style] = far, path
        for code, found in wrong.items():
            self._tell(spec.family, code, found, bool(styles))
        return {style: path for style, (_, path) in styles.items()}

    def _style_of(self, entry: Any, path: Path) -> tuple[str, int]:
        """Regular, Bold, Italic or BoldItalic: as the pack says, else by the file's name; and how far its weight is from the
        one that such a style has. Of several files of a style that with the nearest is taken."""
        said = entry if isinstance(entry, dict) else {}
        name = path.stem.lower().replace("-", "").replace("_", "")
        weight = None
        if "weight" in said:
            weight = read_weight(said["weight"], f"the font file's ('{path.name}')", position_of(entry), self.problems)
        if weight is None:
            named = (number for words, number in _BY_NAME if words in name)
            weight = next(named, _REGULAR)
        slope = str(said.get("style", "")).strip().lower()
        italic = slope in _SLOPES or (not slope and any(each in name for each in _SLOPES))
        bold = weight >= BOLD_FROM
        style = ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"
        return style, abs(weight - (_BOLD if bold else _REGULAR))

    def _tell(self, family: str, code: str, found: list[tuple[str, Position | None]], partly: bool) -> None:
        names = ", ".join(f"'{name}'" for name, _ in found)
        message, hint = {
            "web-font": (
                f"web fonts cannot be measured or put into files: {names}",
                "put the family's .ttf files into the theme pack",
            ),
            "font-missing": (f"there is no font file {names} in the theme pack", "put it there"),
            "font-outlines": (
                f"fonts with PostScript outlines cannot be put into PDF files: {names}",
                "take the family's .ttf files, or convert it with fontTools' otf2ttf",
            ),
        }[code]
        if not partly:
            message += f"; {self._instead(family)}"
            self.told.add(family)
        self.problems.warning(code, message, found[0][1], hint)

    def family(self, use: str, fonts: Fonts) -> str:
        """The family for "headings" or the "base"; one without a file is told, with what stands in for it."""
        raw = self.brand.part("typography", use)
        if raw is None:
            return self.family("base", fonts) if use == "headings" else STAND_IN
        family = checked(Family, _only(raw, Family), self.problems)
        name = first_family(family.family or "" if family else "", fonts)
        if use == "headings" and not (family and family.family):
            return self.family("base", fonts)
        self.substituted(name, fonts, position_of(raw))
        return name

    def substituted(self, family: str, fonts: Fonts, at: Position | None) -> None:
        """Tells of a family without a file, once."""
        if not fonts.knows(family) and family not in self.told:
            self.told.add(family)
            self.problems.warning(
                "font-substituted", f"there is no file for the font '{family}': {self._instead(family)}", at, _WAY_OUT
            )

    def _instead(self, family: str) -> str:
        return f"the deck names '{family}', and {measure_of(family).stand_in} stands in for it in PDF files"

    def code(self) -> None:
        """Code has one font in every theme; a brand that wants another is told."""
        raw = self.brand.part("typography", "monospace")
        name = raw.get("family") if isinstance(raw, dict) else raw
        family = first_family(str(name), Fonts()) if name else CODE_FAMILY
        if family != CODE_FAMILY:
            self.problems.warning(
                "font-substituted",
                f"code is not set in '{family}'; {CODE_FAMILY} stands in for it",
                position_of(raw),
                "no other is supported",
            )


def first_family(stack: str, fonts: Fonts) -> str:
    """The family that a list of them asks for, as CSS writes it: the first that is named; where none is, what stands for the
    kind that it asks for."""
    names = [name.strip().strip("'\"").strip() for name in stack.split(",")]
    named = [name for name in names if name and name.lower() not in _GENERIC]
    generic = next((_GENERIC[name.lower()] for name in names if name.lower() in _GENERIC), STAND_IN)
    return stack if stack in fonts.files else named[0] if named else generic


def _postscript(path: Path) -> bool:
    """Whether the font's outlines are PostScript's (OpenType 1.9, the table directory's sfntVersion)."""
    with path.open("rb") as file:
        return file.read(4) == b"OTTO"


def _only(raw: Any, model: type[Model]) -> Any:
    """A mapping without what the model has no use for: the convention has keys for the web."""
    if not isinstance(raw, LocatedDict):
        return raw
    out = LocatedDict(raw.at)
    out.keys_at, out.values_at = raw.keys_at, raw.values_at
    out.update({key: value for key, value in raw.items() if key in model.model_fields})
    return out
