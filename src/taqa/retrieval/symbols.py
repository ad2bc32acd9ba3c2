"""Symbols and numbers of decisions as the corpus prints them, however they are typed: small letters, spaces, no
brackets, another hyphen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from taqa.references import find
from taqa.references.folding import level

Parts = tuple[str, ...]
"""A symbol as its runs of letters, what stands between them left out, and its numbers."""

_RUN = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN = re.compile(r"[\s/.()\[\]_\\-]{0,4}")
"""What people put between the parts of a symbol."""
_LONGEST = 16
"""Runs that a symbol may have."""
_TYPED = re.compile(r"(?<![\w/.@-])[\w().\u2010\u2011-]+(?:(?:/| / )[\w().\u2010\u2011-]+)+(?![\w/@])")
_HYPHEN_LEFT_OUT = re.compile(r"(?<=\b[Dd]ecision [A-Z]{2}) (?=\d{1,3}/\d{1,3}\b)")
"""In the number of a decision: "SC 5/21"."""


def by_parts(symbols: Iterable[str]) -> Mapping[Parts, str]:
    """Symbols and decisions as documents print them, and their ends that leave the organ out ("INC.1/9"), by their
    parts; of several ways to print one the commonest."""
    counts: dict[Parts, Counter[str]] = {}
    for symbol in symbols:
        for form in _with_ends(level(symbol)):
            counts.setdefault(_parts(form), Counter())[form] += 1
    return {
        parts: min(forms, key=lambda form: (-forms[form], form))
        for parts, forms in counts.items()
        if len(parts) > 1 and not all(map(str.isdigit, parts))
    }


def as_printed(text: str, known: Mapping[Parts, str]) -> str:
    """The text with every symbol that the corpus prints as it prints it; others that have the form of one in capitals,
    without spaces."""
    plain = level(text)
    made, at = "", 0
    for start, end, printed in _found(plain, known):
        made, at = made + text[at:start] + printed, end
    made = _TYPED.sub(lambda match: _in_capitals(match.group()), made + text[at:])
    return _HYPHEN_LEFT_OUT.sub("-", made)


def _found(text: str, known: Mapping[Parts, str]) -> Iterator[tuple[int, int, str]]:
    """Where symbols stand, each as printed: the longest that begins at a place."""
    runs = list(_RUN.finditer(text))
    first = 0
    while first < len(runs):
        found = [(last, printed) for last, printed in _from(text, runs, first, known)]
        if found:
            last, printed = found[-1]
            yield runs[first].start(), runs[last].end() + _closing(text, runs[first].start(), runs[last].end()), printed
        first = found[-1][0] + 1 if found else first + 1


def _from(text: str, runs: list[re.Match[str]], first: int, known: Mapping[Parts, str]) -> Iterator[tuple[int, str]]:
    start = runs[first].start()
    if start and re.match(r"[\w/.-]", text[start - 1]):
        return
    for last in range(first, min(first + _LONGEST, len(runs))):
        if last > first and not _BETWEEN.fullmatch(text, runs[last - 1].end(), runs[last].start()):
            return
        stretch = text[start : runs[last].end()]
        printed = known.get(_parts(stretch))
        if (
            printed
            and ("/" in stretch or len(_parts(stretch)) > 2)
            and not re.match(r"[)]?[/\w]", text[runs[last].end() :])
        ):
            yield last, printed


def _closing(text: str, start: int, end: int) -> int:
    """1 where the bracket that closes behind a symbol was opened inside it."""
    return int(text[end : end + 1] == ")" and text[start:end].count("(") > text[start:end].count(")"))


def _in_capitals(typed: str) -> str:
    whole = level(typed).replace(" ", "")
    whole = whole.upper() if whole.islower() else whole
    return whole if any(mention.text == whole for mention in find(f"decision {whole}")) else typed


def _parts(text: str) -> Parts:
    """Runs of letters joined, numbers apart: ("unepdtiehginc", "1", "9")."""
    parts: list[str] = []
    for run in _RUN.findall(text.casefold()):
        if parts and not run.isdigit() and not parts[-1].isdigit():
            parts[-1] += run
        else:
            parts.append(run)
    return tuple(parts)


def _with_ends(symbol: str) -> Iterator[str]:
    yield symbol
    for slash in re.finditer("/", symbol):
        rest = symbol[slash.end() :]
        if "/" in rest and rest[0].isalpha():
            yield rest
