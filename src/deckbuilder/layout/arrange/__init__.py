"""Arranging: a deck and a theme in, frames out.

`kinds` knows, for each kind of slide, the function that says what goes into which placeholder of
which layout (a `Draft`); `compose` fits drafts into layouts, over as many slides as they need, and
`numbering` makes frames of these.
"""

from deckbuilder.layout.arrange.compose import arrange_deck

__all__ = ["arrange_deck"]
