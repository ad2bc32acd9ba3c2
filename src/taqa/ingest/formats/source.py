"""What a format hands over: the text of a file, whole, and what the format knows of it."""

from __future__ import annotations

from dataclasses import dataclass

from taqa.domain import Page


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, whole, with its pages where the format has pages."""

    text: str
    pages: tuple[Page, ...] = ()
