"""A deck that LibreOffice, Google Slides or PowerPoint saved is not a deck that somebody edited."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from PIL import Image
from saving import as_google, rewritten, saved_by_powerpoint

from deckbuilder.diagnostics import DeckError
from deckbuilder.pulling.found import Pulled
from deckbuilder.pulling.pull import pull
from tools import GENERATED, SOURCES, Built, deck_source, need, run

_DRAWN = io.BytesIO()
Image.new("RGB", (320, 180), "orange").save(_DRAWN, "PNG")
PICTURE = _DRAWN.getvalue()
NAMES = [
    "every-kind",
    *(pytest.param(name, marks=pytest.mark.slow) for name in (*SOURCES, *GENERATED) if name != "every-kind"),
]


def saved_by_google(source: Path, target: Path) -> Path:
    """A copy as Google Slides gives it: charts are pictures there."""
    drawn = pptx.Presentation(str(rewritten(source, target, as_google)))
    for slide in drawn.slides:
        for chart in [shape for shape in slide.shapes if shape.has_chart]:
            place = (chart.left, chart.top, chart.width, chart.height)
            new = slide.shapes.add_picture(io.BytesIO(PICTURE), *place)
            new._element._nvXxPr.cNvPr.set("descr", chart._element._nvXxPr.cNvPr.get("descr", ""))
            chart._element.getparent().replace(chart._element, new._element)
    drawn.save(str(target))
    return target


def saved_by_libreoffice(source: Path, target: Path) -> Path:
    """What LibreOffice makes of it."""
    folder = target.parent / "libreoffice"
    form = "pptx:Impress MS PowerPoint 2007 XML"
    profile = f"-env:UserInstallation=file://{target.parent}/profile"
    run(need("soffice"), "--headless", profile, "--convert-to", form, "--outdir", folder, source)
    return folder / source.name


def pulled(edited: Path, name: str) -> Pulled:
    deck, session = deck_source(name)
    return pull(edited, deck, session=session)


def untouched(found: Pulled) -> None:
    assert (found.changes, found.left, found.conflicts) == ([], [], [])
    assert found.after == found.before
    assert not found.something


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "save", [saved_by_powerpoint, saved_by_google, saved_by_libreoffice], ids=["PowerPoint", "Google", "LibreOffice"]
)
def test_a_save_is_no_edit(
    save: Callable[[Path, Path], Path], name: str, built: Callable[[str], Built], tmp_path: Path
) -> None:
    untouched(pulled(save(built(name).deck, tmp_path / "saved.pptx"), name))


@pytest.mark.parametrize("name", NAMES)
def test_what_was_just_built_has_no_edits(name: str, built: Callable[[str], Built]) -> None:
    untouched(pulled(built(name).deck, name))


@pytest.mark.parametrize(
    "save", [saved_by_powerpoint, saved_by_google, saved_by_libreoffice], ids=["PowerPoint", "Google", "LibreOffice"]
)
def test_an_edit_in_a_saved_file_is_the_only_one(
    save: Callable[[Path, Path], Path], built: Callable[[str], Built], tmp_path: Path
) -> None:
    saved = save(built("every-kind").deck, tmp_path / "saved.pptx")
    deck = pptx.Presentation(str(saved))
    titles = [slide.shapes.title for slide in deck.slides if slide.shapes.title is not None]
    runs = [run for title in titles for p in title.text_frame.paragraphs for run in p.runs]
    title = next(one for one in runs if one.text.endswith("mk-line-title"))
    title.text += " of years"
    deck.save(str(saved))
    found = pulled(saved, "every-kind")
    assert (len(found.changes), found.left, found.conflicts) == (1, [], [])
    assert found.after == found.before.replace("title: Line mk-line-title", "title: Line mk-line-title of years")


def test_another_deck_is_refused(built: Callable[[str], Built], tmp_path: Path) -> None:
    other = rewritten(built("every-kind").deck, tmp_path / "other.pptx", as_google)
    with pytest.raises(DeckError, match="says something else than the deck"):
        pulled(other, "safe-food")
