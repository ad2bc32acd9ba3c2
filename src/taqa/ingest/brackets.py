"""Text in square brackets, which a draft marks so because it is not agreed: where it stands in displayed text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taqa.domain import Span

_BRACKET = re.compile(r"[\[\]]")
_EDITORIAL = re.compile(r"\[(?:\s*(?:…|\.\s?\.\s?\.|sic\.?)\s*)\]", re.IGNORECASE)
_CITED = re.compile(r"(?<=\S)\[\d{1,3}(?:[,;–-]\s?\d{1,3})*\]")
_LINK = re.compile(r"\[[^\[\]]*\](?=\()")
_CALL = re.compile(r"\[\^[^\[\]\s]{1,40}\]")
_OTHER = (_EDITORIAL, _CITED, _LINK, _CALL)
_ENDS = re.compile(r"^\W*$")


def bracketed(texts: Sequence[tuple[str, int]]) -> list[tuple[Span, ...]]:
    """For each text (with the length of its label): its pieces in square brackets, brackets with them, nested ones too.

    What opens with the text and closes at the end of a later one takes in all between. A bracket that is never closed
    reaches to the end of its text. Omissions, "[sic]", marks of sources ("text[12]") and
    of footnotes ("[^1]") and links are no such pieces.
    """
    found: list[list[Span]] = [[] for _ in texts]
    whole: list[tuple[int, int]] = []
    for n, (text, label) in enumerate(texts):
        opened: list[int] = []
        skipped = {at for p in _OTHER for m in p.finditer(text) for at in (m.start(), m.end() - 1)}
        for match in _BRACKET.finditer(text):
            at = match.start()
            if at in skipped:
                continue
            if match.group() == "[":
                opened.append(at)
            elif opened:
                found[n].append(Span(opened.pop(), at + 1))
            elif whole and _ENDS.match(text[at + 1 :]):
                first, begins = whole.pop()
                found[first].append(Span(begins, len(texts[first][0])))
                for between in range(first + 1, n):
                    found[between].append(Span(0, len(texts[between][0])))
                found[n].append(Span(0, at + 1))
        for at in opened:
            if not text[label:at].strip(" ["):
                whole.append((n, at))
            else:
                found[n].append(Span(at, len(text)))
    for n, at in whole:
        found[n].append(Span(at, len(texts[n][0])))
    return [tuple(sorted(set(spans))) for spans in found]
