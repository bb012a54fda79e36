"""Drafts into layouts: text fitted, pictures placed, titles made unique, frames numbered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from deckbuilder.content.deck import Deck, principle_numbers
from deckbuilder.content.pictures import Picture
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.content.slides import AnySlide
from deckbuilder.content.text import Paragraph, Run, Text
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange.draft import Draft, Scene, ShapeDraft, Words
from deckbuilder.layout.arrange.kinds import DRAFTERS, asking, at_level
from deckbuilder.layout.fit import fit_over_slides, fit_text, height_at_floor
from deckbuilder.layout.frame import Item, LaidText, PictureItem, QrCode, ShapeItem, SlideFrame, TextItem
from deckbuilder.reading.pictures import PictureFile
from deckbuilder.theme.color import Color
from deckbuilder.theme.theme import LevelStyle, SlideLayout, TextStyle, Theme
from deckbuilder.units import Rect


def arrange_deck(
    deck: Deck,
    session: Session | None,
    schedule: Schedule,
    pictures: dict[str, PictureFile],
    theme: Theme,
    labels: Labels,
    problems: Diagnostics,
) -> list[SlideFrame]:
    """Every slide of the deck as one frame or more, in order.

    Text that fits nowhere is reported as an error, with the place it was written and what
    would make it fit. Raises nothing: the caller decides what errors stop.
    """
    numbers = principle_numbers(deck)
    composer = _Composer(deck, pictures, theme, labels, problems)
    parts: list[_Part] = []
    for number, section in enumerate(deck.sections, 1):
        for slide in section.slides:
            scene = Scene(deck, section, number, session, schedule, labels, numbers)
            parts.extend(composer.compose(slide, DRAFTERS[slide.kind](slide, scene), number))
    return composer.frames(parts)


@dataclass(frozen=True)
class _Part:
    """A frame but for its number and its title, which depend on the others."""

    slide: AnySlide
    section: int
    layout: SlideLayout
    title: Text
    items: tuple[Item, ...]
    part: int
    parts: int


class _Composer:
    def __init__(
        self, deck: Deck, pictures: dict[str, PictureFile], theme: Theme, labels: Labels, problems: Diagnostics
    ) -> None:
        self.deck = deck
        self.pictures = pictures
        self.theme = theme
        self.labels = labels
        self.problems = problems
        self.footers: dict[str, LaidText | None] = {}

    def compose(self, slide: AnySlide, draft: Draft, section: int) -> list[_Part]:
        """The slide's frames: with its question in the layout's band where both fit, else with
        its questions on a slide of their own."""
        questions = [] if draft.asks else list(slide.questions)
        if len(questions) == 1 and self.theme.layouts[draft.layout].band:
            layout = self.theme.layouts[f"{draft.layout}+band"]
            banded = replace(draft, texts={**draft.texts, "question": at_level(questions[0].ask, 0)})
            if self._fits_one(banded, layout):
                return self._fill(slide, banded, layout, section)
        parts = self._fill(slide, draft, self.theme.layouts[draft.layout], section)
        if questions:
            more = asking(draft.title, questions, self.labels)
            parts += self._fill(slide, more, self.theme.layouts[more.layout], section)
        return parts

    def _fits_one(self, draft: Draft, layout: SlideLayout) -> bool:
        for role, words in draft.texts.items():
            holder = layout.placeholder(role)
            if fit_text(words, holder.style, holder.rect, self.theme) is None:
                return False
        return True

    def _fill(self, slide: AnySlide, draft: Draft, layout: SlideLayout, section: int) -> list[_Part]:
        flowing: dict[str, list[LaidText]] = {}
        fixed: dict[str, LaidText] = {}
        for role, words in draft.texts.items():
            self._check_characters(words, layout.placeholder(role).style, slide)
            if role in draft.flow:
                holder = layout.placeholder(role)
                laid = fit_over_slides(words, holder.style, holder.rect, self.theme)
                if laid is not None:
                    flowing[role] = laid
                    continue
            if text := self._fit(role, words, layout, slide):
                fixed[role] = text
        total = max((len(texts) for texts in flowing.values()), default=1)
        parts = []
        for n in range(total):
            texts = {**fixed, **{role: t[n] for role, t in flowing.items() if n < len(t)}}
            items = self._items(draft, layout, texts, slide)
            parts.append(_Part(slide, section, layout, draft.title, items, n + 1, total))
        return parts

    def _fit(self, role: str, words: Words, layout: SlideLayout, slide: AnySlide) -> LaidText | None:
        holder = layout.placeholder(role)
        laid = fit_text(words, holder.style, holder.rect, self.theme)
        if laid is None:
            self._report_overflow(role, words, holder.style, holder.rect, slide)
        return laid

    def _report_overflow(self, role: str, words: Words, style: TextStyle, rect: Rect, slide: AnySlide) -> None:
        needed = height_at_floor(words, style, rect.width, self.theme)
        count = sum(len(run.text.split()) for p in words for run in p.runs)
        over = max(1, round(count * (1 - rect.height / needed))) if needed else 1
        floor = style.levels[0].floor
        field = role.replace("-", " ")
        self.problems.error(
            f"the {field} of this {slide.kind} slide does not fit, even at {floor:g} pt",
            slide.at,
            f"make its {count} words about {over} fewer" if over < count else "use shorter words",
        )

    def _items(
        self, draft: Draft, layout: SlideLayout, texts: dict[str, LaidText], slide: AnySlide
    ) -> tuple[Item, ...]:
        """Items in the layout's order, which is the reading order."""
        items: list[Item] = []
        raised: dict[str, float] = {}
        for holder in layout.placeholders:
            if holder.type == "picture" and holder.role in draft.pictures:
                item = self._picture(holder.role, draft, layout)
                items.append(item)
                raised[holder.role.replace("picture", "caption")] = item.rect.bottom - holder.rect.bottom
            elif holder.role in texts:
                rect = holder.rect
                shift = raised.get(holder.role, 0.0)
                if shift < -1:
                    rect = Rect(rect.x, rect.y + shift, rect.width, rect.height)
                items.append(TextItem(holder, rect, texts[holder.role], holder.anchor))
            elif holder.type == "title":
                items.extend(self._shape(shape, slide) for shape in draft.shapes)
        return tuple(items)

    def _shape(self, draft: ShapeDraft, slide: AnySlide) -> ShapeItem:
        color = self.theme.colors[draft.text_color]
        style = self.theme.styles["stage-name"]
        style = replace(style, levels=tuple(replace(level, color=color) for level in style.levels))
        text = None
        if draft.words:
            inside = Rect(draft.rect.x, draft.rect.y, draft.rect.width - 44, draft.rect.height)
            text = fit_text(draft.words, style, inside, self.theme)
            if text is None:
                self._report_overflow("stage name", draft.words, style, inside, slide)
        return ShapeItem(
            draft.name, draft.shape, draft.rect, self.theme.colors[draft.fill], text=text, text_color=color
        )

    def _picture(self, role: str, draft: Draft, layout: SlideLayout) -> PictureItem:
        holder = layout.placeholder(role)
        source = draft.pictures[role]
        if isinstance(source, QrCode):
            side = min(holder.rect.width, holder.rect.height)
            rect = Rect(holder.rect.x + (holder.rect.width - side) / 2, holder.rect.y, side, side)
            return PictureItem(holder, rect, source, (0, 0, 0, 0), self.labels("qr_code", address=source.address))
        file = self.pictures[source.file]
        alt = "" if source.decorative else (source.alt or "")
        whole = source.fit == "whole" or (source.fit is None and file.format == "svg" and role not in draft.filled)
        if whole:
            return PictureItem(
                holder, _inside(holder.rect, file.aspect, layout.role == "picture"), file, (0, 0, 0, 0), alt
            )
        return PictureItem(holder, holder.rect, file, _crop(source, file.aspect, holder.rect), alt)

    def frames(self, parts: Sequence[_Part]) -> list[SlideFrame]:
        """Numbers the frames, and the titles that stand on more than one."""
        counts = Counter(part.title.plain.casefold() for part in parts)
        dividers = Counter(part.title.plain.casefold() for part in parts if part.slide.kind == "section")
        seen: Counter[str] = Counter()
        out: list[SlideFrame] = []
        for number, part in enumerate(parts, 1):
            key = part.title.plain.casefold()
            runs = part.title.runs
            # A section's own slide keeps the bare name, where the slides inside are numbered anyway.
            bare = dividers[key] == 1 and counts[key] > 2
            total = counts[key] - bare
            if total > 1 and not (bare and part.slide.kind == "section"):
                seen[key] += 1
                count = self.labels("of", n=seen[key], total=total).replace(" ", "\u00a0")
                runs = (*runs, Run(f" ({count})"))
            holder = part.layout.placeholder("title")
            laid = fit_text((Paragraph(runs),), holder.style, holder.rect, self.theme)
            self._check_characters((Paragraph(runs),), holder.style, part.slide)
            items = part.items
            if laid is None:
                self._report_overflow("title", (Paragraph(runs),), holder.style, holder.rect, part.slide)
            else:
                items = (TextItem(holder, holder.rect, laid, holder.anchor), *items)
            title = "".join(r.text for r in runs).replace("\n", " ").replace("\u00a0", " ")
            out.append(
                SlideFrame(
                    number,
                    part.slide,
                    part.section,
                    part.layout,
                    title,
                    items,
                    self._footer(part.layout),
                    part.part,
                    part.parts,
                )
            )
        return out

    def _footer(self, layout: SlideLayout) -> LaidText | None:
        """The deck's copyright line, with the title before it where both fit; else the title."""
        if layout.footer is None:
            return None
        if layout.role not in self.footers:
            self.footers[layout.role] = self._make_footer(layout.footer, layout.footer_color)
        return self.footers[layout.role]

    def _make_footer(self, rect: Rect, color: Color) -> LaidText | None:
        title = Run(self.deck.title.plain.replace("\n", " "))
        rights = self.deck.copyright.runs if self.deck.copyright else ()
        size = self.theme.footer_size
        style = TextStyle("footer", (LevelStyle("body", size, size, color),))
        choices: list[tuple[Run, ...]] = [(title, Run("  ·  "), *rights), rights] if rights else [(title,)]
        for runs in choices:
            laid = fit_text((Paragraph(runs),), style, rect, self.theme)
            if laid is not None:
                return laid
        if rights:
            self.problems.error(
                "the copyright line does not fit the footer",
                self.deck.copyright.at if self.deck.copyright else None,
                "shorten it",
            )
        else:
            self.problems.warning("the deck's title is too long for the footer, which stays empty", self.deck.title.at)
        return None

    def _check_characters(self, words: Words, style: TextStyle, slide: AnySlide) -> None:
        """Warns of characters that the theme's fonts cannot draw: PDFs would show boxes."""
        for paragraph in words:
            family = self.theme.family(style.level(paragraph.level).font)
            missing = self.theme.fonts.face(family).lacks(paragraph.plain)
            if missing:
                shown = ", ".join(f"'{c}' (U+{ord(c):04X})" for c in sorted(missing)[:5])
                self.problems.warning(
                    f"the font {family} cannot draw {shown}",
                    slide.at,
                    "PowerPoint will use another font; PDFs show a box",
                )


def _inside(rect: Rect, aspect: float, centred: bool) -> Rect:
    """The largest box of that aspect in `rect`: centred across; at the top, or centred."""
    width, height = rect.width, rect.width / aspect
    if height > rect.height:
        width, height = rect.height * aspect, rect.height
    top = rect.y + (rect.height - height) / 2 if centred else rect.y
    return Rect(rect.x + (rect.width - width) / 2, top, width, height)


def _crop(picture: Picture, aspect: float, rect: Rect) -> tuple[float, float, float, float]:
    """What to cut off so that the picture fills the box and its focus stays in view."""
    target = rect.width / rect.height
    across, down = picture.focus
    if aspect > target:
        keep = target / aspect
        left = min(max(across - keep / 2, 0.0), 1 - keep)
        return (left, 0.0, 1 - keep - left, 0.0)
    keep = aspect / target
    top = min(max(down - keep / 2, 0.0), 1 - keep)
    return (0.0, top, 0.0, 1 - keep - top)
