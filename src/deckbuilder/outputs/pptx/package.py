"""The package that a deck starts from: theme, master, layouts and notes master of our own.

Nothing of python-pptx's default template is in it; python-pptx opens what is made here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from deckbuilder.content.pictures import PictureFile
from deckbuilder.languages import Language
from deckbuilder.layout.notes import NOTES_PAGE
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.pptx.layouts import MASTER_ID, OFFICE, Logos, layout_xml, master_xml
from deckbuilder.outputs.pptx.notes import notes_master
from deckbuilder.outputs.pptx.table import table_styles
from deckbuilder.outputs.pptx.xml import DECLARATION, NAMESPACES, attribute, solid
from deckbuilder.theme.color import SLOTS, Color
from deckbuilder.theme.fonts import CODE_FAMILY
from deckbuilder.theme.theme import SlideLayout, Theme
from deckbuilder.units import emu

_TYPES = "application/vnd.openxmlformats-officedocument"

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


def base_package(
    theme: Theme, layouts: list[SlideLayout], language: str, core: str, app: str, images: Images
) -> io.BytesIO:
    """A presentation without slides, as python-pptx can open it.

    `layouts` become its slide layouts, in order; `core` and `app` are the XML of docProps;
    `language` is a BCP 47 tag.
    """
    language = Language(language).with_region
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
            ("rId1", f"{OFFICE}/slideMaster", "slideMasters/slideMaster1.xml"),
            ("rId2", f"{OFFICE}/notesMaster", "notesMasters/notesMaster1.xml"),
            ("rId3", f"{OFFICE}/presProps", "presProps.xml"),
            ("rId4", f"{OFFICE}/viewProps", "viewProps.xml"),
            ("rId5", f"{OFFICE}/theme", "theme/theme1.xml"),
            ("rId6", f"{OFFICE}/tableStyles", "tableStyles.xml"),
        ],
    )
    add("ppt/presProps.xml", f"{main}.presProps+xml", f"<p:presentationPr {NAMESPACES}/>")
    add("ppt/viewProps.xml", f"{main}.viewProps+xml", f"<p:viewPr {NAMESPACES}/>")
    add("ppt/tableStyles.xml", f"{main}.tableStyles+xml", table_styles(theme))
    for number in (1, 2):
        add(f"ppt/theme/theme{number}.xml", f"{_TYPES}.theme+xml", theme_xml(theme))
    add(
        "ppt/notesMasters/notesMaster1.xml",
        f"{main}.notesMaster+xml",
        notes_master(language),
        [("rId1", f"{OFFICE}/theme", "../theme/theme2.xml")],
    )
    rels = [
        (f"rId{n}", f"{OFFICE}/slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in range(1, len(layouts) + 1)
    ]
    rels.append((f"rId{len(layouts) + 1}", f"{OFFICE}/theme", "../theme/theme1.xml"))
    add("ppt/slideMasters/slideMaster1.xml", f"{main}.slideMaster+xml", master_xml(theme, layouts, language), rels)
    media = _Media()
    logos = Logos(images, media.related)
    for number, layout in enumerate(layouts, 1):
        media.rels = [("rId1", f"{OFFICE}/slideMaster", "../slideMasters/slideMaster1.xml")]
        add(
            f"ppt/slideLayouts/slideLayout{number}.xml",
            f"{main}.slideLayout+xml",
            layout_xml(layout, theme, language, logos),
            media.rels,
        )
    parts["_rels/.rels"] = _relationships(
        [
            ("rId1", f"{OFFICE}/officeDocument", "ppt/presentation.xml"),
            (
                "rId2",
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
            ("rId3", f"{OFFICE}/extended-properties", "docProps/app.xml"),
        ]
    )
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    parts["[Content_Types].xml"] = (
        DECLARATION + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{media.types()}{types}</Types>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, xml in parts.items():
            package.writestr(name, xml)
        for name, data in media.files.items():
            package.writestr(name, data)
    buffer.seek(0)
    return buffer


class _Media:
    """The files of logos, each once in the package, and the relationships of the layout at hand."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.rels: list[tuple[str, str, str]] = []
        self._names: dict[tuple[Path, str], str] = {}

    def types(self) -> str:
        kinds = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
        endings = sorted({name.rpartition(".")[2] for name in self.files})
        return "".join(f'<Default Extension="{e}" ContentType="{kinds[e]}"/>' for e in endings)

    def related(self, picture: PictureFile, ending: str, data: Callable[[], bytes]) -> str:
        name = self._names.setdefault((picture.path, ending), f"logo{len(self._names) + 1}.{ending}")
        if f"ppt/media/{name}" not in self.files:
            self.files[f"ppt/media/{name}"] = data()
        number = f"rId{len(self.rels) + 1}"
        self.rels.append((number, f"{OFFICE}/image", f"../media/{name}"))
        return number


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
        f'<p:sldMasterIdLst><p:sldMasterId id="{MASTER_ID}" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst/>'
        f'<p:sldSz cx="{emu(theme.width)}" cy="{emu(theme.height)}"/><p:notesSz cx="{emu(NOTES_PAGE.width)}" cy="{emu(NOTES_PAGE.height)}"/>'
        f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="{language}"/></a:defPPr>{levels}</p:defaultTextStyle>'
        "</p:presentation>"
    )


def theme_xml(theme: Theme) -> str:
    """The theme's part: colours, fonts, and plain fills and lines."""
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
