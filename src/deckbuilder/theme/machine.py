"""Fonts of the machine, for letters that no theme has and that none is brought along for.

They are found by the names of their files, which are those of the Noto fonts: what a file holds is known then, and nothing else
is opened. Scripts are here whose words are written with spaces between them; others would be divided at wrong places.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from deckbuilder.memory import Stamp, stamps

# By the first word of their letters' names in Unicode.
_FAMILIES = {
    **{
        name.upper(): f"NotoSans{name}"
        for name in (
            *(
                "Adlam",
                "Bamum",
                "Buhid",
                "Chakma",
                "Cherokee",
                "Deseret",
                "Hanunoo",
                "Lepcha",
                "Limbu",
                "Lisu",
                "Mandaic",
            ),
            *("Osage", "Samaritan", "Saurashtra", "Sundanese", "Syriac", "Tagalog", "Tagbanwa", "Tifinagh", "Vai"),
        )
    },
    "CANADIAN": "NotoSansCanadianAboriginal",
    "HANIFI": "NotoSansHanifiRohingya",
    "MEETEI": "NotoSansMeeteiMayek",
    "OL": "NotoSansOlChiki",
    "SYLOTI": "NotoSansSylotiNagri",
}
_ENDINGS = ("-Regular.ttf", "-Bold.ttf")


def family_for(character: str) -> str | None:
    """The family, as its files are called, that has the character; None where none is known."""
    return _FAMILIES.get(unicodedata.name(character, "").partition(" ")[0])


class MachineFonts:
    """The fonts of the machine that there are when they are first asked for."""

    def __init__(self) -> None:
        self._files: Mapping[str, Path] | None = None

    @property
    def asked(self) -> bool:
        """Whether they have been asked for: what was made with these depends on what there was."""
        return self._files is not None

    def find(self, character: str, bold: bool) -> Path | None:
        """The file that has the character, if `bold` the bold one where there is one; None where there is none."""
        family = family_for(character)
        if family is None:
            return None
        if self._files is None:
            self._files = _files()
        wanted = [f"{family}{ending}" for ending in (reversed(_ENDINGS) if bold else _ENDINGS)]
        return next((self._files[name] for name in wanted if name in self._files), None)


def machine_stamps() -> tuple[Stamp, ...]:
    """What tells whether the machine's fonts are still the same."""
    return stamps(_files().values())


def own_folder() -> Path:
    """Where somebody puts fonts of their own on this machine."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local")) / "Microsoft/Windows/Fonts"
    return home / ("Library/Fonts" if sys.platform == "darwin" else ".local/share/fonts")


def _folders() -> list[Path]:
    if sys.platform == "win32":
        return [own_folder(), Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    if sys.platform == "darwin":
        return [own_folder(), Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    return [own_folder(), Path.home() / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]


def _files() -> dict[str, Path]:
    """The Noto fonts of the machine, by name; of two the one that is the user's own."""
    found: dict[str, Path] = {}
    for folder in _folders():
        for place, _, names in os.walk(folder):
            for name in names:
                if name.startswith("Noto") and name.endswith(_ENDINGS):
                    found.setdefault(name, Path(place) / name)
    return found
