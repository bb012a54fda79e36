"""Speaker notes: the slide's cues, questions and background, as presenter view shows them, and on
as many notes pages as they take.

A frame has one notes page; a question's notes begin on the page of the frame that asks it. What does not fit goes on with
the notes of further frames, then with those of hidden slides after them: nothing is cut off where notes are printed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from deckbuilder.content.discussion import Question
from deckbuilder.content.kinds import AnySlide
from deckbuilder.content.room import QuizSlide
from deckbuilder.content.text import Paragraph, Run, Text, without_formulas, without_gaps
from deckbuilder.labels import Labels
from deckbuilder.layout.fit import fit_over_slides
from deckbuilder.layout.frame import LaidText
from deckbuilder.layout.measure import measure_text
from deckbuilder.theme.styles import LevelStyle, TextStyle
from deckbuilder.theme.theme import INK, Theme
from deckbuilder.units import Rect

NOTES_PAGE = Rect(0, 0, 540, 720)
"""A page of 7.5 x 10 inches, as PowerPoint's own."""
NOTES_PICTURE = Rect(126, 36, 288, 162)
NOTES_BODY = Rect(54, 214, 432, 456)
_ROUNDING = 0.01  # LibreOffice rounds the width of each character of small text
_SIZE, _FLOOR = 12.0, 9.0
NOTES_STYLE = TextStyle(
    "notes",
    (
        LevelStyle("body", _SIZE, _FLOOR, INK, before=0.25),
        LevelStyle("body", _SIZE, _FLOOR, INK, before=0.1, bullet="•", hanging=14),
        LevelStyle("body", _SIZE, _FLOOR, INK, before=0.1, bullet="–", indent=14, hanging=14),
        LevelStyle("body", _SIZE, _FLOOR, INK, before=0.1, bullet="–", indent=28, hanging=14),
    ),
    plain=0,
)


def notes_by_frame(
    slide: AnySlide, asked: Sequence[Collection[int]], labels: Labels, online: bool = False, lead: Sequence[str] = ()
) -> list[list[Paragraph]]:
    """What the facilitator needs while each of a slide's frames is up; [] for one on which nothing begins. `asked` are the
    questions that each asks, by their place among the slide's; the first frame has what belongs to no other. Where
    people meet `online`, what is done there comes first; first of all stand those who `lead` the slide."""
    out: list[list[Paragraph]] = []
    elsewhere = set[int]().union(*asked[1:]) - set(asked[0])
    for n, here in enumerate(asked):
        if n:
            numbers = sorted(set(here) & elsewhere)
            elsewhere -= set(here)
            out.append(_of_questions([slide.questions[number] for number in numbers], labels, online))
        else:
            own = [q for number, q in enumerate(slide.questions) if number not in elsewhere]
            out.append(_of_slide(slide, own, labels, online, lead))
    return [[replace(p, runs=without_formulas(without_gaps(p.runs))) for p in paragraphs] for paragraphs in out]


def _of_slide(
    slide: AnySlide, questions: Sequence[Question], labels: Labels, online: bool, lead: Sequence[str]
) -> list[Paragraph]:
    """The slide's own notes, with those of some of its questions."""
    virtual = _labelled(labels("virtual"), slide.virtual) if slide.virtual else []
    cues = [paragraph for cue in slide.cues for paragraph in _labelled(labels(cue.kind), cue.text)]
    out = [Paragraph((Run(f"{labels('lead').upper()}  ", bold=True), Run(", ".join(lead))))] if lead else []
    out += virtual + cues if online else cues + virtual
    if isinstance(slide, QuizSlide):
        out += _of_quiz(slide, labels)
    out += _of_questions(questions, labels, online)
    if slide.notes:
        out += slide.notes.paragraphs if not out else _labelled(labels("background"), slide.notes)
    return out


def _of_quiz(slide: QuizSlide, labels: Labels) -> list[Paragraph]:
    """Which answers are right, by their letters, and why."""
    right = [Paragraph(x.text.runs, 0, "letter", n) for n, x in enumerate(slide.options, 1) if x.correct]
    return [
        Paragraph((Run(labels("answer_key").upper(), bold=True),)),
        *right,
        *(slide.why.paragraphs if slide.why else ()),
    ]


def _of_questions(questions: Sequence[Question], labels: Labels, online: bool) -> list[Paragraph]:
    out: list[Paragraph] = []
    for question in questions:
        about = [labels(question.grouping)] if question.grouping else []
        about += [labels.minutes(question.minutes)] if question.minutes else []
        head = labels("question") + (f" ({', '.join(about)})" if about else "")
        out += _labelled(head, question.ask)
        virtual = _labelled(labels("virtual"), question.virtual) if question.virtual else []
        out += virtual if online else []
        for name, items in (("listen_for", question.listen_for), ("follow_ups", question.follow_ups)):
            if items:
                out.append(Paragraph((Run(labels(name).upper(), bold=True),)))
                out += [Paragraph(item.runs, 0, "bullet") for item in items]
        if question.debrief:
            out += _labelled(labels("debrief"), question.debrief)
        out += [] if online else virtual
    return out


def _labelled(label: str, words: Text) -> list[Paragraph]:
    first, *rest = words.paragraphs
    head = Run(f"{label.upper()}  ", bold=True)
    if first.marker:
        return [Paragraph((head,)), *words.paragraphs]
    return [Paragraph((head, *first.runs)), *rest]


def notes_pages(paragraphs: Sequence[Paragraph], theme: Theme) -> list[LaidText]:
    """The notes as measured, a page each; [] when there are none."""
    if not paragraphs:
        return []
    theme = _as_wide_as_any(theme)
    room = replace(NOTES_BODY, width=NOTES_BODY.width * (1 - _ROUNDING))
    pages = fit_over_slides(paragraphs, NOTES_STYLE, room, theme)
    if pages is None:  # a word longer than a page: programs break it wherever they like
        return [measure_text(paragraphs, NOTES_STYLE.scaled(NOTES_STYLE.smallest), room.width, theme)]
    return pages


def _as_wide_as_any(theme: Theme) -> Theme:
    """The theme with its body font or Arial, whichever is wider: LibreOffice prints notes in the latter,
    whatever the notes master says, and what is measured has to hold there as well."""
    ours, arial = theme.fonts.face(theme.body), theme.fonts.face("Arial")
    return theme if ours.width(_SAMPLE, 1) >= arial.width(_SAMPLE, 1) else replace(theme, body="Arial")


_SAMPLE = "The quick brown fox jumps over the lazy dog, 0123456789."
