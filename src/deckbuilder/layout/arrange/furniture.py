"""What stands at the foot of every slide: a line of text and the session's date."""

from __future__ import annotations

from deckbuilder.content.deck import Deck
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.content.text import Paragraph, Run, without_formulas
from deckbuilder.languages import Language
from deckbuilder.layout.arrange.report import Reporter
from deckbuilder.layout.fit import fit_text
from deckbuilder.layout.frame import LaidText
from deckbuilder.theme.color import Color
from deckbuilder.theme.hosts import Align
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.styles import LevelStyle, TextStyle
from deckbuilder.theme.theme import SlideLayout, Theme
from deckbuilder.units import Rect

_SMALLER = 0.75  # of a footer's size: how far it gives way to a template's narrow one


class Furniture:
    """Footers by layout, each made once."""

    def __init__(self, deck: Deck, session: Session | None, schedule: Schedule, theme: Theme, report: Reporter) -> None:
        self.deck = deck
        self.theme = theme
        self.report = report
        self.footers: dict[LayoutRole, LaidText | None] = {}
        self.schedule = schedule
        language = Language(deck.language)
        given = session.days or (session,) if session else ()
        self.days = [language.date(day.date) if day.date else None for day in given]

    def date(self, layout: SlideLayout, slide: AnySlide) -> str | None:
        """The date of the session, or of the one of its days that the slide is on, written out; None where there is none, or no
        place for it."""
        return self.days[self.schedule.day_of(slide) - 1] if self.days and layout.date is not None else None

    def footer(self, layout: SlideLayout) -> LaidText | None:
        """The deck's copyright line, with the title before it where both fit; else the title."""
        if layout.footer is None:
            return None
        if layout.role not in self.footers:
            align = layout.host.align("ftr") if layout.host else "left"
            hosted = layout.host is not None
            self.footers[layout.role] = self._footer(layout.footer, layout.footer_color, align, hosted)
        return self.footers[layout.role]

    def _footer(self, rect: Rect, color: Color, align: Align, hosted: bool) -> LaidText | None:
        """The footer's words. A template's footer, `hosted`, was not made for ours: they may be set smaller there, and where
        that does not help either, slides stay without."""
        deck = self.deck
        title = Run(deck.title.plain.replace("\n", " "))
        rights = without_formulas(deck.copyright.runs) if deck.copyright else ()
        size = self.theme.footer_size
        least = _SMALLER * size if hosted else size
        style = TextStyle("footer", (LevelStyle("body", size, least, color),), align=align)
        choices: list[tuple[Run, ...]] = [(title, Run("  ·  "), *rights), rights] if rights else [(title,)]
        for runs in choices:
            laid = fit_text((Paragraph(runs),), style, rect, self.theme)
            if laid is not None:
                return laid
        widest = max((x.footer.width for x in self.theme.layouts.values() if x.footer), default=0.0)
        if not hosted and rect.width < widest:  # beside a picture, or a band: other slides have it
            return None
        if rights and hosted:
            self.report.problems.warning(
                "footer-too-long",
                "the copyright line does not fit the template's footer, which stays empty; handout and guide have the line",
                deck.copyright.at if deck.copyright else None,
                "shorten it",
            )
        elif rights:
            self.report.problems.error(
                "text-does-not-fit",
                "the copyright line does not fit the footer",
                deck.copyright.at if deck.copyright else None,
                "shorten it",
            )
        else:
            self.report.problems.warning(
                "footer-too-long", "the deck's title is too long for the footer, which stays empty", deck.title.at
            )
        return None
