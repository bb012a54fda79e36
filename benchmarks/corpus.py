"""The decks that are measured: the same text for deckbuilder (YAML) and for pandoc (Markdown)."""

from __future__ import annotations

import io
import random
from pathlib import Path

import yaml
from PIL import Image, ImageFilter

WORDS = [
    "harm",
    "reduction",
    "practice",
    "people",
    "service",
    "recovery",
    "support",
    "community",
    "health",
    "risk",
    "change",
    "coach",
    "story",
    "policy",
    "evidence",
    "street",
    "clinic",
    "nurse",
    "peer",
    "outreach",
    "housing",
    "safety",
    "respect",
    "voice",
    "right",
    "movement",
    "program",
    "city",
    "state",
    "hope",
    "choice",
    "pathway",
    "network",
    "training",
    "question",
    "answer",
    "meeting",
    "group",
    "notes",
    "paper",
    "session",
    "morning",
]


def sentence(rng: random.Random, count: int) -> str:
    """So many words, none twice in a row: each of those would be a note, which a text that somebody wrote has hardly ever."""
    words = [rng.choice(WORDS)]
    while len(words) < count:
        words.append(rng.choice([word for word in WORDS if word != words[-1]]))
    return (" ".join(words)).capitalize() + "."


def photograph(rng: random.Random, width: int = 1600, height: int = 1200) -> bytes:
    """A JPEG with the size and the entropy of a photograph: 300 to 400 kB."""
    small = Image.effect_noise((width // 4, height // 4), 90).resize((width, height), Image.Resampling.BICUBIC)
    color = Image.new("RGB", (width, height), tuple(rng.randrange(40, 200) for _ in range(3)))
    image = Image.blend(Image.merge("RGB", [small.filter(ImageFilter.GaussianBlur(1))] * 3), color, 0.4)
    for quality in range(95, 20, -3):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality)
        if out.tell() < 390_000:
            return out.getvalue()
    return out.getvalue()


def make(folder: Path, slides: int, photographs: int, every: int = 0) -> tuple[Path, Path]:
    """Writes the two decks; returns the folder with deck.yaml and the Markdown file. With `every`
    each slide of that number shows one of the photographs, in turn; else each stands on one slide."""
    rng = random.Random(f"{slides} {photographs}")
    folder.mkdir(parents=True)
    (folder / "pictures").mkdir()
    markdown = ["% Benchmark", "% The deckbuilder contributors", ""]
    sections: list[dict[str, object]] = []
    with_picture = set(range(2, 2 + 3 * photographs, 3)) if photographs else set()
    if every:
        with_picture = set(range(0, slides, every))
    names: list[str] = []
    for number in range(slides):
        if number % 10 == 0:
            title = sentence(rng, 3).rstrip(".")
            sections.append({"title": f"{title} {number // 10 + 1}", "slides": []})
        title = f"{sentence(rng, 4).rstrip('.')} {number + 1}"
        say, note = sentence(rng, 25), sentence(rng, 20)
        slide: dict[str, object] = {"title": title, "minutes": 3, "cues": [{"say": say}, {"do": note}]}
        markdown += [f"## {title}", ""]
        if number in with_picture:
            if len(names) < photographs:
                names.append(f"pictures/photo-{number}.jpg")
                (folder / names[-1]).write_bytes(photograph(rng))
            name = names[number // every % len(names)] if every else names[-1]
            text = sentence(rng, 40)
            slide |= {"kind": "narrative", "text": text, "picture": {"file": name, "alt": "A photograph of a street."}}
            markdown += [":::: columns", "::: column", text, ":::", "::: column", f"![]({name})", ":::", "::::", ""]
        elif number % 8 == 5:
            ask = sentence(rng, 12)
            listen = [sentence(rng, 8) for _ in range(3)]
            slide |= {
                "kind": "discussion",
                "questions": [{"ask": ask, "grouping": "pairs", "minutes": 3, "listen_for": listen}],
            }
            markdown += [ask, ""]
        else:
            points = [sentence(rng, 12) for _ in range(5)]
            slide |= {"kind": "points", "points": points}
            markdown += [*(f"- {p}" for p in points), ""]
        markdown += ["::: notes", say, "", note, ":::", ""]
        sections[-1]["slides"].append(slide)  # type: ignore[attr-defined]
    deck = {
        "title": "Benchmark",
        "authors": ["The deckbuilder contributors"],
        "language": "en-US",
        "sections": sections,
    }
    (folder / "deck.yaml").write_text(yaml.safe_dump(deck, sort_keys=False, allow_unicode=True), encoding="utf-8")
    (folder / "deck.md").write_text("\n".join(markdown), encoding="utf-8")
    return folder, folder / "deck.md"
