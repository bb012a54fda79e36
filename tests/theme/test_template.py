"""Corporate templates: used as far as they go, or refused with the reason."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest

from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.theme import Theme
from deckbuilder.themes import make_theme

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
    points = theme.layouts["points"]
    assert points.host is not None
    assert points.host.native
    assert points.name == "Title and Content"
    assert points.placeholder("body").rect.width == 648


def test_renamed_layouts_are_found_by_their_placeholders_and_said(tmp_path: Path) -> None:
    def rename(name: str, data: bytes) -> bytes:
        return data.replace(b'name="Title and Content"', b'name="Acme 7"').replace(b'type="obj" preserve', b"preserve")

    edited(tmp_path / "brand.pptx", rename)
    theme = theme_of(tmp_path)
    assert theme.layouts["points"].name == "Acme 7"
    assert theme.corporate is not None
    assert "Lists and texts stand on 'Acme 7', found by its placeholders." in theme.corporate.served


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


def test_a_theme_pack_is_made_of_a_template(tmp_path: Path) -> None:
    files = make_theme(tmp_path / "acme", DEFAULT, [], None, Diagnostics())
    assert [f.name for f in files] == ["_brand.yml", "default.pptx"]
    text = (tmp_path / "acme" / "_brand.yml").read_text("utf-8")
    assert 'accent-1: "#4F81BD"' in text
    assert read_theme(str(tmp_path / "acme"), Diagnostics()).corporate is not None
