"""Parts into frames: titles made unique, frames numbered, notes dealt out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from deckbuilder.content.leads import Leads
from deckbuilder.content.text import Paragraph, Run, plain_text
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange.draft import Part
from deckbuilder.layout.arrange.furniture import Furniture
from deckbuilder.layout.arrange.origin import title_fields
from deckbuilder.layout.arrange.report import Reporter
from deckbuilder.layout.arrange.titles import Titled
from deckbuilder.layout.arrange.variants import Variants
from deckbuilder.layout.fit import fit_text
from deckbuilder.layout.frame import LaidText, SlideFrame, TextItem, asked_in
from deckbuilder.layout.notes import NOTES_BODY, notes_by_frame, notes_pages
from deckbuilder.theme.roles import KICKER, LayoutRole
from deckbuilder.theme.theme import Theme

_NOTES_ONLY = LayoutRole("title", ("only",))


class Numbering:
    """Numbers the slides of a deck."""

    def __init__(
        self, theme: Theme, labels: Labels, report: Reporter, furniture: Furniture, leads: Leads, online: bool = False
    ) -> None:
        self.theme = theme
        self.labels = labels
        self.report = report
        self.furniture = furniture
        self.leads = leads
        self.online = online
        self.variants = Variants()

    def frames(self, parts: Sequence[Part], titles: Sequence[Titled]) -> list[SlideFrame]:
        """Numbers the frames, which have those titles, and deals out the notes."""
        said = iter(titles)
        frames: list[SlideFrame] = []
        for group in _by_slide(parts):
            asked = [asked_in(part.fields) for part in group]
            slide = group[0].slide
            lead = self.leads.of(slide)
            notes = notes_by_frame(slide, asked, self.labels, self.online, lead)
            starts = [n for n, paragraphs in enumerate(notes) if paragraphs or n == 0]
            for start, end in pairwise([*starts, len(group)]):
                pages = notes_pages(notes[start], self.theme)
                if any(page.height > NOTES_BODY.height + 1 for page in pages):
                    self.report.notes(group[0].slide)
                for n, part in enumerate(group[start:end]):
                    frames.append(self._frame(part, len(frames) + 1, next(said), pages[n : n + 1]))
                for page in pages[end - start :]:
                    spare = self._spare(group[end - 1])
                    own = len(frames) + 1
                    words = plain_text(self.labels("notes_part", n=pages.index(page) + 1, total=len(pages)))
                    runs = (*group[0].title.runs, Run(f" ({words.plain}, {own})"))
                    title = Titled(runs, fields=title_fields(spare.slide))
                    frames.append(self._frame(spare, own, title, [page], notes_only=True))
        return frames

    def _spare(self, part: Part) -> Part:
        """A hidden slide for notes that go on."""
        return replace(part, layout=self.theme.layouts[_NOTES_ONLY], items=())

    def _frame(
        self,
        part: Part,
        number: int,
        title: Titled,
        notes: Sequence[LaidText],
        notes_only: bool = False,
    ) -> SlideFrame:
        items = list(part.items)
        wanted = [(part.layout.title, title.runs, title.fields)]
        if title.kicker:
            above = part.layout.placeholder(KICKER)
            for said in ((*title.kicker, *title.count), title.kicker):
                if fit_text((Paragraph(said),), above.style, above.room, self.theme) is not None:
                    wanted.append((above, said, title.above))
                    break
            else:
                title = title.joined(self.labels("colon"))
                wanted = [(part.layout.title, title.runs, title.fields)]
        for place, runs, fields in wanted:
            holder, words = place, (Paragraph(runs),)
            laid = fit_text(words, holder.style, holder.room, self.theme)
            if laid is None and part.layout.roomier:  # on a template whose title has to stay large in its own colour
                holder = part.layout.roomier.placeholder(holder.role)
                laid = fit_text(words, holder.style, holder.room, self.theme)
            if laid is None:
                self.report.overflow(holder.role, words, holder.style, holder.room, part.slide, self.theme)
                continue
            item = TextItem(holder, laid, fields)
            self.report.shrunk(item, part.slide)
            items.append(item)
        order = {p.index: n for n, p in enumerate(part.layout.placeholders)}
        items.sort(key=lambda i: order[i.placeholder.index])
        layout, items = self.variants.fitted(part.layout, items)
        return SlideFrame(
            number=number,
            slide=part.slide,
            section=part.section,
            layout=layout,
            title=_on_a_line(run.said for run in title.runs),
            told=_on_a_line(run.told for run in title.runs),
            items=tuple(items),
            footer=self.furniture.footer(part.layout),
            date=self.furniture.date(part.layout, part.slide),
            part=part.part,
            parts=part.parts,
            notes=notes[0] if notes else None,
            hidden=part.slide.hidden or notes_only,
            notes_only=notes_only,
        )


def _on_a_line(words: Iterable[str]) -> str:
    return "".join(words).replace("\n", " ").replace("\u00a0", " ")


def _by_slide(parts: Sequence[Part]) -> list[list[Part]]:
    groups: list[list[Part]] = []
    for part in parts:
        if groups and groups[-1][0].slide.identity == part.slide.identity:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups
