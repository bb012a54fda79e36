"""Text as the phases pass it on: paragraphs of runs; and the types of the fields that hold it."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, GetPydanticSchema, ValidationInfo
from pydantic_core import PydanticCustomError, core_schema

from deckbuilder.content.formulas import Formula
from deckbuilder.frozen import dataclass
from deckbuilder.languages import Language, Quotes
from deckbuilder.source import LocatedFloat, LocatedInt, LocatedStr, Position, position_of

if TYPE_CHECKING:
    from deckbuilder.content.markdown import Parse
    from deckbuilder.diagnostics import Diagnostics

Marker = Literal["bullet", "number", "letter"]

BLANK = "_____"  # what a gap's word is called where it may not be said


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. A `"\\n"` inside `text` is a line break within the paragraph.

    `gap` marks a term of guided notes, which participants write in themselves, `answer` one whose word is shown; `lang` is the
    language (BCP 47) of words that are not in the deck's, else None. `formula` is the formula that the run is, and the
    text then is that on a line, for where no formula can stand. `clock` is a time of day, set in lining figures; with a tab
    before it, it stands at the right end of its line.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    script: Literal["super", "sub"] | None = None
    link: str | None = None
    gap: bool = False
    lang: str | None = None
    formula: Formula | None = None
    clock: bool = False
    answer: bool = False

    @property
    def said(self) -> str:
        """The words, or a blank where they are a gap's: for titles, bookmarks and properties."""
        return BLANK if self.gap else self.text

    @property
    def told(self) -> str:
        """As `said`, with a blank also where the word is shown: for what participants get."""
        return BLANK if self.answer else self.said


@dataclass(frozen=True, slots=True)
class Blank(Run):
    """A gap as participants get it: nothing of its word but a number, by which it is known where pages are set."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs, with the nesting `level` (0 outermost) and the `marker` of a list item.

    `number` is the item's number in a numbered list, else None.
    """

    runs: tuple[Run, ...]
    level: int = 0
    marker: Marker | None = None
    number: int | None = None

    @property
    def plain(self) -> str:
        return "".join(run.said for run in self.runs)


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs, and the place they were written (None when made by the program)."""

    paragraphs: tuple[Paragraph, ...]
    at: Position | None = None

    @property
    def plain(self) -> str:
        """The words alone, paragraphs on lines of their own, gaps as blanks."""
        return "\n".join(p.plain for p in self.paragraphs)

    def __str__(self) -> str:
        """As `plain`: a template that joins texts gets no word of a gap."""
        return self.plain

    def __bool__(self) -> bool:
        return any(p.plain.strip() for p in self.paragraphs)

    def __iter__(self) -> Iterator[Paragraph]:
        return iter(self.paragraphs)

    def __add__(self, other: Text) -> Text:
        return Text(self.paragraphs + other.paragraphs, self.at)

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs of an inline text, its paragraphs joined by line breaks."""
        runs: list[Run] = []
        for paragraph in self.paragraphs:
            if runs:
                runs.append(Run("\n"))
            runs.extend(paragraph.runs)
        return tuple(runs)


def plain_text(words: str, **look: Any) -> Text:
    """Text of one run, taken as it stands; `look` are fields of `Run`."""
    return Text((Paragraph((Run(words, **look),)),))


def without_gaps(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with the words of gaps shown."""
    if not any(run.gap for run in runs):
        return runs
    return tuple(replace(run, gap=False, answer=True) if run.gap else run for run in runs)


def without_formulas(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with formulas on a line of text."""
    return tuple(replace(run, formula=None) for run in runs) if any(run.formula for run in runs) else runs


def tie_last_word(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with a no-break space before a short last word, so that it is not left alone."""
    if not runs:
        return runs
    words = "".join("\ufffc" * len(run.text) if run.formula else run.text for run in runs)  # which is set as one
    head, space, word = words.rpartition(" ")
    if (
        runs[-1].formula
        or isinstance(runs[-1], Blank)
        or not space
        or not word
        or len(word) > 9
        or len(head.split()) < 3
    ):
        return runs
    out, place = [], len(head)  # of the space, in the run that holds it
    for run in runs:
        if 0 <= place < len(run.text):
            out.append(replace(run, text=f"{run.text[:place]}\u00a0{run.text[place + 1 :]}"))
        else:
            out.append(run)
        place -= len(run.text)
    return tuple(out)


def quoted(text: Text, language: str) -> Text:
    """The text within the quotation marks of a language (a BCP 47 tag); quotations within it take the second pair."""
    marks = Language(language).quotes
    paragraphs = [replace(p, runs=tuple(_within(run, marks) for run in p.runs)) for p in text.paragraphs]
    paragraphs[0] = replace(paragraphs[0], runs=(Run(marks[0]), *paragraphs[0].runs))
    paragraphs[-1] = replace(paragraphs[-1], runs=(*paragraphs[-1].runs, Run(marks[1])))
    return Text(tuple(paragraphs), text.at)


def _within(run: Run, marks: Quotes) -> Run:
    """The run with first and second quotation marks exchanged. An apostrophe looks like a closing second mark (in Finnish like
    an opening one), and is told by the letter before it where no second quotation is open."""
    if run.code or run.formula or run.lang or not any(mark in run.text for mark in (marks[0], marks[1])):
        return run
    out, open_second, n = "", 0, 0
    while n < len(run.text):
        rest = run.text[n:]
        if rest.startswith(marks[0]):
            out, n = out + marks[2], n + len(marks[0])
        elif rest.startswith(marks[1]):
            out, n = out + marks[3], n + len(marks[1])
        elif rest.startswith(marks[2]) and marks[2] not in marks[:2] and not run.text[n - 1 : n].isalnum():
            out, n, open_second = out + marks[0], n + len(marks[2]), open_second + 1
        elif rest.startswith(marks[3]) and open_second and not rest[len(marks[3]) : len(marks[3]) + 1].isalnum():
            out, n, open_second = out + marks[1], n + len(marks[3]), open_second - 1
        else:
            out, n = out + rest[0], n + 1
    return replace(run, text=out)


def composed(words: str) -> str:
    """The words in Unicode's composed form (NFC), in which they are read: "e" with a combining accent
    becomes "é". Fonts draw accented letters better than letters with accents over them, many have
    no other; and words then compare equal however their author's keyboard made them."""
    return words if words.isascii() else unicodedata.normalize("NFC", words)


_VAGUE = {
    *("here", "click here", "this", "this link", "link", "more", "read more"),
    *("hier", "hier klicken", "dieser link", "mehr"),
    *("aquí", "haga clic aquí", "este enlace", "más", "leer más"),
    *("ici", "cliquez ici", "ce lien", "lien", "plus", "en savoir plus"),
}


def warn_of_vague_link(words: str, at: Position | None, problems: Diagnostics | None) -> None:
    """Warns of a link whose words do not say where it goes (WCAG 2.1, 2.4.4): screen readers read
    links out one by one, without what stands around them."""
    if problems is not None and words.strip(" .,…").casefold() in _VAGUE:
        problems.warning(
            "vague-link",
            f"the link '{words.strip()}' does not say where it goes",
            at,
            "use words that make sense by themselves",
        )


def _linked(text: Text) -> Iterator[str]:
    """The words of each link."""
    for paragraph in text:
        if any(run.link for run in paragraph.runs):
            for link, runs in itertools.groupby(paragraph.runs, key=lambda run: run.link):
                if link:
                    yield "".join(run.text for run in runs)


def _read(parse: str, words: str, context: dict[str, Any], at: Position | None) -> Text:
    """The words as text; what is doubtful about them is told."""
    from deckbuilder.content import markdown

    problems = context.get("problems")

    def doubt(code: str, message: str, hint: str) -> None:
        if problems is not None:
            problems.warning(code, message, at, hint)

    read: Parse = getattr(markdown, parse)
    return read(words, context.get("language", "en"), at, doubt)


def _validator(parse: str, may_be_empty: bool) -> Any:
    def validate(value: Any, info: ValidationInfo) -> Text:
        if isinstance(value, Text):
            return value
        at = position_of(value)
        if may_be_empty and (value is None or value == ""):
            return Text((), at)
        if isinstance(value, (LocatedInt, LocatedFloat)):
            value = value.raw
        if isinstance(value, dict) and len(value) == 1:
            ((key, rest),) = value.items()
            hint = f'text that holds ": " needs quotes: "{key}: {rest}"'
            if key == "text":  # what is left where it says which variants it is for
                hint = "write the words alone; what differs by variant is an item of a list, a text of paragraphs, or a slide"
            raise PydanticCustomError(
                "text-is-mapping", "expected text, found a mapping with the key '{key}'", {"key": key, "hint": hint}
            )
        if not isinstance(value, str):
            kind = {bool: "true or false", type(None): "nothing"}.get(type(value), "a list or mapping")
            raise PydanticCustomError(
                "text-type",
                "expected text, found {found}",
                {
                    "found": kind,
                    "hint": "put the words in quotes" if isinstance(value, bool) else "write the words here",
                },
            )
        context = info.context or {}
        text = _read(parse, composed(value), context, at)
        for words in _linked(text):
            warn_of_vague_link(words, at, context.get("problems"))
        if not text:
            raise PydanticCustomError(
                "text-empty", "this text is empty", {"hint": "write the words, or leave the key out"}
            )
        return text

    return validate


def _name(value: Any) -> Any:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "should be text", {"hint": "put it in quotes"})
    return value


def _words(value: Any) -> Any:
    return LocatedStr(composed(_name(value)), position_of(value))


def _name_or_number(value: Any) -> Any:
    if isinstance(value, LocatedInt):
        return LocatedStr(value.raw, value.at)
    return _name(value if not isinstance(value, int) or isinstance(value, bool) else str(value))


def _number_or_words(value: Any) -> Any:
    if isinstance(value, (LocatedInt, LocatedFloat)):
        return LocatedStr(value.raw, value.at)
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "should be a number, or words", {"hint": "put it in quotes"})
    if not value.strip():
        raise PydanticCustomError("text-empty", "the text is empty", {"hint": "write words"})
    return _words(value)


def _located(validate: Any, **schema: Any) -> GetPydanticSchema:
    return GetPydanticSchema(
        get_pydantic_core_schema=lambda _t, _h: core_schema.no_info_plain_validator_function(
            validate, json_schema_input_schema=core_schema.str_schema()
        ),
        get_pydantic_json_schema=(lambda _s, _h: schema) if schema else None,
    )


Name = Annotated[str, _located(_name)]
"""A string that keeps the place it was written, for names that are looked up later."""

NumberOrWords = Annotated[str, _located(_number_or_words, type=["string", "number"])]
"""As `PlainWords`, for what may be a number; the number is as it was written."""

NameOrNumber = Annotated[str, _located(_name_or_number, type=["string", "integer"])]
"""As `Name`, for things that may be called by their number; the number is its digits."""

PlainWords = Annotated[str, _located(_words)]
"""Words without any Markdown, shown as they are; they too keep their place."""


def as_set(name: str, language: str) -> str:
    """The name of a text, typed as the text is or as it is shown, as `Text.plain` has it: its quotation marks and apostrophes
    set, its emphasis gone. The name itself where it is no Markdown."""
    from deckbuilder.content.markdown import parse_inline

    try:
        return parse_inline(composed(str(name)), language).plain
    except PydanticCustomError:
        return name


TextName = Annotated[str, AfterValidator(lambda name, info: as_set(name, (info.context or {}).get("language", "en")))]
"""What a text of the same slide is called by: as `as_set` has it."""


def _schema(parse: str, description: str, may_be_empty: bool = False) -> GetPydanticSchema:
    inner = core_schema.str_schema()
    return GetPydanticSchema(
        get_pydantic_core_schema=lambda _t, _h: core_schema.with_info_plain_validator_function(
            _validator(parse, may_be_empty), json_schema_input_schema=inner
        ),
        get_pydantic_json_schema=lambda _s, _h: {
            "type": ["string", "number", "null"] if may_be_empty else ["string", "number"],
            "description": description,
        },
    )


Inline = Annotated[
    Text,
    _schema(
        "parse_inline", "One paragraph; **bold**, *italic*, [link](https://…), ^super^, ~sub~, $formula$, [[gap]]."
    ),
]
Body = Annotated[Text, _schema("parse_body", "Markdown paragraphs and lists.")]
Cell = Annotated[Text, _schema("parse_inline", "As inline text; may be empty.", may_be_empty=True)]
