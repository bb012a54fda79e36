"""The documents' templates: where they lie, the sandbox they run in, and what went wrong in them.

A template is looked for beside the deck, then in the theme pack, then among the built-in ones.
Every element that it writes remembers its place, so that a mistake in the markup can be told
where its author made it.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from pydantic import BaseModel

from deckbuilder import __version__
from deckbuilder.diagnostics import DeckError, fail, near_word
from deckbuilder.labels import Labels
from deckbuilder.outputs.markup import filters
from deckbuilder.outputs.markup.bounded import SECONDS, TimeIsUp, bounded
from deckbuilder.outputs.markup.elements import PLACE
from deckbuilder.source import Position, shown_path

BUILT_IN = Path(__file__).parent / "templates"
TEMPLATES = ("handout", "guide", "slides", "showing", "macros")
_JINJA = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_MARK = re.compile(rf' {PLACE}="([^"]*)"')
_START_TAG = re.compile(r"<([A-Za-z][\w-]*)")
# What a template's expressions may fail with, beside Jinja2's own errors.
_FAILURES = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_LARGEST = 10**6  # bytes of a template
_MARKUP, _MARKUP_OF_SLIDE = (
    3_000_000,
    20_000,
)  # characters that own templates may make; the built-in ones make 3,000 a slide


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


class _Missing(StrictUndefined):
    """A name without a value; the message ends with a hint after a line break."""

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        if self._undefined_hint:
            return self._undefined_hint
        if self._undefined_obj is missing:
            return f"'{name}' is not defined"
        owner = self._undefined_obj
        noun = getattr(type(owner), "noun", None) or f"a {type(owner).__name__}"
        known = [
            key for key in (type(owner).model_fields if isinstance(owner, BaseModel) else dir(owner)) if key[0] != "_"
        ]
        return f"{noun} has no '{name}'\n{near_word(name, known) or ''}".strip()


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, and beyond it: nothing of files, and of models nothing but their fields."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, (PurePath, type)) or (isinstance(obj, BaseModel) and hasattr(BaseModel, attr)):
            return False
        return super().is_safe_attribute(obj, attr, value)


@cache
def environment(folders: tuple[Path, ...] = ()) -> ImmutableSandboxedEnvironment:
    """The environment that looks for templates in the folders, then among the built-in ones."""
    env = _Sandbox(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in (*folders, BUILT_IN)]),
        extensions=[_Places],
        autoescape=True,
        undefined=_Missing,
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
        return FileSystemBytecodeCache(pattern=f"__jinja2_deckbuilder-{__version__}-1_%s.cache")
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

    def place(mark: str) -> Position:
        name, line, column = mark.rsplit(":", 2)
        return Position(shown_path(template_file(name, folders)), int(line), int(column))

    return place


def render(name: str, folders: tuple[Path, ...], labels: Labels, slides: int, **context: Any) -> str:
    """The markup of a document, from the template of that name; elements carry their places. `slides` is how many the
    deck has: so much longer may the markup be.

    Raises DeckError, with the template's file and line, for whatever goes wrong in it.
    """
    if not any(True for folder in folders for _ in folder.glob("*.xml")):
        return _rendered(name, folders, labels, None, context)
    most = _MARKUP + slides * _MARKUP_OF_SLIDE
    file = template_file(name, folders)
    return bounded(
        lambda: _rendered(name, folders, labels, most, context),
        lambda why: _too_much(why, Position(shown_path(file), 1, 1)),
    )


def _rendered(name: str, folders: tuple[Path, ...], labels: Labels, most: int | None, context: dict[str, Any]) -> str:
    """The markup; `most` is how many characters it may have, None for any number."""
    env = environment(folders)
    try:
        _check_own(env, folders)
        out: list[str] = []
        length = 0
        for piece in env.get_template(name).generate(label=labels, **context):
            out.append(piece)
            length += len(piece)
            if most is not None and length > most:
                marks = _MARK.findall("".join(out[-1000:])) or [f"{name}:1:1"]
                raise _too_much(MemoryError, place_in(folders)(marks[-1]))
        return "".join(out)
    except TemplateSyntaxError as error:
        at = Position(shown_path(Path(error.filename or name)), error.lineno, 1)
        raise fail(
            "template-error", f"in the template: {error.message}", at, _syntax_hint(str(error.message))
        ) from error
    except SyntaxError as error:  # of the Python code that Jinja2 makes of a template
        file = Path(error.filename or template_file(name, folders))
        raise _too_deep(file, _deepest_line(env.parse(file.read_text(encoding="utf-8")))) from error
    except UnicodeDecodeError as error:
        raise _not_utf8(error, folders) from error
    except (MemoryError, TimeIsUp) as error:
        raise _too_much(type(error), _place(error, folders, name)) from None
    except RecursionError as error:
        at = _place(error, folders, name)
        raise _too_deep(Path(at.file), at.line) from None
    except _FAILURES as error:
        raise _told(error, folders, labels, name, [*context, "label", *env.globals]) from error


def _not_utf8(error: UnicodeDecodeError, folders: Sequence[Path]) -> DeckError:
    file = next(f for folder in folders for f in folder.glob("*.xml") if f.read_bytes() == error.object)
    at = Position(shown_path(file), error.object.count(b"\n", 0, error.start) + 1, 1)
    return fail("not-utf8", f"the template {file.name} is not UTF-8 text", at, "save it as UTF-8")


def _too_much(why: type[Exception], at: Position) -> DeckError:
    if why is TimeIsUp:
        said, hint = f"the template takes longer than {SECONDS} seconds", "look for loops within loops"
    else:
        said, hint = "the template asks for more memory than it may have, or writes too much", "look for words repeated"
    return fail("template-memory", said, at, hint)


def _too_deep(file: Path, line: int) -> DeckError:
    at = Position(shown_path(file), line, 1)
    return fail("template-error", "in the template: this is nested too deep", at, "put a part of it into a macro")


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


def _check_own(env: ImmutableSandboxedEnvironment, folders: Sequence[Path]) -> None:
    """Raises Jinja2's error for a filter or test that does not exist, also where it would not be used this time."""
    for folder in folders:
        for file in sorted(folder.glob("*.xml")):
            if file.stat().st_size > _LARGEST:
                at = Position(shown_path(file), 1, 1)
                raise fail("file-too-large", f"{file.name} has more than a million bytes", at, "is it a template?")
            tree = env.parse(file.read_text(encoding="utf-8"), file.name, str(file))
            for kind, noun, known in ((nodes.Filter, "filter", env.filters), (nodes.Test, "test", env.tests)):
                for node in tree.find_all(kind):
                    if node.name not in known:
                        raise TemplateSyntaxError(f"No {noun} named '{node.name}'.", node.lineno, file.name, str(file))


def _place(error: BaseException, folders: tuple[Path, ...], name: str) -> Position:
    """The innermost line of a template that an error passed; where it passed none, the first of the template `name`."""
    file, line = template_file(name, folders), 1
    for frame, number in traceback.walk_tb(error.__traceback__):
        passed = Path(frame.f_code.co_filename)
        if passed.parent in (*folders, BUILT_IN) and passed.suffix == ".xml":
            file, line = passed, number
    return Position(shown_path(file), line, 1)


def _told(error: Exception, folders: tuple[Path, ...], labels: Labels, name: str, names: list[str]) -> DeckError:
    """An error of rendering in words, at the innermost line of a template that it passed."""
    at = _place(error, folders, name)
    message, _, hint = str(getattr(error, "message", None) or error).partition("\n")
    if isinstance(error, TemplateNotFound):
        known = environment(folders).list_templates(extensions=["xml"])
        message, hint = f"there is no template '{error.name}'", near_word(str(error.name), known) or ""
    elif isinstance(error, KeyError):
        message, hint = f"there are no words called {message}", near_word(message.strip("'"), labels.names) or ""
    elif undefined := re.fullmatch(r"'(.+)' is (not defined|undefined)", message):
        message, hint = f"'{undefined[1]}' is not defined", near_word(undefined[1], names) or ""
    elif "is unsafe" in message:
        hint = "templates see the fields of the deck, and nothing else of the program"
    return fail("template-error", f"in the template: {message}", at, hint or None)


def _syntax_hint(message: str) -> str | None:
    if "end of template" in message or "end of statement" in message:
        return "each {% if %}, {% for %} and {% macro %} needs its {% endif %}, {% endfor %}, {% endmacro %}"
    if message.startswith(("No filter named", "No test named")):
        env = environment()
        return near_word(message.split("'")[1], env.filters if "filter" in message else env.tests)
    return None
