"""Drafts into layouts: text fitted, pictures placed.

For every kind there is one order of remedies: the theme's size, smaller down to the floor,
another arrangement of the same content, further slides, and at last an error that says where and
what would mend it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar, cast

from deckbuilder.content.deck import Deck, principle_numbers
from deckbuilder.content.kinds import AnySlide, shown_in
from deckbuilder.content.leads import leads_of
from deckbuilder.content.pictures import PictureFile
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.content.text import Paragraph, Run
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange.choice import chosen
from deckbuilder.layout.arrange.draft import Draft, Fields, Laid, Part, Scene, Words
from deckbuilder.layout.arrange.furniture import Furniture
from deckbuilder.layout.arrange.gaps import worded
from deckbuilder.layout.arrange.growing import grown
from deckbuilder.layout.arrange.headlines import without_name
from deckbuilder.layout.arrange.kinds import DRAFTERS
from deckbuilder.layout.arrange.numbering import Numbering
from deckbuilder.layout.arrange.origin import question_field, traced
from deckbuilder.layout.arrange.pictures import least_share, with_captions
from deckbuilder.layout.arrange.place import laid_items
from deckbuilder.layout.arrange.report import Reporter
from deckbuilder.layout.arrange.stacks import shared
from deckbuilder.layout.arrange.telling import asking
from deckbuilder.layout.arrange.titles import Series, titled
from deckbuilder.layout.arrange.words import at_level
from deckbuilder.layout.fit import fit_over_slides, fit_text
from deckbuilder.layout.frame import LaidText, SlideFrame, TableItem, TextItem
from deckbuilder.layout.measure import measure_text
from deckbuilder.layout.mirror import mirrored_frames
from deckbuilder.layout.table import LaidTable, TooHigh, TooWide, fit_table
from deckbuilder.theme.roles import BODY, CAPTION, KICKER, LEFT, QUESTION, RIGHT, PlaceholderRole
from deckbuilder.theme.theme import Placeholder, SlideLayout, Theme

T = TypeVar("T")

_LEAST_SHARE = 0.12  # of the slide: a smaller picture is not made out from the back of a room
_ROOMY = 0.9  # of the theme's sizes: a band under smaller text is one thing too many
_COUNT = " (88\u00a0of\u00a088)"  # what a title may have after it


def arrange_deck(
    deck: Deck,
    session: Session | None,
    schedule: Schedule,
    pictures: Mapping[str, PictureFile],
    theme: Theme,
    labels: Labels,
    problems: Diagnostics,
    strict: bool = False,
    prints: bool = False,
) -> list[SlideFrame]:
    """Every slide of the deck as one frame or more, in order; with `prints`, as it is printed for
    participants: every gap is one to fill in, and slides that are for the handout hold only what of them is.

    Text that fits nowhere is reported as an error, with the place it was written and what
    would make it fit; `strict`, or the deck's `fit: strict`, makes errors of smaller sizes and of
    continuations too. Raises nothing: the caller decides what errors stop.
    """
    theme = theme.spoken(deck.language)
    numbers = principle_numbers(deck)
    reporter = Reporter(problems, strict or deck.fit == "strict", deck)
    composer = _Composer(deck, session, pictures, theme, labels, reporter, prints)
    parts: list[Part] = []
    drafted: list[tuple[int, AnySlide, AnySlide, Sequence[Draft]]] = []
    for number, section in enumerate(deck.sections, 1):
        for slide in section.slides:
            if "deck" not in slide.show:
                continue
            # The frame belongs to the whole slide; it shows what of it is meant for the deck.
            shown = shown_in(slide, "deck")
            if prints and "handout" in slide.show:
                shown = shown_in(shown, "handout")
            scene = Scene(deck, section, number, session, schedule, labels, pictures, numbers, theme.imprint)
            drafted.append((number, slide, shown, DRAFTERS[slide.kind](shown, scene)))
    series = Series([(slide, draft) for _, slide, _, drafts in drafted for draft in drafts], labels)
    for number, slide, shown, drafts in drafted:
        said = [without_name(draft, slide) if series.by_name(slide, draft) else draft for draft in drafts]
        parts.extend(composer.compose(slide, shown, said, number))
    titles = titled(parts, series, labels)
    parts = [composer.filled(part) for part in grown(parts, [title.runs for title in titles], theme)]
    if theme.imprint and not any(slide.kind == "closing" for _, slide in deck.slides()):
        problems.warning(
            "imprint-without-closing",
            "the deck has no closing slide for the theme's imprint; it stands in the handout and the guide only",
            None,
            "end the deck with a slide of kind: closing",
        )
    online = session is not None and session.online
    furniture = Furniture(deck, session, schedule, theme, reporter)
    frames = Numbering(theme, labels, reporter, furniture, leads_of(deck, session), online).frames(parts, titles)
    return mirrored_frames(frames, theme)


class _Composer:
    def __init__(
        self,
        deck: Deck,
        session: Session | None,
        pictures: Mapping[str, PictureFile],
        theme: Theme,
        labels: Labels,
        reporter: Reporter,
        prints: bool,
    ) -> None:
        self.deck = deck
        self.around = {"deck": deck, "session": session}
        self.prints = prints
        self.pictures = pictures
        self.theme = theme
        self.labels = labels
        self.report = reporter
        self.tried: dict[tuple[int, ...], tuple[object, object]] = {}

    def compose(self, slide: AnySlide, shown: AnySlide, drafts: Sequence[Draft], section: int) -> list[Part]:
        """The slide's frames: with its question in the layout's band where both fit, else with
        its questions on a slide of their own. `shown` is what of the slide is for the deck."""
        self.tried.clear()
        gaps = self.prints or (slide.gaps or self.deck.gaps) == "gap"

        def settled(draft: Draft) -> Draft:
            draft = traced(draft, slide, shown, {**self.around, "section": self.deck.sections[section - 1]})
            return draft if gaps else worded(draft)

        drafts = [settled(self._without_lost_pictures(draft, slide)) for draft in drafts]
        questions = [] if any(d.asks for d in drafts) else list(shown.questions)
        if len(questions) == 1 and len(drafts) == 1 and slide.layout is None:
            field = question_field(slide, questions[0])
            for draft in self._with_band(drafts[0]):
                banded = replace(
                    draft,
                    layout=draft.layout.banded,
                    texts={**draft.texts, QUESTION: at_level(questions[0].ask, 0)},
                    fields={**draft.fields, QUESTION: (field,)},
                )
                banded = banded if gaps else worded(banded)
                layout = self.theme.layouts[banded.layout]
                if (laid := self._on_one(banded, layout)) and _roomy(laid):
                    return [self._part(slide, section, banded, layout, laid)]
        parts = [part for draft in drafts for part in self._parts(slide, draft, section)]
        parts = [replace(part, part=n, parts=len(parts)) for n, part in enumerate(parts, 1)]
        if len(parts) > len(drafts):
            self.report.continued(slide, len(parts))
        if questions:
            more = self._parts(slide, settled(asking(drafts[0].title, questions, self.labels)), section)
            parts += [replace(part, part=n, parts=len(more)) for n, part in enumerate(more, len(parts) + 1)]
        return parts

    def _with_band(self, draft: Draft) -> list[Draft]:
        """The draft, and what else shows all of it on one slide, in layouts that have room for a question."""
        single = [draft, *(others[0] for others in draft.alternatives if len(others) == 1)]
        return [one for one in single if self.theme.layouts[one.layout].band]

    def _without_lost_pictures(self, draft: Draft, slide: AnySlide) -> Draft:
        """The draft without a picture that its layout, a corporate template's cover, has no room for; this is told."""
        layout = self.theme.layouts[draft.layout]
        lost = {role for role in draft.pictures if not layout.has(role)}
        if not lost or slide.layout is not None:
            return draft
        self.report.picture_left_out(slide, layout.host.name if layout.host else layout.name)
        gone = lost | {role.caption for role in lost}
        return replace(
            draft,
            texts={role: words for role, words in draft.texts.items() if role not in gone},
            pictures={role: item for role, item in draft.pictures.items() if role not in lost},
            filled=draft.filled - lost,
        )

    def _parts(self, slide: AnySlide, draft: Draft, section: int) -> list[Part]:
        """The draft on one slide; else another arrangement of it; else over several slides."""
        given = draft
        draft, layout = chosen(given, slide, self.theme, self.report)
        if slide.layout is None and not self._titled(draft, layout):
            for others in draft.alternatives:
                if len(others) == 1 and self._titled(others[0], self.theme.layouts[others[0].layout]):
                    draft, layout = (
                        replace(others[0], alternatives=draft.alternatives),
                        self.theme.layouts[others[0].layout],
                    )
                    break
        layout = shared(layout, draft.texts, self.theme)
        if laid := self._on_one(draft, layout):
            return [self._part(slide, section, draft, layout, laid)]
        if set(given.texts) == {BODY} and set(draft.texts) == {LEFT, RIGHT}:
            return self._through_columns(slide, draft, given.texts[BODY], layout, section)
        for others in draft.alternatives if slide.layout is None else ():
            tried = [(other, shared(self.theme.layouts[other.layout], other.texts, self.theme)) for other in others]
            fitted = [(other, one, self._on_one(other, one)) for other, one in tried]
            if all(laid is not None for _, _, laid in fitted):
                return [self._part(slide, section, other, one, laid) for other, one, laid in fitted if laid is not None]
        flows = self._can_flow(draft, layout) and not self._small(draft, layout)
        if draft.alternatives and slide.layout is None and not flows:
            last = draft.alternatives[-1]
            return [part for other in last for part in self._parts(slide, other, section)]
        return self._flowing(slide, draft, layout, section)

    def _can_flow(self, draft: Draft, layout: SlideLayout) -> bool:
        """Whether only roles that may go on over further slides are too long."""
        for role, words in draft.texts.items():
            holder = layout.placeholder(role)
            if role in draft.flow:
                if self._over_slides(words, holder) is None:
                    return False
            elif fit_text(words, holder.style, holder.room, self.theme) is None:
                return False
        return True

    def _small(self, draft: Draft, layout: SlideLayout) -> bool:
        """Whether a picture that is to be large would be small above its caption."""
        if not draft.large:
            return False
        laid = {
            role: text
            for role, words in draft.texts.items()
            if role.base == CAPTION.base
            and (text := fit_text(words, layout.placeholder(role).style, layout.placeholder(role).room, self.theme))
        }
        return self._least_share(draft, layout, laid) < _LEAST_SHARE

    def _least_share(self, draft: Draft, layout: SlideLayout, texts: dict[PlaceholderRole, LaidText]) -> float:
        """The share of the slide that the smallest of its pictures takes beside those texts."""
        area = self.theme.width * self.theme.height
        return least_share(draft, with_captions(layout, texts), self.pictures, area)

    def _titled(self, draft: Draft, layout: SlideLayout) -> bool:
        """Whether the layout has room for the title, with a count after it."""
        if draft.kicker is not None and not self._fits_above(draft.kicker.runs, layout):
            return False
        words = (Paragraph((*draft.title.runs, Run("" if draft.kicker else _COUNT))),)
        return fit_text(words, layout.title.style, layout.title.room, self.theme) is not None

    def _fits_above(self, kicker: tuple[Run, ...], layout: SlideLayout) -> bool:
        """Whether the layout has room for the topic, above a title that is a question."""
        if not layout.has(KICKER):
            return False
        holder = layout.placeholder(KICKER)
        return fit_text((Paragraph(kicker),), holder.style, holder.room, self.theme) is not None

    def _on_one(self, draft: Draft, layout: SlideLayout) -> Laid | None:
        """Everything the draft holds, measured for one slide; None when that has no room for it, or not for a picture
        that can be made out."""
        texts: dict[PlaceholderRole, LaidText] = {}
        for role, words in draft.texts.items():
            holder = layout.placeholder(role)
            laid = fit_text(words, holder.style, holder.room, self.theme)
            if laid is None:
                return None
            texts[role] = laid
        texts = _evened([texts], layout, self.theme)[0]
        if draft.large and self._least_share(draft, layout, texts) < _LEAST_SHARE:
            return None
        table = None
        if draft.table is not None:
            table = self._table(draft, layout, last=False)
            if table is None or len(table.slides) > 1:
                return None
        return Laid(texts, table, 0)

    def _flowing(self, slide: AnySlide, draft: Draft, layout: SlideLayout, section: int) -> list[Part]:
        flowing: dict[PlaceholderRole, list[LaidText]] = {}
        fixed: dict[PlaceholderRole, LaidText] = {}
        for role, words in draft.texts.items():
            holder = layout.placeholder(role)
            pages = self._over_slides(words, holder) if role in draft.flow else None
            if pages is not None:
                flowing[role] = pages
            elif text := self._fit(role, words, layout, slide, draft.fields.get(role, ())):
                fixed[role] = text
        table = self._table(draft, layout, last=True) if draft.table is not None else None
        total = max((len(texts) for texts in flowing.values()), default=1)
        total = max(total, len(table.slides) if table else 1)
        slides = [{**fixed, **{role: t[n] for role, t in flowing.items() if n < len(t)}} for n in range(total)]
        return [
            self._part(slide, section, draft, layout, Laid(texts, table, n))
            for n, texts in enumerate(_evened(slides, layout, self.theme))
        ]

    def _through_columns(
        self, slide: AnySlide, draft: Draft, words: Words, layout: SlideLayout, section: int
    ) -> list[Part]:
        """A list that goes down the left column, then the right one, then on to the next slide's."""
        left = layout.placeholder(LEFT)
        pages = self._over_slides(words, left)
        if pages is None:
            fields = draft.fields.get(LEFT, ())
            self.report.overflow(LEFT, words, left.style, left.room, slide, self.theme, fields)
            return []
        slides = [dict(zip((LEFT, RIGHT), pages[n : n + 2], strict=False)) for n in range(0, len(pages), 2)]
        return [
            self._part(slide, section, draft, layout, Laid(texts, None, n))
            for n, texts in enumerate(_evened(slides, layout, self.theme))
        ]

    def _fit(
        self, role: PlaceholderRole, words: Words, layout: SlideLayout, slide: AnySlide, fields: Fields
    ) -> LaidText | None:
        holder = layout.placeholder(role)
        laid = fit_text(words, holder.style, holder.room, self.theme)
        if laid is None:
            self.report.overflow(role, words, holder.style, holder.room, slide, self.theme, fields)
        return laid

    def _table(self, draft: Draft, layout: SlideLayout, last: bool) -> LaidTable | None:
        """The table as it stands there, None where it does not. In the `last` place that is tried words are divided where nothing
        else helps, and that it fits nowhere is an error."""
        slide = draft.table
        assert slide is not None
        holder = next(p for p in layout.placeholders if p.type == "table")

        def laid(divide: bool) -> LaidTable | TooWide | TooHigh:
            try:
                return fit_table(slide.header, slide.rows, holder, self.theme, divide)
            except (TooWide, TooHigh) as error:
                return error

        outcome = self._once(lambda: laid(False), slide.rows, holder)
        if last and isinstance(outcome, TooWide):
            outcome = laid(True)
        if isinstance(outcome, LaidTable):
            return outcome
        if last:
            self.report.table(slide, outcome, holder.style)
        return None

    def _over_slides(self, words: Words, holder: Placeholder) -> list[LaidText] | None:
        return self._once(lambda: fit_over_slides(words, holder.style, holder.room, self.theme), words, holder)

    def _once(self, attempt: Callable[[], T], what: object, holder: Placeholder) -> T:
        """What comes of the attempt to set it there, made once for a slide: one remedy asks what another one asked before. Both
        are known by identity, and kept so that nothing takes their place."""
        key = (id(what), id(holder))
        if key not in self.tried:
            self.tried[key] = (attempt(), (what, holder))
        return cast(T, self.tried[key][0])

    def _part(self, slide: AnySlide, section: int, draft: Draft, layout: SlideLayout, laid: Laid) -> Part:
        return Part(slide, section, layout, draft, laid)

    def filled(self, part: Part) -> Part:
        """The part with its items."""
        items = laid_items(part.draft, part.layout, part.laid, self.pictures, self.labels)
        for item in items:
            if isinstance(item, (TextItem, TableItem)):
                self.report.shrunk(item, part.slide)
        return replace(part, items=items)


def _roomy(laid: Laid) -> bool:
    """Whether a slide holds its texts, with a question below them, in about the theme's sizes."""
    return all(text.style.scale >= _ROOMY for text in laid.texts.values())


def _evened(
    slides: Sequence[dict[PlaceholderRole, LaidText]], layout: SlideLayout, theme: Theme
) -> list[dict[PlaceholderRole, LaidText]]:
    """Texts by role, slide by slide, peers (the columns of a slide, the slides that a text goes on
    over) set in the smallest size that one of them needs."""
    smallest: dict[str, float] = {}
    for texts in slides:
        for role, text in texts.items():
            smallest[role.base] = min(smallest.get(role.base, 1.0), text.style.scale)
    out = []
    for texts in slides:
        even = {}
        for role, text in texts.items():
            scale = smallest[role.base]
            holder = layout.placeholder(role)
            same = text.style.scale == scale
            even[role] = (
                text if same else measure_text(text.source, holder.style.scaled(scale), holder.room.width, theme)
            )
        out.append(even)
    return out
