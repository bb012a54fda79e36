"""Roles: the words of theme files as values, and back; nobody else takes such words apart."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pptx
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import deckbuilder
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.theme.pack import read_theme, shipped_names, shipped_themes
from deckbuilder.theme.roles import (
    BODY,
    CAPTION,
    HEADING,
    LEFT,
    NAME,
    PICTURE,
    RIGHT,
    TITLE,
    LayoutRole,
    PlaceholderRole,
)
from deckbuilder.theme.theme import Theme
from deckbuilder.themes import make_theme
from tools import arrange, deck_folder

DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"
SOURCE = Path(deckbuilder.__file__).parent
WORDS = st.lists(
    st.sampled_from(["left", "right", "body", "heading", "picture", "2", "10", "02", "0", "-", "+band", "", "é"])
    | st.text(max_size=4),
    max_size=5,
).map("-".join)


@cache
def theme_of(name: str) -> Theme:
    return read_theme(name, Diagnostics())


@pytest.fixture(params=[*shipped_names(), "corporate"], scope="module")
def theme(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Theme:
    if request.param in shipped_names():
        return theme_of(request.param)
    folder = tmp_path_factory.mktemp("packs") / "pack"
    make_theme(folder, DEFAULT, (), None, Diagnostics())
    return read_theme(str(folder), Diagnostics())


@given(WORDS)
def test_any_words_are_a_role_that_is_written_as_it_was_read(words: str) -> None:
    assert str(LayoutRole.parse(words)) == words
    assert str(PlaceholderRole.parse(words)) == words


@given(WORDS, st.integers(1, 99))
def test_one_of_several_is_what_a_theme_file_calls_it(words: str, number: int) -> None:
    role, layout = PlaceholderRole.parse(words).nth(number), LayoutRole.parse(words).unbanded
    assert role == PlaceholderRole.parse(f"{words}-{number}")
    assert layout.counted(number) == LayoutRole.parse(f"{layout}-{number}")
    assert layout.counted(number).broader == layout


def test_every_role_of_a_theme_survives_being_written_and_read(theme: Theme) -> None:
    assert len(theme.layouts) > 60
    for role, layout in theme.layouts.items():
        assert LayoutRole.parse(str(role)) == role == layout.role
        for holder in layout.placeholders:
            assert PlaceholderRole.parse(str(holder.role)) == holder.role
        assert len({p.role for p in layout.placeholders}) == len(layout.placeholders), role


def test_a_theme_has_a_layout_for_all_that_its_file_names() -> None:
    for folder in (SOURCE / "theme" / "standard.yaml", *shipped_themes().glob("*/_brand.yml")):
        data: Any = yaml.safe_load(folder.read_text("utf-8"))
        said = data if folder.name == "standard.yaml" else data["defaults"]["deckbuilder"]
        theme = theme_of("spruce" if folder.name == "standard.yaml" else folder.parent.name)
        known = {*theme.layouts, *(role.broader for role in theme.layouts)}
        assert {LayoutRole.parse(words) for words in said.get("layouts", {})} <= known


def test_a_role_says_what_it_is_of() -> None:
    assert LayoutRole.parse("points-picture-narrow+band") == LayoutRole("points", ("picture", "narrow"), None, True)
    assert LayoutRole.parse("stage-picture-3") == LayoutRole("stage", ("picture",), 3)
    assert PlaceholderRole.parse("left") == LEFT == BODY.on("left")
    assert PlaceholderRole.parse("right-heading") == HEADING.on("right")
    assert PlaceholderRole.parse("caption-2") == CAPTION.nth(2)
    assert PlaceholderRole.parse("left-heading").spoken == "left heading"


def test_a_picture_names_its_caption() -> None:
    assert PICTURE.caption == CAPTION
    assert PICTURE.nth(2).caption == CAPTION.nth(2)
    assert PICTURE.on("left").nth(3).caption == CAPTION.on("left").nth(3)
    assert BODY.caption is None
    layout = theme_of("spruce").layouts[LayoutRole("grid", count=6)]
    pictures = [p for p in layout.placeholders if p.type == "picture"]
    captions = [layout.caption(p) for p in pictures]
    assert [c and c.rect.x for c in captions] == [p.rect.x for p in pictures]
    assert all(c and c.rect.bottom == p.rect.bottom for c, p in zip(captions, pictures, strict=True))


def test_peers_are_of_one_base() -> None:
    assert LEFT.base == RIGHT.base
    assert HEADING.on("left").base == HEADING.on("right").base != LEFT.base
    assert NAME.nth(1).base == NAME.nth(4).base


def test_a_variant_is_within_its_role_and_falls_back_on_it() -> None:
    narrow = LayoutRole.parse("points-picture-narrow")
    assert narrow.within(LayoutRole("points"))
    assert narrow.banded.within(LayoutRole.parse("points-picture"))
    assert not LayoutRole("pointsman").within(LayoutRole("points"))
    assert narrow.broader == LayoutRole.parse("points-picture")
    assert LayoutRole("points").broader is None


def test_a_layout_with_a_band_cannot_be_given(tmp_path: Path) -> None:
    box = "{type: title, box: [0, 0, 9, 9], style: title}"
    layouts = f"{{points+band: {{name: Mine, placeholders: {{title: {box}}}}}}}"
    (tmp_path / "_brand.yml").write_text(f"defaults:\n  deckbuilder:\n    layouts: {layouts}\n", encoding="utf-8")
    with pytest.raises(DeckError, match=r"_brand.yml:3:15: error: the layout 'points\+band' is made of 'points'"):
        read_theme(str(tmp_path), Diagnostics())


def test_a_layout_may_call_its_title_and_its_table_as_it_likes(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    places = (
        "headline: {type: title, box: [64, 32, 832, 84], style: title}, "
        "data: {type: table, box: [64, 136, 832, 330], style: table-cell}"
    )
    (pack / "_brand.yml").write_text(
        f"defaults:\n  deckbuilder:\n    layouts: {{mine: {{name: Mine, placeholders: {{{places}}}}}}}\n",
        encoding="utf-8",
    )
    slide = {"kind": "table", "title": "Numbers", "header": ["A", "B"], "rows": [["1", "2"]], "layout": "Mine"}
    found = arrange(
        deck_folder(tmp_path / "deck", slide, default_minutes=1), theme=read_theme(str(pack), Diagnostics())
    )
    (frame,) = found.frames
    assert [d for d in found.problems if d.severity.value == "error"] == []
    assert [str(item.placeholder.role) for item in frame.items] == ["headline", "data"]
    assert frame.layout.title.role != TITLE


def test_a_templates_layout_may_serve_a_role_for_every_count(tmp_path: Path) -> None:
    (tmp_path / "brand.pptx").write_bytes(DEFAULT.read_bytes())
    template = "{file: brand.pptx, layouts: {stages: Blank, points-picture: Comparison}}"
    (tmp_path / "_brand.yml").write_text(f"defaults: {{deckbuilder: {{template: {template}}}}}\n", encoding="utf-8")
    theme = read_theme(str(tmp_path), Diagnostics())
    hosts = {str(role): layout.host.name for role, layout in theme.layouts.items() if layout.host}
    assert {hosts[f"stages-{n}"] for n in (2, 3, 4, 5)} == {hosts["stages-3+band"]} == {"Blank"}
    assert hosts["points-picture"] == hosts["points-picture+band"] == hosts["points-picture-narrow"] == "Comparison"
    assert hosts["stage-3"] == hosts["points"] != "Blank"
    assert theme.corporate is not None
    assert "Slides of the layout 'stages' stand on copies of 'Blank'" in " ".join(theme.corporate.served)


METHODS = ("startswith", "endswith", "removeprefix", "removesuffix", "rstrip", "lstrip", "strip", "replace", "split",
           "rsplit", "partition", "rpartition")  # fmt: skip


def is_role(node: ast.expr) -> bool:
    """Whether an expression is called a role, or is a role made words."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name == "role" or name.endswith("_role")
        case ast.Call(func=ast.Name(id="str"), args=[one]):
            return is_role(one)
    return False


def surgery(tree: ast.AST) -> Iterator[ast.AST]:
    """Where roles are taken apart, or put together, as words."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if "+band" in text:
                yield node
            case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in METHODS and is_role(value):
                yield node
            case ast.JoinedStr(values=parts):
                for one, other in pairwise(parts):
                    pair = (one, other) if isinstance(one, ast.FormattedValue) else (other, one)
                    match pair:
                        case (ast.FormattedValue(value=value), ast.Constant(value=str(text))):
                            touching = text[:1] if pair[0] is one else text[-1:]
                            if is_role(value) and touching in ("-", "+"):
                                yield node
            case ast.BinOp(left=left, op=ast.Add(), right=right) if is_role(left) or is_role(right):
                yield node
            case ast.Call(func=ast.Name(id="LayoutRole" | "PlaceholderRole"), args=args):
                if any(isinstance(a, ast.Constant) and set("-+") & set(str(a.value)) for a in args):
                    yield node


SAMPLES = ["role.rstrip('-012')", "x.role.removesuffix('a')", "f'{role}-heading'", "f'{layout.role}+x'", "'points+band'",
           "role + '-2'", "LayoutRole('points-picture')", "str(p.role).replace('-', ' ')"]  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES)
def test_surgery_on_roles_is_found(sample: str) -> None:
    assert list(surgery(ast.parse(sample)))


def test_no_other_module_takes_roles_apart() -> None:
    modules = [p for p in SOURCE.rglob("*.py") if p != SOURCE / "theme" / "roles.py"]
    assert len(modules) > 100
    found = [
        f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)}"
        for path in modules
        for node in surgery(ast.parse(path.read_text("utf-8")))
    ]
    assert found == []
