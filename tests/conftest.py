"""Fixtures for all tests: the theme, the decks' files, and how LibreOffice shows them."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import hypothesis
import pytest

from deckbuilder.outputs.catalogue import NAMES as OUTPUTS
from deckbuilder.theme.theme import Theme
from tools import (
    PRINTINGS,
    SOURCES,
    Built,
    build_files,
    deck_source,
    default_theme,
    need,
    once,
    print_files,
    slides_to_pdf,
)

# The same examples each time: a test that fails was broken by somebody, not by chance.
hypothesis.settings.register_profile(
    "tests", deadline=None, database=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("tests")
# What is built is built, by the code as it stands: nothing is remembered of earlier runs, nor written into anybody's folder.
os.environ["DECKBUILDER_CACHE"] = "off"


# Building whole decks, running other programs, reading whole corporate templates and drawing examples by the hundred
# takes seconds: what does so is slow, and `make test-fast` leaves it out.
_SLOW_FIXTURES = {"built", "printed", "slides_pdf"}
_SLOW_CALLS = {
    "deckbuilder.build",
    "deckbuilder.check",
    "deckbuilder.api.build",
    "deckbuilder.pipeline.build",
    "subprocess.run",
    "subprocess.Popen",
    "templates.template",
    "tools.arranged",
    "tools.need",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks as slow each test that draws examples, uses such a fixture or calls such a function, be it through others."""
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        definitions = item._fixtureinfo.name2fixturedefs
        functions = [item.function, *(f.func for name in item.fixturenames for f in definitions.get(name, ()))]
        drawn = getattr(item.function, "is_hypothesis_test", False)
        if drawn or _SLOW_FIXTURES.intersection(item.fixturenames) or any(map(_is_slow, functions)):
            item.add_marker(pytest.mark.slow)


@cache
def _is_slow(function: Any) -> bool:
    """Whether a function calls what is slow, by itself or through functions of the tests."""
    todo, seen = [inspect.unwrap(function)], set()
    while todo:
        one = todo.pop()
        if one in seen or not isinstance(one, FunctionType):
            continue
        seen.add(one)
        codes = [one.__code__, *(c for c in one.__code__.co_consts if isinstance(c, CodeType))]
        names = {name for code in codes for name in code.co_names}
        if "CliRunner" not in names and any("build" in code.co_consts for code in codes) and "call" in names:
            return True  # the command line, building
        for name in names:
            found = one.__globals__.get(name)
            called = {f"{found.__name__}.{of}" for of in names} if isinstance(found, ModuleType) else set()
            place = f"{getattr(found, '__module__', '')}.{name}"
            if _SLOW_CALLS & {place, *called}:
                return True
            if isinstance(found, FunctionType) and not place.startswith("deckbuilder."):
                todo.append(found)
    return False


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="renew the golden files instead of comparing with them")


@pytest.fixture(scope="session")
def theme() -> Theme:
    return default_theme()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    return folder / "shared"


@pytest.fixture(scope="session")
def built(shared: Path) -> Callable[[str], Built]:
    """The files of one of `tools.SOURCES`, or the deck of one of `tools.GENERATED`, built once."""

    def get(name: str) -> Built:
        deck, session = deck_source(name)
        only = OUTPUTS if name in SOURCES else ("deck",)

        def make(folder: Path) -> None:
            build_files(folder, deck, session, only=only)

        folder = once(shared / f"built-{name}", make)
        return Built(name, folder / name / "spruce")

    return get


@pytest.fixture(scope="session")
def printed(shared: Path) -> Callable[[str, str], Built]:
    """The documents of one of `tools.SOURCES`, printed in one of `tools.PRINTINGS`, built once."""

    def get(name: str, printing: str) -> Built:
        deck, session = SOURCES[name]
        settings = PRINTINGS[printing]
        folder = once(
            shared / f"printed-{name}-{printing}",
            lambda folder: (print_files(folder, deck, session, **settings), None)[1],
        )
        return Built(name, folder / name / "spruce")

    return get


@pytest.fixture(scope="session")
def slides_pdf(shared: Path, built: Callable[[str], Built]) -> Callable[[str], Path]:
    """A deck's slides as LibreOffice shows them, converted once."""

    def get(name: str) -> Path:
        need("soffice")
        deck = built(name).deck
        folder = once(shared / f"slides-{name}", lambda folder: (slides_to_pdf(deck, folder), None)[1])
        return folder / f"{name}.pdf"

    return get
