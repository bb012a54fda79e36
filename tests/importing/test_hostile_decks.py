"""Files that are damaged, protected or hostile: used as far as they go, or refused with the reason."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from importing_tools import imported, slides_of
from old_style import Old, write_old

from deckbuilder.diagnostics import DeckError
from deckbuilder.importing.importer import import_deck

SLIDES = [
    Old("First things", [["A day for gardeners"]]),
    Old("What to bring", [["- Boots", "- Gloves"]]),
    Old("What to leave", [["- Haste", "- Doubt"]], photographs=1, alt="A gate"),
]


def changed(tmp_path: Path, change: Callable[[dict[str, bytes]], None], name: str = "old.pptx") -> Path:
    """An old deck whose members were changed."""
    plain = write_old(SLIDES, tmp_path / "plain.pptx", "Garden group")
    with zipfile.ZipFile(plain) as file:
        members = {item: file.read(item) for item in file.namelist()}
    change(members)
    out = tmp_path / name
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for item, data in members.items():
            file.writestr(item, data)
    return out


def replaced(member: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[member]
        members[member] = members[member].replace(old, new, 1)

    return change


ENTITIES = b'<!DOCTYPE p:sld [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda members: members.update({"ppt/slides/slide2.xml": b"<p:sld"}), "slide 2, which is damaged"),
        (lambda members: members.pop("ppt/slides/slide2.xml"), "slide 2, which the file lists and does not have"),
        (replaced("ppt/slides/slide2.xml", b"<p:sld", ENTITIES + b"<p:sld"), "declares a document type"),
        (
            replaced("ppt/slides/slide2.xml", b"</p:txBody>", b"<a:p/>" * 5_000 + b"</p:txBody>"),
            "slide 2, which has more than 5,000 paragraphs",
        ),
        (replaced("ppt/slides/slide2.xml", b"<p:sp>", b"<p:grpSp>" * 200 + b"<p:sp>"), "slide 2, which is damaged"),
    ],
)  # fmt: skip
def test_a_slide_that_cannot_be_read_is_told_and_the_others_come_in(
    change: Callable[[dict[str, bytes]], None], told: str, tmp_path: Path
) -> None:
    report, deck = imported(changed(tmp_path, change), tmp_path)
    assert [slide["kind"] for slide in slides_of(deck)] == ["cover", "points"]
    assert told in report.as_text()


@pytest.mark.slow
def test_macros_and_what_lies_elsewhere_are_left_out(tmp_path: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["ppt/vbaProject.bin"] = b"\xd0\xcf"
        rels = "ppt/slides/_rels/slide3.xml.rels"
        members[rels] = re.sub(
            rb'Target="../media/[^"]*"', b'Target="file:///etc/passwd" TargetMode="External"', members[rels]
        )

    report, deck = imported(changed(tmp_path, change, "old.pptm"), tmp_path)
    assert [slide["kind"] for slide in slides_of(deck)] == ["cover", "points", "points"]
    assert "macros" in report.as_text()
    assert "a picture whose file is not in the deck" in report.as_text()
    assert not (tmp_path / "new" / "pictures").exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("old.pptx", b"no deck at all", "damaged or no PowerPoint file"),
        ("old.pptx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("old.key", b"PK", "Keynote"),
    ],
)
def test_what_is_no_deck_is_refused_with_a_way_out(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DeckError, match=said) as raised:
        import_deck(tmp_path / name, tmp_path / "new")
    assert all(problem.hint for problem in raised.value.diagnostics)
    assert not list(tmp_path.glob("*new*"))


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["ppt/slides/slide9.xml"] = b" " * 310_000_000

    with pytest.raises(DeckError, match="more than 300 MB"):
        import_deck(changed(tmp_path, change), tmp_path / "new")


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    old = write_old(SLIDES[:1], tmp_path / "old.pptx", "Garden group")
    (tmp_path / "new").mkdir()
    with pytest.raises(DeckError, match="exists already"):
        import_deck(old, tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []
