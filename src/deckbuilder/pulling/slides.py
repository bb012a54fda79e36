"""Slides that were copied, added, moved and deleted, as edits of the deck."""

from __future__ import annotations

from dataclasses import replace

from deckbuilder.editing import edits
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.written import value_at
from deckbuilder.pulling.fields import take_fields
from deckbuilder.pulling.matching import rising
from deckbuilder.pulling.sides import Shown
from deckbuilder.pulling.telling import brief
from deckbuilder.pulling.work import Work


def take_slides(work: Work) -> None:
    """Makes all edits: of what slides say, and of which there are. Slides are copied before others are changed, since a copy
    shows what they were; they are deleted at the end, when sections have others."""
    seen: set[str] = set()
    for shown in work.there.slides:
        name = work.ours.get(shown.identity)
        if shown.number in work.again:
            work.at[shown.number] = work.again[shown.number]
        elif name in seen:
            _copied(work, shown, name)
        elif name is not None:
            seen.add(name)
            work.at[shown.number] = name
    for shown in work.there.slides:
        if shown.number in work.at:
            take_fields(work, shown, work.at[shown.number])
    _added(work)
    _moved(work)
    for name in work.ours.values():
        if name not in seen and name in work.now:
            _deleted(work, name)


def _copied(work: Work, there: Shown, name: str) -> None:
    says = f"a copy of slide {work.now[name].number}"
    made = work.do(there, None, edits.DuplicateSlide(slide=work.ids[name]), says)
    if made is not None:
        copy = f"{name} {there.number}"
        work.ids[copy], work.now[copy], work.at[there.number] = made, replace(work.now[name]), copy


def _deleted(work: Work, name: str) -> None:
    """Deletes a slide, and with its last slide a section."""
    gone, own = work.now[name], work.ids[name]
    section = work.slides[own][0]
    edit: edits.Edit = edits.DeleteSlide(slide=own)
    if [place[0] for place in work.slides.values()].count(section) == 1:
        edit = edits.DeleteSection(section=section)
    work.do(gone, None, edit, "was deleted")
    work.ids.pop(name, None)


def _added(work: Work) -> None:
    section = 0
    for there in work.there.slides:
        name = work.at.get(there.number)
        if name is not None:
            section = work.slides.get(work.ids[name], (section, 0))[0]
            continue
        if there.identity and there.identity in work.ours:
            continue
        if there.identity:
            work.say(work.out.left, there, "was deleted in deck.yaml since it was built")
            continue
        values = {key: value for key, value in work.with_pictures(None, there.says, there).items() if key != "kind"}
        if (why := work.why_not(f"new {there.number}")) is not None:
            says = f"a new slide that says {brief(values)}, with which the deck would not hold: {why}"
            work.say(work.out.left, there, says)
            continue
        added = edits.AddSlide(section=section, kind=there.says["kind"], values=values)
        if made := work.do(there, None, added, f"a new slide of kind '{there.says['kind']}'"):
            name = f"new {there.number}"
            work.ids[name], work.at[there.number] = made, name


def _moved(work: Work) -> None:
    """Puts slides into the order, and the sections, that they have there. One that its section cannot be without waits for
    others to get there."""
    where = work.slides
    count = len(value_at(work.written.data, ("sections",)) or [])
    numbers = [s.section for s in work.there.slides if s.section >= 0]
    sectioned = bool(numbers) and max(numbers) < count
    wanted: list[tuple[int, str, Shown]] = []
    for there in work.there.slides:
        name = work.at.get(there.number)
        if name is not None and work.ids.get(name) in where:
            own = where[work.ids[name]][0]
            wanted.append((there.section if sectioned and there.section >= 0 else own, name, there))
    order = sorted(range(len(wanted)), key=lambda n: where[work.ids[wanted[n][1]]])
    stay = rising([order.index(n) for n in range(len(wanted))])
    waiting = dict.fromkeys(range(len(wanted)))
    while waiting:
        refused: dict[int, str] = {}
        for n in waiting:
            try:
                _put_there(work, wanted, n, n in stay)
            except Refused as why:
                refused[n] = why.reason
        if len(refused) == len(waiting):
            for n, reason in refused.items():
                work.say(work.out.left, wanted[n][2], f"was moved to section {wanted[n][0] + 1}: {reason}")
            break
        waiting = dict.fromkeys(refused)


def _put_there(work: Work, wanted: list[tuple[int, str, Shown]], n: int, stays: bool) -> None:
    """Puts a slide behind those that are before it there. Refused for one that cannot leave its section."""
    section, name, there = wanted[n]
    at = work.slides
    own = work.ids[name]
    if stays and at[own][0] == section:
        return
    before = [work.ids[other] for _, other, _ in wanted[:n] if at[work.ids[other]][0] == section]
    here = [one for one, place in at.items() if place[0] == section and one != own]
    index = here.index(before[-1]) + 1 if before else 0
    if at[own] != (section, index):
        moved = edits.MoveSlide(slide=own, section=section, index=index)
        work.tried(there, name, moved, f"moved to place {index + 1} of section {section + 1}")
