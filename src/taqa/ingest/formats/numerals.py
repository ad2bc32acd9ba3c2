"""How list numbers are printed: the formats that Word, ODT and HTML share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from taqa.ingest.formats.source import NumberStyle


def repeated_letter(value: int) -> str:
    """As Word counts letters: a..z, then aa, bb, cc."""
    return chr(97 + (value - 1) % 26) * min((value - 1) // 26 + 1, 40) if value > 0 else ""


def letters(value: int) -> str:
    """As HTML and ODT count letters: a..z, then aa, ab, ac."""
    text = ""
    while value > 0:
        value, rest = divmod(value - 1, 26)
        text = chr(97 + rest) + text
    return text


def roman(value: int) -> str:
    """Lower-case roman numeral; arabic beyond what roman numerals are used for."""
    if not 0 < value < 4000:
        return str(value)
    pairs = (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    text = ""
    for worth, glyphs in pairs:
        count, value = divmod(value, worth)
        text += glyphs * count
    return text


def ordinal(value: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    teens = 10 < value % 100 < 14
    return f"{value}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def chicago(value: int) -> str:
    """*, †, ‡, §, then each twice."""
    return "*†‡§"[(value - 1) % 4] * min((value - 1) // 4 + 1, 10) if value > 0 else ""


_WORD: Mapping[str, tuple[NumberStyle, Callable[[int], str]]] = {
    "decimal": ("arabic", str),
    "decimalZero": ("arabic", lambda value: f"{value:02}"),
    "lowerLetter": ("letter", repeated_letter),
    "upperLetter": ("LETTER", lambda value: repeated_letter(value).upper()),
    "lowerRoman": ("roman", roman),
    "upperRoman": ("ROMAN", lambda value: roman(value).upper()),
    "ordinal": ("arabic", ordinal),
    "chicago": ("other", chicago),
    "numberInDash": ("arabic", lambda value: f"- {value} -"),
    "none": ("other", lambda _: ""),
}


def word_number(form: str, value: int) -> str:
    """A number as Word prints it in a format; formats of other scripts are printed as arabic numbers."""
    return _WORD.get(form, _WORD["decimal"])[1](value)


def word_style(form: str) -> NumberStyle:
    return "bullet" if form == "bullet" else _WORD.get(form, ("other", str))[0]


_SHORT: Mapping[str, tuple[NumberStyle, Callable[[int], str]]] = {
    "1": ("arabic", str),
    "a": ("letter", letters),
    "A": ("LETTER", lambda value: letters(value).upper()),
    "i": ("roman", roman),
    "I": ("ROMAN", lambda value: roman(value).upper()),
    "aa": ("letter", repeated_letter),
    "AA": ("LETTER", lambda value: repeated_letter(value).upper()),
}
"""The one-letter names of HTML and ODT; a letter twice: counted as Word does."""


def short_number(form: str, value: int) -> str:
    return _SHORT.get(form, _SHORT["1"])[1](value)


def short_style(form: str) -> NumberStyle:
    return _SHORT.get(form, _SHORT["1"])[0]
