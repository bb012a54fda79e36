"""Layouts as slides use them.

Whatever fitting changed, a smaller size or a box of another height, goes into a layout of its own,
derived from the theme's and shared by all slides that need the same. Slides then say nothing that
their layout does not: "Reset Slide" in PowerPoint changes nothing, and a person can give another
slide the same sizes by giving it the layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.layout.frame import Item, TextItem
from deckbuilder.theme.theme import Art, Placeholder, SlideLayout

_MIXED = {"smaller text", "larger text"}

_Key = tuple[str, tuple[Placeholder, ...], tuple[Art, ...]]


class Variants:
    """The layouts derived so far, each made once and named after what is different in it, in words; what is told apart by
    measures alone is counted."""

    def __init__(self) -> None:
        self._layouts: dict[_Key, SlideLayout] = {}
        self._known: dict[int, tuple[SlideLayout, SlideLayout]] = {}
        self._names: set[str] = set()

    def fitted(self, layout: SlideLayout, items: Sequence[Item]) -> tuple[SlideLayout, list[Item]]:
        """The layout in which each item's placeholder is as the item has it, and the items in it."""
        out = [replace(item, placeholder=_as_used(item)) for item in items]
        given = {p.index: p for p in layout.placeholders}
        changed = {i.placeholder.index: i.placeholder for i in out if i.placeholder != given[i.placeholder.index]}
        if not changed:
            if id(layout) not in self._known:  # what it is known by stays as long as its layout does
                self._known[id(layout)] = (layout, self._made(layout, layout.placeholders, []))
            return self._known[id(layout)][1], out
        placeholders = tuple(changed.get(p.index, p) for p in layout.placeholders)
        said = [words for n, p in changed.items() if (words := _difference(given[n], p))]
        return self._made(layout, placeholders, said), out

    def _made(self, layout: SlideLayout, placeholders: tuple[Placeholder, ...], said: Sequence[str]) -> SlideLayout:
        key = (layout.name, placeholders, layout.art)
        if key not in self._layouts:
            name = self._name(layout, said)
            same = name == layout.name and placeholders == layout.placeholders
            self._layouts[key] = layout if same else layout.derived(name=name, placeholders=placeholders)
        return self._layouts[key]

    def _name(self, layout: SlideLayout, said: Sequence[str]) -> str:
        if {*said} >= _MIXED:
            said = ["mixed text sizes", *(words for words in said if words not in _MIXED)]
        name = ", ".join(dict.fromkeys((layout.name, *said)))
        unique, count = name, 2
        while unique in self._names:
            unique, count = f"{name} {count}", count + 1
        self._names.add(unique)
        return unique


def _as_used(item: Item) -> Placeholder:
    if not isinstance(item, TextItem):
        return item.placeholder
    style = item.text.style
    substituted = any(p.substituted for p in item.text.paragraphs)
    return replace(item.placeholder, style=style.exact() if substituted else style)


def _difference(before: Placeholder, after: Placeholder) -> str | None:
    """What is different, in words; None where another difference explains it."""
    if after.fill != before.fill:
        return f"{before.role.number} marked" if before.role.number else "marked"
    if after.style.scale != before.style.scale:
        what = "title" if before.type == "title" else "text"
        return f"smaller {what}" if after.style.scale < before.style.scale else f"larger {what}"
    if len(after.style.levels) != len(before.style.levels):
        return "deeper lists"
    if after.style != before.style:
        return "exact lines"
    if before.type == "picture":
        smaller = after.rect.width * after.rect.height < before.rect.width * before.rect.height
        return "smaller picture" if smaller else "larger picture"
    return None
