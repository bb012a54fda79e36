"""Decks that are read from right to left, as other programs write them: what they say, and makers that write it so."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pptx
from foreign import picture
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True)
class Tongue:
    """What a deck says, in a language that runs from right to left. `first` and `second` are the columns, in reading order:
    each a heading and two items."""

    tag: str
    cover: tuple[str, str]
    points: tuple[str, Sequence[tuple[int, str]]]
    columns: tuple[str, Sequence[str], Sequence[str]]
    sides: tuple[str, Sequence[str], Sequence[str]]
    table: tuple[str, Sequence[Sequence[str]]]
    chart: tuple[str, Sequence[str], str]
    ask: tuple[str, str]
    typed: tuple[str, Sequence[str]]
    notes: str
    alt: str
    caption: str

    @property
    def words(self) -> str:
        flat: list[str] = [*self.cover, self.points[0], *(words for _, words in self.points[1])]
        for title, first, second in (self.columns, self.sides):
            flat += [title, *first, *second]
        flat += [self.table[0], *(cell for row in self.table[1] for cell in row), self.chart[0], *self.chart[1]]
        return " ".join(
            [*flat, self.chart[2], *self.ask, self.typed[0], *self.typed[1], self.notes, self.alt, self.caption]
        )


ARABIC = Tongue(
    "ar-SA",
    ("تربية النحل في المدينة", "أمسية أولى للجيران"),
    ("ما تحتاجه", ((0, "زاوية هادئة (في الحديقة)"), (1, "شمس الصباح، 8 ساعات"), (0, "جاران قالا نعم: «Bee Garden 2»"))),
    ("أين تضعها", ("شرفة في الطابق الثاني", "حديقة الحي"), ("سطح مدرسة", "أرض خلف المخبز")),
    ("خلية أم خليتان", ("خلية واحدة", "عمل أقل", "بداية أسهل"), ("خليتان", "مقارنة ممكنة", "مستعمرة احتياطية")),
    ("تكلفة السنة الأولى", (("البند", "يورو"), ("الخلية", "180"), ("المستعمرة", "140"), ("البدلة", "95"))),
    ("العسل في السنة", ("مايو", "يونيو", "يوليو"), "كيلوغرام"),
    ("ماذا تسأل جيرانك؟", "من يخاف من اللسعات؟ ومن لديه حساسية؟"),
    ("كيف تمضي السنة", ("١. مارس: نظرة أولى", "٢. مايو: الأسراب", "٣. يوليو: العسل")),
    "لا أحد يبدأ بخليتين. اسأل المالك قبل الجيران.",
    "ملكة بين عاملاتها",
    "الملكة تضع ألفي بيضة في اليوم",
)
HEBREW = Tongue(
    "he-IL",
    ("גידול דבורים בעיר", "ערב ראשון לשכנים"),
    ("מה צריך", ((0, "פינה שקטה (בגינה)"), (1, "שמש של בוקר, 8 שעות"), (0, 'שני שכנים שאמרו כן: "Bee Garden 2"'))),
    ("איפה לשים אותה", ("מרפסת בקומה השנייה", "גינת השכונה"), ("גג של בית ספר", "חלקה מאחורי המאפייה")),
    ("כוורת אחת או שתיים", ("כוורת אחת", "פחות עבודה", "התחלה קלה"), ("שתי כוורות", "אפשר להשוות", "מושבה לגיבוי")),
    ("עלות השנה הראשונה", (("פריט", "אירו"), ("כוורת", "180"), ("מושבה", "140"), ("חליפה", "95"))),
    ("דבש בשנה", ("מאי", "יוני", "יולי"), "קילוגרם"),
    ("מה הייתם שואלים את השכנים?", "מי מפחד מעקיצות? ומי אלרגי?"),
    ("איך עוברת שנה", ("1. מרץ: מבט ראשון", "2. מאי: נחילים", "3. יולי: דבש")),
    "אף אחד לא מתחיל עם שתי כוורות. שאלו את בעל הבית לפני השכנים.",
    "מלכה בין הפועלות",
    "המלכה מטילה אלפיים ביצים ביום",
)
PERSIAN = Tongue(
    "fa-IR",
    ("زنبورداری در شهر", "نخستین شب برای همسایه‌ها"),
    (
        "چه لازم دارید",
        ((0, "گوشه‌ای آرام (در باغچه)"), (1, "آفتاب صبح، ۸ ساعت"), (0, "دو همسایه که گفته‌اند بله: «Bee Garden 2»")),
    ),
    ("کجا بگذاریم", ("بالکن طبقه دوم", "باغچه محله"), ("پشت بام مدرسه", "زمین پشت نانوایی")),
    ("یک کندو یا دو کندو", ("یک کندو", "کار کمتر", "آغاز آسان‌تر"), ("دو کندو", "می‌شود سنجید", "کلنی پشتیبان")),
    ("هزینه سال نخست", (("مورد", "یورو"), ("کندو", "180"), ("کلنی", "140"), ("لباس", "95"))),
    ("عسل در سال", ("مه", "ژوئن", "ژوئیه"), "کیلوگرم"),
    ("از همسایه‌ها چه می‌پرسید؟", "چه کسی از نیش می‌ترسد؟ چه کسی حساسیت دارد؟"),
    ("سال چگونه می‌گذرد", ("۱. مارس: نگاه نخست", "۲. مه: بچه‌کندو", "۳. ژوئیه: عسل")),
    "هیچ‌کس با دو کندو آغاز نمی‌کند. پیش از همسایه‌ها از صاحب‌خانه بپرسید.",
    "ملکه میان کارگران",
    "ملکه روزی دو هزار تخم می‌گذارد",
)
TONGUES = {"Arabic": ARABIC, "Hebrew": HEBREW, "Persian": PERSIAN}


def by_hand_in(  # noqa: PLR0915  a slide after another
    tongue: Tongue, folder: Path, lang: str | None = "", rtl: bool = True
) -> Path:
    """A deck as somebody writes it in PowerPoint that is set to the language: `rtl` on each paragraph, what is read first on the
    right, fonts for complex scripts on each run. `lang` is what runs name as their language, "" for the language itself, None
    for none; without `rtl` nothing tells the direction but the letters."""
    deck = pptx.Presentation()
    width = deck.slide_width
    title, content, two, compared, bare = (deck.slide_layouts[n] for n in (0, 1, 3, 4, 5))

    def mirror(shape: Any) -> None:
        left, top, wide, high = width - shape.left - shape.width, shape.top, shape.width, shape.height
        shape.left, shape.top, shape.width, shape.height = left, top, wide, high

    def fill(shape: Any, *lines: str | tuple[int, str]) -> None:
        frame = shape.text_frame
        for n, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            level, words = line if isinstance(line, tuple) else (0, line)
            paragraph.text, paragraph.level = words, level

    slide = deck.slides.add_slide(title)
    fill(slide.shapes.title, tongue.cover[0])
    fill(slide.placeholders[1], tongue.cover[1])

    slide = deck.slides.add_slide(content)
    fill(slide.shapes.title, tongue.points[0])
    fill(slide.placeholders[1], *tongue.points[1])
    slide.notes_slide.notes_text_frame.text = tongue.notes

    slide = deck.slides.add_slide(two)
    fill(slide.shapes.title, tongue.columns[0])
    for holder, lines in zip((1, 2), tongue.columns[1:], strict=True):
        fill(slide.placeholders[holder], *lines)
        mirror(slide.placeholders[holder])

    slide = deck.slides.add_slide(compared)
    fill(slide.shapes.title, tongue.sides[0])
    for holders, (head, *lines) in zip(((1, 2), (3, 4)), tongue.sides[1:], strict=True):
        fill(slide.placeholders[holders[0]], head)
        fill(slide.placeholders[holders[1]], *lines)
        for holder in holders:
            mirror(slide.placeholders[holder])

    slide = deck.slides.add_slide(bare)
    fill(slide.shapes.title, tongue.table[0])
    rows = tongue.table[1]
    table = slide.shapes.add_table(len(rows), 2, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for y, row in enumerate(rows):
        for x, words in enumerate(row):
            table.cell(y, x).text = words
    if rtl:
        table._tbl.tblPr.set("rtl", "1")

    slide = deck.slides.add_slide(bare)
    fill(slide.shapes.title, tongue.chart[0])
    data = CategoryChartData()
    data.categories = list(tongue.chart[1])
    data.add_series(tongue.chart[2], (4, 11.5, 9))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(7), Inches(4), data)

    slide = deck.slides.add_slide(content)
    fill(slide.shapes.title, tongue.ask[0])
    fill(slide.placeholders[1], tongue.ask[1])

    slide = deck.slides.add_slide(bare)
    fill(slide.shapes.title, tongue.typed[0])
    fill(slide.shapes.add_textbox(Inches(5), Inches(2), Inches(4), Inches(3)), *tongue.typed[1])
    shown = slide.shapes.add_picture(io.BytesIO(picture()), Inches(0.5), Inches(2), Inches(3))
    shown._element._nvXxPr.cNvPr.set("descr", tongue.alt)
    fill(slide.shapes.add_textbox(Inches(0.5), shown.top + shown.height, Inches(3), Inches(0.5)), tongue.caption)

    for slide in deck.slides:
        for element in [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]:
            _dressed(element, tongue.tag if lang == "" else lang, rtl)
    out = folder / f"{tongue.tag}.pptx"
    deck.save(str(out))
    return out


def _dressed(root: Any, lang: str | None, rtl: bool) -> None:
    for paragraph in root.iter(f"{A}p"):
        if rtl:
            properties = paragraph.find(f"{A}pPr")
            if properties is None:
                properties = etree.Element(f"{A}pPr")
                paragraph.insert(0, properties)
            properties.set("algn", "r")
            properties.set("rtl", "1")
        for run in paragraph.findall(f"{A}r"):
            looks = run.find(f"{A}rPr")
            if looks is None:
                looks = etree.Element(f"{A}rPr")
                run.insert(0, looks)
            if lang:
                looks.set("lang", lang)
            if rtl:
                etree.SubElement(looks, f"{A}latin", typeface="+mj-lt")
                etree.SubElement(looks, f"{A}cs", typeface="+mj-cs")
