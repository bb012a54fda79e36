"""The documents' templates: where they lie, the sandbox they run in, and what went wrong in them.

A template is looked for beside the deck, then in the theme pack, then among the built-in ones.
Every element that it writes remembers its place, so that a mistake in the markup can be told
where its author made it.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FileSystemBytecodeCache,
    FileSystemLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.ext import Extension
from jinja2.meta import find_referenced_templates

from deckbuilder import __version__
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics, Severity, near_word
from deckbuilder.labels import Labels
from deckbuilder.outputs.markup import filters
from deckbuilder.outputs.markup.bounded import SECONDS, Crashed, TimeIsUp, bounded
from deckbuilder.outputs.markup.checking import PLACE
from deckbuilder.outputs.markup.missing import EQUAL_BYTES, NOTHING_ELSE, missing_in
from deckbuilder.outputs.markup.sandbox import UNSTEADY, Sandbox
from deckbuilder.outputs.source import template_files
from deckbuilder.source import Position, shown_path

BUILT_IN = Path(__file__).parent / "templates"
TEMPLATES = ("handout", "guide", "slides", "showing", "macros")
_JINJA = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_PLACED = re.compile(rf' {PLACE}="([^"]*)"')
_START_TAG = re.compile(r"<([A-Za-z][\w-]*)")
_LARGEST = 10**6  # bytes of a template
_MARKUP, _MARKUP_OF_SLIDE = (
    3_000_000,
    20_000,
)  # characters that own templates may make; built-in ones make 3,000 a slide


class _Places(Extension):
    """Gives each element that a template spells out an attribute with its place."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        out: list[str] = []
        position = 0

        def placed(match: re.Match[str]) -> str:
            start = position + match.start()
            column = start - source.rfind("\n", 0, start)
            return f'{match[0]} {PLACE}="{name}:{source.count(chr(10), 0, start) + 1}:{column}"'

        for number, part in enumerate(_JINJA.split(source)):
            out.append(part if number % 2 else _START_TAG.sub(placed, part))
            position += len(part)
        return "".join(out)


@cache
def environment(folders: tuple[Path, ...] = ()) -> Sandbox:
    """The environment that looks for templates in the folders, then among the built-in ones."""
    env = Sandbox(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in (*folders, BUILT_IN)]),
        extensions=[_Places],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=0,  # a template that is put into a folder meanwhile is found
        bytecode_cache=_compiled(),
    )
    env.filters.update(filters.FILTERS)
    return env


def _compiled() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept between runs, as Python keeps its own: Jinja2's folder in
    the system's temporary one, which it checks to be the user's alone. None where it is not."""
    try:
        return FileSystemBytecodeCache(pattern=f"__jinja2_deckbuilder-{__version__}-3_%s.cache")
    except (RuntimeError, OSError):
        return None


def template_file(name: str, folders: Sequence[Path] = ()) -> Path:
    """The file of a template (such as "handout.xml"): the first there is. KeyError for none."""
    for folder in (*folders, BUILT_IN):
        if (folder / name).is_file():
            return folder / name
    raise KeyError(name)


def unused_templates(folders: Sequence[Path]) -> Iterator[tuple[Path, str | None]]:
    """Files that lie among templates and that no template asks for, each with a hint."""
    files = [(file, file.relative_to(folder).as_posix()) for folder in folders for file in template_files(folder)]
    said = "".join(file.read_text(encoding="utf-8", errors="replace") for file, _ in files)
    known = [f"{name}.xml" for name in TEMPLATES]
    for file, name in files:
        if name not in known and not re.search(rf"['\"]{re.escape(name)}['\"]", said):
            yield file, near_word(file.name, known)


def place_in(folders: Sequence[Path]) -> Callable[[str], Position]:
    """Turns a place that rendering left ("handout.xml:12:3") into a position."""

    @cache
    def file(name: str) -> str:
        return shown_path(template_file(name, folders))

    def place(said: str) -> Position:
        name, line, column = said.rsplit(":", 2)
        return Position(file(name), int(line), int(column))

    return place


def render(
    name: str,
    folders: tuple[Path, ...],
    labels: Labels,
    problems: Diagnostics,
    slides: int,
    kept: Collection[str] = (),
    **context: Any,
) -> str | None:
    """The markup of a document, from the template of that name; elements carry their places. `kept` are names that other
    templates know, and that are the facilitator's. Errors have the template's file and line; where something is missing
    that the template asks for, the markup is without it. None where there can be no markup.

    Templates of a deck or a theme pack are rendered within bounds; the markup of theirs may have so many characters for
    each of the deck's `slides`.
    """
    if not any(template_files(folder) for folder in folders):
        reported, rendered = _rendered(name, folders, labels, kept, None, context)
    else:
        most = _MARKUP + slides * _MARKUP_OF_SLIDE
        reported, rendered = bounded(
            lambda: _rendered(name, folders, labels, kept, most, context),
            lambda why: ([_too_much(why, Position(shown_path(template_file(name, folders)), 1, 1))], None),
        )
    problems.extend(reported)
    return rendered


def _rendered(
    name: str,
    folders: tuple[Path, ...],
    labels: Labels,
    kept: Collection[str],
    most: int | None,
    context: dict[str, Any],
) -> tuple[list[Diagnostic], str | None]:
    """What is to be said, and the markup, unless what is said leaves none; `most` is how many characters it may have."""
    files, own = Diagnostics(), Diagnostics()
    env = environment(folders)
    env = env.overlay(undefined=missing_in(own, [*context, "label", *env.globals], kept))
    broken, unknown = _check_files(env, folders, files)
    # What filters and tests that there are not stand in the way of is told with them.
    env.filters = dict.fromkeys(unknown, _unchanged) | env.filters
    env.tests = dict.fromkeys(unknown, _unchanged) | env.tests
    rendered = None
    try:
        if not (broken and _reaches(env, name, broken)):
            rendered = _joined(env.get_template(name).generate(label=labels, **context), name, folders, most)
    except TemplateSyntaxError as error:  # in what a template makes of words
        _report_syntax(error, name, own)
    except SyntaxError as error:  # in the Python code that Jinja2 makes of a template: Python nests 20 loops
        file = Path(error.filename or template_file(name, folders))
        _report_depth(file, _deepest_line(env.parse(file.read_text(encoding="utf-8"))), own)
    except RecursionError as error:
        at = _innermost(error, folders) or Position(str(template_file(name, folders)), 1, 1)
        _report_depth(Path(at.file), at.line, own)
    except (MemoryError, TimeIsUp) as error:
        at = _innermost(error, folders) or Position(shown_path(template_file(name, folders)), 1, 1)
        own.extend([_too_much(error, at)])
    except DeckError as error:
        own.extend(error.diagnostics)
    except Exception as error:  # whatever an expression may fail with; what passed no template is the program's
        if not isinstance(error, TemplateError) and _innermost(error, folders) is None:
            raise
        if not own.has_errors and not unknown:  # else what is missing may have led to it
            _report_failure(error, folders, labels, own)
    return [*files, *own], rendered


def _unchanged(value: Any, *_: Any, **__: Any) -> Any:
    return value


def _reaches(env: Sandbox, name: str, broken: Collection[Path]) -> bool:
    """Whether a template is one of the broken files, or takes one in. One whose name is only known when it runs may be."""
    waiting, seen = [name], set()
    while waiting:
        each = waiting.pop()
        seen.add(each)
        assert env.loader is not None
        try:
            source, file, _ = env.loader.get_source(env, each)
        except TemplateNotFound:  # told when it is asked for
            continue
        except UnicodeDecodeError:
            return True
        if file is None or Path(file) in broken:
            return True
        taken = set(find_referenced_templates(env.parse(source, each, file)))
        if None in taken:
            return True
        waiting += [other for other in taken if other is not None and other not in seen]
    return False


def _joined(pieces: Iterator[str], name: str, folders: tuple[Path, ...], most: int | None) -> str:
    """The pieces as one text. Raises DeckError, at the last element, where it has more than `most` characters."""
    out: list[str] = []
    length = 0
    for piece in pieces:
        out.append(piece)
        length += len(piece)
        if most is not None and length > most:
            places = _PLACED.findall("".join(out[-1000:])) or [f"{name}:1:1"]
            found = Diagnostics()
            found.extend([_too_much(MemoryError(), place_in(folders)(places[-1]))])
            raise DeckError(found)
    return "".join(out)


def _too_much(why: Exception, at: Position) -> Diagnostic:
    if isinstance(why, Crashed):
        said, hint = (
            f"the program that ran the template {why}",
            "that is no fault of the template: report it, with the deck",
        )
        return Diagnostic(Severity.ERROR, "template-failed", said, at, hint)
    if isinstance(why, TimeIsUp):
        said, hint = f"the template takes longer than {SECONDS} seconds", "look for loops within loops"
    else:
        said, hint = "the template asks for more memory than it may have, or writes too much", "look for words repeated"
    return Diagnostic(Severity.ERROR, "template-memory", said, at, hint)


def _report_depth(file: Path, line: int, problems: Diagnostics) -> None:
    at = Position(shown_path(file), line, 1)
    problems.error("template-error", "in the template: this is nested too deep", at, "put a part of it into a macro")


def _deepest_line(tree: nodes.Template) -> int:
    """The line of the node with the most others around it."""
    deepest, line = 0, 1
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > deepest:
            deepest, line = depth, node.lineno
        waiting += [(child, depth + 1) for child in node.iter_child_nodes()]
    return line


def check_files(folders: tuple[Path, ...], problems: Diagnostics) -> None:
    """Reports what can be told of the templates in the folders without a deck: files that cannot be read, broken syntax,
    filters and tests that do not exist."""
    _check_files(environment(folders), folders, problems)


def _check_files(env: Sandbox, folders: Sequence[Path], problems: Diagnostics) -> tuple[set[Path], set[str]]:
    """Reports files that cannot be read, and filters and tests that do not exist, also where they would not be used this
    time. The files that cannot be read, and the names of what does not exist."""
    broken, unknown = set(), set()
    for file in (file for folder in folders for file in template_files(folder)):
        tree = _parsed(env, file, problems)
        if tree is None:
            broken.add(file)
            continue
        for kind, noun, known in ((nodes.Filter, "filter", env.filters), (nodes.Test, "test", env.tests)):
            for node in tree.find_all(kind):
                if node.name not in known:
                    unknown.add(node.name)
                    message = f"No {noun} named '{node.name}'."
                    error = TemplateSyntaxError(message, node.lineno, file.name, str(file))
                    _report_syntax(error, str(file), problems)
    return broken, unknown


def _parsed(env: Sandbox, file: Path, problems: Diagnostics) -> nodes.Template | None:
    """A file's syntax; None, with an error, where it cannot be read."""
    if file.stat().st_size > _LARGEST:
        at = Position(shown_path(file), 1, 1)
        problems.error("file-too-large", f"{file.name} has more than a million bytes", at, "is it a template?")
        return None
    try:
        return env.parse(file.read_text(encoding="utf-8"), file.name, str(file))
    except UnicodeDecodeError as error:
        at = Position(shown_path(file), error.object.count(b"\n", 0, error.start) + 1, 1)
        problems.error("not-utf8", f"the template {file.name} is not UTF-8 text", at, "save it as UTF-8")
    except RecursionError:
        _report_depth(file, 1, problems)
    except TemplateSyntaxError as error:
        _report_syntax(error, str(file), problems)
    return None


def _report_syntax(error: TemplateSyntaxError, name: str, problems: Diagnostics) -> None:
    at = Position(shown_path(Path(error.filename or name)), error.lineno, 1)
    problems.error("template-error", f"in the template: {error.message}", at, _syntax_hint(str(error.message)))


def _report_failure(error: Exception, folders: tuple[Path, ...], labels: Labels, problems: Diagnostics) -> None:
    """Reports an error of rendering in words, at the innermost line of a template that it passed."""
    at = _innermost(error, folders)
    code, message, hint = "template-error", str(getattr(error, "message", None) or error), None
    if isinstance(error, TemplateNotFound):
        known = environment(folders).list_templates(extensions=["xml"])
        message, hint = f"there is no template '{error.name}'", near_word(str(error.name), known)
    elif isinstance(error, KeyError) and _raised_in(error) == Labels.__module__:
        message, hint = f"there are no words called {message}", near_word(message.strip("'"), labels.names)
    elif "is unsafe" in message:
        hint = NOTHING_ELSE
    else:
        code, message = "template-failed", message or type(error).__name__
    problems.error(code, f"in the template: {message}", at, hint)


def _raised_in(error: BaseException) -> str | None:
    """The module that raised an error."""
    *_, (frame, _line) = traceback.walk_tb(error.__traceback__)
    return frame.f_globals.get("__name__")


def _innermost(error: BaseException, folders: tuple[Path, ...]) -> Position | None:
    """The innermost line of a template that an error passed; None where it passed none."""
    at = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        passed = Path(frame.f_code.co_filename)
        if passed.suffix == ".xml" and any(passed.is_relative_to(folder) for folder in (*folders, BUILT_IN)):
            at = Position(shown_path(passed), line, 1)
    return at


def _syntax_hint(message: str) -> str | None:
    if "end of template" in message or "end of statement" in message:
        return "each {% if %}, {% for %} and {% macro %} needs its {% endif %}, {% endfor %}, {% endmacro %}"
    if message.startswith(("No filter named", "No test named")):
        env = environment()
        if message.split("'")[1] in UNSTEADY:
            return EQUAL_BYTES
        return near_word(message.split("'")[1], env.filters if "filter" in message else env.tests)
    return None
