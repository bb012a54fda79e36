"""The structure tree: what a document says, in reading order, for those who do not see it.

Structure types are those of ISO 32000-1, 14.8.4. A node's content is tied to pages by marked
content identifiers; pages and links find their nodes through the parent tree (14.7.4.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject, PDFObjectReference, PDFString

from deckbuilder.frozen import dataclass

# A node without content is left out, but for these, which hold a table's grid together.
_GRID = ("TR", "TH", "TD")


@dataclass(frozen=True, slots=True)
class Content:
    """Something painted on a page: the page's number, and the identifier of the sequence."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's place on a page, by the name that ReportLab knows it by."""

    page: int
    name: str


@dataclass(slots=True, eq=False)
class Node:
    """A structure element.

    `kind` is its type ("P", "H1", "Figure" …), `alt` what a figure shows, `actual` the text that
    replaces what is drawn, `lang` a language tag where it differs from what is around, `looks`
    the entries of its attribute dictionary, as PDF. `once` marks what may be drawn again on a
    later page (a table's repeated head): only the first time counts.
    """

    kind: str
    parent: Node | None = None
    kids: list[Node | Content | Annotation] = field(default_factory=list)
    alt: str | None = None
    actual: str | None = None
    lang: str | None = None
    looks: str | None = None
    once: bool = False
    _attached: bool = True

    def add(self, kind: str, **more: Any) -> Node:
        """A new node, the last below this one."""
        node = Node(kind, self, **more)
        self.kids.append(node)
        return node

    def __deepcopy__(self, memo: dict[int, Any]) -> Node:
        """Itself: ReportLab copies what a row holds to see where it may be divided, and sets the copies."""
        return self

    def inline(self, kind: str, **more: Any) -> Node:
        """A new node for a piece of this one's text. It takes its place among the other pieces when
        it is first drawn."""
        return Node(kind, self, _attached=False, **more)

    def attach(self) -> None:
        """Takes an inline node to its place, if it has not got one."""
        if not self._attached and self.parent is not None:
            self.parent.attach()
            self.parent.kids.append(self)
            self._attached = True

    @property
    def drawn(self) -> bool:
        """Whether anything of it has been painted."""
        return any(not isinstance(kid, Node) or kid.drawn for kid in self.kids)

    def prune(self) -> bool:
        """Leaves out what has no content; returns whether anything is left of this node."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Node) or kid.prune()]
        return bool(self.kids) or self.kind in _GRID

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(kid for kid in reversed(node.kids) if isinstance(kid, Node))


class ParentTree:
    """Which nodes own a page's sequences, and a link's annotation: the way back from what is painted."""

    def __init__(self) -> None:
        self.keys = 0
        self.pages: dict[int, dict[int, Node]] = {}
        self.links: dict[int, Node] = {}

    def page(self, owners: dict[int, Node]) -> int:
        """A key for a page whose sequences have these owners, by identifier."""
        self.keys += 1
        self.pages[self.keys - 1] = owners
        return self.keys - 1

    def link(self, node: Node) -> int:
        """A key for a link's annotation."""
        self.keys += 1
        self.links[self.keys - 1] = node
        return self.keys - 1


def write_structure(document: Any, root: Node, tree: ParentTree) -> None:
    """Adds the structure tree to a ReportLab document, whose pages are all there."""
    root.prune()
    names = {id(node): f"node{number}" for number, node in enumerate(root.walk())}
    for node in root.walk():
        parent = names[id(node.parent)] if node.parent is not None else "structure"
        document.Reference(_Element(node, names, parent), names[id(node)])
    document.Reference(_Root(names[id(root)], tree, names), "structure")
    document.Catalog.StructTreeRoot = PDFObjectReference("structure")
    document.Catalog.MarkInfo = _Written("<< /Marked true >>")


class _Written(PDFObject):
    """An object that is PDF already."""

    def __init__(self, text: str) -> None:
        self.text = text

    def format(self, document: Any) -> bytes:
        return self.text.encode("latin-1")


class _Element(PDFObject):
    """A node as a structure element dictionary. Written as text: there are tens of thousands."""

    def __init__(self, node: Node, names: dict[int, str], parent: str) -> None:
        self.node = node
        self.names = names
        self.parent = parent

    def format(self, document: Any) -> bytes:
        def reference(name: str) -> str:
            return str(PDFObjectReference(name).format(document).decode("latin-1"))

        node = self.node
        home = _first_page(node)
        kids = []
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(reference(self.names[id(kid)]))
            elif isinstance(kid, Annotation):
                page, link = reference(f"Page{kid.page}"), reference(f"Annot.{kid.name}")
                kids.append(f"<< /Type /OBJR /Pg {page} /Obj {link} >>")
            elif kid.page == home:
                kids.append(str(kid.mcid))
            else:
                kids.append(f"<< /Type /MCR /Pg {reference(f'Page{kid.page}')} /MCID {kid.mcid} >>")
        out = [f"<< /Type /StructElem /S /{node.kind} /P {reference(self.parent)}"]
        if home is not None:
            out.append(f"/Pg {reference(f'Page{home}')}")
        out.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K [ {' '.join(kids)} ]")
        for key, value in (("Alt", node.alt), ("ActualText", node.actual), ("Lang", node.lang)):
            if value is not None:
                out.append(f"/{key} {PDFString(value).format(document).decode('latin-1')}")
        if node.looks:
            out.append(f"/A << {node.looks} >>")
        return " ".join([*out, ">>"]).encode("latin-1")


class _Root(PDFObject):
    """The structure tree's root, with the parent tree."""

    def __init__(self, first: str, tree: ParentTree, names: dict[int, str]) -> None:
        self.first = first
        self.tree = tree
        self.names = names

    def format(self, document: Any) -> bytes:
        def reference(name: str) -> str:
            return str(PDFObjectReference(name).format(document).decode("latin-1"))

        rows = []
        for key in range(self.tree.keys):
            if key in self.tree.links:
                rows.append(f"{key} {reference(self.names[id(self.tree.links[key])])}")
                continue
            owners = self.tree.pages[key]
            # Gaps are null: an imposed sheet's two pages take odd and even identifiers.
            cells = [
                reference(self.names[id(owners[n])]) if n in owners else "null"
                for n in range(max(owners, default=-1) + 1)
            ]
            rows.append(f"{key} [ {' '.join(cells)} ]")
        numbers = "\n".join(rows)
        return (
            f"<< /Type /StructTreeRoot /K {reference(self.first)} /ParentTreeNextKey {self.tree.keys}\n"
            f"/ParentTree << /Nums [ {numbers} ] >> >>"
        ).encode("latin-1")


def _first_page(node: Node) -> int | None:
    """The page of a node's first own content; None for one that only holds others."""
    return next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
