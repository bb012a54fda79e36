"""The standard layouts on a template's own: each role on the layout that serves it, or on a copy of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import cast

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.areas import Areas, areas, around, clipped
from deckbuilder.theme.corporate.covers import even_column
from deckbuilder.theme.corporate.faces import faces_of
from deckbuilder.theme.corporate.ground import Ground, Terrain
from deckbuilder.theme.corporate.hosted import hosted
from deckbuilder.theme.corporate.layout import CorporateLayout
from deckbuilder.theme.corporate.leading import leading
from deckbuilder.theme.corporate.native import native
from deckbuilder.theme.corporate.places import COVERS, FULL, SECTIONS, Places, Sizes, is_dark
from deckbuilder.theme.corporate.readable import readable, recoloured
from deckbuilder.theme.corporate.roles import COVER, POINTS, SECTION, TITLE_ONLY, Match
from deckbuilder.theme.corporate.shapes import Drawer
from deckbuilder.theme.corporate.stage import Stage, cover_plate, plate
from deckbuilder.theme.corporate.styles import as_title, own_styles
from deckbuilder.theme.corporate.tones import on_title, tones, worn
from deckbuilder.theme.faces import LINE_PITCH
from deckbuilder.theme.fonts import Fonts
from deckbuilder.theme.layouts import Builder
from deckbuilder.theme.roles import LayoutRole, PlaceholderRole
from deckbuilder.theme.specs import ThemeSpec
from deckbuilder.theme.styles import TextStyle
from deckbuilder.theme.theme import Anchor, Placeholder, SlideLayout
from deckbuilder.units import Rect

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


_HEAD = 0.2  # of a title's height: where no letters stand, and the edge of a ground may run

# What placeholders are called where a template's layout is shown, by PowerPoint's types of them.
_PLACES = {
    "title": "title",
    "ctrTitle": "title",
    "subTitle": "subtitle",
    "body": "text",
    "pic": "picture",
    "tbl": "table",
}


class Stages:
    """Builds the layouts. `matches` says which layout of the template serves which role."""

    def __init__(
        self,
        spec: ThemeSpec,
        layouts: list[CorporateLayout],
        matches: Mapping[LayoutRole, Match],
        size: tuple[float, float],
        drawer: Drawer,
        fonts: Fonts,
        problems: Diagnostics,
    ) -> None:
        # A template's title has nothing above it that would be sure to be free.
        self.spec = spec.model_copy(update={"kicker": None})
        self.all = layouts
        self.matches = matches
        self.size = size
        self.drawer = drawer
        self.problems = problems
        self.stages: dict[str, Stage] = {}
        content = matches.get(POINTS) or matches.get(TITLE_ONLY)
        self.content = content.layout if content else _roomiest(layouts, matches, size)
        self.tall = fonts.face(faces_of(self.content)[1]).tall
        rough = self._areas(self.content, size[1] / 540)
        self.places = Places(Sizes.of(size, rough.body))

    def stage(self, layout: CorporateLayout) -> Stage:
        """The layout as one to build on, made once."""
        if layout.part not in self.stages:
            scenery = self.drawer.scenery(layout)
            found = self._areas(layout, self.places.sizes.scale)
            terrain = Terrain(scenery, self.size)
            if self._dressed(layout):
                found = replace(found, title=even_column(terrain, found.title))
            elif terrain.edged(found.title):
                found = replace(found, title=even_column(terrain, found.title, _HEAD))
            self.stages[layout.part] = Stage(layout, found, scenery, terrain)
        return self.stages[layout.part]

    def _areas(self, layout: CorporateLayout, scale: float) -> Areas:
        """Title and room of a layout. On those that covers and sections alone stand on, titles stay where they are."""
        boxes = [h.rect for h in layout.mains] or [h.rect for h in layout.bodies]
        content = not self._dressed(layout)
        body = around(boxes) if boxes else layout.room
        spacing = layout.heading.looks[0].spacing if layout.heading else 1.0
        return areas(layout, body, self.size, 18 * scale * LINE_PITCH * max(1.0, spacing), content)

    def _dressed(self, layout: CorporateLayout) -> bool:
        """Whether covers and sections alone stand on a layout."""
        own = {self.matches[role].layout.part for role in (COVER, SECTION) if role in self.matches}
        return layout is not self.content and layout.part in own

    def host(self, role: LayoutRole) -> CorporateLayout:
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
                    out[role] = self._readable(self._placed(built[role], host, tone, looks))
        names = {x.name.casefold() for x in self.all}
        ordered = {role: out[role] for role in self._roles()}
        for role, x in ordered.items():
            if x.name.casefold() in names and not (x.host and x.host.native):
                ordered[role] = replace(x, name=f"{x.name} with {_MORE.get(role, 'Places')}")
            ordered[role] = replace(ordered[role], standard=self._standard[role].name)
            ordered[role] = _named(ordered[role], ordered[role].name)
        return ordered, styles, colors

    def _readable(self, layout: SlideLayout) -> SlideLayout:
        made = readable(layout, self.stages)
        if made.roomier:
            return replace(made, roomier=self._readable(made.roomier))
        if made.title.style.levels[0].floor > layout.title.style.levels[0].floor:  # long titles have to be smaller
            return replace(made, roomier=readable(layout, self.stages, large=False).derived())
        return made

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

    def theirs(self, role: LayoutRole, layout: CorporateLayout) -> SlideLayout:
        """A template's layout as it is, to be shown: its places, named as PowerPoint does, on what it draws."""
        stage = self.stage(layout)
        tone, _ = self._looks(layout, layout is not self.content)
        places = []
        for number, holder in enumerate(layout.holders):
            title = holder is layout.title
            style = as_title(holder, self.places.sizes.floor)
            kind = PlaceholderRole(_PLACES.get(holder.type, "content"), number=number or None)
            rect = clipped(holder.rect, Rect(0, 0, *self.size))
            anchor = cast(Anchor, holder.anchor)
            places.append(
                Placeholder(kind, "title" if title else "body", number, rect, style, anchor, insets=holder.insets)
            )
        plain = SlideLayout(role, layout.name, tone["paper"], tuple(places))
        return hosted(plain, stage, tone, places, (), native=True, bullet=tone["ink"])

    def _looks(self, host: CorporateLayout, dark: bool = False) -> tuple[dict[str, Color], dict[str, TextStyle]]:
        """The colours and the text styles on a layout."""
        stage = self.stage(host)
        palette = host.colors.palette
        ink = stage.ink
        heading = host.heading if dark else host.title
        title = worn(heading, stage.title_ground, palette) if heading else ink
        ground = self._cover_ground(stage) if dark and host is not self.content else stage.ground
        tone = tones(ground, stage.title_ground, ink, title, palette, dark, self.lead)
        above = on_title(heading.looks[0] if heading else None, title, stage.title_ground, palette)
        builder = Builder(self.spec, tone, self.problems)
        standard = {key: builder.style(key, style) for key, style in self.spec.styles.items()}
        if self.tall:  # lines of ours are as far apart in such a font as in others
            standard = {key: style.exact() for key, style in standard.items()}
        titles = {"title": heading, "cover": heading, "section": heading}
        lists = None if dark else next(iter(host.mains or self.content.mains), None)
        styles = own_styles(standard, self.places.sizes.scale, self.places.sizes.floor, titles, lists, tone)
        for name in ("title", "cover-title", "section-title"):
            style = styles[name]
            styles[name] = replace(style, levels=tuple(replace(x, color=above) for x in style.levels))
        if dark and host.heading:
            # The middle that sample words stand in is no more than theirs.
            align = next((h for h in host.bodies if h is not heading and h.steady), host.heading).looks[0].align
            for name in _TEXTS_OF_COVERS:
                styles[name] = replace(styles[name], align=align)
        return tone, styles

    def _cover_ground(self, stage: Stage) -> Ground:
        """What a cover's texts stand on: its ground, or a plate of the template's paper."""
        room = self.places.room(stage)
        return stage.below(room, not stage.sound(room) or stage.faint(room))

    def _placed(
        self,
        layout: SlideLayout,
        layout_host: CorporateLayout,
        tone: Mapping[str, Color],
        looks: Mapping[str, TextStyle],
    ) -> SlideLayout:
        stage = self.stage(layout_host)
        role = layout.role.unbanded
        if (own := native(layout, stage, self.matches, self.places)) is not None:
            # Slides inherit the colours of the template's own layout: where one cannot be read, a copy has another.
            shown = readable(own, self.stages)
            if not recoloured(own, shown):
                return own
        if role.within(FULL):
            return hosted(layout, stage, tone, self.places.everywhere(layout, stage), ())
        if role in COVERS or role in SECTIONS:
            made: SlideLayout | None = None
            for placed in self.places.on_cover(layout, stage)[::-1]:
                below = plate(stage, tone)
                if layout_host is not self.content:
                    below = cover_plate(stage, tone, placed.holders, placed.stack)
                one = hosted(layout, stage, tone, placed.holders, below)
                made = replace(one, stack=placed.stack, roomier=made)
            if made is not None:
                return made
            if layout_host is not self.content:
                host = self.content
                tone, looks = self._looks(host, True)
                built = Builder(self.spec, tone, self.problems).layouts(dict(looks))
                return self._placed(built[layout.role], host, tone, looks)
        holders, art = self.places.in_content(layout, stage, tone, looks)
        return hosted(layout, stage, tone, holders, (*plate(stage, tone), *art))


def _named(layout: SlideLayout, name: str) -> SlideLayout:
    """The layout with those that have more room named after it."""
    if layout.roomier is None:
        return layout
    more = replace(layout.roomier, name=f"{name}, more room", standard=layout.standard)
    return replace(layout, roomier=_named(more, more.name))


def _roomiest(
    layouts: list[CorporateLayout], matches: Mapping[LayoutRole, Match], size: tuple[float, float]
) -> CorporateLayout:
    """What content is made of where no layout is for it: one with a title and much room below it, a cover or a section only
    where there is nothing else."""
    special = {matches[role].layout.part for role in (COVER, SECTION) if role in matches}

    def rank(x: CorporateLayout) -> tuple[bool, bool, float, int]:
        top = x.title.rect.bottom if x.title else size[1]
        return (x.part in special, x.title is None or top > 0.5 * size[1], len(x.of("pic", "chart", "tbl")), x.order)

    return min(layouts, key=rank)
