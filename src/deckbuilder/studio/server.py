"""Serving the studio: a free port, the secret, the browser."""

from __future__ import annotations

import asyncio
import secrets
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from deckbuilder.studio.app import make_app
from deckbuilder.studio.guard import Door
from deckbuilder.studio.trainings import Trainings

LOOPBACK = "127.0.0.1"


def serve(
    deck: Path | None,
    *,
    writable: bool = True,
    host: str = LOOPBACK,
    port: int = 0,
    token: str | None = None,
    browser: bool = True,
    editor: str | None = None,
    output: Path | None = None,
    told: Callable[[str], None] = print,
) -> None:
    """Serves until it is interrupted. `port` 0 takes a free one; `token` is the secret where somebody gives one; `told` is given
    the address once it can be opened. Raises OSError where the port cannot be had."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    port = listening.getsockname()[1]
    door = Door(port, token or secrets.token_urlsafe(32), open_to_others=host not in (LOOPBACK, "::1"))
    trainings = Trainings(writable, output=output)
    config = uvicorn.Config(
        make_app(door, trainings, editor),
        log_level="warning",
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=1,
        server_header=False,
    )
    server = _Server(config, trainings)

    async def run() -> None:
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        place = f"/t/{(await trainings.open(deck)).name}" if deck else "/"
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}{place}?key={door.secret}"
        told(address)
        if browser:
            await asyncio.to_thread(_open, address)
        await serving

    asyncio.run(run())


class _Server(uvicorn.Server):
    """A server that lets go of pages which listen, when it is told to end."""

    def __init__(self, config: uvicorn.Config, trainings: Trainings) -> None:
        super().__init__(config)
        self.trainings = trainings

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends, without waiting for pages that would listen on."""
        await self.trainings.end()
        await super().shutdown(sockets)


def _open(address: str) -> Any:
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False
