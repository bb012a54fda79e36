"""What an author wrote, and no document would show."""

from __future__ import annotations

from deckbuilder.content.deck import Deck
from deckbuilder.content.kinds import AnySlide, pictures_of
from deckbuilder.diagnostics import Diagnostics
from deckbuilder.source import position_of


def check_showing(deck: Deck, problems: Diagnostics) -> None:
    """Reports what is shown nowhere: texts, questions and pictures, slide by slide."""
    for _, slide in deck.slides():
        _check_shown(slide, problems)


def _check_shown(slide: AnySlide, problems: Diagnostics) -> None:
    if "handout" not in slide.show and slide.handout:
        problems.error(
            "shown-nowhere",
            "the 'handout' text of this slide is shown nowhere",
            slide.handout.at,
            "add handout to the slide's 'show'",
        )
    if not {"deck", "guide"} & set(slide.show):
        hint = "add guide to the slide's 'show'"
        if slide.cues:
            problems.error("shown-nowhere", "the cues of this slide are shown nowhere", slide.cues[0].at, hint)
        if slide.lead:
            at = position_of(slide.lead[0]) or slide.at
            problems.error("shown-nowhere", "who leads this slide is shown nowhere", at, hint)
        for name, text in (("virtual", slide.virtual), ("notes", slide.notes)):
            if text:
                problems.error("shown-nowhere", f"the '{name}' text of this slide is shown nowhere", text.at, hint)
    for noun, items in (("question", slide.questions), ("picture", pictures_of(slide))):
        for item in items:
            if not set(item.show) & set(slide.show):
                problems.error(
                    "shown-nowhere",
                    f"this {noun} is shown nowhere: its slide is in {' and '.join(slide.show)} only",
                    item.at,
                    "let the two 'show' have a document in common",
                )
    for place in ("deck", "handout"):
        # Without a picture there is nothing of these slides to see.
        lacking = slide.kind in ("picture", "grid") and not any(place in p.show for p in pictures_of(slide))
        if lacking and place in slide.show:
            what = "the picture of this slide is not" if slide.kind == "picture" else "none of this slide's pictures is"
            problems.error(
                "shown-nowhere",
                f"{what} shown in the {place}",
                slide.at,
                f"give the slide itself a 'show' without {place}",
            )
    if "deck" not in slide.show:
        if slide.kind == "chart":
            problems.error(
                "chart-without-slide",
                "a chart is drawn as on its slide; this one has none",
                slide.at,
                "add deck to its 'show'",
            )
        return
    if slide.kind == "discussion" and not any("deck" in question.show for question in slide.questions):
        problems.error(
            "shown-nowhere",
            "none of this slide's questions is shown in the deck",
            slide.at,
            "give the slide itself a 'show' without deck",
        )
