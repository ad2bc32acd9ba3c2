"""Names of the parts of a document: decisions, annexes and their parts, articles."""

from __future__ import annotations

import re

from taqa.ingest.labels import roman
from taqa.ingest.structure.acts import act_part

ARTICLE = "art. "
"""How the address part of an article begins."""
_ANNEX = re.compile(
    r"^(?:(?:annexe?|appendix|enclosure|schedule|anexo|appendice|apéndice)\b(?:\s+(?:[IVXLC]+|\d+|[A-Z])(?:\s?[A-Z])?)?"
    r"|(?:annexe?s|appendices|anexos|apéndices)\s+(?:[IVXLC]+|\d+|[A-Z])(?:(?:,|,?\s+(?:and|et|y|to|à|a))\s+(?:[IVXLC]+|\d+|[A-Z]))+)$",
    re.IGNORECASE,
)
_DIVISION = re.compile(r"^part(?:ie|e)?\s+([IVXLC]{1,7}|\d{1,2}|[A-Z])\.?$", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:article|artículo|articulo)\s+(\d{1,3}|[IVXLC]{1,7}|premier)(?:\s+(bis|ter|quater))?\.?$", re.IGNORECASE
)


def annex_part(title: str) -> str:
    """Address part of an annex heading ("annex II"), empty for any other line."""
    if not _ANNEX.match(title.strip()):
        return ""
    word, *number = title.split()
    return " ".join((word.casefold(), *number))


def article_part(title: str) -> str:
    """Address part of an article heading ("art. 12"), empty for any other line."""
    match = _ARTICLE.match(title.strip())
    if match is None:
        return ""
    number, further = match.group(1).upper(), match.group(2)
    number = "1" if number == "PREMIER" else number
    return f"{ARTICLE}{number}" + (f" {further.casefold()}" if further else "")


def article_number(part: str) -> int:
    """The number of an article from its address part, in whatever numerals; 0 where the part is no article's."""
    number = part.removeprefix(ARTICLE).split(" ")[0] if part.startswith(ARTICLE) else ""
    return int(number) if number.isdigit() else roman(number.casefold()) or 0


def division_part(title: str) -> str:
    """Address part of the heading of a part of an annex ("part II"), empty for any other line."""
    match = _DIVISION.match(title.strip())
    return f"part {match.group(1).upper()}" if match else ""


def part_of(title: str) -> str:
    """Address part of the heading of an annex, an article or a decision, empty for any other line."""
    bare = title.rstrip("*∗† ")
    return annex_part(bare) or article_part(bare) or act_part(bare)


def titled_below(title: str) -> bool:
    """Whether the heading of a part is its number only: its title may follow on the next line."""
    return bool(article_part(title) or division_part(title)) or (bool(act_part(title)) and ":" not in title)
