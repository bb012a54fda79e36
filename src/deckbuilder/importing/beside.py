"""The report as a page to look at: each old slide beside the new ones that it became."""

from __future__ import annotations

import base64
import html
import tempfile
from pathlib import Path

from deckbuilder import api
from deckbuilder.diagnostics import DeckError
from deckbuilder.importing.rendering import Rendered
from deckbuilder.importing.report import Became, Imported

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2428; --soft: #5b6670; --line: #d5dadf; --card: #f6f7f8; --doubt: #8a4b00 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaec; --soft: #a7b0b8; --line: #3a4148; --card: #1d2226; --doubt: #ffb867 }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); margin: 2rem auto; max-width: 70rem; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem } .soft { color: var(--soft) }
article { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem 1.5rem; border-top: 1px solid var(--line); padding: 1.3rem 0 }
h2 { grid-column: 1 / -1; font-size: 1.05rem; margin: 0 } h2 span { color: var(--soft); font-weight: 400 }
figure { margin: 0 } img { width: 100%; border: 1px solid var(--line); border-radius: 3px; display: block; margin-bottom: .6rem }
figcaption { color: var(--soft); font-size: .85rem; margin-bottom: .25rem }
.none { background: var(--card); border: 1px solid var(--line); border-radius: 3px; padding: 1rem; color: var(--soft) }
ul { grid-column: 1 / -1; margin: .2rem 0 0; padding-left: 1.2rem; font-size: .9rem }
.doubt { color: var(--doubt); font-weight: 600 }
@media (max-width: 45rem) { article { grid-template-columns: 1fr } }
"""


def write_page(imported: Imported, deck: Path, old: Rendered) -> None:
    """Writes import.html into the new deck's folder. Slides are drawn where the programs for it are there."""
    with tempfile.TemporaryDirectory(prefix="deckbuilder-import-") as scratch:
        new, numbers = _built(deck, Path(scratch))
        rows = [_row(row, old, new, numbers) for row in imported.slides]
    doubtful = sum(row.doubtful for row in imported.slides)
    about = f"{len(imported.slides)} slides, {imported.words:,} words" + (
        f"; {doubtful} to look at" if doubtful else ""
    )
    title = html.escape(f"{imported.source}, imported")
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f'<h1>{title}</h1><p class="soft">{about}. Old slides are on the left, what they became on the right.</p>'
        f"<main>{''.join(rows)}</main></body></html>\n"
    )
    (deck / "import.html").write_text(page, encoding="utf-8")


def _built(deck: Path, scratch: Path) -> tuple[Rendered | None, dict[int, list[int]]]:
    """The new deck's slides, and the pages that each author's slide, counted from 1, went over."""
    try:
        content = api.read(deck)
        frames = api.arrange(content).frames
        files = api.build(deck, only=("slides",), output=scratch).files
    except DeckError:
        return None, {}
    places = {slide.identity: n for n, (_, slide) in enumerate(content.deck.slides(), 1)}
    pages: dict[int, list[int]] = {}
    shown = [frame for frame in frames if not frame.hidden]
    for page, frame in enumerate(shown, 1):
        pages.setdefault(places[frame.slide.identity], []).append(page)
    return Rendered(files[0], range(1, len(shown) + 1), scratch), pages


def _row(row: Became, old: Rendered, new: Rendered | None, pages: dict[int, list[int]]) -> str:
    shown = [
        (new.small(page), kind) for n, kind in zip(row.new, row.kinds, strict=True) for page in pages.get(n, []) if new
    ]
    after = "".join(_picture(data, kind) for data, kind in shown) or _nothing("hidden" if row.hidden else "not drawn")
    before = old.small(row.number)
    left = (
        _picture(before, "") if before else _nothing("hidden" if row.hidden else "LibreOffice is not here to draw it")
    )
    doubt = ' <strong class="doubt">Look at it.</strong>' if row.doubtful else ""
    notes = [f"<li>{html.escape(row.why)}, {round(100 * row.sure)} in 100 sure.{doubt}</li>"]
    notes += [f"<li>Guessed: {html.escape(one.what.removeprefix('a guess: '))}</li>" for one in row.guesses]
    notes += [
        f"<li>Left out: {html.escape(f'{one.what}: {one.words}' if one.words else one.what)}</li>" for one in row.out
    ]
    became = html.escape(", ".join(row.kinds) or "nothing")
    heading = f"{row.number} · {html.escape(row.title or '(no title)')} <span>became {became}</span>"
    return (
        f"<article><h2>{heading}</h2><figure><figcaption>Old</figcaption>{left}</figure>"
        f"<figure><figcaption>New</figcaption>{after}</figure><ul>{''.join(notes)}</ul></article>"
    )


def _picture(data: bytes | None, kind: str) -> str:
    if not data:
        return ""
    alt = html.escape(f"The new slide, {kind}" if kind else "The old slide")
    return f'<img alt="{alt}" src="data:image/png;base64,{base64.b64encode(data).decode()}">'


def _nothing(why: str) -> str:
    return f'<p class="none">{html.escape(why)}</p>'
