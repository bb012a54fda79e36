"""Decks in Markdown come in as decks do: slides by rules or headings, notes, columns, pictures, formulas."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from importing_tools import imported, slides_of

from deckbuilder.diagnostics import DeckError
from deckbuilder.importing.importer import import_deck
from deckbuilder.importing.markdown import read_markdown
from tools import PICTURES

BY_RULES = """\
---
marp: true
paginate: true
footer: © 2021 Bean club
---

# Growing beans

A short course

<!-- SAY: Welcome everybody. -->

---

<!-- _class: lead -->

## What beans need

- Sun
  - All day
- Water, about $x^2$ of it, and a [guide](https://example.org/beans_and_peas)

![bg right:40% A square and a disc](pictures/shapes.png)

---

## Prices

| Bean  | Price |
|-------|-------|
| Broad | **2** |

Note: Prices of last year.
"""
BY_PANDOC = """\
% Growing leeks
% Ada Example; Ben Example
% May 2021

# In spring

## What to do

::: {.incremental}
1. Sow
2. Wait
:::

::: {.notes}
SAY: Well then.
ASK: Who has a bed?
:::

## Words {.unnumbered visibility="hidden"}

Leek
:   A plant[^1] of H~2~O

[^1]: Of many kinds.

------------------

| First line
| Second line

. . .

![Rows of leeks](pictures/shapes.png){#fig-rows fig-alt="A disc" width=50%}

## Yields

+------+-------+
| Bed  | Kilos |
+======+=======+
| East | 4     |
|      | or 5  |
+------+-------+

: Of 2020 {#tbl-a}

## {background-image="pictures/shapes.png"}
"""
BY_REVEAL = """\
# Growing kale

---

<!-- .slide: data-background="#ff0000" -->
## Above

<style>h2 { color: red }</style>

$$\\sum_{i=1}^{n} x_i$$

Some [few]{.red} `{b=1}` <video src="film.mp4"></video>

Some <b>bold</b> words<sup>2</sup> &amp; a <a href="https://example.org">link</a>

<aside class="notes">DO: Show a leaf.</aside>

--

## Below

<div><p>First</p><p>Second</p><img alt="A disc" src="pictures/shapes.png"></div>

```
<!-- no note --> {a=1}
```
"""
BY_HEADINGS = """\
---
title: Growing peas
author: [Ada Example]
---

# First part

## Two beds

::::: {.columns}
::: {.column width="50%"}
- Left
:::
::: {.column}
- Right
:::
:::::

::: notes
DO: Point at the beds.

- In order
:::

## Code

```python
# no heading
beans = 2
```

# Second part

## A word

> We work with what grows here.
>
> Ada Example
"""


@pytest.mark.slow
def test_slides_are_divided_by_rules(tmp_path: Path) -> None:
    shutil.copytree(PICTURES, tmp_path / "pictures")
    (tmp_path / "old.md").write_text(BY_RULES, "utf-8")
    report, deck = imported(tmp_path / "old.md", tmp_path)
    cover, points, table = slides_of(deck)
    assert (deck["title"], deck["subtitle"], cover["cues"]) == (
        "Growing beans",
        "A short course",
        [{"say": "Welcome everybody."}],
    )
    assert points["points"] == [
        {"text": "Sun", "points": ["All day"]},
        "Water, about $x^2$ of it, and a [guide](https://example.org/beans_and_peas)",
    ]
    assert points["picture"]["alt"] == "A square and a disc"
    assert (table["header"], table["rows"], table["notes"]) == (
        ["Bean", "Price"],
        [["Broad", "**2**"]],
        "Prices of last year.",
    )
    assert "marp, paginate" in report.as_text()
    assert deck["copyright"] == "© 2021 Bean club"
    assert not report.repeated


@pytest.mark.slow
def test_slides_are_divided_by_headings(tmp_path: Path) -> None:
    (tmp_path / "old.qmd").write_text(BY_HEADINGS, "utf-8")
    _, deck = imported(tmp_path / "old.qmd", tmp_path)
    assert [section["title"] for section in deck["sections"]] == ["Growing peas", "First part", "Second part"]
    assert deck["authors"] == ["Ada Example"]
    _, _, beds, code, _, quote = slides_of(deck)
    assert beds["columns"] == [{"points": ["Left"]}, {"points": ["Right"]}]
    assert beds["cues"] == [{"do": "Point at the beds.\n\n- In order"}]
    assert code["text"] == "```\n# no heading\nbeans = 2\n```"
    assert (quote["quote"], quote["author"]) == ("We work with what grows here.", "Ada Example")


def test_what_pandoc_and_quarto_have_beyond_markdown_is_understood(tmp_path: Path) -> None:
    shutil.copytree(PICTURES, tmp_path / "pictures")
    (tmp_path / "old.md").write_text(BY_PANDOC, "utf-8")
    report, deck = imported(tmp_path / "old.md", tmp_path)
    assert (deck["title"], deck["authors"]) == ("Growing leeks", ["Ada Example", "Ben Example"])
    _, spring, todo, words, rows, yields, behind = slides_of(deck)
    assert (spring["kind"], todo["points"], todo["numbered"]) == ("section", ["Sow", "Wait"], True)
    assert todo["cues"] == [{"say": "Well then."}, {"ask": "Who has a bed?"}]
    assert words["hidden"] is True
    assert words["text"] == "**Leek**\n\nA plant^1^ of H~2~O\n\n1 Of many kinds."
    assert rows["text"] == "First line<br>Second line"
    assert (rows["picture"]["alt"], rows["picture"]["caption"]) == ("A disc", "Rows of leeks")
    assert (yields["header"], yields["rows"], yields["text"]) == (["Bed", "Kilos"], [["East", "4 or 5"]], "Of 2020")
    assert behind["picture"]["file"] == rows["picture"]["file"]
    assert "a pause within the slide" in report.as_text()


def test_what_reveal_has_beyond_markdown_is_understood(tmp_path: Path) -> None:
    shutil.copytree(PICTURES, tmp_path / "pictures")
    (tmp_path / "old.md").write_text(BY_REVEAL, "utf-8")
    report, deck = imported(tmp_path / "old.md", tmp_path)
    _, above, below = slides_of(deck)
    assert "Some **bold** words^2^ & a [link](https://example.org)" in str(above)
    assert above["cues"] == [{"do": "Show a leaf."}]
    assert "First\n\nSecond\n\n`<!-- no note --> {a=1}`" in below["text"]
    assert below["picture"]["alt"] == "A disc"
    left = [one.what for row in report.slides for one in row.left]
    assert 'a setting in a comment: .slide: data-background="#ff0000"' in left
    assert "a style sheet" in left
    assert "what plays within the slide: film.mp4" in left
    assert "$$\\sum_{i=1}^{n} x_i$$\n\nSome few `{b=1}`" in above["text"]
    assert "notes" not in below


def test_pictures_outside_the_folder_stay_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes((PICTURES / "shapes.png").read_bytes())
    (tmp_path / "deck").mkdir()
    (tmp_path / "deck" / "old.md").write_text("# One\n\nwords\n\n![A secret](../secret.png)\n", "utf-8")
    report, _ = imported(tmp_path / "deck" / "old.md", tmp_path)
    assert "not in the deck's folder: ../secret.png" in report.as_text()


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("`" * 50_000, "more marks"),
        ("word " * 25_000, "more than 100,000 characters"),
        ("<!--" * 20_000, ""),
        ("![" * 1_000, ""),
    ],
    ids=["marks", "long", "open comments", "open pictures"],
)
def test_a_slide_that_would_keep_the_machine_busy_is_told_and_the_others_come_in(
    source: str, told: str, tmp_path: Path
) -> None:
    (tmp_path / "old.md").write_text(f"# One\n\nwords\n\n# Two\n\n{source}\n", "utf-8")
    old, _ = read_markdown(tmp_path / "old.md")
    assert old.slides[0].title is not None
    assert (len(old.slides), told in str(old.left)) == (1 if told else 2, True)


def test_text_without_slides_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("\n\n", "utf-8")
    with pytest.raises(DeckError, match="no slides"):
        import_deck(tmp_path / "old.md", tmp_path / "new")
