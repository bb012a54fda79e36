"""Theme packs as a person meets them: made, listed, checked."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from deckbuilder.diagnostics import DeckError, Diagnostics, fail
from deckbuilder.frozen import dataclass
from deckbuilder.outputs.drawing.logos import LEAST, pale_logos
from deckbuilder.reading.yaml import read_yaml
from deckbuilder.theme.brand import SIZES, Brand, css_color
from deckbuilder.theme.check import Pale, pale_texts
from deckbuilder.theme.color import SLOTS
from deckbuilder.theme.derive import nearest
from deckbuilder.theme.fonts import METRIC_TWINS
from deckbuilder.theme.pack import find_theme, read_theme, shipped_names
from deckbuilder.theme.theme import Theme
from deckbuilder.theme.widths import measure_of

_SUFFIXES = (".png", ".svg", ".jpg", ".jpeg", ".ttf", ".otf")


@dataclass(frozen=True, slots=True)
class Listed:
    """A theme in the list: its name, as `--theme` takes it, its fonts, and its twelve colours as #RRGGBB;
    neither fonts nor colours for a pack that cannot be used."""

    name: str
    heading: str
    body: str
    colors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What checking a theme found: what is there, and what wants attention, each a sentence; whether a
    text cannot be read."""

    facts: tuple[str, ...]
    faults: tuple[str, ...]
    unreadable: bool


def list_themes(folder: Path = Path()) -> list[Listed]:
    """The themes that come with deckbuilder, and the packs in the folder and in its `themes`. A pack in the
    working folder that is called as one that comes along is found in its place, as by `--theme`."""
    found = [folder, *sorted(folder.glob("*")), *sorted((folder / "themes").glob("*"))]
    packs = [pack for pack in found if (pack / "_brand.yml").is_file()]
    shipped = {name: find_theme(name).resolve() for name in shipped_names()}
    own = [str(pack) for pack in packs if pack.resolve() not in shipped.values()]
    out = []
    for name in dict.fromkeys([*shipped, *own]):
        try:
            theme = read_theme(name, Diagnostics())
        except DeckError:
            out.append(Listed(name, "", "", ()))
            continue
        out.append(Listed(name, theme.heading, theme.body, tuple(theme.palette.slots[slot] for slot in SLOTS)))
    return out


def make_theme(
    folder: Path,
    brand: Path | None,
    colors: Sequence[str],
    logo: Path | None,
    problems: Diagnostics,
) -> list[Path]:
    """Makes a theme pack in a new folder, of a brand file and what it refers to, of a corporate template, or of
    colours (the first is the primary), and a logo; returns its files. What the pack lacks goes to `problems`. DeckError when it
    cannot be made; nothing is left behind then."""
    if folder.exists():
        raise fail("file-exists", f"{folder} exists already", None, "choose another name; nothing was changed")
    if not re.search(r"\w", folder.name):
        raise fail(
            "bad-name", f"'{folder}' is no name for a theme", None, "for example: deckbuilder theme new themes/harbour"
        )
    if brand is None and not colors:
        hint = "--from _brand.yml, --from brand.pptx, or --color '#2B5F8C'"
        raise fail("theme-options", "a theme needs a brand file, a template or a colour", None, hint)
    if brand is not None and colors:
        raise fail(
            "theme-options", "--from and --color do not go together", None, "change the colours in the new _brand.yml"
        )
    if logo is not None and not logo.is_file():
        raise fail("file-missing", f"there is no file {logo}", None, "--logo takes a PNG or SVG file")
    if wrong := [color for color in colors if css_color(color) is None]:
        raise fail("theme-options", f"'{wrong[0]}' is neither a colour like #1A2B3C nor one of CSS's names")
    try:
        folder.mkdir(parents=True)
        if brand is not None and brand.is_file() and brand.suffix.lower() not in (".yml", ".yaml"):
            from deckbuilder.theme.corporate.lift import make_pack

            make_pack(brand, folder, with_logo=logo is None)
        elif brand is not None:
            _copy_brand(brand, folder, problems)
        else:
            (folder / "_brand.yml").write_text(_fresh(folder.name, colors, logo), encoding="utf-8")
        if logo is not None:
            shutil.copy(logo, folder / logo.name)
            if brand is not None:
                _name_logo(folder / "_brand.yml", logo, problems)
        read_theme(str(folder), problems)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise fail("output-unwritable", f"{folder} cannot be made: {error.strerror or error}") from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return sorted(p for p in folder.rglob("*") if p.is_file())


def _copy_brand(brand: Path, folder: Path, problems: Diagnostics) -> None:
    """The brand file, as it is, and the pictures and fonts that it names."""
    path = brand / "_brand.yml" if brand.is_dir() else brand
    data = read_yaml(path, str(path), problems)
    problems.raise_if_errors()
    shutil.copy(path, folder / "_brand.yml")
    for name in set(_files(data)):
        source, target = path.parent / name, folder / name
        if target.resolve().is_relative_to(folder.resolve()) and source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def _name_logo(path: Path, logo: Path, problems: Diagnostics) -> None:
    """Adds the logo to a brand file that has none."""
    data = read_yaml(path, str(path), problems)
    problems.raise_if_errors()
    if isinstance(data, dict) and data.get("logo"):
        raise fail(
            "theme-options",
            "the brand file names a logo already",
            None,
            "leave --logo out, and change it in the new _brand.yml",
        )
    text = path.read_text("utf-8").rstrip("\n")
    path.write_text(f"{text}\n{_logo_lines(logo)}\n", encoding="utf-8")


def _logo_lines(logo: Path) -> str:
    return f'logo:\n  medium: {{path: "{logo.name}", alt: ""}}  # say what it shows'


def _files(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for value in data:
            yield from _files(value)
    elif isinstance(data, str) and data.lower().endswith(_SUFFIXES) and "://" not in data:
        yield str(data)


def _fresh(name: str, colors: Sequence[str], logo: Path | None) -> str:
    names = ("primary", "secondary", "tertiary")
    if len(colors) > len(names):
        raise fail("theme-options", "--color may be given three times at most", None, "primary, secondary, tertiary")
    lines = [
        "# A theme pack by the brand.yml convention; 'deckbuilder theme check' tells how it stands.",
        "meta:",
        f"  name: {name.replace('-', ' ').title()!r}",
        *([_logo_lines(logo)] if logo else []),
        "color:",
        '  foreground: "#1F2428"',
        '  background: "#FFFFFF"',
        *(f'  {use}: "{color}"' for use, color in zip(names, colors, strict=False)),
        "typography:",
        "  base: Calibri",
        "  headings: Calibri",
    ]
    return "\n".join(lines) + "\n"


def check_theme(name: str, problems: Diagnostics) -> tuple[Theme, Report]:
    """The theme, and what is to be said of it in plain words. DeckError when it cannot be read at all."""
    theme = read_theme(name, problems)
    folder = find_theme(name)
    data = read_yaml(folder / "_brand.yml", str(folder / "_brand.yml"), Diagnostics())
    brand = Brand(folder, data, Diagnostics())
    facts = [f"{theme.title}: {len(theme.layouts)} layouts of {theme.width:g} by {theme.height:g} points."]
    facts += [f"{use} set in {_font(family, theme)}." for use, family in _uses(theme)]
    faults: list[str] = []
    logo = brand.logo(SIZES[::-1])
    if logo is None:
        where = "pages" if theme.corporate else "covers and slides"
        faults.append(f"There is no logo: {where} stay without one.")
    else:
        kinds = [kind for kind, one in (("light", logo.light), ("dark", logo.dark)) if one]
        facts.append(f"The logo has a variant for {' and for '.join(kinds)} grounds.")
        if len(kinds) == 1:
            other = "dark" if kinds == ["light"] else "light"
            faults.append(f"The logo has no variant for {other} grounds: there it stands on a plate.")
        for one in (logo.light, logo.dark):
            if one and one.picture.format != "svg":
                faults.append(f"The logo {one.picture.path.name} is made of pixels: an SVG stays sharp in print.")
            if one and not one.alt:
                faults.append(f"The logo {one.picture.path.name} has no alternative text: readers pass over it.")
        without = (
            [] if theme.corporate else [x.name for x in theme.layouts.values() if not x.placed_logos and not x.spare]
        )
        if without:
            facts.append(f"No logo stands on: {', '.join(without)}.")
    faults += [
        f"The logo {x.name} is hard to make out on {x.ground} ({_few(x.places)}): half of it has a contrast of {x.ratio:.1f} "
        f"to 1 at most, and {LEAST:g} is needed; give it, or a variant of it for such grounds, stronger colours."
        for x in pale_logos(theme)
    ]
    facts.append(f"The imprint has {len(theme.imprint)} lines." if theme.imprint else "There is no imprint.")
    if theme.corporate:
        facts += theme.corporate.served
        faults += theme.corporate.notes
        if logo:
            facts.append("The logo stands on pages; slides have what the template has.")
    pale = pale_texts(theme)
    if not pale:
        facts.append("Every text has the contrast it needs on every layout.")
    for p, layouts in _grouped(pale, bool(theme.corporate)):
        faults.append(
            f"{layouts}, {p.place}: {p.color} on {p.ground} has a contrast of {p.ratio:.1f} to 1, and needs {p.least:g}; "
            f"the nearest that passes is {nearest(p.color, p.ground, p.least)}."
        )
    return theme, Report(tuple(facts), tuple(faults), bool(pale))


def hold_layouts(theme: Theme) -> Path:
    """Writes into a pack's brand file which layout of its template serves which role, as it was found; returns the file.
    DeckError for a theme without a template, or a file that has to be changed by hand. Raises OSError."""
    from deckbuilder.theme.corporate.mapping import Entry, held

    if theme.corporate is None:
        raise fail("theme-options", f"the theme '{theme.name}' is not made of a template", None, "leave --fix out")
    path = theme.corporate.path.parent / "_brand.yml"
    entries = [Entry(str(c.role), c.theirs.name, c.note) for c in theme.corporate.choices if c.found]
    try:
        text = held(path.read_text("utf-8"), entries)
    except ValueError:
        hint = "give 'defaults:', 'deckbuilder:' and 'template:' lines of their own"
        raise fail("theme-options", f"'template' in {path} has no lines of its own", None, hint) from None
    path.write_text(text, encoding="utf-8")
    return path


def draw_sheet(theme: Theme, output: Path) -> Path:
    """Draws all layouts of a theme on a contact sheet, a PDF below the folder; returns its file. Raises OSError."""
    from deckbuilder.outputs.drawing.sheet import write_sheet

    sheet = output / "themes" / f"{theme.name}.pdf"
    sheet.parent.mkdir(parents=True, exist_ok=True)
    write_sheet(sheet, theme)
    return sheet


def _grouped(pale: list[Pale], together: bool) -> list[tuple[Pale, str]]:
    """The pale texts with their layouts' names; those of a corporate template, whose layouts look alike, once for all."""
    if not together:
        return [(p, p.layout) for p in pale]
    groups: dict[tuple[str, ...], list[Pale]] = {}
    for p in pale:
        groups.setdefault((p.place, p.color, p.ground), []).append(p)
    names = {key: list(dict.fromkeys(p.layout for p in group)) for key, group in groups.items()}
    return [
        (group[0], names[key][0] + (f" and {len(names[key]) - 1} more layouts" if len(names[key]) > 1 else ""))
        for key, group in groups.items()
    ]


def _few(names: Sequence[str]) -> str:
    """The first three names, and how many there are beside them."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _uses(theme: Theme) -> list[tuple[str, str]]:
    if theme.heading == theme.body:
        return [("All text is", theme.body)]
    return [("Headings are", theme.heading), ("Text is", theme.body)]


# What widths rest on, by whose numbers they are; see theme/widths.py.
_SOURCES = {
    "published": "its published widths, and 4 % for lines that differ from the mean",
    "twin": "the widths of a font made to have the same, and 4 % for lines that differ from the mean",
    "itself": "its own widths, and 4 % for lines that differ from the mean",
    "estimate": "an estimate by a font like it, and 7 %",
    "unknown": "its widths are not known, and nine in ten fonts of its kind are no wider",
}


def _font(family: str, theme: Theme) -> str:
    if family in theme.fonts.files:
        styles = ", ".join(sorted(theme.fonts.files[family]))
        return f"{family}, measured and embedded from the pack's files ({styles})"
    if theme.fonts.knows(family):
        twin = METRIC_TWINS.get(family)
        return f"{family}, measured by {twin}, which draws it in PDF files" if twin else f"{family}, which comes along"
    measure = measure_of(family)
    return (
        f"{family}, by name in the deck; {measure.stand_in} draws it in PDF files, and text is measured "
        f"{measure.regular:.2f} times as wide as that, bold {measure.bold:.2f} times: {_SOURCES[measure.source]}"
    )
