"""A deck in another language: `locales/es.po` beside it has its texts, and files such as `cover.es.svg` its pictures and data.

A text is known by where it stands (`contexts`: its slide and its field) and by what it says. Where that slide was renamed, a
text of the same field that says the same is taken. A translated text stands at its line of the catalog, so that whatever is
wrong with it is reported there; what is not translated stays as it is, at its line of the deck.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

from deckbuilder.content.base import Model
from deckbuilder.content.data import Series
from deckbuilder.content.deck import Author, Deck, Reference
from deckbuilder.content.pictures import Picture
from deckbuilder.content.session import Session
from deckbuilder.content.slides import Attribution, Line, QuoteSlide
from deckbuilder.content.text import Text, as_set
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.languages import lookup
from deckbuilder.reading.locales import Translation
from deckbuilder.reading.sessions import with_places
from deckbuilder.source import LocatedDict, LocatedList, LocatedStr, Position, position_of, shown_path

KEEP: Mapping[type[Any], tuple[str, ...]] = {
    Author: ("name",),
    Reference: ("text",),
    Picture: ("credit",),
    Attribution: ("author",),
    Line: ("speaker",),
    QuoteSlide: ("quote",),
}
"""Names, words of others, and what others call their works: texts that stay as they are unless somebody translates them."""

PLAIN = ("alt", "as_of", "categories", "unit", "value")  # words without Markdown that are shown
ADDRESSES = ("url", "join")  # which may lead to a page in the language
_WORDS = {"text", "for", "not_for"}


def contexts(raw: Any) -> Iterator[tuple[LocatedStr, str]]:
    """Every string of a deck's data, with where it stands: "deck / title", "compost / questions.ask". A slide is called by its
    `id`, or by its kind and title."""
    if not isinstance(raw, LocatedDict):
        return
    for key, value in raw.items():
        if key == "variants" and isinstance(value, LocatedDict):
            for name, says in value.items():
                yield from _strings(says, f"variant {name} / ", "")
        elif key != "sections":
            yield from _strings(value, "deck / ", str(key))
    sections = raw.get("sections")
    for section in sections if isinstance(sections, LocatedList) else ():
        if not isinstance(section, LocatedDict):
            continue
        yield from _strings({k: v for k, v in section.items() if k != "slides"}, "section / ", "")
        slides = section.get("slides")
        for slide in slides if isinstance(slides, LocatedList) else ():
            if isinstance(slide, LocatedDict):
                yield from _strings(slide, f"{_name(slide)} / ", "")


def _name(slide: LocatedDict) -> str:
    if isinstance(slide.get("id"), str):
        return str(slide["id"])
    title = slide.get("title")
    return f"{slide.get('kind')} “{title}”" if isinstance(title, str) else str(slide.get("kind"))


def _strings(value: Any, prefix: str, path: str) -> Iterator[tuple[LocatedStr, str]]:
    if isinstance(value, LocatedStr):
        yield value, prefix + path
    elif isinstance(value, dict):
        for key, inner in value.items():
            chosen = key == "text" and set(value) <= _WORDS and len(value) > 1
            yield from _strings(inner, prefix, path if chosen else f"{path}.{key}".strip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, prefix, path)


def translated(raw: Any, language: str, translation: Translation, folder: Path) -> Any:
    """A copy of a deck's data in another language, as far as it is translated."""
    words: dict[int, LocatedStr] = {}
    for text, context in contexts(raw):
        entry = translation.of(context, str(text))
        if entry is not None and entry.words and not entry.stale:
            words[id(text)] = LocatedStr(entry.words, entry.at)

    def copied(value: Any, key: str = "") -> Any:
        if isinstance(value, LocatedDict):
            out = LocatedDict(value.at)
            out.keys_at, out.values_at = value.keys_at, dict(value.values_at)
            out.update({k: copied(v, k) for k, v in value.items()})
            out.values_at |= {k: at for k, v in value.items() if id(v) in words and (at := words[id(v)].at)}
            if isinstance(value.get("current"), str) and isinstance(value.get("stages"), LocatedList):
                out["current"] = _renamed(value["current"], value["stages"], out["stages"])
            return out
        if isinstance(value, LocatedList):
            items = LocatedList(value.at)
            items.extend(copied(item, key) for item in value)
            places = zip(value, value.items_at, strict=False)
            items.items_at = [(words[id(one)].at if id(one) in words else None) or at for one, at in places]
            return items
        if isinstance(value, LocatedStr) and key in ("file", "picture", "poster", "pictures"):
            return LocatedStr(_of_language(str(value), language, folder), value.at)
        return words.get(id(value), value)

    out = copied(raw)
    out["language"] = LocatedStr(language, position_of(raw.get("language")) or raw.at)
    return out


def _renamed(current: str, before: LocatedList, after: LocatedList) -> Any:
    """The stage that a slide is about, by the name that it has now."""
    for old, new in zip(before, after, strict=True):
        names = [one.get("name") if isinstance(one, dict) else one for one in (old, new)]
        if names[0] == current:
            return names[1]
    return current


def at_their_places(session: Session | None, before: Any, after: Any, language: str) -> Session | None:
    """The session, its days, its breaks and who leads what by the titles that sections have in the translated data, `after`;
    `language` is that of `before`."""
    if session is None:
        return None
    sections = [data.get("sections") if isinstance(data, dict) else None for data in (before, after)]
    if not all(isinstance(one, list) for one in sections):
        return session
    titles = {
        as_set(old["title"], language): new["title"]
        for old, new in zip(*sections, strict=True)
        if all(isinstance(one, dict) and isinstance(one.get("title"), str) for one in (old, new))
    }
    return with_places(session, lambda place: titles.get(as_set(place, language), place))


def _of_language(name: str, language: str, folder: Path) -> str:
    """The file of that name for the language, where there is one: `cover.es.svg` beside `cover.svg`."""
    path = Path(name)
    for tag in lookup(language):
        own = path.with_name(f"{path.stem}.{tag}{path.suffix}")
        if path.suffix and (folder / own).is_file():
            return own.as_posix()
    return name


def texts(value: Any, kept: bool = False, name: str = "") -> Iterator[tuple[str, Position | None, bool]]:
    """The texts of a model that a translator is asked for: their words, where they stand, and whether they may stay as they
    are."""
    if isinstance(value, Text):
        yield value.plain, value.at, kept
    elif isinstance(value, str):
        if name in PLAIN:
            yield str(value), position_of(value), kept
    elif isinstance(value, Model):
        keep = {n for kind, names in KEEP.items() if isinstance(value, kind) for n in names}
        for field_name in type(value).model_fields:
            known = "categories" if isinstance(value, Series) and field_name == "name" else field_name
            yield from texts(getattr(value, field_name), field_name in keep, known)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, kept, name)


def check_translated(
    deck: Deck, files: Container[str], translation: Translation, strict: bool, problems: Diagnostics
) -> None:
    """Tells of texts that are shown in the original. `files` are what messages call the deck's file and its
    library's."""
    asked = [(words, at) for words, at, kept in texts(deck) if not kept and any(map(str.isalpha, words))]
    left = list(dict.fromkeys(at for _, at in asked if at is not None and at.file in files))
    if not left:
        return
    stale = {entry.words for entry in translation.entries.values() if entry.stale}
    if strict:
        for at in left:
            problems.error(
                "text-untranslated",
                "this text is not translated",
                at,
                f"translate it in {shown_path(translation.path)}",
            )
        return
    changed = f", {len(stale)} of them changed since" if stale else ""
    problems.warning(
        "untranslated",
        f"{len(left)} of {len(asked)} texts are not translated{changed}; they are shown in the original",
        Position(shown_path(translation.path), 1, 1),
        "'deckbuilder translate' brings the file up to date and marks them; '--strict' names each",
    )
