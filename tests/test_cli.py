"""The commands: exit codes, what goes to which stream, and words instead of tracebacks."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import deckbuilder
from deckbuilder import commands

GOOD = """\
title: Small
sections:
  - title: S
    slides:
      - {kind: statement, minutes: 1, title: T, statement: Words}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def deck(folder: Path, text: str = GOOD, name: str = "small") -> Path:
    (folder / name).mkdir(exist_ok=True)
    (folder / name / "deck.yaml").write_text(text, encoding="utf-8")
    return folder / name


def call(*words: str | Path) -> Result:
    """The command, run in this process; any exception but an exit is the test's failure."""
    result = CliRunner().invoke(commands.app, [str(w) for w in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def run(*words: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, run as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "deckbuilder", *map(str, words)],
        cwd=cwd,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_a_build_prints_its_files_and_exits_with_0(folder: Path) -> None:
    deck(folder)
    done = run("build", "small", cwd=folder)
    assert done.returncode == 0
    names = ["small.pptx", "small-handout.pdf", "small-guide.pdf"]
    assert done.stdout.split("\n") == [*(os.path.join("output", "small", "spruce", n) for n in names), ""]
    for name in names:
        assert (folder / "output" / "small" / "spruce" / name).stat().st_size > 1000


def test_progress_is_plain_lines_on_stderr_when_piped(folder: Path) -> None:
    deck(folder)
    done = run("build", "small", cwd=folder)
    assert done.stderr.split("\n") == [
        "Reading",
        "Arranging",
        "Writing deck and handout and facilitator guide",
        "",
    ]


def test_problems_go_to_stderr_with_place_and_hint_and_exit_with_1(folder: Path) -> None:
    deck(folder, GOOD.replace("statement: Words", "statment: Words"))
    done = run("build", "small", cwd=folder)
    assert done.returncode == 1
    assert done.stdout == ""
    at = os.path.join("small", "deck.yaml")
    assert done.stderr.split("\n") == [
        "Reading",
        f"{at}:5:9: error: a statement slide needs 'statement'",
        "hint: add 'statement: …' to this statement slide: the statement, to stand alone",
        f"{at}:5:49: error: unknown key 'statment' in a statement slide",
        "hint: did you mean 'statement'?",
        "Nothing was written: 2 errors.",
        "",
    ]
    assert not (folder / "output").exists()


def test_one_error_is_told_in_the_singular(folder: Path) -> None:
    deck(folder, "title: x\n")
    assert "Nothing was written: 1 error.\n" in call("build", "small").stderr


def test_warnings_do_not_stop_a_build(folder: Path) -> None:
    deck(folder, GOOD.replace("minutes: 1, ", ""))
    done = call("build", "small", "--only", "handout")
    assert done.exit_code == 0
    assert "warning: this slide has no 'minutes'" in done.stderr
    assert done.stdout.strip().endswith("small-handout.pdf")


def test_json_of_a_build_is_files_and_diagnostics_and_nothing_else(folder: Path) -> None:
    deck(folder, GOOD.replace("minutes: 1, ", ""))
    done = run("build", "small", "--only", "deck", "--json", cwd=folder)
    assert done.returncode == 0
    assert done.stderr == ""
    said: dict[str, Any] = json.loads(done.stdout)
    assert list(said) == ["files", "diagnostics", "notes"]
    assert said["files"] == [os.path.join("output", "small", "spruce", "small.pptx")]
    (diagnostic,) = said["diagnostics"]
    assert list(diagnostic) == ["severity", "code", "file", "line", "column", "message", "hint"]
    assert diagnostic["severity"] == "warning"
    assert (diagnostic["file"], diagnostic["line"], diagnostic["column"]) == (
        os.path.join("small", "deck.yaml"),
        5,
        9,
    )


def test_json_of_a_failure_has_no_files_and_exits_with_1(folder: Path) -> None:
    deck(folder, "title: Übung\n")
    done = run("build", "small", "--json", cwd=folder)
    assert done.returncode == 1
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert said["files"] == []
    assert [d["severity"] for d in said["diagnostics"]] == ["error"]


def test_json_of_a_problem_without_a_place_has_nulls(folder: Path) -> None:
    said = json.loads(call("build", "nowhere", "--json").stdout)
    (diagnostic,) = said["diagnostics"]
    assert (diagnostic["file"], diagnostic["line"], diagnostic["column"]) == (None, None, None)
    assert diagnostic["message"] == "there is no deck at nowhere"


@pytest.mark.parametrize("name", ["an old deck.pptx", "talk.md"])
def test_a_deck_of_another_program_is_told_how_it_comes_in(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"PK\x03\x04\xff")
    done = call("build", name)
    assert done.exit_code == 1
    assert f"deckbuilder import {shlex.quote(name)}" in done.stderr


def test_only_builds_only_what_it_names(folder: Path) -> None:
    deck(folder)
    done = call("build", "small", "--only", "guide", "--only", "deck")
    written = sorted(p.name for p in (folder / "output").rglob("small*.p*"))
    assert written == ["small-guide.pdf", "small.pptx"]
    assert [Path(line).name for line in done.stdout.split()] == ["small.pptx", "small-guide.pdf"]


def test_the_guides_earlier_name_is_still_taken(folder: Path) -> None:
    deck(folder)
    done = call("build", "small", "--only", "facilitator", "--only", "GUIDE")
    assert [Path(line).name for line in done.stdout.split()] == ["small-guide.pdf"]


@pytest.mark.parametrize(
    ("language", "paper", "size"),
    [
        ("en-US", None, (612, 792)),
        ("en-GB", None, (595, 842)),
        ("en-US", "a4", (595, 842)),
        ("de", "letter", (612, 792)),
    ],
)
def test_paper_is_as_told_or_as_the_language_goes(
    folder: Path, language: str, paper: str | None, size: tuple[int, int]
) -> None:
    from pypdf import PdfReader

    deck(folder, f"language: {language}\n{GOOD}")
    call("build", "small", "--only", "handout", *(["--paper", paper] if paper else []))
    box = PdfReader(folder / "output" / "small" / "spruce" / "small-handout.pdf").pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == size


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build"], "Missing argument"),
        (["build", "small", "--only", "slide"], "'slide' is not one of 'deck', 'handout', 'guide', 'slides'"),
        (["build", "small", "--paper", "a5"], "'a5' is not one of 'letter', 'a4'"),
        (["build", "small", "--colour", "red"], "No such option"),
        (["biuld", "small"], "No such command 'biuld'"),
        (["new"], "Missing argument"),
    ],
)
def test_a_command_called_wrongly_exits_with_2(folder: Path, words: list[str], said: str) -> None:
    deck(folder)
    done = call(*words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert not (folder / "output").exists()


def test_output_goes_where_it_is_told(folder: Path) -> None:
    deck(folder)
    done = call("build", "small", "--only", "handout", "-o", folder / "else" / "where")
    assert Path(done.stdout.strip()) == folder / "else" / "where" / "small" / "spruce" / "small-handout.pdf"
    assert Path(done.stdout.strip()).is_file()


def test_a_deck_is_named_after_its_folder_or_its_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deck(folder)
    (folder / "other.yaml").write_text(GOOD)
    assert call("build", "small/deck.yaml", "--only", "handout").stdout.strip().endswith("small-handout.pdf")
    assert call("build", "other.yaml", "--only", "handout").stdout.strip().endswith("other-handout.pdf")
    monkeypatch.chdir(folder / "small")
    assert call("build", ".", "--only", "handout").stdout.strip().endswith("small-handout.pdf")


def bad_inputs() -> list[Any]:
    """Whatever an author can get wrong: the deck's content, and further words of the command."""
    cases: dict[str, tuple[bytes, list[str]]] = {
        "empty": (b"", []),
        "null": (b"---\n", []),
        "list": (b"- a\n", []),
        "not-utf8": (b"title: \xff\n", []),
        "unclosed": (b'title: "a\n', []),
        "nested": (b"title: " + b"[" * 5000, []),
        "digits": (b"title: " + b"9" * 5000 + b"\n", []),
        "infinite": (GOOD.replace("minutes: 1", "minutes: .inf").encode(), []),
        "focus": (
            GOOD.replace("kind: statement", "kind: cover")
            .replace("title: T, statement: Words", "picture: {file: a.png, alt: A tree, focus: [0.5]}")
            .encode(),
            [],
        ),
        "memory": (
            GOOD.replace("Words", "\"{{ 'x' | center(100000000000000000) }}\"").encode(),
            [],
        ),
        "no-theme": (GOOD.encode(), ["--theme", "no-such"]),
        "theme-is-a-file": (GOOD.encode(), ["--theme", "small/deck.yaml"]),
        "no-session": (GOOD.encode(), ["--session", "no.yaml"]),
        "session-is-a-folder": (GOOD.encode(), ["--session", "small"]),
        "session-is-a-deck": (GOOD.encode(), ["--session", "small/deck.yaml"]),
        "output-is-a-file": (GOOD.encode(), ["--output", "small/deck.yaml"]),
        "nul-in-a-picture": (
            GOOD.replace("statement: Words", 'statement: W, picture: {file: "a\\0.png", alt: A tree}')
            .replace("kind: statement", "kind: narrative")
            .replace("statement: W", "text: W")
            .encode(),
            [],
        ),
        "long-picture-name": (
            GOOD.replace("statement: Words", f"text: W, picture: {{file: {'a' * 5000}.png, alt: A tree}}")
            .replace("kind: statement", "kind: narrative")
            .encode(),
            [],
        ),
    }
    return [pytest.param(*case, id=name) for name, case in cases.items()]


@pytest.mark.parametrize(("content", "words"), bad_inputs())
def test_nothing_an_author_can_write_ends_in_a_traceback(folder: Path, content: bytes, words: list[str]) -> None:
    deck(folder).joinpath("deck.yaml").write_bytes(content)
    done = call("build", "small", *words)
    assert done.exit_code == 1
    assert "error: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(folder.rglob("*.pptx"))


def test_a_session_that_holds_nothing_is_not_taken_for_none(folder: Path) -> None:
    deck(folder)
    (folder / "session.yaml").write_text("---\n")
    done = call("build", "small", "--only", "handout", "--session", "session.yaml")
    assert "session.yaml" in done.stderr


@pytest.mark.parametrize("name", ["demo", "a/b/demo", "Übung 1"])
def test_a_new_deck_builds_without_a_word(folder: Path, name: str) -> None:
    (folder / "a" / "b").mkdir(parents=True)
    made = call("new", name)
    assert made.exit_code == 0
    assert f"Build it:  deckbuilder build {name}" in made.stdout or "'" in made.stdout
    files = sorted(p.relative_to(folder / name).as_posix() for p in (folder / name).rglob("*") if p.is_file())
    assert files == ["deck.schema.json", "deck.yaml", "pictures/path.svg", "session.schema.json", "session.yaml"]
    for more in ([], ["--session", f"{name}/session.yaml"]):
        built = call("build", name, "--json", *more)
        assert built.exit_code == 0
        said = json.loads(built.stdout)
        assert said["diagnostics"] == []
        assert len(said["files"]) == 3


def test_the_command_that_new_prints_can_be_pasted(folder: Path) -> None:
    import shlex

    line = call("new", "my training").stdout.strip().split("\n")[-1]
    words = shlex.split(line.removeprefix("Build it:"))
    assert words == ["deckbuilder", "build", "my training", "--session", "my training/session.yaml"]


def test_new_changes_nothing_that_exists(folder: Path) -> None:
    deck(folder)
    before = sorted(folder.rglob("*"))
    done = call("new", "small")
    assert done.exit_code == 1
    assert "small exists already" in done.stderr
    assert "nothing was changed" in done.stderr
    assert sorted(folder.rglob("*")) == before
    assert (folder / "small" / "deck.yaml").read_text() == GOOD


@pytest.mark.parametrize("name", ["", ".", "..", "-- -", "small/deck.yaml/below"])
def test_new_refuses_names_that_cannot_be(folder: Path, name: str) -> None:
    deck(folder)
    done = call("new", "--", name)
    assert done.exit_code == 1
    assert done.stderr.startswith("error: ")


def test_the_version_is_that_of_the_package() -> None:
    assert call("--version").stdout == f"deckbuilder {deckbuilder.__version__}\n"


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["build", "--help"], ["new", "-h"], ["schema", "-h"]])
def test_help_says_how_to_use_it(words: list[str]) -> None:
    done = call(*words)
    assert done.exit_code == 0
    assert "Usage: " in done.stdout
    assert done.stderr == ""


def test_the_help_of_build_names_every_option() -> None:
    shown = call("build", "--help").stdout
    for option in ("--theme", "--session", "--output", "--only", "--paper", "--json"):
        assert option in shown


def test_called_without_words_it_shows_its_help() -> None:
    done = call()
    assert done.exit_code == 2
    assert "build" in done.stdout + done.stderr
    assert "new" in done.stdout + done.stderr


def test_an_interruption_is_told_in_words(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    deck(folder)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("deckbuilder.outputs.pages.writer.write_handout", interrupted)
    monkeypatch.setattr(sys, "argv", ["deckbuilder", "build", "small"])
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr("gc.set_threshold", lambda *_: None)
    with pytest.raises(SystemExit) as caught:
        commands.run()
    assert caught.value.code == 130
    captured = capsys.readouterr()
    assert "Interrupted; earlier files are as they were." in captured.err
    assert not [p for p in folder.rglob("*") if p.suffix in (".part", ".pptx", ".pdf")]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_leaves_no_half_files(folder: Path) -> None:
    assert call("new", "demo").exit_code == 0
    process = subprocess.Popen(
        [sys.executable, "-m", "deckbuilder", "build", "demo"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    for line in process.stderr:
        if line.startswith("Writing "):
            break
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=60)
    assert "Traceback" not in rest
    # 0 when it was done before the signal. Python ends itself by the signal, which shells show as 130 too, where
    # it fell into code that is made from text, as data classes are.
    assert process.returncode in (130, -signal.SIGINT, 0)
    assert not list(folder.rglob("*.part"))


def test_a_reader_that_stops_listening_is_no_traceback(folder: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m deckbuilder schema | head -c 10',
        shell=True,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(done.stdout) == 10
    assert "Traceback" not in done.stderr


def test_it_speaks_on_a_console_that_is_not_utf8(folder: Path) -> None:
    deck(folder, "title: Übung → 漢\ntitel: ✓\n")
    done = subprocess.run(
        [sys.executable, "-m", "deckbuilder", "build", "small"],
        cwd=folder,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


# --- Templates


def test_a_template_is_copied_and_then_found(folder: Path) -> None:
    deck(folder)
    target = Path("small/templates/handout.xml")
    done = call("templates", "copy", "handout", "--to", "small/templates")
    assert (done.exit_code, done.stdout) == (0, f"{target}\n")
    assert call("templates", "list", "small").stdout.splitlines() == [
        f"handout   {target}",
        *(f"{name:8}  built in" for name in ("guide", "slides", "showing", "macros")),
    ]
    assert call("build", "small", "--only", "handout").exit_code == 0
    target.write_text(target.read_text("utf-8").replace("<document>", "<document><pp/>"), encoding="utf-8")
    done = call("build", "small")
    assert done.exit_code == 1
    assert re.search(rf"^{target}:\d+:11: error: there is no element <pp>$", done.stderr, re.MULTILINE)


def test_copying_a_template_overwrites_nothing(folder: Path) -> None:
    (folder / "templates").mkdir()
    mine = folder / "templates/guide.xml"
    mine.write_text("mine", encoding="utf-8")
    done = call("templates", "copy", "guide")
    assert done.exit_code == 1
    assert "templates/guide.xml exists already" in done.stderr
    assert mine.read_text("utf-8") == "mine"


def test_a_template_that_does_not_exist_is_a_wrong_call(folder: Path) -> None:
    assert call("templates", "copy", "deck").exit_code == 2


def test_listing_the_templates_of_an_unknown_theme_fails_in_words(folder: Path) -> None:
    done = call("templates", "list", "--theme", "sprce")
    assert done.exit_code == 1
    assert "did you mean 'spruce'?" in done.stderr


def test_the_guides_layout_can_be_asked_for(folder: Path) -> None:
    deck(folder)
    assert call("build", "small", "--only", "guide", "--guide", "full").exit_code == 0
    assert call("build", "small", "--guide", "fullest").exit_code == 2


@pytest.mark.parametrize(("order", "status"), [(["--version"], 0), (["build", "nothing-there"], 1)])
def test_a_command_ends_without_taking_apart_what_it_made(folder: Path, order: list[str], status: int) -> None:
    """Which takes a twentieth of a build. What waits for the end is done, and all that was said arrives."""
    script = f"""
import atexit, sys
from deckbuilder.__main__ import run
class Made:
    def __del__(self):
        print("taken apart", file=sys.stderr)
made = Made()
atexit.register(print, "at the end")
sys.argv = ["deckbuilder", *{order}]
run()
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert done.stdout.endswith("at the end\n")
    assert "taken apart" not in done.stderr
    assert ("nothing-there" in done.stderr) == bool(status)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("turned_into", [None, "RuntimeError"])
def test_a_signal_while_modules_are_imported_is_told_in_a_word(
    folder: Path, number: int, status: int, turned_into: str | None
) -> None:
    """Also where a library makes an error of its own of it, as pydantic does while it builds a schema."""
    script = f"""
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # which shells ignore for what runs behind them
class Signal:
    def find_spec(self, name, *_):
        if name == "deckbuilder.commands.build":
            try:
                os.kill(os.getpid(), {int(number)})
            except BaseException:
                raise {turned_into or ""}
sys.meta_path.insert(0, Signal())
sys.argv = ["deckbuilder", "--version"]
from deckbuilder.__main__ import run
run()
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
