"""Every rule of advice speaks where it should, and keeps quiet at what comes near: for each a change to a deck about which there
is nothing to say, and another change."""

from __future__ import annotations

import copy
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

import deckbuilder
from deckbuilder.checks.advising import ROOMS, RULES_OF_ADVICE
from deckbuilder.diagnostics import Diagnostic
from deckbuilder.languages import dictionary
from deckbuilder.rules import RULES

TODAY = dt.date(2027, 3, 15)
SAY: dict[str, Any] = {"kind": "statement", "title": "A thing to say", "minutes": 1, "statement": "It is so."}
POINTS: dict[str, Any] = {"kind": "points", "title": "Some points", "minutes": 1, "points": ["One thing", "Another"]}
TELL: dict[str, Any] = {"kind": "narrative", "title": "A story", "minutes": 1, "text": "Once there was a deck."}
CHART: dict[str, Any] = {
    "kind": "chart",
    "title": "How many",
    "minutes": 1,
    "chart": "bar",
    "categories": ["Before", "After"],
    "series": [{"name": "People", "values": [1, 2]}],
    "source": "Counted at the door",
}
QUIZ: dict[str, Any] = {
    "kind": "quiz",
    "title": "To find out",
    "minutes": 1,
    "question": "Which is it?",
    "options": [{"text": "This", "correct": True}, "That"],
}
ASK: dict[str, Any] = {
    "kind": "discussion",
    "title": "To talk about",
    "minutes": 5,
    "objectives": [1],
    "questions": [{"ask": "What will you do?", "grouping": "pairs", "minutes": 5, "listen_for": ["Something small"]}],
}
DECK: dict[str, Any] = {
    "title": "The deck",
    "language": "en-US",
    "planned_minutes": 7,
    "licence": "CC BY 4.0",
    "objectives": ["Name one thing to do."],
    "sections": [{"title": "The section", "slides": [{"kind": "cover", "minutes": 1}, SAY, ASK]}],
}
SESSION: dict[str, Any] = {"date": TODAY.isoformat(), "start": "09:00", "place": "Room 2", "participants": 12}


@dataclass
class Sample:
    """A deck, a session of it, files beside it, and what `check` is given."""

    deck: dict[str, Any] = field(default_factory=lambda: copy.deepcopy(DECK))
    session: dict[str, Any] = field(default_factory=lambda: dict(SESSION))
    files: dict[str, bytes | str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    text: str | None = None

    def found(self, folder: Path) -> list[Diagnostic]:
        folder.mkdir(exist_ok=True)
        for name, data in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
        text = self.text or yaml.safe_dump(self.deck, sort_keys=False, allow_unicode=True)
        (folder / "deck.yaml").write_text(text, "utf-8")
        (folder / "session.yaml").write_text(yaml.safe_dump(self.session, sort_keys=False), "utf-8")
        given = {"session": folder / "session.yaml", "today": TODAY} | self.options
        return list(deckbuilder.check(folder, **given).diagnostics)


Change = Callable[[Sample], None]


def slides(*more: dict[str, Any], **fields: Any) -> Change:
    """Further slides, and other fields of the deck. The plan goes with the time that they take."""

    def change(sample: Sample) -> None:
        sample.deck |= {"planned_minutes": 7 + sum(slide.get("minutes", 0) for slide in more)} | fields
        sample.deck["sections"][0]["slides"] += copy.deepcopy(more)

    return change


def deck(**fields: Any) -> Change:
    return slides(**fields)


def session(**fields: Any) -> Change:
    return lambda sample: sample.session.update(fields)


def both(*changes: Change) -> Change:
    def change(sample: Sample) -> None:
        for one in changes:
            one(sample)

    return change


def files(**more: bytes | str) -> Change:
    return lambda sample: sample.files.update({name.replace("__", "."): data for name, data in more.items()})


def question(**more: Any) -> Change:
    ask = {"ask": "And what else?", "minutes": 2, "listen_for": ["A second thing"]} | more
    asked = {key: value for key, value in ask.items() if value is not None}
    return slides(
        dict(
            ASK,
            title="More to talk about",
            minutes=4,
            questions=[asked, {**ask, "ask": "Why?", "listen_for": ["A third"], "minutes": 2}],
        )
    )


@cache
def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).save(out, "PNG", compress_level=1)
    return out.getvalue()


def shown(
    size: tuple[int, int] = (2600, 1600), kind: str = "picture", slide: dict[str, Any] | None = None, **more: Any
) -> Change:
    """A slide with a picture."""
    one = {"file": "shown.png", "alt": "Grey noise, as on a screen without a signal.", "credit": "Somebody, CC0"} | more
    picture = {key: value for key, value in one.items() if value is not None}
    whole = {"kind": kind, "title": "To look at", "minutes": 1, "picture": picture} | (slide or {})
    return both(slides(whole), files(shown__png=png(*size)))


# A handout with a picture too tall for the page that words before it have begun.
TALL = """<document><p>{words}</p><figure src="shown.png" width="417" height="640" alt="Grey noise"/></document>"""


def text(words: str, **more: Any) -> Change:
    """A slide that tells these words."""
    return slides(dict(TELL, text=words, **more))


def noted(words: str) -> Change:
    """A slide with these words for the handout."""
    return slides(dict(SAY, title="Something else", handout=words))


def cue(**said: str) -> Change:
    return slides(dict(SAY, title="With a cue", cues=[said]))


def reference(**fields: Any) -> Change:
    known = {"id": "known", "text": "Somebody, Something"} | fields
    return both(
        slides(dict(SAY, title="With a source", sources=["known"])),
        lambda sample: sample.deck.update(references=[known]),
    )


def typed(words: str) -> Change:
    """The deck file as text, with a comment or an anchor in it."""

    def change(sample: Sample) -> None:
        sample.text = words

    return change


MANY = "word " * 70
LONG = (
    "Notwithstanding organizational considerations regarding interdisciplinary implementation methodologies, participating "
    "institutions continually demonstrate comprehensive understanding of administrative responsibilities, accountability "
    "requirements, communication infrastructures and environmental sustainability considerations whenever collaborative "
    "opportunities materialize, notwithstanding disproportionate organizational inefficiencies, unsatisfactory "
    "documentation procedures, contradictory recommendations and insufficiently differentiated professional "
    "qualification opportunities, which representatives of participating institutions occasionally characterize as "
    "fundamentally counterproductive, irresponsible and unsustainable in consequence of budgetary considerations."
)
PLAIN = "We cook for our guests. We wash our hands. We keep raw meat apart. The pan is hot, so mind your hands. " * 3
FRENCH = "Les participants ne sont pas tous dans la salle, mais ils ont bien lu le texte que nous avons écrit pour eux."
BASE = yaml.safe_dump(DECK, sort_keys=False)

CASES: dict[str, tuple[Change, Change]] = {
    # Room on slides and pages
    "text-set-smaller": (text(MANY * 2), text("A few words.")),
    "slide-goes-on": (text("A sentence of some words. " * 120), text("A sentence of some words.")),
    "statement-goes-on": (
        slides(dict(SAY, title="Long", statement="A sentence of some words. " * 72)),
        slides(dict(SAY, title="Short", statement="A sentence of some words. " * 5)),
    ),
    "word-divided": (text("unparliamentarily" * 6), text("un\u00adparliamentarily " * 6)),
    "slide-crowded": (
        slides(dict(POINTS, points=[f"Point {n}" for n in range(8)])),
        slides(dict(POINTS, points=[f"Point {n}" for n in range(7)])),
    ),
    "title-long": (
        slides(dict(POINTS, title="another word " * 12)),
        # A question may be a slide's largest words, and is no title.
        slides({**ASK, "questions": [{**ASK["questions"][0], "ask": "Who would have thought of it? " * 5}]}),
    ),
    "picture-coarse": (shown((500, 300)), shown((2600, 1600))),
    "picture-small": (
        shown((2600, 260), "points", dict(POINTS, title="To look at"), fit="whole"),
        shown((2600, 260), "points", dict(POINTS, title="To look at"), fit="whole", decorative=True),
    ),
    "page-half-empty": (
        both(shown((600, 920)), files(**{"templates/handout__xml": TALL.format(words="Words. " * 130)})),
        both(shown((600, 920)), files(**{"templates/handout__xml": TALL.format(words="Words.")})),
    ),
    "print-cost": (session(participants=400), session(participants=20)),
    # Learning
    "length-off-plan": (deck(planned_minutes=30), deck(planned_minutes=9)),
    "long-without-activity": (
        slides(dict(SAY, title="Long", minutes=21)),
        slides(dict(SAY, title="Long", minutes=21, cues=[{"ask": "Who?"}])),
    ),
    "break-late": (
        slides(dict(SAY, title="Long", minutes=90)),
        slides({"kind": "break", "minutes": 10}, dict(SAY, title="Long", minutes=80)),
    ),
    "question-without-minutes": (question(minutes=None), question()),
    "question-without-answers": (question(listen_for=None), question(listen_for=None, debrief="Say it again.")),
    "people-left-over": (session(participants=13), session(participants=14)),
    "objective-not-practised": (
        both(
            deck(objectives=["Name one thing.", "Show another."]),
            slides(dict(SAY, title="B", objectives=[2]), objectives=["Name one.", "Show another."]),
        ),
        deck(),
    ),
    "objective-not-assessed": (
        slides(
            {"kind": "activity", "title": "B", "minutes": 1, "objectives": [2], "instructions": "Do it."},
            objectives=["Name one.", "Do it."],
        ),
        slides(
            {
                "kind": "activity",
                "title": "B",
                "minutes": 1,
                "objectives": [2],
                "instructions": "Do it.",
                "cues": [{"listen_for": "Whether"}],
            },
            objectives=["Name one.", "Do it."],
        ),
    ),
    "objective-not-observable": (
        deck(objectives=["**Understand** the matter."]),
        deck(objectives=["Knowingly sign the form."]),
    ),
    "section-without-discussion": (
        deck(sections=[*DECK["sections"], {"title": "B", "slides": [dict(SAY, title="B", minutes=12)]}]),
        deck(sections=[*DECK["sections"], {"title": "B", "slides": [dict(SAY, title="B", minutes=5)]}]),
    ),
    "too-much-to-say": (cue(say="word " * 220), cue(say="word " * 120)),
    "material-not-listed": (
        cue(do="Write it on the flip chart."),
        both(deck(materials=["Flip-chart pad"]), cue(do="Write it on the flip chart.")),
    ),
    "no-online-version": (session(online=True), session(online=False)),
    "quiz-all-correct": (
        slides({**QUIZ, "options": [{"text": "This", "correct": True}, {"text": "That", "correct": True}]}),
        slides(QUIZ),
    ),
    "answer-twice": (question(listen_for=["Something small."]), question(listen_for=["Something large"])),
    "agenda-by-hand": (
        slides(dict(POINTS, title="Agenda", points=["The section", "Another one"])),
        slides(dict(POINTS, title="Agenda", points=["The section", "the Section"])),
    ),
    # Access
    "alt-file-name": (shown(alt="IMG_20210403"), shown(alt="A person with 2 bags")),
    "alt-repeats-caption": (
        shown(alt="A path in fog", caption="A path in fog."),
        shown(alt="A path in fog", caption="Where we came from"),
    ),
    "alt-says-picture": (shown(alt="A picture of a path in fog"), shown(alt="A pictured path in fog")),
    "alt-long": (shown(alt="A path in fog, " * 11), shown(alt="A path in fog, " * 9)),
    "title-twice": (
        deck(sections=[*DECK["sections"], {"title": "B", "slides": [SAY]}]),
        slides(SAY, dict(SAY, title="Other")),
    ),
    "color-alone": (text("Take the red one first."), text("Take the red card at the left first; it is called *Stop*.")),
    "contrast-low": (
        lambda sample: (
            sample.files.update(
                {"mine/_brand.yml": 'color: {primary: "#F5E663"}\ndefaults: {deckbuilder: {insist: true}}\n'}
            ),
            sample.options.update(theme="mine"),
        )[0],
        deck(),
    ),
    "handout-hard-to-read": (noted(LONG), noted(PLAIN)),
    "abbreviation-unexplained": (
        text("Ask your QRS about it."),
        text("The Quick Response Squad comes. Ask your QRS about it."),
    ),
    "video-without-captions": (
        slides(
            {"kind": "video", "title": "V", "minutes": 1, "video": {"text": "A film", "url": "https://www.w3.org/film"}}
        ),
        slides(
            {
                "kind": "video",
                "title": "V",
                "minutes": 1,
                "captions": True,
                "video": {"text": "A film", "url": "https://www.w3.org/film"},
            }
        ),
    ),
    "language-not-marked": (noted(FRENCH), noted(f"[{FRENCH}]{{lang=fr}}")),
    # Sources and time
    "quote-without-author": (
        slides({"kind": "quote", "title": "Q", "minutes": 1, "quote": "So it is."}),
        slides({"kind": "quote", "title": "Q", "minutes": 1, "quote": "So it is.", "source": "Unknown"}),
    ),
    "picture-without-credit": (shown(credit=None), shown()),
    "credit-without-licence": (
        both(shown(credit="Somebody"), lambda s: s.deck.pop("licence")),
        both(shown(), lambda s: s.deck.pop("licence")),
    ),
    "figure-without-source": (slides({key: value for key, value in CHART.items() if key != "source"}), slides(CHART)),
    "statistic-without-source": (
        text("It helped 30% of them."),
        both(reference(), text("It helped 30% of them.", sources=["known"])),
    ),
    "review-due": (reference(review_by="2027-03-14"), reference(review_by="2027-03-15")),
    "facts-old": (
        reference(url="https://www.w3.org/", as_of="May 2021"),
        reference(url="https://www.w3.org/", as_of="May 2021", text="Somebody, Something, 2021"),
    ),
    "reference-not-cited": (deck(references=[{"id": "alone", "text": "Somebody"}]), reference()),
    "number-written-twice": (
        both(reference(), text("It was 13,000 first, then 13000.", sources=["known"])),
        both(reference(), text("It was 13,000 first, then 13,001 in 2010.", sources=["known"])),
    ),
    # Wording
    "name-spelling": (
        both(
            text("We ask for Housing first."),
            deck(glossary=[{"term": "Housing First", "definition": "A home before all else."}]),
        ),
        both(
            text("We ask for Housing First."),
            deck(glossary=[{"term": "Housing First", "definition": "A home before all else."}]),
        ),
    ),
    "spelling": (text("They recieve a letter."), text("They receive a letter of Recieve.")),
    "word-twice": (text("This is the the end."), text("All that she had had was gone.")),
    "double-blank": (text("Two  blanks."), text("One blank.\n\nTwo paragraphs.")),
    "quotes-of-another-language": (
        text("They said «no» to it."),
        text('They said “no” to it, and "yes" to him, in the dogs’ house.'),
    ),
    "dash-typed": (text("One thing - and another."), text("A well-known thing, from 5 - 3 = 2 on.")),
    "leftover": (text("Here comes the TODO."), text("We have a to-do list, and a toddler.")),
    # Order in the folder
    "picture-unused": (files(other__png=png(40, 30)), shown()),
    "data-unused": (
        files(other__csv="A,B\nx,1\n"),
        both(
            files(used__csv="A,B\nx,1\n"),
            slides({**{k: v for k, v in CHART.items() if k not in ("categories", "series")}, "file": "used.csv"}),
        ),
    ),
    "variable-unused": (
        typed(BASE.replace("title: The deck", "title: &name The deck")),
        typed(BASE.replace("title: The deck", "title: &name The deck\nsubtitle: *name")),
    ),
    "address-doubtful": (
        text("Look at [the page](https://https://w3.org) first."),
        text("Look at [the page](https://www.w3.org/TR/) first."),
    ),
    # Silences
    "silence-unused": (
        typed(BASE + "# deckbuilder: ignore leftover nothing there\n"),
        typed(BASE.replace("It is so.", "It is so. TODO  # deckbuilder: ignore leftover a name")),
    ),
    "silence-of-nothing": (
        typed(BASE + "# deckbuilder: ignore left-over it is a name\n"),
        typed(BASE.replace("It is so.", "It is so. TODO  # deckbuilder: ignore leftover a name")),
    ),
    "silence-without-reason": (
        typed(BASE.replace("It is so.", "It is so. TODO  # deckbuilder: ignore leftover")),
        typed(BASE.replace("It is so.", "It is so. TODO  # deckbuilder: ignore leftover a name")),
    ),
}


def codes(change: Change, folder: Path) -> set[str]:
    sample = Sample()
    change(sample)
    return {problem.code for problem in sample.found(folder)}


def test_there_is_nothing_to_say_of_the_deck_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [str(d) for d in Sample().found(tmp_path)] == []


@pytest.mark.parametrize("code", CASES)
def test_it_speaks(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert code in codes(CASES[code][0], tmp_path)


@pytest.mark.parametrize("code", CASES)
def test_it_keeps_quiet(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert code not in codes(CASES[code][1], tmp_path)


def test_every_rule_of_advice_has_a_case_and_a_function() -> None:
    advice = [code for code, rule in RULES.items() if rule.advice]
    assert len(advice) >= 45
    assert sorted([*CASES, "address-dead"]) == sorted(advice)  # that one is in `test_trying_links.py`
    silences = [code for code in advice if code.startswith("silence-")]
    assert sorted(entry.code for entry in RULES_OF_ADVICE) == sorted(set(advice) - set(silences))
    assert len(ROOMS) == 8


@pytest.mark.parametrize(
    ("code", "deck", "words", "spoken", "fixed"),
    [
        ("dash-typed", {"language": "de"}, "Das ist—wie man sagt—gut.", 2, " – "),
        ("dash-typed", {"language": "en-US"}, "That is—as they say—good.", 0, None),
        (
            "number-written-twice",
            {},
            "30% of people who live alone sleep badly.\n\n45% of people who live alone do.",
            1,
            None,
        ),
        ("number-written-twice", {}, "30% of people who live alone.\n\n45% of people who live together.", 0, None),
    ],
)
def test_dashes_go_by_language_and_the_same_thing_has_one_number(
    code: str,
    deck: dict[str, Any],
    words: str,
    spoken: int,
    fixed: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    sample = Sample()
    sample.deck |= deck
    slides(dict(TELL, text=words))(sample)
    found = [one for one in sample.found(tmp_path) if one.code == code]
    assert len(found) == spoken, [str(one) for one in found]
    assert all((one.fix.text if one.fix else None) == fixed for one in found)


def test_a_finding_of_some_themes_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sample = Sample(options={"theme": ["spruce", "beacon"]})
    slides(dict(TELL, text="Once upon a time there was a deck that had a good deal to say. " * 9))(sample)
    told = [(d.code, d.message.rpartition(", ")[2]) for d in sample.found(tmp_path)]
    assert ("text-set-smaller", "in the theme beacon") in told
    assert not [message for code, message in told if "in the theme" in message and code != "text-set-smaller"]


@pytest.mark.slow
@pytest.mark.parametrize("code", ["break-late", "long-without-activity"])
def test_a_night_is_a_break(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sample = Sample()
    minutes = {"break-late": 50, "long-without-activity": 11}[code]
    sample.deck["sections"][0]["slides"][1:] = [
        dict(SAY, title=name, minutes=minutes, id=name.lower()) for name in ("One", "Two")
    ]
    assert code in {found.code for found in sample.found(tmp_path / "one-day")}
    del sample.session["date"]
    sample.session["days"] = [{}, {"begins": "two"}]
    assert code not in {found.code for found in sample.found(tmp_path / "two-days")}


@pytest.mark.parametrize("deck", ["harm-reduction", "safe-food", "train-the-trainer"])
def test_shipped_decks_have_no_finding_that_is_not_meant(deck: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "_PLACES", ())  # the library's own dictionary, not whatever is on this machine
    dictionary.dictionary_of.cache_clear()
    folder = Path(__file__).parents[2] / "content" / deck
    session = folder / "session.yaml"
    found = deckbuilder.check(folder, session=session if session.exists() else None, today=dt.date(2026, 12, 1))
    assert [str(d) for d in found.diagnostics] == []


BARE_BAND = (
    "color: {primary: '#2B5F8C'}\n"
    "defaults: {deckbuilder: {layouts: {picture-full: {placeholders: {title: {type: title, box: [0, 464, 960, 76], "
    "fill: null, style: bleed-title, anchor: middle, insets: [64, 6, 64, 6]}}}}}}\n"
)


@pytest.mark.parametrize(("shade", "told"), [("white", True), ("black", False), ("strip", False), ("leaves", True)])
def test_words_that_stand_on_a_picture_are_measured_against_it(
    shade: str, told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """White words, on what is below their letters: `strip` is pale elsewhere only, `leaves` here and there."""
    monkeypatch.chdir(tmp_path)
    image = Image.new("RGB", (1600, 900), "white" if shade == "white" else "black")
    if shade == "strip":
        image.paste("white", (0, 0, 1600, 700))
    if shade == "leaves":
        for x in range(0, 1600, 100):
            image.paste("white", (x, 760, x + 30, 900))
    out = io.BytesIO()
    image.save(out, "PNG")
    sample = Sample(options={"theme": str(tmp_path / "mine")})
    sample.files = {"mine/_brand.yml": BARE_BAND, "shown.png": out.getvalue()}
    picture = {"file": "shown.png", "alt": "Some pale and some dark."}
    slides({"kind": "picture", "title": "To look at for a while", "minutes": 1, "full": True, "picture": picture})(
        sample
    )
    everything = sample.found(tmp_path)
    found = [d for d in everything if d.code == "contrast-low"]
    assert bool(found) == told, [str(d) for d in everything]
    if told:
        assert "the title over this picture has a contrast of" in found[0].message
