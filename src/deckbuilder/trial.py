"""Templates of one's own, tried on another deck where their own has errors: what only rendering finds is told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from deckbuilder.arrangement import Order, arrange_all, check_theme, make_sources, read_all, theme_named
from deckbuilder.diagnostics import Diagnostic, Diagnostics
from deckbuilder.outputs.catalogue import Output
from deckbuilder.outputs.source import template_folders
from deckbuilder.reading.deck import deck_file
from deckbuilder.source import Inputs, shown_path
from deckbuilder.theme.pack import DEFAULT_THEME, find_theme
from deckbuilder.theme.theme import Theme

# What is wrong in a template whatever the deck. That a deck holds no such picture or value is told for the right one only.
_WHATEVER_THE_DECK = frozenset(["template-error", "template-markup", "template-shows-facilitators"])


def try_templates(
    order: Order, names: Sequence[str], themes: Mapping[str, Theme], wanted: Sequence[Output], problems: Diagnostics
) -> None:
    """Reports the errors in the templates that lie beside the order's deck, and in the themes of those names, with the deck
    that a new training starts from. The standard theme stands in for one that is not among those that could be read."""
    for name in names:
        with problems.gathering():
            problems.extend(_found(order, name, themes.get(name), wanted))


def _found(order: Order, name: str, theme: Theme | None, wanted: Sequence[Output]) -> Iterator[Diagnostic]:
    """What is wrong with the templates, whatever the deck."""
    folders = template_folders(deck_file(order.deck).parent, find_theme(name))
    own = {shown_path(file) for folder in folders for file in folder.glob("*.xml")}
    if not own:
        return
    aside = Diagnostics()
    with aside.gathering():
        starter = Path(str(files("deckbuilder"))) / "starter"
        content = read_all(starter, starter / "session.yaml", aside, Inputs())
        if theme is None:
            name, theme = DEFAULT_THEME, theme_named(DEFAULT_THEME, aside, Inputs())
        printing = check_theme(theme, content, order, aside, Inputs())
        look = replace(arrange_all(content, name, theme, printing, order, aside), templates=folders)
        [source] = make_sources([look], order)
        for output in wanted:
            source = output.check(source, aside) if output.check else source
    yield from (d for d in aside if d.code in _WHATEVER_THE_DECK and d.at and d.at.file in own)
