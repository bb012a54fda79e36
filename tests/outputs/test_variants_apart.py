"""Documents of a variant hold nothing of the others: what is written in them, and what is not to be seen."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from test_leaks import deck_text, pdf_text

import deckbuilder
from tools import Package, deck_folder

MARK = re.compile(r"var[abc]\d+x")


def marked(number: int) -> list[dict[str, Any]]:
    """For each of two variants, and for both, what is theirs, by a word of its own."""
    choices: list[tuple[str, Any]] = [("a", "a"), ("b", "b"), ("c", ["a", "b"])]
    return [{"text": f"var{name}{number}x", "for": which} for name, which in choices]


def renamed(items: list[dict[str, Any]], key: str, **more: Any) -> list[dict[str, Any]]:
    return [{key: item["text"], "for": item["for"], **more} for item in items]


def test_no_document_says_anything_of_another_variant(tmp_path: Path) -> None:
    slide = {
        "kind": "points",
        "title": "Points",
        "minutes": 4,
        "points": ["All", *marked(1)],
        "questions": renamed(marked(2), "ask", listen_for=["An answer"]),
        "cues": renamed(marked(3), "do"),
        "materials": renamed(marked(4), "item"),
        "handout": marked(5),
        "notes": marked(6),
        "virtual": marked(7),
    }
    others = [
        {"kind": "statement", "minutes": 1, "title": one["text"], "statement": "S", "for": one["for"]}
        for one in marked(8)
    ]
    pictured = {
        "kind": "grid",
        "title": "Grid",
        "minutes": 1,
        "pictures": [
            {"file": f"pictures/{name}", "alt": one["text"], "caption": one["text"], "for": one["for"]}
            for one, name in zip(marked(9), ("shapes.png", "path.svg", "shapes.png"), strict=True)
        ]
        + [{"file": "pictures/path.svg", "alt": "A path"}],
    }
    sections = [{"title": "One", "slides": [{"kind": "agenda"}, {"kind": "objectives"}, slide, pictured, *others]}]
    sections += [
        {**one, "slides": [{"kind": "statement", "title": "U", "statement": "S"}]}
        for one in renamed(marked(10), "title")
    ]
    deck = deck_folder(
        tmp_path / "d",
        sections=sections,
        variants={"a": {"subtitle": "vara11x"}, "b": {"room": "varb12x"}},
        objectives=marked(13),
        materials=renamed(marked(14), "item"),
        glossary=renamed(marked(15), "term", definition="D"),
        agreements=marked(16),
        preparation={"week_before": marked(17)},
    )
    files = deckbuilder.build(deck, variant=["a", "b"], output=tmp_path / "out").files
    for variant, other in (("a", "b"), ("b", "a")):
        mine = [file for file in files if f"d-{variant}" in file.name]
        assert len(mine) == 3
        said = [pdf_text(f) if f.suffix == ".pdf" else deck_text(f) for f in mine]
        package = Package(mine[0])
        said.append("".join(package.text(n) for n in package.notes))
        found = [{m.group() for m in MARK.finditer(text)} for text in said]
        assert not {m for marks in found for m in marks if m.startswith(f"var{other}")}
        wanted = {f"var{name}{n}x" for name in (variant, "c") for n in range(1, 18) if n not in (11, 12)}
        assert set[str]().union(*found) >= wanted


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "for": st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True),
        "not_for": st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True),
    },
)
WORDS = ("points", "questions", "cues", "handout", "notes", "objectives", "glossary", "slides", "sections")


@given(choices=st.lists(CHOICES, min_size=2 * len(WORDS), max_size=2 * len(WORDS)))
@settings(max_examples=2, phases=[Phase.generate])
def test_whatever_is_chosen_documents_hold_what_is_theirs_and_nothing_else(choices: list[dict[str, Any]]) -> None:
    items = {
        kind: [{"text": f"own{kind}{n}x", **choices[2 * place + n]} for n in range(2)]
        for place, kind in enumerate(WORDS)
    }
    slide = {
        "kind": "points",
        "title": "Points",
        "minutes": 4,
        "points": ["All", *items["points"]],
        "questions": _named(items["questions"], "ask"),
        "cues": _named(items["cues"], "do"),
        "handout": _body(items["handout"]),
        "notes": _body(items["notes"]),
    }
    others = _named(items["slides"], "title", kind="statement", minutes=1, statement="S")
    sections = [{"title": "One", "slides": [{"kind": "objectives", "minutes": 1}, slide, *others]}]
    inside = [{"kind": "statement", "title": "In it", "statement": "S", "minutes": 1}]
    sections += _named(items["sections"], "title", slides=inside)
    with TemporaryDirectory() as folder:
        deck = deck_folder(
            Path(folder) / "d",
            sections=sections,
            variants={name: {} for name in "abc"},
            objectives=["All of it", *items["objectives"]],
            glossary=_named(items["glossary"], "term", definition="D"),
        )
        files = deckbuilder.build(
            deck, variant=["", "all"], output=Path(folder) / "out", only=["deck", "guide", "handout"]
        ).files
        for variant in ("", *"abc"):
            mine = [
                file
                for file in files
                if re.fullmatch(rf"d{variant and f'-{variant}'}(-(handout|guide))?\.\w+", file.name)
            ]
            assert len(mine) == 3
            package = Package(mine[0])
            said = [pdf_text(f) if f.suffix == ".pdf" else deck_text(f) for f in mine]
            said.append("".join(package.text(n) for n in package.notes))
            theirs = {one["text"] for kind in WORDS for one in items[kind] if _chosen(one, variant)}
            assert set(re.findall(r"own[a-z]+\dx", " ".join(said))) == theirs


def _named(items: list[dict[str, Any]], key: str, **more: Any) -> list[dict[str, Any]]:
    """The items, with their words under another key."""
    return [{key: item["text"], **{k: v for k, v in item.items() if k != "text"}, **more} for item in items]


def _body(items: list[dict[str, Any]]) -> Any:
    """A text of several, which is one where nothing is chosen."""
    return items if any(len(item) > 1 for item in items) else "\n\n".join(item["text"] for item in items)


def _chosen(item: dict[str, Any], variant: str) -> bool:
    return ("for" not in item or variant in item["for"]) and variant not in item.get("not_for", ())
