"""Splits the questions: `python eval/split.py [PART ...]` writes dev.jsonl and test.jsonl, once, before any tuning.

Questions about the same place stay on the same side. Within each type and document, groups of such questions go to the
side that has fewer so far, in an order fixed by a seed; so both sides have the same mix. A part that was written later
is added with `--append PART`: no line of either side changes, a question about a place that a side already asks about
goes to that side, and the others are spread as before.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

SEED = "taqa-2026-11"
QUESTIONS = Path(__file__).parent / "questions"

Sides: TypeAlias = dict[str, list[dict[str, Any]]]


def places(question: dict[str, Any]) -> list[str]:
    """The printed addresses of the gold places, first things first; the question itself where there is none."""
    return [f"{gold['doc']} {gold['para']}" for gold in question["gold"]] or [str(question["id"])]


def place(question: dict[str, Any]) -> str:
    """What a question is about: the printed address of its first gold place, or the question itself."""
    return places(question)[0]


def order(key: str) -> str:
    return hashlib.sha256(f"{SEED} {key}".encode()).hexdigest()


def stratum(question: dict[str, Any]) -> str:
    return f"{question['type']} {question['gold'][0]['doc'] if question['gold'] else ''}"


def taken(question: dict[str, Any], sides: Sides) -> str | None:
    """The side that already asks about the place of `question`, if one does.

    A first gold place of a question there binds before any other one, and the first place of `question` before its
    others; a further place that both sides have binds nobody.
    """
    firsts = {place(other): side for side, chosen in sides.items() for other in chosen}
    further: dict[str, set[str]] = defaultdict(set)
    for side, chosen in sides.items():
        for other in chosen:
            for key in places(other):
                further[key].add(side)
    for key in places(question):
        if key in firsts:
            return firsts[key]
        if len(further[key]) == 1:
            return next(iter(further[key]))
    return None


def split(questions: list[dict[str, Any]], present: Sides | None = None) -> Sides:
    """The questions of each side; with `present`, the sides so far, only those that are added to each."""
    present = present or {"dev": [], "test": []}
    sides: Sides = {"dev": [], "test": []}
    counts = {side: Counter(stratum(question) for question in present[side]) for side in sides}
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for question in questions:
        bound = taken(question, present)
        if bound is None:
            groups[place(question)].append(question)
        else:
            sides[bound].append(question)
            counts[bound][stratum(question)] += 1
    for key in sorted(groups, key=order):
        strata = [stratum(question) for question in groups[key]]
        load = {side: (sum(counts[side][s] for s in strata), counts[side].total(), side) for side in sides}
        side = min(load, key=lambda name: load[name])
        sides[side] += groups[key]
        counts[side].update(strata)
    return {side: sorted(chosen, key=lambda q: str(q["id"])) for side, chosen in sides.items()}


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def main(arguments: Sequence[str] | None = None, folder: Path = QUESTIONS) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("parts", nargs="*", type=Path, help="files of questions (default: all in questions/raw)")
    parser.add_argument("--append", action="store_true", help="add the parts to the present sides")
    options = parser.parse_args(arguments)
    files = {side: folder / f"{side}.jsonl" for side in ("dev", "test")}
    if options.append and not options.parts:
        print("Name the parts to append.", file=sys.stderr)
        return 2
    if not options.append and any(file.exists() for file in files.values()):
        print("The questions are split already; add a new part with --append PART.", file=sys.stderr)
        return 2
    new = [question for part in options.parts or sorted((folder / "raw").glob("*.jsonl")) for question in read(part)]
    present = {side: read(file) for side, file in files.items()} if options.append else None
    twice = {q["id"] for q in new} & {q["id"] for chosen in (present or {}).values() for q in chosen}
    if twice:
        print(f"Already there: {', '.join(sorted(twice))}; give new questions new ids.", file=sys.stderr)
        return 2
    for side, chosen in split(new, present).items():
        with files[side].open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(json.dumps(question, ensure_ascii=False) + "\n" for question in chosen)
        types = Counter(question["type"] for question in chosen)
        print(f"{side}: {len(chosen)} questions added, {dict(sorted(types.items()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
