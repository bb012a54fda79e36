"""Advice on the folder: what lies in it and is not used, and addresses."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from deckbuilder.checks.matter import Found, Matter, rule
from deckbuilder.content.leaves import leaves
from deckbuilder.reading.formats import PICTURE_ENDINGS
from deckbuilder.source import Position, position_of

_MOST_FILES = 5_000
_NOT_LOOKED_AT = {"output", "templates", "dist", "build", "node_modules"}
_EXAMPLES = re.compile(
    r"(?:^|\.)(?:example\.(?:com|org|net)|example|invalid|test|yourdomain\.\w+|domain\.com)$", re.IGNORECASE
)
_ANCHOR = re.compile(r"(?:^|(?<=[\s\[{,]))&(?P<name>[\w-]+)(?=[\s,\]}]|$)", re.MULTILINE)


@rule("picture-unused")
def unused_pictures(matter: Matter) -> Iterator[Found]:
    for path in _unused(matter, PICTURE_ENDINGS):
        yield Found(f"no slide uses {path}", None, "delete it, or use it")


@rule("data-unused")
def unused_data(matter: Matter) -> Iterator[Found]:
    for path in _unused(matter, (".csv",)):
        yield Found(f"no slide uses {path}", None, "delete it, or use it")


def _unused(matter: Matter, endings: tuple[str, ...]) -> list[str]:
    """Files of those endings in the deck's folder that nobody has read; none where the folder is no deck's own."""
    folder = matter.folder.resolve()
    if not (folder / "deck.yaml").is_file() or Path(matter.file).name != "deck.yaml":
        return []
    used = {os.path.realpath(path) for path in matter.inputs}
    out: list[str] = []
    seen = 0
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in _NOT_LOOKED_AT and not _is_another(here / name)
        )
        for name in sorted(files):
            seen += 1
            if seen > _MOST_FILES:
                return out
            if name.lower().endswith(endings) and os.path.realpath(here / name) not in used:
                out.append(str((here / name).relative_to(folder)))
    return out


def _is_another(folder: Path) -> bool:
    """Whether a folder is a deck's or a theme pack's of its own."""
    return any((folder / name).exists() for name in ("deck.yaml", "library.yaml", "_brand.yml", "_brand.yaml"))


@rule("variable-unused")
def unused_variables(matter: Matter) -> Iterator[Found]:
    """YAML's own variables: names that no alias takes."""
    try:
        text = (matter.folder / Path(matter.file).name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return
    if not _ANCHOR.search(text):
        return
    import yaml

    named: dict[str, Position] = {}
    taken: set[str] = set()
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.AliasEvent):
            taken.add(str(event.anchor))
        elif isinstance(event, yaml.NodeEvent) and event.anchor and (mark := event.start_mark) is not None:
            named[str(event.anchor)] = Position(matter.file, mark.line + 1, mark.column + 1)
    for name, at in named.items():
        if name not in taken:
            yield Found(
                f"nothing uses the value that is named '&{name}'", at, f"take '&{name}' out, or write '*{name}'"
            )


@rule("address-doubtful")
def doubtful(matter: Matter) -> Iterator[Found]:
    told: set[str] = set()
    for address, at in _addresses(matter):
        reason = _doubt(address)
        if reason and address not in told:
            told.add(address)
            yield Found(f"the address {address} {reason}", at, "copy it from the browser's address line")


def _doubt(address: str) -> str | None:
    """Why an address is hardly right; None where it may be."""
    if not address.lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "cannot be taken apart"
    if "://" in address[8:].partition("?")[0] and not re.search(r"web\.archive\.org|/https?://", address[8:]):
        return "has '://' twice"
    if re.match(r"https?://https?[:/]", address, re.IGNORECASE):
        return "begins twice"
    if "." not in host and host != "localhost":
        return "has a host without a dot"
    if ".." in host or host.startswith((".", "-")) or host.endswith("-"):
        return "has a host that cannot be"
    if address.endswith((".", ",", ";", "'", '"', ">")) or (address.endswith(")") and "(" not in address):
        return "ends in a character that hardly belongs to it"
    if _EXAMPLES.search(host):
        return "is one that is kept for examples"
    return None


def _addresses(matter: Matter) -> Iterator[tuple[str, Position | None]]:
    """Every address in the deck, with where it was written."""
    for passage in matter.passages:
        for run in passage.text.runs if passage.text else ():
            if run.link:
                yield run.link, passage.at
    for value, name, at in leaves(matter.deck):
        if name in ("url", "join"):
            yield str(value), position_of(value) or at


@rule("address-dead")
def dead(matter: Matter) -> Iterator[Found]:
    if not matter.links:
        return
    from deckbuilder.checks.links import answers

    places: dict[str, Position | None] = {}
    for address, at in _addresses(matter):
        if address.lower().startswith(("http://", "https://")):
            places.setdefault(address, at)
    for address, said in answers(list(places)).items():
        yield Found(f"the address {address} {said}", places[address], "look for where the page has moved")
