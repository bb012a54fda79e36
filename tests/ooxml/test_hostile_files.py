"""Files that are made to do harm, or that are broken, are refused with a word; none of them takes memory or time."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest

from deckbuilder.diagnostics import DeckError
from deckbuilder.ooxml import reading
from deckbuilder.ooxml.package import PackageError, TooLarge
from deckbuilder.ooxml.presentation import masters
from deckbuilder.ooxml.reading import read_presentation
from deckbuilder.ooxml.xml import DEEPEST, MOST_XML, Malformed, parse
from deckbuilder.theme.corporate.opening import read_package

DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"
MASTER = "ppt/slideMasters/slideMaster1.xml"


def changed(change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> bytes:
    """The template with each member changed; None leaves it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(DEFAULT) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
        for name, data in (extra or {}).items():
            target.writestr(name, data)
    return out.getvalue()


def same(_: str, data: bytes) -> bytes:
    return data


def test_a_member_that_says_it_is_huge_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(changed(same, {"ppt/media/bomb.bin": bytes(1000)}))
    at = data.rindex(b"ppt/media/bomb.bin") - 46  # its entry in the directory; sizes stand 24 bytes in
    data[at + 24 : at + 28] = struct.pack("<I", reading.MOST_BYTES)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(TooLarge, match="larger than 500 MB when unpacked"):
        read_presentation(bytes(data))


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(changed(same, {"ppt/media/bomb.bin": bytes(50_000_000)}))
    at = data.rindex(b"ppt/media/bomb.bin") - 46
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    with pytest.raises(PackageError, match="is damaged"):
        read_presentation(bytes(data))


def test_a_file_of_very_many_members_is_refused() -> None:
    extra = {f"x/{number}": b"" for number in range(reading.MOST_MEMBERS + 1)}
    with pytest.raises(TooLarge, match="holds more than 20,000 parts"):
        read_presentation(changed(same, extra))


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/hostname">'


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (DOCTYPE + b"<x>&b;</x>", "declares a document type"),
        (OUTSIDE + b"<x/>", "declares a document type"),
        (b"<x>" + b"<g>" * DEEPEST + b"</g>" * DEEPEST + b"</x>", "elements within one another"),
        (b"<x>" + b"<g>" * 100_000, "is not well-formed"),
        (b"<x>" + b" " * MOST_XML + b"</x>", "is larger than 32 MB"),
        (b"<x>&undeclared;</x>", "is not well-formed"),
        (b"", "is not well-formed"),
        (b"\xff\xfe\x00", "is not well-formed"),
    ],
)
def test_xml_that_no_office_program_writes_is_refused(xml: bytes, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        parse(xml)


def test_xml_as_deep_as_is_allowed_is_read() -> None:
    deepest = DEEPEST - 1
    assert len(list(parse(b"<x>" + b"<g>" * deepest + b"</g>" * deepest + b"</x>").iter())) == DEEPEST


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda n, d: DOCTYPE + b"<x>&b;</x>" if n == "[Content_Types].xml" else d, "declares a document type"),
        (lambda n, d: DOCTYPE + b"<x>&b;</x>" if n == "_rels/.rels" else d, "declares a document type"),
        (lambda n, d: DOCTYPE + b"<x>&b;</x>" if n == MASTER else d, "declares a document type"),
        (lambda n, d: b"<" if n == "ppt/_rels/presentation.xml.rels" else d, r"presentation\.xml\.rels is not well"),
        (lambda n, d: None if n == MASTER else d, f"its part {MASTER} is missing"),
        (lambda n, d: None if n == "ppt/theme/theme1.xml" else d, r"its part ppt/theme/theme1\.xml is missing"),
        (lambda n, d: b"<" if n == "ppt/theme/theme1.xml" else d, r"theme1\.xml is not well-formed"),
        (lambda n, d: b"<" if n == "ppt/tableStyles.xml" else d, r"tableStyles\.xml is not well-formed"),
        (lambda n, d: b"<" if n == "ppt/slideLayouts/slideLayout11.xml" else d, "is not well-formed"),
        (lambda n, d: d.replace(b"/theme", b"/fame") if n.endswith("slideMaster1.xml.rels") else d, "has no theme"),
    ],
)
def test_a_template_with_a_bad_part_is_refused_before_anything_is_made_of_it(
    change: Callable[[str, bytes], bytes | None], reason: str, tmp_path: Path
) -> None:
    (tmp_path / "brand.pptx").write_bytes(changed(change))
    with pytest.raises(DeckError, match=reason):
        read_package(tmp_path / "brand.pptx", None)


@pytest.mark.parametrize(
    ("was", "said"),
    [(b'<a:off x="', b"abc"), (b' marL="', b"--"), (b'<a:ext cx="', b"1."), (b' idx="', b"9" * 30)],
)
def test_what_is_no_whole_number_where_one_belongs_is_refused_with_its_part(was: bytes, said: bytes) -> None:
    def broken(name: str, data: bytes) -> bytes:
        return data.replace(was, was + said) if "slideLayout1.xml" in name else data

    package = read_presentation(changed(broken))
    with pytest.raises(PackageError) as error:
        package.xml("ppt/slideLayouts/slideLayout1.xml")
    assert "is damaged: its part ppt/slideLayouts/slideLayout1.xml says " in error.value.what


def test_names_that_lead_out_of_the_package_lead_nowhere() -> None:
    def out(name: str, data: bytes) -> bytes:
        return data.replace(b"slideMasters/", b"../../../slideMasters/") if name.endswith("tion.xml.rels") else data

    package = read_presentation(changed(out, {"../../slideMasters/slideMaster1.xml": b"<x/>"}))
    assert not [name for name in package.parts if ".." in name]
    with pytest.raises(PackageError, match="is missing"):
        masters(package)


def test_a_part_of_no_type_is_refused() -> None:
    def untyped(name: str, data: bytes) -> bytes:
        rel = (
            b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
            b'Target="media/what.unknown"/></Relationships>'
        )
        return data.replace(b"</Relationships>", rel) if name == "ppt/_rels/presentation.xml.rels" else data

    with pytest.raises(PackageError, match=r"of what type its part ppt/media/what\.unknown is"):
        read_presentation(changed(untyped, {"ppt/media/what.unknown": b"?"}))
