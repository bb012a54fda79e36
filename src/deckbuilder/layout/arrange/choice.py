"""The layout an author chose in place of the kind's own."""

from __future__ import annotations

from dataclasses import replace

from deckbuilder.content.kinds import AnySlide
from deckbuilder.diagnostics import did_you_mean
from deckbuilder.layout.arrange.draft import Draft
from deckbuilder.layout.arrange.report import Reporter
from deckbuilder.source import position_of
from deckbuilder.theme.roles import (
    CAPTION,
    CHART,
    KICKER,
    LABEL,
    LINKS,
    NUMBER,
    NUMERAL,
    QUESTION,
    SOURCE,
    TABLE,
    PlaceholderRole,
)
from deckbuilder.theme.theme import PlaceholderType, SlideLayout, Theme

# Places that are for one thing only, and take no other text.
_RESERVED = tuple(role.base for role in (KICKER, CAPTION, SOURCE, QUESTION, LABEL, NUMERAL, NUMBER, LINKS))


def chosen(draft: Draft, slide: AnySlide, theme: Theme, report: Reporter) -> tuple[Draft, SlideLayout]:
    """The draft and its layout: the kind's own, or the one that the slide's `layout` names, with the
    draft's roles renamed to that layout's. What has no place there is reported."""
    own = theme.layouts[draft.layout]
    if slide.layout is None or draft.asks:
        return draft, own
    at = position_of(slide.layout) or slide.at
    layout = _named(slide.layout, theme)
    if layout is None:
        names = sorted(x.name for x in theme.layouts.values() if not x.role.band)
        report.problems.error(
            "unknown-layout", f"the theme has no layout '{slide.layout}'", at, did_you_mean(slide.layout, names)
        )
        return draft, own
    for others in draft.alternatives:
        if [other.layout for other in others] == [layout.role]:  # what the kind itself would put there
            return replace(others[0], alternatives=()), layout
    wanted: dict[PlaceholderType, list[PlaceholderRole]] = {
        "body": list(draft.texts),
        "picture": list(draft.pictures),
        "table": [TABLE] if draft.table else [],
        "chart": [CHART] if draft.chart else [],
    }
    renamed: dict[PlaceholderRole, PlaceholderRole] = {}
    for kind, roles in wanted.items():
        renamed |= _renamed(roles, kind, layout)
    if missing := [role.spoken for roles in wanted.values() for role in roles if role not in renamed]:
        has = ", ".join(p.role.spoken for p in layout.placeholders)
        report.problems.error(
            "layout-lacks-place",
            f"the layout '{layout.name}' has no place for this slide's {' and '.join(missing)}",
            at,
            f"it has: {has}; choose another, or leave 'layout' out",
        )
        return draft, own
    return (
        replace(
            draft,
            layout=layout.role,
            texts={renamed[role]: words for role, words in draft.texts.items()},
            pictures={renamed[role]: item for role, item in draft.pictures.items()},
            flow=tuple(renamed.get(role, role) for role in draft.flow),
            filled=frozenset(renamed.get(role, role) for role in draft.filled),
            current=frozenset(renamed.get(role, role) for role in draft.current),
            links={renamed[role]: link for role, link in draft.links.items()},
            fields={renamed.get(role, role): names for role, names in draft.fields.items()},
            alternatives=(),
        ),
        layout,
    )


def _named(name: str, theme: Theme) -> SlideLayout | None:
    """The layout of that name or role; on a corporate template also by the name that it has without one, since decks are
    made for several themes."""
    wanted = name.casefold().strip()
    found = [x for x in theme.layouts.values() if not x.role.band]
    for layout in found:
        if wanted in (layout.name.casefold(), str(layout.role)):
            return layout
    return next((x for x in found if wanted == x.standard.casefold()), None)


def _renamed(
    roles: list[PlaceholderRole], kind: PlaceholderType, layout: SlideLayout
) -> dict[PlaceholderRole, PlaceholderRole]:
    """For each role the layout's: the one of the same name, else the next free one of its type."""
    there = [p.role for p in layout.placeholders if p.type == kind]
    out = {role: role for role in roles if role in there}
    free = [role for role in there if role not in out and role.base not in _RESERVED]
    for role in roles:
        if role not in out and free and role.base not in _RESERVED:
            out[role] = free.pop(0)
    return out
