"""What can be done to a deck or a session, as data that travel as JSON.

A path leads from the slide (where `slide` names one), else from the top of the file, through keys and the places of items
(from 0): `["questions", 0, "ask"]`. A word that stands for a mapping (`- Why?`) is one: it has the key that it stands for.
Sections are the file's: renaming one sets `["sections", 2, "title"]`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

Path = tuple[int | str, ...]
Index = Annotated[int, Field(ge=0)]


class _Edit(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Set(_Edit):
    """A value at a path, in place of what is there. A list or a mapping is compared with what is there, and only what is
    different is written. Nothing (null) takes a key away."""

    do: Literal["set"] = "set"
    slide: str | None = None
    path: Annotated[Path, Field(strict=False)]
    value: JsonValue


class Remove(_Edit):
    """The key or item at a path taken away. A key goes with the last item of its list."""

    do: Literal["remove"] = "remove"
    slide: str | None = None
    path: Annotated[Path, Field(strict=False, min_length=1)]


class Insert(_Edit):
    """A further item in the list at a path, before the one at `index`; at its end without one. The list is made where there
    is none."""

    do: Literal["insert"] = "insert"
    slide: str | None = None
    path: Annotated[Path, Field(strict=False, min_length=1)]
    index: Index | None = None
    value: JsonValue


class Move(_Edit):
    """An item elsewhere, in its list or another of the same slide: `to` is where it stands afterwards. Indenting a point
    moves it to the end of the points of the one above, `["points", 0, "points", 2]`."""

    do: Literal["move"] = "move"
    slide: str | None = None
    path: Annotated[Path, Field(strict=False, min_length=2)]
    to: Annotated[Path, Field(strict=False, min_length=2)]


class AddSlide(_Edit):
    """A slide of a kind in a section, before the one at `index`, at the end without one: the least that such a slide needs,
    and over that `values`."""

    do: Literal["add-slide"] = "add-slide"
    section: Index
    index: Index | None = None
    kind: str
    values: dict[str, JsonValue] = {}


class DuplicateSlide(_Edit):
    """A copy of a slide right behind it, without its `id`."""

    do: Literal["duplicate-slide"] = "duplicate-slide"
    slide: str


class MoveSlide(_Edit):
    """A slide elsewhere: `index` is its place in the section afterwards, at the end without one."""

    do: Literal["move-slide"] = "move-slide"
    slide: str
    section: Index
    index: Index | None = None


class DeleteSlide(_Edit):
    do: Literal["delete-slide"] = "delete-slide"
    slide: str


class HideSlide(_Edit):
    """A slide passed over when projected, or no longer."""

    do: Literal["hide-slide"] = "hide-slide"
    slide: str
    hidden: bool = True


class AddSection(_Edit):
    """A section with a divider in it, before the one at `index`, at the end without one."""

    do: Literal["add-section"] = "add-section"
    index: Index | None = None
    title: str


class MoveSection(_Edit):
    """A section elsewhere: `index` is its place afterwards."""

    do: Literal["move-section"] = "move-section"
    section: Index
    index: Index


class DeleteSection(_Edit):
    """A section with all its slides taken away."""

    do: Literal["delete-section"] = "delete-section"
    section: Index


class Several(_Edit):
    """Edits done one after the other, all of them or none, and undone together."""

    do: Literal["several"] = "several"
    edits: Annotated[tuple[Edit, ...], Field(strict=False, min_length=1)]


Edit = Annotated[
    Set
    | Remove
    | Insert
    | Move
    | AddSlide
    | DuplicateSlide
    | MoveSlide
    | DeleteSlide
    | HideSlide
    | AddSection
    | MoveSection
    | DeleteSection
    | Several,
    Field(discriminator="do"),
]
Several.model_rebuild()
_EDIT: TypeAdapter[Any] = TypeAdapter(Edit)


def read_edit(data: Any) -> Edit:
    """An edit from data as JSON has them. Raises pydantic's ValidationError for what is none."""
    made: Edit = _EDIT.validate_python(data)
    return made
