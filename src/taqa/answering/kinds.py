"""What kind of answer a question asks for, in the words that negotiators use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from taqa.answering.sides import sides
from taqa.references import Mention, find, fold
from taqa.retrieval.bearers import NONE, named_together
from taqa.retrieval.exact import articles_named
from taqa.retrieval.terms import terms


class Asks(StrEnum):
    """What would be a complete answer."""

    FACT = "fact"
    DEFINITION = "definition"
    LIST = "list"
    PROVISION = "provision"
    MENTIONS = "mentions"
    COMPARISON = "comparison"
    NOTHING = "nothing"
    """A greeting or thanks: there is nothing to look up."""


class Expects(StrEnum):
    """What kind of words the answer must hold."""

    NUMBER = "number"
    DATE = "date"
    DEFINITION = "definition"


_COURTESY = re.compile(
    r"(?:(?:hello|hi|hey|greetings|good (?:morning|afternoon|evening|day|night)|thanks(?: a lot| so much| very much)?|"
    r"thank you(?: so much| very much)?|many thanks|cheers|ok|okay|great|nice|perfect|excellent|cool|fine|good|"
    r"well done|got it|understood|i see|all right|alright|right|sure|bye|goodbye|see you(?: later)?|yes|no|please|"
    r"how are you(?: doing| today)?|who are you|what are you|what can you do(?: for me)?|"
    r"help(?: me)?|there|everyone|all)"
    r"(?: |$))+"
)
_COMPARISON = re.compile(
    r"\b(?:compar\w+|differ\w*|versus|vs|contrast\w*|unlike|as opposed to|similarit\w+|in common|same as|"
    r"distinguish\w*|disagree\w*|contradict\w*|inconsisten\w*|discrepan\w*|"
    r"(?:not|\w+n't) (?:seem to )?(?:agree|match|tally)|"
    r"\d+ or \d+|against (?:that|those)|(?:of|for|in|under) (?:each|both)|"
    r"which (?:one )?(?:is|was|are|were|has|have|gets?) (?:the )?(?:\w+er|more|less|fewer))\b"
    r"|^[^,:;?]{3,50} or [^,:;?]{3,50}(?: [-–]|[:,;]) (?:whose|which|who|what|where)\b",
    re.IGNORECASE,
)
_PLURALS = (
    "activities|advantages|agencies|areas|barriers|benefits|bodies|categories|centers|centres|challenges|conditions|"
    "countries|criteria|difficulties|disadvantages|documents|elements|factors|forms|functions|goals|indicators|"
    "institutions|issues|items|kinds|lessons|means|measures|mechanisms|needs|objectives|obstacles|options|"
    "organi[sz]ations|outputs|papers|partners|principles|priorities|projects|reasons|recommendations|regions|"
    "requirements|results|risks|roles|sectors|services|steps|tasks|themes|tools|topics|types|ways"
)
_AUXILIARY = (
    "is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would|is it true|isn't|aren't"
)
_NO_MODIFIER = rf"(?!(?:that|the|a|an|of|in|on|for|to|by|and|or|{_AUXILIARY})\b)"
_FEW = r"(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|1\d)"
_NO_UNIT = r"(?!(?:years?|months|weeks|days|hours|degrees|tonnes|tons|thirds|per|percent|times|of|in|on|to|and|or)\b)"
_PLURAL = r"(?<!\bi)(?<!\bha)(?<!\bwa)(?<!\bthi)(?<!\bit)s\b"
_LIST = re.compile(
    rf"(?:\blist (?:of )?(?:all|the|every)\b|^(?:please )?list\b|\b(?:full|complete|whole|entire) list\b|"
    rf"\bgive (?:me )?(?:a|the) list\b|"
    rf"\benumerate\b|\bname (?:all|the)\b|\bwhat are (?:the|all)\b|\bwhich are\b|\bwhat were (?:the|all)\b|"
    rf"\ball (?:the|of)\b|\bon the (?:[\w-]+ )?agenda\b|"
    rf"\b(?:which|what) (?:{_NO_MODIFIER}[\w-]+[ -]){{0,3}}(?:{_PLURALS})\b|"
    rf"^(?:the )?(?:(?!(?:who|what|which|how|when|where|why|it|this|that)\b)[\w-]+ )?(?:{_PLURALS})\b|"
    rf"[,;:–-] *(?:all |the |its )?(?:{_PLURALS})\W*$|\ball (?:[\w-]+ )?(?:{_PLURALS})\b|"
    rf"(?:^(?:the |all |those )?|\b(?:which|what) (?:are (?:the )?)?){_FEW} {_NO_UNIT}"
    rf"(?:[\w-]+ ){{0,2}}?[\w-]*[a-z]{_PLURAL}|"
    r"^what (?:do|does|did|can|could|may|might|must|shall|should|will|would) .{3,60}? "
    r"(?:contain|include|comprise|consist of)\W*$)",
    re.IGNORECASE,
)
_YES_NO = re.compile(rf"^(?:{_AUXILIARY})\b(?! you\b)", re.IGNORECASE)
_ORDERED = re.compile(r"\b(?:list|enumerate|name all)\b", re.IGNORECASE)
_DEFINES = re.compile(
    r"\b(?:defin(?:e[sd]?|ing|itions?)|mean(?:s|t|ing)?(?! to\b| for\b| of\b)|"
    r"stands? for|understood|understand|counts? as|the term)\b"
    r"|^what(?:'s| is| are)(?: an?)? (?!the\b|in\b|its?\b)[\w-]+(?: [\w-]+){0,2}\W*$",
    re.IGNORECASE,
)
_MEANS = re.compile(r"\b(?:by|what|which|the|financial|other) means\b", re.IGNORECASE)
_MENTIONS = re.compile(
    r"\b(?:mention\w*|refer(?:s|red|ring|ences?|enced)?|cit(?:e|es|ed|ing|ation)|appear\w*|quot(?:e|es|ed)|occur\w*|"
    r"find|found|where|which paragraphs?|which (?:documents?|papers?)|come up|carr(?:y|ies)|the symbol)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:say|says|said|state|states|provide|provides|read|reads|text|wording|require|requires|oblige\w*|"
    r"stipulate\w*|call(?:s)? for|quote|cover|covers|contain|contains|content)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:how (?:many|much|large|big|often|long)|number of|percent\w*|per cent|share of|proportion|portion|fraction|"
    r"amounts?|budget\w*|costs?|total|figures?|rate|quantity|volume|price|maximum|minimum|longest|shortest)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:when|(?:what|which|in what|since what|by what) (?:year|date|month|period|biennium)|until when|"
    r"since when|dates?|deadline|(?<!per )(?<!each )(?<!every )(?<!a )(?:year|month))\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"\bin (?:document |the note |the paper )?$", re.IGNORECASE)
"""Before a symbol that says where to look and not what for: "Is training mentioned in INC.1/9?"."""
_SENTENCE = re.compile(r"(?<=[.?!]) +(?=[A-Z])")


def is_small_talk(text: str) -> bool:
    """Whether a text is courtesy only: "hello", "ok, thanks"."""
    words = " ".join(re.findall(r"[^\W_]+", fold(text)))
    return bool(words) and _COURTESY.fullmatch(words) is not None


def kind_of(asked: str, mentions: Sequence[Mention], names: Sequence[str], borne: Mapping[str, str] = NONE) -> Asks:
    """The kind of answer that words ask for. `mentions` and `names` are those of the question made whole; `borne` what
    names a document, of which two side by side are compared."""
    if is_small_talk(asked):
        return Asks.NOTHING
    kinds = {mention.kind for mention in mentions}
    if kinds & {"symbol", "decision"} and _seeks_mentions(asked) and not re.match(r"(?:please )?list\b", asked, re.I):
        return Asks.MENTIONS
    if _seeks_provision(asked, mentions):
        return Asks.PROVISION
    if named_together(asked, borne) or (_COMPARISON.search(asked) and (len(names) != 1 or sides(asked, names))):
        return Asks.COMPARISON
    if _LIST.search(asked) and (_ORDERED.search(asked) or not _YES_NO.match(asked)):
        return Asks.LIST
    if _DEFINES.search(asked) and not _MEANS.search(asked):
        return Asks.DEFINITION
    return Asks.FACT


def expected(asked: str, kind: Asks) -> frozenset[Expects]:
    """What the words of an answer must hold."""
    found = {Expects.NUMBER} if _NUMBER.search(asked) and kind is not Asks.DEFINITION else set()
    found |= {Expects.DATE} if _DATE.search(asked) else set()
    found |= {Expects.DEFINITION} if _DEFINES.search(asked) and not _MEANS.search(asked) else set()
    return frozenset(found)


def _seeks_mentions(asked: str) -> bool:
    """Whether the places of a symbol or decision are asked for, in words or by typing it and nothing else."""
    found = [mention for mention in find(asked) if mention.kind in ("symbol", "decision")]
    left = asked
    for mention in found:
        left = left.replace(mention.text, " ")
    bare = bool(found) and not [word for word in terms(left) if word not in ("decis", "document", "symbol")]
    sought = [mention for mention in found if not _INSIDE.search(asked[: mention.start])]
    return bare or (_MENTIONS.search(asked) is not None and (not found or bool(sought)))


def _seeks_provision(asked: str, mentions: Sequence[Mention]) -> bool:
    """Whether what an article or paragraph says is asked for. A paragraph that is only spoken of, in a sentence before
    the one that asks for something else, is not."""
    if articles_named(asked):
        return True
    if not any(mention.kind in ("article", "paragraph") for mention in mentions):
        return False
    *before, last = _SENTENCE.split(asked)
    if before and not find(last) and len(terms(last)) > 2 and not _SAYS.search(last):
        return False
    return _SAYS.search(asked) is not None or any(m.kind in ("article", "paragraph") for m in find(asked))
