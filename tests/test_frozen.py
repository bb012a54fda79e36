"""Frozen classes made by our own decorator do what those of `dataclasses` do."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import pkgutil
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from importlib import import_module
from typing import Any, ClassVar

import pytest

import deckbuilder
from deckbuilder.frozen import dataclass

WAYS: list[dict[str, bool]] = [
    {"frozen": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "kw_only": True},
    {"frozen": True, "eq": False, "repr": False},
]


def _made(decorator: Callable[..., Any], how: dict[str, bool]) -> Any:
    class Thing:
        """A thing."""

        kind: ClassVar[str] = "thing"
        name: str
        size: float = 2.0
        parts: tuple[int, ...] = ()
        seen: list[int] = field(default_factory=list, compare=False)
        secret: str = field(default="x", repr=False)
        loud: str = field(init=False, default="")

        def __post_init__(self) -> None:
            object.__setattr__(self, "loud", self.name.upper())

    return decorator(**how)(Thing)


@dataclass(frozen=True, slots=True)
class Kept:
    one: int
    two: str = "b"


@dataclass(frozen=True)
class Alone:
    value: float


@pytest.mark.parametrize("how", WAYS, ids=str)
def test_they_are_made_told_and_compared_as_those_of_dataclasses(how: dict[str, bool]) -> None:
    ours, theirs = _made(dataclass, how), _made(dataclasses.dataclass, how)
    a, b = ours(name="n", parts=(1,)), theirs(name="n", parts=(1,))
    assert dataclasses.asdict(a) == dataclasses.asdict(b)
    assert (a == ours(name="n", parts=(1,), seen=[3])) == (b == theirs(name="n", parts=(1,), seen=[3]))
    assert (a == ours(name="m", parts=(1,))) == (b == theirs(name="m", parts=(1,)))
    assert a != b
    if how.get("eq", True):
        assert repr(a) == repr(b)
        assert hash(a) == hash(b)
    else:
        assert hash(a) == object.__hash__(a)
    assert ours.__match_args__ == theirs.__match_args__
    assert ours.__doc__ == theirs.__doc__
    assert [str(p) for p in inspect.signature(ours).parameters.values() if p.default is p.empty] == [
        str(p) for p in inspect.signature(theirs).parameters.values() if p.default is p.empty
    ]
    assert dataclasses.replace(a, size=3.0).size == 3.0
    assert a.seen is not ours(name="n").seen


@pytest.mark.parametrize("how", WAYS, ids=str)
def test_they_are_frozen(how: dict[str, bool]) -> None:
    thing = _made(dataclass, how)(name="n")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'size'"):
        thing.size = 3.0
    with pytest.raises((FrozenInstanceError, TypeError)):
        thing.other = 3.0
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'size'"):
        del thing.size
    with pytest.raises(TypeError):
        _made(dataclass, how)()
    with pytest.raises(TypeError):
        _made(dataclass, how)(name="n", other=1)


def test_what_is_not_frozen_is_theirs() -> None:
    thing = _made(dataclass, {})(name="n")
    thing.size = 3.0
    assert thing.size == 3.0
    assert type(thing).__hash__ is None


def test_those_with_slots_are_pickled_and_copied() -> None:
    kept = Kept(1)
    assert pickle.loads(pickle.dumps(kept)) == kept == copy.deepcopy(kept)
    assert not hasattr(kept, "__dict__")


def test_one_field_is_compared_as_part_of_a_tuple() -> None:
    nan = float("nan")
    assert Alone(nan) == Alone(nan)
    assert hash(Alone(2.0)) == hash((2.0,))


def test_a_class_that_extends_one_has_all_fields() -> None:
    @dataclass(frozen=True)
    class More(Alone):
        other: int = 1

    assert More(1.0).other == 1
    assert More(1.0) != Alone(1.0)
    assert repr(More(1.0)).endswith("More(value=1.0, other=1)")
    with pytest.raises(FrozenInstanceError):
        More(1.0).value = 2.0  # type: ignore[misc]


def test_methods_of_ones_own_stay() -> None:
    @dataclass(frozen=True)
    class Own:
        value: int

        def __repr__(self) -> str:
            return "own"

        def __hash__(self) -> int:
            return 7

        def __eq__(self, other: object) -> bool:
            return True

    assert repr(Own(1)) == "own"
    assert hash(Own(1)) == 7
    assert Own(1) == Own(2)


def test_a_setter_of_ones_own_is_refused() -> None:
    with pytest.raises(TypeError, match="__setattr__"):

        @dataclass(frozen=True)
        class Wrong:
            value: int

            def __setattr__(self, name: str, value: object) -> None: ...


def test_every_frozen_class_of_ours_is_made_so() -> None:
    theirs = []
    for module in pkgutil.walk_packages(deckbuilder.__path__, "deckbuilder."):
        if module.name.endswith("__main__"):
            continue
        for name, kind in vars(import_module(module.name)).items():
            if isinstance(kind, type) and kind.__module__ == module.name and "__dataclass_params__" in vars(kind):
                params = vars(kind)["__dataclass_params__"]
                if params.frozen and not params.order:
                    theirs.append(f"{module.name}.{name}")
    assert theirs == [], "take dataclass from deckbuilder.frozen"
