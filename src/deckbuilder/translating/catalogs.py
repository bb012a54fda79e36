"""Catalogs, written and brought up to date: what is translated stays, what changed is marked, nothing is lost."""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuilder.diagnostics import Diagnostics, fail
from deckbuilder.frozen import dataclass
from deckbuilder.reading.locales import catalog_file, field_of, read_catalog
from deckbuilder.translating.messages import Message

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from babel.messages.catalog import Message as Entry

_ALIKE = 0.6  # how much of their letters two texts of a field share, the one of which became the other
_WIDTH = 100  # columns of a line in the file
_HEADER = (
    "# Texts of a deck, for translators. Lines that begin with #. say what each is.\n"
    "# Not reviewed yet by somebody who speaks the language."
)
# What would change with each writing, or says nothing.
_DATES = re.compile(
    rb'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team)[^\n]*\n',
    re.M,
)


@dataclass(frozen=True)
class Updated:
    """What became of a catalog: how many texts it has, of which so many are translated, changed since (`stale`) and missing;
    `gone` are translated texts that the deck has no more, which stay at the end of the file."""

    path: Path
    texts: int
    done: int
    stale: int
    missing: int
    gone: int


def update_catalog(
    folder: Path, language: str, messages: Sequence[Message], file: str, problems: Diagnostics
) -> Updated:
    """Writes a language's catalog, or brings it up to date. Raises DeckError for one that cannot be read or written."""
    path = catalog_file(folder, language)
    old = read_catalog(path, language, problems) if path.exists() else None
    problems.raise_if_errors()
    new = _merged(messages, old, language, file)
    write_catalog(new, path)
    entries = [entry for entry in new if entry.id]
    keep = {(m.context, m.original) for m in messages if m.keep}
    done = [e for e in entries if (e.string or (e.context, e.id) in keep) and "fuzzy" not in e.flags]
    stale = [e for e in entries if e.string and "fuzzy" in e.flags]
    return Updated(path, len(entries), len(done), len(stale), len(entries) - len(done) - len(stale), len(new.obsolete))


def write_catalog(catalog: Catalog, path: Path) -> None:
    """Writes the file; equal catalogs give equal bytes. Raises DeckError where that fails."""
    from babel.messages.pofile import write_po

    out = io.BytesIO()
    write_po(out, catalog, width=_WIDTH, no_location=True, include_previous=True)
    data = _DATES.sub(b"", out.getvalue())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise fail("output-unwritable", f"{path} cannot be written: {error.strerror or error}") from error


def _merged(messages: Sequence[Message], old: Catalog | None, language: str, file: str) -> Catalog:
    """The texts with the translations that there are: of the same text at the same place, else of the same text in the same
    field, else, marked, of the most similar one that the deck has no more."""
    from babel.core import UnknownLocaleError
    from babel.messages.catalog import Catalog

    header = old.header_comment if old is not None and old.header_comment else _HEADER
    try:
        new = Catalog(language.replace("-", "_"), header_comment=header, fuzzy=False)
    except (UnknownLocaleError, ValueError):
        new = Catalog(header_comment=header, fuzzy=False)
    known = {(entry.context or "", str(entry.id)): entry for entry in old or () if entry.id}
    wanted = {(m.context, m.original) for m in messages}
    spare = [entry for key, entry in known.items() if key not in wanted and entry.string]
    spare += [entry for entry in (old.obsolete.values() if old is not None else ()) if entry.string]
    used: set[int] = set()
    for message in messages:
        entry = known.get((message.context, message.original))
        flags = set(entry.flags) - {"fuzzy"} if entry else set[str]()
        words, stale = "", False
        previous: tuple[str, ...] = ()
        if entry is not None and entry.string:
            words, stale, previous = str(entry.string), "fuzzy" in entry.flags, _previous(entry)
        else:
            moved = _moved(message, spare)
            words, stale = (
                (str(moved.string), moved.id != message.original or "fuzzy" in moved.flags) if moved else ("", False)
            )
            if moved is not None:
                used.add(id(moved))
                previous = (str(moved.id),) if stale else ()
        flags |= {"fuzzy"} if stale and words else set()
        flags |= {"no-translate"} if message.keep else set()
        comments = [line for line in entry.user_comments if not line.startswith("|")] if entry else []
        new.add(
            message.original,
            words,
            [(file, message.line)],
            sorted(flags),
            message.notes,
            comments,
            previous,
            context=message.context,
        )
    for entry in spare:
        if id(entry) not in used:
            new.obsolete[f"{entry.context}\4{entry.id}"] = entry
    return new


def _previous(entry: Entry) -> tuple[str, ...]:
    """What an entry's original was before. Babel writes that, and reads it as comments."""
    from babel.messages.pofile import denormalize

    lines = [line.removeprefix("|").strip() for line in entry.user_comments if line.startswith("|")]
    quoted = "\n".join(lines).removeprefix("msgid ").strip()
    return (denormalize(quoted),) if quoted else ()


def _moved(message: Message, spare: Iterable[Entry]) -> Entry | None:
    """The entry that became this text: it says the same, or nearly so, in the same field."""
    near = [entry for entry in spare if field_of(entry.context or "") == field_of(message.context)]
    same = next((entry for entry in near if entry.id == message.original), None)
    if same is not None:
        return same
    scored = [(difflib.SequenceMatcher(None, str(e.id), message.original, autojunk=False), e) for e in near]
    ratios = [(m.ratio(), e) for m, e in scored if m.real_quick_ratio() >= _ALIKE and m.quick_ratio() >= _ALIKE]
    best = max(ratios, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= _ALIKE else None
