"""Parts into frames: titles made unique, frames numbered, notes dealt out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.text import Paragraph, Run, Text, plain_text
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange.furniture import Furniture
from deckbuilder.layout.arrange.origin import title_fields
from deckbuilder.layout.arrange.report import Reporter
from deckbuilder.layout.arrange.variants import Variants
from deckbuilder.layout.fit import fit_text
from deckbuilder.layout.frame import Item, LaidText, SlideFrame, TextItem, asked_in
from deckbuilder.layout.notes import NOTES_BODY, notes_by_frame, notes_pages
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.theme import SlideLayout, Theme

_NOTES_ONLY = LayoutRole("title", ("only",))


@dataclass(frozen=True)
class Part:
    """A frame but for its number, its title and its notes, which depend on the others."""

    slide: AnySlide
    section: int
    layout: SlideLayout
    title: Text
    items: tuple[Item, ...]
    part: int = 1
    parts: int = 1


class Numbering:
    """Numbers the slides of a deck."""

    def __init__(self, theme: Theme, labels: Labels, report: Reporter, furniture: Furniture) -> None:
        self.theme = theme
        self.labels = labels
        self.report = report
        self.furniture = furniture
        self.variants = Variants()

    def frames(self, parts: Sequence[Part]) -> list[SlideFrame]:
        """Numbers the frames and the titles that stand on more than one, and deals out the notes."""
        titles = _Titles(parts, self.labels)
        frames: list[SlideFrame] = []
        for group in _by_slide(parts):
            notes = notes_by_frame(group[0].slide, [asked_in(part.items) for part in group], self.labels)
            starts = [n for n, paragraphs in enumerate(notes) if paragraphs or n == 0]
            for start, end in pairwise([*starts, len(group)]):
                pages = notes_pages(notes[start], self.theme)
                if any(page.height > NOTES_BODY.height + 1 for page in pages):
                    self.report.notes(group[0].slide)
                for n, part in enumerate(group[start:end]):
                    frames.append(self._frame(part, len(frames) + 1, titles.of(part), pages[n : n + 1]))
                for page in pages[end - start :]:
                    spare = self._spare(group[end - 1])
                    own = len(frames) + 1
                    words = plain_text(self.labels("notes_part", n=pages.index(page) + 1, total=len(pages)))
                    runs = (*group[0].title.runs, Run(f" ({words.plain}, {own})"))
                    frames.append(self._frame(spare, own, runs, [page], notes_only=True))
        return frames

    def _spare(self, part: Part) -> Part:
        """A hidden slide for notes that go on."""
        return replace(part, layout=self.theme.layouts[_NOTES_ONLY], items=())

    def _frame(
        self,
        part: Part,
        number: int,
        runs: tuple[Run, ...],
        notes: Sequence[LaidText],
        notes_only: bool = False,
    ) -> SlideFrame:
        holder = part.layout.title
        words = (Paragraph(runs),)
        laid = fit_text(words, holder.style, holder.room, self.theme)
        items = list(part.items)
        if laid is None:
            self.report.overflow(holder.role, words, holder.style, holder.room, part.slide, self.theme)
        else:
            item = TextItem(holder, laid, title_fields(part.slide))
            self.report.shrunk(item, part.slide)
            order = {p.index: n for n, p in enumerate(part.layout.placeholders)}
            items = sorted([*items, item], key=lambda i: order[i.placeholder.index])
        layout, items = self.variants.fitted(part.layout, items)
        title = "".join(r.said for r in runs).replace("\n", " ").replace("\u00a0", " ")
        return SlideFrame(
            number=number,
            slide=part.slide,
            section=part.section,
            layout=layout,
            title=title,
            items=tuple(items),
            footer=self.furniture.footer(part.layout),
            date=self.furniture.date(part.layout),
            part=part.part,
            parts=part.parts,
            notes=notes[0] if notes else None,
            hidden=part.slide.hidden or notes_only,
            notes_only=notes_only,
        )


def _by_slide(parts: Sequence[Part]) -> list[list[Part]]:
    groups: list[list[Part]] = []
    for part in parts:
        if groups and groups[-1][0].slide.identity == part.slide.identity:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


class _Titles:
    """Titles as slides show them: those that stand on more than one slide are counted."""

    def __init__(self, parts: Sequence[Part], labels: Labels) -> None:
        self.labels = labels
        self.counts = Counter(part.title.plain.casefold() for part in parts)
        self.dividers = Counter(part.title.plain.casefold() for part in parts if part.slide.kind == "section")
        self.seen: Counter[str] = Counter()

    def of(self, part: Part) -> tuple[Run, ...]:
        """The title of the next part; to be asked for each once, in order."""
        key = part.title.plain.casefold()
        # A section's own slide keeps the bare name, where the slides inside are numbered anyway.
        bare = self.dividers[key] == 1 and self.counts[key] > 2
        total = self.counts[key] - bare
        if total <= 1 or (bare and part.slide.kind == "section"):
            return part.title.runs
        self.seen[key] += 1
        count = self.labels("of", n=self.seen[key], total=total).replace(" ", "\u00a0")
        return (*part.title.runs, Run(f" ({count})"))
