"""Themes as a person meets them: commands, several in one build, and the same words in each."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner, Result

from deckbuilder import commands
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.pipeline import Order, build
from deckbuilder.theme.check import grounds
from deckbuilder.theme.color import contrast
from deckbuilder.theme.pack import read_theme, shipped_names
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.theme import Theme
from tools import SOURCES, Package, need, once, read_words, squeezed

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><path d="M0 0h200v50H0z" fill="#123456"/></svg>'
DECK = """\
title: Listening well
language: en-US
sections:
  - title: Before we start
    slides:
      - kind: cover
      - kind: points
        title: What listening is not
        points: [Waiting for your turn]
      - kind: closing
"""
BRAND = """\
meta: {name: Harbour}
logo:
  medium:
    light: {path: logo.svg, alt: "Harbour, a blue bar"}
    dark: {path: pale.svg, alt: "Harbour, a pale bar"}
color: {primary: "#003C9E", secondary: "#7A0033"}
defaults:
  deckbuilder:
    partners: [{path: partner.svg, alt: The partner}]
    imprint:
      address: 12 Example Street
      licence: Licensed under CC BY
      funder: Made possible by a grant
      disclaimer: Views are those of the authors
"""


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(commands.app, [str(w) for w in words])


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    folder = tmp_path / "listening"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    return folder


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "_brand.yml").write_text(BRAND, encoding="utf-8")
    for name in ("logo", "pale", "partner"):
        (folder / f"{name}.svg").write_text(SVG, encoding="utf-8")
    return folder


# --- What the brand adds to the outputs


def text_of(pdf: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(pdf).pages)


def test_logos_are_pictures_of_the_layouts_as_svg_and_png_with_their_alternative_text(
    deck: Path, harbour: Path, tmp_path: Path
) -> None:
    files = build(Order(deck, (str(harbour),), output=tmp_path / "out"), Diagnostics())
    package = Package(files[0])
    layouts = package.named(r"ppt/slideLayouts/slideLayout\d+\.xml")
    cover = package.parts[layouts[0]].decode()
    assert cover.count("<p:pic>") == 2
    assert 'descr="Harbour, a pale bar"' in cover
    assert "svgBlip" in cover
    targets = {target for _, target, _ in package.relationships(layouts[0]).values()}
    assert {re.sub(r".*\.", "", t) for t in targets if "media" in t} == {"png", "svg"}
    assert not any(b"Harbour, a " in package.parts[slide] for slide in package.slides)


def test_the_imprint_ends_the_deck_the_handout_and_the_guide(deck: Path, harbour: Path, tmp_path: Path) -> None:
    pptx, handout, guide = build(Order(deck, (str(harbour),), output=tmp_path / "out"), Diagnostics())
    package = Package(pptx)
    closing = "".join(package.xml(package.slides[-1]).itertext())
    for line in ("12 Example Street", "Licensed under CC BY", "Made possible by a grant", "Views are those"):
        assert line in closing
        assert line in text_of(handout)
        assert line in text_of(guide)


def test_logos_are_drawn_as_vectors_on_the_pages(deck: Path, harbour: Path, tmp_path: Path) -> None:
    _, handout, guide = build(Order(deck, (str(harbour),), output=tmp_path / "out"), Diagnostics())
    for file in (handout, guide):
        page = PdfReader(file).pages[0]
        drawn = page.get_contents().get_data().decode("latin-1")  # type: ignore[union-attr]
        assert len(re.findall(r"\.0705\d+ \.2039\d+ \.3372\d+ rg", drawn)) >= 2, file.name
        assert not page.images


def test_a_deck_without_a_closing_slide_is_told_where_the_imprint_is(deck: Path, harbour: Path, tmp_path: Path) -> None:
    (deck / "deck.yaml").write_text(DECK.replace("      - kind: closing\n", ""), encoding="utf-8")
    problems = Diagnostics()
    build(Order(deck, (str(harbour),), output=tmp_path / "out"), problems)
    assert sum("no closing slide" in d.message for d in problems) == 1


# --- Several themes


def test_a_set_for_each_theme_is_what_each_alone_gives(deck: Path, tmp_path: Path) -> None:
    names = ["spruce", "beacon"]
    together = build(Order(deck, tuple(names), output=tmp_path / "all"), Diagnostics())
    assert [f.parent.name for f in together] == ["spruce"] * 3 + ["beacon"] * 3
    for name in names:
        for file in build(Order(deck, (name,), output=tmp_path / "one"), Diagnostics()):
            assert file.read_bytes() == (tmp_path / "all" / file.relative_to(tmp_path / "one")).read_bytes()


def test_all_means_every_theme_that_comes_along(deck: Path, tmp_path: Path) -> None:
    result = call("build", deck, "--theme", "all", "--only", "deck", "--output", tmp_path / "out", "--json")
    assert result.exit_code == 0, result.output
    assert [Path(f).parent.name for f in json.loads(result.stdout)["files"]] == shipped_names()


def test_two_themes_of_one_name_are_an_error_and_nothing_is_written(deck: Path, harbour: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "harbour"
    other.mkdir(parents=True)
    (other / "_brand.yml").write_text("color: {primary: '#003C9E'}\n", encoding="utf-8")
    with pytest.raises(DeckError, match="two of the themes are called 'harbour'"):
        build(Order(deck, (str(harbour), str(other)), output=tmp_path / "out"), Diagnostics())
    assert not (tmp_path / "out").exists()


# --- Commands


def test_themes_are_listed_with_fonts_and_colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # where no packs of one's own lie
    lines = call("theme", "list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == shipped_names()
    spruce = next(line for line in lines if line.startswith("spruce"))
    assert "Georgia, Calibri" in spruce
    assert "#AD4229" in spruce


def test_packs_of_ones_own_are_listed_as_theme_takes_them(
    harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "themes" / "broken").mkdir(parents=True)
    (tmp_path / "themes" / "broken" / "_brand.yml").write_text("color: []\n", encoding="utf-8")
    (tmp_path / "slate").mkdir()
    (tmp_path / "slate" / "_brand.yml").write_text("color: {primary: '#003C9E'}\n", encoding="utf-8")
    lines = {line.split()[0]: line for line in call("theme", "list").stdout.splitlines()}
    assert list(lines) == [*shipped_names(), "harbour", "themes/broken"]
    assert "#003C9E" in lines["slate"], "a folder of that name goes before"
    assert "deckbuilder theme check themes/broken" in lines["themes/broken"]
    assert read_theme("harbour", Diagnostics()).palette.slots["accent1"] in lines["harbour"]
    assert str(harbour) in call("theme", "list", tmp_path).stdout
    assert call("theme", "list", tmp_path / "nowhere").exit_code == 2


@pytest.mark.parametrize("plain", [True, False])
def test_colours_are_swatches_on_a_terminal_and_values_where_no_colour_is_wanted(plain: bool, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **({"NO_COLOR": "1"} if plain else {})}
    if not plain:
        environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "deckbuilder", "theme", "list"]
    process = subprocess.Popen(command, stdout=theirs, cwd=tmp_path, env=environment)
    os.close(theirs)
    out = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # Linux's way of saying that the other end is closed
            break
        if not part:
            break
        out += part
    os.close(ours)
    assert process.wait() == 0
    assert (b"\x1b[48;2;173;66;41m" in out) is not plain
    assert (b"#AD4229" in out) is plain


def logo(fill: str, ground: str = "none") -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><path d="M0 0h200v50H0z" fill="{ground}"/>'
        f'<path d="M20 10h160v30H20z" fill="{fill}"/></svg>'
    )


@pytest.mark.parametrize(
    ("light", "dark", "pale"),
    [
        (logo("#123456"), logo("#FFFFFF"), []),
        (logo("#F2E8A0"), logo("#FFFFFF"), ["logo.svg"]),
        (logo("#123456"), logo("#16324A"), ["pale.svg"]),
        (logo("#FFFFFF"), logo("#FFFFFF"), ["logo.svg"]),
        (logo("#123456", "#FFFFFF"), logo("#FFFFFF"), []),
        (logo("#FFFFFF", "#123456"), logo("#FFFFFF"), []),
    ],
    ids=["fine", "pale on paper", "dark on dark", "invisible", "with its own paper", "with its own ground"],
)
def test_check_tells_of_logos_that_are_hard_to_make_out(
    harbour: Path, tmp_path: Path, light: str, dark: str, pale: list[str]
) -> None:
    for name, text in (("logo", light), ("pale", dark), ("partner", logo("#123456"))):
        (harbour / f"{name}.svg").write_text(text, encoding="utf-8")
    lines = call("theme", "check", harbour, "--output", tmp_path / "out").output.splitlines()
    told = {line.split()[3] for line in lines if "hard to make out" in line}
    assert sorted(told) == pale


def test_a_partners_pale_logo_is_told_of_with_its_ground(harbour: Path, tmp_path: Path) -> None:
    (harbour / "pale.svg").write_text(logo("#FFFFFF"), encoding="utf-8")
    (harbour / "partner.svg").write_text(logo("#DDDDDD"), encoding="utf-8")
    output = call("theme", "check", harbour, "--output", tmp_path / "out").output
    assert "The logo partner.svg is hard to make out on #FFFFFF" in output
    assert "of 1.4 to 1 at most, and 3 is needed" in output
    assert "The logo logo.svg" not in output


def test_a_theme_is_made_of_a_colour_and_a_logo(tmp_path: Path) -> None:
    (tmp_path / "mark.svg").write_text(SVG, encoding="utf-8")
    result = call("theme", "new", tmp_path / "mine", "--color", "#003C9E", "--logo", tmp_path / "mark.svg")
    assert result.exit_code == 0, result.output
    theme = read_theme(str(tmp_path / "mine"), Diagnostics())
    assert theme.palette.slots["accent1"] == "#003C9E"
    assert [logo.picture.path.name for logo in theme.logos] == ["mark.svg"]


def test_a_theme_is_made_of_a_brand_file_and_what_it_names(harbour: Path, tmp_path: Path) -> None:
    result = call("theme", "new", tmp_path / "mine", "--from", harbour / "_brand.yml")
    assert result.exit_code == 0, result.output
    assert sorted(p.name for p in (tmp_path / "mine").iterdir()) == [
        "_brand.yml",
        "logo.svg",
        "pale.svg",
        "partner.svg",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "needs a brand file, a template or a colour"),
        (["--color", "bluish"], "'bluish' is neither a colour"),
        (["--color", "#003C9E", "--logo", "none.svg"], "there is no file none.svg"),
        (["--from", "none.yml"], "there is no file none.yml"),
    ],
)
def test_a_theme_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path, words: list[str], message: str) -> None:
    result = call("theme", "new", tmp_path / "mine", *words)
    assert result.exit_code == 1
    assert message in result.stderr
    assert not (tmp_path / "mine").exists()


def test_a_theme_is_not_made_over_another(harbour: Path) -> None:
    result = call("theme", "new", harbour, "--color", "#003C9E")
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert (harbour / "_brand.yml").read_text(encoding="utf-8") == BRAND


def test_checking_says_how_a_theme_stands_and_draws_every_layout(harbour: Path, tmp_path: Path) -> None:
    result = call("theme", "check", harbour, "--output", tmp_path)
    assert result.exit_code == 0, result.output
    assert "All text is set in Calibri, measured by Carlito" in result.stdout
    assert "The logo has a variant for light and for dark grounds." in result.stdout
    assert "Every text has the contrast it needs on every layout." in result.stdout
    shown = text_of(tmp_path / "themes" / "harbour.pdf")
    for layout in read_theme(str(harbour), Diagnostics()).layouts.values():
        assert layout.name in " ".join(shown.split())


def test_checking_names_texts_that_cannot_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    text = "color: {primary: '#87CEEB'}\ndefaults: {deckbuilder: {insist: true}}\n"
    (folder / "_brand.yml").write_text(text, encoding="utf-8")
    result = call("theme", "check", folder, "--output", tmp_path)
    assert result.exit_code == 1
    assert re.search(r"Discussion, label: #87CEEB on #\w+ has a contrast of 1\.\d to 1, and needs 4\.5", result.stdout)
    assert "There is no logo" in result.stdout


# --- The same words in every pack


_CONTINUED = re.compile(r" \(\d+ of \d+\)$")
_FURNITURE = ("ftr", "sldNum", "dt")


def deck_words(path: Path) -> set[str]:
    """Every paragraph of the slides, but for what depends on where slides end."""
    package = Package(path)
    out = set()
    a, p = (
        "{http://schemas.openxmlformats.org/drawingml/2006/main}",
        "{http://schemas.openxmlformats.org/presentationml/2006/main}",
    )
    for name in package.slides:
        for shape in package.xml(name).iter(f"{p}sp", f"{p}graphicFrame"):
            kind = next((ph.get("type") for ph in shape.iter(f"{p}ph")), None)
            if kind not in _FURNITURE:
                texts = ("".join(t.text or "" for t in x.iter(f"{a}t")) for x in shape.iter(f"{a}p"))
                # A last word is held to the one before only where it fits.
                out |= {_CONTINUED.sub("", text.replace("\u00a0", " ")) for text in texts}
    return out


def words_in(texts: set[str]) -> set[str]:
    return {word.strip("()") for text in texts for word in text.split()} - {"continued"}


HEAD = 68.0  # points: above is the running title of a section


def page_text(path: Path) -> str:
    """What the pages say, in the order it is set in, without white space, and without the lines at the head and the foot.
    Where addresses break does not matter then, nor on which pages things stand."""
    pages = read_words(path, raw=True)
    words = (w for page in pages for w in page.words if w.bottom < page.height - 60 and w.bottom > HEAD)
    # The agenda names pages, and says its head again on a further one.
    return re.sub(r"\d|(?:Clock|Time)Section(?:min)?Page", "", squeezed("".join(w.text for w in words)))


def page_words(path: Path) -> set[str]:
    """Every word of the pages that is of letters only: numbers tell where things came to stand."""
    words = (
        w.text.strip(".,:;?!()“”…") for page in read_words(path) for w in page.words if w.bottom < page.height - 60
    )
    return {word for word in words if word.isalpha()}


@pytest.mark.parametrize("source", ["train-the-trainer", "harm-reduction", "safe-food"])
def test_rebranding_changes_no_word(source: str, shared: Path) -> None:
    need("pdftotext")
    deck, session = SOURCES[source]
    order = Order(deck, tuple(shipped_names()), session, Path())

    def make(folder: Path) -> None:
        from dataclasses import replace

        build(replace(order, output=folder), Diagnostics())

    folder = once(shared / f"themes-{source}", make) / source
    first, *others = shipped_names()
    for other in others:
        # Where a question has a slide of its own, it has a line above it, and slides go on at other places.
        one, two = (words_in(deck_words(folder / name / f"{source}.pptx")) for name in (other, first))
        assert one == two, other
        handout, guide = f"{source}-handout.pdf", f"{source}-guide.pdf"
        assert page_text(folder / other / handout) == page_text(folder / first / handout), other
        # The guide shows slides, of which there may be more in one theme than in another.
        for one, two in (
            (first, other),
            (other, first),
        ):  # an address may break so that a piece of it looks like a word
            text = page_text(folder / two / guide)
            heads = {"Clock", "Time", "Section", "Page"}
            assert [w for w in page_words(folder / one / guide) - heads if w not in text] == [], (one, two)


def test_texts_of_the_high_contrast_theme_have_seven_to_one() -> None:
    theme = read_theme("beacon", Diagnostics())
    low = []
    for layout in theme.layouts.values():
        for holder in layout.placeholders:
            for level in holder.style.levels if holder.type != "picture" else ():
                for ground in [holder.fill] if holder.fill else grounds(layout, holder.rect):
                    if contrast(theme.palette.rgb(level.color), theme.palette.rgb(ground)) < 7:
                        low.append(f"{layout.role}/{holder.role}")
    assert low == []


def test_the_packs_differ_in_more_than_colours() -> None:
    themes: list[Theme] = [read_theme(name, Diagnostics()) for name in shipped_names()]
    assert len(themes) == 4
    assert len({t.layouts[LayoutRole("cover")].art for t in themes}) == 4
    assert len({t.layouts[LayoutRole("points")].art for t in themes}) == 4
    assert len({(t.heading, t.body, t.styles["title"].levels) for t in themes}) == 4
