"""A deck without what a plan leaves out. What comes after knows nothing of it: it is a deck like any other."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.identity import give
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.schedule import slide_minutes
from deckbuilder.content.slides import DiscussionSlide, Point, PointsSlide
from deckbuilder.content.text import plain_text
from deckbuilder.planning.choosing import Plan
from deckbuilder.planning.pieces import Piece, points_of

# Of kinds that are drawn as on their slides, or that say what others do, there is nothing to read.
_NOT_READ = ("chart", "agenda", "objectives", "section", "cover", "break", "references", "credits", "closing")


def shortened(deck: Deck, plan: Plan, heading: str) -> Deck:
    """The deck without what the plan leaves out. The handout has that under the heading, where the deck wants it."""
    sections = [_without(section, deck, plan) for section in deck.sections]
    kept = [section for section in sections if section.slides]
    return deck.model_copy(
        update={"sections": (*kept, *_to_read(deck, plan, heading)), "planned_minutes": plan.minutes}
    )


def _without(section: Section, deck: Deck, plan: Plan) -> Section:
    slides = []
    for slide in section.slides:
        if slide.identity in plan.gone:
            continue
        gone = [p for p in plan.left_out if p.slide == slide.identity]
        slides.append(_less(slide, slide_minutes(slide, deck, section.appendix)[0], gone, plan.gone) if gone else slide)
    return section.model_copy(update={"slides": tuple(slides)})


def _less(slide: AnySlide, minutes: float, left_out: list[Piece], gone: Set[str]) -> AnySlide:
    """The slide without the questions and points that go, and as much shorter."""
    changes: dict[str, Any] = {"questions": tuple(q for q in slide.questions if q.identity not in gone)}
    for name in type(slide).model_fields:
        if name not in ("questions", "cues", "materials"):
            changes[name] = _pointless(getattr(slide, name), f"{slide.identity}#/{name}", gone)
    saved = sum(piece.minutes for piece in left_out)
    changes["minutes"] = max(0.0, round(minutes - saved, 2))
    return slide.model_copy(update=changes)


def _pointless(value: Any, path: str, gone: Set[str]) -> Any:
    """A value without the points that go."""
    if isinstance(value, tuple):
        numbered = [(f"{path}/{n}", item) for n, item in enumerate(value)]
        return tuple(_pointless(item, at, gone) for at, item in numbered if at not in gone)
    if isinstance(value, Point) or (hasattr(value, "points") and hasattr(value, "model_copy")):
        return value.model_copy(update={"points": _pointless(value.points, f"{path}/points", gone)})
    return value


def _to_read(deck: Deck, plan: Plan, heading: str) -> list[Section]:
    """What the handout has of what goes: to read, or slides by their titles; nothing unless the deck asks for it."""
    how = deck.handout.left_out if deck.handout else "nothing"
    if how == "nothing":
        return []
    away: list[AnySlide] = []
    rests: set[str] = set()  # the identities of what is left of slides that stay
    for _, slide in deck.slides():
        if "handout" in slide.show and slide.identity not in plan.gone:
            rest = _rest_of(slide, plan.gone, how)
            rests |= {one.identity for one in rest}
            away += rest
        elif "handout" in slide.show and slide.kind not in _NOT_READ:
            away.append(slide)
    if not away:
        return []
    slides = tuple(map(_on_paper, away)) if how == "read" else (_listed(away, rests, heading),)
    return [Section.model_construct(title=plain_text(heading), text=None, appendix=True, slides=slides)]


def _rest_of(slide: AnySlide, gone: Set[str], how: str) -> list[AnySlide]:
    """The questions and points that go of a slide that stays, as a slide of its title; none where nothing does."""
    title = getattr(slide, "title", None) or plain_text("")
    questions = tuple(q for q in slide.questions if q.identity in gone and "handout" in q.show)
    paths = {path: point for path, point in points_of(slide) if f"{slide.identity}#{path}" in gone}
    points = tuple(p for path, p in paths.items() if not any(path.startswith(f"{other}/") for other in paths))
    if not questions and not points:
        return []
    if how == "list":
        points = (*points, *(Point.model_construct(text=q.ask, points=()) for q in questions))
    if not points:
        made: AnySlide = DiscussionSlide.model_construct(kind="discussion", title=title, questions=questions)
    else:
        made = PointsSlide.model_construct(kind="points", title=title, points=points, questions=questions)
    give(made, f"{slide.identity}.left-out")  # which no author can give
    return [made]


def _on_paper(slide: AnySlide) -> AnySlide:
    """A slide of which the handout alone has something; what is the facilitator's is gone."""
    nothing: dict[str, Any] = dict.fromkeys(("cues", "materials", "objectives", "need", "lead"), ())
    nothing |= dict.fromkeys(("minutes", "notes", "virtual", "layout"))
    questions = tuple(q for q in slide.questions if "handout" in q.show)
    return slide.model_copy(update={**nothing, "questions": questions, "show": ("handout",), "hidden": False})


def _listed(slides: list[AnySlide], rests: Set[str], heading: str) -> AnySlide:
    """The titles of slides, as points on paper; under those of `rests` their points."""
    points: list[Point] = []
    for slide in slides:
        title = getattr(slide, "title", None)
        under = slide.points if slide.identity in rests and isinstance(slide, PointsSlide) else ()
        if title is not None:
            points.append(Point.model_construct(text=title, points=under))
    made = PointsSlide(kind="points", title=plain_text(heading), points=tuple(points), show=("handout",))
    give(made, "left-out")
    return made
