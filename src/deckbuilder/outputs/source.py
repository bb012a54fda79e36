"""What any output may use of a build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from deckbuilder.content.deck import Deck, GuideLayout
from deckbuilder.content.pictures import PictureFile
from deckbuilder.content.printing import Printing
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.session import Session
from deckbuilder.frozen import dataclass
from deckbuilder.labels import Labels
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.tree import NONE_YET, Documents
from deckbuilder.theme.theme import Theme


def template_files(folder: Path) -> list[Path]:
    """The files among a folder's templates, those in folders within it too, from where others include them."""
    return sorted(folder.rglob("*.xml"))


def template_folders(deck: Path | None, theme: Path) -> tuple[Path, ...]:
    """Where a deck's own templates lie, and its theme pack's, given their folders; None for the theme pack's alone."""
    return tuple(folder / "templates" for folder in (deck, theme) if folder is not None)


@dataclass(frozen=True)
class SetPages:
    """What is known of a document once it is set: how many pages it has, on which its `anchors` stand, by name, and its
    `thumbnails`, by the slide's number. `rests` is how much of a page was left free, as a fraction of its height, where
    what follows did not fit; pages that end where a new one was asked for are not in it, nor is the last. `looks` tells pages
    apart, where the document was only set: two pages of the same look show the same."""

    count: int
    anchors: Mapping[str, int]
    thumbnails: Mapping[int, int]
    rests: Mapping[int, float]
    looks: Mapping[int, str]


@dataclass(frozen=True)
class Source:
    """A deck, arranged for a theme, with what its outputs are made by. `name` is the deck's, which files are called by;
    `session` None without one. `frames` are the slides; `prints` the same as a handout prints them, where it does.
    `templates` are folders to look for documents' templates in, the first first. `moment` is the time that files
    carry, None for none.

    `notes` False leaves speaker notes out of the deck, `originals` keeps pictures as they are in it; `guide` is
    the guide's layout, None for what deck and theme say. `documents` are known once they are checked, the pages of handout and
    guide (`pages`, `guide_pages`) once they are set.
    """

    name: str
    deck: Deck
    session: Session | None
    schedule: Schedule
    frames: Sequence[SlideFrame]
    prints: Sequence[SlideFrame]
    pictures: Mapping[str, PictureFile]
    theme: Theme
    labels: Labels
    images: Images
    printing: Printing
    moment: dt.datetime | None
    templates: tuple[Path, ...] = ()
    notes: bool = True
    originals: bool = False
    guide: GuideLayout | None = None
    documents: Documents = NONE_YET
    pages: SetPages | None = None
    guide_pages: SetPages | None = None
