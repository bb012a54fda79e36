"""Which of a template's layouts serves which of our roles: by its map, by standard names, by its placeholders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.source import position_of
from deckbuilder.theme.corporate.layout import Holder, TemplateLayout
from deckbuilder.theme.roles import LayoutRole

COVER = LayoutRole("cover")
POINTS = LayoutRole("points")
SECTION = LayoutRole("section")
COLUMNS = LayoutRole("columns")
COMPARISON = LayoutRole("comparison")
TITLE_ONLY = LayoutRole("title", ("only",))

How = Literal["map", "name", "placeholders"]
# The roles that a template's layout may serve, with PowerPoint's type for it and its names in English, Spanish,
# French and German, as PowerPoint itself gives them, and as LibreOffice writes them into .pptx files.
ROLES: dict[LayoutRole, tuple[str, tuple[str, ...]]] = {
    COVER: ("title", ("title slide", "diapositiva de título", "diapositive de titre", "titelfolie", "cover")),
    POINTS: (
        "obj",
        ("title and content", "title, content", "título y objetos", "titre et contenu", "titel und inhalt"),
    ),
    SECTION: (
        "secHead",
        ("section header", "encabezado de sección", "titre de section", "abschnittsüberschrift", "section"),
    ),
    COLUMNS: (
        "twoObj",
        ("two content", "title, 2 content", "dos objetos", "deux contenus", "zwei inhalte"),
    ),
    COMPARISON: ("twoTxTwoObj", ("comparison", "comparación", "comparaison", "vergleich")),
    TITLE_ONLY: ("titleOnly", ("title only", "solo el título", "titre seul", "nur titel")),
}
_LEAST = (0.4, 0.45)  # the least share of the slide's width and height that a body is good with


@dataclass(frozen=True, slots=True)
class Match:
    """A layout of the template, and how it was found."""

    layout: TemplateLayout
    how: How


def match_roles(
    layouts: list[TemplateLayout],
    size: tuple[float, float],
    given: Mapping[str, str],
    problems: Diagnostics,
    served: Iterable[str] = (),
) -> dict[LayoutRole, Match]:
    """For each role that has one its layout. `given` maps roles, as a theme file calls them, to layouts' names;
    those that are no role or no layout's name are reported. `served` are further roles that may be given."""
    out: dict[LayoutRole, Match] = {}
    names = {layout.name.casefold(): layout for layout in reversed(layouts)}
    known = [*map(str, ROLES), *served]
    for words, name in given.items():
        if words not in known:
            message = f"there is no role '{words}' for a layout of the template"
            problems.error(
                "unknown-role",
                message,
                position_of(words) or position_of(name),
                did_you_mean(words, list(dict.fromkeys(known))),
            )
        elif str(name).casefold().strip() not in names:
            every = list(dict.fromkeys(layout.name for layout in layouts))
            problems.error(
                "unknown-layout",
                f"the template has no layout '{name}'",
                position_of(name),
                did_you_mean(str(name), every),
            )
        else:
            out[LayoutRole.parse(words)] = Match(names[str(name).casefold().strip()], "map")
    usable = [x for x in layouts if not any(h.vertical for h in x.holders)]
    for role, (kind, spoken) in ROLES.items():
        if role in out:
            continue
        fits = _FITS[role]
        shaped = [x for x in usable if fits(x, size)]
        by_name = [x for x in shaped if x.type == kind or x.name.casefold() in spoken]
        if found := _best(role, by_name, size):
            out[role] = Match(found, "name")
        elif found := _best(role, shaped if role != COVER else [x for x in shaped if x.type in ("", "tx")], size):
            out[role] = Match(found, "placeholders")
    return out


def _best(role: LayoutRole, layouts: list[TemplateLayout], size: tuple[float, float]) -> TemplateLayout | None:
    """The first of those that are fit best: bodies that are large enough, covers whose title stands low."""

    def rank(layout: TemplateLayout) -> tuple[int, int]:
        if role in (COVER, SECTION):
            title = layout.title
            low = title is not None and title.rect.y + title.rect.height / 2 > 0.3 * size[1]
            return (0 if low else 1, layout.order)
        bodies = layout.bodies if role in (POINTS, COLUMNS) else []
        high = min((min(b.rect.bottom, size[1]) - b.rect.y for b in bodies), default=size[1])
        return (0 if high >= _LEAST[1] * size[1] else 1, layout.order)

    return min(layouts, key=rank, default=None)


def _large(holder: Holder, size: tuple[float, float], share: float = _LEAST[0]) -> bool:
    return holder.rect.width >= share * size[0] and holder.rect.height >= 0.1 * size[1]


def _points(x: TemplateLayout, size: tuple[float, float]) -> bool:
    bodies = x.of("body", "obj")
    return x.title is not None and len(bodies) == 1 and not x.of("pic", "subTitle") and _large(bodies[0], size)


def _columns(x: TemplateLayout, size: tuple[float, float]) -> bool:
    bodies = x.of("body", "obj")
    return (
        x.title is not None
        and len(bodies) == 2
        and not x.of("pic", "subTitle")
        and all(_large(b, size, 0.25) for b in bodies)
        and abs(bodies[0].rect.y - bodies[1].rect.y) < 12
        and bodies[0].rect.right <= bodies[1].rect.x + 1
    )


def _comparison(x: TemplateLayout, size: tuple[float, float]) -> bool:
    bodies = x.of("body", "obj")
    return x.title is not None and len(bodies) == 4 and not x.of("pic") and len(comparison_order(bodies)) == 4


def comparison_order(bodies: list[Holder]) -> list[Holder]:
    """Heading and text of the left column, then of the right one; empty where the four are no such columns."""
    halves = [sorted(h, key=lambda b: b.rect.y) for h in _halves(bodies)]
    if [len(h) for h in halves] != [2, 2] or any(h[0].rect.height > 0.6 * h[1].rect.height for h in halves):
        return []
    return [*halves[0], *halves[1]]


def _halves(bodies: list[Holder]) -> tuple[list[Holder], list[Holder]]:
    middle = sum(b.rect.x + b.rect.width / 2 for b in bodies) / len(bodies)
    left = [b for b in bodies if b.rect.x + b.rect.width / 2 < middle]
    return left, [b for b in bodies if b not in left]


def _cover(x: TemplateLayout, size: tuple[float, float]) -> bool:
    return x.title is not None and len(x.bodies) <= 2 and not x.of("pic", "chart", "tbl")


def _section(x: TemplateLayout, size: tuple[float, float]) -> bool:
    return (x.title is not None and x.type == "secHead") or x.name.casefold() in ROLES[SECTION][1]


def _title_only(x: TemplateLayout, size: tuple[float, float]) -> bool:
    return x.title is not None and len(x.holders) == 1


_FITS: dict[LayoutRole, Callable[[TemplateLayout, tuple[float, float]], bool]] = {
    COVER: _cover,
    POINTS: _points,
    SECTION: _section,
    COLUMNS: _columns,
    COMPARISON: _comparison,
    TITLE_ONLY: _title_only,
}
