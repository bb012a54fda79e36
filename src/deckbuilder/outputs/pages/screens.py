"""The slides themselves as a PDF, one a page, each page a slide: for e-mail, and for rooms without PowerPoint."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reportlab.platypus import Flowable, PageBreak

from deckbuilder.labels import Labels
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.pages.document import Story
from deckbuilder.outputs.pages.pictured import Thumbnail
from deckbuilder.outputs.pages.slideprints import slide_in_words
from deckbuilder.outputs.pages.style import PageStyle
from deckbuilder.outputs.pages.tagging.structure import Node
from deckbuilder.outputs.pages.waypoints import Bookmark


def screens(
    page: PageStyle, frames: Sequence[SlideFrame], sections: Sequence[str], images: Images, labels: Labels
) -> Story:
    """A page for each slide that is projected, with what it says as its alternative text. `sections` are their titles."""
    root = Node("Document")
    flow: list[Flowable] = []
    for section, own in groupby((f for f in frames if not f.notes_only and not f.hidden), lambda f: f.section):
        node = root.add("Sect")
        for number, frame in enumerate(own):
            title = frame.title.replace("\n", " ")
            figure = node.add("Figure", alt=slide_in_words(frame, labels))
            flow += [PageBreak()] if flow else []
            if not number:
                flow.append(Bookmark(f"section-{frame.number}", sections[section - 1], 0))
            flow.append(Bookmark(f"slide-{frame.number}", f"{frame.number}  {title}", 1))
            flow.append(Thumbnail(frame, page.theme, images, page.width, None, figure))
    return Story(flow, root, {})
