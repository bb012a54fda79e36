"""What all answers need: a training by its name, what was sent, the page's templates."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from deckbuilder import __version__
from deckbuilder.frozen import dataclass
from deckbuilder.studio.guard import Door
from deckbuilder.studio.raster import WIDTHS
from deckbuilder.studio.training import Training
from deckbuilder.studio.trainings import Trainings
from deckbuilder.studio.words import NAMES, chosen, words

HERE = Path(str(files("deckbuilder.studio")))
FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
_PAGES = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)

Answer = Callable[[Request], Awaitable[Response]]


class Sent(BaseModel):
    """What is sent to the studio: what it knows, and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True)
class Studio:
    """The studio as its answers see it. `editor` is an address by which an editor opens a line, with {file}, {line} and
    {column} in it."""

    door: Door
    trainings: Trainings
    editor: str | None = None

    def training(self, request: Request) -> Training:
        """The training that an address names."""
        try:
            return self.trainings.get(request.path_params["name"])
        except KeyError:
            raise HTTPException(404, "this training is not open") from None

    def page(self, request: Request, name: str, **more: Any) -> HTMLResponse:
        """A page, in the language that its reader wants."""
        language = chosen(request.cookies.get("language"), request.headers.get("accept-language", ""))
        facts = {
            "writable": self.trainings.writable,
            "editor": self.editor,
            "language": language,
            "widths": WIDTHS,
            "nonce": request.scope["nonce"],
        }
        made = _PAGES.get_template(name).render(
            say=words(language), language=language, languages=NAMES, facts=facts, version=__version__, **more
        )
        return HTMLResponse(made)

    def writing(self, answer: Answer) -> Answer:
        """The answer, where things may be changed."""

        async def guarded(request: Request) -> Response:
            if not self.trainings.writable:
                raise HTTPException(403, "this studio only shows; start it without --read-only to change something")
            return await answer(request)

        return guarded


async def read(request: Request, model: type[ModelT]) -> ModelT:
    """What was sent, checked."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "send JSON")
    try:
        return model.model_validate_json(await request.body())
    except ValidationError as error:
        said = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise HTTPException(422, "; ".join(said)) from None


def refused(_: Request, error: Exception) -> Response:
    """A refusal in words."""
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code)


def too_much(_: Request, __: Exception) -> Response:
    """The answer to a body that goes on and on."""
    return JSONResponse({"error": "that is too much at once"}, 413)
