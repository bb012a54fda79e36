"""The rules by which deckbuilder speaks up: each diagnostic carries the code of one.

Codes are for good: decks and programs refer to them. `level` is how much a rule matters unless somebody says otherwise,
`why` tells in a sentence whom it would hurt. A new rule is a line here, or in `advice.py` where it concerns how a deck teaches
and reads rather than whether it can be built; the place that reports it; and an input in `tests/checks/` that makes it speak.
"""

from __future__ import annotations

from deckbuilder.advice import ADVICE, Level
from deckbuilder.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, the area it is of, its level, and why it matters; for advice also when it speaks and the way out."""

    code: str
    area: str
    level: Level
    why: str
    when: str = ""
    out: str = ""

    @property
    def advice(self) -> bool:
        """Whether it is about how a deck teaches and reads: `check` tells all of it, a build the warnings."""
        return bool(self.when)

    @property
    def adjustable(self) -> bool:
        """Whether decks, theme packs and organisations may turn it up, down or off. What cannot be built stays an error."""
        return self.level != "error"


_E: Level = "error"
_W: Level = "warning"

_AREAS: dict[str, tuple[tuple[str, Level, str], ...]] = {
    "Files": (
        ("deck-missing", _E, "Without a deck file there is nothing to build."),
        ("file-missing", _E, "What a file should have held would be missing from every document."),
        ("file-unreadable", _E, "A file that cannot be read would be left out in silence."),
        ("file-too-large", _E, "A file this large is hardly the one that was meant, and would take all memory."),
        ("file-empty", _E, "An empty file is mostly one that was saved or copied wrongly."),
        ("not-utf8", _E, "Letters outside English would come out as others."),
        ("control-character", _E, "Office programs refuse files that hold such characters."),
        (
            "path-outside",
            _E,
            "A deck that is handed on has to hold all that it needs, and must not reach for other files.",
        ),
        ("file-exists", _E, "Nobody's file is overwritten."),
        ("import-unreadable", _E, "What cannot be read of an old deck would be lost in silence."),
        ("pull-unmarked", _E, "What was changed on a slide can go back only to what it was made of."),
        ("bad-name", _E, "Files are called after it."),
    ),
    "YAML": (
        ("yaml-syntax", _E, "What cannot be read as YAML cannot be understood in part."),
        ("yaml-too-large", _E, "Aliases that multiply fill the machine's memory."),
        ("odd-blank", _E, "A blank that is no space makes another key or level of it, and nobody sees why."),
        ("words-lost-to-comment", _W, "YAML takes the rest of the line for a comment, and no document shows it."),
        ("text-torn-at-comma", _W, "Half a sentence stands in each of two points."),
        ("key-twice", _E, "YAML would drop the first of the two in silence."),
    ),
    "Fields": (
        ("unknown-key", _E, "What stands under a misspelt key would be lost."),
        ("missing-key", _E, "The slide or setting means nothing without it."),
        ("unknown-kind", _E, "The kind decides what a slide looks like and what may stand on it."),
        ("missing-kind", _E, "The kind decides what a slide looks like and what may stand on it."),
        ("unknown-value", _E, "Only the listed values mean something here."),
        ("wrong-type", _E, "A list where text is wanted, or a word where a number is, cannot be set."),
        ("wrong-length", _E, "There are too few or too many values for what is to be made of them."),
        ("wrong-form", _E, "Ids, addresses and tags are looked up by programs, which take one form only."),
        ("out-of-range", _E, "A number beyond its bounds makes a slide, page or plan that nobody wants."),
        ("text-is-mapping", _E, "A colon made YAML take a sentence for a key and its value."),
        ("text-type", _E, "Only words can be set as text."),
        ("text-empty", _E, "An empty text leaves a hole on the slide."),
        ("markdown", _E, "Slides and pages have other means for it, and would show it as letters."),
        ("markdown-doubtful", _W, "What another program would have shown otherwise stands on the slide as letters."),
        ("formula", _E, "A formula that is set in part says something else."),
        ("pasted-bullet", _W, "Two markers would stand before the words."),
        ("link-target", _E, "A link that leads nowhere helps nobody, and some make files that programs refuse."),
        ("alternative-text", _E, "People who cannot see a picture would not know what it says."),
        ("clock-time", _E, "The run of show is reckoned from it."),
        ("date-of-days", _E, "The cover would say one day, and the run of show another."),
        ("break-place", _E, "A break stands at exactly one place in the run of show."),
        ("cue-words", _E, "A cue says one thing to do."),
        ("stage-words", _E, "Stages are shown one by one, and each needs its words."),
        ("quiz-without-answer", _E, "Whoever leads it has no key, and whoever takes it never learns what is right."),
        ("column-empty", _E, "An empty column is half a slide of nothing."),
        ("chart-data", _E, "The chart cannot be drawn of these numbers."),
        ("part-twice", _E, "The handout would print it twice."),
        ("id-twice", _E, "Whatever refers to the id could mean either."),
        ("library-missing", _E, "What the deck takes in would be missing from every document."),
        ("unknown-taken", _E, "A hole would stand where the shared slide or question should be."),
        ("unknown-reference", _E, "Readers could not look up the source."),
        ("unknown-slide", _E, "The link would lead nowhere, on slides and on paper."),
        ("link-to-absent-slide", _W, "A click on the words does nothing while the deck is shown."),
        ("translation-missing", _E, "Without its catalog there is nothing of the language to build."),
        ("translation-file", _E, "What cannot be read as a catalog translates nothing."),
        (
            "translation-broken",
            _E,
            "A date, a gap or a link would be missing in one language only, where nobody looks.",
        ),
        ("text-untranslated", _E, "Whoever asks for all of it, by --strict, would get some of it in another language."),
        ("untranslated", _W, "Readers of one language meet another in the middle of a page."),
        ("musts-over", _E, "A session that is planned over its time ends without its end."),
        ("nothing-left", _E, "A training without slides is none."),
        ("unknown-variant", _E, "It would be in no variant, or left out of none, and nobody would see why."),
        ("unknown-objective", _E, "The guide's matrix would show an objective that is not there."),
        ("ragged-row", _E, "Cells would stand under the wrong heading."),
        ("data-given-twice", _E, "Two sources of the same numbers drift apart."),
        ("csv-syntax", _E, "Cells would stand in the wrong columns."),
        ("csv-empty", _E, "A table or chart of nothing says nothing."),
        ("csv-number-doubtful", _W, "A chart that is wrong by a factor of a thousand convinces nobody."),
        ("csv-not-a-number", _E, "The chart would leave a value out."),
        ("appendix-not-last", _E, "Slides in reserve would interrupt the training."),
        ("shown-nowhere", _E, "What an author wrote would appear in no document."),
        ("chart-without-slide", _E, "Charts on paper are drawn as on their slide."),
        ("unknown-place-of-break", _E, "The break would be left out of the run of show."),
        ("unknown-place-of-lead", _E, "The guide would not name who leads it."),
        ("lead-twice", _E, "One of the two would be passed over."),
        ("unknown-lead", _W, "The guide would name somebody who is not there."),
        ("unknown-beginning-of-day", _E, "The day would have no beginning in the run of show."),
        ("day-without-beginning", _E, "The day would have no beginning in the run of show."),
        ("days-out-of-order", _E, "People would come on the wrong day, or to slides that were shown already."),
    ),
    "Variables": (
        ("variable-unknown", _E, "A hole would stand where the words should be."),
        ("variable-not-text", _E, "A group of values cannot be set as words."),
        ("variable-loop", _E, "A text that refers to itself has no end."),
        ("variable-too-long", _E, "The text would fill memory."),
        ("variable-error", _E, "The braces hold something that cannot be worked out."),
        ("variable-empty", _W, "Participants would see a name in brackets where a date or place should be."),
    ),
    "Pictures": (
        ("picture-missing", _E, "The slide would show a hole."),
        ("picture-unusable", _E, "A broken picture makes files that other programs refuse."),
        ("picture-format", _E, "PowerPoint and PDF hold certain formats only, and go by a file's name."),
        ("picture-first-only", _W, "The page or frame that was meant may be another."),
        ("picture-encoding", _W, "Letters in the drawing may come out as others."),
        ("picture-blank", _W, "The slide would show nothing where the picture stands."),
        ("picture-name", _E, "No system has a file of that name."),
    ),
    "Schedule": (
        ("slide-without-minutes", _W, "Clock times are guesses where lengths are."),
        ("questions-over-time", _W, "The discussion will run over."),
        ("break-without-start", _W, "The break stands in no run of show."),
        ("break-after-end", _W, "The break stands in no run of show."),
        ("empty-day", _W, "People would come for nothing."),
    ),
    "Teaching": (("objectives-not-served", _W, "An objective that no slide serves will not be met."),),
    "Words": (
        ("wording", _W, "A vocabulary list says that another wording is better."),
        ("vague-link", _W, "Screen readers read links out one by one, without the words around them (WCAG 2.4.4)."),
        ("language-without-words", _W, "Headings would be in another language than the deck."),
    ),
    "Length": (
        ("text-too-long", _E, "Nobody reads a text this long, and setting it keeps the machine busy."),
        ("too-many", _E, "Nobody looks through this many, and setting them keeps the machine busy."),
    ),
    "Vocabulary": (
        ("vocabulary-missing", _E, "The texts would not be compared."),
        ("vocabulary-empty-words", _E, "Empty words are found everywhere."),
        ("vocabulary-pattern", _E, "The pattern finds nothing, or everything."),
        ("vocabulary-pattern-twice", _E, "Only one of the two can say what is preferred."),
        ("vocabulary-preferred-found", _E, "Following the advice would bring the same advice again."),
        ("vocabulary-preferred-holds", _W, "Following the advice would bring the same advice again."),
    ),
    "Characters": (
        ("unsupported-script", _E, "Letters that have to be joined or ordered would stand wrongly."),
        ("invisible-character", _E, "Invisible characters break searching and reading aloud."),
        ("no-font-for-character", _E, "Readers would see an empty box."),
    ),
    "Fit": (
        ("text-does-not-fit", _E, "Text would run over its box or be cut off."),
        ("table-does-not-fit", _E, "Cells would be cut off or stand off the slide."),
        ("notes-cut-off", _W, "Printed notes would end in the middle of a sentence."),
        ("footer-too-long", _W, "The footer cannot show it."),
        ("unknown-layout", _E, "The slide would look otherwise than its author asked."),
        ("layout-lacks-place", _E, "Some of the slide's content would have no place."),
    ),
    "Themes": (
        ("theme-missing", _E, "Without a theme nothing can be set."),
        ("theme-twice", _E, "Files of the two would overwrite one another."),
        ("theme-options", _E, "The options contradict one another."),
        ("theme-geometry", _E, "Boxes need four numbers."),
        ("theme-layout", _E, "Slides of this layout could not be made."),
        ("theme-shade", _E, "The shade cannot be worked out."),
        ("brand-color", _W, "The brand would come out in another colour."),
        ("brand-key", _W, "Nothing of it would be used."),
        ("brand-weight", _W, "Words would come out lighter or bolder than the brand has them."),
        ("brand-modes", _W, "Pages are printed, and slides projected, in one mode."),
        ("color-loop", _E, "Colours that name one another are none."),
        ("brand-color-moved", _W, "The colour as given cannot be read on its ground."),
        ("brand-light-on-dark", _W, "Dark pages waste toner and cannot be written on."),
        ("logo-on-web", _W, "Nothing is fetched from the web while building."),
        ("logo-missing", _W, "The organisation's logo would be missing."),
        ("logo-file", _E, "The organisation's logo would be missing."),
        ("web-font", _W, "A font without a file cannot be measured or embedded."),
        ("font-missing", _W, "Text is measured and drawn by another font."),
        ("font-outlines", _W, "PDF files need TrueType outlines."),
        ("font-format", _E, "The font cannot be embedded."),
        ("font-substituted", _W, "Text looks otherwise in PDF files than in PowerPoint."),
        ("unknown-slot", _E, "Office themes have twelve colours, with names of their own."),
        ("unknown-color", _E, "What has it would have none."),
        ("unknown-word", _E, "It would stand nowhere, or say less than it has to."),
        ("unknown-style", _E, "The placeholder would have no look."),
        ("unknown-role", _E, "No slide would use the layout."),
        ("imprint-without-closing", _W, "The funder's line would not be projected."),
    ),
    "Corporate templates": (
        ("template-missing", _E, "The organisation's look would be missing."),
        ("corporate-unusable", _E, "The file holds no template that could be used."),
        ("corporate-layouts-made", _W, "The organisation's designer has drawn no layout for it."),
        ("picture-left-out", _W, "The cover comes out without the picture that was given for it."),
        ("corporate-font-unused", _W, "Headings or text look otherwise than in the template."),
    ),
    "Printing": (
        ("unknown-preset", _E, "The documents would be printed otherwise than asked."),
        ("preset-of-preset", _E, "A chain of presets hides what is set."),
        ("print-settings-clash", _E, "Settings that contradict one another give unreadable pages."),
        ("print-settings-unused", _W, "The settings change nothing."),
        ("booklet-too-thick", _W, "Staplers and folders take about twenty sheets."),
    ),
    "Templates of documents": (
        ("template-error", _E, "The document could not be made."),
        ("template-markup", _E, "The document would lack what the markup means."),
        ("template-failed", _E, "What the template does with this deck cannot be done."),
        ("template-names-nothing", _E, "The deck or the theme has nothing of that name to show."),
        ("template-shows-facilitators", _E, "Participants would read what is the facilitator's alone."),
        ("template-memory", _E, "The template repeats without end."),
        ("template-unused", _W, "A template under a wrong name changes nothing."),
    ),
    "Writing": (
        ("output-unwritable", _E, "The files could not be replaced; earlier ones are as they were."),
        ("output-busy", _E, "Two builds at once would mix their files."),
        ("outputs-overwrite", _E, "One of the two would be lost."),
        ("changed-by-hand", _W, "Somebody's own changes would be lost."),
        (
            "writer-stopped",
            _E,
            "A part of the build was ended by the machine, or crashed; earlier files are as they were.",
        ),
        (
            "cluster-unusable",
            _E,
            "Sets that a worker makes otherwise, or puts where nobody looks, are worse than none.",
        ),
        ("disk-full", _E, "Half-written files help nobody; earlier ones are as they were."),
        ("source-date", _E, "Files would carry a wrong date."),
    ),
}

RULES: dict[str, Rule] = {
    code: Rule(code, area, level, why) for area, rules in _AREAS.items() for code, level, why in rules
} | {
    code: Rule(code, area, level, why, when, out)
    for area, rules in ADVICE.items()
    for code, level, when, why, out in rules
}
"""Every rule, by its code."""
