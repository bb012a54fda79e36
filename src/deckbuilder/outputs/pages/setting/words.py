"""Elements of words: paragraphs, headings, lists, and what stands within them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import Color as RLColor
from reportlab.platypus import ListItem, Spacer

from deckbuilder.content.formulas.tex import read_formula
from deckbuilder.outputs.pages.flowables import Rules
from deckbuilder.outputs.pages.setting.setting import Blocks, Setting
from deckbuilder.outputs.pages.tagging.canvas import Inlay
from deckbuilder.outputs.pages.tagging.flowables import INLAY, Items, Words
from deckbuilder.outputs.pages.tagging.spans import Part, Span
from deckbuilder.outputs.pages.tagging.structure import Node
from deckbuilder.outputs.pages.waypoints import Bookmark
from deckbuilder.outputs.tree import Element
from deckbuilder.theme.characters import breaks_anywhere
from deckbuilder.theme.theme import PageRule

_RANKS = {"title": 0, "h1": 1, "h2": 2, "h3": 3, "question": 3}  # of headings, by element or class
_RUNNING = ("p", "li", "cue")  # styles
_TICK = "Calibri"  # the family whose stand-in has a box to tick, U+25A1
# In underscores of half the type's size, more or less: room for four letters, and most of a line.
_GAP_LEAST, _GAP_MOST = 9, 40
_RAISED = 0.68  # the size of raised words, as a share of the others'


def paragraph(setting: Setting, element: Element, width: float) -> Blocks:
    """A paragraph; by its class it may be a heading or a quote."""
    name = element.get("class") or element.tag
    lang = element.language
    if name in _RANKS:
        node = setting.here.add(setting.heading_type(_RANKS[name]), lang=lang)
    elif name == "quote":
        above = setting.here.kids[-1] if setting.here.kids else None
        whole = above if isinstance(above, Node) and above.kind == "BlockQuote" else setting.here.add("BlockQuote")
        node = whole.add("P", lang=lang)
    else:
        node = setting.here.add("P", lang=lang)
    return [text(setting, element, name, node, width)]


def heading(setting: Setting, element: Element, width: float) -> Blocks:
    """A heading, with a bookmark where it has one; `<h1>` begins a section."""
    out: Blocks = []
    if element.get("bookmark"):
        setting.bookmarks += 1
        out.append(Bookmark(f"b{setting.bookmarks}", element.get("bookmark"), int(element.tag[1]) - 1))
    if element.tag == "h1" and setting.here.kind in ("Document", "Sect"):
        setting.here = setting.root.add("Sect")
    node = setting.here.add(setting.heading_type(_RANKS[element.tag]), lang=element.language)
    title = text(setting, element, element.get("class") or element.tag, node)
    if element.tag != "h1":
        return [*out, title]
    openings, size = setting.page.theme.openings, setting.page.size
    above = [Rules(_colored(setting, openings.above), size, size * 0.6)] if openings.above else []
    below = [Rules(_colored(setting, openings.below), size * 0.4, size * 0.8)] if openings.below else []
    return [*out, *above, title, *below]


def _colored(setting: Setting, rules: Sequence[PageRule]) -> list[tuple[RLColor, float, float | None]]:
    """A theme's rules in colours that are fit for white paper."""
    return [(setting.page.paint(rule.color), rule.thickness, rule.width) for rule in rules]


def listing(setting: Setting, element: Element, width: float, nested: bool = False) -> Blocks:
    """A list, and those within it."""
    ordered = element.tag == "ol"
    lettered = element.get("marker") == "letter"
    name = element.get("class") or "li"
    style = setting.page.styles[name]
    size = style.fontSize
    indent = size * (1.7 if ordered or element.get("marker") == "tick" else 1.2)
    looks: dict[str, Any] = {
        "bulletFontName": setting.page.styles["h2"].fontName if ordered else style.fontName,
        "bulletFontSize": size,
        "bulletColor": setting.page.color("accent"),
        "leftIndent": indent,
        "bulletDedent": indent,
    }
    if setting.page.rtl:
        looks |= {"leftIndent": 0, "rightIndent": indent, "bulletDir": "rtl", "bulletAlign": "right"}
    if ordered:
        looks |= {
            "bulletType": "A" if lettered else "1",
            "bulletFormat": "%s.",
            "start": int(element.get("start", "1")),
        }
    else:
        looks |= {"bulletType": "bullet", "start": "–" if nested else "•"}
    if element.get("marker") == "tick":
        looks |= {"bulletFontName": setting.page.face(_TICK), "start": "□"}
    items, labels = [], []
    numbering = "UpperAlpha" if lettered else "Decimal" if ordered else "Disc"
    outer = setting.here
    whole = outer.add("L", looks=f"/O /List /ListNumbering /{numbering}", lang=element.language)
    for item in element.children:
        node = whole.add("LI", lang=item.language)
        labels.append(node.add("Lbl"))
        setting.here = node.add("LBody")
        lists = [child for child in item.children if child.tag in ("ul", "ol")]
        words = Element("p", content=tuple(part for part in item.content if part not in lists))
        own = setting.here.add("P") if lists else setting.here
        above = text(setting, words, name, own, width - indent)
        inner = [block for child in lists for block in listing(setting, child, width, nested=True)]
        items.append(ListItem([above, *inner], value=item.attributes.get("value")))
    setting.here = outer
    flow = Items(items, labels, **looks)
    return [flow] if nested else [flow, Spacer(1, setting.page.size * 0.35)]


def text(setting: Setting, element: Element, style: str, node: Node, width: float = 0.0) -> Words:
    """A paragraph in a style, the content of a node. Running text fills no more of a `width` than can be read well."""
    look = setting.page.styles[style]
    if style in _RUNNING and width > setting.page.measure:
        look = setting.page.narrowed(style, width - setting.page.measure)
    if breaks_anywhere(element.words):
        look = setting.page.unspaced(style)
    look = setting.page.led(look, element.words)
    first = len(setting.inlays)
    made = Words(
        inline(setting, element, style, node), look, node, element.language or setting.language, setting.inlays[first:]
    )
    made.backwards = setting.page.rtl
    return made


def repeated(setting: Setting, words: str, style: str) -> Words:
    """Words that are printed again on a further page: furniture, which is read once only."""
    look = setting.page.led(setting.page.styles[style], words)
    made = Words(inline(setting, Element("p", content=(words,)), style, Node("P")), look)
    made.backwards = setting.page.rtl
    return made


def inline(
    setting: Setting,
    element: Element,
    style: str,
    node: Node,
    bold: bool = False,
    italic: bool = False,
    code: bool = False,
    caps: bool = False,
) -> list[Part]:
    """What stands in a paragraph for an element's content, set in a style, in a node."""
    out: list[Part] = []
    for child in element.content:
        if isinstance(child, str):
            pieces = setting.page.pieces(child.upper() if caps else child, style, bold, italic, code)
            out += [Span("font", (words,), {"name": font}) if font else words for font, words in pieces]
            continue
        # Large print emphasises by weight alone.
        heavy = bold or child.tag == "b" or (child.tag == "i" and setting.page.large)
        sloped = italic or (child.tag == "i" and not setting.page.large)
        if heavy != bold or sloped != italic:
            setting.page.load(style, heavy, sloped)
        own = node
        if child.tag == "a":
            own = node.inline("Link")
        elif child.language:
            own = node.inline("Span", lang=child.language)
        big = caps or (child.tag == "caps" and not setting.page.large)
        inner = tuple(inline(setting, child, style, own, heavy, sloped, code or child.tag == "code", big))
        match child.tag:
            case "br":
                out.append(Span("br"))
            case "sup":
                size = setting.page.styles[style].fontSize
                small = size if setting.page.large else size * _RAISED
                out.append(Span("super", inner, {"size": f"{small:.1f}", "rise": f"{size * 0.34:.1f}"}))
            case "code":
                out.append(Span("font", inner, {"name": setting.page.code_font(), "size": str(setting.page.code_size)}))
            case "a":
                color = setting.page.color("second").hexval().replace("0x", "#")
                href, said = child.get("href"), " ".join(child.words.split())
                told = said if said in ("", href) else f"{said}: {href}"
                out.append(Span("a", inner, {"href": setting.piece(own, href, told or href), "color": color}))
            case "formula":
                formula = read_formula(child.get("tex"), child.get("display") == "block", setting.labels.language.tag)
                setting.inlays.append(Inlay(formula, node.inline("Formula", alt=formula.spoken)))
                out.append(Span("ondraw", attributes={"name": INLAY}))
            case "gap":
                out.append(_gap(setting, int(child.get("letters")), node) if setting.blanks else Span("b", inner))
            case "span":
                if child.get("class") or not child.language:
                    color = setting.page.color(child.get("class", "muted")).hexval().replace("0x", "#")
                    inner = (Span("font", inner, {"color": color}),)
                out += [Span("a", inner, {"href": setting.piece(own)})] if own is not node else inner
            case "caps":
                out += inner
            case "i" if setting.page.large:
                out.append(Span("b", inner))
            case tag:
                out.append(Span(tag, inner))
    return out


def _gap(setting: Setting, letters: int, node: Node) -> Span:
    """A blank to write a word of so many letters in, wider than it is in print, with the number that the key has. It is told
    by that number, not stroke by stroke."""
    setting.gaps += 1
    strokes = max(_GAP_LEAST, round(letters * 1.25) + 4)
    pieces = [min(_GAP_MOST, strokes - n) for n in range(0, strokes, _GAP_MOST)]
    own = node.inline("Span", actual=f"{setting.labels('gap')} {setting.gaps}")
    blank = " ".join("_" * piece for piece in pieces)
    return Span("a", (blank, Span("super", (str(setting.gaps),))), {"href": setting.piece(own)})
