"""Corporate templates for tests, made here part by part: any layouts, on any masters, on slides of any size."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pptx
from PIL import Image

Box = tuple[float, float, float, float]  # left, top, width, height, as shares of the slide's
Shape = Callable[[int, int, int], str]  # of an id and the slide's width and height, in EMU

_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAP = " ".join(f'{k}="{v}"' for k, v in (("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2"))) + " ".join(
    ["", *(f'accent{n}="accent{n}"' for n in range(1, 7)), 'hlink="hlink"', 'folHlink="folHlink"']
)
_PICTURE = "rId90"


def _place(box: Box, width: int, height: int) -> str:
    x, y, w, h = (round(v * side) for v, side in zip(box, (width, height, width, height), strict=True))
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


def _fill(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def holder(
    kind: str, box: Box, index: int = 0, size: float = 0, color: str = "", anchor: str = "", caps: bool = False
) -> Shape:
    """A placeholder of PowerPoint's type; `size` in points, 0 for the master's."""

    def xml(number: int, width: int, height: int) -> str:
        type = f' type="{kind}"' if kind else ""
        given = f' idx="{index}"' if index else ""
        sized = f' sz="{round(size * 100)}"' if size else ""
        capital = ' cap="all"' if caps else ""
        run = f"<a:defRPr{sized}{capital}>"
        run += f"{_fill(color) if color else ''}</a:defRPr>"
        plain = size or color or caps
        style = f'<a:lvl1pPr marL="0" indent="0"><a:buNone/>{run}</a:lvl1pPr>' if plain else ""
        body = f'<a:bodyPr anchor="{anchor}"/>' if anchor else "<a:bodyPr/>"
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Place {number}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr><p:ph{type}{given}/></p:nvPr></p:nvSpPr><p:spPr>{_place(box, width, height)}</p:spPr><p:txBody>{body}"
            f'<a:lstStyle>{style}</a:lstStyle><a:p><a:r><a:rPr lang="en-US"/><a:t>Words</a:t></a:r></a:p></p:txBody></p:sp>'
        )

    return xml


def panel(box: Box, color: str) -> Shape:
    """A filled rectangle."""
    return lambda number, width, height: (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Panel {number}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'{_place(box, width, height)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{_fill(color)}<a:ln><a:noFill/></a:ln>'
        "</p:spPr></p:sp>"
    )


def squares(box: Box, color: str = "9AA0A8") -> list[Shape]:
    """Every other of the squares that a box is divided into, three rows of them: art with edges everywhere."""
    x, y, width, height = box
    side = height / 3
    across = round(width / side)
    return [
        panel((x + n * width / across, y + row * side, width / across, side), color)
        for row in range(3)
        for n in range(row % 2, across, 2)
    ]


def mark(box: Box, about: str = "The mark", effect: str = "") -> Shape:
    """A picture: the organisation's mark, chequered so that every pixel of it tells. `effect` goes into its `<a:blip>`."""
    return lambda number, width, height: (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="Mark {number}" descr={quoteattr(about)}/><p:cNvPicPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill><a:blip r:embed="{_PICTURE}">{effect}</a:blip><a:stretch><a:fillRect/>'
        f'</a:stretch></p:blipFill><p:spPr>{_place(box, width, height)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        "</p:pic>"
    )


TITLE: Box = (0.05, 0.05, 0.9, 0.13)
BODY: Box = (0.05, 0.22, 0.9, 0.67)
FEET = (
    holder("dt", (0.05, 0.93, 0.2, 0.04), 20),
    holder("ftr", (0.3, 0.93, 0.4, 0.04), 21),
    holder("sldNum", (0.75, 0.93, 0.2, 0.04), 22),
)


@dataclass(frozen=True)
class Layout:
    """A slide layout; `back` is its own background, "" for the master's."""

    name: str
    shapes: Sequence[Shape]
    type: str = ""
    back: str = ""


def cover(
    name: str = "Title Slide", type: str = "title", back: str = "14304F", more: Sequence[Shape] = (), scale: float = 1.0
) -> Layout:
    """A usual cover."""
    title = holder("ctrTitle", (0.1, 0.2, 0.8, 0.3), size=44 * scale, color="FFFFFF", anchor="b")
    return Layout(name, (*more, title, holder("subTitle", (0.1, 0.55, 0.8, 0.26), 1, 22 * scale, "FFFFFF")), type, back)


def content(name: str = "Title and Content", type: str = "obj", more: Sequence[Shape] = ()) -> Layout:
    """A usual layout for content."""
    return Layout(name, (*more, holder("title", TITLE), holder("", BODY, 1), *FEET), type)


def section(name: str = "Section Header", type: str = "secHead", scale: float = 1.0) -> Layout:
    """A usual divider."""
    title = holder("title", (0.08, 0.4, 0.85, 0.2), size=40 * scale, color="FFFFFF")
    return Layout(name, (title, holder("body", (0.08, 0.62, 0.85, 0.22), 1, 20 * scale, "FFFFFF")), type, "0B6E4F")


def columns(name: str = "Two Content", type: str = "twoObj") -> Layout:
    """A usual layout of two columns."""
    left, right = holder("", (0.05, 0.22, 0.44, 0.67), 1), holder("", (0.51, 0.22, 0.44, 0.67), 2)
    return Layout(name, (holder("title", TITLE), left, right, *FEET), type)


def comparison(name: str = "Comparison", type: str = "twoTxTwoObj") -> Layout:
    """A usual layout for a comparison: a heading over each of two columns."""
    places = [holder("title", TITLE)]
    for n, left in enumerate((0.05, 0.51)):
        heading, text = (left, 0.2, 0.44, 0.08), (left, 0.29, 0.44, 0.6)
        places += [holder("body", heading, 2 * n + 1), holder("", text, 2 * n + 2)]
    return Layout(name, (*places, *FEET), type)


def only(name: str = "Title Only", type: str = "titleOnly") -> Layout:
    """A usual layout for a title alone."""
    return Layout(name, (holder("title", TITLE), *FEET), type)


def usual(scale: float = 1.0) -> list[Layout]:
    """The layouts that most templates have; `scale` multiplies their sizes of text."""
    return [cover(scale=scale), content(), section(scale=scale), columns(), only()]


@dataclass(frozen=True)
class Master:
    """A slide master with its layouts, and what it draws on all of them."""

    layouts: Sequence[Layout]
    shapes: Sequence[Shape] = ()
    back: str = "FFFFFF"
    ink: str = "1A1A1A"
    title: str = "14304F"
    box: Box = TITLE
    scale: float = 1.0
    faces: tuple[str, str] = field(default=("Arial", "Arial"))


def template(
    path: Path | io.BytesIO,
    *masters: Master,
    size: tuple[float, float] = (960, 540),
    slides: Sequence[int] = (),
    drawn: Sequence[Shape] = (),
) -> None:
    """Writes a template. `size` is the slide's in points; `slides` are its sample slides, the numbers of their layouts,
    counted from 1 over all masters, and `drawn` is what each of them has."""
    width, height = (round(v * 12700) for v in size)
    parts: dict[str, str | bytes] = {"ppt/media/mark.png": _mark()}
    types: list[tuple[str, str]] = [("ppt/presentation.xml", "presentationml.presentation.main+xml")]
    listed, related, number = [], [], 0

    def tree(shapes: Sequence[Shape]) -> str:
        drawn = "".join(shape(n, width, height) for n, shape in enumerate(shapes, 2))
        head = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        return f"<p:spTree>{head}{drawn}</p:spTree>"

    for m, master in enumerate(masters, 1):
        rows = []
        for layout in master.layouts:
            number += 1
            name = f"ppt/slideLayouts/slideLayout{number}.xml"
            back = _ground(layout.back) if layout.back else ""
            kind = f' type="{layout.type}"' if layout.type else ""
            parts[name] = (
                f'{_HEAD}<p:sldLayout {_NS}{kind} preserve="1"><p:cSld name={quoteattr(layout.name)}>{back}'
                f"{tree(layout.shapes)}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
            )
            parts[_rels(name)] = _relations(
                [
                    ("rId1", "slideMaster", f"../slideMasters/slideMaster{m}.xml"),
                    (_PICTURE, "image", "../media/mark.png"),
                ]
            )
            types.append((name, "presentationml.slideLayout+xml"))
            rows.append((f"rId{len(rows) + 1}", "slideLayout", f"../slideLayouts/slideLayout{number}.xml"))
        ids = "".join(
            f'<p:sldLayoutId id="{2147483649 + 100 * m + n}" r:id="{key}"/>' for n, (key, _, _) in enumerate(rows)
        )
        base = [holder("title", master.box), holder("body", BODY, 1), *FEET]
        name = f"ppt/slideMasters/slideMaster{m}.xml"
        parts[name] = (
            f"{_HEAD}<p:sldMaster {_NS}><p:cSld>{_ground(master.back)}{tree([*master.shapes, *base])}</p:cSld><p:clrMap {_MAP}/>"
            f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>{_styles(master)}</p:sldMaster>"
        )
        rows += [("rId80", "theme", f"../theme/theme{m}.xml"), (_PICTURE, "image", "../media/mark.png")]
        parts[_rels(name)] = _relations(rows)
        parts[f"ppt/theme/theme{m}.xml"] = _theme(master)
        types += [(name, "presentationml.slideMaster+xml"), (f"ppt/theme/theme{m}.xml", "theme+xml")]
        related.append((f"rId{m}", "slideMaster", f"slideMasters/slideMaster{m}.xml"))
        listed.append(f'<p:sldMasterId id="{2147483648 + 100 * m}" r:id="rId{m}"/>')
    shown = ""
    for n, layout_number in enumerate(slides, 1):
        name = f"ppt/slides/slide{n}.xml"
        parts[name] = f"{_HEAD}<p:sld {_NS}><p:cSld>{tree(drawn)}</p:cSld></p:sld>"
        parts[_rels(name)] = _relations([("rId1", "slideLayout", f"../slideLayouts/slideLayout{layout_number}.xml")])
        types.append((name, "presentationml.slide+xml"))
        related.append((f"rId{200 + n}", "slide", f"slides/slide{n}.xml"))
        shown += f'<p:sldId id="{255 + n}" r:id="rId{200 + n}"/>'
    slide_list = f"<p:sldIdLst>{shown}</p:sldIdLst>" if shown else ""
    parts["ppt/presentation.xml"] = (
        f"{_HEAD}<p:presentation {_NS}><p:sldMasterIdLst>{''.join(listed)}</p:sldMasterIdLst>{slide_list}"
        f'<p:sldSz cx="{width}" cy="{height}"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    parts["ppt/_rels/presentation.xml.rels"] = _relations(related)
    parts["_rels/.rels"] = _relations([("rId1", "officeDocument", "ppt/presentation.xml")])
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{_TYPE}{kind}"/>' for name, kind in types)
    parts["[Content_Types].xml"] = (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
    )
    with zipfile.ZipFile(path, "w") as out:
        for name, data in parts.items():
            out.writestr(name, data)


def _styles(master: Master) -> str:
    def level(number: int) -> str:
        size = round(max(18, 28 - 2 * number) * master.scale * 100)
        return (
            f'<a:lvl{number}pPr marL="{228600 * number}" indent="-228600"><a:buChar char="&#8226;"/><a:defRPr sz="{size}">'
            f'{_fill(master.ink)}<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl{number}pPr>'
        )

    title = f'<a:defRPr sz="{round(3200 * master.scale)}">{_fill(master.title)}<a:latin typeface="+mj-lt"/></a:defRPr>'
    return (
        f"<p:txStyles><p:titleStyle><a:lvl1pPr>{title}</a:lvl1pPr></p:titleStyle><p:bodyStyle>"
        f"{''.join(level(n) for n in range(1, 6))}</p:bodyStyle><p:otherStyle><a:lvl1pPr>"
        f'<a:defRPr sz="{round(1200 * master.scale)}">{_fill(master.ink)}</a:defRPr></a:lvl1pPr></p:otherStyle></p:txStyles>'
    )


def _theme(master: Master) -> bytes:
    """python-pptx's theme, in the master's fonts."""
    source = Path(pptx.__file__).parent / "templates" / "default.pptx"
    with zipfile.ZipFile(source) as file:
        text = file.read("ppt/theme/theme1.xml").decode("utf-8")
    for face in master.faces:
        text = text.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{face}" />', 1)
    return text.encode("utf-8")


def _ground(color: str) -> str:
    return f"<p:bg><p:bgPr>{_fill(color)}<a:effectLst/></p:bgPr></p:bg>"


def _rels(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


def _relations(rows: Sequence[tuple[str, str, str]]) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in rows)
        + "</Relationships>"
    )


def _mark() -> bytes:
    image = Image.new("RGB", (64, 64))
    image.putdata([(200, 20, 60) if (x // 8 + y // 8) % 2 else (20, 60, 200) for y in range(64) for x in range(64)])
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
