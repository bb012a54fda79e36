"""How well slides use their room: figures of every shipped deck in every theme, or of the decks that are named.

    python benchmarks/craft.py [DECK ...]

Everything but the layouts is measured on arranged frames, in points; the layouts are counted in the deck file.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from deckbuilder.api import arrange, build, read
from deckbuilder.layout.frame import PictureItem, QrCode, SlideFrame, TextItem
from deckbuilder.theme.color import contrast
from deckbuilder.theme.theme import Theme
from deckbuilder.units import Rect

ROOT = Path(__file__).parent.parent
THEMES = ("spruce", "slate", "broadsheet", "beacon")
LEFT, RIGHT, TOP, FOOT = 64, 896, 136, 478  # the margins and the body zone of the standard layouts
NEAR = 2.0  # points by which an edge may miss a margin
_TEXT_KINDS = ("points", "narrative", "columns", "comparison", "stages", "steps", "timeline", "discussion")
HEAD = (
    "deck",
    "theme",
    "slides",
    "picture%",
    "least%",
    "on grid",
    "body%",
    "<50%",
    "1-word",
    "sizes",
    "n of m",
    "layouts",
)


def main() -> None:
    decks = [Path(name) for name in sys.argv[1:]] or sorted(p.parent for p in (ROOT / "content").glob("*/deck.yaml"))
    print(*(f"{word:>9}" for word in HEAD))
    for deck in decks:
        session = deck / "session.yaml"
        content = read(deck, session=session if session.is_file() else None)
        for theme in THEMES:
            made = arrange(content, theme=str(ROOT / "themes" / theme))
            figures = measured(list(made.frames), made.theme)
            with tempfile.TemporaryDirectory() as folder:
                (file,) = build(deck, theme=str(ROOT / "themes" / theme), only=["deck"], output=folder).files
                with zipfile.ZipFile(file) as package:
                    layouts = sum(name.startswith("ppt/slideLayouts/slide") for name in package.namelist())
            print(*(f"{word!s:>9}" for word in (deck.name[:9], theme[:9], *figures, layouts)))
    for theme in THEMES:
        look = arrange(content, theme=str(ROOT / "themes" / theme)).theme
        shades = [look.palette.rgb(look.series_color(n)) for n in range(6)]
        ratios = [contrast(a, b) for a, b in pairwise(shades)]
        print(f"{theme}: luminance of adjacent series {', '.join(f'{ratio:.2f}' for ratio in ratios)}")


def measured(frames: list[SlideFrame], theme: Theme) -> tuple[object, ...]:
    area = theme.width * theme.height
    seen = [rect for frame in frames for rect in pictures(frame)]
    shares = [100 * share / area for frame in frames for share in areas(frame)]
    on_grid = sum(ends_on_grid(rect, theme) for rect in seen)
    used = [use_of_body(frame) for frame in frames if frame.slide.kind in _TEXT_KINDS and frame.part == 1]
    words = [last for frame in frames for last in last_words(frame)]
    return (
        len(frames),
        f"{statistics.median(shares):.1f}" if shares else "-",
        f"{min(shares):.1f}" if shares else "-",
        f"{on_grid}/{len(seen)}",
        f"{100 * statistics.mean(used):.0f}",
        f"{sum(u < 0.5 for u in used)}/{len(used)}",
        f"{sum(words)}/{len(words)}",
        drifting(frames),
        sum(" of " in frame.title and frame.title.endswith(")") for frame in frames),
    )


def pictures(frame: SlideFrame) -> Iterator[Rect]:
    """What is seen of each picture beside text or alone: not of QR codes and covers."""
    for item in frame.items:
        if isinstance(item, PictureItem) and not isinstance(item.picture, QrCode) and frame.slide.kind != "cover":
            yield visible(item)


def areas(frame: SlideFrame) -> list[float]:
    """The areas that pictures take, those of a grid, which are looked at together, as one."""
    each = [rect.width * rect.height for rect in pictures(frame)]
    return [sum(each)] if each and frame.slide.kind == "grid" else each


def visible(item: PictureItem) -> Rect:
    """A picture's box without the room that negative crops leave free."""
    rect, (left, top, right, bottom) = item.placeholder.rect, item.crop
    across, down = rect.width / (1 - left - right), rect.height / (1 - top - bottom)
    x, y = rect.x + max(0.0, -left) * across, rect.y + max(0.0, -top) * down
    width = rect.width - (max(0.0, -left) + max(0.0, -right)) * across
    return Rect(x, y, width, rect.height - (max(0.0, -top) + max(0.0, -bottom)) * down)


def ends_on_grid(rect: Rect, theme: Theme) -> bool:
    """Whether a picture reaches a margin or the slide's edge at one side at least."""
    left = rect.x < NEAR or abs(rect.x - LEFT) < NEAR
    right = rect.right > theme.width - NEAR or abs(rect.right - RIGHT) < NEAR
    return left or right


def use_of_body(frame: SlideFrame) -> float:
    """How much of the body zone's height lies between the first and the last line of text or the edges of what it stands on."""
    low, high = FOOT, TOP
    for item in frame.items:
        holder = item.placeholder
        if holder.type == "title" or holder.rect.bottom <= TOP:
            continue
        if not isinstance(item, TextItem):
            top, bottom = holder.rect.y, holder.rect.bottom
        else:
            free = holder.rect.height - item.text.height
            top = holder.rect.y + {"top": 0.0, "middle": free / 2, "bottom": free}[holder.anchor]
            bottom = top + item.text.height
        low, high = min(low, top), max(high, bottom)
    return min(1.0, max(0.0, high - low) / (FOOT - TOP))


def last_words(frame: SlideFrame) -> Iterator[bool]:
    """For each paragraph of two lines and more whether its last line is one short word."""
    for item in frame.items:
        if isinstance(item, TextItem):
            for paragraph in item.text.paragraphs:
                if len(paragraph.lines) > 1:
                    last = "".join(s.text for s in paragraph.lines[-1].segments).split()
                    yield len(last) == 1 and len(last[0]) < 10


def drifting(frames: list[SlideFrame]) -> str:
    """How many series are set in more than one size, of how many there are."""
    series: dict[tuple[str, str], set[float]] = defaultdict(set)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for frame in frames:
        title = getattr(frame.slide, "title", None)
        for item in frame.items:
            if title is not None and isinstance(item, TextItem) and str(item.placeholder.role) == "body":
                key = (title.plain, item.placeholder.style.name)
                series[key].add(item.text.style.levels[0].size)
                counts[key] += 1
    several = [key for key, count in counts.items() if count > 1]
    return f"{sum(len(series[key]) > 1 for key in several)}/{len(several)}"


if __name__ == "__main__":
    main()
