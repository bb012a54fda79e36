"""A layout of a template with everything it inherits: places, text styles, colours (ECMA-376 part 1, 19.3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Any

from deckbuilder.frozen import dataclass
from deckbuilder.ooxml.package import Package
from deckbuilder.ooxml.presentation import layouts, masters, place, placeholders, slide_size
from deckbuilder.ooxml.reading import main_part
from deckbuilder.ooxml.shapes import Frame
from deckbuilder.ooxml.types import NS
from deckbuilder.theme.color import Color
from deckbuilder.theme.corporate.colors import Colors
from deckbuilder.theme.corporate.fills import Fills, fills_itself
from deckbuilder.theme.corporate.samples import read_samples, taught
from deckbuilder.theme.corporate.text import Looks, read_looks
from deckbuilder.theme.scenery import RGB, Gradient
from deckbuilder.units import EMU_PER_POINT, Insets, Rect

FURNITURE = ("dt", "ftr", "sldNum")
_TITLES = ("title", "ctrTitle")
_MAIN, _MAIN_HEIGHT = 0.3, 0.4  # of the largest place for text: the area and the height that another for content has
_SOLID = 0.5  # how opaque the fill of a place has to be to be taken for one
_INSETS = (("lIns", 91440), ("tIns", 45720), ("rIns", 91440), ("bIns", 45720))


@dataclass(frozen=True)
class Holder:
    """A placeholder: its `type` and `index` as PowerPoint has them, its place, and how its text looks.

    `steady` tells that a slide inherits those looks; where it is False they are those of the sample text,
    which slides do not inherit. `fill` is what the place itself is filled with, a title's bar, None for nothing. `dyed` tells
    that colour and weight are those of the sample slides, which give them to their words; `instead` is the colour on the one
    sample slide that has another, None where there is none."""

    type: str
    index: int
    rect: Rect
    insets: Insets
    anchor: str
    looks: tuple[Looks, ...]
    steady: bool
    vertical: bool
    small_capitals: bool
    fill: RGB | Gradient | None = None
    dyed: bool = False
    instead: Color | None = None


@dataclass(frozen=True)
class CorporateLayout:
    """A layout: its part, its name and PowerPoint's type of it ("" for none), and what is in it. `furniture`
    are the placeholders of date, footer and slide number by their type; `order` counts layouts over all masters;
    `overrides` tells that its colour map is its own and not the master's; `moved` that its places were another
    master's, and were put right. `art` are the boxes of what it draws itself, pictures and shapes, `shown` those and
    its master's; `ground` tells that it has a background of its own, `standard` is its master's title. `uses` counts the
    template's sample slides on it, `shows` those that are examples of a role's slides; `opens` and `closes` tell that the
    first and the last are.
    `relaid` tells that places are those of its sample slides, `room` is where these have content that is in none, and
    `spared` what is drawn that they keep clear."""

    part: str
    master: str
    name: str
    type: str
    order: int
    holders: tuple[Holder, ...]
    furniture: dict[str, Holder]
    colors: Colors
    mapping: dict[str, str]
    overrides: bool
    fonts: tuple[str, str]
    moved: bool = False
    art: tuple[Rect, ...] = ()
    shown: tuple[Rect, ...] = ()
    standard: Rect | None = None
    ground: bool = False
    uses: int = 0
    opens: bool = False
    closes: bool = False
    shows: dict[str, int] = field(default_factory=dict)
    relaid: bool = False
    room: Rect | None = None
    spared: tuple[Rect, ...] = ()

    @property
    def title(self) -> Holder | None:
        return next((h for h in self.holders if h.type in _TITLES), None)

    @property
    def heading(self) -> Holder | None:
        """The title; on a cover that has none, the text that is set largest."""
        return self.title or max(self.bodies, key=lambda h: h.looks[0].size, default=None)

    def of(self, *types: str) -> list[Holder]:
        """Its placeholders of these types, from left to right and top to bottom as they are in the file."""
        return [h for h in self.holders if h.type in types]

    @property
    def bodies(self) -> list[Holder]:
        """What takes text, besides the title."""
        return self.of("body", "obj", "subTitle")

    @property
    def mains(self) -> list[Holder]:
        """The places for content, from left to right: not the small ones beside them, for a kicker above the title or a
        line at the foot."""
        texts = self.of("body", "obj")
        largest = max(texts, key=lambda h: h.rect.width * h.rect.height, default=None)
        if largest is None:
            return []
        least = _MAIN * largest.rect.width * largest.rect.height
        found = [
            h
            for h in texts
            if h.rect.width * h.rect.height >= least and h.rect.height >= _MAIN_HEIGHT * largest.rect.height
        ]
        return sorted(found, key=lambda h: (h.rect.x, h.rect.y))


def read_layouts(package: Package) -> list[CorporateLayout]:
    """Every layout of every master, in PowerPoint's order."""
    out: list[CorporateLayout] = []
    own: dict[str, dict[str, Rect]] = {}
    defaults = main_part(package).root.find("p:defaultTextStyle", NS)
    samples, size = read_samples(package), slide_size(package)
    for master in masters(package):
        root = master.root
        theme = package.xml(master.relations_of("theme")[0])
        given = root.find("p:clrMap", NS)
        base = dict(given.attrib) if given is not None else {}
        own[master.name] = {}
        for sp in placeholders(root):
            if rect := place(sp.find("p:spPr/a:xfrm", NS)):
                own[master.name].setdefault(_kind(_ph(sp).get("type", "obj")), rect)
        drawn = tuple(decorations(root))
        for part in layouts(package, master):
            layout = part.root
            art = tuple(decorations(layout))
            override = layout.find("p:clrMapOvr/a:overrideClrMapping", NS)
            mapping = {str(k): str(v) for k, v in (override.attrib if override is not None else base).items()}
            colors = Colors(theme, mapping)
            reader = _Reader(root, defaults, colors)
            found = [h for sp in placeholders(layout) if (h := reader.holder(sp))]
            out.append(
                CorporateLayout(
                    part=part.name,
                    master=master.name,
                    name=(layout.find("p:cSld", NS).get("name") or part.name.rpartition("/")[2]).strip(),
                    type=layout.get("type", ""),
                    order=len(out),
                    holders=tuple(h for h in found if h.type not in FURNITURE),
                    furniture={h.type: h for h in found if h.type in FURNITURE},
                    colors=colors,
                    mapping=mapping,
                    overrides=override is not None,
                    fonts=_fonts(theme),
                    art=art,
                    shown=art if layout.get("showMasterSp") in ("0", "false") else (*drawn, *art),
                    standard=own[master.name].get("title"),
                    ground=layout.find("p:cSld/p:bg", NS) is not None,
                )
            )
    return [taught(_put_right(layout, own), samples, size) for layout in out]


def decorations(root: Any) -> Iterator[Rect]:
    """The boxes of what a slide, a layout or a master draws besides its placeholders: pictures, words, and shapes with a
    fill."""
    for shape in root.xpath("p:cSld/p:spTree//*[self::p:pic or self::p:sp][not(*/p:nvPr/p:ph)]", namespaces=NS):
        properties = shape.find("p:spPr", NS)
        bare = properties is None or properties.find("a:noFill", NS) is not None
        if (
            shape.tag.endswith("}sp")
            and bare
            and not any((t.text or "").strip() for t in shape.iterfind("p:txBody//a:t", NS))
        ):
            continue
        frame = Frame()
        for group in reversed([g for g in shape.iterancestors() if g.tag.endswith("}grpSp")]):
            frame = frame.within(group.find("p:grpSpPr/a:xfrm", NS))
        if rect := place(properties.find("a:xfrm", NS) if properties is not None else None):
            yield frame.rect(rect)


def _put_right(layout: CorporateLayout, masters: dict[str, dict[str, Rect]]) -> CorporateLayout:
    """LibreOffice gives the layouts of all masters the places of the last one. Such a layout gets its own
    master's; bodies are laid from the one's into the other's."""
    right = masters[layout.master]
    if layout.title is None or "title" not in right or "body" not in right or _in_place(layout, right):
        return layout
    wrong = next((m for m in masters.values() if "body" in m and "title" in m and _in_place(layout, m)), None)
    if wrong is None:
        return layout
    title = layout.title

    def moved(holder: Holder) -> Holder:
        if holder is title:
            return replace(holder, rect=right["title"])
        a, b, r = wrong["body"], right["body"], holder.rect
        across, down = b.width / (a.width or 1), b.height / (a.height or 1)
        rect = Rect(b.x + (r.x - a.x) * across, b.y + (r.y - a.y) * down, r.width * across, r.height * down)
        return replace(holder, rect=rect)

    return replace(layout, holders=tuple(moved(h) for h in layout.holders), moved=True)


def _in_place(layout: CorporateLayout, master: dict[str, Rect]) -> bool:
    """Whether the title stands where the master has it, and every other text within the master's body."""
    body = master["body"]
    boxes = [h.rect for h in layout.of("body", "obj")]
    within = all(
        b.x > body.x - 1 and b.y > body.y - 1 and b.right < body.right + 1 and b.bottom < body.bottom + 1 for b in boxes
    )
    wide = not boxes or max(b.right for b in boxes) - min(b.x for b in boxes) > 0.9 * body.width
    return layout.title is not None and _near(layout.title.rect, master["title"]) and within and wide


def _near(one: Rect, other: Rect) -> bool:
    pairs = zip((one.x, one.y, one.width, one.height), (other.x, other.y, other.width, other.height), strict=True)
    return all(abs(a - b) < 1 for a, b in pairs)


def _fonts(theme: Any) -> tuple[str, str]:
    """The families of headings and of text."""
    families = (theme.find(f"a:themeElements/a:fontScheme/a:{k}Font/a:latin", NS) for k in ("major", "minor"))
    major, minor = ((f.get("typeface") or "Calibri") if f is not None else "Calibri" for f in families)
    return major, minor


class _Reader:
    def __init__(self, master: Any, defaults: Any, colors: Colors) -> None:
        self.colors = colors
        self.defaults = defaults
        self.styles = {k: master.find(f"p:txStyles/p:{k}Style", NS) for k in ("title", "body", "other")}
        self.parents: dict[str, Any] = {}
        for sp in placeholders(master):
            self.parents.setdefault(_kind(_ph(sp).get("type", "obj")), sp)

    def holder(self, sp: Any) -> Holder | None:
        """The placeholder with what it inherits; None where it has no place on the slide."""
        ph = _ph(sp)
        kind = ph.get("type", "obj")
        parent = self.parents.get(_kind(kind))
        chain = [sp] if parent is None else [sp, parent]
        rect = next((r for s in chain if (r := place(s.find("p:spPr/a:xfrm", NS)))), None)
        if rect is None:
            return None
        bodies = [b for s in chain if (b := s.find("p:txBody/a:bodyPr", NS)) is not None]

        def said(name: str, default: str) -> str:
            return next((b.get(name) for b in bodies if b.get(name) is not None), default)

        left, top, right, bottom = (int(said(name, str(least))) / EMU_PER_POINT for name, least in _INSETS)
        style = self.styles["title" if kind in _TITLES else "other" if kind in FURNITURE else "body"]
        lists = [s.find("p:txBody/a:lstStyle", NS) for s in chain] + [style]
        # LibreOffice gives the layouts of all masters the sample text of the last one; a master's own is right.
        samples = chain if kind == "subTitle" else chain[::-1]
        looks, steady, capitals = read_looks(lists, self.defaults, samples, self.colors)
        return Holder(
            type=kind,
            index=int(ph.get("idx", "0")),
            rect=rect,
            insets=Insets(left, top, right, bottom),
            anchor={"ctr": "middle", "b": "bottom"}.get(said("anchor", "t"), "top"),
            looks=looks,
            steady=steady,
            vertical=said("vert", "horz") != "horz",
            small_capitals=capitals,
            fill=self._fill(chain),
        )

    def _fill(self, chain: list[Any]) -> RGB | Gradient | None:
        """What the nearest of these fills its box with."""
        own = (p for s in chain if (p := s.find("p:spPr", NS)) is not None)
        properties = next((p for p in own if fills_itself(p)), None)
        if properties is None:
            return None
        fill, alpha = Fills(self.colors, {}).fill(properties, None)
        return fill if alpha > _SOLID else None


def _ph(sp: Any) -> Any:
    return sp.find("p:nvSpPr/p:nvPr/p:ph", NS)


def _kind(kind: str) -> str:
    """The type of the master's placeholder that one of this type inherits from."""
    return "title" if kind in _TITLES else kind if kind in FURNITURE else "body"
