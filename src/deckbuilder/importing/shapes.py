"""The shapes of a slide, groups opened, as what they say or show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from deckbuilder.importing.charts import graph_of
from deckbuilder.importing.diagrams import diagram_lines, diagram_pictures
from deckbuilder.importing.inherit import Styles
from deckbuilder.importing.old import Drawn, Grid, Image, Left, Line, Media, Shape, Words
from deckbuilder.importing.text import decoded, lines_of, pieces
from deckbuilder.ooxml.package import Package, PackageError, Part
from deckbuilder.ooxml.presentation import place
from deckbuilder.ooxml.shapes import Frame
from deckbuilder.ooxml.types import NS, A, P, R

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_MEDIA = f"{_P14}media"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH = f"{_M}oMath"
_CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
_NO_PICTURE = (".emf", ".wmf", ".wdp", ".pict", ".pct", ".eps")
_BY_ITSELF = re.compile(
    r"\s*(?:description automatically generated(?: with .* confidence)?|ai-generated content may be incorrect\.?"
    r"|beschreibung automatisch generiert|description générée automatiquement|descripción generada automáticamente)\s*",
    re.IGNORECASE,
)
_NO_ALT = re.compile(
    r"(?:[\w\s()-]+\.(?:png|jpe?g|gif|bmp|tiff?|svg|emf|wmf|webp|heic))|(?:(?:picture|image|grafik|bild|imagen|graphic|photo"
    r"|google shape|content placeholder|picture placeholder)[\s;]*\d*(?:;.*)?)|[A-Za-z]:\\.*|(?:https?|file)://\S*",
    re.IGNORECASE,
)
_CROPPED = 0.02  # of a picture's side: what is cut off beyond that is meant to be gone
_MOST_SHAPES = 5_000  # of a slide: what is told apart by eye
_SILENT = ("", "ppaction://media", "ppaction://noaction")  # what a click does that plays, or nothing


class Found:
    """The shapes of one slide. `left` is what was passed over, `said` every word there."""

    def __init__(self, package: Package, part: Part, styles: Styles) -> None:
        self.package = package
        self.part = part
        self.styles = styles
        self.shapes: list[Shape] = []
        self.left: list[Left] = []
        self.said: list[str] = []
        self._silent = 0

    def read(self, tree: Any) -> None:
        """Reads the shapes of a `<p:spTree>`."""
        for number, (element, frame) in enumerate(walk(tree, Frame())):
            if number >= _MOST_SHAPES:
                self.left.append(Left(f"shapes beyond the first {_MOST_SHAPES:,} of a slide"))
                break
            try:
                self._read(element, frame)
            except PackageError as error:
                self.left.append(Left(f"a shape that {error.what}"))
        if self._silent:
            counted = "a shape" if self._silent == 1 else f"{self._silent} shapes"
            self.left.append(Left(f"{counted} without words, such as lines and boxes"))

    def behind(self, slide: Any, aspect: float) -> None:
        """Reads the picture that a slide has for a background of its own. `aspect` is the slide's."""
        fill = slide.find("p:cSld/p:bg/p:bgPr/a:blipFill", NS)
        blip = fill.find("a:blip", NS) if fill is not None else None
        if blip is None:
            return
        image = self._blip(blip, "", fill)
        if image is None:
            self.left.append(Left("a background whose picture is not in the deck"))
        elif fill.find("a:tile", NS) is not None or image.part.lower().endswith(_NO_PICTURE):
            self.left.append(Left("a pattern behind the slide"))
        else:
            self.shapes.append(Shape(replace(image, aspect=aspect), "Background", behind=True))

    def _read(self, element: Any, frame: Frame) -> None:
        about = element.find("*/p:cNvPr", NS)
        self.said += said_in(element)
        alt = alternative(element) if about is not None else ""
        tag = element.tag
        if tag == f"{P}grpSp":
            if alt:
                self.left.append(Left("the alternative text of a group", alt))
            return
        if about is not None and about.get("hidden") in ("1", "true"):
            self.left.append(Left("a shape that is hidden on its slide", " ".join(said_in(element))))
            return
        holder = element.find("*/p:nvPr/p:ph", NS)
        kind = holder.get("type", "obj") if holder is not None else None
        index = holder.get("idx") if holder is not None else None
        rect = place(element.find("p:spPr/a:xfrm", NS) if tag != f"{P}graphicFrame" else element.find("p:xfrm", NS))
        rect = frame.rect(rect) if rect is not None else self.styles.rect(holder) if holder is not None else None
        base = Shape(
            Words(()),
            about.get("name", "") if about is not None else "",
            kind,
            int(index) if index and index.isdecimal() else (0 if holder is not None else None),
            rect,
        )
        if tag == f"{P}pic":
            self._picture(element, base, alt)
        elif tag == f"{P}graphicFrame":
            self._frame(element, base, alt)
        elif tag in (f"{P}sp", f"{P}cxnSp"):
            self._shape(element, base, holder, alt)
        elif tag == f"{P}contentPart":
            stands, about = element.find(f"{_P14}xfrm"), element.find(f"{_P14}nvContentPartPr/{_P14}cNvPr")
            box, words = place(stands), told(about.get("descr", "")) if about is not None else ""
            self.said.append(words)
            drawn = Drawn("handwriting", self._blip_part(_older(element)), words)
            self.shapes.append(replace(base, content=drawn, rect=frame.rect(box) if box is not None else None))

    def leads(self, key: str, action: str) -> str | None:
        """Where a click leads, as `text.Leads` tells."""
        relation = self.part.relations.get(key)
        if relation is None:
            if action not in _SILENT:
                self.left.append(Left(f"what a click does in PowerPoint: {action.rpartition('//')[2]}"))
            return None
        if relation.outside:
            return relation.target
        return f"slide:{relation.target}" if relation.kind == "slide" else None

    def _shape(self, element: Any, base: Shape, holder: Any, alt: str) -> None:
        body = element.find("p:txBody", NS)
        lines = lines_of(body, self.styles.chain(holder), self.leads)
        click = element.find("*/p:cNvPr/a:hlinkClick", NS)
        address = self.leads(click.get(f"{R}id", ""), click.get("action", "")) if click is not None else None
        if address and not any(line.links for line in lines):
            lines = tuple(replace(x, runs=tuple(replace(run, link=address) for run in x.runs)) for x in lines)
        math = equation_in(element)
        if math and "".join("".join(line.plain.split()) for line in lines) == "".join(math.split()):
            part = self._blip_part(_older(element))
            self.shapes.append(replace(base, content=Drawn("an equation", part, alt or math)))
            return
        if math:
            self.left.append(Left("an equation as such: its signs stand in the text", math))
        if lines:
            self.shapes.append(replace(base, content=Words(lines)))
            if alt and alt not in " ".join(line.words for line in lines):
                self.left.append(Left("the alternative text of a text box", alt))
        elif element.find("p:spPr/a:blipFill", NS) is not None:  # a picture that fills a shape
            blip = element.find("p:spPr/a:blipFill/a:blip", NS)
            self._image(blip, base, alt, element)
        elif element.find("p:spPr/a:custGeom", NS) is not None or alt:
            self.shapes.append(replace(base, content=Drawn("a drawing", None, alt)))
        elif base.holder is None:
            self._silent += 1

    def _picture(self, element: Any, base: Shape, alt: str) -> None:
        blip = element.find("p:blipFill/a:blip", NS)
        properties = element.find("*/p:nvPr", NS)
        media = next((e for e in properties if e.tag in (f"{A}videoFile", f"{A}audioFile", f"{A}wavAudioFile")), None)
        if media is None:
            if (newer := _stands_for(element)) is not None:
                self.left.append(Left(f"{newer} as such: it is a picture now"))
            self._image(blip, base, alt, element)
            return
        inside = properties.find(f".//{_MEDIA}")
        keys = [inside.get(f"{R}embed") if inside is not None else None, media.get(f"{R}link"), media.get(f"{R}embed")]
        relations = [r for key in keys if (r := self.part.relations.get(key)) is not None]
        part = next((r.target for r in relations if not r.outside and r.target in self.package.parts), None)
        address = next((r.target for r in relations if r.outside and r.target.startswith("http")), None)
        poster = self._blip(blip, "", element)
        kind = "video" if media.tag == f"{A}videoFile" else "sound"
        self.shapes.append(replace(base, content=Media(kind, part, address, poster, alt)))  # type: ignore[arg-type]

    def _image(self, blip: Any, base: Shape, alt: str, element: Any) -> None:
        image = self._blip(blip, alt, element)
        if image is None:
            self.left.append(Left("a picture whose file is not in the deck", alt))
        elif image.part.lower().endswith(_NO_PICTURE) and not image.vector:
            self.shapes.append(replace(base, content=Drawn("a drawing of an old format", image.part, alt)))
        else:
            rect = base.rect
            aspect = rect.width / rect.height if rect and rect.height else 1.5
            self.shapes.append(replace(base, content=replace(image, aspect=aspect)))

    def _blip_part(self, blip: Any) -> str | None:
        """The name of the part that an `<a:blip>` shows; None where the file has none."""
        relation = self.part.relations.get(blip.get(f"{R}embed")) if blip is not None else None
        return relation.target if relation is not None and relation.target in self.package.parts else None

    def _blip(self, blip: Any, alt: str, element: Any, of: Part | None = None) -> Image | None:
        """The picture that an `<a:blip>` shows; `of` is the part that it stands in, None for the slide's."""
        relations = (of or self.part).relations
        relation = relations.get(blip.get(f"{R}embed")) if blip is not None else None
        if relation is None or relation.outside or relation.target not in self.package.parts:
            return None
        drawn = blip.find(f".//{_SVG}")
        vector = relations.get(drawn.get(f"{R}embed")) if drawn is not None else None
        decorative = element.find(f".//{_DECORATIVE}")
        click = element.find("*/p:cNvPr/a:hlinkClick", NS)
        link = self.leads(click.get(f"{R}id", ""), click.get("action", "")) if click is not None else None
        cut = blip.getparent().find("a:srcRect", NS)
        sides = [_share(cut.get(side)) for side in ("l", "t", "r", "b")] if cut is not None else [0.0]
        return Image(
            relation.target,
            alt,
            decorative is not None and decorative.get("val") in ("1", "true"),
            vector.target if vector is not None and vector.target in self.package.parts else None,
            link,
            crop=(sides[0], sides[1], sides[2], sides[3]) if max(sides) > _CROPPED else None,
        )

    def _frame(self, element: Any, base: Shape, alt: str) -> None:
        data = element.find("a:graphic/a:graphicData", NS)
        uri = data.get("uri", "") if data is not None else ""
        if (table := data.find("a:tbl", NS) if data is not None else None) is not None:
            self.shapes.append(replace(base, content=self._table(table, alt)))
            for fill in table.iterfind("a:tr/a:tc/a:tcPr/a:blipFill", NS):
                self._image(fill.find("a:blip", NS), replace(base, rect=None), "", fill)
        elif uri.endswith("/chart") and (part := self._part(data[0].get(f"{R}id"))) is not None:
            root = part.parsed()
            graph = graph_of(root, alt)
            self.said += [graph.title, *graph.categories, *(name for name, _ in graph.series)]
            self.said += ["".join(t.text or "" for t in p.iter(f"{A}t")) for p in root.iter(f"{A}p")][
                len(graph.title) > 0 :
            ]
            self.shapes.append(replace(base, content=graph))
        elif uri.endswith("/diagram") and (part := self._part(data[0].get(f"{R}dm"))) is not None:
            root = part.parsed()
            self.said += ["".join(t.text or "" for t in p.iter(f"{A}t")) for p in root.iter(f"{A}p")]
            lines = diagram_lines(root, self.leads)
            if lines:
                self.shapes.append(replace(base, content=Words(lines), diagram=True))
                self.left.append(Left("a diagram as such: its words are a list"))
            for blip, words in diagram_pictures(root):
                about = told(words)
                self.said.append(about)
                if (image := self._blip(blip, about, element, part)) is not None:
                    self.shapes.append(Shape(replace(image, decorative=False), base.name))
            if alt:
                self.left.append(Left("the alternative text of a diagram", alt))
        else:
            blip = element.find(".//p:pic/p:blipFill/a:blip", NS)
            image = self._blip(blip, alt, element)
            name = (
                "an embedded object"
                if "ole" in uri
                else "a chart of a kind without data"
                if "chart" in uri
                else "an object"
            )
            alt = alt or self._words_of_chart(data, uri)
            self.shapes.append(replace(base, content=Drawn(name, image.part if image else None, alt)))

    def _words_of_chart(self, data: Any, uri: str) -> str:
        """The words of a chart of one of the kinds that came with PowerPoint 2016, "" for what is none."""
        part = self._part(data[0].get(f"{R}id")) if uri.endswith("/chartex") and len(data) else None
        if part is None:
            return ""
        root = part.parsed()
        words = [e.text or "" for e in root.iter(f"{_CX}pt", f"{A}t") if not _number(e.text)]
        self.said += words
        return " ".join(dict.fromkeys(" ".join(word.split()) for word in words))

    def _part(self, key: str | None) -> Part | None:
        relation = self.part.relations.get(key)
        return self.package.parts.get(relation.target) if relation is not None and not relation.outside else None

    def _table(self, table: Any, alt: str) -> Grid:
        rows = []
        for row in table.iterfind("a:tr", NS):
            cells: list[tuple[Line, ...]] = []
            for cell in row.iterfind("a:tc", NS):
                body = cell.find("a:txBody", NS)
                cells.append(lines_of(body, (), self.leads))
            rows.append(tuple(cells))
        if any(cell.get("gridSpan") or cell.get("rowSpan") for cell in table.iter(f"{A}tc")):
            self.left.append(Left("a guess: what a cell says that reaches over several stands in the first of them"))
        looks = table.find("a:tblPr", NS)
        headed = looks is None or looks.get("firstRow") in ("1", "true")
        return Grid(tuple(rows), headed, alt)


def _number(words: str | None) -> bool:
    try:
        float(words or "")
    except ValueError:
        return False
    return True


def equation_in(element: Any) -> str:
    """The signs of the equations in a shape, in their order; "" without any."""
    signs = ["".join(t.text or "" for t in math.iter(f"{_M}t")) for math in element.iter(_MATH)]
    return " ".join(one for one in signs if one.strip())


def _older(element: Any) -> Any:
    """The picture that an `<mc:AlternateContent>` has for programs that do not know of equations; None without one."""
    choice = element.getparent()
    other = choice.getparent().find(f"{_MC}Fallback") if choice is not None and choice.tag == f"{_MC}Choice" else None
    return other.find(f".//{A}blip") if other is not None else None


def _stands_for(element: Any) -> str | None:
    """What programs that know of it show in the place of a picture; None for a picture that stands for itself."""
    older = element.getparent()
    if older is None or older.tag != f"{_MC}Fallback":
        return None
    data = next(older.getparent().iter(f"{A}graphicData"), None)
    form = data.get("uri", "").rpartition("/")[2] if data is not None else ""
    return "a zoom to other slides" if form.endswith("zoom") else "a model in 3D" if form == "model3d" else "an object"


def _share(value: str | None) -> float:
    """A share of 100,000; 0 for none, and for what lies outside."""
    return min(max(int(value), 0), 95_000) / 100_000 if value and value.lstrip("-").isdecimal() else 0.0


def walk(tree: Any, frame: Frame) -> Iterator[tuple[Any, Frame]]:
    """The shapes in a tree, each with the frame of its group; groups themselves come before what they hold. Of what is
    there twice, for newer and for older programs, the older one's is taken."""
    for element in tree:
        if not isinstance(element.tag, str):
            continue
        if element.tag == f"{_MC}AlternateContent":
            yield from walk(_branch(element), frame)
        elif element.tag == f"{P}grpSp":
            yield element, frame
            yield from walk(element, frame.within(element.find("p:grpSpPr/a:xfrm", NS)))
        elif element.tag in (f"{P}sp", f"{P}pic", f"{P}graphicFrame", f"{P}cxnSp", f"{P}contentPart"):
            yield element, frame


def _branch(element: Any) -> Any:
    """The branch of an `<mc:AlternateContent>` that is read: ink is in the newer one only, and so are the words beside an
    equation; of newer charts the older branch says that they cannot be shown."""
    choice, fallback = element.find(f"{_MC}Choice"), element.find(f"{_MC}Fallback")
    if choice is not None:
        charts = (data for data in choice.iter(f"{A}graphicData") if data.get("uri", "").endswith("/chartex"))
        newer = (choice.find(f"{P}contentPart"), choice.find(f".//{_MATH}"), next(charts, None))
        if any(one is not None for one in newer):
            return choice
    if fallback is not None and len(fallback):
        return fallback
    return choice if choice is not None else ()


def alternative(element: Any) -> str:
    """The alternative text of a shape, without what programs write by themselves."""
    about = element.find("*/p:cNvPr", NS)
    return told(" ".join(dict.fromkeys(part for key in ("title", "descr") if (part := about.get(key, "").strip()))))


def told(words: str) -> str:
    """An alternative text without what programs write by themselves."""
    words = " ".join(_BY_ITSELF.sub(" ", words.removeprefix("fig: ")).split())
    return "" if _NO_ALT.fullmatch(words) else words


def said_in(element: Any) -> list[str]:
    """The texts of a shape as the file has them: its paragraphs, and its alternative text."""
    if element.tag == f"{P}grpSp":
        about = element.find("*/p:cNvPr", NS)
        return [alternative(element)] if about is not None else []
    out = []
    for paragraph in element.iter(f"{A}p"):
        words: list[str] = []
        for child in pieces(paragraph):
            if child.tag in (f"{A}r", f"{A}fld") and child.get("type") != "slidenum":
                words.append(decoded(child.findtext("a:t", "", NS)))
            elif child.tag == f"{A}br":
                words.append("\n")
            elif isinstance(child.tag, str) and child.tag.endswith("}m"):
                words.append(
                    "".join(t.text or "" for t in child.iter() if isinstance(t.tag, str) and t.tag.endswith("}t"))
                )
        out.append("".join(words))
    if element.find("*/p:cNvPr", NS) is not None:
        out.append(alternative(element))
    return [text for text in out if text.strip()]
