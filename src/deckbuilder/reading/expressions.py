"""As much of Jinja2's language as texts of a deck may hold: values, words for where there are none, and choices.

Jinja2 reads it. What it says is worked out here, since nothing in it repeats: what a text takes grows with what
was written. Loops, calls, assignments, joined strings and most filters are refused by name.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Protocol, cast

from jinja2 import Environment, TemplateSyntaxError, Undefined, UndefinedError, nodes

_DEEPEST = 30
_LONGEST = 100_000  # characters
_LARGEST = 1e15  # of numbers that are reckoned with

_KNOWN = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr),
    *(nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter, nodes.Test),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod),
)
_REFUSED: dict[type[nodes.Node], str] = {
    nodes.For: "a loop",
    nodes.Call: "a call",
    nodes.Assign: "{% set %}",
    nodes.AssignBlock: "{% set %}",
    nodes.Macro: "a macro",
    nodes.Concat: "'~'",
    nodes.Pow: "'**'",
    nodes.Getitem: "'[…]'",
    nodes.Include: "{% include %}",
    nodes.Import: "{% import %}",
    nodes.FromImport: "{% import %}",
    nodes.Extends: "{% extends %}",
    nodes.FilterBlock: "{% filter %}",
}
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}
_RECKONED: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


def _default(value: Any, words: Any = "", empty: Any = False) -> Any:
    return words if isinstance(value, Undefined) or (empty and not value) else value


_FILTERS: dict[str, Callable[..., Any]] = {
    "capitalize": lambda value: str(value).capitalize(),
    "d": _default,
    "default": _default,
    "lower": lambda value: str(value).lower(),
    "title": lambda value: str(value).title(),
    "trim": lambda value: str(value).strip(),
    "upper": lambda value: str(value).upper(),
}
_TESTS: dict[str, Callable[[Any], bool]] = {
    "defined": lambda value: not isinstance(value, Undefined),
    "undefined": lambda value: isinstance(value, Undefined),
}


class Fields(Protocol):
    """A value with parts, as `session` is."""

    def field(self, name: str) -> Any: ...


@cache
def _reader() -> Environment:
    return Environment(keep_trailing_newline=True, autoescape=False)


def filled(text: str, names: Mapping[str, Any]) -> Iterator[str]:
    """What a text says, piece by piece; `names` are the values it may name, `Undefined` for those that nobody gave.

    Raises Jinja2's TemplateError for what is no part of the language, or undefined; RecursionError for what is nested
    too deep; ValueError and the like for what cannot be worked out.
    """
    if len(text) > _LONGEST:
        raise TemplateSyntaxError("a text that is filled in has room for 100,000 characters", 1)
    try:
        tree = _reader().parse(text)
    except ValueError as error:  # Python takes no number of more than 4,300 digits
        raise ValueError("the number is too large") from error
    _check(tree, 0)
    yield from _said(tree.body, names)


def _check(node: nodes.Node, depth: int) -> None:
    if depth > _DEEPEST:
        raise RecursionError
    if not isinstance(node, _KNOWN):
        called = _REFUSED.get(type(node), f"'{type(node).__name__.lower()}'")
        raise TemplateSyntaxError(f"{called} cannot stand in a text", node.lineno)
    for noun, kind, known in (("filter", nodes.Filter, _FILTERS), ("test", nodes.Test, _TESTS)):
        if isinstance(node, kind):
            if node.name not in known:
                has = ", ".join(sorted(known))
                raise TemplateSyntaxError(f"texts have no {noun} '{node.name}'; they have {has}", node.lineno)
            if node.kwargs or node.dyn_args or node.dyn_kwargs:
                raise TemplateSyntaxError(f"'{node.name}' takes no names", node.lineno)
    for child in node.iter_child_nodes():
        _check(child, depth + 1)


def _said(body: list[nodes.Node], names: Mapping[str, Any]) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.If):
            choices = [node, *node.elif_]
            chosen = next((one.body for one in choices if _value(one.test, names)), node.else_)
            yield from _said(chosen, names)
        else:
            for part in cast("nodes.Output", node).nodes:
                yield part.data if isinstance(part, nodes.TemplateData) else str(_value(part, names))


def _value(node: nodes.Node | None, names: Mapping[str, Any]) -> Any:
    match node:
        case nodes.Const():
            return _within(node.value)
        case nodes.Name():
            if node.name not in names:
                raise UndefinedError(f"'{node.name}' is undefined")
            return names[node.name]
        case nodes.Getattr():
            owner = _value(node.node, names)
            if not hasattr(owner, "field"):
                raise ValueError(f"there is no '{node.attr}' in a text or number")
            return owner.field(node.attr)
        case nodes.Filter():
            return _FILTERS[node.name](_value(node.node, names), *(_value(arg, names) for arg in node.args))
        case nodes.Test():
            return _TESTS[node.name](_value(node.node, names))
        case nodes.CondExpr():
            return _value(node.expr1 if _value(node.test, names) else node.expr2, names)
        case nodes.And():
            return _value(node.left, names) and _value(node.right, names)
        case nodes.Or():
            return _value(node.left, names) or _value(node.right, names)
        case nodes.Not():
            return not _value(node.node, names)
        case nodes.Compare():
            return _compared(_value(node.expr, names), node.ops, names)
        case nodes.BinExpr():
            return _reckoned(node.operator, _value(node.left, names), _value(node.right, names))
        case _:  # `a if b` without `else`
            return ""


def _compared(left: Any, others: list[nodes.Operand], names: Mapping[str, Any]) -> bool:
    for other in others:
        right = _value(other.expr, names)
        if not _COMPARED[other.op](left, right):
            return False
        left = right
    return True


def _reckoned(sign: str, left: Any, right: Any) -> Any:
    """Numbers only: for words `+`, `*` and `%` make longer ones."""
    wrong = [side for side in (left, right) if not isinstance(side, (int, float, Undefined))]
    if wrong:  # what is undefined says so itself
        raise ValueError(f"'{sign}' is for numbers only")
    return _within(_RECKONED[sign](left, right))


def _within(value: Any) -> Any:
    if isinstance(value, (int, float)) and abs(value) > _LARGEST:
        raise ValueError("the number is too large")
    return value
