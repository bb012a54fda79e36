"""Corporate templates: used as far as they go, or refused with the reason."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import BODY, LayoutRole
from deckbuilder.theme.theme import Theme
from deckbuilder.themes import make_theme
from tools import PICTURES, Package, build_files, deck_folder, need, run

DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"


def edited(target: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """The template with each part changed; None leaves it out."""
    with zipfile.ZipFile(DEFAULT) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                out.writestr(name, data)


def theme_of(folder: Path, problems: Diagnostics | None = None, template: str = "brand.pptx") -> Theme:
    (folder / "_brand.yml").write_text(f"defaults:\n  deckbuilder:\n    template: {template}\n", encoding="utf-8")
    return read_theme(str(folder), problems or Diagnostics())


def test_the_templates_layouts_places_and_size_are_used(tmp_path: Path) -> None:
    edited(tmp_path / "brand.pptx", lambda _, data: data)
    theme = theme_of(tmp_path)
    assert (theme.width, theme.height) == (720, 540)
    points = theme.layouts[LayoutRole("points")]
    assert points.host is not None
    assert points.host.native
    assert points.name == "Title and Content"
    assert points.placeholder(BODY).rect.width == 648


def test_renamed_layouts_are_found_by_their_placeholders_and_said(tmp_path: Path) -> None:
    def rename(name: str, data: bytes) -> bytes:
        return data.replace(b'name="Title and Content"', b'name="Acme 7"').replace(b'type="obj" preserve', b"preserve")

    edited(tmp_path / "brand.pptx", rename)
    theme = theme_of(tmp_path)
    assert theme.layouts[LayoutRole("points")].name == "Acme 7"
    assert theme.corporate is not None
    assert any(
        x.startswith("Lists and texts stand on 'Acme 7', found by its placeholders (") for x in theme.corporate.served
    )


def test_a_layout_that_the_template_lacks_is_an_error_at_its_place(tmp_path: Path) -> None:
    edited(tmp_path / "brand.pptx", lambda _, data: data)
    with pytest.raises(DeckError) as caught:
        theme_of(tmp_path, template="{file: brand.pptx, layouts: {points: Title and Contents}}")
    said = str(caught.value)
    assert "_brand.yml:3:" in said
    assert "did you mean 'Title and Content'?" in said


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda p: p.write_bytes(DEFAULT.read_bytes()[:9000]), "is damaged"),
        (
            lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
            "is protected by a password",
        ),
        (lambda p: edited(p, lambda n, d: None if n == "ppt/presentation.xml" else d), "holds no presentation"),
        (
            lambda p: edited(
                p, lambda n, d: d.replace(b"presentation.main+xml", b"presentation.macroEnabled.main+xml")
            ),
            "holds macros",
        ),
        (
            lambda p: edited(
                p,
                lambda n, d: d.replace(
                    b"http://schemas.openxmlformats.org/presentationml/2006/main",
                    b"http://purl.oclc.org/ooxml/presentationml/main",
                ),
            ),
            "strict variant",
        ),
        (lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "before 2007"),
        (
            lambda p: edited(
                p, lambda n, d: re.sub(rb"<p:sldLayoutIdLst>.*?</p:sldLayoutIdLst>", b"", d, flags=re.DOTALL)
            ),
            "has no slide layouts",
        ),
        (
            lambda p: edited(p, lambda n, d: d[:-20] if n == "ppt/slideMasters/slideMaster1.xml" else d),
            "is not well-formed",
        ),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_the_reason(
    make: Callable[[Path], object], reason: str, tmp_path: Path
) -> None:
    make(tmp_path / "brand.pptx")
    with pytest.raises(DeckError, match=reason):
        theme_of(tmp_path)


EMF = struct.pack("<4I", 1, 88, 0, 0) + bytes(24) + b" EMF" + bytes(60)
BACKGROUND = (
    b'<p:bg><p:bgPr><a:blipFill><a:blip r:embed="rId77" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships"/><a:stretch><a:fillRect/></a:stretch></a:blipFill><a:effectLst/></p:bgPr></p:bg>'
)
IMAGE = (
    b'<Relationship Id="rId77" Target="../media/ground.emf" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
)


def with_emf(name: str, data: bytes) -> bytes:
    """A drawing of Office's behind all that stands on the master."""
    if name == "ppt/slideMasters/slideMaster1.xml":
        return re.sub(rb"<p:bg>.*?</p:bg>", b"", data, flags=re.DOTALL).replace(
            b"<p:spTree>", BACKGROUND + b"<p:spTree>", 1
        )
    if name == "ppt/slideMasters/_rels/slideMaster1.xml.rels":
        return data.replace(b"</Relationships>", IMAGE)
    if name == "[Content_Types].xml":
        return data.replace(b"<Override", b'<Default Extension="emf" ContentType="image/x-emf"/><Override', 1)
    return data


def built(folder: Path) -> Path:
    """A deck on the folder's template, valid."""
    deck = deck_folder(folder / "deck", *({"kind": "points", "title": f"T{n}", "points": ["a", "b"]} for n in "12"))
    files = build_files(folder / "out", deck, themes=(str(folder),))
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(files.deck)
    assert [str(error) for error in result.errors] == []
    return files.deck


def test_a_drawing_that_only_office_can_draw_stays_in_the_deck_and_is_told(tmp_path: Path) -> None:
    edited(tmp_path / "brand.pptx", with_emf)
    with zipfile.ZipFile(tmp_path / "brand.pptx", "a") as out:
        out.writestr("ppt/media/ground.emf", EMF)
    theme = theme_of(tmp_path)
    assert theme.corporate is not None
    assert any("EMF" in note or "Office" in note for note in theme.corporate.notes), theme.corporate.notes
    with zipfile.ZipFile(built(tmp_path)) as deck:
        assert EMF in [deck.read(name) for name in deck.namelist() if name.endswith(".emf")]


FILL = (
    b'<a:blipFill><a:blip r:embed="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    b"<a:stretch><a:fillRect/></a:stretch></a:blipFill></a:bgFillStyleLst>"
)


HEAD = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
SLIDE_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.slide+xml"


def with_picture_fill(name: str, data: bytes) -> bytes:
    """A picture in the place of the theme's last fill of backgrounds."""
    if name == "ppt/theme/theme1.xml":
        return re.sub(
            rb"<a:gradFill[^>]*>(?:(?!gradFill).)*</a:gradFill>\s*</a:bgFillStyleLst>", FILL, data, flags=re.DOTALL
        )
    if name == "[Content_Types].xml" and b'Extension="png"' not in data:
        return data.replace(b"<Override", b'<Default Extension="png" ContentType="image/png"/><Override', 1)
    return data


def test_the_notes_have_the_pictures_of_the_themes_fills(tmp_path: Path) -> None:
    edited(tmp_path / "brand.pptx", with_picture_fill)
    picture = next(PICTURES.glob("*.png")).read_bytes()
    rel = IMAGE.replace(b"rId77", b"rId1").replace(b"ground.emf", b"fill.png")
    with zipfile.ZipFile(tmp_path / "brand.pptx", "a") as out:
        out.writestr(
            "ppt/theme/_rels/theme1.xml.rels",
            HEAD + rel,
        )
        out.writestr("ppt/media/fill.png", picture)
    theme_of(tmp_path)
    deck = built(tmp_path)
    run(need("ooxml-validator"), deck)
    package = Package(deck)
    themes = package.named(r"ppt/theme/theme\d+\.xml")
    assert len(themes) == 2
    for name in themes:
        assert b'r:embed="rId1"' in package.parts[name]
        assert [package.parts[target] for target in package.related(name, "image")] == [picture]


def with_link_to_a_slide(name: str, data: bytes) -> bytes:
    """A layout whose title leads to the template's slide, which the deck does not have."""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
    if name == "ppt/slideLayouts/slideLayout2.xml":
        link = b'<a:hlinkClick xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId9" action="ppaction://hlinksldjump"/>'
        return re.sub(rb'(<p:cNvPr id="2" [^>]*?)/>', rb"\1>" + link + b"</p:cNvPr>", data, count=1)
    if name == "ppt/slideLayouts/_rels/slideLayout2.xml.rels":
        row = b'<Relationship Id="rId9" Type="' + kind + b'" Target="../slides/slide1.xml"/></Relationships>'
        return data.replace(b"</Relationships>", row)
    if name == "[Content_Types].xml":
        row = b'<Override PartName="/ppt/slides/slide1.xml" ContentType="' + SLIDE_TYPE + b'"/></Types>'
        return data.replace(b"</Types>", row)
    return data


def test_links_from_layouts_to_the_templates_slides_go_with_the_slides(tmp_path: Path) -> None:
    edited(tmp_path / "brand.pptx", with_link_to_a_slide)
    with zipfile.ZipFile(tmp_path / "brand.pptx", "a") as out:
        out.writestr(
            "ppt/slides/slide1.xml",
            b'<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cSld><p:spTree/>'
            b"</p:cSld></p:sld>",
        )
    theme_of(tmp_path)
    package = Package(built(tmp_path))
    assert len(package.named(r"ppt/slides/slide\d+\.xml")) == len(package.slides)
    assert not [n for n in package.names if b"hlinksldjump" in package.parts[n]]


def test_names_of_namespaces_are_the_templates_own_business(tmp_path: Path) -> None:
    def renamed(name: str, data: bytes) -> bytes:
        if not re.fullmatch(r"ppt/slide(Layouts|Masters)/[^/]+\.xml", name):
            return data
        return re.sub(rb"(</?|xmlns:)p(?=[:=])", rb"\1acme", data)

    edited(tmp_path / "brand.pptx", renamed)
    theme = theme_of(tmp_path)
    (tmp_path / "plain").mkdir()
    edited(tmp_path / "plain" / "brand.pptx", lambda _, data: data)
    assert theme.layouts == theme_of(tmp_path / "plain").layouts
    assert built(tmp_path).is_file()


def test_a_template_without_places_for_content_or_footers_gets_them_in_the_room_below_the_title(tmp_path: Path) -> None:
    def bare(name: str, data: bytes) -> bytes:
        if not re.fullmatch(r"ppt/slide(Layouts|Masters)/[^/]+\.xml", name):
            return data
        shapes = re.findall(rb"<p:sp>.*?</p:sp>", data, flags=re.DOTALL)
        for shape in shapes:
            if not re.search(rb'type="(title|ctrTitle)"', shape):
                data = data.replace(shape, b"")
        return data

    edited(tmp_path / "brand.pptx", bare)
    theme = theme_of(tmp_path)
    points = theme.layouts[LayoutRole("points")]
    body, title = points.placeholder(BODY).rect, points.title.rect
    assert body.y >= title.bottom - 1
    assert body.height > 150
    assert points.footer is None
    assert theme.corporate is not None
    assert any("no layout for" in line for line in theme.corporate.served)
    assert built(tmp_path).is_file()


def test_the_picture_that_layouts_share_is_lifted_as_the_logo(tmp_path: Path) -> None:
    picture = Path(PICTURES / "shapes.png").read_bytes()
    shape = (
        b'<p:pic><p:nvPicPr><p:cNvPr id="99" name="Logo" descr="Acme"/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr>'
        b'<p:blipFill><a:blip r:embed="rId77" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="100000" y="100000"/>'
        b'<a:ext cx="900000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic></p:spTree>'
    )

    def marked(name: str, data: bytes) -> bytes:
        if name == "ppt/slideMasters/slideMaster1.xml":
            return data.replace(b"</p:spTree>", shape)
        if name == "ppt/slideMasters/_rels/slideMaster1.xml.rels":
            return data.replace(b"</Relationships>", IMAGE.replace(b"ground.emf", b"acme.png"))
        return data

    edited(tmp_path / "brand.pptx", marked)
    with zipfile.ZipFile(tmp_path / "brand.pptx", "a") as out:
        out.writestr("ppt/media/acme.png", picture)
    files = make_theme(tmp_path / "acme", tmp_path / "brand.pptx", [], None, Diagnostics())
    assert (tmp_path / "acme" / "logo.png").read_bytes() == picture
    assert "logo.png" in [f.name for f in files]
    theme = read_theme(str(tmp_path / "acme"), Diagnostics())
    assert [logo.alt for logo in theme.logos] == ["Acme"]


def test_a_theme_pack_is_made_of_a_template(tmp_path: Path) -> None:
    files = make_theme(tmp_path / "acme", DEFAULT, [], None, Diagnostics())
    assert [f.name for f in files] == ["_brand.yml", "default.pptx"]
    text = (tmp_path / "acme" / "_brand.yml").read_text("utf-8")
    assert 'accent-1: "#4F81BD"' in text
    assert read_theme(str(tmp_path / "acme"), Diagnostics()).corporate is not None


def with_literal_date(name: str, data: bytes) -> bytes:
    """A date on the master as LibreOffice writes it, in its placeholder and in a shape of its own."""
    if name != "ppt/slideMasters/slideMaster1.xml":
        return data
    words = b"<a:r><a:rPr/><a:t>&lt;date/time&gt;</a:t></a:r>"
    data, count = re.subn(rb'(type="dt".*?)<a:fld .*?</a:fld>', rb"\1" + words, data, count=1, flags=re.DOTALL)
    assert count == 1
    shape = (
        b'<p:sp><p:nvSpPr><p:cNvPr id="98" name="Words"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
        b'<a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"/></p:spPr><p:txBody><a:bodyPr/><a:p>'
        + words
        + b"</a:p></p:txBody></p:sp></p:spTree>"
    )
    return data.replace(b"</p:spTree>", shape)


def test_a_date_that_the_master_has_in_words_is_a_field_in_the_deck(tmp_path: Path) -> None:
    edited(tmp_path / "brand.pptx", with_literal_date)
    theme = theme_of(tmp_path)
    assert theme.corporate is not None
    assert not any("text on the slide master" in note for note in theme.corporate.notes)
    package = Package(built(tmp_path))
    master = package.parts["ppt/slideMasters/slideMaster1.xml"]
    assert b"date/time" not in master
    assert re.search(rb'type="dt".*?<a:fld [^>]*type="datetime1"', master, flags=re.DOTALL)
