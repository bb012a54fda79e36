"""A training that is open in the studio: read and arranged when a file changes, examined after that, and told to the page."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from deckbuilder import api
from deckbuilder.editing.journal import revision_of
from deckbuilder.memory import Stamp, stamps
from deckbuilder.reading.locales import languages_of
from deckbuilder.source import Position, shown_path
from deckbuilder.studio.drawings import ALONE, Drawings
from deckbuilder.studio.examine import Wanted, examine
from deckbuilder.studio.recent import remember, settings_of
from deckbuilder.studio.state import Settings, State, session_files, with_examined
from deckbuilder.studio.view import View, findings_view, training_view

_LOOK_EVERY = (
    2_000  # milliseconds: what the system does not tell of, a folder in another's place above all, is seen then
)


class Training:
    """One training, for as long as the server runs."""

    def __init__(self, deck: Path, executor: Executor | None, settings: Settings | None = None) -> None:
        self.file = (deck / "deck.yaml" if deck.is_dir() else deck).absolute()
        self.folder = self.file.parent
        self.name = name_of(self.file)
        self.settings = settings or self._remembered()
        self.state = State()
        self._executor = executor
        self._memory = api.Memory()
        self.drawings = Drawings(self._memory)
        self._inputs: tuple[Path, ...] = (self.file,)
        self._seen: tuple[Stamp, ...] = ()
        self._shown = self.settings
        self._soon: asyncio.Task[None] | None = None
        self._changed = asyncio.Condition()
        self._ended = False
        self._busy = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._again = asyncio.Event()
        self._scratch = tempfile.TemporaryDirectory(prefix="deckbuilder-")

    def _remembered(self) -> Settings:
        """As it was looked at last; else with the session file that lies beside the deck."""
        with suppress(ValueError):
            if found := settings_of(self.file):
                return Settings.model_validate(found)
        return Settings(session="session.yaml" if (self.folder / "session.yaml").is_file() else None)

    async def start(self) -> None:
        """Reads it for the first time, and watches its files from then on."""
        await self.refresh()
        self._tasks = [asyncio.create_task(self._watch())]
        if self._executor is not None:
            self._tasks.append(asyncio.create_task(self._examine_on()))

    async def end(self) -> None:
        """Tells whoever waits for news that there will be none."""
        async with self._changed:
            self._ended = True
            self._changed.notify_all()

    async def stop(self) -> None:
        """Stops watching."""
        await self.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._scratch.cleanup()

    async def refresh(self) -> None:
        """Reads and arranges it anew. What cannot be arranged leaves the slides as they were, marked as old."""
        async with self._busy:
            seen = stamps(self._inputs)
            if self.state.version and seen == self._seen and self._shown == self.settings:
                return
            self._shown = self.settings
            state = await asyncio.to_thread(self._arranged)
            # As they were before they were read: what changed meanwhile is read again.
            known = {stamp[0]: stamp for stamp in seen}
            self._seen = tuple(known.get(stamp[0], stamp) for stamp in stamps(self._inputs))
            await self._tell(state)
            self._again.set()
        if state.arrangement and not state.broken:
            title = " ".join(state.arrangement.content.deck.title.plain.split())
            await asyncio.to_thread(remember, self.file, title, self.settings.model_dump())

    def _arranged(self) -> State:
        settings = self.settings
        before = replace(self.state, revision=_revision(self.file))
        try:
            with ALONE, self._memory.used():
                content = api.read(
                    self.file, session=self._session(), variant=settings.variant, language=settings.language
                )
                arrangement = api.arrange(content, theme=self.theme(), printing=settings.printing)
                keys = self.drawings.keys(arrangement)
                names = self._names() if settings.language or settings.variant else {}
        except api.DeckError as error:
            self._inputs = tuple(dict.fromkeys([self.file, *error.inputs, *self._inputs]))
            return replace(before, broken=True, problems=tuple(error.diagnostics), examined=False)
        self._inputs = tuple(dict.fromkeys([*content.inputs, *arrangement.inputs]))
        # Old findings stay until new ones are there, unless they were errors, which are gone.
        told = () if before.broken else before.problems
        return replace(
            before, arrangement=arrangement, keys=tuple(keys), names=names, broken=False, problems=told, examined=False
        )

    def _names(self) -> dict[Position, str]:
        """What slides are called in the file, by where they stand: a translation, or a variant, has other words."""
        plain = api.read(self.file, session=self._session(), variant="").deck
        return {slide.at: slide.identity for _, slide in plain.slides() if slide.at}

    def _session(self) -> Path | None:
        return self.folder / self.settings.session if self.settings.session else None

    def theme(self) -> str:
        """The theme's name; a pack's folder is looked for beside the deck, then where the server was started."""
        own = self.folder / self.settings.theme
        return str(own) if (own / "_brand.yml").is_file() else self.settings.theme

    async def _watch(self) -> None:
        """Refreshes when one of the files that were read changes, whoever wrote it."""
        from watchfiles import awatch

        while True:
            folders, places = self._folders(), self._places()
            async for _ in awatch(
                *folders,
                step=15,
                debounce=400,
                rust_timeout=_LOOK_EVERY,
                yield_on_timeout=True,
                recursive=False,
                ignore_permission_denied=True,
            ):
                if stamps(self._inputs) != self._seen:
                    await self.refresh()
                if self._folders() != folders or self._places() != places:
                    break

    def _places(self) -> set[tuple[int, int]]:
        """The folders themselves: one that was put in another's place is another, and the system tells nothing of it."""
        out = set()
        for folder in self._folders():
            with suppress(OSError):
                found = folder.stat()
                out.add((found.st_dev, found.st_ino))
        return out

    def _folders(self) -> set[Path]:
        """Where the files lie that were read, and those that were looked for: the nearest folder that is there."""
        out = {self.folder}
        for path in self._inputs:
            out.add(next(parent for parent in path.parents if parent.is_dir()))
        return out

    async def _examine_on(self) -> None:
        """Examines the training whenever it was arranged anew; while that is done it may be arranged once more."""
        loop = asyncio.get_running_loop()
        while True:
            await self._again.wait()
            self._again.clear()
            seen, settings = stamps(self._inputs), self.settings
            wanted = Wanted(
                self.file,
                self._session(),
                self.theme(),
                settings.printing,
                Path(self._scratch.name),
                *self._edition(),
            )
            found = await loop.run_in_executor(self._executor, examine, wanted)
            if seen != stamps(self._inputs) or settings != self.settings:
                continue  # it is about what is no more
            async with self._busy:
                await self._tell(with_examined(self.state, found))

    def hurry(self) -> None:
        """Looks at the files now: they were changed from here."""
        self._soon = asyncio.create_task(self._look_now())

    async def _look_now(self) -> None:
        if stamps(self._inputs) != self._seen:
            await self.refresh()

    async def look(self, settings: Settings) -> None:
        """Looks at it in another way."""
        self.settings = settings
        await self.refresh()

    async def mend(self, number: int, version: int) -> list[api.Fixed]:
        """Writes the fix of a finding into its file. LookupError where the finding is of another version, or nothing mends it."""
        async with self._busy:
            state = self.state
            if version != state.version or not state.examined or not 0 <= number < len(state.problems):
                raise LookupError
            if stamps(self._inputs) != self._seen:
                raise LookupError
            problem = state.problems[number]
            if problem.fix is None:
                raise LookupError
            sure = replace(problem, fix=replace(problem.fix, safe=True))  # somebody looked at it
            return list(await asyncio.to_thread(api.fix, api.Checked((sure,), ())))

    def view(self) -> View:
        """All of it as the page sees it."""
        state = self.state
        pages = state.pages or {}
        return {
            "version": state.version,
            "revision": state.revision,
            "id": self.name,
            "file": str(self.file),
            "broken": state.broken,
            "examined": state.examined,
            "examining": self._executor is not None,
            "training": training_view(state.arrangement, state.keys, state.where or {}, state.names)
            if state.arrangement
            else None,
            "findings": findings_view(state.problems, state.arrangement, shown_path(self.file)),
            "pages": {
                name: {"key": one.key, "count": one.count, "sheets": (state.sheets or {}).get(name)}
                for name, one in pages.items()
            },
            "settings": self.settings.model_dump(),
        }

    def _edition(self) -> tuple[str, str | None]:
        """The variant and the language that are looked at: "" is the deck without one, None a language that is not known."""
        content = self.state.arrangement.content if self.state.arrangement else None
        usual = content.session.variant if content and content.session else None
        own = content.deck.language if content else None
        variant = self.settings.variant if self.settings.variant is not None else usual
        return str(variant or ""), self.settings.language or own

    def languages(self) -> list[str]:
        """The languages that the deck is translated into."""
        return list(languages_of(self.folder))

    def variants(self) -> list[str]:
        """The variants that the deck has, as it was read last."""
        return [str(name) for name, _ in self.state.arrangement.content.deck.variants] if self.state.arrangement else []

    def sessions(self) -> list[str]:
        """The session files that lie beside the deck."""
        return session_files(self.file)

    async def _tell(self, state: State) -> None:
        async with self._changed:
            self.state = replace(state, version=self.state.version + 1)
            self._changed.notify_all()

    async def news(self, known: int) -> AsyncIterator[View | None]:
        """The view, whenever it is another than that of the version that is known; None when there was none for a while."""
        while not self._ended:
            try:
                async with asyncio.timeout(15), self._changed:
                    while self.state.version == known and not self._ended:
                        await self._changed.wait()
            except TimeoutError:
                yield None
                continue
            if self._ended:
                return
            known = self.state.version
            yield self.view()


def name_of(file: Path) -> str:
    """What addresses call the training with that file."""
    return hashlib.sha256(str(file.absolute()).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _revision(file: Path) -> str:
    """The revision of a file's text; of none where it cannot be read."""
    try:
        return revision_of(file.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""
