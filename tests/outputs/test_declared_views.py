"""What templates get beside the deck's own fields: declared here, so that nothing of the facilitator's comes in unasked."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest
from pydantic import ValidationError

from deckbuilder.content.catalogue import OutputName
from deckbuilder.outputs.catalogue import KNOWN
from deckbuilder.outputs.markup import views
from deckbuilder.studio.making import Wish

HANDOUT = {
    views.FrameView: {"number", "title"},
    views.SlideView: {
        "slide", "ordinal", "frames", "title", "heading", "headline", "sources", "pictures", "shown", "on_paper", "numeric",
        "principle", "asked", "repeated", "worked_on",
    },
    views.SectionView: {"section", "number", "slides", "minutes", "clock"},
}  # fmt: skip


@pytest.mark.parametrize("kind", HANDOUT, ids=lambda kind: kind.__name__)
def test_the_handouts_views_have_what_is_declared_and_no_more(kind: type) -> None:
    assert {field.name for field in fields(kind)} == HANDOUT[kind]


def test_wherever_outputs_are_named_all_of_them_are() -> None:
    assert set(get_args(OutputName)) == set(KNOWN)
    assert Wish(only=KNOWN, themes=("spruce",)).only == KNOWN
    with pytest.raises(ValidationError):
        Wish(only=("decks",))
