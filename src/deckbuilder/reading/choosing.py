"""A copy of a deck's data without what some variants do not have.

Whatever stands in a list may say `for` or `not_for`; so may a text, as `{text: …, for: …}`, and where a text may have paragraphs,
a list of such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from deckbuilder.content.deck import Variant
from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.frozen import dataclass
from deckbuilder.source import LocatedDict, LocatedList, LocatedStr, position_of

# Texts that may have paragraphs, and lists of texts.
BODIES = ("handout", "notes", "virtual", "debrief", "room", "safety", "text", "instructions", "why", "quote", "article")
TEXTS = {*BODIES, "agreements", "listen_for", "follow_ups"}
TEXTS |= {"two_weeks_before", "week_before", "on_the_day", "afterwards"}
_WORDS = {"text", "for", "not_for"}
GONE: Any = object()


@dataclass
class Chooser:
    """Copies data without what is not chosen; `left_out` are the names of that."""

    names: set[str]
    known: Mapping[str, Variant]
    problems: Diagnostics
    left_out: set[str] = field(default_factory=set)

    def value(self, key: str, value: Any) -> Any:
        """The value of a key, a copy; `GONE` where it is left out."""
        if isinstance(value, LocatedDict):
            if not self.chosen(value):
                return GONE
            return self.words(value) if key in TEXTS else self.mapping(value)
        if isinstance(value, LocatedList):
            items = self.items(key, value)
            some = any(isinstance(item, dict) and {"for", "not_for"} & set(item) for item in value)
            return _joined(items) if key in BODIES and some else items
        return value

    def mapping(self, data: LocatedDict, without: Sequence[str] = ("for", "not_for")) -> LocatedDict:
        out = LocatedDict(data.at)
        out.keys_at, out.values_at = dict(data.keys_at), dict(data.values_at)
        for key, value in data.items():
            if key not in without and (kept := self.value(key, value)) is not GONE:
                out[key] = kept
        return out

    def items(self, key: str, data: LocatedList) -> LocatedList:
        out = LocatedList(data.at)
        for number, item in enumerate(data):
            kept = self.value(key, item)
            if kept is GONE:
                continue
            out.append(kept)
            if number < len(data.items_at):
                out.items_at.append(data.items_at[number])
        return out

    def words(self, data: LocatedDict) -> Any:
        """A text that says which variants it is for; any other mapping as it is."""
        if self._names_variants(data) and "text" in data and set(data) <= _WORDS:
            return data["text"]
        return self.mapping(data)

    def chosen(self, data: LocatedDict) -> bool:
        """Whether what is written there is in. It is where that is not known, which is reported: nothing else is then said to
        be wrong."""
        inside = self._listed(data, "for") if "for" in data else None
        outside = self._listed(data, "not_for") if "not_for" in data else []
        mistaken = inside is not None and not set(inside) <= set(self.known)
        chosen = (inside is None or mistaken or bool(self.names & set(inside))) and not self.names & set(outside)
        if not chosen:
            self._leave_out(data)
        return chosen

    @staticmethod
    def _names_variants(data: LocatedDict) -> bool:
        return "for" in data or "not_for" in data

    def _listed(self, data: LocatedDict, key: str) -> list[str]:
        """The variants that a key names; those that the deck has not are reported."""
        value = data[key]
        names = [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str)]
        if not names:
            at = data.values_at.get(key, data.at)
            self.problems.error("wrong-type", f"'{key}' names variants", at, f"write {key}: [online], or leave it out")
        for name in names:
            if name not in self.known:
                hint = did_you_mean(name, self.known) or "name it in the deck's 'variants'"
                at = position_of(name) or data.at
                self.problems.error("unknown-variant", f"the deck has no variant '{name}'", at, hint)
        return names

    def _leave_out(self, value: Any) -> None:
        """Notes the names of what is left out, and of what is in it."""
        if isinstance(value, dict):
            if isinstance(name := value.get("id"), str):
                self.left_out.add(name)
            if isinstance(value.get("slides"), list) and isinstance(title := value.get("title"), str):
                self.left_out.add(title)
            for inner in value.values():
                self._leave_out(inner)
        elif isinstance(value, list):
            for inner in value:
                self._leave_out(inner)


def _joined(items: LocatedList) -> Any:
    """Texts as the paragraphs of one; `GONE` without any."""
    if not items:
        return GONE
    words = [
        item["text"] if isinstance(item, dict) and set(item) == {"text"} else item for item in items
    ]  # for all of them
    if not all(isinstance(item, str) for item in words):
        return items
    return LocatedStr("\n\n".join(words), position_of(words[0]) or items.at)
