"""What a page asks of the studio, without the page: edits in any order, one history, pictures that are too much, many slides."""

from __future__ import annotations

import copy
import inspect
import random
import re
import shutil
import struct
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient

from deckbuilder import api
from deckbuilder.content.deck import Deck
from deckbuilder.editing import document
from deckbuilder.editing.shape import Shape, slide_kinds
from deckbuilder.editing.slides import Place
from deckbuilder.editing.tree import Sequence
from deckbuilder.editing.written import Written
from deckbuilder.studio import drawings
from deckbuilder.studio.answers import HERE as FOLDER
from deckbuilder.studio.app import make_app
from deckbuilder.studio.guard import MOST_PICTURE, Door
from deckbuilder.studio.making import Wish
from deckbuilder.studio.training import Training
from deckbuilder.studio.trainings import Trainings

HERE, SECRET = "http://127.0.0.1:8765", "a-secret-of-this-start"


class Page:
    """What a page does: it asks for values, and sends changes."""

    def __init__(self, client: TestClient, name: str, file: Path) -> None:
        self.client, self.at, self.file = client, f"/t/{name}", file

    def get(self, path: str) -> Any:
        answer = self.client.get(f"{self.at}/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **body: Any) -> Any:
        return self.client.post(f"{self.at}/{path}", json=body)

    def edit(self, of: str = "deck", **edit: Any) -> Any:
        return self.post("edit", edit=edit, of=of)

    def slides(self) -> list[tuple[str, str]]:
        """Name and picture of each slide that the view has."""
        rows = [row for section in self.get("view")["training"]["sections"] for row in section["rows"]]
        return [(row["id"], row["frames"][0]) for row in rows if row["frames"]]

    def seen(self, revision: str) -> None:
        """Waits until the view is of a revision."""
        end = time.monotonic() + 20
        while self.get("view")["revision"] != revision:
            assert time.monotonic() < end
            time.sleep(0.02)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Opens a deck's text as a page has it."""
    monkeypatch.setenv("DECKBUILDER_STATE", str(tmp_path / "state"))
    monkeypatch.setattr("deckbuilder.editing.journal.state_folder", lambda: tmp_path / "state/editing")
    deck = tmp_path / "training/deck.yaml"

    @contextmanager
    def open_deck(text: str) -> Iterator[Page]:
        deck.parent.mkdir(exist_ok=True)
        if not deck.exists():
            deck.write_text(text, "utf-8")
        trainings = Trainings(examines=False)
        cookies = {"deckbuilder-8765": SECRET}
        app = make_app(Door(8765, SECRET), trainings)
        with TestClient(app, base_url=HERE, cookies=cookies, headers={"origin": HERE}) as client:
            assert client.portal is not None
            yield Page(client, client.portal.call(trainings.open, deck).name, deck)

    return open_deck


SMALL = """\
# A deck for edits.
title: First aid   # as it is printed
planned_minutes: 60


sections:
- title: Welcome
  slides:
  - kind: cover   # first of all

  # what they bring
  - kind: points
    title: "What to bring"
    points: [Plasters, {text: Gloves, points: [thin, thick]}]   # a comment
  - {kind: narrative, title: In braces, text: All of it}
- title: The end
  slides:
    - kind: steps
      title: 'Three steps'
      steps:
        - Look
        - name: Speak
          # never shout
          text: clearly
        - Act
      notes: |
        Several lines

        of notes
    - kind: closing
      id: bye
"""
WORDS = [
    "A word",
    "yes",
    "1.50",
    "#1 of all",
    "? why",
    "&c",
    "key: no key",
    'it\'s "quoted"',
    "Größe 한국어 🙂",
    "Two\n\nparts",
]


def random_edit(rng: random.Random, deck: Any, names: list[tuple[str, int, int]]) -> tuple[dict[str, Any], Any]:
    """An edit, and the deck as plain Python makes it of the one before; None of a slide that is new, whose words the studio
    chooses."""
    after = copy.deepcopy(deck)
    name, section, index = rng.choice(names)
    sections = after["sections"]
    slides = sections[section]["slides"]
    slide, words = slides[index], rng.choice(WORDS)
    line = words.splitlines()[0]
    listed = next((key for key in ("points", "steps") if slide.get(key)), None)
    what = rng.randrange(12)
    if what < 4 and listed:
        items = slide[listed]
        at, to = rng.randrange(len(items)), rng.randrange(len(items))
        if what == 0 and len(items) > 1:
            items.insert(to, items.pop(at))
            return {"do": "move", "slide": name, "path": [listed, at], "to": [listed, to]}, after
        if what == 1 and len(items) > 2:
            del items[at]
            return {"do": "remove", "slide": name, "path": [listed, at]}, after
        items.insert(at, line)
        return {"do": "insert", "slide": name, "path": [listed], "index": at, "value": line}, after
    if what == 4:
        at = rng.randrange(len(slides) + 1)
        return {"do": "add-slide", "section": section, "index": at, "kind": rng.choice(list(slide_kinds()))}, None
    if what == 5:
        copied = copy.deepcopy(slide)
        copied.pop("id", None)
        slides.insert(index + 1, copied)
        return {"do": "duplicate-slide", "slide": name}, after
    if what == 6 and len(slides) > 1:
        target = rng.randrange(len(sections))
        there = sections[target]["slides"]
        at = rng.randrange(len(there) + (target != section))
        there.insert(at, slides.pop(index))
        return {"do": "move-slide", "slide": name, "section": target, "index": at}, after
    if what == 7 and len(slides) > 3:
        del slides[index]
        return {"do": "delete-slide", "slide": name}, after
    if what == 8:
        hidden = not slide.pop("hidden", False)
        if hidden:
            slide["hidden"] = True
        return {"do": "hide-slide", "slide": name, "hidden": hidden}, after
    if what == 9:
        target = rng.randrange(len(sections))
        sections.insert(target, sections.pop(section))
        return {"do": "move-section", "section": section, "index": target}, after
    if what == 10:
        sections[section]["title"] = line
        return {"do": "set", "path": ["sections", section, "title"], "value": line}, after
    key = rng.choice(["notes", "minutes"])
    slide[key] = words if key == "notes" else rng.randrange(1, 30)
    return {"do": "set", "slide": name, "path": [key], "value": slide[key]}, after


def blocks(text: str) -> tuple[Counter[str], list[tuple[str, int, int]]]:
    """What is written of each slide, and the slides' names and places."""
    w = Written(text, Shape(Deck))
    names = [(name, *at) for name, at in Place(None).slides(w).items()]
    found: Counter[str] = Counter()
    for _, section, index in names:
        node = w.node(("sections", section, "slides"))
        assert isinstance(node, Sequence)
        lines = w.text[w.begin(node, index) : w.finish(node, index)].splitlines()
        found["\n".join(line.strip() for line in lines).removeprefix("- ")] += 1  # moved, it may be indented otherwise
    return found, names


def meaning(file: Path) -> Any:
    """The model that a deck's file reads to; what is wrong with it where it does not."""
    try:
        return api.read(file).deck.model_dump()
    except api.DeckError as error:
        return sorted(one.code for one in error.diagnostics)


def told(data: Any) -> Any:
    """Data without places in files, and without the line ends that texts of several paragraphs have there."""
    if isinstance(data, dict):
        return {key: told(one) for key, one in data.items() if key != "at"}
    if isinstance(data, (list, tuple)):
        return [told(one) for one in data]
    return data.rstrip("\n") if isinstance(data, str) else data


def test_100_edits_of_a_page_say_what_they_are_meant_to(
    opened: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file reads to the model that the edits make, and of slides that no edit was of nothing is touched."""
    rng, done, meant = random.Random(15), 0, yaml.load(SMALL, yaml.CSafeLoader)
    plain = tmp_path / "plain/deck.yaml"
    plain.parent.mkdir()
    with opened(SMALL) as page:
        monkeypatch.setattr(
            Training, "_arranged", lambda training: training.state
        )  # what is seen of it is tried elsewhere
        while done < 100:
            before, names = blocks(page.file.read_text("utf-8"))
            edit, after = random_edit(rng, meant, names)
            answer = page.edit(**edit)
            if answer.status_code == 422:  # no such slide has such a field
                assert edit["do"] in ("set", "hide-slide", "delete-slide", "move-slide"), (edit, answer.text)
                continue
            assert answer.status_code == 200, (edit, answer.text)
            done += 1
            text = page.file.read_text("utf-8")
            now, _ = blocks(text)
            assert sum((before - now).values()) <= (
                edit["do"] not in ("add-slide", "duplicate-slide", "move-section")
            ), edit
            says = yaml.load(text, yaml.CSafeLoader)
            if after is None:
                fresh = says["sections"][edit["section"]]["slides"][edit["index"]]
                after = copy.deepcopy(meant)
                after["sections"][edit["section"]]["slides"].insert(edit["index"], fresh)
            assert told(says) == told(after), edit
            meant = after
            if done % 25 == 0:
                if (pictures := page.file.with_name("pictures")).is_dir():  # of new slides
                    shutil.copytree(pictures, plain.with_name("pictures"), dirs_exist_ok=True)
                plain.write_text(
                    yaml.dump(meant, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), "utf-8"
                )
                model = meaning(page.file)
                assert isinstance(model, dict), model
                assert told(model) == told(meaning(plain))
        text = page.file.read_text("utf-8")
        assert text.startswith(
            "# A deck for edits.\ntitle: First aid   # as it is printed\nplanned_minutes: 60\n\n\nsections:\n"
        )
        while "nothing" not in (undone := page.post("undo").json()):
            assert undone["of"] == "deck"
        assert page.file.read_text("utf-8") == SMALL


def test_deck_and_session_have_one_history_which_is_read_once(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []
    made = document.Document.__init__

    def counted(self: Any, path: Path, *more: Any, **others: Any) -> None:
        reads.append(path)
        made(self, path, *more, **others)

    monkeypatch.setattr(document.Document, "__init__", counted)
    with opened(SMALL) as page:
        session = page.file.with_name("session.yaml")

        def state() -> tuple[Any, ...]:
            deck = yaml.load(page.file.read_text("utf-8"), yaml.CSafeLoader)
            held = yaml.load(session.read_text("utf-8"), yaml.CSafeLoader) if session.exists() else None
            return deck["title"], *((held or {}).get(key) for key in ("start", "place"))

        states = [state()]
        for of, key, value in (
            ("deck", "title", "1st"),
            ("session", "start", "09:30"),
            ("deck", "title", "2nd"),
            ("session", "place", "Hall"),
            ("session", "place", "Garden"),
        ):
            assert page.edit(of, do="set", path=[key], value=value).status_code == 200
            states.append(state())
        for expected in states[-2::-1]:
            assert "revision" in page.post("undo").json()
            assert state() == expected
        assert page.post("undo").json() == {"nothing": True}
        assert not session.exists()
        page.seen(page.get("text")["revision"])
        assert not page.get("view")["broken"]
        for expected in states[1:4]:
            assert "revision" in page.post("redo").json()
            assert state() == expected
        # Something else is done: what was undone in the other file is not done again either.
        page.edit(do="set", path=["title"], value="3rd")
        assert page.post("redo").json() == {"nothing": True}
        assert len(reads) == len(set(reads)) == 2
    with opened(SMALL) as again:  # by another start
        for title, start in (("2nd", "09:30"), ("1st", "09:30"), ("1st", None), ("First aid", None)):
            again.post("undo")
            assert state()[:2] == (title, start)


def test_of_300_slides_only_the_changed_one_is_drawn_again(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    draw = api.draw

    def counted(arrangement: Any, frame: Any) -> bytes:
        drawn.append(frame.number)
        return draw(arrangement, frame)

    monkeypatch.setattr(drawings.api, "draw", counted)
    slides = "".join(f"  - {{kind: statement, id: s{n}, title: No. {n}, statement: This is {n}}}\n" for n in range(300))
    with opened(f"title: Many\nsections:\n- title: All\n  slides:\n{slides}") as page:
        before = page.slides()
        assert (len(before), drawn) == (300, [])  # nobody has looked yet

        def look(names: list[tuple[str, str]]) -> None:
            for _, key in names:
                assert page.client.get(f"{page.at}/slide/{key}/360").status_code == 200

        look(before[195:205])
        assert len(drawn) == 10
        made = page.edit(do="set", slide="s200", path=["statement"], value="Said otherwise").json()
        page.seen(made["revision"])
        after = page.slides()
        assert [name for (name, key), (_, old) in zip(after, before, strict=True) if key != old] == ["s200"]
        look(after[195:205])
        assert len(drawn) == 11
        page.seen(page.post("undo").json()["revision"])
        assert page.slides() == before
        look(before[195:205])
        assert len(drawn) == 11


def bomb() -> bytes:
    """A picture of a few kilobytes that unpacks to gigabytes."""

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(1_000_000))) + part(b"IEND", b"")
    )


def test_pictures_that_are_too_much_or_none_are_refused(opened: Any) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'
    with opened(SMALL) as page:

        def send(data: Any, kind: str = "image/png", name: str = "x.png", **more: str) -> int:
            headers = {"content-type": kind, "x-name": name, **more}
            return int(page.client.post(f"{page.at}/picture", content=data, headers=headers).status_code)

        def going_on() -> Iterator[bytes]:
            for _ in range(MOST_PICTURE // 10_000_000 + 1):
                yield bytes(10_000_000)

        assert send(b"", **{"content-length": str(MOST_PICTURE + 1)}) == 413  # refused before it is sent
        assert send(going_on()) == 413  # and where it does not say how much it is
        assert send(b"", **{"content-length": "-1"}) == 413
        assert send(bomb()) == 422
        assert send(b"\x89PNG\r\n\x1a\n") == 422
        assert send(b"<html><script>alert(1)</script></html>") == 422
        assert send(b"MZ" + bytes(100)) == 422
        assert send(b"", "application/json") == 415
        assert send(b"", "text/html") == 415
        entities = b'<!DOCTYPE svg [<!ENTITY a "%s"><!ENTITY b "%s">]>' % (b"a" * 100, b"&a;" * 100)
        assert send(entities + svg % b"<text>&b;</text>", "image/svg+xml", "x.svg") == 422
        assert list(page.file.parent.iterdir()) == [page.file]  # nothing was left

        # A name leads nowhere, and what a drawing could do is taken out of it or refused.
        for name in (
            "../../out.svg",
            "%2e%2e%2f%2e%2e%2fout.svg",
            "/etc/out.svg",
            "..\\out.svg",
            "out\0.svg".replace("\0", "%00"),
        ):
            send(svg % b"<rect width='9' height='9'/>", "image/svg+xml", name)
        send(
            svg % b"<script>alert(1)</script><rect width='9' height='9' onclick='x()'/>", "image/svg+xml", "script.svg"
        )
        send(svg % b"<image href='file:///etc/passwd' width='9' height='9'/>", "image/svg+xml", "reads.svg")
        files = [file for file in page.file.parent.parent.rglob("*.svg") if "state" not in file.parts]
        assert files
        assert {file.parent for file in files} == {page.file.parent / "pictures"}
        for file in files:
            assert not {word for word in (b"script", b"onclick", b"passwd") if word in file.read_bytes().lower()}, file
        assert page.client.get(f"{page.at}/picture?file=../state").status_code == 404

        pasted = {"what": "table", "text": "a\t" * 600_000}
        assert page.post("pasted", **pasted).status_code == 422
        assert page.post("rewrite", text="x" * 1_950_000).status_code == 422
        assert page.file.read_text("utf-8") == SMALL


def test_the_page_asks_for_all_that_a_build_can() -> None:
    """What of a build is not in a wish is the training's own."""
    given = {"deck", "session", "output", "today", "progress", "printing"}
    called = {"theme": "themes", "variant": "variants", "language": "languages"}
    can = {called.get(name, name) for name in inspect.signature(api.build).parameters} - given
    can |= set(api.PrintSettings.model_fields) & {"preset", "paper", "duplex", "grayscale", "large_print", "booklet"}
    assert can | {"slides_per_page", "dry"} == set(Wish.model_fields)
    page = (FOLDER / "static" / "making.js").read_text("utf-8")
    # Large print and booklets are presets there.
    assert {name for name in can if not re.search(rf"\b{name}\b", page)} == {"large_print", "booklet"}
