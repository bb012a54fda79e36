"""The map of roles to a template's layouts: made as comments, written down by `theme check --fix`, and kept to."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from typer.testing import CliRunner

from deckbuilder import commands
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.theme.pack import read_theme
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.themes import draw_sheet, hold_layouts, make_theme
from templates import Master, content, template, usual


def pack(folder: Path, brand: str = "") -> Path:
    template(folder / "brand.pptx", Master([*usual(), content("Text: wide", "")]))
    if brand:
        (folder / "mine").mkdir()
        (folder / "brand.pptx").rename(folder / "mine" / "brand.pptx")
        (folder / "mine" / "_brand.yml").write_text(brand, encoding="utf-8")
    else:
        make_theme(folder / "mine", folder / "brand.pptx", [], None, Diagnostics())
    return folder / "mine"


def test_a_new_pack_has_the_map_as_comments_that_count_without_their_marks(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    text = (folder / "_brand.yml").read_text("utf-8")
    assert "# layouts:" in text
    before = read_theme(str(folder), Diagnostics())
    taken = [line.replace("# layouts:", "layouts:").replace("#   ", "  ") for line in text.splitlines()]
    changed = "\n".join(taken).replace("points: Title and Content", 'points: "Text: wide"')
    (folder / "_brand.yml").write_text(changed, encoding="utf-8")
    after = read_theme(str(folder), Diagnostics())
    points = LayoutRole("points")
    assert before.layouts[points].name == "Title and Content"
    assert after.layouts[points].name == "Text: wide"
    assert after.corporate is not None
    assert [c.said[2] for c in after.corporate.choices if c.found] == ["as the theme says"] * 5


BRANDS = [
    "defaults:\n  deckbuilder:\n    template: brand.pptx\n    insist: true\n",
    "defaults:\n  deckbuilder:\n    template:\n      file: brand.pptx\n      layouts:\n        points: 'Text: wide'\n    # mine\n"
    "    insist: true\n",
    "defaults:\n  deckbuilder:\n    template: {file: brand.pptx, layouts: {points: 'Text: wide'}}\nmeta:\n  name: Ours\n",
]


@pytest.mark.parametrize("brand", BRANDS)
def test_the_choice_is_written_down_and_nothing_else_changes(brand: str, tmp_path: Path) -> None:
    folder = pack(tmp_path, brand)
    before = read_theme(str(folder), Diagnostics())
    path = hold_layouts(before)
    text = path.read_text("utf-8")
    kept = [
        line
        for line in brand.splitlines()
        if not any(word in line for word in ("template", "file:", "layouts", "points:"))
    ]
    assert [line for line in kept if line not in text.splitlines()] == []
    after = read_theme(str(folder), Diagnostics())
    assert {r: x.host.part for r, x in after.layouts.items() if x.host} == {
        r: x.host.part for r, x in before.layouts.items() if x.host
    }
    assert hold_layouts(after).read_text("utf-8").count("layouts:") == 1


def test_a_brand_file_on_one_line_is_left_for_its_author(tmp_path: Path) -> None:
    brand = "defaults: {deckbuilder: {template: brand.pptx}}\n"
    folder = pack(tmp_path, brand)
    with pytest.raises(DeckError, match="no lines of its own"):
        hold_layouts(read_theme(str(folder), Diagnostics()))
    assert (folder / "_brand.yml").read_text("utf-8") == brand
    with pytest.raises(DeckError, match="not made of a template"):
        hold_layouts(read_theme("spruce", Diagnostics()))


def test_the_sheet_shows_the_templates_layouts_beside_ours_with_the_reason(tmp_path: Path) -> None:
    theme = read_theme(str(pack(tmp_path)), Diagnostics())
    words = "\n".join(page.extract_text() for page in pypdf.PdfReader(draw_sheet(theme, tmp_path)).pages[:3])
    for said in (
        "Lists and texts",
        "found by its name",
        "of 100",
        "next 'Text: wide'",
        "layouts: {points: Text: wide}",
    ):
        assert said in words
    assert "made of it: the template has no layout for them" in words


def test_the_command_fixes_and_says_which_file(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    done = CliRunner().invoke(commands.app, ["theme", "check", str(folder), "--fix", "-o", str(tmp_path / "out")])
    assert done.exit_code == 0
    assert str(folder / "_brand.yml") in done.stdout
    assert "      layouts:\n" in (folder / "_brand.yml").read_text("utf-8")
