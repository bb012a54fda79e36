"""Reading a theme pack: a folder with a `_brand.yml` (the brand.yml convention).

Used of it: `meta.name`, `color.palette` and the slots named under `defaults.deckbuilder`,
`typography.base`, `.headings` and `.fonts`. Everything under `defaults.deckbuilder` is
laid over `standard.yaml`.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from deckbuilder.diagnostics import Diagnostics, did_you_mean, fail
from deckbuilder.reading.problems import report_errors
from deckbuilder.reading.yaml import parse_yaml, read_yaml
from deckbuilder.source import LocatedDict, position_of
from deckbuilder.theme.color import SLOTS, Color, Palette, Slot
from deckbuilder.theme.fonts import Fonts, is_font
from deckbuilder.theme.layouts import Builder
from deckbuilder.theme.specs import Family, FontSpec, ThemeSpec
from deckbuilder.theme.theme import Theme

DEFAULT_THEME = "spruce"
_STAND_IN = "Calibri"


def shipped_themes() -> Path:
    """The folder of the theme packs that come with deckbuilder."""
    package = Path(str(files("deckbuilder")))
    installed = package / "shipped" / "themes"
    return installed if installed.is_dir() else package.parent.parent / "themes"


def find_theme(name: str) -> Path:
    """The folder of a theme pack, given its folder or the name of a shipped one.

    Raises DeckError when there is none.
    """
    folder = Path(name)
    if (folder / "_brand.yml").is_file():
        return folder
    shipped = shipped_themes()
    names = sorted(p.parent.name for p in shipped.glob("*/_brand.yml"))
    if name in names:
        return shipped / name
    if folder.is_dir():
        raise fail(f"the folder {name} holds no _brand.yml", None, "a theme pack is a folder with a _brand.yml inside")
    raise fail(f"there is no theme '{name}'", None, did_you_mean(name, names))


def read_theme(name: str, problems: Diagnostics) -> Theme:
    """The theme pack of that name or folder. Raises DeckError with every problem found."""
    folder = find_theme(name)
    brand = read_yaml(folder / "_brand.yml", str(folder / "_brand.yml"), problems)
    problems.raise_if_errors()
    if not isinstance(brand, LocatedDict):
        raise fail(f"{folder / '_brand.yml'} is not a mapping")
    return _Pack(folder, brand, problems).theme()


class _Pack:
    def __init__(self, folder: Path, brand: LocatedDict, problems: Diagnostics) -> None:
        self.folder = folder
        self.brand = brand
        self.problems = problems

    def part(self, *path: str) -> Any:
        value: Any = self.brand
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def theme(self) -> Theme:
        standard = parse_yaml(
            files("deckbuilder.theme").joinpath("standard.yaml").read_text("utf-8"), "standard.yaml", self.problems
        )
        own = self.part("defaults", "deckbuilder")
        if own is not None and not isinstance(own, LocatedDict):
            raise fail(
                "'defaults.deckbuilder' should be a mapping", position_of(own), "write 'key: value' lines under it"
            )
        raw = _laid_over(standard, own or LocatedDict())
        raw.setdefault("slots", LocatedDict())
        spec = self._checked(ThemeSpec, raw)
        palette = self._palette(spec.slots)
        fonts = self._fonts()
        heading, body = self._family("headings", fonts), self._family("base", fonts)
        self.problems.raise_if_errors()
        colors = {key: self._color(key, value) for key, value in spec.colors.items()}
        builder = Builder(spec, colors, self.problems)
        styles = {key: builder.style(key, style) for key, style in spec.styles.items()}
        layouts = builder.layouts(styles)
        self.problems.raise_if_errors()
        title = self.part("meta", "name")
        if isinstance(title, dict):
            title = title.get("short") or title.get("full")
        return Theme(
            name=self.folder.resolve().name,
            title=str(title or self.folder.resolve().name),
            palette=palette,
            colors=colors,
            heading=heading,
            body=body,
            fonts=fonts,
            styles=styles,
            layouts=layouts,
            width=spec.size[0],
            height=spec.size[1],
            footer_size=spec.footer.size,
            table=builder.table(spec.table),
        )

    def _checked(self, model: Any, raw: Any) -> Any:
        try:
            value = TypeAdapter(model).validate_python(raw, context={"problems": self.problems})
        except ValidationError as error:
            report_errors(error.errors(include_url=False), raw, self.problems)
            value = None
        self.problems.raise_if_errors()
        return value

    def _hex(self, value: Any, seen: tuple[str, ...] = ()) -> str | None:
        """A colour as #RRGGBB, by value, by palette name, or by the name of a semantic colour."""
        text = str(value).strip()
        if re.fullmatch(r"#[0-9a-fA-F]{6}", text):
            return text.upper()
        if re.fullmatch(r"#[0-9a-fA-F]{3}", text):
            return "#" + "".join(c * 2 for c in text[1:]).upper()
        at = position_of(value)
        if text in seen:
            self.problems.error(f"the colour refers to itself: {' -> '.join((*seen, text))}", at)
            return None
        for table in (self.part("color", "palette"), self.part("color")):
            if isinstance(table, dict) and isinstance(table.get(text), str):
                return self._hex(table[text], (*seen, text))
        names = list(self.part("color", "palette") or {})
        self.problems.error(
            f"'{text}' is neither a colour like #1A2B3C nor in the palette", at, did_you_mean(text, names)
        )
        return None

    def _palette(self, slots: dict[str, str]) -> Palette:
        out: dict[Slot, str] = {}
        for slot, value in slots.items():
            if slot not in SLOTS:
                self.problems.error(f"there is no theme colour '{slot}'", position_of(value), did_you_mean(slot, SLOTS))
                continue
            found = self._hex(value)
            if found:
                out[slot] = found
        if missing := [s for s in SLOTS if s not in slots]:
            self.problems.error(f"the theme's 'slots' lack {', '.join(missing)}", self.brand.at)
        return Palette(out)

    def _color(self, key: str, value: list[Any]) -> Color:
        slot, *shade = value
        if slot not in SLOTS:
            self.problems.error(
                f"the colour '{key}' names no theme slot: '{slot}'", position_of(slot), did_you_mean(str(slot), SLOTS)
            )
            return Color("dk1")
        mod, off = ([*shade, 0.0] if len(shade) == 1 else shade) if shade else (1.0, 0.0)
        return Color(slot, float(mod), float(off))

    def _fonts(self) -> Fonts:
        files_by_family: dict[str, dict[str, Path]] = {}
        fonts = self.part("typography", "fonts") or []
        if not isinstance(fonts, list):
            raise fail("'typography.fonts' should be a list", position_of(fonts), "start each font with '- '")
        for raw in fonts:
            spec: FontSpec = self._checked(FontSpec, raw)
            styles: dict[str, Path] = {}
            for entry in spec.files:
                name = entry.get("path") if isinstance(entry, dict) else entry
                path = self.folder / str(name)
                if not path.resolve().is_relative_to(self.folder.resolve()) or not path.is_file():
                    self.problems.error(f"there is no font file '{name}' in the theme pack", position_of(entry))
                elif path.suffix.lower() != ".ttf":
                    self.problems.error(f"the font '{name}' is not a TrueType file (.ttf)", position_of(entry))
                elif not is_font(path):
                    self.problems.error(f"the font file '{name}' is damaged", position_of(entry), "copy it again")
                else:
                    styles[_style_of(entry, path)] = path
            if styles:
                files_by_family[spec.family] = styles
        return Fonts(files_by_family)

    def _family(self, use: str, fonts: Fonts) -> str:
        raw = self.part("typography", use)
        if raw is None:
            return self._family("base", fonts) if use == "headings" else _STAND_IN
        family: Family = self._checked(Family, raw)
        name = family.family or _STAND_IN
        if not fonts.knows(name):
            self.problems.warning(
                f"there is no file for the font '{name}'; {_STAND_IN} stands in for it",
                position_of(raw),
                "put its .ttf files into the theme pack and name them under typography.fonts",
            )
            return _STAND_IN
        return name


def _style_of(entry: Any, path: Path) -> str:
    """Regular, Bold, Italic or BoldItalic: as the pack says, else by the file's name."""
    name = path.stem.lower()
    weight = str(entry.get("weight", "")) if isinstance(entry, dict) else ""
    slope = str(entry.get("style", "")) if isinstance(entry, dict) else ""
    bold = weight in ("600", "700", "800", "bold", "semi-bold") or (not weight and "bold" in name)
    italic = slope == "italic" or (not slope and ("italic" in name or "oblique" in name))
    return ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"


def _laid_over(base: Any, over: Any) -> Any:
    """Mappings merged key by key; anything else in `over` replaces what `base` has."""
    if not isinstance(base, LocatedDict) or not isinstance(over, LocatedDict):
        return over
    out = LocatedDict(over.at or base.at)
    out.keys_at = base.keys_at | over.keys_at
    out.values_at = base.values_at | over.values_at
    out.update(base)
    for key, value in over.items():
        out[key] = _laid_over(base[key], value) if key in base else value
    return out
