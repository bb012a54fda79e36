"""A theme pack made of a template: its colours, its fonts and its logo, lifted into a `_brand.yml` beside it."""

from __future__ import annotations

import json
from pathlib import Path

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.ooxml.package import Package
from deckbuilder.ooxml.presentation import slide_size
from deckbuilder.reading.pictures import read_picture
from deckbuilder.source import Inputs
from deckbuilder.theme.color import SLOTS
from deckbuilder.theme.corporate.layout import CorporateLayout, read_layouts
from deckbuilder.theme.corporate.leading import leading
from deckbuilder.theme.corporate.logos import LiftedLogo, find_logos
from deckbuilder.theme.corporate.mapping import Entry, template_lines
from deckbuilder.theme.corporate.opening import read_package
from deckbuilder.theme.corporate.roles import POINTS, match_roles
from deckbuilder.theme.corporate.shapes import Drawer

_NAMES = ("ink", "paper", "deep", "pale", *(f"accent-{n}" for n in range(1, 7)), "link", "visited")


def make_pack(template: Path, folder: Path, with_logo: bool) -> None:
    """Writes a theme pack into the folder: the template, a `_brand.yml`, and the logo unless another is given.
    DeckError for a template that cannot be used."""
    package = read_package(template, None)
    layouts = read_layouts(package)
    name = template.name if template.suffix.lower() in (".pptx", ".potx") else f"{template.stem}.pptx"
    (folder / name).write_bytes(template.read_bytes())
    logo = _lifted(package, layouts, template, folder) if with_logo else None
    matches = match_roles(layouts, slide_size(package), {}, Diagnostics(), ())
    points = matches.get(POINTS)
    content = points.layout if points else layouts[0]
    shown = leading(Drawer(package, template, slide_size(package)), layouts, content.colors.palette)
    entries = [Entry(str(role), match.layout.name, match.note) for role, match in matches.items()]
    text = _brand(folder.name, content, logo, shown) + "\n".join(template_lines(name, entries, 4, hold=False)) + "\n"
    (folder / "_brand.yml").write_text(text, encoding="utf-8")


def _lifted(package: Package, layouts: list[CorporateLayout], template: Path, folder: Path) -> LiftedLogo | None:
    """The template's logo, written into the folder: the likeliest picture that can be used there. None without one."""
    for logo in find_logos(package, layouts, template):
        problems = Diagnostics()
        (folder / logo.name).write_bytes(logo.data)
        if read_picture(logo.name, None, folder, problems, Inputs()) and not problems.has_errors:
            return logo
        (folder / logo.name).unlink()
    return None


def _brand(name: str, layout: CorporateLayout, logo: LiftedLogo | None, shown: str | None) -> str:
    """The brand file; `shown` is the colour that layouts are painted in, where nobody has chosen the accents."""
    slots = layout.colors.palette.slots
    body = next(iter(layout.bodies), None)
    faces = (layout.title.looks[0].face if layout.title else "+", body.looks[0].face if body else "+")
    headings, base = (own if f.startswith("+") else f for f, own in zip(faces, layout.fonts, strict=True))
    lines = [
        "# A theme pack made of a corporate template; 'deckbuilder theme check' tells how it stands.",
        "meta:",
        f"  name: {json.dumps(name.replace('-', ' ').title(), ensure_ascii=False)}",
    ]
    if logo:
        alt = json.dumps(logo.alt, ensure_ascii=False)
        lines += [
            "# A picture of the template, taken for its logo by its place, its size and its look. It stands on the pages of",
            "# handout and guide; slides have what the template has. Take it out if it is no logo.",
            "logo:",
            f"  medium: {{path: {logo.name}, alt: {alt}}}{'' if logo.alt else '  # say what it shows'}",
        ]
    lines += [
        "# The template's twelve theme colours. The deck has them from the template itself; change them here and",
        "# the pages of handout and guide change.",
        "color:",
        "  palette:",
        *(f'    {key}: "{slots[slot]}"' for key, slot in zip(_NAMES, SLOTS, strict=True)),
        *([f'    painted: "{shown}"'] if shown else []),
        "  foreground: ink",
        "  background: paper",
        *(
            [
                "  # The accents are those that the program begins with; this is what layouts are painted in.",
                "  primary: painted",
            ]
            if shown
            else ["  primary: accent-1", "  secondary: accent-2", "  tertiary: accent-3"]
        ),
        "# The template's fonts. With their .ttf files in this folder, named under 'fonts' as",
        "# - {family: …, files: [….ttf]}, text is measured and pages are set in them.",
        "typography:",
        f"  base: {json.dumps(base, ensure_ascii=False)}",
        f"  headings: {json.dumps(headings, ensure_ascii=False)}",
        "defaults:",
        "  deckbuilder:",
    ]
    return "\n".join(lines) + "\n"
