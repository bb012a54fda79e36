"""A PowerPoint file as an old deck. What is damaged on a slide is told, and the rest is read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from deckbuilder.content.text import Run
from deckbuilder.importing.direction import Tongues, runs_backwards
from deckbuilder.importing.inherit import Styles
from deckbuilder.importing.old import Image, Left, Line, OldDeck, Shape, Slide
from deckbuilder.importing.order import in_reading_order
from deckbuilder.importing.shapes import Found, said_in
from deckbuilder.importing.text import lines_of
from deckbuilder.importing.words import words_of
from deckbuilder.ooxml.package import Package, PackageError, Part, TooLarge
from deckbuilder.ooxml.presentation import is_stand_in, masters, slide_size
from deckbuilder.ooxml.reading import main_part
from deckbuilder.ooxml.types import NS, A, P, R

_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("dt", "ftr", "sldNum", "hdr")
MOST_SLIDES = 3_000
MOST_PARAGRAPHS = 5_000  # of a slide; cells of tables have one at least


def read_old(package: Package, macros: bool = False) -> OldDeck:
    """The deck in a package. PackageError where it has no slides that can be read."""
    main = main_part(package)
    width, height = slide_size(package)
    named = [
        (i.get("id", ""), main.relations.get(i.get(f"{R}id"))) for i in main.root.iterfind("p:sldIdLst/p:sldId", NS)
    ]
    if len(named) > MOST_SLIDES:
        raise TooLarge(f"has more than {MOST_SLIDES:,} slides", "divide it over several files")
    sections, of_section = _sections(main.root)
    styles: dict[str, Styles] = {}
    slides: list[Slide] = []
    left: list[Left] = [Left("macros")] if macros else []
    shows = [show.get("name", "") for show in main.root.iterfind("p:custShowLst/p:custShow", NS)]
    left += [Left("a custom show, a choice of slides by name", name) for name in shows]
    tongues = Tongues()
    for number, (key, relation) in enumerate(named, 1):
        part = package.parts.get(relation.target) if relation is not None and not relation.outside else None
        if part is None:
            left.append(Left(f"slide {number}, which the file lists and does not have"))
            continue
        try:
            slides.append(_slide(package, part, number, styles, tongues, of_section.get(key), width / height))
        except PackageError as error:
            left.append(Left(f"slide {number}, which {error.what}"))
    if not slides:
        raise PackageError("holds no slides that can be read", "open it in PowerPoint, and save it anew")
    standing, logos = _standing(package, left, set(styles))
    title, author = _properties(package)
    language = tongues.language("en-US")
    slides = [_in_order(slide, width, language) for slide in slides]
    ids = {slide.id: f"slide-{slide.number}" for slide in slides}
    linked = {one for slide in slides for one in _targets(slide)}
    slides = [_with_ids(slide, ids, linked) for slide in slides]
    return OldDeck(tuple(slides), width, height, language, title, author, tuple(sections), standing, logos, tuple(left))


def _slide(
    package: Package,
    part: Part,
    number: int,
    styles: dict[str, Styles],
    tongues: Tongues,
    section: str | None,
    aspect: float,
) -> Slide:
    root = part.parsed()
    tree = root.find("p:cSld/p:spTree", NS)
    if tree is None:
        raise PackageError("has no shapes")
    if sum(1 for _ in root.iter(f"{A}p")) > MOST_PARAGRAPHS:
        raise PackageError(f"has more than {MOST_PARAGRAPHS:,} paragraphs")
    names = part.relations_of("slideLayout")
    name = names[0] if names else ""
    look = styles.setdefault(name, Styles(package, package.parts.get(name)))
    found = Found(package, part, look)
    found.read(tree)
    found.behind(root, aspect)
    for run in root.iter(f"{A}r"):
        looks = run.find("a:rPr", NS)
        tongues.heard(run.findtext("a:t", "", NS), looks.get("lang", "") if looks is not None else "")
    notes, said, left = _notes(package, part)
    comments = _comments(package, part)
    left += comments
    left += _effects(root)
    said += [one.words for one in comments]
    return Slide(
        number,
        look.name,
        look.kind,
        tuple(found.shapes),
        notes,
        root.get("show") in ("0", "false"),
        section,
        (*found.left, *left),
        words_of(*found.said, *said),
        part.name,
    )


def _in_order(slide: Slide, width: float, language: str) -> Slide:
    """The slide, its title first and the rest as it is read."""
    titles = [s for s in slide.shapes if s.holder in _TITLES and s.lines]
    others = [s for s in slide.shapes if not any(s is t for t in titles)]
    from_right = width if runs_backwards(slide.shapes, language) else None
    return replace(slide, shapes=(*titles, *in_reading_order(others, from_right)))


def _notes(package: Package, part: Part) -> tuple[tuple[Line, ...], list[str], list[Left]]:
    """The lines of a slide's notes, all that its notes page says, and what of that is left out."""
    lines: list[Line] = []
    said: list[str] = []
    left: list[Left] = []
    for name in part.relations_of("notesSlide"):
        page = package.parts.get(name)
        if page is None:
            continue
        try:
            root = page.parsed()
        except PackageError as error:
            left.append(Left(f"notes whose part {error.what}"))
            continue
        chain = Styles(package, None)
        master = next((package.parts.get(n) for n in page.relations_of("notesMaster")), None)
        style = master.root.find("p:notesStyle", NS) if master is not None else None
        for shape in root.iterfind("p:cSld/p:spTree//p:sp", NS):
            holder = shape.find("*/p:nvPr/p:ph", NS)
            kind = holder.get("type", "obj") if holder is not None else None
            if kind in ("sldNum", "sldImg") or is_stand_in(shape):
                continue
            reader = Found(package, page, chain)
            found = lines_of(shape.find("p:txBody", NS), [style] if style is not None else [], reader.leads)
            said += [line.plain for line in found]
            if kind in _FURNITURE:
                left.append(Left("what stands on each notes page", " ".join(line.words for line in found)))
            else:
                lines += found
            left += reader.left
        beside = _beside_notes(root)
        said += [one.words for one in beside]
        left += beside
    return tuple(lines), said, [one for one in left if one.words or "what stands" not in one.what]


def _beside_notes(page: Any) -> list[Left]:
    """Pictures, tables and other things that somebody put on a notes page, with their words."""
    out = []
    for element in page.iter(f"{P}pic", f"{P}graphicFrame"):
        what = "a picture" if element.tag == f"{P}pic" else "a table"
        if what == "a table" and element.find("a:graphic/a:graphicData/a:tbl", NS) is None:
            what = "an object"
        out.append(Left(f"{what} on the notes page", " ".join(said_in(element))))
    return out


def _comments(package: Package, part: Part) -> list[Left]:
    out = []
    for relation in part.relations:
        if relation.kind not in ("comments", "comment") or relation.target not in package.parts:
            continue
        try:
            root = package.parts[relation.target].parsed()
        except PackageError:
            continue
        words = [e.text or "" for e in root.iter(f"{P}text", f"{A}t")]
        if any(words):
            out.append(Left("comments", " ".join(words)))
    return out


def _effects(root: Any) -> list[Left]:
    out = []
    if any(root.find(f"p:timing//p:{name}", NS) is not None for name in ("bldLst", "cBhvr")):
        out.append(Left("animations"))
    if next(root.iter(f"{P}transition"), None) is not None:
        out.append(Left("a transition"))
    return out


def _sections(root: Any) -> tuple[list[str], dict[str, str]]:
    """The names of PowerPoint's sections, and the section of each slide by its id."""
    names: list[str] = []
    slides: dict[str, str] = {}
    for section in root.iter(f"{_P14}section"):
        name = section.get("name", "")
        names.append(name)
        for entry in section.iter(f"{_P14}sldId"):
            slides[entry.get("id", "")] = f"{len(names) - 1} {name}"
    return names, slides


def _standing(package: Package, left: list[Left], used: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lines of text that masters and layouts have on slides, and the parts of pictures there. Those of layouts in use, by their
    parts' names, and of their masters are told."""
    lines: dict[str, None] = {}
    shown: dict[str, None] = {}
    used = used | {
        name for one in used if one in package.parts for name in package.parts[one].relations_of("slideMaster")
    }
    pictures: Counter[str] = Counter()
    try:
        parts = [p for master in masters(package) for p in (master, *_of(package, master))]
    except PackageError as error:
        left.append(Left(f"a slide master, which {error.what}"))
        return (), ()
    for part in parts:
        try:
            tree = part.root.find("p:cSld/p:spTree", NS)
        except PackageError:
            continue
        found = Found(package, part, Styles(package, part))
        for shape in tree.iterfind("*") if tree is not None else ():
            holder = shape.find("*/p:nvPr/p:ph", NS)
            if holder is not None and (holder.get("type") != "ftr" or is_stand_in(shape)):
                continue
            words = ["".join(t.text or "" for t in p.iter(f"{A}t")) for p in shape.iter(f"{A}p")]
            own = dict.fromkeys(" ".join(w.split()) for w in words if w.strip() and "‹#›" not in w)
            lines |= own
            shown |= own if part.name in used else {}
            for blip in shape.iter(f"{A}blip"):
                relation = found.part.relations.get(blip.get(f"{R}embed"))
                if relation is not None and relation.target in package.parts:
                    pictures[relation.target] += 1
    left += [Left(f"what layouts show on slides: {line}") for line in shown if re.search(r"\w", line)]
    return tuple(lines), tuple(name for name, _ in pictures.most_common())


def _of(package: Package, master: Part) -> list[Part]:
    return [package.parts[name] for name in master.relations_of("slideLayout") if name in package.parts]


def _properties(package: Package) -> tuple[str, str]:
    """The title and the author that the file's properties name, "" where they do not."""
    for relation in package.relations:
        if relation.kind == "core-properties" and relation.target in package.parts:
            try:
                root = package.parts[relation.target].root
            except PackageError:
                break
            title, author = (" ".join((root.findtext(f"{_DC}{k}") or "").split()) for k in ("title", "creator"))
            plain = re.fullmatch(
                r"(?:powerpoint presentation|presentation\d*|slide 1|präsentation\d*)?", title, re.IGNORECASE
            )
            return ("" if plain else title), author
    return "", ""


def _targets(slide: Slide) -> list[str]:
    links = [run.link for s in slide.shapes for line in s.lines for run in line.runs]
    links += [run.link for line in slide.notes for run in line.runs]
    links += [s.content.link for s in slide.shapes if isinstance(s.content, Image)]
    return [link.removeprefix("slide:") for link in links if link and link.startswith("slide:")]


def _with_ids(slide: Slide, ids: dict[str, str], linked: set[str]) -> Slide:
    """The slide with links to slides of the deck as ids, and with an id of its own where one leads there."""

    def run(one: Run) -> Run:
        if one.link and one.link.startswith("slide:"):
            target = ids.get(one.link.removeprefix("slide:"))
            return replace(one, link=f"#{target}" if target else None)
        return one

    def lines(given: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(replace(x, runs=tuple(map(run, x.runs))) if x.links else x for x in given)

    def shape(one: Shape) -> Shape:
        return one.saying(lines(one.lines)) if one.lines else one

    return replace(
        slide,
        shapes=tuple(map(shape, slide.shapes)),
        notes=lines(slide.notes),
        id=ids[slide.id] if slide.id in linked else "",
    )
