"""Numbers in tables are set flush right, and none of them parts, on slides and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deckbuilder.layout.frame import TableItem
from tools import arrange, build_files, deck_folder, read_words

HEADER = ["Bed", "Yield", "Change", "Share", "Sown", "Phone", "Plan", "Rain", "Heat", "Left", "Seeds", "Weeds"]
ROWS: list[list[Any]] = [
    [
        "Beans",
        "12,345.67",
        "+1.5",
        "4 %",
        "2031-04-02",
        "+44 20 7946 0958",
        "3–4",
        "12 mm",
        "21 °C",
        "(12)",
        "~40",
        "n/a",
    ],
    ["Kale", "1’250.00", "−0.25", "0.5%", "9 May", "112", "5", "7 mm", "-3 °C", "(€1,200)", "<5", "–"],
    ["", "", "", "", "", "", "", "", "", "", "", ""],
    ["Sum", "€13 595", "3", "100 %", "–", "none", "9", "", "18 °C", "8", "45", "2"],
]


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    halves = [
        {"kind": "table", "title": title, "minutes": 1, "header": header, "rows": rows}
        for title, header, rows in (
            ("Half", HEADER[:6], [row[:6] for row in ROWS]),
            ("Rest", HEADER[6:], [row[6:] for row in ROWS]),
        )
    ]
    return deck_folder(tmp_path_factory.mktemp("deck"), *halves)


def test_columns_of_numbers_are_told_from_others(deck: Path) -> None:
    tables = [item for frame in arrange(deck).frames for item in frame.items if isinstance(item, TableItem)]
    numeric = [right for table in tables for right in table.numeric]
    assert dict(zip(HEADER, numeric, strict=True)) == {name: name not in ("Bed", "Sown", "Phone") for name in HEADER}


def test_numbers_are_whole_and_flush_right_on_paper(deck: Path, tmp_path: Path) -> None:
    words = [w for page in read_words(build_files(tmp_path, deck, only=("handout",)).handout) for w in page.words]
    for row in ROWS:
        for cell in row:
            for part in str(cell).split():
                assert any(word.text == part for word in words), part
    yields = [word.right for word in words if word.text in ("Yield", "12,345.67", "1’250.00", "595")]
    assert max(yields) - min(yields) < 1
