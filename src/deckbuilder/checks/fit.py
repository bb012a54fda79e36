"""Advice on the room that things have on slides and pages."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuilder.checks.matter import Found, Matter, rule
from deckbuilder.checks.passages import count_words
from deckbuilder.content.kinds import AnySlide, pictures_of
from deckbuilder.content.pictures import PictureFile
from deckbuilder.layout.frame import Item, LaidText, PictureItem, SlideFrame, TableItem, TextItem
from deckbuilder.source import Position
from deckbuilder.theme.roles import KICKER, LABEL

_MOST_POINTS, _MOST_WORDS = 7, 60
_TITLE_LINES = 2
_LEAST_DPI = 150
_LEAST_SHARE = 0.2  # of the slide's area
_EMPTY = 0.5  # of a page
_REAM = 500
_WORD = 60  # letters of one that a message quotes
_FEW = 4  # words of which none can go
_AT_A_GLANCE = ("statement", "quote")
# What is read one by one, or looked up, or is somebody else's.
_MAY_BE_FULL = ("table", "poll", "quiz", "clipping", "references", "credits", "agenda")


@rule("text-set-smaller", of_theme=True)
def smaller(matter: Matter) -> Iterator[Found]:
    for frame in matter.frames:
        shrunk = [(i, t) for i in frame.items for t in _texts(i) if t.shrunk and count_words(t.plain)]
        if not shrunk or frame.part > 1:
            continue
        item, text = max(shrunk, key=lambda pair: count_words(pair[1].plain))
        ours = text.style.levels[0].size
        theirs = ours / text.style.scale
        words = sum(count_words(t.plain) for t in _texts(item))
        fewer = max(1, round(words * (1 - (ours / theirs) ** 2)))
        yield Found(
            f"the {item.placeholder.role.spoken} is set at {ours:g} pt in place of {theirs:g}",
            frame.slide.at,
            f"about {fewer} of its {words} words are over" if words > _FEW else "use shorter words",
        )


def _texts(item: Item) -> list[LaidText]:
    if isinstance(item, TextItem):
        return [item.text]
    return [cell for row in item.rows for cell in row] if isinstance(item, TableItem) else []


@rule("statement-goes-on", of_theme=True)
def statement_goes_on(matter: Matter) -> Iterator[Found]:
    for frame in matter.frames:
        if frame.parts > 1 and frame.part == 1 and frame.slide.kind in _AT_A_GLANCE:
            words = sum(_words(f) for f in matter.frames if f.slide.identity == frame.slide.identity)
            yield Found(
                f"this {frame.slide.kind} has {words} words and takes {frame.parts} slides",
                frame.slide.at,
                "leave the sentence that counts; what explains it goes into 'handout', or onto a slide of its own",
            )


@rule("word-divided", of_theme=True)
def divided(matter: Matter) -> Iterator[Found]:
    for frame in matter.frames:
        for text in (t for item in frame.items for t in _texts(item) if t.torn):
            written = {word for p in text.source for word in p.plain.split()}
            word = next((word for word in text.plain.split() if word not in written), None)
            word = word or max(written, key=len)
            yield Found(
                f"no line holds the word '{word if len(word) <= _WORD else word[:_WORD] + '…'}', which is divided",
                frame.slide.at,
                "use a shorter word, or say where it may be divided: write a hyphen, or a soft one (U+00AD)",
            )


@rule("slide-goes-on", of_theme=True)
def goes_on(matter: Matter) -> Iterator[Found]:
    for first in matter.frames:
        if first.parts > 1 and first.part == 1 and first.slide.kind not in ("references", "credits", *_AT_A_GLANCE):
            rest = [f for f in matter.frames if f.slide.identity == first.slide.identity and f.part > 1]
            words = sum(_words(frame) for frame in rest)
            yield Found(
                f"this {first.slide.kind} slide takes {first.parts} slides",
                first.slide.at,
                f"{words} words stand on the further ones" if words else "make slides of it with titles of their own",
            )


@rule("slide-crowded", of_theme=True)
def crowded(matter: Matter) -> Iterator[Found]:
    for frame in matter.frames:
        if frame.hidden or frame.slide.kind in _MAY_BE_FULL:
            continue
        texts = [i.text for i in frame.items if isinstance(i, TextItem) and i.placeholder.type != "title"]
        lists = [sum(p.marker is not None for p in text.paragraphs) for text in texts]
        # Two lists side by side are taken in one after the other.
        points = max(lists, default=0) if frame.slide.kind in ("comparison", "columns") else sum(lists)
        words = _words(frame)
        over = [f"{points} points" if points > _MOST_POINTS else "", f"{words} words" if words > _MOST_WORDS else ""]
        if any(over):
            yield Found(
                f"{' and '.join(filter(None, over))} are projected on one slide",
                frame.slide.at,
                f"at most {_MOST_POINTS} points and {_MOST_WORDS} words; what is to be read goes into 'handout'",
            )


def _words(frame: SlideFrame) -> int:
    """The words below a slide's title; what stands above it, or says how long and with whom, is no text to be read."""
    return sum(count_words(i.text.plain) for i in frame.items if isinstance(i, TextItem) and _is_read(i))


def _is_read(item: TextItem) -> bool:
    return item.placeholder.type != "title" and item.placeholder.role not in (KICKER, LABEL)


@rule("title-long", of_theme=True)
def long_title(matter: Matter) -> Iterator[Found]:
    for frame in matter.frames:
        asked = {
            _plain(question.ask.plain) for question in frame.slide.questions
        }  # one may be the slide's largest words
        for item in frame.items:
            if isinstance(item, TextItem) and item.placeholder.type == "title" and frame.part == 1:
                if _plain(item.text.plain) in asked:
                    continue
                lines = sum(len(p.lines) for p in item.text.paragraphs)
                if lines > _TITLE_LINES and frame.slide.kind not in ("cover", "section"):
                    title = getattr(frame.slide, "title", None)
                    yield Found(
                        f"this title takes {lines} lines",
                        title.at if title else frame.slide.at,
                        "say the rest below it",
                    )


def _plain(words: str) -> str:
    return " ".join(words.split())


@rule("picture-coarse", of_theme=True)
def coarse(matter: Matter) -> Iterator[Found]:
    for frame, item, file in _pictures(matter):
        if file.path.suffix.lower() == ".svg" or file.format == "svg":
            continue
        left, top, right, bottom = item.crop
        rect = item.placeholder.rect
        dpi = min(file.width * (1 - left - right) / rect.width, file.height * (1 - top - bottom) / rect.height) * 72
        if dpi < _LEAST_DPI:
            wanted = round(file.width * _LEAST_DPI / dpi)
            yield Found(
                f"this picture has {dpi:.0f} pixels an inch at the size it is shown",
                _at(matter, frame.slide, file),
                f"{file.width:.0f} pixels wide now; {wanted} would do",
            )


@rule("picture-small", of_theme=True)
def small(matter: Matter) -> Iterator[Found]:
    whole = matter.theme.width * matter.theme.height
    # Where a picture fills the place that the theme has for it, its size is the theme's.
    places = {p.rect for layout in matter.theme.layouts.values() for p in layout.placeholders if p.type == "picture"}
    for frame, item, file in _pictures(matter):
        left, top, right, bottom = item.crop
        rect = item.placeholder.rect
        if rect in places or frame.slide.kind == "resource" or any(p.decorative for p in pictures_of(frame.slide)):
            continue
        share = rect.width / max(1, 1 - left - right) * rect.height / max(1, 1 - top - bottom) / whole
        if share < _LEAST_SHARE and len(pictures_of(frame.slide)) == 1:
            yield Found(
                f"this picture takes {share:.0%} of its slide",
                _at(matter, frame.slide, file),
                "crop it to what matters, or use a slide of kind 'picture'",
            )


def _pictures(matter: Matter) -> Iterator[tuple[SlideFrame, PictureItem, PictureFile]]:
    for frame in matter.frames:
        for item in frame.items:
            if isinstance(item, PictureItem) and isinstance(item.picture, PictureFile):
                yield frame, item, item.picture


def _at(matter: Matter, slide: AnySlide, file: PictureFile) -> Position | None:
    """Where the slide's picture of that file was written."""
    return next((p.at for p in pictures_of(slide) if matter.pictures.get(p.file) is file), slide.at)


@rule("page-half-empty", of_theme=True, of_pages=True)
def half_empty(matter: Matter) -> Iterator[Found]:
    for document in matter.documents:
        for page, rest in document.rests.items():
            if rest > _EMPTY:
                after = (s for s in matter.slides if document.slides.get(s.identity, 0) > page)
                yield Found(
                    f"page {page} of the {document.name} ends {rest:.0%} empty",
                    next((slide.at for slide in after), None),
                    "what follows did not fit: shorten it, or move it",
                )


@rule("print-cost", of_theme=True, of_pages=True)
def cost(matter: Matter) -> Iterator[Found]:
    people = matter.session.participants if matter.session else None
    for document in matter.documents:
        if people and document.name == "handout" and document.sheets * people > _REAM:
            yield Found(
                f"the handout takes {document.sheets} sheets, {document.sheets * people:,} for {people} participants",
                matter.session.at if matter.session else None,
                "--duplex, --booklet or --slides-per-page print less; 'handout: parts' leaves out parts",
            )
