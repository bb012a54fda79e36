"""An old deck in, a folder with a deck of ours out, with the report of what became of each slide."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from deckbuilder import api
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics, Severity, fail
from deckbuilder.importing import markup
from deckbuilder.importing.beside import write_page
from deckbuilder.importing.composing import Entry, compose, entries_of, sections_of
from deckbuilder.importing.files import Files, number_text
from deckbuilder.importing.furniture import Furniture, without_furniture
from deckbuilder.importing.kept import kept_words
from deckbuilder.importing.kinds import guesses
from deckbuilder.importing.markdown import is_markdown, read_markdown
from deckbuilder.importing.office import as_pptx
from deckbuilder.importing.old import Graph, Left, Line, OldDeck
from deckbuilder.importing.ours.pages import our_pages
from deckbuilder.importing.pages import pages_of
from deckbuilder.importing.reader import read_old
from deckbuilder.importing.rendering import Rendered, shown_numbers, with_drawings
from deckbuilder.importing.report import Became, Imported
from deckbuilder.importing.theme import theme_name, theme_of
from deckbuilder.importing.words import invented, missing, words_of
from deckbuilder.importing.yamlout import deck_text
from deckbuilder.ooxml.package import Package, PackageError
from deckbuilder.ooxml.reading import opened_presentation
from deckbuilder.outputs.pptx.marks import DeckMarks, read_marks

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ROUNDS = 6  # of trying how the deck fits
_COMMENTS = (
    "yaml-language-server: $schema=deck.schema.json",
    "Made of {name} by 'deckbuilder import'; import.txt tells what became of each slide.",
)
Progress = Callable[[str], None]


def import_deck(
    source: Path,
    folder: Path,
    *,
    with_theme: bool = False,
    with_page: bool = False,
    progress: Progress = lambda _: None,
) -> Imported:
    """Makes a deck in a new folder of an old one, `with_theme` also a theme pack in its `themes`, `with_page` also a page that
    shows old slides beside new ones. Raises DeckError where that cannot be: then nothing is left behind."""
    if folder.exists():
        raise fail(
            "file-exists", f"{folder} exists already", None, "give another folder with --to; nothing was changed"
        )
    progress(f"Reading {source}")
    if is_markdown(source):
        with _refused(source):
            old, pictures = read_markdown(source)
        return made(source, folder, old, pictures, None, progress)
    with ExitStack() as stack:
        stack.enter_context(_refused(source))
        file = stack.enter_context(as_pptx(source))
        package, macros = stack.enter_context(opened_presentation(file))
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="deckbuilder-import-"))
        old = read_old(package, macros)
        rendered = Rendered(file, shown_numbers(old), Path(scratch))
        old = with_drawings(old, package, rendered)
        theme = file if with_theme else None
        imported = made(source, folder, old, package, theme, progress, marks_in(file, package))
        if with_page:
            progress("Drawing old slides beside new ones")
            write_page(imported, folder, rendered)
        return imported


def made(
    source: Path,
    folder: Path,
    old: OldDeck,
    package: Package | None,
    theme: Path | None,
    progress: Progress,
    marks: DeckMarks | None = None,
) -> Imported:
    """The new deck's folder, of an old deck that was read. `theme` is the file that a theme pack is made of; None for none.
    `marks` are those of a deck that deckbuilder built."""
    part = folder.with_name(f".{folder.name}.import.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        imported = _Making(source, part, folder, old, package, theme, progress, marks).run()
        part.rename(folder)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise fail(
            "output-unwritable",
            f"{folder} cannot be made: {error.strerror or error}",
            None,
            "is the folder above it there, and yours?",
        ) from error
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return imported


def marks_in(file: Path, package: Package) -> DeckMarks | None:
    """The marks in a file that deckbuilder built; None in others."""
    if not any(relation.kind == "custom-properties" for relation in package.relations):
        return None
    try:
        marks = read_marks(file)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        return None
    return marks if any(marks.slides) else None


@contextmanager
def _refused(source: Path) -> Iterator[None]:
    """What cannot be read, in words."""
    try:
        yield
    except PackageError as error:
        raise fail("import-unreadable", f"the deck '{source.name}' {error.what}", None, error.hint) from error
    except FileNotFoundError as error:
        raise fail("file-missing", f"there is no file {source}", None, "give the old deck's file") from error
    except (IsADirectoryError, PermissionError) as error:
        raise fail(
            "import-unreadable", f"{source} cannot be read: {error.strerror}", None, "give the old deck's file"
        ) from error


class _Making:
    def __init__(
        self,
        source: Path,
        part: Path,
        folder: Path,
        old: OldDeck,
        package: Package | None,
        theme: Path | None,
        progress: Progress,
        marks: DeckMarks | None,
    ) -> None:
        self.source = source
        self.theme = theme
        self.part = part
        self.folder = folder
        self.progress = progress
        self.old = old
        language = old.language if _LANGUAGE.fullmatch(old.language) else "en"
        self.furniture: Furniture = without_furniture(replace(old, language=language))
        self.language = language
        self.ours = our_pages(self.furniture.deck, marks, package) if marks is not None else None
        self.pages = [page for page, _ in self.ours] if self.ours is not None else pages_of(self.furniture.deck)
        self.files = Files(package, part)
        self.entries: list[Entry] = []
        self.head: dict[str, Any] = {}
        self.starts: list[int] = []
        self.text = ""

    def run(self) -> Imported:
        self.progress(f"Recognising {len(self.pages)} slides")
        if self.ours is not None:
            self.entries = [Entry(page, [guess, *guesses(page)], ours=True) for page, guess in self.ours]
        else:
            self.entries = entries_of(self.pages, self._named())
        self._compose(self.entries)
        self._write()
        self.progress("Trying whether it builds")
        content, problems = self._fit()
        became, lost, new_words = self._account(content)
        self.files.unused(self.text)
        from deckbuilder.schemas import schema_text

        (self.part / "deck.schema.json").write_text(schema_text("deck"), encoding="utf-8")
        theme, about = self._theme()
        imported = Imported(
            self.source.name,
            self.folder,
            tuple(became),
            tuple(self.old.left),
            tuple(lost),
            tuple(new_words),
            self._told(problems),
            sum((slide.said for slide in self.old.slides), Counter()).total(),
            theme,
            about,
        )
        imported.write(self.part)
        return imported

    def _theme(self) -> tuple[str, tuple[str, ...]]:
        """Makes the theme pack; its folder, within the deck's, and what there is to say of it. ("", ()) where none is
        wanted."""
        if self.theme is None:
            return "", ()
        self.progress("Making the theme")
        problems = Diagnostics()
        name = f"themes/{theme_name(self.source)}"
        try:
            theme_of(self.theme, self.part / name, self.furniture.logos, problems)
        except DeckError as error:
            return "", self._told(error.diagnostics)
        except PackageError as error:
            return "", (f"the deck {error.what}",)
        return name, self._told(problems)

    def _told(self, problems: Iterable[Diagnostic]) -> tuple[str, ...]:
        """Problems in words, with files where they will be: in the new folder."""
        return tuple(str(problem).replace(self.part.name, self.folder.name) for problem in problems)

    def _named(self) -> list[str]:
        """The names of the file's sections, where it has them for its slides."""
        known = {page.slide.section for page in self.pages}
        return list(self.old.sections) if known - {None} else []

    def _compose(self, entries: Sequence[Entry]) -> None:
        title = self._title()
        before: Sequence[Line] = ()
        for entry in self.entries:
            if any(entry is one for one in entries):
                compose(entry, self.files, before or (markup_line(title),))
            before = entry.page.title or before

    def _title(self) -> str:
        """The deck's title: the cover's, else that of the file's properties, else the file's name."""
        for entry in self.entries[:1]:
            if "title" in entry.guess.deck:
                return str(entry.guess.deck["title"])
        first = next((page.heading for page in self.pages[:1] if page.title), "")
        return self.old.title or first or re.sub(r"[_\s]+", " ", self.source.stem).strip() or "Deck"

    def _write(self) -> None:
        """Writes deck.yaml as the entries now are."""
        head: dict[str, Any] = {"title": self._title(), "language": self.language}
        for entry in self.entries:
            for key, value in entry.head.items():
                if isinstance(value, list):
                    known = head.get(key, [])
                    head[key] = [*known, *(one for one in value if one not in known)]
                else:
                    head.setdefault(key, value)
        if head["title"] == self._title() and not any("title" in e.head for e in self.entries):
            head["title"] = markup.title([markup_line(head["title"])], self.language)
        if self.old.authors:
            head.setdefault("authors", [markup.title([markup_line(name)], self.language) for name in self.old.authors])
        rights = {"copyright": self.furniture.copyright, "licence": self.furniture.licence}
        for key, words in rights.items():
            if words and key not in head and not (key == "licence" and words == rights["copyright"]):
                head[key] = markup.title([markup_line(words)], self.language)
        order = (
            "title",
            "subtitle",
            "authors",
            "organisation",
            "language",
            "copyright",
            "licence",
            "objectives",
            "references",
        )
        self.head = {key: head[key] for key in order if key in head}
        sections = sections_of(self.entries, self._named(), str(self.head["title"]))
        comments = [comment.format(name=self.source.name) for comment in _COMMENTS]
        self.text, self.starts = deck_text(self.head, sections, comments)
        (self.part / "deck.yaml").write_text(self.text, encoding="utf-8")

    def _fit(self) -> tuple[api.Content | None, list[Diagnostic]]:
        """Tries how the deck builds, and takes slides for what is next sure where they do not; the deck at the end, None where
        it cannot be read, and what is wrong with it."""
        for _ in range(_ROUNDS):
            content, problems = _tried(self.part)
            if not problems:
                break
            changed = [entry for entry in self._blamed(problems) if self._mended(entry, problems)]
            if not changed and not self._head_mended(problems):
                break
            self._compose(changed)
            self._write()
        else:
            content, problems = _tried(self.part)
        return content, problems

    def _blamed(self, problems: Sequence[Diagnostic]) -> list[Entry]:
        """The entries in whose lines something is wrong."""
        owners = [entry for entry in self.entries for _ in entry.slides]
        out: dict[int, Entry] = {}
        for problem in problems:
            if problem.at is None or not problem.at.file.endswith("deck.yaml"):
                continue
            place = sum(start <= problem.at.line for start in self.starts) - 1
            if place >= 0:
                out[id(owners[place])] = owners[place]
        return list(out.values())

    def _mended(self, entry: Entry, problems: Sequence[Diagnostic]) -> bool:
        """Whether the entry can be made otherwise: without a picture that cannot be read, else as what is next sure."""
        named = [p for s in entry.slides for p in _pictures(s)]
        bad = [name for name in named if any(f"'{name}'" in p.message for p in problems)]
        for name in bad:
            if (part := self.files.part_of(name)) is not None:
                self.files.refuse(part)
        return bool(bad) or entry.next()

    def _head_mended(self, problems: Sequence[Diagnostic]) -> bool:
        """Whether something of the deck's head was left out that does not fit."""
        if any("copyright" in p.message for p in problems) and self.furniture.copyright:
            self.furniture = replace(self.furniture, copyright="")
            return True
        return False

    def _account(self, content: api.Content | None) -> tuple[list[Became], list[Left], list[str]]:
        """What became of each slide; the words that are lost beyond that; and those that nobody said."""
        became: list[Became] = []
        number = 1
        for entry in self.entries:
            kinds = [slide["kind"] for slide in entry.slides]
            became.append(
                Became(
                    entry.page.slide.number,
                    entry.page.heading,
                    tuple(kinds),
                    tuple(range(number, number + len(kinds))),
                    entry.guess.sure,
                    entry.guess.why,
                    tuple(entry.left),
                    entry.page.slide.hidden,
                )
            )
            number += len(kinds)
        new = kept_words(content) if content is not None else words_of(self.text)
        left = words_of(*(one.words for row in became for one in row.left), *(one.words for one in self.old.left))
        said = sum((slide.said for slide in self.old.slides), Counter[str]())
        gone = missing(said, new, left)
        lost = []
        for row, entry in zip(became, self.entries, strict=True):
            here = gone & entry.page.slide.said
            if here:
                gone -= here
                what = (
                    "what slides say by themselves, on"
                    if self.ours is not None
                    else "words that were said once more on"
                )
                lost.append(Left(f"{what} slide {row.number}", " ".join(here.elements())))
        known = [
            said,
            words_of(
                *self.old.sections,
                *self.old.authors,
                self.old.title,
                self.old.author,
                *self.old.standing,
                re.sub("_", " ", self.source.stem),
            ),
        ]
        known.append(words_of(*(one.words for one in self.old.left)))
        graphs = (
            shape.content for slide in self.old.slides for shape in slide.shapes if isinstance(shape.content, Graph)
        )
        values = (
            value for graph in graphs for _, of in graph.series for value in of
        )  # which are data, and no words of it
        known.append(words_of(*(number_text(value, comma=False) for value in values)))
        return became, lost, invented(new, *known) if content is not None else []


def _pictures(slide: dict[str, Any]) -> list[str]:
    found = [slide.get("picture"), slide.get("poster"), *slide.get("pictures", ())]
    return [str(one["file"]) for one in found if one]


def markup_line(words: str) -> Line:
    """Plain words as a line."""
    from deckbuilder.content.text import Run

    return Line((Run(words),))


def _tried(folder: Path) -> tuple[api.Content | None, list[Diagnostic]]:
    """The deck as read, None where it cannot be, and what keeps it from being built."""
    content = None
    try:
        content = api.read(folder)
        api.arrange(content)
    except DeckError as error:
        return content, [p for p in error.diagnostics if p.severity is Severity.ERROR]
    return content, []
