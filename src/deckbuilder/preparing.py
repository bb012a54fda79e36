"""One edition of a deck on its way: read with its themes and checked, then arranged, and made ready for its outputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from deckbuilder.arrangement import Content, Order, arrange_all, check_theme, content_of, make_sources, theme_named
from deckbuilder.content.edition import Edition
from deckbuilder.content.printing import Printing
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics, Severity
from deckbuilder.examining import Examined
from deckbuilder.frozen import dataclass
from deckbuilder.outputs.catalogue import OUTPUTS, Output
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.source import Source, template_folders
from deckbuilder.reading.deck import Opened, deck_file
from deckbuilder.source import Inputs
from deckbuilder.theme.pack import DEFAULT_THEME, find_theme, shipped_names
from deckbuilder.theme.theme import Theme
from deckbuilder.trial import try_templates

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Gathered:
    """What was read for an order; `sound` tells whether anything can be made of it, and `templates` is what was
    said of the templates' files, which keeps nothing else from being looked at."""

    wanted: list[Output]
    names: list[str]
    content: Content
    themes: dict[str, Theme]
    printing: dict[str, Printing]
    examined: Examined
    sound: bool
    templates: frozenset[Diagnostic]


def gather(
    order: Order,
    opened: Opened | None,
    edition: Edition,
    wanted: list[Output],
    problems: Diagnostics,
    inputs: Inputs,
) -> Gathered:
    """Reads an edition of the deck, and its themes, and checks them. `opened` None is a deck that could not be opened: what is
    wrong with the themes is told all the same. Raises DeckError where there is no deck."""
    variant = opened.variants.get(edition.variant or "") if opened else None
    own = (str(variant.theme),) if variant and variant.theme else (DEFAULT_THEME,)
    names = _theme_names(order.themes or own)
    content: Content | None = None
    themes: dict[str, Theme] = {}
    with problems.gathering():
        content = content_of(opened, edition, problems, inputs, order.translated) if opened else None
    for name in names:
        with problems.gathering():
            themes[name] = theme_named(name, problems, inputs)
    if order.printing and order.printing.says_something and not any(output.printed for output in wanted):
        problems.warning(
            "print-settings-unused",
            f"print settings say nothing of a {' or a '.join(output.words for output in wanted)}",
            None,
            f"they are about {' and '.join(f'the {output.name}' for output in OUTPUTS if output.printed)}",
        )
    if twice := [name for name, count in Counter(theme.name for theme in themes.values()).items() if count > 1]:
        problems.error(
            "theme-twice", f"two of the themes are called '{twice[0]}'", None, "rename the folder of one of them"
        )
    sound = not problems.has_errors
    templates = Diagnostics()
    for name in names:
        with templates.gathering():
            folders = template_folders(deck_file(order.deck).parent, find_theme(name))
            for look in filter(None, (output.look for output in wanted)):
                look(folders, templates, inputs)
    problems.extend(templates)
    if not sound:
        try_templates(order, names, themes, wanted, problems)
    if content is None:
        raise DeckError(problems)
    printing = {name: check_theme(theme, content, order, problems, inputs) for name, theme in themes.items()}
    examined = Examined(
        content.deck,
        content.session,
        content.schedule,
        content.pictures,
        content.folder,
        deck_file(order.deck),
        content.checks,
        list(themes.values()),
        inputs,
        order.today,
        content.spelling,
    )
    examined.settle(problems)
    return Gathered(wanted, names, content, themes, printing, examined, sound, frozenset(templates))


def sources_of(
    gathered: Gathered,
    order: Order,
    problems: Diagnostics,
    progress: Progress,
    images: Images,
    pages: Path | bool = False,
) -> list[Source]:
    """What the outputs are made from, arranged and checked; with the documents set on pages where that is wanted, and written
    to a folder where one is given. `images` are pictures as they were prepared for other editions."""
    if not gathered.sound:
        raise DeckError(problems)
    content, themes, examined = gathered.content, gathered.themes, gathered.examined
    looks = [
        arrange_all(content, name, themes[name], gathered.printing[name], order, problems)
        for name in _told(gathered.names, progress)
    ]
    if any(problem.severity is Severity.ERROR for problem in set(problems) - gathered.templates):
        try_templates(order, gathered.names, themes, gathered.wanted, problems)
        raise DeckError(problems)
    sources = make_sources(looks, order, images)
    checked: list[Source] = []
    for source in sources:
        for output in gathered.wanted:
            source = output.check(source, problems) if output.check else source  # noqa: PLW2901
        checked.append(source)
    problems.raise_if_errors()
    if pages:
        progress("Setting pages")
        folder = pages if isinstance(pages, Path) else None
        checked = [_with_pages(source, gathered.wanted, folder) for source in checked]
    examined.settle(problems)
    problems.raise_if_errors()
    return checked


def _with_pages(source: Source, wanted: Sequence[Output], folder: Path | None) -> Source:
    """The source with its documents set, and written to the folder where there is one."""
    for output in wanted:
        path = folder / f"{output.name}.pdf" if folder else None
        source = output.set_pages(source, path) if output.set_pages else source
    return source


def _theme_names(themes: Sequence[str]) -> list[str]:
    """The themes, each once; "all" are those that come along."""
    return list(dict.fromkeys(name for one in themes for name in (shipped_names() if one == "all" else [one])))


def _told(names: Sequence[str], progress: Progress) -> Iterator[str]:
    """The themes' names, each told as its turn comes."""
    for name in names:
        progress("Arranging" if len(names) == 1 else f"Arranging for {name}")
        yield name
