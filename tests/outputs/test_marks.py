"""What a deck file says of where its slides came from, and that it says no more."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import deckbuilder
from deckbuilder.content.kinds import AnySlide
from deckbuilder.outputs.pptx.marks import (
    DeckMarks,
    HolderMark,
    SlideMark,
    creation_ids,
    custom_xml,
    digest,
    marks_of,
    read_marks,
)
from deckbuilder.pulling.sides import NOTES, read_side
from tools import (
    DECKS,
    NAMESPACES,
    SOURCES,
    Arranged,
    Built,
    Package,
    arranged,
    build_files,
    deck_folder,
    find,
    need,
    run,
)
from tools import written as written_in

_A = f"{{{NAMESPACES['a']}}}"


def texts_of(shape: Any) -> str:
    """What a shape says as it stands in the file: its paragraphs, or its alternative text."""
    paragraphs = list(shape.iter(f"{_A}p"))
    if not paragraphs:
        return str(find(shape, "./*/p:cNvPr")[0].get("descr", ""))
    lines = []
    for paragraph in paragraphs:
        runs = paragraph.iter(f"{_A}t", f"{_A}br")
        lines.append("".join("\n" if run.tag.endswith("}br") else run.text or "" for run in runs))
    return "\n".join(lines)


def marked_shapes(package: Package, slide: str) -> dict[int, Any]:
    """The slide's shapes by their placeholder's index."""
    shapes = find(package.xml(slide), "/p:sld/p:cSld/p:spTree/*[*/p:nvPr/p:ph]")
    return {int(find(shape, "./*/p:nvPr/p:ph")[0].get("idx", "0")): shape for shape in shapes}


@pytest.fixture
def marks(name: str, built: Callable[[str], Built]) -> DeckMarks:
    return read_marks(built(name).deck)


@pytest.mark.parametrize("name", DECKS)
def test_what_is_written_is_read_back(name: str, marks: DeckMarks) -> None:
    plain = [replace(m, holders=tuple(replace(h, picture="") for h in m.holders)) for m in marks.built]
    assert list(marks.slides) == list(marks.built)
    assert plain == marks_of(arranged(name).frames)


@pytest.mark.parametrize("name", DECKS)
def test_each_slide_carries_the_identity_of_the_authors_and_which_part_of_it_it_is(name: str, marks: DeckMarks) -> None:
    found = arranged(name)
    assert [m.slide for m in marks.built] == [frame.slide.identity for frame in found.frames]
    for identity in {m.slide for m in marks.built}:
        own = [m for m in marks.built if m.slide == identity]
        assert [(m.part, m.parts) for m in own] == [(n, len(own)) for n in range(1, len(own) + 1)]


@pytest.mark.parametrize("name", DECKS)
def test_hashes_are_of_what_stands_in_the_file(name: str, marks: DeckMarks, built: Callable[[str], Built]) -> None:
    package = Package(built(name).deck)
    for slide, mark in zip(package.slides, marks.built, strict=True):
        shapes = marked_shapes(package, slide)
        for holder in mark.holders:
            assert holder.digest == digest(texts_of(shapes[holder.index])), (slide, holder)


def field_of(name: str, slide: AnySlide, found: Arranged) -> Any:
    """What a field holds."""
    head, _, rest = name.partition(".")
    section = next(section for section, one in found.reading.deck.slides() if one is slide)
    around = {"deck": found.reading.deck, "session": found.reading.session, "section": section}
    value: Any = around.get(head, slide)
    for word, number in re.findall(r"(\w+)(?:\[(\d+)\])?", rest if head in around else name):
        value = getattr(value, word)
        value = value[int(number)] if number else value
    return value


def own_words(value: Any) -> Iterator[str]:
    """The words that authors wrote and marked in the fixture."""
    for _, said in written_in(value):
        yield from re.findall(r"mk-[\w-]+", said)


@pytest.mark.parametrize("name", ["every-kind"])
def test_what_an_author_wrote_stands_where_its_field_is_named_and_nowhere_else(name: str) -> None:
    found = arranged(name)
    checked = 0
    for frame, mark in zip(found.frames, marks_of(found.frames), strict=True):
        for item, holder in zip(frame.items, mark.holders, strict=True):
            made_of = {word for field in holder.fields for word in own_words(field_of(field, frame.slide, found))}
            if frame.slide.kind == "credits" and holder.index:
                continue  # made of all slides' pictures
            said = set(re.findall(r"mk-[\w-]+", getattr(getattr(item, "text", None), "plain", "")))
            assert said <= made_of, (mark.slide, holder)
            checked += len(said)
            for field in holder.fields:
                assert field_of(field, frame.slide, found) not in (None, ()), (mark.slide, field)
    assert checked > 100


def test_fields_count_what_an_author_wrote_and_not_what_is_shown(tmp_path: Path) -> None:
    questions = [{"ask": "On paper?", "show": ["handout"]}, "One?", {"ask": "Apart?", "show": ["guide"]}, "Two?"]
    pictures = [
        {"file": "pictures/path.svg", "alt": f"Path {n}", "show": ["handout"] if n == 1 else ["deck", "handout"]}
        for n in range(3)
    ]
    deck = deck_folder(
        tmp_path,
        {"kind": "discussion", "title": "Talk", "questions": questions, "minutes": 1},
        {"kind": "grid", "title": "Grid", "pictures": pictures, "minutes": 1, "questions": questions[:2]},
    )
    talk, grid, asked = marks_of_file(build_files(tmp_path / "out", deck, only=("deck",)).deck)
    assert [h.fields for h in talk.holders][-1] == ("questions[1].ask", "questions[3].ask")
    made_of = [field for holder in grid.holders for field in holder.fields]
    assert [f for f in made_of if f.startswith("pictures")] == ["pictures[0]", "pictures[2]"]
    assert [h.fields for h in asked.holders] == [("questions[1].ask",), ("title",)]  # the topic is above the question


def marks_of_file(deck: Path) -> list[SlideMark]:
    found = read_marks(deck)
    assert list(found.built) == list(found.slides)
    return list(found.built)


def test_powerpoints_number_of_a_slide_follows_from_its_identity(built: Callable[[str], Built]) -> None:
    package = Package(built("safe-food").deck)
    path = "/p:sld/p:cSld/p:extLst/p:ext[@uri='{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}']/p14:creationId/@val"
    numbers = [int(n) for slide in package.slides for n in find(package.xml(slide), path)]
    marks = marks_of_file(built("safe-food").deck)
    assert numbers == creation_ids(marks)
    assert len(set(numbers)) == len(package.slides)
    assert creation_ids(marks[3:]) == numbers[3:], "not from its place"


def test_libreoffice_keeps_the_document_s_marks(built: Callable[[str], Built], tmp_path: Path) -> None:
    deck = built("every-kind").deck
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    run(need("soffice"), profile, "--headless", "--convert-to", "pptx", "--outdir", tmp_path, deck)
    saved, before = read_marks(tmp_path / deck.name), read_marks(deck)
    assert saved.built == before.built
    assert set(saved.slides) == {None}


def test_a_slide_that_somebody_added_moved_or_tampered_with_is_no_reason_to_stop(
    built: Callable[[str], Built], tmp_path: Path
) -> None:
    package = Package(built("safe-food").deck)
    changed = dict(package.parts)
    (tags,) = package.related(package.slides[0], "tags")
    changed[tags] = changed[tags].replace(b"DECKBUILDER_PART", b"DECKBUILDER_PARTY")
    (second,) = package.related(package.slides[1], "tags")
    changed[second] = changed[second].replace(b"DECKBUILDER_", b"SOMEBODY_")
    custom = changed["docProps/custom.xml"]
    changed["docProps/custom.xml"] = custom.replace(b'name="deckbuilder 1.1"', b'name="Client"')
    file = tmp_path / "changed.pptx"
    with zipfile.ZipFile(file, "w") as out:
        for name, data in changed.items():
            out.writestr(name, data)
    before, after = read_marks(built("safe-food").deck), read_marks(file)
    assert after.slides == (None, None, *before.slides[2:])
    assert after.built == before.built[1:]


def test_long_marks_go_on_in_further_properties_none_longer_than_powerpoint_shows() -> None:
    mark = SlideMark("a" * 300, 1, 1, tuple(HolderMark(n, ("points",), digest("x")) for n in range(40)))
    values = re.findall(r"<vt:lpwstr>([^<]*)</vt:lpwstr>", custom_xml([mark, mark]))
    assert len(values) > 4
    assert max(map(len, values)) <= 255


def test_two_builds_give_equal_files(built: Callable[[str], Built], tmp_path: Path) -> None:
    deck = deck_folder(tmp_path, {"kind": "statement", "title": "S", "statement": "A [[gap]]", "minutes": 1})
    one, two = (build_files(tmp_path / n, deck, only=("deck",)).deck.read_bytes() for n in "ab")
    assert one == two


# --- Nothing that is not on the slides


def parts_of_marks(deck: Path) -> str:
    package = Package(deck)
    return "".join(package.parts[n].decode() for n in package.named(r"ppt/tags/tag\d+\.xml|docProps/custom\.xml"))


def test_marks_hold_identities_fields_and_hashes_only(built: Callable[[str], Built]) -> None:
    said = parts_of_marks(built("every-kind").deck)
    values = re.findall(r'val="([^"]*)"|<vt:lpwstr>([^<]*)<', said)
    assert len(values) > 200
    field = r"(?:deck\.|section\.|session\.)?[a-z_]+(?:\[\d+\])?(?:\.[a-z_]+)?"
    whole = rf"[\w-]+|\d+/\d+|(?:{field}(?:,{field})*)?:[0-9a-f]*(?::[0-9a-f]*){{0,2}}"
    assert [v for v, _ in values if v and not re.fullmatch(whole, v)] == []
    assert "mk-" not in said
    assert "fac-" not in said


def test_no_hash_or_id_tells_the_word_of_a_gap_or_an_answer(tmp_path: Path) -> None:
    """Whoever guesses a word has nothing in the file to try it against: two decks that differ in it are marked alike."""

    def marked(word: str) -> list[SlideMark]:
        slides: list[dict[str, Any]] = [
            {
                "kind": "points",
                "title": f"The [[{word}]]",
                "points": [f"A [[{word}]] here", f"And **so [[{word}]] is**"],
                "minutes": 1,
            },
            {"kind": "table", "title": "T", "header": ["A"], "rows": [[f"[[{word}]]"]], "minutes": 1},
            {
                "kind": "discussion",
                "title": "Talk",
                "minutes": 1,
                "questions": [
                    {"ask": "Which?", "listen_for": [word], "follow_ups": [word], "debrief": word},
                    {"ask": word, "show": ["guide"]},
                ],
            },
            {"kind": "statement", "title": "S", "statement": "S", "minutes": 1, "notes": word, "handout": word},
            {"kind": "statement", "title": word, "statement": word, "minutes": 1, "show": ["guide"]},
        ]
        folder = tmp_path / word
        return marks_of_file(build_files(folder / "out", deck_folder(folder, *slides, gaps="gap"), only=("deck",)).deck)

    assert marked("rose") == marked("sore"), "of one width, so that the underscores are as many"


def test_notes_that_somebody_might_guess_keep_nothing_of_what_they_said(tmp_path: Path) -> None:
    long = "Ask the landlord first, and bring the letter that explains how little bees sting those who move slowly."
    shown = "What a slide shows already is no secret: whoever reads it knows each of its words, and needs not guess."
    slides: list[dict[str, Any]] = [
        {"kind": "statement", "title": "Long", "statement": "S", "minutes": 1, "notes": long},
        {"kind": "statement", "title": "Short", "statement": "S", "minutes": 1, "notes": "Wait."},
        {"kind": "statement", "title": "Shown", "statement": shown, "minutes": 1, "notes": shown},
        {"kind": "quiz", "title": "Q", "question": "Which?", "options": [{"text": "A", "correct": True}, "B"], "why": long},
        {"kind": "statement", "title": "None", "statement": "S", "minutes": 1},
    ]  # fmt: skip
    folder = deck_folder(tmp_path, *slides)
    known = read_marks(build_files(tmp_path / "out", folder, only=("deck",)).deck).notes
    assert [one if not one else "some" for one in known] == ["some", None, None, None, ""]
    given = deckbuilder.build(tmp_path, output=tmp_path / "given", only=["deck"], notes=False).files[0]
    assert read_marks(given).notes == (None,) * 5
    assert "NOTES" not in parts_of_marks(given)


def test_a_notes_page_knows_what_it_says(built: Callable[[str], Built], tmp_path: Path) -> None:
    """The reader of old decks reads it as it was written: else each page would be one that was changed."""
    for name in SOURCES:
        side = read_side(built(name).deck, tmp_path / name)
        known = [(one.number, one.built[NOTES], one.now[NOTES]) for one in side.slides if NOTES in one.built]
        assert [number for number, then, now in known if then != now] == []
        assert sum(bool(then) for _, then, _ in known) > 8 or name == "many-scripts"


def test_a_corporate_templates_own_tags_stay_and_are_taken_for_nobodys_marks(
    built: Callable[[str], Built], tmp_path: Path
) -> None:
    theme = tmp_path / "client"
    theme.mkdir()
    theirs = f'<p:tagLst xmlns:p="{NAMESPACES["p"]}"><p:tag name="THEIRS" val="1"/></p:tagLst>'.encode()
    package = Package(built("safe-food").deck)
    rels = "ppt/slideLayouts/_rels/slideLayout1.xml.rels"
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/tags" '
    )
    parts = package.parts | {
        "ppt/tags/tag1.xml": theirs,
        rels: package.parts[rels].replace(
            b"</Relationships>", relation + b'Target="../tags/tag1.xml"/></Relationships>'
        ),
    }
    with zipfile.ZipFile(theme / "brand.pptx", "w") as out:
        for name, data in parts.items():
            out.writestr(name, data)
    (theme / "_brand.yml").write_text("defaults: {deckbuilder: {template: brand.pptx}}\n", encoding="utf-8")
    slide = {"kind": "statement", "title": "S", "statement": "S", "minutes": 1}
    deck = build_files(tmp_path, deck_folder(tmp_path / "deck", slide), themes=(str(theme),), only=("deck",)).deck
    (mark,) = marks_of_file(deck)
    assert mark.slide.startswith("statement-")
    made = Package(deck)
    tags = [made.parts[name] for name in made.named(r"ppt/tags/tag\d+\.xml")]
    assert sorted(b"THEIRS" in part for part in tags) == [False, True]
