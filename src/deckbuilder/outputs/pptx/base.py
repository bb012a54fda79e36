"""The package that a deck starts from: theme, master, layouts and notes master of our own.

Nothing of python-pptx's default template is in it; python-pptx opens what is made here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from deckbuilder.layout.frame import SlideFrame
from deckbuilder.layout.notes import NOTES_BODY, NOTES_PAGE, NOTES_PICTURE
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.pptx.table import table_styles
from deckbuilder.outputs.pptx.text import list_style
from deckbuilder.outputs.pptx.xml import (
    DECLARATION,
    NAMESPACES,
    attribute,
    geometry,
    insets,
    office_language,
    outline,
    position,
    solid,
    text,
)
from deckbuilder.reading.pictures import PictureFile
from deckbuilder.theme.color import SLOTS, Color
from deckbuilder.theme.fonts import CODE_FAMILY
from deckbuilder.theme.theme import NO_INSETS, Art, LevelStyle, Mark, Placeholder, SlideLayout, TextStyle, Theme
from deckbuilder.units import Rect, emu

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument"
_MASTER_ID = 2_147_483_648
_LOGO_WIDTH, _LOGO_DPI = 420, 144  # points and pixels an inch: sharp where a cover shows it largest
SVG_BLIP = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{}"/></a:ext></a:extLst>'
)
_ANCHOR = {"top": "t", "middle": "ctr", "bottom": "b"}

# Layouts whose placeholders are what PowerPoint means by these names.
_LAYOUT_TYPES = {
    "cover": "title",
    "points": "obj",
    "section": "secHead",
    "columns": "twoObj",
    "title-only": "titleOnly",
}

# The fonts that Office has for other scripts, by the script's ISO 15924 name: what a theme's own fonts lack
# is drawn by the one that goes with the text's language.
_SCRIPT_FONTS = "".join(
    f'<a:font script="{script}" typeface="{family}"/>'
    for script, family in (
        ("Jpan", "Yu Gothic"),
        ("Hang", "Malgun Gothic"),
        ("Hans", "Microsoft YaHei"),
        ("Hant", "Microsoft JhengHei"),
        ("Arab", "Arial"),
        ("Hebr", "Arial"),
        ("Thai", "Leelawadee UI"),
        ("Armn", "Segoe UI"),
        ("Geor", "Segoe UI"),
        ("Deva", "Nirmala UI"),
    )
)

# Placeholders that take any content (tables, charts), not text alone.
_CONTENT_ROLES = ("body", "left", "right")
_HOLDER_TYPES = {"picture": "pic", "table": "tbl", "chart": "chart"}


def base_package(
    theme: Theme, layouts: list[SlideLayout], language: str, core: str, app: str, images: Images
) -> io.BytesIO:
    """A presentation without slides, as python-pptx can open it.

    `layouts` become its slide layouts, in order; `core` and `app` are the XML of docProps;
    `language` is a BCP 47 tag.
    """
    language = office_language(language)
    parts: dict[str, str] = {}
    overrides: dict[str, str] = {}

    def add(name: str, content_type: str, xml: str, rels: list[tuple[str, str, str]] | None = None) -> None:
        parts[name] = DECLARATION + xml
        overrides[name] = content_type
        if rels:
            folder, _, file = name.rpartition("/")
            parts[f"{folder}/_rels/{file}.rels"] = _relationships(rels)

    add("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", core)
    add("docProps/app.xml", f"{_TYPES}.extended-properties+xml", app)
    main = f"{_TYPES}.presentationml"
    add(
        "ppt/presentation.xml",
        f"{main}.presentation.main+xml",
        _presentation(theme, language),
        [
            ("rId1", f"{_OFFICE}/slideMaster", "slideMasters/slideMaster1.xml"),
            ("rId2", f"{_OFFICE}/notesMaster", "notesMasters/notesMaster1.xml"),
            ("rId3", f"{_OFFICE}/presProps", "presProps.xml"),
            ("rId4", f"{_OFFICE}/viewProps", "viewProps.xml"),
            ("rId5", f"{_OFFICE}/theme", "theme/theme1.xml"),
            ("rId6", f"{_OFFICE}/tableStyles", "tableStyles.xml"),
        ],
    )
    add("ppt/presProps.xml", f"{main}.presProps+xml", f"<p:presentationPr {NAMESPACES}/>")
    add("ppt/viewProps.xml", f"{main}.viewProps+xml", f"<p:viewPr {NAMESPACES}/>")
    add("ppt/tableStyles.xml", f"{main}.tableStyles+xml", table_styles(theme))
    for number in (1, 2):
        add(f"ppt/theme/theme{number}.xml", f"{_TYPES}.theme+xml", _theme(theme))
    add(
        "ppt/notesMasters/notesMaster1.xml",
        f"{main}.notesMaster+xml",
        _notes_master(language),
        [("rId1", f"{_OFFICE}/theme", "../theme/theme2.xml")],
    )
    rels = [
        (f"rId{n}", f"{_OFFICE}/slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in range(1, len(layouts) + 1)
    ]
    rels.append((f"rId{len(layouts) + 1}", f"{_OFFICE}/theme", "../theme/theme1.xml"))
    add("ppt/slideMasters/slideMaster1.xml", f"{main}.slideMaster+xml", _master(theme, layouts, language), rels)
    logos = _Logos(images)
    for number, layout in enumerate(layouts, 1):
        logos.rels = [("rId1", f"{_OFFICE}/slideMaster", "../slideMasters/slideMaster1.xml")]
        add(
            f"ppt/slideLayouts/slideLayout{number}.xml",
            f"{main}.slideLayout+xml",
            _layout(layout, theme, language, logos),
            logos.rels,
        )
    parts["_rels/.rels"] = _relationships(
        [
            ("rId1", f"{_OFFICE}/officeDocument", "ppt/presentation.xml"),
            (
                "rId2",
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
            ("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
        ]
    )
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    parts["[Content_Types].xml"] = (
        DECLARATION + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{logos.types()}{types}</Types>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, xml in parts.items():
            package.writestr(name, xml)
        for name, data in logos.media.items():
            package.writestr(name, data)
    buffer.seek(0)
    return buffer


def _relationships(rels: list[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in rels)
    return f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def _presentation(theme: Theme, language: str) -> str:
    levels = "".join(
        f'<a:lvl{n}pPr marL="{(n - 1) * 457200}" algn="l" defTabSz="914400"><a:defRPr sz="1800" kern="1200" lang="{language}">'
        f'{solid(Color("dk1"))}<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
        f"</a:defRPr></a:lvl{n}pPr>"
        for n in range(1, 10)
    )
    return (
        f'<p:presentation {NAMESPACES} saveSubsetFonts="1">'
        f'<p:sldMasterIdLst><p:sldMasterId id="{_MASTER_ID}" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst/>'
        f'<p:sldSz cx="{emu(theme.width)}" cy="{emu(theme.height)}"/><p:notesSz cx="{emu(NOTES_PAGE.width)}" cy="{emu(NOTES_PAGE.height)}"/>'
        f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="{language}"/></a:defPPr>{levels}</p:defaultTextStyle>'
        "</p:presentation>"
    )


def _theme(theme: Theme) -> str:
    slots = "".join(
        f'<a:{slot}><a:srgbClr val="{theme.palette.slots[slot].lstrip("#")}"/></a:{slot}>' for slot in SLOTS
    )

    def font(kind: str, family: str, complex_scripts: str) -> str:
        return (
            f"<a:{kind}Font><a:latin typeface={attribute(family)}/>"
            f'<a:ea typeface=""/><a:cs typeface={attribute(complex_scripts)}/>{_SCRIPT_FONTS}</a:{kind}Font>'
        )

    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="{{}}" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    name = attribute(theme.title)
    return (
        f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name={name}><a:themeElements>'
        f"<a:clrScheme name={name}>{slots}</a:clrScheme>"
        f"<a:fontScheme name={name}>{font('major', theme.heading, CODE_FAMILY)}{font('minor', theme.body, '')}</a:fontScheme>"
        f"<a:fmtScheme name={name}><a:fillStyleLst>{fill * 3}</a:fillStyleLst>"
        f"<a:lnStyleLst>{line.format(9525)}{line.format(19050)}{line.format(28575)}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


_TREE_HEAD = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_COLOR_MAP = (
    'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"'
)


def _background(value: Color) -> str:
    return f"<p:bg><p:bgPr>{solid(value)}<a:effectLst/></p:bgPr></p:bg>"


def _master(theme: Theme, layouts: list[SlideLayout], language: str) -> str:
    points = theme.layouts["points"]
    title, body = points.placeholder("title"), points.placeholder("body")
    accent = theme.colors["accent"]
    shapes = [
        _placeholder(
            2, "Title Placeholder", '<p:ph type="title"/>', title, accent, language, "Click to edit the title"
        ),
        _placeholder(
            3, "Text Placeholder", '<p:ph type="body" idx="1"/>', body, accent, language, "Click to edit text"
        ),
        *_furniture(points, theme, language, first_id=4),
    ]
    ids = "".join(f'<p:sldLayoutId id="{_MASTER_ID + n}" r:id="rId{n}"/>' for n in range(1, len(layouts) + 1))

    def levels(style: TextStyle) -> str:
        full = list_style(style, accent)
        return full.removeprefix("<a:lstStyle>").removesuffix("</a:lstStyle>")

    return (
        f"<p:sldMaster {NAMESPACES}><p:cSld>{_background(Color('lt1'))}<p:spTree>{_TREE_HEAD}{''.join(shapes)}</p:spTree></p:cSld>"
        f"<p:clrMap {_COLOR_MAP}/><p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>"
        f"<p:txStyles><p:titleStyle>{levels(title.style)}</p:titleStyle><p:bodyStyle>{levels(body.style)}</p:bodyStyle>"
        f'<p:otherStyle><a:defPPr><a:defRPr lang="{language}"/></a:defPPr></p:otherStyle></p:txStyles></p:sldMaster>'
    )


class _Logos:
    """The files of logos, each once in the package, and the relationships of the layout at hand."""

    def __init__(self, images: Images) -> None:
        self.images = images
        self.media: dict[str, bytes] = {}
        self.rels: list[tuple[str, str, str]] = []
        self._names: dict[tuple[Path, str], str] = {}

    def types(self) -> str:
        kinds = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
        endings = sorted({name.rpartition(".")[2] for name in self.media})
        return "".join(f'<Default Extension="{e}" ContentType="{kinds[e]}"/>' for e in endings)

    def _related(self, picture: PictureFile, ending: str, data: Callable[[], bytes]) -> str:
        name = self._names.setdefault((picture.path, ending), f"logo{len(self._names) + 1}.{ending}")
        if f"ppt/media/{name}" not in self.media:
            self.media[f"ppt/media/{name}"] = data()
        number = f"rId{len(self.rels) + 1}"
        self.rels.append((number, f"{_OFFICE}/image", f"../media/{name}"))
        return number

    def picture(self, mark: Mark, number: int) -> str:
        """The `<p:pic>` of a logo: a PNG or JPEG, and its SVG where it is one."""
        picture = mark.logo.picture
        svg = picture.format == "svg"
        ending = {"png": "png", "jpeg": "jpg", "svg": "png"}[picture.format]
        blip = self._related(picture, ending, lambda: self.images.raster(picture, _LOGO_WIDTH, _LOGO_DPI).data)
        vector = SVG_BLIP.format(self._related(picture, "svg", lambda: self.images.file(picture))) if svg else ""
        name = f"Logo {number}"
        about = decorative(number, name)
        if mark.logo.alt:
            about = f'<p:cNvPr id="{number}" name="{name}" descr={attribute(mark.logo.alt)}/>'
        return (
            f'<p:pic><p:nvPicPr>{about}<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{blip}">{vector}</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f"<p:spPr>{position(mark.rect)}{geometry('rectangle')}</p:spPr></p:pic>"
        )


def _layout(layout: SlideLayout, theme: Theme, language: str, logos: _Logos) -> str:
    shapes: list[str] = []
    number = 2
    for art in layout.art:
        shapes.append(_art(art, number, theme, language))
        number += 1
    for mark in layout.marks:
        shapes.append(logos.picture(mark, number))
        number += 1
    accent = theme.colors["accent"] if not layout.dark else theme.colors["warm"]
    for holder in layout.placeholders:
        prompt = f"Click to add {holder.role.replace('-', ' ')}"
        name = holder.role.replace("-", " ").title()
        shapes.append(
            _placeholder(
                number, f"{name} Placeholder", placeholder_tag(holder, layout), holder, accent, language, prompt
            )
        )
        number += 1
    shapes.extend(_furniture(layout, theme, language, number))
    known = layout.role in _LAYOUT_TYPES and not layout.spare
    kind = f' type="{_LAYOUT_TYPES[layout.role]}"' if known else ' userDrawn="1"'
    return (
        f'<p:sldLayout {NAMESPACES}{kind} preserve="1"><p:cSld name={attribute(layout.name)}>{_background(layout.background)}'
        f"<p:spTree>{_TREE_HEAD}{''.join(shapes)}</p:spTree></p:cSld>"
        f"{color_override(layout)}</p:sldLayout>"
    )


def color_override(layout: SlideLayout) -> str:
    """The colour map of a layout or its slides: on dark ones links take the light text colour."""
    if not layout.dark:
        return "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
    mapping = _COLOR_MAP.replace('hlink="hlink"', 'hlink="lt2"').replace('folHlink="folHlink"', 'folHlink="lt2"')
    return f"<p:clrMapOvr><a:overrideClrMapping {mapping}/></p:clrMapOvr>"


def placeholder_tag(holder: Placeholder, layout: SlideLayout) -> str:
    """The `<p:ph>` that ties a slide's shape to its layout's."""
    if holder.type == "title":
        return '<p:ph type="ctrTitle"/>' if layout.role == "cover" else '<p:ph type="title"/>'
    if holder.type in _HOLDER_TYPES:
        return f'<p:ph type="{_HOLDER_TYPES[holder.type]}" sz="quarter" idx="{holder.index}"/>'
    if holder.role in _CONTENT_ROLES:
        return f'<p:ph sz="half" idx="{holder.index}"/>'
    return f'<p:ph type="body" sz="quarter" idx="{holder.index}"/>'


def _placeholder(
    number: int, name: str, tag: str, holder: Placeholder, bullet: Color, language: str, prompt: str
) -> str:
    fit = "<a:normAutofit/>" if holder.type == "body" else "<a:noAutofit/>"
    body = f'<a:bodyPr {insets(holder.insets)} anchor="{_ANCHOR[holder.anchor]}">{fit}</a:bodyPr>'
    fill = solid(holder.fill) if holder.fill else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={attribute(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{tag}</p:nvPr></p:nvSpPr><p:spPr>{position(holder.rect)}{geometry(holder.shape)}{fill}</p:spPr>"
        f"<p:txBody>{body}{list_style(holder.style, bullet)}"
        f'<a:p><a:r><a:rPr lang="{language}"/><a:t>{text(prompt)}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
_DATE_FIELD = "{7D6E2A5C-4C0B-4E0A-9C53-2A1E2B7B6F10}"
_FURNITURE: dict[str, tuple[str, int, Literal["left", "right"]]] = {
    "dt": ("Date", 10, "right"),
    "ftr": ("Footer", 11, "left"),
    "sldNum": ("Slide Number", 12, "right"),
}


def _places(layout: SlideLayout) -> dict[str, Rect]:
    """Where a layout has its footer, date and slide number, from left to right."""
    boxes = {"ftr": layout.footer, "dt": layout.date, "sldNum": layout.number}
    return {kind: box for kind, box in boxes.items() if box is not None}


def _furniture(layout: SlideLayout, theme: Theme, language: str, first_id: int) -> list[str]:
    """The date, footer and slide number placeholders of a layout."""
    field = f'<a:fld id="{_DATE_FIELD}" type="datetime1"><a:rPr lang="{language}"/><a:t>‹date›</a:t></a:fld>'
    contents = {"dt": field, "ftr": "", "sldNum": _number_field("‹#›", language)}
    out = []
    for number, (kind, rect) in enumerate(_places(layout).items(), first_id):
        name, _, align = _FURNITURE[kind]
        level = LevelStyle("body", theme.footer_size, theme.footer_size, layout.footer_color)
        style = list_style(TextStyle("footer", (level,), align=align), layout.footer_color)
        shape = f"<p:spPr>{position(rect)}{geometry('rectangle')}</p:spPr>"
        body = f'<a:bodyPr {insets(NO_INSETS)} anchor="ctr"><a:noAutofit/></a:bodyPr>{style}'
        out.append(_furnishing(number, f"{name} Placeholder", kind, shape, body, contents[kind], language))
    return out


def slide_furniture(frame: SlideFrame, theme: Theme, language: str, first_id: int) -> list[str]:
    """What a slide has of its layout's date, footer and slide number."""
    layout = frame.layout
    words = {"dt": frame.date, "ftr": frame.footer.plain if frame.footer else None}
    out: list[str] = []
    for kind in _places(layout):
        name, _, align = _FURNITURE[kind]
        number = first_id + len(out)
        if kind == "sldNum":
            content = _number_field(str(frame.number), language)
        elif words[kind]:
            # LibreOffice does not let dates and footers inherit their looks: they are said again.
            looks = f'lang="{language}" sz="{round(theme.footer_size * 100)}"'
            ink = f'{solid(layout.footer_color)}<a:latin typeface="+mn-lt"/>'
            content = (
                f'<a:pPr algn="{align[0]}"/><a:r><a:rPr {looks}>{ink}</a:rPr><a:t>{text(words[kind] or "")}</a:t></a:r>'
            )
        else:
            continue
        body = "<a:bodyPr/><a:lstStyle/>"
        out.append(_furnishing(number, f"{name} {number}", kind, "<p:spPr/>", body, content, language))
    return out


def _number_field(words: str, language: str) -> str:
    return f'<a:fld id="{NUMBER_FIELD}" type="slidenum"><a:rPr lang="{language}"/><a:t>{words}</a:t></a:fld>'


def _furnishing(number: int, name: str, kind: str, shape: str, body: str, content: str, language: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={attribute(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{_FURNITURE[kind][1]}"/></p:nvPr></p:nvSpPr>{shape}'
        f'<p:txBody>{body}<a:p>{content}<a:endParaRPr lang="{language}"/></a:p></p:txBody></p:sp>'
    )


_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def decorative(number: int, name: str, click: str = "") -> str:
    """`<p:cNvPr>` of a shape that screen readers pass over; `click` is its hlinkClick, if any."""
    return f'<p:cNvPr id="{number}" name={attribute(name)}>{click}{_DECORATIVE}</p:cNvPr>'


def _art(art: Art, number: int, theme: Theme, language: str) -> str:
    if art.shape == "glyph":
        fill = solid(art.fill) if art.fill else ""
        inner = (
            f'<a:p><a:r><a:rPr lang="{language}" sz="{round(art.size * 100)}">{fill}<a:latin typeface="+mj-lt"/></a:rPr>'
            f"<a:t>{text(art.glyph)}</a:t></a:r></a:p>"
        )
        return (
            f'<p:sp><p:nvSpPr>{decorative(number, "Decoration")}<p:cNvSpPr txBox="1"/><p:nvPr userDrawn="1"/></p:nvSpPr>'
            f"<p:spPr>{position(art.rect)}{geometry('rectangle')}<a:noFill/></p:spPr>"
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
            f"{inner}</p:txBody></p:sp>"
        )
    fill = solid(art.fill) if art.fill else "<a:noFill/>"
    return (
        f'<p:sp><p:nvSpPr>{decorative(number, "Decoration")}<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f"<p:spPr>{position(art.rect)}{geometry(art.shape)}{fill}{outline(art.line, art.line_width)}</p:spPr>"
        f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{language}"/></a:p></p:txBody></p:sp>'
    )


def _notes_master(language: str) -> str:
    def holder(number: int, name: str, tag: str, rect: Rect, words: str) -> str:
        content = f'<p:txBody><a:bodyPr {insets(NO_INSETS)}/><a:lstStyle/><a:p><a:r><a:rPr lang="{language}"/><a:t>{words}</a:t></a:r></a:p></p:txBody>'
        locks = '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>' if "sldImg" in tag else '<a:spLocks noGrp="1"/>'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr>{locks}</p:cNvSpPr><p:nvPr>{tag}</p:nvPr></p:nvSpPr>'
            f"<p:spPr>{position(rect)}{geometry('rectangle')}</p:spPr>{'' if 'sldImg' in tag else content}</p:sp>"
        )

    shapes = holder(2, "Slide Image Placeholder", '<p:ph type="sldImg" idx="2"/>', NOTES_PICTURE, "")
    shapes += holder(3, "Notes Placeholder", '<p:ph type="body" sz="quarter" idx="3"/>', NOTES_BODY, "Notes")
    foot = Rect(NOTES_BODY.right - 200, NOTES_PAGE.bottom - 36, 200, 20)
    field = _number_field("‹#›", language)
    shapes += (
        '<p:sp><p:nvSpPr><p:cNvPr id="4" name="Slide Number Placeholder"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldNum" sz="quarter" idx="5"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{position(foot)}{geometry('rectangle')}</p:spPr>"
        f'<p:txBody><a:bodyPr {insets(NO_INSETS)} anchor="ctr"/><a:lstStyle><a:lvl1pPr algn="r"><a:defRPr sz="1200"/></a:lvl1pPr></a:lstStyle>'
        f'<a:p>{field}<a:endParaRPr lang="{language}"/></a:p></p:txBody></p:sp>'
    )
    levels = "".join(
        f'<a:lvl{n}pPr marL="{(n - 1) * 177800}" algn="l"><a:defRPr sz="1200">{solid(Color("dk1"))}<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl{n}pPr>'
        for n in range(1, 10)
    )
    return (
        f"<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr>{solid(Color('lt1'))}<a:effectLst/></p:bgPr></p:bg>"
        f"<p:spTree>{_TREE_HEAD}{shapes}</p:spTree></p:cSld><p:clrMap {_COLOR_MAP}/><p:notesStyle>{levels}</p:notesStyle></p:notesMaster>"
    )


TREE_HEAD = _TREE_HEAD
