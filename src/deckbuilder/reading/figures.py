"""Facts as texts say them: `{{ facts.overdoses }}`, `{{ facts.overdoses.as_of }}`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.languages import Language
from deckbuilder.source import LocatedDict, LocatedFloat, LocatedInt, LocatedStr


class Reported(Exception):
    """The problem was reported already; the text is left as it stands."""


class Filler(Protocol):
    """Whoever fills in a text: `current` is the text."""

    current: LocatedStr
    problems: Diagnostics

    def fill_first(self, value: LocatedStr) -> str: ...


class Facts:
    """The facts of a deck (`given`: what stands under its `facts`) in a language."""

    def __init__(self, given: Any, language: str, filler: Filler, shared: Iterable[str]) -> None:
        self.given = given if isinstance(given, dict) else {}
        self.language = Language(language)
        self.filler = filler
        self.shared = shared

    def __str__(self) -> str:
        self.refuse("variable-not-text", "'facts' is not text by itself", "write one of them: {{ facts.NAME }}")
        raise Reported

    def field(self, name: str) -> _Fact:
        if name not in self.given:
            known = dict.fromkeys([*self.given, *self.shared])
            hint = did_you_mean(name, known) or "write it under 'facts', in the deck or its library"
            self.refuse("variable-unknown", f"there is no fact '{name}'", hint)
            raise Reported
        return _Fact(name, self.given[name], self)

    def refuse(self, code: str, message: str, hint: str | None) -> None:
        self.filler.problems.error(code, message, self.filler.current.at, hint)


class _Fact:
    def __init__(self, name: str, says: Any, facts: Facts) -> None:
        self._name = name
        self._says = says
        self._facts = facts

    def __str__(self) -> str:
        return self._said("value", self._says.get("value") if isinstance(self._says, LocatedDict) else self._says)

    def field(self, name: str) -> str:
        if name != "as_of":
            message = f"a fact has no '{name}' for texts"
            self._facts.refuse("variable-unknown", message, f"write facts.{self._name}, or facts.{self._name}.as_of")
            raise Reported
        return self._said(name, self._says.get(name) if isinstance(self._says, LocatedDict) else None)

    def _said(self, key: str, value: Any) -> str:
        if key == "value" and isinstance(value, (LocatedInt, LocatedFloat)):
            decimals = len(value.raw.partition(".")[2]) if "e" not in value.raw.lower() else 0
            return self._facts.language.figure(value, decimals)
        if isinstance(value, (LocatedInt, LocatedFloat)):
            return value.raw
        if isinstance(value, LocatedStr):
            return self._facts.filler.fill_first(value) if "{{" in value or "{%" in value else str(value)
        if value is None and key == "as_of":
            self._facts.refuse(
                "variable-unknown", f"the fact '{self._name}' has no 'as_of'", "write there when it was true"
            )
            raise Reported
        return f"[{self._name}]"  # which the model refuses where it stands
