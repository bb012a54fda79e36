"""A deck's texts out to translators, and back: catalogs, what they are told of each text, XLIFF, and how a translation stands."""

from deckbuilder.translating.catalogs import Updated, update_catalog
from deckbuilder.translating.status import Standing, standing

__all__ = ["Standing", "Updated", "standing", "update_catalog"]
