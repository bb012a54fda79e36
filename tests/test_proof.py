"""`check --proof`: what is proved of files, by whom; and that nothing is claimed that nobody looked at."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deckbuilder import api
from deckbuilder.commands import app
from deckbuilder.proof import facts
from deckbuilder.proof.facts import Fact, facts_of_deck, facts_of_findings, facts_of_pdf
from deckbuilder.proof.statement import statement_of
from deckbuilder.scaffold import make_deck
from tools import deck_folder


@pytest.fixture
def training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    make_deck(Path("my-training"))
    return Path("my-training")


def outcomes(found: list[Fact]) -> dict[str, str]:
    return {fact.name: fact.outcome for fact in found}


@pytest.mark.slow
def test_every_combination_is_examined_and_the_statement_filed(training: Path) -> None:
    session = str(training / "session.yaml")
    papers = ["--paper", "letter", "--paper", "a4"]
    done = CliRunner().invoke(app, ["check", "--proof", "my-training", "--session", session, *papers])
    assert done.exit_code == 0, done.output
    words = Path("proof/my-training/accessibility.md").read_text("utf-8")
    data = json.loads(Path("proof/my-training/accessibility.json").read_text("utf-8"))
    files = [one["file"] for one in data["documents"]]
    assert len(files) == 6
    assert len(set(files)) == 6
    assert not re.search(r"\b(is|are|fully) (compliant|accessible|conformant)\b", words)
    standings = {row["standing"] for one in data["documents"] for row in one["requirements"]}
    assert {"proved by a program", "needs a person", "does not apply"} <= standings
    for one in data["documents"]:
        for row in one["requirements"]:
            if row["standing"] == "proved by a program":
                assert row["facts"], row["id"]
                assert {fact["outcome"] for fact in row["facts"]} == {"proved"}
            if row["standing"] == "needs a person":
                assert row["person"], row["id"]
    assert sorted(p.name for p in Path().iterdir()) == ["my-training", "proof"]


def test_a_missing_program_is_told_and_nothing_taken_for_proved(
    training: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = api.build(training, only=["handout"])
    monkeypatch.setattr(facts, "find_program", lambda name: None)
    found = facts_of_pdf(built.files[0])
    assert {name for name, outcome in outcomes(found).items() if outcome == "not tested"} == {"sound", "pdf-ua"}
    statement = statement_of("handout.pdf", found, pdf=True)
    (tested, looked) = [row for row in statement.rows if row.id == "PDF/UA-1"]
    assert (tested.standing, looked.standing) == ("not tested", "needs a person")
    assert "verapdf is not installed here" in tested.facts[0].seen


def test_a_picture_without_its_text_fails(training: Path) -> None:
    (deck,) = api.build(training, only=["deck"]).files
    broken = Path("broken.pptx")
    with zipfile.ZipFile(deck) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
                data = re.sub(rb'(<p:cNvPr [^>]*?)descr="[^"]*"', rb"\1", data)
            new.writestr(name, data)
    assert outcomes(facts_of_deck(deck))["alternatives"] == "proved"
    found = facts_of_deck(broken)
    assert outcomes(found)["alternatives"] == "fails"
    row = next(row for row in statement_of("broken.pptx", found, pdf=False).rows if row.id == "1.1.1")
    assert row.standing == "fails"
    assert "has no alternative text" in row.facts[0].seen


def test_what_rules_find_fails_what_it_concerns(tmp_path: Path) -> None:
    say = {"kind": "statement", "title": "T", "minutes": 1, "statement": "Take the red one."}
    found = facts_of_findings(api.check(deck_folder(tmp_path, say)).diagnostics)
    assert outcomes(found) == {
        "contrast": "proved",
        "colors-told": "fails",
        "links-told": "proved",
        "languages-told": "proved",
    }


def test_a_deck_with_errors_is_told_of(training: Path) -> None:
    path = training / "deck.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: cover", "kind: covre", 1), "utf-8")
    done = CliRunner().invoke(app, ["check", "--proof", "my-training"])
    assert done.exit_code == 1
    assert "there is no slide of kind 'covre'" in done.output
    assert not Path("proof").exists()
