"""OFD (GB/T 33190), the state's own format of fixed pages: a zip of XML files that place text on pages.

OFD.xml names the documents, each Document.xml its pages and templates, each Content.xml the objects of a page. A text object
has a boundary (millimetres), a matrix into it, and stretches of text with the place of the first character and the
steps to the next ones. Templates are read with the pages that use them; annotations, seals and signatures are not. Pages that are
pictures are recognised, where an engine for that is installed.
"""

from __future__ import annotations

import io
import math
import posixpath
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingest import ocr
from ingest.archive import MOST_UNPACKED, read_member
from ingest.errors import DamagedFile, EncryptedFile, IngestError, NeedsRecognition, NoText, TooLarge
from ingest.footnotes import mark_notes
from ingest.layout import PAGE_NUMBER, Box, PageLine, Piece, Rule, gather, join_pages, read_in_order
from ingest.pace import step
from ingest.pdf import FULL_PAGE, STAMPS, missing_pages
from ingest.readers import RawText

KIND = "OFD"
POINTS = 72 / 25.4  # in a millimetre
ASCENT, DESCENT = 0.86, 0.14  # of the font size, above and below the base line
MOST_PAGES = 20_000
MOST_CHARACTERS = 20_000_000
MOST_OBJECTS = 200_000  # on a page
DEEPEST = 20  # blocks and composite objects inside each other
GRID = 1.2  # of the font size; a wider step leaves a space
GAP = 1.0  # heights between two pieces of a line; wider ones stay apart
SLANT = 0.2  # sine of the angle from which text is no line of the page: a watermark
CRYPTIC = ("encryptions.xml", "decryptseed.dat", "encryptentries.xml")  # parts of an encrypted OFD (GM/T 0099)
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a page or template draws: characters, rules, text at a slant, and whether there are pictures."""

    characters: list[Piece]
    rules: list[Rule]
    slanted: list[Piece]
    pictures: list[tuple[str, Box]]  # the resource, and where it stands in points
    size: tuple[float, float] = (210 * POINTS, 297 * POINTS)  # of the page, in points


def is_ofd(data: bytes) -> bool:
    """Tell an OFD file: a zip with OFD.xml at its root."""
    try:
        return holds_ofd(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except Exception:  # whatever zipfile makes of damaged data, it is no OFD that can be read
        return False


def holds_ofd(names: Iterable[str]) -> bool:
    """Tell an OFD file by the names of its parts."""
    return any(name.lstrip("/").lower() == "ofd.xml" for name in names)


def read_ofd(data: bytes, path: str) -> RawText:
    """Read an OFD file page by page, with page and box (points from the top left) of each line.

    `about` holds title and creation date as the file tells them. Raises DamagedFile, EncryptedFile, TooLarge, and NoText for
    pages of pictures.
    """
    try:
        package = _Package(data, path)
        raw = _read(package, path)
    except IngestError:
        raise
    except Exception as error:  # numbers that are none, trees too deep, parts that lack each other
        raise DamagedFile(path, KIND, type(error).__name__) from error
    return raw


def drawn_pages(data: bytes, path: str) -> Iterator[tuple[tuple[float, float], Sequence[Piece], Sequence[Rule]]]:
    """Yield what there is to draw of each page: its size in points, its level characters, its rules. Raises an IngestError."""
    try:
        for page in _Package(data, path).pages([]):
            yield page.size, page.characters, page.rules
    except (IngestError, GeneratorExit):
        raise
    except Exception as error:
        raise DamagedFile(path, KIND, type(error).__name__) from error


def _read(package: _Package, path: str) -> RawText:
    pages: list[tuple[int, list[PageLine]]] = []
    about: list[tuple[str, str]] = []
    mute: list[int] = []
    characters = 0
    for number, page in enumerate(package.pages(about), 1):
        characters += len(page.characters)
        if characters > MOST_CHARACTERS:
            raise TooLarge(path, f"more than {MOST_CHARACTERS:,} characters", f"超过 {MOST_CHARACTERS:,} 字")
        lines = _lines(page)
        if _is_picture(page):
            found = _recognised(page, package, path)
            lines = found if found is not None else [replace(line, kind="stamp") for line in lines]
            mute += [number] * (found is None)
        pages.append((number, lines))
    if not any(lines for _, lines in pages) or len(mute) == len(pages):
        if mute and ocr.engine() is None:
            raise NeedsRecognition(
                path, f"{len(pages)} pages of pictures, as of a scan", f"{len(pages)} 页均为图片,像是扫描件"
            )
        raise NoText(
            path,
            f"{len(pages)} pages " + ("of pictures, as of a scan, that cannot be opened" if mute else "without text"),
            f"{len(pages)} 页" + ("均为图片(像是扫描件),图片打不开" if mute else "均无文字"),
        )
    missing = missing_pages(path, mute, kind=KIND) if ocr.engine() is None else missing_pages(path, (), mute, KIND)
    return replace(join_pages(pages), about=tuple(about), members=tuple(missing))


def _is_picture(page: _Drawn) -> bool:
    """Tell a page that is a picture, with a stamp on it at most."""
    width, height = page.size
    covered = sum((x1 - x0) * (bottom - top) for _, (x0, top, x1, bottom) in page.pictures)
    return len(page.characters) < STAMPS and covered >= FULL_PAGE * width * height


def _recognised(page: _Drawn, package: _Package, path: str) -> list[PageLine] | None:
    """Return the lines that are recognised in the pictures of a page; None where that is not possible."""
    if ocr.engine() is None:
        return None
    lines: list[PageLine] = []
    for resource, (x0, top, x1, _) in page.pictures:
        try:
            step()
            picture = next(ocr.frames(package.picture(resource), path))
            found = ocr.lines_of(picture, path, (x1 - x0) / picture.width)
        except (IngestError, StopIteration):
            return None
        lines += [replace(line, parts=tuple(_shifted(part, x0, top) for part in line.parts)) for line in found]
    return lines


def _shifted(part: Piece, x: float, y: float) -> Piece:
    x0, top, x1, bottom = part.place or (part.x0, part.top, part.x1, part.bottom)
    return replace(part, place=(x0 + x, top + y, x1 + x, bottom + y))


def _lines(page: _Drawn) -> list[PageLine]:
    lines = mark_notes(read_in_order(gather(page.characters, GAP), page.rules), page.rules)
    lines = [
        replace(line, kind="page number" if PAGE_NUMBER.fullmatch(line.text) else "running head")
        if all(part.lent or not part.text for part in line.parts)
        else line
        for line in lines
    ]
    last = max((line.block for line in lines), default=0) + 1
    return lines + [PageLine(parts=(piece,), block=last, kind="watermark") for piece in page.slanted]


class _Package:
    """The parts of an OFD file, unpacked under the limits of archives and parsed without entities or network."""

    def __init__(self, data: bytes, path: str) -> None:
        self._path = path
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            infos = self._archive.infolist()
        except Exception as error:  # zipfile lets struct.error, NotImplementedError and more through
            raise DamagedFile(path, KIND, str(error) or type(error).__name__) from error
        self._parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        self._left = MOST_UNPACKED
        self._media: dict[str, str] = {}
        if any(name.rpartition("/")[2] in CRYPTIC for name in self._parts):
            raise EncryptedFile(path, KIND)

    def pages(self, about: list[tuple[str, str]]) -> Iterator[_Drawn]:
        """Yield what each page shows, its templates included; what the file says of itself is added to `about`."""
        root = self._parse("OFD.xml", "")
        bodies = list(_children(root, "DocBody"))
        if not bodies:
            raise DamagedFile(self._path, KIND, "no DocBody in OFD.xml", "OFD.xml 中没有 DocBody")
        for name, label in (("Title", "title"), ("CreationDate", "date")):
            value = _text(_child(_child(bodies[0], "DocInfo"), name))
            if value:
                about.append((label, value))
        count = 0
        for body in bodies:
            place = _text(_child(body, "DocRoot")) or "Doc_0/Document.xml"
            document, base = self._parse_at(place, "")
            shared = _child(document, "CommonData")
            default = _area(_child(shared, "PageArea")) or (0.0, 0.0, 210.0, 297.0)
            templates = {each.get("ID"): each.get("BaseLoc") for each in _children(shared, "TemplatePage")}
            units, media = self._units(shared, base)
            known: dict[str, Any] = {}
            entries = list(_children(_child(document, "Pages"), "Page"))
            if len(entries) > MOST_PAGES - count:
                raise TooLarge(self._path, f"more than {MOST_PAGES:,} pages", f"超过 {MOST_PAGES:,} 页")
            roots = [self._parse_at(entry.get("BaseLoc") or "", base)[0] for entry in entries]
            uses = Counter(use.get("TemplateID") for page in roots for use in _children(page, "Template"))
            for page in roots:
                count += 1
                left, top, width, height = _area(_child(page, "Area")) or default
                origin = (left, top)
                drawn = _Drawn([], [], [], [], size=(width * POINTS, height * POINTS))
                for use in _children(page, "Template"):
                    name = use.get("TemplateID")
                    if name not in known and templates.get(name):
                        known[name] = self._parse_at(templates[name] or "", base)[0]
                    if name in known:
                        _draw(known[name], origin, units, drawn, lent=uses[name] > 1)
                _draw(page, origin, units, drawn, lent=False)
                self._media = media
                yield drawn

    def picture(self, resource: str) -> bytes:
        """Return the bytes of a picture on the page that was yielded last. Raises DamagedFile where it is missing."""
        name = self._media.get(resource, "").lower()
        if name not in self._parts:
            raise DamagedFile(self._path, KIND, f"picture {resource} is missing", f"缺少图片 {resource}")
        data = read_member(self._archive, self._parts[name], self._path, limit=self._left)
        self._left -= len(data)
        return data

    def _units(self, shared: Any, base: str) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the composite graphic units of the resources, drawings that pages use by reference, and the names of pictures."""
        found: dict[str, Any] = {}
        media: dict[str, str] = {}
        for name in ("PublicRes", "DocumentRes"):
            for entry in _children(shared, name):
                try:
                    resources, folder = self._parse_at(_text(entry), base)
                except DamagedFile:
                    continue  # fonts and colours: text can be read without
                for unit in _children(_child(resources, "CompositeGraphicUnits"), "CompositeGraphicUnit"):
                    found[unit.get("ID") or ""] = unit
                for one in _children(_child(resources, "MultiMedias"), "MultiMedia"):
                    place = _text(_child(one, "MediaFile")).replace("\\", "/")
                    full = place if place.startswith("/") else f"{folder}/{resources.get('BaseLoc') or ''}/{place}"
                    media[one.get("ID") or ""] = posixpath.normpath(full).lstrip("/.")
        return found, media

    def _parse_at(self, place: str, base: str) -> tuple[Any, str]:
        """Return the root of the part at a place, which may be relative to a folder, and the folder it is in."""
        place = place.strip().replace("\\", "/")
        tries = [place] if place.startswith("/") else [f"{base}/{place}", place]
        for name in tries:
            full = posixpath.normpath(name).lstrip("/.")
            if full.lower() in self._parts:
                return self._parse(full, base), posixpath.dirname(full)
        raise DamagedFile(self._path, KIND, f"{place or 'a part'} is missing", f"缺少 {place or '一个部分'}")

    def _parse(self, name: str, base: str) -> Any:
        from lxml import etree

        info = self._parts.get(name.lower())
        if info is None:
            raise DamagedFile(self._path, KIND, f"{name} is missing", f"缺少 {name}")
        try:
            data = read_member(self._archive, info, self._path, limit=self._left)
        except EncryptedFile as error:
            raise EncryptedFile(self._path, KIND) from error
        self._left -= len(data)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise DamagedFile(self._path, KIND, f"{name}: {type(error).__name__}") from error


def _draw(root: Any, origin: tuple[float, float], units: dict[str, Any], drawn: _Drawn, *, lent: bool) -> None:
    """Add to `drawn` what the layers of a page or template draw."""
    count = 0

    def walk(elements: Any, matrix: Matrix, depth: int) -> None:
        nonlocal count
        for element in elements:
            count += 1
            if count > MOST_OBJECTS:
                return
            name = _name(element)
            if element.get("Visible") == "false":
                continue
            if name == "TextObject":
                _draw_text(element, matrix, drawn, lent=lent)
            elif name == "PathObject":
                drawn.rules.extend(_rules(element, _compose(matrix, _matrix(element))))
            elif name == "ImageObject":
                drawn.pictures.append(
                    (element.get("ResourceID") or "", _place(element, _compose(matrix, _matrix(element))))
                )
            elif name == "PageBlock" and depth < DEEPEST:
                walk(element, matrix, depth + 1)
            elif name == "CompositeObject" and depth < DEEPEST:
                content = _child(units.get(element.get("ResourceID") or ""), "Content")
                if content is not None:
                    walk(content, _compose(matrix, _matrix(element)), depth + 1)

    layers = list(_children(_child(root, "Content"), "Layer"))
    order = {"Background": 0, "Body": 1, "Foreground": 2}
    for layer in sorted(layers, key=lambda layer: order.get(layer.get("Type") or "Body", 1)):
        walk(layer, (1.0, 0.0, 0.0, 1.0, -origin[0], -origin[1]), 0)


def _draw_text(element: Any, outer: Matrix, drawn: _Drawn, *, lent: bool) -> None:
    matrix = _compose(outer, _matrix(element))
    size = _number(element.get("Size") or element.get("size"), 3.5)
    stretch = _number(element.get("HScale"), 1.0)
    across = math.hypot(matrix[0], matrix[1]) or 1.0
    height = size * (math.hypot(matrix[2], matrix[3]) or 1.0) * POINTS
    is_slanted = abs(matrix[1]) > SLANT * across or matrix[0] <= 0
    x = y = 0.0
    pieces: list[Piece] = []
    for code in _children(element, "TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        text = _text(code, strip=False)
        steps_x = _steps(code.get("DeltaX"), len(text) - 1)
        steps_y = _steps(code.get("DeltaY"), len(text) - 1)
        at_x, at_y = x, y
        for place, char in enumerate(text):
            advance = _width(char) * size * stretch
            if place < len(steps_x) and advance < steps_x[place] <= GRID * size:
                advance = steps_x[place]  # half-width characters on a grid of whole ones
            left = (matrix[0] * at_x + matrix[2] * at_y + matrix[4]) * POINTS
            base = (matrix[1] * at_x + matrix[3] * at_y + matrix[5]) * POINTS
            if not char.isspace():
                top, bottom = base - ASCENT * height, base + DESCENT * height
                right = left + advance * across * POINTS
                pieces.append(Piece(text=char, x0=left, top=top, x1=right, bottom=bottom, lent=lent))
            at_x += steps_x[place] if place < len(steps_x) else (0.0 if steps_y else advance)
            at_y += steps_y[place] if place < len(steps_y) else 0.0
    if not is_slanted:
        drawn.characters.extend(pieces)
    elif pieces:
        drawn.slanted.append(_whole(pieces))


def _whole(pieces: Sequence[Piece]) -> Piece:
    return Piece(
        text="".join(piece.text for piece in pieces),
        x0=min(piece.x0 for piece in pieces),
        top=min(piece.top for piece in pieces),
        x1=max(piece.x1 for piece in pieces),
        bottom=max(piece.bottom for piece in pieces),
    )


def _rules(element: Any, matrix: Matrix) -> Iterator[Rule]:
    """Yield the straight lines, across or down, of a path's data (S start, M move, L line, C close)."""
    tokens = (_text(_child(element, "AbbreviatedData")))[:100_000].split()
    start = here = (0.0, 0.0)
    arguments = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
    at = 0
    while at < len(tokens):
        verb = tokens[at]
        count = arguments.get(verb)
        if count is None:
            at += 1
            continue
        values = [_number(token, 0.0) for token in tokens[at + 1 : at + 1 + count]]
        if len(values) < count:
            return
        at += 1 + count
        there = (values[-2], values[-1]) if count else start
        if verb in ("L", "C"):
            rule = _rule(here, there, matrix)
            if rule:
                yield rule
        if verb in ("S", "M"):
            start = there
        here = there


def _rule(here: tuple[float, float], there: tuple[float, float], matrix: Matrix) -> Rule | None:
    a, b, c, d, e, f = matrix
    points = [((a * x + c * y + e) * POINTS, (b * x + d * y + f) * POINTS) for x, y in (here, there)]
    (x0, y0), (x1, y1) = points
    if min(abs(x1 - x0), abs(y1 - y0)) > 1:
        return None
    return Rule(x0=min(x0, x1), top=min(y0, y1), x1=max(x0, x1), bottom=max(y0, y1))


def _steps(stated: str | None, most: int) -> list[float]:
    """Return the steps from character to character; `g 3 1.5` writes 1.5 three times. The last one goes on for the rest."""
    steps: list[float] = []
    tokens = iter((stated or "").split())
    for token in tokens:
        if len(steps) >= most:
            break
        if token == "g":
            count = int(_number(next(tokens, None), 0.0))
            steps += [_number(next(tokens, None), 0.0)] * max(0, min(count, most - len(steps)))
        else:
            steps.append(_number(token, 0.0))
    return steps + steps[-1:] * (most - len(steps))


def _width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def _matrix(element: Any) -> Matrix:
    """Return the matrix from an object's own space to that of its parent: its CTM, then its boundary's corner."""
    boundary = _numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    a, b, c, d, e, f = _numbers(element.get("CTM"), 6) or IDENTITY
    return a, b, c, d, e + boundary[0], f + boundary[1]


def _compose(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that applies the inner one first."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (
        a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f
    )  # fmt: skip


def _area(area: Any) -> tuple[float, float, float, float] | None:
    box = _numbers(_text(_child(area, "PhysicalBox")), 4)
    return (box[0], box[1], box[2], box[3]) if box and box[2] > 0 and box[3] > 0 else None


def _place(element: Any, matrix: Matrix) -> Box:
    """Return where the unit square of a picture stands, in points; one without a matrix fills its boundary."""
    if element.get("CTM") is None:
        box = _numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
        matrix = _compose(matrix, (box[2], 0.0, 0.0, box[3], 0.0, 0.0))
    a, b, c, d, e, f = (value * POINTS for value in matrix)
    return min(e, e + a + c), min(f, f + b + d), max(e, e + a + c), max(f, f + b + d)


def _numbers(text: str | None, count: int) -> tuple[float, ...] | None:
    values = [_number(token, math.nan) for token in (text or "").replace(",", " ").split()[:count]]
    return tuple(values) if len(values) == count and not any(map(math.isnan, values)) else None


def _number(text: str | None, default: float) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if abs(value) < 1e6 else default  # neither infinite nor beyond any page


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""  # comments and entities have no name


def _children(element: Any, name: str) -> Iterator[Any]:
    """Yield the children of that local name: producers differ in namespace."""
    for child in element if element is not None else ():
        if _name(child) == name:
            yield child


def _child(element: Any, name: str) -> Any:
    return next(_children(element, name), None)


def _text(element: Any, *, strip: bool = True) -> str:
    if element is None:
        return ""
    text = (element.text or "") + "".join(child.tail or "" for child in element)
    return text.strip() if strip else text.replace("\n", "").replace("\r", "")
