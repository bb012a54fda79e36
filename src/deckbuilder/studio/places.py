"""Folders and files as the user's own programs open them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote


def reveal(folder: Path) -> None:
    """Shows a folder in the system's own window; nothing happens where there is none."""
    if sys.platform == "win32":
        os.startfile(folder)
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        subprocess.Popen(
            [opener, str(folder)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return


def disposition(kind: str, name: str) -> str:
    """The header by which a browser knows what a file is called (RFC 6266)."""
    return f"{kind}; filename*=utf-8''{quote(name, safe='')}"
