"""pydantic's errors in an author's words, at the place in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from deckbuilder.diagnostics import Diagnostics, did_you_mean, near_word
from deckbuilder.reading.scalars import Files
from deckbuilder.rules import RULES
from deckbuilder.source import LocatedDict, LocatedList, Position, position_of

_PLAIN = {
    "int_type": "should be a whole number",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "float_type": "should be a number",
    "float_parsing": "should be a number",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "string_type": "should be text",
    "list_type": "should be a list",
    "tuple_type": "should be a list",
    "model_type": "should be a mapping",
    "model_attributes_type": "should be a mapping",
    "dict_type": "should be a mapping",
    "date_from_datetime_parsing": "should be a date such as 2027-03-15",
    "date_type": "should be a date such as 2027-03-15",
    "date_parsing": "should be a date such as 2027-03-15",
}

# What people call the kinds of slide, and other programs do.
_KINDS = {
    "title": "cover",
    "start": "cover",
    "end": "closing",
    "thanks": "closing",
    "thank-you": "closing",
    "question": "discussion",
    "questions": "discussion",
    "discuss": "discussion",
    "bullets": "points",
    "bullet": "points",
    "list": "points",
    "content": "points",
    "text": "narrative",
    "story": "narrative",
    "image": "picture",
    "photo": "picture",
    "images": "grid",
    "pictures": "grid",
    "gallery": "grid",
    "knowledge-check": "quiz",
    "test": "quiz",
    "multiple-choice": "quiz",
    "big-number": "number",
    "numbers": "number",
    "stat": "number",
    "stats": "number",
    "statistic": "number",
    "figure": "number",
    "vote": "poll",
    "survey": "poll",
    "exercise": "activity",
    "breakout": "activity",
    "task": "activity",
    "pause": "break",
    "divider": "section",
    "chapter": "section",
    "toc": "agenda",
    "contents": "agenda",
    "goals": "objectives",
    "outcomes": "objectives",
    "graph": "chart",
    "data": "table",
    "worksheet": "table",
    "form": "table",
    "two-columns": "columns",
    "versus": "comparison",
    "2x2": "matrix",
    "quadrants": "matrix",
    "swot": "matrix",
    "term": "definition",
    "sources": "references",
    "link": "resource",
    "links": "resource",
    "message": "statement",
    "film": "video",
}
_KIND_HINT = "say what it is, for example 'kind: points'"
_MEND = {
    "should be a list": "start each item on a line of its own with '- '",
    "should be a mapping": "write 'key: value' lines",
    "should be text": "put it in quotes",
}


# pydantic's own types of error, by our rules; the models' own errors name theirs.
_CODES = dict.fromkeys(_PLAIN, "wrong-type") | {
    "literal_error": "unknown-value",
    "missing": "wrong-length",
    "too_short": "wrong-length",
    "too_long": "wrong-length",
    "string_too_short": "wrong-length",
    "string_too_long": "wrong-length",
    "greater_than": "out-of-range",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "less_than": "out-of-range",
    "finite_number": "out-of-range",
    "string_pattern_mismatch": "wrong-form",
}


def errors_of(error: ValidationError) -> list[ErrorDetails]:
    """pydantic's errors, but for lists that are too short only because wrong items do not count."""
    errors = error.errors(include_url=False)
    within = {one["loc"][:n] for one in errors for n in range(len(one["loc"]))}
    return [one for one in errors if one["type"] != "too_short" or one["loc"] not in within]


def report_errors(errors: Sequence[ErrorDetails], raw: Any, problems: Diagnostics) -> None:
    """Adds a diagnostic for each of pydantic's errors about the raw data."""
    for error in errors:
        kind = error["type"]
        if kind == "extra_forbidden" or (kind == "missing" and isinstance(error["loc"][-1], str)):
            continue  # the models report these themselves, with better words
        at, key, value = _find(raw, error["loc"])
        context = error.get("ctx", {})
        hint = context.get("hint")
        if kind == "union_tag_invalid" and _is_no_word(_kind_of(value)):
            problems.error(
                "wrong-type",
                f"'kind' should be a word{_instead(_kind_of(value))}",
                _at_key(value, "kind") or at,
                _KIND_HINT,
            )
            continue
        if kind == "union_tag_invalid":
            tags = [t.strip(" '") for t in str(context["expected_tags"]).split(",")]
            problems.error(
                "unknown-kind",
                f"there is no slide of kind '{context['tag']}'",
                _at_key(value, "kind") or at,
                _kind_meant(str(context["tag"]), tags),
            )
            continue
        if kind == "union_tag_not_found":
            problems.error("missing-kind", "this slide has no 'kind'", at, _KIND_HINT)
            continue
        name = f"'{key}' " if key else ""
        code = _CODES.get(kind) or (kind if kind in RULES else "wrong-type")
        if kind in _PLAIN:
            said = f"{name}{_PLAIN[kind]}{_instead(value)}"
            hint = hint or _MEND.get(_PLAIN[kind])
        elif kind == "literal_error":
            expected = [e.strip(" '") for e in str(context["expected"]).replace(" or ", ", ").split(",")]
            said = f"{name}cannot be '{value}'"
            hint = near_word(str(value), expected) or f"one of: {', '.join(expected)}"
        elif kind == "missing":
            said = f"{name}needs more values than it has"
        elif kind == "too_short":
            said = f"{name}needs at least {context['min_length']}, and has {context['actual_length']}"
        elif kind == "too_long":
            said = f"{name}takes at most {context['max_length']}, and has more"
        elif kind == "greater_than":
            said = f"{name}should be more than {context['gt']:g}, not {value}"
        elif kind in ("greater_than_equal", "less_than_equal"):
            bound = context.get("ge", context.get("le"))
            said = f"{name}should be {'at least' if 'ge' in context else 'at most'} {bound:g}, not {value}"
        elif kind == "string_pattern_mismatch":
            said, hint = _pattern(name, str(value), str(context["pattern"]))
        else:
            said = error["msg"]
            if kind.startswith("text-") and key:
                said = f"'{key}': {said}"
        if at is not None and (typed := context.get("typed")):
            at = Files().place(at, re.compile(re.escape(typed)), 0, 0)
        problems.error(code, said, at, hint)


def _pattern(name: str, value: str, pattern: str) -> tuple[str, str]:
    if pattern.startswith("^[a-z]{2,3}"):
        return f"{name}is not a language tag: '{value}'", "write it like en, en-US or es"
    return f"{name}cannot be '{value}'", "use small letters, digits and hyphens"


def _instead(value: Any) -> str:
    if isinstance(value, (LocatedDict, dict)):
        return ", not a mapping"
    if isinstance(value, (LocatedList, list)):
        return ", not a list"
    if value is None:
        return ", and is empty"
    if isinstance(value, bool):
        return f", not {str(value).lower()}"
    return f", not '{value}'"


def _kind_meant(word: str, kinds: Sequence[str]) -> str | None:
    meant = _KINDS.get(word.strip().lower().replace(" ", "-"))
    return f"did you mean '{meant}'?" if meant in kinds else did_you_mean(word, kinds)


def _is_no_word(value: Any) -> bool:
    return isinstance(value, bool) or not isinstance(value, (str, int, float))


def _kind_of(value: Any) -> Any:
    return value.get("kind") if isinstance(value, dict) else None


def _at_key(value: Any, key: str) -> Position | None:
    return value.values_at.get(key) if isinstance(value, LocatedDict) else None


def _find(raw: Any, path: Sequence[int | str]) -> tuple[Position | None, str | None, Any]:
    """The position, last key and value at pydantic's path."""
    value, at, key = raw, position_of(raw), None
    for step in path:
        if isinstance(value, LocatedDict) and step in value:
            at = value.values_at.get(str(step)) or at
            key = str(step)
            value = value[str(step)]
        elif isinstance(value, LocatedList) and isinstance(step, int) and step < len(value):
            # What is taken in from elsewhere stands where it was written.
            at = position_of(value[step]) or (value.items_at[step] if step < len(value.items_at) else value.at) or at
            value = value[step]
    return at, key, value
