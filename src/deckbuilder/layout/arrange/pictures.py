"""Pictures in their places: cropped around their focus until they fill them, or whole and flush with the outer margin.

A whole picture leaves room free in its place by crops below 0, as PowerPoint's own *Crop → Fit* does, so that its place
stays the layout's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from deckbuilder.content.pictures import Picture, PictureFile
from deckbuilder.layout.arrange.draft import Draft
from deckbuilder.layout.frame import LaidText
from deckbuilder.theme.roles import CAPTION, PlaceholderRole
from deckbuilder.theme.theme import Placeholder, SlideLayout
from deckbuilder.units import Rect

Crop = tuple[float, float, float, float]

_ABOVE = 6.0  # points between a picture and the caption below it
_NEXT = 24.0  # points up to which a place is the next one below a picture
_CENTRE = 0.4  # a little above the middle
MOSTLY = 0.6  # the share of a picture, one of several, that has to be left of it where it is cropped
_STEP = 12.0  # points between the heights that captions may have: each is a layout


def in_full(source: Picture, file: PictureFile) -> bool:
    """Whether all of a picture is shown in any place: its author says so, or it is a diagram or a screenshot."""
    return source.fit == "whole" or (source.fit is None and file.flat)


def shown_whole(draft: Draft, holder: Placeholder, file: PictureFile) -> bool:
    """Whether a slide shows all of the picture in that place."""
    role = holder.role
    source = draft.pictures[role]
    assert isinstance(source, Picture)
    if role in draft.filled:
        return source.fit == "whole"
    mostly = role in draft.mostly and source.fit is None and kept(file.aspect, holder.rect) < MOSTLY
    return mostly or in_full(source, file) or (role in draft.whole and source.fit is None)


def kept(aspect: float, rect: Rect) -> float:
    """The share of a picture that is still seen when it is cropped to fill a box."""
    target = rect.width / rect.height
    return min(aspect / target, target / aspect)


def least_share(draft: Draft, layout: SlideLayout, files: Mapping[str, PictureFile], slide: float) -> float:
    """The share of a slide of that area that the smallest of a draft's pictures would take; 1 without pictures."""
    shares = [1.0]
    for role, source in draft.pictures.items():
        if isinstance(source, Picture):
            holder, file = layout.placeholder(role), files[source.file]
            rect = whole_place(layout, holder, file.aspect) if shown_whole(draft, holder, file) else holder.rect
            shares.append(rect.width * rect.height / slide)
    return min(shares)


def with_captions(layout: SlideLayout, texts: Mapping[PlaceholderRole, LaidText]) -> SlideLayout:
    """The layout with each picture as large as the captions of a slide allow: captions that lie in their pictures' places
    take of the foot what the longest of a row needs, and nothing where there are none. One on a strip of its own lies on its
    picture, and stays as it is. Where nothing is said below a picture, in a place as wide, it reaches to the foot of that."""
    layout = _reaching(layout, texts)
    captioned = [
        (p, c) for p in layout.placeholders if (c := layout.caption(p)) and not c.fill and _lies_in(c.rect, p.rect)
    ]
    high: dict[float, float] = {}
    for _, caption in captioned:
        if caption.role in texts:
            insets = caption.rect.height - caption.room.height
            needed = math.ceil((texts[caption.role].height + insets) / _STEP) * _STEP
            high[caption.rect.bottom] = max(high.get(caption.rect.bottom, 0.0), min(caption.rect.height, needed))
    changed: dict[PlaceholderRole, Placeholder] = {}
    for picture, caption in captioned:
        if caption.rect.bottom in high:
            top = caption.rect.bottom - high[caption.rect.bottom]
            changed[caption.role] = replace(
                caption, rect=replace(caption.rect, y=top, height=caption.rect.bottom - top)
            )
            changed[picture.role] = replace(picture, rect=picture.rect.with_bottom(top - _ABOVE))
    if not changed:
        return layout
    return replace(layout, placeholders=tuple(changed.get(p.role, p) for p in layout.placeholders))


def _reaching(layout: SlideLayout, texts: Mapping[PlaceholderRole, LaidText]) -> SlideLayout:
    """The layout, pictures reaching down over places for texts that are not there; a template's own stay as they are."""
    if layout.host:
        return layout
    changed: dict[PlaceholderRole, Placeholder] = {}
    for picture in (p for p in layout.placeholders if p.type == "picture"):
        caption, rect = layout.caption(picture), picture.rect
        for below in layout.placeholders:
            place = below.rect
            free = below.type == "body" and below.role not in texts and below.role.base != CAPTION.base
            if free and 0 <= place.y - rect.bottom < _NEXT and place.x == rect.x and place.width == rect.width:
                changed[picture.role] = replace(picture, rect=rect.with_bottom(place.bottom))
                if caption and _lies_in(caption.rect, rect):
                    low = replace(caption.rect, y=place.bottom - caption.rect.height)
                    changed[caption.role] = replace(caption, rect=low)
    if not changed:
        return layout
    return replace(layout, placeholders=tuple(changed.get(p.role, p) for p in layout.placeholders))


def whole_in(layout: SlideLayout, holder: Placeholder, aspect: float) -> Crop:
    """The room that a whole picture leaves free in its place, as negative crops."""
    rect, place = holder.rect, whole_place(layout, holder, aspect)
    return (
        (rect.x - place.x) / place.width,
        (rect.y - place.y) / place.height,
        (place.right - rect.right) / place.width,
        (place.bottom - rect.bottom) / place.height,
    )


def whole_place(layout: SlideLayout, holder: Placeholder, aspect: float) -> Rect:
    """Where a whole picture of that aspect stands: as large as its place allows, at the side of the place that is the
    outer one. Above a caption it ends where its place does, beside text it begins there, and alone it is at the optical
    centre."""
    rect = holder.rect
    width, height = min(rect.width, rect.height * aspect), min(rect.height, rect.width / aspect)
    others = [p.rect for p in layout.placeholders if p.type != "title" and p.role != holder.role]
    beside = [r for r in others if r.y < rect.bottom and r.bottom > rect.y]
    several = sum(p.type == "picture" for p in layout.placeholders) > 1  # in columns, each above its caption
    x = rect.right - width if not several and any(r.right <= rect.x for r in beside) else rect.x
    caption = layout.caption(holder)
    ends = caption is not None and caption.rect.y >= rect.bottom
    free = rect.height - height
    return Rect(x, rect.y + free * (1.0 if ends else 0.0 if beside else _CENTRE), width, height)


def cropped(picture: Picture, aspect: float, rect: Rect) -> Crop:
    """What to cut off so that the picture fills the box and its focus stays in view."""
    target = rect.width / rect.height
    across, down = picture.focus
    if aspect > target:
        keep = target / aspect
        left = min(max(across - keep / 2, 0.0), 1 - keep)
        return (left, 0.0, 1 - keep - left, 0.0)
    keep = aspect / target
    top = min(max(down - keep / 2, 0.0), 1 - keep)
    return (0.0, top, 0.0, 1 - keep - top)


def _lies_in(caption: Rect, picture: Rect) -> bool:
    """Whether a caption's place is a part of its picture's."""
    return caption.y < picture.bottom and caption.x < picture.right and picture.x < caption.right
