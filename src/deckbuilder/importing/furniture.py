"""What stands on each slide and is part of none: footers, dates, numbers, copyright lines, logos."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from deckbuilder.frozen import dataclass
from deckbuilder.importing.old import Image, Left, OldDeck, Shape, Slide, Words
from deckbuilder.importing.terms import COPYRIGHT, LICENCE

_HOLDERS = ("ftr", "dt", "sldNum", "hdr")
_NUMBER = re.compile(r"(?:(?:page|slide|seite|folie|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?", re.IGNORECASE)
_PARTS = re.compile(r"\s+[·|•–—]\s+")
_EDGE = 0.14  # of the slide's height: where furniture stands, above or below
_LEAST = 3  # slides that show the same at the same place
_SHARE = 0.2
_MOST = 0.6  # of the slides of a short deck
_LONGEST = 160


@dataclass(frozen=True)
class Furniture:
    """The deck without furniture. `copyright` and `licence` are lines that it says, "" without; `logos` the parts of
    pictures that stand on many slides."""

    deck: OldDeck
    copyright: str = ""
    licence: str = ""
    logos: tuple[str, ...] = ()


def without_furniture(deck: OldDeck) -> Furniture:
    """The deck with what stands on each slide taken off, and told as left out."""
    texts: Counter[str] = Counter()
    pictures: Counter[tuple[str, int, int]] = Counter()
    for slide in deck.slides:
        texts.update({_key(s) for s in slide.shapes if s.lines and s.holder not in ("title", "ctrTitle")})
        pictures.update({_spot(s) for s in slide.shapes if isinstance(s.content, Image)})
    least = max(_LEAST, _SHARE * len(deck.slides))
    rights: Counter[str] = Counter(one for line in deck.standing if (one := _telling(line, COPYRIGHT)))
    licences: Counter[str] = Counter(one for line in deck.standing if (one := _telling(line, LICENCE)))
    logos: Counter[str] = Counter()
    slides = []
    for slide in deck.slides:
        kept: list[Shape] = []
        left: list[Left] = []
        for shape in slide.shapes:
            what = _what(shape, slide, deck, texts, pictures, least)
            if what is None:
                kept.append(shape)
                continue
            left.append(Left(what, _words(shape)))
            rights.update(one for line in shape.lines if (one := _telling(line.words, COPYRIGHT)))
            licences.update(one for line in shape.lines if (one := _telling(line.words, LICENCE)))
            if isinstance(shape.content, Image):
                logos[shape.content.part] += 1
        if not kept or (len(kept) == 1 and kept[0].holder in ("title", "ctrTitle") and not slide.shapes):
            kept = kept or []
        slides.append(replace(slide, shapes=tuple(kept), left=(*slide.left, *left)))
    return Furniture(
        replace(deck, slides=tuple(slides)),
        rights.most_common(1)[0][0] if rights else "",
        licences.most_common(1)[0][0] if licences else "",
        tuple(dict.fromkeys((*(name for name, _ in logos.most_common()), *deck.logos))),
    )


def _what(
    shape: Shape,
    slide: Slide,
    deck: OldDeck,
    texts: Counter[str],
    pictures: Counter[tuple[str, int, int]],
    least: float,
) -> str | None:
    """What furniture the shape is; None where it is none."""
    if shape.holder in _HOLDERS:
        return {"ftr": "the footer", "dt": "the date", "sldNum": "the slide's number", "hdr": "the header"}[
            shape.holder
        ]
    if shape.behind:
        return "a picture behind several slides" if pictures[_spot(shape)] > 1 else None
    if isinstance(shape.content, Image):
        often = pictures[_spot(shape)] >= least and not shape.holder
        return "a picture that stands on many slides" if often and _small(shape, deck) else None
    words = _words(shape)
    if not isinstance(shape.content, Words) or shape.holder in ("title", "ctrTitle") or len(words) > _LONGEST:
        return None
    if _at_edge(shape, deck) and _NUMBER.fullmatch(words) and str(slide.number) in re.findall(r"\d+", words):
        return "the slide's number"
    often = texts[_key(shape)] >= least or (texts[_key(shape)] > 1 and texts[_key(shape)] >= _MOST * len(deck.slides))
    if often and len(shape.lines) <= 3 and (_at_edge(shape, deck) or COPYRIGHT.search(words)):
        return "a line that stands on many slides"
    if _at_edge(shape, deck) and len(shape.lines) <= 3 and COPYRIGHT.search(words) and slide.number > 1:
        return "a copyright line" if not any(isinstance(s.content, Image) for s in slide.shapes) else None
    return None


def _telling(line: str, term: re.Pattern[str]) -> str:
    """The part of a line, between dots or strokes, that says it; "" where none does."""
    return next((part.strip() for part in _PARTS.split(line) if term.search(part)), "")


def _small(shape: Shape, deck: OldDeck) -> bool:
    rect = shape.rect
    return rect is None or rect.width * rect.height < 0.12 * deck.width * deck.height


def _at_edge(shape: Shape, deck: OldDeck) -> bool:
    rect = shape.rect
    return rect is not None and (rect.y > (1 - _EDGE) * deck.height or rect.bottom < _EDGE * deck.height)


def _key(shape: Shape) -> str:
    return re.sub(r"\W+", " ", _words(shape)).strip().casefold()


def _spot(shape: Shape) -> tuple[str, int, int]:
    part = shape.content.part if isinstance(shape.content, Image) else ""
    rect = shape.rect
    return (part, round(rect.x / 20), round(rect.y / 20)) if rect else (part, 0, 0)


def _words(shape: Shape) -> str:
    return " ".join(line.words for line in shape.lines) or getattr(shape.content, "alt", "")
