"""Names of treaties in a text: "Basel Convention", "Convention on Biological Diversity", never "the Convention"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NOUN = r"(?:Convention|Protocol|Agreement|Treaty|Covenant|Charter)"
_KIND = rf"\b{_NOUN}\b"
_NO_SUBJECT = (
    r"(?!(?:Articles?|Paragraphs?|Annex|Annexes|Section|Part(?:y|ies)|Conferences?|Meeting|Secretariat|States?"
    rf"|Governments?|Distr|{_NOUN})\b)"
)
_APART = r"(?<![\w’'‐‑–-])"
_WORD = r"[A-Z][\w’'‐‑–-]*"
_SUBJECT_WORD = rf"{_NO_SUBJECT}{_WORD}"
_LINK = r"(?:of|the|and|and/or|or|on|in|to|for|from|by|with|that|as|their|its|certain|those|between|under|into|through)"
_OPENS = r"(?:on|for|against|concerning|regarding|relating to|to)"
_STEP = (
    rf"(?:(?! (?:{_LINK} ){{1,3}}(?:{_WORD} ){{0,5}}{_NOUN}\b)(?: {_LINK}){{0,3}} {_SUBJECT_WORD}"
    rf"|, (?=[^.;:]{{0,200}}? and [A-Z]){_SUBJECT_WORD})"
)
_SUBJECT = rf" {_OPENS}(?: {_LINK}){{0,2}} {_SUBJECT_WORD}{_STEP}{{0,30}}"
_PARENT = rf" to the (?:{_WORD} ){{0,5}}{_NOUN}\b(?:{_SUBJECT})?"
_NAME = re.compile(rf"{_APART}(?P<head>(?:{_WORD} ){{0,6}}(?P<noun>{_NOUN}))\b(?:{_SUBJECT})?(?:{_PARENT})?")
_LEADING = re.compile(
    r"(?:(?:The|This|That|These|An?|In|Under|Of|On|To|By|For|From|As|See|Both|Each|Per|Its|Their|And|Or|If|When|While"
    r"|Where|Unlike|Like|With|Within|Since|Pursuant|Articles?|Art|Paragraphs?|Para|Present|Said|Draft|New|Future"
    r"|Relevant|Such|Another|Any|Every|Other|Parties|States|Conference|Secretariat)\s+)+"
)
_SEVERAL = re.compile(rf"{_APART}[A-Z][\w-]* (?i:{_NOUN}s|Treaties)\b")
_DEFINES = r"\s*\((?:[^()“”\"]{{0,40}}\s)?[“\"‘'](?:the )?{noun}[”\"’']\)"


@dataclass(frozen=True, slots=True)
class Name:
    """A treaty named in a text at `start`..`end`: "Basel Convention on …"; `head` ends with its `noun`."""

    text: str
    head: str
    noun: str
    start: int
    end: int


def names(text: str) -> list[Name]:
    """Treaties that a text names, in order. "The Convention" and "the Protocol to the Convention" name none."""
    found: list[Name] = []
    for match in _NAME.finditer(text):
        lead = _LEADING.match(match.group("head") + " ")
        skipped = min(lead.end(), len(match.group("head")) - len(match.group("noun"))) if lead else 0
        whole, head = match.group()[skipped:], match.group("head")[skipped:]
        if re.search(r"[A-Z]", re.sub(_KIND, "", whole)):
            found.append(Name(whole, head, match.group("noun"), match.start() + skipped, match.end()))
    return found


def names_several(text: str) -> bool:
    """Whether a text speaks of several treaties at once: "the Basel and Stockholm conventions"."""
    return _SEVERAL.search(text) is not None


def only(text: str, noun: str = "") -> tuple[Name | None, bool]:
    """The one treaty that a text names (of that noun, where one is given), and whether the text names any."""
    found = [name for name in names(text) if noun in ("", name.noun)]
    heads = {name.head if name.head != name.noun else name.text for name in found}
    if names_several(text) or len(heads) > 1:
        return None, True
    return (found[0], True) if found else (None, False)


def defined(texts: Iterable[str], noun: str) -> Name | None:
    """What a document says that it calls "the Convention": 'the Basel Convention (hereinafter "the Convention")'."""
    pattern = re.compile(_DEFINES.format(noun=noun))
    found = [name for text in texts for name in names(text) if pattern.match(text, name.end)]
    return found[0] if len({name.head for name in found}) == 1 else None


def in_short(name: Name, printed: Sequence[Name]) -> str:
    """The name as a reference gives it: without its subject where the document prints it so too."""
    alone = name.head != name.noun and any(other.text == name.head for other in printed)
    return name.head if alone else name.text


def in_full(name: Name, printed: Sequence[Name]) -> str:
    """The name with its subject, in the form that the document prints most often; as it stands where it prints none."""
    if name.text != name.head:
        return name.text
    counts = Counter(other.text for other in printed if other.head == name.head and other.text != name.head)
    return max(counts, key=lambda text: (counts[text], len(text))) if counts else name.text
