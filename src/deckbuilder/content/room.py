"""Slides for what happens in the room: an activity, a break, a poll, a quiz."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from deckbuilder.content.base import Chosen
from deckbuilder.content.discussion import Grouping, Minutes
from deckbuilder.content.links import WebAddress
from deckbuilder.content.slides import SlideBase, Titled
from deckbuilder.content.text import Body, Inline


class ActivitySlide(Titled):
    """A breakout: what to do, in groups of how many, for how long, with what. Its `materials` are shown on the
    slide and in the handout, because participants take them."""

    noun: ClassVar[str] = "an activity slide"
    synonyms: ClassVar[dict[str, str]] = {"text": "instructions", "steps": "instructions", "groups": "grouping"}
    kind: Literal["activity"]
    instructions: Body = Field(description="What to do, best as a numbered list.")
    grouping: Grouping | None = Field(None, description="Who works with whom.")
    group_size: int | None = Field(None, ge=2, le=50, description="How many are in a group.")


class BreakSlide(SlideBase):
    """A pause, as a slide to leave up. With a start in the session file it says when to be back; the run of show
    counts it as a break. Breaks that differ from day to day belong in the session file instead."""

    noun: ClassVar[str] = "a break slide"
    kind: Literal["break"]
    minutes: Minutes = Field(
        description="How long the break is; with a start in the session the slide says when it ends."
    )
    title: Inline | None = Field(None, description="'Break' in the deck's language unless given.")
    text: Inline | None = Field(None, description="A line below, such as where coffee is.")


class PollSlide(Titled):
    """A question with answers to choose from, which get letters. With `join` the slide shows where to vote, with a
    QR code."""

    noun: ClassVar[str] = "a poll slide"
    synonyms: ClassVar[dict[str, str]] = {"ask": "question", "answers": "options", "choices": "options", "url": "join"}
    kind: Literal["poll"]
    question: Inline = Field(description="What is asked.")
    options: tuple[Inline, ...] = Field(
        min_length=2, max_length=10, description="What can be answered; they get letters."
    )
    join: WebAddress | None = Field(None, description="Where to vote, https:// included; shown with a QR code.")


class Option(Chosen):
    """An answer of a quiz. Whether it is right stays with the facilitator."""

    noun: ClassVar[str] = "an answer"
    shorthand: ClassVar[str | None] = "text"
    synonyms: ClassVar[dict[str, str]] = {
        "answer": "text",
        "option": "text",
        "right": "correct",
        "is_correct": "correct",
    }
    text: Inline = Field(description="The answer, as participants read it.")
    correct: bool = Field(False, description="True for an answer that is right; never shown to participants.")


class QuizSlide(Titled):
    """A question with answers of which one or several are right. They get letters on the slide and boxes to tick in the
    handout; which ones are `correct`, and `why`, only the guide and the speaker notes tell. A question without right
    answers is a poll."""

    noun: ClassVar[str] = "a quiz slide"
    synonyms: ClassVar[dict[str, str]] = {
        "ask": "question",
        "answers": "options",
        "choices": "options",
        "explanation": "why",
        "reason": "why",
        "feedback": "why",
        "correct": "write 'correct: true' at each option that is right: {text: …, correct: true}",
        "answer": "write 'correct: true' at each option that is right: {text: …, correct: true}",
    }
    kind: Literal["quiz"]
    question: Inline = Field(description="What is asked.")
    options: tuple[Option, ...] = Field(
        min_length=2, max_length=10, description="The answers to choose from, in this order; they get letters."
    )
    why: Body | None = Field(None, description="Why the right answers are right; never shown to participants.")

    @model_validator(mode="after")
    def _has_an_answer(self) -> Self:
        if not any(option.correct for option in self.options):
            raise PydanticCustomError(
                "quiz-without-answer",
                "no answer of this quiz is right",
                {
                    "hint": "write 'correct: true' at those that are: {text: …, correct: true}; a question without is a poll"
                },
            )
        return self
