"""Advice on who is left out: people who do not see, hear, know the words or the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuilder.checks.matter import Found, Matter, rule
from deckbuilder.checks.passages import MASK, Passage, count_words, without_addresses
from deckbuilder.checks.wordlists import known_abbreviations, languages_known, wordlist
from deckbuilder.content.kinds import pictures_of
from deckbuilder.content.pictures import Picture
from deckbuilder.diagnostics import Fix
from deckbuilder.languages import lookup
from deckbuilder.source import position_of

_LONGEST_ALT = 150
_HARD, _VERY_HARD = 45, 20  # of Flesch's formulas
_TELLING = 3  # different small words by which a language is told
_ENOUGH = 60  # words by which a text can be judged
_FILE_NAME = re.compile(
    r"\S+\.(?:png|jpe?g|gif|svg|webp|tiff?|heic)|(?:img|dsc|dscn|pict?|image|photo|screenshot|bild|foto|scan)[\s_-]*\d+\S*|"
    r"\S*[a-z]_\S*\d\S*",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?<![\w&/.-])[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*(?=s?(?![\w&-]))")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…:]+(?=\s|$)|\n")


def _pictures(matter: Matter) -> Iterator[Picture]:
    seen: set[int] = set()
    for slide in matter.slides:
        for picture in pictures_of(slide):
            if picture.alt and id(picture) not in seen:
                seen.add(id(picture))
                yield picture


@rule("alt-file-name")
def file_name(matter: Matter) -> Iterator[Found]:
    for picture in _pictures(matter):
        if _FILE_NAME.fullmatch((picture.alt or "").strip()):
            yield Found(
                "this alternative text is a file's name", position_of(picture.alt), "say what the picture shows"
            )


@rule("alt-repeats-caption")
def repeated(matter: Matter) -> Iterator[Found]:
    for picture in _pictures(matter):
        caption = picture.caption.plain if picture.caption else ""
        if caption and caption.casefold().strip(" .") == (picture.alt or "").casefold().strip(" ."):
            yield Found("this alternative text repeats the caption", position_of(picture.alt), "say what is to be seen")


@rule("alt-says-picture")
def announced(matter: Matter) -> Iterator[Found]:
    opening = matter.words.picture_openings
    for picture in _pictures(matter) if opening else ():
        alt, at = picture.alt or "", position_of(picture.alt)
        match = opening.match(alt) if opening else None
        if match is None or at is None:
            continue
        rest = alt[match.end() :]
        typed = re.compile(re.escape(match.group()) + re.escape(rest[:1]))
        span = matter.files.span(at, typed)
        fix = Fix(span.at, span.end, rest[:1].upper(), safe=True) if span and rest else None
        yield Found(f"this alternative text begins with '{match.group().strip()}'", at, "leave that out", fix)


@rule("alt-long")
def long_alt(matter: Matter) -> Iterator[Found]:
    for picture in _pictures(matter):
        if len(picture.alt or "") > _LONGEST_ALT:
            yield Found(
                f"this alternative text has {len(picture.alt or '')} characters",
                position_of(picture.alt),
                f"at most {_LONGEST_ALT}; the rest belongs into the text or the handout",
            )


@rule("title-twice")
def same_title(matter: Matter) -> Iterator[Found]:
    seen: dict[str, tuple[int, str]] = {}
    for number, section in enumerate(matter.deck.sections):
        for slide in section.slides:
            title = getattr(slide, "title", None)
            if not title or slide.kind in ("principle", "stages"):
                continue  # which are several slides of one matter
            words = title.plain.casefold()
            where, line = seen.setdefault(words, (number, f"line {title.at.line}" if title.at else "before"))
            if where != number:
                yield Found(f"the slide in {line} has the same title", title.at, "say what each of the two is about")


@rule("color-alone")
def by_color(matter: Matter) -> Iterator[Found]:
    pattern = matter.words.color_alone
    for passage in matter.passages if pattern else ():
        for match in pattern.finditer(passage.words) if pattern and not passage.others else ():
            yield Found(
                f"'{match.group()}' can be found by its colour only",
                passage.at,
                "say also where it is, or what is written on it",
                span=matter.span(passage, *match.span()),
            )


@rule("handout-hard-to-read")
def hard(matter: Matter) -> Iterator[Found]:
    formula = matter.words.flesch
    if formula is None:
        return
    prose = [p for p in matter.passages if _is_prose(p)]
    counts = [_counted(p.words, formula.syllables) for p in prose]
    words, sentences, syllables = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)

    def score(words: int, sentences: int, syllables: int) -> float:
        return formula.base - formula.sentence * words / max(1, sentences) - formula.word * syllables / max(1, words)

    if words >= 3 * _ENOUGH and score(words, sentences, syllables) < _HARD:
        worst = min(range(len(prose)), key=lambda n: score(*counts[n]))
        yield Found(
            f"the handout scores {score(words, sentences, syllables):.0f} by the {formula.called}: hard to read, here above all",
            prose[worst].at,
            "60 is plain, below 50 is hard; shorter sentences and words raise it",
        )
        return
    for passage, count in zip(prose, counts, strict=True):
        if count[0] >= _ENOUGH and score(*count) < _VERY_HARD:
            yield Found(
                f"this text scores {score(*count):.0f} by the {formula.called}: very hard to read",
                passage.at,
                f"its sentences have {count[0] / count[1]:.0f} words on average; make two of long ones",
            )


def _is_prose(passage: Passage) -> bool:
    prose = passage.field in ("handout", "text", "definition", "instructions")
    return prose and passage.reader != "guide" and not passage.others and count_words(passage.words) >= 12


def _counted(words: str, syllables: object) -> tuple[int, int, int]:
    """Words, sentences and syllables."""
    found = _WORD.findall(without_addresses(words))
    parts = [part for part in _SENTENCE.split(words) if _WORD.search(part)]
    return len(found), max(1, len(parts)), sum(syllables(word) for word in found)  # type: ignore[operator]


@rule("abbreviation-unexplained")
def unexplained(matter: Matter) -> Iterator[Found]:
    whole = "\n".join(p.words for p in matter.passages)
    told = set(known_abbreviations())
    told |= {m.group() for p in matter.passages if p.field == "term" for m in _ABBREVIATION.finditer(p.words)}
    initials: str | None = None
    for passage in matter.passages:
        if passage.reader == "guide" or passage.others or passage.field == "credit" or passage.words.isupper():
            continue
        for match in _ABBREVIATION.finditer(without_addresses(passage.words)):
            short = match.group()
            if short in told or len(short) > 6 or short.isdigit():
                continue
            told.add(short)
            if re.search(rf"\({short}s?\)|\b{short}s? \(", whole) or short in _listed(passage):
                continue
            initials = _initials(whole, matter.words.small) if initials is None else initials
            if short not in initials:
                yield Found(
                    f"'{short}' is explained nowhere",
                    passage.at,
                    "write it out where it comes first, or put it into the glossary",
                    span=matter.span(passage, *match.span()),
                )


def _listed(passage: Passage) -> str:
    """The first letters of a passage's list items: a list may be what an abbreviation stands for."""
    return "".join(p.plain[:1] for p in passage.text or () if p.marker)


def _initials(words: str, small: frozenset[str]) -> str:
    """The first letters of all words but the smallest, in capitals: what is spelt out somewhere is in it."""
    found = _WORD.findall(words)
    return "".join(w[0] for w in found if w[0].isupper() and w.casefold() not in small)


@rule("video-without-captions")
def uncaptioned(matter: Matter) -> Iterator[Found]:
    for slide in matter.slides:
        if slide.kind == "video" and not slide.captions and not slide.handout:
            said = "has no captions" if slide.captions is False else "may have no captions: nobody has said"
            yield Found(
                f"this video {said}",
                slide.at,
                "look, then write 'captions: true'; or tell in 'handout' what is said",
            )


@rule("language-not-marked")
def unmarked(matter: Matter) -> Iterator[Found]:
    known = languages_known()
    own = next((name for name in lookup(matter.deck.language) if name in known), None)
    if own is None:
        return
    usual = wordlist(own).small
    for passage in matter.passages:
        if (passage.others and passage.field not in ("quote", "article")) or matter.in_original(passage):
            continue
        for paragraph in passage.words.split("\n"):
            words = [w.casefold() for w in _WORD.findall(paragraph.replace(MASK, " "))]
            if len(words) < 7:
                continue
            if sum(w in usual for w in words) / len(words) >= 1 / 3:
                continue  # no other language has three times as many
            smalls = {name: wordlist(name).small for name in known}
            shares = {name: sum(w in small for w in words) / len(words) for name, small in smalls.items()}
            other = max(shares, key=lambda name: shares[name])
            different = {w for w in words if w in smalls[other] and w not in usual}
            if other != own and shares[other] > 0.3 and shares[own] < shares[other] / 3 and len(different) >= _TELLING:
                yield Found(
                    f"this text seems to be in another language ('{other}')",
                    passage.at,
                    f"mark it: [words]{{lang={other}}}",
                )
                break
