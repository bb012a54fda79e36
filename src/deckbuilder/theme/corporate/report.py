"""What is to be said of a template in plain words: who serves which role, and what does not work out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deckbuilder.ooxml.presentation import slides
from deckbuilder.ooxml.types import NS
from deckbuilder.theme.corporate.layout import CorporateLayout, decorations
from deckbuilder.theme.corporate.roles import COLUMNS, COMPARISON, COVER, POINTS, ROLES, SECTION, TITLE_ONLY, Match
from deckbuilder.theme.corporate.stage import feet_of
from deckbuilder.theme.hosts import Choice
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.theme import SlideLayout
from deckbuilder.units import Rect

if TYPE_CHECKING:
    from deckbuilder.theme.corporate.build import Stages

_SPOKEN = {
    COVER: "Covers",
    POINTS: "Lists and texts",
    SECTION: "Sections",
    COLUMNS: "Two columns",
    COMPARISON: "Comparisons",
    TITLE_ONLY: "Slides with a title only",
}
_FOUND = {
    "map": "as the theme says",
    "name": "found by its name",
    "samples": "found by the template's sample slides",
    "placeholders": "found by its placeholders",
}
_CONTENT = (POINTS, COLUMNS, LayoutRole("text"))
_LOST = ", and the deck's copyright line is in the handout and the guide only"
_LARGE = 0.1  # of the slide: what gives a slide its look
_FEET = {"ftr": "footer", "dt": "date", "sldNum": "slide number"}


def unserved(matches: Mapping[LayoutRole, Match]) -> dict[LayoutRole, str]:
    """The roles that no layout of the template serves, as a sentence names their slides."""
    return {role: _SPOKEN[role].lower() for role in ROLES if role not in matches}


def served(
    matches: Mapping[LayoutRole, Match], stages: Stages, made: Mapping[LayoutRole, SlideLayout]
) -> tuple[str, ...]:
    """For each role a sentence: which layout serves it and how that was found, or what is done without one."""
    out = []
    for role in dict.fromkeys([*ROLES, *matches]):
        spoken = _SPOKEN.get(role, f"Slides of the layout '{role}'")
        layout = made.get(role) or next((x for r, x in made.items() if r.within(role)), None)
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
            out.append(f"{spoken} stand on '{name}', {_found(matches[role])}.")
        else:
            out.append(f"{spoken} stand on copies of '{name}', {_found(matches[role])}, with places for all they show.")
    others = [x.name for x in made.values() if x.host and not x.host.native and x.role not in matches]
    bases = sorted({x.host.name for x in made.values() if x.host and not x.host.native and x.role not in matches})
    out.append(
        f"{len(others)} further layouts are made of {' and '.join(repr(b) for b in bases)}, where slides use them."
    )
    idle = [x.name for x in stages.all if x.part not in {m.host.part for m in made.values() if m.host}]
    if idle:
        names = ", ".join(f"'{name}'" for name in dict.fromkeys(idle))
        out.append(f"Layouts that serve no role stay in the deck for people to use: {names}.")
    return tuple(out)


def choices(matches: Mapping[LayoutRole, Match], stages: Stages) -> tuple[Choice, ...]:
    """For each role its choice, to be looked at beside what was made of it."""
    out = []
    for role in dict.fromkeys([*ROLES, *matches]):
        spoken = _SPOKEN.get(role, f"Slides of the layout '{role}'")
        match = matches.get(role)
        layout = match.layout if match else stages.host(role)
        how = _FOUND[match.how] if match else "made of it: the template has no layout for them"
        note = match.note if match else ""
        other = match.next[0] if match and match.next else "…"
        said = (
            spoken,
            f"'{layout.name}'",
            how,
            *([note] if note else []),
            f"for another: layouts: {{{role}: {other}}}",
        )
        out.append(Choice(role, said, stages.theirs(role, layout), match is not None, note))
    return tuple(out)


def _found(match: Match) -> str:
    """How a layout was found, its score, and the one that came next."""
    return f"{_FOUND[match.how]} ({match.note})" if match.note else _FOUND[match.how]


def faults(stages: Stages, made: Mapping[LayoutRole, SlideLayout]) -> tuple[str, ...]:
    """What could not be used as it is, a sentence each, with the layouts that it is about."""
    found: dict[str, dict[str, None]] = {}
    untold: dict[str, None] = {}

    def tell(layout: CorporateLayout, note: str) -> None:
        found.setdefault(note, {})[f"'{layout.name}'"] = None

    for part in dict.fromkeys(x.host.part for x in made.values() if x.host):
        stage = stages.stages[part]
        layout = stage.layout
        content = any(x.host and x.host.part == part and x.role in _CONTENT for x in made.values())
        for note in stage.areas.notes if content else ():
            tell(layout, note)
        if layout.moved:
            tell(layout, "the places are those of another slide master; its own master's are used, on copies")
        if layout.relaid:
            tell(layout, "the sample slides have title or text elsewhere; their places are used, on copies")
        holders = [h for h in (layout.title, *layout.bodies) if h]
        if not all(h.steady for h in holders):
            tell(layout, "text has no size that slides inherit; that of the sample text is used, on copies")
        if any(h.dyed for h in holders):
            tell(layout, "the sample slides have text in another colour; theirs is used, on copies")
        if any(h.small_capitals for h in holders):
            tell(layout, "text is set in small capitals; slides keep their own letters")
        if content and not layout.bodies:
            tell(layout, "there is no place for text; what the title leaves free is used")
        lost = [word for kind, word in _FEET.items() if kind not in layout.furniture]
        if lost:
            tell(layout, f"there is no {' and no '.join(lost)}; slides stay without{_LOST if 'footer' in lost else ''}")
        on_art = [_FEET[f.kind] for f in feet_of(layout, stages.size) if f not in stage.feet] if content else []
        if on_art:
            without = f"slides stay without{_LOST if 'footer' in on_art else ''}"
            tell(layout, f"art runs under the {' and the '.join(on_art)}; {without}")
        footed = [x.host for r, x in made.items() if x.host and x.host.part == part and r in (*_CONTENT, SECTION)]
        cut = [_FEET[f.kind] for f in stage.feet if any(f not in host.feet for host in footed)]
        if cut:
            without = f"slides stay without{_LOST if 'footer' in cut else ''}"
            tell(layout, f"the edge of a plate would run under the {' and the '.join(cut)}; {without}")
        untold |= dict.fromkeys(stage.scenery.untold)
        below = stage.terrain.below(stage.areas.body)
        if content and stage.title_plated:
            tell(layout, "edges of art run under the title; it stands on a plate")
        if content and stage.plated:
            tell(
                layout,
                "no colour like its text's can be read all over the ground, or edges run under it; content stands on a plate",
            )
        elif content and _apart(below.darkest, below.lightest):
            tell(layout, "text stands on a picture or gradient; its contrast differs from place to place")
    out = [f"{', '.join(names)}: {note}." for note, names in found.items()]
    if _dressed_on_slides_only(stages, made):
        out.append(
            "The template's look is on its sample slides only, and decks come out plain: in PowerPoint, copy their backgrounds"
            " and pictures onto the layouts (View, Slide Master), and save."
        )
    if untold:
        out.append(f"The PDF files' pictures of slides lack, or show plainly: {'; '.join(untold)}.")
    return tuple(out)


def _dressed_on_slides_only(stages: Stages, made: Mapping[LayoutRole, SlideLayout]) -> bool:
    """Whether most sample slides draw something large, or have a ground of their own, and the layouts in use are blank."""
    whole = Rect(0, 0, *stages.size)
    for part in dict.fromkeys(x.host.part for x in made.values() if x.host):
        stage = stages.stages[part]
        if stage.layout.shown or stage.terrain.below(whole).colors != (
            stages.content.colors.palette.slots["lt1"].upper(),
        ):
            return False
    samples = slides(stages.drawer.package)
    large = _LARGE * whole.width * whole.height
    dressed = [
        s
        for s in samples
        if s.root.find("p:cSld/p:bg", NS) is not None or any(r.width * r.height > large for r in decorations(s.root))
    ]
    return bool(samples) and len(dressed) > len(samples) / 2


def _apart(one: str, other: str) -> bool:
    return any(abs(int(one[i : i + 2], 16) - int(other[i : i + 2], 16)) > 40 for i in (1, 3, 5))
