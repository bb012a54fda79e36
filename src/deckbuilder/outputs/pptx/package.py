"""The package that a deck starts from: theme, master, layouts and notes master of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from deckbuilder.content.pictures import PictureFile
from deckbuilder.frozen import dataclass
from deckbuilder.languages import Language
from deckbuilder.layout.notes import NOTES_PAGE
from deckbuilder.ooxml.package import Package, Part, Relation, Relations
from deckbuilder.ooxml.types import ContentType
from deckbuilder.ooxml.types import RelationshipType as Rel
from deckbuilder.ooxml.xml import DECLARATION, NAMESPACES, attribute, parse
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.pptx.layouts import MASTER_ID, Logos, Related, layout_xml, master_xml
from deckbuilder.outputs.pptx.notes import notes_master
from deckbuilder.outputs.pptx.scripts import theme_fonts
from deckbuilder.outputs.pptx.table import table_styles
from deckbuilder.outputs.pptx.text import RTL
from deckbuilder.outputs.pptx.xml import solid
from deckbuilder.theme.color import SLOTS, Color
from deckbuilder.theme.theme import SlideLayout, Theme
from deckbuilder.units import emu

IMAGE_TYPES = {"png": ContentType.PNG, "jpg": ContentType.JPEG, "svg": ContentType.SVG}


@dataclass(frozen=True)
class Base:
    """A presentation without slides: its package, its own part, the notes master, and the layouts by name."""

    package: Package
    main: Part
    notes_master: Part
    layouts: dict[str, Part]


def base_package(
    theme: Theme,
    layouts: list[SlideLayout],
    language: str,
    core: str,
    app: str,
    images: Images,
    footer: str,
    further: bool = False,
) -> Base:
    """A presentation of the theme. `layouts` become its slide layouts, in order; `core` and `app` are the XML of
    docProps; `language` is a BCP 47 tag, `footer` what stands at the foot of slides, `further` whether words are in scripts
    that only a few decks have."""
    fonts = theme_fonts(language, further)
    language = Language(language).with_region
    package = Package()
    main = Part("ppt/presentation.xml", ContentType.PRESENTATION, parse(_presentation(theme, language)))
    package.attach(package, Rel.OFFICE_DOCUMENT, main)
    properties(package, parse(core), app)
    xml = master_xml(theme, layouts, language, footer)
    master = Part("ppt/slideMasters/slideMaster1.xml", ContentType.SLIDE_MASTER, parse(xml))
    package.attach(main, Rel.SLIDE_MASTER, master)
    notes = Part("ppt/notesMasters/notesMaster1.xml", ContentType.NOTES_MASTER, parse(notes_master(language)))
    package.attach(main, Rel.NOTES_MASTER, notes)
    for type, part in plain_properties():
        package.attach(main, type, part)
    looks = Part("ppt/theme/theme1.xml", ContentType.THEME, encoded(theme_xml(theme, fonts)))
    package.attach(main, Rel.THEME, looks)
    styles = Part("ppt/tableStyles.xml", ContentType.TABLE_STYLES, encoded(table_styles(theme)))
    package.attach(main, Rel.TABLE_STYLES, styles)
    package.attach(notes, Rel.THEME, Part("ppt/theme/theme2.xml", ContentType.THEME, encoded(theme_xml(theme, fonts))))
    media = LogoParts(package)
    made: dict[str, Part] = {}
    for number, layout in enumerate(layouts, 1):
        # Its relationship to the master comes first, and its logos' with its XML.
        relations = Relations({"rId1": Relation(Rel.SLIDE_MASTER, master.name)})
        xml = layout_xml(layout, theme, language, Logos(images, media.related(relations)), footer)
        part = Part(f"ppt/slideLayouts/slideLayout{number}.xml", ContentType.SLIDE_LAYOUT, parse(xml), relations)
        package.attach(master, Rel.SLIDE_LAYOUT, part)
        made[layout.name] = part
    master.relations.add(Rel.THEME, looks.name)
    return Base(package, main, notes, made)


def encoded(xml: str) -> bytes:
    """A part's bytes, of its element as text."""
    return (DECLARATION + xml).encode("utf-8")


def properties(package: Package, core: Any, app: str) -> None:
    """The properties of the document: who made it, and of how much. `core` is bytes or an element."""
    part = Part("docProps/core.xml", ContentType.CORE_PROPERTIES, core)
    package.attach(package, Rel.CORE_PROPERTIES, part)
    part = Part("docProps/app.xml", ContentType.EXTENDED_PROPERTIES, encoded(app))
    package.attach(package, Rel.EXTENDED_PROPERTIES, part)


def plain_properties() -> list[tuple[Rel, Part]]:
    """How the presentation is shown and how it is looked at: as PowerPoint has it where nobody said otherwise."""
    shown = Part("ppt/presProps.xml", ContentType.PRES_PROPS, encoded(f"<p:presentationPr {NAMESPACES}/>"))
    view = Part("ppt/viewProps.xml", ContentType.VIEW_PROPS, encoded(f"<p:viewPr {NAMESPACES}/>"))
    return [(Rel.PRES_PROPS, shown), (Rel.VIEW_PROPS, view)]


class LogoParts:
    """The files of logos, each once in the package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._names: dict[tuple[Path, str], str] = {}

    def related(self, relations: Relations) -> Related:
        """What relates the files to the layout that has these relations."""

        def relate(picture: PictureFile, ending: str, data: Callable[[], bytes]) -> str:
            key = (picture.path, ending)
            if key not in self._names:
                name = self.package.free("ppt/media/logo{}." + ending, len(self._names) + 1)
                self._names[key] = self.package.add(Part(name, IMAGE_TYPES[ending], data())).name
            return relations.add(Rel.IMAGE, self._names[key])

        return relate


def default_text_style(language: str) -> str:
    """`<p:defaultTextStyle>`: how text looks that no placeholder has, as a table's."""
    way = f'algn="r" defTabSz="914400"{RTL}' if Language(language).right_to_left else 'algn="l" defTabSz="914400"'
    levels = "".join(
        f'<a:lvl{n}pPr marL="{(n - 1) * 457200}" {way}><a:defRPr sz="1800" kern="1200" lang="{language}">'
        f'{solid(Color("dk1"))}<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
        f"</a:defRPr></a:lvl{n}pPr>"
        for n in range(1, 10)
    )
    return f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="{language}"/></a:defPPr>{levels}</p:defaultTextStyle>'


def _presentation(theme: Theme, language: str) -> str:
    return (
        f'<p:presentation {NAMESPACES} saveSubsetFonts="1"{RTL * Language(language).right_to_left}>'
        f'<p:sldMasterIdLst><p:sldMasterId id="{MASTER_ID}" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst/>'
        f'<p:sldSz cx="{emu(theme.width)}" cy="{emu(theme.height)}"/><p:notesSz cx="{emu(NOTES_PAGE.width)}" cy="{emu(NOTES_PAGE.height)}"/>'
        f"{default_text_style(language)}</p:presentation>"
    )


def theme_xml(theme: Theme, fonts: str) -> str:
    """The theme's part: colours, fonts, and plain fills and lines; `fonts` are those for other scripts (`theme_fonts`)."""
    slots = "".join(
        f'<a:{slot}><a:srgbClr val="{theme.palette.slots[slot].lstrip("#")}"/></a:{slot}>' for slot in SLOTS
    )

    def font(kind: str, family: str) -> str:
        return f'<a:{kind}Font><a:latin typeface={attribute(family)}/><a:ea typeface=""/>{fonts}</a:{kind}Font>'

    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="{{}}" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    name = attribute(theme.title)
    return (
        f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name={name}><a:themeElements>'
        f"<a:clrScheme name={name}>{slots}</a:clrScheme>"
        f"<a:fontScheme name={name}>{font('major', theme.heading)}{font('minor', theme.body)}</a:fontScheme>"
        f"<a:fmtScheme name={name}><a:fillStyleLst>{fill * 3}</a:fillStyleLst>"
        f"<a:lnStyleLst>{line.format(9525)}{line.format(19050)}{line.format(28575)}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )
