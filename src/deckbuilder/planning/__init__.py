"""A deck made to fit a length: what stays, what is left out, and why.

`pieces` are what can be left out; `choosing` decides which of them are; `shortened` is the deck without them.
"""

from deckbuilder.planning.choosing import Plan, make_plan
from deckbuilder.planning.shortened import shortened

__all__ = ["Plan", "make_plan", "shortened"]
