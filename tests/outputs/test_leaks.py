"""What is the facilitator's alone stays out of what participants get."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

from deckbuilder.content.deck import DEFAULT_PARTS, Deck, Preparation
from deckbuilder.content.projection import KEPT, PROJECTIONS, WHOLE, Projection
from deckbuilder.outputs.markup import missing
from tools import SOURCES, Built, Package, arrange, arranged, build_files, deck_folder, outline, print_files, squeezed

MARK = re.compile(r"fac-[a-z0-9-]+")
SECRET = "fac-secret-words"
# The fixture's deck shows gaps as gaps, except on one slide.
GAP_WORDS = ["gap-word-points", "gap-word-handout", "shown-word"]


def secrets_of(name: str) -> set[str]:
    """Every facilitator's marker in a deck, as written in the file."""
    return {m.rstrip("-") for m in MARK.findall((SOURCES[name][0] / "deck.yaml").read_text("utf-8"))}


def strings_in(value: Any, seen: set[Any]) -> Iterator[str]:
    """Every string of a PDF object and of all it refers to, page contents apart."""
    if isinstance(value, IndirectObject):
        key = (value.idnum, value.generation)
        if key in seen:
            return
        seen.add(key)
        value = value.get_object()
    if isinstance(value, DictionaryObject):
        for key, item in value.items():
            yield str(key)
            yield from strings_in(item, seen)
    elif isinstance(value, ArrayObject):
        for item in value:
            yield from strings_in(item, seen)
    elif isinstance(value, str):
        yield str(value)


def pdf_text(path: Path) -> str:
    """All that a PDF says: pages, bookmarks, properties, XMP, and every string of its objects."""
    reader = PdfReader(path)
    words = [page.extract_text() for page in reader.pages]
    words += [title for _, title, _ in outline(reader)]
    words += [str(v) for v in (reader.metadata or {}).values()]
    words += list(strings_in(reader.trailer, set()))
    metadata = reader.trailer["/Root"].get("/Metadata")
    if metadata is not None:
        words.append(metadata.get_object().get_data().decode("utf-8"))
    assert not reader.attachments
    return squeezed(" ".join(words))


def deck_text(path: Path) -> str:
    """All that a deck says outside its notes pages: every part that is text, properties included."""
    package = Package(path)
    parts = [n for n in package.names if "notesSlides" not in n and n.endswith((".xml", ".rels", ".svg"))]
    runs = "".join(package.text(s) for s in package.slides)
    return squeezed(runs + "".join(package.parts[n].decode("utf-8") for n in parts))


def test_the_handout_holds_nothing_of_the_facilitators(built: Callable[[str], Built]):
    said = pdf_text(built("every-kind").handout)
    assert [m for m in secrets_of("every-kind") if squeezed(m) in said] == []
    assert "fac-" not in said
    assert [word for word in GAP_WORDS if word in said] == []


@pytest.mark.parametrize("printing", ["slides-1", "slides-6-copier", "large-print", "booklet"])
def test_the_handout_holds_nothing_of_the_facilitators_however_it_is_printed(
    printing: str, printed: Callable[[str, str], Built]
) -> None:
    files = printed("every-kind", printing)
    for handout in [f for f in files.documents if "guide" not in f.name]:
        said = pdf_text(handout)
        assert "fac-" not in said
        assert [word for word in GAP_WORDS if word in said] == [], handout.name


def test_prints_of_slides_have_gaps_where_slides_show_words_and_the_guide_has_the_key(tmp_path: Path) -> None:
    shown = {"kind": "points", "title": "Points", "points": ["With a [[first word]] in it", "and [[another]]"]}
    table = {"kind": "table", "title": "Table", "header": ["A", "B"], "rows": [["x", "[[third]]"]]}
    question = {"ask": "Only on the slide?", "show": ["deck", "guide"]}
    slides = [shown, table, {"kind": "statement", "title": "Other", "statement": "Words", "questions": [question]}]
    files = print_files(tmp_path / "out", deck_folder(tmp_path / "deck", *slides), slides_per_page=2)
    said = pdf_text(files.handout)
    assert [word for word in ("first", "another", "third", "Onlyontheslide") if word in said] == []
    assert "Witha___" in said
    guide = " ".join(" ".join(page.extract_text() for page in PdfReader(files.guide).pages).split())
    assert "1 first word 1 1 2 another 1 1 3 third 2 1" in guide[guide.index("Guided notes") :]


def test_the_slides_hold_nothing_of_the_facilitators(built):
    said = deck_text(built("every-kind").deck)
    assert "fac-" not in said
    assert [word for word in GAP_WORDS if word in said] == ["shown-word"], "of the slide that shows its words"


def test_the_fixture_marks_every_text_that_is_the_facilitators():
    deck = arranged("every-kind").reading.deck
    texts = [deck.room.plain] if deck.room else []
    texts += [m.item.plain for m in deck.materials] + [deck.safety.plain]
    texts += [
        t.plain
        for part in (getattr(deck.preparation, name) for name in type(deck.preparation).model_fields)
        for t in part
    ]
    for _, slide in deck.slides():
        if slide.kind != "activity":  # whose materials are shown: participants take them
            texts += [m.item.plain for m in slide.materials]
        texts += [cue.text.plain for cue in slide.cues]
        texts += [slide.notes.plain] if slide.notes else []
        texts += [slide.virtual.plain] if slide.virtual else []
        for question in slide.questions:
            texts += [t.plain for t in (*question.listen_for, *question.follow_ups)]
            texts += [text.plain for text in (question.debrief, question.virtual) if text]
    assert len(texts) > 80
    assert [t for t in texts if not MARK.search(t)] == []


def test_the_guide_and_the_notes_hold_all_of_the_facilitators(built):
    files = built("every-kind")
    guide = squeezed("".join(p.extract_text() for p in PdfReader(files.guide).pages))
    assert [m for m in secrets_of("every-kind") if squeezed(m) not in guide] == []
    assert [word for word in GAP_WORDS if word not in guide] == []
    package = Package(files.deck)
    assert "fac-points-listen-for" in "".join(package.text(n) for n in package.notes)


def test_a_leak_would_be_noticed(tmp_path):
    slide = {"kind": "points", "title": "Points", "points": ["One"], "handout": f"Paper {SECRET}."}
    shown = {"kind": "statement", "title": "Other", "statement": f"Words {SECRET}"}
    paper = build_files(tmp_path / "a", deck_folder(tmp_path / "one", slide))
    assert SECRET in pdf_text(paper.handout)
    assert SECRET not in deck_text(paper.deck)
    slides = build_files(tmp_path / "b", deck_folder(tmp_path / "two", shown))
    assert SECRET in deck_text(slides.deck)
    title = build_files(tmp_path / "c", deck_folder(tmp_path / "three", {**slide, "handout": "x", "title": SECRET}))
    assert SECRET in "".join(t for _, t, _ in outline(PdfReader(title.handout)))
    subject = build_files(tmp_path / "d", deck_folder(tmp_path / "four", {**slide, "handout": "x"}, subtitle=SECRET))
    assert SECRET in "".join(str(v) for v in (PdfReader(subject.handout).metadata or {}).values())


QUESTION = {
    "ask": "What do you think?",
    "listen_for": [SECRET],
    "follow_ups": [f"And {SECRET}?"],
    "debrief": f"{SECRET}.",
    "virtual": f"In the chat {SECRET}.",
}
HIDDEN: list[dict[str, Any]] = [
    {"cues": [{kind: f"Words {SECRET}."}]} for kind in ("say", "do", "ask", "listen_for", "transition")
] + [
    {"questions": [QUESTION]},
    {"questions": [QUESTION, QUESTION]},
    {"questions": [{**QUESTION, "ask": SECRET, "show": ["guide"]}]},
    {"materials": [SECRET]},
    {"virtual": f"Online {SECRET}."},
    {"lead": [SECRET]},
    {"notes": f"Background {SECRET}."},
    {"handout": f"A gap for [[{SECRET}]] here."},
    {"questions": [f"What is [[{SECRET}]]?"]},
    {"questions": [f"What is [[{SECRET}]]?", "What else?"]},
]
QUIZ: dict[str, Any] = {"kind": "quiz", "title": "Do you know?", "question": "Which one?"}
PREPARATION = {when: [SECRET] for when in ("two_weeks_before", "week_before", "on_the_day", "afterwards")}
SLIDES: list[dict[str, Any]] = [
    {"kind": "cover"},
    {"kind": "agenda"},
    {"kind": "section"},
    {"kind": "points", "title": "Points", "points": ["One"]},
    {"kind": "picture", "title": "Picture", "picture": {"file": "pictures/path.svg", "alt": "A path"}},
    {"kind": "resource", "title": "Look", "name": "Site", "text": "A site.", "audience": "For all"},
    {"kind": "closing"},
]


def test_no_place_for_facilitators_words_leaks_on_any_slide(tmp_path):
    slides = [{**slide, **hidden} for slide in SLIDES for hidden in HIDDEN]
    slides.append({"kind": "discussion", "title": "Talk", "questions": [QUESTION]})
    slides.append({"kind": "narrative", "title": SECRET, "text": SECRET, "show": ["guide"]})
    slides.append({**QUIZ, "options": ["One", {"text": "Two", "correct": True}], "why": f"{SECRET}."})
    deck = deck_folder(
        tmp_path / "deck",
        *slides,
        room=f"Chairs {SECRET}.",
        materials=[SECRET],
        safety=f"Doors {SECRET}.",
        preparation=PREPARATION,
        gaps="gap",
    )
    files = build_files(tmp_path / "out", deck)
    assert SECRET not in pdf_text(files.handout)
    assert SECRET not in deck_text(files.deck)
    guide = pdf_text(files.guide)
    assert guide.count(SECRET) > len(slides)


def test_nothing_that_participants_get_depends_on_which_answers_are_right(tmp_path: Path) -> None:
    handouts, decks = [], []
    for right in (0, 3):
        options = [{"text": f"Answer {n}", "correct": n == right} for n in range(5)]
        deck = deck_folder(tmp_path / str(right) / "deck", {**QUIZ, "options": options, "why": f"Because of {right}."})
        files = build_files(tmp_path / "out" / str(right), deck)
        handouts.append(files.handout.read_bytes())
        with zipfile.ZipFile(files.deck) as package:
            decks.append({n: package.read(n) for n in package.namelist() if "notesSlide" not in n})
        assert f"Answer{right}" in pdf_text(files.guide).split("Answerkey".upper())[-1]
    assert handouts[0] == handouts[1]
    assert decks[0] == decks[1]


GAP = f"A [[{SECRET}]] word"
EVERYWHERE: dict[str, Any] = {
    "title": GAP,
    "subtitle": GAP,
    "authors": [{"name": GAP, "role": GAP}],
    "organisation": GAP,
    "copyright": GAP,
    "licence": GAP,
    "audience": GAP,
    "objectives": [GAP],
    "agreements": [GAP],
    "glossary": [{"term": GAP, "definition": GAP}],
    "references": [{"id": "a", "text": GAP}],
}
GAPPED_SLIDES: list[dict[str, Any]] = [
    {"kind": "cover"},
    {"kind": "agenda"},
    {"kind": "objectives"},
    {"kind": "section"},
    {"kind": "points", "title": GAP, "text": GAP, "points": [{"text": GAP, "points": [GAP]}], "source": GAP},
    {"kind": "definition", "title": GAP, "term": GAP, "text": GAP, "author": GAP, "role": GAP, "source": GAP},
    {"kind": "quote", "title": GAP, "quote": GAP, "author": GAP},
    {
        "kind": "clipping",
        "title": "C",
        "headline": GAP,
        "byline": GAP,
        "article": GAP,
        "dialogue": [{"speaker": GAP, "line": GAP}],
    },
    {"kind": "stages", "title": GAP, "stages": [{"name": GAP, "text": GAP}, {"name": "B", "text": GAP}]},
    {"kind": "principle", "title": GAP, "lead_in": GAP, "text": GAP},
    {"kind": "statement", "title": GAP, "statement": GAP},
    {
        "kind": "picture",
        "title": GAP,
        "picture": {"file": "pictures/path.svg", "alt": "A path", "caption": GAP, "credit": GAP},
    },
    {"kind": "columns", "title": GAP, "columns": [{"heading": GAP, "text": GAP}, {"points": [GAP]}]},
    {
        "kind": "matrix",
        "title": GAP,
        "across": [GAP, "a"],
        "down": ["b", GAP],
        "quadrants": [{"heading": GAP}, {"text": GAP}, {"points": [GAP]}, GAP],
    },
    {"kind": "comparison", "title": GAP, "sides": [{"heading": GAP, "text": GAP}, {"heading": GAP, "points": [GAP]}]},
    {
        "kind": "resource",
        "title": GAP,
        "name": GAP,
        "text": GAP,
        "audience": GAP,
        "links": [{"text": GAP, "url": "https://example.org"}],
    },
    {"kind": "closing", "text": GAP, "links": [{"text": GAP, "url": "https://example.org/b"}]},
]


def test_the_word_of_a_gap_is_kept_back_wherever_it_stands(tmp_path):
    sections = [{"title": GAP, "text": GAP, "slides": GAPPED_SLIDES}]
    parts = [*DEFAULT_PARTS, "credits"]
    deck = deck_folder(
        tmp_path / "deck", sections=sections, gaps="gap", default_minutes=1, handout={"parts": parts}, **EVERYWHERE
    )
    files = build_files(tmp_path / "out", deck)
    assert SECRET not in pdf_text(files.handout)
    assert SECRET not in deck_text(files.deck)
    assert SECRET in pdf_text(files.guide)
    shown = deck_folder(tmp_path / "shown", sections=sections, default_minutes=1, **EVERYWHERE)
    files = build_files(tmp_path / "out", shown)
    assert SECRET not in pdf_text(files.handout)
    assert SECRET in deck_text(files.deck)


def facilitators_words(deck: Deck) -> Iterator[str]:
    """What only the facilitator is to read in a deck that is no fixture, without white space."""
    ready = deck.preparation or Preparation()
    texts = [item for name in Preparation.model_fields for item in getattr(ready, name)]
    words = [text.plain for text in (*(deck.safety or ()), *texts)]
    for _, slide in deck.slides():
        words += [p.plain for cue in slide.cues for p in cue.text]
        words += [p.plain for p in slide.virtual or []]
        for question in slide.questions:
            words += [t.plain for t in (*question.listen_for, *question.follow_ups) if len(t.plain.split()) > 3]
            words += [p.plain for p in (*(question.debrief or []), *(question.virtual or []))]
    yield from map(squeezed, words)


@pytest.mark.parametrize("name", ["harm-reduction", "safe-food", "train-the-trainer"])
def test_shipped_decks_do_not_leak(name, built):
    files = built(name)
    handout, slides = pdf_text(files.handout), deck_text(files.deck)
    words = list(facilitators_words(arranged(name).reading.deck))
    assert len(words) > 30
    assert [text for text in words if text in handout or text in slides] == []


WALK = """<document>
{% macro say(value) %}
{% if value is string or value is number %}<p>{{ value }}</p>
{% elif value.plain is defined %}{{ value | body }}
{% elif value is iterable %}{% for one in value %}{{ say(one) }}{% endfor %}
{% else %}
{% for name in names if value[name] is defined and value[name] %}{{ say(value[name]) }}{% endfor %}
{% endif %}
{% endmacro %}
{% set names = NAMES %}
{{ say(deck) }}{% if session %}{{ say(session) }}{% endif %}
{% for section in sections %}{% for view in section.slides %}{{ say(view.slide) }}{{ say(view.title) }}{% endfor %}{% endfor %}
</document>"""


def test_a_handout_that_prints_all_it_can_reach_holds_nothing_of_the_facilitators(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing were said of its asking for what is the facilitator's: there is nothing to reach."""
    monkeypatch.setattr(missing, "_of_facilitators", lambda value, kept: False)
    slides = [{**slide, **hidden} for slide in SLIDES for hidden in HIDDEN]
    deck = deck_folder(
        tmp_path / "deck", *slides, room=SECRET, materials=[SECRET], safety=SECRET, preparation=PREPARATION
    )
    names = sorted({name for model in [*PROJECTIONS, *WHOLE, *KEPT] for name in getattr(model, "model_fields", ())})
    (deck.parent / "templates").mkdir()
    (deck.parent / "templates/handout.xml").write_text(WALK.replace("NAMES", repr(names)), encoding="utf-8")
    files = build_files(tmp_path / "out", deck)
    said = pdf_text(files.handout)
    assert SECRET not in said
    assert all(word in said for word in ("Points", "One", "Asite.", "Whatdoyouthink?"))


def reachable(value: Any, seen: set[int]) -> Iterator[str]:
    """Every string that a value leads to, by whatever attribute."""
    if id(value) in seen or isinstance(value, type):
        return
    seen.add(id(value))
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from reachable(item, seen)
    elif isinstance(value, dict):
        yield from reachable(list(value.items()), seen)
    else:
        names = {name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())}
        for name in names | set(getattr(value, "__dict__", ())):
            yield from reachable(getattr(value, name, None), seen)


def test_nothing_that_participants_get_leads_to_the_word_of_a_gap(tmp_path: Path) -> None:
    table = {"kind": "table", "title": GAP, "header": ["A", GAP], "rows": [["x", f"[[${SECRET}$]]"]]}
    folded = {"kind": "points", "title": GAP, "points": [{"text": GAP, "points": [GAP]}], "questions": [GAP]}
    deck = deck_folder(tmp_path / "deck", *GAPPED_SLIDES, table, folded, default_minutes=1, **EVERYWHERE)
    reading = arrange(deck).reading
    made = Projection()
    words = list(reachable((made.deck(reading.deck), made.session(reading.session)), set()))
    assert [word for word in words if "secret" in word] == []
    assert len(made.words) > 40
    assert all("secret" in word for word in made.words)
    assert any("secret" in word for word in reachable(reading.deck, set()))


# What a template may make of a text's markup.
TRICKS = [
    *("{0} | inline", "{0} | inline | striptags", "{0} | inline | upper | forceescape", "{0} | inline | forceescape"),
    *("{0} | inline | replace('gap', 'b')", "{0} | inline | replace('<', '[') | replace('>', ']')", "{0} ~ ''"),
    *("({0} | inline)[6:] | forceescape", "{0} | inline | list | join(' ') | forceescape", "{0} | plain"),
    *("{0} | inline | reverse | forceescape", "({0} | inline).split('>') | join(' ') | forceescape", "{0}.plain"),
    *("{0} | inline | urlencode", "{0} | inline | tojson | forceescape", "{0} | inline | pprint | forceescape"),
    *("[{0}] | map('inline') | map('striptags') | join", "[{0}] | map('inline') | select | first | forceescape"),
    *("'%s' % ({0} | inline | striptags)", "'{{}}'.format({0} | inline | forceescape)", "{0} | body | striptags"),
    *("{0} | inline | wordwrap(3) | striptags", "quoted({0}) | inline | striptags", "{0} | tied | inline | striptags"),
    *("{0} | inline | title | striptags", "{0} | inline | truncate(12) | forceescape"),
    *("<span lang='{{{{ {0} | inline | striptags }}}}'>a</span>", "<gap>{{{{ {0} | inline | striptags }}}}</gap>"),
    "{{% for letter in {0} | inline | striptags %}}{{{{ letter }}}} {{% endfor %}}",
    "<a href='https://example.org/{{{{ {0} | inline | striptags }}}}'>{{{{ {0} | inline | striptags }}}}</a>",
]
BOOKMARKED = """<h2 bookmark="{{ deck.title | inline | striptags }}">{{ deck.title | inline | striptags }}</h2>
<figure src="pictures/path.svg" alt="{{ deck.title | inline | striptags }}"/>
{% for section in sections %}{% for view in section.slides %}<p>{{ view.heading | plain }}{{ view.title }}</p>
{% for frame in view.frames %}<p>{{ frame.title }}</p><thumbnail slide="{{ frame.number }}"/>{% endfor %}
{% for one in view.pictures %}<p>{{ one.caption | inline | striptags }}</p>{% endfor %}
{% for _, one in view.sources %}<p>{{ one.text | inline | striptags }}</p>{% endfor %}{% endfor %}{% endfor %}
{% for row in agenda %}<p>{{ row.title }}</p>{% endfor %}
{% for one in resources %}<p>{{ one.name | inline | striptags }}{{ one.link.text | inline | striptags }}</p>{% endfor %}
{% for one in credits %}<p>{{ one.credit | inline | striptags }}</p>{% endfor %}"""


def test_no_trick_of_a_template_gets_the_word_of_a_gap_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor do slides, drawn small, that show it when they are projected."""
    monkeypatch.setattr(missing, "_of_facilitators", lambda value, kept: False)
    picture = {"file": "pictures/path.svg", "alt": "A path", "caption": GAP, "credit": GAP}
    shown = {"kind": "picture", "title": GAP, "picture": picture, "sources": ["a"], "handout": GAP}
    table = {"kind": "table", "title": "T", "header": ["A", GAP], "rows": [["x", f"[[${SECRET}$]]"]]}
    deck = deck_folder(tmp_path / "deck", *GAPPED_SLIDES, shown, table, default_minutes=1, **EVERYWHERE)
    (deck.parent / "templates").mkdir()
    lines = [trick if trick.startswith(("<", "{{%")) else f"{{{{{{{{ {trick} }}}}}}}}" for trick in TRICKS]
    tried = "".join(f"<p>{line.format('deck.title')}</p>\n" for line in lines)
    names = sorted({name for model in [*PROJECTIONS, *WHOLE, *KEPT] for name in getattr(model, "model_fields", ())})
    walk = WALK.replace("NAMES", repr(names)).replace("</document>", f"{tried}{BOOKMARKED}</document>")
    (deck.parent / "templates/handout.xml").write_text(walk, encoding="utf-8")
    files = build_files(tmp_path / "out", deck)
    said = pdf_text(files.handout).casefold()
    assert SECRET not in said
    assert SECRET[::-1] not in said
    assert said.count("a_____word") > len(TRICKS)
    assert SECRET in deck_text(files.deck)
    assert SECRET in pdf_text(files.guide)


def test_page_contents_are_read_as_well(built):
    """The text check rests on pypdf's reading of pages: it finds what is surely on them."""
    reader = PdfReader(built("every-kind").handout)
    assert all(isinstance(page.get_contents(), ContentStream) or page.get_contents() for page in reader.pages)
    assert "mk-points-title" in pdf_text(built("every-kind").handout)
