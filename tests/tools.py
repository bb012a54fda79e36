"""What several test modules need: decks, programs, and words with their places."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn
from xml.etree import ElementTree

import pytest
import yaml
from lxml import etree
from pydantic import BaseModel
from pypdf import PdfReader
from pypdf.generic import Destination

from deckbuilder.arrangement import Content, read
from deckbuilder.content.printing import PrintSettings
from deckbuilder.content.schedule import Schedule
from deckbuilder.content.text import Text
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.labels import Labels
from deckbuilder.layout.arrange import arrange_deck
from deckbuilder.layout.frame import SlideFrame
from deckbuilder.pipeline import Order, build
from deckbuilder.source import Inputs
from deckbuilder.theme.fonts import FONT_FOLDER
from deckbuilder.theme.pack import DEFAULT_THEME, read_theme
from deckbuilder.theme.theme import Theme

TESTS = Path(__file__).parent
REPOSITORY = TESTS.parent
GOLDEN = TESTS / "golden"
PICTURES = TESTS / "fixtures" / "every-kind" / "pictures"

# The decks that every output is judged by, with their session files.
SOURCES: dict[str, tuple[Path, Path | None]] = {
    "harm-reduction": (REPOSITORY / "content/harm-reduction", REPOSITORY / "content/harm-reduction/session.yaml"),
    "safe-food": (REPOSITORY / "content/safe-food", None),
    "train-the-trainer": (
        REPOSITORY / "content/train-the-trainer",
        REPOSITORY / "content/train-the-trainer/session.yaml",
    ),
    "every-kind": (TESTS / "fixtures/every-kind", TESTS / "fixtures/every-kind/session.yaml"),
    "many-scripts": (TESTS / "fixtures/many-scripts", None),
}
DECKS = tuple(SOURCES)
# Decks that `generated` writes: far too much on every kind of slide.
GENERATED = ("words", "showing")

# The presets of `theme/standard.yaml`.
SHIPPED_PRESETS = ("copier", "large-print", "booklet")
# Every way of printing that the documents are judged in.
PRINTINGS: dict[str, dict[str, Any]] = {
    "letter": {"paper": "letter"},
    "a4": {"paper": "a4"},
    "duplex": {"duplex": True},
    "grayscale": {"grayscale": True},
    "large-print": {"large_print": True},
    "booklet": {"booklet": True},
    "copier": {"duplex": True, "grayscale": True},
    "large-print-copier": {"large_print": True, "duplex": True, "grayscale": True},
    "booklet-duplex": {"booklet": True, "duplex": True},
    **{f"slides-{n}": {"slides_per_page": n} for n in (1, 2, 3, 4, 6)},
    "slides-6-copier": {"slides_per_page": 6, "duplex": True, "grayscale": True},
    "slides-2-booklet": {"slides_per_page": 2, "booklet": True},
}

NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}


def need(program: str) -> str:
    """The path of a program; the test is skipped without it, or fails where programs are required."""
    places = [
        os.environ.get("PATH", ""),
        str(REPOSITORY / ".validators/node_modules/.bin"),
        str(Path(sys.executable).parent),
    ]
    found = shutil.which(program, path=os.pathsep.join(places))
    if found:
        return found
    missing(f"the program '{program}' is not installed")


def need_folder(folder: Path) -> Path:
    """The folder; the test is skipped without it, or fails where programs are required."""
    if not folder.is_dir():
        missing(f"there is no folder {folder}")
    return folder


def missing(reason: str) -> NoReturn:
    """Skips the test for what is not there, or fails it where programs are required."""
    if os.environ.get("DECKBUILDER_REQUIRE_TOOLS"):
        pytest.fail(f"{reason}, and DECKBUILDER_REQUIRE_TOOLS is set")
    pytest.skip(reason)


def run(*command: str | Path, env: dict[str, str] | None = None, ok: tuple[int, ...] = (0,)) -> str:
    """What a program prints. Fails with all it said when it ends in another status than `ok`."""
    done = subprocess.run([str(c) for c in command], capture_output=True, env=env, timeout=180, check=False)
    # Poppler gives characters beyond U+FFFF in two halves where a PDF file has them so; LibreOffice's do.
    said, errors = (
        out.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16")
        for out in (done.stdout, done.stderr)
    )
    assert done.returncode in ok, f"{command[0]} gave {done.returncode}:\n{said}\n{errors}"
    return said


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, filled by `make` in one of the test processes while the others wait."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    done, failed = folder.with_suffix(".done"), folder.with_suffix(".failed")
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 240
        while not done.exists():
            assert not failed.exists(), f"{folder.name} could not be made; see the other test that needed it"
            assert time.monotonic() < deadline, f"waited too long for {folder.name}"
            time.sleep(0.05)
        return folder
    try:
        make(folder)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return folder


# --- Decks


@cache
def default_theme() -> Theme:
    return read_theme(DEFAULT_THEME, Diagnostics())


@dataclass(frozen=True)
class Arranged:
    """A deck read and arranged, with all that was said about it."""

    reading: Content
    theme: Theme
    labels: Labels
    schedule: Schedule
    frames: list[SlideFrame]
    problems: Diagnostics

    def of_kind(self, kind: str) -> list[SlideFrame]:
        return [frame for frame in self.frames if frame.slide.kind == kind]


def arrange(deck: Path, session: Path | None = None, theme: Theme | None = None, prints: bool = False) -> Arranged:
    problems = Diagnostics()
    reading = read(deck, session, problems, Inputs())
    theme = theme or default_theme()
    labels, schedule = reading.labels, reading.schedule
    frames = arrange_deck(
        reading.deck, reading.session, schedule, reading.pictures, theme, labels, problems, prints=prints
    )
    return Arranged(reading, theme, labels, schedule, frames, problems)


_WRITTEN = TemporaryDirectory(prefix="deckbuilder-tests-")


@cache
def deck_source(name: str) -> tuple[Path, Path | None]:
    """The folder and the session file of one of `SOURCES`, or of `GENERATED`, which is then written."""
    if name in SOURCES:
        return SOURCES[name]
    from generated import write_generated

    folder = Path(_WRITTEN.name) / name
    write_generated(folder, name)
    return folder, None


@cache
def arranged(name: str) -> Arranged:
    """One of `SOURCES` or `GENERATED`, arranged."""
    return arrange(*deck_source(name))


def deck_folder(
    folder: Path, *slides: dict[str, Any], sections: list[dict[str, Any]] | None = None, **deck: Any
) -> Path:
    """A deck written to the folder: the slides in one section, or the sections; the fixture's pictures beside it."""
    sections = sections or [{"title": "The section", "slides": list(slides)}]
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "pictures").exists():
        shutil.copytree(PICTURES, folder / "pictures")
    data = {"title": "The deck", "language": "en-US", **deck, "sections": sections}
    (folder / "deck.yaml").write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return folder / "deck.yaml"


@dataclass(frozen=True)
class Built:
    """The three files of a deck."""

    name: str
    folder: Path

    @property
    def deck(self) -> Path:
        return self.folder / f"{self.name}.pptx"

    @property
    def handout(self) -> Path:
        return self.folder / f"{self.name}-handout.pdf"

    @property
    def guide(self) -> Path:
        return self.folder / f"{self.name}-guide.pdf"

    @property
    def documents(self) -> list[Path]:
        """Every PDF of the build, a booklet's sheets too."""
        return sorted(self.folder.glob("*.pdf"))


def build_files(folder: Path, deck: Path, session: Path | None = None, **order: Any) -> Built:
    """Builds a deck into the folder."""
    files = build(Order(deck, session=session, output=folder, **order), Diagnostics())
    name = re.sub(r"(-handout|-guide)?\.(pptx|pdf)$", "", files[0].name)
    return Built(name, files[0].parent)


def print_files(folder: Path, deck: Path, session: Path | None = None, **settings: Any) -> Built:
    """Builds a deck's documents, printed so, into the folder."""
    only = ("handout", "guide")
    return build_files(folder, deck, session, only=only, printing=PrintSettings(**settings))


# --- Texts that authors write


def written(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text and string of a model, with its path of field names."""
    if isinstance(value, Text):
        yield path, value.plain
    elif isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        head = f"{value.kind}" if hasattr(type(value), "kind") or "kind" in type(value).model_fields else path
        for name in type(value).model_fields:
            if name != "kind":
                yield from written(getattr(value, name), f"{head}.{name}" if head else name)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from written(item, path)


def squeezed(words: str) -> str:
    """Words without any white space, so that where lines break does not matter; gaps, with or
    without their number, are all of one length."""
    return re.sub(r"_{3,}(?:\d+(?=\D|$))?", "_____", "".join(words.split()).replace("\u00ad", ""))


# --- PowerPoint files


class Package:
    """The parts of a .pptx file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as file:
            self.names = file.namelist()
            self.parts = {name: file.read(name) for name in self.names}

    def xml(self, name: str) -> Any:
        return etree.fromstring(self.parts[name])

    def named(self, pattern: str) -> list[str]:
        """Part names that match, in the order of their numbers."""
        found = [name for name in self.names if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda n: [int(d) for d in re.findall(r"\d+", n)])

    @cached_property
    def slides(self) -> list[str]:
        return self.named(r"ppt/slides/slide\d+\.xml")

    @cached_property
    def notes(self) -> list[str]:
        return self.named(r"ppt/notesSlides/notesSlide\d+\.xml")

    def relationships(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """By id: the last word of the type, the target (a part's name, or an address), and whether it is outside."""
        folder, _, file = name.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        out = {}
        for item in self.xml(rels) if rels in self.parts else []:
            outside = item.get("TargetMode") == "External"
            target = item.get("Target")
            if not outside:
                base = Path("/") / folder
                target = os.path.normpath(target if target.startswith("/") else base / target).lstrip("/")
            out[item.get("Id")] = (item.get("Type").rpartition("/")[2], target, outside)
        return out

    def related(self, name: str, kind: str) -> list[str]:
        return [target for found, target, _ in self.relationships(name).values() if found == kind]

    def text(self, name: str) -> str:
        """A part's text, a line for each paragraph."""
        lines = []
        for paragraph in self.xml(name).iter(f"{{{NAMESPACES['a']}}}p"):
            runs = paragraph.iter(f"{{{NAMESPACES['a']}}}t", f"{{{NAMESPACES['a']}}}br")
            lines.append("".join("\n" if r.tag.endswith("}br") else r.text or "" for r in runs))
        return "\n".join(lines)


def find(element: Any, path: str) -> list[Any]:
    """XPath with the usual prefixes."""
    return list(element.xpath(path, namespaces=NAMESPACES))


# --- Words on pages


@dataclass(frozen=True)
class Word:
    """A word on a page, in points from the page's top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    # For LibreOffice's fonts Poppler assumes an ascent of 0.95 and a descent of 0.35; other files say their own.
    @property
    def size(self) -> float:
        return self.height / 1.3

    @property
    def baseline(self) -> float:
        return self.top + 0.95 * self.size

    @property
    def ink(self) -> tuple[float, float]:
        """The upper edge of capitals and the lower edge of descenders, or near them."""
        return self.baseline - 0.7 * self.size, self.baseline + 0.22 * self.size


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    lines: list[tuple[float, float, str]] = field(default_factory=list)


def read_words(pdf: Path, *, raw: bool = False) -> list[Page]:
    """The words of a PDF by page: in the order they are painted in (`raw`), or as lines in reading order."""
    options = ["-raw", "-bbox"] if raw else ["-bbox-layout"]
    text = run(need("pdftotext"), *options, "-enc", "UTF-8", pdf, "-")
    root = ElementTree.fromstring(
        re.sub(r"\sxmlns=\"[^\"]+\"|<!DOCTYPE[^>]*>|<meta [^>]*>|[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    )
    pages = []
    for element in root.iter("page"):
        page = Page(float(element.get("width", 0)), float(element.get("height", 0)))
        page.words.extend(_word(w) for w in element.iter("word"))
        for line in element.iter("line"):
            words = [_word(w) for w in line.iter("word")]
            page.lines.append((float(line.get("xMin", 0)), float(line.get("yMin", 0)), " ".join(w.text for w in words)))
        pages.append(page)
    return pages


def _word(element: ElementTree.Element) -> Word:
    left, top, right, bottom = (float(element.get(k, 0)) for k in ("xMin", "yMin", "xMax", "yMax"))
    return Word(element.text or "", left, top, right, bottom)


def outline(reader: PdfReader) -> list[tuple[int, str, int]]:
    """The bookmarks: depth, title, and page, counted from 1."""
    out: list[tuple[int, str, int]] = []

    def walk(items: Any, depth: int) -> None:
        for item in items:
            if isinstance(item, Destination):
                out.append((depth, str(item.title), (reader.get_destination_page_number(item) or 0) + 1))
            else:
                walk(item, depth + 1)

    walk(reader.outline, 0)
    return out


FONTS_CONF = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{FONT_FOLDER}</dir>{{further}}
  <cachedir>CACHE</cachedir>
  {{aliases}}
</fontconfig>
"""
_TWINS = {
    "Calibri": "Carlito",
    "Georgia": "Gelasio",
    "Arial": "Liberation Sans",
    "Courier New": "Liberation Mono",
}


_NOTES_PAGES = (
    'pdf:impress_pdf_Export:{"ExportNotesPages":{"type":"boolean","value":"true"},'
    '"ExportOnlyNotesPages":{"type":"boolean","value":"true"}}'
)


SERIF = Path(
    "/usr/share/fonts/truetype/liberation"
)  # Debian's fonts-liberation: the twin of Times New Roman is not shipped


def slides_to_pdf(deck: Path, folder: Path, *, notes: bool = False, twins: dict[str, str] | None = None) -> Path:
    """The deck as LibreOffice shows it, with no fonts but the shipped ones; its notes pages instead of
    its slides when `notes` is True. `twins` are further families and what draws them: one of the shipped fonts, or
    Liberation Serif."""
    soffice = need("soffice")
    aliases = "".join(
        f'<match target="pattern"><test name="family" qual="any"><string>{office}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{twin}</string></edit></match>'
        for office, twin in (_TWINS | (twins or {})).items()
    )
    folder.mkdir(parents=True, exist_ok=True)
    conf = folder / "fonts.conf"
    further = f"<dir>{need_folder(SERIF)}</dir>" if "Liberation Serif" in (twins or {}).values() else ""
    text = FONTS_CONF.format(aliases=aliases, further=further).replace("CACHE", str(folder / "fontcache"))
    conf.write_text(text, encoding="utf-8")
    profile = (folder / "profile").as_uri()
    env = {**os.environ, "FONTCONFIG_FILE": str(conf), "HOME": str(folder)}
    options = [
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        _NOTES_PAGES if notes else "pdf",
        "--outdir",
        str(folder),
    ]
    run(soffice, *options, deck, env=env)
    return folder / f"{deck.stem}.pdf"
