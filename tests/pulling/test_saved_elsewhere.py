"""A deck that LibreOffice, Google Slides or PowerPoint saved is not a deck that somebody edited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pptx
import pytest
from saving import as_google, as_powerpoint, rewritten

from deckbuilder.diagnostics import DeckError
from deckbuilder.pulling.found import Pulled
from deckbuilder.pulling.pull import pull
from tools import SOURCES, Built, need, run


def pulled(edited: Path, name: str) -> Pulled:
    deck, session = SOURCES[name]
    return pull(edited, deck, session=session)


def untouched(found: Pulled) -> None:
    assert (found.changes, found.left, found.conflicts) == ([], [], [])
    assert found.after == found.before


@pytest.mark.parametrize("saved", [as_powerpoint, as_google], ids=["PowerPoint", "Google"])
def test_a_save_is_no_edit(
    saved: Callable[[str, str], str | None], built: Callable[[str], Built], tmp_path: Path
) -> None:
    untouched(pulled(rewritten(built("every-kind").deck, tmp_path / "saved.pptx", saved), "every-kind"))


def test_a_save_by_libreoffice_is_no_edit_and_edits_in_it_are_found(
    built: Callable[[str], Built], tmp_path: Path
) -> None:
    program = need("soffice")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    form = "pptx:Impress MS PowerPoint 2007 XML"
    run(program, "--headless", profile, "--convert-to", form, "--outdir", tmp_path / "saved", built("every-kind").deck)
    saved = tmp_path / "saved" / "every-kind.pptx"
    untouched(pulled(saved, "every-kind"))
    deck = pptx.Presentation(str(saved))
    runs = [
        r for s in deck.slides for x in s.shapes if x.has_text_frame for p in x.text_frame.paragraphs for r in p.runs
    ]
    title = next(one for one in runs if one.text == "Line mk-line-title")
    title.text = "Line mk-line-title of years"
    deck.save(str(saved))
    found = pulled(saved, "every-kind")
    assert (len(found.changes), found.left, found.conflicts) == (1, [], [])
    assert found.after == found.before.replace("title: Line mk-line-title", "title: Line mk-line-title of years")


def test_another_deck_is_refused(built: Callable[[str], Built], tmp_path: Path) -> None:
    other = rewritten(built("every-kind").deck, tmp_path / "other.pptx", as_google)
    with pytest.raises(DeckError, match="says something else than the deck"):
        pulled(other, "safe-food")
