"""What is open: trainings by their names in addresses, the files that were made of them, and the process that examines them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from deckbuilder.studio.examine import examiner
from deckbuilder.studio.making import Making
from deckbuilder.studio.state import Settings
from deckbuilder.studio.training import Training


class Trainings:
    """The trainings that are open. `writable` tells whether the page may change them; `examines` False leaves findings and pages
    out, for whoever looks at slides only."""

    def __init__(self, writable: bool = True, examines: bool = True, output: Path | None = None) -> None:
        self.writable = writable
        self.output = output
        self._examines = examines
        self._open: dict[str, Training] = {}
        self.making: dict[str, Making] = {}
        self._executor: ProcessPoolExecutor | None = None
        self._opening = asyncio.Lock()

    async def open(self, deck: Path, settings: Settings | None = None) -> Training:
        """Opens a training, once."""
        async with self._opening:
            if self._executor is None and self._examines:
                self._executor = examiner()
            training = Training(deck, self._executor, settings)
            if training.name not in self._open:
                self._open[training.name] = training
                self.making[training.name] = Making(training, self.output)
                await training.start()
            return self._open[training.name]

    def get(self, name: str) -> Training:
        """An open training. KeyError for another."""
        return self._open[name]

    async def end(self) -> None:
        """Lets go of whoever waits for news: the server is about to end."""
        for training in self._open.values():
            await training.end()

    async def close(self) -> None:
        """Closes all of them."""
        for training in self._open.values():
            await training.stop()
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            for process in list((self._executor._processes or {}).values()):
                process.terminate()
