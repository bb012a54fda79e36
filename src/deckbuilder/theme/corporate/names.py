"""What the layouts of templates are called, in the languages of the programs and the people that name them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.frozen import dataclass
from deckbuilder.reading.yaml import parse_yaml
from deckbuilder.theme.roles import LayoutRole

_OTHER = "other"
_LONG = 6
# Scripts that write words without spaces, or with particles on them: their words are looked for anywhere in a name.
_JOINED = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class Names:
    """What layouts of one role are called: PowerPoint's `type` for them, whole names, and words within names."""

    type: str
    standard: frozenset[str]
    words: tuple[str, ...]

    def whole(self, name: str) -> bool:
        """Whether a layout's name is one of these."""
        return plain(name) in self.standard

    def within(self, name: str) -> bool:
        """Whether one of the words is in a layout's name."""
        spaced = f" {plain(name)} "
        for word in self.words:
            joined = _JOINED.search(word) is not None
            # Long words are found at the head of compounds too: "Kapiteltrenner".
            if (word if joined else f" {word}" if len(word) >= _LONG else f" {word} ") in spaced:
                return True
        return False


@cache
def names() -> dict[LayoutRole, Names]:
    """The names of each role's layouts."""
    return {LayoutRole.parse(key): value for key, value in _read().items() if key != _OTHER}


@cache
def others() -> Names:
    """The words of layouts that are for something else: thanks, quotes, pictures."""
    return _read()[_OTHER]


@cache
def plain(name: str) -> str:
    """A layout's name in small letters, without what programs put before and people between its words: "1_Title Slide",
    "SECTION_HEADER"."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", name)).casefold()
    name = re.sub(r"^\s*\d+[_.\-–)]\s*", "", name)
    return " ".join(re.sub(r"[_\-–—/|:()\[\]]+", " ", name).split())


@cache
def _read() -> dict[str, Names]:
    text = files("deckbuilder.theme.corporate").joinpath("names.yaml").read_text("utf-8")
    given = parse_yaml(text, "names.yaml", Diagnostics())
    return {
        str(key): Names(
            str(value.get("type", "")),
            frozenset(plain(str(name)) for name in value.get("standard", ())),
            tuple(plain(str(word)) for word in value["words"]),
        )
        for key, value in given.items()
    }
