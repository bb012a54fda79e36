"""*Make files*: what `build` does, asked for by the page."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from deckbuilder import api
from deckbuilder.outputs.catalogue import KNOWN, NAMES
from deckbuilder.studio.drawings import ALONE
from deckbuilder.studio.training import Training


class Wish(BaseModel):
    """What is to be made: everything that `build` can."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    variants: tuple[str, ...] = Field((), max_length=40)
    languages: tuple[str, ...] = Field((), max_length=60)
    themes: tuple[str, ...] = Field(("spruce",), min_length=1, max_length=40)
    only: tuple[Annotated[str, Field(pattern=f"^({'|'.join(KNOWN)})$")], ...] = Field(NAMES, min_length=1)
    paper: Literal["a4", "letter"] | None = None
    preset: str | None = Field(None, max_length=80)
    duplex: bool | None = None
    grayscale: bool | None = None
    large_print: bool | None = None
    booklet: bool | None = None
    slides_per_page: int | None = Field(None, ge=0, le=6)
    notes: bool = True
    strict: bool = False
    originals: bool = False
    guide: Literal["compact", "full"] | None = None
    fit_minutes: float | None = Field(None, ge=1, le=100_000)
    translated: bool = False
    dry: bool = False  # only says what there is no time for

    @property
    def printing(self) -> api.PrintSettings:
        """What it says of paper."""
        names = ("preset", "paper", "duplex", "grayscale", "large_print", "booklet", "slides_per_page")
        return api.PrintSettings.model_validate({name: getattr(self, name) for name in names})


class Making:
    """The files of one training: what is being made, and what was made last."""

    def __init__(self, training: Training, output: Path | None) -> None:
        self.training = training
        self.output = output or training.folder.parent / "output"
        self.files: tuple[Path, ...] = ()
        self._task: asyncio.Task[None] | None = None
        self._step = ""
        self._error: list[dict[str, object]] = []
        self._plans: Mapping[str, api.Plan] = {}

    @property
    def running(self) -> bool:
        """Whether something is being made."""
        return self._task is not None and not self._task.done()

    def start(self, wish: Wish) -> bool:
        """Begins, unless it has begun already."""
        if self.running:
            return False
        self._step, self._error, self.files, self._plans = "", [], (), {}
        self._task = asyncio.create_task(self._make(wish))
        return True

    async def _make(self, wish: Wish) -> None:
        training = self.training
        own = training.folder
        themes = [str(own / name) if (own / name / "_brand.yml").is_file() else name for name in wish.themes]

        def told(step: str) -> None:
            self._step = step

        session = own / training.settings.session if training.settings.session else None

        def build() -> tuple[Path, ...]:
            with ALONE:
                if wish.fit_minutes is not None:
                    self._plans = api.plan(training.file, wish.fit_minutes, session=session, variant=wish.variants)
                if wish.dry:
                    return ()
                return api.build(
                    training.file,
                    theme=themes,
                    variant=wish.variants,
                    language=wish.languages,
                    session=session,
                    output=self.output,
                    only=wish.only,
                    printing=wish.printing,
                    notes=wish.notes,
                    strict=wish.strict,
                    originals=wish.originals,
                    guide=wish.guide,
                    fit_minutes=wish.fit_minutes,
                    translated=wish.translated,
                    today=dt.date.today(),
                    progress=told,
                ).files

        try:
            self.files = await asyncio.to_thread(build)
        except (api.DeckError, ValueError) as error:
            found = error.diagnostics if isinstance(error, api.DeckError) else ()
            self._error = [one.as_dict() for one in found] or [{"message": str(error), "hint": None}]

    def view(self) -> dict[str, Any]:
        """How far it is, and what there is."""
        return {
            "running": self.running,
            "step": self._step,
            "problems": self._error,
            "plans": [{"name": name, **plan.as_dict()} for name, plan in self._plans.items()],
            "folder": str(self.files[0].parents[1]) if self.files else None,
            "files": [
                {"number": number, "name": file.name, "theme": file.parent.name, "bytes": file.stat().st_size}
                for number, file in enumerate(self.files)
                if file.is_file()
            ],
        }
