"""Changes made in a deck that deckbuilder built, as edits of the file that it was built of.

It is a merge of three: what the deck was when it was built is known by digests. What was changed in the file of slides only is
brought over; what was changed in deck.yaml only stays; what was changed in both is asked about.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from deckbuilder import api
from deckbuilder.diagnostics import fail
from deckbuilder.editing.slides import Place
from deckbuilder.pulling.apart import looks_apart
from deckbuilder.pulling.found import Change, Choice, Pulled
from deckbuilder.pulling.sides import Side, read_side
from deckbuilder.pulling.slides import take_slides
from deckbuilder.pulling.trying import errors_in, field_of
from deckbuilder.pulling.work import HEAD, Work
from deckbuilder.reading.deck import deck_file
from deckbuilder.source import shown_path

_ATTEMPTS = 6  # to find changes that a deck holds with


def pull(
    edited: Path,
    deck: Path,
    *,
    session: Path | None = None,
    theme: str | None = None,
    choice: Choice | None = None,
    base: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Pulled:
    """What was changed in a file of slides that was built of the deck, made in the deck's text; nothing is written. `choice`
    says whose words count where both changed the same, None for nobody's. `session` is what the deck is built with; `base`
    the file as it was before it was changed, by which all is known that it keeps nothing of, as notes. Raises DeckError for what
    cannot be read, and for a deck that does not build."""
    file = deck_file(deck)
    text = file.read_bytes().decode("utf-8") if file.is_file() else ""
    with tempfile.TemporaryDirectory(prefix="deckbuilder-pull-") as scratch:
        folder = Path(scratch)
        progress("Building the deck as it is now")
        built = api.build(deck, session=session, theme=theme, output=folder / "built", only=("deck",)).files[0]
        content = api.read(deck, session=session)
        progress(f"Reading {edited}")
        sides: list[Side] = []
        named = [("now", built), *([("base", base)] if base is not None else []), ("edited", edited)]
        for name, source in named:
            (folder / name).mkdir()
            sides.append(read_side(source, folder / name, sides[-1] if sides else None))
        now, there = sides[0], sides[-1]
        then = sides[1] if base is not None else None
        variant = content.session.variant if content.session else None
        place = Place(file.parent, content.session, str(variant) if variant else None)
        work = Work(text, place, now, there, choice, base=then)
        if there.built and not work.ours and not work.again:
            message = f"{edited.name} was built of another deck: none of its slides is in {shown_path(file)}"
            raise fail("pull-unmarked", message, None, "give the deck that it was built of")
        _run(work)
        for attempt in range(_ATTEMPTS):
            if not work.out.something or not (wrong := _wrong(work, content, session, folder / f"tried-{attempt}")):
                break
            # What is wrong still, without the field that it was found in, is so of the slide, and then of the deck.
            wrong = {one if one not in work.wrong else (one[0], ""): why for one, why in wrong.items()}
            if not set(wrong) - set(work.wrong):
                wrong = {(HEAD, ""): next(iter(wrong.values()))}
            work = Work(text, place, now, there, choice, {**work.wrong, **wrong}, then)
            _run(work)
    return work.out


def _wrong(work: Work, content: api.Content, session: Path | None, scratch: Path) -> dict[tuple[str, str], str]:
    """What would no longer hold after the changes, and why: by our names of slides, `HEAD` for the deck itself, and the fields
    that errors were found in, "" for none."""
    scratch.mkdir()
    assert work.place.folder is not None
    files = {name: data.encode("utf-8") for name, data in work.out.data.items()} | work.out.pictures
    names = {one: name for name, one in work.ids.items()}
    out: dict[tuple[str, str], str] = {}
    for error in errors_in(work.out.after, files, work.place.folder, content, session, scratch):
        one, key = field_of(work.out.after, error, work.place)
        out.setdefault((names.get(one or "", HEAD), key if one in names else ""), error.message)
    return out


def _run(work: Work) -> None:
    take_slides(work)
    titles = {shown.number: str(shown.says.get("title", "")) for shown in work.there.slides}
    for number, says in looks_apart(work.then, work.there, work.ours):
        work.out.left.append(Change(number, titles.get(number, ""), says))
