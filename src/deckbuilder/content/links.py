"""Where links lead: to the web, a mailbox or a telephone. Anything else would lead nowhere from somebody else's machine."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

LONGEST = 2000
"""Bytes of an address: PowerPoint takes 2,083 characters, a QR code 2,331 bytes."""

_SCHEMES = ("http", "https", "mailto", "tel", "sms")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(
    r"(?:www\.|(?:[\w-]+\.)+(?:com|org|net|edu|gov|int|eu|uk|de|fr|es|it|nl|ca|us|info|io)\b)[^\s]*", re.IGNORECASE
)


def target_of(written: str) -> str:
    """Where a link leads, as a whole address.

    `https://` is put before what is plainly the name of a host. Raises PydanticCustomError for what leads
    nowhere: nothing, a file, a place within the deck, or an address that makes something else happen.
    """
    address = _held(written.strip())
    if not address:
        raise _wrong("a link leads nowhere", "write its address: [words](https://…)", "")
    if scheme := _SCHEME.match(address):
        name = scheme[1].lower()
        if name in ("http", "https") and not re.match(r"https?://[^/?#\s]", address, re.IGNORECASE):
            raise _wrong("the address '{link}' names no host", "write it whole: https://example.org/page", address)
        if name in _SCHEMES:
            return address
        if not re.match(r"[\w.-]+:\d", address):  # a host with its port has a colon too
            raise _wrong(
                "a link cannot lead to '{link}'", f"links take addresses that begin with {', '.join(_SCHEMES)}", address
            )
    if address.startswith("#"):
        raise _wrong(
            "a link cannot lead to a place within the deck, '{link}'", "say which slide is meant in words", address
        )
    if _HOST.fullmatch(address):
        return f"https://{address}"
    if "@" in address and "/" not in address:
        return f"mailto:{address}"
    raise _wrong(
        "the link to '{link}' leads nowhere from another machine",
        "write a whole address, https:// included; files that people need go onto the web, or are handed out",
        address,
    )


def _held(address: str) -> str:
    """The address. Raises PydanticCustomError for one too long for a QR code or for PowerPoint."""
    if len(address.encode("utf-8", "surrogatepass")) > LONGEST:
        raise _wrong(
            f"the address '{{link}}' is longer than {LONGEST:,} bytes: no QR code holds it",
            "give a shorter one; what follows a '?' can often go",
            address,
        )
    return address


def _wrong(message: str, hint: str, link: str) -> PydanticCustomError:
    shown = link if len(link) <= 60 else f"{link[:59]}…"
    return PydanticCustomError("link-target", message, {"link": shown, "hint": hint})


Address = Annotated[str, AfterValidator(_held)]
"""An address of a length that a QR code and PowerPoint hold."""
