"""The deck that the project began with, as it may have stood in PowerPoint of before: each slide of `content/harm-reduction`
with a title, text boxes, photographs and a footer, and nothing that tells of which kind it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from old_style import Old

from deckbuilder.content.deck import Deck
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.text import Text

_CALLED = {"agenda": "Agenda", "objectives": "Learning Objectives", "closing": "Thank you!", "references": "References"}


def old_slides(deck: Deck) -> list[tuple[str, Old]]:
    """Each slide that is projected with the kind that it is."""
    out = []
    for section, slide in deck.slides():
        if "deck" not in slide.show:
            continue
        title = (
            words(slide.title)
            or _CALLED.get(slide.kind)
            or words(deck.title if slide.kind == "cover" else section.title)
        )
        pictures = [picture for picture in pictures_of(slide) if "deck" in picture.show]
        blocks = [block for block in blocks_of(slide, deck) if block]
        notes = "\n".join(
            f"{cue.kind.upper()}: {words(cue.text)}" for cue in slide.cues if cue.kind in ("say", "do", "ask")
        )
        old = Old(
            title,
            blocks,
            len(pictures),
            slide.kind == "section",
            notes,
            slide.hidden,
            next((p.alt for p in pictures if p.alt), ""),
        )
        out.append((slide.kind, old))
    return out


def words(value: Any) -> str:
    if isinstance(value, Text):
        return " ".join("".join(run.text for run in p.runs).replace("\n", " ") for p in value).replace("\u00a0", " ")
    return str(value or "")


def paragraphs(value: Text | None) -> list[str]:
    marked = [(f"{'- ' if p.marker else ''}", "".join(run.text for run in p.runs)) for p in value or ()]
    return [f"{mark}{text}".replace("\u00a0", " ").replace("\n", " ") for mark, text in marked]


def points(items: Sequence[Any], level: int = 0) -> list[str]:
    out = []
    for item in items:
        out += [f"{'  ' * level}- {words(item.text)}", *points(item.points, level + 1)]
    return out


def blocks_of(slide: Any, deck: Deck) -> list[list[str]]:
    """The boxes of a slide."""
    asked = [words(question.ask) for question in slide.questions if "deck" in question.show]
    said = getattr(slide, "text", None)
    match slide.kind:
        case "cover":
            own = [[words(slide.subtitle or deck.subtitle)], ["By " + " & ".join(map(words, deck.authors))]]
        case "agenda":
            own = [[f"- {words(section.title)}" for section in deck.sections]]
        case "objectives":
            own = [[f"- {words(getattr(one, 'text', one))}" for one in deck.objectives]]
        case "references":
            own = [[f"- {words(one.text)}" for one in deck.references]]
        case "quote":
            by = [words(getattr(slide, name)) for name in ("author", "role", "source") if getattr(slide, name)]
            own = [[f"“{text}”" for text in paragraphs(slide.quote)], [f"*{by[0]}*", *by[1:]] if by else []]
        case "definition":
            own = [[f"{words(slide.term)} is {words(said)}" if slide.term else words(said)]]
        case "statement":
            own = [[words(slide.statement)]]
        case "principle":
            own = [[words(slide.lead_in), f"- {words(said)}"] if slide.lead_in else [words(said)]]
        case "stages":
            name = words(slide.current or "")
            own = (
                [[name], paragraphs(said)]
                if said
                else [[f"- {words(getattr(one, 'name', one))}"] for one in slide.stages]
            )
        case "steps":
            own = [[f"{n}. {words(one.name)}" for n, one in enumerate(slide.steps, 1)]]
        case "timeline":
            own = [[f"{words(one.when)}: {words(one.text)}" for one in slide.events]]
        case "discussion":
            own = [asked]
            asked = []
        case "activity":
            size = f"In groups of {slide.group_size}. " if slide.group_size else ""
            own = [
                [f"{size}{text}" for text in paragraphs(slide.instructions)],
                [f"Take {slide.minutes or 10} minutes."],
            ]
        case "resource":
            links = [f"[{words(link.text)}]({link.url})" for link in slide.links]
            readers = [f"**{words(slide.audience)}**", *points(slide.audience_points)] if slide.audience else []
            own = [[f"**{words(slide.name)}**"], [words(said)], readers, links]
        case "columns" | "comparison":
            sides = slide.columns if slide.kind == "columns" else slide.sides
            own = [[words(one.heading), *paragraphs(one.text), *points(one.points)] for one in sides]
        case "break":
            own = [[f"{slide.minutes:g} minutes"]]
        case "clipping":
            own = [[words(slide.headline)], [words(slide.byline)], paragraphs(slide.article)]
        case _:
            own = [paragraphs(said), points(getattr(slide, "points", ()))]
    return [*own, asked]
