"""Advice on how a deck teaches: time, activity, objectives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from deckbuilder.checks.matter import Found, Matter, rule, slide_name
from deckbuilder.checks.passages import count_words
from deckbuilder.content.deck import objective_number
from deckbuilder.content.discussion import Question
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.schedule import Block
from deckbuilder.content.text import Text
from deckbuilder.source import Position

_LONGEST_LECTURE, _LONGEST_WITHOUT_BREAK = 20, 90  # minutes
_SECTION = 10  # minutes from which a section wants a question
_WORDS_A_MINUTE = 130
_BREAK = 5  # minutes that make a break
_GROUPED = ("pairs", "small groups")


def active(slide: AnySlide) -> bool:
    """Whether people do something, by what the deck plans."""
    return slide.kind in ("activity", "poll", "quiz", "discussion") or bool(slide.questions)


@rule("length-off-plan")
def length(matter: Matter) -> Iterator[Found]:
    planned, total = matter.deck.planned_minutes, matter.schedule.total
    if not planned:
        return
    limit = max(5.0, planned / 20)
    # Breaks stand in the session file; without one they are missing from the total.
    breaks = 15.0 * (planned // 90) if matter.session is None else 0.0
    if total > planned + limit or total < planned - limit - breaks:
        word = "longer" if total > planned else "shorter"
        yield Found(
            f"slides and breaks take {total:g} minutes, {abs(total - planned):g} {word} than the {planned:g} planned",
            matter.deck.at,
            "change the minutes of slides, or 'planned_minutes'",
        )


@rule("long-without-activity")
def lecture(matter: Matter) -> Iterator[Found]:
    for day in _told(matter):
        passive, began = 0.0, None
        for block in [*day, None]:
            if block is None or block.slide is None or _engages(block.slide):
                if passive > _LONGEST_LECTURE and began:
                    yield Found(
                        f"{passive:g} minutes pass from here without a question, an activity or a break",
                        began.at,
                        "put a question in between",
                    )
                passive, began = 0.0, None
            elif block.minutes:
                began = began or block.slide
                passive += block.minutes


def _told(matter: Matter) -> Iterator[list[Block]]:
    """The blocks that take place, but for the appendix, day by day."""
    told = (block for block in matter.schedule.blocks if not block.section.appendix)
    return (list(day) for _, day in groupby(told, key=lambda block: block.day))


def _engages(slide: AnySlide) -> bool:
    return active(slide) or slide.kind == "break" or any(cue.kind == "ask" for cue in slide.cues)


@rule("break-late")
def late_break(matter: Matter) -> Iterator[Found]:
    for day in _told(matter):
        since, told = 0.0, False
        for block in day:
            if (block.slide is None or block.slide.kind == "break") and block.minutes >= _BREAK:
                since, told = 0.0, False
                continue
            since += block.minutes
            if since > _LONGEST_WITHOUT_BREAK and not told and block.slide:
                told = True
                yield Found(
                    f"by the end of this slide {since:g} minutes have passed without a break",
                    block.slide.at,
                    "put a break before it, as a slide of kind 'break' or in the session file",
                )


def _asked(slide: AnySlide) -> list[Question]:
    """The questions that are put to the room; others are prompts to write."""
    return [q for q in slide.questions if "deck" in slide.show and "deck" in q.show]


@rule("question-without-minutes")
def untimed(matter: Matter) -> Iterator[Found]:
    for slide in matter.slides:
        for question in _asked(slide):
            # A slide's only question may take what the slide has.
            if question.minutes is None and (len(slide.questions) > 1 or slide.minutes is None):
                yield Found("this question has no minutes", question.at, "give it 'minutes'")


@rule("question-without-answers")
def unanswered(matter: Matter) -> Iterator[Found]:
    for slide in matter.slides:
        for question in _asked(slide):
            if not question.listen_for and not question.debrief:
                yield Found("this question has nothing to listen for", question.at, "write answers into 'listen_for'")


@rule("people-left-over")
def left_over(matter: Matter) -> Iterator[Found]:
    session = matter.session
    if session is None or session.participants is None:
        return
    told: set[int] = set()
    for slide in matter.slides:
        asked = [(q.grouping, session.group_size, q.at) for q in slide.questions]
        if slide.kind == "activity":
            asked.append((slide.grouping, slide.group_size or session.group_size, slide.at))
        for grouping, most, at in asked:
            size = 2 if grouping == "pairs" else most
            over = session.participants % size
            if grouping in _GROUPED and over and size not in told:
                told.add(size)
                noun = "pairs" if size == 2 else f"groups of {size}"
                yield Found(
                    f"{session.participants} people in {noun} leave {over} over, here and wherever it is done",
                    at,
                    "choose another 'group_size', or say in a cue who makes a larger group",
                )


def _serving(matter: Matter, number: int) -> list[AnySlide]:
    return [s for s in matter.slides if any(objective_number(matter.deck, name) == number for name in s.objectives)]


@rule("objective-not-practised")
def unpractised(matter: Matter) -> Iterator[Found]:
    for number, objective in enumerate(matter.deck.objectives, 1):
        serving = _serving(matter, number)
        if serving and not any(map(active, serving)):
            yield Found(
                f"nobody practises objective {number}: no slide that serves it has a question, a poll or an activity",
                objective.at,
                f"add one to {slide_name(serving[0])}, or let another slide serve it",
            )


@rule("objective-not-assessed")
def unassessed(matter: Matter) -> Iterator[Found]:
    for number, objective in enumerate(matter.deck.objectives, 1):
        serving = _serving(matter, number)
        if serving and not any(map(_assesses, serving)):
            yield Found(
                f"nothing tells whether objective {number} is met: no slide that serves it has anything to listen for",
                objective.at,
                "write 'listen_for' at a question or as a cue",
            )


def _assesses(slide: AnySlide) -> bool:
    return (
        slide.kind in ("poll", "quiz")
        or any(cue.kind == "listen_for" for cue in slide.cues)
        or any(q.listen_for for q in slide.questions)
    )


@rule("objective-not-observable")
def unobservable(matter: Matter) -> Iterator[Found]:
    for objective in matter.deck.objectives:
        words = objective.text.plain.casefold().lstrip(" *")
        verb = next((v for v in matter.words.vague_verbs if words.startswith(v.casefold())), None)
        if verb and not words[len(verb) : len(verb) + 1].isalnum():
            yield Found(
                f"nobody can watch somebody '{verb}'",
                objective.text.at,
                "begin with what people will do: name, compare, demonstrate, decide",
            )


@rule("section-without-discussion")
def silent_section(matter: Matter) -> Iterator[Found]:
    for section in matter.deck.sections:
        minutes = sum(block.minutes for block in matter.schedule.of_section(section))
        if minutes >= _SECTION and not section.appendix and not any(map(active, section.slides)):
            yield Found(f"in {minutes:g} minutes this section asks nothing", section.at, "ask one question in it")


@rule("too-much-to-say")
def talkative(matter: Matter) -> Iterator[Found]:
    for slide in matter.slides:
        if slide.minutes is None:
            continue
        words = sum(count_words(cue.text.plain) for cue in slide.cues if cue.kind == "say")
        left = slide.minutes - sum(q.minutes or 0 for q in slide.questions)
        needed = words / _WORDS_A_MINUTE
        if needed > max(0.0, left) + 0.5:
            yield Found(
                f"there are {words} words to say, about {needed:.1f} minutes, and {max(0, left):g} minutes for them",
                slide.at,
                f"say {round((needed - max(0, left)) * _WORDS_A_MINUTE)} words less, or give the slide more minutes",
            )


@rule("material-not-listed")
def unlisted(matter: Matter) -> Iterator[Found]:
    things = [*matter.deck.materials, *(thing for slide in matter.slides for thing in slide.materials)]
    listed = " ".join(thing.item.plain for thing in things).casefold()
    named: set[str] = {called for word, called in matter.words.materials.items() if word in listed}
    for slide in matter.slides:
        for cue in slide.cues:
            words = cue.text.plain.casefold()
            for word, called in matter.words.materials.items():
                if word in words and called not in named:
                    named.add(called)
                    hint = f"add '{called}' to the slide's 'materials', or the deck's"
                    yield Found(f"this cue needs a {word} that no list of materials has", _of(cue.text, slide), hint)


def _of(text: Text, slide: AnySlide) -> Position | None:
    return text.at or slide.at


@rule("no-online-version")
def offline(matter: Matter) -> Iterator[Found]:
    if matter.session is None or not matter.session.online:
        return
    for slide in matter.slides:
        if slide.virtual:
            continue
        if slide.kind == "activity":
            yield Found("this activity does not say how it is done online", slide.at, "write 'virtual'")
        for question in slide.questions:
            if question.grouping in _GROUPED and not question.virtual:
                yield Found("this question does not say how it is asked online", question.at, "write 'virtual'")


@rule("quiz-all-correct")
def all_correct(matter: Matter) -> Iterator[Found]:
    for slide in matter.slides:
        if slide.kind == "quiz" and all(option.correct for option in slide.options):
            yield Found(
                "every answer of this quiz is right", slide.at, "add one that is wrong, or make it 'kind: poll'"
            )


@rule("answer-twice")
def same_answer(matter: Matter) -> Iterator[Found]:
    seen: dict[str, str] = {}
    for slide in matter.slides:
        for question in slide.questions:
            for answer in question.listen_for:
                words = answer.plain.casefold().strip(" .!")
                if words in seen:
                    yield Found(
                        f"the same answer stands at {seen[words]}", answer.at, "write the one that belongs here"
                    )
                seen.setdefault(words, f"line {answer.at.line}" if answer.at else "another question")


@rule("agenda-by-hand")
def agenda(matter: Matter) -> Iterator[Found]:
    titles = {section.title.plain.casefold() for section in matter.deck.sections if not section.appendix}
    for slide in matter.slides:
        if slide.kind == "points" and slide.title.plain.casefold() in matter.words.agenda:
            other = [p.text.plain for p in slide.points if p.text.plain.casefold() not in titles]
            if other:
                yield Found(
                    f"this agenda lists '{other[0]}', and no section is called so",
                    slide.at,
                    "use 'kind: agenda', which lists the sections with their times",
                )
