"""The wheel: what is in it, and that it works where nothing else of the project is."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "src" / "deckbuilder" / "theme" / "fonts"


def shell(*words: str | Path, cwd: Path) -> str:
    """Runs a program that knows nothing of this checkout; returns what it prints."""
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    done = subprocess.run(
        [str(w) for w in words],
        cwd=cwd,
        env={k: v for k, v in os.environ.items() if k not in hidden} | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    shell(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize(
    "name",
    [
        "shipped/themes/spruce/_brand.yml",
        "theme/standard.yaml",
        "languages/en.yaml",
        "py.typed",
        "starter/deck.yaml",
        "vocabularies/person-first.yaml",
        "starter/session.yaml",
        "starter/pictures/path.svg",
        "outputs/markup/templates/guide.xml",
        "outputs/markup/templates/handout.xml",
        "outputs/markup/templates/macros.xml",
    ],
)
def test_the_wheel_holds_what_the_code_reads(names: set[str], name: str) -> None:
    assert f"deckbuilder/{name}" in names


def test_the_wheel_holds_every_file_of_the_package(names: set[str]) -> None:
    package = ROOT / "src" / "deckbuilder"
    files = {
        f"deckbuilder/{p.relative_to(package).as_posix()}"
        for p in package.rglob("*")
        if p.is_file() and p.suffix != ".pyc" and not p.name.startswith(".")
    }
    assert files - names == set()


def test_the_wheel_holds_every_theme(names: set[str]) -> None:
    themes = {
        f"deckbuilder/shipped/themes/{p.relative_to(ROOT / 'themes').as_posix()}"
        for p in (ROOT / "themes").rglob("*")
        if p.is_file() and not p.name.startswith(".")
    }
    assert themes - names == set()


def test_every_font_comes_with_its_licence(names: set[str]) -> None:
    fonts = {n.rpartition("/")[2] for n in names if n.endswith(".ttf")}
    assert fonts == {p.name for p in FONTS.glob("*.ttf")}
    licences = {n.rpartition("/")[2] for n in names if ".dist-info/licenses/" in n}
    assert {"LICENSE", *(p.name for p in FONTS.glob("*.txt"))} <= licences
    for font in fonts:
        assert any(font.startswith(n[:-4].partition("-")[2]) for n in licences if n.endswith(".txt")), font


def test_the_wheel_holds_nothing_that_is_not_the_package(names: set[str]) -> None:
    tops = {n.partition("/")[0] for n in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"deckbuilder"}
    assert not [n for n in names if n.endswith(".pyc") or "/tests/" in n]


def test_the_wheel_asks_for_what_the_code_imports(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode()
    asked = [line for line in metadata.split("\n") if line.startswith("Requires-Dist: ")]
    wanted, extras = (
        {
            line.removeprefix("Requires-Dist: ").split(">")[0].split("<")[0].split("=")[0].strip().lower()
            for line in asked
            if ("extra ==" in line) is extra
        }
        for extra in (False, True)
    )
    optional = {
        "dask": "distributed",  # which brings it
        "distributed": "distributed",
        "hunspell": "chunspell",
        "icu4py": "icu4py",
        "page": "page-validation",
    }  # without which the code does less
    assert set(optional.values()) <= extras
    distributions = {
        "babel": "babel",
        "jinja2": "jinja2",
        "latex2mathml": "latex2mathml",
        "bidi": "python-bidi",
        "pyphen": "pyphen",
        "regex": "regex",
        "ziamath": "ziamath",
        "xlsxwriter": "xlsxwriter",
        "lxml": "lxml",
        "markdown_it": "markdown-it-py",
        "markupsafe": "markupsafe",
        "mdit_py_plugins": "mdit-py-plugins",
        "PIL": "pillow",
        "pillow_heif": "pillow-heif",
        "pydantic": "pydantic",
        "pikepdf": "pikepdf",
        "platformdirs": "platformdirs",
        "pypdfium2": "pypdfium2",
        "starlette": "starlette",
        "uharfbuzz": "uharfbuzz",
        "uvicorn": "uvicorn",
        "watchfiles": "watchfiles",
        "fsspec": "fsspec",
        "pptx": "python-pptx",
        "yaml": "pyyaml",
        "reportlab": "reportlab",
        "resvg_py": "resvg-py",
        "rich": "rich",
        "segno": "segno",
        "svglib": "svglib",
        "typer": "typer",
        "pydantic_core": "pydantic",
    }
    imported = imported_modules() - set(sys.stdlib_module_names) - {"deckbuilder", *optional}
    assert imported <= set(distributions), imported - set(distributions)
    missing = {distributions[m] for m in imported} - wanted
    assert missing == set()


def imported_modules() -> set[str]:
    """The names at the top of every import in the package."""
    import ast

    out = set()
    for path in (ROOT / "src" / "deckbuilder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                out |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                out.add(node.module.partition(".")[0])
    return out


def test_an_installed_wheel_makes_and_builds_a_deck_by_itself(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own that borrows the dependencies installed here, and nothing else."""
    shell(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    folder = "Scripts" if os.name == "nt" else "bin"
    python = tmp_path / "env" / folder / "python"
    shell(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    ask = "import site, json; print(json.dumps(site.getsitepackages()))"
    (own, *_) = json.loads(shell(python, "-c", ask, cwd=tmp_path))
    borrowed = json.loads(shell(sys.executable, "-c", ask, cwd=tmp_path))[0]
    # A plain path in a .pth file comes after the environment's own packages, and the editable
    # install's .pth in the borrowed folder is not followed.
    (Path(own) / "borrowed.pth").write_text(borrowed + "\n", encoding="utf-8")

    where = (
        "import deckbuilder, json; from deckbuilder.theme.pack import shipped_themes;"
        "print(json.dumps([deckbuilder.__file__, str(shipped_themes())]))"
    )
    code, themes = json.loads(shell(python, "-c", where, cwd=tmp_path))
    assert Path(code).is_relative_to(own)
    assert Path(themes) == Path(own) / "deckbuilder" / "shipped" / "themes"

    empty = tmp_path / "empty"
    empty.mkdir()
    program = tmp_path / "env" / folder / "deckbuilder"
    shell(program, "new", "demo", cwd=empty)
    said = json.loads(shell(program, "build", "demo", "--json", cwd=empty))
    assert said["diagnostics"] == []
    assert [Path(f).name for f in said["files"]] == ["demo.pptx", "demo-handout.pdf", "demo-guide.pdf"]
    assert all((empty / f).stat().st_size > 1000 for f in said["files"])


def test_another_distribution_of_the_same_name_is_told(wheel: Path, tmp_path: Path) -> None:
    """The command says so, and what to do, wherever it is called."""
    packages = tmp_path / "packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    script = "import sys; sys.path.insert(0, sys.argv.pop(1)); sys.argv = ['deckbuilder', '--version']\n"
    script += "from deckbuilder.commands import run; run()"
    for other, told in ((None, False), ("deckbuilder-1.4.1.dist-info", True)):
        if other:
            (packages / other).mkdir()
        done = subprocess.run(
            [sys.executable, "-c", script, str(packages)], capture_output=True, text=True, check=True, cwd=tmp_path
        )
        assert ("pip uninstall deckbuilder facilitator-deckbuilder" in done.stderr) is told


def test_the_image_is_made_of_what_there_is(names: set[str], tmp_path: Path) -> None:
    """Without docker: what the Dockerfile copies, and nothing else, makes the same wheel; its Python will do, and its way in
    is there."""
    told = [line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines() if line and not line.startswith("#")]
    steps = [line.partition(" ")[::2] for line in told]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (base,) = (words for step, words in steps if step == "FROM")
    python = re.fullmatch(r"python:(\d+\.\d+)-slim", base)
    assert python
    assert python[1] in SpecifierSet(project["requires-python"])
    assert ("ENTRYPOINT", '["deckbuilder"]') in steps
    assert "deckbuilder" in project["scripts"]
    source = tmp_path / "source"
    source.mkdir()
    for step, words in steps:
        if step == "COPY":
            *copied, to = words.split()
            for name in copied:
                if (ROOT / name).is_dir():
                    unwanted = shutil.ignore_patterns("__pycache__")
                    shutil.copytree(ROOT / name, tmp_path / to.lstrip("/"), dirs_exist_ok=True, ignore=unwanted)
                else:
                    shutil.copy(ROOT / name, source)
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {f"!{path.name}" for path in source.iterdir()} == {one for one in ignored if one.startswith("!")}
    shell(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, source, cwd=tmp_path)
    (file,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        assert set(archive.namelist()) == names
