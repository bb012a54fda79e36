"""A deck as participants get it: which fields are theirs, and which are not.

Every field of every model is declared here, so that a new one has to be: as a field of a type in `participant`,
as one in `WHOLE`, as the facilitator's or as a setting. Whoever forgets is told by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from operator import is_
from typing import Any, Literal

from deckbuilder.content import participant
from deckbuilder.content.base import Identified, Model
from deckbuilder.content.catalogue import Catalogue, Excluded, Included, Matrix
from deckbuilder.content.checks import Organisation
from deckbuilder.content.data import ChartSlide, DataSlide, Series, TableSlide
from deckbuilder.content.deck import (
    Author,
    Deck,
    DeckHandout,
    GuideOptions,
    HandoutOptions,
    Objective,
    Preparation,
    Reference,
    Section,
    Term,
    Variant,
)
from deckbuilder.content.discussion import Cue, Material, Question
from deckbuilder.content.facts import Fact
from deckbuilder.content.kinds import shown_in
from deckbuilder.content.library import Library, SharedPicture, SharedTerm
from deckbuilder.content.pictures import Picture
from deckbuilder.content.printing import PrintSettings
from deckbuilder.content.room import ActivitySlide, BreakSlide, Option, PollSlide, QuizSlide
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.sequences import Event, Stage, StagesSlide, Step, StepsSlide, TimelineSlide
from deckbuilder.content.session import Break, Lead, Session, SessionDay
from deckbuilder.content.showing import Figure, GridSlide, NumberSlide, PictureSlide, VideoSlide
from deckbuilder.content.slides import (
    AgendaSlide,
    ClippingSlide,
    ClosingSlide,
    Column,
    ColumnsSlide,
    ComparisonSlide,
    CoverSlide,
    CreditsSlide,
    DefinitionSlide,
    DiscussionSlide,
    Line,
    Link,
    MatrixSlide,
    NarrativeSlide,
    ObjectivesSlide,
    Point,
    PointsSlide,
    PrincipleSlide,
    Quadrant,
    QuoteSlide,
    ReferencesSlide,
    ResourceSlide,
    SectionSlide,
    Side,
    SlideBase,
    StatementSlide,
    Titled,
)
from deckbuilder.content.text import BLANK, Blank, Run, Text
from deckbuilder.content.vocabulary import Vocabulary, Wording

PROJECTIONS: Mapping[type[Any], type[Any]] = {
    Deck: participant.Deck,
    Section: participant.Section,
    Session: participant.Session,
    Schedule: participant.Schedule,
    Question: participant.Question,
    Material: participant.Material,
    CoverSlide: participant.CoverSlide,
    AgendaSlide: participant.TextSlide,
    ObjectivesSlide: participant.TextSlide,
    SectionSlide: participant.TextSlide,
    PointsSlide: participant.PointsSlide,
    DefinitionSlide: participant.DefinitionSlide,
    QuoteSlide: participant.QuoteSlide,
    NarrativeSlide: participant.NarrativeSlide,
    ClippingSlide: participant.ClippingSlide,
    StagesSlide: participant.StagesSlide,
    StepsSlide: participant.StepsSlide,
    TimelineSlide: participant.TimelineSlide,
    PrincipleSlide: participant.PrincipleSlide,
    DiscussionSlide: participant.TextSlide,
    ActivitySlide: participant.ActivitySlide,
    PollSlide: participant.PollSlide,
    QuizSlide: participant.QuizSlide,
    Option: participant.Option,
    BreakSlide: participant.BreakSlide,
    ResourceSlide: participant.ResourceSlide,
    StatementSlide: participant.StatementSlide,
    NumberSlide: participant.NumberSlide,
    PictureSlide: participant.PictureSlide,
    GridSlide: participant.GridSlide,
    VideoSlide: participant.VideoSlide,
    ColumnsSlide: participant.ColumnsSlide,
    ComparisonSlide: participant.ComparisonSlide,
    MatrixSlide: participant.MatrixSlide,
    TableSlide: participant.TableSlide,
    ChartSlide: participant.ChartSlide,
    ClosingSlide: participant.ClosingSlide,
    ReferencesSlide: participant.Slide,
    CreditsSlide: participant.Slide,
}
"""The models, and the schedule, of which participants get a part, and what that is."""

_CHOICE = frozenset({"for_", "not_for"})  # empty, once a deck is read
_RANK = frozenset({"priority", "need"})

WHOLE: Mapping[type[Model], frozenset[str]] = {
    Objective: frozenset({"text", "id"}) | _CHOICE,
    Author: frozenset({"name", "role"}),
    Term: frozenset({"term", "definition"}) | _CHOICE,
    Reference: frozenset({"id", "text", "url", "as_of", "review_by"}) | _CHOICE,
    Point: frozenset({"text", "points"}) | _CHOICE | _RANK,
    Link: frozenset({"text", "url"}),
    Picture: frozenset({"file", "alt", "decorative", "caption", "credit", "fit", "show", "focus"}) | _CHOICE,
    Stage: frozenset({"name", "text"}),
    Step: frozenset({"name", "text"}),
    Event: frozenset({"when", "text"}),
    Line: frozenset({"speaker", "line"}),
    Figure: frozenset({"number", "unit", "text"}),
    Column: frozenset({"heading", "text", "points"}),
    Side: frozenset({"heading", "text", "points"}),
    Quadrant: frozenset({"heading", "text", "points"}),
    Series: frozenset({"name", "values"}),
    Break: frozenset({"minutes", "label", "after", "at_time"}),
    SessionDay: frozenset({"begins", "title", "date", "start", "place", "breaks"}),
}
"""The models that participants get as they are, with their fields. One that gets a field which is the facilitator's
needs a projection."""

FACILITATORS: Mapping[type[Any], frozenset[str]] = {
    Deck: frozenset({"planned_minutes", "safety", "preparation", "room", "materials"}),
    Session: frozenset({"participants", "group_size", "leads"}),
    Schedule: frozenset({"blocks", "days", "left_out"}),
    Question: frozenset({"listen_for", "follow_ups", "debrief", "virtual"}),
    Material: frozenset({"quantity", "per"}),
    Option: frozenset({"correct"}),
    QuizSlide: frozenset({"why"}),
    SlideBase: frozenset({"minutes", "cues", "materials", "notes", "objectives", "virtual", "lead"}),
    Section: frozenset({"lead"}),
}
"""Fields that are the facilitator's alone, by the model that has them first. A kind of slide may give participants what
other slides keep: an activity's minutes."""

SETTINGS: Mapping[type[Model], frozenset[str]] = {
    Identified: _CHOICE | _RANK,
    Section: _CHOICE,
    Material: _CHOICE,
    Option: _CHOICE,
    Deck: frozenset(
        {
            "variants",
            "default_minutes",
            "fit",
            "gaps",
            "handout",
            "guide",
            "vocabulary",
            "spelling",
            "checks",
            "facts",
            "library",
        }
    ),
    Session: frozenset({"variant", "printing", "online", "sign_in"}),
    Question: frozenset({"show", "id"}),
    SlideBase: frozenset({"id", "layout", "hidden", "show", "gaps"}),
    Titled: frozenset({"headline"}),
    PointsSlide: frozenset({"reveal"}),
    DataSlide: frozenset({"file"}),
    PictureSlide: frozenset({"full"}),
    VideoSlide: frozenset({"captions"}),
    ChartSlide: frozenset({"horizontal", "stacked", "show_values"}),
}
"""Fields that say how the documents are made, and nothing to participants."""

KEPT: frozenset[type[Model]] = frozenset(
    {
        Cue,
        Lead,
        Variant,
        Preparation,
        HandoutOptions,
        DeckHandout,
        GuideOptions,
        PrintSettings,
        Vocabulary,
        Wording,
        Organisation,
        Catalogue,
        Matrix,
        Included,
        Excluded,
        Fact,
        Library,
        SharedPicture,
        SharedTerm,
    }
)
"""Models of which participants get nothing."""


class Projection:
    """What participants get of a deck and what belongs to it. Gaps are without their words, which are put aside: `words` has
    them, in the order of the gaps' numbers."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def deck(self, deck: Deck) -> participant.Deck:
        """A deck: no slides, questions or pictures but those that the handout shows."""
        made: participant.Deck = self.of(deck.model_copy(update={"sections": ()}))
        return replace(made, sections=tuple(map(self._section, deck.sections)))

    def session(self, session: Session | None) -> participant.Session | None:
        """A session; None for none."""
        made: participant.Session | None = self.of(session)
        return made

    def schedule(self, schedule: Schedule) -> participant.Schedule:
        made: participant.Schedule = self.of(schedule)
        return made

    def _section(self, section: Section) -> participant.Section:
        made: participant.Section = self.of(section.model_copy(update={"slides": ()}))
        slides = (shown_in(slide, "handout") for slide in section.slides if "handout" in slide.show)
        return replace(made, slides=tuple(map(self.of, slides)))

    def of(self, value: Any) -> Any:
        """A value with every model and text in it as participants get it; itself where that is no other. TypeError for a model
        that nobody has declared theirs."""
        if isinstance(value, Text):
            return self._text(value)
        if isinstance(value, tuple):
            made = tuple(map(self.of, value))
            return value if all(map(is_, made, value)) else made
        if not isinstance(value, (Model, Schedule)):
            return value
        if isinstance(value, Model) and type(value) in WHOLE:
            given = {name: getattr(value, name) for name in type(value).model_fields}
            changes = {name: made for name, one in given.items() if (made := self.of(one)) is not one}
            return value.model_copy(update=changes) if changes else value
        if type(value) not in PROJECTIONS:
            raise TypeError(f"{type(value).__name__} is not the participants'")
        kind = PROJECTIONS[type(value)]
        return kind(**{field.name: self.of(getattr(value, field.name)) for field in fields(kind)})

    def _text(self, text: Text) -> Text:
        if not any(run.gap for paragraph in text for run in paragraph.runs):
            return text
        return Text(tuple(replace(one, runs=tuple(map(self._run, one.runs))) for one in text), text.at)

    def _run(self, run: Run) -> Run:
        if not run.gap or isinstance(run, Blank):
            return run
        self.words.append(run.text)
        looks = {field.name: getattr(run, field.name) for field in fields(Run)} | {"text": BLANK, "formula": None}
        return Blank(**looks, number=len(self.words))


def kept_back(kind: type[Any], name: str) -> Literal["facilitator", "setting"] | None:
    """Why something of a type in `participant` has no such field: it is the facilitator's, or a setting; None where no
    model has such a field at all."""
    above = {base for model, made in PROJECTIONS.items() if made is kind for base in model.__mro__}
    if any(name in names for model, names in FACILITATORS.items() if model in above):
        return "facilitator"
    return "setting" if any(name in names for model, names in SETTINGS.items() if model in above) else None


def noun_of(kind: type[Any]) -> str | None:
    """What something of a type in `participant` is called; None for other types."""
    nouns = [getattr(model, "noun", "the schedule") for model, made in PROJECTIONS.items() if made is kind]
    return (nouns[0] if len(nouns) == 1 else "this slide") if nouns else None
