"""A theme on a corporate template: the template's layouts, colours and fonts in place of the standard ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from deckbuilder.diagnostics import Diagnostics, did_you_mean, fail
from deckbuilder.ooxml.package import Package
from deckbuilder.ooxml.presentation import slide_size
from deckbuilder.source import Inputs, Position, position_of
from deckbuilder.theme.brand import Brand, LogoPair
from deckbuilder.theme.color import Color, Palette
from deckbuilder.theme.corporate.build import Stages
from deckbuilder.theme.corporate.colors import literal
from deckbuilder.theme.corporate.faces import faces_of, spaced
from deckbuilder.theme.corporate.layout import CorporateLayout, read_layouts
from deckbuilder.theme.corporate.opening import read_package
from deckbuilder.theme.corporate.report import choices, faults, served, unserved
from deckbuilder.theme.corporate.roles import COVER, Match, match_roles
from deckbuilder.theme.corporate.shapes import Drawer
from deckbuilder.theme.derive import derive
from deckbuilder.theme.fonts import Fonts
from deckbuilder.theme.hosts import Corporate
from deckbuilder.theme.layouts import Builder
from deckbuilder.theme.logos import with_logos
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.specs import CorporateSpec, ThemeSpec
from deckbuilder.theme.theme import SlideLayout, Theme
from deckbuilder.theme.typography import Typography
from deckbuilder.units import Rect

ENDINGS = (".pptx", ".potx")


def on_template(
    theme: Theme, folder: Path, spec: ThemeSpec, brand: Brand, typography: Typography, problems: Diagnostics
) -> Theme:
    """The theme with the layouts of its template. DeckError, with the reason, where that cannot be used."""
    assert spec.template is not None
    name, at = spec.template.file, position_of(spec.template.file)
    path, package, layouts, matches = look_into(
        folder, spec.template, spec.layouts, brand.inputs, problems, theme.fonts
    )
    size = slide_size(package)
    problems.raise_if_errors()
    stages = Stages(spec, layouts, matches, size, Drawer(package, path, size), theme.fonts, problems)
    made, styles, tones = stages.layouts()
    problems.raise_if_errors()
    main = stages.content
    faces = faces_of(main)
    for face in faces:
        typography.substituted(face, theme.fonts, at)
    if partners := theme.logos[1:] if brand.part("logo") else theme.logos:
        made = {role: _partnered(x, theme, size, len(partners)) for role, x in made.items()}
    roles = served(matches, stages, made)
    noted = faults(stages, made)
    if partners and not any(x.placed_logos for x in made.values()):
        noted = (*noted, "There is no room for the partners' logos on covers and closing slides: pages have them.")
    _other_fonts(brand, faces, problems)
    if missing := unserved(matches):
        *others, last = missing.values()
        spoken = f"{', '.join(others)} and {last}" if others else last
        problems.warning(
            "corporate-layouts-made",
            f"the template '{name}' has no layout of its own for {spoken}; theirs are made of others",
            at,
            f"'deckbuilder theme check' tells of which; 'template: {{file: …, layouts: {{{next(iter(missing))}: …}}}}' names one",
        )
    own = tuple(face if face not in main.fonts else "" for face in faces)
    return replace(
        theme,
        palette=main.colors.palette,
        colors=_document_colors(spec, brand, main.colors.palette, stages.lead),
        lead=literal(stages.lead) if stages.lead else None,
        heading=faces[0],
        body=faces[1],
        styles=styles,
        layouts=made,
        width=size[0],
        height=size[1],
        footer_size=_footer_size(made, layouts, size, spec),
        table=Builder(spec, tones, problems).table(spec.table),
        corporate=Corporate(path, path.read_bytes(), (own[0], own[1]), roles, noted, partial(choices, matches, stages)),
    )


def look_into(
    folder: Path, template: CorporateSpec, roles: Iterable[str], inputs: Inputs, problems: Diagnostics, fonts: Fonts
) -> tuple[Path, Package, list[CorporateLayout], dict[LayoutRole, Match]]:
    """The template's file, what is in it, and the layout of each of the theme's roles. Roles and layouts that are not
    there are reported; DeckError where the file cannot be used."""
    at = position_of(template.file)
    path = found(folder, str(template.file), at, inputs)
    package = read_package(path, at)
    layouts = [spaced(layout, fonts) for layout in read_layouts(package)]
    return path, package, layouts, match_roles(layouts, slide_size(package), template.layouts, problems, roles)


def found(folder: Path, name: str, at: Position | None, inputs: Inputs) -> Path:
    """The template's path in the theme pack, which goes to `inputs`. DeckError where it is not there."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise fail(
            "path-outside", f"the template '{name}' lies outside the theme pack", at, "copy it beside _brand.yml"
        )
    inputs.add(path)
    if not path.is_file():
        near = did_you_mean(name, [p.name for p in folder.iterdir() if p.suffix.lower() in ENDINGS])
        raise fail(
            "template-missing",
            f"there is no template '{name}' in the theme pack",
            at,
            near or "copy it beside _brand.yml",
        )
    return path


def _other_fonts(brand: Brand, faces: tuple[str, str], problems: Diagnostics) -> None:
    """Tells of fonts that the brand wants where the template has others."""
    for use, face in zip(("headings", "base"), faces, strict=True):
        given = brand.part("typography", use)
        family = given.get("family") if isinstance(given, dict) else given
        if family and family != face:
            problems.warning(
                "corporate-font-unused",
                f"the template's font for {use} is '{face}'; '{family}' is not used",
                position_of(given),
                "the deck and the pages are set in the template's fonts",
            )


def _document_colors(spec: ThemeSpec, brand: Brand, palette: Palette, lead: str | None) -> dict[str, Color]:
    """The colours of handout and guide: the brand's where it has some, else derived from the template's; `lead` is what
    its layouts are painted in, where nobody has chosen its accents."""
    slots = palette.slots
    lifted = {"foreground": slots["dk1"], "background": slots["lt1"]}
    if lead:
        derived = derive({**lifted, "primary": lead, **brand.semantic()}, [])
    else:
        lifted |= {"primary": slots["accent1"], "secondary": slots["accent2"], "tertiary": slots["accent3"]}
        accents = [slots["accent4"], slots["accent5"], slots["accent6"]]
        derived = derive({**lifted, **brand.semantic()}, [*brand.palette(), *accents])
    paper = Palette(derived.slots)
    out = {}
    for name, (slot, *shade) in {**spec.colors, **derived.shades}.items():
        mod, off = ([*shade, 0.0] if len(shade) == 1 else shade) if shade else (1.0, 0.0)
        out[name] = literal(paper.hex(Color(slot, float(mod), float(off))))
    return out


def _footer_size(
    made: Mapping[LayoutRole, SlideLayout], layouts: list[CorporateLayout], size: tuple[float, float], spec: ThemeSpec
) -> float:
    used = {x.host.part for x in made.values() if x.host}
    sizes = [h.looks[0].size for x in layouts if x.part in used for h in x.furniture.values()]
    return max(8.0 * max(1.0, size[1] / 540), min([spec.footer.size * size[1] / 540, *sizes]))


def _partnered(layout: SlideLayout, theme: Theme, size: tuple[float, float], count: int) -> SlideLayout:
    """A cover or closing slide with the partners' logos at its foot, where there is room."""
    if layout.role != COVER and layout.role.base != "closing":
        return layout
    if layout.roomier:
        layout = replace(layout, roomier=_partnered(layout.roomier, theme, size, count))
    left = min(h.rect.x for h in layout.placeholders)
    box = Rect(left, size[1] * 0.88, size[0] * 0.5, size[1] * 0.07)
    pairs = [LogoPair(logo, None) for logo in theme.logos[-count:]]
    return with_logos(layout, box, pairs, layout.host.palette if layout.host else theme.palette)
