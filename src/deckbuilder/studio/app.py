"""The studio's addresses. Pages and pictures are asked for by GET, which changes nothing; whatever changes something is a POST.

/                         the start page: recent trainings, new ones
/t/NAME                   a training
/t/NAME/events            its view, whenever it changes (server-sent events)
/t/NAME/slide/KEY/WIDTH   a slide as a picture; /about what it says, and where
/t/NAME/page/...          a page of handout or guide, likewise; /t/NAME/document/... the whole file
/t/NAME/look, /mend       another theme, paper or session; a finding's fix
/t/NAME/make, /made/N     files made, and handed out
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from deckbuilder.studio import asking, changing, showing
from deckbuilder.studio.answers import HERE, Studio, refused, too_much
from deckbuilder.studio.guard import Door, Guard, TooMuch
from deckbuilder.studio.trainings import Trainings


def make_app(door: Door, trainings: Trainings, editor: str | None = None) -> Starlette:
    """The application. `editor` is an address by which an editor opens a line, with {file}, {line} and {column} in it."""
    studio = Studio(door, trainings, editor)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await trainings.close()

    static = Mount("/static", StaticFiles(directory=HERE / "static"))
    handlers: dict[Any, Any] = {HTTPException: refused, TooMuch: too_much}
    return Starlette(
        routes=[*showing.routes(studio), *asking.routes(studio), *changing.routes(studio), static],
        middleware=[Middleware(Guard, door=door)],
        lifespan=lifespan,
        exception_handlers=handlers,
    )
