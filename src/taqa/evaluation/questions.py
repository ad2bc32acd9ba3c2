"""Questions with their verified places, as the evaluation contract lays them down (one JSON object a line)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from taqa.domain import Question, Turn
from taqa.errors import InputError

TYPES: Final = (
    "factoid",
    "definition",
    "list",
    "provision",
    "symbol",
    "comparison",
    "multihop",
    "followup",
    "unanswerable",
)
SPLITS: Final = ("dev", "test")
KINDS: Final = ("off topic", "near miss", "later event", "missing figure", "false presupposition", "wrong symbol")
"""Kinds of unanswerable questions; the note of each begins with its own."""
UNTOLD: Final = "kind not told"


@dataclass(frozen=True, slots=True)
class Gold:
    """A place that carries the answer: words of the document whose file name begins with `doc`."""

    doc: str
    quote: str
    para: str = ""
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One question of an evaluation set and what a right answer holds.

    `standalone` words a question that leans on its history so that it needs none; empty where nobody has written that.
    """

    id: str
    type: str
    question: str
    history: tuple[Turn, ...]
    answerable: bool
    gold: tuple[Gold, ...]
    alt_gold: tuple[Gold, ...]
    facts: tuple[str, ...]
    note: str = ""
    standalone: str = ""

    @property
    def kind(self) -> str:
        """Which kind of unanswerable question this is, by the beginning of its note; empty for an answerable one."""
        if self.answerable:
            return ""
        return next((kind for kind in KINDS if re.match(rf"{kind}\b", self.note, re.IGNORECASE)), UNTOLD)

    @property
    def places(self) -> tuple[Gold, ...]:
        return self.gold + self.alt_gold

    @property
    def docs(self) -> tuple[str, ...]:
        """Prefixes of the documents that the answer comes from, each once, sorted."""
        return tuple(sorted({gold.doc for gold in self.gold}))

    def asked(self) -> Question:
        """The question as the assistant receives it."""
        return Question(text=self.question, history=self.history, id=self.id)


def load(path: Path, split: str = "all") -> tuple[Case, ...]:
    """The cases of a file, or of `dev.jsonl` and `test.jsonl` in a folder; ids must be unique."""
    cases = tuple(case for file in question_files(path, split) for case in _read(file))
    if not cases:
        raise InputError(f"There are no questions in {path}.")
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise InputError(f"The question id {case.id} occurs twice under {path}; give each question its own id.")
        seen.add(case.id)
    return cases


def question_files(path: Path, split: str = "all") -> tuple[Path, ...]:
    """The files that `load` reads, in order."""
    if path.is_file():
        return (path,)
    if split not in (*SPLITS, "all"):
        raise InputError(f"There is no split {split!r}; use dev, test or all.")
    wanted = SPLITS if split == "all" else (split,)
    files = tuple(path / f"{name}.jsonl" for name in wanted)
    for file in files:
        if not file.is_file():
            raise InputError(f"The question file {file} does not exist; name a file or folder with --questions.")
    return files


def fingerprint(cases: Iterable[Case]) -> str:
    """sha256 over what the cases say, whatever the layout or order of their files."""
    lines = sorted(json.dumps(_dump(case), ensure_ascii=False, sort_keys=True) for case in cases)
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()


def source_of(doc: str, files: Iterable[str]) -> str:
    """The one name among `files` that begins with `doc`."""
    names = [name for name in files if name.startswith(doc)]
    if len(names) != 1 or not doc:
        found = ", ".join(names) if names else "none"
        raise InputError(f"The document prefix {doc!r} must fit exactly one corpus file; it fits: {found}.")
    return names[0]


def parse(record: Mapping[str, Any], where: str) -> Case:
    """One case from its JSON object; `where` names the line in an error."""
    try:
        history = tuple(Turn(_role(turn["role"]), str(turn["content"])) for turn in _list(record, "history"))
        return Case(
            id=_text(record, "id"),
            type=_text(record, "type"),
            question=_text(record, "question"),
            history=history,
            answerable=_flag(record, "answerable"),
            gold=tuple(_gold(item) for item in _list(record, "gold")),
            alt_gold=tuple(_gold(item) for item in _list(record, "alt_gold")),
            facts=tuple(str(fact) for fact in _list(record, "facts")),
            note=str(record.get("note", "")),
            standalone=str(record.get("standalone", "")).strip(),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{where} is not a question of the contract: {error}.") from error


def _read(file: Path) -> list[Case]:
    cases = []
    for number, line in json_lines(file):
        cases.append(parse(line, f"{file}, line {number},"))
    return cases


def json_lines(file: Path) -> list[tuple[int, dict[str, Any]]]:
    """The JSON objects of a file, one a line, with their line numbers; blank lines are passed over."""
    try:
        content = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read as UTF-8 text: {error}.") from error
    return json_objects(content, file)


def json_objects(content: str, file: Path) -> list[tuple[int, dict[str, Any]]]:
    """The same of the text that a file was found to hold."""
    found = []
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{file}, line {number}, is not JSON: {error.msg}.") from error
        if not isinstance(value, dict):
            raise InputError(f"{file}, line {number}, is not a JSON object.")
        found.append((number, value))
    return found


def _gold(item: Mapping[str, Any]) -> Gold:
    return Gold(
        doc=_text(item, "doc"),
        quote=_text(item, "quote"),
        para=str(item.get("para") or ""),
        sub=str(item.get("sub") or ""),
    )


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record[key]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} must be a text that is not empty")
    return value


def _flag(record: Mapping[str, Any], key: str) -> bool:
    value = record[key]
    if not isinstance(value, bool):
        raise ValueError(f"{key} must be true or false")
    return value


def _list(record: Mapping[str, Any], key: str) -> Sequence[Any]:
    value = record.get(key, [])
    if not isinstance(value, list):
        raise ValueError(f"{key} must be a list")
    return value


def _role(role: Literal["user", "assistant"]) -> Literal["user", "assistant"]:
    if role in ("user", "assistant"):
        return role
    raise ValueError(f"role must be user or assistant, not {role!r}")


def _dump(case: Case) -> dict[str, Any]:
    def golds(places: tuple[Gold, ...]) -> list[list[str]]:
        return [[gold.doc, gold.quote, gold.para, gold.sub] for gold in places]

    alone = {"standalone": case.standalone} if case.standalone else {}
    return alone | {
        "id": case.id,
        "type": case.type,
        "question": case.question,
        "history": [[turn.role, turn.content] for turn in case.history],
        "answerable": case.answerable,
        "gold": golds(case.gold),
        "alt_gold": golds(case.alt_gold),
        "facts": list(case.facts),
    }
