"""A file that starts the studio by a double click, for people without a terminal."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

_NAME = "deckbuilder studio"


def write_shortcut(folder: Path, deck: Path | None, platform: str = sys.platform) -> Path:
    """Writes it into the folder, as the system has it; returns the file. It starts the Python that runs now, with the deck where
    one is given. Raises OSError."""
    words = [sys.executable, "-m", "deckbuilder", "studio", *([str(deck.absolute())] if deck else [])]
    folder.mkdir(parents=True, exist_ok=True)
    if platform == "win32":
        file = folder / f"{_NAME}.bat"
        # Per cent signs are variables to cmd, in quotation marks too.
        command = subprocess.list2cmdline(words).replace("%", "%%")
        file.write_bytes(f"@echo off\r\nchcp 65001 >nul\r\n{command}\r\nif errorlevel 1 pause\r\n".encode())
        return file
    if platform == "darwin":
        file = folder / f"{_NAME}.command"
        file.write_text(f"#!/bin/sh\nexec {shlex.join(words)}\n", "utf-8")
    else:
        file = folder / f"{_NAME}.desktop"
        lines = [
            "[Desktop Entry]",
            "Type=Application",
            f"Name={_NAME}",
            "Comment=Make and change trainings",
            f"Exec={' '.join(map(_quoted, words))}",
            "Terminal=true",
            "Categories=Office;Presentation;",
        ]
        file.write_text("\n".join(lines) + "\n", "utf-8")
    file.chmod(0o755)
    return file


def _quoted(word: str) -> str:
    """A word as the Exec key of desktop entries has it (Desktop Entry Specification, 7)."""
    escaped = "".join(f"\\{c}" if c in '"`$\\' else "%%" if c == "%" else c for c in word)
    return '"' + escaped.replace("\\", "\\\\") + '"'
