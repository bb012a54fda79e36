"""What a slide says otherwise, as edits of the fields that say it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deckbuilder.editing import edits
from deckbuilder.editing.shape import fields_of, slide_kinds
from deckbuilder.editing.slides import raw_slide
from deckbuilder.editing.tree import same
from deckbuilder.editing.written import value_at
from deckbuilder.languages import Language
from deckbuilder.pulling.asking import asked_once
from deckbuilder.pulling.carrying import carried
from deckbuilder.pulling.data import changed_data, data_rows
from deckbuilder.pulling.sides import LOOKS, NOTES, Holder, Shown, taken_before
from deckbuilder.pulling.telling import brief, change, short, words_in
from deckbuilder.pulling.work import HEAD, Work

_MADE = ("kind", "sources")  # which slides show as numbers, of what others cite
_NOTED = ("questions", "options")  # of which notes tell more than slides
_OF_NOTES = ("cues", "notes", "virtual", "lead", *_NOTED)  # which notes tell, or notes too
_DATA = ("header", "rows", "categories", "series")


def take_fields(work: Work, there: Shown, name: str) -> None:
    """Makes the edits of what a slide there says otherwise than ours of that name."""
    now, there = _at_its_stage(work, name, work.now[name], there)
    told: set[str] = set()
    for key in {**now.says, **there.says}:
        if key == "lead" and not same(now.says.get(key), there.says.get(key)):
            if there.identity:  # one that was added there knows nobody who leads it
                _lead(work, there, now, name)
        elif key not in _MADE and not same(now.says.get(key), there.says.get(key)):
            told.add(key)
            if (why := work.why_not(name, key)) is None:
                _field(work, there, now, name, key)
            elif not _unchanged(there, key) or (key in _OF_NOTES and _changed_here(work, now, there, key) is not None):
                told_of = change(now.says.get(key), there.says.get(key))
                work.say(work.out.left, there, f"{key}: {told_of}, with which the slide would not hold: {why}")
    for key in {**now.head, **there.head}:
        if key not in told and not same(now.head.get(key), there.head.get(key)) and not _unchanged(there, "deck"):
            told.add("deck")
            if (why := work.why_not(HEAD)) is not None:
                told_of = change(now.head.get(key), there.head.get(key))
                work.say(work.out.left, there, f"{key}: {told_of}, with which the deck would not hold: {why}")
                continue
            typed = value_at(work.written.data, (key,))
            if key == "authors" and isinstance(typed, list) and len(typed) > 1:  # one line of many names
                told_of = change(now.head.get(key), there.head.get(key))
                work.say(
                    work.out.left, there, f"{key}: {told_of}; they are {len(typed)} in the deck: change them there"
                )
                continue
            _put(work, there, name, (key,), now.head.get(key), there.head.get(key), None)
    if told & {"title", "text"}:
        told |= {"deck", "section"}
    taken = words_in([value for key, value in there.says.items() if work.why_not(name, key) is None])
    taken |= set() if work.why_not(HEAD) else words_in(there.head)
    for key, holder in there.holders.items():
        own = now.holders[key].says if key in now.holders else ""
        _set_otherwise(work, there, now.holders.get(key), holder, told)
        if holder.built or own == holder.says:
            continue
        lost = " ".join(sorted(words_in(holder.says) - words_in(own) - taken))
        made = holder.fields
        if not made and words_in(holder.says) == words_in(there.says.get("title", "")):
            made = frozenset({"title"})  # where ours has none, a word of the deck's language stands there
        if not (made & told or made & set(_DATA)):
            says = f"'{short(holder.says)}' was changed, which deckbuilder makes of something else"
            work.say(work.out.left, there, f"{says} (new there: {lost})" if lost else says)
        elif lost:
            says = f"new words that no field takes, in '{short(holder.says)}': {lost}"
            if any(holder.repeats(other) for other in there.holders.values()):
                fields = ", ".join(sorted(holder.fields))
                says += (
                    f"; {fields} stands on several frames, and was changed otherwise on another: write it in the deck"
                )
            work.say(work.out.left, replace(there, number=holder.number), says)


def _at_its_stage(work: Work, name: str, now: Shown, there: Shown) -> tuple[Shown, Shown]:
    """Both slides with the stage as the current one that the deck calls so, which not every layout marks: it may be renamed."""
    typed = raw_slide(work.written, work.slides[work.ids[name]])
    stages = [[s.get("name") if isinstance(s, dict) else s for s in one.says.get("stages", ())] for one in (now, there)]
    if "current" not in now.says or typed.get("current") not in stages[0] or len(stages[0]) != len(stages[1]):
        return now, there
    place = stages[0].index(typed["current"])
    return (
        replace(now, says={**now.says, "current": stages[0][place]}),
        replace(there, says={**there.says, "current": stages[1][place]}),
    )


def _set_otherwise(work: Work, there: Shown, own: Holder | None, holder: Holder, told: set[str]) -> None:
    """Tells of levels and emphasis that were changed and that no field takes."""
    if (
        own is None
        or own.set_anew
        or not holder.set_anew
        or holder.fields & told
        or not holder.built
        or not own.was_set
    ):
        return
    if own.was_set == holder.was_set and own.says == holder.says:
        says = f"levels, emphasis or links in '{short(holder.says)}' are others, for which there is no field"
        work.say(work.out.left, there, says)


def _lead(work: Work, there: Shown, now: Shown, name: str) -> None:
    """Takes who leads a slide where the deck says so at the slide itself, or, with the session that it was built with, nobody
    leads it. What comes from the session or the section, which notes do not tell apart, is told, and left. A deck that was
    built with a session has it on all slides; without the session that is told once."""
    before, after = now.says.get("lead"), there.says.get("lead")
    typed = raw_slide(work.written, work.slides[work.ids[name]]).get("lead")
    own = before is not None and ", ".join([typed] if isinstance(typed, str) else typed or ()) == ", ".join(before)
    session = work.place.session is not None
    if after and ((own and (session or NOTES in there.built)) or (before is None and session)):
        if (why := work.why_not(name, "lead")) is None:
            _field(work, there, now, name, "lead")
        else:
            told_of = change(before, after)
            work.say(work.out.left, there, f"lead: {told_of}, with which the slide would not hold: {why}")
        return
    where = "it is changed where it is said, as 'lead' in the deck or in the session's 'leads'"
    if before or session:
        work.say(work.out.left, there, f"lead: {change(before, after)}; {where}")
    elif not any(left.says.startswith("lead:") for left in work.out.left):
        again = "here and perhaps further on, the notes say who leads, and the deck does not"
        work.say(work.out.left, there, f"lead: {again}: was it built with a session?")


def _field(work: Work, there: Shown, now: Shown, name: str, key: str) -> None:
    before, after = now.says.get(key), there.says.get(key)
    typed = raw_slide(work.written, work.slides[work.ids[name]]).get(key)
    after = taken_before(typed, before, after)
    if same(before, after):
        return
    if key == "questions":
        then = work.base.get(there.identity)
        if then is not None and same(then.says.get(key), after):
            return
        after = asked_once(before or [], after or [], now.built.get(key) != there.built.get(key)) or None
        if same(before, after):
            return
    here = _changed_here(work, now, there, key)
    if here is None:
        return
    if here and work.choice != "theirs":
        if work.choice is None:
            work.say(work.out.conflicts, there, f"{key} is {brief(before)} here and {brief(after)} there")
        return
    _put(work, there, name, (key,), before, after, work.ids[name])


def _put(
    work: Work, there: Shown, name: str, path: tuple[str | int, ...], before: Any, after: Any, slide: str | None
) -> None:
    """Makes a change between what is shown before and after, at a path of a slide, of the whole deck without one."""
    w = work.written
    whole = w.data if slide is None else raw_slide(w, work.slides[slide])
    key = str(path[0])
    if slide is not None and key not in whole and (above := _above(work, whole, slide, key)) is not None:
        path, slide, whole = above, None, w.data
    elif slide is not None and "take" not in whole:  # edits of what is taken in are refused, and say why
        kind = whole.get("kind", "")
        if key not in fields_of(slide_kinds()[kind]) if kind in slide_kinds() else True:
            work.say(work.out.left, there, f"{key} ({brief(after)}) has no place in a slide of kind '{kind}'")
            return
        if key in _DATA and key not in whole and "file" in whole:
            _data(work, there, name, str(whole["file"]))
            return
    value = carried(value_at(whole, path), before, work.with_pictures(before, after, there))
    work.do(there, name, edits.Set(slide=slide, path=path, value=value), f"{key}: {change(before, after)}")


def _data(work: Work, there: Shown, name: str, file: str) -> None:
    """Makes a change of a table's or a chart's data in the CSV file that they stand in. Several slides may show one file."""
    if (name, file) in work.filed or work.place.folder is None:
        return  # with another of the slide's fields
    work.filed.add((name, file))
    try:
        text = work.out.data.get(file) or (work.place.folder / file).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        work.say(work.out.left, there, f"the file {file} cannot be read: {error}")
        return
    language = str(value_at(work.written.data, ("language",)) or "en")
    now = data_rows(work.now[name].says)
    work.out.data[file] = changed_data(text, now, data_rows(there.says), Language(language).numbers)
    work.say(work.out.changes, there, f"data in the file {file}")


def _above(work: Work, whole: dict[str, Any], slide: str, key: str) -> tuple[str | int, ...] | None:
    """Where the words of a slide stand that has none of its own: in the deck, or its section."""
    if key == "title" and whole.get("kind") == "cover":
        return ("title",)
    if key in ("title", "text") and whole.get("kind") == "section":
        return ("sections", work.slides[slide][0], key)
    return None


def _known(key: str, there: Shown) -> bool:
    """Whether the file knows what a field said on slides when it was built."""
    return key in there.built and key not in ("series", "categories")


def _changed_here(work: Work, now: Shown, there: Shown, key: str) -> bool | None:
    """Whether what is different in a field was changed in deck.yaml too since the file was built; None where it was changed
    in deck.yaml only. What the deck was is known by the file that it was `base`d on, else by digests."""
    then = work.base.get(there.identity)
    if then is not None:
        if same(then.says.get(key), there.says.get(key)):
            return None
        return not same(then.says.get(key), now.says.get(key))
    if not _known(key, there):
        return _noted_here(work, now, there) if key in _OF_NOTES else work.changed
    here = _anew(now, there, key)
    if not _unchanged(there, key):
        return here
    if key in _NOTED:  # what notes tell of them is different
        noted = _noted_here(work, now, there)
        return None if noted is None else here or noted
    looks = LOOKS + key
    if _tells(now, there, looks):
        return None if _unchanged(there, looks) else here or _anew(now, there, looks)
    # Levels, emphasis or links are others, of which the file does not tell what they were.
    return None if here else work.changed


def _noted_here(work: Work, now: Shown, there: Shown) -> bool | None:
    """As `_changed_here`, of notes. Those that keep nothing of what they said are asked about as soon as anything else was
    changed."""
    then = there.built.get(NOTES)
    if then is None:
        return work.changed
    return None if then == there.now[NOTES] else now.now[NOTES] != then


def _tells(now: Shown, there: Shown, group: str) -> bool:
    """Whether the file tells what such things were when it was built, and tells it as they are read: of ours, which is just
    built, both are the same then."""
    return group in there.built and group in now.built and now.built[group] == now.now.get(group)


def _anew(now: Shown, there: Shown, group: str) -> bool:
    """Whether something was changed in deck.yaml since the file was built."""
    return now.built.get(group) != there.built.get(group)


def _unchanged(there: Shown, group: str) -> bool:
    return there.built.get(group) == there.now.get(group)
