"""A standard layout once its placeholders have their places on a template's: footers, colours of links, what is behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deckbuilder.theme import derive
from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.areas import around, holds
from deckbuilder.theme.corporate.colors import literal
from deckbuilder.theme.corporate.stage import Stage, uncut
from deckbuilder.theme.corporate.tones import legible, reach
from deckbuilder.theme.hosts import Host
from deckbuilder.theme.scenery import RGB, Gradient
from deckbuilder.theme.theme import Art, Placeholder, SlideLayout
from deckbuilder.units import Rect

# Points of a line that LibreOffice may need more than the widths in the font file add up to.
_SLACK = 2.0


def hosted(
    layout: SlideLayout,
    stage: Stage,
    tone: Mapping[str, Color],
    holders: Sequence[Placeholder],
    art: tuple[Art, ...],
    native: bool = False,
    bullet: Color | None = None,
    name: str | None = None,
) -> SlideLayout:
    """The layout with these placeholders and decorations on the stage's ground. `native` tells that it is the template's
    own; `bullet` and `name` are given where they are not the standard's."""
    host = stage.layout
    palette = host.colors.palette
    feet = stage.feet if native else uncut(stage, art)
    if not native:
        art = (*(Art("rectangle", h.rect, filled(h.fill)) for h in host.holders if h.fill is not None), *art)
    rects: dict[str, Rect] = {f.kind: f.rect for f in feet}
    if layout.footer is None and not native:  # covers and pictures that fill the slide
        rects = {}
    boxes = [h.rect for h in holders if h.type == "body"] or [h.rect for h in holders]
    room = around(boxes or [stage.areas.body])  # a template's own layout may be blank
    plate = next((a.fill for a in art[::-1] if a.fill and a.shape == "rectangle" and holds(a.rect, room)), None)
    grounds = (palette.hex(plate),) if plate else stage.terrain.below(room).colors
    link = Color("hlink")
    if reach(link, grounds, palette) < derive.TEXT:
        slots = [Color("dk1"), Color("lt1"), Color("dk2"), Color("lt2"), Color("accent1")]
        link = max(slots, key=lambda c: reach(c, grounds, palette))

    def read_at(kind: str) -> Color:
        """The template's colour for one of the feet, else one that can be read where it stands."""
        wanted = host.furniture[kind].looks[0].color if kind in host.furniture else Color("dk1")
        foot = next((f for f in feet if f.kind == kind and kind in rects), None)
        ground = stage.terrain.below(stage.words_of(foot)).colors if foot else grounds
        return legible([wanted, Color("dk1"), Color("lt1")], ground, palette, derive.TEXT)

    foot, date, number = (read_at(kind) for kind in ("ftr", "dt", "sldNum"))
    mapping = dict(host.mapping)
    if link.slot != "hlink":
        slot = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}.get(link.slot, link.slot)
        mapping["hlink"] = mapping["folHlink"] = mapping.get(slot, link.slot)
    changed = host.overrides or mapping != host.mapping
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
        date_color=date if date != foot else None,
        number_color=number if number != foot else None,
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


def filled(fill: RGB | Gradient) -> Color:
    """The colour of a fill, the mean of a gradient's."""
    rgb = fill.mean if isinstance(fill, Gradient) else fill
    return literal("#" + "".join(f"{round(255 * c):02X}" for c in rgb))
