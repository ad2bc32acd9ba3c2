"""Markdown inside lines: where links lead and how words are set, apart from the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

_LINK = re.compile(
    r"(?<!\\)(?P<open>!?\[)[^\[\]\n]*(?P<close>(?<!\\)\]\("
    r"(?P<target><[^<>\n]*>|[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)(?:[ \t]+\"[^\"\n]*\")?\))"
)
_TARGET = re.compile(r"^<|^[a-z][a-z0-9+.-]*:|^[/#?]|^\.\.?/|^www\.|\.[a-z]{2,5}(?:[?#]\S*)?$", re.IGNORECASE)
"""What a target looks like: an address, a path or the name of a file. "[may](a)" in a draft is no link."""
_STARS = re.compile(r"(?<![\w*\\.,;:)\]])\*(?=[^\s*])[^*\n]+(?<=[^\s\\])\*(?![\w*])")
_UNDERSCORES = re.compile(r"(?<![^\s(\[“‘\"'])_(?=[^\s_])[^_\n]+(?<=[^\s\\])_(?![^\s)\].,;:!?”’\"'])")
"""Single marks around words. An asterisk that follows a word calls a footnote; "*1234567*" is a job number."""
_WORDS = re.compile(r"[a-zà-öø-ÿ]")


def links(text: str) -> Iterator[tuple[int, int]]:
    """All of each link but its words, as "[" and "](https://…)"."""
    for match in _LINK.finditer(text):
        if _TARGET.search(match.group("target")):
            yield match.span("open")
            yield match.span("close")


def emphasis(text: str) -> Iterator[tuple[int, int]]:
    """The marks around words in *italics* or _italics_."""
    for match in chain(_STARS.finditer(text), _UNDERSCORES.finditer(text)):
        if _WORDS.search(match.group()):
            yield match.start(), match.start() + 1
            yield match.end() - 1, match.end()
