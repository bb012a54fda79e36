"""Writes src/deckbuilder/theme/widths.tsv: how wide text is in families that people name without having their files.

    npm pack @capsizecss/metrics && tar xzf capsizecss-metrics-*.tgz
    apt-get download fonts-wine fonts-urw-base35 fonts-crosextra-caladea fonts-adf-gillius fonts-dejavu-core
    for package in *.deb; do dpkg-deb -x "$package" debian; done
    python docs/font_widths.py package/entireMetricsCollection debian

A width is the mean advance of running text, in ems. Capsize publishes it for Google's fonts and for some of the systems'
(`xWidthAvg`: advances weighted by how often letters occur). Fonts that it lacks are measured here: by a free font of the same
widths where there is one, else by one of the same design or a wider one, which the table calls an estimate. It ends
with how much single lines differ from the mean, which is what the margins in `theme/widths.py` are made of.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src" / "deckbuilder" / "theme" / "widths.tsv"
SHIPPED = TABLE.parent / "fonts"
ARIAL = 0.4458  # Capsize's for Arial: what is measured here is brought to its scale by Liberation Sans, Arial's twin

# The first article of the Universal Declaration of Human Rights, in the languages that are set most.
TEXTS = (
    "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should "
    "act towards one another in a spirit of brotherhood.",
    "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen "
    "einander im Geist der Brüderlichkeit begegnen.",
    "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et "
    "doivent agir les uns envers les autres dans un esprit de fraternité.",
    "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben "
    "comportarse fraternalmente los unos con los otros.",
)
LINE = 30  # characters: a short line of a slide

# Family: kind, files of regular and bold, and what they are to it.
MEASURED = {
    "Arial Narrow": ("sans-serif", "NimbusSansNarrow-Regular", "NimbusSansNarrow-Bold", "twin"),
    "Book Antiqua": ("serif", "P052-Roman", "P052-Bold", "twin"),
    "Bookman Old Style": ("serif", "URWBookman-Light", "URWBookman-Demi", "twin"),
    "Cambria": ("serif", "Caladea-Regular", "Caladea-Bold", "twin"),
    "Century Gothic": ("sans-serif", "URWGothic-Book", "URWGothic-Demi", "twin"),
    "Century Schoolbook": ("serif", "C059-Roman", "C059-Bold", "twin"),
    "DejaVu Sans": ("sans-serif", "DejaVuSans", "DejaVuSans-Bold", "itself"),
    "Palatino Linotype": ("serif", "P052-Roman", "P052-Bold", "twin"),
    "Gill Sans MT": ("sans-serif", "GilliusADF-Regular", "GilliusADF-Bold", "estimate"),
}
# Family: the one whose numbers it has, and why.
LIKE = {
    "Calibri Light": ("Carlito", "estimate"),  # a lighter cut of Calibri, a little narrower
    "Candara": ("Arial", "estimate"),
    "Corbel": ("Arial", "estimate"),
    "Constantia": ("Georgia", "estimate"),
    "Aptos": ("Arial", "estimate"),  # about as wide as Source Sans, which is narrower (LibreOffice's bug 162872)
    "Aptos Display": ("Arial", "estimate"),
    "Aptos SemiBold": ("Arial", "estimate"),
    "Aptos Light": ("Arial", "estimate"),
    "Aptos Narrow": ("Carlito", "estimate"),
    "Franklin Gothic Book": ("Libre Franklin", "estimate"),  # a wider revival of it
    "Franklin Gothic Medium": ("Libre Franklin", "estimate"),
    "Garamond": ("EB Garamond", "estimate"),
    "Gill Sans": ("Gill Sans MT", "estimate"),
    "Gill Sans Nova": ("Gill Sans MT", "estimate"),
    "Lucida Sans Unicode": ("Lucida Grande", "estimate"),  # one design
    "Lucida Sans": ("Lucida Grande", "estimate"),
    "Segoe UI Semibold": ("Segoe UI", "estimate"),
    "Segoe UI Light": ("Segoe UI", "estimate"),
    "Microsoft YaHei": ("Segoe UI", "estimate"),  # whose Latin letters it has
    "微软雅黑": ("Segoe UI", "estimate"),
    "Bookman": ("Bookman Old Style", "twin"),  # families under the short names that templates give them
    "Franklin Gothic": ("Libre Franklin", "estimate"),
    "Trebuchet": ("Trebuchet MS", "published"),
    "Times": ("Times New Roman", "twin"),
    "Source Sans Pro": ("Source Sans 3", "itself"),
    "Source Serif Pro": ("Source Serif 4", "itself"),
    "Muli": ("Mulish", "itself"),
}
# Fonts of one width, which have no free twin: the advance of every character in ems, as it is commonly given.
FIXED = {"Consolas": 1126 / 2048, "Lucida Console": 1234 / 2048}

Row = tuple[str, float, float, float, str]  # kind, regular, bold, line height, source


def main(capsize: Path, debian: Path) -> None:
    """Writes the table, and tells what the margins rest on."""
    rows = dict(sorted(published(capsize), key=lambda r: r[0].lower()))
    for family, (kind, *files, source) in MEASURED.items():
        fonts = [found(debian, name) for name in files]
        widths = [round(mean(font) / mean(found(SHIPPED, "LiberationSans-Regular")) * ARIAL, 4) for font in fonts]
        rows[family] = (kind, widths[0], widths[1], line(fonts[0]), source)
    for family, (other, source) in LIKE.items():
        rows[family] = (*rows[other][:4], source)
    for family, advance in FIXED.items():
        rows[family] = ("monospace", round(advance, 4), round(advance, 4), 1.2, "estimate")
    head = (
        "# Made by docs/font_widths.py, which tells how. Family, kind, mean advance of running text in ems (regular, bold),\n"
        "# line height in ems, and whose numbers these are: 'published' (Capsize's), a metric 'twin', the font 'itself', or an\n"
        "# 'estimate' by a font of the same or of a wider design.\n"
    )
    lines = ["\t".join(map(str, (family, *row))) for family, row in sorted(rows.items(), key=lambda r: r[0].lower())]
    TABLE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    spread(debian, rows)


def published(folder: Path) -> Iterator[tuple[str, Row]]:
    """What Capsize says of families that have Latin letters."""
    for path in sorted(folder.glob("*/index.mjs")):
        regular = read(path)
        if "latin" not in regular["subsets"]:
            continue
        heavy = next((p for w in ("700", "600", "800") if (p := path.parent / w / "index.mjs").is_file()), path)
        em = regular["unitsPerEm"]
        bold = read(heavy)
        height = (regular["ascent"] - regular["descent"] + regular["lineGap"]) / em
        widths = (x["subsets"]["latin"]["xWidthAvg"] / x["unitsPerEm"] for x in (regular, bold))
        yield (
            regular["familyName"],
            (regular["category"], *(round(w, 4) for w in widths), round(height, 3), "published"),
        )


def read(path: Path) -> dict[str, object]:
    """What a module of Capsize's exports."""
    words = path.read_text("utf-8").removeprefix("export default ").rstrip().rstrip(";")
    return json.loads(re.sub(r"'([^'\n]*)'", lambda m: json.dumps(m[1]), re.sub(r"(\w+):(?= )", r'"\1":', words)))


def found(folder: Path, name: str) -> TTFont:
    """The font of that name below the folder."""
    return TTFont(next(p for p in sorted(folder.rglob(f"{name}.*")) if p.suffix in (".ttf", ".otf")))


def widths_of(font: TTFont, text: str) -> float:
    """How wide a text is, in ems."""
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    return sum(advances[glyphs[ord(c)]][0] for c in text) / font["head"].unitsPerEm


def mean(font: TTFont) -> float:
    """The mean advance of the texts, in ems."""
    return sum(widths_of(font, text) for text in TEXTS) / sum(map(len, TEXTS))


def line(font: TTFont) -> float:
    """The line height, in ems."""
    head = font["hhea"]
    return round((head.ascent - head.descent + head.lineGap) / font["head"].unitsPerEm, 3)


def spread(debian: Path, rows: dict[str, Row]) -> None:
    """How much wider than the mean single lines are, and how wide families are that are not in the table."""
    drawn = {"sans-serif": "LiberationSans-Regular", "serif": "Gelasio-Regular"}
    for family, (kind, file, _, _) in MEASURED.items():
        own, other = found(debian, file), found(SHIPPED, drawn[kind])
        lines = [text[n : n + LINE] for text in TEXTS for n in range(len(text) - LINE)]
        ratios = sorted(widths_of(own, x) / widths_of(other, x) / (mean(own) / mean(other)) for x in lines)
        print(f"{family}: 99 in 100 lines are at most {ratios[len(ratios) * 99 // 100]:.3f} of the mean")
    for kind in ("sans-serif", "serif"):
        for column, name in ((1, "regular"), (2, "bold")):
            found_ = [row[column] for row in rows.values() if row[0] == kind]
            print(f"{kind}, {name}: 9 in 10 families are at most {statistics.quantiles(found_, n=10)[-1]:.4f} em")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
