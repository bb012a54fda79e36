"""Slides as pages: titles found, pictures with their captions and credits, typed bullets as lists, slides that go on put
together, and what a series of slides has in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from deckbuilder.content.pasted import BULLETS
from deckbuilder.importing.direction import mirrored, runs_backwards
from deckbuilder.importing.kinds.shared import broken, cut, listed
from deckbuilder.importing.old import Image, Left, Line, OldDeck, Shape, Slide, Words
from deckbuilder.importing.page import Page
from deckbuilder.importing.terms import ABOUT_PHOTO, ASKING, CONTINUED, COPYRIGHT, COUNTED, CREDIT

_TITLES = ("title", "ctrTitle")
_TYPED = re.compile(rf"^\s*(?:[{BULLETS}✓✔→o](?=\s)|[-–—*](?=\s))\s*")
_NUMBERED = re.compile(r"^\s*\(?(\d{1,2})[.)]\s+(?=\S)")
_NEAR = 46.0  # points between a picture and what belongs to it


def pages_of(deck: OldDeck) -> list[Page]:
    """The deck's slides as pages."""
    pages = [_page(slide, deck, n) for n, slide in enumerate(deck.slides)]
    pages = _put_together(pages)
    pages = [replace(page, place=n, count=len(pages)) for n, page in enumerate(pages)]
    return _all_titled(_in_series(pages))


def _all_titled(pages: Sequence[Page]) -> list[Page]:
    """The pages, those without a title with that of the page before."""
    out: list[Page] = []
    for page in pages:
        if not page.title and out and out[-1].title and page.blocks:
            left = Left("a guess: the slide has no title, and gets that of the slide before")
            out.append(replace(page, title=out[-1].title, left=(*page.left, left)))
        else:
            out.append(page)
    return out


def _page(slide: Slide, deck: OldDeck, place: int) -> Page:
    shapes = list(slide.shapes)
    if runs_backwards(shapes, deck.language):
        shapes = mirrored(shapes, deck.width)  # so that rules of kinds know of one direction only
    left: list[Left] = []
    title = next((s for s in shapes if s.holder in _TITLES and s.lines), None)
    if title is None:
        title = _looks_like_title(shapes, deck)
        if title is not None:
            left.append(Left("a guess: the title is a box of text on top"))
    blocks = _typed_together([s for s in shapes if s is not title])
    blocks = [replace(s, content=Words(_lists(s.lines, left))) if s.lines else s for s in blocks]
    blocks = _with_captions(blocks)
    return Page(
        slide, title.lines if title else (), tuple(blocks), deck.language, place, len(deck.slides), deck.width, deck.height,
        left=tuple(left),
    )  # fmt: skip


def _looks_like_title(shapes: Sequence[Shape], deck: OldDeck) -> Shape | None:
    """A box of text that is set as a title is: a short line at the top, the largest of all or bold."""
    texts = [s for s in shapes if s.lines and s.rect is not None and s.holder not in ("ftr", "dt", "sldNum")]
    if not texts:
        return None
    first = min(texts, key=lambda s: (s.rect.y if s.rect else 0, s.rect.x if s.rect else 0))
    largest = max(texts, key=lambda s: max(line.size for line in s.lines))
    for shape in dict.fromkeys((largest, first)):
        size = max(line.size for line in shape.lines)
        others = max((line.size for s in texts if s is not shape for line in s.lines), default=0.0)
        words = " ".join(line.words for line in shape.lines)
        short = len(words) <= 90 and len(shape.lines) <= 2 and not any(line.marker for line in shape.lines)
        high = shape.rect is not None and shape.rect.y < 0.35 * deck.height
        alone = len(texts) == 1
        if short and ((high and size >= others) or (size >= 1.25 * others and others > 0) or (alone and size >= 28)):
            return shape
    return None


def _typed_together(shapes: Sequence[Shape]) -> list[Shape]:
    """The shapes, with boxes one after the other that hold nothing but items with typed bullets as one list."""
    out: list[Shape] = []
    for shape in shapes:
        typed = bool(shape.lines) and all(_TYPED.match(line.plain) and not line.marker for line in shape.lines)
        if typed and out and out[-1].lines and all(_TYPED.match(line.plain) for line in out[-1].lines):
            out[-1] = out[-1].saying((*out[-1].lines, *shape.lines))
        else:
            out.append(shape)
    return out


def _lists(lines: Sequence[Line], left: list[Left]) -> tuple[Line, ...]:
    """The lines with bullets and numbers that somebody typed as markers."""
    bullets = [bool(_TYPED.match(line.plain)) and not line.marker for line in lines]
    numbers = [_NUMBERED.match(line.plain) if not line.marker else None for line in lines]
    counted = [int(found[1]) for found in numbers if found]
    blanks = [len(line.plain) - len(line.plain.lstrip()) for line in lines]
    widths = sorted({blank for blank, bullet in zip(blanks, bullets, strict=True) if bullet})
    out = []
    for line, bullet, number, blank in zip(lines, bullets, numbers, blanks, strict=True):
        found = _TYPED.match(line.plain)
        if bullet and found and (sum(bullets) > 1 or found[0].strip() in tuple(BULLETS)):
            level = max(line.level, widths.index(blank))  # items further in are typed so with blanks before them
            out.append(replace(cut(line, found.end(), len(line.plain)), marker="bullet", level=level))
        elif bullet is False and found and line.marker == "bullet" and found[0].strip() in tuple(BULLETS):
            out.append(cut(line, found.end(), len(line.plain)))
        elif number and len(counted) > 1 and counted == list(range(counted[0], counted[0] + len(counted))):
            left.append(Left("a number that was typed before an item; lists count by themselves", number[1]))
            out.append(replace(cut(line, number.end(), len(line.plain)), marker="number", number=int(number[1])))
        else:
            out.append(line)
    return tuple(line for line in out if line.plain.strip())


def _with_captions(blocks: Sequence[Shape]) -> list[Shape]:
    """The blocks with short texts that belong to a picture as its caption and its credit."""
    images = [s for s in blocks if isinstance(s.content, Image)]
    if not images:
        return list(blocks)
    taken: dict[int, tuple[list[Line], list[Line]]] = {}
    gone: set[int] = set()
    kept: dict[int, tuple[Line, ...]] = {}
    for shape in blocks:
        if not shape.lines:
            continue
        lines = (
            [piece for line in shape.lines for piece in broken(line)] if len(shape.lines) <= 3 else list(shape.lines)
        )
        about = [line for line in lines if _is_credit(line)]
        rest = [line for line in lines if line not in about]
        image = _nearest(shape, images)
        if about and image is not None and (not rest or len(shape.lines) > 3):
            taken.setdefault(id(image), ([], []))[1].extend(about)
            if rest:
                kept[id(shape)] = tuple(line for line in shape.lines if not _is_credit(line))
            else:
                gone.add(id(shape))
        elif image is not None and _is_caption(shape, image):
            taken.setdefault(id(image), ([], []))[0].extend(rest)
            taken[id(image)][1].extend(about)
            gone.add(id(shape))
    out = []
    for shape in blocks:
        if id(shape) in gone:
            continue
        if isinstance(shape.content, Image) and id(shape) in taken:
            caption, credit = taken[id(shape)]
            out.append(replace(shape, content=replace(shape.content, caption=tuple(caption), credit=tuple(credit))))
        elif id(shape) in kept:
            out.append(replace(shape, content=Words(kept[id(shape)])))
        else:
            out.append(shape)
    return out


def _is_credit(line: Line) -> bool:
    words = line.words
    if len(words) > 140 or line.marker:
        return False
    return bool(CREDIT.match(words) and (ABOUT_PHOTO.search(words))) or (
        bool(COPYRIGHT.search(words)) and len(words) < 90
    )


def _nearest(shape: Shape, images: Sequence[Shape]) -> Shape | None:
    if shape.rect is None:
        return images[0] if len(images) == 1 else None
    here = shape.rect

    def away(image: Shape) -> float:
        r = image.rect
        if r is None:
            return 1e6
        return abs(r.x + r.width / 2 - here.x - here.width / 2) + abs(r.y + r.height / 2 - here.y - here.height / 2)

    return min(images, key=away)


def _is_caption(shape: Shape, image: Shape) -> bool:
    """Whether a text stands right below or above a picture, as wide as it, and is short."""
    a, b = shape.rect, image.rect
    words = " ".join(line.words for line in shape.lines)
    if a is None or b is None or len(words) > 160 or len(shape.lines) > 3 or any(line.marker for line in shape.lines):
        return False
    shared = min(a.right, b.right) - max(a.x, b.x)
    below = -8 <= a.y - b.bottom <= _NEAR
    small = max((line.size for line in shape.lines), default=0) <= 20
    return (
        below
        and small
        and shared > 0.5 * min(a.width, b.width)
        and a.width <= 1.6 * b.width
        and not words.endswith(tuple(ASKING))
    )


def base_title(words: str) -> str:
    """A title without the count of its series, and without the word that it goes on."""
    return COUNTED.sub("", CONTINUED.sub("", words)).strip(" -–—:") or words


def _put_together(pages: Sequence[Page]) -> list[Page]:
    """The pages without counts in their titles; those that go on with a list put together."""
    out: list[Page] = []
    for page in pages:
        words = page.heading
        base = base_title(words)
        one = page
        if words and base != words and len(base) > 2:
            whole = Line(tuple(run for line in page.title for run in line.runs))
            end = whole.words.find(base) if base in whole.words else -1
            head = (
                cut(whole, end, end + len(base))
                if end >= 0 and whole.words == whole.plain
                else replace(whole, runs=(replace(whole.runs[0], text=base),))
            )
            said = words.replace(base, "", 1).strip()
            one = replace(
                page,
                title=(head,),
                left=(*page.left, Left("a count of slides in a title, which slides make by themselves", said)),
            )
        before = out[-1] if out else None
        if before is not None and CONTINUED.search(words) and _goes_on(before, one):
            blocks = (
                *before.blocks[:-1],
                replace(before.blocks[-1], content=Words((*before.blocks[-1].lines, *one.lines))),
            )
            left = (*before.left, *one.left, Left("a title that is said once", one.heading))
            both = replace(
                before.slide,
                notes=(*before.slide.notes, *one.slide.notes),
                left=(*before.slide.left, *one.slide.left),
                said=before.slide.said + one.slide.said,
            )
            out[-1] = replace(before, slide=both, blocks=blocks, left=left)
            continue
        out.append(one)
    return out


def _goes_on(before: Page, page: Page) -> bool:
    """Whether a page's list goes on with that of the page before."""
    same = base_title(before.heading).casefold() == base_title(page.heading).casefold()
    alike = before.slide.hidden == page.slide.hidden and before.slide.section == page.slide.section
    lists = listed(page.lines) and len(before.blocks) > 0 and listed(before.blocks[-1].lines) and len(page.blocks) == 1
    return same and alike and lists


def _in_series(pages: Sequence[Page]) -> list[Page]:
    """The pages with what those of one title, one after another, have in common."""
    out: list[Page] = []
    for key, group in groupby(pages, key=lambda page: page.heading.casefold()):
        members = list(group)
        if len(members) < 2 or not key:
            out += members
            continue
        firsts = [page.lines[0].words for page in members if page.lines]
        lead = next((words for words in dict.fromkeys(firsts) if firsts.count(words) >= 3 and words), "")
        names = _stage_names(members)
        for n, page in enumerate(members):
            named = names if page.lines and page.lines[0].words in names else ()
            out.append(replace(page, series=True, lead=lead, names=named, before=members[n - 1].title if n else ()))
    return out


def _stage_names(pages: Sequence[Page]) -> tuple[str, ...]:
    """The names that three to five pages in a row each have above their text, a word or two; () without."""
    names = []
    for page in pages:
        lines = page.lines
        name = lines[0].words if len(lines) > 1 and not lines[0].marker else ""
        if (
            name
            and len(name.split()) <= 2
            and not name.endswith((*ASKING, ".", ":"))
            and not any(x.marker for x in lines)
        ):
            names.append(name)
    return tuple(names) if 3 <= len(names) <= 5 and len(set(names)) == len(names) else ()
