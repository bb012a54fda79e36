"""The fields of each kind of slide, taken out of what its placeholders say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from deckbuilder.importing.kinds.shared import cut, points_of
from deckbuilder.importing.kinds.showing import table_fields
from deckbuilder.importing.old import Graph, Image, Line
from deckbuilder.importing.ours.told import Told
from deckbuilder.importing.page import Guess, Page
from deckbuilder.importing.pages import base_title
from deckbuilder.languages import Language, spoken

_Fields = dict[str, Any]
_MARKED = re.compile(r"\bname (\d+) marked")
_CITED = re.compile(r"^\s*\[\d+\]\s*")
_PAIR = re.compile(r"\s{2,}")


def guessed(t: Told, page: Page) -> Guess:
    """The slide that the placeholders were made of."""
    kind = t.kind
    fields: _Fields = {}
    images: dict[str, Image | tuple[Image, ...]] = {}
    deck: _Fields = {}
    graph: Graph | None = None
    undo = _UNDO.get(kind)
    if undo is not None:
        fields |= undo(t, page)
    for name in ("picture", "poster"):
        if t.has(name) and (image := t.image(name)) is not None:
            images[name] = image
    many = [image for n in range(t.count("pictures")) if (image := t.image(f"pictures[{n}]"))]
    if many:
        images["pictures"] = tuple(many)
    if kind == "chart" and (graph := t.graph()) is not None:
        fields |= _chart_settings(graph, page)
        graph = replace(graph, title="")
    if kind in ("cover", "objectives", "references"):
        deck = fields.pop("deck", {})
    if t.has("headline") and kind != "clipping":
        fields["headline"] = page.heads(*t.lines("headline"))
    if questions := _questions(t, page):
        fields["questions"] = questions
    why = "the file tells what it was made of"
    untitled = kind in ("cover", "agenda", "objectives", "section", "closing", "references", "credits", "break")
    if untitled and t.has("title"):
        fields = {"title": page.heads(*page.title), **fields}
    return Guess(kind, fields, 1.0, why, deck, (), images, graph, untitled=untitled)


def _questions(t: Told, page: Page) -> list[_Fields]:
    out = []
    for n in range(t.count("questions")):
        name = f"questions[{n}].ask"
        shapes = t.shapes(name)
        if not shapes:
            continue
        shape, (_, mark) = shapes[0]
        holder = next(h for h in mark.holders if name in h.fields)
        asked = [f for f in holder.fields if f.endswith(".ask")]
        lines = (
            [line for line in shape.lines if line.level == 0]
            if len(asked) > 1 or "text" in holder.fields
            else list(shape.lines)
        )
        if shape.holder in ("title", "ctrTitle"):
            lines = [uncounted(line) for line in lines]
        place = asked.index(name)
        if place < len(lines):
            out.append({"ask": page.inline(*(lines if len(asked) == 1 else lines[place : place + 1]))})
    return out


def uncounted(line: Line) -> Line:
    """A title without the count that it has where several slides are called the same."""
    plain = line.plain.replace("\u00a0", " ")
    bare = base_title(plain)
    return cut(line, 0, len(bare)) if bare != plain and plain.startswith(bare) else line


def _split(lines: Sequence[Line], has_text: bool, has_source: bool) -> tuple[list[Line], list[Line], list[Line]]:
    """Lines before a list, its items, and the line after it."""
    rest = list(lines)
    after = [rest.pop()] if has_source and rest and not rest[-1].marker else []
    first = next((n for n, line in enumerate(rest) if line.marker), len(rest)) if has_text else 0
    return rest[:first], rest[first:], after


def _points(t: Told, page: Page) -> _Fields:
    text, items, source = _split(t.lines("points"), t.has("text"), t.has("source"))
    out: _Fields = {"text": page.body(*text)} if text else {}
    out["points"] = points_of(page, items)
    if items and all(line.marker == "number" for line in items if line.level == 0):
        out["numbered"] = True
    if source:
        out["source"] = page.inline(*(_upright(line) for line in source))
    return out


def _upright(line: Line) -> Line:
    return replace(line, runs=tuple(replace(run, italic=False) for run in line.runs)) if line.italic else line


def _attribution(t: Told, page: Page, lines: Sequence[Line]) -> _Fields:
    out: _Fields = {}
    rest = list(lines)
    for name in ("author", "role", "source"):
        if said := t.in_title(name):
            out[name] = page.inline(*said)
        elif t.has(name) and rest:
            out[name] = page.inline(rest.pop(0))
    return out


def _quote(t: Told, page: Page) -> _Fields:
    lines = [line for line in t.lines("quote") if line.level or line.plain]
    said = [line for line in lines if line.level == 0]
    marks = Language(page.language).quotes
    if said:
        first, last = said[0].plain.lstrip(), said[-1].plain.rstrip()
        start = len(marks[0]) if first.startswith(marks[0]) else 0
        said[0] = cut(said[0], start, len(said[0].plain))
        if last.endswith(marks[1]):
            said[-1] = cut(said[-1], 0, len(said[-1].plain.rstrip()) - len(marks[1]))
    out: _Fields = {"quote": page.body(*said), **_attribution(t, page, [line for line in lines if line.level])}
    if t.has("points"):
        out["points"] = points_of(page, t.lines("points"))
    return out


def _definition(t: Told, page: Page) -> _Fields:
    lines = t.lines("text")
    out: _Fields = {}
    if said := t.in_title("term"):
        out["term"] = page.inline(*said)
    elif t.has("term") and lines:
        out["term"] = page.inline(lines.pop(0))
    text = [line for line in lines if line.level == 0]
    return out | {"text": page.body(*text), **_attribution(t, page, [line for line in lines if line.level])}


def _text(t: Told, page: Page) -> _Fields:
    lines = t.lines("text")
    return {"text": page.body(*lines)} if lines else {}


def _narrative(t: Told, page: Page) -> _Fields:
    called = page.heads(*t.called)
    begins = " ".join(line.words for line in t.lines("text")[:1]).casefold().startswith(called.casefold())
    return ({"headline": called} if called and not begins else {}) | _text(t, page)


def _clipping(t: Told, page: Page) -> _Fields:
    lines = t.lines("article")
    out: _Fields = {"headline": page.inline(*(line for line in lines if line.level == 0))}
    if by := [line for line in lines if line.level == 1]:
        out["byline"] = page.inline(*by)
    out["article"] = page.body(*(line.plainly() for line in lines if line.level > 1))
    marks = Language(page.language).quotes
    dialogue = []
    for line in t.lines("dialogue"):
        end = sum(len(run.text) for run in line.runs[: next((n for n, r in enumerate(line.runs) if not r.bold), 1)])
        said = cut(line, end, len(line.plain))
        said = cut(
            said, said.plain.find(marks[0]) + len(marks[0]) if marks[0] in said.plain else 0, said.plain.rfind(marks[1])
        )
        dialogue.append({"speaker": page.heads(cut(line, 0, end)), "line": page.inline(said)})
    return out | ({"dialogue": dialogue} if dialogue else {})


def _named(line: Line) -> tuple[Line, Line | None]:
    """A name in bold and what is said of it, two blanks apart; the whole line where nothing is bold."""
    end = 0
    for run in line.runs:
        if not run.bold:
            break
        end += len(run.text)
    end = end or len(line.plain)
    rest = cut(line, end, len(line.plain))
    name = cut(line, 0, end)
    return replace(name, runs=tuple(replace(run, bold=False) for run in name.runs)), rest if rest.plain else None


def _each(t: Told, page: Page, field: str, names: tuple[str, str]) -> list[Any]:
    """Items with a name and a text, in placeholders of their own or as a list."""
    out: list[Any] = []
    first, second = names
    if count := t.count(field):
        for n in range(count):
            said = {first: t.once(f"{field}[{n}].{first}"), second: t.lines(f"{field}[{n}].{second}")}
            item = {key: page.inline(*lines) for key, lines in said.items() if lines}
            if first in item:
                out.append(item)
        return out
    for line in t.lines(field):
        name, text = _named(line.plainly())
        out.append({first: page.inline(name)} | ({second: page.inline(text)} if text else {}))
    return out


def _stages(t: Told, page: Page) -> _Fields:
    stages = _each(t, page, "stages", ("name", "text"))
    if not t.has("text"):
        return {"stages": stages}
    marked = _MARKED.search(t.layout)
    names = [stage["name"] for stage in stages]
    current = names[int(marked[1]) - 1] if marked and int(marked[1]) <= len(names) else None
    current = current or next((name for name in names if name in page.heading), names[0])
    return {"stages": names, "current": current, **_text(t, page)}


def _steps(t: Told, page: Page) -> _Fields:
    return {"steps": _each(t, page, "steps", ("name", "text"))}


def _timeline(t: Told, page: Page) -> _Fields:
    return {"events": _each(t, page, "events", ("when", "text"))}


def _principle(t: Told, page: Page) -> _Fields:
    lines = t.lines("text")
    lead = [line for line in lines if line.level == 0] if t.has("lead_in") else []
    out: _Fields = {"lead_in": page.inline(*lead)} if lead else {}
    return out | {"text": page.body(*(line.plainly() for line in lines if line not in lead))}


def _discussion(t: Told, page: Page) -> _Fields:
    before = [line.plainly() for line in t.lines("text") if line.level == 1]
    return {"text": page.body(*before)} if before else {}


def _resource(t: Told, page: Page) -> _Fields:
    lines = t.lines("text", "audience", "audience_points")
    said = t.in_title("name")
    if not lines and not said:
        return {}
    name, rest = (said[0], lines) if said else (lines[0], lines[1:])
    items = [line for line in rest if line.marker]
    rest = [line for line in rest if not line.marker]
    audience = rest.pop() if t.has("audience") and len(rest) > 1 else None
    out: _Fields = {"name": page.inline(name), "text": page.body(*(line.plainly() for line in rest))}
    if audience is not None:
        out["audience"] = page.inline(audience)
    if items:
        out["audience_points"] = points_of(page, items)
    return out | _links(t, page)


def _links(t: Told, page: Page) -> _Fields:
    found = [_link(page, line) for line in t.once("links") if line.links]
    return {"links": found} if found else {}


def _link(page: Page, line: Line) -> dict[str, str]:
    return {
        "text": page.inline(replace(line, runs=tuple(replace(run, link=None) for run in line.runs))),
        "url": line.links[0],
    }


def _statement(t: Told, page: Page) -> _Fields:
    return {"statement": page.inline(*t.lines("statement"))}


def _column(t: Told, page: Page, name: str) -> _Fields:
    lines = t.lines(f"{name}.text", f"{name}.points") or t.lines(f"{name}.heading")
    out: _Fields = {}
    own = {f"{name}.heading", f"{name}.text", f"{name}.points"}
    together = any(
        len(own & set(h.fields)) > 1 and f"{name}.heading" in h.fields for _, mark in t.frames for h in mark.holders
    )
    if t.has(f"{name}.heading"):
        head = lines.pop(0) if together else None
        out["heading"] = page.heads(head) if head is not None else page.inline(*t.once(f"{name}.heading"))
    text, items, _ = _split(lines, t.has(f"{name}.text"), False)
    if text:
        out["text"] = page.body(*text)
    if items:
        out["points"] = points_of(page, items)
    return out


def _columns(t: Told, page: Page) -> _Fields:
    return {"columns": [_column(t, page, f"columns[{n}]") for n in range(2)]}


def _comparison(t: Told, page: Page) -> _Fields:
    return {"sides": [_column(t, page, f"sides[{n}]") for n in range(2)]}


def _matrix(t: Told, page: Page) -> _Fields:
    out: _Fields = {}
    for name in ("across", "down"):
        ends = [t.lines(f"{name}[{n}]") for n in range(2)]
        if all(ends):
            out[name] = [page.inline(*lines) for lines in ends]
    return out | {"quadrants": [_column(t, page, f"quadrants[{n}]") for n in range(4)]}


def _table(t: Told, page: Page) -> _Fields:
    whole = t.table()
    if whole is None:
        return {}
    out: _Fields = table_fields(page, whole) or {}
    for name in ("text", "source"):
        if lines := t.once(name):
            out[name] = page.inline(*lines)
    return out


def _chart(t: Told, page: Page) -> _Fields:
    out = _text(t, page)
    if lines := t.once("source"):
        out["source"] = page.inline(*lines)
    return out


def _chart_settings(graph: Graph, page: Page) -> _Fields:
    out: _Fields = {"chart": graph.kind or "bar"}
    out |= {key: True for key in ("horizontal", "stacked") if getattr(graph, key)}
    kinds = [str((Language(tag).words or {}).get(f"chart_{graph.kind}", "")) for tag in spoken()]
    alt = next((graph.alt[: graph.alt.index(f"{k}.")].strip() for k in kinds if k and f"{k}." in graph.alt), "")
    return out | ({"alt": alt} if alt else {})


def _video(t: Told, page: Page) -> _Fields:
    line = next((line for line in t.lines("video") if line.links), None)
    return ({"video": _link(page, line)} if line else {}) | _text(t, page)


def _picture(t: Told, page: Page) -> _Fields:
    return {"full": True} if t.layout.startswith("Full-Bleed") else {}


def _activity(t: Told, page: Page) -> _Fields:
    out: _Fields = {"instructions": page.body(*t.lines("instructions"))}
    who = " ".join(line.words for line in t.lines("group_size", "grouping"))
    if t.has("group_size") and (size := re.search(r"\d+", who)):
        out["group_size"] = int(size[0])
    elif grouping := grouping_said(who):
        out["grouping"] = grouping
    if minutes := number_in(" ".join(line.words for line in t.lines("minutes"))):
        out["minutes"] = minutes
    items = [page.inline(line) for line in t.lines("materials") if line.marker]
    return out | ({"materials": items} if items else {})


def grouping_said(words: str) -> str | None:
    """Who talks to whom, in the words that slides have for it."""
    for tag in spoken():
        for name in ("alone", "pairs", "small groups", "everyone"):
            if str((Language(tag).words or {}).get(name, "")).casefold() == words.casefold():
                return name
    return None


def number_in(words: str) -> int | float | None:
    """The number in words, as languages write it; None without one."""
    found = re.search(r"\d+(?:[.,]\d+)?", words)
    value = float(found[0].replace(",", ".")) if found else None
    return int(value) if value is not None and value == int(value) else value


def _break(t: Told, page: Page) -> _Fields:
    minutes = number_in(" ".join(line.words for line in t.lines("minutes")))
    lines = t.lines("text")
    backs = [str((Language(tag).words or {}).get("back_at", "")).partition("{")[0].strip() for tag in spoken()]
    lines = [line for line in lines if not any(back and line.words.startswith(back) for back in backs)]
    return {"minutes": minutes} | ({"text": page.inline(*lines)} if lines else {})


def _poll(t: Told, page: Page) -> _Fields:
    out: _Fields = {"question": page.inline(*t.once("question"))}
    out["options"] = [page.inline(line.plainly()) for line in t.lines("options")]
    if join := next((link for line in t.lines("join") for link in line.links), None):
        out["join"] = join
    return out


def _quiz(t: Told, page: Page) -> _Fields:
    """The answers that the file shows; which are right stands in the notes, with what facilitators say."""
    names = [f"options[{n}].text" for n in range(t.count("options"))]
    options = [page.inline(line.plainly()) for line in t.lines(*names)]
    return {"question": page.inline(*t.lines("question")), "options": options}


def _number(t: Told, page: Page) -> _Fields:
    numbers = []
    for n in range(t.count("numbers")):
        lines = t.lines(f"numbers[{n}].number")
        item: _Fields = {"number": page.inline(*(line for line in lines if line.level == 0))}
        if unit := [line for line in lines if line.level]:
            item["unit"] = page.inline(*(line.plainly() for line in unit))
        if text := t.lines(f"numbers[{n}].text"):
            item["text"] = page.inline(*text)
        numbers.append(item)
    source = t.once("source")
    return {"numbers": numbers} | ({"source": page.inline(*source)} if source else {})


def _closing(t: Told, page: Page) -> _Fields:
    return _text(t, page) | _links(t, page)


def _cover(t: Told, page: Page) -> _Fields:
    deck: _Fields = {}
    if t.has("deck.title"):
        deck["title"] = page.heads(*page.title)
    out: _Fields = {}
    if lines := t.lines("subtitle"):
        out["subtitle"] = page.inline(*lines)
    if lines := t.lines("deck.subtitle"):
        deck["subtitle"] = page.inline(*lines)
    about = t.lines("deck.authors", "deck.organisation", "session.date", "session.place")
    if t.has("deck.authors") and about:
        deck["authors"] = [page.heads(about.pop(0))]
    if t.has("deck.organisation") and about:
        deck["organisation"] = page.heads(about.pop(0))
    return out | {"deck": deck}


def _agenda(t: Told, page: Page) -> _Fields:
    before = [line for line in t.lines("deck.sections") if not line.marker]
    return {"text": page.inline(*before)} if before else {}


def _objectives(t: Told, page: Page) -> _Fields:
    lines = t.lines("deck.objectives")
    out: _Fields = {"text": page.inline(*(line for line in lines if not line.marker))} if t.has("text") else {}
    return out | {"deck": {"objectives": [page.inline(line) for line in lines if line.marker]}}


def _section(t: Told, page: Page) -> _Fields:
    lines = t.lines("text")
    return {"text": page.inline(*lines)} if lines else {}


def _references(t: Told, page: Page) -> _Fields:
    entries = []
    as_of = [
        re.escape(str((Language(tag).words or {}).get("as_of", ""))).replace(r"\{date\}", "(.+)") for tag in spoken()
    ]
    for n, line in enumerate(t.lines("deck.references"), 1):
        begin = _CITED.match(line.plain)
        text = cut(line, begin.end() if begin else 0, len(line.plain))
        entry: _Fields = {"id": f"source-{n}"}
        dated = next((m for p in as_of if p and (m := re.search(rf"\s*\({p}\)\s*$", text.plain))), None)
        text = cut(text, 0, dated.start()) if dated else text
        if text.links and text.plain.rstrip().endswith(text.links[0]):
            entry["url"] = text.links[0]
            text = cut(text, 0, len(text.plain.rstrip()) - len(text.links[0]))
        entry["text"] = page.inline(text)
        if dated:
            entry["as_of"] = dated[1]
        entries.append(entry)
    return {"sources": [entry["id"] for entry in entries], "deck": {"references": entries}}


_UNDO: dict[str, Callable[[Told, Page], _Fields]] = {
    "activity": _activity,
    "agenda": _agenda,
    "break": _break,
    "chart": _chart,
    "clipping": _clipping,
    "closing": _closing,
    "columns": _columns,
    "comparison": _comparison,
    "cover": _cover,
    "definition": _definition,
    "discussion": _discussion,
    "matrix": _matrix,
    "narrative": _narrative,
    "number": _number,
    "objectives": _objectives,
    "picture": _picture,
    "points": _points,
    "poll": _poll,
    "principle": _principle,
    "quiz": _quiz,
    "quote": _quote,
    "references": _references,
    "resource": _resource,
    "section": _section,
    "stages": _stages,
    "statement": _statement,
    "steps": _steps,
    "table": _table,
    "timeline": _timeline,
    "video": _video,
}
