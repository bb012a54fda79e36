"""The fonts that a brand file names, and their files in the theme pack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deckbuilder.content.base import Model
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.source import Inputs, LocatedDict, position_of
from deckbuilder.theme.brand import Brand
from deckbuilder.theme.fonts import CODE_FAMILY, Fonts, is_font, stand_in
from deckbuilder.theme.specs import Family, FontSpec, checked

STAND_IN = "Calibri"


class Typography:
    """Reads what a brand says of fonts; what cannot be had is reported, and something stands in for it."""

    def __init__(self, folder: Path, brand: Brand, problems: Diagnostics, inputs: Inputs) -> None:
        self.folder = folder
        self.brand = brand
        self.problems = problems
        self.inputs = inputs

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
            if spec is None:
                continue
            styles: dict[str, Path] = {}
            for entry in spec.files:
                name = entry.get("path") if isinstance(entry, dict) else entry
                path = self.folder / str(name)
                if "://" in str(name) or path.suffix.lower() in (".woff", ".woff2"):
                    self.problems.warning(
                        "web-font",
                        f"the web font '{name}' cannot be measured or put into files; it is left out",
                        position_of(entry),
                        "put the family's .ttf files into the theme pack",
                    )
                    continue
                self.inputs.add(path)
                if not path.resolve().is_relative_to(self.folder.resolve()) or not path.is_file():
                    self.problems.error(
                        "font-missing", f"there is no font file '{name}' in the theme pack", position_of(entry)
                    )
                elif path.suffix.lower() != ".ttf":
                    self.problems.error(
                        "font-format", f"the font '{name}' is not a TrueType file (.ttf)", position_of(entry)
                    )
                elif not is_font(path):
                    self.problems.error(
                        "font-format", f"the font file '{name}' is damaged", position_of(entry), "copy it again"
                    )
                else:
                    styles[_style_of(entry, path)] = path
            if styles:
                files_by_family[spec.family] = styles
        return Fonts(files_by_family)

    def family(self, use: str, fonts: Fonts) -> str:
        """The family for "headings" or the "base", or what stands in for it."""
        raw = self.brand.part("typography", use)
        if raw is None:
            return self.family("base", fonts) if use == "headings" else STAND_IN
        family = checked(Family, _only(raw, Family), self.problems)
        name = (family.family if family else None) or STAND_IN
        if not fonts.knows(name):
            other = stand_in(name)
            self.problems.warning(
                "font-substituted",
                f"there is no file for the font '{name}'; {other} stands in for it",
                position_of(raw),
                "put its .ttf files into the theme pack and name them under typography.fonts",
            )
            return other
        return name

    def code(self) -> None:
        """Code has one font in every theme; a brand that wants another is told."""
        raw = self.brand.part("typography", "monospace")
        name = raw.get("family") if isinstance(raw, dict) else raw
        if name and name != CODE_FAMILY:
            self.problems.warning(
                "font-substituted",
                f"code is not set in '{name}'; {CODE_FAMILY} stands in for it",
                position_of(raw),
                "no other is supported",
            )


def _only(raw: Any, model: type[Model]) -> Any:
    """A mapping without what the model has no use for: the convention has keys for the web."""
    if not isinstance(raw, LocatedDict):
        return raw
    out = LocatedDict(raw.at)
    out.keys_at, out.values_at = raw.keys_at, raw.values_at
    out.update({key: value for key, value in raw.items() if key in model.model_fields})
    return out


def _style_of(entry: Any, path: Path) -> str:
    """Regular, Bold, Italic or BoldItalic: as the pack says, else by the file's name."""
    name = path.stem.lower()
    weight = str(entry.get("weight", "")) if isinstance(entry, dict) else ""
    slope = str(entry.get("style", "")) if isinstance(entry, dict) else ""
    bold = weight in ("600", "700", "800", "bold", "semi-bold") or (not weight and "bold" in name)
    italic = slope == "italic" or (not slope and ("italic" in name or "oblique" in name))
    return ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"
