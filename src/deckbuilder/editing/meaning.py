"""Changes of plain data: what an edit means, whatever file it stands in. Data that are given stay as they are."""

from __future__ import annotations

import copy as copying
import itertools
from typing import Any

from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.shape import Shape
from deckbuilder.editing.written import Path, shown, value_at


def put(data: Any, path: Path, value: Any, shape: Shape) -> Any:
    """As `patching.put`."""
    if not path:
        return value
    last = path[-1]
    data, above = _opened(data, path, shape)
    if isinstance(last, int):
        if last == len(above):
            above.append(value)
        elif last > len(above):
            raise Refused(f"there is nothing at {shown(path)}")
        else:
            above[last] = value
    elif value is None and _field(data, path, shape):
        return remove(data, path, shape) if last in above else data
    else:
        above[last] = value
    return data


def insert(data: Any, path: Path, index: int, value: Any, shape: Shape) -> Any:
    """As `patching.insert`."""
    data, above = _opened(data, (*path, index), shape)
    if index > len(above):
        raise Refused(f"the list has {len(above)} items; there is no place {index + 1} in it")
    above.insert(index, value)
    return data


def remove(data: Any, path: Path, shape: Shape) -> Any:
    """As `patching.remove`."""
    data, above = _opened(data, path, shape)
    last = path[-1]
    if isinstance(last, str):
        if last not in above:
            return data
        del above[last]
    elif last < len(above):
        del above[last]
    else:
        raise Refused(f"there is nothing at {shown(path)}")
    if not above and len(path) > 1 and isinstance(path[-2], str):
        return remove(data, path[:-1], shape)
    return data


def move(data: Any, path: Path, to: Path, shape: Shape) -> Any:
    """As `moving.move`."""
    value = at(data, path)
    return insert(remove(data, path, shape), to[:-1], int(to[-1]), value, shape)


def at(data: Any, path: Path) -> Any:
    """What is at a path. Raises Refused where there is nothing."""
    for step in path:
        try:
            data = data[step]
        except (LookupError, TypeError):
            raise Refused(f"there is nothing at {shown(path)}") from None
    return data


def _field(data: Any, path: Path, shape: Shape) -> bool:
    """Whether a path ends in a key that a model has."""
    for step in path:
        shape, data = shape.within(step, data), value_at(data, (step,))
    return shape.field is not None


def _opened(data: Any, path: Path, shape: Shape) -> tuple[Any, Any]:
    """The data with copies of what lies on the path, and what in them holds its end: made where there is nothing, and a word
    that stands for a mapping or a list taken for one."""
    whole: Any = copying.copy(data) if isinstance(data, (dict, list)) else _for(data, path[0], shape, path)
    here = whole
    for step, towards in itertools.pairwise(path):
        inner = shape.within(step, here)
        if isinstance(here, dict) == isinstance(step, int):
            raise Refused(f"there can be no {shown(path)}")
        if isinstance(step, int) and step >= len(here):
            if step > len(here):
                raise Refused(f"there is nothing at {shown(path)}")
            here.append(None)
        elif isinstance(step, str):
            here.setdefault(step, None)
        below = here[step]
        here[step] = copying.copy(below) if isinstance(below, (dict, list)) else _for(below, towards, inner, path)
        here, shape = here[step], inner
    if isinstance(here, dict) == isinstance(path[-1], int):
        raise Refused(f"there can be no {shown(path)}")
    return whole, here


def _for(word: Any, step: str | int, shape: Shape, path: Path) -> Any:
    if isinstance(step, int):
        return [] if word is None else [word]
    if word is None:
        return {}
    model = shape.model(word)
    if model is None or model.shorthand is None:
        raise Refused(f"{shown(path)} leads into a text")
    return {model.shorthand: word}
