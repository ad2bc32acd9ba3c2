"""Printed labels at the start of a line, and what number they may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["arabic", "arabic paren", "ROMAN", "LETTER", "(letter)", "(roman)", "(arabic)", "dotted"]

_LABEL = re.compile(
    r"""^(?P<open>(?:\[\s?){0,4})(?P<printed>
        (?P<arabic>\d{1,4})(?P<further1>\s?(?:bis|ter|quater|quinquies|alt))?\.(?=\s|$|[A-Z“"\[])
      | (?P<arabic_paren>\d{1,3})\)(?=\s|$|\[)
      | (?P<upper>[IVXLCDM]{1,7}|[A-Z])\.(?=\s|$)
      | \(?(?P<lower>[ivxlcdm]{1,7}|[a-z]{1,2})(?P<further2>\s?(?:bis|ter|quater|quinquies|alt))?\)
        (?P<further3>\s?(?:bis|ter|quater|quinquies|alt)\b)?(?=\s|$|\[)
      | \((?P<arabic_both>\d{1,3})\)(?=\s|$|\[)
      | \((?P<glued>[ivxlcdm]{1,7}|[a-z])\)(?=[^\W\d_])
      | (?P<glued_half>[a-z])\)(?=[A-ZÀ-Þ][a-zà-ÿ]|[A-Z]\s)
    )[\s]*""",
    re.VERBOSE,
)
INSERTED = ("", "bis", "ter", "quater", "quinquies")
"""What is added to a number that stands after another of its value, in order."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a label: its numbering style and its value, from 1."""

    style: Style
    value: int


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: `text` as printed, `length` of it with all around it, all its readings.

    `inserted` is "bis", "ter" ... of a number put in between; such a label has no value of its own.
    """

    text: str
    length: int
    readings: tuple[Reading, ...]
    inserted: str = ""

    def value(self, style: Style) -> int | None:
        """Number in that style, None where it cannot be read so."""
        if self.inserted:
            return None
        return next((reading.value for reading in self.readings if reading.style == style), None)


def find_label(text: str) -> Label | None:
    """The label that a line opens with, if any. One that no space sets off from its text never begins a list."""
    match = _LABEL.match(text)
    if match is None:
        return None
    printed = match.group("printed").strip()
    further = next((match.group(f"further{n}").strip() for n in (1, 2, 3) if match.group(f"further{n}")), "")
    readings: list[Reading] = []
    if value := match.group("arabic"):
        readings.append(Reading("arabic", int(value)))
    elif value := match.group("arabic_paren"):
        readings.append(Reading("arabic paren", int(value)))
    elif value := match.group("arabic_both"):
        readings.append(Reading("(arabic)", int(value)))
    elif value := match.group("upper"):
        readings += [Reading("ROMAN", roman(value.lower()) or 0)] if set(value.lower()) <= set(_ROMAN) else []
        readings += [Reading("LETTER", ord(value) - 64)] if len(value) == 1 else []
    elif value := match.group("lower"):
        readings += [Reading("(letter)", letter(value))] if letter(value) else []
        readings += [Reading("(roman)", number)] if (number := roman(value)) else []
    elif value := match.group("glued") or match.group("glued_half"):
        numbers: tuple[tuple[Style, int], ...] = (("(letter)", letter(value)), ("(roman)", roman(value) or 0))
        readings += [Reading(style, number) for style, number in numbers if number > 1]
    return Label(printed, match.end(), tuple(readings), further) if readings else None


def letter(value: str) -> int:
    """a..z are 1..26, aa..zz are 27..52; 0 for other pairs."""
    if len(value) == 1:
        return ord(value) - 96
    return 26 + ord(value[0]) - 96 if value[0] == value[-1] and len(value) == 2 else 0


def roman(value: str) -> int | None:
    """Number of a well-formed lower-case roman numeral, None for an ill-formed one ("vix")."""
    if not value or not set(value) <= set(_ROMAN):
        return None
    total = 0
    for here, after in zip(value, value[1:] + " ", strict=True):
        worth = _ROMAN[here]
        total += -worth if _ROMAN.get(after, 0) > worth else worth
    return total if to_roman(total) == value else None


def to_roman(number: int) -> str:
    """Lower-case roman numeral of a number above 0."""
    digits = (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    text = ""
    for worth, glyphs in digits:
        count, number = divmod(number, worth)
        text += glyphs * count
    return text


def printed(style: Style, value: int) -> str:
    """How the label of that value would be printed: used to name gaps."""
    match style:
        case "ROMAN":
            return to_roman(value).upper()
        case "LETTER":
            return chr(64 + value) if value <= 26 else str(value)
        case "(letter)":
            return f"({chr(96 + value)})" if value <= 26 else f"({chr(70 + value) * 2})"
        case "(roman)":
            return f"({to_roman(value)})"
        case "(arabic)":
            return f"({value})"
        case "arabic paren":
            return f"{value})"
        case "arabic" | "dotted":
            return str(value)
