"""A theme pack made of a template: its colours, its fonts and its logo, lifted into a `_brand.yml` beside it."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass
from pathlib import Path

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.ooxml.package import Package
from deckbuilder.ooxml.presentation import place, slide_size
from deckbuilder.ooxml.types import NS, R
from deckbuilder.theme.color import SLOTS
from deckbuilder.theme.corporate.layout import TemplateLayout, read_layouts
from deckbuilder.theme.corporate.mapping import Entry, template_lines
from deckbuilder.theme.corporate.opening import read_package
from deckbuilder.theme.corporate.pictures import picture_of
from deckbuilder.theme.corporate.roles import POINTS, match_roles

_NAMES = ("ink", "paper", "deep", "pale", *(f"accent-{n}" for n in range(1, 7)), "link", "visited")
_LARGEST, _LEAST = 0.3, 0.0005  # shares of the slide's area: larger is a background, smaller an ornament
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"


@dataclass(frozen=True, slots=True)
class LiftedLogo:
    """A picture of the template that may be its logo: a file's name, its bytes, and how it is described."""

    name: str
    data: bytes
    alt: str


def make_pack(template: Path, folder: Path, with_logo: bool) -> None:
    """Writes a theme pack into the folder: the template, a `_brand.yml`, and the logo unless another is given.
    DeckError for a template that cannot be used."""
    package = read_package(template, None)
    layouts = read_layouts(package)
    name = template.name if template.suffix.lower() in (".pptx", ".potx") else f"{template.stem}.pptx"
    (folder / name).write_bytes(template.read_bytes())
    logo = find_logo(package, layouts, template) if with_logo else None
    if logo:
        (folder / logo.name).write_bytes(logo.data)
    matches = match_roles(layouts, slide_size(package), {}, Diagnostics(), ())
    points = matches.get(POINTS)
    content = points.layout if points else layouts[0]
    entries = [Entry(str(role), match.layout.name, match.note) for role, match in matches.items()]
    text = _brand(folder.name, name, content, logo) + "\n".join(template_lines(name, entries, 4, hold=False)) + "\n"
    (folder / "_brand.yml").write_text(text, encoding="utf-8")


def find_logo(package: Package, layouts: list[TemplateLayout], template: Path) -> LiftedLogo | None:
    """The picture that most layouts share and that is no background; of several the largest. None without one."""
    width, height = slide_size(package)
    shares: dict[tuple[str, str, str], tuple[int, float]] = {}
    for part in dict.fromkeys([*(x.master for x in layouts), *(x.part for x in layouts)]):
        users = sum(part in (x.master, x.part) for x in layouts)
        for pic in package.xml(part).iterfind("p:cSld/p:spTree//p:pic", NS):
            rect, blip = place(pic.find("p:spPr/a:xfrm", NS)), pic.find("p:blipFill/a:blip", NS)
            if rect is None or blip is None or pic.find("p:nvPicPr/p:nvPr/p:ph", NS) is not None:
                continue
            vector = next(blip.iter(_SVG), blip)
            relation = package.parts[part].relations.get(vector.get(f"{R}embed"))
            share = rect.width * rect.height / (width * height)
            if relation is None or relation.target not in package.parts or not _LEAST < share < _LARGEST:
                continue
            about = pic.find("p:nvPicPr/p:cNvPr", NS).get("descr", "")
            key = (relation.target, about, part)
            known = shares.get(key, (0, 0.0))
            shares[key] = (known[0] + users, max(known[1], share))
    for target, about, _ in sorted(shares, key=lambda k: shares[k], reverse=True):
        ending = posixpath.splitext(target)[1].lower()
        if ending == ".svg":
            return LiftedLogo("logo.svg", package.parts[target].data, about)
        picture = picture_of(package.parts[target], template)
        if picture is not None and picture.data:
            return LiftedLogo("logo.png" if picture.format == "png" else "logo.jpg", picture.data, about)
    return None


def _brand(name: str, template: str, layout: TemplateLayout, logo: LiftedLogo | None) -> str:
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
            "# The picture that most of the template's layouts share. It stands on the pages of handout and guide;",
            "# slides have what the template has. Take it out if it is no logo.",
            "logo:",
            f"  medium: {{path: {logo.name}, alt: {alt}}}{'' if logo.alt else '  # say what it shows'}",
        ]
    lines += [
        "# The template's twelve theme colours. The deck has them from the template itself; change them here and",
        "# the pages of handout and guide change.",
        "color:",
        "  palette:",
        *(f'    {key}: "{slots[slot]}"' for key, slot in zip(_NAMES, SLOTS, strict=True)),
        "  foreground: ink",
        "  background: paper",
        "  primary: accent-1",
        "  secondary: accent-2",
        "  tertiary: accent-3",
        "# The template's fonts. With their .ttf files in this folder, named under 'fonts' as",
        "# - {family: …, files: [….ttf]}, text is measured and pages are set in them.",
        "typography:",
        f"  base: {json.dumps(base, ensure_ascii=False)}",
        f"  headings: {json.dumps(headings, ensure_ascii=False)}",
        "defaults:",
        "  deckbuilder:",
    ]
    return "\n".join(lines) + "\n"
