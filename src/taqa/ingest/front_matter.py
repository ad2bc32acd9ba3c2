"""What a Markdown file says about itself before its text: "title: …" and the like between lines of dashes."""

from __future__ import annotations

import re

_LINE = r"(?:[A-Za-z_][\w-]{0,60}:(?:[ \t][^\n]*)?|[ \t]+[^\s][^\n]*|-[ \t][^\n]*|#[^\n]*)\r?\n"
_FRONT = re.compile(
    rf"\A\ufeff?(?P<front>---[ \t]*\r?\n(?=[A-Za-z_][\w-]*:)(?:{_LINE}){{1,200}}(?:---|\.\.\.))[ \t]*(?=\r?\n|\Z)"
)


def front_matter(text: str) -> tuple[int, int] | None:
    """Where such lines stand, the lines of dashes with them."""
    match = _FRONT.match(text)
    return match.span("front") if match else None
