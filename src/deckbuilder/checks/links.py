"""Whether addresses answer. The only place of deckbuilder that goes to the web, and only when it is asked to."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

_EACH, _ALL = 8.0, 40.0  # seconds
_AT_ONCE = 8
# What a server says to programs that it does not know, rather than of the page.
_FOR_PEOPLE_ONLY = (401, 403, 405, 406, 429, 999)


def answers(addresses: Sequence[str], each: float = _EACH, whole: float = _ALL) -> dict[str, str]:
    """What is wrong with the addresses that do not answer, by address, in their order. Takes `whole` seconds at most; what has
    not been tried by then is said so."""
    pool = ThreadPoolExecutor(_AT_ONCE)
    deadline = time.monotonic() + whole
    tries = {address: pool.submit(_tried, address, each, deadline) for address in addresses}
    wait(tries.values(), timeout=whole)
    pool.shutdown(wait=False, cancel_futures=True)
    said = {a: t.result() if t.done() and not t.cancelled() else "was not tried in time" for a, t in tries.items()}
    return {address: words for address, words in said.items() if words}


def _tried(address: str, each: float, deadline: float) -> str:
    """What is wrong; "" where it answers."""
    words = ""
    for method in ("HEAD", "GET"):
        left = min(each, deadline - time.monotonic())
        if left <= 0:
            return "was not tried in time"
        try:
            request = Request(address, method=method, headers={"User-Agent": "Mozilla/5.0 (deckbuilder check)"})
            with urlopen(request, timeout=left):
                return ""
        except HTTPError as error:
            error.close()
            if error.code in _FOR_PEOPLE_ONLY:
                return ""
            words = f"answers {error.code}"
        except (URLError, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            words = f"does not answer: {reason}"
    return words
