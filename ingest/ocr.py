"""Recognition of characters (OCR): images and scanned PDF pages become text, with the confidence of each line kept.

The extra `ocr` installs RapidOCR, whose wheel carries its models, so that nothing is fetched at run time; without it the
program tesseract with the language chi_sim serves, if it is there. What was recognised is told from what was written: every
anchor has a confidence from 0 to 1.
"""

from __future__ import annotations

import io
import math
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.errors import DamagedFile, EncryptedFile, IngestError, NeedsExtra, NoText, TooLarge
from ingest.footnotes import mark_notes
from ingest.layout import PageLine, Piece, Rule, join_pages, read_in_order
from ingest.pace import step
from ingest.pdfium import load_pdfium
from ingest.readers import RawText

if TYPE_CHECKING:
    from PIL.Image import Image

RESOLUTION = 300  # dots per inch at which PDF pages are drawn; the models are as good at 200, faint scans are not
MOST_PIXELS = 60_000_000  # of an image; A3 at 400 dpi has 31 million
PAGE_PIXELS = 20_000_000  # of a drawn page; a larger sheet is drawn coarser
MOST_PAGES = 5_000
SURE_ENOUGH = 0.5  # confidence of a line that is kept; below, it is a stain, a seal or a picture
CONFIDENT = 0.75  # of a page that lies as it should; on its side or head it has some 0.5
CERTAIN = 0.9  # of a piece of a page that lies as it should: no other way need be tried
BETTER = 0.15  # by which a page must be surer when turned
LONG_LINE = 6  # characters, from which a line tells how the page lies
STRAIGHT, STEEPEST = 0.004, 0.3  # radians: less is no tilt, more is no fault of a scanner
RULED_PIXELS = 2_000  # of the longer side, to which a picture is shrunk for its rules
SHORTEST_RULE = 0.04  # of the shorter side
THICKEST = 9  # pixels of a rule
MOST_RULES = 2_000
SECONDS = 300  # for tesseract, a page
PLAUSIBLE_DPI = range(50, 2401)
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8")
CHINESE = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…—·"
HAN = r"[\u3400-\u9fff]"
IN_BRACKETS = re.compile(rf"\(([^()]*{HAN}[^()]*)\)")
HALF_WIDTH = re.compile(rf"(?<={HAN})[(),:;!?]|[()](?={HAN})")
FULL_WIDTH = str.maketrans("(),:;!?", "（），：；！？")
SPACE = re.compile(rf"(?<=[{CHINESE}])[ \u3000]+|[ \u3000]+(?=[{CHINESE}])")

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Found = list[tuple[str, tuple[Point, ...], float]]  # the corners are those of a line, from its top left clockwise


def is_image(data: bytes) -> bool:
    """Tell an image by its signature."""
    if data[:4] == b"RIFF":
        return data[8:12] == b"WEBP"
    return data.startswith(SIGNATURES) or (data[:2] == b"BM" and data[6:10] == bytes(4))


def engine() -> str | None:
    """Return what recognises characters here: rapidocr, tesseract or None."""
    if find_spec("rapidocr") and find_spec("onnxruntime"):
        return "rapidocr"
    return "tesseract" if _has_chinese_tesseract() else None


def recognise(image: Image, path: str = "", *, by: str | None = None) -> Found:
    """Return (text, corners in pixels, confidence from 0 to 1) of each line found, as the engine orders them.

    `by` names the engine; the default is the best one there. Raises NeedsExtra without one, DamagedFile for what breaks it.
    """
    by = by or engine()
    if by is None:
        raise NeedsExtra(path, "ocr", "recognition of characters (OCR)", "文字识别(OCR)组件")
    try:
        found = _by_rapidocr(image) if by == "rapidocr" else _by_tesseract(image)
    except Exception as error:  # the engines let what they like through
        raise DamagedFile(path, "image", f"{by}: {type(error).__name__}") from error
    return [(text, corners, sure) for words, corners, sure in found if (text := tidy(words))]


def _around(corners: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def tidy(text: str) -> str:
    """Return recognised text without spaces beside Chinese characters, and with the width of marks that Chinese has.

    The engines cannot see how wide a bracket or colon was set.
    """
    text = IN_BRACKETS.sub(r"（\1）", SPACE.sub("", text).strip())
    return HALF_WIDTH.sub(lambda match: match[0].translate(FULL_WIDTH), text)


def read_image(data: bytes, path: str) -> RawText:
    """Read an image, or the pages of a TIFF, by recognition. Raises NeedsExtra, DamagedFile, TooLarge, NoText.

    Boxes are in points by the resolution that the image states; one that states none counts a pixel a point.
    """
    _require(path)
    pages = []
    for number, image in enumerate(frames(data, path), 1):
        step()
        pages.append((number, lines_of(image, path, points_per_pixel(image))))
    return _joined(pages, path)


def read_scanned_pdf(data: bytes, path: str, pages: Iterable[int] | None = None) -> RawText:
    """Read pages of a PDF (numbers from 1; all of them without) by drawing and recognising them.

    Raises NeedsExtra, DamagedFile, EncryptedFile, NoText.
    """
    return _joined(list(scanned_lines(data, path, pages)), path)


def scanned_lines(data: bytes, path: str, pages: Iterable[int] | None = None) -> Iterator[tuple[int, list[PageLine]]]:
    """Yield (page number, its lines in reading order) of drawn PDF pages, for PDFs with pages of both kinds."""
    _require(path)
    for number, image, scale in _drawn_pages(data, path, pages):
        step()
        yield number, lines_of(image, path, 1 / scale)


def points_per_pixel(image: Image) -> float:
    """Return the size of a pixel in points, as the image states its resolution; 1 where it states none."""
    dpi = image.info.get("dpi")
    try:
        across = float(dpi[0]) if dpi else 0.0
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        across = 0.0
    return 72 / across if round(across) in PLAUSIBLE_DPI else 1.0


def _require(path: str) -> None:
    if engine() is None:
        raise NeedsExtra(path, "ocr", "recognition of characters (OCR)", "文字识别(OCR)组件")


def lines_of(image: Image, path: str, scale: float) -> list[PageLine]:
    """Return the lines of a page in reading order; `scale` is the size of a pixel in points.

    A page that lies on its side or head is turned, one that is askew is set straight, and the rules of its tables are sought.
    """
    found, quarters = _upright(image, path)
    found = [one for one in found if one[2] >= SURE_ENOUGH]
    if not found:
        return []
    angle = _tilt(found)
    pieces = []
    for text, corners, sure in found:
        x0, top, x1, bottom = (side * scale for side in _around([_rotated(point, -angle) for point in corners]))
        place: Box | None = None
        if quarters or abs(angle) > STRAIGHT:
            left, high, right, low = (side * scale for side in _turned_back(_around(corners), image, quarters))
            place = (left, high, right, low)
        pieces.append(Piece(text=text, x0=x0, top=top, x1=x1, bottom=bottom, confidence=sure, place=place))
    rules = _rules(_turned(image, quarters), angle, scale)
    return mark_notes(read_in_order(pieces, rules), rules)


def _upright(image: Image, path: str) -> tuple[Found, int]:
    """Return what is recognised and the quarter turns (counter-clockwise) that the page needed.

    A page is turned where its lines are read with little confidence, or run down the page; a piece from its middle tells which way.
    """
    found = recognise(image, path)
    if not found or (_confidence(found) >= CONFIDENT and not _run_down(found)):
        return found, 0
    width, height = image.size
    middle = image.crop((width // 5, height // 5, width - width // 5, height - height // 5))
    best = (_confidence(found) + BETTER, 0)
    for quarters in (1, 3, 2) if _run_down(found) else (2, 1, 3):
        best = max(best, (_confidence(recognise(_turned(middle, quarters), path)), quarters))
        if best[0] >= CERTAIN:
            break
    sure, quarters = best
    if not quarters or sure < CONFIDENT:
        return found, 0
    return recognise(_turned(image, quarters), path), quarters


def _confidence(found: Found) -> float:
    """Return the confidence of lines, each as heavy as it is long; 0 without any."""
    return sum(sure * len(text) for text, _, sure in found) / max(1, sum(len(text) for text, _, _ in found))


def _run_down(found: Found) -> bool:
    boxes = [_around(corners) for text, corners, _ in found if len(text) > 2]
    return sum(box[3] - box[1] > 1.5 * (box[2] - box[0]) for box in boxes) * 2 > len(boxes)


def _turned(image: Image, quarters: int) -> Image:
    from PIL.Image import Transpose

    ways = (None, Transpose.ROTATE_90, Transpose.ROTATE_180, Transpose.ROTATE_270)
    way = ways[quarters % 4]
    return image if way is None else image.transpose(way)


def _turned_back(box: Box, image: Image, quarters: int) -> Box:
    """Return where a box of the turned picture stands in the picture."""
    x0, top, x1, bottom = box
    width, height = image.size
    if quarters == 1:
        return width - bottom, x0, width - top, x1
    if quarters == 2:
        return width - x1, height - bottom, width - x0, height - top
    if quarters == 3:
        return top, height - x1, bottom, height - x0
    return box


def _tilt(found: Found) -> float:
    """Return the angle in radians (clockwise) at which the longer lines run."""
    angles = [
        math.atan2(corners[1][1] - corners[0][1], corners[1][0] - corners[0][0])
        for text, corners, _ in found
        if len(text) >= LONG_LINE
    ]
    angle = median(angles) if angles else 0.0
    return angle if STRAIGHT < abs(angle) < STEEPEST else 0.0


def _rotated(point: Point, angle: float) -> Point:
    x, y = point
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


def _rules(image: Image, angle: float, scale: float) -> list[Rule]:
    """Return the long straight lines of a picture, in points, where OpenCV is there to find them (RapidOCR brings it along)."""
    if not find_spec("cv2"):
        return []
    import cv2
    import numpy

    grey = numpy.asarray(image.convert("L"))
    shrunk = max(1.0, max(grey.shape) / RULED_PIXELS)
    if shrunk > 1:
        grey = cv2.resize(grey, None, fx=1 / shrunk, fy=1 / shrunk, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(cv2.bitwise_not(grey), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 25, -12)
    if angle:
        turn = numpy.array(
            [[math.cos(-angle), -math.sin(-angle), 0], [math.sin(-angle), math.cos(-angle), 0]], dtype="float64"
        )
        ink = cv2.warpAffine(ink, turn, (ink.shape[1], ink.shape[0]))
    rules: list[Rule] = []
    length = max(20, int(min(ink.shape) * SHORTEST_RULE))
    for size in ((length, 1), (1, length)):
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        lines = cv2.dilate(lines, numpy.ones((3, 3), dtype="uint8"))
        contours, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for left, top, width, height in map(cv2.boundingRect, contours):
            if min(width, height) <= THICKEST:
                by = shrunk * scale
                x, y = (left + width / 2) * by, (top + height / 2) * by
                wide, high = (width * by, 0.0) if width > height else (0.0, height * by)
                rules.append(Rule(x0=x - wide / 2, top=y - high / 2, x1=x + wide / 2, bottom=y + high / 2))
        if len(rules) > MOST_RULES:
            return []  # a drawing or a screen of dots, no table
    return rules


def _joined(pages: list[tuple[int, list[PageLine]]], path: str) -> RawText:
    if not any(lines for _, lines in pages):
        raise NoText(
            path,
            "nothing could be recognised in the picture",
            "图片里没有识别出文字",
            "Scan it again, upright, at 300 dpi.",
            "请摆正后以 300 dpi 重新扫描。",
        )
    return join_pages(pages)


def frames(data: bytes, path: str) -> Iterator[Image]:
    """Yield the pictures in an image file, upright, on white. Raises DamagedFile, TooLarge."""
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as file:
            if getattr(file, "n_frames", 1) > MOST_PAGES:
                raise _too_large(path)
            for frame in ImageSequence.Iterator(file):
                if frame.width * frame.height > MOST_PIXELS:
                    raise _too_large(path)
                dpi = frame.info.get("dpi")
                upright = ImageOps.exif_transpose(frame).convert("RGBA")
                page = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright).convert("RGB")
                page.info["dpi"] = dpi
                yield page
    except (IngestError, GeneratorExit):
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(path) from error
    except Exception as error:  # Pillow lets SyntaxError, struct.error, OSError and more through
        raise DamagedFile(path, "image", type(error).__name__) from error


def _too_large(path: str) -> TooLarge:
    found = f"a picture of more than {MOST_PIXELS:,} pixels or {MOST_PAGES:,} pages"
    return TooLarge(path, found, f"图片超过 {MOST_PIXELS:,} 像素,或超过 {MOST_PAGES:,} 页")


def _drawn_pages(data: bytes, path: str, pages: Iterable[int] | None) -> Iterator[tuple[int, Image, float]]:
    """Yield (number, picture, pixels in a point) of PDF pages."""
    try:
        pdf = load_pdfium().PdfDocument(data)
        try:
            count = min(len(pdf), MOST_PAGES)
            for number in range(1, count + 1) if pages is None else pages:
                if not 1 <= number <= count:
                    continue
                page = pdf[number - 1]
                width, height = page.get_size()
                scale = min(RESOLUTION / 72, (PAGE_PIXELS / max(1.0, width * height)) ** 0.5)
                picture = page.render(scale=scale).to_pil().convert("RGB")
                page.close()
                yield number, picture, scale
        finally:
            pdf.close()
    except (IngestError, GeneratorExit):
        raise
    except Exception as error:  # pdfium's own error is a RuntimeError
        if "password" in str(error).lower():
            raise EncryptedFile(path, "PDF") from error
        raise DamagedFile(path, "PDF", type(error).__name__) from error


@cache
def _rapidocr() -> Any:
    from rapidocr import RapidOCR

    # One thread: files are read side by side, and two threads of one page take a third more of the processor.
    # Lines upside down are left to `_upright`: the classifier of single lines errs more often than pages lie on their heads.
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.text_score": 0.0,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _by_rapidocr(image: Image) -> Found:
    import numpy

    result = _rapidocr()(numpy.asarray(image)[:, :, ::-1])  # it takes blue, green, red
    if result.txts is None or result.boxes is None:
        return []
    return [
        (text, tuple((float(x), float(y)) for x, y in corners), float(sure))
        for text, corners, sure in zip(result.txts, result.boxes, result.scores, strict=True)
    ]


@cache
def _has_chinese_tesseract() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"chi_sim" in (listed.stdout + listed.stderr).split()


def _by_tesseract(image: Image) -> Found:
    program = shutil.which("tesseract") or "tesseract"
    picture = io.BytesIO()
    image.save(picture, "PNG")
    command = [program, "stdin", "stdout", "-l", "chi_sim", "--psm", "3", "--dpi", str(RESOLUTION), "tsv"]
    done = subprocess.run(command, input=picture.getvalue(), capture_output=True, timeout=SECONDS, check=True)
    lines: dict[tuple[str, ...], list[tuple[str, Box, float]]] = {}
    for row in done.stdout.decode("utf-8", "replace").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = map(float, cells[6:10])
            word = (cells[11], (left, top, left + width, top + height), max(0.0, float(cells[10])) / 100)
            lines.setdefault(tuple(cells[1:5]), []).append(word)
    return [_line_of(words) for words in lines.values()]


def _line_of(words: list[tuple[str, Box, float]]) -> tuple[str, tuple[Point, ...], float]:
    boxes = [box for _, box, _ in words]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    length = sum(len(text) for text, _, _ in words)
    return " ".join(text for text, _, _ in words), corners, sum(sure * len(text) for text, _, sure in words) / length
