"""Pages without text, in words: which they are, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from taqa.domain import Page, PageGap

_REMEDIES: dict[PageGap, str] = {
    "": "supply a text",
    "blank": "nothing is printed there",
    "no tesseract": "install tesseract or supply a text",
    "no language": "install a language of tesseract that TAQA reads (eng, fra, spa) or supply a text",
    "no time": "tesseract had no time left, raise TAQA_PARSE_SECONDS or supply a text",
    "nothing found": "tesseract found none there, supply one if there is any",
    "failed": "tesseract failed there, supply a text",
    "damaged": "damaged, open and save the file anew or supply a text",
}


def unread(pages: Iterable[Page]) -> str:
    """ "no text on pages 3-7: install tesseract or supply a text"; empty where every page has text or is blank."""
    gaps: dict[PageGap, list[int]] = {}
    for page in pages:
        if page.state == "empty" and page.gap != "blank":
            gaps.setdefault(page.gap, []).append(page.n)
    return "; ".join(
        f"{'' if n else 'no text '}on {on_pages(numbers)}: {_REMEDIES[gap]}"
        for n, (gap, numbers) in enumerate(gaps.items())
    )


def nothing(pages: Sequence[Page]) -> str:
    """Why a paged document has no text at all."""
    return unread(pages) or f"no text on {on_pages([page.n for page in pages])}: {_REMEDIES['blank']}; supply a text"


def on_pages(numbers: Sequence[int]) -> str:
    """ "pages 3-7, 9"."""
    return f"page{'s' if len(numbers) > 1 else ''} {ranges(numbers)}"


def ranges(numbers: Sequence[int]) -> str:
    """ "3-7, 9"."""
    breaks = [0, *(i for i, (one, other) in enumerate(pairwise(numbers), 1) if other != one + 1), len(numbers)]
    pieces = (numbers[low:high] for low, high in pairwise(breaks))
    return ", ".join(str(piece[0]) if len(piece) == 1 else f"{piece[0]}-{piece[-1]}" for piece in pieces)
