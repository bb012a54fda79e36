"""Who may ask, and how: the studio answers its own page and nobody else.

The server listens on the loopback, which any page in the browser and any user of the machine can reach. So each start has a
secret, which the browser keeps in a cookie of that port alone. The name that was asked for (`Host`) has to be the machine's
own, or a page elsewhere could have its own name point here. What changes anything has to come from our page (`Origin`), as
JSON or as a picture, neither of which a foreign page can send unasked.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deckbuilder.frozen import dataclass

MOST_JSON = 2_000_000  # bytes of a request; a deck's text is a fraction of it
MOST_PICTURE = 50_000_000
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_SAFE = ("GET", "HEAD")


@dataclass(frozen=True)
class Door:
    """Where the studio can be reached: its port, the secret of this start, and whether from other machines too."""

    port: int
    secret: str
    open_to_others: bool = False

    @property
    def cookie(self) -> str:
        """Ports share a machine's cookies, so each has its own name."""
        return f"deckbuilder-{self.port}"


class Guard:
    """Refuses what does not come from the studio's own page, and says in each answer what a browser may do with it."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or hands on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        # The editor of files makes its own style sheet, which carries this answer's number.
        nonce = scope["nonce"] = secrets.token_urlsafe(16)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._entrance(scope) or self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, sealed)
            return
        most = MOST_JSON if _type_of(Headers(scope=scope)) == "application/json" else MOST_PICTURE
        await self.app(scope, _bounded(receive, most), sealed)

    def _entrance(self, scope: Scope) -> Response | None:
        """The way in from the command line: an address with the secret in it becomes a cookie, and leaves the address bar."""
        key = parse_qs(scope["query_string"].decode("latin-1")).get("key")
        if scope["method"] != "GET" or not key or not self._named(Headers(scope=scope)):
            return None
        if not hmac.compare_digest(key[0].encode(), self.door.secret.encode()):
            return _refused(403, "this address is of an earlier start; start the studio again and use what it opens")
        answer = RedirectResponse(scope["path"], 303)
        answer.set_cookie(self.door.cookie, self.door.secret, httponly=True, samesite="strict")
        return answer

    def _refusal(self, scope: Scope) -> Response | None:
        headers, method = Headers(scope=scope), scope["method"]
        if not self._named(headers):
            return _refused(421, "this name does not belong to the studio")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return _refused(403, "other pages have no business here")
        if not self._knows(headers):
            return _refused(403, "open the studio by the address that it printed when it started")
        if method in _SAFE:
            return None
        if method != "POST":
            return _refused(405, "there is no such way to ask")
        if headers.get("origin") != f"http://{headers['host']}":
            return _refused(403, "only the studio's own page may change anything")
        kind = _type_of(headers)
        if kind != "application/json" and not kind.startswith("image/"):
            return _refused(415, "send JSON")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > (MOST_JSON if kind == "application/json" else MOST_PICTURE):
            return _refused(413, "that is too much at once")
        return None

    def _named(self, headers: Headers) -> bool:
        """Whether the machine was asked for by its own name. Numbers cannot be made to point elsewhere; names can."""
        name, _, port = headers.get("host", "").rpartition(":")
        if port != str(self.door.port):
            return False
        if name == "localhost":
            return True
        try:
            address = ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return address.is_loopback or self.door.open_to_others

    def _knows(self, headers: Headers) -> bool:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.door.cookie)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(found.value.encode(), self.door.secret.encode())


class TooMuch(Exception):
    """A body that is larger than it said, or than it may be."""


def _bounded(receive: Receive, most: int) -> Receive:
    """What is received, as long as it is no more."""
    got = 0

    async def next_part() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise TooMuch
        return message

    return next_part


def _type_of(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _refused(status: int, words: str) -> Response:
    return JSONResponse({"error": words}, status)
