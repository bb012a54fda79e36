"""Items of lists elsewhere: moved and copied with their lines, and the comments above and in them."""

from __future__ import annotations

import re
from typing import Any

from deckbuilder.editing.patching import insert, merged, opened, put, remove
from deckbuilder.editing.refusal import Dangling
from deckbuilder.editing.splicing import collection, insert_lines, key_of, spliced
from deckbuilder.editing.tree import Mapping, Sequence, nodes_of
from deckbuilder.editing.written import Path, Written, value_at


def move(w: Written, path: Path, to: Path) -> Written:
    """The text with an item elsewhere: in its list, or in another. `to` is where it stands afterwards. Its lines go as they
    are, with the comments above and in them."""
    lines, value = lines_of(w, path), value_at(w.data, path)
    try:
        return _land(remove(w, path), to, lines, value)
    except Dangling:  # there are aliases of what is in it, which it has to stand before all the while
        old, new = path[-1], to[-1]
        assert isinstance(old, int)
        assert isinstance(new, int)
        if path[:-1] == to[:-1]:
            old, new = (old + 1, new) if new < old else (old, new + 1)
        return remove(_land(w, (*to[:-1], new), lines, value), (*path[:-1], old))


def copy(w: Written, path: Path, to: Path, value: Any) -> Written:
    """The text with a copy of an item, which is `value` then, elsewhere."""
    lines, old = lines_of(w, path), value_at(w.data, path)
    anchored = any(node.anchor for node in nodes_of(w.node(path)))
    w = _land(w, to, "" if anchored else lines, old)
    return merged(w, to, value)


def lines_of(w: Written, path: Path) -> str:
    """The lines of an item of a list, dash and comments included, as they would stand in column 0; "" where it is not
    written on lines of its own."""
    node, number = collection(w, path[:-1]), path[-1]
    assert isinstance(number, int)
    if node.flow or not isinstance(node, Sequence) or number >= len(node.items):
        return ""
    head = w.heads(node)[number]
    if not w.alone(head):
        return ""
    text = w.text[w.begin(node, number) : w.finish(node, number)]
    text = text if text.endswith("\n") else text + w.hand.ending
    return _shifted(text, -w.column(head))


def _land(w: Written, to: Path, lines: str, value: Any) -> Written:
    """The text with an item where `to` says: as `lines` where that can be, else as its value is written."""
    path, index = to[:-1], to[-1]
    assert isinstance(index, int)
    if not lines:
        return insert(w, path, index, value)
    if not value_at(w.data, path):
        w = put(w, path, [None])
        above = w.node(path[:-1])
        if isinstance(above, Mapping) and not above.flow:
            return _spliced_list(w, above, str(path[-1]), lines)
        return put(w, (*path, 0), value)
    w = opened(w, path, index)
    node = collection(w, path)
    if isinstance(node, Sequence) and not node.flow and node.items:
        column = w.column(w.heads(node)[0])
        return insert_lines(w, node, index, _shifted(lines, column)[column:], path)
    return insert(w, path, index, value)


def _shifted(text: str, columns: int) -> str:
    """Lines moved to the left or to the right; blank ones, and those that stand too far left, as far as they go."""
    out = []
    for line in (
        text.splitlines(keepends=True) if "\u2028" not in text and "\x85" not in text else re.findall(r"[^\n]*\n", text)
    ):
        if columns < 0:
            out.append(line[min(-columns, len(line) - len(line.lstrip(" "))) :])
        else:
            out.append(" " * columns + line if line.strip() else line)
    return "".join(out)


def _spliced_list(w: Written, above: Mapping, key: str, lines: str) -> Written:
    """The text with lines in place of the list under a key, which was made for them."""
    name = key_of(above, key)
    colon = w.behind_colon(name)
    stop = w.stops(above)[[k.value for k, _ in above.pairs].index(key)]
    column = w.column(name.start) + w.hand.dash
    return spliced(w, colon, stop, w.hand.ending + _shifted(lines, column).removesuffix(w.hand.ending))
