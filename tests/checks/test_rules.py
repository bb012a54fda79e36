"""Every rule speaks when it should: for each code the smallest thing that is wrong, and nothing else said."""

from __future__ import annotations

import ast
import errno
import io
import os
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pptx
import pytest
from PIL import Image

import deckbuilder
import templates
from deckbuilder import batch, fileset, lock
from deckbuilder.alongside import alongside
from deckbuilder.content.printing import PrintSettings
from deckbuilder.diagnostics import DeckError, Diagnostic, Diagnostics, Severity, fail
from deckbuilder.outputs import catalogue
from deckbuilder.outputs.markup import templating
from deckbuilder.rules import RULES
from deckbuilder.themes import make_theme
from tools import PICTURES, REPOSITORY, deck_folder

SAY: dict[str, Any] = {"kind": "statement", "title": "T", "minutes": 1, "statement": "S"}
POINTS: dict[str, Any] = {"kind": "points", "title": "T", "minutes": 1, "points": ["a"]}
STAGES: dict[str, Any] = {"kind": "stages", "title": "T", "minutes": 1, "stages": ["a", "b"]}
TABLE: dict[str, Any] = {"kind": "table", "title": "T", "minutes": 1, "header": ["A", "B"], "rows": [["a", "b"]]}
CHART: dict[str, Any] = {
    "kind": "chart",
    "title": "T",
    "minutes": 1,
    "chart": "bar",
    "categories": ["A", "B"],
    "series": [{"name": "S", "values": [1, 2]}],
}
TELL: dict[str, Any] = {"kind": "narrative", "title": "T", "minutes": 1, "text": "S"}
DATA = {key: value for key, value in CHART.items() if key not in ("categories", "series")}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z" fill="#123456"/></svg>'

Files = dict[str, str | bytes | None]
Said = Callable[[Path], Iterable[Diagnostic]]


def deck(
    *slides: dict[str, Any],
    files: Files | None = None,
    session: str | None = None,
    theme: str | None = None,
    check: dict[str, Any] | None = None,
    **fields: Any,
) -> Said:
    """What is said of a deck of the slides, with further files beside it (None: a folder), a session, and a brand file in
    the folder "mine"."""

    def said(folder: Path) -> Iterable[Diagnostic]:
        source = deck_folder(folder, *(slides or (SAY,)), **fields)
        more: Files = dict(files or {})
        options: dict[str, Any] = dict(check or {})
        if session is not None:
            more["session.yaml"], options["session"] = session, folder / "session.yaml"
        if theme is not None:
            more["mine/_brand.yml"], options["theme"] = theme, str(folder / "mine")
        write(folder, more)
        return deckbuilder.check(source, **options).diagnostics

    return said


def text(words: str, **files: Any) -> Said:
    """What is said of a deck file with these words."""
    return deck(files={"deck.yaml": words, **files})


def settings(words: str, files: Files | None = None, brand: str = "") -> Said:
    """What is said of a theme with these settings of its own."""
    lines = "".join(f"    {line}\n" for line in words.splitlines())
    return deck(files=files, theme=f"{brand}\ndefaults:\n  deckbuilder:\n{lines}" if words else brand)


def built(*slides: dict[str, Any], files: Files | None = None, **order: Any) -> Said:
    """What is said when the deck is built."""

    def said(folder: Path) -> Iterable[Diagnostic]:
        source = deck_folder(folder / "deck", *(slides or (SAY,)))
        write(folder / "deck", files or {})
        return told(lambda: deckbuilder.build(source, output=folder / "out", **order).diagnostics)

    return said


def write(folder: Path, files: Files) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.mkdir()
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)


def told(work: Callable[[], Iterable[Diagnostic]]) -> Iterable[Diagnostic]:
    """What is said while working, though it fails."""
    try:
        return work()
    except DeckError as error:
        return error.diagnostics


def picture(file: str = "a.png", **more: Any) -> dict[str, Any]:
    return {"kind": "picture", "title": "T", "minutes": 1, "picture": {"file": file, "alt": "A tree", **more}}


def words(*terms: str) -> Said:
    """What is said of a vocabulary list."""
    return deck(vocabulary="list", files={"list.yaml": "terms:\n" + "".join(f"  - {term}\n" for term in terms)})


def template(without: str = "") -> bytes:
    """python-pptx's template as a corporate one, without the layout of that name."""
    presentation = pptx.Presentation()
    layouts = presentation.slide_layouts
    for layout in [one for one in layouts if one.name == without]:
        layouts.remove(layout)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def covered_template() -> bytes:
    """A template whose cover has no room for a picture: two narrow places for text in the middle of many marks."""
    title = templates.holder("ctrTitle", (0.3, 0.3, 0.4, 0.25), size=30)
    place = templates.holder("subTitle", (0.3, 0.57, 0.4, 0.15), 1)
    sides = [(left, top / 5, 0.13, 0.18) for left in (0.0, 0.14, 0.73, 0.87) for top in range(5)]
    ends = [(left / 7, top, 0.13, 0.2) for left in range(2, 5) for top in (0.05, 0.76)]
    narrow = templates.Layout("Title Slide", (*map(templates.mark, sides + ends), title, place), "title")
    out = io.BytesIO()
    templates.template(out, templates.Master([narrow, *templates.usual()[1:], templates.comparison()]))
    return out.getvalue()


def pulled_deck(folder: Path) -> list[Diagnostic]:
    """What is said of a file to pull changes from that deckbuilder did not build."""
    from pptx import Presentation

    from deckbuilder.pulling.sides import read_side

    folder.mkdir()
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[0]).shapes.title.text = "Not ours"
    slides.save(str(folder / "other.pptx"))
    with pytest.raises(DeckError) as raised:
        read_side(folder / "other.pptx", folder)
    return list(raised.value.diagnostics)


def old_deck(name: str, data: bytes) -> Said:
    """What is said of an old deck that is imported."""

    def said(folder: Path) -> list[Diagnostic]:
        from deckbuilder.importing.importer import import_deck

        folder.mkdir()
        (folder / name).write_bytes(data)
        with pytest.raises(DeckError) as raised:
            import_deck(folder / name, folder / "new")
        return list(raised.value.diagnostics)

    return said


def untranslated(folder: Path) -> Iterable[Diagnostic]:
    path = deck_folder(folder, SAY)
    (folder / "locales").mkdir()
    (folder / "locales/es.po").write_text('msgid ""\nmsgstr ""\n', "utf-8")
    out = folder / "out"
    return told(lambda: deckbuilder.build(path, output=out, language="es", translated=True).diagnostics)


ALL_BUT_ONE = "".join(
    f'msgctxt "{context}"\nmsgid "{words}"\nmsgstr "es {words}"\n\n'
    for context, words in (
        ("deck / title", "The deck"),
        ("section / title", "The section"),
        ("statement “T” / title", "T"),
    )
)


def fitted(folder: Path, slide: dict[str, Any], minutes: float) -> Iterable[Diagnostic]:
    path = deck_folder(folder, slide)
    return told(lambda: deckbuilder.build(path, output=folder / "out", fit_minutes=minutes).diagnostics)


def new_theme(folder: Path, name: str, *colors: str) -> Iterable[Diagnostic]:
    problems = Diagnostics()
    return told(lambda: (make_theme(folder / name, None, colors, None, problems), problems)[1])


# --- What only a machine in trouble brings about


def full_disk(folder: Path) -> Iterable[Diagnostic]:
    def work() -> Iterable[Diagnostic]:
        with fileset.written_together(folder, [folder / "a"], folder / "deck.yaml", Diagnostics()):
            raise OSError(errno.ENOSPC, "No space left on device")

    return told(work)


def busy(folder: Path) -> Iterable[Diagnostic]:
    def work() -> Iterable[Diagnostic]:
        with fileset.written_together(folder, [folder / "a"], folder / "deck.yaml", Diagnostics()) as temporary:
            temporary[folder / "a"].write_text("one")
            with fileset.written_together(folder, [folder / "a"], folder / "deck.yaml", Diagnostics()):
                pass
        return ()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lock, "_PATIENCE", 0.0)
        return told(work)


def stopped(folder: Path) -> Iterable[Diagnostic]:
    def work() -> Iterable[Diagnostic]:
        with alongside(lambda _: os.kill(os.getpid(), signal.SIGKILL), Diagnostics()):
            pass
        return ()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "deckbuilder.alongside._can_fork", lambda: True
        )  # or this process ends, where others left threads
        return told(work)


def memory(folder: Path) -> Iterable[Diagnostic]:
    def no_memory(*_: Any) -> None:
        raise MemoryError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templating.Sandbox, "get_template", no_memory)
        return built(only=("handout",))(folder)


def thick(folder: Path) -> Iterable[Diagnostic]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "_MOST_SHEETS", 0)
        return built(only=("handout",), printing=PrintSettings(booklet=True))(folder)


def changed(folder: Path) -> Iterable[Diagnostic]:
    build = built(only=("handout",))
    list(build(folder))
    (handout,) = (folder / "out").rglob("*-handout.pdf")
    handout.write_bytes(handout.read_bytes() + b"%")
    return build(folder)


def twins(folder: Path) -> Iterable[Diagnostic]:
    for name in ("one", "two"):
        build = built(only=("deck",))
        first = list(build(folder / name)) if name == "one" else []
        assert not first
    source = deck_folder(folder / "two" / "deck", SAY)
    return told(lambda: deckbuilder.build(source, output=folder / "one" / "out", only=("deck",)).diagnostics)


def unreached(folder: Path) -> Iterable[Diagnostic]:
    source = deck_folder(folder / "deck", SAY)
    (folder / "catalogue.yaml").write_text(f"decks: {source.name}\nresults: sets\n", "utf-8")

    def run() -> Iterable[Diagnostic]:
        batch.run(folder / "catalogue.yaml", cluster="nowhere")
        return ()

    return told(run)


def wrong_date(folder: Path) -> Iterable[Diagnostic]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "yesterday")
        return told(lambda: deckbuilder.check(deck_folder(folder, SAY)).diagnostics)


def no_deck(folder: Path) -> Iterable[Diagnostic]:
    return deckbuilder.check(folder / "nothing").diagnostics


def two_themes(folder: Path) -> Iterable[Diagnostic]:
    packs = [folder / name / "mine" for name in ("one", "two")]
    for pack in packs:
        write(pack, {"_brand.yml": "meta: {name: A}"})
    return deckbuilder.check(deck_folder(folder, SAY), theme=[str(pack) for pack in packs]).diagnostics


def not_written(folder: Path) -> Iterable[Diagnostic]:
    write(folder, {"out": "a file"})
    return built(only=("deck",))(folder)


def frames() -> bytes:
    """A GIF file of two pictures."""
    images = [Image.new("RGB", (40, 30), color) for color in ("red", "green")]
    out = io.BytesIO()
    images[0].save(out, "GIF", save_all=True, append_images=images[1:])
    return out.getvalue()


def drawing(path: str, title: str = "A sign") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><title>{title}</title><path d="{path}"/></svg>'


def png(width: int) -> bytes:
    """The fixture's picture, cut off."""
    return (PICTURES / "shapes.png").read_bytes()[:width]


def gif() -> bytes:
    """A picture that moves."""
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 6), color) for color in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def handout(words: str) -> Files:
    return {"templates/handout.xml": words}


# Advice that 'fit: strict' makes errors of.
STRICT = ("text-set-smaller", "slide-goes-on")
LONG = "word " * 900
LETTERS = "".join(f"{n:x}" for n in range(4000))

CASES: dict[str, Said | tuple[Said, ...]] = {
    # Files
    "deck-missing": no_deck,
    "file-missing": (deck({**DATA, "file": "gone.csv"}), deck(check={"session": Path("gone.yaml")})),
    "file-unreadable": deck(check={"session": Path("s" * 300)}),
    "file-too-large": deck({**DATA, "file": "a.csv"}, files={"a.csv": "A,B\n" + "1,2\n" * 1_300_000}),
    "file-empty": (text(""), deck(session="")),
    "not-utf8": (
        deck(files={"session.yaml": b"place: Z\xfcrich\n"}, check={"session": Path("deck/session.yaml")}),
        deck({**DATA, "file": "a.csv"}, files={"a.csv": b"A,B\nZ\xfc,2\n"}),
    ),
    "control-character": text("title: a\u0007b\n"),
    "path-outside": (deck(picture("../a.png")), deck({**DATA, "file": "../a.csv"})),
    "file-exists": lambda folder: new_theme(folder.parent, ".", "#2B5F8C"),
    "import-unreadable": old_deck("old.pptx", b"no such file"),
    "pull-unmarked": pulled_deck,
    "bad-name": lambda folder: new_theme(folder, "…", "#2B5F8C"),
    # YAML
    "yaml-syntax": text("title: [a\n"),
    "yaml-too-large": text(
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdef", "bcdefg", strict=True))
    ),
    "odd-blank": text("title: T\n\u00a0\u00a0language: en\nsections: [{title: S, slides: [{kind: cover}]}]\n"),
    "key-twice": deck(session="place: here\nplace: there\n"),
    "words-lost-to-comment": deck(session="place: Room #7\n"),
    "text-torn-at-comma": deck(session="trainers: [The one who came, and the other]\n"),
    # Fields
    "unknown-key": deck({**SAY, "titel": "T"}),
    "missing-key": deck({key: value for key, value in SAY.items() if key != "title"}),
    "unknown-kind": deck({**SAY, "kind": "nothing"}),
    "missing-kind": deck({"title": "T"}),
    "unknown-value": deck({**CHART, "chart": "radar"}),
    "wrong-type": deck({**POINTS, "points": {"a": "b", "c": "d"}}),
    "wrong-length": deck({**POINTS, "points": []}),
    "wrong-form": deck({**SAY, "id": "An id"}),
    "out-of-range": deck({**SAY, "minutes": -1}),
    "text-is-mapping": deck({**POINTS, "points": [{"One thing": "another"}]}),
    "text-type": deck({**SAY, "statement": ["a"]}),
    "text-empty": deck({**SAY, "statement": " "}),
    "markdown": deck({**SAY, "statement": "![a](a.png)"}),
    "markdown-doubtful": deck({**SAY, "statement": "~~gone~~"}),
    "formula": deck({**SAY, "statement": r"$\frac{a}$"}),
    "pasted-bullet": deck({**POINTS, "points": ["• a"]}),
    "link-target": deck({**SAY, "statement": "[the page](page.html)"}),
    "alternative-text": deck(picture("pictures/shapes.png", alt=" ")),
    "clock-time": deck(session="start: noon\n"),
    "date-of-days": deck(session="date: 2027-03-15\ndays: [{date: 2027-03-15}]\n"),
    "break-place": deck(session="breaks: [{minutes: 5}]\n"),
    "cue-words": deck({**SAY, "cues": [{"say": "a", "do": "b"}]}),
    "stage-words": deck(STAGES),
    "quiz-without-answer": deck({"kind": "quiz", "title": "T", "question": "Q?", "options": ["a", "b"], "minutes": 1}),
    "column-empty": deck({"kind": "columns", "title": "T", "minutes": 1, "columns": [{"text": "a"}, {"points": []}]}),
    "chart-data": deck({**CHART, "categories": ["A"]}),
    "part-twice": deck(handout={"parts": ["notes", "notes"]}),
    "id-twice": deck({**SAY, "id": "one"}, {**SAY, "id": "one"}),
    "library-missing": (
        deck({"take": "hello"}),
        deck(library="nowhere"),
    ),
    "unknown-taken": deck({"take": "hello"}, library="shared", files={"shared/library.yaml": "facts: {one: 1}\n"}),
    "unknown-reference": deck({**SAY, "sources": ["nobody"]}),
    "unknown-slide": deck({**SAY, "statement": "[as we said](#nowhere)"}),
    "link-to-absent-slide": deck(
        {**SAY, "statement": "[read it](#paper)"}, {**TELL, "title": "P", "id": "paper", "show": ["handout"]}
    ),
    "translation-missing": deck(check={"language": "es"}),
    "translation-file": deck(files={"locales/es.po": 'msgid "a\nmsgstr "b"\n'}),
    "translation-broken": deck(
        {**SAY, "statement": "A [[gap]]"},
        files={"locales/es.po": ALL_BUT_ONE + 'msgctxt "statement “T” / statement"\nmsgid "A [[gap]]"\nmsgstr "b"\n'},
    ),
    "text-untranslated": untranslated,
    "untranslated": deck(files={"locales/es.po": 'msgid ""\nmsgstr ""\n'}),
    "nothing-left": lambda folder: fitted(folder, {**SAY, "minutes": 9}, 5),
    "musts-over": lambda folder: fitted(folder, {**SAY, "minutes": 9, "priority": "must"}, 5),
    "unknown-variant": (
        deck({**SAY, "for": ["online"]}),
        deck(variants={"online": {"also": ["short"]}}),
        deck(session="variant: online\n"),
    ),
    "unknown-objective": deck({**SAY, "objectives": [1]}),
    "ragged-row": (
        deck({**TABLE, "rows": [["a"]]}),
        deck({**DATA, "file": "a.csv"}, files={"a.csv": "A,B\n1,2\n3\n"}),
    ),
    "data-given-twice": deck({**CHART, "file": "a.csv"}, files={"a.csv": "A,B\n1,2\n"}),
    "csv-syntax": deck({**DATA, "file": "a.csv"}, files={"a.csv": 'A,B\n1,"2\n'}),
    "csv-empty": deck({**DATA, "file": "a.csv"}, files={"a.csv": "A,B\n"}),
    "csv-number-doubtful": deck({**DATA, "file": "a.csv"}, files={"a.csv": "A;B\nx;1.024\n"}, language="en"),
    "csv-not-a-number": deck({**DATA, "file": "a.csv"}, files={"a.csv": "A,B\nx,many\n"}),
    "appendix-not-last": deck(
        sections=[{"title": "A", "appendix": True, "slides": [SAY]}, {"title": "B", "slides": [SAY]}]
    ),
    "shown-nowhere": (
        deck({**SAY, "show": ["handout"], "notes": "N"}),
        deck({**SAY, "show": ["deck"], "handout": "H"}),
        deck({**SAY, "show": ["deck"], "questions": [{"ask": "Why?", "show": ["handout"]}]}),
    ),
    "chart-without-slide": deck({**CHART, "show": ["handout"]}),
    "unknown-place-of-break": deck(session="breaks: [{minutes: 5, after: nowhere}]\n"),
    "unknown-beginning-of-day": deck(session="days: [{}, {begins: nowhere}]\n"),
    "unknown-place-of-lead": deck(session="leads: [{of: nowhere, who: Ana}]\n"),
    "lead-twice": deck({**SAY, "id": "one"}, session="leads: [{of: one, who: Ana}, {of: one, who: Bo}]\n"),
    "unknown-lead": (
        deck({**SAY, "id": "one"}, session="trainers: [Ana Diaz]\nleads: [{of: one, who: Anna Diaz}]\n"),
        deck({**SAY, "lead": "Bo"}, session="trainers: [Ana Diaz]\n"),
    ),
    "day-without-beginning": deck(session="days: [{}, {}]\n"),
    "empty-day": deck({**SAY, "id": "one"}, {**SAY, "id": "two", "minutes": 0}, session="days: [{}, {begins: two}]\n"),
    "days-out-of-order": (
        deck({**SAY, "id": "one"}, {**SAY, "id": "two"}, session="days: [{}, {begins: two}, {begins: one}]\n"),
        deck({**SAY, "id": "one"}, {**SAY, "id": "two"}, session="days: [{begins: two}]\n"),
        deck(
            {**SAY, "id": "one"},
            {**SAY, "id": "two"},
            session="days: [{date: 2027-03-16}, {begins: two, date: 2027-03-15}]\n",
        ),
    ),
    # Variables
    "variable-unknown": deck({**SAY, "statement": "{{ deck.titel }}"}),
    "variable-not-text": deck({**SAY, "statement": "{{ deck }}"}),
    "variable-loop": deck(title="{{ deck.title }}"),
    "variable-too-long": deck({**SAY, "statement": "{{ deck.subtitle }}" * 60}, subtitle="word " * 400),
    "variable-error": deck({**SAY, "statement": "{{ 1 / 0 }}"}),
    "variable-empty": deck({**SAY, "statement": "{{ session.place }}"}),
    # Pictures
    "picture-missing": deck(picture()),
    "picture-unusable": deck(picture(), files={"a.png": png(300)}),
    "picture-format": deck(picture(), files={"a.png": b"GIF89a" + bytes(40)}),
    "picture-first-only": deck(picture("a.gif"), files={"a.gif": gif()}),
    "picture-encoding": deck(
        picture("a.svg"), files={"a.svg": SVG.replace("<path", "<desc>é</desc><path").encode("cp1252")}
    ),
    "picture-blank": deck(picture("a.svg"), files={"a.svg": SVG.replace("0 0 4 3", "9 9 4 3")}),
    "picture-name": deck(picture("a" * 300)),
    # Schedule
    "slide-without-minutes": deck({key: value for key, value in SAY.items() if key != "minutes"}),
    "questions-over-time": deck({**SAY, "questions": [{"ask": "Why?", "minutes": 2}]}),
    "break-without-start": deck(session="breaks: [{minutes: 5, at: '10:00'}]\n"),
    "break-after-end": deck(session="start: '09:00'\nbreaks: [{minutes: 5, at: '19:00'}]\n"),
    # Teaching
    "objectives-not-served": (
        deck(objectives=["Do"]),
        deck({**SAY, "objectives": [1]}, objectives=["Do", "Do more"]),
    ),
    # Words
    "wording": (
        deck(
            {**SAY, "statement": "An old word"},
            vocabulary="list",
            files={"list.yaml": "[{pattern: old word, preferred: new word}]"},
        ),
        deck(
            {**SAY, "statement": "An old word"},
            vocabulary="list",
            files={"list.yaml": "[{pattern: old word, preferred: new word, level: error}]"},
        ),
    ),
    "vague-link": deck({**SAY, "statement": "[here](https://example.org)"}),
    "language-without-words": deck(language="eo"),
    # Length
    "text-too-long": deck({**TELL, "text": "word " * 5_000}),
    "too-many": deck({**POINTS, "points": ["a"] * 1_001}),
    # Vocabulary
    "vocabulary-missing": deck(vocabulary="nothing"),
    "vocabulary-empty-words": words("{pattern: old, preferred: new, except: [' ']}"),
    "vocabulary-pattern": words("{pattern: /(old/, preferred: new}"),
    "vocabulary-pattern-twice": words("{pattern: old, preferred: new}", "{pattern: Old, preferred: fresh}"),
    "vocabulary-preferred-found": words("{pattern: old, preferred: Old}"),
    "vocabulary-preferred-holds": words("{pattern: old, preferred: new}", "{pattern: aged, preferred: an old one}"),
    # Characters
    "unsupported-script": deck({**SAY, "statement": "ᠮᠣᠩᠭᠣᠯ"}),
    "invisible-character": deck({**SAY, "statement": "a\ue000"}),
    "no-font-for-character": deck({**SAY, "statement": "\U00013000"}),
    # Fit
    "text-does-not-fit": deck({**SAY, "title": "word " * 200}),
    "table-does-not-fit": deck({**TABLE, "rows": [["a", LONG]]}),
    "text-set-smaller": deck({**TELL, "text": "word " * 130}, fit="strict"),
    "slide-goes-on": deck(
        {"kind": "references", "minutes": 1},
        {**SAY, "sources": [f"a{n}" for n in range(40)]},
        references=[{"id": f"a{n}", "text": "Somebody"} for n in range(40)],
        fit="strict",
    ),
    "notes-cut-off": deck({**SAY, "notes": LETTERS, "cues": [{"say": LETTERS}, {"say": LETTERS}]}),
    "footer-too-long": deck({**SAY}, {"kind": "cover", "title": "T"}, title="title " * 60),
    "unknown-layout": deck({**POINTS, "layout": "Nothing"}),
    "layout-lacks-place": deck({**POINTS, "layout": "Title Only"}),
    # Themes
    "theme-missing": deck(check={"theme": "nothing"}),
    "theme-twice": two_themes,
    "theme-options": lambda folder: new_theme(folder, "mine"),
    "theme-geometry": settings("logo: [1, 2]"),
    "theme-layout": settings(
        "layouts: {points+band: {name: A, placeholders: {title: {type: title, style: title, box: [1, 1, 9, 9]}}}}"
    ),
    "theme-shade": settings("colors: {ink: [dk1, a]}"),
    "brand-color": settings("", brand="color: {primary: nothing}"),
    "brand-key": settings("", brand="typography: {font: []}"),
    "brand-modes": settings("", brand="color: {primary: {light: '#123456', dark: '#ABCDEF'}}"),
    "color-loop": settings("", brand="color: {palette: {a: b, b: a}}"),
    "brand-color-moved": settings("", brand="color: {primary: '#F5E663'}"),
    "brand-light-on-dark": settings("", brand="color: {foreground: '#FFFFFF', background: '#101010'}"),
    "logo-on-web": settings("", brand="logo: https://example.org/a.png"),
    "logo-missing": settings("", brand="logo: a.png"),
    "logo-file": settings("", brand="logo: a.txt"),
    "web-font": settings("", brand="typography: {fonts: [{family: A, files: [a.woff2]}]}"),
    "font-missing": settings("", brand="typography: {fonts: [{family: A, files: [a.ttf]}]}"),
    "font-outlines": settings(
        "", brand="typography: {fonts: [{family: A, files: [a.otf]}]}", files={"mine/a.otf": "OTTO"}
    ),
    "font-format": settings(
        "", brand="typography: {fonts: [{family: A, files: [a.ttf]}]}", files={"mine/a.ttf": "no font"}
    ),
    "font-substituted": settings("", brand="typography: {base: Nothing Sans}"),
    "brand-weight": settings("", brand="typography: {headings: {weight: heavy}}"),
    "unknown-slot": settings("colors: {ink: [dk9]}"),
    "unknown-color": settings("table: {head: nothing}"),
    "unknown-word": settings("words: {handuot: Workbook}"),
    "unknown-style": settings("layouts: {points: {placeholders: {body: {style: nothing}}}}"),
    "unknown-role": settings(
        "template: {file: a.pptx, layouts: {nothing: Title Slide}}", files={"mine/a.pptx": template()}
    ),
    "imprint-without-closing": settings("imprint: {funder: Somebody}"),
    # Corporate templates
    "template-missing": settings("template: a.pptx"),
    "corporate-unusable": settings("template: a.pptx", files={"mine/a.pptx": "no package"}),
    "corporate-layouts-made": settings("template: a.pptx", files={"mine/a.pptx": template("Section Header")}),
    "picture-left-out": deck(
        {**picture(), "kind": "cover"},
        files={"mine/a.pptx": covered_template(), "a.png": (PICTURES / "shapes.png").read_bytes()},
        theme="defaults: {deckbuilder: {template: a.pptx}}",
    ),
    "corporate-font-unused": settings(
        "template: a.pptx", brand="typography: {base: Georgia, headings: Calibri}", files={"mine/a.pptx": template()}
    ),
    # Printing
    "unknown-preset": deck(session="print: {preset: nothing}\n"),
    "preset-of-preset": settings("presets: {a: {preset: copier}}\nprint: {preset: a}"),
    "print-settings-clash": deck(session="print: {large_print: true, booklet: true}\n"),
    "print-settings-unused": deck(check={"only": ["deck"], "printing": PrintSettings(paper="a4")}),
    "booklet-too-thick": thick,
    # Templates of documents
    "template-error": deck(files=handout("<document>{{ nothing }}</document>")),
    "template-markup": deck(files=handout("<document><nothing/></document>")),
    "template-failed": deck(files=handout("<document>{% if deck.title > 3 %}{% endif %}</document>")),
    "template-names-nothing": deck(
        files=handout('<document><figure src="nowhere.png" width="100" height="80" alt="A tree"/></document>')
    ),
    "template-shows-facilitators": deck(safety="S", files=handout("<document><p>{{ deck.safety }}</p></document>")),
    "template-memory": memory,
    "template-unused": deck(files={"templates/handuot.xml": "<document/>"}),
    # Writing
    "output-unwritable": not_written,
    "output-busy": busy,
    "outputs-overwrite": twins,
    "changed-by-hand": changed,
    "writer-stopped": stopped,
    "cluster-unusable": unreached,
    "disk-full": full_disk,
    "source-date": wrong_date,
}


def each() -> list[Any]:
    """Every case with its code."""
    cases = [(code, case if isinstance(case, tuple) else (case,)) for code, case in CASES.items()]
    return [
        pytest.param(code, said, id=f"{code}-{n}" if n > 1 else code)
        for code, several in cases
        for n, said in enumerate(several, 1)
    ]


@pytest.mark.parametrize(("code", "said"), each())
def test_the_rule_speaks_and_no_other(code: str, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = [d for d in said(tmp_path / "deck") if d.severity is not Severity.NOTE]
    assert [str(d) for d in found if d.code != code] == []
    assert found
    if code not in ("wording", *STRICT):  # whose level is the list's, or the deck's
        assert {d.severity.value for d in found} == {RULES[code].level}


def test_every_rule_has_a_case() -> None:
    """Those of advice have theirs in `test_advice.py`."""
    assert sorted(CASES) == sorted(code for code, rule in RULES.items() if not rule.advice or code in STRICT)


# --- Where rules are named

# What takes a code as its first argument, and the level that it reports at.
_CALLS = {
    "error": "error",
    "warning": "warning",
    "fail": "error",
    "PydanticCustomError": "error",
    "doubt": "warning",
    "warn": "warning",
}
# Codes that are pydantic's, for which `reading.problems` has ours.
_PYDANTIC = {"string_type", "date_type"}


def named() -> Iterable[tuple[str, str, str]]:
    """Each place in the code that names a rule: where, the code, and the level it is reported at."""
    for path in sorted((REPOSITORY / "src" / "deckbuilder").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in _CALLS and node.args[0].value not in _PYDANTIC:
                    yield f"{path.name}:{node.lineno}", str(node.args[0].value), _CALLS[called]


def test_every_code_that_is_reported_is_a_rule_of_that_level() -> None:
    places = list(named())
    assert len(places) > 150
    wrong = [p for p, code, level in places if code not in RULES or (RULES[code].level != level and code not in STRICT)]
    assert wrong == []


def test_nothing_is_reported_without_a_rule() -> None:
    with pytest.raises(ValueError, match="no rule 'nonsense'"):
        Diagnostics().error("nonsense", "what nobody has thought of")
    with pytest.raises(ValueError, match="no rule 'nonsense'"):
        raise fail("nonsense", "what nobody has thought of")


def test_rules_say_in_a_sentence_why_they_matter() -> None:
    for rule in RULES.values():
        assert rule.why[0].isupper(), rule.code
        assert rule.why.endswith("."), rule.code


def test_codes_are_in_json_and_not_in_the_message() -> None:
    (problem,) = fail("unknown-key", "unknown key 'anwser'", None, "did you mean 'answer'?").diagnostics
    assert problem.as_dict()["code"] == "unknown-key"
    assert "unknown-key" not in str(problem)
