"""What a slide of a series says for itself: its headline, or the words in it that stand for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.content import slides as s
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.sequences import StagesSlide
from deckbuilder.content.text import Run, Text

_LONGEST = 70  # characters: more is a sentence, and no headline
_ENDS = " .:;,–—"


def has_headline(slide: AnySlide) -> bool:
    """Whether the author gave the slide one; a clipping's is that of its article."""
    return getattr(slide, "headline", None) is not None and slide.kind != "clipping"


def headline(slide: AnySlide) -> tuple[Run, ...] | None:
    """The headline that a slide's author gave it, or else what it begins with in bold, or is named by; None without."""
    given = getattr(slide, "headline", None)
    if given is not None:
        return tuple(given.runs)
    runs = _named(slide)
    words = "".join(run.text for run in runs)
    if not words.strip(_ENDS) or len(words) > _LONGEST or "\n" in words or any(run.gap for run in runs):
        return None
    return _as_title(runs)


def _named(slide: AnySlide) -> Sequence[Run]:
    match slide:
        case s.QuoteSlide(author=Text() as author):
            return author.runs
        case s.DefinitionSlide(term=Text() as term):
            return term.runs
        case s.ResourceSlide(name=name):
            return name.runs
        case StagesSlide(current=str() as current):
            return (Run(current),)
        case s.PrincipleSlide(text=text):
            return next(([run] for run in text.runs if run.bold), [])
        case s.PointsSlide(points=points, text=None):
            return _joined([_lead_in(point.text) for point in points])
        case s.ColumnsSlide(columns=columns):
            return _joined([column.heading.runs if column.heading else () for column in columns])
        case s.NarrativeSlide(text=text):
            return _lead_in(text)
    return ()


def _lead_in(text: Text) -> Sequence[Run]:
    """The bold words that a text begins with."""
    runs = text.paragraphs[0].runs
    end = next((n for n, run in enumerate(runs) if not run.bold), len(runs))
    return runs[:end] if end < len(runs) else ()


def _joined(parts: Sequence[Sequence[Run]]) -> Sequence[Run]:
    """What each of several parts is named by, as a list; nothing where one of them has no name."""
    words = ["".join(run.text for run in runs).strip(_ENDS) for runs in parts]
    if not all(words) or any(run.gap for runs in parts for run in runs):
        return ()
    return (
        Run(
            ", ".join((words[0], *(word[:1].lower() + word[1:] if word[1:2].islower() else word for word in words[1:])))
        ),
    )


def _as_title(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Words of a text as those of a title: plain, with a capital at the start and no stop at the end."""
    out = [replace(run, bold=False) for run in runs]
    out[0] = replace(out[0], text=out[0].text[:1].upper() + out[0].text[1:])
    out[-1] = replace(out[-1], text=out[-1].text.rstrip(_ENDS))
    return tuple(out)
