"""Pages and what they were recognised as, as the slides, sections and head of a deck file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from deckbuilder.content.kinds import Slide as NewSlide
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.frozen import dataclass
from deckbuilder.importing import markup
from deckbuilder.importing.files import Files, data_of
from deckbuilder.importing.kinds import guesses
from deckbuilder.importing.kinds.rest import everything
from deckbuilder.importing.kinds.room import is_question
from deckbuilder.importing.notes import noted
from deckbuilder.importing.old import Drawn, Graph, Image, Left, Line, Words
from deckbuilder.importing.page import Guess, Page

_ADAPTER: TypeAdapter[Any] = TypeAdapter(NewSlide)
_ONCE = ("cover", "objectives")  # what a deck has one of
_TITLE = 70  # characters that a title may have where a longer one does not fit


@dataclass
class Entry:
    """A page with all that it may be, and which of these it is taken for: `choice` counts from 0. `slides` are the new ones,
    as deck.yaml has them; `left` what is in none of them. `keyed` is what notes say of right answers, by their places, where
    the slide says it otherwise. `whatever` takes the page for what its marks say also where such a slide would not hold."""

    page: Page
    guesses: list[Guess]
    choice: int = 0
    short_title: bool = False
    ours: bool = False
    whatever: bool = False
    slides: list[dict[str, Any]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    head: dict[str, Any] = field(default_factory=dict)
    keyed: dict[int, str] = field(default_factory=dict)

    @property
    def guess(self) -> Guess:
        return self.guesses[self.choice]

    def next(self) -> bool:
        """Takes the page for what is next sure; False where there is nothing else."""
        if self.choice + 1 < len(self.guesses):
            self.choice += 1
            return True
        if not self.short_title:
            self.short_title = True
            return True
        return False


def entries_of(pages: Sequence[Page], sections: Sequence[str]) -> list[Entry]:
    """The pages with what they may be. `sections` are the names that the file gives its sections."""
    out: list[Entry] = []
    for page in pages:
        out.append(Entry(page, _guessed(page)))
    titles = sections or [e.page.heading for e in out if e.guess.kind == "section"]
    if len(titles) > 1:
        out = [Entry(p := replace(e.page, sections=tuple(titles)), _guessed(p)) for e in out]
    for kind in _ONCE:
        for again in [e for e in out if e.guess.kind == kind][1:]:
            again.guesses = [g for g in again.guesses if g.kind != kind]
    return out


def _guessed(page: Page) -> list[Guess]:
    """What a page may be; also with the questions at its end apart."""
    found = guesses(page)
    asked = page.texts[-1].lines[-1:] if page.texts and not page.texts[-1].lines[-1].marker else ()
    beside = len(page.lines) > 1 or len(page.images) == 1
    if not (asked and is_question(asked[0]) and beside and page.title):
        return found
    last = page.texts[-1]
    rest = Words(last.lines[:-1])
    blocks = tuple(replace(b, content=rest) if b is last else b for b in page.blocks if b is not last or rest.lines)
    ask = {"ask": page.inline(asked[0].plainly())}
    apart = [
        replace(
            guess,
            fields={**guess.fields, "questions": [*guess.fields.get("questions", ()), ask]},
            sure=guess.sure + 0.02,
        )
        for guess in guesses(replace(page, blocks=blocks))[:-1]
        if guess.kind not in ("section", "discussion", "cover", "closing")
    ]
    return sorted([*found, *apart], key=lambda guess: -guess.sure)


def compose(entry: Entry, files: Files, fallback: Sequence[Line]) -> None:
    """Makes the entry's new slides. `fallback` is the title of a slide without one."""
    page = entry.page
    if not (page.title or page.blocks or page.slide.notes):
        entry.slides, entry.left, entry.head = [], [*page.slide.left, *page.left, Left("an empty slide")], {}
        return
    while True:
        slides = _made(entry, files, fallback)
        if slides is not None or not entry.next():
            break
    if slides is None:
        plain = list(entry.page.lines)
        page = replace(entry.page, title=tuple(entry.page.title or fallback))
        bare = [
            Line((replace(run, bold=False, italic=False, link=None, script=None, code=False),))
            for line in plain
            for run in line.runs
        ]
        entry.guesses.append(
            everything(replace(page, blocks=(replace(page.blocks[0], content=Words(tuple(bare))),) if bare else ()))
        )
        entry.choice = len(entry.guesses) - 1
        slides = _made(entry, files, fallback) or []
    entry.slides = slides


def _made(entry: Entry, files: Files, fallback: Sequence[Line]) -> list[dict[str, Any]] | None:
    page, guess = entry.page, entry.guess
    entry.left = [*page.slide.left, *page.left]
    entry.head = dict(guess.deck)
    titled = page.title or tuple(fallback)
    title = markup.title(titled, page.language)
    if not page.title and not guess.untitled:
        entry.left.append(Left("a guess: the slide has no title, and gets that of what is around it"))
    notes = noted(page.slide.notes, page.language, entry.ours)
    entry.left += notes.left
    out: list[dict[str, Any]] = []
    for number, one in enumerate((guess, *guess.more)):
        entry.left += one.left
        slide: dict[str, Any] = {"kind": one.kind}
        if page.slide.id and not number:
            slide["id"] = page.slide.id
        fields = dict(one.fields)
        if not one.untitled:
            slide["title"] = title
        elif "title" in fields:
            slide["title"] = fields.pop("title")
        slide |= fields
        if not _shown(one, slide, entry, files):
            return None
        if number == 0:
            entry.keyed = _with_key(slide, notes.key, page.language)
            for words in entry.keyed.values():
                entry.left.append(Left("a right answer, which the slide says otherwise than its notes", words))
            entry.left += _with_notes(slide, notes.fields, notes.questions, entry.ours)
            if entry.short_title:
                _shorten(slide, page)
        if page.slide.hidden:
            slide["hidden"] = True
        if not entry.whatever and not _valid(slide, page.language):
            return None
        out.append(slide)
    entry.left += _not_shown(entry.page, files)
    return out


def _shown(guess: Guess, slide: dict[str, Any], entry: Entry, files: Files) -> bool:
    """Puts pictures and data into the slide; False where one that it cannot be without is not to be had."""
    page = entry.page
    for name, images in guess.images.items():
        many = isinstance(images, tuple)
        found = [
            p for image in (images if isinstance(images, tuple) else (images,)) if (p := _picture(image, entry, files))
        ]
        if many and len(found) >= (1 if guess.kind == "clipping" else 2):
            slide[name] = found
        elif many and found and guess.kind == "grid":
            slide |= {"kind": "picture", "picture": found[0]}
        elif not many and found:
            slide[name] = found[0]
        elif guess.kind in ("picture", "grid"):
            entry.left.append(Left("a picture that cannot be read"))
            slide["kind"] = "section"
    if guess.graph is not None:
        made = data_of(guess.graph, page.language)
        if made is None:
            slide |= _inline_data(guess.graph)
            return True
        text, unit = made
        key = f"chart {page.slide.number} {text}"
        name = files.names.get(key) or files.write(key, f"data/slide-{page.slide.number}", ".csv", text.encode("utf-8"))
        slide["file"] = name
        if unit:
            slide["unit"] = unit
    return True


def _inline_data(graph: Graph) -> dict[str, Any]:
    """A chart's data as deck.yaml has them, where no CSV file could."""
    series = [
        {"name": " ".join(name.split()) or str(n), "values": list(values)}
        for n, (name, values) in enumerate(graph.series, 1)
    ]
    return {"categories": [" ".join(label.split()) or "–" for label in graph.categories], "series": series}


def _picture(image: Image, entry: Entry, files: Files) -> dict[str, Any] | None:
    page = entry.page
    name = files.picture(image, page.slide.number, cropped=not entry.ours)
    if name is None:
        entry.left.append(
            Left(
                "a picture that cannot be used",
                " ".join([image.alt, *(x.words for x in (*image.caption, *image.credit))]).strip(),
            )
        )
        return None
    out: dict[str, Any] = {"file": name}
    alt = " ".join(image.alt.split())
    if alt and not image.decorative:
        out["alt"] = alt
    else:
        out["decorative"] = True
        if alt:
            entry.left.append(Left("the alternative text of a picture that is marked as decorative", alt))
        elif not image.decorative:
            entry.left.append(Left("a guess: a picture has no alternative text, and is taken for decoration"))
    if image.caption:
        out["caption"] = page.inline(*image.caption)
    if image.credit:
        out["credit"] = page.inline(*image.credit)
    if image.link:
        entry.left.append(Left(f"a link of a picture, to {image.link}"))
    return out


def _not_shown(page: Page, files: Files) -> list[Left]:
    """What of a page cannot be on slides, and where it is."""
    out = []
    for media in page.media:
        if media.part:
            name = files.file(media.part, "media", f"slide-{page.slide.number}")
            out.append(
                Left(
                    f"a {media.kind} within the deck; it lies in {name}, and slides here show links to films"
                    if name
                    else f"a {media.kind}"
                )
            )
        elif not media.address:
            out.append(Left(f"a {media.kind} that lies on another machine"))
    out += [Left(f"{one.name}, which is not text") for one in page.drawn if isinstance(one, Drawn)]
    links = {run.link for line in (*page.lines, *page.slide.notes) for run in line.runs if run.link}
    out += [
        Left(f"the address of a link that leads nowhere from another machine: {link}")
        for link in sorted(links)
        if markup.leads_nowhere(link)
    ]
    return out


def _with_key(slide: dict[str, Any], key: list[Line], language: str) -> dict[int, str]:
    """Marks the answers that the notes say are right, and adds why they are. Answers are known by what they say, since programs
    drop letters, and by their letters, since people edit them. Returned is what notes say otherwise than the slide, by place."""
    options = list(slide.get("options", ())) if slide["kind"] == "quiz" else []
    right: dict[int, str] = {}
    for line in key:
        text = markup.inline([line.plainly()], language)
        place = options.index(text) if text in options else (line.number or 0) - 1 if line.marker == "letter" else -1
        if place in right or not 0 <= place < len(options):
            break
        right[place] = text
    if right:
        slide["options"] = [{"text": one, "correct": True} if n in right else one for n, one in enumerate(options)]
    if rest := key[len(right) :]:
        slide["why" if right else "notes"] = markup.body(rest, language)
    return {n: text for n, text in right.items() if text != options[n]}


def _with_notes(
    slide: dict[str, Any], fields: dict[str, Any], questions: Sequence[dict[str, Any]], ours: bool
) -> list[Left]:
    """Puts what notes say into the slide; questions that the slide asks get what notes know of them. What notes say once
    more is returned."""
    again: list[Left] = []
    asked = slide.get("questions", [])
    cues = list(fields.get("cues", []))
    paired = ours and len(questions) == len(asked)  # notes say the words of gaps, slides do not
    for place, question in enumerate(questions):
        same = next((q for q in asked if markup.plain(q["ask"]) == markup.plain(question["ask"])), None)
        same = asked[place] if same is None and paired else same
        if same is not None:
            again.append(Left("a question of the slide that its notes say again", question["ask"]))
            same |= {key: value for key, value in question.items() if key != "ask"}
            continue
        if ours:
            slide.setdefault("questions", []).append({**question, "show": ["handout", "guide"]})
            continue
        cues.append({"ask": question["ask"]})
        cues += [{"listen_for": one} for one in question.get("listen_for", [])]
        cues += [{"ask": one} for one in question.get("follow_ups", [])]
        cues += [{"say": question["debrief"]}] if "debrief" in question else []
        cues += [{"do": question["virtual"]}] if "virtual" in question else []
    for key in ("lead", "virtual", "cues", "notes"):
        value = cues if key == "cues" else fields.get(key)
        if value and key == "notes" and slide.get("notes"):
            slide["notes"] = f"{slide['notes']}\n\n{value}"
        elif value:
            slide[key] = value
    if isinstance(slide.get("notes"), str):  # last, where they are read
        slide["notes"] = slide.pop("notes")
    return again


def _shorten(slide: dict[str, Any], page: Page) -> None:
    """A title that fits: as many of its words as do, all of them in the text below."""
    whole = page.heading
    if "title" not in slide or len(whole) <= _TITLE:
        return
    head = whole[:_TITLE].rsplit(" ", 1)[0]
    slide["title"] = markup.title([Line((replace(page.title[0].runs[0], text=f"{head}…"),))], page.language)
    full = page.inline(*page.title)
    if slide["kind"] in ("points", "narrative", "chart", "discussion", "video"):
        slide["text"] = f"{full}\n\n{slide['text']}" if slide.get("text") else full
    else:
        slide["notes"] = f"{full}\n\n{slide['notes']}" if slide.get("notes") else full


def _valid(slide: dict[str, Any], language: str) -> bool:
    """Whether the models take the slide."""
    known = dict(slide)
    if "file" in known and known["kind"] == "chart":
        known |= {"categories": ["a"], "series": [{"name": "b", "values": [1.0]}]}
    try:
        _ADAPTER.validate_python(known, context={"problems": Diagnostics(), "language": language})
    except ValidationError:
        return False
    return True


def sections_of(entries: Sequence[Entry], named: Sequence[str], deck_title: str) -> list[dict[str, Any]]:
    """The new deck's sections: those of the file, else one for each divider."""
    out: list[dict[str, Any]] = []
    current: str | None = None
    for entry in entries:
        page = entry.page
        if named:
            key = page.slide.section or ""
            name = key.partition(" ")[2] or deck_title
            if key != current or not out:
                out.append({"title": markup.title([_line(name)], page.language), "slides": []})
                current = key
        elif entry.guess.kind == "section" and entry.guess.sure >= 0.6 and page.title:
            out.append({"title": page.heads(*page.title), "slides": []})
        elif not out:
            out.append({"title": deck_title, "slides": []})
        section = out[-1]
        if entry.guess.section:
            text = markup.inline([_line(entry.guess.section)], page.language)
            out[-1] = section = {"title": section["title"], "text": text, **section}
        for slide in entry.slides:
            if slide["kind"] == "section" and slide.get("title") == section["title"]:
                del slide["title"]
            section["slides"].append(slide)
    return [section for section in out if section["slides"]]


def _line(words: str) -> Line:
    from deckbuilder.content.text import Run

    return Line((Run(re.sub(r"\s+", " ", words).strip()),))
