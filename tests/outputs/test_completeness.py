"""Nothing an author writes is dropped: every kind, every field, in the outputs it belongs to."""

from __future__ import annotations

import re
import shutil
import types
from collections.abc import Callable, Iterator
from itertools import count
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel
from pypdf import PdfReader

import tools
from deckbuilder.content.deck import Deck
from deckbuilder.content.kinds import AnySlide, shown_in
from deckbuilder.content.session import Session
from deckbuilder.content.slides import Titled
from deckbuilder.content.text import Text
from deckbuilder.layout.arrange.kinds import DRAFTERS
from tools import PICTURES, Built, Package, arrange, arranged, build_files, deck_folder, written

KINDS: dict[str, type[BaseModel]] = {
    model.model_fields["kind"].annotation.__args__[0]: model for model in get_args(AnySlide)
}

# Shared by all kinds, and asked of each in the fixture.
SHARED = ("cues", "questions", "materials", "sources", "handout", "notes", "virtual")
# On some slides of the fixture only.
ASIDE = (*SHARED, "lead", "objectives", "show", "gaps", "why")

# Strings that are not for reading: names of files and slides, choices.
NOT_WORDS = ("file", "fit", "id", "per", "grouping", "language", "sources", "current", "after")
NOT_WORDS += ("chart", "show", "objectives", "gaps", "parts", "layout", "priority", "need", "left_out")


def squeezed(words: str) -> str:
    """As the tool of that name, without the numbers of links, and without what addresses go without in print."""
    return re.sub(r"→\d+|https?://", "", tools.squeezed(words))


@pytest.fixture(scope="module")
def deck() -> Deck:
    return arranged("every-kind").reading.deck


@pytest.fixture(scope="module")
def outputs(built: Callable[[str], Built]) -> dict[str, str]:
    """Everything to be read in each output, without white space."""
    files = built("every-kind")
    package = Package(files.deck)
    slides = "".join(package.text(s) for s in package.slides)
    about = "".join(e.get("descr", "") for s in package.slides for e in package.xml(s).iter("{*}cNvPr"))
    links = "".join(t for s in package.slides for k, t, _ in package.relationships(s).values() if k == "hyperlink")
    return {
        "deck": squeezed(slides + about + links),
        "notes": squeezed("".join(package.text(n) for n in package.notes)),
        "handout": squeezed("".join(p.extract_text() for p in PdfReader(files.handout).pages)),
        "guide": squeezed("".join(p.extract_text() for p in PdfReader(files.guide).pages)),
    }


def text_fields(model: type[BaseModel], path: str = "", seen: tuple[type, ...] = ()) -> Iterator[str]:
    """The paths of a model's fields that hold text, down through the models it holds."""
    for name, field in model.model_fields.items():
        here = f"{path}.{name}" if path else name
        yield from _texts(field.annotation, here, (*seen, model))


def _texts(kind: Any, path: str, seen: tuple[type, ...]) -> Iterator[str]:
    if kind is Text:
        yield path
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind not in seen and kind not in KINDS.values():
            yield from text_fields(kind, path, seen)
    elif get_origin(kind) in (list, tuple, Union, types.UnionType, Annotated):
        for part in get_args(kind):
            yield from _texts(part, path, seen)


def filled(value: Any, path: str = "") -> Iterator[str]:
    """The paths of the texts that a model does hold, as `text_fields` names them."""
    if isinstance(value, Text):
        yield path
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from filled(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        for item in value:
            yield from filled(item, path)


# --- The fixture has everything


@pytest.mark.parametrize("kind", KINDS)
def test_the_fixture_fills_every_text_field_of_every_kind(kind, deck):
    there = {p for _, s in deck.slides() if s.kind == kind for p in filled(s)}
    asked = {p for p in text_fields(KINDS[kind]) if not p.startswith(("cues", "questions", "materials"))}
    if kind != "clipping":  # there it is the article's; elsewhere it is what titles can do, see the test of headlines
        asked -= {"headline"}
    assert asked - there == set()


@pytest.mark.parametrize("kind", KINDS)
def test_the_fixture_hangs_cues_questions_and_materials_on_every_kind(kind, deck):
    for name in SHARED:
        if (kind, name) != ("cover", "sources"):
            assert any(getattr(s, name) for _, s in deck.slides() if s.kind == kind), name


def test_the_fixture_fills_every_text_field_of_decks_questions_and_cues(deck):
    there = set(filled(deck))
    for path in text_fields(Deck):
        if not path.startswith("sections.slides"):
            assert path in there, path
    for model, name in (("questions", "questions"), ("cues", "cues"), ("materials", "materials")):
        annotation, _ = get_args(KINDS["points"].model_fields[name].annotation)
        everywhere = {p for _, s in deck.slides() for p in filled(getattr(s, name), model)}
        assert set(text_fields(annotation, model)) <= everywhere


def test_every_kind_has_a_drafter_and_every_drafter_a_kind():
    assert set(DRAFTERS) == set(KINDS)


def test_every_text_of_the_fixture_has_a_word_of_its_own(deck):
    marks = [w.strip(".,?“”*") for _, t in written(deck) for w in t.split() if w.startswith(("mk-", "fac-"))]
    assert len(marks) == len(set(marks))


# --- Every kind reaches every output


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_on_slides_in_the_guide_and_with_its_own_words_in_the_handout(kind, deck, outputs):
    slides = [s for _, s in deck.slides() if s.kind == kind]
    for slide in slides:
        if slide.title:
            title = squeezed(slide.title.plain)
            for output in slide.show:
                assert title in outputs[output] or (
                    output == "handout" and not slide.handout and not slide.questions
                ), output
        for question in slide.questions:
            for output in (*question.show, "notes"):
                assert squeezed(question.ask.plain) in outputs[output], output
        if slide.handout:
            for paragraph in slide.handout:
                assert squeezed(paragraph.plain) in outputs["handout"]
                assert squeezed(paragraph.plain) not in outputs["deck"]
        for cue in slide.cues:
            for paragraph in cue.text:
                for output in ("notes", "guide") if "deck" in slide.show else ("guide",):
                    assert squeezed(paragraph.plain) in outputs[output], output
        for paragraph in slide.notes or ():
            for output in ("notes", "guide"):
                assert squeezed(paragraph.plain) in outputs[output], output
            assert squeezed(paragraph.plain) not in outputs["handout"] + outputs["deck"]
        for material in slide.materials:
            assert squeezed(material.item.plain) in outputs["guide"]


# Bare on paper: what they say is said by the handout's own title page and headings.
BARE = ("cover", "agenda", "objectives", "section", "break", "references", "credits")


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_slide_says_is_on_the_slide(kind, deck, outputs):
    lost = [
        f"{path}: {words}"
        for _, slide in deck.slides()
        if slide.kind == kind and "deck" in slide.show
        for path, words in own_texts(shown_in(slide, "deck"))
        if squeezed(words) not in outputs["deck"]
    ]
    assert lost == []


TITLED = [kind for kind, model in KINDS.items() if issubclass(model, Titled) and kind != "clipping"]


@pytest.fixture(scope="module")
def headlined(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Titled, str]]:
    """The slides of the fixture's deck, each that can have a headline with one, and what the file shows of them."""
    fixture, _ = tools.deck_source("every-kind")
    folder = tmp_path_factory.mktemp("headlined") / "every-kind"
    shutil.copytree(fixture, folder)
    numbers = count(1)

    def with_headline(found: re.Match[str]) -> str:
        between = ", " if found["inline"] else f"\n{found['indent']}  "
        return f"{found[0]}{between}headline: Headline *mk-headline-{next(numbers)}* of one"

    kinds = rf"(?P<indent> *)- (?P<inline>\{{)?kind: (?:{'|'.join(TITLED)})\b"
    source = re.sub(kinds, with_headline, (folder / "deck.yaml").read_text(encoding="utf-8"))
    (folder / "deck.yaml").write_text(source, encoding="utf-8")
    package = Package(build_files(folder / "out", folder, only=("deck",)).deck)
    frames = arrange(folder).frames
    return [(f.slide, squeezed(package.text(s))) for f, s in zip(frames, package.slides, strict=True)]


@pytest.mark.parametrize("kind", TITLED)
def test_a_headline_is_on_its_slide_with_the_title(kind, deck, headlined):
    there = {slide.title.plain: (slide, text) for slide, text in reversed(headlined) if slide.kind == kind}
    assert set(there) == {s.title.plain for _, s in deck.slides() if s.kind == kind and "deck" in s.show}
    for title, (slide, text) in there.items():
        assert squeezed(slide.headline.plain) in text, title
        assert squeezed(title) in text, title


@pytest.mark.parametrize("show", [["deck", "handout", "guide"], ["handout", "guide"]])
def test_a_headline_is_on_paper_too(show, tmp_path):
    slides = [
        {
            "kind": "points",
            "title": "A series",
            "headline": f"Its part {n}",
            "points": ["A"],
            "minutes": 1,
            "show": show,
        }
        for n in (1, 2)
    ]
    files = build_files(tmp_path / "out", deck_folder(tmp_path / "deck", *slides))
    for pdf in (files.handout, files.guide):
        said = squeezed("".join(page.extract_text() for page in PdfReader(pdf).pages))
        assert "Itspart1" in said
        assert "Itspart2" in said


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in BARE])
def test_what_a_slide_says_is_in_the_handout(kind, deck, outputs):
    lost = [
        f"{path}: {words}"
        for _, slide in deck.slides()
        if slide.kind == kind and "handout" in slide.show
        for path, words in own_texts(shown_in(slide, "handout"))
        if not path.endswith(".alt") and squeezed(words) not in outputs["handout"]
        # Beside a 'current' stage the others are but waymarks.
        if not (path == "stages.stages.name" and slide.current)
    ]
    assert lost == []


def own_texts(slide: Any) -> Iterator[tuple[str, str]]:
    """The slide's own words: without cues, materials, further text for paper, and what questions expect."""
    for name in type(slide).model_fields:
        if name not in (*ASIDE, "kind"):
            for path, words in written(getattr(slide, name), f"{slide.kind}.{name}"):
                if path.rpartition(".")[2] not in NOT_WORDS:
                    yield from ((path, line) for line in words.split("\n"))


def test_nothing_that_is_written_is_dropped_from_all_outputs(deck, outputs):
    session = arranged("every-kind").reading.session
    assert isinstance(session, Session)
    everything = "".join(outputs.values())
    lost = [
        f"{path}: {line}"
        for path, words in [*written(deck), *written(session)]
        if path.rpartition(".")[2] not in NOT_WORDS
        for line in words.split("\n")
        if squeezed(line) not in everything
        and line != "A path mk-apart-alt"  # of a picture that only the PDF files show, where it is not to be read
    ]
    assert lost == []


def test_the_check_notices_a_text_that_is_dropped(deck, outputs):
    without = outputs["deck"].replace(squeezed("Points mk-points-title"), "")
    assert any(
        squeezed(words) not in without
        for _, words in own_texts(next(s for _, s in deck.slides() if s.kind == "points"))
    )


def test_glossary_references_and_licence_are_in_the_handout(deck, outputs):
    for entry in deck.glossary:
        assert squeezed(entry.term.plain) in outputs["handout"]
        assert squeezed(entry.definition.plain) in outputs["handout"]
    for reference in deck.references:
        for output in ("handout", "guide"):
            assert squeezed(reference.text.plain) in outputs[output]
            assert squeezed(reference.url or "") in outputs[output]
            assert squeezed(reference.as_of or "") in outputs[output]
    assert squeezed(deck.licence.plain) in outputs["handout"]
    assert squeezed(deck.licence.plain) in outputs["guide"]
    for objective in deck.objectives:
        for output in ("deck", "handout", "guide"):
            assert squeezed(objective.text.plain) in outputs[output]


def test_a_picture_credit_is_on_paper_even_where_the_picture_is_decorative(tmp_path):
    picture = {"file": "pictures/path.svg", "decorative": True, "credit": "Drawing mk-credit"}
    slide = {"kind": "narrative", "title": "Story", "text": "A story.", "picture": picture}
    result = arrange(deck_folder(tmp_path / "deck", slide))
    assert any("mk-credit" in getattr(getattr(i, "text", None), "plain", "") for f in result.frames for i in f.items)
    files = build_files(tmp_path / "out", tmp_path / "deck", only=("deck",))
    assert "mk-credit" in "".join(Package(files.deck).text(s) for s in Package(files.deck).slides)


def test_the_pictures_of_the_fixture_are_all_used():
    used = {name for name, file in arranged("every-kind").reading.pictures.items() if file.path.exists()}
    assert used == {f"pictures/{p.name}" for p in PICTURES.iterdir()}
