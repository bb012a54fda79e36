"""Names that lead nowhere, or to two things."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck, Objective, Reference, objective_number
from deckbuilder.content.discussion import Question
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.leads import leads_of
from deckbuilder.content.leaves import leaves
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.content.text import Text
from deckbuilder.diagnostics import Diagnostic, Diagnostics, did_you_mean
from deckbuilder.source import Position, position_of

# What speaks of a name, the last that its message quotes, which nothing has.
_LEAD_NOWHERE = (
    "unknown-reference",
    "unknown-slide",
    "unknown-objective",
    "unknown-place-of-break",
    "unknown-beginning-of-day",
    "unknown-place-of-lead",
)


_GAP = re.compile(r"\[\[[^\[\]]+\]\]")
_SHOWN_AS_TYPED = {"alt", "categories", "name", "unit", "value"}


def check_ids(deck: Deck, problems: Diagnostics) -> None:
    """Reports ids of references, objectives and slides, and of a slide's questions, that are not unique."""
    named: list[tuple[str, Sequence[Reference | Objective | AnySlide | Question]]] = [
        ("references", deck.references),
        ("objectives", deck.objectives),
        ("slides", [slide for _, slide in deck.slides()]),
        *(("questions of a slide", slide.questions) for _, slide in deck.slides()),
    ]
    for noun, items in named:
        seen: set[str] = set()
        for item in items:
            if item.id is None:
                continue
            if item.id in seen:
                problems.error("id-twice", f"two {noun} have the id '{item.id}'", item.at, "ids are unique")
            seen.add(item.id)


def check_sources(deck: Deck, problems: Diagnostics) -> None:
    """Reports sources that are none of the deck's references."""
    known = [reference.id for reference in deck.references]
    named = [(source, _at(source, slide)) for _, slide in deck.slides() for source in slide.sources]
    named += [(fact.source, position_of(fact.source) or fact.at) for _, fact in deck.facts if fact.source]
    for source, at in named:
        if source not in known:
            hint = did_you_mean(source, known) or "add it to the deck's 'references'"
            problems.error("unknown-reference", f"there is no reference '{source}'", at, hint)


def check_links(deck: Deck, problems: Diagnostics) -> None:
    """Reports links to slides that do not exist, and to those that are not where the link is."""
    slides = {slide.id: slide for _, slide in deck.slides() if slide.id}
    links: list[tuple[str, Position | None, AnySlide | None]] = [
        (link, at, None) for link, at in _links_to_slides(deck, without=("slides",))
    ]
    links += [(link, at, slide) for _, slide in deck.slides() for link, at in _links_to_slides(slide)]
    for link, at, where in links:
        target = slides.get(link[1:])
        if target is None:
            hint = did_you_mean(link[1:], list(slides)) or f"give the slide that is meant an id: 'id: {link[1:]}'"
            problems.error("unknown-slide", f"no slide has the id '{link[1:]}'", at, hint)
        elif where is not None and "deck" in where.show and "deck" not in target.show:
            problems.warning(
                "link-to-absent-slide",
                f"the slide '{link[1:]}' is not in the deck, so the link leads nowhere there",
                at,
                f"add deck to the 'show' of '{link[1:]}', or say in words where it is",
            )


def check_needs(deck: Deck, problems: Diagnostics) -> None:
    """Reports ids of slides and questions that something needs and the deck has not."""
    known = [str(slide.id) for _, slide in deck.slides() if slide.id]
    known += [str(q.id) for _, slide in deck.slides() for q in slide.questions if q.id]
    for name, field, at in leaves(deck):
        if field == "need" and name not in known:
            hint = did_you_mean(name, known)
            problems.error("unknown-slide", f"no slide or question has the id '{name}'", position_of(name) or at, hint)


def check_gaps(deck: Deck, problems: Diagnostics) -> None:
    """Reports gaps in words that have no Markdown: participants would read what they are to write."""
    for value, field, at in leaves(deck):
        if field in _SHOWN_AS_TYPED and isinstance(value, str) and (gap := _GAP.search(value)):
            problems.warning(
                "markdown-doubtful",
                f"'{gap.group()}' is no gap in '{field}', and its word is shown to participants",
                position_of(value) or at,
                "leave the brackets out, or say it in a text of the slide",
            )


def _links_to_slides(content: Model, without: Container[str] = ()) -> Iterator[tuple[str, Position | None]]:
    """The links to slides in a model's texts, with their places."""
    for value, _, at in leaves(content, without):
        if isinstance(value, Text):
            links = (run.link for run in value.runs if run.link and run.link.startswith("#"))
            yield from ((link, value.at or at) for link in dict.fromkeys(links))


def check_breaks(deck: Deck, session: Session, problems: Diagnostics) -> None:
    """Reports breaks after sections or slides that do not exist."""
    places = [s.title.plain for s in deck.sections] + [s.id for _, s in deck.slides() if s.id]
    for pause in session.every_break:
        if pause.after is not None and pause.after not in places:
            problems.error(
                "unknown-place-of-break",
                f"no section or slide is called '{pause.after}'",
                pause.at,
                did_you_mean(pause.after, places),
            )


def check_days(deck: Deck, session: Session, schedule: Schedule, problems: Diagnostics) -> None:
    """Reports days that begin nowhere, or not one after another, dates that go backwards, and days with nothing on them."""
    ordinal: dict[str, int] = {}
    for number, (section, slide) in enumerate(deck.slides(), 1):
        for name in (section.title.plain, slide.id):
            if name is not None:
                ordinal.setdefault(name, number)
    last, said = 0, len(problems)
    for number, day in enumerate(session.days, 1):
        at = position_of(day.begins) or day.at
        begins = 1 if number == 1 and day.begins is None else ordinal.get(day.begins or "")
        if day.begins is None and number > 1:
            problems.error(
                "day-without-beginning",
                f"day {number} does not say where it begins",
                day.at,
                "begins: a section's title",
            )
        elif begins is None:
            problems.error(
                "unknown-beginning-of-day",
                f"no section or slide is called '{day.begins}'",
                at,
                did_you_mean(str(day.begins), list(ordinal)),
            )
        elif begins <= last or (number == 1 and begins > 1):
            where = "before the day before it ends" if number > 1 else "after the deck does"
            problems.error(
                "days-out-of-order",
                f"day {number} begins {where}, with '{day.begins}'",
                at,
                "each day begins further on in the deck than the one before, the first with its first slide",
            )
        last = max(last, begins or 0)
    dated = [day for day in session.days if day.date is not None]
    for before, day in pairwise(dated):
        if before.date and day.date and day.date < before.date:
            problems.error(
                "days-out-of-order",
                f"{day.date} comes after {before.date} among the days",
                day.at,
                "are two dates swapped?",
            )
    if len(problems) == said:  # else not all days are there
        for day, planned in zip(session.days, schedule.days, strict=True):
            if not planned.minutes:
                problems.warning(
                    "empty-day",
                    f"nothing on day {planned.number} takes any time",
                    day.at,
                    "let it, or the day after it, begin elsewhere ('begins'), or take it out",
                )


def check_leads(deck: Deck, session: Session | None, problems: Diagnostics) -> None:
    """Reports where somebody leads what is not there, or what is said twice, and warns of names that are none of the session's
    trainers."""
    if session is None:
        return
    places = [s.title.plain for s in deck.sections] + [s.id for _, s in deck.slides() if s.id]
    seen: set[str] = set()
    for lead in session.leads:
        at = position_of(lead.of) or lead.at
        if lead.of not in places:
            problems.error(
                "unknown-place-of-lead",
                f"no section or slide is called '{lead.of}'",
                at,
                did_you_mean(lead.of, places) or "a section goes by its title, a slide by its id",
            )
        elif lead.of in seen:
            hint = "several may lead it together: who: [one, another]"
            problems.error("lead-twice", f"who leads '{lead.of}' is said twice", at, hint)
        seen.add(lead.of)
    leads = leads_of(deck, session)
    named = [(name, lead.at) for lead in session.leads for name in lead.who]
    named += [(n, s.at) for s in deck.sections if leads.of_section(s) is s.lead for n in s.lead]
    named += [(n, slide.at) for _, slide in deck.slides() if leads.of(slide) is slide.lead for n in slide.lead]
    trainers = list(map(str, session.trainers))
    for name, around in named:
        if trainers and name not in trainers:
            near = did_you_mean(name, trainers)
            hint = near or f"the trainers are {', '.join(trainers)}; the session's 'leads' can say who of them"
            at = position_of(name) or around
            problems.warning("unknown-lead", f"'{name}' is none of the session's trainers", at, hint)


def check_objectives(deck: Deck, problems: Diagnostics) -> None:
    """Reports objectives that slides name and the deck has not."""
    for _, slide in deck.slides():
        for name in slide.objectives:
            if objective_number(deck, name) is None:
                ids = [objective.id for objective in deck.objectives if objective.id]
                count = len(deck.objectives)
                numbers = f"the deck has objectives 1 to {count}" if count else "add it to the deck's 'objectives'"
                near = did_you_mean(name, ids) if ids and not name.isdigit() else numbers
                problems.error("unknown-objective", f"there is no objective '{name}'", _at(name, slide), near)


def about_left_out(found: Iterable[Diagnostic], left_out: Set[str]) -> Iterator[Diagnostic]:
    """What was found, those of names that lead nowhere saying so where the deck has the name, in other variants than this."""
    for problem in found:
        name = _quoted(problem.message) if problem.code in _LEAD_NOWHERE else None
        if name is not None and name in left_out:
            message = f"'{name}' is left out of this variant"
            hint = "leave this out as well, by 'for' or 'not_for', or let what it names be in"
            yield replace(problem, message=message, hint=hint)
        else:
            yield problem


def _quoted(message: str) -> str | None:
    """The last name that a message has in quotation marks."""
    return message.rsplit("'", 2)[1] if message.count("'") >= 2 else None


def _at(name: str, slide: AnySlide) -> Position | None:
    return position_of(name) or slide.at
