"""The one door to PDFium: glyphs with their places, rules, pictures of pages.

Coordinates are points with the origin at the bottom left of the page as it is shown, rotation applied.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from taqa.errors import Damaged, Encrypted

_HYPHENS = {"\x02": "-", "\ufffe": "-"}
"""What PDFium gives for a hyphen at the end of a line."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_BLANK = frozenset(" \t\r\n\u00a0\u2002\u2003\u2009")
UNKNOWN = "\ufffd"
BOLD = 600
"""Font weight from which type is bold."""
UPRIGHT = 0.1
"""Radians by which a glyph may lean and still stand in a line."""
RULE_HEIGHT = 2.5
RULE_LENGTH = 30.0
QUARTER = 90
MOST_DRAWN = 20_000_000
"""Pixels of a page's picture: A3 at 300 dots an inch has 17 million."""
INK_DPI = 50
INK_CONTRAST = 48
"""Levels of grey by which what is printed differs from its paper."""
INK_SPECKS = 4
"""Pixels that differ, from which a page is not blank: one small letter has more."""
MOSTLY = 2
"""Times as many turned glyphs as upright ones on a page that is to be read from its side."""


class Glyph(NamedTuple):
    """A character: its left and right edge, its baseline, its type size; `space` says that a blank stands before it."""

    char: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    space: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line drawn on the page."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one page, in the order in which the file draws it. `turned` glyphs do not stand upright."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    turned: str
    rules: tuple[Rule, ...]
    blank: bool = False
    """Nothing at all is on the page, not even a picture."""


@contextmanager
def opened(content: bytes, password: str = "") -> Iterator[Any]:
    """The PDF in these bytes. Raises WrongPassword, or NotOpened for what PDFium cannot read."""
    import pypdfium2  # loads a native library: only PDF files pay for it
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        document = pypdfium2.PdfDocument(content, password=password or None)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == FPDF_ERR_PASSWORD:
            raise WrongPassword from error
        raise NotOpened(str(error)) from error
    try:
        yield document
    finally:
        document.close()


class NotOpened(Damaged):
    """PDFium cannot read the file at all."""


class WrongPassword(Encrypted):
    """The file opens with another password only."""


def read_sheet(document: Any, n: int) -> Sheet:  # noqa: ANN401 (pypdfium2 has no types)
    """Glyphs and rules of page `n`, from 0. Raises NotOpened where the page is damaged."""
    import pypdfium2

    try:
        page = document[n]
        text = page.get_textpage()
        width, height = page.get_size()
        own = page.get_rotation()
        paper = (*((height, width) if own % 180 == QUARTER else (width, height)), *page.get_cropbox()[:2])
        turn = _Turn(own, *paper)
        glyphs, turned = _glyphs(text, turn)
        if len(turned) > MOSTLY * len(glyphs):
            turns = [_Turn((own + degrees) % 360, *paper) for degrees in (90, 180, 270)]
            turn = max(turns, key=lambda option: len(_glyphs(text, option)[0]))
            glyphs, turned = _glyphs(text, turn)
            width, height = (height, width) if (turn.degrees - own) % 180 == QUARTER else (width, height)
        return Sheet(width, height, tuple(glyphs), turned, tuple(_rules(page, turn)), _blank(page))
    except pypdfium2.PdfiumError as error:
        raise NotOpened(str(error)) from error


def inked(document: Any, n: int) -> bool:  # noqa: ANN401
    """Whether anything can be seen on page `n`. Raises NotOpened where it cannot be drawn."""
    grey = Counter(_drawn(document, n, INK_DPI)[0])
    paper = max(grey, key=lambda level: grey[level])
    return sum(count for level, count in grey.items() if abs(level - paper) > INK_CONTRAST) >= INK_SPECKS


def picture(document: Any, n: int, dpi: int) -> bytes:  # noqa: ANN401
    """Page `n` in grey, as a PGM file. Raises NotOpened where it cannot be drawn."""
    rows, width, height = _drawn(document, n, dpi)
    return b"P5 %d %d 255\n" % (width, height) + rows


def _drawn(document: Any, n: int, dpi: int) -> tuple[bytes, int, int]:  # noqa: ANN401
    """The grey levels of page `n`, row by row, and its width and height; a huge page is drawn smaller."""
    import pypdfium2

    try:
        page = document[n]
        width, height = page.get_size()
        scale = min(dpi / 72, math.sqrt(MOST_DRAWN / max(width * height, 1)))
        bitmap = page.render(scale=scale, grayscale=True)
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise NotOpened(str(error)) from error
    rows = bytes(bitmap.buffer)
    if bitmap.stride != bitmap.width:
        starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
        rows = b"".join(rows[start : start + bitmap.width] for start in starts)
    return rows, bitmap.width, bitmap.height


@dataclass(frozen=True, slots=True)
class _Turn:
    """From the file's coordinates to those of the page as shown."""

    degrees: int
    width: float
    height: float
    left: float
    bottom: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        match self.degrees:
            case 90:
                return y, self.width - x
            case 180:
                return self.width - x, self.height - y
            case 270:
                return self.height - y, x
            case _:
                return x, y


def _glyphs(text: Any, turn: _Turn) -> tuple[list[Glyph], str]:  # noqa: ANN401
    from pypdfium2 import raw

    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    glyphs: list[Glyph] = []
    turned: list[str] = []
    styles: dict[int, tuple[float, bool, bool]] = {}
    shown_turn = math.radians(turn.degrees)
    space = False
    for i in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, i))
        if char in _BLANK:
            space = True
            continue
        char = _HYPHENS.get(char, _LIGATURES.get(char, char))
        if "\ue000" <= char <= "\ue001":
            char = UNKNOWN
        if not char.isprintable() or not raw.FPDFText_GetCharBox(text, i, left, right, bottom, top):
            continue
        owner = raw.FPDFText_GetTextObject(text, i)
        key = ctypes.cast(owner, ctypes.c_void_p).value or -i - 1
        if key not in styles:
            styles[key] = _style(text, i, shown_turn)
        size, bold, upright = styles[key]
        if not upright:
            turned.append((" " if space and turned else "") + char)
            space = False
            continue
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        low, base = turn.point(x.value, y.value)
        corners = (turn.point(left.value, bottom.value), turn.point(right.value, top.value))
        high = max(corner[0] for corner in corners)
        glyphs.append(Glyph(char, low, max(high, low), base, size, bold, space))
        space = False
    return glyphs, "".join(turned)


def _style(text: Any, i: int, shown_turn: float) -> tuple[float, bool, bool]:  # noqa: ANN401
    """Size in points as shown, boldness, and whether the glyphs of a text object stand upright."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, i, matrix)
    size = raw.FPDFText_GetFontSize(text, i) * (math.hypot(matrix.c, matrix.d) or 1.0)
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, i, name, len(name), ctypes.c_int())
    bold = raw.FPDFText_GetFontWeight(text, i) >= BOLD or b"bold" in name.value.lower()
    lean = (math.atan2(matrix.b, matrix.a) - shown_turn + math.pi) % (2 * math.pi) - math.pi
    return size, bold, abs(lean) < UPRIGHT


def _blank(page: Any) -> bool:  # noqa: ANN401
    return next(iter(page.get_objects()), None) is None


def _rules(page: Any, turn: _Turn) -> Iterator[Rule]:  # noqa: ANN401
    from pypdfium2 import raw

    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=2):
        left, bottom, right, top = item.get_bounds()
        (x0, y0), (x1, y1) = turn.point(left, bottom), turn.point(right, top)
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if y1 - y0 <= RULE_HEIGHT and x1 - x0 >= RULE_LENGTH:
            yield Rule(x0, x1, (y0 + y1) / 2)
