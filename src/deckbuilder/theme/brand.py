"""What a `_brand.yml` says, by the brand.yml convention: colours, logos, which weight headings have.

Nothing is decided here; `derive` makes theme colours of the brand's, `pack` makes the theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deckbuilder.content.pictures import PictureFile
from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.frozen import dataclass
from deckbuilder.reading.formats import PICTURE_ENDINGS
from deckbuilder.reading.pictures import read_picture
from deckbuilder.source import Inputs, LocatedDict, Position, position_of

SEMANTIC = (
    "foreground",
    "background",
    "primary",
    "secondary",
    "tertiary",
    "success",
    "info",
    "warning",
    "danger",
    "light",
    "dark",
)
SIZES = ("small", "medium", "large")
_FEW_PIXELS = 48
# The keys of the convention, and what brand files in use have beside them; '' is the file itself.
_KEYS = {
    "": ("meta", "logo", "color", "typography", "defaults"),
    "meta": ("name", "link"),
    "logo": ("images", *SIZES, "path", "alt", "light", "dark"),
    "color": ("palette", *SEMANTIC, "link"),
    "typography": ("fonts", "base", "headings", "monospace", "monospace-inline", "monospace-block", "link"),
    "typography.base": ("family", "size", "weight", "line-height", "color"),
    "typography.headings": ("family", "size", "weight", "style", "line-height", "color"),
    "typography.link": ("weight", "color", "background-color", "decoration"),
}
# The names of weights that the convention has, by the numbers of CSS Fonts 4 and OpenType's usWeightClass.
WEIGHTS = {
    "thin": 100,
    "extra-light": 200,
    "ultra-light": 200,
    "light": 300,
    "normal": 400,
    "regular": 400,
    "medium": 500,
    "semi-bold": 600,
    "demi-bold": 600,
    "bold": 700,
    "extra-bold": 800,
    "ultra-bold": 800,
    "black": 900,
}
_WEIGHT = re.compile("[1-9][0-9]{0,2}|1000", re.ASCII)  # CSS Fonts 4, 2.2
BOLD_FROM = 600  # of these numbers


def read_weight(given: object, whose: str, at: Position | None, problems: Diagnostics) -> int | None:
    """The number of a weight, given as one or by its name; None, which is told, for what the convention does not have. `whose`
    is how a sentence says what has it."""
    weight = str(given).strip().lower()
    number = WEIGHTS.get(weight) or (int(weight) if _WEIGHT.fullmatch(weight) else None)
    if number is None:
        message = f"{whose} weight '{weight}' is not one that brands have; it is not used"
        problems.warning("brand-weight", message, at, did_you_mean(weight, WEIGHTS))
    return number


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo's file; `alt` is empty for one that its brand does not describe."""

    picture: PictureFile
    alt: str


@dataclass(frozen=True, slots=True)
class LogoPair:
    """A logo for light grounds and one for dark grounds; None where the brand has none for that."""

    light: Logo | None
    dark: Logo | None


class Brand:
    """The data of a `_brand.yml` and the folder it lies in. Files that are read go to `inputs`."""

    def __init__(self, folder: Path, data: LocatedDict, problems: Diagnostics, inputs: Inputs | None = None) -> None:
        self.folder = folder
        self.data = data
        self.problems = problems
        self.inputs = Inputs() if inputs is None else inputs
        self._pictures: dict[str, PictureFile | None] = {}
        self._told: set[str] = set()

    def part(self, *path: str) -> Any:
        """The value at a path of keys; None where there is none."""
        value: Any = self.data
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    @property
    def title(self) -> str | None:
        """The brand's name, its short form where it has two."""
        name = self.part("meta", "name")
        if isinstance(name, dict):
            name = name.get("short") or name.get("full")
        return str(name) if name else None

    def unknown(self) -> None:
        """Tells of keys that the convention does not have, all of a mapping together, and of what should be a mapping and is
        none."""
        for group, known in _KEYS.items():
            part = self.part(*group.split(".")) if group else self.data
            if group in ("meta", "typography") and part is not None and not isinstance(part, dict):
                way_out = f"write '{known[0]}: …' lines under it"
                self.problems.error("wrong-type", f"'{group}' should be a mapping", position_of(part), way_out)
            strange = [key for key in part if str(key) not in known] if isinstance(part, LocatedDict) else []
            if strange:
                where = f"'{group}' has" if group else "a brand file has"
                names = ", ".join(f"'{key}'" for key in strange)
                nearest = next((near for key in strange if (near := did_you_mean(str(key), known))), None)
                self.problems.warning(
                    "brand-key",
                    f"{where} no key {names}; it is not used" if len(strange) == 1 else f"{where} no keys {names}",
                    part.keys_at.get(strange[0]),
                    nearest or f"the keys are {', '.join(known)}",
                )

    def color(self, value: Any, seen: tuple[str, ...] = ()) -> str | None:
        """A colour as #RRGGBB: by value as CSS writes it, by palette name, or by the name of a semantic
        colour; of one for light and one for dark pages the first. None, and told once, for what is neither."""
        at = position_of(value)
        if isinstance(value, dict):
            self._modes(value, at)
            value = value.get("light") or value.get("dark") or ""
            at = position_of(value) or at
        text = str(value).strip()
        if found := css_color(text) if text.startswith("#") or "(" in text else None:
            return found
        if text in seen:
            if text not in self._told:  # one circle is one fault, whichever of its colours is asked for
                self._told.update(seen)
                self.problems.error("color-loop", f"the colour refers to itself: {' -> '.join((*seen, text))}", at)
            return None
        for table in (self.part("color", "palette"), self.part("color")):
            # "primary: primary" means the palette's.
            if isinstance(table, dict) and isinstance(table.get(text), (str, dict)) and text != "palette":
                return self.color(table[text], (*seen, text))
        if found := css_color(text):
            return found
        if text not in self._told:
            self._told.add(text)
            if text.startswith("#"):
                hint = "write six digits from 0 to F after the #, in quotation marks"
            else:  # not by the names whose colour is asked for here
                names = [str(name) for name in self.part("color", "palette") or {} if name not in seen]
                hint = did_you_mean(text, names) or "write it like '#1A2B3C', or name it under color.palette"
            self.problems.warning(
                "brand-color",
                f"'{text}' is neither a colour like #1A2B3C nor in the palette; it is left out",
                at,
                hint,
            )
        return None

    def _modes(self, value: dict[Any, Any], at: Position | None) -> None:
        if value.get("light") and value.get("dark") and "modes" not in self._told:
            self._told.add("modes")
            self.problems.warning(
                "brand-modes",
                "the brand has colours for dark pages as well; those for light ones are used throughout",
                at,
                "a file of its own makes a dark theme, with 'background' and 'foreground' turned",
            )

    def semantic(self) -> dict[str, str]:
        """The semantic colours that the brand has, by name."""
        given = self.part("color")
        if given is None:
            return {}
        if not isinstance(given, dict):
            self.problems.error(
                "wrong-type", "'color' should be a mapping", position_of(given), "write 'primary: …' lines under it"
            )
            return {}
        found = {name: self.color(given[name], (name,)) for name in SEMANTIC if given.get(name)}
        return {name: color for name, color in found.items() if color}

    def palette(self) -> list[str]:
        """The palette's colours, in order, each once."""
        given = self.part("color", "palette")
        if given is None:
            return []
        if not isinstance(given, dict):
            self.problems.error(
                "wrong-type", "'color.palette' should be a mapping", position_of(given), "write 'name: colour' lines"
            )
            return []
        found = (self.color(value, (name,)) for name, value in given.items())
        return list(dict.fromkeys(color for color in found if color))

    def text_color(self, use: str) -> str | None:
        """The colour that the brand gives to "headings" or "link"; None where it gives none."""
        value = self.part("typography", use, "color")
        return self.color(value) if value else None

    def bold_headings(self) -> bool:
        """Whether headings are bold: from weight 600 on. A weight that the convention does not have is told."""
        given = self.part("typography", "headings", "weight")
        if given is None:
            return False
        at = position_of(given) or self.part("typography", "headings").values_at.get("weight")
        number = read_weight(given, "the headings'", at, self.problems)
        return number is not None and number >= BOLD_FROM

    def logo(self, sizes: Iterable[str]) -> LogoPair | None:
        """The brand's logo, for either ground of the first size that has one for it; None without any."""
        given = self.part("logo")
        if given is None:
            return None
        if not isinstance(given, dict) or "path" in given:
            return self.pair(given)
        pairs = [pair for size in sizes if given.get(size) and (pair := self.pair(given[size]))]
        pairs.sort(key=_tiny)  # those of few pixels last
        light, dark = (next(filter(None, found), None) for found in ([p.light for p in pairs], [p.dark for p in pairs]))
        return LogoPair(light, dark) if light or dark else None

    def pair(self, value: Any) -> LogoPair | None:
        """A logo given as a file, a name, {path, alt}, or {light, dark}; None where nothing is there."""
        if isinstance(value, dict) and "path" not in value:
            light, dark = (self._logo(value[key]) if value.get(key) else None for key in ("light", "dark"))
        else:
            light, dark = self._logo(value), None
        return LogoPair(light, dark) if light or dark else None

    def _logo(self, value: Any) -> Logo | None:
        named = self.part("logo", "images", str(value)) if not isinstance(value, dict) else None
        source = named if named is not None else value
        name = source.get("path") if isinstance(source, dict) else source
        alt = str(source.get("alt") or "") if isinstance(source, dict) else ""
        at = position_of(value) or position_of(name)
        file = str(name)
        if file not in self._pictures:
            self._pictures[file] = None
            if "://" in file:
                self.problems.warning(
                    "logo-on-web",
                    f"the logo '{file}' lies on the web; it is left out",
                    at,
                    "put the file into the theme pack",
                )
            elif not file.lower().endswith(PICTURE_ENDINGS):
                self.problems.error(
                    "logo-file", f"'{file}' is neither a logo's name nor a picture file", at, "a PNG or SVG file"
                )
            elif not (self.folder / file).is_file():
                self.inputs.add(self.folder / file)
                self.problems.warning(
                    "logo-missing",
                    f"there is no logo '{file}' in the theme pack; it is left out",
                    at,
                    "put the file there",
                )
            else:
                self._pictures[file] = read_picture(file, at, self.folder, self.problems, self.inputs)
        picture = self._pictures[file]
        return Logo(picture, alt) if picture else None


def _tiny(pair: LogoPair) -> bool:
    """Whether a logo has too few pixels for anything but a browser's tab."""
    logos = [logo.picture for logo in (pair.light, pair.dark) if logo]
    return any(picture.format != "svg" and min(picture.width, picture.height) < _FEW_PIXELS for picture in logos)


def css_color(text: str) -> str | None:
    """A colour as CSS writes it, as #RRGGBB, its transparency left out; None for anything else."""
    if re.fullmatch("#[0-9a-fA-F]{6}", text):
        return text.upper()
    from PIL import ImageColor

    try:
        rgb = ImageColor.getrgb(text)
    except ValueError:
        return None
    return "#" + "".join(f"{value:02X}" for value in rgb[:3])
