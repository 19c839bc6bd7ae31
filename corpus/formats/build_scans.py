"""Build the sample scans from scan.txt: pages as a scanner sends them, at 300 dpi but for one, in four wrappers.

    python corpus/formats/build_scans.py [FOLDER]

scan.png is a clean page, scan.jpg the same with grain and a slight tilt at 150 dpi, scan.tif three pages in one file, scan.pdf a PDF of
pictures without a text layer. scan_table.jpg is the first page of pdf_office.pdf (a table, two columns) as it comes off a flatbed: at 200
dpi, askew by more than a degree, with grain. The type is the Chinese one of zhplot. All but the JPEG are black and white.
"""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
DPI = 300
DAY = time.gmtime(1325376000)
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 2480, 3508, 330, 420, 3060  # pixels of A4
SIZE, STEP, LINE = 62, 112, 29  # pixels, pixels, characters
CANNOT_START = "，。；：、！？”）%"


def font() -> ImageFont.FreeTypeFont:
    found = find_spec("zhplot")
    assert found and found.submodule_search_locations, "zhplot carries the typeface"
    files = sorted(Path(found.submodule_search_locations[0]).rglob("*.[ot]t[fc]"))
    return ImageFont.truetype(str(files[0]), SIZE)


def lay_out(text: str) -> list[list[tuple[int, int, str]]]:
    """Return (x, y, line) of each page."""
    pages: list[list[tuple[int, int, str]]] = [[]]
    y = TOP
    for number, paragraph in enumerate(text.split("\n")):
        for x, line in break_lines(paragraph) if number else [((WIDTH - len(paragraph) * SIZE) // 2, paragraph)]:
            if y > BOTTOM:
                pages.append([])
                y = TOP
            pages[-1].append((x, y, line))
            y += STEP
    return pages


def break_lines(paragraph: str) -> list[tuple[int, str]]:
    lines: list[tuple[int, str]] = []
    room = LINE - 2
    while paragraph:
        end = room
        while end < len(paragraph) and paragraph[end] in CANNOT_START:
            end -= 1
        lines.append((LEFT if lines else LEFT + 2 * SIZE, paragraph[:end]))
        paragraph, room = paragraph[end:], LINE
    return lines


def draw(lines: list[tuple[int, int, str]], number: int) -> Image.Image:
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(page)
    for x, y, line in lines:
        pen.text((x, y), line, font=font(), fill=0)
    pen.text((WIDTH // 2 - 80, 3240), f"— {number} —", font=font(), fill=0)
    return page


def roughen(page: Image.Image) -> Image.Image:
    grain = Image.effect_noise((WIDTH // 4, HEIGHT // 4), 24).resize(page.size)
    tilted = page.rotate(0.4, Image.Resampling.BICUBIC, fillcolor=255)
    return Image.blend(tilted, grain, 0.12).resize((WIDTH // 2, HEIGHT // 2))


def off_the_flatbed(pdf: Path) -> Image.Image:
    """Return the first page of a PDF as a scanner would send it."""
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf)[0].render(scale=DPI / 72).to_pil().convert("L")
    grain = Image.effect_noise((page.width // 3, page.height // 3), 30).resize(page.size)
    tilted = page.rotate(-1.2, Image.Resampling.BICUBIC, fillcolor=255)
    size = (page.width * 2 // 3, page.height * 2 // 3)
    return Image.blend(tilted, grain, 0.1).resize(size, Image.Resampling.LANCZOS)


def main(folder: Path) -> None:
    text = (HERE / "scan.txt").read_text("utf-8").rstrip("\n")
    pages = [draw(lines, number) for number, lines in enumerate(lay_out(text), 1)]
    black = [page.point(lambda value: 255 * (value > 128)).convert("1") for page in pages]
    black[0].save(folder / "scan.png", dpi=(DPI, DPI), optimize=True)
    roughen(pages[0]).save(folder / "scan.jpg", quality=14, dpi=(DPI // 2, DPI // 2))
    off_the_flatbed(HERE / "pdf_office.pdf").save(
        folder / "scan_table.jpg", quality=20, dpi=(DPI * 2 // 3, DPI * 2 // 3)
    )
    black[0].save(folder / "scan.tif", save_all=True, append_images=black[1:], compression="group4", dpi=(DPI, DPI))
    black[0].save(
        folder / "scan.pdf", save_all=True, append_images=black[1:], resolution=DPI, creationDate=DAY, modDate=DAY
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
