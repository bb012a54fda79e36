"""Which words a language has, by Hunspell's dictionaries: those that lie on the machine, and the one that comes with the library.

None come with deckbuilder: each has a licence of its own. The library, chunspell, is the extra `spelling`; without it, or
without a dictionary for a language, nothing can be said of its words.
"""

from __future__ import annotations

import glob
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuilder.languages import lookup

if TYPE_CHECKING:
    from hunspell import Hunspell

_MOST = 2  # dictionaries of a language that are asked
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Where systems, LibreOffice and macOS keep dictionaries; `*` stands for any folder.
_PLACES = (
    "~/.local/share/hunspell",
    "/usr/share/hunspell",
    "/usr/local/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/lib/libreoffice/share/extensions/dict-*",
    "/opt/libreoffice*/share/extensions/dict-*",
    "~/Library/Spelling",
    "/Library/Spelling",
    "/opt/homebrew/share/hunspell",
    "/Applications/LibreOffice.app/Contents/Resources/extensions/dict-*",
    "C:/Program Files/LibreOffice/share/extensions/dict-*",
)


class Dictionary:
    """The words of a language, of all the `lists` that have them. `name` is the dictionary's, as `en_US`, `letters` are those
    that its words are written with."""

    def __init__(self, name: str, lists: Sequence[Hunspell], letters: str) -> None:
        self.name = name
        self._lists = lists
        self._letters = letters
        self._known: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Whether a word is one, with capitals where a sentence or a name has them."""
        if word not in self._known:
            self._known[word] = any(words.spell(word) for words in self._lists)
        return self._known[word]

    def near(self, word: str) -> list[str]:
        """Words that one slip of the hand makes the word of: two letters changed over, one missing, one too many, another
        one; the likeliest first. The word is no word itself."""
        slips = dict.fromkeys(self._slips(word))
        near = [other for other in slips if any(words.spell(other) for words in self._lists)]
        if len(near) > 1:  # Hunspell takes its time, and knows best
            likely = {other: n for n, other in enumerate(self._lists[0].suggest(word))}
            bare = _bare(word)  # an accent that is missing is the likeliest of all
            near.sort(key=lambda other: (_bare(other) != bare, likely.get(other, len(likely))))
        return near

    def _slips(self, word: str) -> Iterator[str]:
        parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
        yield from (a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1)
        yield from (a + letter + b for a, b in parts for letter in self._letters)
        yield from (a + b[1:] for a, b in parts if b and len(word) > 3)
        yield from (a + letter + b[1:] for a, b in parts if b for letter in self._letters)


def _bare(word: str) -> str:
    """A word without its accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


@cache
def dictionary_of(tag: str) -> Dictionary | None:
    """The dictionary of a language by its tag (BCP 47); of the country where the tag has one, and of no other then. None
    where there is none, or nothing to read it with. Where several lie on the machine, a word of any of them is one."""
    try:
        import hunspell  # noqa: F401
    except ImportError:
        return None
    folders = list(_folders())
    for name in _names(tag, folders):
        lists = [words for folder in folders if (words := _read(folder, name)) is not None]
        if lists:
            letters = next((found for folder in folders if (found := _letters(folder / f"{name}.aff"))), "")
            return Dictionary(name, lists[:_MOST], letters or _LETTERS)
    return None


def _read(folder: Path, name: str) -> Hunspell | None:
    """The dictionary of that name in a folder; None where there is none that can be used."""
    from hunspell import Hunspell, HunspellFilePathError

    if not ((folder / f"{name}.dic").is_file() and (folder / f"{name}.aff").is_file()):
        return None
    try:
        return Hunspell(name, hunspell_data_dir=str(folder))
    except (HunspellFilePathError, OSError, UnicodeError, ValueError):
        return None  # broken, or in an encoding that nothing here knows


def _letters(path: Path) -> str:
    """The letters that a dictionary tries words with, by the rules that lie beside it; "" where they do not say."""
    try:
        rules = path.read_bytes()
    except OSError:
        return ""
    said = re.search(rb"^TRY[ \t]+(\S+)", rules, re.MULTILINE)
    encoding = re.search(rb"^SET[ \t]+(\S+)", rules, re.MULTILINE)
    try:
        letters = said[1].decode(encoding[1].decode("ascii") if encoding else "latin-1") if said else ""
    except (LookupError, UnicodeDecodeError):
        return ""
    return "".join(dict.fromkeys(letter for letter in letters.lower() if letter.isalpha()))


def _folders() -> Iterator[Path]:
    given = [place for place in os.environ.get("DICPATH", "").split(os.pathsep) if place]
    for place in (*given, *_PLACES):
        yield from map(Path, sorted(glob.glob(os.path.expanduser(place))))
    yield Path(sys.modules["hunspell"].__file__ or "").parent / "dictionaries"


def _names(tag: str, folders: list[Path]) -> Iterator[str]:
    """What the dictionary of a language may be called, the likeliest first."""
    tags = lookup(tag)
    countries = [name for name in tags if name.partition("-")[2]]
    for name in countries or [_likely(tags[-1])]:
        yield from (name.replace("-", "_"), name, f"{name.replace('-', '_')}_frami")
    yield tags[-1]  # for all countries
    if not countries:
        found = {path.stem for folder in folders for path in folder.glob(f"{tags[-1]}[_-]*.dic")}
        yield from sorted(name for name in found if not name.startswith("hyph"))


def _likely(language: str) -> str:
    """The language with the country where most people write it, as CLDR has it."""
    from babel.core import get_global

    *_, country = get_global("likely_subtags").get(language, language).split("_")
    return f"{language}-{country}" if country != language else language
