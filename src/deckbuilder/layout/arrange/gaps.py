"""Guided notes on slides: the words of gaps, where a slide shows them."""

from __future__ import annotations

from dataclasses import replace

from deckbuilder.content.text import Text, without_gaps
from deckbuilder.layout.arrange.draft import Draft, Words


def worded(draft: Draft) -> Draft:
    """The draft with the words of its gaps shown. What keeps its gaps is measured, and
    shown, as underscores."""
    table = draft.table
    if table is not None:
        header = tuple(_text(cell) for cell in table.header)
        rows = tuple(tuple(_text(cell) for cell in row) for row in table.rows)
        table = table.model_copy(update={"header": header, "rows": rows})
    return replace(
        draft,
        title=_text(draft.title),
        kicker=_text(draft.kicker) if draft.kicker else None,
        texts={role: _words(words) for role, words in draft.texts.items()},
        table=table,
        alternatives=tuple(tuple(worded(other) for other in others) for others in draft.alternatives),
    )


def _words(words: Words) -> Words:
    if not any(run.gap for paragraph in words for run in paragraph.runs):
        return words  # the same, by which it is known to have been measured
    return tuple(replace(paragraph, runs=without_gaps(paragraph.runs)) for paragraph in words)


def _text(text: Text) -> Text:
    words = _words(text.paragraphs)
    return text if words is text.paragraphs else Text(words, text.at)
