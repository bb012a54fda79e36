"""A deck read, and arranged for themes: what outputs are made from."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuilder.checks import check, check_for
from deckbuilder.checks.characters import settable
from deckbuilder.checks.references import about_left_out
from deckbuilder.content.checks import Checks
from deckbuilder.content.deck import Deck, GuideLayout
from deckbuilder.content.edition import Edition
from deckbuilder.content.leads import left_in
from deckbuilder.content.pictures import PictureFile
from deckbuilder.content.printing import Printing, PrintSettings, settle_printing
from deckbuilder.content.schedule import Schedule, make_schedule
from deckbuilder.content.session import Session
from deckbuilder.content.vocabulary import Vocabulary
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics, Severity, fail
from deckbuilder.frozen import dataclass, freeze
from deckbuilder.labels import Labels, read_labels
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.memory import memory, stamps
from deckbuilder.outputs.catalogue import NAMES
from deckbuilder.outputs.source import Source, template_folders
from deckbuilder.reading.deck import Opened, Reading, open_deck, read_edition
from deckbuilder.source import Inputs
from deckbuilder.theme.machine import machine_stamps
from deckbuilder.theme.pack import find_theme, read_theme
from deckbuilder.theme.theme import Theme

if TYPE_CHECKING:
    from deckbuilder.outputs.images import Images


@dataclass(frozen=True)
class Order:
    """What to build: a set of files for each of the `variants` and `themes`. No variant is the session's, or the deck itself;
    "all" are those that the deck has. No theme is the variant's, or the standard one. `session` None means without a session;
    `only` are names of outputs; `printing` None that session and theme say how documents are printed; `notes` False leaves
    speaker notes out of the deck; `strict` makes errors of text that is set smaller or goes on over slides;
    `originals` keeps pictures as they are in the deck; `guide` None means the layout that deck and theme ask for. `today` is
    the day by which dates are judged, None for not at all. `fit_minutes` is the length that it is made to fit.
    `languages` are those that it is translated into, "all" those it has catalogs of, none for its own; `translated` makes errors
    of texts that are not."""

    deck: Path
    themes: tuple[str, ...] = ()
    session: Path | None = None
    output: Path = Path("output")
    only: tuple[str, ...] = NAMES
    printing: PrintSettings | None = None
    notes: bool = True
    strict: bool = False
    originals: bool = False
    guide: GuideLayout | None = None
    today: dt.date | None = None
    variants: tuple[str, ...] = ()
    fit_minutes: float | None = None
    languages: tuple[str, ...] = ()
    translated: bool = False


@dataclass(frozen=True)
class Content:
    """A deck as read. `name` is what its files are called by, `folder` where they lie; `session` is None without a session
    file; `pictures` are its picture files by the name the deck calls them, `vocabulary` the lists that it names, `labels`
    the words that deckbuilder itself puts on slides and pages, in the deck's language. `checks` are the levels of rules that
    its organisation gives, `spelling` the words that it spells so. `library` is the folder of the library that it takes from.

    `diagnostics` are what was said while reading, `inputs` the files that were read.
    """

    name: str
    folder: Path
    deck: Deck
    session: Session | None
    schedule: Schedule
    pictures: Mapping[str, PictureFile]
    vocabulary: tuple[Vocabulary, ...]
    labels: Labels
    checks: Checks = ()
    spelling: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    inputs: tuple[Path, ...] = ()
    library: Path | None = None

    def __post_init__(self) -> None:
        freeze(self, "pictures")

    def under(self, theme: Theme) -> Content:
        """The same with what the theme's brand says: who publishes, where the deck does not tell, and words of its own."""
        says = {name: text for name, text in theme.says.items() if getattr(self.deck, name) is None}
        if not says and not theme.words:
            return self
        deck = self.deck.model_copy(update=says)
        return replace(self, deck=deck, labels=self.labels.said(theme.words))


@dataclass(frozen=True)
class Arrangement:
    """A deck arranged for a theme: `frames` are the slides, `prints` the same for a handout that prints them; none where it
    does not. `templates` are the folders that templates of the documents are looked for in.

    `diagnostics` are what was said while arranging, `inputs` the files of the theme.
    """

    content: Content
    theme: Theme
    printing: Printing
    frames: tuple[SlideFrame, ...]
    prints: tuple[SlideFrame, ...]
    templates: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    inputs: tuple[Path, ...] = ()


def read(
    deck: Path, session: Path | None, problems: Diagnostics, inputs: Inputs, edition: Edition | None = None
) -> Content:
    """The deck, in its usual edition unless another is given, and its session, checked. Raises DeckError with every problem
    found."""
    content = read_all(deck, session, problems, inputs, edition)
    problems.raise_if_errors()
    return content


def read_all(
    deck: Path, session: Path | None, problems: Diagnostics, inputs: Inputs, edition: Edition | None = None
) -> Content:
    """As `read`, but for errors: they are in `problems` too, and nothing is to be made of the content then. Raises
    DeckError where there is none."""
    opened = open_deck(deck, session, problems, inputs)
    return content_of(opened, edition or opened.usual, problems, inputs)


def content_of(
    opened: Opened, edition: Edition, problems: Diagnostics, inputs: Inputs, translated: bool = False
) -> Content:
    """As `read_all`, for a deck whose file has been read; `translated` makes errors of what is not translated."""
    reading = read_edition(opened, edition, problems, inputs, translated)
    labels = read_labels(reading.deck.language, problems, _can_be_set)
    deck = reading.deck if edition.minutes is None else _fitted(reading, edition.minutes, labels, problems)
    session = reading.session if deck is reading.deck else left_in(reading.session, reading.deck, deck)
    schedule = make_schedule(deck, session)
    found = Diagnostics()
    check(deck, session, schedule, found)
    problems.extend(about_left_out(found, reading.left_out))
    return Content(
        reading.name,
        reading.folder,
        deck,
        session,
        schedule,
        reading.pictures,
        reading.vocabulary,
        labels,
        opened.organisation.checks,
        opened.organisation.spelling,
        library=reading.library,
    )


def _fitted(reading: Reading, minutes: float, labels: Labels, problems: Diagnostics) -> Deck:
    """The deck, made to fit so many minutes; as it is where its musts take longer, which is reported."""
    from deckbuilder.planning import make_plan, shortened

    plan = make_plan(reading.deck, reading.session, minutes)
    if plan.over:
        problems.error(
            "musts-over",
            f"what has to stay takes {plan.after:g} minutes, {plan.over:g} more than {minutes:g}",
            None,
            "let some of it be 'priority: should', shorten it, or give it more time",
        )
        return reading.deck
    if plan.nothing:
        problems.error(
            "nothing-left",
            f"in {minutes:g} minutes there is no time for any slide",
            None,
            f"the shortest takes {plan.shortest:g} minutes; give it more time, or let what has to stay be 'priority: must'",
        )
        return reading.deck
    return shortened(reading.deck, plan, labels("more_to_read"))


def arrange(content: Content, name: str, order: Order, problems: Diagnostics, inputs: Inputs) -> Arrangement:
    """The slides arranged for the theme of that name, in the way that the order asks for; the order's own themes and deck
    play no part. What does not fit is reported; DeckError for a theme that cannot be used."""
    theme = theme_named(name, problems, inputs)
    printing = check_theme(theme, content, order, problems, inputs)
    return arrange_all(content, name, theme, printing, order, problems)


def theme_named(name: str, problems: Diagnostics, inputs: Inputs) -> Theme:
    """The theme of that name, as it was read before where somebody keeps a memory and none of its files has changed."""
    kept = memory()
    if kept is None:
        return read_theme(name, problems, inputs)
    last: list[tuple[Theme, tuple[Path, ...]]] = kept.recall(("last theme", name), lambda: [])
    theme, known = last[-1] if last else (None, ())
    # What was measured with fonts of the machine depends on which there were.
    machine = machine_stamps() if theme and theme.fonts.machine.asked else ()

    def read() -> tuple[Theme, tuple[Diagnostic, ...], tuple[Path, ...]]:
        told, own = Diagnostics(), Inputs()
        try:
            theme = read_theme(name, told, own)
        except DeckError as error:
            problems.extend(error.diagnostics)
            raise
        last[:] = [(theme, tuple(own))]
        return theme, tuple(told), tuple(own)

    made = kept.recall(("theme", name, stamps(known), machine), read) if known else read()
    theme, told, own = made
    if not known:
        kept.recall(("theme", name, stamps(own), machine), lambda: made)
    problems.extend(told)
    for file in own:
        inputs.add(file)
    return theme


def check_theme(theme: Theme, content: Content, order: Order, problems: Diagnostics, inputs: Inputs) -> Printing:
    """Checks the content for a theme; returns how its documents are printed. `inputs` are told of fonts of the machine."""
    deck, session = content.under(theme).deck, content.session
    check_for(theme, deck, session, content.vocabulary, problems)
    for font in theme.fonts.of_machine:
        inputs.add(font)
    wishes = [order.printing, session.printing if session else None, theme.printing]
    return settle_printing(wishes, theme.presets, deck.language, problems)


def arrange_all(
    content: Content, name: str, theme: Theme, printing: Printing, order: Order, problems: Diagnostics
) -> Arrangement:
    """As `arrange`, for a theme that has been read."""
    from deckbuilder.layout.arrange import arrange_deck  # late: what has errors is not arranged

    content = content.under(theme)
    deck, session = content.deck, content.session
    theme, shown = _in_language(theme, deck.language)

    def arranged(problems: Diagnostics, prints: bool = False) -> tuple[SlideFrame, ...]:
        schedule, pictures, labels = content.schedule, content.pictures, content.labels
        return tuple(
            arrange_deck(deck, session, schedule, pictures, theme, labels, problems, order.strict, prints=prints)
        )

    frames = arranged(problems)
    prints: tuple[SlideFrame, ...] = ()
    if printing.slides_per_page:
        # What is told of the slides need not be told again of their prints.
        aside = Diagnostics()
        prints = arranged(aside, prints=True)
        problems.extend(problem for problem in aside if problem.severity is Severity.ERROR)
    return Arrangement(content, shown, printing, frames, prints, template_folders(content.folder, find_theme(name)))


_MOST_THEMES = 64
_IN_LANGUAGES: dict[tuple[int, str], tuple[Theme, Theme, Theme]] = {}


def _in_language(theme: Theme, language: str) -> tuple[Theme, Theme]:
    """The theme for a deck in a language, and as its outputs see it, mirrored where the language runs from right to left. They
    are the same for the same theme, by which others know that a slide looks as it did; the theme is kept, so that none takes its
    place."""
    key = (id(theme), language)
    if key not in _IN_LANGUAGES:
        if len(_IN_LANGUAGES) >= _MOST_THEMES:
            _IN_LANGUAGES.clear()
        from deckbuilder.layout.mirror import mirrored_theme

        spoken = theme.spoken(language)
        _IN_LANGUAGES[key] = (theme, spoken, mirrored_theme(spoken, language))
    _, spoken, shown = _IN_LANGUAGES[key]
    return spoken, shown


def _can_be_set(words: str) -> bool:
    """Whether every letter is of a script that can be set."""
    return all(map(settable, words))


def make_sources(looks: Sequence[Arrangement], order: Order, images: Images | None = None) -> list[Source]:
    """What outputs are made from, for each arrangement; their pictures are prepared once, in `images` where others have them
    as well."""
    from deckbuilder.outputs.images import Images

    images, moment = images or Images(), _moment()
    return [
        Source(
            look.content.name,
            look.content.deck,
            look.content.session,
            look.content.schedule,
            look.frames,
            look.prints,
            look.content.pictures,
            look.theme,
            look.content.labels,
            images,
            look.printing,
            moment,
            look.templates,
            order.notes,
            order.originals,
            order.guide,
        )
        for look in looks
    ]


def _moment() -> dt.datetime | None:
    """The time that files carry: SOURCE_DATE_EPOCH (reproducible-builds.org), else none at all."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise fail("source-date", f"SOURCE_DATE_EPOCH is not a number of seconds: '{epoch}'") from error
