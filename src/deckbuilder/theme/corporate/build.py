"""The standard layouts on a template's own: each role on the layout that serves it, or on a copy of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import cast

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme import derive
from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.areas import Grid, areas, clipped, frame_of, kept, stacked
from deckbuilder.theme.corporate.ground import Terrain
from deckbuilder.theme.corporate.layout import TemplateLayout
from deckbuilder.theme.corporate.roles import (
    COLUMNS,
    COMPARISON,
    COVER,
    POINTS,
    SECTION,
    TITLE_ONLY,
    Match,
    comparison_order,
)
from deckbuilder.theme.corporate.shapes import Drawer
from deckbuilder.theme.corporate.stage import Stage, alike, feet_of, plate
from deckbuilder.theme.corporate.styles import as_title, body_style, in_height, in_ink, own_styles
from deckbuilder.theme.corporate.tones import legible, on_title, reach, tones
from deckbuilder.theme.hosts import Host
from deckbuilder.theme.layouts import Builder
from deckbuilder.theme.roles import (
    BODY,
    CAPTION,
    IMPRINT,
    LINKS,
    META,
    NUMERAL,
    PICTURE,
    SUBTITLE,
    TEXT,
    LayoutRole,
)
from deckbuilder.theme.specs import ThemeSpec
from deckbuilder.theme.theme import Anchor, Art, Placeholder, SlideLayout, TextStyle
from deckbuilder.units import Insets, Rect

# Roles whose slides a template's layout can hold as it is, and the roles that share it.
_SHARED = {
    POINTS: tuple(map(LayoutRole, ("points", "numbers", "agenda", "objectives", "text"))),
    COLUMNS: (COLUMNS,),
    COMPARISON: (COMPARISON,),
    TITLE_ONLY: (TITLE_ONLY,),
}
# What a copy of the template's layout has that the layout itself lacks, as its name says it.
_MORE = {COVER: "Details", SECTION: "Number"}
_CLOSING = LayoutRole("closing")
_COVERS = (COVER, COVER.varied("picture"), _CLOSING, _CLOSING.varied("imprint"))
_SECTIONS = (SECTION, LayoutRole("break"))
_DARK = (*_COVERS, *_SECTIONS, LayoutRole("statement"))
_FULL = LayoutRole("picture").varied("full")  # the picture fills the slide, the title lies on it
# The least height below a cover's title, as a share of the slide's, that its texts can do with.
_LEAST = {COVER: 0.17, SECTION: 0.17, LayoutRole("break"): 0.17, _CLOSING: 0.3}
# Points of a line that LibreOffice may need more than the widths in the font file add up to.
_SLACK = 2.0
_OWN_INDEX = 100  # above what programs give to the placeholders of templates


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
        # Sizes go with the room for content, and no further down than with the slide's height.
        room = self.stage(self.content).areas.body
        area = (room.width * room.height / (832 * 364)) ** 0.5
        self.scale = round(min(1.2, max(0.6, min(area, size[1] / 540))), 3)
        # In narrow rooms text may be somewhat smaller than that.
        self.floor = self.scale * min(1.0, max(0.8, room.width / 832 / self.scale))
        self.stages.clear()

    def stage(self, layout: TemplateLayout) -> Stage:
        if layout.part not in self.stages:
            scale = getattr(self, "scale", min(1.0, self.size[1] / 540))
            boxes = [h.rect for h in layout.of("body", "obj")] or [h.rect for h in layout.bodies]
            found = areas(layout, _around(boxes) if boxes else None, self.size, 18 * scale * 1.22)
            scenery = self.drawer.scenery(layout)
            self.stages[layout.part] = Stage(layout, found, scenery, Terrain(scenery, self.size))
        return self.stages[layout.part]

    def host(self, role: LayoutRole) -> TemplateLayout:
        """The template's layout that a role's slides stand on."""
        role = role.unbanded
        for one in (role, role.broader):
            if one and one in self.matches:
                return self.matches[one].layout
        cover = self.matches.get(COVER)
        if role in _COVERS and cover:
            return cover.layout
        if role in _SECTIONS and (found := self.matches.get(SECTION) or cover):
            return found.layout
        return self.content

    def layouts(self) -> tuple[dict[LayoutRole, SlideLayout], dict[str, TextStyle], dict[str, Color]]:
        """Every layout by role, and the styles and colours of those with content."""
        out: dict[LayoutRole, SlideLayout] = {}
        colors, styles = self._looks(self.content)
        for part in dict.fromkeys(self.host(role).part for role in self._roles()):
            host = next(x for x in self.all if x.part == part)
            for dark in (False, True):
                wanted = [r for r in self._roles() if self.host(r).part == part and (_dark(r) == dark)]
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
        ground = stage.terrain.below(self._room(stage)) if dark and host is not self.content else stage.ground
        tone = tones(ground, stage.title_ground, ink, title, palette, dark)
        above = on_title(title, stage.title_ground, palette)
        builder = Builder(self.spec, tone, self.problems)
        standard = {key: builder.style(key, style) for key, style in self.spec.styles.items()}
        titles = {"title": host.title, "cover": host.title, "section": host.title}
        lists = next((h for h in [*host.of("body", "obj")] if not dark), None)
        if lists is None and not dark:
            lists = next(iter(self.content.of("body", "obj")), None)
        styles = own_styles(standard, self.scale, self.floor, titles, lists, tone)
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
        native = self._native(layout, stage)
        if native is not None:
            return native
        if role.within(_FULL):
            across, down = self.size[0] / 960, self.size[1] / 540
            place: Callable[[Placeholder], Rect] = lambda h: _stretched(h.rect, across, down)  # noqa: E731
            return self._finished(layout, stage, tone, [self._own(h, place(h)) for h in layout.placeholders], ())
        if role in _COVERS or role in _SECTIONS:
            placed = self._on_cover(layout, stage, looks)
            if placed is not None:
                below = plate(stage, tone) if layout_host is self.content else ()
                return self._finished(layout, stage, tone, placed, below)
            if layout_host is not self.content:
                host = self.content
                tone, looks = self._looks(host, True)
                built = Builder(self.spec, tone, self.problems).layouts(dict(looks))
                return self._placed(built[layout.role], host, tone, looks)
        return self._in_content(layout, stage, tone, looks)

    def _in_content(
        self, layout: SlideLayout, stage: Stage, tone: Mapping[str, Color], looks: Mapping[str, TextStyle]
    ) -> SlideLayout:
        """The layout's boxes in the template's body, its title in the template's."""
        frame = frame_of(layout.placeholders)
        body = stage.areas.body
        if _dark(layout.role):
            frame = _around([p.rect for p in layout.placeholders if p.type != "title"])
        grid = Grid(layout.placeholders, frame, body, self.scale)
        holders = []
        for h in layout.placeholders:
            if h.type == "title":
                holders.append(self._title(h, stage, looks["title"]))
            else:
                style = in_ink(h.style, tone["ink"]) if h.role == NUMERAL else h.style
                holders.append(replace(self._own(h, grid.rect(h.rect)), style=style))
        art = [] if _dark(layout.role) else [a for a in layout.art if kept(a, frame)]
        share = min(body.width / frame.width, body.height / frame.height)
        placed = tuple(replace(a, rect=grid.rect(a.rect), size=a.size * share) for a in art)
        return self._finished(layout, stage, tone, holders, (*plate(stage, tone), *placed))

    def _title(self, holder: Placeholder, stage: Stage, style: TextStyle) -> Placeholder:
        a = stage.areas
        return replace(
            holder, rect=a.title, style=style, anchor=cast(Anchor, a.anchor), insets=a.insets, index=0, fill=None
        )

    def _own(self, holder: Placeholder, rect: Rect) -> Placeholder:
        """A placeholder of ours; its shape goes with it."""
        k, i = self.scale, holder.insets
        insets = Insets(i.left * k, i.top * k, i.right * k, i.bottom * k)
        index = 0 if holder.type == "title" else holder.index + _OWN_INDEX
        return replace(holder, rect=rect, insets=insets, index=index)

    def _on_cover(self, layout: SlideLayout, stage: Stage, looks: Mapping[str, TextStyle]) -> list[Placeholder] | None:
        """Texts below a cover's title; None where it has too little room for them."""
        role, slide = layout.role, Rect(0, 0, *self.size)
        room = self._room(stage)
        others = [h for h in layout.placeholders if h.type != "title"]
        shares = {h.role: _SHARES.get(h.role, 1.0) for h in others if h.type != "picture"}
        least = _LEAST.get(role, 0.4) * slide.height
        if room.height < least or room.width < 0.35 * slide.width:
            return None
        right: Rect | None = None
        if layout.has(PICTURE):
            right = Rect(room.x + 0.58 * room.width, room.y, 0.42 * room.width, room.height)
            room = Rect(room.x, room.y, 0.55 * room.width, room.height)
        boxes = dict(zip(shares, stacked(room, shares.values(), 4 * self.scale), strict=True))
        if role in _SECTIONS and room.height < 150 * self.scale:
            third = 0.3 * room.width
            boxes[NUMERAL] = Rect(room.x, room.y, third, room.height)
            boxes[TEXT] = Rect(room.x + third + 8, room.y, room.width - third - 8, room.height)
        holders: list[Placeholder] = []
        for h in layout.placeholders:
            if h.type == "title":
                holders.append(self._title(h, stage, h.style))
            elif right is not None and h.type == "picture":
                holders.append(self._own(h, right))
            else:
                style = in_height(h.style, boxes[h.role].height) if h.role == NUMERAL else h.style
                holders.append(replace(self._own(h, boxes[h.role]), anchor="top", style=style))
        return holders

    def _room(self, stage: Stage) -> Rect:
        """Where texts stand below a cover's title: in its subtitle, and as far down as the ground is the same."""
        host, title = stage.layout, stage.areas.title
        slide = Rect(0, 0, *self.size)
        text = max(host.bodies, key=lambda h: h.rect.width * h.rect.height, default=None)
        low = [f.rect.y for f in host.furniture.values() if f.rect.y > 0.7 * slide.height]
        foot = min(low, default=0.94 * slide.height)
        room = Rect(title.x, title.bottom + 8, title.width, foot - title.bottom - 8)
        if text:
            room = clipped(text.rect, slide)
        if room.y < title.bottom < room.bottom:
            room = Rect(room.x, title.bottom + 4, room.width, room.bottom - title.bottom - 4)
        deep = Rect(room.x, room.y, room.width, min(foot - 4, room.y + 0.45 * slide.height) - room.y)
        longer = room.y >= title.bottom and deep.height > room.height
        return deep if longer and alike(stage.terrain.below(deep), stage.terrain.below(room)) else room

    def _native(self, layout: SlideLayout, stage: Stage) -> SlideLayout | None:
        """The template's layout itself, where its placeholders are those that the role fills."""
        host = stage.layout
        serving = next((k for k, roles in _SHARED.items() if layout.role in roles and k in self.matches), None)
        if (
            serving is None
            or self.matches[serving].layout is not host
            or (layout.role in self.matches and layout.role != serving)
        ):
            return None
        bodies = host.of("body", "obj")
        if serving == COMPARISON:
            bodies = comparison_order(bodies)
        wanted = [h for h in layout.placeholders if h.type != "title"]
        indexes = [b.index for b in bodies]
        every = [*bodies, *([host.title] if host.title else [])]
        sound = (
            host.title is not None
            and len(bodies) == len(wanted)
            and 0 not in indexes
            and len(set(indexes)) == len(indexes)
            and all(h.steady and not h.capitals for h in every)
            and not host.moved
            and stage.areas.title == host.title.rect
            and (serving != POINTS or stage.areas.body.height > 0.9 * bodies[0].rect.height)
        )
        if not sound or host.title is None:
            return None
        title_of = layout.title
        look = host.title.looks[0]
        title = replace(
            self._title(title_of, stage, as_title(host.title, self.floor)),
            kind=host.title.type,
            index=host.title.index,
        )
        holders = [title]
        for h, b in zip(wanted, bodies, strict=True):
            style = body_style(str(layout.role), b, self.floor, None)
            holders.append(
                replace(
                    h,
                    rect=b.rect,
                    style=style,
                    anchor=cast(Anchor, b.anchor),
                    insets=b.insets,
                    index=b.index,
                    kind=b.type,
                )
            )
        bullet = bodies[0].looks[0].bullet_color or bodies[0].looks[0].color if bodies else look.color
        return self._finished(layout, stage, {}, holders, (), native=True, bullet=bullet, name=host.name)

    def _finished(
        self,
        layout: SlideLayout,
        stage: Stage,
        tone: Mapping[str, Color],
        holders: list[Placeholder],
        art: tuple[Art, ...],
        native: bool = False,
        bullet: Color | None = None,
        name: str | None = None,
    ) -> SlideLayout:
        host = stage.layout
        palette = host.colors.palette
        feet = tuple(feet_of(host, self.size))
        rects = {f.kind: f.rect for f in feet}
        if layout.footer is None and not native:  # covers and pictures that fill the slide
            rects = {}
        room = _around([h.rect for h in holders if h.type == "body"] or [h.rect for h in holders])
        grounds = stage.ground.colors if stage.plated and art else stage.terrain.below(room).colors
        link = Color("hlink")
        if reach(link, grounds, palette) < derive.TEXT:
            slots = [Color("dk1"), Color("lt1"), Color("dk2"), Color("lt2"), Color("accent1")]
            link = max(slots, key=lambda c: reach(c, grounds, palette))
        foot_at = rects.get("ftr") or rects.get("sldNum")
        foot_ground = stage.terrain.below(foot_at).colors if foot_at else grounds
        wanted = host.furniture["ftr"].looks[0].color if "ftr" in host.furniture else Color("dk1")
        foot = legible([wanted, Color("dk1"), Color("lt1")], foot_ground, palette, derive.TEXT)
        own = self.drawer.package.xml(host.part).find(
            "{http://schemas.openxmlformats.org/presentationml/2006/main}clrMapOvr/"
            "{http://schemas.openxmlformats.org/drawingml/2006/main}overrideClrMapping"
        )
        mapping = dict(host.mapping)
        if link.slot != "hlink":
            slot = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}.get(link.slot, link.slot)
            mapping["hlink"] = mapping["folHlink"] = mapping.get(slot, link.slot)
        changed = own is not None or mapping != host.mapping
        return replace(
            layout,
            name=name or layout.name,
            background=tone.get("paper", Color("lt1")),
            placeholders=tuple(replace(h, slack=_SLACK) if h.type in ("title", "body") else h for h in holders),
            art=art,
            footer=rects.get("ftr"),
            date=rects.get("dt"),
            number=rects.get("sldNum"),
            footer_color=foot,
            dark=False,
            spare=not native,
            host=Host(
                part=host.part,
                name=host.name,
                native=native,
                scenery=stage.scenery,
                palette=palette,
                feet=feet,
                mapping=tuple(mapping.items()) if changed else (),
                bullet=bullet or tone.get("accent", Color("dk1")),
                link=link,
            ),
        )


_SHARES = {
    SUBTITLE: 1.0,
    META: 1.2,
    CAPTION: 0.7,
    NUMERAL: 1.3,
    TEXT: 1.0,
    BODY: 1.6,
    LINKS: 1.0,
    IMPRINT: 1.4,
}
_TEXTS_OF_COVERS = (
    "cover-subtitle",
    "cover-meta",
    "section-text",
    "numeral",
    "closing-text",
    "closing-links",
    "imprint",
)


def _dark(role: LayoutRole) -> bool:
    return role.unbanded in _DARK


def _around(boxes: list[Rect]) -> Rect:
    x, y = min(b.x for b in boxes), min(b.y for b in boxes)
    return Rect(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)


def _stretched(rect: Rect, across: float, down: float) -> Rect:
    return Rect(rect.x * across, rect.y * down, rect.width * across, rect.height * down)
