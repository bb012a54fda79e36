"""Markdown to text: paragraphs of runs.

Inline text is one paragraph: emphasis, links, code, formulas, super- and subscript, hard line breaks, `[[gaps]]` to fill in,
`[words]{lang=fr}` in another language. Body text has several, lists, blocks of code and footnotes. What slides and pages have
other means for (headings, pictures, tables, quotations) is refused with a word on where it goes. What only looks like
Markdown, addresses above all, has been put aside by `typed` before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from pydantic_core import PydanticCustomError

from deckbuilder.content.footnotes import NOTED, footnotes, referred
from deckbuilder.content.formulas.tex import read_formula
from deckbuilder.content.habits import Doubt, doubt_habits, doubt_left_over
from deckbuilder.content.links import target_of
from deckbuilder.content.pasted import BULLETS, LISTED, as_lists, without_bullet
from deckbuilder.content.refusals import bounded, refuse_citations, refuse_links, wrong
from deckbuilder.content.text import Paragraph, Run, Text
from deckbuilder.content.typed import Aside, put_aside
from deckbuilder.content.typography import PRIMES, numbers_whole, typographic
from deckbuilder.languages import Language, lookup
from deckbuilder.source import Position

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# Any of these may be Markdown or want typographic quotes; without them text is one plain run.
_SPECIAL = re.compile(r"[{$*_`\[\]<>\\^~&!\"'\n@•◦▪‣●«»|:=+]|://|www\.|--|^[-+] ")
_BLOCK = re.compile(r"^(\s*([-+*]|\d+[.)])\s|\s*(#|>|```|~~~|:::|\||---|===|\[))", re.MULTILINE)
_FRENCH = re.compile(r" [;:!?%€$]|\d \d{3}\b|n° \d")

_GAP = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DEEPEST = 6  # levels of lists: what slides can tell apart, and far from what the parser leaves out

_REFUSED = {
    "heading_open": ("a heading", "give the slide a title, or make the words bold"),
    "code_block": ("an indented code block", "start the line without the spaces, or fence it by lines of ```"),
    "blockquote_open": ("a quotation block", "use a slide of kind 'quote'"),
    "hr": ("a rule", "start a new slide instead"),
    "table_open": ("a table", "use a list, or a slide of kind 'comparison'"),
    "image": ("a picture", "use the slide's 'picture' field"),
}


class Parse(Protocol):
    """Reads a text that somebody typed. Raises PydanticCustomError when it holds what it cannot."""

    def __call__(self, source: str, language: str = "en", at: Position | None = None, doubt: Doubt = ...) -> Text: ...


def _no_doubt(code: str, message: str, hint: str) -> None:
    """For texts that nobody is told about."""


@cache
def _markdown(language: str, references: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin

    md = MarkdownIt("commonmark", {"typographer": True, "quotes": list(Language(language).quotes), "html": False})
    md.enable(["smartquotes", "table"])
    if not references:
        md.disable("reference")  # a definition of links elsewhere would vanish from the text
    md.use(attrs_plugin, spans=True, after=())
    md.inline.ruler.before("link", "gap", _gap_rule)
    md.inline.ruler.after("emphasis", "sub", _script_rule("~", "sub"))
    md.inline.ruler.after("emphasis", "sup", _script_rule("^", "sup"))
    return md


def _script_rule(delimiter: str, name: str) -> Callable[[StateInline, bool], bool]:
    """Raises or lowers what stands between two delimiters: right after a letter, a digit or what closes, and without a blank."""
    span = re.compile(
        rf"{re.escape(delimiter)}([^\s{re.escape(delimiter)}]+){re.escape(delimiter)}(?!{re.escape(delimiter)})"
    )

    def rule(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != delimiter or not state.pos:
            return False
        before = state.src[state.pos - 1]
        if not (before.isalnum() or before in ")]}*_`”’\"'"):
            return False
        match = span.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        if not silent:
            end = state.posMax
            state.push(f"{name}_open", name, 1).markup = delimiter
            state.pos, state.posMax = match.span(1)
            state.md.inline.tokenize(state)
            state.push(f"{name}_close", name, -1).markup = delimiter
            state.posMax = end
        state.pos = match.end()
        return True

    return rule


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


def _runs(tokens: list[Token], source: str, aside: Aside) -> tuple[Run, ...]:
    runs: list[Run] = []
    look = Run("")
    depth = {"strong": 0, "em": 0}
    languages: list[str | None] = [None]
    for token in tokens:
        _refuse(token, source)
        match token.type:
            case "text" | "text_special":
                runs.extend(aside.back(token.content, look))
            case "code_inline":
                runs.append(replace(look, text=aside.plain(token.content), code=True))
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
                # Of a gap an address is the word, and would be printed as where the blank leads.
                look = replace(look, link=None if look.gap else target_of(str(token.attrs["href"])))
            case "link_close":
                look = replace(look, link=None)
            case other:  # pragma: no cover - the rules enabled above make no other token
                raise AssertionError(f"inline token {other}")
    return _joined(_apart([_straightened(run) for run in runs]))


def _apart(runs: list[Run]) -> list[Run]:
    """The runs with formulas that stand by themselves on lines of their own."""
    if not any(run.formula and run.formula.display for run in runs):
        return runs
    out: list[Run] = []
    for run in runs:
        after = bool(out and out[-1].formula and out[-1].formula.display)
        if run.formula and run.formula.display and any(one.text.strip() for one in out):
            out[-1] = replace(out[-1], text=out[-1].text.rstrip()) if not out[-1].formula else out[-1]
            out.append(Run("\n"))
        elif after and not run.text.strip(" "):
            continue
        elif after and not re.match(r"[.,;:!?]", run.text):
            out.append(Run("\n"))
        out.append(replace(run, text=run.text.lstrip(" ")) if after and not run.formula else run)
    return out


_LONE = re.compile(r"(?<=[^\W\d_])'|'(?=[^\W\d_])")


def _straightened(run: Run) -> Run:
    """The run with the marks of inches and feet as typed; one beside a letter that nothing closes is an apostrophe."""
    if "'" in run.text and not run.code and not run.link:
        run = replace(run, text=_LONE.sub("’", run.text))
    if any(chr(mark) in run.text for mark in PRIMES):
        return replace(run, text=run.text.translate(PRIMES))
    return run


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    out: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if out and not run.formula and replace(out[-1], text="") == replace(run, text=""):
            out[-1] = replace(run, text=out[-1].text + run.text)
        else:
            out.append(run)
    return tuple(out)


def parse_inline(source: str, language: str = "en", at: Position | None = None, doubt: Doubt = _no_doubt) -> Text:
    """One paragraph of inline Markdown.

    Raises PydanticCustomError when the text holds what an inline text cannot.
    """
    words = source.strip()
    if not _SPECIAL.search(words) and not ("fr" in lookup(language) and _FRENCH.search(words)):
        return Text((Paragraph((Run(numbers_whole(words)),)),) if words else (), at)
    bounded(words)
    refuse_citations(words)
    refuse_links(words)
    if match := NOTED.search(words):
        raise wrong(
            "'{note}' is a footnote, which this text has no foot for",
            "name the source in the slide's 'sources', or put the remark into the text; 'text' fields may have footnotes",
            note=match.group(),
        )
    words = without_bullet(words, doubt)
    if "\n" in words and len(LISTED.findall(words)) > 1:
        raise wrong("a list has no place in this text", "make each item a text of its own")
    doubt_habits(words, doubt, references=False, inline=True)
    marked, aside = put_aside(words, lambda text: typographic(text, language), language, doubt)
    tokens = _markdown(language, False).parseInline(marked)
    read = Text((Paragraph(_runs(tokens[0].children or [], source, aside)),), at)
    doubt_left_over(_unmarked(read.paragraphs), words, doubt)
    return read


def parse_body(source: str, language: str = "en", at: Position | None = None, doubt: Doubt = _no_doubt) -> Text:
    """Paragraphs, lists, blocks of code and footnotes of Markdown.

    Raises PydanticCustomError when the text holds what a body text cannot.
    """
    if "\n" not in source.strip() and not _BLOCK.search(source) and not NOTED.search(source):
        words = source.strip()
        if not (words[:1] in BULLETS and words):
            return parse_inline(source, language, at, doubt)
    bounded(source)
    refuse_citations(source)
    refuse_links(source)
    if re.search(r"^\s*:::", source, re.MULTILINE):
        raise wrong("':::' opens no block here", "use the kind of slide that shows it, or leave it out")
    source = as_lists(source)
    source, notes = footnotes(source)
    references = referred(source)
    doubt_habits(source, doubt, references)
    marked, aside = put_aside(source, lambda text: typographic(text, language), language, doubt)
    numbers = {name: number for number, name in enumerate(notes, 1)}
    marked = NOTED.sub(lambda match: aside.put(Run(str(numbers[match[1]]), script="super")), marked)
    paragraphs = _blocks(_markdown(language, references).parse(marked), source, aside, language)
    doubt_left_over(_unmarked(paragraphs), source, doubt)
    for name, note in notes.items():
        remark = parse_inline(note, language, at, doubt)
        paragraphs.append(Paragraph((Run(str(numbers[name]), script="super"), Run("\u00a0"), *remark.runs)))
    return Text(tuple(paragraphs), at)


def _unmarked(paragraphs: Iterable[Paragraph]) -> str:
    """The words but for code, formulas and addresses."""
    return "".join(
        "" if run.code or run.formula or run.link else run.text for paragraph in paragraphs for run in paragraph.runs
    )


def _blocks(tokens: list[Token], source: str, aside: Aside, language: str) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    lists: list[list[Any]] = []  # of [marker, number of the current item], outermost first
    items: list[int | None] = []  # where the text of each open item stands in `paragraphs`

    def put(runs: tuple[Run, ...]) -> None:
        if not lists:
            paragraphs.append(Paragraph(runs))
            return
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

    for token in tokens:
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
            case "fence" if token.info.strip() == "math":
                formula = read_formula(aside.plain(token.content).strip(), True, language)
                put((Run(formula.linear, formula=formula),))
            case "fence":
                put((Run(aside.plain(token.content.expandtabs(4).rstrip("\n")), code=True),))
            case "inline":
                put(_runs(token.children or [], source, aside))
        if len(lists) > _DEEPEST:
            raise wrong(f"a list goes more than {_DEEPEST} levels deep", "split it over several slides")
    return paragraphs
