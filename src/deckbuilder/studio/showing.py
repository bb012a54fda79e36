"""A training as it is seen: its view, its slides and pages as pictures and in words. Nothing here changes anything."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from deckbuilder.studio import browse, places
from deckbuilder.studio.answers import FOREVER, Studio
from deckbuilder.studio.raster import WIDTHS, page_picture, page_words

_GONE = "there is no such page any more"


def routes(studio: Studio) -> list[Route]:
    """The addresses of a training that show it."""
    one = _Showing(studio)
    slide, page = "/t/{name}/slide/{key}", "/t/{name}/page/{document}/{key}/{page:int}"
    return [
        Route("/t/{name}", one.whole),
        Route("/t/{name}/view", one.view),
        Route("/t/{name}/events", one.events),
        Route("/t/{name}/choices", one.choices),
        Route(f"{slide}/about", one.slide_about),
        Route(f"{slide}/{{width:int}}", one.slide),
        Route(f"{page}/about", one.page_about),
        Route(f"{page}/{{width:int}}", one.page),
        Route("/t/{name}/document/{document}/{key}", one.document),
    ]


class _Showing:
    def __init__(self, studio: Studio) -> None:
        self.studio = studio

    async def whole(self, request: Request) -> Response:
        return self.studio.page(request, "training.html", training=self.studio.training(request))

    async def view(self, request: Request) -> Response:
        return JSONResponse(self.studio.training(request).view())

    async def events(self, request: Request) -> Response:
        """The view whenever it is another; whoever comes back says which one it had."""
        known = request.headers.get("last-event-id", "")
        news = self.studio.training(request).news(int(known) if known.isdigit() else -1)

        async def told() -> AsyncIterator[str]:
            async for view in news:
                if view is None:
                    yield ": nothing new\n\n"
                else:
                    yield f"id: {view['version']}\ndata: {json.dumps(view, ensure_ascii=False)}\n\n"

        return StreamingResponse(told(), media_type="text/event-stream")

    async def choices(self, request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(browse.choices, self.studio.training(request)))

    async def slide(self, request: Request) -> Response:
        drawings, asked = self.studio.training(request).drawings, request.path_params
        try:
            made = await run_in_threadpool(drawings.picture, asked["key"], asked["width"])
        except KeyError:
            raise HTTPException(404, _GONE) from None
        return Response(made, media_type="image/png", headers=FOREVER)

    async def slide_about(self, request: Request) -> Response:
        drawings = self.studio.training(request).drawings
        try:
            found = await run_in_threadpool(drawings.about, request.path_params["key"])
        except KeyError:
            raise HTTPException(404, _GONE) from None
        return JSONResponse(found)  # the line moves when others are written above it

    def _pdf(self, request: Request) -> bytes:
        found = (self.studio.training(request).state.pages or {}).get(request.path_params["document"])
        if found is None or found.key != request.path_params["key"]:
            raise HTTPException(404, _GONE)
        return found.pdf

    async def page(self, request: Request) -> Response:
        asked = request.path_params
        if asked["width"] not in WIDTHS:
            raise HTTPException(404, _GONE)
        try:
            made = await run_in_threadpool(page_picture, self._pdf(request), asked["page"] - 1, asked["width"])
        except IndexError:
            raise HTTPException(404, _GONE) from None
        return Response(made, media_type="image/png", headers=FOREVER)

    async def page_about(self, request: Request) -> Response:
        try:
            found = await run_in_threadpool(page_words, self._pdf(request), request.path_params["page"] - 1)
        except IndexError:
            raise HTTPException(404, _GONE) from None
        return JSONResponse({"words": found}, headers=FOREVER)

    async def document(self, request: Request) -> Response:
        pdf = self._pdf(request)
        name = f"{self.studio.training(request).folder.name}-{request.path_params['document']}.pdf"
        headers = {**FOREVER, "Content-Disposition": places.disposition("inline", name)}
        return Response(pdf, media_type="application/pdf", headers=headers)
