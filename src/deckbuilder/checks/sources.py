"""Advice on where things come from, and how old they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.checks.matter import Found, Matter, rule
from deckbuilder.checks.passages import Passage
from deckbuilder.content.deck import cited
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.slides import Attribution
from deckbuilder.source import position_of

_YEARS = 3  # after which a look is due
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LICENSED = re.compile(
    r"\bCC0?\b|creative commons|public domain|©|copyright|licen[cs]e|permission|lizenz|genehmigung|gemeinfrei|dominio público|"
    r"licencia|permiso|domaine public|autorisation|unsplash|pixabay|pexels|\bown\b|\bPD\b|\bMIT\b",
    re.IGNORECASE,
)
# What a number counts: five words, or fewer where the clause is at its end.
_THING = re.compile(r"(?: [^\W\d_][\w’'-]*){5}(?![\w’'-])|(?: [^\W\d_][\w’'-]*){2,4}(?=[.,;:!?\n]|$)")
_NUMBERED = re.compile(r"(?<![\w.,])\d{1,3}(?:([,.\u00a0\u202f ’'])\d{3})+(?![\w,.]\d)|(?<![\w.,])\d{4,9}(?![\w.,]?\d)")


@rule("quote-without-author")
def anonymous(matter: Matter) -> Iterator[Found]:
    for slide in matter.slides:
        if slide.kind == "quote" and not slide.author and not slide.source and not slide.sources:
            yield Found("nobody is named as the author of this quote", slide.at, "write 'author' or 'source'")


@rule("picture-without-credit")
def uncredited(matter: Matter) -> Iterator[Found]:
    for slide in matter.slides:
        for picture in pictures_of(slide):
            if not picture.credit and not picture.decorative:
                yield Found("nobody is named as the maker of this picture", picture.at, "write 'credit'")


@rule("credit-without-licence")
def unlicensed(matter: Matter) -> Iterator[Found]:
    if matter.deck.licence:
        return
    told: set[str] = set()
    for slide in matter.slides:
        for picture in pictures_of(slide):
            credit = picture.credit.plain if picture.credit else ""
            if credit and credit not in told and not _LICENSED.search(credit):
                told.add(credit)
                yield Found(
                    "this credit names no licence",
                    picture.credit.at if picture.credit else picture.at,
                    "add it: CC BY 4.0, public domain, with permission",
                )


@rule("figure-without-source")
def figures(matter: Matter) -> Iterator[Found]:
    for slide in matter.slides:
        if (
            slide.kind in ("chart", "table", "number")
            and not slide.source
            and not slide.sources
            and _has_numbers(slide)
            and not getattr(slide, "lines", None)  # a worksheet's numbers are examples
        ):
            yield Found(f"this {slide.kind} does not say where its numbers come from", slide.at, "write 'source'")


def _has_numbers(slide: object) -> bool:
    """Whether a slide shows data: a table of words is none."""
    rows = getattr(slide, "rows", None)
    if rows is None:
        return True
    cells = [cell.plain for row in rows for cell in row[1:] if cell]
    return sum(any(c.isdigit() for c in cell) for cell in cells) * 2 > len(cells)


def _percent(matter: Matter) -> re.Pattern[str]:
    words = f"|{matter.words.percent}" if matter.words.percent else ""
    return re.compile(rf"(?<![\w.,])(\d+(?:[.,]\d+)?)([ \u00a0\u202f]?%|[ \u00a0](?:percent{words})\b)", re.IGNORECASE)


@rule("statistic-without-source")
def statistics(matter: Matter) -> Iterator[Found]:
    percent, told = _percent(matter), set()
    large = re.compile(
        r"\b\d+(?:[.,]\d+)? (?:million|billion|millionen|milliarden|millones|milliards)\b", re.IGNORECASE
    )
    for passage in matter.passages:
        slide = passage.slide
        if slide is None or passage.reader == "guide" or slide.sources or slide.identity in told:
            continue
        if getattr(slide, "source", None) or (isinstance(slide, Attribution) and slide.author):
            continue
        if slide.kind in ("chart", "table", "number", "poll", "quiz", "activity", "references"):
            continue
        match = percent.search(passage.words) or large.search(passage.words)
        if match:
            told.add(slide.identity)
            yield Found(
                f"'{match.group()}' has no source",
                passage.at,
                "name a reference in the slide's 'sources'",
                span=matter.span(passage, *match.span()),
            )


@rule("review-due")
def review(matter: Matter) -> Iterator[Found]:
    for reference in matter.deck.references:
        due = reference.review_by
        if matter.today and due and due < matter.today:
            yield Found(
                f"'{reference.id}' was to be looked at again by {due.isoformat()}",
                reference.at,
                "look at it, mend what has changed, and write a new 'review_by'",
            )
    for name, fact in matter.deck.facts:
        if matter.today and fact.review_by and fact.review_by < matter.today:
            yield Found(
                f"the fact '{name}' was to be looked at again by {fact.review_by.isoformat()}",
                fact.at or position_of(fact.value),
                "look at it, mend what has changed, and write a new 'review_by'",
            )


@rule("facts-old")
def old(matter: Matter) -> Iterator[Found]:
    for name, fact in matter.deck.facts:
        years = [int(year) for year in _YEAR.findall(fact.as_of or "")]
        if matter.today and years and not fact.review_by and matter.today.year - max(years) > _YEARS:
            yield Found(
                f"the fact '{name}' is of {max(years)}",
                fact.at or position_of(fact.value),
                "look it up, and write the new 'as_of'; or write in 'review_by' when that is to be done",
            )
    for reference in matter.deck.references:
        years = [int(year) for year in _YEAR.findall(reference.as_of or "")]
        if matter.today is None or not years or reference.review_by or not reference.url:
            continue
        # What was published in that year stays of that year.
        if matter.today.year - max(years) > _YEARS and str(max(years)) not in reference.text.plain:
            yield Found(
                f"'{reference.id}' was last looked up in {max(years)}",
                reference.at,
                "look it up, and write the new 'as_of'; or write in 'review_by' when that is to be done",
            )
        elif max(years) > matter.today.year:
            yield Found(f"'{reference.id}' is of a year to come", reference.at, "mend 'as_of'")


@rule("reference-not-cited")
def uncited(matter: Matter) -> Iterator[Found]:
    used = {reference.id for _, reference in cited(matter.deck)}
    used |= {fact.source for _, fact in matter.deck.facts if fact.source}  # facilitators' texts cite nothing
    for reference in matter.deck.references:
        if reference.id not in used:
            yield Found(
                f"no slide cites '{reference.id}'", reference.at, "name it in the 'sources' of a slide, or take it out"
            )


@rule("number-written-twice")
def written_twice(matter: Matter) -> Iterator[Found]:
    """Percentages, and numbers of thousands; what somebody else wrote stays as it is."""
    yield from _told_apart(matter)
    percent = _percent(matter)
    seen: dict[tuple[str, str], str] = {}
    for passage in matter.passages:
        if passage.others or passage.reader == "guide":
            continue
        for match, key, form in [*_percents(passage, percent), *_thousands(passage)]:
            first = seen.setdefault(key, form)
            if first != form:
                yield Found(
                    f"'{match.group()}' is written as '{first.replace('#', match.group(1) or '')}' elsewhere"
                    if key[0] == "percent"
                    else f"'{match.group()}' is written otherwise elsewhere",
                    passage.at,
                    "write it in one way",
                    span=matter.span(passage, *match.span()),
                )
                seen[key] = form


def _told_apart(matter: Matter) -> Iterator[Found]:
    """Shares and large numbers of the same thing that are not the same: what follows them is, word for word."""
    percent = _percent(matter)
    seen: dict[str, tuple[str, str]] = {}
    for passage in matter.passages:
        if passage.others or passage.reader == "guide":
            continue
        for match, (_, digits), _ in [*_percents(passage, percent), *_thousands(passage)]:
            thing = _THING.match(passage.words, match.end())
            if thing is None or passage.slide is None:
                continue
            number, where = seen.setdefault(thing.group().casefold().strip(), (digits, f"line {passage.at.line}"))
            if number != digits:
                yield Found(
                    f"'{match.group()}{thing.group()}' is another number in {where}",
                    passage.at,
                    "one of the two is wrong, or they are of different years or places: say so",
                    span=matter.span(passage, *match.span()),
                )


Written = tuple[re.Match[str], tuple[str, str], str]


def _percents(passage: Passage, percent: re.Pattern[str]) -> Iterator[Written]:
    for match in percent.finditer(passage.words):
        form = re.sub(r"\s", " ", match.group(2).casefold())
        yield match, ("percent", match.group(1).replace(",", ".")), f"#{form}"


def _thousands(passage: Passage) -> Iterator[Written]:
    for match in _NUMBERED.finditer(passage.words):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) > 4 or match.group(1):  # four digits by themselves are mostly a year
            yield match, ("number", digits), re.sub(r"\d", "9", match.group())
