"""Text as authors write it: paragraphs of runs, read from a small set of Markdown.

`Inline` fields hold one paragraph: emphasis, links, code, super- and subscript, hard line
breaks, `[[gaps]]` to fill in, `[words]{lang=fr}` in another language. `Body` fields hold
several, and lists of them. What slides and pages have other
means for (headings, pictures, tables, quotations) is refused with a word on where it goes.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import GetPydanticSchema, ValidationInfo
from pydantic_core import PydanticCustomError, core_schema

from deckbuilder.source import LocatedFloat, LocatedInt, LocatedStr, Position, position_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from deckbuilder.diagnostics import Diagnostics

Marker = Literal["bullet", "number", "letter"]

# Any of these may be Markdown or want typographic quotes; without them text is one plain run.
_SPECIAL = re.compile(r"[*_`\[\]<>\\^~&!\"'\n]")
_BLOCK = re.compile(r"^(\s*([-+*]|\d+[.)])\s|\s*(#|>|```|\||---|===))", re.MULTILINE)

_GAP = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
BLANK = "_____"  # what a gap's word is called where it may not be said

_REFUSED = {
    "heading_open": ("a heading", "give the slide a title, or make the words bold"),
    "fence": ("a code block", "use `single backticks` for short code"),
    "code_block": ("an indented code block", "start the line without the spaces"),
    "blockquote_open": ("a quotation block", "use a slide of kind 'quote'"),
    "hr": ("a rule", "start a new slide instead"),
    "table_open": ("a table", "use a list, or a slide of kind 'comparison'"),
    "image": ("a picture", "use the slide's 'picture' field"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. A `"\\n"` inside `text` is a line break within the paragraph.

    `gap` marks a term of guided notes, which participants write in themselves; `lang` is the
    language (BCP 47) of words that are not in the deck's, else None.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    script: Literal["super", "sub"] | None = None
    link: str | None = None
    gap: bool = False
    lang: str | None = None

    @property
    def said(self) -> str:
        """The words, or a blank where they are a gap's: for titles, bookmarks and properties."""
        return BLANK if self.gap else self.text


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
    """The runs with the words of gaps as ordinary words."""
    return tuple(replace(run, gap=False) for run in runs) if any(run.gap for run in runs) else runs


def list_text(items: list[Text], marker: Marker = "bullet", level: int = 0) -> Text:
    """Inline texts as the items of one list."""
    return Text(
        tuple(
            Paragraph(item.runs, level, marker, n if marker == "number" else None) for n, item in enumerate(items, 1)
        ),
        items[0].at if items else None,
    )


def tie_last_word(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with a no-break space before a short last word, so that it is not left alone."""
    if not runs:
        return runs
    last = runs[-1]
    head, space, word = last.text.rpartition(" ")
    if not space or len(word) > 9 or len(head.split()) < 3:
        return runs
    return (*runs[:-1], replace(last, text=f"{head}\u00a0{word}"))


_QUOTES = {"de": ("„", "“"), "fr": ("«\u00a0", "\u00a0»"), "es": ("«", "»")}


def quoted(text: Text, language: str) -> Text:
    """The text within the quotation marks of a language (a BCP 47 tag)."""
    opening, closing = _QUOTES.get(language[:2], ("“", "”"))
    paragraphs = list(text.paragraphs)
    paragraphs[0] = replace(paragraphs[0], runs=(Run(opening), *paragraphs[0].runs))
    paragraphs[-1] = replace(paragraphs[-1], runs=(*paragraphs[-1].runs, Run(closing)))
    return Text(tuple(paragraphs), text.at)


@cache
def _markdown(language: str) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    quotes = {"de": "„“‚‘", "fr": "«»‹›", "es": "«»“”"}.get(language[:2], "“”‘’")
    md = MarkdownIt("commonmark", {"typographer": True, "quotes": quotes, "html": False})
    md.enable(["smartquotes", "table"])
    md.disable("reference")  # a definition of links elsewhere would vanish from the text
    md.use(sub_plugin).use(superscript_plugin).use(attrs_plugin, spans=True, after=())
    md.inline.ruler.before("link", "gap", _gap_rule)
    return md


def _gap_rule(state: StateInline, silent: bool) -> bool:
    """`[[term]]` as an element around what is inside."""
    match = _GAP.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        end = state.posMax
        state.push("gap_open", "gap", 1)
        state.pos, state.posMax = match.span(1)
        state.md.inline.tokenize(state)
        state.push("gap_close", "gap", -1)
        state.posMax = end
    state.pos = match.end()
    return True


def _language_of(token: Token) -> str | None:
    """The language that `[words]{lang=…}` names."""
    attributes = {**token.attrs, **token.meta.get("insecure_attrs", {})}
    language = str(attributes.pop("lang", ""))
    if attributes or not language:
        wrong = next(iter(attributes), "nothing")
        raise PydanticCustomError(
            "markdown",
            "braces after [words] name a language, not {wrong}",
            {"wrong": f"'{wrong}'" if attributes else wrong, "hint": "write it like [bonjour]{lang=fr}"},
        )
    if not _LANGUAGE.fullmatch(language):
        raise PydanticCustomError(
            "markdown",
            "'{language}' is not a language tag",
            {"language": language, "hint": "write it like [bonjour]{lang=fr}"},
        )
    return language


def _refuse(token: Token, source: str) -> None:
    if token.type in _REFUSED:
        what, mend = _REFUSED[token.type]
        raise PydanticCustomError("markdown", "{what} has no place in this text", {"what": what, "hint": mend})


def _runs(tokens: list[Token], source: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    look = Run("")
    depth = {"strong": 0, "em": 0}
    languages: list[str | None] = [None]
    for token in tokens:
        _refuse(token, source)
        match token.type:
            case "text" | "text_special":
                runs.append(replace(look, text=token.content))
            case "code_inline":
                runs.append(replace(look, text=token.content, code=True))
            case "softbreak":
                runs.append(replace(look, text=" "))
            case "hardbreak":
                runs.append(replace(look, text="\n"))
            case "strong_open" | "strong_close" | "em_open" | "em_close":
                depth[token.tag] += token.nesting
                look = replace(look, bold=depth["strong"] > 0, italic=depth["em"] > 0)
            case "sup_open" | "sub_open":
                look = replace(look, script="super" if token.type == "sup_open" else "sub")
            case "sup_close" | "sub_close":
                look = replace(look, script=None)
            case "gap_open" | "gap_close":
                look = replace(look, gap=token.nesting > 0)
            case "span_open":
                languages.append(_language_of(token))
                look = replace(look, lang=languages[-1])
            case "span_close":
                languages.pop()
                look = replace(look, lang=languages[-1])
            case "link_open":
                look = replace(look, link=str(token.attrs["href"]))
            case "link_close":
                look = replace(look, link=None)
            case other:  # pragma: no cover - the rules enabled above make no other token
                raise AssertionError(f"inline token {other}")
    return _joined(runs)


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    out: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if out and replace(out[-1], text="") == replace(run, text=""):
            out[-1] = replace(run, text=out[-1].text + run.text)
        else:
            out.append(run)
    return tuple(out)


def parse_inline(source: str, language: str = "en", at: Position | None = None) -> Text:
    """One paragraph of inline Markdown.

    Raises PydanticCustomError when the text holds what an inline text cannot.
    """
    words = source.strip()
    if not _SPECIAL.search(words):
        return Text((Paragraph((Run(words),)),) if words else (), at)
    tokens = _markdown(language).parseInline(words)
    return Text((Paragraph(_runs(tokens[0].children or [], source)),), at)


def parse_body(source: str, language: str = "en", at: Position | None = None) -> Text:
    """Paragraphs and lists of Markdown.

    Raises PydanticCustomError when the text holds what a body text cannot.
    """
    if "\n" not in source.strip() and not _BLOCK.search(source):
        return parse_inline(source, language, at)
    paragraphs: list[Paragraph] = []
    lists: list[list[Any]] = []  # of [marker, number of the current item], outermost first
    items: list[int | None] = []  # where the text of each open item stands in `paragraphs`
    for token in _markdown(language).parse(source):
        _refuse(token, source)
        match token.type:
            case "bullet_list_open":
                lists.append(["bullet", None])
            case "ordered_list_open":
                lists.append(["number", int(token.attrs.get("start", 1)) - 1])
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                items.append(None)
                if lists[-1][1] is not None:
                    lists[-1][1] += 1
            case "list_item_close":
                items.pop()
            case "inline":
                runs = _runs(token.children or [], source)
                if not lists:
                    paragraphs.append(Paragraph(runs))
                    continue
                place = items[-1]
                if place is None:
                    items[-1] = len(paragraphs)
                    marker, number = lists[-1]
                    paragraphs.append(Paragraph(runs, len(lists) - 1, marker, number))
                elif place == len(paragraphs) - 1:  # a further paragraph of an item belongs to the item
                    last = paragraphs[-1]
                    paragraphs[-1] = replace(last, runs=(*last.runs, Run("\n"), *runs))
                else:  # after a list inside the item: under the item, without a marker of its own
                    paragraphs.append(Paragraph(runs, len(lists) - 1))
    return Text(tuple(paragraphs), at)


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


def _validator(parse: Any, may_be_empty: bool) -> Any:
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
            raise PydanticCustomError(
                "text-is-mapping",
                "expected text, found a mapping with the key '{key}'",
                {"key": key, "hint": f'text that holds ": " needs quotes: "{key}: {rest}"'},
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
        text: Text = parse(composed(value), context.get("language", "en"), at)
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


def _located(validate: Any, **schema: Any) -> GetPydanticSchema:
    return GetPydanticSchema(
        get_pydantic_core_schema=lambda _t, _h: core_schema.no_info_plain_validator_function(
            validate, json_schema_input_schema=core_schema.str_schema()
        ),
        get_pydantic_json_schema=(lambda _s, _h: schema) if schema else None,
    )


Name = Annotated[str, _located(_name)]
"""A string that keeps the place it was written, for names that are looked up later."""

NameOrNumber = Annotated[str, _located(_name_or_number, type=["string", "integer"])]
"""As `Name`, for things that may be called by their number; the number is its digits."""

PlainWords = Annotated[str, _located(_words)]
"""Words without any Markdown, shown as they are; they too keep their place."""


def _schema(parse: Any, description: str, may_be_empty: bool = False) -> GetPydanticSchema:
    inner = core_schema.str_schema()
    return GetPydanticSchema(
        get_pydantic_core_schema=lambda _t, _h: core_schema.with_info_plain_validator_function(
            _validator(parse, may_be_empty), json_schema_input_schema=inner
        ),
        get_pydantic_json_schema=lambda _s, _h: {"type": "string", "description": description},
    )


Inline = Annotated[
    Text, _schema(parse_inline, "One paragraph; **bold**, *italic*, [link](https://…), ^super^, ~sub~, [[gap]].")
]
Body = Annotated[Text, _schema(parse_body, "Markdown paragraphs and lists.")]
Cell = Annotated[Text, _schema(parse_inline, "As inline text; may be empty.", may_be_empty=True)]
