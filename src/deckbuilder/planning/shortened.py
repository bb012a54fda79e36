"""A deck without what a plan leaves out. What comes after knows nothing of it: it is a deck like any other."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.schedule import slide_minutes
from deckbuilder.content.slides import Point, PointsSlide
from deckbuilder.content.text import plain_text
from deckbuilder.planning.choosing import Plan
from deckbuilder.planning.pieces import Piece

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
    """What the handout has of the slides that go: to read, or by their titles; nothing unless the deck asks for it."""
    how = deck.handout.left_out if deck.handout else "nothing"
    away = [s for _, s in deck.slides() if s.identity in plan.gone and "handout" in s.show and s.kind not in _NOT_READ]
    if how == "nothing" or not away:
        return []
    slides = tuple(map(_on_paper, away)) if how == "read" else (_listed(away, heading),)
    return [Section.model_construct(title=plain_text(heading), text=None, appendix=True, slides=slides)]


def _on_paper(slide: AnySlide) -> AnySlide:
    """A slide of which the handout alone has something; what is the facilitator's is gone."""
    nothing: dict[str, Any] = dict.fromkeys(("cues", "materials", "objectives", "need", "lead"), ())
    nothing |= dict.fromkeys(("minutes", "notes", "virtual", "layout"))
    questions = tuple(q for q in slide.questions if "handout" in q.show)
    return slide.model_copy(update={**nothing, "questions": questions, "show": ("handout",), "hidden": False})


def _listed(slides: list[AnySlide], heading: str) -> AnySlide:
    """The titles of slides, as points on paper."""
    titles = [title for slide in slides if (title := getattr(slide, "title", None))]
    points = tuple(Point.model_construct(text=title, points=()) for title in titles)
    made = PointsSlide(kind="points", title=plain_text(heading), points=points, show=("handout",))
    made.identify("left-out")
    return made
