"""From a brand's colours to a theme's: Office's twelve slots, and shades that texts can be read in.

Every colour that text is set in is moved along its lightness, hue and saturation kept, just as far as it has
to (WCAG 2.2, 1.4.3 and 1.4.11: 4.5 to 1 for text, 3 to 1 for large text and graphics). Its first and its second colour
a brand keeps in fills, which carry dark text where they are light: text alone is set in a shade of them.
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Iterable, Mapping, Sequence

from deckbuilder.frozen import dataclass
from deckbuilder.theme.color import Color, Palette, Slot, contrast, luminance

TEXT, LARGE = 4.5, 3.0
_RGB = tuple[float, float, float]

# The grounds that texts of the standard layouts stand on, beside the panel's shade: paper, panel, cards.
_GROUNDS = (Color("lt1"), Color("lt2"), Color("lt1", 0.5, 0.5))
# How much of a tint panels have, and how dark the shade of panels is.
_TINTS = ((0.09, 0.97), (0.07, 0.97), (0.05, 0.97), (0.035, 0.97), (0.025, 0.98), (0.015, 0.985))
_MUDDY = (15 / 360, 75 / 360)  # orange to yellow: darkened, they are brown
_STEPS = tuple(n / 100 for n in range(100, -1, -2))
_DARK = (Color("dk2"), Color("dk2", 0.9, 0.1))
_LIGHT_ENOUGH = 0.7  # least luminance of a ground for pages
_FALLBACK = {"foreground": "#1F2428", "background": "#FFFFFF", "primary": "#2B5F8C"}


@dataclass(frozen=True, slots=True)
class Moved:
    """A colour of the brand that fails on the brand's own ground: `name` says which, `ratio` what it has, `used` is what
    text is set in."""

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
    return _Derivation(semantic, palette, insist).derived(heading, link)


class _Derivation:
    """A brand's colours on their way to a theme's: slots are filled one after another, since each has to go with those
    before it."""

    def __init__(self, semantic: Mapping[str, str], palette: Sequence[str], insist: bool) -> None:
        self.semantic = semantic
        self.insist = insist
        self.ink, paper = (semantic.get(k) or _FALLBACK[k] for k in ("foreground", "background"))
        self.turned = luminance(_rgb(self.ink)) > luminance(_rgb(paper))
        if self.turned:
            self.ink, paper = paper, self.ink
        if luminance(_rgb(paper)) < _LIGHT_ENOUGH:
            paper = _nearest(paper, lambda c: luminance(_rgb(c)) >= _LIGHT_ENOUGH)
        self.own_ground = semantic.get("background", paper) if self.turned else paper
        self.vivid = [c for c in palette if _saturation(c) > 0.25 and 0.08 < _lightness(c) < 0.85]
        self.primary = semantic.get("primary") or next(iter(self.vivid), _FALLBACK["primary"])
        self.slots: dict[Slot, str] = {"lt1": paper}
        self.shades: dict[str, list[object]] = {}
        self.grounds: tuple[Color, ...] = _GROUNDS
        self.moved: list[Moved] = []

    def derived(self, heading: str | None, link: str | None) -> Derived:
        """The slots and shades; `heading` and `link` as in `derive`."""
        slots, primary = self.slots, self.primary
        if self.turned:  # what is for the dark ground needs not be read on paper
            heading, link = (None if c and self._on_own(c) >= TEXT else c for c in (heading, link))
        self._panel([self.ink, *(c for c in (heading, link, *self.semantic.values()) if c)])
        slots["dk1"] = self._legible("foreground", self.ink)
        self._kept("primary", primary, "accent1", "accent")
        second = self.semantic.get("secondary") or next((c for c in self.vivid if _apart(c, [primary])), None)
        turned = _nearest(_turned(primary, 35), self._readable)
        second_text = self._kept("secondary", second or turned, "accent2", "second")
        self._deep(heading)
        self._others()
        slots["hlink"] = self._legible("typography.link", link) if link else second_text
        slots["folHlink"] = self._legible("folHlink", _turned(slots["hlink"], 60), own=False)
        self.shades["muted"] = _muted(slots, self.grounds)
        return Derived(slots, self.shades, self.moved, self.turned)

    def _panel(self, texts: Sequence[str]) -> None:
        paper, panel, darker = self.slots["lt1"], self.semantic.get("light", ""), _TINTS[0][1]
        if not panel or not 1.05 <= contrast(_rgb(panel), _rgb(paper)) <= 1.35:
            panel, darker = _panel(paper, self.primary, texts)
        self.slots["lt2"] = panel
        self.grounds = (*_GROUNDS, Color("lt2", darker))
        self.shades["panel-shade"] = ["lt2", darker]

    def _deep(self, heading: str | None) -> None:
        """The colour of titles, and of the ground of covers and sections; and one that shows on it."""
        slots, primary = self.slots, self.primary
        deep = heading or (slots["dk1"] if self.turned else self.semantic.get("dark")) or primary
        if not heading and deep == primary and _to_mud(primary, contrast(_rgb(primary), _rgb(slots["lt1"]))):
            deep = slots["dk1"]
        if heading:
            deep = self._legible("typography.headings", heading)

        def carries(color: str) -> bool:
            trial = Palette({**slots, "dk2": color})
            soft = trial.rgb(Color("lt2"))
            return all(contrast(soft, trial.rgb(d)) >= TEXT + 0.5 for d in _DARK) and self._readable(color)

        slots["dk2"] = deep if heading and self.insist else _nearest(deep, carries)
        dark = [_rgb(Palette(slots).hex(d)) for d in _DARK]
        wanted = [self.semantic[k] for k in ("warning", "tertiary", "secondary", "primary") if k in self.semantic]
        warm = next((c for c in (*wanted, *self.vivid) if _saturation(c) > 0.25), primary)
        slots["accent3"] = _nearest(warm, lambda c: all(contrast(_rgb(c), d) >= LARGE for d in dark))

    def _others(self) -> None:
        given = [self.semantic[k] for k in ("info", "success", "danger", "tertiary", "warning") if k in self.semantic]
        others = [*given, *self.vivid, *(_turned(self.primary, degrees) for degrees in (150, 210, 75, 285, 330, 120))]
        for slot in ("accent4", "accent5", "accent6"):
            used = [color for key, color in self.slots.items() if key.startswith("accent")]
            choice = next((c for c in others if _saturation(c) > 0.1 and _apart(c, used)), others[-1])
            others.remove(choice)
            self.slots[slot] = self._legible(slot, choice, LARGE, own=False)

    def _readable(self, color: str, least: float = TEXT) -> bool:
        palette = Palette(self.slots)
        return all(contrast(_rgb(color), palette.rgb(ground)) >= least for ground in self.grounds)

    def _on_own(self, color: str) -> float:
        """The contrast of a colour with the ground that its brand has for it."""
        return contrast(_rgb(color), _rgb(self.own_ground))

    def _judge(self, name: str, given: str, used: str) -> None:
        if (ratio := self._on_own(given)) < TEXT:
            self.moved.append(Moved(name, given, self.own_ground, ratio, used))

    def _legible(self, name: str, given: str, least: float = TEXT, own: bool = True) -> str:
        """The colour, or the nearest that can be read on every light ground; `own` where it is the brand's."""
        used = _nearest(given, lambda c: self._readable(c, least))
        if used != given and own:
            self._judge(name, given, used)
        return given if own and self.insist else used

    def _kept(self, name: str, given: str, slot: Slot, text: str) -> str:
        """Keeps the colour in its slot; names a shade of it for text, and what it can carry where it fills something. Returns
        the text's."""
        self.slots[slot] = given
        palette, own = Palette(self.slots), name in self.semantic
        shade = next(mod for mod in _STEPS if self._readable(palette.hex(Color(slot, mod))))
        used = palette.hex(Color(slot, shade))
        if shade != 1 and own:
            self._judge(name, given, used)
        self.shades[text] = [slot] if self.insist and own else [slot, shade]
        self.shades[f"{text}-fill"], self.shades[f"on-{text}"] = _filled(slot, palette)
        return used


def _to_mud(color: str, ratio: float) -> bool:
    """Whether a colour with that contrast on paper is no more itself once it is dark enough to carry pale text."""
    hue = colorsys.rgb_to_hls(*_rgb(color))[0]
    return ratio < LARGE or (ratio < TEXT and _MUDDY[0] <= hue <= _MUDDY[1])


def _filled(slot: Slot, palette: Palette) -> tuple[list[object], list[object]]:
    """The slot as a fill, and the text that can be read on it: the paper's colour, the ink or black. The fill is moved only
    where none can."""
    for mod in _STEPS:
        fill = palette.rgb(Color(slot, mod))
        for text in (Color("lt1"), Color("dk1"), Color("dk1", 0.0)):
            if contrast(palette.rgb(text), fill) >= TEXT:
                return [slot, mod], [text.slot, text.lum_mod]
    raise AssertionError("paper is light enough to be read on black")


def _panel(paper: str, tint: str, texts: Iterable[str]) -> tuple[str, float]:
    """The paper with some tint, with no more of it than lets texts that can be read on paper be read there; and the
    luminance of its shade."""
    legible = [_rgb(c) for c in texts if contrast(_rgb(c), _rgb(paper)) >= TEXT]
    panel, darker = paper, 1.0
    for share, darker in _TINTS:
        panel = _mixed(paper, tint, share)
        slots: dict[Slot, str] = {"lt2": panel}
        shade = Palette(slots).rgb(Color("lt2", darker))
        if contrast(_rgb(panel), _rgb(paper)) <= 1.35 and all(contrast(c, shade) >= TEXT for c in legible):
            break
    return panel, darker


def _muted(slots: dict[Slot, str], grounds: Iterable[Color]) -> list[object]:
    """The ink, as much paler as texts may be on every ground."""
    palette = Palette(slots)
    below = [palette.rgb(ground) for ground in grounds]
    for offset in (0.25, 0.2, 0.15, 0.1, 0.05):
        shade = palette.rgb(Color("dk1", 1 - offset, offset))
        if all(contrast(shade, ground) >= TEXT for ground in below):
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
