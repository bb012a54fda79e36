"""A deck's data as one of its variants has them: what is left out is gone, what it says of itself is in place.

This comes first, so that variables, models and everything after them know of one deck.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from deckbuilder.content.deck import OWN, Variant
from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.frozen import dataclass
from deckbuilder.reading.choosing import GONE, Chooser
from deckbuilder.reading.problems import errors_of, report_errors
from deckbuilder.source import LocatedDict, LocatedList, LocatedStr, position_of

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class Projected:
    """A deck's data as a variant has them, and the names that others may call what it leaves out: ids, and titles of
    sections."""

    raw: Any
    left_out: frozenset[str] = frozenset()


def read_variants(raw: Any, problems: Diagnostics) -> dict[str, Variant]:
    """The variants that a deck names, which are checked; those with errors, which are reported, say nothing."""
    given = raw.get("variants") if isinstance(raw, LocatedDict) else None
    if given is None:
        return {}
    if not isinstance(given, LocatedDict):
        at = raw.values_at.get("variants", raw.at)
        problems.error("wrong-type", "'variants' is a mapping of names", at, "write a line such as 'online:' for each")
        return {}
    out: dict[str, Variant] = {}
    for name, says in given.items():
        if not _NAME.fullmatch(str(name)) or name == "all":
            problems.error(
                "wrong-form",
                f"'{name}' cannot be a variant's name",
                given.keys_at.get(name, given.at),
                "files are named after it: lower-case letters, digits and hyphens, but not 'all'",
            )
        out[str(name)] = _variant(says if says is not None else LocatedDict(given.keys_at.get(name)), raw, problems)
    for name, variant in out.items():
        for other in variant.also:
            if other not in out or other == name:
                problems.error(
                    "unknown-variant",
                    f"there is no other variant '{other}'",
                    position_of(other) or variant.at,
                    did_you_mean(other, [known for known in out if known != name]),
                )
    return {name: _inheriting(name, out) for name in out}


def _inheriting(name: str, variants: Mapping[str, Variant]) -> Variant:
    """The variant, with what those say whose content it has too, where it says nothing itself."""
    says: dict[str, Any] = {}
    for other in _line(name, variants)[1:]:
        for key in type(variants[other]).model_fields:
            if key != "also" and getattr(variants[name], key) is None and says.get(key) is None:
                says[key] = getattr(variants[other], key)
    return variants[name].model_copy(update={key: value for key, value in says.items() if value is not None})


def _variant(says: Any, raw: LocatedDict, problems: Diagnostics) -> Variant:
    language = raw.get("language")
    try:
        return Variant.model_validate(
            says, context={"problems": problems, "language": language if isinstance(language, str) else "en"}
        )
    except ValidationError as error:
        report_errors(errors_of(error), says, problems)
        return Variant()


def projected(raw: Any, variant: str | None, variants: Mapping[str, Variant], problems: Diagnostics) -> Projected:
    """A copy of a deck's data as the variant has them; None is the deck itself, with what is for no variant alone.
    Names of variants that the deck does not have are reported."""
    if not isinstance(raw, LocatedDict):
        return Projected(raw)
    line = _line(variant, variants) if variant else []
    chooser = Chooser(set(line), variants, problems)
    own = raw.get("variants")
    out = chooser.mapping(raw, ("variants",))
    for name in reversed(line):
        says = own.get(name) if isinstance(own, LocatedDict) else None
        if isinstance(says, LocatedDict):
            _lay_over(out, says, chooser)
    _renumber(raw, out, chooser, problems)
    sections = out.get("sections")
    if isinstance(sections, LocatedList):
        _without_empty(sections, raw["sections"], chooser)
    return Projected(out, frozenset(chooser.left_out))


def _line(variant: str, variants: Mapping[str, Variant]) -> list[str]:
    """The variant, and all whose content it has too, the nearest first."""
    out: dict[str, None] = {}
    ahead = [variant]
    while ahead:
        name = ahead.pop(0)
        if name not in out:
            out[name] = None
            ahead += [str(other) for other in variants[name].also if other in variants] if name in variants else []
    return list(out)


def _lay_over(out: LocatedDict, says: LocatedDict, chooser: Chooser) -> None:
    """Puts what a variant says in place of what the deck says."""
    for key, value in says.items():
        if key not in Variant.model_fields or key in OWN or (kept := chooser.value(key, value)) is GONE:
            continue
        out[key] = kept
        for places, others in ((out.keys_at, says.keys_at), (out.values_at, says.values_at)):
            if key in others:
                places[key] = others[key]


def _renumber(raw: LocatedDict, out: LocatedDict, chooser: Chooser, problems: Diagnostics) -> None:
    """Slides name objectives by the numbers that they have in the file: these become those of the variant."""
    before, after = raw.get("objectives"), out.get("objectives")
    if not isinstance(before, LocatedList) or not isinstance(after, LocatedList) or len(before) == len(after):
        return
    numbers: dict[str, str | None] = {}
    count = 0
    for number, objective in enumerate(before, 1):
        kept = not isinstance(objective, LocatedDict) or chooser.chosen(objective)
        count += kept
        numbers[str(number)] = str(count) if kept else None
    for section in _lists(out, "sections"):
        for slide in _lists(section, "slides"):
            names = slide.get("objectives") if isinstance(slide, LocatedDict) else None
            if isinstance(names, LocatedList):
                slide["objectives"] = _renamed(names, numbers, problems)
            elif names is not None and str(names) in numbers:
                slide["objectives"] = _renamed(_listed(names, slide), numbers, problems)


def _renamed(names: LocatedList, numbers: Mapping[str, str | None], problems: Diagnostics) -> LocatedList:
    out = LocatedList(names.at)
    for place, name in enumerate(names):
        new = numbers.get(str(name), str(name)) if not isinstance(name, (dict, list)) else name
        at = names.items_at[place] if place < len(names.items_at) else names.at
        if new is None:
            problems.error(
                "unknown-objective",
                f"objective {name} is left out of this variant",
                at,
                "leave the slide out as well, or let the objective be in",
            )
            continue
        out.append(LocatedStr(new, at) if isinstance(new, str) else new)
        if at is not None:
            out.items_at.append(at)
    return out


def _listed(value: Any, slide: LocatedDict) -> LocatedList:
    out = LocatedList(slide.values_at.get("objectives", slide.at))
    out.append(value)
    return out


def _without_empty(sections: LocatedList, before: LocatedList, chooser: Chooser) -> None:
    """Takes out the sections of which no slide is left; their titles lead nowhere now."""
    filled = {section.at for section in before if isinstance(section, LocatedDict) and section.get("slides")}
    kept = LocatedList(sections.at)
    for number, section in enumerate(sections):
        if isinstance(section, LocatedDict) and section.get("slides") == [] and section.at in filled:
            chooser.left_out.add(str(section.get("title")))
            continue
        kept.append(section)
        if number < len(sections.items_at):
            kept.items_at.append(sections.items_at[number])
    sections[:] = kept
    sections.items_at = kept.items_at


def _lists(data: Any, key: str) -> list[Any]:
    value = data.get(key) if isinstance(data, LocatedDict) else None
    return value if isinstance(value, list) else []
