"""The words that deckbuilder itself puts on slides and pages, in the deck's language."""

from __future__ import annotations

from importlib.resources import files

from deckbuilder.diagnostics import Diagnostics
from deckbuilder.reading.yaml import parse_yaml


class Labels:
    """Words by name: `labels("minutes", n=5)`. KeyError for a word that does not exist."""

    def __init__(self, words: dict[str, str], language: str) -> None:
        self._words = words
        self.language = language

    def __call__(self, name: str, **values: object) -> str:
        word = str(self._words[name])
        return word.format(**values) if values else word

    @property
    def names(self) -> list[str]:
        """What the words are called."""
        return list(self._words)

    def minutes(self, minutes: float, long: bool = False) -> str:
        """A length such as "5 min" or "2.5 minutes"."""
        if long and minutes == 1 and self.language.startswith("en"):
            return "1 minute"
        return self("minutes_long" if long else "minutes", n=f"{minutes:g}")


def read_labels(language: str, problems: Diagnostics) -> Labels:
    """The words for a language tag; English ones, with a warning, where we have none."""
    table = parse_yaml(files("deckbuilder").joinpath("labels.yaml").read_text("utf-8"), "labels.yaml", problems)
    short = language.split("-", maxsplit=1)[0]
    if short not in table:
        problems.warning(
            "language-without-words",
            f"deckbuilder has no words of its own in '{language}'; headings such as 'Agenda' are in English",
            None,
            f"languages it speaks: {', '.join(table)}",
        )
        short = "en"
    return Labels(dict(table[short]), short)
