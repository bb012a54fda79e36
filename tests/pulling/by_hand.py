"""Edits as people make them in PowerPoint, drawn by a seed and made with python-pptx; all of which have to come back."""

from __future__ import annotations

import copy
import io
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.opc.constants import RELATIONSHIP_TYPE
from said_by import LISTS, P14, A, R

from deckbuilder.outputs.pptx.marks import SlideMark, read_marks

WORD = re.compile(r"[^\W\d_]{4,}")

_LABELS = re.compile("minutes|links|url|group|materials")  # fields that slides show with words of deckbuilder's own

Group = list[Any]
"""The frames of one slide: python-pptx's slides, after each other."""


class ByHand:
    """A deck file, opened to be changed. `made` counts edits by their sort, `touched` are the slides that have any, by identity,
    `tokens` the words that were put in, each of which is nowhere else."""

    def __init__(self, file: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.deck = Presentation(str(file))
        self.made: Counter[str] = Counter()
        self.touched: set[str] = set()
        self.tokens: list[str] = []
        self.marks: dict[Any, SlideMark] = {}
        self.sections: list[list[Group]] = []
        self._taken: set[Any] = set()  # elements that were edited, once each
        self._known: dict[Any, list[tuple[Any, set[str]]]] = {}  # the placeholders of slides, by the slides' parts
        self._titles: Counter[str] = Counter(self.title(slide) for slide in self.deck.slides)
        for slide, mark in zip(self.deck.slides, read_marks(file).slides, strict=True):
            assert mark is not None
            self.marks[slide.part] = mark
        known = {slide.slide_id: slide for slide in self.deck.slides}
        self._lists = list(self.deck.part._element.iter(f"{P14}section"))
        for section in self._lists:
            groups: list[Group] = []
            for entry in section.iter(f"{P14}sldId"):
                slide = known[int(entry.get("id"))]
                if groups and self.mark(slide).part > 1:
                    groups[-1].append(slide)
                else:
                    groups.append([slide])
            self.sections.append(groups)

    SORTS = (
        "title", "word", "word", "word", "point added", "point removed", "points reordered", "point indented", "cell", "cell",
        "number", "note", "note", "cue added", "alternative text", "picture", "moved", "hidden", "deleted", "duplicated",
        "moved between sections", "new",
    )  # fmt: skip

    def edit(self, count: int) -> None:
        """Makes that many edits; a sort that the deck has no more places for makes room for another."""
        sorts = list(dict.fromkeys(self.SORTS))
        tries = 0
        while sum(self.made.values()) < count:
            sort = sorts.pop(0) if sorts else self.random.choice(self.SORTS)
            if getattr(self, f"_{sort.replace(' ', '_')}")():
                self.made[sort] += 1
            tries += 1
            assert tries < count * 40, f"no places are left after {self.made}"

    def save(self, file: Path) -> Path:
        """Writes the file, with the slides in the order that they have by now."""
        ids = self.deck.slides._sldIdLst
        entries = {int(entry.get("id")): entry for entry in ids}
        order = [[slide.slide_id for group in groups for slide in group] for groups in self.sections]
        for entry in list(ids):
            ids.remove(entry)
        for section, numbers in zip(self._lists, order, strict=True):
            listed = section.find(f"{P14}sldIdLst")
            for entry in list(listed):
                listed.remove(entry)
            for number in numbers:
                ids.append(entries.pop(number))
                etree.SubElement(listed, f"{P14}sldId", id=str(number))
        for entry in entries.values():
            self.deck.part.drop_rel(entry.get(f"{R}id"))
        self.deck.save(str(file))
        return file

    # What there is

    def mark(self, slide: Any) -> SlideMark:
        return self.marks[slide.part]

    def token(self) -> str:
        number = len(self.tokens) + 1
        self.tokens.append("zq" + "".join(chr(ord("a") + (number // 26**n) % 26) for n in (2, 1, 0)))
        return self.tokens[-1]

    @staticmethod
    def title(slide: Any) -> str:
        return str(slide.shapes.title.text_frame.text) if slide.shapes.title is not None else ""

    def _holders(self) -> Iterator[tuple[Any, Any, set[str]]]:
        """Each placeholder with its slide and the fields that fill it, none of which are the deck's or the program's."""
        for slide in (slide for groups in self.sections for group in groups for slide in group):
            if slide.part not in self._known and slide.part in self.marks:
                fields = {holder.index: set(holder.fields) for holder in self.mark(slide).holders}
                self._known[slide.part] = [
                    (shape, own)
                    for shape in slide.placeholders
                    if (own := fields.get(shape.placeholder_format.idx))
                    and not any(re.match(r"(deck|session|section)\.|join", one) for one in own)
                ]
            for shape, own in self._known.get(slide.part, ()):
                yield slide, shape, own

    def _chosen(self, found: list[Any]) -> Any:
        return self.random.choice(found) if found else None

    def _done(self, slide: Any, *elements: Any) -> bool:
        self.touched.add(self.mark(slide).slide)
        self._taken.update(elements)
        return True

    def _free(self, element: Any) -> bool:
        return element not in self._taken

    def _say(self, slide: Any, paragraph: Any) -> bool:
        """Puts a token in the place of a word of a paragraph."""
        runs = [r for r in paragraph.runs if _words(r.text)]
        if not runs or not self._free(paragraph._p):
            return False
        run = self.random.choice(runs)
        found = self.random.choice(_words(run.text))
        run.text = f"{run.text[: found.start()]}{self.token()}{run.text[found.end() :]}"
        return self._done(slide, paragraph._p)

    # Edits of what slides say

    def _title(self) -> bool:
        found = [
            (s, h)
            for s, h, f in self._holders()
            if f == {"title"} and h.placeholder_format.idx == 0 and self.mark(s).part == 1
            if self._titles[h.text_frame.text] == 1
        ]
        chosen = self._chosen(found)
        return bool(chosen) and self._say(chosen[0], chosen[1].text_frame.paragraphs[0])

    def _word(self) -> bool:
        chosen = self._chosen([
            (s, h)
            for s, h, f in self._holders()
            if h.has_text_frame and "title" not in f and not any(_LABELS.search(one) for one in f)
        ])  # fmt: skip
        if not chosen:
            return False
        slide, paragraph = chosen[0], self.random.choice(chosen[1].text_frame.paragraphs)
        return self._say(slide, paragraph)

    def _listed(self, least: int) -> tuple[Any, list[Any]] | None:
        """A slide and the items of a list of it that nobody edited."""
        found = []
        for slide, holder, fields in self._holders():
            if fields in LISTS and holder.has_text_frame and self._free(holder._element):
                items = [p for p in holder.text_frame.paragraphs if p.text.strip()]
                items = items[1:] if "lead_in" in fields else items
                if len(items) >= least and all(self._free(p._p) for p in items):
                    found.append((slide, items, holder))
        if not found:
            return None
        slide, items, holder = self.random.choice(found)
        self._done(slide, holder._element, *(p._p for p in items))
        return slide, items

    def _point_added(self) -> bool:
        if (chosen := self._listed(1)) is None:
            return False
        like = self.random.choice(chosen[1])
        new = copy.deepcopy(like._p)
        runs = new.findall(f"{A}r")
        for run in runs[1:]:
            new.remove(run)
        looks = runs[0].find(f"{A}rPr")
        for part in list(looks) if looks is not None else ():
            looks.remove(part)
        for key in ("b", "i", "baseline"):
            if looks is not None:
                looks.attrib.pop(key, None)
        runs[0].find(f"{A}t").text = f"New {self.token()}"
        like._p.addnext(new)
        self._taken.add(new)
        return True

    def _point_removed(self) -> bool:
        if (chosen := self._listed(4)) is None:
            return False
        last = chosen[1][-1]._p
        last.getparent().remove(last)
        return True

    def _points_reordered(self) -> bool:
        if (chosen := self._listed(3)) is None:
            return False
        first, second = chosen[1][0]._p, chosen[1][1]._p
        if chosen[1][0].level != chosen[1][1].level or chosen[1][2].level > chosen[1][1].level:
            return False
        second.addnext(first)
        return True

    def _point_indented(self) -> bool:
        chosen = self._listed(3)
        if chosen is None or any(p.level for p in chosen[1]):
            return False
        self.random.choice(chosen[1][1:]).level = 1
        return True

    def _cell(self) -> bool:
        chosen = self._chosen([
            (s, p)
            for s, h, f in self._holders()
            if getattr(h, "has_table", False) and f == {"header", "rows"}
            for row in h.table.rows
            for cell in row.cells
            for p in cell.text_frame.paragraphs
        ])  # fmt: skip
        return bool(chosen) and self._say(*chosen)

    def _number(self) -> bool:
        chosen = self._chosen([
            (s, h) for s, h, f in self._holders() if getattr(h, "has_chart", False) and self._free(h.chart._chartSpace)
        ])  # fmt: skip
        if not chosen:
            return False
        slide, holder = chosen
        plot = holder.chart.plots[0]
        data = CategoryChartData(number_format="General")
        data.categories = list(plot.categories)
        rows = [(one.name, list(one.values)) for one in plot.series]
        _, values = self.random.choice(rows)
        place = self.random.choice([n for n, value in enumerate(values) if value is not None])
        values[place] = round(values[place] * 0.75 + 1, 2)
        for name, row in rows:
            data.add_series(name, row)
        holder.chart.replace_data(data)
        return self._done(slide, holder.chart._chartSpace)

    def _note(self) -> bool:
        slides = [s for groups in self.sections for group in groups for s in group]
        slide = self._chosen([s for s in slides if s.part in self.marks and s.has_notes_slide])
        if slide is None:
            return False
        shown = "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        lines = [p for p in slide.notes_slide.notes_text_frame.paragraphs if p.text.strip() not in shown]
        chosen = self._chosen([p for p in lines if not p.text.startswith(("QUESTION", "LED BY"))])
        return bool(chosen) and self._say(slide, chosen)

    def _cue_added(self) -> bool:
        slides = [s for groups in self.sections for group in groups for s in group]
        slide = self._chosen([s for s in slides if s.part in self.marks and not s.has_notes_slide])
        if slide is None:
            return False
        slide.notes_slide.notes_text_frame.text = f"SAY: Well then {self.token()}"
        return self._done(slide, *slide.notes_slide.notes_text_frame._txBody)

    def _pictures(self) -> list[tuple[Any, Any]]:
        return [
            (slide, holder)
            for slide, holder, fields in self._holders()
            if all("picture" in one or one == "poster" for one in fields)
            and holder._element.find(f".//{A}blip") is not None
            and holder._element._nvXxPr.cNvPr.get("descr")
            and self._free(holder._element)
        ]

    def _alternative_text(self) -> bool:
        chosen = self._chosen(self._pictures())
        if not chosen:
            return False
        chosen[1]._element._nvXxPr.cNvPr.set("descr", f"A picture of {self.token()}")
        return self._done(chosen[0], chosen[1]._element)

    def _picture(self) -> bool:
        chosen = self._chosen(self._pictures())
        if not chosen:
            return False
        slide, holder = chosen
        out = io.BytesIO()
        colour = tuple(self.random.randrange(256) for _ in range(3))
        Image.new("RGB", (1600, 1200), colour).save(out, "PNG")
        blip = holder._element.find(f".//{A}blip")
        for part in list(blip):
            blip.remove(part)
        blip.set(f"{R}embed", slide.part.get_or_add_image_part(out)[1])
        return self._done(slide, holder._element)

    # Edits of slides

    def _free_group(self) -> tuple[int, int] | None:
        """A section and a slide in it that has no edits, that is no cover nor section's, and does not stand alone."""
        found = [
            (n, m)
            for n, groups in enumerate(self.sections)
            for m, group in enumerate(groups)
            if len(groups) > 1
            and group[0].part in self.marks
            and self.mark(group[0]).slide not in self.touched
            and re.match(r"(?!cover|section|objectives|agenda|references|credits)", self.mark(group[0]).slide)
        ]
        return self._chosen(found)

    def _mark_moved(self, group: Group) -> None:
        self.touched.add(self.mark(group[0]).slide)
        self._taken.update(element for slide in group for element in slide._element.iter())

    def _moved(self) -> bool:
        place = self._free_group()
        if place is None or len(self.sections[place[0]]) < 3:
            return False
        groups = self.sections[place[0]]
        self._mark_moved(groups[place[1]])
        groups.insert(self.random.randrange(len(groups)), groups.pop(place[1]))
        return True

    def _moved_between_sections(self) -> bool:
        place = self._free_group()
        others = [n for n in range(len(self.sections)) if place is not None and n != place[0]]
        if place is None or not others:
            return False
        group = self.sections[place[0]].pop(place[1])
        self._mark_moved(group)
        target = self.sections[self.random.choice(others)]
        target.insert(self.random.randrange(1, len(target) + 1), group)
        return True

    def _hidden(self) -> bool:
        if (place := self._free_group()) is None:
            return False
        group = self.sections[place[0]][place[1]]
        hidden = group[0]._element.get("show") == "0"
        for slide in group:
            if hidden:
                del slide._element.attrib["show"]
            else:
                slide._element.set("show", "0")
        self.touched.add(self.mark(group[0]).slide)
        return True

    def _deleted(self) -> bool:
        if (place := self._free_group()) is None or self._linked(place):
            return False
        group = self.sections[place[0]].pop(place[1])
        self.touched.add(self.mark(group[0]).slide)
        return True

    def _linked(self, place: tuple[int, int]) -> bool:
        """Whether another slide leads to this one."""
        parts = {slide.part for slide in self.sections[place[0]][place[1]]}
        others = [s for groups in self.sections for g in groups for s in g if s.part not in parts]
        return any(
            r._target in parts for s in others for r in s.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.SLIDE
        )

    def _duplicated(self) -> bool:
        if (place := self._free_group()) is None:
            return False
        group = self.sections[place[0]][place[1]]
        self._mark_moved(group)
        copies = [self._copied(slide) for slide in group]
        self._mark_moved(copies)
        self._taken.update(
            s.chart._chartSpace for slide in group for s in slide.placeholders if getattr(s, "has_chart", False)
        )
        self.sections[place[0]].insert(place[1] + 1, copies)
        return True

    def _copied(self, slide: Any) -> Any:
        """A copy of a slide, with the part of tags that PowerPoint copies along."""
        new = self.deck.slides.add_slide(slide.slide_layout)
        renamed = {}
        for key, relation in slide.part.rels.items():
            if relation.reltype in (RELATIONSHIP_TYPE.SLIDE_LAYOUT, RELATIONSHIP_TYPE.NOTES_SLIDE):
                continue
            if relation.is_external:
                renamed[key] = new.part.rels.get_or_add_ext_rel(relation.reltype, relation.target_ref)
            else:
                renamed[key] = new.part.rels.get_or_add(relation.reltype, relation._target)
        for child in list(new._element):
            new._element.remove(child)
        for child in slide._element:
            new._element.append(copy.deepcopy(child))
        for element in new._element.iter():
            for name, value in element.attrib.items():
                if name.startswith(R) and value in renamed:
                    element.set(name, renamed[value])
        for name, value in slide._element.attrib.items():
            new._element.set(name, value)
        if slide.has_notes_slide:
            body = new.notes_slide.notes_text_frame._txBody
            other = copy.deepcopy(slide.notes_slide.notes_text_frame._txBody)
            for element in other.iter(f"{A}hlinkClick"):
                relation = slide.notes_slide.part.rels[element.get(f"{R}id")]
                leads = new.notes_slide.part.rels.get_or_add_ext_rel(relation.reltype, relation.target_ref)
                element.set(f"{R}id", leads)
            body.getparent().replace(body, other)
        self.marks[new.part] = self.mark(slide)
        return new

    def _new(self) -> bool:
        layout = next(one for one in self.deck.slide_layouts if one.name.startswith("Title and Content"))
        slide = self.deck.slides.add_slide(layout)
        slide.shapes.title.text_frame.text = f"New {self.token()}"
        body = next(p for p in slide.placeholders if p.placeholder_format.idx not in (0, 10, 11, 12))
        body.text_frame.text = f"first {self.token()}\nsecond {self.token()}"
        groups = self.random.choice(self.sections)
        groups.insert(self.random.randrange(1, len(groups) + 1), [slide])
        return True


def _words(text: str) -> list[re.Match[str]]:
    """The words of a text that are no labels in capitals."""
    return [found for found in WORD.finditer(text) if not found[0].isupper()]
