"""Splits the questions, once, before any tuning: `python eval/split.py` writes dev.jsonl and test.jsonl, always alike.

Questions about the same place stay on the same side. Within each type and document, groups of such questions go to the
side that has fewer so far, in an order fixed by a seed; so both sides have the same mix.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

SEED = "taqa-2026-11"
QUESTIONS = Path(__file__).parent / "questions"


def place(question: dict[str, Any]) -> str:
    """What a question is about: the printed address of its first gold place, or the question itself."""
    if not question["gold"]:
        return str(question["id"])
    first = question["gold"][0]
    return f"{first['doc']} {first['para']}"


def order(key: str) -> str:
    return hashlib.sha256(f"{SEED} {key}".encode()).hexdigest()


def split(questions: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for question in questions:
        groups[place(question)].append(question)
    sides: dict[str, list[dict[str, Any]]] = {"dev": [], "test": []}
    counts: dict[str, Counter[str]] = {"dev": Counter(), "test": Counter()}
    for key in sorted(groups, key=order):
        strata = [f"{q['type']} {q['gold'][0]['doc'] if q['gold'] else ''}" for q in groups[key]]
        load = {side: (sum(counts[side][s] for s in strata), len(sides[side]), side) for side in sides}
        side = min(load, key=lambda name: load[name])
        sides[side] += groups[key]
        counts[side].update(strata)
    return {side: sorted(chosen, key=lambda q: str(q["id"])) for side, chosen in sides.items()}


def main() -> None:
    files = sorted((QUESTIONS / "raw").glob("*.jsonl"))
    raw = [line for path in files for line in path.read_text("utf-8").split("\n")]
    sides = split([json.loads(line) for line in raw if line.strip()])
    for side, chosen in sides.items():
        text = "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in chosen)
        (QUESTIONS / f"{side}.jsonl").write_text(text, "utf-8")
        types = Counter(question["type"] for question in chosen)
        print(f"{side}: {len(chosen)} questions, {dict(sorted(types.items()))}")


if __name__ == "__main__":
    main()
