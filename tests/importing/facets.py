"""What a deck has to bring back from a PowerPoint file, slide by slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck
from deckbuilder.content.kinds import AnySlide, pictures_of, shown_in
from deckbuilder.content.text import Text


def plain(value: Any) -> Any:
    """A text's words."""
    if isinstance(value, Text):
        words = "\n".join("".join(run.text for run in paragraph.runs) for paragraph in value)
        return " ".join(words.replace("\u00a0", " ").split())
    return value


def links_in(value: Any) -> Iterator[str]:
    if isinstance(value, Text):
        for paragraph in value:
            yield from (run.link for run in paragraph.runs if run.link)
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from links_in(getattr(value, name))
        if url := getattr(value, "url", None):
            yield url
    elif isinstance(value, tuple):
        for one in value:
            yield from links_in(one)


def levels(points: Sequence[Any]) -> list[Any]:
    return [[plain(point.text), *levels(point.points)] for point in points]


def notes_of(slide: AnySlide) -> list[tuple[str, str]]:
    out = [(cue.kind, plain(cue.text)) for cue in slide.cues]
    out += [(name, plain(text)) for name in ("virtual", "notes") if (text := getattr(slide, name))]
    for question in slide.questions:
        out.append(("question", plain(question.ask)))
        out += [("listen_for", plain(one)) for one in question.listen_for]
        out += [("follow_up", plain(one)) for one in question.follow_ups]
        out += [(name, plain(text)) for name in ("debrief", "virtual") if (text := getattr(question, name))]
    return sorted(out)


def facets(deck: Deck) -> list[dict[str, Any]]:
    """For each slide in the deck what has to come back of it, by name."""
    out = []
    for section, whole in deck.slides():
        if "deck" not in whole.show:
            continue
        slide = shown_in(whole, "deck")
        pictures = [(p.alt, p.decorative) for p in pictures_of(slide)]
        lists = [
            levels(getattr(part, "points", ()))
            for part in (slide, *getattr(slide, "columns", ()), *getattr(slide, "sides", ()))
        ]
        lists.append(levels(getattr(slide, "audience_points", ())))
        found: dict[str, Any] = {
            "title": plain(slide.title) or (plain(deck.title) if slide.kind == "cover" else None),
            "kind": slide.kind,
            "section": plain(section.title),
            "lists": [one for one in lists if one],
            "notes": notes_of(whole),
            "links": sorted(set(links_in(slide))),
            "alternatives": pictures,
            "hidden": slide.hidden,
        }
        if slide.kind == "table":
            found["table"] = [[plain(cell) for cell in row] for row in (slide.header, *slide.rows)]
        if slide.kind == "chart":
            found["chart"] = [slide.chart, slide.unit, [str(c) for c in slide.categories]]
            found["chart"] += [[str(s.name), list(s.values)] for s in slide.series]
        out.append(found)
    return out
