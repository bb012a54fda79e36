"""Covers, sections and closing slides on templates whose layouts are named in other languages, looked at by program."""

from __future__ import annotations

from pathlib import Path

import pytest

import looks
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import LayoutRole
from templates import FEET, TITLE, Layout, Master, Shape, content, cover, holder, mark, section, template
from tools import build_files, deck_folder, need

_MARK = (0.02, 0.03, 0.1, 0.12)
# What each language calls a cover and a section, and words for them.
_NAMES = {
    "de": ("Titelfolie", "Kapiteltrenner", "Gut zuhören, ruhig sprechen", "Wozu wir hier sind"),
    "fr": ("Page de garde", "Intercalaire", "Écouter d’abord, parler ensuite", "Pourquoi nous sommes ici"),
    "es": ("Portada", "Separador", "Escuchar primero, hablar después", "Por qué estamos aquí"),
    "pt": ("Capa", "Divisória", "Ouvir primeiro, falar depois", "Por que estamos aqui"),
    "ru": ("Обложка", "Разделитель", "Сначала слушать, потом говорить", "Зачем мы здесь"),
}


def _low(name: str) -> Layout:
    """A cover whose title and texts are in plain places low on the slide, and that has no type."""
    title, text = (
        holder("body", (0.1, 0.5, 0.8, 0.2), 13, 40, "FFFFFF"),
        holder("body", (0.1, 0.72, 0.8, 0.16), 14, 20, "FFFFFF"),
    )
    return Layout(name, (title, text), "", "14304F")


@pytest.mark.parametrize("language", _NAMES)
def test_covers_and_sections_named_in_a_language_are_clear_and_can_be_read(language: str, tmp_path: Path) -> None:
    need("soffice")
    first, between, title, why = _NAMES[language]
    shaped = _low(first) if language in ("fr", "pt") else cover(first, "")
    pack = tmp_path / "pack"
    pack.mkdir()
    plain: tuple[Shape, ...] = (holder("title", TITLE), *FEET)
    rest = [content("A", "obj"), section(between, ""), Layout("B", plain, "titleOnly")]
    template(pack / "brand.pptx", Master([*rest, shaped], (mark(_MARK),)))
    (pack / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    theme = read_theme(str(pack), Diagnostics())
    for role, name in (("cover", first), ("section", between), ("closing", first)):
        host = theme.layouts[LayoutRole(role)].host
        assert host is not None
        assert host.name == name, role
    slides = [
        {"kind": "cover", "title": title, "subtitle": why, "picture": {"file": "pictures/shapes.png", "alt": why}},
        {"kind": "section", "title": title, "text": why},
        {"kind": "closing", "title": title, "text": why},
    ]
    deck = deck_folder(tmp_path / "deck", *slides, language=language, authors=[title])
    files = build_files(tmp_path / "out", deck, themes=(str(pack),), only=("deck",))
    (tmp_path / "looked").mkdir()
    looks.rendered(files.deck, tmp_path / "looked")
    found = looks.slides(tmp_path / "looked")
    assert len(found) == 3
    for slide in found:
        assert list(looks.on_one_another(slide)) == []
        assert list(looks.on_art(slide)) == []
        assert list(looks.pale(slide)) == []
        assert looks.covered(slide, _MARK) < 0.002
        assert any(word.text in title for word in slide.words)
