"""Whether a short fact is stated in a text: case, white space, hyphens and quotation marks do not matter."""

from __future__ import annotations

import re
import unicodedata

from taqa.evaluation.places import HYPHENS

_ONE = str.maketrans(
    dict.fromkeys(HYPHENS, "-") | dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»", '"') | {"\u00ad": None}
)


def fold(text: str) -> str:
    """`text` with one form for case, white space, hyphens and quotation marks; ligatures and width forms resolved."""
    plain = unicodedata.normalize("NFKC", text.translate(_ONE)).translate(_ONE)
    return " ".join(re.split(r"[\s\u200b\ufeff]+", plain.casefold())).strip()


def states(text: str, fact: str) -> bool:
    """Whether `text` contains `fact` after folding; a number never matches inside a longer number."""
    words = fold(fact)
    if not words:
        return False
    before = r"(?<!\d)(?<!\d[.,])" if words[0].isdigit() else ""
    after = r"(?![.,]?\d)" if words[-1].isdigit() else ""
    return re.search(before + re.escape(words) + after, fold(text)) is not None
