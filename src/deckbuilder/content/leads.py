"""Who leads which section and which slide."""

from __future__ import annotations

from collections.abc import Mapping

from deckbuilder.content.deck import Deck, Section
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.session import Session
from deckbuilder.frozen import dataclass


@dataclass(frozen=True)
class Leads:
    """Who leads what: names as they were written, with their places; () where nobody says. `told` is what a session says,
    `slides` what comes of it and of the deck, by the slides' identities."""

    told: Mapping[str, tuple[str, ...]]
    slides: Mapping[str, tuple[str, ...]]

    def of_section(self, section: Section) -> tuple[str, ...]:
        """Who leads a section, but for slides of it that somebody else leads."""
        return self.told.get(section.title.plain) or section.lead

    def of(self, slide: AnySlide) -> tuple[str, ...]:
        """Who leads a slide."""
        return self.slides.get(slide.identity, ())


def leads_of(deck: Deck, session: Session | None) -> Leads:
    """Who leads what of a deck in a session. What the session says goes before what the deck says; in either, what is said of a
    slide goes before what is said of its section."""
    told = {str(one.of): one.who for one in reversed(session.leads)} if session else {}
    slides = {
        slide.identity: told.get(slide.id or "") or told.get(section.title.plain) or slide.lead or section.lead
        for section, slide in deck.slides()
    }
    return Leads(told, slides)


def left_in(session: Session | None, whole: Deck, deck: Deck) -> Session | None:
    """The session without what it says of who leads what is in the whole deck, and no more in this one."""
    if session is None or not session.leads:
        return session
    away = _names(whole) - _names(deck)
    return session.model_copy(update={"leads": tuple(one for one in session.leads if one.of not in away)})


def _names(deck: Deck) -> set[str]:
    return {s.title.plain for s in deck.sections} | {str(s.id) for _, s in deck.slides() if s.id}
