"""What people are asked for a slide of each kind, for the deck and for a session: the models' fields as a form has them.

Nothing is said here that the models do not say: a new field of a model is in its form at once. Names and help in other
languages than English are in `words/`; what is missing there is English.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from dataclasses import asdict
from dataclasses import fields as parts_of
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from deckbuilder.content.base import Model, item_of, models_of
from deckbuilder.content.checks import LEVELS
from deckbuilder.content.data import ChartSlide, DataSlide, Label, Number, TableSlide
from deckbuilder.content.deck import VARIANT_NAME, Deck, Section, Variant
from deckbuilder.content.discussion import Cue, Material, Minutes, Question
from deckbuilder.content.facts import FACT_NAME, Fact
from deckbuilder.content.links import Address, WebAddress
from deckbuilder.content.pictures import Picture
from deckbuilder.content.projection import FACILITATORS, KEPT, PROJECTIONS, SETTINGS
from deckbuilder.content.session import ClockTime, Day, Session
from deckbuilder.content.slides import Link, Point, SlideBase
from deckbuilder.content.text import Body, Cell, Inline
from deckbuilder.editing.labels import Labels, labels
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.shape import fields_of, has_metadata, slide_kinds
from deckbuilder.frozen import dataclass
from deckbuilder.rules import RULES

Widget = Literal[
    "line",  # a line of Markdown
    "text",  # paragraphs and lists of Markdown
    "words",  # a line without Markdown
    "name",  # of a thing to refer to it by
    "address",
    "file",  # in the deck's folder: a picture, or data
    "minutes",
    "count",  # a whole number
    "number",
    "date",
    "time",
    "switch",
    "choice",  # one of `choices`
    "choices",  # any of them, in order
    "list",  # of `item`s
    "group",  # its own `fields`
    "picture",
    "focus",  # the point of a picture that is kept: from the left and from the top, 0 to 1
    "link",
    "points",  # a list whose items have such lists
    "questions",
    "cues",
    "materials",
    "cue",
    "header",  # with `rows`, a table
    "rows",
    "categories",  # with `series`, a chart's data
    "series",
    "references",  # ids of the deck's references
    "objectives",  # numbers or ids of the deck's objectives
    "layout",  # the name of one of the theme's layouts
    "named",  # things by name: one's own names, or `choices`
]
_BY_MODEL: Map[type[Model], tuple[Widget, Widget]] = {  # by itself, and in a list
    Picture: ("picture", "list"),
    Link: ("link", "list"),
    Point: ("group", "points"),
    Question: ("group", "questions"),
    Cue: ("cue", "cues"),
    Material: ("group", "materials"),
}
_BY_NAME: Map[tuple[type[Model], str], Widget] = {
    (TableSlide, "header"): "header",
    (TableSlide, "rows"): "rows",
    (ChartSlide, "categories"): "categories",
    (ChartSlide, "series"): "series",
    (SlideBase, "sources"): "references",
    (SlideBase, "objectives"): "objectives",
    (SlideBase, "layout"): "layout",
    (Deck, "checks"): "named",
    (Deck, "variants"): "named",
    (Deck, "facts"): "named",
    (Picture, "focus"): "focus",
    (Picture, "file"): "file",
    (DataSlide, "file"): "file",
}
# What of every slide a form shows before anybody asks for more.
_USUAL = ("title", "minutes", "cues", "questions", "notes")
# What of other things it does not.
_RARE = ("id", "priority", "need", "for", "not_for")
_LATER: Map[type[Model], tuple[str, ...]] = {
    Question: ("lines", "follow_ups", "debrief", "virtual", "show"),
    Picture: ("fit", "show", "focus"),
    Deck: ("default_minutes", "fit", "gaps", "guide", "vocabulary", "spelling", "variants", "checks"),
}


@dataclass(frozen=True)
class Field:
    """A field of a form. `key` is what stands in the file. `facilitator` says that participants never see it, `setting` that
    nobody reads it, `usual` that a form shows it though it is empty. `shorthand`, of an item of a list or a group, is the
    key that a bare word stands for. `least` and `most` bound a number, or how many items a list has. A field within itself
    (`points`) has no `item`."""

    key: str
    label: str
    help: str
    widget: Widget
    required: bool = False
    facilitator: bool = False
    setting: bool = False
    usual: bool = False
    default: Any = None
    choices: tuple[tuple[Any, str], ...] = ()
    least: float | None = None
    most: float | None = None
    pattern: str | None = None
    shorthand: str | None = None
    item: Field | None = None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Form:
    """What one is asked for: of a slide of a kind, of a section, the deck or a session. `label` is what such a thing is
    called, `help` what it is for."""

    kind: str
    label: str
    help: str
    fields: tuple[Field, ...]

    def as_dict(self) -> dict[str, Any]:
        """As data that travel as JSON."""
        return asdict(self)


@cache
def form(kind: str, language: str = "en") -> Form:
    """The form of a kind of slide, or of `part` (a section of the deck; `section` is its divider), `deck` and `session`.
    `language` is that of the page (its first two letters). Raises Refused for a kind that there is not."""
    said = labels(language)
    others: dict[str, type[Model]] = {"part": Section, "deck": Deck, "session": Session}
    model = slide_kinds().get(kind) or others.get(kind)
    if model is None:
        raise Refused(f"there is no form '{kind}'")
    made = tuple(_field(model, key, info, said, ()) for key, info in fields_of(model).items() if _asked(model, key))
    return Form(kind, said.kind(kind), said.use(kind, model), made)


def kinds(language: str = "en") -> list[dict[str, str]]:
    """The kinds of slide, in the manual's order: `kind`, `label`, and `help`, what such a slide is for."""
    said = labels(language)
    return [{"kind": k, "label": said.kind(k), "help": said.use(k, m)} for k, m in slide_kinds().items()]


def _asked(model: type[Model], key: str) -> bool:
    """Whether a form has the field: not what is chosen or drawn elsewhere on the page."""
    return not (key == "kind" or (model is Deck and key == "sections") or (model is Section and key == "slides"))


def _field(model: type[Model], key: str, info: FieldInfo, said: Labels, above: tuple[type[Model], ...]) -> Field:
    annotation: Any = info.annotation
    listed = item_of(annotation)
    inner = None if listed is None else _item(listed, said, above)
    widget = _widget(model, key, info)
    if widget == "named":
        return _named(model, key, info, said)
    own = _model(annotation)
    least, most, pattern = _bounds(info)
    name = next(one for one, other in model.model_fields.items() if other is info)
    return Field(
        key,
        said.field(model, key),
        said.help(model, key, info.description or ""),
        widget,
        required=info.is_required(),
        facilitator=is_facilitators(model, name),
        setting=any(name in names for kind, names in SETTINGS.items() if issubclass(model, kind)),
        usual=info.is_required() or _usual(model, key, name),
        default=None if info.is_required() else _plain(info.default),
        choices=tuple((choice, said.choice(model, str(choice))) for choice in _choices(annotation)),
        least=least,
        most=most,
        pattern=pattern,
        shorthand=own.shorthand if own is not None and listed is None else None,
        item=inner,
        fields=() if listed is not None or own is None or own in above else _fields(own, said, above),
    )


# What stands by names of one's own, and how such a name is spelt.
_THINGS: Map[str, tuple[type[Model], str]] = {"variants": (Variant, VARIANT_NAME), "facts": (Fact, FACT_NAME)}


def _named(model: type[Model], key: str, info: FieldInfo, said: Labels) -> Field:
    label, text = said.field(model, key), said.help(model, key, info.description or "")
    usual = _usual(model, key, key)
    if key in _THINGS:
        thing, pattern = _THINGS[key]
        item = Field(
            "", said.noun(thing), "", "group", shorthand=thing.shorthand, fields=_fields(thing, said, (model,))
        )
        return Field(key, label, text, "named", setting=key == "variants", usual=usual, pattern=pattern, item=item)
    rules = tuple((rule.code, rule.when or rule.why) for rule in RULES.values() if rule.adjustable)
    levels = tuple((level, said.choice(model, f"level.{level}")) for level in LEVELS)
    item = Field("", "", "", "choice", required=True, choices=levels)
    return Field(key, label, text, "named", setting=True, usual=usual, choices=rules, item=item)


def _fields(model: type[Model], said: Labels, above: tuple[type[Model], ...]) -> tuple[Field, ...]:
    return tuple(_field(model, key, info, said, (*above, model)) for key, info in fields_of(model).items())


def _item(annotation: Any, said: Labels, above: tuple[type[Model], ...]) -> Field | None:
    """What a list holds; None where that is within itself."""
    model = _model(annotation)
    if model is not None:
        if model in above:
            return None
        label = said.noun(model)
        widget = _BY_MODEL.get(model, ("group", "list"))[0]
        return Field("", label, "", widget, shorthand=model.shorthand, fields=_fields(model, said, above))
    inner = item_of(annotation)
    return Field("", "", "", _simple(annotation, None), item=None if inner is None else _item(inner, said, above))


def _widget(model: type[Model], key: str, info: FieldInfo) -> Widget:
    for (kind, name), widget in _BY_NAME.items():
        if name == key and issubclass(model, kind):
            return widget
    if key == "minutes" or key.endswith("_minutes"):
        return "minutes"
    annotation: Any = info.annotation
    listed = item_of(annotation)
    if listed is not None:
        own = _model(listed)
        if own is not None:
            return _BY_MODEL.get(own, ("group", "list"))[1]
        return "choices" if _choices(annotation) else "list"
    own = _model(annotation)
    if own is not None:
        return _BY_MODEL.get(own, ("group", "list"))[0]
    return _simple(annotation, info)


def _simple(annotation: Any, info: FieldInfo | None) -> Widget:
    """The widget of one value."""
    if _choices(annotation):
        return "choice"
    for alias, widget in _BY_METADATA:
        if has_metadata(annotation, info, alias):
            return widget
    kinds = _types(annotation)
    if dt.date in kinds:
        return "date"
    if dt.time in kinds:
        return "time"
    if bool in kinds:
        return "switch"
    if int in kinds:
        return "count"
    if float in kinds:
        return "number"
    return "name" if info is not None and any(getattr(part, "pattern", None) for part in info.metadata) else "words"


_BY_METADATA: tuple[tuple[Any, Widget], ...] = (
    (Inline, "line"),
    (Cell, "line"),
    (Body, "text"),
    (Address, "address"),
    (WebAddress, "address"),
    (Day, "date"),
    (ClockTime, "time"),
    (Minutes, "minutes"),
    (Label, "words"),
    (Number, "number"),
)


def _model(annotation: Any) -> type[Model] | None:
    """The model of a value that is one, None for others; of a union of kinds of slide too."""
    found = list(dict.fromkeys(models_of(annotation)))
    return found[0] if len(found) == 1 else None


def _types(annotation: Any) -> set[Any]:
    if get_origin(annotation) in (Union, UnionType):
        return {kind for part in get_args(annotation) for kind in _types(part)}
    return _types(get_args(annotation)[0]) if hasattr(annotation, "__metadata__") else {annotation}


def _choices(annotation: Any) -> tuple[Any, ...]:
    """The values of a Literal in an annotation, as JSON and YAML have them."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for part in get_args(annotation) if (found := _choices(part))), ())


def _bounds(info: FieldInfo) -> tuple[float | None, float | None, str | None]:
    metadata = list(info.metadata)
    for part in get_args(info.annotation):
        for one in getattr(part, "__metadata__", ()):
            metadata += one.metadata if isinstance(one, FieldInfo) else [one]

    def first(*names: str) -> Any:
        return next((getattr(m, n) for m in metadata for n in names if getattr(m, n, None) is not None), None)

    return first("ge", "min_length"), first("le", "max_length"), first("pattern")


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _usual(model: type[Model], key: str, name: str) -> bool:
    """Whether a form shows a field that is empty: of slides what is their kind's own, but for settings."""
    if not issubclass(model, SlideBase):
        return key not in _LATER.get(model, ()) and key not in _RARE
    own = name not in SlideBase.model_fields and key not in ("headline", "full", "horizontal", "stacked", "show_values")
    return own or key in _USUAL


def is_facilitators(model: type[Model], key: str) -> bool:
    """Whether participants never see a field, whatever a deck says."""
    if model in KEPT and issubclass(model, Model):
        return model is not Deck and not _is_setting(model)
    made = PROJECTIONS.get(model)
    if made is not None and key in {part.name for part in parts_of(made)}:
        return False
    return any(key in names for kind, names in FACILITATORS.items() if issubclass(model, kind))


def _is_setting(model: type[Model]) -> bool:
    return model.__name__ in ("HandoutOptions", "GuideOptions", "PrintSettings")
