"""Slides of things that come one after another: stages, steps, a timeline."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from deckbuilder.content.base import Model
from deckbuilder.content.pictures import Picture
from deckbuilder.content.slides import Titled
from deckbuilder.content.text import Body, Inline, TextName


class Stage(Model):
    noun: ClassVar[str] = "a stage"
    shorthand: ClassVar[str | None] = "name"
    name: Inline = Field(description="The stage's name.")
    text: Inline | None = Field(None, description="What happens in it; needed unless the slide has 'current'.")


class StagesSlide(Titled):
    """Two to five stages in a row of arrows: all of them, each with its text, or one of them (`current`) with
    more."""

    noun: ClassVar[str] = "a stages slide"
    kind: Literal["stages"]
    stages: tuple[Stage, ...] = Field(min_length=2, max_length=5, description="Two to five stages, in order.")
    current: TextName | None = Field(
        None, description="The stage this slide is about; without it all are shown side by side."
    )
    text: Body | None = Field(None, description="What happens in the current stage.")
    picture: Picture | None = Field(None, description="A picture beside the current stage's text.")

    @model_validator(mode="after")
    def _together_or_one(self) -> Self:
        names = [s.name.plain for s in self.stages]
        if self.current is None:
            if self.text is not None or self.picture is not None:
                raise PydanticCustomError(
                    "stage-words",
                    "'text' and 'picture' need 'current'",
                    {"hint": f"say which stage: {', '.join(names)}"},
                )
            bare = [s.name.plain for s in self.stages if s.text is None]
            if bare:
                raise PydanticCustomError(
                    "stage-words",
                    "the stage '{name}' has no text",
                    {"name": bare[0], "hint": "give each stage a 'text', or name the 'current' one"},
                )
        elif self.current not in names:
            raise PydanticCustomError(
                "stage-words",
                "'{name}' is not one of the stages",
                {"name": self.current, "hint": f"one of {', '.join(names)}"},
            )
        elif self.text is None:
            raise PydanticCustomError(
                "stage-words", "the current stage has no 'text'", {"hint": "say what happens in it"}
            )
        elif any(s.text is not None for s in self.stages):
            raise PydanticCustomError(
                "stage-words",
                "with 'current' only the slide's own 'text' is shown",
                {"hint": "give the stages their names only, or leave out 'current'"},
            )
        return self


class Step(Model):
    noun: ClassVar[str] = "a step"
    shorthand: ClassVar[str | None] = "name"
    synonyms: ClassVar[dict[str, str]] = {"title": "name", "heading": "name"}
    name: Inline = Field(description="What is done.")
    text: Inline | None = Field(None, description="How it is done.")


class StepsSlide(Titled):
    """The steps of a process, numbered, side by side; as a list where there are more than five or their texts are
    long."""

    noun: ClassVar[str] = "a steps slide"
    kind: Literal["steps"]
    steps: tuple[Step, ...] = Field(min_length=2, max_length=20, description="The steps of a process, in order.")


class Event(Model):
    noun: ClassVar[str] = "an event"
    synonyms: ClassVar[dict[str, str]] = {"date": "when", "year": "when", "event": "text", "what": "text"}
    when: Inline = Field(description="A date, a year, or a stretch of time.")
    text: Inline = Field(description="What happened.")


class TimelineSlide(Titled):
    """What happened when, along a line; as a list where there are more than six events or their texts are long."""

    noun: ClassVar[str] = "a timeline slide"
    kind: Literal["timeline"]
    events: tuple[Event, ...] = Field(min_length=2, max_length=60, description="What happened when, in order.")
