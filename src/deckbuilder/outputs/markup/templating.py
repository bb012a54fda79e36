"""The documents' templates: where they lie, the sandbox they run in, and what went wrong in them.

A template is looked for beside the deck, then in the theme pack, then among the built-in ones.
Every element that it writes remembers its place, so that a mistake in the markup can be told
where its author made it.
"""

from __future__ import annotations

import datetime as dt
import re
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FileSystemBytecodeCache,
    FileSystemLoader,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    nodes,
)
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from deckbuilder import __version__
from deckbuilder.content.projection import noun_of
from deckbuilder.content.text import Paragraph, Run, Text
from deckbuilder.diagnostics import Diagnostics, near_word
from deckbuilder.labels import Labels
from deckbuilder.outputs.markup import filters
from deckbuilder.outputs.markup.checking import PLACE
from deckbuilder.outputs.markup.missing import NOTHING_ELSE, missing_in
from deckbuilder.source import Position, shown_path

BUILT_IN = Path(__file__).parent / "templates"
TEMPLATES = ("handout", "guide", "slides", "showing", "macros")
_JINJA = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_START_TAG = re.compile(r"<([A-Za-z][\w-]*)")
# What a template's expressions may fail with, beside Jinja2's own errors.
_FAILURES = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class _Places(Extension):
    """Gives each element that a template spells out an attribute with its place."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        out: list[str] = []
        position = 0

        def marked(match: re.Match[str]) -> str:
            start = position + match.start()
            column = start - source.rfind("\n", 0, start)
            return f'{match[0]} {PLACE}="{name}:{source.count(chr(10), 0, start) + 1}:{column}"'

        for number, part in enumerate(_JINJA.split(source)):
            out.append(part if number % 2 else _START_TAG.sub(marked, part))
            position += len(part)
        return "".join(out)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, and beyond it: nothing of files, of models nothing but their fields, and of texts only what
    keeps back the words of gaps."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, (PurePath, type, Run)) or (isinstance(obj, (Text, Paragraph)) and attr != "plain"):
            return False
        if isinstance(obj, BaseModel) and hasattr(BaseModel, attr):
            return False
        return super().is_safe_attribute(obj, attr, value)


def _printed(value: object) -> object:
    """What a template prints: words and numbers. Jinja2's error for anything else, of which it would print the inside."""
    if value is None or isinstance(value, (str, int, float, dt.date, dt.time, Undefined)):
        return value
    if isinstance(value, Text):
        raise TemplateRuntimeError("a text is printed through a filter, 'inline' or 'body'")
    noun = noun_of(type(value)) or getattr(type(value), "noun", None) or f"a {type(value).__name__}"
    raise TemplateRuntimeError(f"{noun} cannot be printed, only what is in it")


@cache
def environment(folders: tuple[Path, ...] = ()) -> ImmutableSandboxedEnvironment:
    """The environment that looks for templates in the folders, then among the built-in ones."""
    env = _Sandbox(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in (*folders, BUILT_IN)]),
        extensions=[_Places],
        autoescape=True,
        finalize=_printed,
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
        return FileSystemBytecodeCache(pattern=f"__jinja2_deckbuilder-{__version__}-2_%s.cache")
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
    files = [file for folder in folders for file in sorted(folder.glob("*.xml"))]
    said = "".join(file.read_text(encoding="utf-8", errors="replace") for file in files)
    for file in files:
        if file.stem not in TEMPLATES and not re.search(rf"['\"]{re.escape(file.name)}['\"]", said):
            yield file, near_word(file.name, [f"{name}.xml" for name in TEMPLATES])


def place_in(folders: Sequence[Path]) -> Callable[[str], Position]:
    """Turns a mark that rendering left ("handout.xml:12:3") into a position."""

    @cache
    def file(name: str) -> str:
        return shown_path(template_file(name, folders))

    def place(mark: str) -> Position:
        name, line, column = mark.rsplit(":", 2)
        return Position(file(name), int(line), int(column))

    return place


def render(
    name: str,
    folders: tuple[Path, ...],
    labels: Labels,
    problems: Diagnostics,
    kept: Collection[str] = (),
    **context: Any,
) -> str | None:
    """The markup of a document, from the template of that name; elements carry their places. `kept` are names that other
    templates know, and that are the facilitator's. None, with errors, each with the template's file and line, where
    anything goes wrong in it.
    """
    own = Diagnostics()
    env = environment(folders)
    env = env.overlay(undefined=missing_in(own, [*context, "label", *env.globals], kept))
    _check_files(env, folders, own)
    rendered = None
    try:
        if not own.has_errors:
            rendered = env.get_template(name).render(label=labels, **context)
    except TemplateSyntaxError as error:  # in what a template makes of words
        _report_syntax(error, name, own)
    except MemoryError:
        said = f"the template {name} asks for more memory than there is"
        own.error("template-memory", said, None, "look for words repeated")
    except _FAILURES as error:
        if not own.has_errors:  # else what is missing may have led to it
            _report_failure(error, folders, labels, own)
    problems.extend(own)
    return None if own.has_errors else rendered


def check_files(folders: tuple[Path, ...], problems: Diagnostics) -> None:
    """Reports what can be told of the templates in the folders without a deck: files that cannot be read, broken syntax,
    filters and tests that do not exist."""
    _check_files(environment(folders), folders, problems)


def _check_files(env: ImmutableSandboxedEnvironment, folders: Sequence[Path], problems: Diagnostics) -> None:
    """Reports files that cannot be read, and filters and tests that do not exist, also where they would not be used this
    time."""
    for file in (file for folder in folders for file in sorted(folder.glob("*.xml"))):
        try:
            tree = env.parse(file.read_text(encoding="utf-8"), file.name, str(file))
        except UnicodeDecodeError:
            problems.error("not-utf8", f"the template {file.name} is not UTF-8 text", None, "save it as UTF-8")
            continue
        except TemplateSyntaxError as error:
            _report_syntax(error, str(file), problems)
            continue
        for kind, noun, known in ((nodes.Filter, "filter", env.filters), (nodes.Test, "test", env.tests)):
            for node in tree.find_all(kind):
                if node.name not in known:
                    message = f"No {noun} named '{node.name}'."
                    _report_syntax(TemplateSyntaxError(message, node.lineno, file.name, str(file)), str(file), problems)


def _report_syntax(error: TemplateSyntaxError, name: str, problems: Diagnostics) -> None:
    at = Position(shown_path(Path(error.filename or name)), error.lineno, 1)
    problems.error("template-error", f"in the template: {error.message}", at, _syntax_hint(str(error.message)))


def _report_failure(error: Exception, folders: tuple[Path, ...], labels: Labels, problems: Diagnostics) -> None:
    """Reports an error of rendering in words, at the innermost line of a template that it passed."""
    at = None
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).parent in (*folders, BUILT_IN) and frame.filename.endswith(".xml"):
            at = Position(shown_path(Path(frame.filename)), frame.lineno or 1, 1)
    message, hint = str(getattr(error, "message", None) or error), None
    if isinstance(error, TemplateNotFound):
        known = environment(folders).list_templates(extensions=["xml"])
        message, hint = f"there is no template '{error.name}'", near_word(str(error.name), known)
    elif isinstance(error, KeyError):
        message, hint = f"there are no words called {message}", near_word(message.strip("'"), labels.names)
    elif "is unsafe" in message:
        hint = NOTHING_ELSE
    problems.error("template-error", f"in the template: {message}", at, hint)


def _syntax_hint(message: str) -> str | None:
    if "end of template" in message or "end of statement" in message:
        return "each {% if %}, {% for %} and {% macro %} needs its {% endif %}, {% endfor %}, {% endmacro %}"
    if message.startswith(("No filter named", "No test named")):
        env = environment()
        return near_word(message.split("'")[1], env.filters if "filter" in message else env.tests)
    return None
