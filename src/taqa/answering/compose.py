"""Evidence to drafts: which words answer, in which order. Drafts may be wrong; `ground` judges them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from taqa.answering.evidence import Sentence, Weighed, quotation, says_again, whole
from taqa.answering.question import Asks
from taqa.domain import Kind, Quotation
from taqa.library.index import HeldUnit
from taqa.retrieval.exact import Place
from taqa.retrieval.pinpoints import Pinpoint
from taqa.retrieval.search import Searcher
from taqa.retrieval.terms import terms

MAX_MENTIONS = 40
MAX_ITEMS = 60
SECOND_RATIO = 0.99
"""A further sentence must score this share of the first; eval/README.md, "lists, and a second thing"."""
NEW_COVERAGE = 0.12
"""... and cover this share of the question that the first does not; same measurement."""
LIST_RATIO = 0.65
"""Where a list is asked for, what the best one must score of the best sentence elsewhere; eval/README.md, "lists, and a
second thing"."""
BESIDES_RATIO = 0.9
"""What answers a second thing that was asked must score this share of what answers both; same measurement."""
ANNOUNCED = 0.5
"""Share of the question that a chapeau must cover for its list to answer where no list is asked for; eval/README.md,
"lists that nobody asked for"."""
DEFINITION_WORDS = 90
"""A definition is quoted to the end of its paragraph when no more than this is left of it."""

_LEANS = re.compile(
    r"^(?:it|its|they|their|this|these|those|that|such|he|she|the latter|the former|both|in addition|further(?:more)?|"
    r"moreover|however|thus|then|also|accordingly|as such|some of (?:their|its|these)|in effect)\b",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement proposed: the quotations it is made of, in reading order; before them the chapeaux that lead to the
    first, which are shown but are no places of their own ("para. 6 (b)", not "para. 6; para. 6 (b)")."""

    quotations: tuple[Quotation, ...]
    lead: tuple[Quotation, ...] = ()


def compose_fact(evidence: Weighed, searcher: Searcher) -> list[Draft]:
    """The sentence that answers; a second one from elsewhere where it covers what the first leaves open."""
    if not evidence.sentences:
        return []
    best = evidence.sentences[0]
    chosen = [best]
    for sentence in evidence.sentences[1:]:
        new = searcher.coverage(evidence.wanted, sentence.covered - best.covered)
        near = sentence.score >= SECOND_RATIO * best.score
        if near and new >= NEW_COVERAGE and not says_again(sentence, chosen, searcher):
            chosen.append(sentence)
            break
    return [draft for sentence in chosen for draft in answer_with(sentence, evidence, searcher)]


def compose_besides(evidence: Weighed, searcher: Searcher, said: Collection[Draft] = ()) -> list[Draft]:
    """What answers a second thing that was asked: its best sentence that does not only announce others; where that is
    among the drafts `said` for the first thing, the next one that is nearly as good."""
    saying = [s for s in evidence.sentences if not _announces(s, searcher)]
    new = (s for s in saying if not _is_said(s, said, searcher))
    best = next((s for s in new if s.score >= BESIDES_RATIO * saying[0].score), None)
    return [stitch(best, searcher)] if best else []


def _is_said(sentence: Sentence, drafts: Collection[Draft], searcher: Searcher) -> bool:
    """Whether a sentence stands in a quotation of one of the drafts."""
    unit = searcher.index.units[sentence.unit].unit
    quoted = (each for draft in drafts for each in draft.quotations if each.unit.id == unit.id)
    return any(each.start <= sentence.start < each.end for each in quoted)


def compose_side(evidence: Weighed, searcher: Searcher, own: Collection[str]) -> list[Draft]:
    """What one side of a comparison says in a sentence or an item: the best that does not only announce others and
    that holds a stem of the side's `own`, if it has any."""
    wanted = frozenset(own)
    saying = (s for s in evidence.sentences if not _announces(s, searcher) and (not wanted or wanted & s.covered))
    best = next(saying, None)
    return [stitch(best, searcher)] if best else []


def _announces(sentence: Sentence, searcher: Searcher) -> bool:
    """Whether a sentence is the end of a chapeau: what it says stands in the items after it."""
    unit = searcher.index.units[sentence.unit].unit
    return unit.kind is Kind.CHAPEAU and sentence.end >= len(unit.text)


def answer_with(sentence: Sentence, evidence: Weighed, searcher: Searcher) -> list[Draft]:
    """A sentence with what it needs to be an answer: the whole list where it announces one or is an item as good as
    any other."""
    held = searcher.index.units[sentence.unit]
    key = (held.document.id, held.unit.address)
    announces = _announces(sentence, searcher)
    defining = evidence.reading.asks is Asks.DEFINITION
    items = announced_items(key, evidence.findings.query, searcher) if announces and not defining else ()
    if items:
        return _list_of(Group(sentence.unit, items, sentence.score), searcher, sentence.start)
    if not defining and (group := _announced_by(sentence, evidence, searcher)):
        return _list_of(group, searcher)
    return [stitch(sentence, searcher, defining)]


def _announced_by(sentence: Sentence, evidence: Weighed, searcher: Searcher) -> Group | None:
    """The list of an item that covers no word of the question beyond its chapeau, where that covers most of it: any
    other item would do as well, so the whole list answers. Not in a follow-up, whose words are mostly those of the
    question before."""
    held = searcher.index.units[sentence.unit]
    chapeau = held.document.unit(held.unit.parent or "")
    if evidence.reading.asked or held.unit.kind is not Kind.SUBPARAGRAPH:
        return None
    if chapeau is None or chapeau.kind is not Kind.CHAPEAU:
        return None
    head = searcher.number(chapeau.id)
    if searcher.coverage(evidence.wanted, sentence.covered) < ANNOUNCED or not sentence.covered <= searcher.stems(head):
        return None
    return Group(head, direct_items((held.document.id, chapeau.address), searcher), sentence.score)


def direct_items(key: tuple[str, tuple[str, ...]], searcher: Searcher) -> tuple[int, ...]:
    """Items of an enumeration without those of the lists inside it."""
    _, items = searcher.enumerations.get(key, (None, ()))
    depth = len(key[1]) + 1
    return tuple(item for item in items if len(searcher.index.units[item].unit.address) == depth)


def announced_items(key: tuple[str, tuple[str, ...]], asked: str, searcher: Searcher) -> tuple[int, ...]:
    """Items of an enumeration; where they stand under headings of their own, those under the headings that alone have a
    word of what is asked, and all where none has."""
    if own := direct_items(key, searcher):
        return own
    parts: dict[tuple[str, ...], list[int]] = {}
    for item in searcher.enumerations.get(key, (None, ()))[1]:
        parts.setdefault(searcher.index.units[item].unit.address[: len(key[1]) + 1], []).append(item)
    named = {part: _joined(part[-1]) for part in parts}
    common = frozenset.intersection(*named.values()) if named else frozenset()
    meant = [part for part, words in named.items() if (words - common) & _joined(asked)]
    return tuple(item for part in meant or parts for item in parts[part])


def _joined(text: str) -> frozenset[str]:
    """Stems of a text, hyphenated words as one: "sub-regional" is not "regional"."""
    return frozenset(terms(_HYPHEN.sub("", text)))


def stitch(sentence: Sentence, searcher: Searcher, to_the_end: bool = False) -> Draft:
    """A sentence so that it reads: with the one it leans on, the chapeaux of an item, the whole of an item.

    `to_the_end` takes what follows it in a short unit too: a definition is often announced in one sentence and
    given in the next.
    """
    held = searcher.index.units[sentence.unit]
    unit = held.unit
    if unit.kind in (Kind.SUBPARAGRAPH, Kind.CHAPEAU) and unit.parent:
        return Draft((whole(held),), _chapeaux(held, searcher))
    if unit.kind is Kind.QUOTED:
        return Draft((whole(held),))
    start, end = sentence.start, sentence.end
    rows = [searcher.index.rows[row] for row in searcher.row_numbers[sentence.unit]][1:]
    if _LEANS.match(unit.text[start:]):
        before = [row for row in rows if row.end <= start]
        start = max(before[-1].start, unit.body) if before else start
    if to_the_end and len(unit.text[start:].split()) <= DEFINITION_WORDS:
        end = len(unit.text)
    return Draft((quotation(held, start, end),))


def _chapeaux(held: HeldUnit, searcher: Searcher) -> tuple[Quotation, ...]:
    """The last sentence of each chapeau above an item, outermost first."""
    found: list[Quotation] = []
    parent = _unit(held.unit.parent, searcher)
    while parent is not None:
        if parent.unit.kind is Kind.CHAPEAU:
            number = searcher.number(parent.unit.id)
            rows = [searcher.index.rows[row] for row in searcher.row_numbers.get(number, ())]
            nested = parent.unit.kind is Kind.CHAPEAU and parent.unit.parent
            start = 0 if nested or len(rows) < 2 else rows[-1].start
            found.insert(0, quotation(parent, start, len(parent.unit.text)))
        parent = _unit(parent.unit.parent, searcher)
    return tuple(found)


def _unit(unit_id: str | None, searcher: Searcher) -> HeldUnit | None:
    return searcher.index.units[searcher.number(unit_id)] if unit_id else None


@dataclass(frozen=True, slots=True)
class Group:
    """An enumeration: the numbers of its items in order, and of what announces it (chapeau or heading)."""

    head: int | None
    items: tuple[int, ...]
    score: float


def compose_list(evidence: Weighed, searcher: Searcher) -> list[Draft]:
    """The best enumeration whole: chapeau, then every item. Empty where a sentence outside it is clearly better."""
    groups = rank_groups(evidence, searcher)
    if not groups:
        return []
    group = groups[0]
    best = evidence.sentences[0] if evidence.sentences else None
    if best is not None and best.unit not in {*group.items, group.head} and group.score < LIST_RATIO * best.score:
        return []
    return _list_of(group, searcher, best.start if best is not None and best.unit == group.head else None)


def _list_of(group: Group, searcher: Searcher, since: int | None = None) -> list[Draft]:
    """What announces an enumeration, then each item as a statement.

    Of what announces it the last sentence, or all from `since` on where the best sentence stands there.
    """
    drafts: list[Draft] = []
    if group.head is not None:
        held = searcher.index.units[group.head]
        rows = [searcher.index.rows[row] for row in searcher.row_numbers.get(group.head, ())]
        start = rows[-1].start if len(rows) > 1 else held.unit.body
        start = start if since is None else min(start, since)
        if held.unit.kind is not Kind.HEADING:
            drafts.append(Draft((quotation(held, start, len(held.unit.text)),)))
    return drafts + [Draft((whole(searcher.index.units[item]),)) for item in group.items[:MAX_ITEMS]]


def rank_groups(evidence: Weighed, searcher: Searcher) -> list[Group]:
    """Enumerations that hold a found unit, best first; none that is announced without what the question asks for by
    kind or name.

    Scored like a sentence: by their best member and by how much of the question heading, chapeau and items cover.
    """
    seen: dict[tuple[str, tuple[str, ...]], float] = {}
    for sentence in evidence.sentences:
        held = searcher.index.units[sentence.unit]
        for key in _group_keys(held):
            if key in searcher.enumerations:
                seen[key] = max(seen.get(key, 0.0), sentence.score)
    groups: list[Group] = []
    lacking = {sentence.unit for sentence in evidence.sentences if sentence.lacks}
    lacking -= {sentence.unit for sentence in evidence.sentences if not sentence.lacks}
    for key, score in seen.items():
        head, items = searcher.enumerations[key]
        if head in lacking:
            continue
        member = searcher.index.units[items[0]]
        context = set(terms(" ".join(member.unit.heading_path)))
        announced = set(terms(searcher.index.units[head].unit.text)) if head is not None else set()
        covered = searcher.coverage(evidence.wanted, context | announced)
        own = announced_items(key, evidence.findings.query, searcher) or items
        groups.append(Group(head, own, 0.6 * score + 0.4 * covered * max(score, 0.5)))
    return sorted(groups, key=lambda g: (-g.score, g.items))


def _group_keys(held: HeldUnit) -> list[tuple[str, tuple[str, ...]]]:
    """The enumeration a unit stands in, and the one it announces."""
    address = held.unit.address
    return [(held.document.id, address), *([(held.document.id, address[:-1])] if len(address) > 1 else [])]


def compose_mentions(places: Sequence[Place], searcher: Searcher) -> list[Draft]:
    """Every place that mentions the reference asked for: its sentence, in corpus order, each unit once."""
    drafts: list[Draft] = []
    seen: set[tuple[int, int]] = set()
    for place in places:
        held = searcher.index.units[place.unit]
        start, end = sentence_at(place, searcher)
        if (place.unit, start) not in seen:
            seen.add((place.unit, start))
            drafts.append(Draft((quotation(held, start, end),)))
    return drafts[:MAX_MENTIONS]


def sentence_at(place: Place, searcher: Searcher) -> tuple[int, int]:
    """Offsets of the sentence that a place lies in; the whole unit where it has one sentence."""
    held = searcher.index.units[place.unit]
    rows = [searcher.index.rows[row] for row in searcher.row_numbers.get(place.unit, ())]
    for row in rows[1:]:
        if row.start <= place.start < row.end:
            return max(row.start, held.unit.body), row.end
    return held.unit.body, len(held.unit.text)


def compose_units(units: Sequence[int], searcher: Searcher) -> list[Draft]:
    """Whole units, each a statement: provisions asked for by number."""
    return [Draft((whole(searcher.index.units[unit]),)) for unit in units]


def compose_whole(units: Sequence[int], searcher: Searcher) -> list[Draft]:
    """Units asked for by their own number: an item with its chapeau, a chapeau with all its items."""
    drafts: list[Draft] = []
    for number in units:
        held = searcher.index.units[number]
        drafts.append(Draft((whole(held),), _chapeaux(held, searcher)))
        _, items = searcher.enumerations.get((held.document.id, held.unit.address), (None, ()))
        drafts += compose_units(items[:MAX_ITEMS], searcher)
    return drafts


def compose_pinpoint(place: Pinpoint, searcher: Searcher) -> list[Draft]:
    """A place whole: all that stands under a heading; an item with its chapeau, a chapeau with its items."""
    headed = any(searcher.index.units[unit].unit.kind is Kind.HEADING for unit in place.named)
    return compose_units(place.units[:MAX_ITEMS], searcher) if headed else compose_whole(place.named, searcher)
