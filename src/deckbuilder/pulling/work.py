"""A deck's text on its way: what the two files say, which slide is which, and the edits that were made so far."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deckbuilder.content.deck import Deck
from deckbuilder.editing import edits
from deckbuilder.editing.applying import applied, written
from deckbuilder.editing.edits import Edit
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.slides import Place
from deckbuilder.editing.written import Written
from deckbuilder.pulling.found import Change, Choice, Pulled
from deckbuilder.pulling.matching import matched
from deckbuilder.pulling.sides import TAKEN, Shown, Side, names_in, renamed

HEAD = ""  # the deck itself, among slides by their names


class Work:
    """`now` are the deck's slides by their names, which are their identities when the work begins; `ids` what they are called
    after the edits so far; `at` the name of each slide there, by its number."""

    def __init__(
        self,
        text: str,
        place: Place,
        now: Side,
        there: Side,
        choice: Choice | None,
        wrong: Mapping[tuple[str, str], str] = {},
        base: Side | None = None,
    ) -> None:
        """`base` is what the file was before it was changed, None where nobody has it any more. `wrong` tells what is not taken
        over, and why, since the deck would have an error: by the slide's name and the field's, "" for all of the slide."""
        self.out = Pulled(text, text)
        self.wrong = wrong or {}
        self.place = place
        self.choice = choice
        self.now = {shown.identity: shown for shown in now.slides}
        self.then, self.there = now, there
        self.base = {shown.identity: shown for shown in base.slides if shown.identity} if base is not None else {}
        self.ids = {name: name for name in self.now}
        self.ours, self.again = matched(there, now)
        self.changed = _changed_since(now, there, self.ours)
        self.at: dict[int, str] = {}
        self.filed: set[tuple[str, str]] = (
            set()
        )  # files of data that were changed, each with the slide that shows it so

    def why_not(self, name: str, key: str = "") -> str | None:
        """Why nothing is taken over of a slide, or of one of its fields; None where it is."""
        return self.wrong.get((name, "")) or (self.wrong.get((name, key)) if key else None)

    @property
    def written(self) -> Written:
        """The text with the edits so far."""
        return written(self.out.after, Deck)

    @property
    def slides(self) -> dict[str, tuple[int, int]]:
        """Section and place of each slide by its id, with the edits so far."""
        return self.place.slides(self.written)

    def do(self, there: Shown, name: str | None, edit: Edit, says: str) -> str | None:
        """Makes an edit; returns the slide's id afterwards. What is refused is told."""
        try:
            return self.tried(there, name, edit, says)
        except Refused as refused:
            self.say(self.out.left, there, f"{says}: {refused.reason}")
            return None

    def tried(self, there: Shown, name: str | None, edit: Edit, says: str) -> str | None:
        """As `do`, but Refused is raised."""
        before = self.slides
        made = applied(self.out.after, edit, Deck, self.place)
        if made.text == self.out.after:
            return made.slide
        self.out.after = made.text
        again = _called_now(before, self.slides, edit, made.slide)
        self.ids = {key: again.get(one, one) for key, one in self.ids.items()}
        if name is not None and made.slide is not None:
            self.ids[name] = made.slide
        self.say(self.out.changes, there, says)
        return made.slide

    @staticmethod
    def say(into: list[Change], shown: Shown, says: str) -> None:
        into.append(Change(shown.number, str(shown.says.get("title", "")), says))

    def with_pictures(self, before: Any, after: Any, there: Shown) -> Any:
        """What is there, with the pictures that are new among the deck's own."""
        names = set(names_in(after, there.pictures)) - set(names_in(before, there.pictures))
        for name in names:
            taken = f"{TAKEN}/{name}"
            self.out.pictures[taken] = there.pictures[name]
            after = renamed(after, name, taken)
        return after


def _called_now(
    before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]], edit: Edit, made: str | None
) -> dict[str, str]:
    """What slides are called after an edit that `made` one, by their ids before. Slides that say the same are told apart by
    their order, so that any edit may give others other ids."""
    if isinstance(edit, edits.Set):
        return dict(zip(before, after, strict=True))
    section = edit.section if isinstance(edit, edits.DeleteSection) else None
    own = edit.slide if isinstance(edit, edits.MoveSlide | edits.DeleteSlide) else None
    stay = [one for one, place in before.items() if one != own and place[0] != section]
    return dict(zip(stay, (one for one in after if one != made), strict=True))


def _changed_since(now: Side, there: Side, ours: dict[str, str]) -> bool:
    """Whether anything that the file knows of was changed in deck.yaml since it was built."""
    slides = {shown.identity: shown.built for shown in now.slides}
    return set(there.built) != set(slides) or any(
        slides[ours[name]].get(key) != known for name, said in there.built.items() for key, known in said.items()
    )
