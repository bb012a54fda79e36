"""The documentation says what is so: its reference is the models', its examples build, its links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import textwrap
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from deckbuilder.batch.jobs import jobs_of
from deckbuilder.content.printing import Printing
from deckbuilder.diagnostics import DeckError, Diagnostics
from deckbuilder.outputs.images import Images
from deckbuilder.outputs.markup import documents, elements
from deckbuilder.outputs.markup.filters import FILTERS
from deckbuilder.outputs.pages.style import handout_style
from deckbuilder.outputs.pages.writer import with_guide, write_guide, write_handout
from deckbuilder.outputs.source import Source
from deckbuilder.pipeline import Order, build
from deckbuilder.reading.catalogue import read_catalogue
from tools import arrange, default_theme, squeezed

REPOSITORY = Path(__file__).parent.parent
DOCS = REPOSITORY / "docs"
PAGES = [*(REPOSITORY / f"{name}.md" for name in ("README", "CHANGELOG", "CONTRIBUTING")), *sorted(DOCS.glob("*.md"))]
KINDS = ("deck", "keys", "slide", "session", "theme", "list", "library", "takes", "catalogue", "wrong")

_FENCE = re.compile(r"^( *)```(.*)\n((?:.*\n)*?)\1```$", re.MULTILINE)
_CSV = "Year,Beans,Courgettes\n2022,31,40\n2023,28,55\n2024,,61\n"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" height="3"/></svg>'


@dataclass(frozen=True)
class Fence:
    """A fenced block: what its info string says, its text, and the block after it (None at the end)."""

    page: Path
    line: int
    info: str
    text: str
    following: Fence | None = None

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}:{self.info}"


def fences(page: Path) -> list[Fence]:
    text = page.read_text(encoding="utf-8")
    out: list[Fence] = []
    following: Fence | None = None
    for match in reversed(list(_FENCE.finditer(text))):
        line = text.count("\n", 0, match.start()) + 1
        following = Fence(page, line, match[2].strip(), textwrap.dedent(match[3]), following)
        out.append(following)
    return out[::-1]


EXAMPLES = [fence for page in PAGES for fence in fences(page) if fence.info.split(" ")[0] in ("yaml", "yml")]


def script(name: str) -> ModuleType:
    """One of the scripts in docs/, which are no modules of a package."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def strings(value: Any, key: str) -> list[str]:
    """Every string, or item of a list of strings, under the key, however deep."""
    out: list[str] = []
    if isinstance(value, dict):
        for name, inner in value.items():
            own = inner if isinstance(inner, list) else [inner]
            out += [s for s in own if isinstance(s, str)] if name == key else strings(inner, key)
    elif isinstance(value, list):
        for inner in value:
            out += strings(inner, key)
    return out


def deck_around(fence: Fence) -> dict[str, Any]:
    """A deck in which the example can stand: with sections, references and objectives where it needs them."""
    data = yaml.safe_load(fence.text)
    kind = fence.info.split(" ")[1]
    filler = {"title": "Opening", "slides": [{"kind": "statement", "title": "One", "statement": "Two."}]}
    deck: dict[str, Any] = {
        "title": "A deck",
        "language": "en-US",
        "objectives": ["Grow one thing"],
        "sections": [filler],
    }
    if kind in ("deck", "wrong", "takes"):
        return dict(data)
    if kind == "library":
        deck["library"] = "library"
        slides = [{"take": one["id"]} for one in data.get("slides", ())]
        deck["sections"] = [{"title": "A section", "slides": slides or filler["slides"]}]
    if kind == "keys":
        deck |= data
    elif kind == "slide":
        deck["sections"] = [{"title": "A section", "slides": data if isinstance(data, list) else [data]}]
        deck["references"] = [{"id": name, "text": "A book"} for name in dict.fromkeys(strings(data, "sources"))]
    elif kind == "session":
        named = dict.fromkeys(title for key in ("after", "begins", "of") for title in strings(data, key))
        deck["sections"] += [{**filler, "title": title} for title in named if title != "Opening"]
    return deck


def build_example(fence: Fence, folder: Path) -> Diagnostics:
    """Builds the example's deck; raises DeckError with what is wrong with it."""
    deck = deck_around(fence)
    kind = fence.info.split(" ")[1]
    shared = fence if kind == "library" else next((f for f in EXAMPLES if f.info == "yaml library"), fence)
    if kind in ("library", "takes"):  # what a deck takes is in the library that the page has shown
        (folder / "library").mkdir()
        (folder / "library/library.yaml").write_text(shared.text, encoding="utf-8")
        (folder / "organisation.yaml").write_text("library: library\n", encoding="utf-8")
    own = [(folder, name) for name in strings(deck, "file")]
    own += [
        (folder / "library", name)
        for name in strings(yaml.safe_load(shared.text), "file")
        if shared.info == "yaml library"
    ]
    for home, name in own:
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_CSV if file.suffix == ".csv" else _SVG, encoding="utf-8")
    if kind == "list":
        (folder / "words.yaml").write_text(fence.text, encoding="utf-8")
        deck["vocabulary"] = "words"
    whole = kind in ("deck", "wrong", "takes")
    text = fence.text if whole else yaml.safe_dump(deck, sort_keys=False, allow_unicode=True)
    (folder / "deck.yaml").write_text(text, encoding="utf-8")
    session, theme = None, "spruce"
    if kind == "session":
        session = folder / "session.yaml"
        session.write_text(fence.text, encoding="utf-8")
    if kind == "theme":
        (folder / "example").mkdir()
        (folder / "example/_brand.yml").write_text(fence.text, encoding="utf-8")
        theme = str(folder / "example")
    problems = Diagnostics()
    build(Order(folder / "deck.yaml", (theme,), session, folder / "output", ("deck",)), problems)
    return problems


def test_page_of_diagnostics_is_what_the_rules_say() -> None:
    assert (DOCS / "checks.md").read_text("utf-8") == script("rules").page(), "run `make schema`"


def test_reference_of_fields_is_what_the_models_say() -> None:
    page = DOCS / "writing-a-deck.md"
    text = page.read_text(encoding="utf-8")
    assert script("fields").spliced(text) == text, "run `make schema`"


def test_reference_has_every_kind_and_every_piece() -> None:
    module = script("fields")
    assert list(module.KINDS) == list(module.slide_models())


def test_every_yaml_example_says_what_it_is() -> None:
    unsaid = [str(fence) for fence in EXAMPLES if fence.info not in {f"yaml {kind}" for kind in KINDS}]
    assert not unsaid, f"write one of {KINDS} after ```yaml"


@pytest.mark.parametrize("fence", [f for f in EXAMPLES if not f.info.endswith(("wrong", "catalogue"))], ids=str)
def test_example_builds_without_errors(fence: Fence, tmp_path: Path) -> None:
    build_example(fence, tmp_path)


@pytest.mark.parametrize("fence", [f for f in EXAMPLES if f.info.endswith("catalogue")], ids=str)
def test_example_of_a_catalogue_names_sets(fence: Fence, tmp_path: Path) -> None:
    (tmp_path / "catalogue.yaml").write_text(fence.text, encoding="utf-8")
    catalogue = read_catalogue(tmp_path / "catalogue.yaml")
    for name in ("fire-safety", "first-aid"):
        (tmp_path / "trainings" / name / "locales").mkdir(parents=True)
        (tmp_path / "trainings" / name / "deck.yaml").write_text("title: A\n", encoding="utf-8")
        (tmp_path / "trainings" / name / "locales/es.po").touch()
    # Two decks, themes, languages and papers; one set more for each include, two fewer for the exclude.
    assert len(jobs_of(catalogue, tmp_path)) == 2**4 + 1 - 2


@pytest.mark.parametrize("fence", [f for f in EXAMPLES if f.info.endswith("wrong")], ids=str)
def test_wrong_example_gives_the_messages_that_follow_it(
    fence: Fence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DeckError) as caught:
        build_example(fence, tmp_path)
    shown = fence.following
    assert shown is not None
    said = str(caught.value)
    messages = [line for line in shown.text.splitlines() if not line.startswith(("$ ", "Reading", "Nothing was"))]
    folder = messages[0].partition("deck.yaml")[0]  # the page builds a folder, the test the file itself
    assert "\n".join(messages).replace(folder, "") == said


def test_files_for_kubernetes_are_yaml_and_amounts_for_its_operator_text() -> None:
    """Dask's operator takes no numbers for what a pod may have, though Kubernetes does."""
    text = (DOCS / "at-scale.md").read_text("utf-8")
    found = [
        one for block in re.findall(r"^apiVersion:.*?(?=^```)", text, re.M | re.S) for one in yaml.safe_load_all(block)
    ]
    assert [one["kind"] for one in found] == ["DaskCluster", "DaskAutoscaler", "Job", "Job"]
    worker = found[0]["spec"]["worker"]["spec"]["containers"][0]
    assert all(isinstance(amount, str) for some in worker["resources"].values() for amount in some.values())
    assert all(isinstance(word, str) for word in worker["args"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:", target):
            continue
        file, _, anchor = target.partition("#")
        found = (page.parent / file) if file else page
        assert found.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings], target


MARKUP = [fence for fence in fences(DOCS / "markup.md") if fence.info == "xml markup"]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """A small deck, arranged, for examples of markup to refer to."""
    folder = tmp_path_factory.mktemp("markup")
    (folder / "pictures").mkdir()
    (folder / "pictures/garden.svg").write_text(_SVG, encoding="utf-8")
    picture = {"file": "pictures/garden.svg", "alt": "A bed with beans"}
    slide = {"kind": "picture", "title": "In July", "picture": picture, "minutes": 1}
    chart = {"kind": "chart", "title": "Beans", "chart": "bar", "minutes": 1, "categories": ["May", "June"]}
    chart["series"] = [{"name": "Pounds", "values": [1, 3]}]
    deck = {"title": "A deck", "sections": [{"title": "A section", "slides": [slide, chart]}]}
    (folder / "deck.yaml").write_text(yaml.safe_dump(deck), encoding="utf-8")
    made = arrange(folder / "deck.yaml")
    reading = made.reading
    return Source(
        reading.name,
        reading.deck,
        None,
        made.schedule,
        made.frames,
        made.frames,
        reading.pictures,
        made.theme,
        made.labels,
        Images(),
        Printing("letter"),
        None,
        (folder / "templates",),
    )


@pytest.mark.parametrize("fence", MARKUP, ids=str)
def test_example_of_markup_is_set(fence: Fence, source: Source, tmp_path: Path) -> None:
    (folder,) = source.templates
    folder.mkdir(exist_ok=True)
    for name in ("handout", "guide"):
        (folder / f"{name}.xml").write_text(f"<document>\n{fence.text}</document>", encoding="utf-8")
    problems = Diagnostics()
    source = with_guide(source, problems)
    problems.raise_if_errors()
    source = replace(source, pages=write_handout(tmp_path / "handout.pdf", source))
    write_guide(tmp_path / "guide.pdf", source)
    for name in ("handout", "guide"):
        said = squeezed("".join(page.extract_text() for page in PdfReader(tmp_path / f"{name}.pdf").pages))
        words = "".join("BLANK" if "<gap>" in part else re.sub("<[^>]+>", " ", part) for part in _gapped(fence.text))
        for word in words.replace("BLANK", " ").split():
            assert squeezed(word) in said or word.upper() in said, f"{name}: {word}"
        assert ("air" in said) == ("air" in squeezed(fence.text) and name == "guide")


def _gapped(text: str) -> list[str]:
    return re.split(r"(<gap>.*?</gap>)", text)


def test_every_element_and_attribute_of_the_markup_is_explained_and_shown() -> None:
    text = (DOCS / "markup.md").read_text(encoding="utf-8")
    examples = "".join(fence.text for fence in MARKUP)
    for name, element in elements.elements():
        assert f"`<{name}>`" in text, name
        assert f"<{name}" in examples, f"no example of <{name}>"
        for attribute, values in element.attributes.items():
            assert f"`{attribute}`" in text or f"`{attribute}=" in text, f"{attribute} of <{name}>"
            for value in values if isinstance(values, tuple) else ():
                assert value in text, f"{attribute} of <{name}> can be {value}"


def test_every_style_and_filter_is_explained() -> None:
    text = (DOCS / "markup.md").read_text(encoding="utf-8")
    assert sorted(handout_style(default_theme(), Printing("a4")).styles) == sorted(elements.STYLES)
    for name in (*elements.STYLES, *FILTERS):
        assert f"`{name}`" in text, name


def test_every_name_that_templates_know_is_explained(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[str, set[str]] = {}
    kept: dict[str, set[str]] = {}

    def spy(name: str, folders: Any, labels: Any, problems: Any, slides: int, **context: Any) -> str:
        known[name], kept[name] = {"label", *context} - {"kept"}, set(context.get("kept", ()))
        return "<document/>"

    monkeypatch.setattr(documents, "render", spy)
    with_guide(source, Diagnostics())
    rows = re.findall(r"^\| `(\w+)` \| (both|handout|guide) \|", (DOCS / "markup.md").read_text("utf-8"), re.MULTILINE)
    for name in ("handout", "guide"):
        assert {word for word, where in rows if where in ("both", name)} == known[f"{name}.xml"]
    assert kept["handout.xml"] == known["guide.xml"] - known["handout.xml"]
