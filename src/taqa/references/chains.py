"""References in running text, read whole: which step is part of which ("paragraph 2 of article 12")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from taqa.references.folding import level
from taqa.references.referents import referents
from taqa.references.steps import RANK, Step, steps

ReferenceKind = Literal["symbol", "decision", "article", "paragraph", "annex", "footnote"]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in a text: `path` from the document or treaty inwards, printed at `start`..`end`.

    `bearing` tells what the path begins in where that is no name: its own document ("own", "above", "below"), a treaty
    that the context tells ("treaty", of that `noun`), what was named before ("same"), what is told in words ("other").
    """

    kind: ReferenceKind
    path: Path
    start: int
    end: int
    bearing: str = ""
    noun: str = ""

    @property
    def key(self) -> str:
        """The folded form, equal for all spellings: "stockholm convention, art. 12, para. 2"."""
        return ", ".join(self.path)


_SHOWN: dict[str, ReferenceKind] = {
    "symbol": "symbol",
    "decision": "decision",
    "article": "article",
    "paragraph": "paragraph",
    "label": "paragraph",
    "annex": "annex",
    "appendix": "annex",
    "footnote": "footnote",
}
_LED = (
    r"(?:(?:the|its|that|their|said|relevant|draft|document|documents|Council|Assembly|General Assembly"
    r"|Security Council"
    r"|Human Rights Council|Economic and Social Council|Governing Council|Conference|of the Conference of the Parties"
    r"|provisions of|COP) )*"
)
_CONTAINED = r"(?:contained|set out|set forth|included|reproduced|annexed|appended)"
_OF = re.compile(
    rf"\s?(?:(?:(?:of|in) (?:the |its |those )?(?:[a-z-]+ ){{1,6}}?)?(?:as )?{_CONTAINED} )?"
    rf"(?:of|to|in|under|from) {_LED}"
)
_IN = re.compile(rf"(?: as)? {_CONTAINED} (?:in|to) (?:the )?")
_COMMA_OF = re.compile(rf",? (?:of|to|in|under|from) {_LED}")
_INWARDS = re.compile(
    r"(?:,|:)?\s?(?:\(|at |(?:and )?in particular (?:in )?(?:its )?|especially (?:its )?|notably (?:its )?|in its )?"
)
_BESIDE = re.compile(
    r",?\s?(?:(?:and/or|and|or|as well as)\b)?\s?(?:(?:with|in|of|to|under|from) )?(?:the )?(?:provisions of )?"
)
_RELATIVE = re.compile(r"\s*,?\s*(?P<word>above|below|hereof|herein|supra|infra|thereof)\b", re.IGNORECASE)
_TOLD = {"supra": "above", "infra": "below", "above": "above", "below": "below", "thereof": "same"}
_SHORT_PARAGRAPH = re.compile(r"(?P<article>art\. \w+)(?: \((?P<bracketed>\d+)\)|\.(?P<dotted>\d+))(?P<rest>.*)")
_OF_REPORT = re.compile(
    r"(?<!this )(?<!present )\b(?:[Rr]eport|[Ll]etter|[Ss]tatement|[Ss]tudy),? (?:in|at) (?:its )?$"
)
"""A paper that is told in words before its paragraph: "the special report in paragraphs 51-55"."""
_NEAR = 30
_ANNEX_PARTY = re.compile(r"\s(?:Part(?:y|ies)|countr(?:y|ies)|States?|chemicals?)\b")


def references(text: str) -> list[Reference]:
    """All references of a text, in order. Of a list or range each member is one."""
    plain = re.sub(r"\s", " ", level(text))
    held = _told_where(referents(plain, steps(plain)), plain)
    parents = _parents(held, plain)
    found: list[Reference] = []
    for at, step in enumerate(held):
        shown = _SHOWN.get(step.kind)
        if shown is None or not step.members[0].name:
            continue
        outer, bearing, noun = _outer(at, held, parents, plain)
        for member in step.members:
            path = _joined((*outer, member.name))
            kind = "paragraph" if shown == "article" and path[-1].startswith("para.") else shown
            found.append(Reference(kind, path, member.start, member.end, bearing, noun))
    return found


def _told_where(held: Sequence[Step], plain: str) -> list[Step]:
    """Without what is told in words where its place follows: "the guidelines contained in annex I"."""
    follow = [*(step.start for step in held[1:]), len(plain)]
    return [
        step
        for step, start in zip(held, follow[: len(held)], strict=True)
        if step.bearing != "other" or step.members[0].name or not _IN.fullmatch(plain[step.end : max(start, step.end)])
    ]


def _joined(path: Path) -> Path:
    """The path with labels beside the paragraph that they are of, and "art. 12 (4)" as article 12, paragraph 4."""
    joined: list[str] = []
    for part in path:
        short = _SHORT_PARAGRAPH.fullmatch(part)
        if part.startswith("(") and joined and joined[-1].startswith("para."):
            joined[-1] += f" {part}"
        elif short:
            joined += [short["article"], f"para. {short['bracketed'] or short['dotted']}{short['rest']}"]
        else:
            joined.append(part)
    return tuple(joined)


def _parents(held: Sequence[Step], plain: str) -> list[int | None]:
    """For each step the one that it is part of."""
    parents: list[int | None] = [None] * len(held)
    gaps = [plain[a.end : b.start] for a, b in pairwise(held)]
    for at, gap in enumerate(gaps):  # "paragraph 2 of article 12"
        if (
            at
            and RANK[held[at + 1].kind] < RANK[held[at - 1].kind] < RANK[held[at].kind]
            and _INWARDS.fullmatch(gaps[at - 1])
        ):
            continue
        if RANK[held[at].kind] > RANK[held[at + 1].kind] and _OF.fullmatch(gap):
            parents[at] = at + 1
    for at in range(1, len(held)):  # "article 12, paragraph 2"
        _join_inwards(at, held, parents, gaps[at - 1], plain)
    for at, gap in enumerate(gaps):  # "article 12, paragraph 2, of the Convention"
        top = _top(at, parents)
        if RANK[held[top].kind] > RANK[held[at + 1].kind] and parents[top] is None and _COMMA_OF.fullmatch(gap):
            parents[top] = at + 1
    for at in range(len(gaps) - 1, -1, -1):  # "article 4, paragraph 1, and article 12 of the Convention"
        top, other = _top(at, parents, stop=at + 1), _first_like(at, at + 1, held, parents)
        if other is None or held[top].kind != held[other].kind or parents[top] is not None or top > at:
            continue
        if parents[other] is not None and parents[other] != top and _BESIDE.fullmatch(gaps[at]):
            parents[top] = parents[other]
    return parents


def _join_inwards(at: int, held: Sequence[Step], parents: list[int | None], gap: str, plain: str) -> None:
    top = _top(at, parents)
    if _RELATIVE.match(plain, held[at].end) or (held[at].kind == "annex" and _ANNEX_PARTY.match(plain, held[at].end)):
        return
    before: int | None = at - 1
    if top == at and _INWARDS.fullmatch(gap) and gap and RANK[held[at - 1].kind] < RANK[held[at].kind]:
        said_later = RANK[held[at - 1].kind] == 1 and _ends_outwards(at, held, plain)
        if not said_later and (held[at - 1].kind != "treaty" or gap.startswith(",")):
            parents[at] = at - 1
        return
    if top != at and gap.strip() == "," and RANK[held[at - 1].kind] < RANK[held[top].kind] and parents[top] is None:
        parents[top] = at - 1
        return
    if parents[at] is not None or not _BESIDE.fullmatch(gap) or not gap.strip():
        return
    while before is not None:  # "article 12, paragraph 2, and paragraph 4"
        if held[before].kind == held[at].kind and (outer := parents[before]) is not None and outer < before:
            parents[at] = outer
            return
        before = parents[before] if (parents[before] or 0) < before else None


def _ends_outwards(at: int, held: Sequence[Step], plain: str) -> bool:
    """Whether a document is named after a step and those in it: "article 19, paragraph 2 (b), of the Convention"."""
    for step, following in zip(held[at:], held[at + 1 :], strict=False):
        gap = plain[step.end : following.start]
        if RANK[following.kind] <= RANK[step.kind] or not _INWARDS.fullmatch(gap):
            return RANK[following.kind] == 1 and _COMMA_OF.fullmatch(gap) is not None
    return False


def _top(at: int, parents: Sequence[int | None], stop: int | None = None) -> int:
    """The outermost step that a step is part of; with `stop`, among those before it."""
    for _ in range(len(parents)):
        outer = parents[at]
        if outer is None or (stop is not None and outer >= stop):
            return at
        at = outer
    return at


def _first_like(at: int, after: int, held: Sequence[Step], parents: Sequence[int | None]) -> int | None:
    """The step of the chain that begins at `after` which is of the kind of the chain that ends at `at`."""
    top = _top(at, parents, stop=after)
    other: int | None = after
    for _ in range(len(parents)):
        if other is None or held[other].kind == held[top].kind:
            return other
        other = parents[other]
    return None


def _outer(at: int, held: Sequence[Step], parents: Sequence[int | None], plain: str) -> tuple[Path, str, str]:
    """The path above a step, and what it begins in where that is no name."""
    path: list[str] = []
    chain = [at]
    while (outer := parents[chain[-1]]) is not None and outer not in chain:
        step = held[outer]
        member = step.members[-1] if outer < chain[-1] else step.members[0]
        path[:0] = [member.name] if member.name else []
        chain.append(outer)
    root = held[chain[-1]]
    if root.bearing or RANK[root.kind] == 1:
        return tuple(path), root.bearing, root.noun
    if _OF_REPORT.search(plain, max(0, root.start - _NEAR), root.start):
        return tuple(path), "other", ""
    for number in chain:
        if relative := _RELATIVE.match(plain, held[number].end):
            word = relative["word"].casefold()
            return tuple(path), _TOLD.get(word, "own"), ""
        if held[number].kind == "annex" and _ANNEX_PARTY.match(plain, held[number].end):
            return tuple(path), "treaty", "Convention"
    return tuple(path), "", ""
