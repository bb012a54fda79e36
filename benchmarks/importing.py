"""What importing a large old deck costs: three hundred slides with two hundred megabytes of photographs, notes and footers."""

from __future__ import annotations

import io
import random
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from run import measure

SLIDES = 300
MEGABYTES = 200
CPU, MEMORY = 10.0, 500  # seconds and megabytes that it may take


def photograph(seed: int) -> bytes:
    """A JPEG of a megabyte: grain, which is what photographs are made of."""
    from PIL import Image

    grain = random.Random(seed).randbytes(3 * 300 * 225)
    image = Image.frombytes("RGB", (300, 225), grain).resize((2400, 1800), Image.Resampling.BICUBIC)
    image.paste(Image.frombytes("RGB", (600, 450), random.Random(seed + 1).randbytes(3 * 600 * 450)), (0, 0))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def write_deck(path: Path) -> int:
    """Writes the deck; returns the bytes of its photographs."""
    import pptx
    from pptx.util import Inches

    deck = pptx.Presentation()
    size = 0
    layouts = {layout.name: layout for layout in deck.slide_layouts}
    for number in range(SLIDES):
        slide = deck.slides.add_slide(layouts["Title Slide" if number == 0 else "Title and Content"])
        slide.shapes.title.text = f"What happened on day {number + 1}"
        body = slide.placeholders[1].text_frame
        body.text = f"The first thing that we saw on day {number + 1}"
        for n in range(4):
            body.add_paragraph().text = f"Thing number {n + 2} of the day, which nobody had expected"
        if size < MEGABYTES * 1_000_000:
            data = photograph(number)
            size += len(data)
            slide.shapes.add_picture(io.BytesIO(data), Inches(6), Inches(3), Inches(3))
        slide.shapes.add_textbox(Inches(0.4), Inches(7.0), Inches(6), Inches(0.4)).text_frame.text = "© 2019 The group"
        slide.notes_slide.notes_text_frame.text = f"SAY: On day {number + 1} we were tired.\nAnd this is background."
    deck.save(str(path))
    return size


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch, ProcessPoolExecutor(1) as other:
        folder = Path(scratch)
        size = other.submit(write_deck, folder / "old.pptx").result()  # elsewhere: its memory is none of the command's
        command = [sys.executable, "-m", "deckbuilder", "import", str(folder / "old.pptx"), "--to", str(folder / "new")]
        _, seconds, kilobytes = measure(command, folder)
    print(
        f"{SLIDES} slides, {size / 1e6:.0f} MB of photographs: {seconds:.1f} s of CPU, {kilobytes / 1024:.0f} MB at most"
    )
    if seconds > CPU or kilobytes > MEMORY * 1024:
        raise SystemExit(f"more than {CPU:.0f} s or {MEMORY} MB")


if __name__ == "__main__":
    main()
