"""Closing lines: the meeting and date at which a decision was adopted, and the words with which a treaty was signed.

They are of the decision or treaty as a whole and part of none of its paragraphs.
"""

from __future__ import annotations

import re

from taqa.domain import Address, Kind
from taqa.ingest.structure.divisions import ARTICLE
from taqa.ingest.structure.position import Beginning, Position

_DAY = r"(?:\d{1,2}|…)(?:er)?"
_MONTH = r"(?:de\s+)?[^\W\d_]{3,10}"
_DATE = rf"{_DAY}(?:\s+{_MONTH})?(?:\s*(?:[-‐‑–]|and|et|y|to)\s*{_DAY})?\s+{_MONTH}\s+(?:de\s+)?\d{{4}}"
_NTH = r"(?:\d{1,4}|…)\s?(?:st|nd|rd|th|e|ème|re|\.?ª|a)?"
_ADOPTED = (
    r"(?:adopted|done|adoptée?s?|faite?|aprobad[ao]s?|hech[ao])\s+(?:at|à|lors\s+de|en)\s+(?:(?:the|its|la|sa|su)\s+)?"
)
_MEETING = re.compile(
    rf"^\[?(?P<adopted>{_ADOPTED})?{_NTH}\s+"
    r"(?:(?P<plenary>plenary\s+)?meeting|séance(?P<pleniere>\s+plénière)?|sesión(?P<plenaria>\s+plenaria)?)"
    rf"(?P<date>(?:,|,?\s+on|,?\s+le|,?\s+el)?\s+{_DATE})?[.,]?\]?$",
    re.IGNORECASE,
)
_DATE_ALONE = re.compile(rf"^{_DATE}[.,]?$")
_VOTE = re.compile(r"^\[(?:adopted|adoptée?s?|aprobad[ao]s?)\b", re.IGNORECASE)
_TESTIMONIUM = re.compile(
    r"^(?:IN\s+WITT?NESS\s+WHEREOF|In\s+witness\s+whereof|EN\s+FOI\s+DE\s+QUOI|En\s+foi\s+de\s+quoi"
    r"|EN\s+FE\s+DE\s+LO\s+CUAL|En\s+fe\s+de\s+lo\s+cual|DONE\s+(?:at|in|AT|IN)|FAIT\s+(?:à|À)|HECH[OA]\s+(?:en|EN))\b"
)


def read_closing(at: Position, begun: Beginning) -> bool:
    """Open or continue the closing line of a decision, resolution or treaty, if the line is one."""
    line = begun.line
    if not begun.fresh or begun.label or line.bullet or line.heading or line.bold:
        return False
    if at.current is not None and at.current.closing and _goes_on(line.text):
        at.append(line)
        return True
    meeting = _is_meeting(at, begun)
    if not meeting and not (at.sections.in_article and _TESTIMONIUM.match(line.text)):
        return False
    at.leave_paragraph()
    at.paragraph, at.aside = None, ()
    whole = _whole(at, meeting)
    at.preamble = at.acting = False
    address = (*whole, at.count(whole, "unnumbered para."))
    draft = at.write(Kind.UNNUMBERED, address, line, counted=True)
    draft.headings, draft.part, draft.closing = at.sections.titles()[: len(whole)], whole, meeting
    at.base = None
    return True


def _goes_on(text: str) -> bool:
    """Whether a line goes on with that of a meeting: its date, or how the vote went."""
    return bool(_DATE_ALONE.match(text) or _VOTE.match(text))


def _is_meeting(at: Position, begun: Beginning) -> bool:
    """Whether a line is nothing but "9th plenary meeting", or another meeting with its date on the line or below."""
    match = _MEETING.match(begun.line.text)
    if match is None:
        return False
    below, _ = next(at.paper.below(begun.i), (None, None))
    dated = match.group("date") or (below is not None and _DATE_ALONE.match(below.text))
    return bool(dated or any(match.group(name) for name in ("adopted", "plenary", "pleniere", "plenaria")))


def _whole(at: Position, meeting: bool) -> Address:
    """Address of what closes: the decision, the treaty with its annexes, or the section that shows one."""
    if at.sections.in_act:
        return at.sections.part[:1]
    if meeting and not at.acting:
        return at.sections.address()
    return tuple(part for part in at.sections.part if not part.startswith(ARTICLE))
