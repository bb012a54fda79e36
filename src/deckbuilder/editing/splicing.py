"""Entries of lists and mappings put into a text, and taken out of it, by the lines or the words that they are written in."""

from __future__ import annotations

from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.tree import Mapping, Scalar, Sequence
from deckbuilder.editing.written import Collection, Path, Written, shown


def insert_lines(w: Written, node: Collection, index: int, lines: str, path: Path) -> Written:
    """The text with lines of an entry, which stand in column 0 but for their further lines, in a collection that is written
    line by line."""
    heads = w.heads(node)
    column = w.column(heads[0])
    lead = " " * column
    gap = w.hand.ending * _gap(w, node, index, path)
    if index < len(heads):
        if not w.alone(heads[index]):
            return spliced(w, heads[index], heads[index], lines + lead)
        place = w.begin(node, index)
        return spliced(w, place, place, lead + lines + gap)
    place = w.finish(node, len(heads) - 1)
    if w.text[:place].endswith("\n"):
        return spliced(w, place, place, gap + lead + lines)
    return spliced(w, place, place, w.hand.ending + gap + lead + lines.removesuffix(w.hand.ending))


def insert_flow(w: Written, node: Collection, index: int, words: str) -> Written:
    """The text with a further entry, as these words, in a collection that is written within its line."""
    heads, stops = w.heads(node), w.stops(node)
    if not heads:
        return spliced(
            w, w.text.index("[" if isinstance(node, Sequence) else "{", node.start) + 1, node.stop - 1, words
        )
    between = ", "
    if w.alone(heads[-1]) and w.line(heads[-1]) != w.line(node.start):
        between = f",{w.hand.ending}{' ' * w.column(heads[-1])}"
    if index < len(heads):
        return spliced(w, heads[index], heads[index], words + between)
    return spliced(w, stops[-1], stops[-1], between + words)


def remove_flow(w: Written, heads: list[int], stops: list[int], number: int) -> Written:
    """The text without an entry of a collection that is written within its line, by where its entries begin and end."""
    start, end = (heads[number], heads[number + 1]) if number + 1 < len(heads) else (stops[number - 1], stops[number])
    if "#" in w.text[max(start, stops[number]) if start == heads[number] else start : end].replace("'", ""):
        end = w.text.index(",", stops[number]) + 1
    return spliced(w, start, end, "")


def _gap(w: Written, node: Collection, index: int, path: Path) -> int:
    """How many blank lines a further entry keeps from the one beside it: as many as those beside it keep from theirs."""
    heads = w.heads(node)
    if not w.alone(heads[0]) and len(heads) == 1:
        return 0
    if len(heads) == 1:
        return 1 if path and path[-1] in ("slides", "sections") else 0
    gaps = [w.blanks_before(w.begin(node, n)) for n in (index - 1, index, index + 1) if 0 < n < len(heads)]
    return min(gaps, default=0)


def spliced(w: Written, start: int, end: int, words: str) -> Written:
    """The text with words in place of what stands between two of its characters."""
    return Written(w.text[:start] + words + w.text[end:], w.shape)


def collection(w: Written, path: Path) -> Collection:
    """The list or mapping at a path. Raises Refused where something else stands there."""
    node = w.node(path)
    if not isinstance(node, (Mapping, Sequence)):
        raise Refused(f"{shown(path)} is neither a list nor a mapping", w.line(node.start))
    return node


def key_of(node: Mapping, name: str) -> Scalar:
    """The key of that name, as it is written in the mapping."""
    return next(key for key, _ in node.pairs if key.value == name)
