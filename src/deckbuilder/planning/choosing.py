"""Which pieces are left out of a deck, so that it fits a length.

Musts stay, with all that they need. What would leave an objective without a slide, or without practice, goes after everything
else; "could" goes before "should". Among equals goes what saves just enough, else what saves most, the later first. The same
deck, session and length give the same plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from deckbuilder.checks.learning import active
from deckbuilder.content.deck import Deck, objective_number
from deckbuilder.content.schedule import make_schedule
from deckbuilder.content.session import Session
from deckbuilder.frozen import dataclass
from deckbuilder.planning.pieces import Piece, Pieces, pieces_of

_RANK = {"could": 0, "should": 1, "must": 2}
_ENOUGH = 0.01  # of a minute: sums of thirds are never exact


@dataclass(frozen=True)
class Plan:
    """What is left out so that a deck takes `minutes`: it took `before` and takes `after`, breaks included. `left_out` are the
    pieces that go, in the order of the deck, what goes with another not counted; `losses` what that means for objectives, in
    words; `longest` the slides that stay and take most, which could be shortened instead; `over` how many minutes the musts are
    over, 0 where the plan fits. `gone` are the keys of all that goes; `nothing` tells that no slide that takes time stays, and
    `shortest` how long the shortest of them is (None without any)."""

    minutes: float
    before: float
    after: float
    left_out: tuple[Piece, ...]
    losses: tuple[str, ...]
    longest: tuple[Piece, ...]
    over: float
    gone: frozenset[str]
    nothing: bool = False
    shortest: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """The plan as JSON has it."""
        return {
            "minutes": self.minutes,
            "before": self.before,
            "after": self.after,
            "over": self.over,
            "left_out": [
                {
                    "kind": p.kind,
                    "words": p.words,
                    "priority": p.priority,
                    "minutes": p.minutes,
                    "line": p.at.line if p.at else None,
                }
                for p in self.left_out
            ],
            "losses": list(self.losses),
            "longest": [{"words": p.words, "minutes": p.minutes} for p in self.longest],
        }


def make_plan(deck: Deck, session: Session | None, minutes: float) -> Plan:
    """The plan by which the deck takes so many minutes at most."""
    state = _State(pieces_of(deck, session), make_schedule(deck, session).total)
    before = state.total(frozenset())
    gone = state.shortest_within(minutes)
    after = state.total(gone)
    parts = state.pieces.by_key
    told = tuple(
        p for p in parts.values() if p.key in gone and (p.kind == "slide" or p.slide not in gone) and p.minutes
    )
    stay = [p for p in parts.values() if p.kind == "slide" and p.key not in gone and p.minutes and p.priority != "must"]
    longest = tuple(sorted(stay, key=lambda p: (-p.minutes, p.order))[:3]) if gone or after > minutes else ()
    losses = tuple(state.losses(gone))
    over = max(0.0, round(after - minutes, 2))
    timed = {p.key: p.minutes for p in state.slides.values() if p.minutes}
    nothing = bool(timed) and not timed.keys() - gone
    return Plan(minutes, before, after, told, losses, longest, over, gone, nothing, min(timed.values(), default=None))


class _State:
    """What can be said of a deck without some of its pieces, given by their keys."""

    def __init__(self, pieces: Pieces, total: float) -> None:
        self.pieces = pieces
        self.slides = {p.key: p for p in pieces.by_key.values() if p.kind == "slide"}
        self.pauses = total - sum(p.minutes for p in self.slides.values())
        self.served, self.practised = self._objectives(frozenset())
        self.fixed = self._fixed()

    def total(self, gone: Set[str]) -> float:
        """The minutes that it takes."""
        taken = self.pauses
        for key, slide in self.slides.items():
            if key not in gone:
                parts = (p for p in self.pieces.parts.get(key, ()) if p.key in gone and not _inside(p, gone))
                taken += max(0.0, slide.minutes - sum(p.minutes for p in parts))
        return round(taken, 6)

    def shortest_within(self, minutes: float) -> frozenset[str]:
        """The keys of what goes."""
        gone: frozenset[str] = frozenset()
        roots: list[Piece] = []
        while (over := self.total(gone) - minutes) > _ENOUGH:
            choices = [
                (piece, self.without(piece, gone)) for piece in self.pieces.by_key.values() if piece.key not in gone
            ]
            ways = [(p, w, self.total(gone) - self.total(w)) for p, w in choices if w is not None]
            ways = [way for way in ways if way[2] > _ENOUGH]
            if not ways:
                break
            first = min(self._cost(way[0], way[1], gone) for way in ways)
            ways = [way for way in ways if self._cost(way[0], way[1], gone) == first]
            enough = [way for way in ways if way[2] >= over - _ENOUGH]
            best = (
                min(enough, key=lambda way: (way[2], -way[0].order))
                if enough
                else min(ways, key=lambda way: (-way[2], -way[0].order))
            )
            roots.append(best[0])
            gone = best[1]
        return self._restored(roots, minutes)

    def _restored(self, roots: list[Piece], minutes: float) -> frozenset[str]:
        """What goes, without what there turns out to be time for: first what objectives want, then the most important."""

        def all_of(pieces: list[Piece]) -> frozenset[str]:
            gone: frozenset[str] = frozenset()
            for piece in pieces:
                gone = self.without(piece, gone) or gone
            return gone

        def regained(fewer: list[Piece]) -> int:
            """How many objectives are served or practised with so much left out."""
            return sum(map(len, self._objectives(all_of(fewer))))

        kept = list(roots)
        while True:
            ways = [(piece, [other for other in kept if other is not piece]) for piece in kept]
            ways = [way for way in ways if self.total(all_of(way[1])) - minutes <= _ENOUGH]
            if not ways:
                return all_of(kept)
            kept = min(ways, key=lambda way: (-regained(way[1]), -_RANK[way[0].priority], way[0].order))[1]

    def without(self, piece: Piece, gone: frozenset[str]) -> frozenset[str] | None:
        """What goes when a piece goes as well: all that needs it, what is in it, and slides that only surround it. None where
        something of that has to stay."""
        out = set(gone)
        ahead = [piece.key]
        while ahead:
            key = ahead.pop()
            if key in out:
                continue
            if key in self.fixed:
                return None
            out.add(key)
            ahead += [p.key for p in self.pieces.by_key.values() if key in p.needs and p.key not in out]
        if not self._whole(out):
            return None
        return frozenset(out | self._surroundings(out))

    def _whole(self, gone: Set[str]) -> bool:
        """Whether no slide that stays has lost all of what it is made of: a discussion's questions, the points of a list."""
        for key, parts in self.pieces.parts.items():
            lost = [p for p in parts if p.key in gone]
            if key in gone or not lost:
                continue
            slide = self.pieces.slides[key]
            if slide.kind == "discussion" and all(q.identity in gone for q in slide.questions):
                return False
            lists: dict[str, list[str]] = {}
            for path in self._paths(key):
                lists.setdefault(path.rpartition("/")[0], []).append(f"{key}#{path}")
            if any(all(p in gone for p in points) for where, points in lists.items() if where.count("/") == 1):
                return False
        return True

    def _paths(self, key: str) -> list[str]:
        from deckbuilder.planning.pieces import points_of

        return [path for path, _ in points_of(self.pieces.slides[key])]

    def _surroundings(self, gone: Set[str]) -> set[str]:
        """Slides without minutes in sections whose others all go."""
        out: set[str] = set()
        for section in self.pieces.deck.sections:
            timed = [s.identity for s in section.slides if self.slides[s.identity].minutes]
            if timed and all(key in gone for key in timed):
                out |= {s.identity for s in section.slides if s.identity not in self.fixed}
        return out

    def _fixed(self) -> set[str]:
        """Musts, what has to stay for other reasons, and all that those need."""
        out: set[str] = set()
        ahead = [p.key for p in self.pieces.by_key.values() if p.priority == "must"] + list(self.pieces.kept)
        while ahead:
            key = ahead.pop()
            if key not in out:
                out.add(key)
                ahead += list(self.pieces.by_key[key].needs) if key in self.pieces.by_key else []
        return out

    def _cost(self, piece: Piece, after: Set[str], before: Set[str]) -> tuple[int, int]:
        """How many objectives lose by it, and how much what goes matters at most."""
        (served, practised), (now_served, now_practised) = self._objectives(before), self._objectives(after)
        lost = len(served - now_served) + len(practised - now_practised)
        new = [self.pieces.by_key[key] for key in after - before if key in self.pieces.by_key]
        slides = {p.key for p in new if p.kind == "slide"}
        ranks = [_RANK[p.priority] for p in new if p.minutes and (p.kind == "slide" or p.slide not in slides)]
        return lost, max(ranks, default=_RANK[piece.priority])

    def _objectives(self, gone: Set[str]) -> tuple[set[int], set[int]]:
        """The numbers of the objectives that slides serve, and of those that are practised on them."""
        served: set[int] = set()
        practised: set[int] = set()
        deck = self.pieces.deck
        for key, slide in self.pieces.slides.items():
            if key not in gone and slide.objectives:
                numbers = {n for name in slide.objectives if (n := objective_number(deck, name)) is not None}
                served |= numbers
                asks = any(q.identity not in gone for q in slide.questions)
                if asks or (active(slide) and not slide.questions):
                    practised |= numbers
        return served, practised

    def losses(self, gone: Set[str]) -> Iterator[str]:
        served, practised = self._objectives(gone)
        for number, objective in enumerate(self.pieces.deck.objectives, 1):
            if number in self.served - served:
                yield f"objective {number} is served by no slide any more: {objective.text.plain}"
            elif number in self.practised - practised:
                yield f"objective {number} is practised no more: {objective.text.plain}"


def _inside(piece: Piece, gone: Set[str]) -> bool:
    """Whether a point goes with the one that it is under."""
    at = piece.key.rpartition("/")[0].rpartition("/")[0]
    return piece.kind == "point" and at in gone
