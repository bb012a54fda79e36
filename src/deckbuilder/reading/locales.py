"""Catalogs of translations, gettext's PO files: found, read, and checked for what has to survive."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.frozen import dataclass
from deckbuilder.source import Inputs, Position, shown_path

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_FOLDER = "locales"
_LINE = re.compile(r'#.*|(msgctxt|msgid(_plural)?|msgstr(\[\d+\])?)?\s*"([^"\\]|\\.)*"')
# What has to be in a translation as it is in the original, and what it is called.
_SURVIVE = (
    ("variables stay as they are", re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)),
    ("code stays as it is", re.compile(r"`[^`\n]+`")),
)
_DEFAULT = re.compile(r"""\bdefault\(\s*(?:'[^']*'|"[^"]*")""")
_COUNTED = (("gaps", re.compile(r"\[\[.+?\]\]")), ("links", re.compile(r"\]\([^)\s]+\)")))


@dataclass(frozen=True)
class Entry:
    """A translation: its words, none where there are none yet; `stale` tells that the original has changed since."""

    words: str
    stale: bool
    at: Position


@dataclass(frozen=True)
class Translation:
    """What a catalog has, by context and original; and by field and original, for texts whose slide was renamed."""

    path: Path
    entries: Mapping[tuple[str, str], Entry]
    by_field: Mapping[tuple[str, str], Entry | None] = field(default_factory=dict)

    def of(self, context: str, original: str) -> Entry | None:
        """The translation of a text; None where the catalog does not have it."""
        found = self.entries.get((context, original))
        return found if found is not None else self.by_field.get((field_of(context), original))


def catalog_file(folder: Path, language: str) -> Path:
    """Where the texts of a language are, in a deck's folder."""
    return folder / _FOLDER / f"{language}.po"


def languages_of(folder: Path) -> list[str]:
    """The languages that a deck has catalogs of."""
    return sorted(path.stem for path in (folder / _FOLDER).glob("*.po"))


def field_of(context: str) -> str:
    """The field of a context, without its slide."""
    return context.rpartition(" / ")[2]


def read_translation(folder: Path, language: str, problems: Diagnostics, inputs: Inputs) -> Translation | None:
    """The catalog of a language; None where there is none that can be read, which is reported."""
    path = catalog_file(folder, language)
    inputs.add(path)
    catalog = read_catalog(path, language, problems)
    if catalog is None:
        return None
    name = shown_path(path)
    entries: dict[tuple[str, str], Entry] = {}
    by_field: dict[tuple[str, str], Entry | None] = {}
    for message in catalog:
        original, words = str(message.id or ""), str(message.string or "")
        if not original:
            continue
        entry = Entry(words, "fuzzy" in message.flags, Position(name, message.lineno or 1, 1))
        if words and not entry.stale:
            _check(original, words, entry.at, problems)
        key = (message.context or "", original)
        entries[key] = entry
        loose = (field_of(key[0]), original)
        same = by_field.get(loose, entry)
        by_field[loose] = entry if same is not None and same.words == words else None
    return Translation(path, entries, by_field)


def read_catalog(path: Path, language: str, problems: Diagnostics) -> Catalog | None:
    """The file as gettext has it; None where it cannot be read, which is reported."""
    from babel.messages.pofile import PoFileError, read_po

    name = shown_path(path)
    try:
        data = path.read_bytes()
        for number, line in enumerate(data.decode("utf-8-sig").splitlines(), 1):
            if line.strip() and not _LINE.fullmatch(line.strip()):  # Babel leaves some out without a word
                hint = 'each is in quotation marks of its own, and those inside are written \\"'
                problems.error("translation-file", "this line is no text of a catalog", Position(name, number, 1), hint)
                return None
        return read_po(io.BytesIO(data), charset="utf-8", abort_invalid=True)
    except FileNotFoundError:
        hint = f"'deckbuilder translate {path.parent.parent} --to {language}' makes it"
        problems.error("translation-missing", f"there is no translation into '{language}': {name}", None, hint)
    except PoFileError as error:
        problems.error(
            "translation-file", str(error), Position(name, error.lineno + 1, 1), "mend the line, or make it anew"
        )
    except OSError as error:
        problems.error("translation-file", f"{name} cannot be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        at = Position(name, error.object.count(b"\n", 0, error.start) + 1, 1)
        problems.error("translation-file", "this line is not UTF-8", at, "is it a PO file? Save it as UTF-8")
    except (ValueError, LookupError) as error:
        problems.error("translation-file", f"{name} cannot be read: {error}", Position(name, 1, 1), "is it a PO file?")
    return None


def _check(original: str, words: str, at: Position, problems: Diagnostics) -> None:
    """Reports what the original has and the translation lost."""
    for what, pattern in _SURVIVE:
        before, after = (Counter(map(_bare, pattern.findall(text))) for text in (original, words))
        if before != after:
            lost = next(iter((before - after) or (after - before)))
            verb = "lacks" if before - after else "adds"
            message = f"the translation {verb} {lost}"
            problems.error("translation-broken", message, at, f"{what} in the original")
    for what, pattern in _COUNTED:
        counts = [len(pattern.findall(text)) for text in (original, words)]
        if counts[0] != counts[1]:
            first = what if counts[0] != 1 else what.removesuffix("s")
            message = f"the original has {counts[0]} {first}, the translation {counts[1]}"
            problems.error(
                "translation-broken", message, at, "translate the words inside, and keep the delimiters around them"
            )


def _bare(found: str) -> str:
    """What has to be the same: of a variable its name and filters, but for the words that stand in for it; of code every
    letter, however its line was broken."""
    if not found.startswith("{"):
        return " ".join(found.split())
    return re.sub(r"\s+", "", _DEFAULT.sub("default('…'", found))
