"""The stack of open headings: what number comes next, and the address of what stands below."""

from __future__ import annotations

from dataclasses import dataclass

from taqa.domain import Address, Series
from taqa.ingest.labels import Label, Style, printed

HEADING_STYLES: tuple[Style, ...] = ("ROMAN", "LETTER", "arabic", "arabic paren", "(letter)")
SHORT_TITLE = 60
"""Characters of an unnumbered heading that its address carries."""


@dataclass(frozen=True, slots=True)
class Section:
    """An open heading. `style` is None for one without a number; `mark` is what the address takes from it."""

    style: Style | None
    value: int
    mark: str
    title: str


@dataclass(slots=True)
class Sections:
    """Open headings from the outside in, and the numbering series they have formed."""

    stack: tuple[Section, ...] = ()
    annex: str = ""
    _numbers: dict[str, list[str]] | None = None
    _faults: dict[str, list[str]] | None = None

    def reading(self, label: Label, strict: bool) -> tuple[Style, int] | None:
        """Style and value of a heading label: next in an open series, else first of a new one.

        `strict` refuses anything else; without it (the line is a heading by its style) any reading is taken,
        and a misprinted numeral gets the value that was due.
        """
        options = [r for r in label.readings if r.style in HEADING_STYLES]
        for section in reversed(self.stack):
            for option in options:
                if option.style == section.style and option.value == section.value + 1:
                    return option.style, option.value
        open_styles = {section.style for section in self.stack}
        for option in options:
            if option.value == 1 and (option.style not in open_styles or not strict):
                return option.style, 1
        if strict or not options:
            return None
        due = next((s for s in reversed(self.stack) if s.style == options[0].style), None)
        if options[0].value == 0:
            return options[0].style, due.value + 1 if due else 1
        return options[0].style, options[0].value

    def open(self, style: Style | None, value: int, mark: str, title: str) -> None:
        """Close what the new heading closes, and open it."""
        kept = self.stack
        styles = [section.style for section in kept]
        if style in styles:
            kept = kept[: styles.index(style)]
        path = self.path(kept)
        if style is not None:
            self._record(path, style, value, mark, first=style not in styles)
        self.stack = (*kept, Section(style, value, mark, title))

    def _record(self, path: str, style: Style, value: int, mark: str, first: bool) -> None:
        self._numbers = self._numbers if self._numbers is not None else {}
        self._faults = self._faults if self._faults is not None else {}
        name = f"headings under {path}" if path else "headings"
        bare = mark.strip("().")
        self._numbers.setdefault(name, []).append(bare)
        expected = printed(style, value).strip("().")
        if bare != expected:
            self._faults.setdefault(name, []).append(f"{bare} (for {expected})")

    def path(self, stack: tuple[Section, ...] | None = None) -> str:
        return ", ".join(address_of(self.stack if stack is None else stack))

    def series(self) -> list[Series]:
        """All heading series, with the misprints found."""
        faults = self._faults or {}
        return [
            Series(path, tuple(numbers), (), tuple(faults.get(path, ())))
            for path, numbers in (self._numbers or {}).items()
        ]

    def address(self) -> Address:
        return address_of(self.stack)

    def titles(self) -> tuple[str, ...]:
        return tuple(" ".join(filter(None, (s.mark if s.style else "", s.title))) for s in self.stack)


def address_of(stack: tuple[Section, ...]) -> Address:
    """("sect. V.A.1", "(b)") for numbered headings, the title in quotation marks for one without a number."""
    parts: list[str] = []
    for section in stack:
        bare = section.mark.strip(".)") if section.style != "(letter)" else section.mark
        if section.style is None:
            parts.append(f"“{_short(section.title)}”")
        elif section.style == "(letter)":
            parts.append(bare)
        elif parts and parts[-1].startswith("sect. "):
            parts[-1] += f".{bare}"
        else:
            parts.append(f"sect. {bare}")
    return tuple(parts)


def _short(title: str) -> str:
    if len(title) <= SHORT_TITLE:
        return title
    return title[:SHORT_TITLE].rpartition(" ")[0] + " …"
