"""The fonts of a template's texts: what they are called, and how far apart they set lines."""

from __future__ import annotations

from dataclasses import replace

from deckbuilder.theme.corporate.layout import CorporateLayout
from deckbuilder.theme.corporate.text import Looks
from deckbuilder.theme.faces import LINE_PITCH
from deckbuilder.theme.fonts import Fonts


def faces_of(layout: CorporateLayout) -> tuple[str, str]:
    """The families that the layout's title and body are set in."""
    body = next(iter(layout.mains or layout.bodies), None)
    given = (layout.title.looks[0].face if layout.title else "+mj-lt", body.looks[0].face if body else "+mn-lt")
    heading, text = (own if face.startswith("+") else face for face, own in zip(given, layout.fonts, strict=True))
    return heading, text


def spaced(layout: CorporateLayout, fonts: Fonts) -> CorporateLayout:
    """The layout with its lines as far apart as its fonts set them: those that are taller than is reckoned with have their
    own line height in the spacing, which is that of points then, so that it stays the same in copies."""

    def apart(look: Looks) -> Looks:
        own = dict(zip(("+mj-lt", "+mn-lt"), layout.fonts, strict=True))
        face = fonts.face(own.get(look.face, look.face))
        if look.exact or not face.tall:
            return look
        return replace(look, spacing=look.spacing * face.line_height / LINE_PITCH, exact=True)

    holders = tuple(replace(h, looks=tuple(map(apart, h.looks))) for h in layout.holders)
    return layout if holders == layout.holders else replace(layout, holders=holders)
