"""Labels at the start of a line and their readings."""

from __future__ import annotations

import pytest

from taqa.ingest.labels import find_label, letter, printed, roman, to_roman


@pytest.mark.parametrize(
    ("line", "printed_label", "readings"),
    [
        ("29. At its first", "29.", [("arabic", 29)]),
        ("4.", "4.", [("arabic", 4)]),
        ("2.“The", "2.", [("arabic", 2)]),
        ("1) Aims", "1)", [("arabic paren", 1)]),
        ("(2) Second", "(2)", [("(arabic)", 2)]),
        ("I. Aims", "I.", [("ROMAN", 1), ("LETTER", 9)]),
        ("B. Aims", "B.", [("LETTER", 2)]),
        ("VIII. Aims", "VIII.", [("ROMAN", 8)]),
        ("VIX. Aims", "VIX.", [("ROMAN", 0)]),
        ("(a) first", "(a)", [("(letter)", 1)]),
        ("(i) first", "(i)", [("(letter)", 9), ("(roman)", 1)]),
        ("(v) fifth", "(v)", [("(letter)", 22), ("(roman)", 5)]),
        ("(ii) second", "(ii)", [("(letter)", 35), ("(roman)", 2)]),
        ("(viii)", "(viii)", [("(roman)", 8)]),
        ("(aa) next", "(aa)", [("(letter)", 27)]),
        ("a) French", "a)", [("(letter)", 1)]),
        ("ii) French", "ii)", [("(letter)", 35), ("(roman)", 2)]),
    ],
)
def test_labels(line: str, printed_label: str, readings: list[tuple[str, int]]) -> None:
    label = find_label(line)
    assert label is not None
    assert (label.text, [(r.style, r.value) for r in label.readings]) == (printed_label, readings)
    assert line[: label.length].strip() == printed_label


@pytest.mark.parametrize(
    "line",
    [
        "4.5m USD",
        "1.2 Aims",
        "2004 was",
        "147 countries",
        "(see above)",
        "(ab) none",
        "e.g. this",
        "No. 4",
        "(vix) none",
        "",
    ],
)
def test_no_labels(line: str) -> None:
    assert find_label(line) is None


def test_value_of_a_style() -> None:
    label = find_label("(i) words")
    assert label is not None
    assert (label.value("(roman)"), label.value("(letter)"), label.value("arabic")) == (1, 9, None)


@pytest.mark.parametrize(
    ("number", "text"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (1994, "mcmxciv")]
)
def test_roman(number: int, text: str) -> None:
    assert to_roman(number) == text
    assert roman(text) == number


@pytest.mark.parametrize("text", ["", "vix", "iiii", "ic", "a", "vv", "IV"])
def test_not_roman(text: str) -> None:
    assert roman(text) is None


def test_letters() -> None:
    assert [letter(text) for text in ("a", "z", "aa", "zz", "ab")] == [1, 26, 27, 52, 0]


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        ("ROMAN", 9, "IX"),
        ("LETTER", 3, "C"),
        ("LETTER", 27, "27"),
        ("(letter)", 2, "(b)"),
        ("(letter)", 28, "(bb)"),
        ("(roman)", 4, "(iv)"),
        ("(arabic)", 4, "(4)"),
        ("arabic paren", 4, "4)"),
        ("arabic", 4, "4"),
    ],
)
def test_printed(style, value: int, text: str) -> None:
    assert printed(style, value) == text
