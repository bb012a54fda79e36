"""One function for each kind of slide that shows pictures or data, or lets people do something."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuilder.content.data import ChartSlide, TableSlide
from deckbuilder.content.pictures import Picture
from deckbuilder.content.room import ActivitySlide, BreakSlide, PollSlide
from deckbuilder.content.schedule import clock_time
from deckbuilder.content.showing import GridSlide, PictureSlide, VideoSlide
from deckbuilder.content.text import Paragraph, Run, plain_text
from deckbuilder.layout.arrange.draft import Draft, Scene, Words
from deckbuilder.layout.arrange.words import at_level, body_text, caption, link_words, listed
from deckbuilder.layout.frame import QrCode

_GRID = 6  # pictures on a slide at most: smaller ones cannot be read from the back


def picture(slide: PictureSlide, scene: Scene) -> Draft:
    words = caption(slide.picture)
    texts = {"caption": words} if words else {}
    pictures: dict[str, Picture | QrCode] = {"picture": slide.picture}
    if slide.full:
        layout = "picture-full-caption" if words else "picture-full"
        return Draft(layout, slide.title, texts, pictures, flow=(), filled=frozenset({"picture"}))
    return Draft("picture", slide.title, texts, pictures, flow=())


def grid(slide: GridSlide, scene: Scene) -> list[Draft]:
    count = -(-len(slide.pictures) // _GRID)
    each = -(-len(slide.pictures) // count)
    groups = [slide.pictures[n : n + each] for n in range(0, len(slide.pictures), each)]
    return [_grid(group, slide) for group in groups]


def _grid(group: Sequence[Picture], slide: GridSlide) -> Draft:
    size = next(n for n in (2, 3, 4, _GRID) if n >= len(group))
    texts: dict[str, Words] = {}
    pictures: dict[str, Picture | QrCode] = {}
    for n, item in enumerate(group, 1):
        pictures[f"picture-{n}"] = item
        if words := caption(item):
            texts[f"caption-{n}"] = words
    return Draft(f"grid-{size}", slide.title, texts, pictures, flow=())


def video(slide: VideoSlide, scene: Scene) -> Draft:
    texts: dict[str, Words] = {"links": link_words([slide.video])}
    if slide.text:
        texts["body"] = body_text(slide.text)
    if slide.poster is None:
        return Draft("video-code", slide.title, texts, {"picture": QrCode(slide.video.url)})
    if words := caption(slide.poster):
        texts["caption"] = words
    return Draft("video", slide.title, texts, {"picture": slide.poster}, links={"picture": slide.video})


def table(slide: TableSlide, scene: Scene) -> Draft:
    texts: dict[str, Words] = {}
    if slide.text:
        texts["text"] = at_level(slide.text, 0)
    if slide.source:
        texts["source"] = at_level(slide.source, 1)
    return Draft("table-text" if slide.text else "table", slide.title, texts, table=slide, flow=())


def chart(slide: ChartSlide, scene: Scene) -> Draft:
    texts: dict[str, Words] = {}
    if slide.source:
        texts["source"] = at_level(slide.source, 1)
    alone = Draft("chart", slide.title, texts, chart=slide)
    if slide.text is None:
        return alone
    words = body_text(slide.text)
    beside = Draft("chart-text", slide.title, {"body": words, **texts}, chart=slide)
    return Draft(**{**vars(beside), "alternatives": ((alone, Draft("text", slide.title, {"body": words})),)})


def activity(slide: ActivitySlide, scene: Scene) -> Draft:
    labels = scene.labels
    who = labels("groups_of", n=slide.group_size) if slide.group_size else slide.grouping and labels(slide.grouping)
    texts: dict[str, Words] = {}
    if who:
        texts["label"] = (Paragraph((Run(who),)),)
    texts["body"] = body_text(slide.instructions)
    layout = "activity"
    if slide.minutes:
        layout += "-timed"
        minutes = labels.minutes(slide.minutes, long=True)
        number, _, word = minutes.partition(" ")
        texts["count"] = (Paragraph((Run(number),)), Paragraph((Run(word),), 1))
    if slide.materials:
        layout += "-needs"
        head = plain_text(labels("you_need"))
        texts["needs"] = (*at_level(head, 0), *listed([m.item for m in slide.materials], "bullet"))
    flow = ("body", "needs") if slide.materials else ("body",)
    return Draft(layout, slide.title, texts, flow=flow)


def pause(slide: BreakSlide, scene: Scene) -> Draft:
    labels = scene.labels
    start = scene.session.start if scene.session else None
    block = scene.schedule.of(slide)
    texts: dict[str, Words] = {"numeral": (Paragraph((Run(labels.minutes(slide.minutes)),)),)}
    lines = []
    if back := clock_time(start, block.start + block.minutes, scene.deck.language):
        lines.append(Paragraph((Run(labels("back_at", time=back)),)))
    lines += at_level(slide.text, 0)
    if lines:
        texts["text"] = tuple(lines)
    return Draft("break", slide.title or plain_text(labels("break")), texts, flow=())


def poll(slide: PollSlide, scene: Scene) -> Draft:
    texts: dict[str, Words] = {"question": at_level(slide.question, 0), "body": listed(slide.options, "letter")}
    if slide.join is None:
        return Draft("poll", slide.title, texts)
    shown = slide.join.removeprefix("https://").removeprefix("http://").rstrip("/")
    texts["links"] = (
        Paragraph((Run(scene.labels("join_at")),)),
        Paragraph((Run(shown, bold=True, link=slide.join),)),
    )
    return Draft("poll-join", slide.title, texts, {"picture": QrCode(slide.join)})
