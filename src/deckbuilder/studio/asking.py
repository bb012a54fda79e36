"""What the page asks for: another look, a fix, files; a training that lies somewhere, or a new one. Each is a POST of JSON."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from deckbuilder import api
from deckbuilder.studio import browse, places
from deckbuilder.studio.answers import Sent, Studio, read
from deckbuilder.studio.making import Making, Wish
from deckbuilder.studio.recent import recent
from deckbuilder.studio.state import Settings


class Mend(Sent):
    """Which finding's fix is wanted, of which version of the view."""

    finding: int = Field(ge=0)
    version: int


class Open(Sent):
    """Which training is to be opened: its folder, or its file."""

    path: str = Field(min_length=1, max_length=4000)


class New(Sent):
    """A training that is to be made: in which folder, called what, from which deck."""

    folder: str = Field(min_length=1, max_length=4000)
    name: str = Field(min_length=1, max_length=120)
    source: str = Field("starter", max_length=80)


def routes(studio: Studio) -> list[Route]:
    """The start page's addresses, and those of a training that ask for something."""
    one, post = _Asking(studio), ["POST"]
    return [
        Route("/", one.start),
        Route("/folders", one.folders),
        Route("/open", one.open, methods=post),
        Route("/import", studio.writing(one.take_over), methods=post),
        Route("/new", studio.writing(one.new), methods=post),
        Route("/t/{name}/look", one.look, methods=post),
        Route("/t/{name}/mend", studio.writing(one.mend), methods=post),
        Route("/t/{name}/make", studio.writing(one.make), methods=post),
        Route("/t/{name}/made", one.made),
        Route("/t/{name}/made/{number:int}", one.handed_out),
        Route("/t/{name}/reveal", studio.writing(one.reveal), methods=post),
    ]


class _Asking:
    def __init__(self, studio: Studio) -> None:
        self.studio = studio

    async def start(self, request: Request) -> Response:
        found = await run_in_threadpool(recent)
        lately = [one | {"folder": str(Path(one["deck"]).parent)} for one in found]
        home = str(browse.usual_folder())
        return self.studio.page(request, "start.html", recent=lately, sources=browse.sources(), home=home)

    async def folders(self, request: Request) -> Response:
        at = request.query_params.get("at")
        try:
            return JSONResponse(await run_in_threadpool(browse.folder, Path(at) if at else None))
        except (OSError, ValueError) as error:
            raise HTTPException(404, getattr(error, "strerror", None) or "this folder cannot be read") from None

    async def open(self, request: Request) -> Response:
        path = Path((await read(request, Open)).path).expanduser()
        file = path / "deck.yaml" if path.is_dir() else path
        if not file.is_file() or file.suffix not in (".yaml", ".yml"):
            raise HTTPException(422, "there is no deck here: choose a folder that holds deck.yaml")
        return JSONResponse({"address": f"/t/{(await self.studio.trainings.open(path)).name}"})

    async def new(self, request: Request) -> Response:
        asked = await read(request, New)
        within = Path(asked.folder).expanduser()
        try:
            folder = await run_in_threadpool(browse.new_training, within, asked.name, asked.source)
        except api.DeckError as error:
            raise HTTPException(422, "; ".join(one.message for one in error.diagnostics)) from None
        return JSONResponse({"address": f"/t/{(await self.studio.trainings.open(folder)).name}"})

    async def take_over(self, request: Request) -> Response:
        asked = await read(request, Open)
        try:
            folder = await run_in_threadpool(browse.imported, Path(asked.path).expanduser())
        except api.DeckError as error:
            said = [f"{one.message}{f' ({one.hint})' if one.hint else ''}" for one in error.diagnostics]
            raise HTTPException(422, "; ".join(said)) from None
        return JSONResponse({"address": f"/t/{(await self.studio.trainings.open(folder)).name}"})

    async def look(self, request: Request) -> Response:
        training = self.studio.training(request)
        settings = await read(request, Settings)
        if settings.session is not None and settings.session not in training.sessions():
            raise HTTPException(422, "there is no such session file beside the deck")
        await training.look(settings)
        return JSONResponse({"version": training.state.version})

    async def mend(self, request: Request) -> Response:
        asked = await read(request, Mend)
        try:
            done = await self.studio.training(request).mend(asked.finding, asked.version)
        except LookupError:
            raise HTTPException(409, "the file has changed meanwhile; look again") from None
        return JSONResponse({"mended": len(done)})

    def _making(self, request: Request) -> Making:
        return self.studio.trainings.making[self.studio.training(request).name]

    async def make(self, request: Request) -> Response:
        wish, making = await read(request, Wish), self._making(request)
        if not making.start(wish):
            raise HTTPException(409, "files are being made already")
        return JSONResponse(making.view())

    async def made(self, request: Request) -> Response:
        return JSONResponse(self._making(request).view())

    async def handed_out(self, request: Request) -> Response:
        files, number = self._making(request).files, request.path_params["number"]
        if number >= len(files) or not files[number].is_file():
            raise HTTPException(404, "there is no such file")
        return FileResponse(files[number], filename=files[number].name)

    async def reveal(self, request: Request) -> Response:
        await read(request, Sent)
        files = self._making(request).files
        if not files or self.studio.door.open_to_others:
            raise HTTPException(409, "there is no folder to open")
        await run_in_threadpool(places.reveal, files[0].parents[1])
        return JSONResponse({})
