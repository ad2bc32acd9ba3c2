"""The units of one document that one address means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from taqa.domain import Document, Kind, Unit
from taqa.references.addresses import address_tokens, find_unit
from taqa.references.folding import fold
from taqa.references.words import KINDS, Words, bare, words

Level = Callable[[Words], Words]


def _without(*omitted: str) -> Level:
    return lambda typed: tuple(word for word in bare(typed) if word not in omitted)


def _without_instrument(typed: Words) -> Words:
    """ "quoting Basel Convention, art. 14" as "quoting art. 14"."""
    if "quoting" not in typed or "art" not in typed[typed.index("quoting") :]:
        return typed
    start = typed.index("quoting")
    return typed[: start + 1] + typed[typed.index("art", start) :]


_LEVELS: tuple[tuple[Level, frozenset[str]], ...] = (
    (lambda typed: typed, frozenset()),
    (bare, frozenset()),
    (_without("unnumbered"), frozenset({"unnumbered"})),
    (_without("para"), frozenset({"para"})),
    (_without("para", "sect"), frozenset({"para", "sect"})),
)
"""What a hurried typist leaves out, the least first; what is typed is never left out."""
_ATTACHED = {"appendix": r"app(?:endi(?:x|ces)|\.)? ?", "annex": r"annex(?:es)? ?"}
"""How headings open what is attached to a paper."""
_COUNTED = frozenset({"art", "annex", "part", "appendix"})
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


_ATTACHMENTS = {kind: re.compile(pattern) for kind, pattern in _ATTACHED.items()}

Rows = tuple[tuple[Unit, Words], ...]


@dataclass(frozen=True, eq=False)
class Labels:
    """The labels of a document as words. What makes looking them up quick is made when it is first needed."""

    document: Document
    rows: Rows
    reduced: dict[Words, tuple[Words, ...]] = field(default_factory=dict, repr=False)
    """What is left of words at each level, where it was needed; documents of a catalogue share it."""

    @cached_property
    def tables(self) -> tuple[Mapping[Words, list[Unit]], ...]:
        """Units by what is left of their words at each level."""
        tables: list[dict[Words, list[Unit]]] = [{} for _ in _LEVELS]
        for unit, own in self.rows:
            if own not in self.reduced:
                self.reduced[own] = tuple(reduce(own) for reduce, _ in _LEVELS)
            for table, left in zip(tables, self.reduced[own], strict=True):
                table.setdefault(left, []).append(unit)
        return tuple(tables)

    @cached_property
    def by_last(self) -> Mapping[str, Rows]:
        """Rows by the last of their words, without its brackets."""
        found: dict[str, list[tuple[Unit, Words]]] = {}
        for unit, own in self.rows:
            if own:
                found.setdefault(bare(own[-1:])[0], []).append((unit, own))
        return {last: tuple(rows) for last, rows in found.items()}

    @cached_property
    def by_slug(self) -> Mapping[str, list[Unit]]:
        """Units by the end of their id."""
        found: dict[str, list[Unit]] = {}
        for unit in self.document.units:
            found.setdefault(unit.id.partition(":")[2], []).append(unit)
        return found

    @cached_property
    def steps(self) -> frozenset[tuple[str, str]]:
        """Words that follow one another somewhere."""
        return frozenset(step for _, own in self.rows for step in pairwise(own))

    @cached_property
    def opening(self) -> frozenset[str]:
        """Words that labels begin with."""
        return frozenset(own[0] for _, own in self.rows if own)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(word for _, own in self.rows for word in own)

    @cached_property
    def sections(self) -> frozenset[str]:
        """The first numbers of the headings of sections."""
        headings = (own for unit, own in self.rows if unit.kind is Kind.HEADING)
        return frozenset(own[1] for own in headings if own[:1] == ("sect",) and len(own) > 1)

    @cached_property
    def attached(self) -> Mapping[str, tuple[tuple[Unit, str], ...]]:
        """Headings that open what is attached to a paper, by its kind, with their folded text."""
        headings = [(unit, fold(unit.text)) for unit, _ in self.rows if unit.kind is Kind.HEADING]
        return {
            kind: tuple((unit, text) for unit, text in headings if opens.match(text))
            for kind, opens in _ATTACHMENTS.items()
        }


def labels(document: Document) -> Labels:
    """The labels of a document made ready for look-up."""
    return Labels(document, tuple((unit, words(unit.label)) for unit in document.units))


def fitting(held: Labels, text: str) -> list[Unit]:
    """The units that a typed address fits best; several where it fits them equally well."""
    typed = words(text)
    tail = text.strip(" \t\n,;:")
    by_id = held.by_slug.get(tail, []) if tail else []
    if by_id or not typed:
        return by_id
    if found := labelled(held, typed):
        return found
    slug = not KINDS & set(typed) and re.fullmatch(r"[\w*.]+", tail)
    unit = find_unit(held.document, address_tokens(tail)) if slug else None
    return [unit] if unit else []


def labelled(held: Labels, typed: Words) -> list[Unit]:
    """The units whose label is these words, in full, shortened, by its end, or with the section around it."""
    return (
        _spelled(held, typed)
        or _quoting(held, typed)
        or _section(held, typed)
        or _ending(held, typed)
        or _spanning(held, typed)
        or _other_numerals(held, typed)
        or _within(held, typed)
        or lettered(held, typed)
        or headed(held, typed)
        or _renamed(held, typed)
        or _recounted(held, typed)
    )


def _recounted(held: Labels, typed: Words) -> list[Unit]:
    """ "Article 7" as art. VII and "part I" as part 1, where the document counts no such steps so."""
    written = list(typed)
    for at, (kind, number) in enumerate(pairwise(typed), 1):
        other = OTHER_NUMERAL.get(number, "")
        if kind in _COUNTED and (kind, number) not in held.steps and (kind, other) in held.steps:
            written[at] = other
    return labelled(held, tuple(written)) if tuple(written) != tuple(typed) else []


def _renamed(held: Labels, typed: Words) -> list[Unit]:
    """ "Rule 3.2.2" as para. 3.2.2 and "part II" as sect. II, where nothing is called a rule or a part."""
    if typed[0] not in ("rule", "part") or typed[0] in held.opening:
        return []
    kinds = ("para", "sect") if typed[0] == "rule" else ("sect",)
    return next(filter(None, (_spelled(held, (kind, *typed[1:])) for kind in kinds)), [])


def _spelled(held: Labels, typed: Words) -> list[Unit]:
    for (reduce, omitted), table in zip(_LEVELS, held.tables, strict=True):
        if not omitted & set(typed) and (found := table.get(reduce(typed))):
            return found
    return []


def _quoting(held: Labels, typed: Words) -> list[Unit]:
    """Quoted provisions, where the treaty is named on one side only."""
    if "quoting" not in typed:
        return []
    short = bare(_without_instrument(typed))
    named = short != bare(typed)
    fits = [(unit, own) for unit, own in held.rows if bare(_without_instrument(own)) == short]
    return [unit for unit, own in fits if not (named and _without_instrument(own) != own)]


def _section(held: Labels, typed: Words) -> list[Unit]:
    """Headings whose number ends so: "section D" is sect. I.D where that is the only D."""
    path = tuple(word for word in bare(typed) if word != "sect")
    if not path or typed[0] != "sect" or not KINDS.isdisjoint(path):
        return []
    return [
        unit
        for unit, own in held.by_last.get(path[-1], ())
        if unit.kind is Kind.HEADING and own[:1] == ("sect",) and own[1:][-len(path) :] == path
    ]


def _ending(held: Labels, typed: Words) -> list[Unit]:
    """Units whose label ends so. A number alone never is an end: "para. 4" is not paragraph 4 of an article."""
    if typed[0].isdigit() or typed[0] in ("para", "sect", "unnumbered", "annex", "title"):
        return []
    for level in (tuple[str, ...], bare):
        wanted = level(typed)
        rows = held.by_last.get(bare(wanted[-1:])[0], ())
        found = [unit for unit, own in rows if level(own)[-len(wanted) :] == wanted]
        if found:
            return found
    return []


def _spanning(held: Labels, typed: Words) -> list[Unit]:
    """Units whose label begins and ends so, where the middle was left out: "para. 8, footnote 4"."""
    plain = bare(typed)
    for cut in range(len(plain) - 1, 0, -1):
        if plain[cut] in KINDS and plain[cut] != "para":
            head, end = plain[:cut], plain[cut:]
            return [
                unit
                for unit, own in held.by_last.get(plain[-1], ())
                if len(own) > len(plain) and bare(own)[:cut] == head and bare(own)[-len(end) :] == end
            ]
    return []


def _other_numerals(held: Labels, typed: Words) -> list[Unit]:
    """ "chapter 3" as sect. III and "section II" as sect. 2, where all sections of the document are numbered so."""
    if typed[0] != "sect" or len(typed) < 2:
        return []
    first = held.sections
    if typed[1].isdigit() and all(set(number) <= set("ivxl") for number in first):
        return _spelled(held, ("sect", _roman(int(typed[1])), *typed[2:])) if len(typed[1]) < 3 else []
    values = {_roman(number): str(number) for number in range(1, 40)}
    if typed[1] in values and all(number.isdigit() for number in first):
        return _spelled(held, ("sect", values[typed[1]], *typed[2:]))
    return []


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def lettered(held: Labels, typed: Words) -> list[Unit]:
    """ "Article I, paragraph (b)": an item of the one paragraph of an article, which has no number of its own."""
    wanted = _unparagraphed(typed)
    if len(typed) < 2 or not re.fullmatch(r"\(?[a-z]{1,5}\)?", typed[-1]) or KINDS & set(typed[-1:]):
        return []
    last, short = typed[-1].strip("()"), bare(wanted)
    rows = held.by_last.get(last, ())
    found = [u for u, own in rows if own[-1].strip("()") == last and bare(_unparagraphed(own)) == short]
    return found if len(found) == 1 else []


def _unparagraphed(own: Words) -> Words:
    """Words without a paragraph that has no printed number."""
    kept = [
        word
        for at, word in enumerate(own)
        if word not in ("unnumbered", "para") and not (word.isdigit() and "unnumbered" in own[max(0, at - 2) : at])
    ]
    return tuple(kept)


def headed(held: Labels, typed: Words) -> list[Unit]:
    """ "Appendix 1" as the heading "APP 1", "Appendix II" as the heading "Appendices I, II and III"."""
    if len(typed) != 2 or typed[0] not in _ATTACHED:
        return []
    titles = re.compile(_ATTACHED[typed[0]] + rf"(?:[\w, ]*[, ])?{re.escape(typed[1])}(?=$|[\s:.,])")
    found = [unit for unit, text in held.attached[typed[0]] if titles.match(text)]
    return found if len(found) == 1 else []


OTHER_NUMERAL = {str(number): _roman(number) for number in range(1, 40)}
OTHER_NUMERAL |= {roman: number for number, roman in OTHER_NUMERAL.items()}
"""Numbers in the other numerals."""


def _within(held: Labels, typed: Words) -> list[Unit]:
    """Units under a heading that is named before them, though their address does not repeat it: "sect. II, para. 4"."""
    if typed[0] not in ("sect", "annex", "title"):
        return []
    for cut in range(len(typed) - 1, 0, -1):
        if typed[cut] not in KINDS:
            continue
        above = [unit for unit in labelled(held, typed[:cut]) if unit.kind is Kind.HEADING]
        if len(above) == 1:
            return labelled(below(held, above[0]), typed[cut:])
    return []


def elsewhere(held: Labels, typed: Words) -> list[Unit]:
    """The units that the end of an address means, which do not stand under the heading named before them."""
    cuts = [at for at in range(1, len(typed)) if typed[at] in KINDS]
    above = bool(cuts) and typed[0] in ("sect", "annex") and bool(labelled(held, typed[: cuts[0]]))
    return labelled(held, typed[cuts[0] :]) if above else []


def below(held: Labels, heading: Unit) -> Labels:
    """The labels of the units that stand under a heading: up to the next one that is not below it."""
    at = next(number for number, (unit, _) in enumerate(held.rows) if unit is heading)
    own = held.rows[at][1]
    stop = next((n for n in range(at + 1, len(held.rows)) if _closes(own, *held.rows[n])), len(held.rows))
    return Labels(held.document, held.rows[at + 1 : stop], held.reduced)


def _closes(own: Words, unit: Unit, other: Words) -> bool:
    """Whether a unit is a heading that ends what stands under the heading with these words."""
    if unit.kind is not Kind.HEADING or other[: len(own)] == own:
        return False
    if other[0] == "annex":
        return True
    return own[0] == "sect" and other[0] == "sect" and len(other) <= len(own)


def same_place(units: Sequence[Unit]) -> bool:
    """Whether units have one label: an address that is printed more than once."""
    return len({re.sub(r"\W+", " ", unit.label) for unit in units}) == 1
