"""What differs between the deck as it is and the edited file, as edits of deck.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from deckbuilder.pulling.merging import merged

Path = tuple[str | int, ...]
_SHORT = dict.fromkeys(("points", "audience_points", "objectives"), "text")
_SHORT |= {"steps": "name", "stages": "name", "authors": "name", "questions": "ask", "materials": "item"}


@dataclass(frozen=True)
class Change:
    """A value edited: `do` is "set", "insert" or "remove" at a path of the slide named, or of the deck (None). `old` and
    `new` are its words before and after."""

    do: str
    slide: str | None
    path: Path
    value: Any = None
    old: Any = None

    @property
    def new(self) -> Any:
        return self.value


@dataclass
class Compared:
    """The changes of one slide, and what could not be taken over, in words."""

    changes: list[Change] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def compare(name: str | None, before: Any, after: Any, raw: Any, path: Path, out: Compared) -> None:
    """What differs between two values that the file writes as `raw`."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            compare(name, before.get(key), after.get(key), _under(raw, key), (*path, key), out)
    elif isinstance(before, list) and isinstance(after, list):
        _lists(name, before, after, raw, path, out)
    elif (isinstance(before, str) and isinstance(after, dict)) or (isinstance(before, dict) and isinstance(after, str)):
        key = _SHORT.get(next((str(step) for step in reversed(path) if isinstance(step, str)), ""), "text")
        both = [one if isinstance(one, dict) else {key: one} for one in (before, after)]
        compare(name, both[0], both[1], raw, path, out)
    elif after is None:
        out.changes.append(Change("remove", name, path, None, before))
    elif isinstance(before, str) and isinstance(after, str) and isinstance(raw, (str, dict)):
        written = (
            raw if isinstance(raw, str) else next((raw[k] for k in ("text", "name", "ask", "item") if k in raw), before)
        )
        text = merged(before, str(written).rstrip("\n"), after)
        if text is None:
            out.refused.append(
                f"'{_brief(before)}' became '{_brief(after)}', in words that the file makes of something else"
            )
        else:
            out.changes.append(Change("set", name, path, text, before))
    else:
        out.changes.append(Change("set", name, path, after, before))


def _lists(name: str | None, before: list[Any], after: list[Any], raw: Any, path: Path, out: Compared) -> None:
    written = raw if isinstance(raw, list) else [raw] if raw is not None else []
    if written and len(written) != len(before):
        out.refused.append(f"the list '{path[-1]}' changed, and the file has more items than the slide shows")
        return
    shift = 0
    for tag, a, b, c, d in SequenceMatcher(
        None, [_key(x) for x in before], [_key(x) for x in after], autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(b - a, d - c) if tag == "replace" else 0
        for n in range(pairs):
            item = written[a + n] if a + n < len(written) else None
            compare(name, before[a + n], after[c + n], item, (*path, a + n + shift), out)
        for n in range(a + pairs, b):
            out.changes.append(Change("remove", name, (*path, a + pairs + shift), None, before[n]))
        for n in range(c + pairs, d):
            out.changes.append(Change("insert", name, (*path, a + pairs + shift + n - c - pairs), after[n], None))
        shift += (d - c) - (b - a)


def _key(value: Any) -> str:
    return repr(value)


def _under(raw: Any, key: str) -> Any:
    if isinstance(raw, dict):
        return raw.get(key)
    return raw if key in ("text", "name", "ask", "item") else None


def _brief(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"
