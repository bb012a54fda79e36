"""`dataclass`, made quickly where it is frozen; and mappings that are.

Python writes and compiles six functions for a frozen class of `dataclasses`, at every start: 1.8 ms for one of eight fields, and
a build has over two hundred. Here one is compiled, `__init__`; the others are the same for all classes and are
told which fields they are about. What a class does is what one of `dataclasses` does, which the tests hold.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A mapping that stays as it is, and can be hashed where its values can. `|` makes an ordinary one of it."""

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this mapping is frozen")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenDict, (dict(self),)


def frozen(value: Any) -> Any:
    """Data, as JSON or YAML has them, that stay as they are: mappings frozen, lists as tuples, through and through."""
    if isinstance(value, Mapping):
        return FrozenDict({key: frozen(inner) for key, inner in value.items()})
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value


def freeze(whole: object, *names: str) -> None:
    """For `__post_init__` of frozen classes: freezes mappings that were given for those fields."""
    for name in names:
        value = getattr(whole, name)
        if not isinstance(value, FrozenDict):
            object.__setattr__(whole, name, FrozenDict(value))


if TYPE_CHECKING:  # one name for type checkers, which know what that decorator does
    from dataclasses import dataclass
else:
    import reprlib
    from collections.abc import Callable
    from dataclasses import MISSING, Field, FrozenInstanceError
    from operator import attrgetter

    _KNOWN = {"frozen", "eq", "repr", "slots", "kw_only", "order"}
    _PUT = object.__setattr__

    def dataclass(cls: type | None = None, /, **how: bool) -> Any:
        """As `dataclasses.dataclass`, which makes all classes that are not frozen, ordered ones, and those with fields that
        are no more than arguments."""

        def made(cls: type) -> type:
            plain = any("InitVar" in str(kind) for kind in inspect.get_annotations(cls).values())
            if how.keys() - _KNOWN or not how.get("frozen") or how.get("order") or plain:
                return dataclasses.dataclass(**how)(cls)
            return _frozen(cls, how)

        return made if cls is None else made(cls)

    def _frozen(cls: type, how: dict[str, bool]) -> type:
        own = cls.__dict__
        for name in ("__setattr__", "__delattr__"):
            if name in own:
                raise TypeError(f"a frozen class has a {name} of its own: {cls.__name__}")
        explained = bool(cls.__doc__)
        if not explained:
            cls.__doc__ = cls.__name__  # which keeps `dataclasses` from looking for a signature that is not there yet
        hashed = "__hash__" in own and not (own["__hash__"] is None and "__eq__" in own)
        cls = dataclasses.dataclass(
            init=False, repr=False, eq=False, slots=how.get("slots", False), kw_only=how.get("kw_only", False)
        )(cls)
        fields = dataclasses.fields(cls)
        names = tuple(field.name for field in fields)
        if not explained:
            cls.__doc__ = f"{cls.__name__}({', '.join(names)})"
        _give(cls, "__init__", _init(cls, fields))
        if how.get("repr", True):
            _give(cls, "__repr__", _repr(tuple(field.name for field in fields if field.repr)))
        if how.get("eq", True):
            _give(cls, "__eq__", _eq(tuple(field.name for field in fields if field.compare)))
            if not hashed:
                by = tuple(field.name for field in fields if (field.compare if field.hash is None else field.hash))
                cls.__hash__ = _hash(by)
        cls.__setattr__, cls.__delattr__ = _fixed(cls, frozenset(names))
        if how.get("slots"):
            _give(cls, "__getstate__", _state(names))
            _give(cls, "__setstate__", _restoring(names))
        return cls

    def _give(cls: type, name: str, function: Callable[..., Any]) -> None:
        """A method for a class that has none of its own of that name."""
        function.__name__, function.__qualname__ = name, f"{cls.__qualname__}.{name}"
        if name not in cls.__dict__:
            setattr(cls, name, function)

    def _init(cls: type, fields: tuple[Field[Any], ...]) -> Callable[..., None]:
        """`__init__`, compiled: it runs oftenest by far, and calls take half as long as through a loop."""
        known: dict[str, Any] = {"_put": _PUT, "_missing": MISSING}
        first, named, lines = [], [], []
        for field in fields:
            name, value = field.name, field.name
            argument = name
            if field.default is not MISSING:
                known[f"_default_{name}"] = field.default
                argument += f"=_default_{name}"
            elif field.default_factory is not MISSING:
                known[f"_make_{name}"] = field.default_factory
                argument += "=_missing"
                value = f"_make_{name}() if {name} is _missing else {name}"
            if field.init:
                (named if field.kw_only else first).append(argument)
            elif field.default_factory is not MISSING:
                value = f"_make_{name}()"
            elif field.default is MISSING or name not in getattr(cls, "__slots__", ()):
                continue  # the class has its default, or `__post_init__` gives one
            else:
                value = f"_default_{name}"
            lines.append(f" _put(self,{name!r},{value})")
        if hasattr(cls, "__post_init__"):
            lines.append(" self.__post_init__()")
        arguments = ",".join(["self", *first, *(["*", *named] if named else [])])
        exec(f"def __init__({arguments}):\n" + ("\n".join(lines) or " pass"), known)
        init: Callable[..., None] = known["__init__"]
        init.__annotations__ = {field.name: field.type for field in fields if field.init} | {"return": None}
        init.__module__ = cls.__module__
        return init

    def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
        """Those of the fields, as a tuple."""
        if len(names) > 1:
            return attrgetter(*names)
        if names:
            one = attrgetter(*names)
            return lambda self: (one(self),)
        return lambda self: ()

    def _repr(names: tuple[str, ...]) -> Callable[[Any], str]:
        @reprlib.recursive_repr()
        def told(self: Any) -> str:
            inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
            return f"{self.__class__.__qualname__}({inside})"

        return told

    def _eq(names: tuple[str, ...]) -> Callable[[Any, object], bool]:
        values = _values(names)

        def equal(self: Any, other: object) -> bool:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        return equal

    def _hash(names: tuple[str, ...]) -> Callable[[Any], int]:
        values = _values(names)

        def __hash__(self: Any) -> int:
            return hash(values(self))

        return __hash__

    def _fixed(cls: type, names: frozenset[str]) -> tuple[Callable[..., None], Callable[..., None]]:
        def __setattr__(self: Any, name: str, value: object) -> None:
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f"cannot assign to field {name!r}")
            super(cls, self).__setattr__(name, value)

        def __delattr__(self: Any, name: str) -> None:
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f"cannot delete field {name!r}")
            super(cls, self).__delattr__(name)

        return __setattr__, __delattr__

    def _state(names: tuple[str, ...]) -> Callable[[Any], list[Any]]:
        """What `pickle` and `copy` take of a class with slots."""
        return lambda self: [getattr(self, name) for name in names]

    def _restoring(names: tuple[str, ...]) -> Callable[[Any, list[Any]], None]:
        def restore(self: Any, state: list[Any]) -> None:
            for name, value in zip(names, state, strict=True):
                _PUT(self, name, value)

        return restore


__all__ = ["FrozenDict", "dataclass", "freeze", "frozen"]
