"""A set of files is replaced as one."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deckbuilder import fileset, lock
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.fileset import written_together

NAMES = ("spruce/a.pptx", "spruce/a-handout.pdf", "slate/a.pptx")


def write(folder: Path, text: str, names: tuple[str, ...] = NAMES, made_from: Path | None = None) -> Diagnostics:
    """Writes a set whose files all say the text; what was told on the way."""
    problems = Diagnostics()
    files = [folder / name for name in names]
    with written_together(folder, files, made_from or folder.parent / "deck.yaml", problems) as temporary:
        assert set(temporary) == set(files)
        for path in temporary.values():
            path.write_text(text)
    return problems


def give_up(folder: Path, error: BaseException) -> None:
    """Begins to write, and fails."""
    with written_together(folder, [folder / NAMES[0]], folder.parent / "deck.yaml", Diagnostics()) as temporary:
        temporary[folder / NAMES[0]].write_text("half")
        raise error


def seen(folder: Path) -> dict[str, str]:
    """Everything in the output folder but the record."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".deckbuilder.json"
    }


@pytest.fixture(params=["exchanged", "moved"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set's folder, where the system exchanges folders and where it does not."""
    if request.param == "moved":
        monkeypatch.setattr(fileset, "_exchange", lambda *_: False)
    elif sys.platform not in ("linux", "darwin"):
        pytest.skip("this system does not exchange folders")
    return tmp_path / "output" / "a"


def test_all_files_are_new(folder: Path) -> None:
    assert not list(write(folder, "one"))
    assert not list(write(folder, "two"))
    assert seen(folder.parent) == {f"a/{name}": "two" for name in NAMES}


def test_what_else_lies_in_the_set_stays(folder: Path) -> None:
    write(folder, "one")
    (folder / "mine").mkdir()
    (folder / "mine" / "notes.txt").write_text("keep")
    (folder / "spruce" / "link").symlink_to("a.pptx")
    write(folder, "two", NAMES[:1])
    assert (folder / "mine" / "notes.txt").read_text() == "keep"
    assert (folder / "spruce" / "link").readlink() == Path("a.pptx")
    assert (folder / NAMES[1]).read_text() == "one"
    assert (folder / NAMES[0]).read_text() == "two"


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), ValueError("a defect"), KeyboardInterrupt()])
def test_a_body_that_fails_changes_nothing(folder: Path, error: BaseException) -> None:
    write(folder, "one")
    before = seen(folder.parent)
    with pytest.raises((DeckError, ValueError, KeyboardInterrupt)):
        give_up(folder, error)
    assert seen(folder.parent) == before
    assert not list(folder.parent.glob(".*"))


def test_a_file_changed_by_hand_is_kept_under_another_name(folder: Path) -> None:
    write(folder, "one")
    for number, name in enumerate(["a-edited.pptx", "a-edited-2.pptx"]):
        (folder / NAMES[0]).write_text(f"by hand {number}")
        [problem] = write(folder, "two")
        assert f"is kept as {name}" in problem.message
        assert (folder / "spruce" / name).read_text() == f"by hand {number}"
        assert (folder / NAMES[0]).read_text() == "two"
    assert not list(write(folder, "three"))


def test_a_file_that_was_never_ours_is_kept_too(folder: Path) -> None:
    (folder / "spruce").mkdir(parents=True)
    (folder / NAMES[0]).write_text("somebody's")
    assert len(write(folder, "one")) == 1
    assert (folder / "spruce" / "a-edited.pptx").read_text() == "somebody's"


def test_a_damaged_record_is_no_hindrance(folder: Path) -> None:
    write(folder, "one")
    (folder / ".deckbuilder.json").write_text("{")
    assert len(write(folder, "two")) == len(NAMES)
    assert (folder / "spruce" / "a-edited.pptx").read_text() == "one"


def test_another_deck_of_the_same_name_is_refused(folder: Path, tmp_path: Path) -> None:
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "deck.yaml").touch()
    write(folder, "one", made_from=tmp_path / "here" / "deck.yaml")
    with pytest.raises(DeckError, match="made from another deck"):
        write(folder, "two", made_from=tmp_path / "there" / "deck.yaml")
    assert set(seen(folder).values()) == {"one"}
    (tmp_path / "here" / "deck.yaml").unlink()  # it was moved
    write(folder, "two", made_from=tmp_path / "there" / "deck.yaml")


@pytest.mark.parametrize("names", [("x/a.pptx", "x/a.pptx"), ("x/a.pptx", "X/a.pptx")])
def test_files_that_are_one_are_refused(folder: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(DeckError, match=r"written twice|one file on many systems"):
        write(folder, "one", names)
    assert not folder.exists()


@pytest.mark.parametrize("obstacle", ["a", "a/spruce"])
def test_a_file_where_a_folder_should_be_stays(folder: Path, obstacle: str) -> None:
    file = folder.parent / obstacle
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    with pytest.raises(DeckError, match="cannot be written"):
        write(folder, "one")
    assert seen(folder.parent) == {obstacle: "mine"}


def test_litter_of_killed_builds_goes(folder: Path) -> None:
    write(folder, "one")
    left = folder.with_name(".a.12345.part")
    (left / "spruce").mkdir(parents=True)
    (left / "spruce" / "a.pptx").write_text("half")
    other = folder.with_name(".b.12345.part")  # another deck's
    other.mkdir()
    (folder / "spruce" / ".a.pptx.77.part").write_text("half, of an earlier version")
    write(folder, "two")
    assert not left.exists()
    assert other.exists()
    assert seen(folder) == dict.fromkeys(NAMES, "two")


def test_a_file_saved_while_folders_change_places_is_not_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "one")
    replace = fileset._replace

    def late(*arguments: object) -> None:
        (folder / "spruce" / "late.txt").write_text("keep")
        replace(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(fileset, "_replace", late)
    write(folder, "two")
    assert (folder / "spruce" / "late.txt").read_text() == "keep"


def test_a_move_that_fails_half_way_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fileset, "_exchange", lambda *_: False)
    folder = tmp_path / "output" / "a"
    write(folder, "one")
    before = seen(folder.parent)
    replace = os.replace

    def fails(source: Path, target: Path) -> None:
        if Path(target) == folder / NAMES[0]:
            monkeypatch.setattr(os, "replace", replace)
            raise PermissionError(errno.EACCES, "in use", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(DeckError, match="open in another program"):
        write(folder, "two")
    assert seen(folder.parent) == before


def test_a_move_that_was_cut_short_is_finished_by_the_next_build(tmp_path: Path) -> None:
    folder = tmp_path / "output" / "a"
    write(folder, "one")
    ready = folder.with_name(".a.ready")
    for name in NAMES:
        (ready / name).parent.mkdir(parents=True, exist_ok=True)
        (ready / name).write_text("two")
    (ready / NAMES[0]).replace(folder / NAMES[0])  # as far as the killed one came
    with pytest.raises(ValueError, match="stop"):
        give_up(folder, ValueError("stop"))
    assert seen(folder) == dict.fromkeys(NAMES, "two")


def test_one_build_at_a_time_works_on_a_folder(folder: Path) -> None:
    told: list[str] = []
    script = (
        "import sys, time; from pathlib import Path; from deckbuilder.diagnostics import Diagnostics\n"
        "from deckbuilder.fileset import written_together\n"
        "folder = Path(sys.argv[1])\n"
        "with written_together(folder, [folder / 'x'], folder.parent / 'deck.yaml', Diagnostics()) as files:\n"
        "    print('in', flush=True); time.sleep(0.5); files[folder / 'x'].write_text('theirs')\n"
    )
    other = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True)
    assert other.stdout
    assert other.stdout.readline() == "in\n"
    with written_together(folder, [folder / "y"], folder.parent / "deck.yaml", Diagnostics(), told.append) as temporary:
        assert other.wait() == 0 or other.poll() is not None
        assert (folder / "x").read_text() == "theirs"
        temporary[folder / "y"].write_text("ours")
    assert told == ["Waiting for another build"]
    assert seen(folder) == {"x": "theirs", "y": "ours"}
    other.stdout.close()


def test_a_build_that_is_kept_waiting_too_long_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 0.1)
    with written_together(folder, [], folder.parent / "deck.yaml", Diagnostics()):
        before = time.monotonic()
        with pytest.raises(DeckError, match="another build has been writing"):
            write(folder, "one")
        assert time.monotonic() > before


def test_a_set_s_folder_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "deck").symlink_to("elsewhere")
    for text in ("one", "two"):
        assert not list(write(tmp_path / "deck", text))
    assert (tmp_path / "deck").is_symlink()
    assert {(tmp_path / "elsewhere" / name).read_text() for name in NAMES} == {"two"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_may_hold_bytes_that_are_no_letters(tmp_path: Path) -> None:
    names = (os.fsdecode(b"spruce/caf\xe9.pptx"), "spruce/später.pdf")
    for text in ("one", "two"):
        assert not list(write(tmp_path / os.fsdecode(b"caf\xe9"), text, names))


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EIO])
def test_messages_name_the_file_that_was_asked_for(number: int, tmp_path: Path) -> None:
    """Not the one that is written first, in a folder that nobody knows."""
    wanted = tmp_path / "out"
    with (
        pytest.raises(DeckError) as refused,
        written_together(wanted, [wanted / NAMES[0]], tmp_path / "deck.yaml", Diagnostics()) as temporary,
    ):
        raise OSError(number, os.strerror(number), str(temporary[wanted / NAMES[0]]))
    assert str(wanted / NAMES[0]) in str(refused.value)
    assert ".part" not in str(refused.value)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_messages_name_the_folder_that_was_asked_for(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    (tmp_path / "here").mkdir()
    monkeypatch.setattr(Path, "mkdir", lambda path, *a, **k: refuse(path) if path.name.endswith(".part") else None)
    with pytest.raises(DeckError, match=r"here.out ") as refused:
        write(tmp_path / "here" / "out", "a")
    assert ".part" not in str(refused.value)
