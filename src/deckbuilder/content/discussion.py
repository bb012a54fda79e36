"""What happens in the room: questions, cues and materials, attachable to any slide."""

import math
from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from deckbuilder.content.base import Chosen, Identified
from deckbuilder.content.text import Body, Inline, Text

Minutes = Annotated[float, Field(ge=0, le=24 * 60)]
Grouping = Literal["alone", "pairs", "small groups", "everyone"]
Place = Literal["deck", "handout", "guide"]
PLACES: tuple[Place, ...] = get_args(Place)


def _somewhere(value: tuple[Place, ...]) -> tuple[Place, ...]:
    if not value:
        raise PydanticCustomError(
            "shown-nowhere", "what is shown nowhere would be lost", {"hint": "one or more of deck, handout, guide"}
        )
    return value


Show = Annotated[tuple[Place, ...], AfterValidator(_somewhere)]
"""In which documents something is shown: all of them unless an author says otherwise."""


class Question(Identified):
    """A discussion question. Participants see `ask`; everything else but the writing lines is the facilitator's."""

    noun: ClassVar[str] = "a discussion question"
    synonyms: ClassVar[dict[str, str]] = {
        "answer": "listen_for",
        "answers": "listen_for",
        "expected": "listen_for",
        "question": "ask",
        "text": "ask",
        "group": "grouping",
        "time": "minutes",
        "writing_lines": "lines",
    }
    shorthand: ClassVar[str | None] = "ask"

    ask: Inline = Field(description="The question, as participants read it.")
    grouping: Grouping | None = Field(None, description="Who talks to whom.")
    minutes: Minutes | None = Field(None, description="How long the question takes.")
    listen_for: tuple[Inline, ...] = Field(
        (), description="Answers the facilitator listens for; never shown to participants."
    )
    follow_ups: tuple[Inline, ...] = Field((), description="Questions to go deeper with, if the talk stalls.")
    debrief: Body | None = Field(None, description="How to draw the talk together.")
    virtual: Body | None = Field(None, description="How to ask it when people meet online.")
    lines: int = Field(4, ge=0, le=40, description="Ruled lines to write on in the handout.")
    show: Show = Field(PLACES, description="Where the question stands.")
    id: str | None = Field(
        None, pattern=r"^[a-z0-9][a-z0-9-]*$", description="A name that stays when the question's words change."
    )


CueKind = Literal["say", "do", "ask", "listen_for", "transition"]

_CUE_KINDS: tuple[CueKind, ...] = get_args(CueKind)


class Cue(Chosen):
    """One thing the facilitator says, does, asks or listens for; exactly one of the keys."""

    noun: ClassVar[str] = "a cue"

    say: Body | None = Field(None, description="Words to say, or close to it.")
    do: Body | None = Field(None, description="Something to do.")
    ask: Body | None = Field(None, description="A question to put to the room in passing.")
    listen_for: Body | None = Field(None, description="What to listen for in what people say.")
    transition: Body | None = Field(None, description="The bridge to the next slide.")

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(getattr(self, kind) is not None for kind in _CUE_KINDS) != 1:
            raise PydanticCustomError(
                "cue-words",
                "a cue has exactly one of 'say', 'do', 'ask', 'listen_for' and 'transition'",
                {"hint": "start a new list item ('- ') for each cue"},
            )
        return self

    @property
    def kind(self) -> CueKind:
        return next(k for k in _CUE_KINDS if getattr(self, k) is not None)

    @property
    def text(self) -> Text:
        text: Text = getattr(self, self.kind)
        return text


class Material(Chosen):
    """Something to bring. `quantity` counts for each room, participant, pair or small group."""

    noun: ClassVar[str] = "a material"
    shorthand: ClassVar[str | None] = "item"

    item: Inline = Field(description="What to bring.")
    quantity: int = Field(1, ge=1, description="How many, for each of 'per'.")
    per: Literal["room", "participant", "pair", "group"] = Field(
        "room", description="What the quantity is multiplied by."
    )

    def total(self, participants: int, group_size: int) -> int:
        """How many to bring for so many participants in groups of at most `group_size`."""
        units = {
            "room": 1,
            "participant": participants,
            "pair": math.ceil(participants / 2),
            "group": math.ceil(participants / group_size),
        }
        return self.quantity * units[self.per]
