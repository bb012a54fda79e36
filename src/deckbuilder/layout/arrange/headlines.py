"""What a slide of a series says for itself: its headline, or the words in it that stand for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deckbuilder.content import slides as s
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.sequences import StagesSlide
from deckbuilder.content.text import Run, Text
from deckbuilder.layout.arrange.draft import Draft, Words

_LONGEST = 70  # characters: more is a sentence, and no headline
_TOGETHER = 26  # characters of a name that is not broken between lines
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
    return _as_title(runs, is_name=naming_field(slide) is not None)


def naming_field(slide: AnySlide) -> tuple[str, Text] | None:
    """The field that says who or what the slide is about, and what it says; None for slides that have none."""
    match slide:
        case s.QuoteSlide(author=Text() as author):
            return "author", author
        case s.DefinitionSlide(term=Text() as term):
            return "term", term
        case s.ResourceSlide(name=name):
            return "name", name
    return None


def without_name(draft: Draft, slide: AnySlide) -> Draft:
    """The draft of a slide that is called by its name, which then need not say it a second time."""
    name = naming_field(slide)
    texts = {role: _unnamed(words, slide, name[1].runs if name else ()) for role, words in draft.texts.items()}
    fields = draft.fields
    if name:
        fields = {
            role: tuple(f for f in made_of if f != name[0]) if texts.get(role) != draft.texts.get(role) else made_of
            for role, made_of in draft.fields.items()
        }
    others = tuple(tuple(without_name(other, slide) for other in group) for group in draft.alternatives)
    return replace(draft, texts=texts, fields=fields, alternatives=others)


def _unnamed(words: Words, slide: AnySlide, name: Sequence[Run]) -> Words:
    if name:
        rest = tuple(p for p in words if p.marker or p.runs != tuple(name))
        if len(rest) < len(words) and isinstance(
            slide, s.QuoteSlide
        ):  # what comes first below a quote stands apart from it
            below = next((n for n, p in enumerate(rest) if p.level == 2), None)
            rest = tuple(replace(p, level=3) if n == below else p for n, p in enumerate(rest))
        return rest or words
    if not isinstance(slide, s.NarrativeSlide) or not words or words[0].runs != slide.text.paragraphs[0].runs:
        return words
    said = _lead_in(slide.text)
    if not said or not said[-1].text.rstrip().endswith((".", ":")):  # or it is the beginning of a sentence
        return words
    first, *more = words[0].runs[len(said) :]
    begin = first.text.lstrip()
    return (replace(words[0], runs=(replace(first, text=begin[:1].upper() + begin[1:]), *more)), *words[1:])


def _named(slide: AnySlide) -> Sequence[Run]:
    if field := naming_field(slide):
        return field[1].runs
    match slide:
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
    """What each of several parts is named by; nothing where one of them has no name. They keep their capitals, which names
    and the nouns of some languages have anywhere."""
    words = ["".join(run.text for run in runs).strip(_ENDS) for runs in parts]
    if not all(words) or any(run.gap for runs in parts for run in runs):
        return ()
    # A line may end with the point between two, and does not begin with it.
    return (Run("\u00a0· ".join(w.replace(" ", "\u00a0") if len(w) <= _TOGETHER else w for w in words)),)


def _as_title(runs: Sequence[Run], is_name: bool) -> tuple[Run, ...]:
    """Words of a text as those of a title: plain, with a capital at the start and no stop at the end; names stay as they are."""
    out = [replace(run, bold=False) for run in runs]
    if is_name:
        return tuple(out)
    out[0] = replace(out[0], text=out[0].text[:1].upper() + out[0].text[1:])
    out[-1] = replace(out[-1], text=out[-1].text.rstrip(_ENDS))
    return tuple(out)
