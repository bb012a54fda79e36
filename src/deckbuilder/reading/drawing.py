"""Renders one SVG, in a process of its own: `python -P drawing.py PIXELS SECONDS MEGABYTES`, the SVG on standard input, a
PNG as wide as that on standard output.

Filters, patterns of patterns and pictures within a drawing can take any time and memory; a process can be bounded. It needs
nothing of deckbuilder but the fonts: what a drawing looks like does not depend on the machine's.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

FONTS = Path(__file__).parents[1] / "theme" / "fonts"
SANS, SERIF, MONO = "Liberation Sans", "Gelasio", "Liberation Mono"
_STACK = 128 << 20  # bytes


def render(svg: str, width: int, fonts: bool = True) -> bytes:
    """The SVG as a PNG so many pixels wide. ValueError for what resvg cannot read."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            dpi=96,
            skip_system_fonts=True,
            font_files=[str(path) for path in sorted(FONTS.glob("*.ttf"))] if fonts else [],
            font_family=SANS,
            sans_serif_family=SANS,
            serif_family=SERIF,
            monospace_family=MONO,
            cursive_family=SANS,
            fantasy_family=SANS,
        )
    )


def _bound(seconds: int, megabytes: int) -> None:
    """Where the system can: it ends a process that takes more."""
    try:
        import resource
    except ImportError:
        return
    for limit, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # the system has less, or does not know this one
            resource.setrlimit(limit, (most, most))


def main() -> int:
    """Renders what the command line says; returns the exit status, 1 for an SVG that cannot be read."""
    width, seconds, megabytes = (int(word) for word in sys.argv[1:4])
    _bound(seconds, megabytes)
    try:
        data = render(sys.stdin.buffer.read().decode("utf-8"), width)
    except (ValueError, MemoryError) as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(data)
    return 0


def _with_room(work: Callable[[], int]) -> int:
    """Does it in a thread that has room for what lies deep within one another."""
    threading.stack_size(_STACK)
    ended: list[int] = []
    thread = threading.Thread(target=lambda: ended.append(work()))
    thread.start()
    thread.join()
    return ended[0] if ended else 1


if __name__ == "__main__":
    sys.exit(_with_room(main))
