"""The jobs of a catalogue: each is one set of files, of one deck in one theme, language, variant, session and print setting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path
from typing import Any

from deckbuilder.batch.fetching import Refused, fetched, is_address
from deckbuilder.content.catalogue import Catalogue, Excluded, Matrix
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.frozen import dataclass
from deckbuilder.outputs.catalogue import NAMES
from deckbuilder.reading.deck import deck_file, deck_name
from deckbuilder.reading.locales import languages_of
from deckbuilder.reading.yaml import read_yaml
from deckbuilder.source import LocatedDict, Position, position_of, shown_path
from deckbuilder.theme.pack import shipped_names

_Deck = tuple[Path, str | None]  # where it lies, and the address that it was fetched from
_PATTERN = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Job:
    """One set of files. None leaves a matter to deck, session and theme; `variant` "" is the deck itself. `name` is what the
    set is called in the results: `deck/theme-variant-language-session-paper-preset`, without what nobody named. `origin` is the
    address that the deck was fetched from, None for one that lies here."""

    name: str
    deck: Path
    theme: str | None = None
    language: str | None = None
    variant: str | None = None
    session: Path | None = None
    paper: str | None = None
    preset: str | None = None
    outputs: tuple[str, ...] = NAMES
    origin: str | None = None


def jobs_of(catalogue: Catalogue, folder: Path) -> list[Job]:
    """The catalogue's jobs, in its order, each once. `folder` is where the catalogue is. Decks at addresses are fetched. Raises
    DeckError with all that is wrong: what names nothing or cannot be fetched, and sets that would be called alike."""
    problems, fetching = Diagnostics(), dict[str, list[_Deck]]()
    found: dict[Job, None] = {}
    for matrix in (catalogue, *catalogue.include):
        names = matrix.decks or (() if matrix is catalogue and catalogue.include else catalogue.decks)
        decks = [deck for name in names for deck in _decks(name, folder, fetching, problems)]
        if not decks and not names and not catalogue.include:
            problems.error("missing-key", "a catalogue needs 'decks'", catalogue.at, "add 'decks: trainings/*'")
        outputs = matrix.outputs or catalogue.outputs or NAMES
        for job in _combined(matrix, decks, tuple(outputs), folder, problems):
            if not any(_excludes(one, job) for one in catalogue.exclude):
                found[job] = None
    called: dict[str, Job] = {}
    for job in found:
        other = called.setdefault(job.name.casefold(), job)
        if other is not job:
            problems.error(
                "outputs-overwrite",
                f"two sets would be called {job.name}: of {shown_deck(other)} and of {shown_deck(job)}",
                catalogue.at,
                "give one of the decks, themes or sessions another name",
            )
    problems.raise_if_errors()
    return list(found)


def shown_deck(job: Job) -> str:
    """What messages call a job's deck."""
    return job.origin or shown_path(job.deck)


def _combined(
    matrix: Matrix, decks: Sequence[_Deck], outputs: tuple[str, ...], folder: Path, problems: Diagnostics
) -> Iterator[Job]:
    themes: list[str | None] = [theme for name in matrix.themes for theme in _themes(name, folder)]
    sessions: list[Path | None] = [s for name in matrix.sessions for s in _files(name, folder, "session", problems)]
    papers: list[str | None] = [*matrix.papers]
    presets: list[str | None] = [*matrix.presets]
    for deck, origin in decks:
        languages: list[str | None] = [tag for name in matrix.languages for tag in _languages(name, deck)]
        variants: list[str | None] = [one for name in matrix.variants for one in _variants(name, deck)]
        for theme, variant, language, session, paper, preset in product(
            themes or [None],
            variants or [None],
            languages or [None],
            sessions or [None],
            papers or [None],
            presets or [None],
        ):
            parts = (
                Path(theme).name if theme else "",
                variant,
                language,
                session.stem if session else None,
                paper,
                preset,
            )
            name = f"{deck_name(deck)}/{'-'.join(str(part) for part in parts if part) or 'usual'}"
            words = (_word(language), _word(variant), session, paper, _word(preset))
            yield Job(name, deck, theme, *words, outputs, origin)


def _word(value: str | None) -> str | None:
    """The word itself, which knows no place any more: jobs travel between processes."""
    return None if value is None else str(value)


def _decks(name: str, folder: Path, fetching: dict[str, list[_Deck]], problems: Diagnostics) -> Sequence[_Deck]:
    """The decks that a name, a pattern or an address means; addresses are asked once, as `fetching` knows."""
    if not is_address(name):
        return [(deck, None) for deck in _files(name, folder, "deck", problems)]
    if name not in fetching:
        fetching[name] = []
        try:
            fetching[name] += fetched(str(name))
        except Refused as why:
            problems.error(why.code, why.message, position_of(name), why.hint)
    return fetching[name]


def _files(name: str, folder: Path, noun: str, problems: Diagnostics) -> list[Path]:
    """The files that a name or a pattern means, in order."""
    at = position_of(name)
    if is_address(name):
        problems.error("file-missing", f"{name} is not fetched: only decks are", at, "put it beside the catalogue")
        return []
    if not _PATTERN.search(name):
        return [folder / str(name)]
    pattern = str(name)  # a path takes no string that knows its place
    root = Path("/") if Path(pattern).is_absolute() else folder
    try:
        found = sorted(root.glob(pattern.lstrip("/")))
    except ValueError as error:  # such as a**b
        problems.error(
            "file-missing", f"{name} is no pattern: {error}", at, "* stands for any letters, ** for any folders"
        )
        return []
    if noun == "deck":
        found = [one for one in found if deck_file(one).is_file() and _may_be_deck(one)]
    if not found:
        code = "deck-missing" if noun == "deck" else "file-missing"
        problems.error(code, f"there is no {noun} at {name}", at, "patterns go from the catalogue's folder")
    return found


def _may_be_deck(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in (".yaml", ".yml")


def _themes(name: str, folder: Path) -> list[str]:
    """Themes by name; a folder beside the catalogue by its path, so that it does not matter where one is."""
    if name == "all":
        return shipped_names()
    for place in (folder / name, folder / "themes" / name):
        if (place / "_brand.yml").is_file():
            return [str(place)]
    return [str(name)]


def _languages(name: str, deck: Path) -> list[str]:
    if name != "all":
        return [str(name)]
    own = _raw(deck).get("language", "en")
    return [str(own), *(tag for tag in languages_of(deck_file(deck).parent) if tag != own)]


def _variants(name: str, deck: Path) -> list[str]:
    if name != "all":
        return [str(name)]
    variants = _raw(deck).get("variants")
    return ["", *(str(one) for one in variants)] if isinstance(variants, dict) else [""]


def _raw(deck: Path) -> dict[str, Any]:
    """The deck's data, {} for a file that is none: its job will tell."""
    file = deck_file(deck)
    try:
        raw = read_yaml(file, shown_path(file), Diagnostics())
    except DeckError:
        return {}
    return raw if isinstance(raw, LocatedDict) else {}


def _excludes(rule: Excluded, job: Job) -> bool:
    """Whether all that the exclusion says is true of the job."""
    said = {
        "deck": deck_name(job.deck),
        "theme": Path(job.theme).name if job.theme else "",
        "language": job.language or "",
        "variant": job.variant or "",
        "session": job.session.stem if job.session else "",
        "paper": job.paper or "",
        "preset": job.preset or "",
    }
    wanted = {key: getattr(rule, key) for key in said if getattr(rule, key) is not None}
    return bool(wanted) and all(fnmatchcase(said[key], str(pattern)) for key, pattern in wanted.items())


def place_of(catalogue: Catalogue) -> Position | None:
    """Where the catalogue says where results go."""
    return position_of(catalogue.results)
