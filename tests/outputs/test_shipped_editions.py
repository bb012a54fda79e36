"""Every shipped deck in every variant and language that it names: built without an error, sound for validators, readable for
everybody, and without the facilitator's words before participants."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_leaks import deck_text, facilitators_words, pdf_text

import deckbuilder
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.proof.facts import facts_of_deck, facts_of_pdf
from deckbuilder.proof.leaks import nothing_of_the_facilitators
from deckbuilder.reading.deck import open_deck
from deckbuilder.reading.locales import languages_of
from deckbuilder.source import Inputs
from tools import REPOSITORY, need, once, run

pytestmark = pytest.mark.slow
Files = Callable[["Edition"], dict[str, Path]]


@dataclasses.dataclass(frozen=True)
class Edition:
    deck: str
    variant: str
    language: str | None

    @property
    def folder(self) -> Path:
        return REPOSITORY / "content" / self.deck

    @property
    def order(self) -> dict[str, Any]:
        session = self.folder / "session.yaml"
        return {"session": session if session.exists() else None, "variant": self.variant, "language": self.language}

    def __str__(self) -> str:
        return "-".join(filter(None, (self.deck, self.variant, self.language)))


def editions() -> list[Edition]:
    """All but the decks themselves, which the other tests are about."""
    out = []
    for file in sorted(REPOSITORY.glob("content/*/deck.yaml")):
        variants = open_deck(file, None, Diagnostics(), Inputs()).variants
        out += [
            Edition(file.parent.name, variant, language)
            for variant in ("", *variants)
            for language in (None, *languages_of(file.parent))
            if variant or language
        ]
    return out


EDITIONS = editions()
every_edition = pytest.mark.parametrize("edition", EDITIONS, ids=str)


@pytest.fixture(scope="session")
def files(shared: Path) -> Files:
    """An edition's files by their endings, built once."""

    def get(edition: Edition) -> dict[str, Path]:
        def make(folder: Path) -> None:
            order = {key: value or () for key, value in edition.order.items() if key != "session"}
            session = edition.order["session"]
            done = deckbuilder.build(edition.folder, session=session, output=folder, translated=True, **order)
            (folder / "said").write_text("\n".join(map(str, done.diagnostics)), "utf-8")

        folder = once(shared / f"edition-{edition}", make)
        made = [path for path in (folder / edition.deck / "spruce").iterdir() if path.is_file()]
        return {path.name.removeprefix(str(edition)): path for path in made} | {"said": folder / "said"}

    return get


def test_decks_name_a_variant_and_a_language() -> None:
    assert any(one.variant for one in EDITIONS)
    assert any(one.language for one in EDITIONS)


@every_edition
def test_there_is_nothing_to_say_of_it_and_all_of_it_is_translated(edition: Edition, files: Files) -> None:
    made = files(edition)
    assert sorted(made) == ["-guide.pdf", "-handout.pdf", ".pptx", "said"]
    assert made["said"].read_text("utf-8") == ""


@every_edition
def test_what_is_the_facilitators_stays_out_of_slides_and_handout(edition: Edition, files: Files) -> None:
    made, content = files(edition), deckbuilder.read(edition.folder, **edition.order)
    said = pdf_text(made["-handout.pdf"]) + deck_text(made[".pptx"])
    words = list(facilitators_words(content.deck))
    assert len(words) > 30
    assert [text for text in words if text in said] == []
    for ending in ("-handout.pdf", ".pptx"):
        assert nothing_of_the_facilitators(made[ending], ending, content).outcome in ("proved", "not tested")


@every_edition
def test_files_are_sound_and_accessible(edition: Edition, files: Files) -> None:
    made = files(edition)
    facts = [*facts_of_deck(made[".pptx"]), *facts_of_pdf(made["-handout.pdf"]), *facts_of_pdf(made["-guide.pdf"])]
    assert len(facts) > 20
    assert [str(fact) for fact in facts if fact.outcome == "fails"] == []


@every_edition
def test_the_deck_is_valid_for_office(edition: Edition, files: Files) -> None:
    report = json.loads(run(need("ooxml-validator"), files(edition)[".pptx"], ok=(0, 1)))
    assert report.get("errors", []) == []
    assert report.get("ok", report.get("valid", True)) is True


@pytest.mark.parametrize("edition", [one for one in editions() if one.language], ids=str)
def test_translations_fit_in_all_themes(edition: Edition, tmp_path: Path) -> None:
    built = deckbuilder.build(edition.folder, theme="all", only=["deck"], output=tmp_path, **edition.order)
    assert len(built.files) == 4
