"""What a Markdown file says about itself before its text: "title: …" and the like between lines of dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE = r"(?:[A-Za-z_][\w-]{0,60}:(?:[ \t][^\n]*)?|[ \t]+[^\s][^\n]*|-[ \t][^\n]*|#[^\n]*)\r?\n"
_FRONT = re.compile(
    rf"\A\ufeff?(?P<front>---[ \t]*\r?\n(?=[A-Za-z_][\w-]*:)(?:{_LINE}){{1,200}}(?:---|\.\.\.))[ \t]*(?=\r?\n|\Z)"
)


def front_matter(text: str) -> Iterator[tuple[int, int]]:
    """Where such lines stand, the lines of dashes with them: once at most."""
    if match := _FRONT.match(text):
        yield match.span("front")
