"""A training changed from its page: edits, undone and done again; forms and what they hold; pictures."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from urllib.parse import unquote

from pydantic import Field, JsonValue, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deckbuilder import api
from deckbuilder.editing.document import Done
from deckbuilder.editing.edits import read_edit
from deckbuilder.editing.forms import form, kinds
from deckbuilder.editing.merging import Conflict
from deckbuilder.editing.pasting import pasted_chart, pasted_table
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.taking import take_picture
from deckbuilder.studio.answers import Sent, Studio, read
from deckbuilder.studio.desk import SESSION, Desk
from deckbuilder.studio.guard import MOST_PICTURE
from deckbuilder.studio.previews import preview
from deckbuilder.studio.samples import Samples
from deckbuilder.studio.training import Training
from deckbuilder.studio.words import chosen


class Edited(Sent):
    """An edit, and the revision of the file that it was meant for; None for the file as it is. `of` is deck or
    session; `over` tells that somebody was asked, and the edit counts."""

    edit: dict[str, JsonValue]
    base: str | None = Field(None, max_length=80)
    of: str = Field("deck", pattern="^(deck|session)$")
    over: bool = False


class Pasted(Sent):
    """What was copied elsewhere, as a clipboard has it, to be a table's rows or a chart's numbers."""

    what: str = Field(pattern="^(table|chart)$")
    text: str = Field("", max_length=1_000_000)
    html: str = Field("", max_length=900_000)


class Rewritten(Sent):
    """A whole text, and the revision that it was made from."""

    text: str = Field(max_length=1_900_000)
    base: str | None = Field(None, max_length=80)


def routes(studio: Studio) -> list[Route]:
    """The addresses by which a training is changed."""
    one, post = _Changing(studio), ["POST"]
    return [
        Route("/t/{name}/kinds", one.kinds),
        Route("/t/{name}/kinds/{kind}", one.sample),
        Route("/t/{name}/form/{kind}", one.form),
        Route("/t/{name}/value", one.value),
        Route("/t/{name}/text", one.text),
        Route("/t/{name}/picture", one.preview, methods=["GET"]),
        Route("/t/{name}/edit", studio.writing(one.edit), methods=post),
        Route("/t/{name}/undo", studio.writing(one.undo), methods=post),
        Route("/t/{name}/redo", studio.writing(one.redo), methods=post),
        Route("/t/{name}/rewrite", studio.writing(one.rewrite), methods=post),
        Route("/t/{name}/picture", studio.writing(one.add), methods=post),
        Route("/t/{name}/pasted", studio.writing(one.pasted), methods=post),
    ]


class _Changing:
    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.samples = Samples()
        self.desks: dict[str, Desk] = {}

    def _language(self, request: Request) -> str:
        return chosen(request.cookies.get("language"), request.headers.get("accept-language", ""))

    async def kinds(self, request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(kinds, self._language(request)))

    async def sample(self, request: Request) -> Response:
        theme = self.studio.training(request).theme()
        try:
            made = await run_in_threadpool(
                self.samples.picture, theme, self._language(request), request.path_params["kind"]
            )
        except (KeyError, api.DeckError):
            raise HTTPException(404, "there is no picture of this kind") from None
        return Response(made, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})

    async def form(self, request: Request) -> Response:
        try:
            made = await run_in_threadpool(form, request.path_params["kind"], self._language(request))
        except Refused as refused:
            raise HTTPException(404, refused.reason) from None
        return JSONResponse(made.as_dict())

    async def value(self, request: Request) -> Response:
        """What is written of a slide, of a section (`section`, without its slides), of the deck or its session."""
        asked, desk = request.query_params, self._desk(request)

        def found() -> dict[str, Any]:
            document = desk.document(asked.get("of", "deck"))
            document.refresh()
            slide = asked.get("slide")
            try:
                whole, shared = document.shared(slide) if slide else (document.value(), None)
                whole = {} if whole is None else whole
            except (
                Refused
            ):  # it is called otherwise by now, or the file cannot be read, which the page is about to hear
                return {"gone": True}
            if not isinstance(whole, dict):
                return {"gone": True}
            if slide:
                return {"value": whole, "revision": document.revision, "shared": asdict(shared) if shared else None}
            if (section := asked.get("section")) is not None:
                whole = {key: one for key, one in whole["sections"][int(section)].items() if key != "slides"}
            return {
                "value": {key: one for key, one in whole.items() if key != "sections"},
                "revision": document.revision,
            }

        return await self._done(found)

    async def text(self, request: Request) -> Response:
        desk, of = self._desk(request), request.query_params.get("of", "deck")

        def found() -> dict[str, Any]:
            document = desk.document(of)
            document.refresh()
            return {"text": document.text, "revision": document.revision}

        return await self._done(found)

    async def edit(self, request: Request) -> Response:
        asked = await read(request, Edited)
        training, desk = self.studio.training(request), self._desk(request)
        try:
            edit = read_edit(asked.edit)
        except ValidationError as error:
            raise HTTPException(422, str(error)) from None

        return await self._changed(
            training, lambda: _told(desk.document(asked.of).edit(edit, asked.base, asked.over), asked.of)
        )

    async def undo(self, request: Request) -> Response:
        return await self._turned(request, "undo")

    async def redo(self, request: Request) -> Response:
        return await self._turned(request, "redo")

    async def _turned(self, request: Request, way: str) -> Response:
        await read(request, Sent)
        desk = self._desk(request)

        def turned() -> dict[str, Any]:
            found = desk.turned(way)
            return {"nothing": True} if found is None else _told(found[1], found[0])

        return await self._changed(self.studio.training(request), turned)

    async def rewrite(self, request: Request) -> Response:
        asked = await read(request, Rewritten)
        desk = self._desk(request)
        return await self._changed(
            self.studio.training(request), lambda: _told(desk.document("deck").rewrite(asked.text, asked.base), "deck")
        )

    async def add(self, request: Request) -> Response:
        """A picture, as it is: its name is in a header, since what is sent is the picture alone."""
        training = self.studio.training(request)
        if not request.headers.get("content-type", "").startswith("image/"):
            raise HTTPException(415, "send a picture")
        data = await request.body()
        if len(data) > MOST_PICTURE:
            raise HTTPException(413, "that is too much at once")
        name, about = (unquote(request.headers.get(f"x-{what}", ""))[:200] for what in ("name", "about"))
        return await self._done(lambda: {"file": take_picture(training.folder, data, name, about).file})

    async def pasted(self, request: Request) -> Response:
        asked = await read(request, Pasted)
        content = self.studio.training(request).state.arrangement
        language = content.content.deck.language if content else "en"

        def made() -> dict[str, Any]:
            if asked.what == "table":
                return pasted_table(asked.text, asked.html)
            return pasted_chart(asked.text, asked.html, language)

        return await self._done(made)

    async def preview(self, request: Request) -> Response:
        training = self.studio.training(request)
        content = training.state.arrangement.content if training.state.arrangement else None
        library = content.library if content else None
        try:
            kind, data = await run_in_threadpool(
                preview, training.folder, request.query_params.get("file", ""), library
            )
        except (LookupError, OSError, ValueError):
            raise HTTPException(404, "there is no such picture") from None
        return Response(data, media_type=kind)

    def _desk(self, request: Request) -> Desk:
        """The desk of a training, which stays as long as the server runs: its files' journals are read once."""
        training = self.studio.training(request)
        return self.desks.setdefault(training.name, Desk(training))

    async def _changed(self, training: Training, done: Any) -> Response:
        """The answer to a change, which the page is told of at once."""
        answer = await self._done(done)
        if answer.status_code == 200:
            await self._follow(training)
            training.hurry()
        return answer

    @staticmethod
    async def _follow(training: Training) -> None:
        """The first edit of a session makes its file, and undone it takes it away: the training is seen with it, or without."""
        own = training.settings.session
        wanted = (own or SESSION) if (training.folder / (own or SESSION)).is_file() else None
        if wanted != own and own in (None, SESSION):
            await training.look(training.settings.model_copy(update={"session": wanted}))

    async def _done(self, done: Any) -> Response:
        try:
            return JSONResponse(await run_in_threadpool(done))
        except Conflict as conflict:
            return JSONResponse({"error": "changed elsewhere", "conflict": conflict.as_dict()}, 409)
        except Refused as refused:
            raise HTTPException(422, refused.reason) from None
        except (KeyError, IndexError, ValueError):
            raise HTTPException(404, "this is not there any more") from None
        except api.DeckError as error:
            said = [f"{one.message}{f' ({one.hint})' if one.hint else ''}" for one in error.diagnostics]
            raise HTTPException(422, "; ".join(said)) from None


def _told(done: Done, of: str) -> dict[str, Any]:
    """What the page needs to know of a change."""
    return {"of": of, "revision": done.revision, "before": done.before, "slide": done.slide, "said": done.said}
