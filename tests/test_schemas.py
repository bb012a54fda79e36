"""The JSON Schemas take every file that builds, and mark what editors should mark."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.deck import read_deck
from deckbuilder.reading.yaml import parse_yaml
from deckbuilder.schemas import SCHEMAS, schema_text
from deckbuilder.source import LocatedFloat, LocatedInt
from test_cli import call
from test_docs import EXAMPLES, Fence, deck_around

ROOT = Path(__file__).parents[1]
DECKS = [
    *ROOT.glob("content/*/deck.yaml"),
    *ROOT.glob("tests/fixtures/*/deck.yaml"),
    ROOT / "src/deckbuilder/starter/deck.yaml",
    *ROOT.glob("tests/reading/good/*.yaml"),
]
SESSIONS = [*ROOT.glob("content/*/session.yaml"), ROOT / "src/deckbuilder/starter/session.yaml"]
SESSIONS += [*ROOT.glob("tests/fixtures/*/session.yaml")]
BRANDS = [*ROOT.glob("themes/*/_brand.yml")]
LISTS = [*ROOT.glob("src/deckbuilder/vocabularies/*.yaml")]
SHIPPED = {"deck": DECKS, "session": SESSIONS, "brand": BRANDS, "vocabulary": LISTS}
EXAMPLES_OF = {
    "session": "session",
    "theme": "brand",
    "list": "vocabulary",
    "library": "library",
    "catalogue": "catalogue",
}


@cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads(schema_text(name))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_editors_read(text: str) -> Any:
    """The file's data, read as a deck is: YAML 1.2, in which dates and times are text."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        if isinstance(value, (LocatedInt, LocatedFloat)):
            return int(value) if isinstance(value, LocatedInt) else float(value)
        return str(value) if isinstance(value, str) else value

    return plain(parse_yaml(text, "file.yaml", Diagnostics()))


def faults(name: str, data: Any) -> list[str]:
    return [f"{e.json_path}: {e.message[:200]}" for e in validator(name).iter_errors(data)]


def shipped() -> list[Any]:
    assert all(SHIPPED.values())
    return [
        pytest.param(name, file, id=str(file.relative_to(ROOT))) for name, files in SHIPPED.items() for file in files
    ]


@pytest.mark.parametrize("name", SCHEMAS)
def test_shipped_schemas_are_as_they_are_printed(name: str) -> None:
    done = call("schema", name)
    assert done.exit_code == 0
    assert done.stdout == (ROOT / f"content/{name}.schema.json").read_text("utf-8"), "run `make schema`"


def test_a_schema_is_written_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "session.schema.json"
    assert call("schema", "session", "--output", str(path)).exit_code == 0
    assert path.read_text("utf-8") == schema_text("session")
    done = call("schema", "session", "--output", str(tmp_path / "none" / "x.json"))
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize(("name", "file"), shipped())
def test_files_that_come_along_are_all_right(name: str, file: Path) -> None:
    assert faults(name, as_editors_read(file.read_text("utf-8"))) == []


@pytest.mark.parametrize("fence", [f for f in EXAMPLES if not f.info.endswith("wrong")], ids=str)
def test_examples_in_the_documentation_are_all_right(fence: Fence) -> None:
    name = EXAMPLES_OF.get(fence.info.split(" ")[1], "deck")
    if name == "deck" and not fence.info.endswith(("deck", "takes")):
        text = yaml.safe_dump(deck_around(fence), sort_keys=False, allow_unicode=True)
    else:
        text = fence.text
    assert faults(name, as_editors_read(text)) == []


DECK = "title: A deck\nsections:\n  - title: One\n    slides:\n      - {kind: statement, title: A, statement: B, minutes: 1}\n"


def slide(text: str) -> str:
    return f"title: A deck\nsections:\n  - title: One\n    slides:\n      - {text}\n"


@pytest.mark.parametrize(
    "text",
    [
        slide("{kind: table, title: A, file: a.csv}"),
        slide("{kind: chart, chart: bar, title: A, file: a.csv}"),
        slide("{kind: table, title: 2027, header: [A, 2], rows: [[1, ''], [2.5, x]]}"),
        slide("{kind: chart, chart: bar, title: A, categories: [2024, 2025], series: [{name: 1, values: [1, ~]}]}"),
        slide("{kind: statement, title: A, statement: B, minutes: '5'}"),
        slide("{kind: statement, title: A, statement: B, minutes: '{{ session.group_size }}'}"),
        slide("{kind: points, title: A, points: [One, 2, {text: Three, points: [a, b]}]}"),
        slide("{kind: statement, title: A, statement: B, hidden: 'yes'}"),
        "vocabulary: person-first\n" + DECK,
        "vocabulary: [person-first, ours]\nauthors: [Ann]\nmaterials: [Pens]\nobjectives: [Know]\n" + DECK,
    ],
)
def test_what_the_reader_takes_the_schema_takes(text: str, tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text(text)
    (tmp_path / "a.csv").write_text("A,B\n1,2\n")
    (tmp_path / "ours.yaml").write_text("terms: []\n")
    read_deck(tmp_path / "deck.yaml", None, Diagnostics())
    assert faults("deck", as_editors_read(text)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deck", "titel: A deck\n" + DECK),
        ("deck", "sections: []\n"),
        ("deck", slide("{kind: table, title: A}")),
        ("deck", slide("{kind: chart, chart: bar, title: A, file: a.csv, categories: [a], series: []}")),
        ("deck", slide("{kind: statement, title: A, statement: B, minutes: soon}")),
        ("deck", slide("{kind: statment, title: A, statement: B}")),
        ("session", "start: nine\n"),
        ("session", "participant: 4\n"),
        ("brand", "defaults: {deckbuilder: {lagos: none}}\n"),
        ("brand", "defaults: {deckbuilder: {styles: {title: {levels: [{font: heading}]}}}}\n"),
        ("vocabulary", "terms: [{pattern: addict}]\n"),
        ("vocabulary", "words: []\n"),
    ],
)
def test_mistakes_are_marked(name: str, text: str) -> None:
    assert faults(name, as_editors_read(text)) != []


@pytest.mark.parametrize(
    "text",
    [
        "color: {primary: '#14304F'}\n",
        "defaults: {deckbuilder: {vocabulary: person-first}}\n",
        "defaults: {deckbuilder: {vocabulary: [{pattern: addict, preferred: person}]}}\n",
        "defaults: {deckbuilder: {layouts: {points: {background: sand}}, footer: {size: 9}, logo: none}}\n",
        "defaults:\n  deckbuilder:\n",
    ],
)
def test_a_brand_says_only_what_differs(text: str) -> None:
    assert faults("brand", as_editors_read(text)) == []


def test_every_kind_of_slide_is_explained_where_it_is_written() -> None:
    schema = json.loads(schema_text("deck"))
    kinds = [
        m["properties"]["kind"] for m in schema["$defs"].values() if "const" in m.get("properties", {}).get("kind", {})
    ]
    *written, taken = schema["$defs"]["Section"]["properties"]["slides"]["items"]["oneOf"]
    assert taken == {"$ref": "#/$defs/Take"}
    assert len(kinds) == len(written)
    assert all(kind["description"].endswith(".") for kind in kinds)


@pytest.mark.parametrize("name", ["deck", "session", "vocabulary"])
def test_every_field_is_explained(name: str) -> None:
    schema = json.loads(schema_text(name))
    bare = [
        f"{model}.{field}"
        for model, part in {"": schema, **schema["$defs"]}.items()
        for field, said in part.get("properties", {}).items()
        if not said.get("description")
    ]
    assert bare == []
