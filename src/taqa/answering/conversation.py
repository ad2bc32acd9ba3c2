"""What a question takes over from the conversation before it.

A follow-up becomes a question that a person could have typed: the earlier one with a name, reference or year swapped,
itself with its pronoun replaced, or itself with the earlier question in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from taqa.answering.kinds import is_small_talk
from taqa.answering.swapping import LEAD, holds, is_treaty, operand_of, swapped, with_name
from taqa.domain import Question, Turn
from taqa.references import Mention, find
from taqa.retrieval.names import names_in
from taqa.retrieval.terms import terms

FOLLOW_UP_WORDS = 4
"""Content words below which a question that opens like a continuation cannot stand alone."""
TURNS_READ = 12
"""Earlier questions that are looked at."""
NOUN_WORDS = 8
SUBJECT_WORDS = 4
"""Words of a subject that may take the place of another; more are a question of their own."""
_TIMES = frozenset(terms("year years date dates month months day days period"))

_ASIDE = re.compile(
    r"^(?:(?:ok|okay|thanks|thank you|great|good|fine|right|i see|yes|no|well|sorry|and|but|so|also|then)\b"
    r"[\s,.;:!-]*)+",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"^(?:and|or|but|so|also|then|what about|how about|same)\b", re.IGNORECASE)
_OPENS = re.compile(
    r"^(?:who|whom|whose|what|which|when|where|why|how|in (?:which|what)|since|until|by|is|are|was|were|do|does|did|"
    r"has|have|had|can|could|may|might|must|shall|should|will|would|list|name|define|explain|describe)\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"^(?:what|who|where) (?:is|are|was|were)\b|^(?:define|explain|describe|tell me about|what does)\b", re.IGNORECASE
)
_COPULA = re.compile(
    r"^(?:(?:what|who|where|which)(?: exactly)? (?:is|are|was|were)|define|explain|describe|tell me about)\s+"
    r"(?P<noun>.+?)(?: (?:mentioned|cited|located|defined|based|found|established|described))?\s*[?.]*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:(]|\b(?:is|are|was|were|do|does|did|has|have|had|can|should|must|will|who|which|that|to|meant|there)\b", re.I
)
_SUBJECT = re.compile(
    r"\b(?:it|they|them)\b|(?:^|(?<=\band )|(?<=\bfor )|(?<=\bcan )|(?<=\bdoes )|(?<=\bdid )|(?<=\bwas )|(?<=\bhas )|"
    r"(?<=\bof )|(?<=\bin )|(?<=\babout )|(?<=\bby )|(?<=\bwith )|(?<=\bunder )|(?<=\bon ))"
    r"(?:that|this|those|these)(?=\s*(?:[?.,]|$)|\s+(?:be|is|are|was|were|has|have|work|last|mean|cost|start|apply)\b)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_OTHER_PRONOUN = re.compile(
    r"\b(?:he|she|theirs|(?:that|this|these|those|the same|the said) (?!(?:the|a|an|all|any|each|every)\b)\w+|"
    r"the (?:former|latter|others?)|ones|(?:the|which|that|this) (?:\w+ )?one|such (?!as\b)\w+)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?!(?:and|or|but|for|can|could|does|do|did|was|is|are|has|of|in|about|by|with|under|on|to|from|at|after|before|"
    r"since|what|who|how|when|where|why|which)\b)\w+ that\b",
    re.IGNORECASE,
)
"""Words that "that" binds to a clause: "centres that train", "says that"."""
_THERE = re.compile(
    r"\b(?:from|up to|over|work|go|get) there\b|\bthere (?:too|also|as well)\b|\bthere\s*\?*$", re.IGNORECASE
)
_DIFFER = re.compile(
    r"^(?:(?:what is|what's|where is) the difference(?: between (?:them|the two|these|those))?|"
    r"how do (?:they|these|those|the two) (?:two )?(?:differ|compare)|compare (?:them|the two|these|those))\s*[?.]*$",
    re.IGNORECASE,
)
_BODIES = (
    "agenc|authorit|bod|bureau|centre|committee|entit|fund|group|institution|mechanism|office|organ|organi[sz]ation|panel|"
    "secretariat"
)
_ASKS_FOR_ONE = re.compile(rf"^(?:who|(?:which|what) (?:[\w-]+ )?(?:{_BODIES})\w*) \w+(?P<rest>.*)", re.IGNORECASE)
_QUOTED = re.compile(r"“(?P<words>[^”]*)”")
_NAME_FIRST = re.compile(r"(?:The )?(?P<noun>[A-Z][A-Za-z-]+(?:(?: (?:of|the|and|for|on))* [A-Z][a-z-]+)*)(?= [a-z])")
_SUBJECT_OF = re.compile(
    r"(?P<noun>(?!(?:it|they|this|that|these|those|there|he|she|yes|no|any|each|every|all|such|an?|in|on|at|for|by|under|"
    r"as|if)\b)[\w-]+(?: [\w-]+){0,5}?) (?:shall|must|may|can|will|should|(?:is|are) responsible)\b",
    re.IGNORECASE,
)
_SINGLE_PRONOUN = re.compile(r"\b(?:it|its)\b", re.IGNORECASE)
_SINGLE_THING = re.compile(r"\b(?:the|an?|its|this) (?:[\w-]+ )?(?!\w*s\b)\w+", re.IGNORECASE)
_MANY_THINGS = re.compile(r"\b\w\w+(?<![sui])s\b")
_WHAT_ABOUT = re.compile(r"^(?:what|how) about (?:(?:on|about|regarding|concerning) )?|^what of ", re.IGNORECASE)
_PLACED = re.compile(r"(?:in|for|under|with|by|at|to|from|of|your|my|our)\b", re.IGNORECASE)
_ON = re.compile(r" (?:on|about|regarding|concerning) (?=[^?.,;:()]+[?. ]*$)", re.IGNORECASE)
_SAYS = re.compile(r"\b(?:says?|said|states?|provides?|rules?|requires?|decided?)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[?.]) (?=[A-Z])")
_EXISTS = re.compile(r"\b(?:is|are|was|were|be|been) there\b", re.IGNORECASE)
_DEICTIC = re.compile(
    r"\b(?:that|this|the same|the said) (?P<what>decision|article|paragraph|document|paper)\b", re.IGNORECASE
)
_OF_TREATY = re.compile(
    r"^(?:,? ?(?:para(?:graph)?s?\.? ?\d+(?: ?\([a-z]+\))*),?)? of the [\w-]+(?: [\w-]+){0,3}? "
    r"(?:Convention|Protocol)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Whole:
    """A question made whole: as it is searched for and shown, and the words that say what kind of answer it wants."""

    text: str
    kind_from: str
    leans: bool
    """Whether the text adds words of the conversation to the question's own."""
    noun: str = ""
    """What it is about, in words that can stand for a pronoun."""
    former: str = ""
    """What the questions before it were about, where that is another thing."""
    own: str = ""
    topic: str = ""
    """Its own words, and what they lean on, where `text` has that in brackets."""
    treaty: str = ""
    """The treaty that it, or a question before it, names last."""


def whole(question: Question, names: Collection[str]) -> Whole:
    """The question with what it takes over from the conversation, itself where it takes nothing."""
    turns = question.history
    asked = [n for n, turn in enumerate(turns) if turn.role == "user" and not is_small_talk(turn.content)]
    earlier = Whole("", "", False)
    for n in asked[-TURNS_READ:]:
        earlier = _completed(" ".join(turns[n].content.split()), earlier, turns[:n], names)
    return _completed(question.text, earlier, turns, names)


def _completed(text: str, earlier: Whole, turns: Sequence[Turn], names: Collection[str]) -> Whole:
    own = [name for name in names_in(text, names) if is_treaty(name, names)]
    return replace(_made(text, earlier, turns, names), treaty=_typed(own[-1], text) if own else earlier.treaty)


def _made(text: str, earlier: Whole, turns: Sequence[Turn], names: Collection[str]) -> Whole:
    bare = _ASIDE.sub("", text).strip() or text
    noun = _noun(bare)
    alone = Whole(text, text, False, noun, earlier.noun if noun != earlier.noun else earlier.former, bare)
    if not earlier.text or is_small_talk(text):
        return alone
    operand = operand_of(bare, text, names)
    if operand and (made := swapped(earlier.text, operand, names)):
        noun = swapped(earlier.noun, operand, names)
        return Whole(made, made, True, noun or earlier.noun, earlier.noun if noun else earlier.former, made)
    if place := _paragraph_of_cited(bare, turns):
        return Whole(place, text, True, own=place)
    if operand and operand.kind == "name" and not holds(earlier.text, operand.text):
        both = f"{earlier.text} {operand.text}"
        return replace(earlier, text=f"{earlier.text} ({operand.text})", leans=False, own=both, topic="")
    if other := _on_another(bare, earlier):
        return replace(earlier, text=other, leans=False, own=other, topic="")
    if pair := _of_two(bare, earlier, names):
        return Whole(pair, pair, True, own=pair)
    if not leans(text, names):
        return alone
    pointed = _with_references(bare, turns)
    if pointed == bare:
        pointed = _replaced(bare, earlier.noun or _told(earlier.own, bare, turns))
    if pointed:
        return replace(earlier, text=_capital(pointed), kind_from=text, leans=True, own=pointed, topic="")
    topic = _topic(earlier, bare, names)
    opens = _OPENS.match(bare) is not None and not LEAD.match(bare)
    kind_from = text if opens or operand else _kind_words(earlier.text, text)
    shown = f"{_capital(bare)} ({topic})"
    return replace(earlier, text=shown, kind_from=kind_from, leans=True, own=_capital(bare), topic=topic)


def points_outside(question: Question, names: Collection[str]) -> bool:
    """Whether a first question cannot be understood alone: it says nothing, or points to what was never named."""
    if any(turn.role == "user" and not is_small_talk(turn.content) for turn in question.history):
        return False
    bare = _ASIDE.sub("", question.text).strip() or question.text
    return not terms(bare) or _points_back(bare, names)


def leans(text: str, names: Collection[str]) -> bool:
    """Whether a question cannot be understood without the one before it."""
    bare = _ASIDE.sub("", text).strip() or text
    content = terms(bare)
    named = _is_named(bare, names)
    if _points_back(bare, names):
        return True
    if not content:
        return True
    if _EXISTS.search(bare) or (_DEFINES.match(bare) and (named or not _CONTINUES.match(text))):
        return False
    if len(content) == 1:
        return not named
    if not _CONTINUES.match(text):
        return False
    return len(content) <= FOLLOW_UP_WORDS or (not named and len(content) <= FOLLOW_UP_WORDS + 2)


def _points_back(text: str, names: Collection[str]) -> bool:
    """Whether a pronoun stands for something outside the question: nothing that it could mean goes before it."""
    plain = _EXISTS.sub(" ", _RELATIVE.sub(" ", text))
    if _DEICTIC.search(text) or _THERE.search(plain):
        return True
    if match := _OTHER_PRONOUN.search(plain):
        return not _is_named(plain[: match.start()], names)
    if match := _SUBJECT.search(plain):
        inside = plain[: match.start()]
        if len(terms(inside)) <= 1:
            return not _is_named(inside, names)
        return not (_is_named(plain, names) or _DEFINES.match(plain) or len(terms(inside)) > FOLLOW_UP_WORDS)
    if match := _POSSESSIVE.search(plain):
        return not terms(plain[: match.start()])
    return False


def _is_named(text: str, names: Collection[str]) -> bool:
    return bool(names_in(text, names)) or bool(find(text))


# -- carrying over --------------------------------------------------------------------------------------


def _with_references(text: str, turns: Sequence[Turn]) -> str:
    """ "that decision" as the decision last spoken of, by the user before by the assistant; the same for the others."""

    def last(match: re.Match[str]) -> str:
        what = match.group("what").casefold()
        kind = "symbol" if what in ("document", "paper") else what
        for role in ("user", "assistant"):
            for turn in reversed([turn for turn in turns if turn.role == role]):
                if found := [mention for mention in find(turn.content) if mention.kind == kind]:
                    return _in_words(kind, found[-1], turn.content)
        return match.group()

    return _DEICTIC.sub(last, text)


def _in_words(kind: str, mention: Mention, text: str) -> str:
    """A reference with the word for what it is, and of an article with its treaty."""
    after = _OF_TREATY.match(text[mention.end :])
    if kind == "article" and after:
        return mention.text + after.group()
    return f"decision {mention.text}" if kind == "decision" else mention.text


def _paragraph_of_cited(text: str, turns: Sequence[Turn]) -> str:
    """A question that names a paragraph and nothing else, with the document cited last."""
    named = find(text)
    if any(re.match(r",? (?:of|in) (?!it\b)\w", text[mention.end :]) for mention in named):
        return ""
    if {mention.kind for mention in named} != {"paragraph"} or len(terms(text)) > FOLLOW_UP_WORDS:
        return ""
    said = " ".join(turn.content for turn in turns)
    cited = [mention.text for mention in find(said) if mention.kind == "symbol"]
    return f"{_capital(text)} ({cited[-1]})" if cited else ""


def _noun(text: str) -> str:
    """What a question is about where it asks just for that ("What is the Fund?"); empty where that is not plain."""
    copula = _COPULA.match(text)
    noun = copula.group("noun") if copula else ""
    return noun if noun and len(noun.split()) <= NOUN_WORDS and not _CLAUSE.search(noun) and _is_noun(noun) else ""


def _replaced(text: str, noun: str) -> str:
    """The question with its pronoun replaced; empty where there is none or nothing for it."""
    one = re.match(r"an? ", noun) is not None
    if not noun or (one and re.search(r"\b(?:they|them|their|those|these)\b", text, re.IGNORECASE)):
        return ""
    said = _SUBJECT.sub(lambda _: noun, text, count=1)
    if said == text:
        said = _POSSESSIVE.sub(lambda _: f"{noun}'" if noun.endswith("s") else f"{noun}'s", text, count=1)
    return said if said != text else ""


def _told(asked: str, text: str, turns: Sequence[Turn]) -> str:
    """Who the last answer begins with, where the question before asked for that and nothing else in it can be meant by
    the pronoun of a text: of a quotation as the product prints it, its words without the reference."""
    match = _ASKS_FOR_ONE.match(asked)
    if match is None or not turns or turns[-1].role != "assistant":
        return ""
    single = _SINGLE_PRONOUN.search(text) is not None
    if (_SINGLE_THING if single else _MANY_THINGS).search(match["rest"]):
        return ""
    quoted = _QUOTED.search(turns[-1].content)
    said = quoted["words"] if quoted else turns[-1].content.partition(" (")[0]
    named = _NAME_FIRST.match(said)
    subject = named if named and " " in named["noun"] else _SUBJECT_OF.match(said)
    if subject is None or holds(asked, subject["noun"]) or single == subject["noun"].endswith("s"):
        return ""
    noun = re.sub(r"^the ", "", subject["noun"], flags=re.IGNORECASE)
    return f"the {noun}" if subject is named or single else noun[:1].lower() + noun[1:]


def _on_another(bare: str, earlier: Whole) -> str:
    """ "What does the plan say on fees?" about another subject, where "what about" that is all that is asked; else
    empty."""
    lead = _WHAT_ABOUT.match(bare)
    rest = bare[lead.end() :].strip(" ?.!,;:") if lead else ""
    if not 0 < len(rest.split()) <= SUBJECT_WORDS or _CLAUSE.search(rest) or _points_back(rest, ()) or find(rest):
        return ""
    if _PLACED.match(rest):
        return ""
    joint = _ON.search(earlier.text)
    if joint is None or not _SAYS.search(earlier.text, 0, joint.start()) or "," in earlier.text[: joint.start()]:
        return ""
    return f"{earlier.text[: joint.end()]}{rest}?"


def _is_noun(words: str) -> bool:
    """Whether words can stand where a pronoun stood: they open with an article or a name, or are few and plain."""
    opens = re.match(r"(?:the|an?)\b|[A-Z\d\"“]", words) is not None
    return opens or (len(words.split()) <= 3 and not re.search(r"\b(?:for|by|with|in|of|from|on)\b|ed\b", words))


def _topic(earlier: Whole, text: str, names: Collection[str]) -> str:
    """What stands in brackets: what the earlier question was about, or all of it where only a time, a reason or the
    like is asked for; of the treaty that the new question names, where it names one."""
    says = bool(set(terms(text)) - _TIMES)
    topic = earlier.noun if earlier.noun and says else _flat(earlier, says)
    own = names_in(text, names)
    if earlier.treaty and not own and not names_in(topic, names) and not find(f"{topic} {text}"):
        return f"{topic}, {earlier.treaty}"
    renamed = with_name(topic, _typed(own[-1], text), names) if own else ""
    return renamed if set(terms(renamed)) - set(terms(text)) else topic


def _typed(name: str, text: str) -> str:
    """A folded name as the text has it."""
    match = re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
    return match.group() if match else name


def _flat(earlier: Whole, says: bool) -> str:
    """A question as it stands in brackets: with what it leans on itself, alone where the new question says enough."""
    if not earlier.topic:
        return earlier.own
    root = _SENTENCES.split(earlier.topic)[-1]
    return root if says or not set(terms(earlier.own)) - _TIMES else f"{earlier.own} {root}"


def _of_two(text: str, earlier: Whole, names: Collection[str]) -> str:
    """ "How do they differ?" about the two things that were asked about last; empty where there are no two."""
    if not _DIFFER.match(text) or _is_named(text, names) or not earlier.noun or not earlier.former:
        return ""
    return f"How do {earlier.former} and {earlier.noun} differ?"


def _kind_words(earlier: str, text: str) -> str:
    """Words that say which kind is asked for where the question's own do not: "and the disadvantages?"."""
    return text if find(earlier) else f"{earlier} {text}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
