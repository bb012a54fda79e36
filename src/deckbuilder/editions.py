"""Which editions of a deck are made, and what was said of several of them, told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from deckbuilder.arrangement import Order
from deckbuilder.content.edition import PLAIN, Edition
from deckbuilder.diagnostics import Diagnostic, Diagnostics, Seen, Severity
from deckbuilder.reading.deck import Opened
from deckbuilder.reading.locales import languages_of


def asked(order: Order, opened: Opened | None) -> list[Edition]:
    """The editions that an order asks for, each once, "" being the deck itself; the usual one where it asks for none."""
    if opened is None:
        return [PLAIN]
    variants: list[str | None] = [opened.usual.variant]
    if order.variants:
        names = [name for one in order.variants for name in (opened.variants if one == "all" else [one])]
        variants = [name or None for name in dict.fromkeys(names)] or [None]
    return [
        Edition(variant, order.fit_minutes, language)
        for variant in variants
        for language in languages_asked(order, opened)
    ]


def languages_asked(order: Order, opened: Opened) -> list[str | None]:
    """The languages that are asked for, None for the deck's own."""
    own = str(opened.raw.get("language", "en")) if isinstance(opened.raw, dict) else "en"
    known = languages_of(opened.file.parent) if "all" in order.languages else []
    names = [name for one in order.languages for name in ([own, *known] if one == "all" else [one])]
    return [None if name == own else name for name in dict.fromkeys(names)] or [None]


def every(order: Order, opened: Opened | None) -> list[Edition]:
    """The editions to be looked at: those that are asked for, else all that there are, the usual one first."""
    if opened is None or order.variants:
        return asked(order, opened)
    variants = list(dict.fromkeys([opened.usual.variant, None, *opened.variants]))
    languages = languages_asked(order, opened) if order.languages else [None, *languages_of(opened.file.parent)]
    return [Edition(variant, None, language) for language in languages for variant in variants]


def meeting(opened: Opened | None, edition: Edition, order: Order) -> Opened | None:
    """The deck without its session, where that is one of another edition than this, which nobody asked for."""
    if (
        opened is None
        or opened.session is None
        or not opened.session.variant
        or edition.variant == opened.usual.variant
    ):
        return opened
    if order.variants:
        return opened
    return replace(opened, session=None)


def merged(said: Mapping[Edition, Diagnostics]) -> Iterator[Diagnostic]:
    """What was said of editions, each once. What was not said of all of them tells of which; of those with errors not
    everything is known."""
    sound = {edition for edition, problems in said.items() if all(p.severity is not Severity.ERROR for p in problems)}
    found: dict[Diagnostic, tuple[Diagnostic, list[Edition]]] = {}
    for edition, problems in said.items():
        for problem in problems:
            found.setdefault(replace(problem, seen=Seen()), (problem, []))[1].append(edition)
    for problem, editions in found.values():
        if len(editions) == len(said) or (sound and sound <= set(editions)):
            yield problem
        else:
            yield replace(problem, message=f"{problem.message} ({', '.join(map(str, editions))})")
