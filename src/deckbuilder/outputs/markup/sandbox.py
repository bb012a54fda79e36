"""The sandbox that templates run in: nothing of files, of models nothing but their fields, and as text only words and
numbers, whichever way it is made."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, ValuesView
from functools import wraps
from pathlib import PurePath
from typing import Any

from jinja2 import TemplateRuntimeError, TemplateSyntaxError, Undefined, nodes, pass_eval_context
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from pydantic import BaseModel

from deckbuilder.content.projection import noun_of
from deckbuilder.content.text import Paragraph, Run, Text
from deckbuilder.labels import Labels
from deckbuilder.source import Position

_WORDS = (str, int, float, dt.date, dt.time, Undefined)
# Jinja2's filters that make text of what they are given; `tojson` refuses what it does not know, as these do not.
_MAKE_TEXT = (
    *("capitalize", "center", "e", "escape", "filesizeformat", "forceescape", "format", "indent", "lower", "pprint"),
    *(
        "replace",
        "safe",
        "string",
        "striptags",
        "title",
        "trim",
        "truncate",
        "upper",
        "urlencode",
        "urlize",
        "wordcount",
    ),
    *("wordwrap", "xmlattr"),
)


UNSTEADY = frozenset({"random", "lipsum"})
"""What Jinja2 has that makes something else each time: a filter, and a function. Here it is not."""
_CLOCKS = frozenset(
    {"today", "now", "utcnow", "fromtimestamp", "utcfromtimestamp"}
)  # of the machine, and where it stands


def printed(value: object) -> object:
    """What a template prints: words and numbers. Jinja2's error for anything else, of which it would print the inside."""
    if value is None or isinstance(value, _WORDS):
        return value
    if isinstance(value, Text):
        raise TemplateRuntimeError("a text is printed through a filter, 'inline' or 'body'")
    noun = noun_of(type(value)) or getattr(type(value), "noun", None) or f"a {type(value).__name__}"
    raise TemplateRuntimeError(f"{noun} cannot be printed, only what is in it")


def _worded(value: object) -> object:
    """What text may be made of: words and numbers, also in lists, and of texts their words without those of gaps.
    Jinja2's error for anything else."""
    if isinstance(value, Text):
        return str(value)
    if type(value) is dict:
        return {_worded(key): _worded(each) for key, each in value.items()}
    if type(value) is tuple:
        return tuple(map(_worded, value))
    if isinstance(value, (list, range, Iterator, KeysView, ValuesView, ItemsView)):
        return list(map(_worded, value))
    return printed(value)


def _wording(make: Callable[..., Any], own: int = 0) -> Callable[..., Any]:
    """The function, given only what text may be made of, after as many arguments of Jinja2's `own`."""

    @wraps(make)
    def made(*values: Any, **named: Any) -> Any:
        return make(*values[:own], *map(_worded, values[own:]), **{name: _worded(each) for name, each in named.items()})

    return made


@pass_eval_context
def _join(context: EvalContext, value: Iterable[Any], d: Any = "", attribute: str | int | None = None) -> str:
    """Jinja2's filter `join`, given only what text may be made of."""
    if attribute is not None:
        value = map(make_attrgetter(context.environment, attribute), value)
    joined: str = FILTERS["join"](context, list(map(_worded, value)), _worded(d))
    return joined


def _same(value: object, other: object) -> bool:
    """Jinja2's test `sameas`. Whether two words or numbers are one in memory depends on how a template came there."""
    if isinstance(value, (str, int, float)):
        return type(value) is type(other) and value == other
    return value is other


class _Joins(NodeTransformer):
    """Makes `a ~ b` what it is the same as, `[a, b] | join`."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        parts = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(parts, "join", [], [], None, None, lineno=node.lineno)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, and beyond it: nothing of files, of models nothing but their fields, of texts only what
    keeps back the words of gaps, and nothing that is another thing in the next build. What is safe of one object of a class
    is so of all: it is looked for once.

    Nothing is reckoned while a template is compiled, so that what fails has the line that it runs on.
    """

    intercepted_binops = frozenset(["%"])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, finalize=printed, optimized=False, **options)
        self._safe: dict[tuple[type, str], bool] = {}
        for name in _MAKE_TEXT:
            self.filters[name] = _wording(FILTERS[name], own=1 if hasattr(FILTERS[name], "jinja_pass_arg") else 0)
        self.filters["join"] = _join
        self.tests["sameas"] = _same
        for name in UNSTEADY:
            self.filters.pop(name, None)
            self.globals.pop(name, None)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        key = type(obj), attr
        if key not in self._safe:
            self._safe[key] = self._is_safe(obj, attr, value)
        return self._safe[key]

    def _is_safe(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, (PurePath, Position, type, Run)) or (isinstance(obj, (Text, Paragraph)) and attr != "plain"):
            return False
        if isinstance(obj, dt.date) and attr in _CLOCKS:
            return False
        if isinstance(obj, BaseModel) and hasattr(BaseModel, attr):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        return super().call_binop(context, operator, left, _worded(right) if isinstance(left, str) else right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        made = super().wrap_str_format(value)
        return made and _wording(made)

    def call(__self, __context: Context, __obj: Any, *args: Any, **named: Any) -> Any:
        if isinstance(__obj, Labels) or isinstance(getattr(__obj, "__self__", None), (str, Labels)):
            args, named = tuple(map(_worded, args)), {name: _worded(each) for name, each in named.items()}
        return super().call(__context, __obj, *args, **named)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree: nodes.Template = _Joins().visit(super()._parse(source, name, filename))
        except ValueError as error:  # a number with more digits than Python reads
            raise TemplateSyntaxError(str(error), _line_of(error), name, filename) from error
        tree.set_environment(self)
        return tree

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        try:
            return super()._generate(source, name, filename, defer_init)
        except ValueError as error:  # a number with more digits than Python writes
            raise TemplateSyntaxError(str(error), _line_of(error), name, filename) from error


def _line_of(error: ValueError) -> int:
    """The line of a template that Jinja2 was reading, or compiling, when that failed: it knows, and does not say."""
    line = 1
    for frame, _ in traceback.walk_tb(error.__traceback__):
        line = getattr(frame.f_locals.get("node"), "lineno", None) or frame.f_locals.get("lineno") or line
    return line
