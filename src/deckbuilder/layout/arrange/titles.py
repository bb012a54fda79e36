"""Titles as slides show them, each of them once in the deck.

Slides of one title are a series: its title stands small above them, with the count, and each is called by what it says
for itself. A slide that goes on says so. What can be told apart by nothing else is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.text import Run, Text
from deckbuilder.frozen import dataclass
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange.draft import Draft, Fields, Part
from deckbuilder.layout.arrange.headlines import has_headline, headline, naming_field
from deckbuilder.layout.arrange.origin import title_fields
from deckbuilder.theme.roles import KICKER, TITLE

_APART = ("cover", "section", "break", "closing")  # what stands alone, and belongs to no series

Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Titled:
    """The title of a frame and what stands small above it, () for nothing, with the fields that they are made of. `count` is
    what follows above where there is room for it."""

    runs: Runs
    kicker: Runs = ()
    fields: Fields = ()
    above: Fields = ()
    count: Runs = ()

    def joined(self, colon: str) -> Titled:
        """The title in one line with what stands above it."""
        return Titled((*self.kicker, *self.count, Run(f"{colon} "), *self.runs), (), (*self.above, *self.fields))


def titled(parts: Sequence[Part], series: Series, labels: Labels) -> list[Titled]:
    """The titles of the parts, in order."""
    return _told_apart(_continued([series.of(part) for part in parts], parts, labels), parts, labels)


class Series:
    """Slides by the title that they share."""

    def __init__(self, drafts: Iterable[tuple[AnySlide, Draft]], labels: Labels) -> None:
        self.labels = labels
        members: dict[str, dict[str, AnySlide]] = defaultdict(dict)
        for slide, draft in drafts:
            if draft.kicker is None and slide.kind not in _APART:
                members[_key(draft.title)].setdefault(slide.identity, slide)
        self.names = {key: self._names(list(slides.values())) for key, slides in members.items()}
        self.places = {key: {identity: n for n, identity in enumerate(slides, 1)} for key, slides in members.items()}

    def _names(self, slides: Sequence[AnySlide]) -> dict[str, Runs]:
        """By identity what each slide of a series is called; without names that are shared, but for authors' own."""
        given = {slide.identity for slide in slides if has_headline(slide)}
        found = {slide.identity: runs for slide in slides if (runs := headline(slide))}
        counts = Counter(_words(runs).casefold() for runs in found.values())
        return {
            identity: runs
            for identity, runs in found.items()
            if identity in given or counts[_words(runs).casefold()] == 1
        }

    def by_name(self, slide: AnySlide, draft: Draft) -> bool:
        """Whether a slide's title will be what it is about: in a series, or where its author said so."""
        if draft.kicker is not None or has_headline(slide):
            return False
        key = _key(draft.title)
        if len(self.places.get(key, {})) > 1:
            return slide.identity in self.names[key]
        field = naming_field(slide)
        return field is not None and field[1].plain.casefold() == key

    def of(self, part: Part) -> Titled:
        fields = title_fields(part.slide)
        if part.draft.kicker is not None:
            return self._above(
                part,
                part.title.runs,
                part.draft.kicker.runs,
                part.draft.fields.get(TITLE, ()),
                part.draft.fields.get(KICKER, ()),
            )
        places = self.places.get(_key(part.title), {})
        place = places.get(part.slide.identity)
        if place is None or (len(places) == 1 and not has_headline(part.slide)):
            return Titled(part.title.runs, fields=fields)
        name = self.names[_key(part.title)].get(part.slide.identity)
        if name is None:
            return Titled(part.title.runs, fields=fields)
        counted = len(places) > 1 and part.slide.kind != "principle"
        count = (Run(f" \u00b7 {self._count(place, len(places))}"),) if counted else ()
        own: Fields = ("headline",) if has_headline(part.slide) else ()
        if not own and (field := naming_field(part.slide)):
            own = (field[0],)
        return self._above(part, name, part.title.runs, own, fields, count)

    def _above(self, part: Part, runs: Runs, kicker: Runs, fields: Fields, above: Fields, count: Runs = ()) -> Titled:
        """The title below its series'; in one line with it where the layout has no other place for that."""
        if part.layout.has(KICKER):
            return Titled(runs, kicker, fields, above, count)
        return Titled(runs, part.title.runs, fields, above).joined(self.labels("colon"))

    def _count(self, n: int, total: int) -> str:
        return self.labels("of", n=n, total=total).replace(" ", "\u00a0")


def _continued(titles: Sequence[Titled], parts: Sequence[Part], labels: Labels) -> list[Titled]:
    """The titles, those of a slide's further frames told so."""
    seen: Counter[tuple[str, str]] = Counter()
    out = []
    for title, part in zip(titles, parts, strict=True):
        key = (part.slide.identity, _words(title.runs))
        seen[key] += 1
        out.append(
            _followed_by(title, labels("continued") + (f" {seen[key]}" if seen[key] > 2 else ""))
            if seen[key] > 1
            else title
        )
    return out


def _told_apart(titles: Sequence[Titled], parts: Sequence[Part], labels: Labels) -> list[Titled]:
    """The titles, those that are still alike counted; what stands alone keeps its own where one of them may."""
    groups: dict[str, list[int]] = defaultdict(list)
    for n, title in enumerate(titles):
        groups[_words(title.runs).casefold()].append(n)
    out = list(titles)
    for places in groups.values():
        # One may stay as it is: what is no part of a series, or else a series' first where its others have names.
        bare = [n for n in places if parts[n].slide.kind in _APART][:1]
        rest = [n for n in places if n not in bare]
        if len(places) == 1:
            continue
        for count, n in enumerate(rest, 1):
            words = labels("of", n=count, total=len(rest)) if len(rest) > 1 else labels("of", n=2, total=2)
            out[n] = _followed_by(titles[n], words.replace(" ", "\u00a0"))
    return out


def _followed_by(title: Titled, words: str) -> Titled:
    return replace(title, runs=(*title.runs, Run(f" ({words})")))


def _words(runs: Sequence[Run]) -> str:
    return "".join(run.said for run in runs)


def _key(title: Text) -> str:
    return title.plain.casefold()
