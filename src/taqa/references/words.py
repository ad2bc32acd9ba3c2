"""A typed address as words that are equal for all its spellings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taqa.references.folding import fold

Words = tuple[str, ...]

_SHORT = (
    dict.fromkeys(("paragraph", "paragraphs", "paras", "par", "pars", "parag"), "para")
    | dict.fromkeys(("section", "sections", "sec", "secs", "sects", "chapter", "chapters", "chap", "ch"), "sect")
    | dict.fromkeys(("article", "articles", "arts"), "art")
    | dict.fromkeys(("fn", "fns", "ftn", "note", "notes", "footnotes"), "footnote")
    | {"annexes": "annex", "bullets": "bullet", "items": "item", "blocks": "block", "&": "and", "or": "and"}
    | dict.fromkeys(("through", "until"), "to")
    | dict.fromkeys(("appendices", "app", "apps"), "appendix")
    | {"parts": "part", "pt": "part", "rules": "rule", "anx": "annex"}
)
KINDS = frozenset(
    "para sect art footnote annex appendix part rule unnumbered preambular item bullet block masthead".split()
)
"""Words that open one step of an address."""
JOINTS = frozenset({"-", "to", "and", ",", ";"})
"""What stands between the members of a range or a list."""
_NOISE = frozenset("of its by in at from under on the above below see also cf document doc".split())
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ORDINAL = re.compile(
    rf"\b(?:({'|'.join(_ORDINALS)})|(\d+)(?:st|nd|rd|th)) "
    r"((?:unnumbered |preambular |operative )?"
    r"(?:para(?:graph)?\b\.?|bullet|item|block|footnote|section|chapter|article|recital))"
)
_PREAMBULAR = re.compile(
    r"\bpps? ?(?=\d)|\bpreamb(?:le|ular|\.)?,? (?:para(?:graph)?s?|pps?|recitals?)\b\.?|\brecitals? (?=\d)"
)
"""A paragraph of a preamble, as delegates write it; "pp." with a full stop is pages."""
_OPERATIVE = re.compile(r"\bops?\.? ?(?=\d)|\boperative (?:(?:part|section),? )?(?:para(?:graph)?s?\b\.?|(?=\d))")
_INSERTED = re.compile(r"\( ?([a-z]{1,5}|\d+) (bis|ter|quater) ?\)")
"""A letter put in between: "(a bis)"."""
_BELOW = re.compile(
    r"\bsub-? ?(?:para(?:graph)?s?|items?)\b\.?|\bsub-?section(?=s? ?\()"
    r"|\b(?:clauses?|letters?|lit|points?|indents?|items?)\b\.?(?= ?\(?(?!and\b|of\b)[a-z]{1,5}\b\)?)"
)
"""Names of the levels below a paragraph, which an address leaves out."""
_RANGE = r"(?<=\d) ?- ?(?=\d)|(?<=\)) ?- ?(?=\()|(?<=[ .][a-z])-(?=[a-z]{1,5}\b)|(?<=[ivxl])-(?=[ivxl]{1,5}\b)"
"""A hyphen from one number or label to another; every other one is dropped."""
_TOKEN = re.compile(rf"{_RANGE}|\( ?\w+ ?\)|\d+|[^\W\d_]+|[*†‡]+|[,;&]")
_STEP = (
    r"(?:unnumbered |preambular |operative |sub-? ?)?(?:para|par\b|sect?\b|section|chap|art\b|article|footnote|fn\b"
    r"|note\b|annex|appendi|part\b|item|bullet|block|masthead|[§¶])"
)
_WITHIN = re.compile(rf",? +(?:of|in|under|from|to|on) +(?:the +)?(?={_STEP})")


def words(text: str) -> Words:
    """Words, numbers and bracketed labels of an address, each word in its printed short form."""
    return tuple(token for token in tokens(text) if token not in (",", ";"))


def tokens(text: str) -> Words:
    """The same with commas and semicolons."""
    plain = re.sub(r"[§¶]+", " para ", fold(text).replace("∗", "*").replace("[", "(").replace("]", ")"))
    plain = _PREAMBULAR.sub(" preambular para ", _OPERATIVE.sub(" para ", _ORDINAL.sub(_counted, plain)))
    plain = _BELOW.sub(" ", plain)
    plain = _INSERTED.sub(r"(\1) \2", plain)
    found = (re.sub(r"\s+", "", token) for token in _TOKEN.findall(" ".join(plain.split())))
    return tuple(_SHORT.get(token, token) for token in found if token not in _NOISE)


def _counted(match: re.Match[str]) -> str:
    """ "third paragraph" as "paragraph 3"."""
    number = _ORDINALS.index(match[1]) + 1 if match[1] else match[2]
    return f"{match[3]} {number}"


def outermost_first(text: str) -> str:
    """ "paragraph 2 of article 12" as "article 12, paragraph 2"; a text without "of" as it is."""
    return ", ".join(reversed(_WITHIN.split(fold(text))))


def dotted(text: str) -> str:
    """Hyphens between the letters of a section as points: "I-A" as "I.A"."""
    return re.sub(r"(?<=[a-z])-(?=[a-z\d])|(?<=\d)-(?=[a-z])", ".", fold(text))


def bare(typed: Sequence[str]) -> Words:
    """Words without the brackets of labels."""
    return tuple([word.strip("()") if len(word) > 1 else word for word in typed])


def printed(typed: Sequence[str]) -> str:
    """Words as an editor would print them: ("para", "29", "(c)") -> "para. 29 (c)"."""
    short = {"para": "para.", "sect": "sect.", "art": "art."}
    return " ".join(short.get(word, word) for word in typed)
