"""A file that is edited: its text, its revision, edits of it, undone and done again, beside other programs that change it
too."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from deckbuilder.content.base import Model
from deckbuilder.content.deck import Deck
from deckbuilder.content.session import Session
from deckbuilder.diagnostics import fail
from deckbuilder.editing import edits
from deckbuilder.editing.applying import applied, written
from deckbuilder.editing.edits import Edit
from deckbuilder.editing.journal import Entry, Journal, Moments, What, revision_of
from deckbuilder.editing.merging import Conflict, rebased
from deckbuilder.editing.refusal import Refused
from deckbuilder.editing.saving import clear_away, replace_bytes, replace_file
from deckbuilder.editing.shared import Shared, library_of, shared, with_shared
from deckbuilder.editing.skeletons import PLACEHOLDER
from deckbuilder.editing.slides import Place, place_of, raw_slide
from deckbuilder.editing.spans import merged, spans_between
from deckbuilder.editing.written import Written
from deckbuilder.frozen import dataclass
from deckbuilder.lock import alone

_MAX_BYTES = 10_000_000  # as reading has it


@dataclass(frozen=True)
class Done:
    """What an edit led to: the file's text and revision, the id by which the slide that it was of, or that it made, is known
    now (None without one), and what it was, as JSON has it (of what was undone or done again: the edit). `before` is the
    revision that the file had until then."""

    text: str
    revision: str
    slide: str | None = None
    said: Any = None
    before: str | None = None


class Document:
    """A deck's file, or a session's (`model`), which need not be there yet. `session` is the one whose values the deck is
    shown with. `state` is where journals lie, the user's state folder unless given. Raises DeckError for a file that cannot
    be read.

    Every change is in the file when its method returns. Methods may be called from several threads, and programs."""

    def __init__(
        self, path: Path, model: type[Model] = Deck, session: Session | None = None, state: Path | None = None
    ) -> None:
        self.path = path
        self.model = model
        self.place = Place(path.parent, session)
        self._journal = Journal(path, state)
        self._here = threading.RLock()
        self._text = ""
        with self._alone():
            clear_away(path)

    @property
    def text(self) -> str:
        """The file's text, as it was when it was last looked at, byte order mark included."""
        return self._text

    @property
    def revision(self) -> str:
        return revision_of(self._text)

    def refresh(self) -> bool:
        """Looks at the file again; whether another program has changed it."""
        before = self._text
        with self._alone():
            return self._text != before

    # What it says

    def slides(self) -> list[dict[str, Any]]:
        """The deck's slides in order: `id`, `section` and `index` in it. Raises Refused for a file that is no YAML."""
        found = self.place.slides(self._written(self._text))
        return [{"id": name, "section": section, "index": number} for name, (section, number) in found.items()]

    def value(self, slide: str | None = None) -> Any:
        """What is written of a slide, or in the whole file, as plain data: variables and Markdown as they are typed; a
        slide that is taken in from a library as that has it. Raises Refused."""
        return self._written(self._text).data if slide is None else self.shared(slide)[0]

    def shared(self, slide: str) -> tuple[Any, Shared | None]:
        """What is written of a slide, as `value` has it, and what of that is a library's (None: nothing). Raises Refused."""
        w = self._written(self._text)
        found = raw_slide(w, place_of(self.place.slides(w), slide))
        folder = self.path.parent
        if not isinstance(found, dict) or "take" not in found:
            return found, None
        library = library_of((w.data or {}).get("library"), folder)
        return with_shared(found, folder, library), shared(found, library)

    # Changes

    def edit(self, edit: Edit, base_revision: str | None = None, over: bool = False) -> Done:
        """Makes an edit. `base_revision` is that of the text which it was meant for; without one it is the file's own.
        Raises Refused, or Conflict where the file has changed in the same place since; nothing is done then. `over` is for
        whoever was asked: the edit counts there."""
        with self._alone():
            text, slide = self._text, None
            if base_revision is None or base_revision == self.revision:
                made = applied(text, edit, self.model, self.place)
                text, slide = made.text, made.slide
            else:
                text, slide = self._rebased(edit, self._known(base_revision), over)
            return self._change("edit", None, edit.model_dump(mode="json", exclude_none=True), text, slide)

    def rewrite(self, text: str, base_revision: str | None = None) -> Done:
        """Puts a whole text in place of the file's, be it right or wrong. What another program has changed in other lines since
        `base_revision` stays. Raises Conflict where it is in the same lines."""
        with self._alone():
            base = self._text if base_revision is None else self._known(base_revision)
            both = merged(base, text, self._text)
            if both is None:
                raise Conflict(None, (), base, text, self._text)
            return self._change("edit", None, {"do": "rewrite"}, both, None)

    def undo(self) -> Done | None:
        """Undoes the last edit that is not undone; None where there is none. Other programs' changes stay. Raises Conflict
        where one of them is in the same lines."""
        with self._alone():
            done, _ = self._journal.stacks()
            return self._turned("undo", done[-1], self._journal.applied(done[-1].number)) if done else None

    def redo(self) -> Done | None:
        """Does again what was undone last; None where there is nothing, or where something else was done since."""
        with self._alone():
            _, undone = self._journal.stacks()
            return self._turned("redo", undone[-1], self._journal.unapplied(undone[-1].number)) if undone else None

    def steps(self) -> tuple[list[Any], list[Any]]:
        """The edits that can be undone and those that can be done again, as JSON has them, the next one last."""
        done, undone = self._journal.stacks()
        return [entry.said for entry in done], [entry.said for entry in undone]

    def moments(self) -> Moments:
        """When it was changed, for a history that it shares with other documents."""
        with self._alone():
            return self._journal.moments()

    def shown_with(self, session: Session | None) -> None:
        """Shows the deck with a session's values from now on."""
        if session is not self.place.session:
            self.place = Place(self.path.parent, session)

    def _rebased(self, edit: Edit, base: str, over: bool) -> tuple[str, str | None]:
        """The text with an edit that was meant for an earlier one, and its slide."""
        text, slide = self._text, None
        for one in edit.edits if isinstance(edit, edits.Several) else (edit,):
            found = rebased(one, self._written(base), self._written(text), self.place, over)
            if found is not None:
                made = applied(text, found, self.model, self.place)
                text, slide = made.text, made.slide
            base = applied(base, one, self.model, self.place).text
        return text, slide

    def _known(self, revision: str) -> str:
        text = self._journal.text_at(revision, self._text)
        if text is None:
            raise Refused("the page shows the file as it was too long ago; load it again")
        return text

    def _turned(self, what: What, entry: Entry, latest: Entry) -> Done:
        """Takes back what the latest of an edit's entries did."""
        after = self._journal.text_at(latest.after, self._text)
        before = self._journal.text_at(latest.before, self._text)
        if after is None or before is None:
            raise Refused("what was there before is not known any more")
        text = merged(after, before, self._text)
        if text is None:
            raise Conflict(None, (), after, before, self._text)
        return self._change(what, entry.number, entry.said, text, None)

    def _change(self, what: What, of: int | None, said: Any, text: str, slide: str | None) -> Done:
        before = self.revision
        if text != self._text or what != "edit":
            self._place_picture(text)
            self._journal.add(what, of, said, self._text, text, spans_between(self._text, text))
            if text or what == "edit":
                replace_file(self.path, text)
            else:
                self.path.unlink(missing_ok=True)  # as it was before the first edit made it
            self._text = text
            self._journal.keep(text)
        return Done(text, self.revision, slide, said, before)

    def _place_picture(self, text: str) -> None:
        """Puts the picture there that new slides show until they have their own."""
        if PLACEHOLDER in text and not (file := self.path.parent / PLACEHOLDER).exists():
            replace_bytes(file, files("deckbuilder.editing").joinpath("placeholder.svg").read_bytes())

    def _written(self, text: str) -> Written:
        return written(text, self.model)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds the file's journal, with the file as it is now."""
        with self._here:
            if not self._journal.kept:
                self._look()
                yield
                return
            with alone(self._journal.folder, lambda _: None):
                self._look()
                yield

    def _look(self) -> None:
        try:
            data = self.path.read_bytes()
            if len(data) > _MAX_BYTES:
                raise fail("file-too-large", f"{self.path} is larger than 10 MB", None, "is it the right file?")
            self._text = data.decode("utf-8")
        except FileNotFoundError:
            self._text = ""
        except UnicodeDecodeError as error:
            raise fail(
                "not-utf8", f"{self.path} is not UTF-8 text", None, "save the file as UTF-8 in your editor"
            ) from error
        except OSError as error:
            raise fail("file-unreadable", f"{self.path} cannot be read: {error.strerror or error}") from error
        self._journal.load(self._text)
