"""Advice on how things are written: names, doubles, marks, leftovers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.checks.matter import Found, Matter, rule
from deckbuilder.checks.passages import without_addresses
from deckbuilder.diagnostics import Fix

_TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})([ \n]+)(?i:\1)(?![\w'’-])")
_BLANKS = re.compile(r"(?<=[^\s]) {2,}(?=[^\s])")
_DASH = re.compile(r"(?<=[^\W\d_)”’\"»]) --? (?=[^\W\d_(“‘\"«])|(?<=[^\W\d_])--(?=[^\W\d_])")
# "todo" is a word in Spanish.
_LEFT = re.compile(
    r"\b(?-i:TODO|FIXME|TBD)\b|\b(?:lorem ipsum|xxx+|tktk)\b|\?{3,}|"
    r"\[(?:insert|your|add)\b[^\]\n]{0,40}\]|\bclick to add (?:text|title)\b",
    re.IGNORECASE,
)
_MARKS = "“”„‟«»‹›‚‛‘"


@rule("name-spelling")
def names(matter: Matter) -> Iterator[Found]:
    for term in matter.deck.glossary:
        name = re.sub(r"\s*\([^)]*\)", "", term.term.plain).strip()
        parts = re.split(r"[ \u00a0-]", name)
        # A name has capitals inside; a hyphen in the term is meant. Other terms may be a verb or an adjective elsewhere.
        proper = len(parts) > 1 and all(part[:1].isupper() for part in parts)
        if len(parts) < 2 or not (proper or "-" in name) or not all(parts):
            continue
        typed = re.compile(rf"(?<!\w){'[ -]?'.join(map(re.escape, parts))}(?!\w)", re.IGNORECASE)
        for passage in matter.passages:
            for match in typed.finditer(passage.words) if not passage.others else ():
                found = match.group()
                same = found == name if proper else re.sub("[^-]", "", found) == re.sub("[^-]", "", name)
                if not same and not found.isupper():
                    span = matter.span(passage, *match.span())
                    right = name if proper else _cased(name, found)
                    fix = Fix(span.at, span.end, right) if span and span.text == found else None
                    yield Found(f"'{found}' is '{name}' in the glossary", passage.at, "write it the same", fix, span)


def _cased(name: str, found: str) -> str:
    return (name[:1].upper() if found[:1].isupper() else name[:1].lower()) + name[1:]


@rule("word-twice")
def doubled(matter: Matter) -> Iterator[Found]:
    for passage in matter.passages:
        for match in _TWICE.finditer(passage.words):
            word = match.group(1)
            if word.casefold() in matter.words.twice or "\n" in match.group(2):
                continue
            span = matter.span(passage, *match.span())
            plain = span is not None and span.text.casefold().split() == [word.casefold()] * 2
            fix = Fix(span.at, span.end, word) if span and plain else None
            yield Found(f"'{word}' stands twice in a row", passage.at, "take one out", fix, span)


@rule("double-blank")
def blanks(matter: Matter) -> Iterator[Found]:
    for passage in matter.passages:
        for match in _BLANKS.finditer(passage.words):
            span = matter.span(passage, *match.span(), _BLANKS)
            fix = Fix(span.at, span.end, " ", safe=True) if span else None
            yield Found(f"{len(match.group())} blanks stand between two words", passage.at, "leave one", fix, span)


@rule("quotes-of-another-language")
def quotes(matter: Matter) -> Iterator[Found]:
    own = set("".join(matter.language.quotes)) | set(matter.words.quotes) | {"’"}
    others = "".join(mark for mark in _MARKS if mark not in own)
    if not others:
        return
    left, marks = re.escape(others), f"[^{_MARKS}\n]{{1,400}}"
    pattern = re.compile(f"[{left}]{marks}[{_MARKS}]|[{_MARKS}]{marks}[{left}]")
    opening, closing = matter.language.quotes[:2]
    for passage in matter.passages:
        for match in pattern.finditer(passage.words) if any(m in passage.words for m in others) else ():
            span = matter.span(passage, *match.span(), pattern)
            fix = None
            if span and "\n" not in span.text:
                inner = span.text[1:-1].strip(" \u00a0")
                fix = Fix(span.at, span.end, f"{opening}{inner}{closing}", safe=True)
            yield Found(
                f"{match.group()[0]}{match.group()[-1]} are no quotation marks of the deck's language, '{matter.deck.language}'",
                passage.at,
                f"write {opening}…{closing}",
                fix,
                span,
            )


@rule("dash-typed")
def dashes(matter: Matter) -> Iterator[Found]:
    for passage in matter.passages:
        words = without_addresses(passage.words)
        for match in _DASH.finditer(words):
            span = matter.span(passage, *match.span(), _DASH)
            fix = Fix(span.at, span.end, " – ", safe=True) if span else None
            yield Found(f"'{match.group().strip()}' stands for a dash", passage.at, "write ' – '", fix, span)

    foreign = matter.words.foreign_dash
    if not foreign:
        return
    typed = re.compile(rf"(?<=\w)[ \u00a0]?{re.escape(foreign)}[ \u00a0]?(?=\w)")
    for passage in matter.passages:
        for match in typed.finditer(passage.words) if not passage.others else ():
            span = matter.span(passage, *match.span(), typed)
            fix = Fix(span.at, span.end, " – ", safe=True) if span else None
            message = f"'{foreign}' is no dash of the deck's language, '{matter.deck.language}'"
            yield Found(message, passage.at, "write ' – '", fix, span)


@rule("leftover")
def leftovers(matter: Matter) -> Iterator[Found]:
    for passage in matter.passages:
        for match in _LEFT.finditer(passage.words) if not passage.others else ():
            yield Found(
                f"'{match.group()}' is a leftover",
                passage.at,
                "write what was meant to stand there",
                span=matter.span(passage, *match.span()),
            )
