"""Automatic numbers of a Word file, resolved from its numbering definitions as Word prints them.

A paragraph names a list (`num`) and a level, itself or through its style. A list is an instance of a definition
(`abstractNum`); all instances of a definition count on together, but an instance may set a level to a start of its
own, once. A definition may stand for that of a numbering style (`numStyleLink`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from taqa.ingest.formats.numerals import word_number, word_style
from taqa.ingest.formats.source import Number, NumberStyle
from taqa.ingest.formats.trees import Element
from taqa.ingest.formats.word_parts import W, flag, number, value
from taqa.ingest.formats.word_styles import Styles

LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_LIST_NAME = re.compile(r'LISTNUM\s+"?([^"\\]+?)"?\s*(?:\\|$)')
_LIST_LEVEL = re.compile(r"\\l\s+([1-9])")
_DASHES = "-‐‑‒–—−"
_DECIMALS = frozenset({"decimal", "decimalZero"})
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts and prints, and after which levels it begins anew."""

    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    glued: bool
    style: str | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class WordList:
    """An instance of a list definition: whose counters it shares, its levels, and the starts that it sets itself."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists of a file by their number."""

    by_id: Mapping[str, WordList]
    by_name: Mapping[str, str]

    def place(self, styles: Styles, style: str | None, direct: Element | None) -> tuple[str, int] | None:
        """List and level of a paragraph: its own, else those of its style. None where it is not numbered."""
        chain = styles.chain(style)
        num_id, level = value(direct, "numId"), number(direct, "ilvl")
        own = num_id is not None
        if num_id is None:
            num_id = next((each.num_id for each in chain if each.num_id is not None), None)
        found = self.by_id.get(num_id) if num_id is not None else None
        if num_id is None or found is None:
            return None
        if level is None and not own:
            linked = {each.style: k for k, each in found.levels.items() if each.style}
            level = next((linked[each.id] for each in chain if each.id in linked), None)
        if level is None:
            level = next((each.level for each in chain if each.level is not None), 0)
        return (num_id, level) if 0 <= level < LEVELS else None


def read_lists(root: Element | None, styles: Styles) -> Lists:
    """The lists of a numbering part; none where a file has no such part."""
    if root is None:
        return Lists({}, {})
    definitions = {each.get(W + "abstractNumId", ""): each for each in root.iterfind(W + "abstractNum")}
    instances = {each.get(W + "numId", ""): each for each in root.iterfind(W + "num")}

    def levels_of(definition: str, seen: frozenset[str] = frozenset()) -> dict[int, Level]:
        element = definitions.get(definition)
        if element is None or definition in seen:
            return {}
        link = value(element, "numStyleLink")
        if link is not None:
            linked = next((each.num_id for each in styles.chain(link) if each.num_id is not None), None)
            target = value(instances.get(linked or ""), "abstractNumId")
            return levels_of(target or "", seen | {definition})
        return {_index(each): _level(each) for each in element.iterfind(W + "lvl")}

    lists: dict[str, WordList] = {}
    for num_id, instance in instances.items():
        definition = value(instance, "abstractNumId") or ""
        levels = levels_of(definition)
        starts: dict[int, int] = {}
        for override in instance.iterfind(W + "lvlOverride"):
            own = override.find(W + "lvl")
            if own is not None:
                levels[_index(override)] = _level(own)
            if (start := number(override, "startOverride")) is not None:
                starts[_index(override)] = start
        lists[num_id] = WordList(definition, levels, starts)
    lists.pop("0", None)
    names = {definition: value(element, "name") or "" for definition, element in definitions.items()}
    by_name = {names[each.definition]: num_id for num_id, each in reversed(lists.items()) if names.get(each.definition)}
    return Lists(lists, by_name)


def _index(element: Element) -> int:
    text = element.get(W + "ilvl", "0")
    return int(text) if text.isdecimal() and len(text) < 4 else LEVELS


def _level(element: Element) -> Level:
    start = number(element, "start")
    form = value(element, "numFmt")
    if form is None:  # newer formats stand in an alternative, with a plain one to fall back on
        form = next((each.get(W + "val") for each in element.iter(W + "numFmt") if each.get(W + "val")), "decimal")
    return Level(
        start=0 if start is None else start,
        form=form or "decimal",
        text=value(element, "lvlText") or "",
        restart=number(element, "lvlRestart"),
        legal=bool(flag(element, "isLgl")),
        glued=value(element, "suff") == "nothing",
        style=value(element, "pStyle"),
        hidden=bool(flag(element.find(W + "rPr"), "vanish")),
    )


@dataclass(slots=True)
class Counters:
    """The state of all lists while a document is read."""

    lists: Lists
    _values: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, num_id: str, at: int) -> tuple[Number, bool] | None:
        """Count one paragraph on. Its number, and whether no space stands after it; None where nothing is printed."""
        word_list = self.lists.by_id[num_id]
        level = word_list.levels.get(at)
        if level is None:
            return None
        values = self._values.setdefault(word_list.definition, {})
        for above, skipped in word_list.levels.items():
            if (
                above < at and above not in values
            ):  # a level that is skipped counts as begun: the next there is its second
                values[above] = word_list.starts.get(above, skipped.start)
        own_start = word_list.starts.get(at)
        if own_start is not None and (num_id, at) not in self._begun:
            values[at] = own_start
        elif at in values:
            values[at] += 1
        else:
            values[at] = level.start if own_start is None else own_start
        self._begun.add((num_id, at))
        for deeper in [k for k in values if k > at]:
            restart = word_list.levels[deeper].restart if deeper in word_list.levels else None
            if restart is None or at < restart:
                del values[deeper]
        label = self._label(word_list, level, values)
        if not label or level.hidden:
            return None
        style = _style(level)
        printed = label if style == "bullet" else label.strip()
        return Number(printed, values[at], style, at + 1, word_list.definition), level.glued

    def field(self, instruction: str, num_id: str | None, at: int) -> str:
        """The number that a LISTNUM field prints: of the list that it names, else of the paragraph's own."""
        named = _LIST_NAME.search(instruction)
        level = _LIST_LEVEL.search(instruction)
        found = self.lists.by_name.get(named.group(1)) if named else num_id
        if found is None:
            return ""
        counted = self.next(found, int(level.group(1)) - 1 if level else min(at + 1, LEVELS - 1))
        return counted[0].label if counted else ""

    def _label(self, word_list: WordList, level: Level, values: Mapping[int, int]) -> str:
        if level.form == "bullet":
            return _bullet(level.text)

        def printed(match: re.Match[str]) -> str:
            k = int(match.group(1)) - 1
            other = word_list.levels.get(k)
            if other is None:
                return ""
            form = "decimal" if level.legal and other.form not in _DECIMALS else other.form
            return word_number(form, values.get(k, word_list.starts.get(k, other.start)))

        return _PLACEHOLDER.sub(printed, level.text)


def _style(level: Level) -> NumberStyle:
    if level.form == "bullet":
        return "bullet"
    places = _PLACEHOLDER.findall(level.text)
    if len(places) > 1:
        return "dotted"
    return word_style(level.form) if places else "other"


def _bullet(text: str) -> str:
    """A dash stays what it is; pictures of symbol fonts are all one bullet."""
    bare = text.strip()
    return (bare if bare in _DASHES else BULLET) if bare else ""
