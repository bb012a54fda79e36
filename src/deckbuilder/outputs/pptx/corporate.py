"""A deck on a corporate template: its package without its slides, and the layouts that are made of its own."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part, _Relationship
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.slide import NotesMasterPart, SlideLayoutPart

from deckbuilder.content.pictures import PictureFile
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.pptx.layouts import Logos, color_override, layout_shapes
from deckbuilder.outputs.pptx.notes import notes_master
from deckbuilder.outputs.pptx.table import table_styles
from deckbuilder.outputs.pptx.xml import DECLARATION, NAMESPACES
from deckbuilder.theme.fonts import CODE_FAMILY
from deckbuilder.theme.hosts import Corporate
from deckbuilder.theme.theme import SlideLayout, Theme

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PRESENTATION = f"{CT.PML_PRESENTATION_MAIN}".encode()
# What of the presentation stays: not its slides, nor what refers to them, nor its protection, authors and printers.
_KEPT = ("sldMasterIdLst", "handoutMasterIdLst", "sldSz", "notesSz", "embeddedFontLst", "defaultTextStyle")
_RELATED = (RT.SLIDE_MASTER, RT.HANDOUT_MASTER, RT.THEME, RT.FONT, RT.PRES_PROPS, RT.VIEW_PROPS, RT.TABLE_STYLES)
_PROPERTIES = {"presentationPr": ("presProps", CT.PML_PRES_PROPS), "viewPr": ("viewProps", CT.PML_VIEW_PROPS)}
_ORDER = ("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz")


class CorporateBase:
    """The template opened as a presentation without slides. `layouts` are those that slides stand on, by name."""

    def __init__(
        self, theme: Theme, layouts: Iterable[SlideLayout], language: str, core: str, app: str, images: Images
    ) -> None:
        assert theme.corporate is not None
        self.theme = theme
        self.language = language
        self.images = images
        self.presentation: Any = Presentation(_opened(theme.corporate))
        self.main = self.presentation.part
        self.package = self.main.package
        self.media: dict[object, Any] = {}
        self._emptied()
        self._properties(core, app)
        self._notes()
        self._tables()
        self.by_name: dict[str, Any] = {}
        self.own = {x.partname.lstrip("/"): x for m in self.presentation.slide_masters for x in _layout_parts(m.part)}
        self.count = max(int("".join(c for c in name if c.isdigit()) or 0) for name in self.own)
        for layout in layouts:
            assert layout.host is not None
            host = self.own[layout.host.part]
            self.by_name[layout.name] = host if layout.host.native else self._copy(layout, host)

    def _emptied(self) -> None:
        """The presentation without its slides and without what only they need."""
        root = self.main._element
        for child in list(root):
            if not isinstance(child.tag, str) or child.tag.removeprefix(_P) not in _KEPT:
                root.remove(child)
        for name in list(root.attrib):
            if name not in ("saveSubsetFonts", "embedTrueTypeFonts", "autoCompressPictures", "defaultTextStyle"):
                del root.attrib[name]
        for key, rel in list(self.main._rels.items()):
            if rel.reltype not in _RELATED:
                self.main._rels.pop(key)
        for kind, tag in ((RT.PRES_PROPS, "presentationPr"), (RT.VIEW_PROPS, "viewPr")):
            # What was shown and printed last, perhaps of slides that are gone.
            name, content = PackURI(f"/ppt/{_PROPERTIES[tag][0]}.xml"), _PROPERTIES[tag][1]
            self._related_anew(kind, Part(name, content, self.package, _xml(f"<p:{tag} {NAMESPACES}/>")))
        _placed(root, parse_xml(f"<p:sldIdLst {NAMESPACES}/>"))
        if root.find(f"{_P}notesSz") is None:
            _placed(root, parse_xml(f'<p:notesSz {NAMESPACES} cx="6858000" cy="9144000"/>'))

    def _properties(self, core: str, app: str) -> None:
        """The deck's own properties; the template's thumbnail and custom properties go."""
        rels = self.package._rels
        for key, rel in list(rels.items()):
            if rel.reltype != RT.OFFICE_DOCUMENT:
                rels.pop(key)
        for kind, name, content, xml in (
            (RT.CORE_PROPERTIES, "/docProps/core.xml", CT.OPC_CORE_PROPERTIES, core),
            (RT.EXTENDED_PROPERTIES, "/docProps/app.xml", CT.OFC_EXTENDED_PROPERTIES, app),
        ):
            rels._add_relationship(kind, Part(PackURI(name), content, self.package, _xml(xml)))

    def _notes(self) -> None:
        """A notes master of our own, which notes were measured for, with the first master's theme."""
        first = self.presentation.slide_masters[0].part
        theme = first.part_related_by(RT.THEME)
        names = {str(part.partname) for part in self.package.iter_parts()}
        number = next(n for n in range(1, 10_000) if f"/ppt/theme/theme{n}.xml" not in names)
        copy = Part(PackURI(f"/ppt/theme/theme{number}.xml"), CT.OFC_THEME, self.package, theme.blob)
        name = PackURI("/ppt/notesMasters/notesMaster1.xml")
        master = NotesMasterPart(name, CT.PML_NOTES_MASTER, self.package, parse_xml(_xml(notes_master(self.language))))
        master._rels._add_relationship(RT.THEME, copy)
        self.notes_master = master
        key = self.main._rels._add_relationship(RT.NOTES_MASTER, master)
        listed = f'<p:notesMasterIdLst {NAMESPACES}><p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>'
        _placed(self.main._element, parse_xml(listed))

    def _tables(self) -> None:
        """The deck's table style, beside the template's own."""
        ours = parse_xml(_xml(table_styles(self.theme)))
        theirs: Any = next((r._target for r in self.main._rels.values() if r.reltype == RT.TABLE_STYLES), None)
        if theirs is not None:
            given = parse_xml(theirs.blob)
            ours.set("def", given.get("def") or ours.get("def"))
            for style in list(given):
                ours.append(style)
        blob = etree.tostring(ours, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._related_anew(
            RT.TABLE_STYLES, Part(PackURI("/ppt/tableStyles.xml"), CT.PML_TABLE_STYLES, self.package, blob)
        )

    def _related_anew(self, kind: str, part: Any) -> None:
        """The presentation's one relationship of its kind, to a new part."""
        for key, rel in list(self.main._rels.items()):
            if rel.reltype == kind:
                self.main._rels.pop(key)
        self.main._rels._add_relationship(kind, part)

    def _copy(self, layout: SlideLayout, host: Any) -> Any:
        """A layout made of the template's: its background and decorations, our placeholders."""
        self.count += 1
        root = deepcopy(host._element)
        name = PackURI(f"/ppt/slideLayouts/slideLayout{self.count}.xml")
        part = SlideLayoutPart(name, CT.PML_SLIDE_LAYOUT, self.package, root)
        for key, rel in host._rels.items():
            target = rel._target
            part._rels._rels[key] = _Relationship(part._rels._base_uri, key, rel.reltype, rel._target_mode, target)
        root.attrib.pop("type", None)
        root.set("preserve", "1")
        root.set("userDrawn", "1")
        page = root.find(f"{_P}cSld")
        page.set("name", layout.name)
        tree = page.find(f"{_P}spTree")
        for shape in list(tree.iter(f"{_P}sp", f"{_P}pic", f"{_P}graphicFrame")):
            holder = shape.find(f"*/{_P}nvPr/{_P}ph")
            if holder is not None and not (holder.get("type") in ("dt", "ftr", "sldNum") and layout.number_or_foot):
                shape.getparent().remove(shape)
        for tag in ("clrMapOvr", "transition", "timing", "extLst"):
            for old in root.findall(f"{_P}{tag}"):
                root.remove(old)
        first = max(int(c.get("id") or 0) for c in root.iter(f"{_P}cNvPr")) + 1
        logos = Logos(self.images, lambda picture, ending, data: self._related(part, picture, ending, data))
        shapes = "".join(layout_shapes(layout, self.theme.on(layout), self.language, logos, first))
        shapes = named_faces(shapes, self.theme.corporate)
        fresh = parse_xml(_xml(f"<p:spTree {NAMESPACES}>{shapes}</p:spTree>"))
        feet = [s for s in tree if s.find(f"*/{_P}nvPr/{_P}ph") is not None]
        at = tree.index(feet[0]) if feet else len(tree) - len(tree.findall(f"{_P}extLst"))
        for shape in list(fresh):
            tree.insert(at, shape)
            at += 1
        override = parse_xml(_xml(color_override(layout).replace("<p:clrMapOvr>", f"<p:clrMapOvr {NAMESPACES}>")))
        root.insert(list(root).index(page) + 1, override)
        master = next(r._target for r in host._rels.values() if r.reltype == RT.SLIDE_MASTER)
        key = master._rels._add_relationship(RT.SLIDE_LAYOUT, part)
        listed = master._element.find(f"{_P}sldLayoutIdLst")
        entry = parse_xml(f'<p:sldLayoutId {NAMESPACES} id="{self._free_id()}" r:id="{key}"/>')
        listed.append(entry)
        return part

    def _free_id(self) -> int:
        """An id above those of every master and layout (ECMA-376 part 1, 19.2.1.36: they are one set)."""
        used = [int(m.get("id") or 0) for m in self.main._element.iter(f"{_P}sldMasterId")]
        for master in self.presentation.slide_masters:
            used += [int(x.get("id") or 0) for x in master._element.iter(f"{_P}sldLayoutId")]
        return max([*used, 2_147_483_648]) + 1

    def _related(self, part: Any, picture: PictureFile, ending: str, data: Callable[[], bytes]) -> str:
        key = (picture.path, ending)
        if key not in self.media:
            kind = {"png": CT.PNG, "jpg": CT.JPEG, "svg": "image/svg+xml"}[ending]
            uri = PackURI(f"/ppt/media/logo{len(self.media) + 1}.{ending}")
            self.media[key] = Part(uri, kind, self.package, data())
        return str(part._rels._add_relationship(RT.IMAGE, self.media[key]))


def named_faces(xml: str, corporate: Corporate | None) -> str:
    """XML of ours with the fonts by name that the template's layouts name, and code's font: its theme's places
    for fonts are its own."""
    if corporate is None:
        return xml
    heading, body = corporate.faces
    for slot, face in (("+mj-lt", heading), ("+mn-lt", body), ("+mj-cs", CODE_FAMILY)):
        if face:
            xml = xml.replace(f'typeface="{slot}"', f'typeface="{face}"')
    return xml


def _opened(corporate: Corporate) -> io.BytesIO:
    """The template as python-pptx opens it: a .potx differs in its content type."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(corporate.data)) as source:
        parts = {
            posixpath.normpath(i.filename).lstrip("/"): source.read(i) for i in source.infolist() if not i.is_dir()
        }
    types = parts["[Content_Types].xml"]
    for kind in (CT.PML_TEMPLATE_MAIN, CT.PML_SLIDESHOW_MAIN):
        types = types.replace(kind.encode(), _PRESENTATION)
    with zipfile.ZipFile(out, "w") as target:
        for name, data in {**parts, "[Content_Types].xml": types}.items():
            target.writestr(name, data)
    out.seek(0)
    return out


def _layout_parts(master: Any) -> list[Any]:
    return [rel._target for rel in master._rels.values() if rel.reltype == RT.SLIDE_LAYOUT]


def _placed(root: Any, child: Any) -> None:
    """Puts a child of the presentation where the schema has it."""
    tag = child.tag.removeprefix(_P)
    for old in root.findall(child.tag):
        root.remove(old)
    before = _ORDER[: _ORDER.index(tag)]
    at = sum(1 for c in root if isinstance(c.tag, str) and c.tag.removeprefix(_P) in before)
    root.insert(at, child)


def _xml(text: str) -> bytes:
    return (text if text.startswith("<?xml") else DECLARATION + text).encode("utf-8")


__all__ = ["CorporateBase", "named_faces"]
