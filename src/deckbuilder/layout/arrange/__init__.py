"""Arranging: a deck and a theme in, frames out.

`kinds` says, for each kind of slide, what goes into which placeholder of which layout (a
`Draft`); `compose` fits drafts into layouts, over as many slides as they need.
"""

from deckbuilder.layout.arrange.compose import arrange_deck

__all__ = ["arrange_deck"]
