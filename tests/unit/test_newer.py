"""A provision that stands in two versions of a document is answered from the newer one: real files, FAISS and BM25."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taqa import build
from taqa.assistant import Assistant
from taqa.domain import Question
from taqa.library.index import hold
from taqa.retrieval.indexing import build_index
from taqa.retrieval.newer import counterparts, former_named
from taqa.retrieval.terms import terms
from taqa.settings import Settings

from ..documents import made
from ..fakes import HashingEncoder, make_document

OLD = """Lending of instruments

1. The fee of a regional library is ten crowns for each instrument lent.

2. Thermometers are lent for six months and may be renewed once in writing.

3. The committee of librarians shall meet every year in Oslo to elect its chair.

4. Barometers shall be returned in their wooden boxes, as decided in decision SC-1/15.
"""
NEW = """Lending of instruments

1. The fee of a regional library is twelve crowns for each instrument lent.

2. Any Government may ask a library for help with cataloguing.

3. Thermometers are lent for six months and may be renewed once in writing.

4. Barometers shall be returned in their wooden boxes, as decided in decision SC-1/15.
"""
OTHER = """Cataloguing

1. Every library keeps a catalogue of its barometers, astrolabes and globes.
"""
SYMBOLS = {"old": "EX/LIB/INC.1/7", "new": "EX/LIB/INC.1/7/Rev.1", "other": "EX/LIB/INC.1/8"}
Opens = Callable[..., Assistant]


@pytest.fixture
def opened(tmp_path: Path) -> Opens:
    """The assistant over files of these contents."""

    def make(**texts: str) -> Assistant:
        folder = tmp_path / "corpus"
        folder.mkdir()
        entries = []
        for name, text in texts.items():
            (folder / f"{name}.txt").write_bytes(text.encode())
            digest = hashlib.sha256(text.encode()).hexdigest()
            entries.append({"file": f"{name}.txt", "sha256": digest, "symbol": SYMBOLS[name]})
        (folder / "manifest.json").write_text(json.dumps({"version": 1, "documents": entries}), encoding="utf-8")
        settings, model = Settings(corpus=folder, index=tmp_path / "index"), HashingEncoder(dimension=512)
        build_index(build.material(build.corpus(settings)), model, settings.index_dir)
        return build.assistant(settings, models=build.Models(model, None))

    return make


def places(assistant: Assistant, query: str, documents: tuple[str, ...] = ()) -> list[str]:
    return [hit.unit.id for hit in assistant.search(query, 20, documents)]


def quoted(assistant: Assistant, question: str, documents: tuple[str, ...] = ()) -> list[str]:
    return [c.quotation.unit.id for c in assistant.ask(Question(question, documents=documents)).citations]


def test_the_same_provision_in_both_versions(opened: Opens) -> None:
    units = opened(old=OLD, new=NEW, other=OTHER).index.units
    found = {units[former].unit.id: units[newer].unit.id for former, newer in counterparts(units).items()}
    assert found == {
        "old:1": "new:1",  # the same place, other words
        "old:2": "new:3",  # the same words, another place
        "old:4": "new:4",
    }  # and paragraph 3 is in neither: its number now stands before something else


def test_what_is_paired_is_what_a_comparison_of_all_with_all_pairs() -> None:
    chance = random.Random(7)
    words = [f"word{n}" for n in range(60)]
    first = [chance.sample(words, chance.randint(1, 12)) for _ in range(120)]
    second = [[w for w in line if chance.random() < 0.9] or ["other"] for line in first[20:]] + first[:10]
    old = replace(made(lines(first)), id="old", successor="new")
    new = replace(made(lines(second)), id="new")
    units = hold((old, new))
    stems = [frozenset(terms(held.unit.text[held.unit.body :])) for held in units]
    expected: dict[int, int] = {}
    for former in range(len(first)):
        best = (False, 0.0, 0)
        for newer in range(len(first), len(units)):
            share = len(stems[former] & stems[newer]) / len(stems[former] | stems[newer])
            here = units[former].unit.address == units[newer].unit.address
            if share >= 0.8 or (here and share >= 0.3):
                best = max(best, (share >= 0.8, share + (here and share >= 0.8), -newer))
        if best[1]:
            expected[former] = -best[2]
    assert len(expected) > 50
    assert counterparts(units) == expected


def lines(paragraphs: list[list[str]]) -> str:
    return "".join(f"{n}. {' '.join(words)}.\n\n" for n, words in enumerate(paragraphs, 1))


@pytest.mark.parametrize(
    ("query", "newer", "former"),
    [
        ("fee of a regional library in crowns", "new:1", "old:1"),
        ("fee of ten crowns", "new:1", "old:1"),
        ("thermometers lent for six months", "new:3", "old:2"),
        ("barometers returned in wooden boxes", "new:4", "old:4"),
    ],
)
def test_the_newer_version_is_ranked_first_and_the_former_left_out(
    opened: Opens, query: str, newer: str, former: str
) -> None:
    assistant = opened(old=OLD, new=NEW, other=OTHER)
    found = places(assistant, query)
    assert found[0] == newer
    assert former not in found
    assert len(found) == len(set(found))
    answer = assistant.ask(Question(f"What is said about {query}?"))
    shown = [citation.quotation.unit.id for citation in answer.citations or answer.related]
    assert shown[0] == newer
    assert former not in shown


def test_what_only_the_former_version_says_is_found_and_says_so(opened: Opens) -> None:
    assistant = opened(old=OLD, new=NEW, other=OTHER)
    assert places(assistant, "committee of librarians elects its chair in Oslo")[0] == "old:3"
    answer = assistant.ask(Question("Where shall the committee of librarians meet every year?"))
    [citation] = answer.citations
    assert citation.quotation.unit.id == "old:3"
    assert citation.newer is not None
    assert citation.newer.name == "EX/LIB/INC.1/7/Rev.1"
    assert "[a former version, superseded by EX/LIB/INC.1/7/Rev.1]" in answer.text


def test_a_former_version_that_is_asked_for(opened: Opens) -> None:
    assistant = opened(old=OLD, new=NEW, other=OTHER)
    assert "old:1" in places(assistant, "fee of a regional library in EX/LIB/INC.1/7")
    assert "old:1" in places(assistant, "fee of a regional library in INC.1/7")
    assert "old:1" in places(assistant, "fee of a regional library in old.txt")
    assert "old:1" not in places(assistant, "fee of a regional library in EX/LIB/INC.1/7/Rev.1")
    assert "old:1" not in places(assistant, "fee of a regional library in EX/LIB/INC.1/7 Rev.1")
    assert "old:1" not in places(assistant, "fee of a regional library, EX/LIB/INC.1/71")
    assert places(assistant, "fee of a regional library", ("old",))[0] == "old:1"
    assert quoted(assistant, "What does paragraph 2 of EX/LIB/INC.1/7 say?") == ["old:2"]
    assert quoted(assistant, "What does paragraph 2 of EX/LIB/INC.1/7/Rev.1 say?") == ["new:2"]


def test_versions_of_one_symbol_are_asked_for_by_file_only(opened: Opens) -> None:
    documents = opened(old=OLD, new=NEW, other=OTHER).documents
    assert former_named("INC.1/7, para. 1", documents) == {"old"}
    assert former_named("the fee", documents) == frozenset()
    alike = [replace(d, meta=replace(d.meta, symbol=SYMBOLS["old"])) for d in documents]
    assert former_named("INC.1/7, para. 1", alike) == frozenset()
    assert former_named("para. 1 of old.txt", alike) == {"old"}


def test_places_that_mention_are_listed_once(opened: Opens) -> None:
    assistant = opened(old=OLD, new=NEW, other=OTHER)
    assert quoted(assistant, "Where is decision SC-1/15 mentioned?") == ["new:4"]
    assert quoted(assistant, "Where is decision SC-1/15 mentioned?", ("old",)) == ["old:4"]


def test_the_former_version_answers_again_when_the_newer_is_gone(opened: Opens) -> None:
    assistant = opened(old=OLD, other=OTHER)
    assert counterparts(assistant.index.units) == {}
    assert places(assistant, "fee of a regional library in crowns")[0] == "old:1"


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("What does EX/LIB/INC.1/7, para. 1 say?", "old:1"),
        ("What does para. 1 of EX/LIB/INC.1/7 say?", "old:1"),
        ("paragraph 1 of old.txt", "old:1"),
        ("EX/LIB/INC.1/7/Rev.1, para. 1", "new:1"),
        ("para. 1 of new.txt please", "new:1"),
    ],
)
def test_a_paragraph_of_the_version_that_is_named(opened: Opens, question: str, unit: str) -> None:
    assert quoted(opened(old=OLD, new=NEW, other=OTHER), question) == [unit]


def test_a_file_is_named_without_its_ending_where_that_is_no_word() -> None:
    drafts = [replace(make_document(name, "Bees."), file=f"{name}.pdf") for name in ("draft_L7", "draft")]
    former = [replace(draft, successor="draft_L7_rev1") for draft in drafts]
    assert former_named("draft_L7 para. 3", former) == {"draft_L7"}
    assert former_named("the draft of bees; draft_L7_rev1", former) == frozenset()
