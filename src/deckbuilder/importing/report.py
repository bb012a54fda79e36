"""What became of an old deck, slide by slide, as text and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from deckbuilder.frozen import dataclass
from deckbuilder.importing.old import Left

_DOUBTFUL = 0.7


@dataclass(frozen=True, slots=True)
class Became:
    """An old slide: its number and title; the kinds and numbers of the new slides that it became; how `sure` that is, from
    0 to 1, and `why`; and what of it is on none of them."""

    number: int
    title: str
    kinds: tuple[str, ...]
    new: tuple[int, ...]
    sure: float
    why: str
    left: tuple[Left, ...]
    hidden: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether somebody should look at it."""
        return self.sure < _DOUBTFUL

    @property
    def guesses(self) -> tuple[Left, ...]:
        return tuple(one for one in self.left if one.what.startswith("a guess"))

    @property
    def out(self) -> tuple[Left, ...]:
        """What was left out."""
        return tuple(one for one in self.left if not one.what.startswith("a guess"))


@dataclass(frozen=True)
class Imported:
    """A deck that was imported into a folder. `left` is what was left out of the file as a whole, `repeated` are words that
    the new deck says less often than the old one, `invented` words that the old one does not say (there should be none),
    `problems` what keeps the new deck from being built, and `words` how many words the old deck has. `theme` is the folder of
    the theme pack that was made of it, within the deck's, "" without one, and `of_theme` what there is to say of that."""

    source: str
    folder: Path
    slides: tuple[Became, ...]
    left: tuple[Left, ...] = ()
    repeated: tuple[Left, ...] = ()
    invented: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    words: int = 0
    theme: str = ""
    of_theme: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The report as data; `version` counts its form."""
        return {
            "version": 1,
            "source": self.source,
            "folder": str(self.folder),
            "words": self.words,
            "slides": [
                {
                    "slide": row.number,
                    "title": row.title,
                    "became": [{"kind": kind, "slide": n} for kind, n in zip(row.kinds, row.new, strict=True)],
                    "sure": round(row.sure, 2),
                    "why": row.why,
                    "guessed": [one.what.removeprefix("a guess: ") for one in row.guesses],
                    "left_out": [asdict(one) for one in row.out],
                    "hidden": row.hidden,
                }
                for row in self.slides
            ],
            "left_out": [asdict(one) for one in (*self.left, *self.repeated)],
            "invented": list(self.invented),
            "problems": list(self.problems),
            "theme": self.theme or None,
            "of_theme": list(self.of_theme),
        }

    def as_text(self) -> str:
        """The report as people read it."""
        out = [f"{self.source}: {len(self.slides)} slides, {self.words:,} words", ""]
        for row in self.slides:
            became = ", ".join(f"{kind} ({n})" for kind, n in zip(row.kinds, row.new, strict=True)) or "nothing"
            doubt = "" if row.sure >= _DOUBTFUL else " – look at it"
            hidden = ", hidden" if row.hidden else ""
            out.append(f"{row.number:>3}  {row.title or '(no title)'}{hidden}")
            out.append(f"     {became}: {row.why} ({round(100 * row.sure)} in 100 sure){doubt}")
            out += [f"     guessed: {one.what.removeprefix('a guess: ')}" for one in row.guesses]
            out += [f"     left out: {_told(one)}" for one in row.out]
        for name, rest in (("Left out of the file", self.left), ("Said less often", self.repeated)):
            if rest:
                out += ["", f"{name}:", *(f"  {_told(one)}" for one in rest)]
        if self.invented:
            out += ["", f"Words that the old deck does not say: {', '.join(self.invented)}"]
        if self.problems:
            out += ["", "It does not build yet:", *(f"  {problem}" for problem in self.problems)]
        if self.theme or self.of_theme:
            out += ["", f"Theme: {self.theme or 'none could be made'}", *(f"  {line}" for line in self.of_theme)]
        return "\n".join(out) + "\n"

    def write(self, folder: Path) -> None:
        """Writes import.txt and import.json into a folder."""
        (folder / "import.txt").write_text(self.as_text(), encoding="utf-8")
        data = json.dumps(self.as_json(), ensure_ascii=False, indent=2)
        (folder / "import.json").write_text(data + "\n", encoding="utf-8")


def _told(one: Left) -> str:
    return f"{one.what}: {one.words}" if one.words else one.what


def summary(imported: Imported) -> list[str]:
    """The report in a few lines: what slides became, where to look, and where all of it is told."""
    kinds = Counter(kind for row in imported.slides for kind in row.kinds)
    out = [f"{len(imported.slides)} slides became " + ", ".join(f"{n} {kind}" for kind, n in kinds.most_common()) + "."]
    doubtful = [str(row.number) for row in imported.slides if row.sure < _DOUBTFUL]
    if doubtful:
        out.append(
            f"Look at {'slide' if len(doubtful) == 1 else 'slides'} {', '.join(doubtful)}: their kinds are not sure."
        )
    left = Counter(one.what for row in imported.slides for one in row.out if "label of notes" not in one.what)
    left.update(one.what for one in imported.left)
    if left:
        out.append(
            "Left out: "
            + "; ".join(f"{what}{f' ({n} times)' if n > 1 else ''}" for what, n in left.most_common(8))
            + ("; and more." if len(left) > 8 else ".")
        )
    if imported.invented:
        out.append(f"Words that the old deck does not say: {', '.join(imported.invented)}.")
    out += [f"It does not build yet: {problem}" for problem in imported.problems]
    if imported.of_theme:
        out += list(imported.of_theme)
    return [*out, f"All of it: {imported.folder / 'import.txt'}"]
