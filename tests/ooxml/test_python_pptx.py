"""python-pptx is used for charts, by its public names, and loaded only where there is one."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import deckbuilder

SOURCE = Path(deckbuilder.__file__).parent
CHART = SOURCE / "outputs" / "pptx" / "chart.py"


def modules_of(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return [name for name in found if name == "pptx" or name.startswith("pptx.")]


def test_one_module_imports_python_pptx() -> None:
    users = [p for p in SOURCE.rglob("*.py") if modules_of(ast.parse(p.read_text(encoding="utf-8")))]
    assert users == [CHART]


def test_no_private_name_of_python_pptx_is_used() -> None:
    tree = ast.parse(CHART.read_text(encoding="utf-8"))
    modules = modules_of(tree)
    assert not [name for name in modules if any(part.startswith("_") for part in name.split("."))]
    # Its own XML classes and package are inner rooms, though their names have no underscore; the one of PackURI is an
    # argument of ChartPart.load.
    assert [name for name in modules if name.startswith(("pptx.oxml", "pptx.opc"))] == ["pptx.opc.packuri.PackURI"]
    private = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr.startswith("_")]
    assert private == []


def test_writing_a_deck_without_charts_does_not_load_it() -> None:
    code = "import sys, deckbuilder.outputs.pptx.writer; print('pptx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
