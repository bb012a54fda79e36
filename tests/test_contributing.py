"""What people who carry on are told is so."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from tools import REPOSITORY

PAGE = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:py|yaml|xml|md|toml|txt))`", PAGE)))
ROOMS = ["", "src/deckbuilder", "src/deckbuilder/languages", "src/deckbuilder/outputs/markup/templates"]
ROOMS += ["tests", "tests/outputs", "tests/languages", "docs"]


@pytest.mark.parametrize("name", [name for name in NAMED if not name.startswith((".venv/", "output/"))])
def test_files_that_the_page_names_are_there(name: str) -> None:
    assert any((REPOSITORY / room / name).exists() for room in ROOMS)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make ([a-z-]+)", PAGE))))
def test_targets_that_the_page_names_are_there(target: str) -> None:
    assert re.search(rf"^{target}:", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_what_runs_before_a_commit_is_what_make_check_runs() -> None:
    hooks = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe is not None
    commands = [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe[1].splitlines()]
    assert [hook["entry"] for hook in hooks] == commands


def test_import_rules_are_told_as_they_are_checked() -> None:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = [contract for contract in settings["contracts"] if contract["type"] == "layers"]
    assert all(contract["exhaustive"] for contract in layers)
    page = (
        (REPOSITORY / "docs/architecture.md").read_text("utf-8").partition("## Import rules")[2].partition("\n## ")[0]
    )
    assert re.findall(r"```text\n(.*?)```", page, re.DOTALL) == ["\n".join([*one["layers"], ""]) for one in layers]


def test_tests_that_hold_what_is_promised_exist() -> None:
    text = (REPOSITORY / "docs" / "security.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and line.count("|") == 4 and "---" not in line]
    holding = [row for row in rows if row.split("|")[3].strip() not in ("Test", "")]
    assert len(holding) > 12
    for row in holding:
        tests = re.findall(r"`(tests/[\w/.]+)`", row.split("|")[3])
        assert tests, row
        for name in tests:
            path = REPOSITORY / name
            files = [path] if path.is_file() else sorted(path.glob("test_*.py"))
            assert files, name
            assert any("def test_" in file.read_text("utf-8") for file in files), name
