"""The standard layouts on a template's own: each role on the layout that serves it, or on a copy of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.areas import Areas, areas, around
from deckbuilder.theme.corporate.ground import Terrain
from deckbuilder.theme.corporate.hosted import hosted
from deckbuilder.theme.corporate.layout import TemplateLayout
from deckbuilder.theme.corporate.leading import leading
from deckbuilder.theme.corporate.native import native
from deckbuilder.theme.corporate.places import COVERS, FULL, SECTIONS, Places, Sizes, is_dark
from deckbuilder.theme.corporate.roles import COVER, POINTS, SECTION, TITLE_ONLY, Match
from deckbuilder.theme.corporate.shapes import Drawer
from deckbuilder.theme.corporate.stage import Stage, plate
from deckbuilder.theme.corporate.styles import own_styles
from deckbuilder.theme.corporate.tones import on_title, tones
from deckbuilder.theme.layouts import Builder
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.specs import ThemeSpec
from deckbuilder.theme.theme import SlideLayout, TextStyle

# What a copy of the template's layout has that the layout itself lacks, as its name says it.
_MORE = {COVER: "Details", SECTION: "Number"}
_TEXTS_OF_COVERS = (
    "cover-subtitle",
    "cover-meta",
    "section-text",
    "numeral",
    "closing-text",
    "closing-links",
    "imprint",
)


class Stages:
    """Builds the layouts. `matches` says which layout of the template serves which role."""

    def __init__(
        self,
        spec: ThemeSpec,
        layouts: list[TemplateLayout],
        matches: Mapping[LayoutRole, Match],
        size: tuple[float, float],
        drawer: Drawer,
        problems: Diagnostics,
    ) -> None:
        self.spec = spec
        self.all = layouts
        self.matches = matches
        self.size = size
        self.drawer = drawer
        self.problems = problems
        self.stages: dict[str, Stage] = {}
        content = matches.get(POINTS) or matches.get(TITLE_ONLY)
        self.content = content.layout if content else next((x for x in layouts if x.title), layouts[0])
        rough = _areas(self.content, size, min(1.0, size[1] / 540))
        self.places = Places(Sizes.of(size, rough.body))

    def stage(self, layout: TemplateLayout) -> Stage:
        """The layout as one to build on, made once."""
        if layout.part not in self.stages:
            scenery = self.drawer.scenery(layout)
            found = _areas(layout, self.size, self.places.sizes.scale)
            self.stages[layout.part] = Stage(layout, found, scenery, Terrain(scenery, self.size))
        return self.stages[layout.part]

    def host(self, role: LayoutRole) -> TemplateLayout:
        """The template's layout that a role's slides stand on."""
        role = role.unbanded
        for one in (role, role.broader):
            if one and one in self.matches:
                return self.matches[one].layout
        cover = self.matches.get(COVER)
        if role in COVERS and cover:
            return cover.layout
        if role in SECTIONS and (found := self.matches.get(SECTION) or cover):
            return found.layout
        return self.content

    def layouts(self) -> tuple[dict[LayoutRole, SlideLayout], dict[str, TextStyle], dict[str, Color]]:
        """Every layout by role, and the styles and colours of those with content."""
        out: dict[LayoutRole, SlideLayout] = {}
        colors, styles = self._looks(self.content)
        for part in dict.fromkeys(self.host(role).part for role in self._roles()):
            host = next(x for x in self.all if x.part == part)
            for dark in (False, True):
                wanted = [r for r in self._roles() if self.host(r).part == part and (is_dark(r) == dark)]
                if not wanted:
                    continue
                tone, looks = self._looks(host, dark)
                built = Builder(self.spec, tone, self.problems).layouts(looks)
                for role in wanted:
                    out[role] = self._placed(built[role], host, tone, looks)
        names = {x.name.casefold() for x in self.all}
        ordered = {role: out[role] for role in self._roles()}
        for role, x in ordered.items():
            if x.name.casefold() in names and not (x.host and x.host.native):
                ordered[role] = replace(x, name=f"{x.name} with {_MORE.get(role, 'Places')}")
        return ordered, styles, colors

    @cached_property
    def lead(self) -> str | None:
        """The colour that the template shows, where its accents are a program's own; #RRGGBB."""
        return leading(self.drawer, self.all, self.content.colors.palette)

    @cached_property
    def _standard(self) -> dict[LayoutRole, SlideLayout]:
        builder = Builder(self.spec, {name: Color("dk1") for name in self.spec.colors}, Diagnostics())
        return builder.layouts({key: builder.style(key, style) for key, style in self.spec.styles.items()})

    def _roles(self) -> list[LayoutRole]:
        return list(self._standard)

    def _looks(self, host: TemplateLayout, dark: bool = False) -> tuple[dict[str, Color], dict[str, TextStyle]]:
        """The colours and the text styles on a layout."""
        stage = self.stage(host)
        palette = host.colors.palette
        body = max(host.bodies, key=lambda h: h.rect.width * h.rect.height, default=None)
        ink = body.looks[0].color if body else Color("dk1")
        title = host.title.looks[0].color if host.title else ink
        ground = stage.terrain.below(self.places.room(stage)) if dark and host is not self.content else stage.ground
        tone = tones(ground, stage.title_ground, ink, title, palette, dark, self.lead)
        above = on_title(title, stage.title_ground, palette)
        builder = Builder(self.spec, tone, self.problems)
        standard = {key: builder.style(key, style) for key, style in self.spec.styles.items()}
        titles = {"title": host.title, "cover": host.title, "section": host.title}
        lists = next((h for h in [*host.of("body", "obj")] if not dark), None)
        if lists is None and not dark:
            lists = next(iter(self.content.of("body", "obj")), None)
        styles = own_styles(standard, self.places.sizes.scale, self.places.sizes.floor, titles, lists, tone)
        for name in ("title", "cover-title", "section-title"):
            style = styles[name]
            styles[name] = replace(style, levels=tuple(replace(x, color=above) for x in style.levels))
        if dark and host.bodies:
            align = host.bodies[0].looks[0].align
            for name in _TEXTS_OF_COVERS:
                styles[name] = replace(styles[name], align=align)
        return tone, styles

    def _placed(
        self,
        layout: SlideLayout,
        layout_host: TemplateLayout,
        tone: Mapping[str, Color],
        looks: Mapping[str, TextStyle],
    ) -> SlideLayout:
        stage = self.stage(layout_host)
        role = layout.role.unbanded
        if (own := native(layout, stage, self.matches, self.places)) is not None:
            return own
        if role.within(FULL):
            return hosted(layout, stage, tone, self.places.everywhere(layout), (), self.size)
        if role in COVERS or role in SECTIONS:
            placed = self.places.on_cover(layout, stage)
            if placed is not None:
                below = plate(stage, tone) if layout_host is self.content else ()
                return hosted(layout, stage, tone, placed, below, self.size)
            if layout_host is not self.content:
                host = self.content
                tone, looks = self._looks(host, True)
                built = Builder(self.spec, tone, self.problems).layouts(dict(looks))
                return self._placed(built[layout.role], host, tone, looks)
        holders, art = self.places.in_content(layout, stage, tone, looks)
        return hosted(layout, stage, tone, holders, (*plate(stage, tone), *art), self.size)


def _areas(layout: TemplateLayout, size: tuple[float, float], scale: float) -> Areas:
    boxes = [h.rect for h in layout.of("body", "obj")] or [h.rect for h in layout.bodies]
    return areas(layout, around(boxes) if boxes else None, size, 18 * scale * 1.22)
