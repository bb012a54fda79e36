"""What each kind of slide wants, by kind: its function in one of the modules about, telling, sequences, showing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from deckbuilder.content import slides as s
from deckbuilder.content.data import ChartSlide, TableSlide
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.room import ActivitySlide, BreakSlide, PollSlide, QuizSlide
from deckbuilder.content.sequences import StagesSlide, StepsSlide, TimelineSlide
from deckbuilder.content.showing import GridSlide, NumberSlide, PictureSlide, VideoSlide
from deckbuilder.layout.arrange import about, sequences, showing, telling
from deckbuilder.layout.arrange.draft import Draft, Scene

_Slide = TypeVar("_Slide", bound=s.SlideBase)
Drafter = Callable[[AnySlide, Scene], list[Draft]]


def _drafter(model: type[_Slide], draft: Callable[[_Slide, Scene], Draft | list[Draft]]) -> Drafter:
    """From what drafts the slides of one model to what takes any slide, and gives a draft for each
    slide that it is to become."""

    def drafts(slide: AnySlide, scene: Scene) -> list[Draft]:
        assert isinstance(slide, model), f"a slide of kind {slide.kind} is no {model.__name__}"
        made = draft(slide, scene)
        return made if isinstance(made, list) else [made]

    return drafts


DRAFTERS: Mapping[str, Drafter] = {
    "cover": _drafter(s.CoverSlide, about.cover),
    "agenda": _drafter(s.AgendaSlide, about.agenda),
    "objectives": _drafter(s.ObjectivesSlide, about.objectives),
    "section": _drafter(s.SectionSlide, about.section),
    "points": _drafter(s.PointsSlide, telling.points_slide),
    "definition": _drafter(s.DefinitionSlide, telling.definition),
    "quote": _drafter(s.QuoteSlide, telling.quote),
    "narrative": _drafter(s.NarrativeSlide, telling.narrative),
    "clipping": _drafter(s.ClippingSlide, telling.clipping),
    "stages": _drafter(StagesSlide, sequences.stages),
    "steps": _drafter(StepsSlide, sequences.steps),
    "timeline": _drafter(TimelineSlide, sequences.timeline),
    "principle": _drafter(s.PrincipleSlide, telling.principle),
    "discussion": _drafter(s.DiscussionSlide, telling.discussion),
    "activity": _drafter(ActivitySlide, showing.activity),
    "poll": _drafter(PollSlide, showing.poll),
    "quiz": _drafter(QuizSlide, showing.quiz),
    "break": _drafter(BreakSlide, showing.pause),
    "resource": _drafter(s.ResourceSlide, telling.resource),
    "statement": _drafter(s.StatementSlide, telling.statement),
    "number": _drafter(NumberSlide, showing.number),
    "picture": _drafter(PictureSlide, showing.picture),
    "grid": _drafter(GridSlide, showing.grid),
    "video": _drafter(VideoSlide, showing.video),
    "columns": _drafter(s.ColumnsSlide, telling.columns),
    "comparison": _drafter(s.ComparisonSlide, telling.comparison),
    "matrix": _drafter(s.MatrixSlide, telling.matrix),
    "table": _drafter(TableSlide, showing.table),
    "chart": _drafter(ChartSlide, showing.chart),
    "closing": _drafter(s.ClosingSlide, about.closing),
    "references": _drafter(s.ReferencesSlide, about.references),
    "credits": _drafter(s.CreditsSlide, about.credits),
}
