"""Colours by name for the layouts that stand on a template's ground: its own, as far as they can be read there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from deckbuilder.theme.color import Color, Palette, contrast, luminance
from deckbuilder.theme.corporate.colors import literal
from deckbuilder.theme.corporate.ground import Ground
from deckbuilder.theme.corporate.layout import Holder
from deckbuilder.theme.corporate.text import Looks
from deckbuilder.theme.derive import LARGE, TEXT

_DARKER = ((0.9, 0.0), (0.75, 0.0), (0.6, 0.0), (0.5, 0.0), (0.35, 0.0))
_LIGHTER = ((0.85, 0.15), (0.75, 0.25), (0.6, 0.4), (0.4, 0.6), (0.2, 0.8))

_PANELS = (0.06, 0.11)  # how much of the text's colour panels and their shades have
_LOST = 1.6  # to 1: with less than that a colour cannot be made out at all
_MEANT = 2.5  # to 1: with less than that no template means its text to be read


def tones(
    ground: Ground, above: Ground, ink: Color, title: Color, palette: Palette, dark: bool, lead: str | None = None
) -> dict[str, Color]:
    """The standard layouts' colours for a ground; `above` is the title's. `ink` and `title` are the template's for
    text and titles there, kept where they can be read; `dark` is for layouts like covers, whose text has a ground of its own.
    `lead` is a colour in place of the theme's accents, #RRGGBB."""
    first, second, third = [literal(lead)] * 3 if lead else [Color("accent1"), Color("accent2"), Color("accent3")]
    paper = _paper(ground, palette)
    base = legible(_wanted(ink, ground.colors, palette), ground.colors, palette, TEXT)
    panel, shade = (mixed(paper, base, share, palette) for share in _PANELS)
    grounds = tuple(dict.fromkeys([*ground.colors, palette.hex(panel), palette.hex(shade)]))
    base = legible([base, Color("dk1"), Color("lt1")], grounds, palette, TEXT)

    def shown(*wanted: Color) -> Color:
        return legible([*wanted, base], grounds, palette, TEXT)

    accent, other = shown(first, second), shown(second, first)

    def carried_by(fill: Color) -> Color:
        return legible([paper, Color("lt1"), Color("dk1")], [palette.hex(fill)], palette, TEXT)

    # The colour of what is set large: the title's, or that of the bar that the title stands on.
    large = [c for c in (title, literal(above.mean)) if reach(c, grounds, palette) >= TEXT]
    deep = large[0] if large else shown(first, title)
    carried = carried_by(deep)
    muted = legible([mixed(base, paper, share, palette) for share in (0.3, 0.2, 0.1)] + [base], grounds, palette, TEXT)
    return {
        "ink": base,
        "paper": paper,
        "deep": deep,
        "panel": panel,
        "accent": accent,
        "accent-fill": accent,
        "on-accent": carried_by(accent),
        "second": other,
        "second-fill": other,
        "on-second": carried_by(other),
        "warm": legible([third, first, base], grounds, palette, LARGE),
        "muted": muted,
        "hairline": mixed(paper, base, 0.25, palette),
        "card": mixed(paper, base, 0.03, palette),
        "deep-shade": deep,
        "panel-shade": shade,
        "on-deep": base if dark else carried,
        "on-deep-soft": base if dark else carried,
    }


def legible(wanted: Iterable[Color], grounds: Sequence[str], palette: Palette, least: float) -> Color:
    """The first of the colours, or of their darker and lighter shades, that has the contrast on every ground;
    where none has, what comes nearest to that."""
    wanted = list(wanted)
    trials = [shade for color in wanted for shade in (color, *_shades(color, grounds[0], palette))]
    for trial in [*trials, literal("#000000"), literal("#FFFFFF")]:
        if reach(trial, grounds, palette) >= least:
            return trial
    return max([*trials, literal("#000000"), literal("#FFFFFF")], key=lambda c: reach(c, grounds, palette))


def on_title(looks: Looks | None, given: Color, ground: Ground, palette: Palette) -> Color:
    """The colour of titles: the template's own where large text can be read in it (WCAG 2.2: 3 to 1), else one
    that all text can."""
    large = looks is not None and looks.size >= 24
    if reach(given, ground.colors, palette) >= (LARGE if large else TEXT):
        return given
    return legible(_wanted(given, ground.colors, palette), ground.colors, palette, TEXT)


def _wanted(given: Color, grounds: Sequence[str], palette: Palette) -> list[Color]:
    """What to try for text, the template's colour first; but one that is lost on the ground, as black is on a photograph made
    dark, says nothing of how text looks there, and its shades would be greys that just pass."""
    ends = [Color("dk1"), Color("lt1")]
    if reach(given, grounds, palette) >= _LOST:
        return [given, *ends]
    return [*sorted(ends, key=lambda c: -reach(c, grounds, palette)), given]


def worn(holder: Holder, ground: Ground, palette: Palette) -> Color:
    """The colour of a placeholder's text: the template's, or that of its sample slide where the template's cannot be read."""
    own, other = holder.looks[0].color, holder.instead
    if other and reach(own, ground.colors, palette) < LARGE <= reach(other, ground.colors, palette):
        return other
    return own


def turned(ink: Color, ground: Ground, palette: Palette) -> bool:
    """Whether text in a colour that a template means to be read on a ground would have to change sides for the contrast that it
    needs: from light to dark, or from dark to light."""
    end = literal("#FFFFFF" if _lighter(ink, ground.mean, palette) else "#000000")
    return reach(ink, (ground.mean,), palette) >= _MEANT and reach(end, ground.colors, palette) < TEXT


def carrying(ink: Color, ground: str, palette: Palette) -> str:
    """The ground's shade next to it, as #RRGGBB, that carries text of a colour, panels on it included."""
    away = literal("#000000" if _lighter(ink, ground, palette) else "#FFFFFF")
    shades = (mixed(literal(ground), away, share / 20, palette) for share in range(20))

    def carries(shade: Color) -> bool:
        every = [palette.hex(c) for c in (shade, *(mixed(shade, ink, share, palette) for share in _PANELS))]
        return reach(ink, every, palette) >= TEXT

    return next((palette.hex(shade) for shade in shades if carries(shade)), ground)


def _lighter(ink: Color, ground: str, palette: Palette) -> bool:
    return luminance(palette.rgb(ink)) > luminance(palette.rgb(literal(ground)))


def steady(ground: Ground, palette: Palette) -> bool:
    """Whether black or white text can be read all over a ground."""
    return any(reach(literal(c), ground.colors, palette) >= TEXT for c in ("#000000", "#FFFFFF"))


def reach(color: Color, grounds: Sequence[str], palette: Palette) -> float:
    """The least contrast of the colour on the grounds."""
    rgb = palette.rgb(color)
    return min(contrast(rgb, palette.rgb(literal(ground))) for ground in grounds)


def _shades(color: Color, ground: str, palette: Palette) -> list[Color]:
    dark = luminance(palette.rgb(literal(ground))) < 0.18
    shades = [replace(color, lum_mod=mod, lum_off=off) for mod, off in (_LIGHTER if dark else _DARKER)]
    return [literal(palette.hex(shade)) for shade in shades] if color.rgb else shades


def _paper(ground: Ground, palette: Palette) -> Color:
    """The ground's colour, as a slot where it is one."""
    for slot in ("lt1", "lt2", "dk2", "dk1", "accent1", "accent2"):
        if palette.slots[slot].upper() == ground.mean.upper():
            return Color(slot)
    return literal(ground.mean)


def mixed(one: Color, other: Color, share: float, palette: Palette) -> Color:
    """The first colour with a share of the other; as a shade of its slot where both are greys of one."""
    plain = (palette.slots["lt1"].upper(), palette.slots["dk1"].upper()) == ("#FFFFFF", "#000000")
    if plain and (one, other) == (Color("lt1"), Color("dk1")):
        return Color("lt1", 1 - share)
    if plain and (one, other) == (Color("dk1"), Color("lt1")):
        return Color("dk1", 1 - share, share)
    a, b = palette.rgb(one), palette.rgb(other)
    return literal("#" + "".join(f"{round(255 * (x + (y - x) * share)):02X}" for x, y in zip(a, b, strict=True)))
