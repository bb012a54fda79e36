"""Tagged PDF (PDF/UA-1, ISO 14289-1) on ReportLab: a tree of what a document says, tied to what is drawn.

The tree (`structure`) is made in reading order, before anything is drawn. Flowables (`flowables`)
carry its nodes; while one draws, the canvas (`canvas`) marks what it paints as that node's
content. All else that is painted is an artifact. Nothing of ReportLab is changed.
"""

from deckbuilder.outputs.pages.tagging.structure import Node

__all__ = ["Node"]
