"""`check --proof`: what is proved of files, by whom; and that nothing is claimed that nobody looked at."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner

from deckbuilder import api
from deckbuilder.commands import app
from deckbuilder.proof import programs, prove
from deckbuilder.proof.facts import facts_of_deck, facts_of_findings, facts_of_pdf, nodes
from deckbuilder.proof.leaks import nothing_of_the_facilitators
from deckbuilder.proof.programs import Fact, find_program, pdf_ua
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
    assert len(files) == 5  # one deck, which is the same on all papers
    assert len(set(files)) == 5
    assert "- Did not look: " in words or find_program("verapdf")
    assert "- page-validation" in words
    assert not re.search(r"\b(is|are|fully) (compliant|accessible|conformant)\b", words)
    standings = {row["standing"] for one in data["documents"] for row in one["requirements"]}
    assert {"proved by a program", "needs a person", "does not apply"} <= standings
    for one in data["documents"]:
        for row in one["requirements"]:
            if row["standing"] == "proved by a program":
                assert row["facts"], row["id"]
                outcomes = {fact["outcome"] for fact in row["facts"]}
                assert outcomes - {"not tested"} == {"proved"}, row["id"]  # veraPDF may be missing
            if row["standing"] == "needs a person":
                assert row["person"], row["id"]
    assert sorted(p.name for p in Path().iterdir()) == ["my-training", "proof"]


def test_a_missing_program_is_told_and_nothing_taken_for_proved(
    training: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = api.build(training, only=["handout"])
    monkeypatch.setattr(programs, "find_program", lambda name: None)
    monkeypatch.setitem(sys.modules, "page", None)
    found = facts_of_pdf(built.files[0])
    assert {name for name, outcome in outcomes(found).items() if outcome == "not tested"} == {"sound", "pdf-ua"}
    statement = statement_of("handout.pdf", found, pdf=True)
    (tested, looked) = [row for row in statement.rows if row.id == "PDF/UA-1"]
    assert (tested.standing, looked.standing) == ("not tested", "needs a person")
    assert "verapdf is not installed here" in tested.facts[0].seen
    assert "pip install page-validation" in tested.facts[1].seen


PASSED = {"passedRules": 106, "failedRules": 0, "passedChecks": 9313, "failedChecks": 0, "ruleSummaries": []}
RULE = {
    "ruleStatus": "FAILED",
    "specification": "ISO 14289-1:2014",
    "clause": "7.1",
    "testNumber": 3,
    "status": "failed",
    "failedChecks": 2,
    "description": "Content shall be marked as Artifact or tagged as real content",
    "checks": [{"status": "failed", "context": "root", "errorArguments": []}],
}
FAILED = {"passedRules": 105, "failedRules": 1, "passedChecks": 9311, "failedChecks": 2, "ruleSummaries": [RULE]}


@pytest.mark.parametrize(
    ("job", "code", "outcome", "seen"),
    [
        ({"validationResult": [{"compliant": True, "details": PASSED}]}, 0, "proved", "passes all 106 rules"),
        ({"validationResult": {"compliant": True, "details": PASSED}}, 0, "proved", "passes all 106 rules"),
        (
            {"validationResult": [{"compliant": False, "details": FAILED}]},
            1,
            "fails",
            r"7.1-3: Content shall .*2 places",
        ),
        ({"taskException": {"exceptionMessage": "Couldn't parse stream"}}, 7, "not tested", "Couldn't parse stream"),
        (None, 1, "not tested", "cannot|did not come to an end"),
    ],
)
def test_what_verapdf_says_is_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, job: object, code: int, outcome: str, seen: str
) -> None:
    """A program in veraPDF's place that prints its JSON, as `JsonHandler` of veraPDF 1.26 and 1.24 writes it."""
    report = {"report": {"buildInformation": {}, "jobs": [job], "batchSummary": {"totalJobs": 1}}}
    said = json.dumps(report) if job else "Exception in thread main"
    (tmp_path / "said").write_text(said, "utf-8")
    program = tmp_path / "verapdf"
    shebang = "#!/bin/sh\nif [ $1 = --version ]; then echo veraPDF 1.26.2; exit 0; fi\n"
    program.write_text(f"{shebang}cat {tmp_path}/said\nexit {code}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(programs, "find_program", lambda name: str(program) if name == "verapdf" else None)
    monkeypatch.setitem(sys.modules, "page", None)
    first = pdf_ua(tmp_path / "any.pdf")[0]
    assert (first.outcome, first.by) == (outcome, "veraPDF 1.26.2")
    assert re.search(seen, first.seen), first.seen


def test_pdf_ua_is_proved_by_whatever_is_there_and_one_fault_counts(training: Path) -> None:
    (handout,) = api.build(training, only=["handout"]).files
    found = [fact for fact in facts_of_pdf(handout) if fact.name == "pdf-ua"]
    assert {fact.outcome for fact in found} <= {"proved", "not tested"}
    row = next(row for row in statement_of("h", found, pdf=True).rows if row.id == "PDF/UA-1")
    assert row.standing == "proved by a program"
    doubted = [*found, Fact("pdf-ua", "fails", "another", "7.1-3")]
    row = next(row for row in statement_of("h", doubted, pdf=True).rows if row.id == "PDF/UA-1")
    assert row.standing == "fails"
    with pikepdf.open(handout) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(pikepdf.Dictionary())])
        pdf.save("broken.pdf")
    broken = facts_of_pdf(Path("broken.pdf"))
    assert next(fact for fact in broken if fact.by.startswith("page-validation")).outcome == "fails"
    fields = next(row for row in statement_of("b", broken, pdf=True).rows if row.id == "3.3.2")
    assert fields.standing == "needs a person"  # 'there are no form fields' is not said of a file that has some


def test_every_table_has_headers_and_one_without_is_seen(training: Path) -> None:
    (_, guide) = api.build(training, session=training / "session.yaml", only=["handout", "guide"]).files
    assert outcomes(facts_of_pdf(guide))["tables"] == "proved"
    with pikepdf.open(guide) as pdf:
        for node in nodes(pdf.Root.StructTreeRoot):
            if str(node.S) == "/TH":
                node.S = pikepdf.Name.TD
        pdf.save("broken.pdf")
    assert outcomes(facts_of_pdf(Path("broken.pdf")))["tables"] == "fails"


def test_a_picture_without_its_text_fails(training: Path) -> None:
    (deck,) = api.build(training, only=["deck"]).files
    broken = Path("broken.pptx")
    with zipfile.ZipFile(deck) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
                data = re.sub(rb'(<p:cNvPr [^>]*?)descr="[^"]*"', rb"\1", data)
            new.writestr(name, data)
    assert outcomes(facts_of_deck(deck))["alternatives"] == outcomes(facts_of_deck(deck))["tables"] == "proved"
    found = facts_of_deck(broken)
    assert outcomes(found)["alternatives"] == "fails"
    row = next(row for row in statement_of("broken.pptx", found, pdf=False).rows if row.id == "1.1.1")
    assert row.standing == "fails"
    assert "has no alternative text" in row.facts[0].seen


def test_what_rules_find_fails_what_it_concerns(tmp_path: Path) -> None:
    say = {"kind": "statement", "title": "T", "minutes": 1, "statement": "Take the red one."}
    found = facts_of_findings(api.check(deck_folder(tmp_path, say)).diagnostics, {})
    assert outcomes(found) == {
        "contrast": "proved",
        "colors-told": "fails",
        "links-told": "proved",
        "languages-told": "proved",
    }


RED = "- {kind: statement, title: T, minutes: 1, statement: Take the red one.}"


@pytest.mark.parametrize(
    ("levels", "slide", "seen"),
    [
        ("checks: {color-alone: off}", RED, "turned off"),
        ("", f"# deckbuilder: ignore color-alone only red cards are left\n    {RED}", "only red cards are left"),
    ],
)
@pytest.mark.slow
def test_what_is_silenced_is_not_taken_for_proved(tmp_path: Path, levels: str, slide: str, seen: str) -> None:
    deck = f"title: T\nlanguage: en\n{levels}\nsections:\n- title: S\n  slides:\n    {slide}\n"
    (tmp_path / "deck.yaml").write_text(deck, "utf-8")
    proof = prove(tmp_path, ["spruce"], [], None, dt.date(2027, 3, 1))
    row = next(row for row in proof.statements[0].rows if row.id == "1.4.1")
    assert row.standing == "needs a person"
    assert [fact.outcome for fact in row.facts] == ["not tested"]
    assert seen in row.facts[0].seen
    assert (
        next(fact.outcome for fact in proof.proofs if fact.name == "minutes add up") == "not tested"
    )  # without a plan


@pytest.mark.slow
def test_every_variant_is_examined_each_with_its_own_minutes(tmp_path: Path) -> None:
    deck = (
        "title: T\nlanguage: en\nplanned_minutes: 1\nvariants: {long: {planned_minutes: 90}}\n"
        f"sections:\n- title: S\n  slides:\n    {RED}\n"
    )
    (tmp_path / "deck.yaml").write_text(deck, "utf-8")
    proof = prove(tmp_path, [], [], None, dt.date(2027, 3, 1))
    told = {fact.name: fact.outcome for fact in proof.proofs if fact.name.startswith("minutes")}
    assert told == {"minutes add up": "proved", "minutes add up, variant 'long'": "fails"}
    endings = [one.file.removeprefix(tmp_path.name) for one in proof.statements]
    assert len(endings) == 6
    assert sum("-long" in name for name in endings) == 3


@pytest.mark.slow
def test_every_language_is_examined(tmp_path: Path) -> None:
    deck = f"title: T\nlanguage: en\nplanned_minutes: 1\nsections:\n- title: S\n  slides:\n    {RED}\n"
    (tmp_path / "deck.yaml").write_text(deck, "utf-8")
    (tmp_path / "locales").mkdir()
    entry = 'msgid ""\nmsgstr ""\n\nmsgctxt "deck / title"\nmsgid "T"\nmsgstr "Te"\n'
    (tmp_path / "locales/es.po").write_text(entry, "utf-8")
    proof = prove(tmp_path, [], [], None, dt.date(2027, 3, 1))
    assert {one.file.rpartition("/")[2].removeprefix(tmp_path.name) for one in proof.statements} == {
        *(".pptx", "-handout.pdf", "-guide.pdf"),
        *("-es.pptx", "-es-handout.pdf", "-es-guide.pdf"),
    }
    assert "every text fits, in 'es'" in {fact.name for fact in proof.proofs}
    only = prove(tmp_path, [], [], None, dt.date(2027, 3, 1), languages=["es"])
    assert len(only.statements) == 3


def test_words_of_the_facilitators_are_found_in_slides_and_in_what_a_pdf_does_not_show(training: Path) -> None:
    content = api.read(training)
    secret = next(q.listen_for[0].plain for _, s in content.deck.slides() for q in s.questions if q.listen_for)
    deck, handout, _ = api.build(training).files
    for file in (deck, handout):
        assert nothing_of_the_facilitators(file, "f", content).outcome == "proved"
    broken = Path("broken.pptx")
    with zipfile.ZipFile(deck) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "ppt/slides/slide2.xml":
                data = re.sub(rb"<a:t>[^<]*</a:t>", f"<a:t>{html.escape(secret)}</a:t>".encode(), data, count=1)
            new.writestr(name, data)
    assert nothing_of_the_facilitators(broken, "f", content).outcome == "fails"
    with pikepdf.open(handout) as pdf:
        pdf.docinfo["/Subject"] = secret
        pdf.save("broken.pdf")
    assert nothing_of_the_facilitators(Path("broken.pdf"), "f", content).outcome == "fails"


def test_a_deck_with_errors_is_told_of(training: Path) -> None:
    path = training / "deck.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: cover", "kind: covre", 1), "utf-8")
    done = CliRunner().invoke(app, ["check", "--proof", "my-training"])
    assert done.exit_code == 1
    assert "there is no slide of kind 'covre'" in done.output
    assert not Path("proof").exists()


def test_what_proof_cannot_do_is_refused(training: Path) -> None:
    for option in (["--fix"], ["--format", "json"]):
        done = CliRunner().invoke(app, ["check", "--proof", "my-training", *option])
        assert done.exit_code == 2
