"""Draws the pictures that the README and the gallery of themes show, from the shipped decks as they build today.

    make gallery            or            python docs/gallery.py

LibreOffice turns the slides into pages, with the shipped fonts standing for the ones that
people's Office has (they have the same widths); Poppler turns pages into pixels.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.pipeline import Order, build
from deckbuilder.theme.fonts import FONT_FOLDER, METRIC_TWINS
from deckbuilder.theme.pack import shipped_names

HERE = Path(__file__).parent
GALLERY = HERE / "gallery"
CONTENT = HERE.parent / "content"

WIDTH = 1600  # of every sheet, in pixels
MARGIN = 20
LIMIT = 400_000  # bytes; a README should open quickly
GROUND, EDGE = (255, 255, 255), (208, 208, 204)

NEEDED = {
    "soffice": "LibreOffice Impress (package libreoffice-impress)",
    "pdftoppm": "Poppler (package poppler-utils)",
}


@dataclass(frozen=True)
class Sheet:
    """Pages of one file side by side. `file` is slides, handout or guide; of `showing`, each is
    the first page that holds these words. Of `pages`, the first is one of the handout's, the second one of the guide's."""

    name: str
    deck: str
    file: str
    showing: tuple[str, ...]
    columns: int = 3
    theme: str = "spruce"


SHEETS = (
    Sheet(
        "slides",
        "harm-reduction",
        "slides",
        (
            "Meeting People Where They Are",
            "How we take care of each other",
            "John Szyler",
            "Two definitions side by side",
            "A street corner in Tacoma",
            "Leaders collided with moral judgments",
            "Mapping our own system",
            "calls for services and resources",
            "HAMS: Harm reduction, Abstinence",
        ),
    ),
    Sheet(
        "handout",
        "harm-reduction",
        "handout",
        ("Participant handout", "Many roads, one horizon", "988 Suicide & Crisis Lifeline"),
    ),
    Sheet("guide", "harm-reduction", "guide", ("At a glance", "Run of show Clock", "Which of these roads looks most")),
    Sheet(
        "second-deck",
        "safe-food",
        "slides",
        ("Safe Food at Community Events", "Temperatures to know", "The pie that nobody signed"),
    ),
    Sheet(
        "third-deck",
        "train-the-trainer",
        "slides",
        ("Recalling beats rereading", "The room teaches too", "Three minutes of your own"),
    ),
)


# The same six slides and two pages in every theme.
THEME_SLIDES = (
    "Running a Workshop People Remember",
    "What is lost, how fast, and what keeps it",
    "Where in your own workshop",
    "Not news",
    "Half is gone before lunch",
    "A rule to keep",
)
THEME_PAGES = ("Participant handout", "I will not tell you who is right")
SHEETS += tuple(
    sheet
    for theme in shipped_names()
    for sheet in (
        Sheet(f"theme-{theme}-slides", "train-the-trainer", "slides", THEME_SLIDES, 3, theme),
        Sheet(f"theme-{theme}-pages", "train-the-trainer", "pages", THEME_PAGES, 2, theme),
    )
)


def main() -> None:
    """Makes every sheet, or says which program is missing."""
    programs = {name: shutil.which(name) for name in NEEDED}
    if missing := [NEEDED[name] for name, path in programs.items() if path is None]:
        sys.exit(f"make gallery needs {' and '.join(missing)}; nothing was drawn")
    GALLERY.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        documents: dict[tuple[str, str], dict[str, Path]] = {}
        for deck, theme in dict.fromkeys((sheet.deck, sheet.theme) for sheet in SHEETS):
            documents[deck, theme] = pdfs(deck, theme, folder / deck / theme)
        for sheet in SHEETS:
            made = documents[sheet.deck, sheet.theme]
            files = ["handout", "guide"] if sheet.file == "pages" else [sheet.file] * len(sheet.showing)
            pages = [
                drawn(pdf, page_with(words, texts_of(pdf), pdf), sheet.columns)
                for words, pdf in zip(sheet.showing, (made[file] for file in files), strict=True)
            ]
            print(save(arranged(pages, sheet.columns), GALLERY / f"{sheet.name}.png").relative_to(HERE.parent))
        for file in studio(folder / "studio"):
            print(file.relative_to(HERE.parent))


def pdfs(deck: str, theme: str, folder: Path) -> dict[str, Path]:
    """The deck's slides, handout and guide as PDF files."""
    session = CONTENT / deck / "session.yaml"
    problems = Diagnostics()
    order = Order(CONTENT / deck, (theme,), session=session if session.exists() else None, output=folder)
    try:
        pptx, handout, guide = build(order, problems)
    except DeckError as error:
        sys.exit(f"{deck} does not build:\n{error}")
    return {"slides": slides_to_pdf(pptx, folder), "handout": handout, "guide": guide}


def slides_to_pdf(pptx: Path, folder: Path) -> Path:
    """The deck as LibreOffice shows it with no fonts but the shipped ones."""
    twins = "".join(
        f'<match target="pattern"><test name="family" qual="any"><string>{office}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{twin}</string></edit></match>'
        for office, twin in METRIC_TWINS.items()
    )
    folder.mkdir(parents=True, exist_ok=True)
    conf = folder / "fonts.conf"
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{FONT_FOLDER}</dir><cachedir>{folder / 'fonts'}</cachedir>{twins}</fontconfig>",
        encoding="utf-8",
    )
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    run([*command, "--outdir", str(folder), str(pptx)], {"FONTCONFIG_FILE": str(conf), "HOME": str(folder)})
    return folder / f"{pptx.stem}.pdf"


def texts_of(pdf: Path) -> list[str]:
    """The text of each page, its white space evened."""
    pages = run(["pdftotext", "-enc", "UTF-8", str(pdf), "-"]).split("\f")
    return [" ".join(page.split()) for page in pages]


def page_with(words: str, texts: list[str], pdf: Path) -> int:
    """The first page that holds the words, counted from 1."""
    for number, text in enumerate(texts, 1):
        if words in text:
            return number
    sys.exit(f"no page of {pdf.name} says '{words}'; choose other words in {Path(__file__).name}")


def drawn(pdf: Path, page: int, columns: int) -> Image.Image:
    """A page as a picture, as wide as a column of the sheet, in a light frame."""
    width = (WIDTH - MARGIN * (columns + 1)) // columns
    target = pdf.with_name(f"{pdf.stem}-{page}")
    # Drawn at three times the size and brought down: smoother than drawing it small.
    size = ["-scale-to-x", str(width * 3), "-scale-to-y", "-1"]
    run(["pdftoppm", "-png", "-singlefile", "-f", str(page), "-l", str(page), *size, str(pdf), str(target)])
    with Image.open(target.with_name(f"{target.name}.png")) as picture:
        small = picture.convert("RGB").resize((width, round(picture.height / 3)), Image.Resampling.LANCZOS)
    framed = Image.new("RGB", small.size, EDGE)
    framed.paste(small.crop((1, 1, small.width - 1, small.height - 1)), (1, 1))
    return framed


def arranged(pages: list[Image.Image], columns: int) -> Image.Image:
    """Pages in rows of so many, with a margin around each."""
    width, height = pages[0].size
    rows = -(-len(pages) // columns)
    sheet = Image.new("RGB", (WIDTH, MARGIN + rows * (height + MARGIN)), GROUND)
    for number, page in enumerate(pages):
        row, column = divmod(number, columns)
        sheet.paste(page, (MARGIN + column * (width + MARGIN), MARGIN + row * (height + MARGIN)))
    return sheet


def studio(folder: Path) -> list[Path]:
    """The studio as Chromium shows it: light with a form, dark with the guide; none where Playwright or Chromium is missing."""
    chromium = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        print(
            "The studio is not drawn: Chromium and Playwright (pip install playwright) are not there.", file=sys.stderr
        )
        return []
    deck = folder / "harm-reduction"
    shutil.copytree(CONTENT / "harm-reduction", deck)
    command = [sys.executable, "-m", "deckbuilder", "studio", str(deck), "--no-browser"]
    more = {**os.environ, "DECKBUILDER_STATE": str(folder), "PYTHONUNBUFFERED": "1"}
    served = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=more)
    try:
        assert served.stdout is not None
        address = served.stdout.readline().split()[-1]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            out = []
            for name, look in (("studio", "light"), ("studio-guide", "dark")):
                page = browser.new_page(viewport={"width": WIDTH, "height": 1000}, color_scheme=look)
                page.goto(address)
                page.wait_for_selector("#state.good", timeout=120_000)
                page.click(".thumb[data-slide=agreements]")
                if look == "dark":
                    page.click("#tab-guide")
                page.wait_for_timeout(3000)
                page.screenshot(path=folder / f"{name}.png")
                out.append(save(Image.open(folder / f"{name}.png").convert("RGB"), GALLERY / f"{name}.png"))
            browser.close()
            return out
    finally:
        served.terminate()
        served.wait(20)


def save(sheet: Image.Image, path: Path) -> Path:
    """The sheet as a PNG of few colours, of as few as it takes to stay below the limit."""
    for colors in (256, 128, 64, 32):
        reduced = sheet.quantize(colors, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        reduced.save(path, optimize=True)
        if path.stat().st_size < LIMIT:
            return path
    sys.exit(f"{path.name} stays larger than {LIMIT // 1000} kB")


def run(command: list[str], more: dict[str, str] | None = None) -> str:
    """What a program prints; ends with what it said when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **(more or {})})
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
