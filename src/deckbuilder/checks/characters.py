"""Characters that cannot be set, reported where they were written.

Every text of a deck and its session is asked for, not only what comes to stand on slides: notes,
cues, glossary and references are set in the documents.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.content.base import Model
from deckbuilder.content.leaves import leaves
from deckbuilder.content.text import Text
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.languages.unspaced import can_break_unspaced, is_unspaced
from deckbuilder.source import Position, position_of
from deckbuilder.theme.characters import complex_script, named, unsupported_script
from deckbuilder.theme.fonts import Fonts
from deckbuilder.theme.machine import family_for, own_folder

# Fields that are never drawn, or that repeat what is.
_NOT_DRAWN = {"alt", "file", "after", "current"}
_OVERRIDES = "\u202d\u202e"  # they turn the order of letters in PowerPoint, and show nothing
_SHOWN = 5  # characters a message lists


def check_characters(content: Model, fonts: Fonts, problems: Diagnostics) -> None:
    """Reports every text in which there are characters that no font draws, or of a script that
    cannot be set: an error for each text, at its place or, where that is not known, its slide's."""
    fine = {"\n", "\t"}
    for words, at in _texts(content):
        new = set(words).difference(fine)
        if not new:
            continue
        wrong = [c for c in dict.fromkeys(words) if c in new and not _can_be_set(c, fonts)]
        fine |= new.difference(wrong)
        shaped = [c for c in wrong if unsupported_script(c)]
        unspaced = [c for c in wrong if is_unspaced(c) and not can_break_unspaced()]
        unknown = [c for c in wrong if c not in shaped and c not in unspaced]
        if shaped:
            scripts = sorted({str(unsupported_script(c)) for c in shaped})
            those = f"{scripts[0]} script is" if len(scripts) == 1 else f"scripts {', '.join(scripts)} are"
            problems.error(
                "unsupported-script",
                f"the {those} not supported yet: {_listed(shaped)}",
                at,
                "scripts that are written in columns, and letters that are put together of others, would come out wrong in the "
                "PDF files; show the words as a picture",
            )
        if unspaced:
            problems.error(
                "unsupported-script",
                f"nothing here tells where words end in {' and '.join(sorted({str(complex_script(c)) for c in unspaced}))}, "
                f"which is written without spaces: {_listed(unspaced)}",
                at,
                "install the dictionaries: pip install 'facilitator-deckbuilder[icu]'",
            )
        if unknown and not any(map(str.isprintable, unknown)):
            problems.error(
                "invisible-character",
                f"the text has characters that show nothing: {_listed(unknown)}",
                at,
                "remove them",
            )
        elif unknown:
            problems.error(
                "no-font-for-character",
                f"no font can draw {_listed(unknown)}",
                at,
                _way_out(unknown),
            )


def _way_out(characters: list[str]) -> str:
    families = dict.fromkeys(filter(None, map(family_for, characters)))
    install = ", ".join(f"{family}-Regular.ttf" for family in families)
    found = (
        f"install {install} on this machine, into {own_folder()} for instance, "
        if install
        else "write it in another way, "
    )
    return f"{found}or put a .ttf file that has it into the theme pack, under typography.fonts"


def _can_be_set(character: str, fonts: Fonts) -> bool:
    return settable(character) and character not in _OVERRIDES and not fonts.lacks(character)


def settable(character: str) -> bool:
    """Whether it is of a script that can be set, given a font that has it."""
    return unsupported_script(character) is None and (not is_unspaced(character) or can_break_unspaced())


def _texts(content: Model) -> Iterator[tuple[str, Position | None]]:
    """Every text and every string in a model that is drawn somewhere, with its place."""
    for value, _, at in leaves(content, without=_NOT_DRAWN):
        if isinstance(value, Text):
            yield "\n".join("".join(run.said for run in p.runs if not run.formula) for p in value), value.at or at
        elif isinstance(value, str):
            yield value, position_of(value) or at


def _listed(characters: list[str]) -> str:
    """The first few, and how many there are beside them."""
    more = f" and {len(characters) - _SHOWN} more" if len(characters) > _SHOWN else ""
    return ", ".join(map(named, characters[:_SHOWN])) + more
