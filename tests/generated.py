"""Decks that no author would write, but one might: every kind of slide with far too much in it.

The same on each run: all chance comes from fixed seeds.
"""

# A line a slide reads better here than a word a line.
# ruff: noqa: E501

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scripts import LENGTHS, UNSPACED, WORDS
from tools import deck_folder

Slide = dict[str, Any]

_WORDS = [
    "care",
    "people",
    "listen",
    "before",
    "plan",
    "support",
    "group",
    "story",
    "street",
    "evening",
    "kitchen",
    "open",
    "question",
    "answer",
    "between",
    "without",
    "community",
    "responsibility",
    "understanding",
    "participants",
    "together",
    "yesterday",
    "conversation",
    "a",
    "of",
    "to",
    "in",
    "the",
    "and",
    "is",
    "it",
    "neighbourhood",
    "organisation",
    "interpretation",
    "small",
    "warm",
    "quiet",
    "river",
    "bridge",
    "window",
    "table",
    "lamp",
    "paper",
]
LONG_WORDS = (
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "Rindfleischetikettierungsüberwachungsgesetz",
    "anticonstitutionnellement",
    "electroencefalografista",
    "counter-revolutionary-minded",
)
URL = "https://example.org/reports/2026/a-very-long-path/that-goes-on/and-on/index.html?chapter=12&section=verylongname"
PICTURES = ("pictures/dawn.jpg", "pictures/path.svg", "pictures/shapes.png")


class Writer:
    """Makes words, seeded: English ones, those of a language of `WORDS`, or both, where a fifth is to be English."""

    def __init__(self, seed: int, language: str = "en", mixed: bool = False) -> None:
        self.random = random.Random(seed)
        self.known = WORDS.get(language, ())
        self.mixed = mixed
        self.gap = "" if language in UNSPACED else " "
        self.share = LENGTHS.get(language, 1.0)

    def words(self, count: int, long: float = 0.0) -> str:
        """So many words in sentences; `long` is the share of very long ones."""
        out: list[str] = []
        left = 0
        for _ in range(max(1, round(count * self.share))):
            word = self.random.choice(self.known or (LONG_WORDS if self.random.random() < long else _WORDS))
            if self.mixed and self.random.random() < 0.2:
                word = self.random.choice((*_WORDS, "2026", "41%", "(3)"))
            if left == 0:
                left = self.random.randint(5, 24)
                word = word[:1].upper() + word[1:]
            left -= 1
            out.append(word + (". " if left == 0 else self.gap))
        return "".join(out).rstrip(". ") + ("." if count > 8 else "")

    def body(self, count: int) -> str:
        """So many words in paragraphs, one of them a list."""
        parts = []
        while count > 0:
            size = min(count, self.random.randint(30, 160))
            parts.append(self.words(size))
            count -= size
        if len(parts) > 2:
            parts[1] = "\n".join(f"- {self.words(7)}" for _ in range(4))
        return "\n\n".join(parts)

    def picture(self, caption: int = 0) -> Slide:
        """A picture; with a caption of so many words, and a credit of half as many. Where lines are further apart, captions are
        a line, and there are no credits."""
        out = {"file": self.random.choice(PICTURES), "alt": self.words(6)}
        if caption and self.known:
            out |= {"caption": self.words(min(3, caption))}
        elif caption:
            out |= {"caption": self.words(caption), "credit": self.words(max(1, caption // 2))}
        return out

    def nested(self, count: int) -> list[Any]:
        return [
            {"text": self.words(6), "points": [{"text": self.words(5), "points": [self.words(4), self.words(4)]}]}
            if n % 3 == 0
            else self.words(8)
            for n in range(count)
        ]


def words_slides(w: Writer) -> list[Slide]:
    """Kinds of slide that are made of words."""
    ask = {"ask": w.words(12), "grouping": "pairs", "minutes": 3}
    long_ask = {"ask": w.words(70)}
    out: list[Slide] = [
        {"kind": "cover", "title": w.words(14), "subtitle": w.words(20), "picture": w.picture()},
        {"kind": "cover", "title": w.words(9)},
        {"kind": "agenda", "text": w.words(12), "questions": [ask]},
        {"kind": "objectives", "text": w.words(20), "questions": [long_ask]},
        {"kind": "section", "title": w.words(10), "text": w.words(20)},
    ]
    for count in (1, 2, 4, 7, 12, 18, 30):
        out.append(
            {"kind": "points", "title": w.words(4), "points": [w.words(w.random.randint(2, 12)) for _ in range(count)]}
        )
        out.append(
            {
                "kind": "points",
                "title": w.words(5),
                "numbered": True,
                "text": w.words(12),
                "points": [w.words(6, 0.15) for _ in range(count)],
                "picture": w.picture(8),
                "source": w.words(6),
                "questions": [ask],
            }
        )
    out += [
        {"kind": "points", "title": w.words(3), "points": w.nested(9), "questions": [long_ask]},
        {"kind": "points", "title": w.words(16), "points": w.nested(14), "picture": w.picture()},
        {"kind": "points", "title": " ".join(LONG_WORDS[:2]), "points": [*LONG_WORDS, URL, f"[{w.words(4)}]({URL})"]},
        {"kind": "points", "title": w.words(4), "layout": "Two Content", "points": [w.words(12) for _ in range(16)]},
        {"kind": "definition", "title": w.words(3), "term": w.words(3), "text": w.words(90), "author": w.words(3), "role": w.words(8), "source": w.words(9)},
        {"kind": "definition", "title": w.words(3), "text": w.words(600)},
        {"kind": "quote", "title": w.words(3), "quote": w.words(70), "author": w.words(3), "points": [w.words(8) for _ in range(6)]},
        {"kind": "quote", "title": w.words(3), "quote": w.words(260), "source": w.words(8), "questions": [ask, long_ask]},
        {"kind": "quote", "title": w.words(3), "quote": w.words(120), "picture": w.picture(9), "questions": [ask]},
        {"kind": "narrative", "title": w.words(4), "text": w.body(2000), "notes": w.body(2000)},
        {"kind": "narrative", "title": w.words(4), "text": w.body(260), "picture": w.picture(9), "questions": [ask]},
        {"kind": "narrative", "title": w.words(4), "text": w.words(45, 0.3)},
        {"kind": "clipping", "title": w.words(4), "headline": w.words(12), "byline": w.words(9), "article": w.body(220), "questions": [ask]},
        {"kind": "clipping", "title": w.words(4), "headline": w.words(8), "article": w.words(120), "pictures": [w.picture(7)], "dialogue": [{"speaker": w.words(1), "line": w.words(9)} for _ in range(3)]},
        {"kind": "clipping", "title": w.words(4), "headline": w.words(8), "article": w.words(160), "pictures": [w.picture(7), w.picture(6)]},
        {"kind": "clipping", "title": w.words(4), "headline": w.words(8), "article": w.words(40), "dialogue": [{"speaker": w.words(2), "line": w.words(14)} for _ in range(10)]},
        {"kind": "principle", "title": "Principle", "lead_in": w.words(9), "text": w.words(60), "questions": [ask]},
        {"kind": "principle", "title": "Principle", "text": w.words(300)},
        {"kind": "discussion", "title": w.words(5), "text": w.words(60), "questions": [{"ask": w.words(18), "grouping": "small groups", "minutes": 9} for _ in range(7)]},
        {"kind": "discussion", "title": w.words(5), "questions": [long_ask, {"ask": w.words(140)}]},
        {"kind": "resource", "title": w.words(3), "name": w.words(5), "text": w.words(130), "audience": w.words(9), "audience_points": w.nested(6), "links": [{"text": w.words(2), "url": URL}] * 2},
        {"kind": "resource", "title": w.words(3), "name": w.words(3), "text": w.words(60), "audience": w.words(9), "picture": w.picture(3)},
        {"kind": "resource", "title": w.words(3), "name": w.words(3), "text": w.words(150), "audience": w.words(30)},
        {"kind": "statement", "title": w.words(3), "statement": w.words(50), "questions": [ask]},
        {"kind": "statement", "title": w.words(3), "statement": w.words(6, 0.8)},
        {"kind": "columns", "title": w.words(3), "columns": [{"heading": w.words(5), "text": w.words(60), "points": w.nested(5)}, {"points": [w.words(9) for _ in range(14)]}], "questions": [ask]},
        {"kind": "columns", "title": w.words(3), "columns": [{"text": w.words(40, 0.4)}, {"text": w.words(4)}]},
        {"kind": "comparison", "title": w.words(3), "sides": [{"heading": w.words(3), "points": [w.words(8) for _ in range(12)]}, {"heading": w.words(2), "text": w.words(90)}], "questions": [ask]},
        {"kind": "closing", "text": w.words(30), "links": [{"text": w.words(8), "url": URL}, {"text": w.words(3), "url": "mailto:nobody@example.org"}]},
    ]  # fmt: skip
    return out


def showing_slides(w: Writer) -> list[Slide]:
    """Kinds of slide that show data, pictures and sequences, or let people do something."""
    ask = {"ask": w.words(12), "grouping": "pairs", "minutes": 3}
    out: list[Slide] = []
    for columns, rows, size in (
        (2, 1, 3),
        (3, 12, 4),
        (4, 20, 2),
        (6, 9, 4),
        (7, 12, 0),
        (12, 20, 0),
        (2, 200, 1),
        (2, 12, 40),
    ):
        out.append(
            {
                "kind": "table",
                "title": w.words(4),
                "header": [w.words(1)[: 2 if w.known else 6] if columns > 6 else w.words(2) for _ in range(columns)],
                "rows": [
                    [w.words(w.random.randint(1, size)) if size else str(n * c) for c in range(columns)]
                    for n in range(rows)
                ],
                **({"text": w.words(14), "source": w.words(9)} if columns % 2 == 0 else {"questions": [ask]}),
            }
        )
    for count in (2, 3, 5, 6, 9, 20):
        steps = [
            {"name": w.words(2), **({"text": w.words(w.random.randint(3, 18))} if count != 6 else {})}
            for _ in range(count)
        ]
        out.append({"kind": "steps", "title": w.words(4), "steps": steps, "questions": [ask] if count % 2 else []})
    for count in (2, 4, 6, 7, 14, 40):
        events = [
            {"when": str(1900 + n) if n % 2 else f"{w.words(1)} {1900 + n}", "text": w.words(w.random.randint(3, 16))}
            for n in range(count)
        ]
        out.append({"kind": "timeline", "title": w.words(4), "events": events, "questions": [ask] if count % 2 else []})
    for count in (2, 3, 4, 5):
        stages = [
            {"name": w.words(1) if count > 3 else w.words(3), "text": w.words(14 * n)} for n in range(1, count + 1)
        ]
        out.append({"kind": "stages", "title": w.words(4), "stages": stages, "questions": [ask]})
        names = [f"{w.words(1)} {n}" for n in range(count)]
        out.append(
            {
                "kind": "stages",
                "title": w.words(4),
                "stages": names,
                "current": names[-1],
                "text": w.body(180),
                **({"picture": w.picture(9)} if count % 2 else {}),
            }
        )
    for count in (2, 3, 4, 5, 6, 7, 13, 24):
        out.append(
            {
                "kind": "grid",
                "title": w.words(4),
                "pictures": [w.picture(3 if count < 4 else 1 if count < 24 else 0) for _ in range(count)],
                "questions": [ask] if count % 2 else [],
            }
        )
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
    out += [
        {"kind": "chart", "title": w.words(4), "chart": "bar", "categories": months[:4], "series": [{"name": w.words(2), "values": [3, 9.5, 1, 4]}], "source": w.words(12)},
        {"kind": "chart", "title": w.words(4), "chart": "bar", "categories": months, "series": [{"name": w.words(2), "values": list(range(n, n + 10))} for n in (1, 4, 9)], "text": w.words(40), "unit": "people", "questions": [ask]},
        {"kind": "chart", "title": w.words(4), "chart": "bar", "horizontal": True, "categories": [w.words(5) for _ in range(5)], "series": [{"name": w.words(2), "values": [120, 4500.5, 31, 2, 99]}], "unit": "%"},
        {"kind": "chart", "title": w.words(4), "chart": "bar", "stacked": True, "categories": months[:3], "series": [{"name": w.words(1) + str(n), "values": [3, 4, 5]} for n in range(6)]},
        {"kind": "chart", "title": w.words(4), "chart": "line", "categories": [str(y) for y in range(1990, 2026)], "series": [{"name": w.words(2), "values": [(y * n) % 50 for y in range(36)]} for n in (3, 7)], "text": w.body(160)},
        {"kind": "chart", "title": w.words(4), "chart": "pie", "categories": [w.words(2) + str(n) for n in range(6)], "series": [{"name": "Share", "values": [5, 4, 3, 2, 1, 1]}], "unit": "%"},
        {"kind": "picture", "title": w.words(12), "picture": w.picture(9), "questions": [ask]},
        {"kind": "picture", "title": w.words(4), "full": True, "picture": w.picture(12)},
        {"kind": "picture", "title": w.words(4), "full": True, "picture": w.picture()},
        {"kind": "activity", "title": w.words(4), "instructions": "\n".join(f"{n}. {w.words(14)}" for n in range(1, 12)), "grouping": "small groups", "group_size": 4, "minutes": 25, "materials": [w.words(3) for _ in range(4)]},
        {"kind": "activity", "title": w.words(4), "instructions": w.body(240), "materials": [w.words(5) for _ in range(14)]},
        {"kind": "activity", "title": w.words(4), "instructions": w.words(20), "minutes": 90, "questions": [ask]},
        {"kind": "poll", "title": w.words(4), "question": w.words(16), "options": [w.words(6) for _ in range(10)], "join": "https://example.org/vote/room-12"},
        {"kind": "poll", "title": w.words(4), "question": w.words(9), "options": [w.words(18) for _ in range(6)], "questions": [ask]},
        {"kind": "video", "title": w.words(4), "video": {"text": w.words(9), "url": URL}, "poster": w.picture(8), "text": w.words(40), "questions": [ask]},
        {"kind": "video", "title": w.words(4), "video": {"text": w.words(6), "url": URL}, "text": w.body(200)},
        {"kind": "break", "minutes": 15, "text": w.words(16)},
        {"kind": "statement", "title": w.words(4), "statement": w.words(8), "hidden": True, "notes": w.body(900)},
        {"kind": "quiz", "title": w.words(4), "question": w.words(16), "options": [{"text": w.words(6), "correct": n % 3 == 0} for n in range(10)], "why": w.body(120)},
        {"kind": "quiz", "title": w.words(9), "question": w.words(30), "options": [{"text": w.words(18), "correct": True}, w.words(1)], "questions": [ask]},
        *({"kind": "number", "title": w.words(4), "numbers": [{"number": number, "unit": unit, "text": w.words(20 // count)} for _ in range(count)], "source": w.words(9), "questions": [ask] if count == 2 else []} for count, number, unit in ((1, "1,234,567", "people"), (1, "7%", w.words(1)), (2, "1 in 1,000", w.words(3)), (3, "107,543", w.words(2)))),
        {"kind": "references"},
        {"kind": "credits"},
        {"kind": "matrix", "title": w.words(4), "across": [w.words(3), w.words(2)], "down": [w.words(2), w.words(2)], "quadrants": [{"heading": w.words(2), "text": w.words(12)}, {"heading": w.words(2), "points": [w.words(4)] * 2}, w.words(2), {"text": w.words(9)}], "questions": [ask]},
        {"kind": "matrix", "title": w.words(9), "quadrants": [{"heading": w.words(2), "text": w.words(60), "points": w.nested(9)} for _ in range(4)]},
    ]  # fmt: skip
    return out


def kinds_slides(w: Writer) -> list[Slide]:
    """A slide of each kind, one of those that the others make of it, by chance."""
    every = [*words_slides(w), *showing_slides(w)]
    kinds = dict.fromkeys(slide["kind"] for slide in every)
    return [w.random.choice([slide for slide in every if slide["kind"] == kind]) for kind in kinds]


SLIDES: dict[str, Callable[[Writer], list[Slide]]] = {
    "words": words_slides,
    "showing": showing_slides,
    "kinds": kinds_slides,
}
NAMES = tuple(SLIDES)


def write_generated(
    folder: Path, name: str, language: str = "en-US", mixed: bool = False, share: slice = slice(None)
) -> Path:
    """The generated deck of that name, written to the folder: in English, or in a language of `WORDS`, with English words and
    numbers among the others where `mixed`; that share of its slides."""
    w = Writer(NAMES.index(name) + 1, language, mixed)
    slides = SLIDES[name](w)[share]
    references = [{"id": f"source-{n}", "text": w.words(20), "url": f"{URL}&n={n}"} for n in range(30)]
    for n, slide in enumerate(slides):
        if slide["kind"] not in ("references", "credits", "cover"):
            slide["sources"] = [f"source-{n % 30}"]
        if n % 4 == 0:
            slide["cues"] = [{"say": w.words(80)}, {"do": w.words(20)}, {"transition": w.words(9)}]
        slide.setdefault("notes", w.words(30))
    third = len(slides) // 3
    cut = [slides[:third], slides[third : 2 * third], slides[2 * third :]]
    sections = [{"title": w.words(8), "text": w.words(12), "slides": part} for part in cut]
    sections.append(
        {
            "title": "Appendix",
            "appendix": True,
            "slides": [{"kind": "statement", "title": w.words(3), "statement": w.words(12)}],
        }
    )
    return deck_folder(
        folder,
        sections=sections,
        title=w.words(12),
        subtitle=w.words(14),
        copyright="© 2026 " + w.words(5),
        organisation=w.words(6),
        authors=[{"name": w.words(2), "role": w.words(4)} for _ in range(2 if w.known else 3)],
        objectives=[w.words(16) for _ in range(9)],
        references=references,
        language=language,
    )  # fmt: skip
