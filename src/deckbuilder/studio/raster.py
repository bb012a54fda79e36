"""Pages of PDF files as pictures, drawn by pypdfium2."""

from __future__ import annotations

import io
import threading
from typing import Any

_LOCK = threading.Lock()  # PDFium is used by one thread at a time
WIDTHS = (360, 900, 1800)  # pixels: a thumbnail, a page, a page looked at closely


def page_picture(pdf: bytes, number: int, width: int) -> bytes:
    """A page, counted from 0, as a PNG file so many pixels wide. IndexError where there is none."""
    import pypdfium2

    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 0 <= number < len(document):
                raise IndexError(number)
            page = document[number]
            image: Any = page.render(scale=width / page.get_width()).to_pil()
        finally:
            document.close()
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=2)
    return out.getvalue()


def page_words(pdf: bytes, number: int) -> str:
    """What a page says, as its lines come. IndexError where there is none."""
    import pypdfium2

    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 0 <= number < len(document):
                raise IndexError(number)
            return str(document[number].get_textpage().get_text_range()).replace("\r\n", "\n")
        finally:
            document.close()
