"""What templates ask for and what is not there: told where it is asked for, and why."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import SecurityError
from jinja2.utils import missing
from pydantic import BaseModel

from deckbuilder.content.projection import kept_back, noun_of
from deckbuilder.diagnostics import Diagnostics, near_word
from deckbuilder.outputs.markup.sandbox import UNSTEADY
from deckbuilder.outputs.markup.views import GUIDE_ONLY, SlideView
from deckbuilder.source import Position, shown_path

NOTHING_ELSE = "templates see the fields of the deck, and nothing else of the program"
EQUAL_BYTES = "equal decks make equal documents: templates have nothing that is made by chance"
_NOTHING: dict[str, Callable[[], Any]] = {
    "__str__": str,
    "__iter__": lambda: iter(()),
    "__len__": int,
    "__bool__": bool,
    "__hash__": int,
    **{f"__{name}__": bool for name in ("eq", "ne", "lt", "le", "gt", "ge", "contains")},
}
_SUMS = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")
_ITSELF = ("call", "getitem", "pos", "neg", *_SUMS, *(f"r{name}" for name in _SUMS))


def missing_in(problems: Diagnostics, names: Collection[str], kept: Collection[str]) -> type[Undefined]:
    """What stands in a template for something that is not there: it is reported to `problems` where it is used, and then
    is nothing, so that a template's other mistakes are told with it. What is the facilitator's is reported where it is asked
    for, though it be by a filter or a test that does well without it (`default`, `attr`, `selectattr`, `is defined`).

    `names` are those that the template knows, `kept` those that it does not, since they are the facilitator's.
    """

    def report(value: Undefined) -> None:
        if isinstance(value._undefined_obj, Undefined):  # the cause is that
            return report(value._undefined_obj)
        if not _of_facilitators(value, kept):
            tell(value)

    def tell(value: Undefined) -> None:
        code, message, hint = _said(value, names, kept)
        problems.error(code, f"in the template: {message}", _asked_at(value._undefined_name), hint)

    def asked(self: Undefined, *how: Any, **more: Any) -> None:
        Undefined.__init__(self, *how, **more)
        if _of_facilitators(self, kept):
            tell(self)

    def nothing(make: Callable[[], Any]) -> Callable[..., Any]:
        def method(self: Undefined, *_: Any, **__: Any) -> Any:
            report(self)
            return make()

        return method

    def itself(self: Undefined, *_: Any, **__: Any) -> Any:
        report(self)
        return self

    def attribute(self: Undefined, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return itself(self)

    methods = {name: nothing(make) for name, make in _NOTHING.items()}
    methods |= {f"__{name}__": itself for name in _ITSELF}
    return type("Missing", (Undefined,), {**methods, "__init__": asked, "__getattr__": attribute})


def _of_facilitators(value: Undefined, kept: Collection[str]) -> bool:
    """Whether it is not there since it is the facilitator's."""
    name, owner = str(value._undefined_name), value._undefined_obj
    if value._undefined_hint or isinstance(owner, Undefined):
        return False
    if owner is missing:
        return name in kept
    return kept_back(type(owner), name) == "facilitator" or (type(owner) is SlideView and name in GUIDE_ONLY)


def _said(value: Undefined, names: Collection[str], kept: Collection[str]) -> tuple[str, str, str | None]:
    """The code, the message and the hint."""
    name, owner = str(value._undefined_name), value._undefined_obj
    if value._undefined_hint:
        refused = issubclass(value._undefined_exception, SecurityError)
        return (
            ("template-error" if refused else "template-failed"),
            value._undefined_hint,
            NOTHING_ELSE if refused else None,
        )
    if owner is missing:
        if _of_facilitators(value, kept):
            return _facilitators(f"'{name}'")
        hint = EQUAL_BYTES if name in UNSTEADY else near_word(name, names)
        return "template-error", f"'{name}' is not defined", hint
    kind = type(owner)
    noun = noun_of(kind) or getattr(kind, "noun", None) or f"a {kind.__name__}"
    if _of_facilitators(value, kept):
        return _facilitators(f"'{name}' of {noun}")
    if kept_back(kind, name) == "setting":
        return "template-error", f"'{name}' of {noun} is a setting, and no part of the handout", None
    known = kind.model_fields if isinstance(owner, BaseModel) else dir(owner)
    # Of nothing, a list or a word, it depends on the deck whether there is one.
    code = "template-failed" if owner is None or kind.__module__ == "builtins" else "template-error"
    return code, f"{noun} has no '{name}'", near_word(name, [key for key in known if key[0] != "_"])


def _facilitators(what: str) -> tuple[str, str, str]:
    hint = "what participants get cannot show it; the guide can"
    return "template-shows-facilitators", f"{what} is for the facilitator only", hint


def _asked_at(name: object) -> Position | None:
    """Where the template that is being rendered asks for the name: the innermost of the lines that led here."""
    frame: Any = sys._getframe(1)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and template.filename:
            line, file = template.get_corresponding_lineno(frame.f_lineno), Path(template.filename)
            words = file.read_text(encoding="utf-8").split("\n")[line - 1]
            found = re.search(rf"\b{re.escape(str(name))}\b", words)
            return Position(shown_path(file), line, found.start() + 1 if found else 1)
        frame = frame.f_back
    return None
