"""Changes of data, made in the text that they are written in: a value, an entry, and nothing beside it.

Each function takes a text and returns one in which the change is made. That it means what was meant is not promised here
but looked at afterwards (`applying`).
"""

from __future__ import annotations

import difflib
import json
import re
from typing import Any

from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.shape import fields_of
from deckbuilder.editing.splicing import collection, insert_flow, insert_lines, key_of, remove_flow, spliced
from deckbuilder.editing.tree import MERGE, Alias, Mapping, Node, Scalar, Sequence, is_merge, nodes_of, same
from deckbuilder.editing.writing import flowing, item, scalar, under_key
from deckbuilder.editing.written import Collection, Path, Written, shown, value_at


def put(w: Written, path: Path, value: Any) -> Written:
    """The text with a value at a path: in place of what is there, or as a new key or item. Of a list or mapping only what is
    different is written anew. A value of None takes a key away."""
    if not path:
        return merged(w, path, value)
    *above, last = path
    parent = tuple(above)
    if isinstance(last, str) and value is None and w.shape_at(path).field is not None:
        return remove(w, path)
    if not _exists(w.data, parent):
        return put(w, parent, {last: value} if isinstance(last, str) else [value])
    w = opened(w, parent, last)
    node = collection(w, parent)
    if w.child(node, last) is None:
        if isinstance(node, Sequence):
            return insert(w, parent, len(node.items), value)
        return _add_key(w, parent, node, str(last), value)
    return merged(w, path, value)


def insert(w: Written, path: Path, index: int, value: Any) -> Written:
    """The text with a further item in the list at a path, before the one that has that index; the list is made where there
    is none."""
    data = value_at(w.data, path)
    if data is None or data == []:
        return put(w, path, [value])
    if not isinstance(data, list):
        w = put(w, path, [data])
    w = opened(w, path, index)
    node = collection(w, path)
    assert isinstance(node, Sequence)
    if node.flow:
        return insert_flow(w, node, index, flowing(value))
    beside = node.items[max(0, min(index, len(node.items)) - 1)]
    like = "flow" if isinstance(beside, Mapping) and beside.flow else ""
    dash = w.column(w.heads(node)[0])
    words = item(value, dash, w.hand, w.shape_at((*path, index)), like=like)
    return insert_lines(w, node, index, f"- {words}{w.hand.ending}", path)


def remove(w: Written, path: Path) -> Written:
    """The text without what stands at a path. A key goes with the last item of its list; nothing is left of it but that."""
    *above, last = path
    parent = tuple(above)
    if not _exists(w.data, path):
        if isinstance(last, str) and _exists(w.data, parent):
            return w
        raise Refused(f"there is nothing at {shown(path)}")
    w = opened(w, parent, last)
    node = collection(w, parent)
    if w.child(node, last) is None:
        raise Refused(f"'{last}' comes from a mapping that is merged in (<<)", w.line(node.start))
    keys = [key.value for key, _ in node.pairs] if isinstance(node, Mapping) else []
    number = last if isinstance(last, int) else keys.index(last)
    heads, stops = w.heads(node), w.stops(node)
    if len(heads) == 1:
        if not parent:
            return spliced(w, w.begin(node, 0), w.finish(node, 0), "")
        if isinstance(parent[-1], str):
            return remove(w, parent)
        return put(w, parent, [] if isinstance(node, Sequence) else {})
    if node.flow:
        return remove_flow(w, heads, stops, number)
    if not w.alone(heads[number]):
        rest = re.compile(r"\s*").match(w.text, stops[number])
        comment = w.tail(stops[number])
        end = w.line_end(stops[number]) if comment else stops[number]
        rest = re.compile(r"\s*").match(w.text, end)
        return spliced(w, heads[number], rest.end() if rest else end, "")
    start, end = w.begin(node, number), w.finish(node, number)
    if number == len(heads) - 1:
        for _ in range(w.blanks_before(start)):
            start = w.line_start(start - 1)
        if end == len(w.text) and not w.text.endswith("\n"):
            start -= 2 if w.text[:start].endswith("\r\n") else 1
    elif number == 0 or w.blanks_before(start):
        end = w.blanks_after(end)
    return spliced(w, start, end, "")


def opened(w: Written, path: Path, towards: str | int) -> Written:
    """The text in which a mapping or a list is written at a path, so that `towards` can be changed in it: aliases and merged
    mappings are written out, and a word that stands for a mapping becomes one. Raises Refused for what others share."""
    for length in range(len(path) + 1):
        here = path[:length]
        step = path[length] if length < len(path) else towards
        node = w.node(here) if not here or w.child(w.node(here[:-1]), here[-1]) is not None else None
        if node is None:
            w = _add_key(w, here[:-1], collection(w, here[:-1]), str(here[-1]), value_at(w.data, here))
        elif isinstance(node, Alias):
            w = _written_out(w, here)
        elif isinstance(node, Scalar):
            w = _unfolded(w, here, node, step)
        if (shared := w.node(here)).anchor:
            _refuse_shared(w, shared)
    return w


def _exists(data: Any, path: Path) -> bool:
    """Whether data have something at a path, be it nothing (`key:`)."""
    if not path:
        return data is not None
    above = value_at(data, path[:-1])
    if isinstance(above, dict):
        return path[-1] in above
    if isinstance(above, list):
        return isinstance(path[-1], int) and 0 <= path[-1] < len(above)
    return above is not None  # a word that stands for a mapping, or for a list of one


def _written_out(w: Written, path: Path) -> Written:
    """The text with a copy of what an alias stands for in place of it."""
    return _rewritten(w, path, value_at(w.data, path))


def apart(w: Written, path: Path) -> Written:
    """The text in which nothing outside of an entry stands for something in it, nor the other way round, so that it can go
    elsewhere or away: such aliases are written out. Raises Refused for mappings that are merged into others."""
    entry = w.node(path)
    inside = set(map(id, nodes_of(entry))) if entry is not None else set()
    across = next((one for one in w.aliases if (id(one) in inside) != (id(one.target) in inside)), None)
    if across is None:
        return w
    where = _path_to(w.tree, across)
    if where is None or MERGE in where:
        raise Refused(
            f"'*{across.target.anchor}' in line {w.line(across.start)} stands for what is in line "
            f"{w.line(across.target.start)}, and they cannot be parted here; write it out in the file",
            w.line(across.start),
        )
    return apart(_written_out(w, where), path)


def _path_to(node: Node | None, wanted: Node) -> Path | None:
    """Where a node is written, aliases not followed; None where it is not, or is a key."""
    if node is wanted:
        return ()
    parts: list[tuple[str | int, Node]] = []
    if isinstance(node, Sequence):
        parts = list(enumerate(node.items))
    elif isinstance(node, Mapping):
        parts = [(key.value, value) for key, value in node.pairs]
    for step, part in parts:
        if part.start <= wanted.start < max(part.stop, part.start + 1) and (rest := _path_to(part, wanted)) is not None:
            return (step, *rest)
    return None


def _unfolded(w: Written, path: Path, node: Scalar, step: str | int) -> Written:
    """The text with a mapping, or a list of one, in place of the word that stands for it."""
    shape, value = w.shape_at(path), value_at(w.data, path)
    if isinstance(step, int):
        return _rewritten(w, path, [] if value is None else [value])
    model = shape.model(value)
    if value is None:
        return _rewritten(w, path, {})
    if model is None or model.shorthand is None:
        raise Refused(f"{shown(path)} is a text, and has no '{step}'", w.line(node.start))
    key = model.shorthand
    above = w.node(path[:-1])
    if isinstance(above, Sequence) and node.style in ("", "'", '"') and not node.anchor:
        # The words stay as they are typed, behind the key.
        if not above.flow:
            return spliced(w, node.start, node.start, f"{key}: ")
        return spliced(w, node.start, node.stop, f"{{{key}: {w.text[node.start : node.stop]}}}")
    return _rewritten(w, path, {key: value})


def _refuse_shared(w: Written, node: Node) -> None:
    users = [alias for alias in w.aliases if alias.target is node]
    if users:
        lines = ", ".join(str(w.line(user.start)) for user in users)
        raise Refused(
            f"'*{node.anchor}' in line {lines} says the same as this and would change with it; change it in the file",
            w.line(node.start),
        )


def merged(w: Written, path: Path, value: Any) -> Written:
    """The text with a value in place of the one at a path, which is there."""
    old = value_at(w.data, path)
    if same(old, value):
        return w
    node = w.tree if not path else w.node(path)
    if isinstance(node, Alias) or node is None:
        return _rewritten(w, path, value)
    if node.anchor:
        _refuse_shared(w, node)
    if isinstance(node, Mapping) and isinstance(value, dict) and value:
        return _merged_mapping(w, path, node, value)
    if isinstance(node, Sequence) and isinstance(value, list) and value and node.items:
        return _merged_list(w, path, old, value)
    if isinstance(node, Scalar) and not isinstance(value, (dict, list)) and node.stop > node.start:
        return _set_scalar(w, path, node, value)
    return _rewritten(w, path, value)


def _merged_mapping(w: Written, path: Path, node: Mapping, value: dict[str, Any]) -> Written:
    old = value_at(w.data, path)
    for key in old:
        if key not in value:
            w = remove(w, (*path, key)) if len(value_at(w.data, path)) > 1 else w
    for key, part in value.items():
        now = value_at(w.data, path)
        if key not in now or not same(now[key], part):
            w = _put_key(w, path, key, part)
    for key in old:
        if key not in value and key in value_at(w.data, path):
            w = remove(w, (*path, key))
    return w


def _put_key(w: Written, path: Path, key: str, value: Any) -> Written:
    """As `put`, for a value that may be nothing."""
    node = collection(w, path)
    if w.child(node, key) is None:
        return _add_key(w, path, node, key, value)
    return merged(w, (*path, key), value)


def _merged_list(w: Written, path: Path, old: list[Any], value: list[Any]) -> Written:
    before, after = ([json.dumps(part, sort_keys=True) for part in items] for items in (old, value))
    for what, i1, i2, j1, j2 in reversed(difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()):
        if what == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        for offset in reversed(range(pairs, j2 - j1)):
            w = insert(w, path, i1 + pairs, value[j1 + offset])
        for index in reversed(range(i1 + pairs, i2)):
            w = remove(w, (*path, index))
        for offset in reversed(range(pairs)):
            w = merged(w, (*path, i1 + offset), value[j1 + offset])
    return w


def _set_scalar(w: Written, path: Path, node: Scalar, value: Any) -> Written:
    above = w.node(path[:-1])
    assert isinstance(above, (Mapping, Sequence))
    if above.flow:
        old = w.text[node.start : node.stop]
        words = flowing(value)
        if node.style == '"' and isinstance(value, str) and not words.startswith(('"', "'")):
            words = f'"{words}"' if '"' not in words and "\\" not in words else words
        return spliced(w, node.start, node.stop, words if words != old else old)
    number = path[-1]
    head = w.heads(above)[number] if isinstance(number, int) else 0
    if isinstance(above, Mapping):
        head = key_of(above, str(number)).start
    shape, was = w.shape_at(path), w.text[node.start : node.stop]
    written = _properties(was)
    tail = w.tail(node.stop) if node.style not in ("|", ">") else ""
    words = scalar(value, w.column(head), w.hand, shape, old=node, was=was[len(written) :], tail=tail)
    return spliced(w, node.start, node.stop + len(tail), written + words)


def _properties(written: str) -> str:
    """The anchor and the tag that a value begins with, and the blanks behind them."""
    match = re.match(r"(?:&\S+\s+)*", written)
    return match.group() if match else ""


def _rewritten(w: Written, path: Path, value: Any) -> Written:
    """The text with the whole entry at a path written anew. A comment in its first line, or behind a short one, stays."""
    if not path:
        return _start(w, value)
    above, last = w.node(path[:-1]), path[-1]
    node = w.node(path)
    if isinstance(above, Mapping) and isinstance(last, str):
        key = key_of(above, last)
        if above.flow:
            behind = w.stops(above)[[k.value for k, _ in above.pairs].index(last)]
            return spliced(w, key.start, behind, f"{flowing(last)}: {flowing(value)}")
        colon = w.behind_colon(key)
        stop = max(colon, node.stop)
        tail = w.tail(stop)
        first = tail or w.tail(colon)
        words = under_key(last, value, w.column(key.start), w.hand, w.shape_at(path), first)
        return spliced(w, key.start, stop + len(tail), words)
    assert isinstance(above, Sequence)
    assert isinstance(last, int)
    if above.flow:
        return spliced(w, node.start, node.stop, flowing(value))
    head = w.heads(above)[last]
    stop = max(head + 1, node.stop)
    tail = w.tail(stop)
    words = item(value, w.column(head), w.hand, w.shape_at(path), tail)
    return spliced(w, head, stop + len(tail), f"- {words}")


def _start(w: Written, value: Any) -> Written:
    """The text of a file that said nothing, comments perhaps, with data in it."""
    if w.tree is not None or not isinstance(value, dict):
        raise Refused("a file of this sort is a mapping of keys", 1)
    lines = [under_key(key, part, 0, w.hand, w.shape.key(key, value)) for key, part in value.items()]
    lead = w.hand.ending if w.text and not w.text.endswith("\n") else ""
    return spliced(w, len(w.text), len(w.text), lead + "".join(line + w.hand.ending for line in lines))


def _add_key(w: Written, path: Path, node: Collection, key: str, value: Any) -> Written:
    """The text with a further key, after those that come before it in use."""
    if not isinstance(node, Mapping):
        raise Refused(f"{shown(path)} is a list, and has no '{key}'", w.line(node.start))
    data = value_at(w.data, path)
    shape = w.shape_at(path)
    model = shape.model(data)
    order = list(fields_of(model)) if model else []
    ranks = [-1 if is_merge(k) else order.index(k.value) if k.value in order else len(order) for k, _ in node.pairs]
    rank = order.index(key) if key in order else len(order)
    index = max((n + 1 for n, other in enumerate(ranks) if other <= rank), default=0)
    if node.flow:
        return insert_flow(w, node, index, f"{flowing(key)}: {flowing(value)}")
    if not node.pairs:
        return _rewritten(w, path, {key: value})
    column = w.column(w.heads(node)[0])
    words = under_key(key, value, column, w.hand, shape.key(key, {**data, key: value}))
    return insert_lines(w, node, index, words + w.hand.ending, path)
