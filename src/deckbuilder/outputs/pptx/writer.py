"""Writing the deck: base package, slides, notes, pictures, properties, zip."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from deckbuilder import __version__
from deckbuilder.content.deck import Deck
from deckbuilder.content.pictures import PictureFile
from deckbuilder.languages import Language
from deckbuilder.layout.frame import ChartItem, PictureItem, QrCode, SlideFrame
from deckbuilder.ooxml.package import Part
from deckbuilder.ooxml.types import ContentType, P, R
from deckbuilder.ooxml.types import RelationshipType as Rel
from deckbuilder.ooxml.writing import zipped
from deckbuilder.ooxml.xml import attribute, parse, text
from deckbuilder.outputs.images import Images, Raster, qr_png
from deckbuilder.outputs.pptx.corporate import corporate_base, named_faces
from deckbuilder.outputs.pptx.marks import (
    SlideMark,
    creation_ids,
    custom_xml,
    marks_of,
    notes_tags_xml,
    tags_of,
    tags_xml,
    told_by_notes,
)
from deckbuilder.outputs.pptx.notes import notes_xml
from deckbuilder.outputs.pptx.package import IMAGE_TYPES, base_package
from deckbuilder.outputs.pptx.scripts import has_complex
from deckbuilder.outputs.pptx.slide import slide_xml
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.theme import SlideLayout, Theme

_ENDINGS = {"png": "png", "jpeg": "jpg", "svg": "png"}
_PHOTO_DPI = 220  # what PowerPoint itself compresses pictures to
_SVG_DPI = 144  # the stand-in for programs that do not draw the SVG: 1,920 pixels over the slide
OFFERED = tuple(
    map(
        LayoutRole.parse,
        (
            "cover",
            "section",
            "points",
            "points-picture",
            "text",
            "columns",
            "comparison",
            "picture",
            "quote",
            "discussion",
            "table",
            "chart",
            "closing",
            "title-only",
        ),
    )
)
_FIRST_SLIDE_ID = 256  # ECMA-376 part 1, 19.7.13: slide ids start at 256


def write_deck(
    path: Path,
    deck: Deck,
    frames: Sequence[SlideFrame],
    theme: Theme,
    images: Images,
    moment: dt.datetime | None,
    notes: bool = True,
    originals: bool = False,
) -> None:
    """Writes the frames as a .pptx file. `moment` is the time its properties give; None leaves
    it out, so that equal decks are equal files. `notes` False leaves out the speaker notes, for a
    deck that is given to participants; `originals` True keeps picture files as they are rather than
    scaled down to what print needs."""
    _Writer(deck, frames, theme, images, moment, notes, originals).write(path)


class _Writer:
    def __init__(
        self,
        deck: Deck,
        frames: Sequence[SlideFrame],
        theme: Theme,
        images: Images,
        moment: dt.datetime | None,
        notes: bool,
        originals: bool,
    ) -> None:
        self.notes = notes
        self.originals = originals
        self.deck = deck
        self.frames = frames
        self.theme = theme
        self.images = images
        self.language = Language(deck.language).with_region
        # A deck has every layout that a person may want to choose, and of the derived ones those it uses.
        # Those that people reach for, and those that the slides stand on: more would hide them in the gallery.
        layouts = {layout.name: layout for role, layout in theme.layouts.items() if role in OFFERED}
        layouts |= {frame.layout.name: frame.layout for frame in frames}
        core, app = _core(deck, moment), _app(frames, notes)
        if theme.corporate:
            base = corporate_base(theme, layouts.values(), self.language, core, app, images)
        else:
            said = (frame.footer.plain for frame in frames if frame.footer)
            foot = max(said, key=len, default=deck.title.plain.replace("\n", " "))
            further = has_complex(frames)
            base = base_package(theme, list(layouts.values()), deck.language, core, app, images, foot, further)
        self.package, self.main, self.notes_master, self.layouts = (
            base.package,
            base.main,
            base.notes_master,
            base.layouts,
        )
        self.slides: dict[str, str] = {}  # the parts of slides that may be linked to, by their ids
        self.media: dict[object, str] = {}
        self.charts = 0
        self.tagged = 0
        # Each picture is decoded once, for the largest place that any slide has for it.
        self.widest: dict[Path, float] = {}
        for frame in frames:
            for item in frame.items:
                if isinstance(item, PictureItem) and not isinstance(item.picture, QrCode):
                    path = item.picture.path
                    self.widest[path] = max(self.widest.get(path, 0.0), _whole_width(item))

    def write(self, path: Path) -> None:
        listed = self.main.root.find(f"{P}sldIdLst")
        notes_count = 0
        marks = marks_of(self.frames, lambda item: self.package.parts[self.pictures(item)[0]].data)
        parts = [self._slide(frame, listed) for frame in self.frames]
        for frame, part, mark, creation_id in zip(self.frames, parts, marks, creation_ids(marks), strict=True):
            part.relations.add(Rel.SLIDE_LAYOUT, self.layouts[frame.layout.name].name)
            part.root = self._parsed(
                slide_xml(frame, self.theme, self.language, _SlideRelations(part, self, mark, frame), creation_id)
            )
            if self.notes and frame.notes is not None:
                notes_count += 1
                notes = Part(
                    self.package.free("ppt/notesSlides/notesSlide{}.xml", notes_count), ContentType.NOTES_SLIDE, b""
                )
                notes.relations.add(Rel.NOTES_MASTER, self.notes_master.name)
                notes.relations.add(Rel.SLIDE, part.name)
                told = told_by_notes(mark, frame)
                data = tags_of(notes.relations.add(Rel.TAGS, self.tags(notes_tags_xml(told)))) if told else ""
                notes.root = self._parsed(notes_xml(frame.notes, frame.number, self.language, _Links(notes), data))
                self.package.attach(part, Rel.NOTES_SLIDE, notes)
        self.main.root.append(parse(self._sections()))
        custom = Part("docProps/custom.xml", ContentType.CUSTOM_PROPERTIES, custom_xml(marks).encode("utf-8"))
        self.package.attach(self.package, Rel.CUSTOM_PROPERTIES, custom)
        path.write_bytes(zipped(self.package))

    def _slide(self, frame: SlideFrame, listed: Any) -> Part:
        """The slide's part, empty as yet: every slide is known before another links to it."""
        part = Part(self.package.free("ppt/slides/slide{}.xml", frame.number), ContentType.SLIDE, b"")
        number, key = _FIRST_SLIDE_ID + frame.number - 1, self.package.attach(self.main, Rel.SLIDE, part)
        etree.SubElement(listed, f"{P}sldId", {"id": str(number), f"{R}id": key})
        if frame.slide.id and not frame.notes_only:
            self.slides.setdefault(frame.slide.id, part.name)
        return part

    def _parsed(self, xml: str) -> Any:
        return parse(named_faces(xml, self.theme.corporate))

    def tags(self, xml: str) -> str:
        """The name of a new part of tags."""
        self.tagged += 1
        name = self.package.free("ppt/tags/tag{}.xml", self.tagged)
        return self.package.add(Part(name, ContentType.TAGS, xml.encode("utf-8"))).name

    def chart(self, item: ChartItem, layout: SlideLayout) -> str:
        """The name of a new chart's part, for a slide of that layout."""
        # Late: python-pptx takes its time, and most decks have no charts.
        from deckbuilder.outputs.pptx.chart import chart_workbook, chart_xml

        self.charts += 1
        name = self.package.free("ppt/charts/chart{}.xml", self.charts)
        self.charts = int("".join(c for c in name if c.isdigit()))
        workbook = self.package.free("ppt/embeddings/Microsoft_Excel_Sheet{}.xlsx", self.charts)
        part = self.package.add(Part(name, ContentType.CHART, b""))
        book = Part(workbook, ContentType.WORKBOOK, chart_workbook(item.chart))
        part.root = chart_xml(item, self.theme.on(layout), self.language, self.package.attach(part, Rel.PACKAGE, book))
        return part.name

    def pictures(self, item: PictureItem) -> tuple[str, str | None]:
        """The names of a picture's raster and, for a drawing, of its SVG, each once in the package."""
        picture = item.picture
        if isinstance(picture, QrCode):
            return self._media(("qr", picture.address), "png", lambda: qr_png(picture.address)), None
        media = self._media(picture.path, _ENDINGS[picture.format], lambda: self._raster(picture).data)
        if picture.format != "svg":
            return media, None
        return media, self._media((picture.path, "svg"), "svg", lambda: self.images.file(picture))

    def _raster(self, picture: PictureFile) -> Raster:
        if self.originals and picture.format != "svg":
            return self.images.original(picture)
        dpi = _SVG_DPI if picture.format == "svg" else _PHOTO_DPI
        return self.images.raster(picture, self.widest[picture.path], dpi)

    def _media(self, key: object, ending: str, data: Callable[[], bytes]) -> str:
        if key not in self.media:
            # A corporate template has media, and perhaps charts, of its own.
            name = self.package.free("ppt/media/image{}." + ending, len(self.media) + 1)
            self.media[key] = self.package.add(Part(name, IMAGE_TYPES[ending], data())).name
        return self.media[key]

    def _sections(self) -> str:
        """PowerPoint's sections (the p14 extension), named after the deck's."""
        inner = []
        by_section: dict[int, list[str]] = {}
        for frame in self.frames:
            slide = f'<p14:sldId id="{_FIRST_SLIDE_ID + frame.number - 1}"/>'
            by_section.setdefault(frame.section, []).append(slide)
        for number, section in enumerate(self.deck.sections, 1):
            slides = "".join(by_section.get(number, []))
            name = section.title.plain.replace("\n", " ")
            # Derived, not random: equal decks are equal files.
            guid = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{number} {name}")).upper()
            inner.append(
                f'<p14:section name={attribute(name)} id="{{{guid}}}"><p14:sldIdLst>{slides}</p14:sldIdLst></p14:section>'
            )
        return (
            '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
            '<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}">'
            '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
            f"{''.join(inner)}</p14:sectionLst></p:ext></p:extLst>"
        )


class _Links:
    """The addresses that a part links to, one relationship each. Notes lead to no slide: they may refer to their own alone."""

    def __init__(self, part: Part) -> None:
        self.relations = part.relations

    def __call__(self, address: str) -> str:
        if address.startswith("#"):
            return ""
        return f'<a:hlinkClick r:id="{self.relations.to(Rel.HYPERLINK, address, outside=True)}"/>'


class _SlideRelations(_Links):
    """A slide's relationships: addresses, pictures, charts and tags."""

    def __init__(self, part: Part, writer: _Writer, mark: SlideMark, frame: SlideFrame) -> None:
        super().__init__(part)
        self.writer = writer
        self.mark = mark
        self.frame = frame

    def __call__(self, address: str) -> str:
        slide = self.writer.slides.get(address[1:]) if address.startswith("#") else None
        if slide is None:
            return super().__call__(address)
        return f'<a:hlinkClick r:id="{self.relations.to(Rel.SLIDE, slide)}" action="ppaction://hlinksldjump"/>'

    def picture(self, item: PictureItem) -> tuple[str, str | None]:
        raster, vector = self.writer.pictures(item)
        first = self.relations.to(Rel.IMAGE, raster)
        return first, self.relations.to(Rel.IMAGE, vector) if vector else None

    def chart(self, item: ChartItem) -> str:
        return self.relations.add(Rel.CHART, self.writer.chart(item, self.frame.layout))

    def tags(self) -> str:
        bare = self.writer.notes and self.frame.notes is None
        return self.relations.add(Rel.TAGS, self.writer.tags(tags_xml(self.mark, bare)))


def _whole_width(item: PictureItem) -> float:
    """How wide the whole picture would be, what cropping hides included."""
    return item.placeholder.rect.width / max(0.01, 1 - item.crop[0] - item.crop[2])


def _core(deck: Deck, moment: dt.datetime | None) -> str:
    authors = "; ".join(a.name.plain for a in deck.authors) or (deck.organisation.plain if deck.organisation else "")
    when = ""
    if moment is not None:
        stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        when = "".join(f'<dcterms:{k} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{k}>' for k in ("created", "modified"))
    subject = f"<dc:subject>{text(deck.subtitle.plain)}</dc:subject>" if deck.subtitle else ""
    rights = f"<dc:description>{text(deck.copyright.plain)}</dc:description>" if deck.copyright else ""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(deck.title.plain)}</dc:title>{subject}<dc:creator>{text(authors)}</dc:creator>{rights}"
        f"<dc:language>{text(Language(deck.language).with_region)}</dc:language>{when}</cp:coreProperties>"
    )


def _app(frames: Sequence[SlideFrame], notes: bool) -> str:
    noted = sum(1 for f in frames if notes and f.notes is not None)
    hidden = sum(1 for f in frames if f.hidden)
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<TotalTime>0</TotalTime><Application>deckbuilder</Application><PresentationFormat>Widescreen</PresentationFormat>"
        f"<Slides>{len(frames)}</Slides><Notes>{noted}</Notes>"
        f"<HiddenSlides>{hidden}</HiddenSlides><AppVersion>{'.'.join(__version__.split('.')[:1])}.0000</AppVersion></Properties>"
    )
