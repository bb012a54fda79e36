"""From a brand's colours to a theme's: Office's twelve slots, and shades that texts can be read in.

Every colour that text is set in or stands on is moved along its lightness, hue and saturation kept, just
as far as it has to (WCAG 2.2, 1.4.3 and 1.4.11: 4.5 to 1 for text, 3 to 1 for large text and graphics).
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from deckbuilder.theme.color import Color, Palette, Slot, contrast, luminance

TEXT, LARGE = 4.5, 3.0
_RGB = tuple[float, float, float]

# The grounds that texts of the standard layouts stand on: paper, panel, the panel's shade, cards.
_SHADE = Color("lt2", 0.97)
_GROUNDS = (Color("lt1"), Color("lt2"), _SHADE, Color("lt1", 0.5, 0.5))
_DARK = (Color("dk2"), Color("dk2", 0.9, 0.1))
_LIGHT_ENOUGH = 0.7  # least luminance of a ground for pages
_FALLBACK = {"foreground": "#1F2428", "background": "#FFFFFF", "primary": "#2B5F8C"}


@dataclass(frozen=True, slots=True)
class Moved:
    """A colour of the brand that fails on a ground: `name` says which, `ratio` what it has, `used` is the nearest
    that passes."""

    name: str
    given: str
    ground: str
    ratio: float
    used: str


@dataclass(frozen=True)
class Derived:
    """The twelve slots as #RRGGBB, shades that differ from the standard ones as [slot, mod, off], and
    what had to be moved. `turned` tells that the brand is light on dark."""

    slots: dict[Slot, str]
    shades: dict[str, list[object]]
    moved: list[Moved]
    turned: bool


def derive(
    semantic: Mapping[str, str],
    palette: Sequence[str],
    heading: str | None = None,
    link: str | None = None,
    insist: bool = False,
) -> Derived:
    """A theme's colours from a brand's; all are #RRGGBB. `heading` and `link` are the colours of these
    texts, None where the brand gives none; `insist` keeps the brand's colours though they fail."""
    moved: list[Moved] = []
    ink, paper = (semantic.get(k) or _FALLBACK[k] for k in ("foreground", "background"))
    turned = luminance(_rgb(ink)) > luminance(_rgb(paper))
    if turned:
        ink, paper = paper, ink
    if luminance(_rgb(paper)) < _LIGHT_ENOUGH:
        paper = _nearest(paper, lambda c: luminance(_rgb(c)) >= _LIGHT_ENOUGH)
    vivid = [c for c in palette if _saturation(c) > 0.25 and 0.08 < _lightness(c) < 0.85]
    primary = semantic.get("primary") or next(iter(vivid), _FALLBACK["primary"])
    panel = semantic.get("light", "")
    if not panel or not 1.05 <= contrast(_rgb(panel), _rgb(paper)) <= 1.35:
        panel = _panel(paper, primary, [ink, *(c for c in (heading, link, *semantic.values()) if c)])
    slots: dict[Slot, str] = {"lt1": paper, "lt2": panel}

    def legible(name: str, given: str, least: float = TEXT, own: bool = True) -> str:
        """The colour, or the nearest that can be read on every light ground; `own` where it is the brand's."""
        grounds = [_rgb(Palette(slots).hex(g)) for g in _GROUNDS]
        used = _nearest(given, lambda c: all(contrast(_rgb(c), g) >= least for g in grounds))
        if used != given and own:
            worst = min(grounds, key=lambda g: contrast(_rgb(given), g))
            moved.append(Moved(name, given, _hex(worst), contrast(_rgb(given), worst), used))
        return given if own and insist else used

    slots["dk1"] = legible("foreground", ink)
    slots["accent1"] = legible("primary", primary, own="primary" in semantic)
    second = semantic.get("secondary") or next((c for c in vivid if _apart(c, [primary])), _turned(primary, 35))
    slots["accent2"] = legible("secondary", second, own="secondary" in semantic)

    deep = heading or semantic.get("dark") or primary
    if heading:
        deep = legible("typography.headings", heading)

    def carries(color: str) -> bool:
        trial = Palette({**slots, "dk2": color})
        soft = trial.rgb(Color("lt2"))
        grounds = [trial.rgb(g) for g in _GROUNDS]
        return all(contrast(soft, trial.rgb(d)) >= TEXT + 0.5 for d in _DARK) and all(
            contrast(_rgb(color), g) >= TEXT for g in grounds
        )

    slots["dk2"] = deep if heading and insist else _nearest(deep, carries)
    dark = [_rgb(Palette(slots).hex(d)) for d in _DARK]
    wanted = [semantic[k] for k in ("warning", "tertiary", "secondary", "primary") if k in semantic] + vivid
    warm = next((c for c in wanted if _saturation(c) > 0.25), primary)
    slots["accent3"] = _nearest(warm, lambda c: all(contrast(_rgb(c), d) >= LARGE for d in dark))

    others = [semantic[k] for k in ("info", "success", "danger", "tertiary", "warning") if k in semantic] + vivid
    others += [_turned(primary, degrees) for degrees in (150, 210, 75, 285, 330, 120)]
    for slot in ("accent4", "accent5", "accent6"):
        used = [color for key, color in slots.items() if key.startswith("accent")]
        choice = next((c for c in others if _saturation(c) > 0.1 and _apart(c, used)), others[-1])
        others.remove(choice)
        slots[slot] = legible(slot, choice, LARGE, own=False)
    slots["hlink"] = legible("typography.link", link, own=True) if link else slots["accent2"]
    slots["folHlink"] = legible("folHlink", _turned(slots["hlink"], 60), own=False)
    return Derived(slots, {"muted": _muted(slots), "panel-shade": ["lt2", _SHADE.lum_mod]}, moved, turned)


def _panel(paper: str, tint: str, texts: Iterable[str]) -> str:
    """The paper with some tint, with no more of it than lets texts that can be read on paper be read there."""
    legible = [_rgb(c) for c in texts if contrast(_rgb(c), _rgb(paper)) >= TEXT]
    panel = paper
    for share in (0.09, 0.07, 0.05, 0.035):
        panel = _mixed(paper, tint, share)
        slots: dict[Slot, str] = {"lt2": panel}
        shade = Palette(slots).rgb(_SHADE)
        if contrast(_rgb(panel), _rgb(paper)) <= 1.35 and all(contrast(c, shade) >= TEXT for c in legible):
            break
    return panel


def _muted(slots: dict[Slot, str]) -> list[object]:
    """The ink, as much paler as texts may be on every ground."""
    palette = Palette(slots)
    for offset in (0.25, 0.2, 0.15, 0.1, 0.05):
        shade = palette.rgb(Color("dk1", 1 - offset, offset))
        if all(contrast(shade, palette.rgb(g)) >= TEXT for g in _GROUNDS):
            return ["dk1", 1 - offset, offset]
    return ["dk1"]


def nearest(color: str, ground: str, least: float = TEXT) -> str:
    """The nearest colour of the same hue that has the contrast on the ground; both are #RRGGBB."""
    return _nearest(color, lambda c: contrast(_rgb(c), _rgb(ground)) >= least)


def _nearest(color: str, passes: Callable[[str], bool]) -> str:
    """The colour of the same hue and saturation, nearest in lightness, that passes; itself where none does."""
    if passes(color):
        return color
    hue, light, saturation = colorsys.rgb_to_hls(*_rgb(color))
    for step in range(1, 256):
        for lightness in (light - step / 255, light + step / 255):
            if -1 / 255 < lightness < 1 + 1 / 255:
                trial = _hex(colorsys.hls_to_rgb(hue, min(1.0, max(0.0, lightness)), saturation))
                if passes(trial):
                    return trial
    return color


def _rgb(color: str) -> _RGB:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _hex(rgb: Iterable[float]) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, c)) * 255):02X}" for c in rgb)


def _mixed(one: str, other: str, share: float) -> str:
    return _hex(a * (1 - share) + b * share for a, b in zip(_rgb(one), _rgb(other), strict=True))


def _turned(color: str, degrees: float) -> str:
    """The colour on another place of the colour circle; a grey one gets some colour."""
    hue, light, saturation = colorsys.rgb_to_hls(*_rgb(color))
    return _hex(colorsys.hls_to_rgb((hue + degrees / 360) % 1, min(0.6, max(0.3, light)), max(0.3, saturation)))


def _saturation(color: str) -> float:
    return colorsys.rgb_to_hls(*_rgb(color))[2]


def _lightness(color: str) -> float:
    return colorsys.rgb_to_hls(*_rgb(color))[1]


def _apart(color: str, used: Iterable[str]) -> bool:
    """Whether it can be told from each of the others: 0.2 of the way from black to white, in RGB."""
    return all(sum((a - b) ** 2 for a, b in zip(_rgb(color), _rgb(u), strict=True)) > 0.12 for u in used)
