"""Formulas in the files: PowerPoint's own in the deck, drawn and said in the documents."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import page as validation
import pikepdf
import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from deckbuilder.content.formulas.tex import read_formula
from deckbuilder.layout.formula import shape_of
from deckbuilder.outputs.pptx.formula import formula_xml
from tools import GOLDEN, TESTS, Built, arrange, build_files, deck_folder, need, run, slides_to_pdf

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "d": "http://schemas.microsoft.com/office/drawing/2010/main",
}
WRITTEN = (
    r"\frac{a}{b^2}",
    r"x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}",
    r"\sqrt[3]{x}",
    r"x_i^2",
    r"{}^{14}\mathrm{C}",
    r"\sum_{i=1}^n x_i + 1",
    r"\int_0^1 x\,dx = \frac13",
    r"\lim_{x\to 0} \frac{\sin x}{x}",
    r"\hat p \pm \overline{AB}",
    r"\underbrace{a+b}_{n}",
    r"\left(\frac{a}{b}\right)^2",
    r"\left.\frac{a}{b}\right|_0",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}^{-1}",
    r"\begin{cases}1 & x > 0\\ 0 & \text{otherwise}\end{cases}",
    r"\begin{aligned} a &= b \\ &= c \end{aligned}",
    r"\binom{n}{k}",
    r"P(A \mid B) < 5\,\%",
)


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_files(tmp_path_factory.mktemp("formulas"), TESTS / "fixtures" / "formulas")


def slides(built: Built) -> list[etree._Element]:
    with zipfile.ZipFile(built.deck) as package:
        names = [n for n in package.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
        return [etree.fromstring(package.read(name)) for name in sorted(names)]


def test_formulas_are_written_as_they_were(request: pytest.FixtureRequest) -> None:
    lines = []
    for tex in WRITTEN:
        formula = read_formula(tex, False, "en")
        lines += [tex, f"  {formula.linear}", f"  {formula.spoken}", f"  {formula_xml(formula, None)}", ""]
    file = GOLDEN / "formulas.txt"
    if request.config.getoption("--golden"):
        file.write_text("\n".join(lines), encoding="utf-8")
    assert "\n".join(lines) == file.read_text(encoding="utf-8"), "if the change is meant: make golden"


def test_both_judges_accept_the_deck(formulas: Built) -> None:
    report = json.loads(run(need("ooxml-validator"), formulas.deck, ok=(0, 1)))
    assert report.get("errors", []) == []
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(formulas.deck)
    assert [str(error) for error in result.errors] == []


def test_every_shape_with_formulas_has_a_fallback_that_can_be_read(formulas: Built) -> None:
    count = 0
    for slide in slides(formulas):
        assert all(f.getparent().tag == f"{{{NS['a']}}}p" for f in slide.iterfind(".//d:m", NS))
        for choice in slide.iterfind(".//mc:AlternateContent", NS):
            count += 1
            native, plain = choice
            assert native.nsmap[native.get("Requires")] == NS["d"]
            assert native.findall(".//m:oMath", NS)
            assert not plain.findall(".//m:oMath", NS)
            words = ["".join(t.text for t in shape.iterfind(".//a:t", NS)) for shape in (native, plain)]
            assert len(words[1]) > len(words[0])
            ids = [shape.find(".//p:cNvPr", NS).get("id") for shape in (native, plain)]
            assert ids[0] == ids[1]
    assert count == 8
    assert sum(len(s.findall(".//mc:Choice//m:oMath", NS)) for s in slides(formulas)) == 20


def test_a_formula_by_itself_is_a_paragraph_of_mathematics(formulas: Built) -> None:
    [first, second] = [p for slide in slides(formulas) for p in slide.iterfind(".//m:oMathPara", NS)]
    assert first.find(".//m:nary", NS) is not None
    assert second.find(".//m:m", NS) is not None
    assert first.find(".//m:jc", NS).get(f"{{{NS['m']}}}val") == "left"


def test_libreoffice_shows_formulas_on_a_line(formulas: Built, tmp_path: Path) -> None:
    words = run(need("pdftotext"), slides_to_pdf(formulas.deck, tmp_path), "-")
    assert "x = (−b ± √(b² − 4ac))/(2a)" in words
    assert "For all n > 0: e^(iπ) + 1 = 0" in words


def test_documents_say_formulas_between_the_words(formulas: Built) -> None:
    for pdf in formulas.documents:
        report = validation.validate_pdf(str(pdf), profile="ua1", limits=validation.SafetyLimits.unlimited())
        assert report.is_compliant, f"{pdf.name}: {report}"
    with pikepdf.open(formulas.handout) as pdf:
        nodes = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Formula"]
        said = [str(node.Alt) for node in nodes]
    assert "E equals m c squared" in said
    assert "root 3 of 8" in said
    assert all(said)
    tree = run(need("pdfinfo"), "-struct-text", formulas.handout)
    assert re.search(r'"What is "\s+Formula[^"]*""\s+"\? "', tree)


def test_formulas_on_pages_are_outlines(formulas: Built) -> None:
    fonts = run(need("pdffonts"), formulas.handout)
    assert "STIX" not in fonts
    with pikepdf.open(formulas.handout) as pdf:
        code = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert code.count(b"/Formula <</MCID") > 15
    assert b" c\n" in code or b" c " in code


def test_code_keeps_its_indentation_and_its_quotes_on_paper(formulas: Built) -> None:
    words = run(need("pdftotext"), "-layout", formulas.handout, "-")
    code = next(line for line in words.splitlines() if "for x in" in line)
    inner = next(line for line in words.splitlines() if "print(x)" in line)
    assert '"abc"' in code
    assert len(inner) - len(inner.lstrip()) > len(code) - len(code.lstrip())


def test_a_line_makes_room_for_what_is_high(tmp_path: Path) -> None:
    tall = r"$\displaystyle\sum_{i=1}^{n} \frac{x_i}{\frac{a}{b}}$"
    items = {}
    for name, point in (("low", "word"), ("tall", tall)):
        folder = tmp_path / name
        slide = {"kind": "points", "title": "T", "minutes": 1, "points": [point, "below"]}
        frame = arrange(deck_folder(folder, slide)).of_kind("points")[0]
        [items[name]] = [i.text for i in frame.items if "below" in i.text.plain]
    low, high = ([p.lines[0].y for p in items[name].paragraphs] for name in ("low", "tall"))
    shape = shape_of(read_formula(tall.strip("$"), False, "en-US"))
    size = items["tall"].paragraphs[0].size
    assert high[0] >= shape.height * size
    assert high[1] - high[0] >= shape.depth * size + 0.7 * size
    assert high[1] > low[1]


def test_a_formula_has_room_for_the_wider_digits_of_powerpoint() -> None:
    shape = shape_of(read_formula("1234567890", False, "en"))
    assert shape.room >= 0.554 * 10  # Cambria's digits, in ems
    assert shape.room < shape.width * 1.2


def test_a_formula_that_no_line_holds_is_told(tmp_path: Path) -> None:
    wide = "$" + "+".join(f"x_{{{n}}}" for n in range(60)) + "$"
    slide = {"kind": "points", "title": "T", "minutes": 1, "points": [wide, "b"]}
    arranged = arrange(deck_folder(tmp_path, slide))
    assert [p.code for p in arranged.problems] == ["text-does-not-fit"]
    assert "formula" in next(iter(arranged.problems)).message
