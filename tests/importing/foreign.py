"""One deck as many programs write it: what they all say, and makers that write it as those programs do."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax.saxutils import escape

import pptx
from PIL import Image
from pptx.util import Inches
from reportlab.pdfgen.canvas import Canvas

from tools import need

TITLE, SUBTITLE = "Beekeeping in town", "A first evening for neighbours"


@dataclass(frozen=True)
class Said:
    """A slide: its title, items of a list with their levels, paragraphs, rows of a table, a picture's alternative text, notes."""

    title: str
    points: Sequence[tuple[int, str]] = ()
    text: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    alt: str = ""
    notes: str = ""

    @property
    def words(self) -> str:
        cells = (cell for row in self.rows for cell in row)
        return " ".join([self.title, *(words for _, words in self.points), *self.text, *cells, self.alt, self.notes])


SLIDES = (
    Said(
        "What you need",
        [(0, "A quiet corner"), (1, "Morning sun, wind from behind"), (0, "Two neighbours who said yes")],
        notes="Nobody begins with two hives. Ask the landlord before the neighbours.",
    ),
    Said("Costs of the first year", rows=[("Item", "Euros"), ("Hive", "180"), ("Colony", "140"), ("Suit", "95")]),
    Said(
        "Who is who",
        text=["One queen, thousands of workers, some drones.", "They feed her; she lays two thousand eggs a day."],
        alt="A queen among her workers",
    ),
    Said(
        "How a year goes",
        [
            (0, f"{month} brings {work}")
            for month, work in (
                ("March", "a first look"),
                ("May", "swarms"),
                ("July", "honey"),
                ("August", "feeding & mites"),
            )
        ],
    ),
    Said("What would you ask your neighbours?", text=["Who is afraid of stings, and who is allergic?"]),
)
WORDS = " ".join([TITLE, SUBTITLE, *(slide.words for slide in SLIDES)])
PRINTED = " ".join([TITLE, SUBTITLE, *(replace(slide, alt="", notes="").words for slide in SLIDES)])


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (220, 160, 40)).save(out, "PNG")
    return out.getvalue()


def office(form: str, source: Path, folder: Path, *options: str) -> Path:
    """The file as LibreOffice converts it."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        need("soffice"),
        "--headless",
        profile,
        *options,
        "--convert-to",
        form,
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{form.partition(':')[0]}"


def by_pandoc(folder: Path) -> Path:
    """What pandoc makes of Markdown."""
    (folder / "bees.png").write_bytes(picture())
    lines = ["---", f"title: {TITLE}", f"subtitle: {SUBTITLE}", "---", ""]
    for slide in SLIDES:
        lines += [f"## {slide.title}", "", *(f"{'    ' * level}- {words}" for level, words in slide.points), ""]
        lines += [line for words in slide.text for line in (words, "")]
        if slide.rows:
            lines += ["| " + " | ".join(row) + " |" for row in (slide.rows[0], ("---", "---"), *slide.rows[1:])] + [""]
        lines += [f"![{slide.alt}](bees.png)", ""] if slide.alt else []
        lines += ["::: notes", slide.notes, ":::", ""] if slide.notes else []
    (folder / "bees.md").write_text("\n".join(lines), encoding="utf-8")
    command = [need("pandoc"), "bees.md", "-o", "bees.pptx"]
    subprocess.run(command, check=True, cwd=folder, capture_output=True, timeout=60)
    return folder / "bees.pptx"


def by_pages(folder: Path) -> Path:
    """What LibreOffice makes of a PDF, as Marp does for decks that can be edited: lines of text, each somewhere."""
    canvas = Canvas(str(folder / "pages.pdf"), pagesize=(960, 540))
    for slide in (Said(TITLE, text=[SUBTITLE]), *SLIDES):
        canvas.setFont("Helvetica-Bold", 36)
        canvas.drawString(60, 460, slide.title)
        canvas.setFont("Helvetica", 20)
        lines = [f"{'  ' * level}\u2022 {words}" for level, words in slide.points] + list(slide.text)
        for n, words in enumerate([*lines, *("   ".join(row) for row in slide.rows)]):
            canvas.drawString(60, 390 - 36 * n, words)
        canvas.showPage()
    canvas.save()
    return office("pptx:Impress MS PowerPoint 2007 XML", folder / "pages.pdf", folder, "--infilter=impress_pdf_import")


def filled(template: Path, folder: Path) -> Path:
    """The template with the slides, in its layouts' placeholders as far as it has any."""
    deck = pptx.Presentation(str(template))
    ids = deck.slides._sldIdLst
    for entry in list(ids):
        deck.part.drop_rel(entry.rId)
        ids.remove(entry)
    titled = [x for x in deck.slide_layouts if any(p.placeholder_format.type in (1, 3) for p in x.placeholders)]
    layouts = titled or list(deck.slide_layouts)
    for n, said in enumerate((Said(TITLE, text=[SUBTITLE]), *SLIDES)):
        wanted = "Title Slide" if n == 0 else "Title, Content" if said.points or said.text else "Title Only"
        layout = next((x for x in layouts if x.name == wanted), layouts[min(1, len(layouts) - 1)])
        slide = deck.slides.add_slide(layout)
        if slide.shapes.title is not None:
            slide.shapes.title.text = said.title
        else:
            slide.shapes.add_textbox(Inches(0.5), Inches(0.3), Inches(8), Inches(0.8)).text_frame.text = said.title
        holders = [
            p for p in slide.placeholders if p.has_text_frame and p.placeholder_format.type not in (1, 3, 13, 15, 16)
        ]
        lines = list(said.points) or [(0, words) for words in said.text]
        frame = (
            holders[0] if holders else slide.shapes.add_textbox(Inches(1), Inches(2), Inches(7), Inches(3))
        ).text_frame
        for m, (level, words) in enumerate(lines):
            paragraph = frame.paragraphs[0] if m == 0 else frame.add_paragraph()
            paragraph.text, paragraph.level = words, level
        _shown(slide, said)
    out = folder / f"{template.stem}-filled.pptx"
    deck.save(str(out))
    return out


def by_keynote(folder: Path) -> Path:
    """As Keynote exports: shapes named after its placeholders, looks on each run, and its own names of layouts."""

    def change(name: str, text: str) -> str:
        if name.startswith("ppt/slides/"):
            text = re.sub(r'name="Title \d+"', 'name="Title Text"', text)
            text = re.sub(r'name="Content Placeholder \d+"', 'name="Body Level One&#10;Body Level Two"', text)
            text = text.replace("<a:r><a:t>", '<a:r><a:rPr><a:latin typeface="Helvetica Neue"/></a:rPr><a:t>')
        return text.replace('<p:cSld name="Title and Content">', '<p:cSld name="Title &amp; Bullets">')

    return rewritten(
        filled(Path(pptx.__file__).parent / "templates/default.pptx", folder), folder / "keynote.pptx", change
    )


def by_google(folder: Path) -> Path:
    """As Google Slides exports: its names for all shapes, placeholders as bodies, markers and looks on each paragraph."""

    def change(name: str, text: str) -> str:
        if name.startswith("ppt/slides/"):
            text = re.sub(r'(<p:cNvPr id="(\d+)" name=")[^"]*"', r'\1Google Shape;\2;p1"', text)
            text = re.sub(r'<p:ph idx="1"/>', '<p:ph type="body" idx="1"/>', text)
            text = re.sub(
                r"<a:pPr/>",
                '<a:pPr marL="457200" indent="-342900"><a:buSzPts val="1800"/><a:buChar char="●"/></a:pPr>',
                text,
            )
            text = text.replace("<a:r><a:t>", '<a:r><a:rPr lang="en"/><a:t>')
        return text

    return rewritten(
        filled(Path(pptx.__file__).parent / "templates/default.pptx", folder), folder / "google.pptx", change
    )


def rewritten(source: Path, target: Path, change: Callable[[str, str], str]) -> Path:
    """A copy of a file, each XML part given to `change` with its name."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(name, data.decode("utf-8")) if name.endswith(".xml") else data)
    return target


def _shown(slide: pptx.slide.Slide, said: Said) -> None:
    if said.rows:
        table = slide.shapes.add_table(len(said.rows), 2, Inches(1), Inches(2), Inches(6), Inches(2)).table
        for y, row in enumerate(said.rows):
            for x, words in enumerate(row):
                table.cell(y, x).text = words
    if said.alt:
        shape = slide.shapes.add_picture(io.BytesIO(picture()), Inches(6), Inches(4), Inches(3))
        shape._element._nvXxPr.cNvPr.set("descr", said.alt)
    if said.notes:
        slide.notes_slide.notes_text_frame.text = said.notes


_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TREE = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'


def by_program(folder: Path) -> Path:
    """What libraries such as docx4j write for the programs that use them: one bare layout, no placeholders, text in boxes that
    inherit nothing, titles but larger letters, typed bullets, and only the parts that there must be."""
    parts: dict[str, str] = {}
    types: dict[str, str] = {}
    main = "application/vnd.openxmlformats-officedocument.presentationml."

    def part(name: str, kind: str, xml: str, *relations: tuple[str, str]) -> None:
        parts[name], types[name] = f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>{xml}", f"{main}{kind}+xml"
        if relations:
            head, tail = name.rsplit("/", 1)
            parts[f"{head}/_rels/{tail}.rels"] = _relations(relations)

    empty = f"<p:cSld><p:spTree>{_TREE}</p:spTree></p:cSld>"
    map_ = 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" ' + " ".join(f'accent{n}="accent{n}"' for n in range(1, 7))
    part("ppt/slideMasters/slideMaster1.xml", "slideMaster", f'<p:sldMaster {_NS}>{empty}<p:clrMap {map_} hlink="hlink" '
         'folHlink="folHlink"/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>',
         ("slideLayout", "../slideLayouts/slideLayout1.xml"))  # fmt: skip
    part("ppt/slideLayouts/slideLayout1.xml", "slideLayout", f"<p:sldLayout {_NS}>{empty}</p:sldLayout>",
         ("slideMaster", "../slideMasters/slideMaster1.xml"))  # fmt: skip
    slides = (Said(TITLE, text=[SUBTITLE]), *SLIDES)
    for n, said in enumerate(slides, 1):
        lines = [f"{'  ' * level}- {words}" for level, words in said.points] + list(said.text)
        shapes = _box(2, said.title, 0.5, 36) + "".join(_box(3 + m, x, 1.6 + 0.6 * m, 18) for m, x in enumerate(lines))
        relations = [("slideLayout", "../slideLayouts/slideLayout1.xml")]
        if said.rows:
            shapes += _table(said.rows)
        if said.alt:
            relations.append(("image", "../media/image1.png"))
            shapes += (
                f'<p:pic><p:nvPicPr><p:cNvPr id="40" name="Picture" descr="{escape(said.alt)}"/><p:cNvPicPr/><p:nvPr/>'
                "</p:nvPicPr>"
                '<p:blipFill><a:blip r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
                '<a:off x="4572000" y="3429000"/><a:ext cx="3048000" cy="2286000"/></a:xfrm></p:spPr></p:pic>'
            )
        if said.notes:
            relations.append(("notesSlide", f"../notesSlides/notesSlide{n}.xml"))
            body = f'<p:sp><p:nvSpPr><p:cNvPr id="2" name=""/><p:cNvSpPr/><p:nvPr><p:ph type="body"/></p:nvPr></p:nvSpPr><p:spPr/>{_body(said.notes, 12)}</p:sp>'  # noqa: E501
            part(f"ppt/notesSlides/notesSlide{n}.xml", "notesSlide",
                 f"<p:notes {_NS}><p:cSld><p:spTree>{_TREE}{body}</p:spTree></p:cSld></p:notes>",
                 ("slide", f"../slides/slide{n}.xml"))  # fmt: skip
        xml = f"<p:sld {_NS}><p:cSld><p:spTree>{_TREE}{shapes}</p:spTree></p:cSld></p:sld>"
        part(f"ppt/slides/slide{n}.xml", "slide", xml, *relations)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n + 1}"/>' for n in range(1, len(slides) + 1))
    part("ppt/presentation.xml", "presentation.main", f'<p:presentation {_NS}><p:sldMasterIdLst><p:sldMasterId id="2147483648" '
         f'r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz '
         'cx="6858000" cy="9144000"/></p:presentation>', ("slideMaster", "slideMasters/slideMaster1.xml"),
         *(("slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)))  # fmt: skip
    parts["_rels/.rels"] = _relations([("officeDocument", "ppt/presentation.xml")])
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    parts["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" '
        f'ContentType="image/png"/>{listed}</Types>'
    )
    out = folder / "program.pptx"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
        file.writestr("ppt/media/image1.png", picture())
    return out


def _relations(relations: Sequence[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{_TYPE}/{k}" Target="{t}"/>' for n, (k, t) in enumerate(relations, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def _body(words: str, size: int) -> str:
    runs = f'<a:p><a:r><a:rPr sz="{size}00"/><a:t>{escape(words)}</a:t></a:r></a:p>'
    return f"<p:txBody><a:bodyPr/>{runs}</p:txBody>"


def _box(number: int, words: str, top: float, size: int) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="TextBox {number}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="457200" y="{int(top * 914400)}"/><a:ext cx="8229600" cy="{size * 25400}"/></a:xfrm></p:spPr>'
        f"{_body(words, size)}</p:sp>"
    )


def _table(rows: Sequence[Sequence[str]]) -> str:
    cells = ""
    for row in rows:
        texts = (_body(words, 14).replace("p:txBody", "a:txBody") for words in row)
        cells += f'<a:tr h="370840">{"".join(f"<a:tc>{text}<a:tcPr/></a:tc>" for text in texts)}</a:tr>'
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="50" name="Table"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
        '<p:xfrm><a:off x="457200" y="1828800"/><a:ext cx="6096000" cy="1483360"/></p:xfrm><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr/><a:tblGrid><a:gridCol w="3048000"/>'
        f'<a:gridCol w="3048000"/></a:tblGrid>{cells}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>'
    )
