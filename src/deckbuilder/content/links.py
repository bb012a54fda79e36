"""Where links lead: to the web, a mailbox, a telephone or a slide of the deck. Anything else would lead nowhere from
somebody else's machine. And how an address is written where people are to read it."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import unquote

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

LONGEST = 2000
"""Bytes of an address: PowerPoint takes 2,083 characters, a QR code 2,331 bytes."""

_WEB = ("http", "https")
_CALLS = ("tel", "sms")
_SCHEMES = (*_WEB, "mailto", *_CALLS)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_PORT = re.compile(r"[\w-]+(?:\.[\w-]+)+:\d")  # a host with its port has a colon too
_SLIDE = re.compile(r"#[a-z0-9][a-z0-9-]*")
# Two letters that are rather a file's than a country's.
_ENDINGS = (
    "ai",
    "cc",
    "cs",
    "db",
    "gz",
    "go",
    "hs",
    "js",
    "md",
    "pl",
    "pm",
    "ps",
    "py",
    "rb",
    "rs",
    "sh",
    "ts",
    "vb",
    "xz",
)
_GENERAL = (
    "com|org|net|edu|gov|int|info|io|eu|app|dev|online|site|shop|blog|wiki|health|academy|education|training|berlin"
)
_HOST = re.compile(
    rf"(?:www\.[^\s/?#]+|(?:[\w-]+\.)+(?:{_GENERAL}|(?P<country>[a-z]{{2}}))(?::\d+)?)(?P<rest>[/?#]\S*)?",
    re.IGNORECASE,
)
_SITE = re.compile(r"//[^/?#\s]|(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?/", re.IGNORECASE)  # with something behind the host
_AUTHORITY = re.compile(
    r"https?://(?:[^/?#\s@]*@)?(?:\[[0-9a-f:.]+\]|[\w-]+(?:\.[\w-]+)*\.?)(?::(?P<port>\d{1,5})?)?(?=[/?#]|$)", re.I
)
_PLAIN = re.compile(r"(?:[\w.~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*", re.ASCII)


def target_of(written: str) -> str:
    """Where a link leads, as a whole address, or "#id" for a slide of the deck.

    `https://` is put before what is plainly the name of a host. Raises PydanticCustomError for what leads
    nowhere: nothing, a file, or an address that makes something else happen.
    """
    address = _held(written.strip())
    if not address:
        raise _wrong("a link leads nowhere", "write its address: [words](https://…)", "")
    if address.startswith("#"):
        if not _SLIDE.fullmatch(address):
            raise _wrong(
                "'{link}' names no slide of this deck",
                "give the slide an 'id' of small letters, digits and hyphens, and write [words](#that-id)",
                address,
            )
        return address
    scheme = _SCHEME.match(address)
    if scheme and not _PORT.match(address):
        name = scheme[1].lower()
        if name in _WEB:
            return _web(address)
        if name in _SCHEMES:
            return _other(name, address[len(scheme[0]) :].strip(), address)
        raise _wrong(
            "a link cannot lead to '{link}'", f"links take addresses that begin with {', '.join(_SCHEMES)}", address
        )
    plain = unquote(address)  # a parser may have written its letters otherwise
    if _names_a_host(plain):
        return _web(f"https://{plain.removeprefix('//')}")
    if "@" in plain and "/" not in plain:
        return _other("mailto", plain, address)
    raise _wrong(
        "the link to '{link}' leads nowhere from another machine",
        "write a whole address, https:// included; files that people need go onto the web, or are handed out; "
        "a slide of this deck is written #its-id",
        address,
    )


def _names_a_host(words: str) -> bool:
    """Whether the words are an address without its scheme, rather than a file's name."""
    if match := _HOST.fullmatch(words):
        return match["rest"] is not None or (match["country"] or "").lower() not in _ENDINGS
    return _SITE.match(words) is not None


def _web(address: str) -> str:
    """The web address, its letters as they travel. Raises PydanticCustomError where no program could go there:
    PowerPoint takes a deck with such a link for damaged."""
    hint = "write it whole: https://example.org/page"
    if re.match(r"https?:/*(?:[/?#]|$)", address, re.IGNORECASE) and not re.match(r"https?://[^/?#\s]", address, re.I):
        raise _wrong("the address '{link}' names no host", hint, address)
    travelling = _travelling(address)
    host = _AUTHORITY.match(travelling)
    if host is None or int(host["port"] or 0) > 65_535:
        raise _wrong("the address '{link}' has no host that could be reached", hint, address)
    return travelling


def _other(scheme: str, rest: str, address: str) -> str:
    """An address of mail or a telephone. Raises PydanticCustomError where it is neither."""
    if scheme == "mailto":
        whom = unquote(rest.partition("?")[0])
        if not all(re.fullmatch(r"[^@\s,;]+@[^@\s,;]+", one.strip()) for one in whom.split(",")):
            raise _wrong("'{link}' is no address of mail", "write it like mailto:name@example.org", address)
        return _travelling(f"mailto:{rest.replace(' ', '%20')}")
    number = re.sub(r"(?:\s|%20)+", "-", rest)
    if not re.fullmatch(r"\+?[0-9*#.()/-]*[0-9][0-9*#.()/-]*(?:[;?].*)?", number):
        raise _wrong("'{link}' is no telephone number", f"write it like {scheme}:+49-30-123456", address)
    return _travelling(f"{scheme}:{number}")


def _travelling(address: str) -> str:
    """The address in the characters that addresses may have: others are written as %C3%BC, hosts as xn--…"""
    if _PLAIN.fullmatch(address):
        return address
    from markdown_it.common.normalize_url import normalizeLink  # late: most addresses need nothing

    return _held(normalizeLink(address))


def shown_address(address: str) -> str:
    """An address as people read and type it: without `https://`, `mailto:` or `tel:`, without a slash at the end, letters as
    they are spelt."""
    from markdown_it.common.normalize_url import normalizeLinkText

    scheme = _SCHEME.match(address)
    name = scheme[1].lower() if scheme else ""
    if name in _WEB:
        shown = address[len(name) + 3 :]
        shown = shown[:-1] if shown.endswith("/") and "?" not in shown and "#" not in shown else shown
        if "%" not in shown and "xn--" not in shown:
            return shown
        spelt = normalizeLinkText(f"https://{shown}").removeprefix("https://")
        # Only letters are easier to read: a blank or a bracket could be taken for the address's end.
        return spelt if all(char.isalnum() or char in "-._~:/?#@!$&'()*+,;=%" for char in spelt) else shown
    if name in _SCHEMES:
        return unquote(address[len(name) + 1 :].partition("?")[0])
    return address


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
    spelt = unquote(link)
    shown = spelt if len(spelt) <= 60 else f"{spelt[:59]}…"
    return PydanticCustomError("link-target", message, {"link": shown, "hint": hint})


def _address(written: str) -> str:
    """The value of a field for addresses, which no slide of the deck is."""
    if written.startswith("#"):
        raise _wrong("'{link}' is no address", "write it whole, https:// included", written)
    if re.match(r"https?:\S+\s+\S", written.strip(), re.IGNORECASE):
        raise _wrong("the address '{link}' has blanks in it, so it is none", "write %20 in place of each", written)
    return target_of(written)


def _web_address(written: str) -> str:
    """As `_address`, of a page."""
    address = _address(written)
    if not address.lower().startswith(("http://", "https://")):
        raise _wrong("'{link}' is no web address", "write it whole, https:// included", written)
    return address


Address = Annotated[str, AfterValidator(_address)]
"""An address that a link can lead to, whole, of a length that a QR code and PowerPoint hold."""

WebAddress = Annotated[str, AfterValidator(_web_address)]
"""As `Address`, of a page."""
