"""The standard text styles as a template has them: its sizes, fonts, bullets and alignment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.layout import Holder
from deckbuilder.theme.corporate.text import Looks
from deckbuilder.theme.styles import FontSlot, LevelStyle, TextStyle

_TITLES = {"title": "title", "cover-title": "cover", "section-title": "section"}
_LISTS = ("points", "numbers", "letters", "prose")
_FAR = 0.8  # of the sizes that can be read: a template's that are smaller are enlarged
_TITLE = 24.0  # points, on a slide 540 points high: what titles are enlarged to
READABLE = 18.0  # points, on a slide 540 points high
# What stands aside of what a slide is about may be set smaller, in a template's narrower rooms, before it does not fit.
_SMALL = ("cover-meta", "cover-caption", "caption", "closing-links", "quarter", "edge")
ASIDE = 14.0
_BESIDE = 0.75  # of a question's size: what is said before it is no larger


def scaled(style: TextStyle, scale: float, floor: float, least: float = READABLE) -> TextStyle:
    """A standard style for a slide of another size; `floor` scales its smallest sizes, which for text of 18 points are
    `least`."""
    levels = tuple(
        replace(
            x,
            size=_half(x.size * scale),
            floor=min(_half(x.size * scale), _half((least if x.floor == READABLE else x.floor) * floor)),
            indent=x.indent * scale,
            hanging=x.hanging * scale,
        )
        for x in style.levels
    )
    return replace(style, levels=levels)


def level(looks: Looks, floor: float, color: Color, display: bool) -> LevelStyle:
    """A template's list level as one of ours; `display` for titles, which are set in the font of headings."""
    heading = looks.face.startswith("+mj") or (display and not looks.face.startswith("+"))
    font: FontSlot = "heading" if heading else "body"
    return LevelStyle(
        font=font,
        size=looks.size,
        floor=min(looks.size, floor),
        color=color,
        bold=looks.bold,
        italic=looks.italic,
        spacing=min(2.0, max(0.7, looks.spacing)),
        before=looks.before,
        bullet=looks.bullet,
        indent=looks.indent,
        hanging=looks.hanging,
        exact=looks.exact,
        caps=looks.caps,
    )


def title_style(name: str, holder: Holder, floor: float, color: Color) -> TextStyle:
    """A title's style, of the template's placeholder; its floor is that of other text."""
    looks = holder.looks[0]
    least = READABLE * floor
    one = replace(level(looks, least, color, True), bullet=None, indent=0.0, hanging=0.0)
    if looks.size < _FAR * _TITLE * floor:
        one = _times(one, _TITLE * floor / looks.size, least)
    return TextStyle(name, (one,), tie=True, even=True, align=looks.align)


def is_tiny(holder: Holder, floor: float) -> bool:
    """Whether a placeholder's text is far below what can be read on a slide, as of a template that was made for screens, whose
    slides are large and whose type is not; `floor` is what the smallest sizes are multiplied by."""
    return holder.looks[0].size < _FAR * READABLE * floor


def _times(level: LevelStyle, factor: float, floor: float) -> LevelStyle:
    size = _half(level.size * factor)
    return replace(
        level, size=size, floor=min(size, floor), indent=level.indent * factor, hanging=level.hanging * factor
    )


def body_style(name: str, holder: Holder, floor: float, ink: Color | None) -> TextStyle:
    """A body's style with all its levels, in the `ink`; None keeps each level's own colour."""
    least = READABLE * floor
    levels = tuple(level(x, least, ink or x.color, False) for x in holder.looks)
    if is_tiny(holder, floor):
        levels = tuple(_times(x, least / holder.looks[0].size, least) for x in levels)
    return TextStyle(name, levels, align=holder.looks[0].align)


def list_styles(holder: Holder, floor: float, ink: Color) -> Mapping[str, TextStyle]:
    """What the standard layouts call points, numbers, letters and prose, with the template's levels."""
    points = body_style("points", holder, floor, ink)
    if not holder.steady and points.align == "center":  # sample words are, which are no list
        points = replace(points, align="left")
    bulleted = [x if x.listed else replace(x, bullet="•", hanging=max(x.hanging, 0.9 * x.size)) for x in points.levels]
    first = bulleted[0]
    plain = replace(first, bullet=None, indent=0.0, hanging=0.0)

    def listed(name: str, head: Sequence[LevelStyle], at: int) -> TextStyle:
        return replace(points, name=name, levels=tuple(head), plain=at)

    wide = max(first.hanging, 1.4 * first.size)
    numbered = replace(first, bullet=None, indent=0.0, hanging=wide, numbers="number")
    lettered = replace(numbered, numbers="letter")
    under = [replace(x, indent=wide + 0.8 * n * x.size, hanging=0.9 * x.size) for n, x in enumerate(bulleted[1:3])]
    return {
        "points": listed("points", [*bulleted[:3], plain], 3),
        "numbers": listed("numbers", [numbered, *under, plain], 3),
        "letters": listed("letters", [lettered, *under, plain], 3),
        "prose": listed("prose", [plain, *bulleted[:3]], 0),
    }


def own_styles(
    styles: Mapping[str, TextStyle],
    scale: float,
    floor: float,
    titles: Mapping[str, Holder | None],
    body: Holder | None,
    colors: Mapping[str, Color],
) -> dict[str, TextStyle]:
    """The standard styles, scaled, with the template's own for titles and lists where it has such placeholders."""
    out = {name: scaled(style, scale, floor, ASIDE if name in _SMALL else READABLE) for name, style in styles.items()}
    for name, role in _TITLES.items():
        if holder := titles.get(role):
            out[name] = title_style(name, holder, floor, out[name].levels[0].color)
    if body is not None:
        lists = list_styles(body, floor, colors["ink"])
        # A body is no larger than the standard's is for slides of this size: the layouts are made for that.
        most = out["points"].levels[0].size * 1.1
        out |= {name: _shrunk(lists[name], most) for name in _LISTS}
        out["question"] = _beside(out["question"], out["prose"].levels[0].size)
    return out


def _shrunk(style: TextStyle, most: float) -> TextStyle:
    """The style, no level larger than its share of `most`, nor smaller than its floor."""
    share = min(1.0, most / style.levels[0].size)
    levels = tuple(
        replace(x, size=max(x.floor, _half(x.size * share)), indent=x.indent * share, hanging=x.hanging * share)
        for x in style.levels
    )
    return style if share == 1 else replace(style, levels=levels)


def _beside(style: TextStyle, size: float) -> TextStyle:
    """The style with what stands beside its first level as large as other text on the template is, if that is larger; but
    never nearly as large as the first level itself."""
    first, *rest = style.levels
    wanted = min(size, _half(_BESIDE * first.size))
    return replace(style, levels=(first, *(replace(x, size=max(x.size, wanted)) for x in rest)))


def _half(size: float) -> float:
    return round(size * 2) / 2


def in_ink(style: TextStyle, ink: Color) -> TextStyle:
    """A numeral's style without the dark panel that it stands on elsewhere: what is below it is in the ink."""
    first, *rest = style.levels
    return replace(style, levels=(first, *(replace(x, color=ink) for x in rest)))


def in_height(style: TextStyle, height: float) -> TextStyle:
    """A numeral's style, no larger than a box lets it be, with a line below it."""
    first, *rest = style.levels
    size = min(first.size, max(first.floor / 2, round(height * 0.9) / 2))
    return replace(style, levels=(replace(first, size=size, floor=round(size * 0.6)), *rest))


def as_title(holder: Holder, scale: float) -> TextStyle:
    """The style of the template's own titles."""
    return title_style("title", holder, scale, holder.looks[0].color)
