"""What a question is without courtesy, slips of the keyboard and spellings of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from taqa.answering.kinds import is_small_talk
from taqa.domain import Question
from taqa.retrieval.search import Searcher

_GREETING = (
    r"(?:hello|hi|hey|greetings|dear|good (?:morning|afternoon|evening|day))"
    r"(?: (?:there|all|everyone|everybody|team|colleagues?|madam|sir|taqa))*"
)
_THANKS = r"(?:thanks|thank you|thx|many thanks|cheers)"
_ASKING = (
    r"(?:(?:can|could|would|will) (?:you|someone|anyone|somebody) (?:please |kindly |perhaps |possibly )?"
    r"(?:tell|inform|remind) (?:me|us)|would you mind telling (?:me|us)|"
    r"(?:please |kindly )?(?:tell|remind) (?:me|us)|(?:please )?let me know|"
    r"(?:do|would) you (?:happen to )?know"
    r"(?= (?:who|whom|whose|what|which|when|where|why|how|if|whether|in|by|since)\b)|"
    r"(?:i|we)(?: would|'d|’d)?(?: just| also)? (?:like|want|need|wish) to (?:know|ask|find out|learn)|"
    r"(?:i|we)(?: am|'m|’m| was| are| were)? (?:just )?wonder(?:ing)?|may i ask|"
    r"(?:i have )?(?:just )?(?:a|one|another)? ?(?:quick |short |small |simple |brief )?question(?= ?[:,–-]))"
    r"(?! (?:about|more|all about)\b)"
)
_WISH = (
    r"(?:can|could|would|will) you (?:please |kindly )?(?=(?:tell|inform|list|explain|define|describe|give|show|name|"
    r"compare|quote|find|enumerate|summari[sz]e|specify|clarify)\b)"
)
_BEFORE = re.compile(
    rf"^(?:(?:{_GREETING}|{_THANKS}|excuse me|sorry|{_ASKING}|please|kindly|pls|plz)\b[\s,.:;!–-]*|{_WISH})+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:[\s,.;!–-]*(?<![\w-])(?:please|pls|plz|kindly|"
    rf"(?:{_THANKS})(?: (?:a lot|so much|very much|again|in advance|indeed))*"
    r"(?: for (?:your|the|any) (?:kind )?(?:help|time|assistance|support|answer))?(?: in advance)?|"
    r"(?:best|kind|warm|many)? ?regards|best wishes|(?:much|greatly) appreciated))+[\s,.;!?]*$",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """A question without greeting, "could you tell me" and thanks; itself where it is nothing else."""
    kept = _AFTER.sub("", text)
    kept = _BEFORE.sub("", kept)
    return kept if re.search(r"\w", kept) and not is_small_talk(text) else text


def as_meant(question: Question, searcher: Searcher) -> Question:
    """The question, and those before it, bare and in the spelling of the corpus."""

    def meant(text: str) -> str:
        return searcher.as_meant(bare(" ".join(text.split())))

    history = tuple(
        replace(turn, content=meant(turn.content)) if turn.role == "user" else turn for turn in question.history
    )
    return replace(question, text=meant(question.text), history=history)
