"""The steps of references in running text: "paragraphs 2-4", "article 12", "annex II", "decision SC-1/15", a symbol.

A step is a word for a kind of place with its numbers, or the name of a document. How steps hang together is another
matter (`chains`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from taqa.references.folding import fold, level, symbol_key
from taqa.references.mentions import find

StepKind = Literal[
    "symbol", "decision", "treaty", "annex", "appendix", "section", "article", "paragraph", "label", "footnote"
]

RANK: dict[StepKind, int] = {
    "symbol": 1,
    "decision": 1,
    "treaty": 1,
    "annex": 2,
    "appendix": 3,
    "section": 4,
    "article": 5,
    "paragraph": 6,
    "label": 7,
    "footnote": 8,
}
"""The wider a place, the lower."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of the numbers of a step, normalised ("para. 2 (a)", "sc-1/15"), printed at `start`..`end`.

    Members of a range stand at the place of the whole range.
    """

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its kind, its members in order, and where it is printed, its word included.

    `bearing` is where one points that names nothing ("own", "same", "treaty", "other"), `noun` what it calls that.
    """

    kind: StepKind
    members: tuple[Member, ...]
    start: int
    end: int
    bearing: str = ""
    noun: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    """How a kind of step is printed: its word, one of its numbers, whether a list may follow the singular."""

    kind: StepKind
    word: re.Pattern[str]
    number: re.Pattern[str]
    plural: re.Pattern[str] | None
    prefix: str


_LABEL = r"(?:\s?(?:\([a-z]{1,5}\)|\([a-z]-[a-z]\)|\(\d{1,2}\)|\b[a-h]\)|\b[ivx]{1,5}\)|(?<=\d)[a-z]\)))"
_INSERTED = r"(?:\s?(?:bis|ter|quater)\b)?"
_PLACE = re.compile(
    rf"\d{{1,4}}(?![\d%/]|\.\d{{4}}){_INSERTED}(?:\.\d{{1,2}}\b)?{_LABEL}*|(?:\([a-z]{{1,5}}\)){_LABEL}*"
)
_ARTICLE = re.compile(rf"(?:\d{{1,3}}(?:[A-Z]\b)?(?![\d%/])|[IVXLC]{{1,7}}\b){_INSERTED}(?:\.\d{{1,2}}\b)?{_LABEL}*")
_DIVISION = re.compile(r"(?:[IVXLC]{1,6}|[A-Z]|\d{1,2})(?:\.(?:[A-Z]|\d{1,2}|[ivx]{1,4})\b)*(?![\w/-]|\.\d)(?:/\d+)?")
_ANNEX = re.compile(r"(?:[IVXLC]{1,6}|[A-Z]|\d{1,2})(?![\w/’'])(?:/\d+)?(?:\s[A-Z](?=[’',;.]))?")
_LABELS = re.compile(rf"(?:\([a-z]{{1,5}}\)|\b[a-h]\)|\b[ivx]{{1,5}}\)){_LABEL}*")
_BARE_LABEL = re.compile(rf"{_LABELS.pattern}|[a-h]\b(?![’'-])")
_NOTE = re.compile(r"\d{1,3}\b|\*{1,3}")
_DECIDED = re.compile(
    r"(?:[A-Z]{2,5}-|SS\.)?(?:[IVXLC]{1,7}|\d{1,4})/(?:[A-Z]{2,6}\.)?\d{1,4}(?![\w/])(?:\s[A-Z](?:[-,\s]+[A-Z])*(?=[,.;)\s]))?"
    r"|\d{1,4}(?:\s[A-Z])?\s\((?:\d{4}|S-[IVXL]+|[IVXL]+)\)"
)
_OWN_NAME = re.compile(
    r"[A-Z]{2,5}-\d{1,3}/\d{1,3}|\d{1,3}/[A-Z]{2,6}\.\d{1,3}|SS\.[IVXL]+/\d{1,3}|[IVXL]{1,6}/\d{1,3}"
)
"""A decision that is told by its number alone."""
_NUMBERED = re.compile(r"\d{1,3}/[a-z]{2,6}\.\d{1,3}")
"""The number of a conference that counts its resolutions apart from its decisions."""


def _form(kind: StepKind, word: str, number: re.Pattern[str], plural: str, prefix: str) -> _Form:
    return _Form(kind, re.compile(word), number, re.compile(plural) if plural else None, prefix)


_FORMS = (
    _form("paragraph", r"\b[Pp]ara(?:graph)?s?\b\.?\s*|[§¶]+\s*", _PLACE, r"[Pp]ara(?:graph)?s|§§|¶¶", "para."),
    _form("label", r"\b[Ss]ub-?\s?para(?:graph)?s?\b\.?\s*", _BARE_LABEL, "", ""),
    _form("article", r"\b(?:[Aa]rticles?\b|[Aa]rts?\.|ARTICLES?\b)\s*", _ARTICLE, r"[Aa]rt(?:icle)?s", "art."),
    _form("annex", r"\b(?:[Aa]nnex(?:es)?|ANNEX(?:ES)?)\s+", _ANNEX, "", "annex"),
    _form("appendix", r"\b(?:[Aa]ppendi(?:x|ces))\s+", _ANNEX, "", "appendix"),
    _form(
        "section", r"\b(?:[Ss]ections?|[Ss]ects?\.|[Cc]hapters?|[Cc]hap\.|[Pp]arts?)\s+", _DIVISION, r".*s\b", "sect."
    ),
    _form("section", r"\b[Rr]ules?\s+", _NOTE, r".*s\b", "rule"),
    _form("footnote", r"\b(?:[Ff]ootnotes?|[Ff]n\.)\s*", _NOTE, r"[Ff]ootnotes", "footnote"),
    _form(
        "decision",
        r"\b(?:[Dd]ecisions?|[Rr]esolutions?|[Dd]ecs?\.|[Rr]es\.|RESOLUTIONS?|DECISIONS?)\s+"
        r"(?:(?:[^\d.;()]{0,120}\b)?(?:in particular|particularly|including|notably|namely),?\s+)?",
        _DECIDED,
        "",
        "",
    ),
)
_JOINT = re.compile(r"\s*(?:,\s*(?:and/or|and|or)\b|,|and/or\b|\band\b|\bor\b)\s*")
_UNJOINED = re.compile(r"\s+(?=\d{3,4} \(\d{4}\))")
"""Between two resolutions whose comma was left out."""
_ONE = r"(?:[A-Z][^.;:()\d]{3,80}?|[Aa]rticle \d+(?: bis)?)"
_ANOTHER = re.compile(rf" of (?:the )?{_ONE},? (?:and|or) (?=\d)| of (?:the )?{_ONE}, (?=\d)")
"""From a number of one treaty or article to that of another."""
_OF_NAME = re.compile(rf",? of (?:the )?{_ONE}")
_WITHIN = re.compile(r"\(?([a-z])-([a-z])\)")
_THROUGH = re.compile(r"\s*(?:-|\bto\b|\bthrough\b)\s*")
_CLOSED = re.compile(
    r"(?=\s*(?:$|[,.;:)\]]|(?:and|or|to|of|in|above|below|thereof|hereof|shall|may|is|are|as|that)\b))"
)
"""What may follow a number of a list, so that "Annex I, A Party" is not annex A."""
_GOES_ON = re.compile(r"\s+(?!(?:of|to|in|and|or|above|below)\b)[a-z]")
_BARE_ANNEX = re.compile(
    r"^(?P<first>[Aa]nnex)\b(?=\s+(?:to|of)\b)|\b(?:in|see|under|to|and|including)\s+(?:the|its)\s+(?P<led>[Aa]nnex)\b|\b(?:[Tt]he|its)\s+(?P<of>[Aa]nnex)\b"
    r"(?=\s+(?:(?:to|of|hereto|below|above|contains)\b|\((?:see|below)))|(?<=[\w)]),\s+(?P<listed>annex)\b"
    r"|(?<=[\d)A-Z])\sof\sthe\s(?P<whole>annex)\b"
    r"|\b(?P<several>annexes)(?= to (?:document|decision)s? )"
)
_CONTINUED = re.compile(
    r"(?:\s*,\s*|\s*,?\s+(?:and|or)\s+|\s*&\s*)(?P<more>/[A-Za-z.]*\d+(?:/[A-Z][a-z]+\.\d+)*"
    r"|(?:Add|Corr|Rev|Amend)\.\d+(?:/[A-Z][a-z]+\.\d+)*)(?![\w/])"
)
_MODIFIED = re.compile(r"(?:/(?:add|corr|rev|amend)\.\d+)+$")
MOST = 200
"""Members that one range may have; a longer one gives its ends."""
_ROMAN = ["", *"i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()]


def steps(text: str) -> list[Step]:
    """All steps of a text but the names of treaties, in order; none overlaps another."""
    plain = level(text)
    found = [*_symbols(text), *(step for form in _FORMS for step in _of_form(form, plain))]
    found += _lone_decisions(text)
    found += _bare_annexes(plain)
    kept: list[Step] = []
    for step in sorted(found, key=lambda step: (step.start, -step.end)):
        if not kept or step.start >= kept[-1].end:
            kept.append(step)
    return kept


def _of_form(form: _Form, plain: str) -> Iterator[Step]:
    for word in form.word.finditer(plain):
        first = form.number.match(plain, word.end())
        if first is None or not _fits(form, word.group(), plain, first):
            continue
        members = _members(form, word.group(), plain, first)
        if members:
            own = Member(members[0].name, word.start() if form.kind != "decision" else members[0].start, members[0].end)
            yield Step(form.kind, (own, *members[1:]), word.start(), members[-1].end)
            yield from _elliptical(form, word.group(), plain, members[-1].end)


def _elliptical(form: _Form, word: str, plain: str, at: int) -> Iterator[Step]:
    """The 14 of "articles 12 of the Stockholm Convention and 14 of the Minamata Convention"."""
    if form.kind not in ("article", "paragraph") or form.plural is None or not form.plural.match(word.strip()):
        return
    while between := _ANOTHER.match(plain, at):
        first = form.number.match(plain, between.end())
        if first is None or not _OF_NAME.match(plain, first.end()):
            return
        number = Member(_name(form, word, first.group()), *first.span())
        yield Step(form.kind, (number,), *first.span())
        at = first.end()


def _fits(form: _Form, word: str, plain: str, first: re.Match[str]) -> bool:
    """Whether what follows a word is its number: "part I of" is, "section A new" is not, "parts 2 of" is none."""
    if form.kind != "section":
        return True
    if first.group() in ("A", "I") and _GOES_ON.match(plain, first.end()):
        return False
    return word[0] != "p" or not first.group().isdigit()


def _members(form: _Form, word: str, plain: str, first: re.Match[str]) -> list[Member]:
    """The numbers of a list: "2, 4 and 6-8", "1 (a) and (c)", "A, B or C"."""
    members = [Member(_name(form, word, number), *first.span()) for number in _written_out(first.group())]
    listed = form.plural is None or form.plural.match(word.strip()) is not None
    before, at = first.group(), first.end()
    while True:
        through = _THROUGH.match(plain, at)
        if through and (last := _next(form, plain, through.end(), before, listed=True)):
            start = members[-1].start
            names = _range(before, last[0])
            if names is None:
                break
            members[-1:] = [Member(_name(form, word, name), start, last[1]) for name in names]
            before, at = last[0], last[1]
            continue
        joint = _JOINT.match(plain, at) or (_UNJOINED.match(plain, at) if form.kind == "decision" else None)
        spoken = joint is not None and joint.group().strip() != ","
        following = _next(form, plain, joint.end(), before, listed=listed, spoken=spoken) if joint else None
        if joint is None or following is None:
            break
        before, at = following
        members += [Member(_name(form, word, number), joint.end(), at) for number in _written_out(before)]
    return members


def _written_out(number: str) -> list[str]:
    """ "23 (c-e)" as "23 (c)", "23 (d)" and "23 (e)"; any other number as it is."""
    match = _WITHIN.search(number)
    if match is None or match[1] >= match[2]:
        return [number]
    letters = (chr(code) for code in range(ord(match[1]), ord(match[2]) + 1))
    return [f"{number[: match.start()]}({letter}){number[match.end() :]}" for letter in letters]


def _next(
    form: _Form, plain: str, at: int, before: str, *, listed: bool, spoken: bool = False
) -> tuple[str, int] | None:
    """The number that a list goes on with, written out, and its end."""
    match = form.number.match(plain, at)
    if match is None and form.kind in ("paragraph", "article"):
        match = _LABELS.match(plain, at)
    sure = form.kind == "decision" or (listed and spoken and match is not None and match.group()[0].isdigit())
    of_article = (
        match is not None and form.kind == "article" and re.match(r" of (?:the )?[Aa]rticle", plain[match.end() :])
    )
    if match is None or of_article or not (sure or _CLOSED.match(plain, match.end())):
        return None
    number = match.group()
    if number[0] == "(" or _LABELS.fullmatch(number):
        return _completed(before, number), match.end()
    if form.kind == "decision" or listed or re.match(r"\s+(?:of|above|below)\b", plain[match.end() :]):
        alike = number[0].isdigit() == before[0].isdigit()
        return (number, match.end()) if alike or form.kind == "decision" else None
    return None


def _completed(before: str, label: str) -> str:
    """A label that leaves out what stands before it: after "1 (a)", "(c)" is "1 (c)"; after "1 (a) (i)", "(ii)" is
    "1 (a) (ii)"."""
    parts = re.findall(r"\(?\w+\)|\w+(?:\s(?:bis|ter))?", before)
    roman = re.fullmatch(r"[ivx]+", label.strip("()")) is not None
    labels = [at for at, part in enumerate(parts) if part.endswith(")")]
    if roman and labels:
        alike = [at for at in labels if re.fullmatch(r"[ivx]+", parts[at].strip("()"))]
        cut = alike[-1] if alike else labels[-1] + (0 if parts[labels[-1]].strip("()") in "hijkuvwx" else 1)
    else:
        cut = labels[0] if labels else len(parts)
    return " ".join([*parts[:cut], label])


def _range(first: str, last: str) -> list[str] | None:
    """All members from one number to another; None where they make no range."""
    low, high = (re.fullmatch(r"(.*?)(\(?\b\w+\)?)", text.strip()) for text in (first, last))
    if low is None or high is None or high[1].strip() not in ("", low[1].strip()):
        return [first, last]
    head, a, b = low[1], low[2].strip("()"), high[2].strip("()")
    bracket = "({})" if low[2].endswith(")") else "{}"
    if a.isdigit() and b.isdigit():
        if int(b) <= int(a):
            return None
        names = [str(number) for number in range(int(a), int(b) + 1)]
    elif a.casefold() in _ROMAN[1:] and b.casefold() in _ROMAN[1:] and len(b) + len(a) > 2:
        spelled = range(_ROMAN.index(a.casefold()), _ROMAN.index(b.casefold()) + 1)
        names = [_ROMAN[number].upper() if a.isupper() else _ROMAN[number] for number in spelled]
    elif len(a) == len(b) == 1 and a < b and a.isalpha():
        names = [chr(code) for code in range(ord(a), ord(b) + 1)]
    else:
        return [first, last]
    names = names if len(names) <= MOST else [names[0], names[-1]]
    return [head + bracket.format(name) for name in names] or None


def _name(form: _Form, word: str, number: str) -> str:
    """A number as all its spellings are told: "para. 2 (a)", "annex ii", "resolution 65/1"."""
    if form.kind == "decision":
        return decided(word, number)
    if form.kind == "section":
        return f"{form.prefix} {fold(number)}"
    parts = re.findall(r"\(?[\w*./]+\)?", fold(number))
    labels = [f"({part.strip('()')})" if part.endswith(")") or form.kind == "label" else part for part in parts]
    return " ".join(filter(None, (form.prefix, *labels)))


def decided(word: str, number: str) -> str:
    """The key of a decision or resolution; a conference's resolution 1/CP.21 is not its decision 1/CP.21."""
    called = "resolution" if word.casefold().startswith("r") else "decision"
    if not _OWN_NAME.fullmatch(number.upper()):
        return f"{called} {fold(number)}"
    key = symbol_key(number)
    return f"{called} {key}" if called == "resolution" and _NUMBERED.fullmatch(key) else key


def _symbols(text: str) -> Iterator[Step]:
    """Symbols, each with what goes on after it: "UNEP/POPS/COP.1/31, /32 and Add.1"."""
    plain = level(text)
    for mention in find(text):
        if mention.kind != "symbol":
            continue
        yield Step("symbol", (Member(mention.key, mention.start, mention.end),), mention.start, mention.end)
        key, at = mention.key, mention.end
        while more := _CONTINUED.match(plain, at):
            last = more.group("more")
            base = _MODIFIED.sub("", key)
            key = f"{base}/{symbol_key(last)}" if last[0] != "/" else f"{base.rpartition('/')[0]}{symbol_key(last)}"
            span = more.span("more")
            yield Step("symbol", (Member(key, *span),), *span)
            at = more.end()


def _lone_decisions(text: str) -> Iterator[Step]:
    for mention in find(text):
        if mention.kind == "decision":
            yield Step("decision", (Member(mention.key, mention.start, mention.end),), mention.start, mention.end)


def _bare_annexes(plain: str) -> Iterator[Step]:
    """ "The annex to …", where an annex has no number."""
    for match in _BARE_ANNEX.finditer(plain):
        start, end = match.span(match.lastgroup or 0)
        if not re.match(r"\s+(?:[IVXLC]{1,6}|[A-Z]|\d{1,2})\b(?!\s+[a-z]+ed\b)", plain[end:]):
            yield Step("annex", (Member("annex", start, end),), start, end)
