"""What slides have that is no text: diagrams, films, sounds, equations, ink, objects, new charts; comments and movement.
Nothing of it goes without a word."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pptx
import pytest
from importing_tools import imported, slides_of
from lxml import etree
from PIL import Image
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from deckbuilder.importing import rendering
from tools import need

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
NS = (
    f'xmlns:p="{P}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" '
    'xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex" '
    'xmlns:cx1="http://schemas.microsoft.com/office/drawing/2015/9/8/chartex"'
)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLACE = '<a:off x="914400" y="1828800"/><a:ext cx="4572000" cy="2286000"/>'
FORMULA = (
    "<m:oMath><m:r><m:t>E=m</m:t></m:r><m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r>"
    "<m:t>2</m:t></m:r></m:sup></m:sSup>"
    "</m:oMath>"
)


class Deck:
    """A deck of python-pptx's, with what python-pptx does not write put in as XML."""

    def __init__(self) -> None:
        self.deck = pptx.Presentation()
        self.slide("Objects", "Title Slide")

    def slide(self, title: str, layout: str = "Title Only") -> Any:
        slide = self.deck.slides.add_slide(next(x for x in self.deck.slide_layouts if x.name == layout))
        slide.shapes.title.text = title
        return slide

    @staticmethod
    def put(slide: Any, xml: str) -> None:
        slide.shapes._spTree.append(etree.fromstring(xml.replace(">", f" {NS}>", 1)))

    @staticmethod
    def part(slide: Any, name: str, kind: str, data: bytes, relation: str = TYPES) -> str:
        part = Part(PackURI(name), "application/xml", slide.part.package, data)
        return str(slide.part.relate_to(part, f"{relation}/{kind}"))

    def imported(self, tmp_path: Path) -> tuple[list[dict[str, Any]], list[list[str]]]:
        """The new slides behind the cover, and what the report says was left out on each."""
        self.deck.save(str(tmp_path / "old.pptx"))
        report, deck = imported(tmp_path / "old.pptx", tmp_path)
        assert not report.repeated
        left = [[f"{one.what}: {one.words}" if one.words else one.what for one in row.left] for row in report.slides]
        return slides_of(deck)[1:], left[1:]


def picture(colour: str = "orange") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    out.seek(0)
    return out


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where LibreOffice is not there."""
    monkeypatch.setattr(rendering, "office", lambda: None)


def test_a_diagram_is_a_list_of_its_words(tmp_path: Path) -> None:
    deck = Deck()
    slide = deck.slide("The order")
    points = '<dgm:pt modelId="1" type="doc"/>'
    for number, words in (("2", "Wash"), ("3", "Cook"), ("4", "To the middle")):
        text = f"<dgm:t><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t>"
        points += f'<dgm:pt modelId="{number}">{text}</dgm:pt>'
    links = "".join(
        f'<dgm:cxn modelId="{9 + n}" srcId="{a}" destId="{b}" srcOrd="{order}" destOrd="0"/>'
        for n, (a, b, order) in enumerate((("1", "2", 0), ("1", "3", 1), ("3", "4", 0)))
    )
    model = f"<dgm:dataModel {NS}><dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>"
    key = deck.part(slide, "/ppt/diagrams/data1.xml", "diagramData", model.encode())
    deck.put(slide, f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="Diagram" descr="How food is made safe"/>'
             f"<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm>{PLACE}</p:xfrm><a:graphic><a:graphicData "
             f'uri="http://schemas.openxmlformats.org/drawingml/2006/diagram">'
             f'<dgm:relIds r:dm="{key}"/></a:graphicData></a:graphic>'
             "</p:graphicFrame>")  # fmt: skip
    (only,), (left,) = deck.imported(tmp_path)
    assert only.get("points", only.get("steps", only.get("stages"))) == [
        "Wash",
        {"text": "Cook", "points": ["To the middle"]},
    ]
    assert left == [
        "a diagram as such: its words are a list",
        "the alternative text of a diagram: How food is made safe",
    ]


@pytest.mark.usefixtures("undrawn")
def test_pictures_in_diagrams_behind_slides_and_in_the_place_of_what_is_newer_come_in(tmp_path: Path) -> None:
    deck = Deck()
    diagram, behind, again, once_more, zoom, ink = (
        deck.slide(title) for title in ("Flowers", "A meadow", "One wall", "Another wall", "To the end", "By hand")
    )
    words = "<dgm:t><a:bodyPr/><a:p><a:r><a:t>Rose</a:t></a:r></a:p></dgm:t>"
    boxes = f'<dgm:pt modelId="1" type="doc"/><dgm:pt modelId="2">{words}</dgm:pt>'
    about = (
        '<dgm:extLst><a:ext uri="{E}"><d:cNvPr xmlns:d="http://schemas.microsoft.com/office/drawing/2010/diagram" id="0" '
        'name="" descr="A red rose"/></a:ext></dgm:extLst>'
    )
    fill = '<dgm:spPr><a:blipFill><a:blip r:embed="rId1"/></a:blipFill></dgm:spPr>'
    boxes += f'<dgm:pt modelId="3" type="pres">{fill}{about}</dgm:pt>'
    link = '<dgm:cxn modelId="9" srcId="1" destId="2" srcOrd="0" destOrd="0"/>'
    model = f"<dgm:dataModel {NS}><dgm:ptLst>{boxes}</dgm:ptLst><dgm:cxnLst>{link}</dgm:cxnLst></dgm:dataModel>"
    key = deck.part(diagram, "/ppt/diagrams/data1.xml", "diagramData", model.encode())
    image, _ = diagram.part.get_or_add_image_part(picture())
    diagram.part.related_part(key).relate_to(image, f"{TYPES}/image")
    frame = '<p:nvGraphicFramePr><p:cNvPr id="9" name="Diagram"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
    deck.put(diagram, f"<p:graphicFrame>{frame}<p:xfrm>{PLACE}</p:xfrm><a:graphic><a:graphicData "
             f'uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"><dgm:relIds r:dm="{key}"/></a:graphicData>'
             "</a:graphic></p:graphicFrame>")  # fmt: skip
    for slide, colour in ((behind, "green"), (again, "grey"), (once_more, "grey")):
        _, key = slide.part.get_or_add_image_part(picture(colour))
        fill = f'<a:blipFill><a:blip r:embed="{key}"/><a:stretch/></a:blipFill>'
        slide._element.cSld.insert(0, etree.fromstring(f"<p:bg {NS}><p:bgPr>{fill}</p:bgPr></p:bg>"))
    for slide, newer in (
        (zoom, '<p:graphicFrame><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/powerpoint/2016/slidezoom"/>'
               "</a:graphic></p:graphicFrame>"),
        (ink, '<p:contentPart r:id=""><p14:nvContentPartPr><p14:cNvPr id="9" name="Ink" descr="An arrow"/></p14:nvContentPartPr>'
              f"<p14:xfrm>{PLACE}</p14:xfrm></p:contentPart>"),
    ):  # fmt: skip
        _, key = slide.part.get_or_add_image_part(picture("blue"))
        older = '<p:pic><p:nvPicPr><p:cNvPr id="9" name="Ink"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip '
        older += f'r:embed="{key}"/></p:blipFill><p:spPr><a:xfrm>{PLACE}</a:xfrm></p:spPr></p:pic>'
        deck.put(slide, f'<mc:AlternateContent><mc:Choice Requires="p14">{newer}</mc:Choice><mc:Fallback>{older}</mc:Fallback>'
                 "</mc:AlternateContent>")  # fmt: skip
    slides, left = deck.imported(tmp_path)
    assert (slides[0]["points"], slides[0]["picture"]["alt"]) == (["Rose"], "A red rose")
    assert [slide["kind"] for slide in slides[1:]] == ["picture", "section", "section", "picture", "picture"]
    assert left[2] == left[3] == ["a picture behind several slides"]
    assert left[4][0] == "a zoom to other slides as such: it is a picture now"
    assert (slides[5]["picture"]["alt"], left[5]) == ("An arrow", ["handwriting as such: it is a picture now"])


def test_notes_pages_clicks_cells_and_custom_shows_lose_nothing_without_a_word(tmp_path: Path) -> None:
    deck = Deck()
    noted, clicked, merged = (deck.slide(title) for title in ("Notes", "Clicks", "Cells"))
    noted.notes_slide.notes_text_frame.text = "Some notes."
    row = "<a:tr><a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>Hemlock</a:t></a:r></a:p></a:txBody></a:tc></a:tr>"
    noted.notes_slide.shapes._spTree.append(etree.fromstring(
        f"<p:graphicFrame {NS}><a:graphic><a:graphicData><a:tbl>{row}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    ))  # fmt: skip
    run = clicked.shapes.add_textbox(Inches(1), Inches(2), Inches(4), Inches(1)).text_frame.paragraphs[0].add_run()
    run.text = "On we go"
    action = "ppaction://hlinkshowjump?jump=nextslide"
    run._r.get_or_add_rPr().append(etree.fromstring(f'<a:hlinkClick {NS} r:id="" action="{action}"/>'))
    table = merged.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(1, 0).text, table.cell(1, 1).text = "Both", "One", "Two"
    table.cell(0, 0).merge(table.cell(0, 1))
    show = f'<p:custShowLst {NS}><p:custShow name="Short" id="0"><p:sldLst/></p:custShow></p:custShowLst>'
    deck.deck.part._element.append(etree.fromstring(show))
    for layout in deck.deck.slide_layouts:
        box = layout.shapes._spTree
        text = f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>Of {layout.name}</a:t></a:r></a:p></p:txBody>"
        about = '<p:nvSpPr><p:cNvPr id="99" name="Box"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        box.append(etree.fromstring(f"<p:sp {NS}>{about}<p:spPr/>{text}</p:sp>"))
    _, left = deck.imported(tmp_path)
    assert left[0] == ["a table on the notes page: Hemlock"]
    assert left[1] == ["what a click does in PowerPoint: hlinkshowjump?jump=nextslide"]
    assert left[2] == ["a guess: what a cell says that reaches over several stands in the first of them"]
    told = (tmp_path / "new" / "import.txt").read_text("utf-8")
    assert "a custom show, a choice of slides by name: Short" in told
    assert re.findall("what layouts show on slides: Of (.*)", told) == ["Title Slide", "Title Only"]


@pytest.mark.slow
def test_libreoffice_takes_nothing_in_that_lies_elsewhere(tmp_path: Path) -> None:
    Image.new("RGB", (64, 48), "red").save(tmp_path / "secret.png")
    deck = Deck()
    slide = deck.slide("A drawing")
    shape = slide.shapes.build_freeform(914_400, 1_828_800)
    shape.add_line_segments([(3_657_600, 1_828_800), (2_286_000, 3_657_600)], close=True)
    shape.convert_to_shape()
    address = (tmp_path / "secret.png").as_uri()
    key = slide.part.relate_to(address, f"{TYPES}/image", is_external=True)
    deck.put(slide, '<p:pic><p:nvPicPr><p:cNvPr id="9" name="P"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip '
             f'r:link="{key}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>{PLACE}</a:xfrm>'
             '<a:prstGeom prst="rect"/></p:spPr></p:pic>')  # fmt: skip
    need("soffice")
    (only,), _ = deck.imported(tmp_path)
    with Image.open(tmp_path / "new" / only["picture"]["file"]) as drawn:
        colours = {colour for _, colour in drawn.convert("RGB").getcolors(1_000_000) or ()}
    assert len(colours) > 1
    assert (255, 0, 0) not in colours


def test_films_and_sounds_lie_beside_the_deck_with_their_posters(tmp_path: Path) -> None:
    deck = Deck()
    film = deck.slide("A film of the kitchen")
    film.shapes.add_movie(io.BytesIO(b"film"), Inches(1), Inches(2), Inches(4), Inches(3), picture(), "video/mp4")
    sound = deck.slide("The sound of frying")
    shape = sound.shapes.add_movie(
        io.BytesIO(b"sound"), Inches(1), Inches(2), Inches(2), Inches(2), picture(), "audio/mpeg"
    )
    shape._element.find(
        f".//{{{NS.split('xmlns:a=')[1].split(chr(34))[1]}}}videoFile"
    ).tag = "{http://schemas.openxmlformats.org/drawingml/2006/main}audioFile"
    slides, left = deck.imported(tmp_path)
    assert [slide["kind"] for slide in slides] == ["picture", "picture"]
    files = sorted((tmp_path / "new" / "media").iterdir())
    assert [file.read_bytes() for file in files] == [b"film", b"sound"]
    assert "a video within the deck; it lies in media/slide-2.mp4" in left[0][0] + left[0][-1]
    assert any(one.startswith("a sound within the deck; it lies in media/slide-3") for one in left[1])


@pytest.mark.usefixtures("undrawn")
def test_an_equation_is_the_picture_that_the_file_has_of_it_and_its_signs_stay(tmp_path: Path) -> None:
    deck = Deck()
    alone, beside = deck.slide("By itself"), deck.slide("In a sentence")
    for slide, words in ((alone, ""), (beside, "<a:r><a:t>They say </a:t></a:r>")):
        _, key = slide.part.get_or_add_image_part(picture())
        about = '<p:nvSpPr><p:cNvPr id="9" name="Box"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        body = f"<p:txBody><a:bodyPr/><a:p>{words}<a14:m><m:oMathPara>{FORMULA}</m:oMathPara></a14:m></a:p></p:txBody>"
        deck.put(slide, f'<mc:AlternateContent><mc:Choice Requires="a14"><p:sp>{about}<p:spPr>'
            f'<a:xfrm>{PLACE}</a:xfrm></p:spPr>'
                 f"{body}</p:sp></mc:Choice><mc:Fallback><p:sp>{about}<p:spPr><a:xfrm>{PLACE}</a:xfrm><a:blipFill><a:blip "
                 f'r:embed="{key}"/></a:blipFill></p:spPr><p:txBody><a:bodyPr/><a:p><a:r>'
                 f'<a:t> </a:t></a:r></a:p></p:txBody></p:sp>'
                 "</mc:Fallback></mc:AlternateContent>")  # fmt: skip
    (first, second), left = deck.imported(tmp_path)
    assert (first["kind"], first["picture"]["alt"]) == ("picture", "E=mc2")
    assert left[0] == ["an equation as such: it is a picture now"]
    assert "They say E=mc2" in str(second)
    assert left[1] == ["an equation as such: its signs stand in the text: E=mc2"]


@pytest.mark.usefixtures("undrawn")
def test_what_cannot_be_drawn_is_named(tmp_path: Path) -> None:
    deck = Deck()
    ink, chart, thing = (deck.slide(title) for title in ("By hand", "A waterfall", "A sheet"))
    key = deck.part(ink, "/ppt/ink/ink1.xml", "customXml", b"<ink/>")
    deck.put(ink, f'<mc:AlternateContent><mc:Choice Requires="p14">'
        f'<p:contentPart p14:bwMode="auto" r:id="{key}"><p14:nvContentPartPr>'
             f'<p14:cNvPr id="9" name="Ink"/></p14:nvContentPartPr><p14:xfrm>{PLACE}</p14:xfrm></p:contentPart></mc:Choice>'
             "</mc:AlternateContent>")  # fmt: skip
    labels = '<cx:lvl ptCount="2"><cx:pt idx="0">Rent</cx:pt><cx:pt idx="1">Flour</cx:pt></cx:lvl>'
    values = '<cx:lvl ptCount="2"><cx:pt idx="0">40</cx:pt><cx:pt idx="1">-8.5</cx:pt></cx:lvl>'
    data = (
        f'<cx:chartSpace {NS}><cx:chartData><cx:data id="0"><cx:strDim type="cat">{labels}</cx:strDim>'
        f'<cx:numDim type="val">{values}</cx:numDim></cx:data></cx:chartData></cx:chartSpace>'
    )
    key = deck.part(
        chart,
        "/ppt/charts/chartEx1.xml",
        "chartEx",
        data.encode(),
        "http://schemas.microsoft.com/office/2014/relationships",
    )
    frame = '<p:nvGraphicFramePr><p:cNvPr id="9" name="Chart"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
    deck.put(chart, f'<mc:AlternateContent><mc:Choice Requires="cx1">'
        f'<p:graphicFrame>{frame}<p:xfrm>{PLACE}</p:xfrm><a:graphic>'
             f'<a:graphicData uri="http://schemas.microsoft.com/office/drawing/2014/chartex">'
             f'<cx:chart r:id="{key}"/></a:graphicData>'
             '</a:graphic></p:graphicFrame></mc:Choice><mc:Fallback><p:sp><p:nvSpPr>'
             '<p:cNvPr id="9" name=""/><p:cNvSpPr/><p:nvPr/>'
             "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r>"
             "<a:t>This chart cannot be shown in your version.</a:t></a:r></a:p>"
             "</p:txBody></p:sp></mc:Fallback></mc:AlternateContent>")  # fmt: skip
    thing.shapes.add_ole_object(
        io.BytesIO(b"sheet"), "Excel.Sheet.12", Inches(1), Inches(2), Inches(3), Inches(2), icon_file=picture()
    )
    slides, left = deck.imported(tmp_path)
    assert left[0] == ["handwriting, which is not text"]
    assert "Rent Flour" in " ".join(left[1])
    assert "a chart of a kind without data, which is not text" in left[1]
    assert (slides[-1]["kind"], left[2][0]) == ("picture", "an embedded object as such: it is a picture now")
    assert "cannot be shown" not in (tmp_path / "new" / "deck.yaml").read_text("utf-8")


def test_comments_and_movement_are_told(tmp_path: Path) -> None:
    deck = Deck()
    old, new = deck.slide("An old comment"), deck.slide("A new comment")
    legacy = f'<p:cmLst {NS}><p:cm authorId="0" idx="1"><p:pos x="1" y="1"/><p:text>Too dark</p:text></p:cm></p:cmLst>'
    deck.part(old, "/ppt/comments/comment1.xml", "comments", legacy.encode())
    kind = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
    text = "<p188:txBody><a:bodyPr/><a:p><a:r><a:t>Whose hall?</a:t></a:r></a:p></p188:txBody>"
    modern = f'<p188:cmLst xmlns:p188="{kind}" {NS}><p188:cm>{text}</p188:cm></p188:cmLst>'
    deck.part(
        new,
        "/ppt/comments/modernComment1.xml",
        "comments",
        modern.encode(),
        "http://schemas.microsoft.com/office/2018/10/relationships",
    )
    for slide, effect in ((old, "animMotion"), (new, "animScale")):
        slide._element.append(etree.fromstring(
            f'<mc:AlternateContent {NS}><mc:Choice Requires="p14"><p:transition p14:dur="2000"/>'
            f'</mc:Choice><mc:Fallback><p:transition/>'
            "</mc:Fallback></mc:AlternateContent>"
        ))  # fmt: skip
        slide._element.append(etree.fromstring(
            f"<p:timing {NS}><p:tnLst><p:par><p:cTn id='1'><p:childTnLst><p:{effect}><p:cBhvr>"
            f"<p:cTn id='2'/></p:cBhvr></p:{effect}>"
            "</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
        ))  # fmt: skip
    _, left = deck.imported(tmp_path)
    assert left == [
        ["comments: Too dark", "animations", "a transition"],
        ["comments: Whose hall?", "animations", "a transition"],
    ]
