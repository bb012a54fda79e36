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
from deckbuilder.theme.theme import Placeholder, SlideLayout

_Key = tuple[str, tuple[Placeholder, ...]]


class Variants:
    """The layouts derived so far, each made once and named after what is different in it."""

    def __init__(self) -> None:
        self._layouts: dict[_Key, SlideLayout] = {}
        self._names: set[str] = set()

    def fitted(self, layout: SlideLayout, items: Sequence[Item]) -> tuple[SlideLayout, list[Item]]:
        """The layout in which each item's placeholder is as the item has it, and the items in it."""
        out = [replace(item, placeholder=_as_used(item)) for item in items]
        given = {p.index: p for p in layout.placeholders}
        changed = {i.placeholder.index: i.placeholder for i in out if i.placeholder != given[i.placeholder.index]}
        if not changed:
            return layout, out
        key = (layout.name, tuple(changed.values()))
        if key not in self._layouts:
            placeholders = tuple(changed.get(p.index, p) for p in layout.placeholders)
            name = self._name(layout, [(given[n], p) for n, p in changed.items()])
            self._layouts[key] = layout.derived(name=name, placeholders=placeholders)
        return self._layouts[key], out

    def _name(self, layout: SlideLayout, changes: Sequence[tuple[Placeholder, Placeholder]]) -> str:
        said = [words for before, after in changes if (words := _difference(before, after))]
        name = f"{layout.name} ({', '.join(said)})" if said else f"{layout.name} (fitted)"
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
    role = before.role.spoken
    if after.style.scale != before.style.scale:
        return f"{role} {after.style.levels[0].size:g} pt"
    if after.fill != before.fill:
        return f"{role} marked"
    if len(after.style.levels) != len(before.style.levels):
        return f"{role} {len(after.style.levels) - 1} levels"
    if after.style != before.style:
        return f"{role} with exact lines"
    if before.type == "picture":
        return f"{role} {after.rect.width:.0f} × {after.rect.height:.0f}"
    return None
