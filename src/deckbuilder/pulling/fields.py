"""What a slide says otherwise, as edits of the fields that say it."""

from __future__ import annotations

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
from deckbuilder.pulling.sides import Shown, taken_before
from deckbuilder.pulling.telling import brief, change, short, words_in
from deckbuilder.pulling.work import HEAD, Work

_MADE = ("kind", "sources")  # which slides show as numbers, of what others cite
_DATA = ("header", "rows", "categories", "series")


def take_fields(work: Work, there: Shown, name: str) -> None:
    """Makes the edits of what a slide there says otherwise than ours of that name."""
    now = work.now[name]
    told: set[str] = set()
    for key in {**now.says, **there.says}:
        if key == "lead" and not same(now.says.get(key), there.says.get(key)):
            _lead(work, there, now.says.get(key), there.says.get(key))
        elif key not in _MADE and not same(now.says.get(key), there.says.get(key)):
            told.add(key)
            if (why := work.wrong.get(name)) is None:
                _field(work, there, now, name, key)
            elif not _unchanged(there, key):
                told_of = change(now.says.get(key), there.says.get(key))
                work.say(work.out.left, there, f"{key}: {told_of}, with which the slide would not hold: {why}")
    for key in {**now.head, **there.head}:
        if key not in told and not same(now.head.get(key), there.head.get(key)) and not _unchanged(there, "deck"):
            told.add("deck")
            if (why := work.wrong.get(HEAD)) is not None:
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
    taken = set() if name in work.wrong else words_in(there.says)
    taken |= set() if HEAD in work.wrong else words_in(there.head)
    for key, holder in there.holders.items():
        own = now.holders[key].says if key in now.holders else ""
        if holder.built or own == holder.says:
            continue
        lost = " ".join(sorted(words_in(holder.says) - words_in(own) - taken))
        if not (holder.fields & told or holder.fields & set(_DATA)):
            says = f"'{short(holder.says)}' was changed, which deckbuilder makes of something else"
            work.say(work.out.left, there, f"{says} (new there: {lost})" if lost else says)
        elif lost:
            work.say(work.out.left, there, f"new words that no field takes, in '{short(holder.says)}': {lost}")


def _lead(work: Work, there: Shown, before: Any, after: Any) -> None:
    """Who leads a slide comes from the session, the slide or its section, which notes do not tell apart: it is told, and left.
    A deck that was built with a session has it on all slides; without the session that is told once."""
    where = "it is changed where it is said, as 'lead' in the deck or in the session's 'leads'"
    if before or work.place.session is not None:
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
        after = asked_once(before or [], after or [], now.built.get(key) != there.built.get(key)) or None
        if same(before, after):
            return
    known = _known(key, there)
    here = now.built.get(key) != there.built.get(key) if known else work.changed
    if known and key != "questions" and _unchanged(there, key):
        if here:
            return  # it was changed in deck.yaml only
        here = work.changed  # levels, emphasis or links are others, of which the file does not know what they were
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
    """Whether the file knows what a field said when it was built. It keeps nothing of what only facilitators read."""
    return key in there.built and key not in ("series", "categories")


def _unchanged(there: Shown, group: str) -> bool:
    return there.built.get(group) == there.now.get(group)
