"""How a template's text looks, level by level, as slides inherit it: the placeholder's list styles, the
master's text styles, the presentation's default, in this order (ECMA-376 part 1, 21.1.2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from deckbuilder.frozen import dataclass
from deckbuilder.ooxml.types import NS
from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.colors import Colors
from deckbuilder.theme.faces import LINE_PITCH
from deckbuilder.theme.hosts import Align
from deckbuilder.units import EMU_PER_POINT

LEVELS = 5
_SYMBOLS = {"§": "▪", "\uf0a7": "▪", "ü": "✓", "\uf0fc": "✓", "-": "–", "\uf02d": "–"}


@dataclass(frozen=True)
class Looks:
    """One list level. `face` is a family's name, or "+mj-lt" and "+mn-lt" for the theme's own; lengths are
    points; `before` is the space above a paragraph as a share of its size, `bullet` None for none. `spacing` multiplies the
    line pitch; `exact` tells that it stands for points, not for a share of the font's own line height."""

    size: float
    face: str
    color: Color
    bold: bool
    italic: bool
    align: Align
    spacing: float
    exact: bool
    before: float
    bullet: str | None
    bullet_color: Color | None
    indent: float
    hanging: float
    caps: bool


def read_looks(
    lists: Sequence[Any], defaults: Any, holders: Sequence[Any], colors: Colors
) -> tuple[tuple[Looks, ...], bool, bool]:
    """The levels; whether slides inherit them, or they are those of sample text; whether text is in small capitals.

    `lists` are list styles and the like, the nearest first, None where there is none; `holders` are the
    shapes whose sample text speaks where no list style gives a size."""
    out, steady, capitals = [], True, False
    for number in range(LEVELS):
        chain = [p for x in lists if x is not None and (p := x.find(f"a:lvl{number + 1}pPr", NS)) is not None]
        sized = any(p.find("a:defRPr", NS) is not None and p.find("a:defRPr", NS).get("sz") for p in chain)
        if not sized and (samples := _samples(holders, number)):
            chain = [*samples, *chain]
            steady = False
        fallback = defaults.find(f"a:lvl{number + 1}pPr", NS) if defaults is not None else None
        level, caps = _level(chain if fallback is None else [*chain, fallback], colors)
        out.append(level)
        capitals = capitals or (caps and not number)
    return tuple(out), steady, capitals


class _Sample:
    """A sample paragraph, spoken to as if it were a level of a list style."""

    def __init__(self, paragraph: Any) -> None:
        self.properties = paragraph.find("a:pPr", NS)
        runs = [paragraph.find("a:r/a:rPr", NS), paragraph.find("a:endParaRPr", NS)]
        self.run = next((r for r in runs if r is not None), None)

    def get(self, name: str) -> Any:
        return self.properties.get(name) if self.properties is not None else None

    def find(self, path: str, namespaces: Any) -> Any:
        if path == "a:defRPr":
            return self.run
        return self.properties.find(path, namespaces) if self.properties is not None else None


def _samples(holders: Sequence[Any], number: int) -> list[_Sample]:
    found = []
    for sp in holders:
        for paragraph in sp.iterfind("p:txBody/a:p", NS):
            properties = paragraph.find("a:pPr", NS)
            level = int(properties.get("lvl", "0")) if properties is not None else 0
            sample = _Sample(paragraph)
            if level == number and sample.run is not None and sample.run.get("sz"):
                found.append(sample)
                break
    return found


def _level(chain: Sequence[Any], colors: Colors) -> tuple[Looks, bool]:
    runs = [r for p in chain if (r := p.find("a:defRPr", NS)) is not None]

    def run(name: str, default: str) -> str:
        return next((r.get(name) for r in runs if r.get(name) is not None), default)

    def paragraph(name: str, default: str) -> str:
        return next((p.get(name) for p in chain if p.get(name) is not None), default)

    def child(*names: str) -> Any:
        for p in chain:
            for name in names:
                if (found := p.find(f"a:{name}", NS)) is not None:
                    return found
        return None

    size = int(run("sz", "1800")) / 100
    fill = next((f for r in runs if (f := r.find("a:solidFill", NS)) is not None), None)
    face = next((f.get("typeface") for r in runs if (f := r.find("a:latin", NS)) is not None), None)
    left, indent = (int(paragraph(k, "0")) / EMU_PER_POINT for k in ("marL", "indent"))
    between = child("lnSpc")
    spacing = _amount(between, size * LINE_PITCH)
    bullet = child("buNone", "buChar", "buAutoNum", "buBlip")
    kind = bullet.tag.rpartition("}")[2] if bullet is not None else "buNone"
    char = None if kind == "buNone" else "•"
    if kind == "buChar":
        font = child("buFont")
        symbol = font is not None and any(x in font.get("typeface", "") for x in ("Wingdings", "Symbol", "Webdings"))
        given = bullet.get("char") or "•"
        char = _SYMBOLS.get(given, "•" if symbol or "\ue000" <= given < "\uf900" or given in "●·" else given)
    look = Looks(
        size=size,
        face=face or "+mn-lt",
        color=colors.color(fill) or Color("dk1"),
        bold=run("b", "0") in ("1", "true"),
        italic=run("i", "0") in ("1", "true"),
        align=cast(Align, {"ctr": "center", "r": "right"}.get(paragraph("algn", "l"), "left")),
        spacing=spacing or 1.0,
        exact=between is not None and len(between) > 0 and between[0].tag.endswith("spcPts"),
        before=_amount(child("spcBef"), size) + _amount(child("spcAft"), size),
        bullet=char,
        bullet_color=colors.color(child("buClr")),
        indent=max(0.0, left + min(0.0, indent)) if char else max(0.0, left),
        hanging=min(left, -indent) if char and indent < 0 else 0.0,
        caps=run("cap", "none") == "all",
    )
    return look, run("cap", "none") == "small"


def _amount(element: Any, whole: float) -> float:
    """A spacing as a share of `whole`, whether it is given in percent or in points; 0 without one."""
    if element is None or not len(element):
        return 0.0
    value = element[0].get("val", "0").rstrip("%")
    number = float(value)
    return number / 100_000 if element[0].tag.endswith("spcPct") else number / 100 / whole
