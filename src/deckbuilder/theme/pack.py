"""Reading a theme pack: a folder with a `_brand.yml` (the brand.yml convention).

Used of it: `meta.name`, `logo`, `color`, and of `typography` the families, the headings' weight and the
colours of headings and links. Everything under `defaults.deckbuilder` is laid over `standard.yaml`; Office's
twelve colours are derived from the brand's, but for those given there as `slots`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from deckbuilder.content.text import Name
from deckbuilder.diagnostics import DeckError, Diagnostics, did_you_mean, fail
from deckbuilder.labels import word_names, wrong_word
from deckbuilder.reading.vocabulary import read_vocabulary
from deckbuilder.reading.yaml import parse_yaml, read_yaml
from deckbuilder.source import Inputs, LocatedDict, Position, position_of
from deckbuilder.theme.brand import SIZES, Brand, LogoPair
from deckbuilder.theme.color import SLOTS, Color, Palette, Slot
from deckbuilder.theme.derive import Moved, derive
from deckbuilder.theme.layouts import Builder
from deckbuilder.theme.logos import with_logos
from deckbuilder.theme.roles import LayoutRole
from deckbuilder.theme.specs import ThemeSpec, checked
from deckbuilder.theme.styles import TextStyle
from deckbuilder.theme.theme import SlideLayout, Theme, figures_slot
from deckbuilder.theme.typography import STAND_IN, Typography
from deckbuilder.units import Rect

DEFAULT_THEME = "spruce"
_SAID = ("organisation", "copyright", "licence")
# What a brand's weight for headings applies to. Definitions, principles and questions are in the headings' font as
# well, but their authors set single words of them bold, which has to show.
_DISPLAY = (
    "title",
    "cover-title",
    "section-title",
    "bleed-title",
    "numeral",
    "step-number",
    "when",
    "count",
)


def shipped_themes() -> Path:
    """The folder of the theme packs that come with deckbuilder."""
    package = Path(str(files("deckbuilder")))
    installed = package / "shipped" / "themes"
    return installed if installed.is_dir() else package.parent.parent / "themes"


def shipped_names() -> list[str]:
    """The names of the theme packs that come with deckbuilder."""
    return sorted(p.parent.name for p in shipped_themes().glob("*/_brand.yml"))


def find_theme(name: str) -> Path:
    """The folder of a theme pack, given its folder or the name of a shipped one.

    Raises DeckError when there is none.
    """
    folder = Path(name)
    if (folder / "_brand.yml").is_file():
        return folder
    shipped = shipped_themes()
    names = shipped_names()
    if name in names:
        return shipped / name
    if folder.is_dir():
        raise fail(
            "theme-missing",
            f"the folder {name} holds no _brand.yml",
            None,
            "a theme pack is a folder with a _brand.yml inside",
        )
    raise fail("theme-missing", f"there is no theme '{name}'", None, did_you_mean(name, names))


def read_theme(name: str, problems: Diagnostics, inputs: Inputs | None = None) -> Theme:
    """The theme pack of that name or folder. Raises DeckError with every problem found. The files that are read go
    to `inputs`."""
    folder = find_theme(name)
    inputs = Inputs() if inputs is None else inputs
    found, theme = Diagnostics(), None
    with found.gathering():
        brand = read_yaml(folder / "_brand.yml", str(folder / "_brand.yml"), found, inputs)
        if isinstance(brand, LocatedDict):
            theme = _Pack(folder, brand, found, inputs).theme()
        elif brand is not None:
            file = str(folder / "_brand.yml")
            found.error(
                "wrong-type",
                f"{file} is not a mapping of keys",
                Position(file, 1, 1),
                "write 'color:' lines and the like",
            )
    problems.extend(found)
    if theme is None:
        raise DeckError(problems)
    return theme


@cache
def _standard() -> LocatedDict:
    """The settings of `standard.yaml`; nobody changes them, each pack's are laid over them into new ones."""
    text = files("deckbuilder.theme").joinpath("standard.yaml").read_text("utf-8")
    read = parse_yaml(text, "standard.yaml", Diagnostics(), typed=False)
    assert isinstance(read, LocatedDict)
    return read


class _Pack:
    def __init__(self, folder: Path, data: LocatedDict, problems: Diagnostics, inputs: Inputs) -> None:
        self.folder = folder
        self.data = data
        self.brand = Brand(folder, data, problems, inputs)
        self.problems = problems
        self.inputs = inputs

    def part(self, *path: str) -> Any:
        return self.brand.part(*path)

    def theme(self) -> Theme:
        standard = _standard()
        own = self._own()
        self.brand.unknown()
        spec = self._spec(standard, own)
        palette, shades = self._colors(spec)
        typography = Typography(self.folder, self.brand, self.problems, self.inputs)
        fonts = typography.fonts()
        heading, body = STAND_IN, STAND_IN  # a corporate template has fonts of its own
        if spec.template is None:
            heading, body = typography.family("headings", fonts), typography.family("base", fonts)
        typography.code()
        chosen = own.get("colors") or {}
        shades = {key: value for key, value in shades.items() if key not in chosen}
        colors = {key: self._color(key, value) for key, value in {**spec.colors, **shades}.items()}
        builder = Builder(spec, colors, self.problems, figures_slot(heading, body))
        styles = {key: builder.style(key, style) for key, style in spec.styles.items()}
        if self.brand.bold_headings():
            styles = {key: _bold(style) if key in _DISPLAY else style for key, style in styles.items()}
        if fonts.face(body).tall:
            styles = {key: style.exact() for key, style in styles.items()}
        layouts = builder.layouts(styles)
        table = builder.table(spec.table)
        openings = builder.openings(spec.openings)
        logos = self._logos(SIZES[::-1], spec)
        imprint = spec.imprint.lines() if spec.imprint else ()
        says = {name: text for name in _SAID if (text := getattr(spec, name))}
        words = self._words(spec, own)
        shown = [*imprint, *(text.plain for text in says.values()), *(x for _, x in _every(words))]
        if missing := sorted(fonts.lacks("".join(shown))):
            self.problems.error(
                "no-font-for-character",
                f"no font has the characters {' '.join(missing)} of the imprint or of the brand's words",
                position_of(own),
            )
        vocabulary = read_vocabulary(spec.vocabulary, self.folder, self.problems, self.inputs)
        if spec.template is not None and self.problems.has_errors:
            from deckbuilder.theme.corporate.read import look_into

            with self.problems.gathering():
                look_into(self.folder, spec.template, spec.layouts, self.inputs, self.problems, fonts)
        self.problems.raise_if_errors()
        if logos:
            small = self._logos(SIZES, spec)[:1]
            layouts = {role: self._with_logos(layout, spec, logos, small, palette) for role, layout in layouts.items()}
        theme = Theme(
            name=self.folder.resolve().name,
            title=self.brand.title or self.folder.resolve().name,
            palette=palette,
            colors=colors,
            heading=heading,
            body=body,
            fonts=fonts,
            styles=styles,
            layouts=layouts,
            width=spec.size[0],
            height=spec.size[1],
            footer_size=spec.footer.size,
            table=table,
            openings=openings,
            logos=tuple(logo for pair in logos if (logo := pair.light or pair.dark)),
            imprint=imprint,
            printing=spec.printing,
            presets=spec.presets,
            handout=spec.handout,
            guide=spec.guide,
            vocabulary=vocabulary,
            checks=spec.checks,
            says=says,
            words=words,
        )
        if spec.template is None:
            return theme
        from deckbuilder.theme.corporate.read import on_template

        return on_template(theme, self.folder, spec, self.brand, typography, self.problems)

    def _words(self, spec: ThemeSpec, own: LocatedDict) -> Mapping[str, str | Mapping[str, str]]:
        """Deckbuilder's own words that the brand says otherwise. Those that cannot be said so are reported."""
        known = word_names()
        if spec.words:  # as they were written, since the model's strings have no places
            for name in (written := own["words"]):
                if name not in known:
                    at = written.keys_at.get(name)
                    self.problems.error("unknown-word", f"there is no word '{name}'", at, did_you_mean(name, known))
            for name, word in _every(written):
                if name in known and (wrong := wrong_word(name, word)):
                    self.problems.error("unknown-word", f"the word '{name}' {wrong}", position_of(word))
        return spec.words

    def _own(self) -> LocatedDict:
        """What the pack says under `defaults.deckbuilder`; nothing where that is no mapping, which is reported."""
        own = self.data
        for name, key, hint in (
            ("defaults", "defaults", "write 'deckbuilder:' under it"),
            ("defaults.deckbuilder", "deckbuilder", "write 'key: value' lines under it"),
        ):
            given = own.get(key)
            if given is not None and not isinstance(given, LocatedDict):
                self.problems.error("wrong-type", f"'{name}' should be a mapping", position_of(given), hint)
                given = None
            if given is None:
                return LocatedDict()
            own = given
        return own

    def _spec(self, standard: LocatedDict, own: LocatedDict) -> ThemeSpec:
        """The settings. Where the pack's own have mistakes, which are reported, those that have none: with them the rest of the
        pack can be looked at."""
        raw = _laid_over(standard, own)
        spec = checked(ThemeSpec, raw, self.problems)
        if spec is None:
            sound = LocatedDict(own.at)
            sound.keys_at, sound.values_at = own.keys_at, own.values_at
            for key, value in own.items():
                one = LocatedDict()
                one[key] = value
                if checked(ThemeSpec, _laid_over(standard, one), Diagnostics()) is not None:
                    sound[key] = value
            lost = own.keys() - sound.keys()
            for key, users in (
                ("colors", ("styles", "layouts", "table", "band", "openings")),
                ("styles", ("layouts",)),
            ):
                for user in users if key in lost else ():
                    sound.pop(user, None)
            spec = checked(ThemeSpec, _laid_over(standard, sound), Diagnostics())
            assert spec is not None, "settings that are sound one by one are so together"
        for words in spec.layouts:
            if (role := LayoutRole.parse(words)).band:
                self.problems.error(
                    "theme-layout",
                    f"the layout '{words}' is made of '{role.unbanded}', and cannot be given",
                    raw["layouts"].keys_at.get(words),
                    "its question's place is under 'band', all else under the other layout",
                )
        return spec

    def _colors(self, spec: ThemeSpec) -> tuple[Palette, dict[str, list[Any]]]:
        """The palette, and the shades that go with it where it is derived from the brand's colours."""
        given = self._slots(spec.slots)
        if all(slot in given for slot in SLOTS):
            return Palette(given), {}
        said = len(self.problems)
        link, heading = self.brand.text_color("link"), self.brand.text_color("headings")
        semantic, colors = self.brand.semantic(), self.brand.palette()
        derived = derive(semantic, colors, heading, link, spec.insist)
        shades = {name: shade for name, shade in derived.shades.items() if shade[0] not in given}
        palette = Palette(derived.slots | given)
        if any(problem.code != "brand-modes" for problem in list(self.problems)[said:]):
            return palette, shades  # others would be compared with what stands in for these
        if derived.turned:
            self.problems.warning(
                "brand-light-on-dark",
                "the brand is light on dark, and pages are printed on light paper: its dark colour is used for text",
                position_of(self.part("color", "background")),
                "its dark ground stands on covers, sections and closing slides",
            )
        for moves in _by_color(derived.moved):
            first = moves[0]
            group, _, use = first.name.rpartition(".")
            at = position_of(self.part(*group.split("."), use, "color") if group else self.part("color", use))
            fills = any(move.name in ("primary", "secondary") for move in moves)
            done = f"text is set in {first.used}, fills keep it" if fills else f"{first.used} is used"
            self.problems.warning(
                "brand-color-moved",
                f"the brand's {' and '.join(move.name for move in moves)} {first.given} has a contrast of {first.ratio:.1f} to 1 "
                f"on {first.ground}, and text needs 4.5; {'it stays, since the brand insists' if spec.insist else done}",
                at,
                f"the nearest that passes is {first.used}"
                + ("" if spec.insist else "; to keep the brand's, write 'insist: true' under defaults.deckbuilder"),
            )
        return palette, shades

    def _slots(self, slots: Mapping[str, Name]) -> dict[Slot, str]:
        out: dict[Slot, str] = {}
        for slot, value in slots.items():
            if slot not in SLOTS:
                self.problems.error(
                    "unknown-slot", f"there is no theme colour '{slot}'", position_of(value), did_you_mean(slot, SLOTS)
                )
                continue
            found = self.brand.color(value)
            if found:
                out[slot] = found
        return out

    def _logos(self, sizes: Iterable[str], spec: ThemeSpec) -> list[LogoPair]:
        """The brand's logo, at the first of the sizes, and those of its partners."""
        pairs = [self.brand.logo(sizes), *(self.brand.pair(partner) for partner in spec.partners)]
        return [pair for pair in pairs if pair]

    def _with_logos(
        self,
        layout: SlideLayout,
        spec: ThemeSpec,
        logos: list[LogoPair],
        small: list[LogoPair],
        palette: Palette,
    ) -> SlideLayout:
        """The layout with the logo; covers and closing slides, which have a place of their own, with all of them."""
        place = spec.layout(layout.role).logo
        box = place or spec.logo
        return with_logos(layout, box, logos if place else small, palette) if isinstance(box, Rect) else layout

    def _color(self, key: str, value: Sequence[Any]) -> Color:
        slot, *shade = value
        if slot not in SLOTS:
            self.problems.error(
                "unknown-slot",
                f"the colour '{key}' names no theme slot: '{slot}'",
                position_of(slot),
                did_you_mean(str(slot), SLOTS),
            )
            return Color("dk1")
        mod, off = ([*shade, 0.0] if len(shade) == 1 else shade) if shade else (1.0, 0.0)
        return Color(slot, float(mod), float(off))


def _every(words: Mapping[str, str | Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Each word with its name, once for each language that it is given for."""
    for name, word in words.items():
        yield from ((name, one) for one in ([word] if isinstance(word, str) else word.values()))


def _by_color(moved: Iterable[Moved]) -> list[list[Moved]]:
    """Colours that had to be moved, all uses of one together."""
    out: dict[str, list[Moved]] = {}
    for move in moved:
        out.setdefault(move.given, []).append(move)
    return list(out.values())


def _bold(style: TextStyle) -> TextStyle:
    levels = tuple(replace(x, bold=x.bold or x.font == "heading") for x in style.levels)
    return replace(style, levels=levels)


def _laid_over(base: Any, over: Any) -> Any:
    """Mappings merged key by key; anything else in `over` replaces what `base` has."""
    if not isinstance(base, LocatedDict) or not isinstance(over, LocatedDict):
        return over
    out = LocatedDict(over.at or base.at)
    out.keys_at = base.keys_at | over.keys_at
    out.values_at = base.values_at | over.values_at
    out.update(base)
    for key, value in over.items():
        out[key] = _laid_over(base[key], value) if key in base else value
    return out
