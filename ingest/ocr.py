"""Recognition of characters (OCR): images and scanned PDF pages become text, with the confidence of each line kept.

The extra `ocr` installs RapidOCR, whose wheel carries its models, so that nothing is fetched at run time; without it the
program tesseract with the language chi_sim serves, if it is there. What was recognised is told from what was written: every
anchor has a confidence from 0 to 1.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ingest.errors import DamagedFile, EncryptedFile, IngestError, NeedsExtra, NoText, TooLarge
from ingest.layout import PageLine, Piece, join_pages, read_in_order
from ingest.pace import step
from ingest.readers import RawText

if TYPE_CHECKING:
    from PIL.Image import Image

RESOLUTION = 300  # dots per inch at which PDF pages are drawn; the models are as good at 200, faint scans are not
MOST_PIXELS = 60_000_000  # of an image; A3 at 400 dpi has 31 million
PAGE_PIXELS = 20_000_000  # of a drawn page; a larger sheet is drawn coarser
MOST_PAGES = 5_000
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

Box = tuple[float, float, float, float]
Found = list[tuple[str, Box, float]]


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


def recognise(image: bytes | Image, path: str = "", *, by: str | None = None) -> Found:
    """Return (text, box in pixels, confidence from 0 to 1) of each line found, as the engine orders them.

    `by` names the engine; the default is the best one there. Raises NeedsExtra without one, DamagedFile and TooLarge for images.
    """
    by = by or engine()
    if by is None:
        raise NeedsExtra(path, "ocr", "recognition of characters (OCR)", "文字识别(OCR)组件")
    if isinstance(image, bytes):
        image = next(frames(image, path))
    try:
        found = _by_rapidocr(image) if by == "rapidocr" else _by_tesseract(image)
    except Exception as error:  # the engines let what they like through
        raise DamagedFile(path, "image", f"{by}: {type(error).__name__}") from error
    return [(text, box, sure) for words, box, sure in found if (text := tidy(words))]


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
        pages.append((number, _lines(recognise(image, path), points_per_pixel(image))))
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
        yield number, _lines(recognise(image, path), 1 / scale)


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


def _lines(found: Found, scale: float) -> list[PageLine]:
    pieces = [
        Piece(
            text=text, x0=box[0] * scale, top=box[1] * scale, x1=box[2] * scale, bottom=box[3] * scale, confidence=sure
        )
        for text, box, sure in found
    ]
    return read_in_order(pieces)


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
            for number, frame in enumerate(ImageSequence.Iterator(file)):
                if frame.width * frame.height > MOST_PIXELS or number >= MOST_PAGES:
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
    found = f"a picture of more than {MOST_PIXELS:,} pixels"
    return TooLarge(path, found, f"图片超过 {MOST_PIXELS:,} 像素")


def _drawn_pages(data: bytes, path: str, pages: Iterable[int] | None) -> Iterator[tuple[int, Image, float]]:
    """Yield (number, picture, pixels in a point) of PDF pages."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
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
    return RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": 1})


def _by_rapidocr(image: Image) -> Found:
    import numpy

    result = _rapidocr()(numpy.asarray(image)[:, :, ::-1])  # it takes blue, green, red
    if result.txts is None or result.boxes is None:
        return []
    found: Found = []
    for text, corners, sure in zip(result.txts, result.boxes, result.scores, strict=True):
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        found.append((text, (min(xs), min(ys), max(xs), max(ys)), float(sure)))
    return found


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


def _line_of(words: list[tuple[str, Box, float]]) -> tuple[str, Box, float]:
    boxes = [box for _, box, _ in words]
    whole = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    length = sum(len(text) for text, _, _ in words)
    return " ".join(text for text, _, _ in words), whole, sum(sure * len(text) for text, _, sure in words) / length
