"""Breaking a story into pages: pieces that flowables can be divided into, the best breaks between them, and pages as set.

ReportLab fills one page after another. Here all breaks between two beginnings of chapters are chosen together
(`breaking.py`), as TeX chooses those of a paragraph's lines, and pages are handed to ReportLab ready set (`sheet.py`).
"""

from deckbuilder.outputs.pages.paging.paginate import paginate, places, rests

__all__ = ["paginate", "places", "rests"]
