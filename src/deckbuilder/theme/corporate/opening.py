"""A corporate template opened: what cannot be used is refused here, with the reason and a way out."""

from __future__ import annotations

from pathlib import Path

from deckbuilder.diagnostics import fail
from deckbuilder.ooxml.package import Package, PackageError, TooLarge
from deckbuilder.ooxml.presentation import layouts, masters, slide_size
from deckbuilder.ooxml.reading import main_part, read_presentation
from deckbuilder.source import Position

_SMALLEST = (320.0, 240.0)  # points; where twelve lines of 18 points have no room, nothing is projected


def read_package(path: Path, at: Position | None) -> Package:
    """The template at the path. DeckError, with the reason and what to do, for one that cannot be used; what is read of it
    later, and what decks take over from it, is there and well-formed."""
    name = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise fail("file-unreadable", f"the template '{name}' cannot be read: {error.strerror or error}", at) from error
    try:
        package = read_presentation(data)
        _check(package)
    except PackageError as error:
        code = "file-too-large" if isinstance(error, TooLarge) else "corporate-unusable"
        raise fail(code, f"the template '{name}' {error.what}", at, error.hint) from error
    return package


def _check(package: Package) -> None:
    """PackageError where a part is missing or broken that a theme or a deck is made of, or slides are too small for text."""
    width, height = slide_size(package)
    if width < _SMALLEST[0] or height < _SMALLEST[1]:
        raise PackageError(
            f"has slides of {width:.0f} by {height:.0f} points, which are too small for a deck's texts",
            "in PowerPoint: Design, Slide Size, Widescreen, and 'Ensure Fit'; then save it",
        )
    own = masters(package)
    if not any(layouts(package, master) for master in own):
        raise PackageError("has no slide layouts", "take a file that was made in PowerPoint")
    for master in own:
        looks = master.relations_of("theme")
        if not looks:
            raise PackageError(f"is damaged: its part {master.name} has no theme")
        for name in (looks[0], *master.relations_of("slideLayout")):
            if name in package.parts or name == looks[0]:
                package.xml(name)
    for name in main_part(package).relations_of("tableStyles"):
        package.xml(name)
