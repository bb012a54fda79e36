"""Points that appear one by one, in the deck alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tools import Package, build_files, deck_folder, need, run

POINTS: dict[str, Any] = {
    "kind": "points",
    "title": "T",
    "minutes": 1,
    "text": "Before them",
    "points": ["a", {"text": "b", "points": ["c", "d"]}, "e"],
    "source": "After them",
    "questions": ["Why?"],
}


def clicks(package: Package, slide: str) -> list[list[str]]:
    """What each click brings, as the words of paragraphs."""
    root = package.xml(slide)
    out: list[list[str]] = []
    for effect in root.iter("{*}cTn"):
        if effect.get("presetID") is None:
            continue
        [target] = effect.iter("{*}spTgt")
        [shape] = [s for s in root.iter("{*}sp") if s.find(".//{*}cNvPr").get("id") == target.get("spid")]
        [span] = target.iter("{*}pRg")
        assert span.get("st") == span.get("end")
        paragraph = list(shape.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p"))[int(span.get("st"))]
        if effect.get("nodeType") == "clickEffect":
            out.append([])
        out[-1].append("".join(paragraph.itertext()))
    return out


@pytest.mark.parametrize("numbered", [False, True])
def test_each_click_brings_a_point_with_those_under_it(tmp_path: Path, numbered: bool) -> None:
    slides = [{**POINTS, "reveal": True, "numbered": numbered}, {**POINTS, "title": "U"}]
    files = build_files(tmp_path / "out", deck_folder(tmp_path / "d", *slides), only=("deck",))
    package = Package(files.deck)
    found = [clicks(package, slide) for slide in package.slides]
    assert found[0] == [["a"], ["b", "c", "d"], ["e"]]
    assert not any(found[1:])
    numbers = [n.get("id") for n in package.xml(package.slides[0]).iter("{*}cTn")]
    assert len(numbers) == len(set(numbers))
    run(need("openxml-audit"), files.deck)


def test_points_that_go_on_appear_on_each_of_their_slides(tmp_path: Path) -> None:
    many = {
        **POINTS,
        "reveal": True,
        "points": [f"point {n} of a list that is long" for n in range(24)],
        "questions": [],
    }
    files = build_files(tmp_path / "out", deck_folder(tmp_path / "d", many), only=("deck",))
    package = Package(files.deck)
    found = [clicks(package, slide) for slide in package.slides]
    assert len(found) > 1
    assert sum(map(len, found)) == 24
