"""What stands before and after the slides, but for the run of show: materials, preparation, keys, credits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from deckbuilder.content.deck import Deck, Objective
from deckbuilder.content.discussion import Material, Question
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.session import Session
from deckbuilder.content.slides import Link
from deckbuilder.content.text import Text
from deckbuilder.frozen import dataclass
from deckbuilder.labels import Labels
from deckbuilder.languages import Language
from deckbuilder.outputs.markup.views import AnySection, GuideSection, GuideSlideView, HandoutSection
from deckbuilder.outputs.tree import Gap, page_reference


@dataclass(frozen=True)
class MaterialView:
    """A material with the slides that need it and, with a known number of participants, how many."""

    material: Material
    total: int | None
    slides: tuple[int, ...]


def material_views(deck: Deck, sections: Sequence[GuideSection], session: Session | None) -> list[MaterialView]:
    """Everything to bring, the same things added up: the deck's first, then in order of slides."""
    needs: dict[tuple[str, str], list[tuple[Material, int | None]]] = {}
    for material in deck.materials:
        needs.setdefault((material.item.plain.casefold(), material.per), []).append((material, None))
    for view in all_views(sections):
        for material in view.slide.materials:
            needs.setdefault((material.item.plain.casefold(), material.per), []).append((material, view.number))
    out = []
    for entries in needs.values():
        # What a later slide asks for again is used again: the largest quantity is what to bring.
        most = max((m for m, _ in entries), key=lambda m: m.quantity)
        total = most.total(session.participants, session.group_size) if session and session.participants else None
        if most.per == "room":
            total = most.quantity
        out.append(MaterialView(most, total, tuple(n for _, n in entries if n is not None)))
    return out


@dataclass(frozen=True)
class Step:
    """A part of the preparation: when, in words, with its date where there is one; what to do."""

    when: str
    date: str
    items: tuple[Text, ...]


def preparation_steps(deck: Deck, session: Session | None, labels: Labels) -> list[Step]:
    """The checklist in order of time; parts without items are left out."""
    if deck.preparation is None:
        return []
    dates = session.dates if session else ()
    language = Language(deck.language)

    def dated(word: str, days: int) -> str:
        """So many days before the first day, or after the last; all of them where no word is given."""
        if not dates:
            return ""
        if not word:
            return language.dates(dates) or ""
        return labels(word, date=language.date(dates[0 if days < 0 else -1] + dt.timedelta(days=days)))

    asked = deck.preparation
    parts = (
        ("two_weeks_before", dated("by_date", -14), asked.two_weeks_before),
        ("week_before", dated("from_date", -7), asked.week_before),
        ("on_the_day", dated("", 0), asked.on_the_day),
        ("afterwards", dated("from_date", 1), asked.afterwards),
    )
    return [Step(labels(name), date, tuple(items)) for name, date, items in parts if items]


@dataclass(frozen=True)
class Stretch:
    """Slides one after another under one title: their numbers ("8–11", "" for none in the deck)."""

    numbers: str
    title: str


@dataclass(frozen=True)
class Served:
    """An objective and the slides that serve it, with the minutes they take together."""

    number: int
    objective: Objective
    slides: tuple[GuideSlideView, ...]
    minutes: float

    @property
    def runs(self) -> list[Stretch]:
        """The slides, those of one title that follow one another taken together."""
        groups: list[list[GuideSlideView]] = []
        for view in self.slides:
            before = groups[-1][-1] if groups else None
            if before and view.ordinal == before.ordinal + 1 and bare_title(view) == bare_title(before):
                groups[-1].append(view)
            else:
                groups.append([view])
        return [Stretch(span_of(group), bare_title(group[0])) for group in groups]


def bare_title(view: GuideSlideView) -> str:
    """The title without the number that tells slides of one title apart."""
    return bare(view.slide.title) or view.title


def bare(text: Text | None) -> str:
    """A text's words on one line; "" for None."""
    return text.plain.replace("\n", " ") if text else ""


def span_of(views: Sequence[GuideSlideView]) -> str:
    """The number of the slides that views have, or the first and the last; "" without any."""
    frames = [frame.number for view in views for frame in view.frames]
    return "" if not frames else f"{frames[0]}–{frames[-1]}" if len(frames) > 1 else str(frames[0])


def served_objectives(deck: Deck, sections: Sequence[GuideSection]) -> list[Served]:
    """Each objective with what serves it; [] when no slide names any."""
    out = []
    for number, objective in enumerate(deck.objectives, 1):
        slides = tuple(view for view in all_views(sections) if number in view.objectives)
        out.append(Served(number, objective, slides, sum(view.block.minutes for view in slides)))
    return out if any(entry.slides for entry in out) else []


@dataclass(frozen=True)
class Answer:
    """A question with what to listen for, and the slide that asks it."""

    view: GuideSlideView
    question: Question


def answers(sections: Sequence[GuideSection]) -> list[Answer]:
    """The questions that have something to listen for, in order."""
    return [Answer(v, q) for v in all_views(sections) for q in v.slide.questions if q.listen_for]


@dataclass(frozen=True)
class GapView:
    """A gap of the handout: its number there, its word, the slide it belongs to (None before
    the first), and what stands for the handout's page (None likewise)."""

    number: int
    word: str
    view: GuideSlideView | None
    page: str | None


def gap_key(gaps: Iterable[Gap], sections: Sequence[GuideSection]) -> list[GapView]:
    """The key of the guided notes, from the gaps of the handout."""
    by_anchor = {name: view for view in all_views(sections) for name in (view.anchor, *view.asked)}
    return [
        GapView(gap.number, gap.word, by_anchor.get(gap.anchor), page_reference(gap.anchor) if gap.anchor else None)
        for gap in gaps
    ]


@dataclass(frozen=True)
class Credit:
    """Whom a picture is by, and the slides that show pictures of theirs."""

    credit: Text
    slides: tuple[str, ...]


def picture_credits(sections: Sequence[AnySection]) -> list[Credit]:
    """The credits of all pictures, each once, in order of slides."""
    found: dict[str, tuple[Text, list[str]]] = {}
    for view in (view for section in sections for view in section.slides):
        for picture in pictures_of(view.slide):
            if picture.credit:
                slides = found.setdefault(picture.credit.plain, (picture.credit, []))[1]
                if view.numbers and view.numbers not in slides:
                    slides.append(view.numbers)
    return [Credit(credit, tuple(slides)) for credit, slides in found.values()]


@dataclass(frozen=True)
class Directory:
    """Something to turn to: what it is, and where it is found."""

    name: Text
    link: Link


def resource_directory(sections: Sequence[HandoutSection]) -> list[Directory]:
    """The links of the slides that the handout shows, each address once, in order."""
    found: dict[str, Directory] = {}
    for view in (view for section in sections for view in section.slides):
        for link in getattr(view.slide, "links", []):
            found.setdefault(link.url, Directory(getattr(view.slide, "name", None) or link.text, link))
    return list(found.values())


def all_views(sections: Sequence[GuideSection]) -> Iterable[GuideSlideView]:
    """The slides of all sections, in order."""
    return (view for section in sections for view in section.slides)
