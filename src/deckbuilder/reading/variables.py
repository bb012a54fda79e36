"""`{{ session.date }}` and the like, filled in before the text is read as Markdown.

Texts know four names: `session`, `deck`, `facts` and `language`, and as much of Jinja2's language as `expressions.py` has. A
field of the session that nobody gave is shown as a bracketed word, with a warning, so that
a deck builds without a session file; a name that does not exist is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from deckbuilder.content.session import Session
from deckbuilder.diagnostics import Diagnostics, did_you_mean
from deckbuilder.languages import Language
from deckbuilder.reading.figures import Facts, Reported
from deckbuilder.source import LocatedDict, LocatedList, LocatedStr

_SESSION_FIELDS = ("date", "start", "place", "trainers", "participants", "group_size")
_DECK_FIELDS = ("title", "subtitle", "organisation", "language", "copyright", "licence")
_MAX_LENGTH = 100_000  # of one text
_MAX_IN_ALL = 2_000_000  # of all texts of a deck that hold variables


def fill_variables(
    raw: Any, session: Session | None, language: str, problems: Diagnostics, shared: Iterable[str] = ()
) -> Any:
    """The raw data with every `{{ … }}` in its strings filled in; positions are kept. `shared` are the names of the library's
    facts, for whoever mistypes one."""
    filler: _Filler | None = None

    def fill(value: Any) -> Any:
        nonlocal filler
        if isinstance(value, LocatedDict):
            for key in value:
                value[key] = fill(value[key])
        elif isinstance(value, LocatedList):
            value[:] = [fill(item) for item in value]
        elif isinstance(value, LocatedStr) and ("{{" in value or "{%" in value or "{#" in value):
            filler = filler or _Filler(raw, session, language, problems, shared)
            return LocatedStr(filler.render(value), value.at)
        return value

    return fill(raw)


class _Filler:
    def __init__(
        self, raw: Any, session: Session | None, language: str, problems: Diagnostics, shared: Iterable[str]
    ) -> None:
        self.problems = problems
        self.left = _MAX_IN_ALL
        self.current: LocatedStr = LocatedStr("")
        self._open: set[str] = set()
        values = _session_values(session, language)
        self.names: dict[str, Any] = {
            "session": _Fields("session", values, self),
            "deck": _Fields("deck", {k: raw.get(k) for k in _DECK_FIELDS} if isinstance(raw, dict) else {}, self),
            "facts": Facts(raw.get("facts") if isinstance(raw, dict) else None, language, self, shared),
            "language": language,
        }

    def fill_first(self, value: LocatedStr) -> str:
        """A field of the deck that holds variables of its own, filled in before it is used."""
        if value in self._open:
            self.problems.error("variable-loop", "this text refers to itself", value.at)
            raise Reported
        self._open.add(value)
        using, filled = self.current, self.render(value)
        self.current = using
        self._open.discard(value)
        return filled

    def render(self, text: LocatedStr) -> str:
        from jinja2 import TemplateError

        from deckbuilder.reading.expressions import filled

        self.current = text
        try:
            return self._bounded(text, filled(text, self.names))
        except Reported:
            pass
        except TemplateError as error:
            message = str(error.message or error)
            hint = None
            if message.endswith("is undefined"):
                name = message.split("'")[1] if "'" in message else message
                known = [f"session.{f}" for f in _SESSION_FIELDS] + [f"deck.{f}" for f in _DECK_FIELDS]
                message = f"'{name}' has no value" if name in known else f"'{name}' is not defined"
                hint = _no_value(name) if name in known else did_you_mean(name, known)
            elif "{%" in text or "{#" in text or "{{" in text:
                hint = "write {{ session.date }}; to show braces as they are, write {{ '{{' }}"
            self.problems.error("variable-error", f"in {{{{ … }}}}: {message}", text.at, hint)
        except RecursionError:
            self.problems.error(
                "variable-error", "in {{ … }}: this is nested too deep", text.at, "write it more simply"
            )
        except (ArithmeticError, TypeError, ValueError, LookupError, AttributeError) as error:
            self.problems.error("variable-error", f"in {{{{ … }}}}: {error}", text.at)
        return str(text)

    def _bounded(self, text: LocatedStr, pieces: Iterator[str]) -> str:
        """The pieces as one text, as long as that and all texts together stay within their bounds."""
        out: list[str] = []
        length = 0
        for piece in pieces:
            out.append(piece)
            length += len(piece)
            if length > _MAX_LENGTH:
                self.problems.error(
                    "variable-too-long", "this text grows past 100,000 characters when filled in", text.at
                )
                raise Reported
            if length > self.left:
                if self.left >= 0:
                    self.problems.error(
                        "variable-too-long",
                        "with this text, all that are filled in grow past 2,000,000 characters",
                        text.at,
                        "the texts after it are not filled in; use a long value less often",
                    )
                self.left = -1
                raise Reported
        self.left -= length
        return "".join(out)


def _no_value(name: str) -> str:
    return f"give it one, or write {{{{ {name} | default('…') }}}}"


class _Fields:
    """`session.date`: known fields; missing values show as `[date]` with a warning."""

    def __init__(self, name: str, values: dict[str, Any], filler: _Filler) -> None:
        self._name = name
        self._values = values
        self._filler = filler

    def __str__(self) -> str:
        at = self._filler.current.at
        self._filler.problems.error(
            "variable-not-text",
            f"'{self._name}' is not text by itself",
            at,
            f"write one of its fields: {self._name}.{next(iter(self._values))}",
        )
        raise Reported

    def field(self, field: str) -> Any:
        values = self._values
        if field not in values:
            known = ", ".join(f"{self._name}.{name}" for name in values)
            near = did_you_mean(f"{self._name}.{field}", [f"{self._name}.{name}" for name in values])
            self._filler.problems.error(
                "variable-unknown",
                f"'{self._name}.{field}' is not defined",
                self._filler.current.at,
                near or f"known: {known}",
            )
            raise Reported
        value = values[field]
        if isinstance(value, (dict, list)):
            self._filler.problems.error(
                "variable-not-text", f"'{self._name}.{field}' is not text", self._filler.current.at, "write words there"
            )
            raise Reported
        if isinstance(value, LocatedStr) and "{{" in value:
            value = values[field] = self._filler.fill_first(value)
        if value is None or value == "":
            return _missing(self._name, field, self._filler)
        return value


def _missing(name: str, field: str, filler: _Filler) -> Any:
    from jinja2 import Undefined

    where = filler.current.at

    class Missing(Undefined):
        """Usable with `default(…)` and `if`; printed, it shows itself and warns."""

        def __str__(self) -> str:
            give = "give it in a session file (--session FILE)" if name == "session" else f"give the deck a '{field}'"
            filler.problems.warning(
                "variable-empty",
                f"'{name}.{field}' has no value; '[{field}]' is shown in its place",
                where,
                f"{give}, or write a default: {{{{ {name}.{field} | default('…') }}}}",
            )
            return f"[{field}]"

    return Missing(name=f"{name}.{field}")


def _session_values(session: Session | None, language: str) -> dict[str, Any]:
    if session is None:
        return dict.fromkeys(_SESSION_FIELDS) | {"group_size": 4}
    return {
        "date": Language(language).dates(session.dates),
        "start": Language(language).clock(session.begins) if session.begins else None,
        "place": session.where or None,
        "trainers": ", ".join(session.trainers),
        "participants": session.participants,
        "group_size": session.group_size,
    }
