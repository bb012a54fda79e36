"""Texts out to translators and back: catalogs kept up to date, decks built in other languages, mistakes told at their lines."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from pypdf import PdfReader

import deckbuilder
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.deck import open_deck
from deckbuilder.reading.translations import texts
from deckbuilder.source import Inputs
from deckbuilder.translating import exchange, standing, update_catalog
from deckbuilder.translating.catalogs import write_catalog
from deckbuilder.translating.messages import Message, messages_of
from test_cli import call
from tools import PICTURES, REPOSITORY, SOURCES, Built, Package, deck_folder, squeezed

SAY: dict[str, Any] = {"kind": "statement", "title": "A title", "statement": "A sentence", "minutes": 1}


def messages(deck: Path, session: Path | None = None) -> list[Message]:
    problems = Diagnostics()
    return messages_of(open_deck(deck, session, problems, Inputs()), problems, Inputs())


def catalog(deck: Path, words: dict[str, str], language: str = "es", session: Path | None = None) -> Path:
    """A catalog of the deck, with these translations."""
    made = update_catalog(deck.parent, language, messages(deck, session), deck.name, Diagnostics())
    with made.path.open("rb") as file:
        entries = read_po(file)
    for entry in entries:
        if entry.id in words:
            entry.string = words[str(entry.id)]
    write_catalog(entries, made.path)
    return made.path


def said(work: Any) -> list[deckbuilder.Diagnostic]:
    try:
        return list(work().diagnostics)
    except deckbuilder.DeckError as error:
        return list(error.diagnostics)


def test_every_text_comes_from_the_catalog(tmp_path: Path) -> None:
    """What is done to all texts of a catalog is done to all texts of the deck, and undone it is the deck again."""
    shutil.copytree(SOURCES["every-kind"][0], tmp_path / "deck")
    path = tmp_path / "deck/deck.yaml"
    said = [message.original for message in messages(path) if not message.original.startswith("https:")]
    catalog(path, {words: f"{words.rstrip()} ¤" for words in said})
    original, made = deckbuilder.read(path), deckbuilder.read(path, language="es")
    before, after = list(texts(original.deck)), list(texts(made.deck))
    assert len(before) == len(after) > 300
    own = [(a, b) for (a, at, _), (b, _, _) in zip(before, after, strict=True) if at and at.file.endswith("deck.yaml")]
    assert [b for _, b in own if any(map(str.isalpha, b)) and "¤" not in b] == []

    def plain(words: str) -> str:
        return re.sub(r"[\s¤“”‘’«»\"']", "", words)

    assert [(a, b) for a, b in own if plain(a) != plain(b)] == []


def test_a_deck_is_built_in_its_languages(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "d", {**SAY, "questions": ["Why, {{ deck.title }}?"]}, title="Gardens")
    words = {"A title": "Un título", "A sentence": 'Una "frase"', "Gardens": "Jardines", "The section": "La parte"}
    catalog(deck, words | {"Why, {{ deck.title }}?": "¿Por qué, {{ deck.title }}?"})
    built = deckbuilder.build(deck, language="all", output=tmp_path / "out", only=["handout"])
    assert [file.name for file in built.files] == ["d-handout.pdf", "d-es-handout.pdf"]
    assert built.diagnostics == ()
    text = squeezed("".join(page.extract_text() for page in PdfReader(built.files[1]).pages))
    assert all(squeezed(word) in text for word in ("Jardines", "¿Por qué, Jardines?", "Una «frase»", "Cuaderno"))
    assert "Asentence" not in text


def test_what_is_not_translated_is_counted_or_named(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "d", SAY)
    path = catalog(deck, {"A title": "Un título", "The deck": "El mazo"})
    [told] = said(lambda: deckbuilder.build(deck, language="es", output=tmp_path / "out", only=["handout"]))
    assert (told.code, told.severity, told.at.file) == ("untranslated", deckbuilder.Severity.WARNING, str(path))
    assert "2 of 4 texts" in told.message
    named = said(
        lambda: deckbuilder.build(deck, language="es", translated=True, output=tmp_path / "out", only=["handout"])
    )
    assert [(d.code, d.at.file) for d in named] == [("text-untranslated", str(deck))] * 2


def test_what_is_not_translated_is_not_taken_for_a_passage_in_another_language(tmp_path: Path) -> None:
    words = "This is what we will do with the time that there is, and it is what you came for."
    deck = deck_folder(tmp_path / "d", SAY | {"notes": words})
    catalog(deck, {"A title": "Un título"})
    assert "language-not-marked" not in {found.code for found in deckbuilder.check(deck, language="es").diagnostics}
    catalog(deck, {words: words})
    assert "language-not-marked" in {found.code for found in deckbuilder.check(deck, language="es").diagnostics}


def test_what_stands_in_for_a_variable_is_translated(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "d", {**SAY, "statement": "On {{ session.date | default('some day') }}"})
    catalog(deck, {"On {{ session.date | default('some day') }}": "{{ session.date|default('Algún día') }}"})
    deck = deckbuilder.read(deck, language="es").deck
    assert deck.sections[0].slides[0].statement.plain == "Algún día"


@pytest.mark.parametrize(
    ("original", "words", "message"),
    [
        ("On {{ session.date }}", "El día", "the translation lacks {{session.date}}"),
        ("A [[gap]] here", "Un hueco", "the original has 1 gap, the translation 0"),
        ("See [it](https://example.org)", "Véalo", "the original has 1 link, the translation 0"),
        ("Write `yes`", "Escribe `sí`", "the translation lacks `yes`"),
        ("Write `a b`", "Escribe `ab`", "the translation lacks `a b`"),
        (
            "On {{ session.date | default('some day') }}",
            "El {{ session.place | default('día') }}",
            "the translation lacks {{session.date|default('…')}}",
        ),
    ],
)
def test_what_has_to_survive_is_asked_for_at_the_line_of_the_catalog(
    tmp_path: Path, original: str, words: str, message: str
) -> None:
    deck = deck_folder(tmp_path / "d", {**SAY, "statement": original})
    path = catalog(deck, {original: words})
    found = [d for d in deckbuilder.check(deck, language="es").diagnostics if d.code == "translation-broken"]
    assert [d.message for d in found] == [message]
    assert found[0].at is not None
    lines = path.read_text("utf-8").splitlines()
    assert str(path) == found[0].at.file
    assert original in "\n".join(lines[found[0].at.line - 1 : found[0].at.line + 1])


def test_what_does_not_fit_in_a_language_is_told_at_the_line_of_the_catalog(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "d", SAY)
    path = catalog(deck, {"A title": "palabra " * 200})
    told = said(lambda: deckbuilder.build(deck, language="es", output=tmp_path / "out", only=["deck"]))
    assert [(d.code, d.at.file) for d in told if d.severity is deckbuilder.Severity.ERROR] == [
        ("text-does-not-fit", str(path))
    ]
    problems = Diagnostics()
    opened = open_deck(deck, None, problems, Inputs())
    stands = standing(opened, "es", messages(deck), problems, Inputs())
    assert (stands.done, stands.stale, stands.missing, stands.too_long) == (1, 0, 3, 1)


def test_one_changed_letter_costs_one_text(tmp_path: Path) -> None:
    slides = [
        {**SAY, "title": f"Title {n}", "statement": f"This is sentence number {n}", "notes": "Same"} for n in range(5)
    ]
    deck = deck_folder(tmp_path / "d", *slides)
    words = {message.original: f"es {message.original}" for message in messages(deck)}
    path = catalog(deck, words)
    slides[2]["title"] = "Title two"  # by which its slide is known
    deck_folder(tmp_path / "d", *slides)
    content = deckbuilder.read(deck, language="es")
    shown = [s.statement.plain for s in content.deck.sections[0].slides]
    assert shown == [f"es This is sentence number {n}" for n in range(5)]
    made = update_catalog(deck.parent, "es", messages(deck), deck.name, Diagnostics())
    assert (made.stale, made.missing, made.gone) == (1, 0, 0)
    text = path.read_text("utf-8")
    assert '#| msgid "Title 2"' in text
    again = update_catalog(deck.parent, "es", messages(deck), deck.name, Diagnostics())
    assert (again.stale, path.read_text("utf-8")) == (1, text)


def test_a_translation_of_what_the_deck_has_no_more_is_kept(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "d", SAY, {**SAY, "title": "Gone soon"})
    path = catalog(deck, {"Gone soon": "Pronto se va"})
    deck_folder(tmp_path / "d", SAY)
    assert update_catalog(deck.parent, "es", messages(deck), deck.name, Diagnostics()).gone == 1
    assert '#~ msgstr "Pronto se va"' in path.read_text("utf-8")
    deck_folder(tmp_path / "d", SAY, {**SAY, "title": "Gone soon"})
    made = update_catalog(deck.parent, "es", messages(deck), deck.name, Diagnostics())
    assert (made.done, made.stale, made.gone) == (1, 0, 0)


def test_translators_are_told_what_a_text_is_and_how_much_room_it_has(tmp_path: Path) -> None:
    slide = {
        "kind": "quote",
        "title": "A title",
        "quote": "Words",
        "author": "Somebody",
        "minutes": 1,
        "id": "said",
        "cues": [{"say": "Read it"}],
        "picture": {"file": "pictures/shapes.png", "alt": "Shapes"},
    }
    found = {message.context: message for message in messages(deck_folder(tmp_path, slide))}
    assert re.search(r"title, (one line|2 lines at most), about \d+ characters", "\n".join(found["said / title"].notes))
    assert any("facilitators only" in note for note in found["said / cues.say"].notes)
    assert any("cannot see" in note for note in found["said / picture.alt"].notes)
    assert any("words of others" in note for note in found["said / quote"].notes)
    assert [message.original for message in found.values() if message.keep] == ["Words", "Somebody"]


def test_texts_of_variants_are_translated(tmp_path: Path) -> None:
    handout = [{"text": "In the room", "for": "room"}, {"text": "On line", "for": "web"}]
    variants = {"room": {"title": "In a room"}, "web": {}}
    deck = deck_folder(tmp_path / "d", {**SAY, "handout": handout}, variants=variants)
    catalog(deck, {"In the room": "En la sala", "On line": "En línea", "In a room": "En una sala"})
    content = deckbuilder.read(deck, language="es", variant="room")
    assert (content.name, content.deck.title.plain) == ("d-room-es", "En una sala")
    assert content.deck.sections[0].slides[0].handout.plain == "En la sala"


def test_pictures_and_data_may_have_a_version_in_the_language(tmp_path: Path) -> None:
    shown = {"kind": "picture", "title": "T", "minutes": 1, "picture": {"file": "pictures/shapes.png", "alt": "Shapes"}}
    chart = {"kind": "chart", "title": "U", "minutes": 1, "chart": "bar", "file": "a.csv"}
    deck = deck_folder(tmp_path / "d", shown, chart)
    (tmp_path / "d/a.csv").write_text("Year,Beans\n2022,31\n", "utf-8")
    (tmp_path / "d/a.es.csv").write_text("Año,Judías\n2022,31\n", "utf-8")
    (tmp_path / "d/pictures/shapes.es.png").write_bytes((PICTURES / "shapes.png").read_bytes())
    catalog(deck, {})
    content = deckbuilder.read(deck, language="es")
    assert list(content.pictures) == ["pictures/shapes.es.png"]
    assert content.deck.sections[0].slides[1].series[0].name == "Judías"
    assert list(deckbuilder.read(deck).pictures) == ["pictures/shapes.png"]


def test_xliff_goes_out_and_comes_in(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "d", SAY)
    catalog(deck, {"A title": "Un título"})
    problems = Diagnostics()
    opened = open_deck(deck, None, problems, Inputs())
    out = exchange.give(opened, "es", problems)
    text = out.read_text("utf-8")
    assert 'source-language="en-US"' in text
    assert '<target state="translated">Un título</target>' in text
    translated = text.replace(
        "<source>A sentence</source>", '<source>A sentence</source><target state="final">Una frase</target>'
    )
    out.write_text(translated, "utf-8")
    assert exchange.take(opened, "es", messages(deck), out, problems) == 2
    assert deckbuilder.read(deck, language="es").deck.sections[0].slides[0].statement.plain == "Una frase"
    for damaged, told in (("<xliff", "is not well-formed"), ("<svg/>", "is no XLIFF file")):
        out.write_text(damaged, "utf-8")
        with pytest.raises(deckbuilder.DeckError, match=told):
            exchange.take(opened, "es", messages(deck), out, problems)
    with pytest.raises(deckbuilder.DeckError, match="there is no file"):
        exchange.take(opened, "es", messages(deck), tmp_path / "none.xlf", problems)


def test_a_catalog_that_is_not_text_is_told_at_its_line(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "d", SAY)
    path = catalog(deck, {})
    path.write_bytes(b"# one\n# Espa\xf1ol\n")
    (found,) = said(lambda: deckbuilder.read(deck, language="es"))
    assert (found.code, found.at.line if found.at else 0, found.message) == (
        "translation-file",
        2,
        "this line is not UTF-8",
    )


def test_the_shipped_translation_is_whole_and_right(tmp_path: Path) -> None:
    """Nothing in it is missing, and bringing it up to date changes nothing."""
    folder = REPOSITORY / "content/harm-reduction"
    made = update_catalog(tmp_path, "es", messages(folder / "deck.yaml"), "deck.yaml", Diagnostics())
    assert made.missing > 500
    path = shutil.copytree(folder, tmp_path / "copy") / "deck.yaml"
    before = (path.parent / "locales/es.po").read_bytes()
    own = messages(path, path.parent / "session.yaml")
    made = update_catalog(path.parent, "es", own, "deck.yaml", Diagnostics())
    assert (made.stale, made.missing, made.gone) == (0, 0, 0)
    assert (path.parent / "locales/es.po").read_bytes() == before


def test_a_language_that_nobody_speaks_is_refused_and_a_rare_one_told(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "deck", SAY)
    done = call("translate", str(deck), "--to", "xx")
    assert done.exit_code == 2
    assert "there is no language 'xx'" in done.stderr
    assert not (deck.parent / "locales").exists()
    done = call("translate", str(deck), "--to", "qqy")
    assert (done.exit_code, "'qqy' is not known here" in done.stderr) == (0, True)
    assert call("translate", str(deck), "--to", "cy").stderr == ""


def test_addresses_may_lead_to_a_page_in_the_language(tmp_path: Path) -> None:
    books = [{"id": "book", "text": "A book", "url": "https://books.example.org/en"}]
    deck = deck_folder(tmp_path / "deck", {**SAY, "sources": ["book"]}, references=books)
    (message,) = [one for one in messages(deck) if one.original.startswith("https:")]
    assert (message.context, message.keep) == ("deck / references.url", True)
    path = catalog(deck, {"A title": "Título", "https://books.example.org/en": "https://books.example.org/es"})
    assert deckbuilder.read(deck, language="es").deck.references[0].url == "https://books.example.org/es"
    text = path.read_text("utf-8").replace("books.example.org/es", "books example org")
    path.write_text(text, "utf-8")
    (wrong,) = [p for p in said(lambda: deckbuilder.read(deck, language="es")) if p.severity.value == "error"]
    assert wrong.at is not None
    assert wrong.at.file.endswith("es.po")
    assert 'msgstr "https://books example org"' in text.splitlines()[wrong.at.line - 1 :][:3]


def test_what_a_session_says_is_translated_and_never_asked_for(tmp_path: Path) -> None:
    deck = deck_folder(tmp_path / "deck", {**SAY, "statement": "In {{ session.place }}"}, SAY)
    session = deck.parent / "session.yaml"
    session.write_text("place: The barn\nstart: 9:00\nbreaks: [{at: 9:01, minutes: 5, label: Tea}]\n", "utf-8")
    assert call("translate", str(deck), "--to", "es").exit_code == 0
    words = {"The barn": "El granero", "Tea": "Té", "In {{ session.place }}": "En {{ session.place }}"}
    assert 'msgctxt "session / breaks.label"' in catalog(deck, words, session=session).read_text("utf-8")
    content = deckbuilder.read(deck, session=session, language="es")
    assert content.session is not None
    assert (content.session.place, content.session.breaks[0].label) == ("El granero", "Té")
    assert next(slide.statement.plain for _, slide in content.deck.slides()) == "En El granero"
    (deck.parent / "other.yaml").write_text("place: The shed\n", "utf-8")
    left = [p.message for p in said(lambda: deckbuilder.read(deck, session=deck.parent / "other.yaml", language="es"))]
    without = [p.message for p in said(lambda: deckbuilder.read(deck, session=session, language="es"))]
    assert [m for m in left if "not translated" in m] == [m for m in without if "not translated" in m]


def test_days_and_who_leads_are_those_of_the_language(tmp_path: Path) -> None:
    sections = [
        {"title": "Soil", "lead": "Trainer", "slides": [SAY]},
        {"title": "Water", "slides": [{**SAY, "lead": ["Trainer", "Ana Diaz"]}]},
    ]
    deck = deck_folder(tmp_path / "deck", sections=sections)
    session = deck.parent / "session.yaml"
    session.write_text(
        "trainers: [Trainer, Ana Diaz]\nleads: [{of: Water, who: Trainer}]\ndays: [{title: Dig}, {begins: Water}]\n",
        "utf-8",
    )
    words = {"Soil": "Tierra", "Water": "Agua", "Trainer": "Formadora", "Dig": "Cavar"}
    catalog(deck, words, session=session)
    content = deckbuilder.read(deck, session=session, language="es")
    assert [p.code for p in content.diagnostics if "lead" in p.code or "day" in p.code] == []
    assert content.session is not None
    assert [(one.of, one.who) for one in content.session.leads] == [("Agua", ("Formadora",))]
    assert [section.lead for section in content.deck.sections] == [("Formadora",), ()]
    assert content.deck.sections[1].slides[0].lead == ("Formadora", "Ana Diaz")
    assert [(day.title, day.minutes) for day in content.schedule.days] == [("Cavar", 1), ("", 1)]


def test_every_word_of_built_documents_comes_from_the_catalog(tmp_path: Path, built: Callable[[str], Built]) -> None:
    """The words of the deck with every kind are marked: their marks, changed in the catalog and built, are changed in every
    document, and changed back they are those of the original."""
    folder, session = shutil.copytree(SOURCES["every-kind"][0], tmp_path / "every-kind"), "session.yaml"
    own = messages(folder / "deck.yaml", folder / session)
    changed = {one.original: re.sub(rf"\b{_MARK}", r"z\g<0>", one.original) for one in own}
    catalog(folder / "deck.yaml", changed, session=folder / session)
    files = deckbuilder.build(folder, session=folder / session, language="es", output=tmp_path / "out").files
    made = Built("every-kind-es", files[0].parent)
    before, after = (
        {kind: marks_in(getattr(one, kind)) for kind in ("deck", "handout", "guide")}
        for one in (built("every-kind"), made)
    )
    for kind, words in before.items():
        assert len(words) > 50
        assert {word.removeprefix("z") for word in after[kind]} == words, kind
        assert [word for word in after[kind] if not word.startswith("z")] == [], kind


_MARK = r"(?:mk|fac)-(?!csv)[a-z]+(?:-[a-z]+)*"  # of CSV files, a language may have its own


def marks_in(file: Path) -> set[str]:
    """The marks in a file's words."""
    if file.suffix == ".pptx":
        package = Package(file)
        said = " ".join(package.text(name) for name in (*package.slides, *package.notes))
    else:
        said = " ".join(page.extract_text() for page in PdfReader(file).pages)
    return set(re.findall(rf"\bz?{_MARK}", re.sub(r"-\s+", "-", said)))
