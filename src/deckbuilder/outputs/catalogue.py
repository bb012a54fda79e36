"""The outputs: what a build can make. The pipeline walks this list, and knows none of them by name.

The command line reads it too, and so nothing is imported here before it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from deckbuilder import renamed
from deckbuilder.frozen import dataclass

if TYPE_CHECKING:
    from deckbuilder.content.printing import Printing
    from deckbuilder.diagnostics import Diagnostics
    from deckbuilder.outputs.source import Source
    from deckbuilder.source import Inputs

Room = Literal["pptx", "pages"]
Files = Sequence[Path]
Look = Callable[[tuple[Path, ...], "Diagnostics", "Inputs"], None]
Check = Callable[["Source", "Diagnostics"], "Source"]
Write = Callable[["Source", Files, "Diagnostics"], "Source"]
SetPages = Callable[["Source", "Path | None"], "Source"]

_SHEETS = "-booklet.pdf"  # in place of .pdf
_MOST_SHEETS = 20  # what a long-reach stapler takes


@dataclass(frozen=True)
class Output:
    """One thing that a build makes. `name` is what it is called everywhere, `words` how a sentence calls it.

    `endings` are those that its files' names have, printed so; `printed` tells whether print settings say anything of it.
    `look` reports what can be told of the templates in some folders alone, whatever is wrong with deck and theme, and adds
    the files that it reads. `check` reports what would keep the output from being written, and returns the source with what
    it made for writing. `write` writes the files, one for each ending, and returns the source, with what others of its room
    may want to know: outputs of one room are written by one process, in the order of the list. `set_pages` does all of it but
    write, for whoever only wants to know, and writes no more than the pages where it is given a path. `usual` are made
    unless something else is asked for.
    """

    name: str
    words: str
    room: Room
    endings: Callable[[Printing], tuple[str, ...]]
    write: Write
    printed: bool = False
    usual: bool = True
    look: Look | None = None
    check: Check | None = None
    set_pages: SetPages | None = None


def _write_deck(source: Source, files: Files, problems: Diagnostics) -> Source:
    from deckbuilder.outputs.pptx.writer import write_deck

    (path,) = files
    write_deck(
        path,
        source.deck,
        source.frames,
        source.theme,
        source.images,
        source.moment,
        source.notes,
        source.originals,
    )
    return source


def _write_handout(source: Source, files: Files, problems: Diagnostics) -> Source:
    source = _set_handout(source, files[0])
    _impose(f"{source.name}-handout{_SHEETS}", files, problems)
    return source


def _write_guide(source: Source, files: Files, problems: Diagnostics) -> Source:
    from deckbuilder.outputs.pages.writer import write_guide

    source = _with_handout_pages(source, None)  # the guide names the handout's
    source = replace(source, guide_pages=write_guide(files[0], source))
    _impose(f"{source.name}-guide{_SHEETS}", files, problems)
    return source


def _with_handout_pages(source: Source, path: Path | None) -> Source:
    return _set_handout(source, path) if source.pages is None else source


def _with_guide_pages(source: Source, path: Path | None) -> Source:
    from deckbuilder.outputs.pages.writer import write_guide

    source = _with_handout_pages(source, None)
    return replace(source, guide_pages=write_guide(path, source))


def _set_handout(source: Source, path: Path | None) -> Source:
    """Sets the handout, and writes it where there is a path; returns the source with its pages."""
    from deckbuilder.outputs.pages.grey import GreyImages
    from deckbuilder.outputs.pages.writer import write_handout

    if source.printing.grayscale:
        source = replace(source, images=GreyImages())
    return replace(source, pages=write_handout(path, source))


def _write_slides(source: Source, files: Files, problems: Diagnostics) -> Source:
    from deckbuilder.outputs.pages.writer import write_screens

    write_screens(files[0], source)
    return source


def _impose(name: str, files: Files, problems: Diagnostics) -> None:
    """Makes a booklet's sheets of its pages, where they are wanted; `name` is what their file is called in the end."""
    if len(files) == 1:
        return
    from deckbuilder.outputs.pages.imposition import impose

    pages, sheets = files
    count = impose(pages, sheets)
    if count > _MOST_SHEETS:
        problems.warning(
            "booklet-too-thick",
            f"{name} takes {count} sheets; more than {_MOST_SHEETS} are hard to fold and to staple",
            None,
            "print it on whole pages, or staple it in parts",
        )


def _check_handout(source: Source, problems: Diagnostics) -> Source:
    from deckbuilder.outputs.pages.writer import with_handout

    return with_handout(source, problems)


def _check_guide(source: Source, problems: Diagnostics) -> Source:
    from deckbuilder.outputs.pages.writer import with_guide

    return with_guide(source, problems)


def _look_at_templates(folders: tuple[Path, ...], problems: Diagnostics, inputs: Inputs) -> None:
    from deckbuilder.outputs.source import template_files
    from deckbuilder.source import Position, shown_path

    files = [file for folder in folders for file in template_files(folder)]
    if not files:
        return  # as mostly, and then Jinja2 need not be imported to tell what is wrong with a deck
    from deckbuilder.outputs.markup.templating import check_files, unused_templates

    for file in files:
        inputs.add(file)
    check_files(folders, problems)
    for file, hint in unused_templates(folders):
        problems.warning(
            "template-unused", f"the template {file.name} is not used", Position(shown_path(file), 1, 1), hint
        )


def _document(ending: str) -> Callable[[Printing], tuple[str, ...]]:
    """A PDF's ending; with that of a booklet's sheets, which stand beside the pages in reading order."""
    return lambda printing: (f"{ending}.pdf", f"{ending}{_SHEETS}") if printing.booklet else (f"{ending}.pdf",)


OUTPUTS = (
    Output("deck", "deck", "pptx", lambda _: (".pptx",), _write_deck),
    Output(
        "handout",
        "handout",
        "pages",
        _document("-handout"),
        _write_handout,
        True,
        look=_look_at_templates,
        check=_check_handout,
        set_pages=_with_handout_pages,
    ),
    Output(
        "guide",
        "facilitator guide",
        "pages",
        _document("-guide"),
        _write_guide,
        True,
        look=_look_at_templates,
        check=_check_guide,
        set_pages=_with_guide_pages,
    ),
    Output("slides", "slides as PDF", "pages", lambda _: ("-slides.pdf",), _write_slides, usual=False),
)
KNOWN = tuple(output.name for output in OUTPUTS)
NAMES = tuple(output.name for output in OUTPUTS if output.usual)


def find_output(name: str) -> Output | None:
    """The output of that name, or of one that it had earlier; None where there is none."""
    name = renamed.output(name)
    return next((output for output in OUTPUTS if output.name == name), None)
