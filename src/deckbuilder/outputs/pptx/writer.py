"""Writing the deck: base package, slides, notes, pictures, properties, zip."""

from __future__ import annotations

import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.opc.serialized import PackageWriter
from pptx.oxml import parse_xml
from pptx.parts.image import ImagePart
from pptx.parts.slide import NotesSlidePart, SlidePart

from deckbuilder import __version__
from deckbuilder.content.deck import Deck
from deckbuilder.content.pictures import PictureFile
from deckbuilder.languages import Language
from deckbuilder.layout.frame import ChartItem, PictureItem, QrCode, SlideFrame
from deckbuilder.outputs.images import Images, Raster, qr_png
from deckbuilder.outputs.pptx.chart import chart_part
from deckbuilder.outputs.pptx.corporate import CorporateBase, named_faces
from deckbuilder.outputs.pptx.notes import notes_xml
from deckbuilder.outputs.pptx.package import base_package
from deckbuilder.outputs.pptx.slide import slide_xml
from deckbuilder.outputs.pptx.xml import DECLARATION, attribute, text
from deckbuilder.theme.theme import Theme

_STORED = {"png", "jpg", "jpeg", "xlsx"}
_ENDINGS = {"png": "png", "jpeg": "jpg", "svg": "png"}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PHOTO_DPI = 220  # what PowerPoint itself compresses pictures to
_SVG_DPI = 144  # the stand-in for programs that do not draw the SVG: 1,920 pixels over the slide
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
        layouts = {layout.name: layout for layout in theme.layouts.values() if not layout.spare}
        layouts |= {frame.layout.name: frame.layout for frame in frames}
        core, app = _core(deck, moment), _app(frames, notes)
        self.layouts: dict[str, Any]
        if theme.corporate:
            corporate = CorporateBase(theme, layouts.values(), self.language, core, app, images)
            self.presentation, self.layouts = corporate.presentation, corporate.by_name
        else:
            base = base_package(theme, list(layouts.values()), deck.language, core, app, images)
            self.presentation = Presentation(base)
            parts = [layout.part for layout in self.presentation.slide_layouts]
            self.layouts = dict(zip(layouts, parts, strict=True))
        self.package = self.presentation.part.package
        self.notes_master = self.presentation.part.part_related_by(RT.NOTES_MASTER)
        self.media: dict[object, Any] = {}
        self.charts = 0
        # A corporate template has media and perhaps charts of its own.
        self.taken = {str(part.partname) for part in self.package.iter_parts()} if theme.corporate else set()
        # Each picture is decoded once, for the largest place that any slide has for it.
        self.widest: dict[Path, float] = {}
        for frame in frames:
            for item in frame.items:
                if isinstance(item, PictureItem) and not isinstance(item.picture, QrCode):
                    path = item.picture.path
                    self.widest[path] = max(self.widest.get(path, 0.0), _whole_width(item))

    def write(self, path: Path) -> None:
        ids: list[tuple[int, str]] = []
        notes_count = 0
        main = self.presentation.part
        for frame in self.frames:
            part = self._part(SlidePart, f"/ppt/slides/slide{frame.number}.xml", CT.PML_SLIDE)
            _relate(part, RT.SLIDE_LAYOUT, self.layouts[frame.layout.name])
            xml = slide_xml(frame, self.theme, self.language, _SlideRelations(part, self))
            part._element = parse_xml(named_faces(xml, self.theme.corporate).encode("utf-8"))
            ids.append((_FIRST_SLIDE_ID + frame.number - 1, _relate(main, RT.SLIDE, part)))
            if self.notes and frame.notes is not None:
                notes_count += 1
                uri = f"/ppt/notesSlides/notesSlide{notes_count}.xml"
                notes = self._part(NotesSlidePart, uri, CT.PML_NOTES_SLIDE)
                _relate(notes, RT.NOTES_MASTER, self.notes_master)
                _relate(notes, RT.SLIDE, part)
                words = notes_xml(frame.notes, frame.number, self.language, _Links(notes))
                notes._element = parse_xml(named_faces(words, self.theme.corporate).encode("utf-8"))
                _relate(part, RT.NOTES_SLIDE, notes)
        slide_list = main._element.get_or_add_sldIdLst()
        for number, relationship in ids:
            slide_list._add_sldId(id=number, rId=relationship)
        main._element.append(parse_xml(self._sections().encode("utf-8")))
        path.write_bytes(_zipped(self.package))

    def _part(self, kind: Any, name: str, content_type: str) -> Any:
        """A part whose XML is set once its relationships are known."""
        return kind(PackURI(name), content_type, self.package, None)

    def _free(self, pattern: str, number: int) -> str:
        """A part's name with that number, or with the next one that the template leaves free."""
        names = (pattern.format(n) for n in count(number))
        name = next(name for name in names if name not in self.taken)
        if self.taken:
            self.taken.add(name)
        return name

    def chart(self, item: ChartItem) -> Any:
        """A new chart part."""
        self.charts += 1
        while f"/ppt/charts/chart{self.charts}.xml" in self.taken:
            self.charts += 1
        return chart_part(item, self.charts, self.package, self.theme, self.language)

    def pictures(self, item: PictureItem) -> tuple[Any, Any | None]:
        """The parts of a picture's raster and, for a drawing, of its SVG, each once in the package."""
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

    def _media(self, key: object, ending: str, data: Any) -> Any:
        if key not in self.media:
            uri = PackURI(self._free("/ppt/media/image{}." + ending, len(self.media) + 1))
            kind = {"png": CT.PNG, "jpg": CT.JPEG}.get(ending)
            self.media[key] = (
                ImagePart(uri, kind, self.package, data()) if kind else Part(uri, "image/svg+xml", self.package, data())
            )
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
    """The addresses a part links to, one relationship each."""

    def __init__(self, part: Any) -> None:
        self.part = part
        self.ids: dict[str, str] = {}

    def __call__(self, address: str) -> str:
        if address not in self.ids:
            self.ids[address] = self.part._rels._add_relationship(RT.HYPERLINK, address, True)
        return self.ids[address]


class _SlideRelations(_Links):
    """A slide's relationships: addresses, pictures and charts."""

    def __init__(self, part: Any, writer: _Writer) -> None:
        super().__init__(part)
        self.writer = writer

    def picture(self, item: PictureItem) -> tuple[str, str | None]:
        raster, vector = self.writer.pictures(item)
        return _relate(self.part, RT.IMAGE, raster), _relate(self.part, RT.IMAGE, vector) if vector else None

    def chart(self, item: ChartItem) -> str:
        return _relate(self.part, RT.CHART, self.writer.chart(item))


def _whole_width(item: PictureItem) -> float:
    """How wide the whole picture would be, what cropping hides included."""
    return item.placeholder.rect.width / max(0.01, 1 - item.crop[0] - item.crop[2])


def _relate(part: Any, kind: str, target: Any) -> str:
    """The id of a new relationship. python-pptx's own `relate_to` searches all existing ones
    first, which makes a deck of n slides cost n squared."""
    if kind == RT.IMAGE:
        return str(part.relate_to(target, kind))
    return str(part._rels._add_relationship(kind, target))


def _zipped(package: Any) -> bytes:
    """The package as a zip whose bytes depend on its contents only."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:

        class Sink:
            def write(self, uri: Any, blob: bytes) -> None:
                entry = zipfile.ZipInfo(uri.membername, _EPOCH)
                entry.create_system = 0
                entry.external_attr = 0
                stored = uri.ext.lower() in _STORED
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                out.writestr(entry, blob)

        writer: Any = PackageWriter("", package._rels, tuple(package.iter_parts()))
        sink = Sink()
        writer._write_content_types_stream(sink)
        writer._write_pkg_rels(sink)
        writer._write_parts(sink)
    return buffer.getvalue()


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


__all__ = ["DECLARATION", "write_deck"]
