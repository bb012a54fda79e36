"""Which of a template's layouts serves which of our roles: by its map, else the one that scores best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.frozen import dataclass
from deckbuilder.source import position_of
from deckbuilder.theme.corporate.layout import CorporateLayout
from deckbuilder.theme.corporate.scores import (
    COLUMNS,
    COMPARISON,
    COVER,
    POINTS,
    ROLES,
    SECTION,
    TITLE_ONLY,
    How,
    Score,
    clutter,
    cover_home,
    home_of,
    score,
)
from deckbuilder.theme.roles import LayoutRole

__all__ = ["COLUMNS", "COMPARISON", "COVER", "POINTS", "ROLES", "SECTION", "TITLE_ONLY", "Match", "match_roles"]

_WORTH_TELLING = 20  # of 100: layouts that score less are no choice


@dataclass(frozen=True, slots=True)
class Match:
    """A layout of the template, and how it was found: its score of 100, and the one that came next with its own. Those
    that the theme's map names have none."""

    layout: CorporateLayout
    how: How
    score: int = 0
    next: tuple[str, int] | None = None

    @property
    def note(self) -> str:
        """The score and the runner-up in words; "" for what the map names."""
        after = f"; next '{self.next[0]}', {self.next[1]}" if self.next else ""
        return f"{self.score} of 100{after}" if self.score else ""


def match_roles(
    layouts: list[CorporateLayout],
    size: tuple[float, float],
    given: Mapping[str, str],
    problems: Diagnostics,
    served: Iterable[str] = (),
) -> dict[LayoutRole, Match]:
    """For each role that has one its layout. `given` maps roles, as a theme file calls them, to layouts' names;
    those that are no role or no layout's name are reported. `served` are further roles that may be given."""
    out: dict[LayoutRole, Match] = {}
    alike: dict[str, list[CorporateLayout]] = {}
    for layout in layouts:
        alike.setdefault(layout.name.casefold(), []).append(layout)
    known = [*map(str, ROLES), *served]
    order = {str(role): n for n, role in enumerate(ROLES)}
    for words, name in sorted(given.items(), key=lambda item: order.get(item[0], len(order))):
        if words not in known:
            message = f"there is no role '{words}' for a layout of the template"
            problems.error(
                "unknown-role",
                message,
                position_of(words) or position_of(name),
                did_you_mean(words, list(dict.fromkeys(known))),
            )
        elif str(name).casefold().strip() not in alike:
            every = list(dict.fromkeys(layout.name for layout in layouts))
            problems.error(
                "unknown-layout",
                f"the template has no layout '{name}'",
                position_of(name),
                did_you_mean(str(name), every),
            )
        else:
            role = LayoutRole.parse(words)
            out[role] = Match(_likeliest(role, alike[str(name).casefold().strip()], layouts, size, out), "map")
    for role in ROLES:
        if role not in out and (found := _best(role, layouts, layouts, size, out)):
            out[role] = found
    return out


def _likeliest(
    role: LayoutRole,
    alike: Sequence[CorporateLayout],
    layouts: Sequence[CorporateLayout],
    size: tuple[float, float],
    taken: Mapping[LayoutRole, Match],
) -> CorporateLayout:
    """Of layouts that are called alike, as those of several masters often are, the one that would be chosen."""
    content = {POINTS: taken[POINTS]} if POINTS in taken else {}  # a map may give to sections what covers stand on
    best = _best(role, alike, layouts, size, content) if role in ROLES and len(alike) > 1 else None
    home = _home(role, layouts, taken)
    return best.layout if best else next((x for x in alike if x.master == home), alike[0])


def _home(role: LayoutRole, layouts: Sequence[CorporateLayout], taken: Mapping[LayoutRole, Match]) -> str:
    """The master that a role's layout is rather on."""
    if role == COVER:
        return cover_home(layouts)
    return taken[POINTS].layout.master if POINTS in taken else home_of(layouts)


def _best(
    role: LayoutRole,
    choice: Sequence[CorporateLayout],
    layouts: Sequence[CorporateLayout],
    size: tuple[float, float],
    taken: Mapping[LayoutRole, Match],
) -> Match | None:
    """The layout that scores highest of a choice of the template's; of several, that with the least art where content goes, and
    then the first. What covers stand on serves no other role."""
    home = _home(role, layouts, taken)
    cover = taken[COVER].layout.part if COVER in taken and role != COVER else ""
    rated: list[tuple[CorporateLayout, Score]] = [
        (x, found) for x in choice if x.part != cover and (found := score(role, x, layouts, size, home))
    ]
    rated.sort(key=lambda pair: (-pair[1].value, clutter(pair[0]), pair[0].order))
    if not rated:
        return None
    (best, found), *rest = rated
    after = next(((x.name, y.value) for x, y in rest if x.name != best.name and y.value >= _WORTH_TELLING), None)
    return Match(best, found.how, found.value, after)
