"""What a corporate template costs: the whole command on a theme and on templates, in pairs.

    python benchmarks/templates.py [TEMPLATE.pptx ...]

Without files, on python-pptx's own template and on one with three pictures behind every slide. Prints processor seconds, those of
children counted, as medians of pairs, and how many times the theme's a template's are.
"""

from __future__ import annotations

import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pptx
from PIL import Image

ROOT = Path(__file__).parent.parent
DECK = ROOT / "content" / "harm-reduction"
RUNS = 7


def main() -> None:
    os.environ["DECKBUILDER_CACHE"] = "off"  # each build is a whole one
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        given = [Path(name) for name in sys.argv[1:]] or made(folder)
        worst = 0.0
        for path in given:
            pack = folder / f"pack-{path.stem}"
            subprocess.run(
                [sys.executable, "-m", "deckbuilder", "theme", "new", str(pack), "--from", str(path)],
                check=True,
                capture_output=True,
            )
            theme = str(ROOT / "themes" / "slate")
            for one in (theme, str(pack)):
                seconds(one, folder)  # warms caches
            pairs = [(seconds(theme, folder), seconds(str(pack), folder)) for _ in range(RUNS)]
            own, others = (statistics.median(pair[n] for pair in pairs) for n in (1, 0))
            times = statistics.median(one / other for other, one in pairs)
            worst = max(worst, times)
            print(f"{path.name}: {own:.2f} s, the theme {others:.2f} s: {times:.2f} times")
    sys.exit(worst > 1.3)


def made(folder: Path) -> list[Path]:
    """A plain template, and one whose master has photographs behind everything."""
    default = Path(pptx.__file__).parent / "templates" / "default.pptx"
    plain, pictured = folder / "plain.pptx", folder / "pictured.pptx"
    plain.write_bytes(default.read_bytes())
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(out, "JPEG", quality=85)
    presentation = pptx.Presentation(str(default))
    tree = presentation.slide_master.shapes
    for n in range(3):
        out.seek(0)
        _, image = tree.part.get_or_add_image_part(out)
        xml = (
            '<p:pic xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            f'<p:nvPicPr><p:cNvPr id="{900 + n}" name="Ground"/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill>'
            f'<a:blip r:embed="{image}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
            f'<a:off x="{3048000 * n}" y="0"/><a:ext cx="3048000" cy="6858000"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )
        tree._spTree.insert(2 + n, pptx.oxml.parse_xml(xml))
    presentation.save(str(pictured))
    with zipfile.ZipFile(pictured) as package:
        assert any(name.startswith("ppt/media/") for name in package.namelist())
    return [plain, pictured]


def seconds(theme: str, folder: Path) -> float:
    """Processor seconds of one build, the first of all outputs to the last."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable,
        "-m",
        "deckbuilder",
        "build",
        str(DECK),
        "--theme",
        theme,
        "--output",
        str(folder / "out"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
