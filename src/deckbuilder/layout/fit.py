"""Making text fit, in one fixed order: the theme's size, smaller down to the floor, further
slides. What fits on none is the caller's to report; nothing is clipped and nothing dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from deckbuilder.content.text import Paragraph, Run
from deckbuilder.layout.frame import LaidText
from deckbuilder.layout.lines import split_words
from deckbuilder.layout.measure import measure_text
from deckbuilder.theme.styles import TextStyle
from deckbuilder.theme.theme import Theme
from deckbuilder.units import Rect

_WORDS_AT_A_TIME = (25, 6, 1)
_SLACK = 0.5  # points: rounding of EMU and half-point sizes


def fit_text(paragraphs: Sequence[Paragraph], style: TextStyle, rect: Rect, theme: Theme) -> LaidText | None:
    """The text at the largest size from the theme's down to the floor at which it fits; None
    when it does not fit at the floor either."""
    style = _deep_enough(paragraphs, style)
    most = rect.height + _SLACK
    first = measure_text(paragraphs, style, rect.width, theme, most)
    if _fits(first, rect) and not _broken(first):
        return first
    steps = size_steps(style)
    best: LaidText | None = None
    low, high = 0, len(steps) - 1  # steps grow smaller; find the first that fits
    while low <= high:
        middle = (low + high) // 2
        laid = measure_text(paragraphs, style.scaled(steps[middle]), rect.width, theme, most)
        last = middle == len(steps) - 1
        if _fits(laid, rect) and (last or not _broken(laid)):
            best, high = laid, middle - 1
        else:
            low = middle + 1
    return best


def _deep_enough(paragraphs: Sequence[Paragraph], style: TextStyle) -> TextStyle:
    """The style with a level for each list item's."""
    return style.deep_enough(max((p.level for p in paragraphs if p.marker), default=0))


def height_at_floor(paragraphs: Sequence[Paragraph], style: TextStyle, width: float, theme: Theme) -> float:
    """How high the text is at the smallest sizes the style allows, in points."""
    return measure_text(paragraphs, style.scaled(style.smallest), width, theme).height


@cache
def size_steps(style: TextStyle) -> list[float]:
    """Scales two points of the largest level apart, from just below 1 to the smallest: few sizes in
    a deck look calmer than many, and each is a layout."""
    size = max(level.size for level in style.levels)
    smallest = style.smallest
    steps = [1 - n / size for n in range(2, int(size * (1 - smallest)) + 1, 2)]
    return [s for s in steps if s > smallest + 1e-6] + [smallest]


def _broken(laid: LaidText) -> bool:
    """Whether smaller text would be better: a word is torn, or what had better stay on one line is on several."""
    if laid.torn or not laid.style.unbroken:
        return laid.torn
    return any(len(p.lines) > 1 + sum(run.text.count("\n") for run in p.runs) for p in laid.paragraphs if p.level == 0)


def _fits(laid: LaidText, rect: Rect) -> bool:
    return laid.height <= rect.height + _SLACK and not laid.overfull


def fit_over_slides(
    paragraphs: Sequence[Paragraph], style: TextStyle, rect: Rect, theme: Theme
) -> list[LaidText] | None:
    """The text on as few slides as it takes, evenly filled and set in one size.

    Slides begin at a paragraph; paragraphs longer than a slide are divided between sentences.
    None when not even a single line fits the box.
    """
    style = _deep_enough(paragraphs, style)
    whole = fit_text(paragraphs, style, rect, theme)
    if whole is not None:
        return [whole]
    pieces = _pieces(paragraphs, style, rect, theme)
    if pieces is None:
        return None
    groups = _packed(pieces, style, rect, theme)
    groups = _balanced(pieces, len(groups), style, rect, theme) or groups
    laid = [fit_text(group, style, rect, theme) for group in groups]
    if any(text is None for text in laid):
        return None
    smallest = min(text.style.scale for text in laid if text)
    even = [measure_text(group, style.scaled(smallest), rect.width, theme) for group in groups]
    if all(_fits(text, rect) for text in even):
        return even
    return [text for text in laid if text]


def _pieces(paragraphs: Sequence[Paragraph], style: TextStyle, rect: Rect, theme: Theme) -> list[Paragraph] | None:
    """Paragraphs none of which is higher than the box at the floor: divided between sentences,
    within long ones after a few words, or where nothing else helps after any word."""

    def fits(paragraph: Paragraph) -> bool:
        return height_at_floor([paragraph], style, rect.width, theme) <= rect.height

    out: list[Paragraph] = []
    for paragraph in paragraphs:
        if fits(paragraph):
            out.append(paragraph)
            continue
        for most in _WORDS_AT_A_TIME:
            parts = _divided(paragraph, most, fits)
            if all(fits(part) for part in parts):
                out.extend(parts)
                break
        else:
            return None
    return out


def _divided(paragraph: Paragraph, most: int, fits: Callable[[Paragraph], bool]) -> list[Paragraph]:
    """The paragraph in parts that fit, as far as pieces of at most so many words allow. Only the
    first part of a list item has its marker."""
    out: list[Paragraph] = []
    part: list[Run] = []
    for run in _sentences(paragraph.runs, most):
        if part and not fits(replace(paragraph, runs=(*part, run))):
            out.append(replace(paragraph, runs=_trimmed(part)))
            paragraph = replace(paragraph, marker=None, number=None)
            part = []
        part.append(run)
    return [*out, replace(paragraph, runs=_trimmed(part))]


def _sentences(runs: Sequence[Run], most: int) -> list[Run]:
    """Runs cut after sentences, and longer sentences after every `most` words."""
    out: list[Run] = []
    for run in runs:
        if run.formula:
            out.append(run)
            continue
        piece: list[str] = []
        for word in split_words(run.text):
            piece.append(word)
            if len(piece) >= most or word.rstrip().endswith((".", "!", "?", ";", "。", "！", "？")):
                out.append(replace(run, text="".join(piece)))
                piece = []
        if piece:
            out.append(replace(run, text="".join(piece)))
    return [run for run in out if run.text]


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    *head, last = runs
    return (*head, replace(last, text=last.text.rstrip(" ")))


def _packed(pieces: Sequence[Paragraph], style: TextStyle, rect: Rect, theme: Theme) -> list[list[Paragraph]]:
    """Pieces on slides, each filled at the floor before the next is begun."""
    groups: list[list[Paragraph]] = [[]]
    for piece in pieces:
        if groups[-1] and height_at_floor([*groups[-1], piece], style, rect.width, theme) > rect.height:
            groups.append([])
        groups[-1].append(piece)
    return groups


def _balanced(
    pieces: Sequence[Paragraph], count: int, style: TextStyle, rect: Rect, theme: Theme
) -> list[list[Paragraph]] | None:
    """The pieces on `count` slides of about equal height; None when that does not fit.

    A nested item stays with the item above it where it can.
    """
    heights = [height_at_floor([p], style, rect.width, theme) for p in pieces]
    groups: list[list[Paragraph]] = []
    start = 0
    for left in range(count, 0, -1):
        target = sum(heights[start:]) / left
        filled, end = 0.0, start
        while end < len(pieces) - (left - 1) and (end == start or filled + heights[end] / 2 <= target):
            filled += heights[end]
            end += 1
        if left == 1:
            end = len(pieces)
        while start + 1 < end < len(pieces) and pieces[end].level > 0 and pieces[end - 1].level == 0:
            end -= 1
        groups.append(list(pieces[start:end]))
        start = end
    if any(not g or height_at_floor(g, style, rect.width, theme) > rect.height for g in groups):
        return None
    return groups
