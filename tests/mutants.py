"""Mutants: small decks cut from the shipped ones, with something broken in them by a seeded generator.

A mutant is one of the kinds below; the same seed and number make the same one. Each is a folder that holds all it needs.
"""

from __future__ import annotations

import copy
import json
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from deckbuilder.outputs.markup.templating import BUILT_IN

ROOT = Path(__file__).parents[1]
DECKS = (ROOT / "content/harm-reduction", ROOT / "content/train-the-trainer", ROOT / "tests/fixtures/every-kind")
THEMES = sorted((ROOT / "themes").iterdir())

# What people paste and what programs trip over.
WORDS = (
    "",
    " ",
    "\u00a0",
    "#1",
    " #x",
    "a: b",
    "- a",
    "**b",
    "*" * 50,
    "~~a~~",
    "[x](y)",
    "[x](https://example.org/?q=ü b)",
    "https://example.org/" + "a" * 3000,
    "[[gap]] [[",
    "{{ session.date }}",
    "{{ session.date.replace('a', 'b' * 99999999) }}",
    "{{ 9 ** 9 ** 9 }}",
    "{% for a in range(10 ** 9) %}x{% endfor %}",
    "{{",
    "{% if",
    "<b>x</b><br>",
    "```\ncode\n```",
    "$x_1^2$",
    "• a\n• b",
    "\t• a",
    "1.024,5",
    "1e999",
    ".nan",
    "-1",
    "0",
    "99999999999999999999",
    "null",
    "true",
    "2027-02-30",
    "24:61",
    "עברית",
    "हिन्दी",
    "ไทย",
    "漢字かな",
    "👩🏽‍🚀 1️⃣ 🔟",
    "\u202eabc",
    "\u200b",
    "\ufeff",
    "\U000f0000",
    "e\u0301" * 20,
    "W" * 400,
    "word " * 3000,
    "../../../etc/passwd",
    "/dev/zero",
    "CON",
    "x\\y",
    "a/../b.png",
    "🙂.png",
    "&amp; & < > \" '",
    "]]>",
    "%s %d {0} {}",
)
LONG = (
    "a",
    "word ",
    "*",
    "**a** ",
    "~",
    "x^2^ ",
    "[",
    "[a](b) ",
    "`",
    "'",
    '"',
    "\\(a",
    "- a\n",
    "[[a]] ",
    "\n\n",
    "W",
    "é",
    "漢",
    "a@b.",
)
VALUES: tuple[Any, ...] = (None, True, 0, -1, 10**30, 1.5, [], {}, [[]], [None], {"a": 1}, [1, 2], "x", "")
LINES = (
    "  - - - - x",
    "\u00a0 title: x",
    "&a x: *a",
    "<<: *b",
    "? [a]",
    "!!python/object:os.system x",
    "%YAML 3",
    "---",
    "...",
    "\ttitle: tab",
    "title: 'open",
    "[" * 200,
    "{a: " * 200,
    "x: |",
    "}",
)

# Few of the mutants have to go through all three outputs: most of what they meet, they meet before that.
ONLY = (("deck",), ("deck",), ("deck",), ("handout",), ("handout",), ("guide",), ("deck", "handout", "guide"))


@dataclass(frozen=True)
class Mutant:
    """A deck to build: its folder, its session file, the theme's folder, which outputs, and what was done to it."""

    deck: Path
    session: Path | None
    theme: str
    only: tuple[str, ...]
    what: str


def make_mutant(folder: Path, seed: int, number: int) -> Mutant:
    """The mutant of that seed and number, in an empty folder."""
    chance = random.Random(f"{seed}-{number}")
    kind = KINDS[number % len(KINDS)]
    source = chance.choice(DECKS)
    deck = folder / "demo"
    deck.mkdir(parents=True)
    text = _excerpt(source, chance)
    for path in (*source.glob("pictures/*"), *source.glob("data/*")):
        if f"{path.parent.name}/{path.name}" in text:
            (deck / path.parent.name).mkdir(exist_ok=True)
            shutil.copy(path, deck / path.parent.name)
    (deck / "pictures").mkdir(exist_ok=True)
    (deck / "deck.yaml").write_text(text, "utf-8")
    session = deck / "session.yaml"
    session.write_text(_meeting(source), "utf-8")
    theme = chance.choice(THEMES)
    if kind is brand:
        theme = Path(shutil.copytree(theme, folder / "theme"))
    kind(deck, theme, chance)
    only = chance.choice(ONLY[3:] if kind is template else ONLY)
    return Mutant(deck, session, str(theme), only, f"{kind.__name__} of {source.name}, seed {seed}, number {number}")


def _excerpt(source: Path, chance: random.Random) -> str:
    """A deck of two or three of the source's slides."""
    data = copy.deepcopy(_read(source / "deck.yaml"))
    slides = [slide for section in data["sections"] for slide in section["slides"]]
    chosen = chance.sample(slides, min(len(slides), chance.choice((2, 3))))
    section = chance.choice(data["sections"])
    data["sections"] = [{**section, "appendix": False, "slides": chosen}]
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


_PLACED = ("breaks", "days", "leads")


def _meeting(source: Path) -> str:
    """The source's session without breaks, days and who leads, whose places are mostly not in the excerpt."""
    return yaml.safe_dump({key: value for key, value in _read(source / "session.yaml").items() if key not in _PLACED})


_known: dict[Path, Any] = {}


def _read(path: Path) -> Any:
    if path not in _known:
        _known[path] = _empty(yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader))
    return _known[path]


def _empty(value: Any) -> Any:
    """The value with nothing where "~" stands: the loader leaves every scalar as it was typed."""
    if isinstance(value, dict):
        return {key: _empty(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_empty(inner) for inner in value]
    return None if value == "~" else value


def _texts(text: str, chance: random.Random) -> str:
    """The text with letters, words and lines changed, as hands and programs do it."""
    lines = text.split("\n")
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        n = chance.randrange(len(lines))
        line = lines[n]
        match chance.randrange(10):
            case 0:
                del lines[n]
            case 1:
                lines.insert(n, line)
            case 2:
                lines.insert(n, " " * chance.randrange(8) + chance.choice(LINES))
            case 3:
                lines[n] = chance.choice(("", " ", "  ", "\t")) + line
            case 4 if ":" in line:
                lines[n] = f"{line.split(':', 1)[0]}: {chance.choice(WORDS)}"
            case 5 if line:
                at = chance.randrange(len(line))
                lines[n] = line[:at] + chance.choice(WORDS) + line[at:]
            case 6 if line:
                at = chance.randrange(len(line))
                lines[n] = line[:at] + line[at + 1 :]
            case 7:
                other = chance.randrange(len(lines))
                lines[n], lines[other] = lines[other], line
            case 8:
                lines[n] = re.sub(r"\w+", lambda m: chance.choice((m[0], m[0][::-1])), line, count=2)
            case _:
                lines[n] = f"{line} {chance.choice(WORDS)}"
        lines = lines or [""]
    return "\n".join(lines)


def _places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    out = [path] if path else []
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        out += _places(value, (*path, key))
    return out


def _values(data: Any, chance: random.Random) -> Any:
    """The data with some value replaced by another, a key misspelt, a list turned about."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        places = _places(data)
        if not places:
            return data
        *above, last = chance.choice(places)
        holder = data
        for key in above:
            holder = holder[key]
        match chance.randrange(5):
            case 0:
                holder[last] = copy.deepcopy(chance.choice(VALUES))
            case 1:
                holder[last] = chance.choice(WORDS)
            case 2 if isinstance(holder, dict):
                holder[f"{last}{chance.choice(('s', '_', ' ', 'x'))}"] = holder.pop(last)
            case 3:
                holder[last] = [holder[last]] * chance.choice((0, 2, 40))
            case _:
                holder[last] = {"text": holder[last]}
    return data


def _mutated(path: Path, chance: random.Random) -> None:
    text = path.read_text("utf-8")
    if chance.random() < 0.5:
        data = _values(yaml.load(text, Loader=yaml.CBaseLoader), chance)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    else:
        path.write_text(_texts(text, chance), "utf-8", errors="surrogatepass")


def _bytes(path: Path, chance: random.Random) -> None:
    """Bytes cut off, changed, doubled or filled with others."""
    data = bytearray(path.read_bytes())
    match chance.randrange(4):
        case 0:
            del data[chance.randrange(len(data)) :]
        case 1:
            for _ in range(chance.choice((1, 5, 50))):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case 2:
            start = chance.randrange(len(data))
            data[start:start] = chance.randbytes(chance.choice((1, 100, 5000)))
        case _:
            start = chance.randrange(len(data))
            data[start : start + chance.choice((4, 40, 400))] = b""
    path.write_bytes(bytes(data))


def deck(deck: Path, theme: Path, chance: random.Random) -> None:
    _mutated(deck / "deck.yaml", chance)


def lengths(deck: Path, theme: Path, chance: random.Random) -> None:
    """Some text, key, list or nesting far longer than anybody means it."""
    data = yaml.load((deck / "deck.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)
    *above, last = chance.choice(_places(data))
    holder = data
    for key in above:
        holder = holder[key]
    many = chance.choice((30, 300, 3_000, 30_000))
    match chance.randrange(4):
        case 0:
            holder[last] = [holder[last]] * min(many, 3_000)
        case 1:
            holder[last] = chance.choice(LONG) * many
        case 2 if isinstance(holder, dict):
            holder["k" * many] = holder.pop(last)
        case _:
            for _ in range(min(many, 300)):
                holder[last] = [holder[last]]
    (deck / "deck.yaml").write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def session(deck: Path, theme: Path, chance: random.Random) -> None:
    _mutated(deck / "session.yaml", chance)


def brand(deck: Path, theme: Path, chance: random.Random) -> None:
    _mutated(theme / "_brand.yml", chance)


def vocabulary(deck: Path, theme: Path, chance: random.Random) -> None:
    words = deck / "words.yaml"
    patterns = [chance.choice((*WORDS, "/(a+)+$/", "/[/", "/(?:)/", "words", "/\\w+\\s\\w+/")) for _ in range(5)]
    terms = [{"pattern": pattern, "preferred": "better words"} for pattern in patterns]
    words.write_text(yaml.safe_dump({"language": "en", "terms": terms}, allow_unicode=True), "utf-8")
    _mutated(words, chance)
    with (deck / "deck.yaml").open("a", encoding="utf-8") as text:
        text.write("vocabulary: words.yaml\n")


def csv(deck: Path, theme: Path, chance: random.Random) -> None:
    rows = [[chance.choice((*WORDS, "1", "2.5", "1,024", "900")) for _ in range(3)] for _ in range(4)]
    delimiter = chance.choice(",;\t|")
    (deck / "x.csv").write_text("\n".join(delimiter.join(row) for row in [["a", "b", "c"], *rows]), "utf-8")
    if chance.random() < 0.3:
        _bytes(deck / "x.csv", chance)
    kind = chance.choice(("{kind: chart, chart: bar,", "{kind: chart, chart: pie,", "{kind: table,"))
    (deck / "deck.yaml").write_text(
        f"title: T\nsections:\n- title: S\n  slides:\n  - {kind} title: C, minutes: 1, file: x.csv}}\n", "utf-8"
    )


def template(deck: Path, theme: Path, chance: random.Random) -> None:
    (deck / "templates").mkdir()
    name = chance.choice(("handout.xml", "guide.xml", "slides.xml", "showing.xml", "macros.xml"))
    text = (BUILT_IN / name).read_text("utf-8")
    (deck / "templates" / name).write_text(_texts(text, chance), "utf-8", errors="surrogatepass")


def drawing(deck: Path, theme: Path, chance: random.Random) -> None:
    drawings = sorted((deck / "pictures").glob("*.svg"))
    for path in drawings:
        if chance.random() < 0.5:
            path.write_text(
                _texts(path.read_text("utf-8").replace(">", ">\n"), chance), "utf-8", errors="surrogatepass"
            )
        else:
            _bytes(path, chance)


def raster(deck: Path, theme: Path, chance: random.Random) -> None:
    from PIL import Image

    form = chance.choice(("png", "jpeg", "gif", "webp", "tiff", "bmp"))
    mode = chance.choice(("RGB", "L", "P", "1", "RGBA", "CMYK", "I;16"))
    size = chance.choice(((1, 1), (40, 30), (300, 200), (1, 900)))
    picture = deck / "pictures" / f"odd.{form if form != 'jpeg' else 'jpg'}"
    try:
        Image.new(mode, size).save(picture, form)
    except (OSError, ValueError):
        Image.new("RGB", size, "red").save(picture, form)
    if chance.random() < 0.8:
        _bytes(picture, chance)
    (deck / "deck.yaml").write_text(
        "title: T\nsections:\n- title: S\n  slides:\n"
        f"  - {{kind: picture, title: P, minutes: 1, picture: {{file: pictures/{picture.name}, alt: Odd}}}}\n",
        "utf-8",
    )


KINDS: tuple[Callable[[Path, Path, random.Random], None], ...] = (
    lengths,
    deck,
    deck,
    deck,
    deck,
    session,
    brand,
    brand,
    vocabulary,
    csv,
    template,
    template,
    drawing,
    raster,
)
