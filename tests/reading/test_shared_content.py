"""What decks take in from a library: it stands there as if it were written there, and each word knows where it is from."""

# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path

import pytest

import deckbuilder
from deckbuilder.content.deck import Deck
from deckbuilder.diagnostics import DeckError, Diagnostics, Severity
from deckbuilder.reading.deck import Reading, read_deck
from deckbuilder.sharing import share
from deckbuilder.source import Inputs
from test_cli import call

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z" fill="#123456"/></svg>'
LIBRARY = """\
facts:
  deaths: {value: 105007, source: agency, as_of: 2023, review_by: 2026-01-31}
  of_all: "{{ facts.deaths }} of all"
  members: 1200
references:
  - {id: agency, text: "Agency, *Deaths*, 2024."}
  - {id: unused, text: "Nobody, *Nothing*."}
glossary:
  - {id: tree, term: Tree, definition: A tall plant.}
pictures:
  - {id: kit, file: pictures/kit.svg, alt: A kit on a table, credit: "Ann, CC0"}
questions:
  - id: why
    ask: Why here?
    listen_for: [Because of the light]
slides:
  - id: sowing
    kind: points
    title: How to sow
    minutes: 3
    points: ["{{ facts.deaths }} in {{ facts.deaths.as_of }}", Water]
    picture: {file: pictures/kit.svg, alt: The kit, credit: "Ann, CC0"}
    questions: [{take: why}]
  - id: yields
    kind: table
    title: What beds yield
    file: yields.csv
"""
DECK = """\
title: A deck
library: ../library
glossary: [{take: tree}]
sections:
  - title: One
    slides:
      - take: sowing
        minutes: 7
      - {kind: statement, title: Many, statement: "There are {{ facts.members }}"}
      - {kind: picture, title: Kit, picture: {take: kit, caption: Ours}}
"""


def put(folder: Path, deck: str = DECK, library: str = LIBRARY) -> Path:
    """The deck and its library, side by side."""
    (folder / "library/pictures").mkdir(parents=True, exist_ok=True)
    (folder / "deck").mkdir(exist_ok=True)
    (folder / "library/pictures/kit.svg").write_bytes(SVG)
    (folder / "library/yields.csv").write_text("What,How many\nBeans,3\n", "utf-8")
    (folder / "library/library.yaml").write_text(library, "utf-8")
    (folder / "deck/deck.yaml").write_text(deck, "utf-8")
    (folder / "organisation.yaml").write_text("spelling: [Sowa]\n", "utf-8")
    return folder / "deck"


def read(folder: Path, inputs: Inputs | None = None) -> Reading:
    problems = Diagnostics()
    out = read_deck(folder, None, problems, inputs)
    assert [str(p) for p in problems if p.severity is Severity.ERROR] == []
    return out


def errors(folder: Path) -> list[str]:
    """What is said of a deck, with its place from the folder that holds deck and library."""
    try:
        problems = deckbuilder.read(folder).diagnostics
    except DeckError as error:
        problems = tuple(error.diagnostics)
    said = [p for p in problems if p.severity is Severity.ERROR]
    return [str(p).replace(f"{folder.parent}/", "") for p in said]


def slides(deck: Deck) -> list[object]:
    return [slide for _, slide in deck.slides()]


def test_what_is_taken_in_stands_there_with_its_place_in_the_library(tmp_path: Path) -> None:
    inputs = Inputs()
    reading = read(put(tmp_path), inputs)
    sowing, many, kit = [slide for _, slide in reading.deck.slides()]
    assert (sowing.identity, sowing.minutes, sowing.title.plain) == ("sowing", 7, "How to sow")
    assert str(sowing.title.at).endswith("library/library.yaml:19:12")
    assert sowing.questions[0].ask.plain == "Why here?"
    assert sowing.questions[0].listen_for[0].plain == "Because of the light"
    assert kit.picture.alt == "A kit on a table"
    assert kit.picture.caption.plain == "Ours"
    assert [term.term.plain for term in reading.deck.glossary] == ["Tree"]
    assert many.statement.plain == "There are 1,200"
    names = {path.relative_to(tmp_path.resolve()).as_posix() for path in map(Path.resolve, inputs)}
    assert names == {"organisation.yaml", "deck/deck.yaml", "library/library.yaml", "library/pictures/kit.svg"}


def test_a_fact_brings_its_source_to_the_slides_that_say_it(tmp_path: Path) -> None:
    deck = read(put(tmp_path)).deck
    sowing, many, _ = [slide for _, slide in deck.slides()]
    assert sowing.points[0].text.plain == "105,007 in 2023"
    assert sowing.sources == ("agency",)
    assert many.sources == ()
    assert [reference.id for reference in deck.references] == ["agency"]


def test_what_only_facilitators_read_cites_nothing_for_participants(tmp_path: Path) -> None:
    text = DECK.replace('statement: "There are {{ facts.members }}"', 'statement: Hm, notes: "{{ facts.of_all }}"')
    slide = [
        slide
        for _, slide in read(
            put(tmp_path, text.replace("take: sowing", "{kind: cover}").replace("        minutes: 7\n", ""))
        ).deck.slides()
    ][1]
    assert slide.notes.plain == "105,007 of all"
    assert slide.sources == ()


@pytest.mark.parametrize(
    ("language", "says"), [("de", "105.007 / 1.200"), ("es", "105.007 / 1200"), ("en", "105,007 / 1,200")]
)
def test_numbers_are_written_as_the_language_does(tmp_path: Path, language: str, says: str) -> None:
    text = f"language: {language}\n" + DECK.replace(
        "There are {{ facts.members }}", "{{ facts.deaths }} / {{ facts.members }}"
    )
    assert [slide for _, slide in read(put(tmp_path, text)).deck.slides()][1].statement.plain == says


def test_a_fact_of_the_deck_itself_goes_before_that_of_the_library(tmp_path: Path) -> None:
    text = DECK.replace("library: ../library\n", "library: ../library\nfacts: {members: some}\n")
    assert [slide for _, slide in read(put(tmp_path, text)).deck.slides()][1].statement.plain == "There are some"


def test_a_reference_of_the_library_is_cited_without_being_taken(tmp_path: Path) -> None:
    deck = read(put(tmp_path, DECK.replace("title: Many,", "title: Many, sources: [unused],"))).deck
    assert [reference.id for reference in deck.references] == ["unused", "agency"]


def test_a_table_of_the_library_has_its_file_there(tmp_path: Path) -> None:
    table = slides(read(put(tmp_path, DECK.replace("take: sowing", "take: yields"))).deck)[0]
    assert table.rows[0][0].plain == "Beans"


def test_an_organisation_names_the_library_of_all_decks_below(tmp_path: Path) -> None:
    folder = put(tmp_path, DECK.replace("library: ../library\n", ""))
    (tmp_path / "organisation.yaml").write_text("library: library\n", "utf-8")
    inputs = Inputs()
    assert slides(read(folder, inputs).deck)[0].title.plain == "How to sow"
    assert tmp_path / "organisation.yaml" in list(inputs)


def test_a_folder_that_is_reached_by_a_link_takes_in_from_where_it_is(tmp_path: Path) -> None:
    put(tmp_path / "there")
    (tmp_path / "here").symlink_to(tmp_path / "there/deck")
    inputs = Inputs()
    assert slides(read(tmp_path / "here", inputs).deck)[0].title.plain == "How to sow"
    assert all(path.exists() for path in inputs)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("take: sowing", "take: sowign", "deck/deck.yaml:7:15: error: the library has no slide 'sowign'\nhint: did you mean 'sowing'?"),
        ("take: sowing", "take: why", "deck/deck.yaml:7:15: error: the library has no slide 'why'\nhint: 'why' is a question there"),
        ("take: sowing", "take: [a]", "deck/deck.yaml:7:15: error: 'take' names what is taken in\nhint: write the id of a slide"),
        ("facts.members", "facts.membres", "deck/deck.yaml:9:51: error: there is no fact 'membres'\nhint: did you mean 'members'?"),
        ("facts.members", "facts.members.as_of", "deck/deck.yaml:9:51: error: the fact 'members' has no 'as_of'\nhint: write there when it was true"),
        ("facts.members", "facts", "deck/deck.yaml:9:51: error: 'facts' is not text by itself\nhint: write one of them: {{ facts.NAME }}"),
        ("../library", "../libary", "deck/deck.yaml:2:10: error: there is no library in '../libary'\nhint: a library is a folder with a file library.yaml; name it from this file's folder"),
        ("../library", "/etc", "deck/deck.yaml:2:10: error: the library '/etc' lies outside the folder\nhint: an organisation.yaml in a folder above both, with a line such as 'library: library', opens it to decks"),
        ("../library", '"a\\0b"', "deck/deck.yaml:2:10: error: the character U+0000 has no place in a text\nhint: delete it"),
        ("library: ../library\n", "", "deck/deck.yaml:2:19: error: there is no library to take 'tree' from\nhint: name its folder in the deck's 'library', or in organisation.yaml"),
        ("      - {kind: statement", "      - take: sowing\n      - {kind: statement", "deck/deck.yaml:9:15: error: the slide 'sowing' is taken in already\nhint: take it in once, or give the second one an 'id' of its own"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_deck_is_told_there(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in errors(put(tmp_path, DECK.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("points: [", "pionts: [", "library/library.yaml:21:5: error: unknown key 'pionts' in a points slide\nhint: did you mean 'points'?"),
        ("pictures/kit.svg, alt: The kit", "../deck/../../x.svg, alt: The kit", "lies outside the deck's folder"),
        ("pictures/kit.svg, alt: The kit", "/etc/passwd, alt: The kit", "lies outside the deck's folder"),
        ("pictures/kit.svg, alt: The kit", "pictures/out.svg, alt: The kit", "lies outside the deck's folder"),
        ("facts:\n", "facts:\n  members: 1\n", "library/library.yaml:5:3: error: the key 'members' stands twice in this mapping"),
        ('"{{ facts.deaths }} of all"', '"{{ facts.of_all }} of all"', "library/library.yaml:3:11: error: this text refers to itself"),
        ("{id: tree, ", "{", "library/library.yaml:9:5: error: a glossary entry of a library needs 'id'\nhint: decks take it in by that name"),
        ("id: yields", "id: sowing", "library/library.yaml:24:9: error: the library has another slide 'sowing' in line 17\nhint: rename one"),
        ("id: yields", "id: Yields!", "library/library.yaml:24:9: error: 'Yields!' is no id\nhint: lower-case letters, digits and hyphens"),
        ("slides:\n", "slidse:\n", "library/library.yaml:16:1: error: unknown key 'slidse' in a library\nhint: did you mean 'slides'?"),
        ("ask: Why here?", "take: why", "unknown key 'take' in a discussion question"),
        ("value: 105007,", "value: [1],", "library/library.yaml:2:19: error: 'value' should be text, not a list"),
        ("source: agency", "source: nobody", "library/library.yaml:2:35: error: there is no reference 'nobody'"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_library_is_told_there(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in LIBRARY
    deck = DECK.replace("facts.members", "facts.of_all")
    folder = put(tmp_path, deck, LIBRARY.replace(old, new, 1))
    (tmp_path / "elsewhere.svg").write_bytes(SVG)
    (tmp_path / "library/pictures/out.svg").symlink_to(tmp_path / "elsewhere.svg")
    found = errors(folder)
    assert any(said in one for one in found), "\n".join(found)


@pytest.mark.parametrize(
    "library", ["", "- a\n", "facts: [a]\n", "slides: {a: b}\n", "slides: [a, ~, 3, {id: [x]}]\n", "a: &a {b: *a}\n"]
)
def test_a_library_of_other_things_is_an_error_and_no_crash(tmp_path: Path, library: str) -> None:
    assert any("library/library.yaml" in one or "a library" in one for one in errors(put(tmp_path, DECK, library)))


def test_a_library_elsewhere_is_for_whoever_wrote_a_file_above_to_open(tmp_path: Path) -> None:
    folder = put(tmp_path)
    (tmp_path / "organisation.yaml").unlink()
    assert errors(folder)[0].startswith(
        "deck/deck.yaml:2:10: error: the library '../library' lies outside the folder\nhint: an organisation.yaml"
    )
    (tmp_path / "library").rename(folder / "library")
    (folder / "deck.yaml").write_text(DECK.replace("../library", "library"), "utf-8")
    assert slides(read(folder).deck)[0].title.plain == "How to sow"


def test_a_library_that_is_a_link_elsewhere_is_refused(tmp_path: Path) -> None:
    folder = put(tmp_path)
    (tmp_path / "library/library.yaml").rename(tmp_path / "secret.yaml")
    (tmp_path / "library/library.yaml").symlink_to(tmp_path / "secret.yaml")
    assert "lies elsewhere" in errors(folder)[0]


def test_past_dates_of_facts_are_told_by_check_at_the_library_where_they_can_be_silenced(tmp_path: Path) -> None:
    import datetime as dt

    folder, day = put(tmp_path), dt.date(2026, 2, 1)
    (said,) = [p for p in deckbuilder.check(folder, today=day).diagnostics if p.code == "review-due"]
    assert str(said.at).endswith("library/library.yaml:2:11")
    file = tmp_path / "library/library.yaml"
    file.write_text(LIBRARY.replace("2026-01-31}", "2026-01-31}  # deckbuilder: ignore review-due we wait", 1), "utf-8")
    codes = {p.code for p in deckbuilder.check(folder, today=day).diagnostics}
    assert not codes & {"review-due", "silence-unused"}


def test_findings_in_a_library_name_the_slides_where_they_are_met(tmp_path: Path) -> None:
    library = LIBRARY.replace("title: How to sow", "title: How  to sow").replace(
        'credit: "Ann, CC0"}\n    questions', "decorative: false}\n    questions"
    )
    (said,) = [
        p for p in deckbuilder.check(put(tmp_path, DECK, library)).diagnostics if p.code == "picture-without-credit"
    ]
    assert said.at is not None
    assert said.at.file.endswith("library.yaml")
    assert said.seen.slides == (1,)


def test_the_command_lists_who_takes_what_and_checks_what_nobody_takes(tmp_path: Path) -> None:
    put(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "deck.yaml").write_text(DECK.replace("        minutes: 7\n", ""), "utf-8")
    done = call("library", str(tmp_path), "--today", "2026-02-01")
    assert done.exit_code == 0, done.stderr
    lines = [line.replace(f"{tmp_path}/", "") for line in done.stdout.splitlines()]
    fact = lines.index("  fact deaths: 105007, as of 2023, to be looked at again by 2026-01-31 PAST ITS DATE")
    assert lines[fact + 1 : fact + 3] == [
        "    deck/deck.yaml, through what else it takes in",
        "    other/deck.yaml, through what else it takes in",
    ]
    assert lines[lines.index("  slide sowing: How to sow") + 1 :][:2] == [
        "    deck/deck.yaml, line 7",
        "    other/deck.yaml, line 7",
    ]
    assert lines[lines.index("  slide yields: What beds yield") + 1] == "    no deck takes it in"
    (tmp_path / "library/library.yaml").write_text(
        LIBRARY.replace("    file: yields.csv\n", "    file: none.csv\n"), "utf-8"
    )
    done = call("library", str(tmp_path))
    assert done.exit_code == 1
    assert "library.yaml:27:11: error: there is no file" in done.stderr
    put(tmp_path)
    done = call("check", str(tmp_path / "deck"), str(other), "--today", "2026-02-01")
    assert done.exit_code == 0, done.stderr
    lines = [line.replace(f"{tmp_path}/", "") for line in done.stdout.splitlines()]
    assert "taken in from library/library.yaml" in lines
    assert lines[lines.index("  slide sowing: How to sow") + 1 :][:2] == [
        "    deck/deck.yaml, line 7",
        "    other/deck.yaml, line 7",
    ]
    assert not any("yields" in line or "unused" in line for line in lines)
    (tmp_path / "empty").mkdir()
    assert "no deck here has a library" in call("library", str(tmp_path / "empty")).stdout


def test_all_that_a_library_has_is_read_without_a_deck_of_it(tmp_path: Path) -> None:
    problems = Diagnostics()
    (shared,) = share([put(tmp_path)], problems)
    assert [str(p) for p in problems] == []
    assert {item.noun for item in shared.items} == {
        "fact",
        "reference",
        "glossary entry",
        "picture",
        "question",
        "slide",
    }


def test_texts_of_the_library_are_translated_with_the_deck(tmp_path: Path) -> None:
    folder = put(tmp_path, DECK.replace("facts.members", "facts.of_all"))
    assert call("translate", str(folder), "--to", "de").exit_code == 0
    catalog = folder / "locales/de.po"
    text = catalog.read_text("utf-8")
    for context, words in (
        ("sowing / title", "How to sow"),
        ("sowing / questions.ask", "Why here?"),
        ("deck / facts.of_all", "{{ facts.deaths }} of all"),
        ("deck / glossary.term", "Tree"),
    ):
        assert f'msgctxt "{context}"\nmsgid "{words}"\nmsgstr ""\n' in text
    for old, new in (("How to sow", "Säen"), ("{{ facts.deaths }} of all", "{{ facts.deaths }} von allen")):
        text = text.replace(f'msgid "{old}"\nmsgstr ""', f'msgid "{old}"\nmsgstr "{new}"')
    catalog.write_text(text, "utf-8")
    content = deckbuilder.read(folder, language="de")
    sowing, many, _ = [slide for _, slide in content.deck.slides()]
    assert (sowing.identity, sowing.title.plain) == ("sowing", "Säen")
    assert many.statement.plain == "There are 105.007 von allen"
    (said,) = [p for p in content.diagnostics if p.code == "untranslated"]
    assert said.message.startswith("14 of 16 "), said.message
    assert (tmp_path / "library/library.yaml").read_text("utf-8") == LIBRARY


def test_variants_choose_among_what_is_taken_in(tmp_path: Path) -> None:
    text = DECK.replace("library:", "variants: {short: {}}\nlibrary:").replace("minutes: 7", "not_for: short")
    folder = put(tmp_path, text)
    kinds = {v: [s.kind for _, s in deckbuilder.read(folder, variant=v).deck.slides()] for v in ("", "short")}
    assert kinds == {"": ["points", "statement", "picture"], "short": ["statement", "picture"]}


@pytest.mark.parametrize(
    ("items", "place"),
    [
        ("slides: [{id: x, kind: points, title: T, points: []}]", "1:50"),
        ("slides: [{id: x}]", "1:10"),
        ("slides: [{id: x, kind: nope}]", "1:24"),
        ("slides: [{id: x, kind: quiz, title: T, question: Q, options: []}]", ""),
        ("slides: [{id: x, kind: matrix, title: T, quadrants: []}]", ""),
        ("glossary: [{id: g, term: [a], definition: {}}]", ""),
        ("questions: [{id: q, ask: a, minutes: many}]", "1:38"),
    ],
)
def test_what_is_wrong_in_an_item_that_nobody_takes_is_told_at_its_place(
    tmp_path: Path, items: str, place: str
) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library/library.yaml").write_text(items + "\n", "utf-8")
    (tmp_path / "deck").mkdir()
    (tmp_path / "organisation.yaml").write_text("spelling: [Sowa]\n", "utf-8")
    says = "title: D\nlibrary: ../library\nsections: [{title: S, slides: [{kind: cover}]}]\n"
    (tmp_path / "deck/deck.yaml").write_text(says, "utf-8")
    problems = Diagnostics()
    share([tmp_path], problems)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert errors
    assert all(str(one.at).partition("library.yaml:")[2].startswith(place) for one in errors), [str(e) for e in errors]


def test_a_library_counts_what_is_taken_under_another_id_and_knows_decks_variants(tmp_path: Path) -> None:
    deck = DECK.replace(
        "      - take: sowing\n        minutes: 7\n",
        "      - {take: sowing, id: again}\n      - {take: yields, id: other}\n",
    )
    deck = deck.replace("library: ", "variants: {online: {}}\nlibrary: ")
    put(tmp_path, deck, LIBRARY.replace("  - id: yields\n", "  - id: yields\n    for: online\n"))
    problems = Diagnostics()
    [shared] = share([tmp_path], problems)
    assert [str(problem) for problem in problems if problem.severity is Severity.ERROR] == []
    assert {item.name for item in shared.items if item.noun == "slide" and item.uses} == {"sowing", "yields"}
