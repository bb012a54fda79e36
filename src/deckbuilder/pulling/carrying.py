"""What was changed of what a slide shows, carried over into what its author typed.

The author's text is not what the slide shows: it has variables, straight quotation marks, and a form of its own. So a change
is looked for between what was shown before and after, and made in the words that the author typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from deckbuilder.editing.merging import aligned
from deckbuilder.editing.tree import same

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


def carried(typed: Any, before: Any, after: Any) -> Any:
    """What an author typed, with the change between what is shown before and after. None is nothing."""
    if same(before, after):
        return typed
    if isinstance(typed, str) and isinstance(before, str) and isinstance(after, str):
        return _text(typed, before, after)
    if isinstance(before, dict) and isinstance(after, dict):
        return _mapping(typed, before, after)
    if isinstance(before, list) and isinstance(after, list) and isinstance(typed, list):
        return _list(typed, before, after)
    if (
        isinstance(typed, str)
        and isinstance(before, list)
        and isinstance(after, list)
        and len(before) == len(after) == 1
    ):
        return carried(typed, before[0], after[0])  # a word that stands for a list of one
    if isinstance(typed, list) and isinstance(before, str) and isinstance(after, str) and any(map(_of_some, typed)):
        return _chosen(typed, before, after)
    if isinstance(typed, str) and isinstance(before, dict) and isinstance(after, str):
        return after
    return _bare(after)


def _mapping(typed: Any, before: dict[str, Any], after: dict[str, Any]) -> Any:
    """A word that stands for a mapping is one with its first key."""
    if not isinstance(typed, dict):
        key = _said_by(before, typed)
        typed = {} if typed is None else {key: typed}
    out = dict(typed)
    for key in {**before, **after}:
        if key == "id" or same(before.get(key), after.get(key)):
            continue
        value = carried(typed.get(key), before.get(key), after.get(key))
        if value is None:
            out.pop(key, None)
        else:
            out[key] = value
    return out


def _list(typed: list[Any], before: list[Any], after: list[Any]) -> list[Any]:
    if len(typed) == len(before):
        known = {n: n for n in range(len(typed))}
    else:
        known = aligned(before, list(map(_shown_as, typed)))
    was = {new: old for old, new in aligned(before, after).items()}
    out: list[Any] = []
    places: dict[int, int] = {}  # of what was typed, in the new list
    for number, item in enumerate(after):
        old = was.get(number)
        if old is None or old not in known:
            out.append(_bare(item))
        else:
            places[known[old]] = len(out)
            out.append(_item(typed[known[old]], before[old], item))
    gone = {n for n in known if n not in was.values() and isinstance(before[n], str) and _of_some(typed[known[n]])}
    out = [_elsewhere(item, {before[n]: typed[known[n]] for n in gone}) for item in out]
    shown = set(known.values())
    for number in reversed(range(len(typed))):
        if number not in shown and _of_some(typed[number]):  # it is not shown, and stays beside what it stood beside
            above = [place + 1 for one, place in places.items() if one < number]
            below = [place for one, place in places.items() if one > number]
            out.insert(max(above) if above else min(below, default=len(out)), typed[number])
    return out


def _elsewhere(value: Any, gone: dict[str, Any]) -> Any:
    """A value with items that went somewhere into it as they were typed, for whichever variants they are."""
    if isinstance(value, list):
        return [gone.get(one, one) if isinstance(one, str) else _elsewhere(one, gone) for one in value]
    return {key: _elsewhere(part, gone) for key, part in value.items()} if isinstance(value, dict) else value


def _of_some(item: Any) -> bool:
    """Whether an item is for some variants of the deck only."""
    return isinstance(item, dict) and bool({"for", "not_for"} & set(item))


def _shown_as(item: Any) -> Any:
    """An item that is for some variants as those show it."""
    if not _of_some(item):
        return item
    rest = {key: value for key, value in item.items() if key not in ("for", "not_for")}
    return rest["text"] if set(rest) == {"text"} else rest


def _chosen(typed: list[Any], before: str, after: str) -> list[Any]:
    """Texts of which each variant has its own, with the change in the one that is shown: the likest to what is."""

    def words(item: Any) -> str:
        return str(item.get("text", "")) if isinstance(item, dict) else str(item)

    likest = max(typed, key=lambda one: SequenceMatcher(None, words(one), before, autojunk=False).ratio())
    new = _text(words(likest), before, after)
    return [one if one is not likest else {**one, "text": new} if isinstance(one, dict) else new for one in typed]


def _item(typed: Any, before: Any, after: Any) -> Any:
    """As `carried`, of an item that may be typed as a word, a number, or a mapping, whatever the others are."""
    if isinstance(typed, dict) and not isinstance(before, dict) and not isinstance(after, dict):
        key = _said_by(typed, before)
        return {**typed, key: carried(typed[key], before, after)}
    if isinstance(typed, dict) and not (isinstance(before, dict) and isinstance(after, dict)):
        whole, word = (before, after) if isinstance(before, dict) else (after, before)
        key = _said_by(whole, word) if isinstance(whole, dict) else _said_by(typed, word)
        return _mapping(typed, *(one if isinstance(one, dict) else {key: one} for one in (before, after)))
    if isinstance(typed, str) and isinstance(before, str) and isinstance(after, dict):
        key = next(iter(after))
        return {**after, key: carried(typed, before, after[key])}
    if isinstance(typed, str) and isinstance(before, dict) and isinstance(after, dict):
        key = next(iter(before))
        if set(after) == {key}:
            return carried(typed, before[key], after[key])
    return carried(typed, before, after)


def _said_by(whole: dict[str, Any], word: Any) -> str:
    """The key of a mapping that says what a word says by itself: what is likest to it, and no id."""
    keys = [key for key in whole if key != "id"] or list(whole)
    words = str(word)
    return max(keys, key=lambda key: SequenceMatcher(None, str(whole[key]), words, autojunk=False).ratio())


def _bare(value: Any) -> Any:
    """A value that is new, without the blanks that typography ties words with."""
    if isinstance(value, str):
        return value.replace("\u00a0", " ")
    if isinstance(value, list):
        return [_bare(part) for part in value]
    return {key: _bare(part) for key, part in value.items()} if isinstance(value, dict) else value


def _text(typed: str, before: str, after: str) -> str:
    """The words typed, with the change. What is shown otherwise than it is typed stays as it is typed, unless it was changed
    itself."""
    ends = typed[len(typed.rstrip("\n")) :]
    ours, shown, wanted = (_TOKENS.findall(text) for text in (typed.rstrip("\n"), before, after))
    kept = [True] * len(shown)
    new: list[list[str]] = [[] for _ in range(len(shown) + 1)]
    for what, i1, i2, j1, j2 in SequenceMatcher(None, shown, wanted, autojunk=False).get_opcodes():
        if what != "equal":
            kept[i1:i2] = [False] * (i2 - i1)
            new[i1] += [token.replace("\u00a0", " ") for token in wanted[j1:j2]]
    out: list[str] = []
    for what, i1, i2, r1, r2 in SequenceMatcher(None, shown, ours, autojunk=False).get_opcodes():
        changed = not all(kept[i1:i2]) or any(new[n] for n in range(i1 + 1, i2))
        if i1 == i2:
            out += ours[r1:r2]
        elif what == "equal" or changed:
            tokens = ours[r1:r2] if what == "equal" else shown[i1:i2]
            out += _within(tokens, new[i1:i2], kept[i1:i2])
        else:
            out += [*new[i1], *ours[r1:r2]]
    return "".join([*out, *new[len(shown)]]) + ends


def _within(tokens: Sequence[str], new: Sequence[Sequence[str]], kept: Sequence[bool]) -> list[str]:
    out: list[str] = []
    for token, before, stays in zip(tokens, new, kept, strict=True):
        out += [*before, *([token.replace("\u00a0", " ")] if stays else [])]
    return out
