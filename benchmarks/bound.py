"""What the largest decks cost that are taken: as much of one kind of matter as a deck may have, or as a megabyte holds.

    python benchmarks/bound.py [--runs 2] [--part 1.0] [kind …]

Each deck is built, cold, with all its outputs, as a process of its own; the table gives how much of the matter it has, the
least seconds of the runs, and the least of the processor (user and system, children too), and the largest memory.
`--part 0.25` measures a quarter of each.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from run import measure

from deckbuilder.reading.bounds import WORK, work_of

_MEGABYTE = 1_000_000  # bytes of a deck's file
_LETTERS = "etaoinshrdlucmfwypvbgk"
Slide = dict[str, Any]


class Words:
    """Words that do not repeat, as a dictionary of their own: nothing that is kept from one text helps with the next."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def word(self) -> str:
        return "".join(self._chance.choices(_LETTERS, k=self._chance.randint(2, 9)))

    def say(self, count: int) -> str:
        return " ".join(self.word() for _ in range(count)).capitalize() + "."

    def says(self, count: int, words: int) -> list[str]:
        return [self.say(words) for _ in range(count)]

    def number(self) -> int:
        return self._chance.randrange(1, 1_000)

    def han(self, count: int) -> str:
        return "".join(chr(self._chance.randrange(0x4E00, 0x8000)) for _ in range(count))


def _code(w: Words) -> str:
    lines = [f"    {w.word()} = {w.word()}({w.number()}, '{w.word()}')" for _ in range(24)]
    return "\n".join([f"```python\ndef {w.word()}():", *lines, "```"])


def _chart(w: Words, points: int, series: int) -> Slide:
    values = [{"name": w.word(), "values": [w.number() for _ in range(points)]} for _ in range(series)]
    return {"kind": "chart", "chart": "bar", "categories": [f"{w.word()} {n}" for n in range(points)], "series": values}


def _formulas(w: Words) -> str:
    return "\n\n".join(
        f"{w.say(6)} $\\frac{{{w.number()}}}{{x_{w.number() % 9}}} + y^{w.number() % 9}$" for _ in range(4)
    )


# A slide of each kind of matter, without its title.
KINDS: dict[str, Callable[[Words], Slide]] = {
    "short slides": lambda w: {"kind": "statement", "statement": w.say(4)},
    "slides of points": lambda w: {"kind": "points", "points": w.says(5, 8), "cues": [{"say": w.say(20)}]},
    "points, 40 a slide": lambda w: {"kind": "points", "points": w.says(40, 3)},
    "points, 1,000 a slide": lambda w: {"kind": "points", "points": w.says(1_000, 1)},
    "narratives": lambda w: {"kind": "narrative", "text": "\n\n".join(w.says(8, 60))},
    "long narratives": lambda w: {"kind": "narrative", "text": "\n\n".join(w.says(40, 60))},
    "lists in texts": lambda w: {"kind": "narrative", "text": "\n".join(f"- {say}" for say in w.says(30, 4))},
    "code": lambda w: {"kind": "narrative", "text": _code(w)},
    "formulas": lambda w: {"kind": "narrative", "text": _formulas(w)},
    "footnotes": lambda w: {"kind": "narrative", "text": " ".join(f"{say[:-1]}^[{w.say(4)}]." for say in w.says(6, 8))},
    "gaps": lambda w: {"kind": "narrative", "text": " ".join(f"{w.say(4)} [[{w.word()}]]" for _ in range(12))},
    "marks": lambda w: {"kind": "narrative", "text": " ".join(f"**{w.word()}** *{w.word()}*" for _ in range(60))},
    "Chinese": lambda w: {"kind": "narrative", "text": "\n\n".join(w.han(200) for _ in range(4))},
    "cells of words": lambda w: {"kind": "table", "header": w.says(5, 1), "rows": [w.says(5, 2) for _ in range(40)]},
    "cells of numbers": lambda w: {
        "kind": "table",
        "header": w.says(6, 1),
        "rows": [[w.number() for _ in range(6)] for _ in range(60)],
    },
    "small tables": lambda w: {"kind": "table", "header": w.says(3, 1), "rows": [w.says(3, 2) for _ in range(4)]},
    "long tables": lambda w: {"kind": "table", "header": w.says(3, 1), "rows": [w.says(3, 1) for _ in range(1_500)]},
    "charts": lambda w: _chart(w, 4, 1),
    "charts of many values": lambda w: _chart(w, 12, 6),
    "questions": lambda w: {
        "kind": "discussion",
        "text": w.say(8),
        "questions": [{"ask": say, "lines": 6} for say in w.says(3, 8)],
    },
    "many questions": lambda w: {"kind": "discussion", "text": w.say(8), "questions": w.says(60, 6)},
    "expected answers": lambda w: {
        "kind": "discussion",
        "text": w.say(8),
        "questions": [{"ask": w.say(8), "listen_for": w.says(30, 4), "follow_ups": w.says(30, 4)}],
    },
    "cues": lambda w: {"kind": "statement", "statement": w.say(4), "cues": [{"say": say} for say in w.says(40, 6)]},
    "short cues": lambda w: {
        "kind": "statement",
        "statement": w.say(4),
        "cues": [{"do": say} for say in w.says(100, 1)],
    },
    "columns": lambda w: {
        "kind": "columns",
        "columns": [{"heading": w.say(2), "points": w.says(5, 4)} for _ in range(2)],
    },
    "steps": lambda w: {"kind": "steps", "steps": [{"name": w.word(), "text": w.say(4)} for _ in range(5)]},
    "stages": lambda w: {
        "kind": "stages",
        "stages": [{"name": w.word()[:5], "text": w.say(4)} for _ in range(5)],
    },
    "timelines": lambda w: {
        "kind": "timeline",
        "events": [{"when": str(1_000 + w.number()), "text": w.say(4)} for _ in range(5)],
    },
    "polls": lambda w: {"kind": "poll", "question": w.say(6), "options": w.says(4, 3)},
    "activities": lambda w: {
        "kind": "activity",
        "grouping": "pairs",
        "instructions": "\n".join(f"{n}. {say}" for n, say in enumerate(w.says(6, 8), 1)),
    },
    "resources": lambda w: {
        "kind": "resource",
        "name": w.say(2),
        "text": w.say(8),
        "links": [{"text": w.say(3), "url": f"https://example.org/{w.word()}"} for _ in range(2)],
    },
    "links in texts": lambda w: {
        "kind": "narrative",
        "text": " ".join(f"[{w.word()}](https://example.org/{w.word()}{w.number()})" for _ in range(12)),
    },
    "words to explain": lambda w: {"kind": "definition", "term": w.word(), "text": w.say(10)},
    "dialogues": lambda w: {
        "kind": "clipping",
        "headline": w.say(4),
        "article": w.say(20),
        "dialogue": [{"speaker": w.word(), "line": w.say(5)} for _ in range(8)],
    },
    "spoken words": lambda w: {"kind": "statement", "statement": w.say(4), "cues": [{"say": w.say(400)}]},
}


def slides_of(make: Callable[[Words], Slide], work: float) -> Iterator[Slide]:
    """Slides of a kind, as many as the work allows, and a megabyte."""
    words, size, work = Words(1), 2_000, work - 1_000  # for what stands above the slides
    while True:
        slide = {"title": words.say(3)[:-1], "minutes": 1, **make(words)}
        size += len(json.dumps(slide, ensure_ascii=False).encode()) + 2
        work -= work_of(slide)
        if work < 0 or size > _MEGABYTE:
            return
        yield slide


def deck_of(kind: str, work: float) -> dict[str, Any]:
    """A deck of the kind, in sections of fifty slides."""
    slides = list(slides_of(KINDS[kind], work))
    sections = [{"title": f"Section {n}", "slides": slides[n : n + 50]} for n in range(0, len(slides), 50)]
    return {"title": f"A deck of {kind}", "language": "en-GB", "sections": sections}


def main() -> None:
    os.environ["DECKBUILDER_CACHE"] = "off"  # each build is a whole one
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--part", type=float, default=1.0)
    parser.add_argument("kinds", nargs="*", default=[*KINDS])
    options = parser.parse_args()
    compileall.compile_dir(Path(__import__("deckbuilder").__file__).parent, quiet=1)
    print("| kind | slides | kB | s | CPU s | MB |\n| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as temporary:
        for kind in options.kinds:
            folder = Path(temporary) / kind.replace(" ", "-")
            folder.mkdir()
            deck = deck_of(kind, WORK * options.part)
            (folder / "deck.yaml").write_text(json.dumps(deck, ensure_ascii=False), "utf-8")
            build = [sys.executable, "-m", "deckbuilder", "build", str(folder), "--output", str(folder / "out")]
            try:
                figures = [measure(build, folder) for _ in range(options.runs)]
            except SystemExit as refused:
                print(refused, file=sys.stderr)
                continue
            count = sum(len(section["slides"]) for section in deck["sections"])
            size = (folder / "deck.yaml").stat().st_size / 1_000
            wall, cpu = min(f[0] for f in figures), min(f[1] for f in figures)
            memory = max(f[2] for f in figures) / 1024
            print(f"| {kind} | {count:,} | {size:,.0f} | {wall:.1f} | {cpu:.1f} | {memory:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
