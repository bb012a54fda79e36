"""The least that a slide of each kind needs, to be written over."""

from __future__ import annotations

from typing import Any

_WORDS = "…"
PLACEHOLDER = "pictures/placeholder.svg"
"""The picture that a new slide of pictures shows until it has its own; `Document` puts it there."""

_PICTURE = {"file": PLACEHOLDER, "decorative": True}
_OWN: dict[str, dict[str, Any]] = {
    "cover": {},
    "agenda": {},
    "objectives": {},
    "section": {},
    "points": {"points": [_WORDS]},
    "definition": {"text": _WORDS},
    "quote": {"quote": _WORDS},
    "narrative": {"text": _WORDS},
    "clipping": {"headline": _WORDS, "article": _WORDS},
    "stages": {"stages": [{"name": "1", "text": _WORDS}, {"name": "2", "text": _WORDS}]},
    "steps": {"steps": [_WORDS, _WORDS]},
    "timeline": {"events": [{"when": "1", "text": _WORDS}, {"when": "2", "text": _WORDS}]},
    "principle": {"text": _WORDS},
    "discussion": {"questions": ["…?"]},
    "activity": {"instructions": _WORDS},
    "poll": {"question": "…?", "options": [_WORDS, _WORDS]},
    "quiz": {"question": "…?", "options": [{"text": _WORDS, "correct": True}, _WORDS]},
    "break": {"minutes": 15},
    "resource": {"name": _WORDS, "text": _WORDS, "audience": _WORDS},
    "statement": {"statement": _WORDS},
    "number": {"numbers": [{"number": "1", "text": _WORDS}]},
    "picture": {"picture": _PICTURE},
    "grid": {"pictures": [_PICTURE, _PICTURE]},
    "video": {"video": {"text": _WORDS, "url": "https://example.org/"}},
    "columns": {"columns": [{"text": _WORDS}, {"text": _WORDS}]},
    "matrix": {"quadrants": [{"heading": _WORDS, "text": _WORDS}] * 4},
    "comparison": {"sides": [{"heading": _WORDS, "text": _WORDS}, {"heading": _WORDS, "text": _WORDS}]},
    "table": {"header": [_WORDS, _WORDS], "rows": [[_WORDS, _WORDS]]},
    "chart": {"chart": "bar", "categories": ["A", "B"], "series": [{"name": _WORDS, "values": [1, 2]}]},
    "closing": {},
    "references": {},
    "credits": {},
}


def skeleton(kind: str) -> dict[str, Any]:
    """A new slide of a kind, as plain data that the models take."""
    from deckbuilder.editing.shape import fields_of, slide_kinds

    titled = fields_of(slide_kinds()[kind])["title"].is_required()
    return {"kind": kind, **({"title": _WORDS} if titled else {}), **_OWN[kind]}
