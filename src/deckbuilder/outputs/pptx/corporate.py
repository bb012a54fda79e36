"""A deck on a corporate template: its package without its slides, and the layouts that are made of its own."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from deckbuilder.languages import Language
from deckbuilder.ooxml.package import Package, Part, Relations
from deckbuilder.ooxml.presentation import is_stand_in, masters
from deckbuilder.ooxml.reading import main_part, read_presentation
from deckbuilder.ooxml.types import A, ContentType, P, R
from deckbuilder.ooxml.types import RelationshipType as Rel
from deckbuilder.ooxml.xml import NAMESPACES, parse
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.pptx.direction import turn_master, turn_places
from deckbuilder.outputs.pptx.furniture import DATE_FIELD, NUMBER_FIELD
from deckbuilder.outputs.pptx.layouts import Logos, color_override, layout_shapes
from deckbuilder.outputs.pptx.notes import notes_master
from deckbuilder.outputs.pptx.package import Base, LogoParts, default_text_style, encoded, plain_properties, properties
from deckbuilder.outputs.pptx.scripts import complete_theme, is_complex_language
from deckbuilder.outputs.pptx.table import table_styles
from deckbuilder.theme.hosts import Corporate
from deckbuilder.theme.theme import SlideLayout, Theme

# What of the presentation stays: not its slides, nor what refers to them, nor its protection, authors and printers.
_KEPT = ("sldMasterIdLst", "handoutMasterIdLst", "sldSz", "notesSz", "embeddedFontLst", "defaultTextStyle")
_RELATED = (
    Rel.SLIDE_MASTER,
    Rel.HANDOUT_MASTER,
    Rel.THEME,
    Rel.FONT,
    Rel.PRES_PROPS,
    Rel.VIEW_PROPS,
    Rel.TABLE_STYLES,
)
# Date and slide number as fields: their types, ids and what layouts show of them.
_FIELDS = {"dt": ("datetime1", DATE_FIELD, "‹date›"), "sldNum": ("slidenum", NUMBER_FIELD, "‹#›")}
_ORDER = (
    *("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz", "embeddedFontLst"),
    "defaultTextStyle",
)


def corporate_base(
    theme: Theme, layouts: Iterable[SlideLayout], language: str, core: str, app: str, images: Images
) -> Base:
    """The template as a presentation without slides. `layouts` are those that slides stand on."""
    assert theme.corporate is not None
    package = read_presentation(theme.corporate.data)
    package.prune()
    main = main_part(package)
    main.content_type = ContentType.PRESENTATION  # a .potx differs in this
    _empty(package, main)
    if Language(language).right_to_left:
        _turn_round(package, main)
    if is_complex_language(language):
        for master in masters(package):
            for relation in master.relations.of(Rel.THEME):
                complete_theme(package.xml(relation.target), language)
        if main.root.find(f"{P}defaultTextStyle") is None:  # LibreOffice writes none, and takes a font of its own then
            style = default_text_style(language).replace(">", f" {NAMESPACES}>", 1)
            _placed(main.root, parse(style))
    properties(package, encoded(core), app)
    notes = _notes(package, main, language)
    _tables(package, main, theme)
    copier = _Copier(package, main, theme, language, images)
    made: dict[str, Part] = {}
    for layout in layouts:
        assert layout.host is not None
        host = package.parts[layout.host.part]
        made[layout.name] = host if layout.host.native else copier.copy(layout, host)
    return Base(package, main, notes, made)


def _empty(package: Package, main: Part) -> None:
    """Takes the slides out of the presentation, with what only they need; the template's thumbnail and its properties
    go as well."""
    root = main.root
    for child in list(root):
        if not isinstance(child.tag, str) or child.tag.removeprefix(P) not in _KEPT:
            root.remove(child)
    for name in list(root.attrib):
        if name not in ("saveSubsetFonts", "embedTrueTypeFonts", "autoCompressPictures", "defaultTextStyle"):
            del root.attrib[name]
    _keep(main.relations, _RELATED)
    _keep(package.relations, (Rel.OFFICE_DOCUMENT,))
    for master in masters(package):
        for part in (master, *(package.parts[r.target] for r in master.relations.of(Rel.SLIDE_LAYOUT))):
            _unlink(part)
            _with_fields(part)
    package.prune()
    # Not what was shown and printed last, perhaps of slides that are gone.
    for type, part in plain_properties():
        _replace(package, main, type, part)
    _placed(root, parse(f"<p:sldIdLst {NAMESPACES}/>"))
    if root.find(f"{P}notesSz") is None:
        _placed(root, parse(f'<p:notesSz {NAMESPACES} cx="6858000" cy="9144000"/>'))


def _turn_round(package: Package, main: Part) -> None:
    """Makes the template one for decks that run from right to left."""
    main.root.set("rtl", "1")
    for master in masters(package):
        turn_master(master.root)
        for relation in master.relations.of(Rel.SLIDE_LAYOUT):
            turn_places(package.parts[relation.target].root)


def _unlink(part: Part) -> None:
    """Takes out links to the template's slides, which are gone."""
    gone = {key for key, relation in part.relations.items() if relation.type == Rel.SLIDE}
    if gone:
        for link in list(part.root.iter(f"{A}hlinkClick", f"{A}hlinkHover")):
            if link.get(f"{R}id") in gone:
                link.getparent().remove(link)
        part.relations.keep({key for key, _ in part.relations.items()} - gone)


def _with_fields(part: Part) -> None:
    """Makes fields of dates and slide numbers that another program wrote down as words, "<date/time>"; shapes of such words
    that are no placeholders go, since they would stand on every slide."""
    for shape in list(part.root.iter(f"{P}sp")):
        if not is_stand_in(shape):
            continue
        holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if holder is None:
            shape.getparent().remove(shape)
            continue
        for run in shape.iterfind(f"{P}txBody/{A}p/{A}r") if holder.get("type") in _FIELDS else ():
            kind, identity, words = _FIELDS[holder.get("type")]
            run.tag = f"{A}fld"
            run.set("id", identity)
            run.set("type", kind)
            run.find(f"{A}t").text = words


def _keep(relations: Relations, types: Iterable[str]) -> None:
    relations.keep([key for key, relation in relations.items() if relation.type in types])


def _notes(package: Package, main: Part, language: str) -> Part:
    """A notes master of our own, which notes were measured for, with the first master's theme."""
    first = masters(package)[0]
    theme = package.parts[first.relations.of(Rel.THEME)[0].target]
    # The copy refers to what the theme does: to the pictures of its fills.
    copy = Part(package.free("ppt/theme/theme{}.xml"), ContentType.THEME, theme.data, theme.relations.copy())
    master = Part("ppt/notesMasters/notesMaster1.xml", ContentType.NOTES_MASTER, parse(notes_master(language)))
    package.attach(master, Rel.THEME, copy)
    key = package.attach(main, Rel.NOTES_MASTER, master)
    listed = f'<p:notesMasterIdLst {NAMESPACES}><p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>'
    _placed(main.root, parse(listed))
    return master


def _tables(package: Package, main: Part, theme: Theme) -> None:
    """The deck's table style, before the template's own."""
    ours = parse(table_styles(theme))
    for relation in main.relations.of(Rel.TABLE_STYLES):
        given = package.xml(relation.target)
        ours.set("def", given.get("def") or ours.get("def"))
        for style in list(given):
            ours.append(style)
    _replace(package, main, Rel.TABLE_STYLES, Part("ppt/tableStyles.xml", ContentType.TABLE_STYLES, ours))


def _replace(package: Package, main: Part, type: Rel, part: Part) -> None:
    """Puts a part in the place of the one that the presentation has of its type."""
    main.relations.keep([key for key, relation in main.relations.items() if relation.type != type])
    package.prune()
    package.attach(main, type, part)


class _Copier:
    """Makes layouts of the template's."""

    def __init__(self, package: Package, main: Part, theme: Theme, language: str, images: Images) -> None:
        self.package = package
        self.main = main
        self.theme = theme
        self.language = language
        self.images = images
        self.logos = LogoParts(package)
        self.masters = masters(package)
        own = [r.target for master in self.masters for r in master.relations.of(Rel.SLIDE_LAYOUT)]
        self.count = max(int("".join(c for c in name if c.isdigit()) or 0) for name in own)
        for name in own:
            # In the one form that all of the deck is written in, be it used or not.
            self.package.xml(name)

    def copy(self, layout: SlideLayout, host: Part) -> Part:
        """A layout made of the template's: its background and decorations, our placeholders."""
        self.count += 1
        root = deepcopy(host.root)
        name = f"ppt/slideLayouts/slideLayout{self.count}.xml"
        part = Part(name, ContentType.SLIDE_LAYOUT, root, host.relations.copy())
        root.attrib.pop("type", None)
        root.set("preserve", "1")
        root.set("userDrawn", "1")
        page = root.find(f"{P}cSld")
        page.set("name", layout.name)
        tree = page.find(f"{P}spTree")
        for shape in list(tree.iter(f"{P}sp", f"{P}pic", f"{P}graphicFrame")):
            holder = shape.find(f"*/{P}nvPr/{P}ph")
            if holder is not None and not (holder.get("type") in ("dt", "ftr", "sldNum") and layout.number_or_foot):
                shape.getparent().remove(shape)
        for tag in ("clrMapOvr", "transition", "timing", "extLst"):
            for old in root.findall(f"{P}{tag}"):
                root.remove(old)
        first = max(int(c.get("id") or 0) for c in root.iter(f"{P}cNvPr")) + 1
        logos = Logos(self.images, self.logos.related(part.relations))
        shapes = "".join(layout_shapes(layout, self.theme.on(layout), self.language, logos, first))
        shapes = named_faces(shapes, self.theme.corporate)
        fresh = parse(f"<p:spTree {NAMESPACES}>{shapes}</p:spTree>")
        feet = [s for s in tree if s.find(f"*/{P}nvPr/{P}ph") is not None]
        at = tree.index(feet[0]) if feet else len(tree) - len(tree.findall(f"{P}extLst"))
        for shape in list(fresh):
            tree.insert(at, shape)
            at += 1
        override = parse(color_override(layout).replace("<p:clrMapOvr>", f"<p:clrMapOvr {NAMESPACES}>"))
        root.insert(list(root).index(page) + 1, override)
        master = self.package.parts[host.relations.of(Rel.SLIDE_MASTER)[0].target]
        key = self.package.attach(master, Rel.SLIDE_LAYOUT, part)
        listed = master.root.find(f"{P}sldLayoutIdLst")
        listed.append(parse(f'<p:sldLayoutId {NAMESPACES} id="{self._free_id()}" r:id="{key}"/>'))
        return part

    def _free_id(self) -> int:
        """An id above those of every master and layout (ECMA-376 part 1, 19.2.1.36: they are one set)."""
        used = [int(m.get("id") or 0) for m in self.main.root.iter(f"{P}sldMasterId")]
        for master in self.masters:
            used += [int(x.get("id") or 0) for x in master.root.iter(f"{P}sldLayoutId")]
        return max([*used, 2_147_483_648]) + 1


def named_faces(xml: str, corporate: Corporate | None) -> str:
    """XML of ours with the fonts by name that the template's layouts name."""
    if corporate is None:
        return xml
    heading, body = corporate.faces
    for slot, face in (("+mj-lt", heading), ("+mn-lt", body)):
        if face:
            xml = xml.replace(f'typeface="{slot}"', f'typeface="{face}"')
    return xml


def _placed(root: Any, child: Any) -> None:
    """Puts a child of the presentation where the schema has it."""
    tag = child.tag.removeprefix(P)
    for old in root.findall(child.tag):
        root.remove(old)
    before = _ORDER[: _ORDER.index(tag)]
    at = sum(1 for c in root if isinstance(c.tag, str) and c.tag.removeprefix(P) in before)
    root.insert(at, child)
