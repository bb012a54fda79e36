"""What deckbuilder offers to other programs: its surface, its examples, and what its results say."""

from __future__ import annotations

import dataclasses
import doctest
import inspect
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel

import deckbuilder
import deckbuilder.batch
from deckbuilder.outputs.catalogue import NAMES, OUTPUTS
from deckbuilder.scaffold import make_deck
from deckbuilder.theme import theme as of_themes
from deckbuilder.theme.faces import Font
from deckbuilder.theme.fonts import Fonts
from tools import REPOSITORY

MANUAL = REPOSITORY / "docs/python.md"
SURFACE = {
    "Arrangement": "content theme printing frames prints templates diagnostics inputs",
    "Built": "files diagnostics inputs notes",
    "Checked": "diagnostics inputs papers",
    "Content": "name folder deck session schedule pictures vocabulary labels checks spelling diagnostics inputs library",
    "DeckError": "diagnostics inputs",
    "Diagnostic": "severity code message at hint fix end text seen",
    "Fixed": "code at before after",
    "Memory": "most",
    "Paper": "name theme document pages sheets slides",
    "Plan": "minutes before after left_out losses longest over gone nothing shortest",
    "PrintSettings": "",
    "Severity": "",
    "SlideFrame": "number slide section layout title told items footer date part parts notes hidden notes_only",
    "arrange": "content theme printing strict",
    "build": "deck theme session variant language output only printing notes strict originals guide fit_minutes "
    "translated today progress",
    "check": "deck theme session variant language only printing strict guide today links pages",
    "draw": "arrangement frame",
    "fix": "checked",
    "plan": "deck minutes session variant",
    "read": "deck session variant language",
    "say": "arrangement frame",
}


@pytest.fixture
def training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter deck, as a program in the folder above it calls it."""
    monkeypatch.chdir(tmp_path)
    make_deck(Path("my-training"))
    return Path("my-training")


def test_the_surface_is_this() -> None:
    assert sorted(deckbuilder.__all__) == sorted(SURFACE)
    for name, parameters in SURFACE.items():
        if parameters:
            assert list(inspect.signature(getattr(deckbuilder, name)).parameters) == parameters.split(), name
    assert set(SURFACE) <= set(dir(deckbuilder))
    with pytest.raises(AttributeError, match="has no attribute 'write'"):
        _ = deckbuilder.write


def test_all_but_the_first_argument_go_by_their_names() -> None:
    for name in ("arrange", "build", "check", "read"):
        _, *others = inspect.signature(getattr(deckbuilder, name)).parameters.values()
        assert {parameter.kind for parameter in others} == {inspect.Parameter.KEYWORD_ONLY}


def test_importing_it_loads_none_of_it() -> None:
    code = "import sys, deckbuilder; print([m for m in sys.modules if m.startswith('deckbuilder.') or 'pydantic' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_manuals_examples_do_what_it_says(training: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", MANUAL.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) > 3
    names: dict[str, object] = {}
    runner = doctest.DocTestRunner(verbose=False)
    said: list[str] = []
    for block in blocks:
        test = doctest.DocTestParser().get_doctest(block, names, MANUAL.name, str(MANUAL), 0)
        assert test.examples
        runner.run(test, out=said.append, clear_globs=False)
        names = test.globs
    assert not said, "".join(said)


def test_the_manual_has_every_option_of_build() -> None:
    described = set(re.findall(r"^\| `(\w+)` \|", MANUAL.read_text("utf-8"), re.MULTILINE))
    assert described == set(inspect.signature(deckbuilder.build).parameters) - {"deck"}


def test_checking_tells_what_building_would_and_writes_nothing(training: Path) -> None:
    deck = training / "deck.yaml"
    deck.write_text(deck.read_text("utf-8").replace("kind: quote", "kind: qoute"), "utf-8")
    before = sorted(Path().rglob("*"))
    checked = deckbuilder.check(training)
    assert sorted(Path().rglob("*")) == before
    assert not checked.usable
    with pytest.raises(deckbuilder.DeckError) as caught:
        deckbuilder.build(training)
    assert [str(d) for d in checked.diagnostics] == [str(d) for d in caught.value.diagnostics]
    assert checked.inputs == caught.value.inputs
    assert training.absolute() / "deck.yaml" in checked.inputs


def test_an_error_carries_the_warnings_too(training: Path) -> None:
    deck = training / "deck.yaml"
    text = deck.read_text("utf-8").replace("        minutes: 1\n", "").replace("language: en-US ", "language: tlh ")
    deck.write_text(text, "utf-8")
    with pytest.raises(deckbuilder.DeckError) as caught:
        deckbuilder.build(training, theme="no-such-theme")
    levels = {diagnostic.severity for diagnostic in caught.value.diagnostics}
    assert levels == {deckbuilder.Severity.ERROR, deckbuilder.Severity.WARNING}


def test_a_missing_picture_is_waited_for(training: Path) -> None:
    (training / "pictures/path.svg").unlink()
    checked = deckbuilder.check(training)
    assert training.absolute() / "pictures/path.svg" in checked.inputs


def test_each_output_is_called_the_same_everywhere(training: Path) -> None:
    for output in OUTPUTS:
        (file,) = deckbuilder.build(training, only=[output.name]).files
        assert file.stem == training.name if output.name == "deck" else file.stem.endswith(f"-{output.name}")
    # The word of earlier versions.
    assert [file.name for file in deckbuilder.build(training, only=["facilitator"]).files] == ["my-training-guide.pdf"]
    with pytest.raises(deckbuilder.DeckError, match=f"no output 'guid'\nhint: did you mean '{NAMES[2]}'"):
        deckbuilder.build(training, only=["guid"])
    with pytest.raises(deckbuilder.DeckError, match="no output is asked for"):
        deckbuilder.build(training, only=[])


def test_several_themes_are_several_sets(training: Path) -> None:
    built = deckbuilder.build(training, theme=("slate", "beacon", "slate"), only=["deck"])
    assert [file.parent.name for file in built.files] == ["slate", "beacon"]
    assert [file.parent.name for file in built.inputs if file.name == "_brand.yml"] == ["slate", "beacon"]


def test_what_is_read_once_is_arranged_for_any_theme(training: Path) -> None:
    content = deckbuilder.read(training)
    slate, large = (
        deckbuilder.arrange(content, theme="slate"),
        deckbuilder.arrange(content, printing=deckbuilder.PrintSettings(slides_per_page=3)),
    )
    assert [frame.title for frame in slate.frames] == [frame.title for frame in large.frames]
    assert not slate.prints
    assert large.prints
    assert slate.content is large.content is content
    assert [file.parent.name for file in slate.inputs] == ["slate"]
    assert len({hash(slate), hash(large), *map(hash, slate.frames), hash(slate.theme)}) == len(slate.frames) + 3
    changing = {type(value).__name__ for value in held(slate) if isinstance(value, (list, dict, set, bytearray))}
    assert changing <= {"FrozenDict"}
    with pytest.raises(TypeError, match="frozen"):
        slate.theme.colors["ink"] = None  # type: ignore[index]


def held(value: Any, known: set[int] | None = None) -> Iterator[Any]:
    """All values that a result holds, but for what is private to a class."""
    known = set() if known is None else known
    if id(value) in known:
        return
    known.add(id(value))
    yield value
    inner: Iterable[Any] = ()
    if dataclasses.is_dataclass(value):
        inner = [getattr(value, field.name) for field in dataclasses.fields(value) if field.name[0] != "_"]
    elif isinstance(value, BaseModel):
        inner = [getattr(value, name) for name in type(value).model_fields]
    elif isinstance(value, dict):
        inner = [*value, *value.values()]
    elif isinstance(value, (tuple, list, set, frozenset)):
        inner = value
    for one in inner:
        yield from held(one, known)


RESULTS = [
    kind
    for room in (deckbuilder, deckbuilder.batch)
    for name in room.__all__
    if isinstance(kind := getattr(room, name), type) and not issubclass(kind, (Exception, deckbuilder.Memory))
]


@pytest.mark.parametrize("kind", RESULTS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_results_are_frozen_through_and_through(kind: type) -> None:
    """The types of all fields, and of theirs, as far as it goes. Fonts alone, and what opens one, are no values: they read files
    when asked."""
    ahead, seen = [kind], set[type]()
    while ahead:
        one = ahead.pop()
        if one in seen or not one.__module__.startswith("deckbuilder") or one in (Fonts, Font):
            continue
        seen.add(one)
        assert issubclass(one, (BaseModel, Enum)) or dataclasses.is_dataclass(one), one
        assert one.__hash__ is not None, one
        if issubclass(one, BaseModel):
            assert one.model_config.get("frozen"), one
            types = [field.annotation for field in one.model_fields.values()]
        elif issubclass(one, Enum):
            continue
        else:
            with pytest.raises(dataclasses.FrozenInstanceError):
                one.__setattr__(object.__new__(one), dataclasses.fields(one)[0].name, None)
            hints = get_type_hints(one, localns=vars(of_themes))  # which hosts.py names only
            types = [hints[field.name] for field in dataclasses.fields(one) if field.name[0] != "_"]
        ahead += [part for annotation in types for part in parts_of(annotation)]
        assert not {list, dict, set} & {part for annotation in types for part in parts_of(annotation)}, one


def parts_of(annotation: Any) -> Iterator[type]:
    """The types that an annotation is made of."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    if isinstance(origin := get_origin(annotation), type):
        yield origin
    for part in get_args(annotation):
        yield from parts_of(part)
