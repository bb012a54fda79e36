"""What is to be said of a template in plain words: who serves which role, and what does not work out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deckbuilder.theme.template.roles import ROLES, Match
from deckbuilder.theme.theme import SlideLayout

if TYPE_CHECKING:
    from deckbuilder.theme.template.build import Stages

_SPOKEN = {
    "cover": "Covers",
    "points": "Lists and texts",
    "section": "Sections",
    "columns": "Two columns",
    "comparison": "Comparisons",
    "title-only": "Slides with a title only",
}
_FOUND = {"map": "as the theme says", "name": "found by its name", "placeholders": "found by its placeholders"}
_FEET = {"ftr": "footer", "dt": "date", "sldNum": "slide number"}


def served(matches: Mapping[str, Match], stages: Stages, made: Mapping[str, SlideLayout]) -> tuple[str, ...]:
    """For each role a sentence: which layout serves it and how that was found, or what is done without one."""
    out = []
    for role in dict.fromkeys([*ROLES, *matches]):
        spoken = _SPOKEN.get(role, f"Slides of the layout '{role}'")
        layout = made.get(role) or next((x for r, x in made.items() if r.startswith(role)), None)
        host = layout.host if layout else None
        if host is None:
            continue
        if role not in matches:
            out.append(f"There is no layout for {spoken.lower()}: theirs is made of '{host.name}'.")
            continue
        name = matches[role].layout.name
        if host.name != name:
            out.append(f"{spoken}: '{name}' has too little room for them; theirs is made of '{host.name}'.")
        elif host.native:
            out.append(f"{spoken} stand on '{name}', {_FOUND[matches[role].how]}.")
        else:
            out.append(
                f"{spoken} stand on copies of '{name}', {_FOUND[matches[role].how]}, with places for all they show."
            )
    others = [x.name for x in made.values() if x.host and not x.host.native and x.role not in matches]
    bases = sorted({x.host.name for x in made.values() if x.host and not x.host.native and x.role not in matches})
    out.append(
        f"{len(others)} further layouts are made of {' and '.join(repr(b) for b in bases)}, where slides use them."
    )
    return tuple(out)


def faults(stages: Stages, made: Mapping[str, SlideLayout], size: tuple[float, float]) -> tuple[str, ...]:
    """What could not be used as it is, a sentence each."""
    out: dict[str, None] = {}
    untold: dict[str, None] = {}
    hosts = dict.fromkeys(x.host.part for x in made.values() if x.host)
    for part in hosts:
        stage = stages.stages.get(part)
        if stage is None:
            continue
        layout = stage.layout
        content = any(x.host and x.host.part == part and x.role in ("points", "columns", "text") for x in made.values())
        for note in stage.areas.notes if content else ():
            out[f"'{layout.name}' {note}."] = None
        if layout.moved:
            out[f"'{layout.name}' has the places of another slide master: its own master's are used, on copies."] = None
        holders = [h for h in (layout.title, *layout.bodies) if h]
        if not all(h.steady for h in holders):
            out[
                f"'{layout.name}' gives its text no size that slides inherit: that of its sample text is used, on copies."
            ] = None
        if any(h.capitals for h in holders):
            out[f"'{layout.name}' sets text in capitals: slides keep their own letters."] = None
        if len(layout.bodies) == 0 and layout is stages.content:
            out[f"'{layout.name}' has no place for text: what its title leaves free is used."] = None
        lost = [word for kind, word in _FEET.items() if kind not in layout.furniture]
        if lost:
            line = " The deck's copyright line is in the handout and the guide only." if "footer" in lost else ""
            out[f"'{layout.name}' has no {' and no '.join(lost)}: its slides stay without.{line}"] = None
        untold |= dict.fromkeys(stage.scenery.untold)
        if stage.plated and content:
            out[f"On '{layout.name}' no text can be read all over its ground: ours stands on a plate."] = None
        spread = stage.terrain.below(stage.areas.body)
        if content and not stage.plated and _apart(spread.darkest, spread.lightest):
            out[
                f"On '{layout.name}' text stands on a picture or gradient: its contrast differs from place to place."
            ] = None
    if untold:
        out[f"The PDF files' pictures of slides lack, or show plainly: {'; '.join(untold)}."] = None
    return tuple(out)


def _apart(one: str, other: str) -> bool:
    return any(abs(int(one[i : i + 2], 16) - int(other[i : i + 2], 16)) > 40 for i in (1, 3, 5))
