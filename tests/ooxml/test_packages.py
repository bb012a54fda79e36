"""Packages are read and written without loss, and what is made of them is what was asked for."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from lxml import etree

from deckbuilder.ooxml.package import Package, PackageError, Part, Relation, Relations
from deckbuilder.ooxml.presentation import layouts, masters, slide_size
from deckbuilder.ooxml.reading import read_presentation
from deckbuilder.ooxml.types import CONTENT_TYPES, RELATIONSHIPS, ContentType
from deckbuilder.ooxml.types import RelationshipType as Rel
from deckbuilder.ooxml.writing import zipped
from tools import DECKS, Built

DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"


def contents(package: Package) -> dict[str, tuple[str, bytes, dict[str, Relation]]]:
    return {part.name: (part.content_type, part.data, dict(part.relations.items())) for part in package.walk()}


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def test_a_template_of_another_program_comes_back_part_by_part() -> None:
    first = read_presentation(DEFAULT.read_bytes())
    again = read_presentation(zipped(first))
    assert contents(again) == contents(first)
    given, written = members(DEFAULT.read_bytes()), members(zipped(first))
    parts = {part.name for part in first.walk()}
    assert {name: written[name] for name in parts} == {name: given[name] for name in parts}
    assert len(parts) > 20


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_of_ours_comes_back_byte_by_byte(name: str, built: Callable[[str], Built]) -> None:
    data = built(name).deck.read_bytes()
    assert zipped(read_presentation(data)) == data


def test_a_part_whose_root_was_asked_for_is_written_as_xml() -> None:
    package = read_presentation(DEFAULT.read_bytes())
    master = masters(package)[0]
    before = etree.tostring(etree.fromstring(master.data), method="c14n")
    master.root.set("preserve", "1")
    data = members(zipped(package))[master.name]
    root = etree.fromstring(data)
    assert root.get("preserve") == "1"
    del root.attrib["preserve"]
    assert etree.tostring(root, method="c14n") == before


def test_masters_layouts_and_size_are_those_that_python_pptx_finds() -> None:
    package, theirs = read_presentation(DEFAULT.read_bytes()), pptx.Presentation(str(DEFAULT))
    names = [[part.name for part in layouts(package, master)] for master in masters(package)]
    assert names == [[x.part.partname.lstrip("/") for x in m.slide_layouts] for m in theirs.slide_masters]
    assert slide_size(package) == (theirs.slide_width.pt, theirs.slide_height.pt)


def small() -> tuple[Package, Part]:
    package = Package()
    main = Part("ppt/presentation.xml", ContentType.PRESENTATION, b"<p/>")
    package.attach(package, Rel.OFFICE_DOCUMENT, main)
    return package, main


def test_what_is_attached_is_declared_and_referred_to() -> None:
    package, main = small()
    key = package.attach(main, Rel.TAGS, Part("ppt/tags/tag1.xml", ContentType.TAGS, b"<t/>"))
    link = main.relations.to(Rel.HYPERLINK, 'https://example.org/?a=1&b="2"', outside=True)
    found = members(zipped(package))
    types = etree.fromstring(found["[Content_Types].xml"])
    declared = {o.get("PartName"): o.get("ContentType") for o in types.iterfind(f"{{{CONTENT_TYPES}}}Override")}
    assert declared == {"/ppt/presentation.xml": ContentType.PRESENTATION, "/ppt/tags/tag1.xml": ContentType.TAGS}
    rels = etree.fromstring(found["ppt/_rels/presentation.xml.rels"])
    rows = [dict(r.attrib) for r in rels.iterfind(f"{{{RELATIONSHIPS}}}Relationship")]
    assert rows == [
        {"Id": key, "Type": Rel.TAGS, "Target": "tags/tag1.xml"},
        {"Id": link, "Type": Rel.HYPERLINK, "Target": 'https://example.org/?a=1&b="2"', "TargetMode": "External"},
    ]


def test_an_ending_that_stands_for_one_type_does_not_hide_another() -> None:
    package, main = small()
    package.attach(main, Rel.IMAGE, Part("ppt/media/image1.png", ContentType.PNG, b"1"))
    package.attach(main, Rel.IMAGE, Part("ppt/media/image2.png", "image/x-other", b"2"))
    types = members(zipped(package))["[Content_Types].xml"].decode()
    assert f'Extension="png" ContentType="{ContentType.PNG}"' in types
    assert 'PartName="/ppt/media/image2.png" ContentType="image/x-other"' in types


def test_no_two_parts_have_one_name_whatever_their_capitals() -> None:
    package, main = small()
    package.attach(main, Rel.IMAGE, Part("ppt/media/Image1.PNG", ContentType.PNG, b"1"))
    assert package.free("ppt/media/image{}.png") == "ppt/media/image2.png"
    with pytest.raises(ValueError, match="already"):
        package.add(Part("ppt/media/image1.png", ContentType.PNG, b"2"))


def test_relationships_fill_gaps_and_are_shared_only_where_that_is_asked_for() -> None:
    relations = Relations({"rId1": Relation(Rel.IMAGE, "a"), "rId3": Relation(Rel.IMAGE, "b")})
    assert relations.to(Rel.IMAGE, "b") == "rId3"
    assert [relations.add(Rel.IMAGE, "b"), relations.add(Rel.IMAGE, "c")] == ["rId2", "rId4"]
    copy = relations.copy()
    relations.keep({"rId2"})
    assert relations.items() == [("rId2", Relation(Rel.IMAGE, "b"))]
    assert relations.to(Rel.IMAGE, "b") == "rId2"
    assert len(copy) == 4


def test_what_nothing_refers_to_is_left_out_and_references_to_nothing_go() -> None:
    package, main = small()
    package.add(Part("ppt/lost.xml", ContentType.XML, b"<l/>"))
    main.relations.add(Rel.SLIDE, "ppt/slides/missing.xml")
    kept = main.relations.add(Rel.HYPERLINK, "https://example.org", outside=True)
    package.prune()
    assert list(package.parts) == ["ppt/presentation.xml"]
    assert [key for key, _ in main.relations.items()] == [kept]
    with pytest.raises(PackageError, match=r"ppt/lost\.xml is missing"):
        package.xml("ppt/lost.xml")


def test_a_chain_of_parts_as_long_as_one_likes_is_walked() -> None:
    package, last = small()
    for number in range(5000):
        part = Part(f"ppt/a{number}.xml", ContentType.XML, b"<a/>")
        package.attach(last, Rel.SLIDE, part)
        last = part
    last.relations.add(Rel.SLIDE, "ppt/presentation.xml")
    assert len(package.walk()) == 5001


def test_members_are_stamped_with_no_time_and_no_system(built: Callable[[str], Built]) -> None:
    with zipfile.ZipFile(built("every-kind").deck) as file:
        for item in file.infolist():
            assert (item.date_time, item.create_system) == ((1980, 1, 1, 0, 0, 0), 0)
            packed = posixpath.splitext(item.filename)[1] in (".png", ".jpg", ".jpeg", ".xlsx")
            assert item.compress_type == (zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED)
