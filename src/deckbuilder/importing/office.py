"""Old decks of other formats, converted by LibreOffice where it is there."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deckbuilder.ooxml.package import PackageError

_CONVERTED = (".ppt", ".pps", ".pot", ".odp", ".otp", ".fodp", ".sxi")
_SECONDS = 180
# Decks come from anywhere: what they name outside themselves is not fetched, and programs in them do not run.
_GUARDED = "".join(
    f'<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{name}" oor:op="fuse">'
    "<value>true</value></prop></item>"
    for name in ("BlockUntrustedRefererLinks", "DisableActiveContent", "DisableMacrosExecution")
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    f"{_GUARDED}</oor:items>"
)
_KEYNOTE = "in Keynote: File, Export To, PowerPoint; and import the .pptx"


@contextmanager
def as_pptx(source: Path) -> Iterator[Path]:
    """The file as one of PowerPoint's, converted for as long as this lasts where it is none. PackageError where that cannot
    be."""
    ending = source.suffix.lower()
    if ending == ".key" or source.is_dir():
        raise PackageError("is a Keynote file, which only Keynote can read", _KEYNOTE)
    if ending not in _CONVERTED:
        yield source
        return
    if not source.is_file():
        raise FileNotFoundError(source)
    with tempfile.TemporaryDirectory(prefix="deckbuilder-import-") as scratch:
        yield convert(source, "pptx", Path(scratch))


def office() -> str | None:
    """LibreOffice's command; None where it is not there."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(source: Path, form: str, scratch: Path) -> Path:
    """The file in another form, made by LibreOffice in a folder, without what it refers to on other machines or elsewhere on
    this one. PackageError where it cannot."""
    program = office()
    if program is None:
        raise PackageError(
            f"is a {source.suffix} file, which LibreOffice has to convert, and LibreOffice is not installed here",
            "install LibreOffice, or save the deck as .pptx",
        )
    settings = scratch.resolve() / "profile/user/registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
    command = [program, "--headless", "--norestore", f"-env:UserInstallation=file://{scratch.resolve()}/profile"]
    command += ["--convert-to", form, "--outdir", str(scratch), str(source)]
    try:
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise PackageError(
            f"keeps LibreOffice busy for more than {_SECONDS} seconds", "open it there, and save it as .pptx"
        ) from None
    made = scratch / f"{source.stem}.{form.partition(':')[0]}"
    if not made.is_file():
        raise PackageError("cannot be read by LibreOffice", "open it in the program that made it, and save it as .pptx")
    return made
