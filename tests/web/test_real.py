"""The same doors over the real corpus and the real assistant: API, stream, command line and page agree."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import pytest

from taqa import build
from taqa.assistant import Assistant
from taqa.settings import Settings

from .conftest import serving
from .test_api import events

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
CLI = "from taqa.cli import main; main()"
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"id": "1", "question": "What should training for decision makers cover?"},
    {"id": "2", "question": "UNEP(DTIE)/Hg/INC.1/9, para. 29 (c) (viii)"},
    {"id": "3", "question": "Where is UNEP(DTIE)/Hg/INC.1/9 mentioned?"},
    {"id": "4", "question": "What does article 12 of the Stockholm Convention say?"},
    {"id": "5", "question": "What is the boiling point of helium on the dark side of the moon?"},
    {
        "id": "6",
        "question": "And who pays for them?",
        "history": [{"role": "user", "content": "Where are the Basel Convention regional centres?"}],
    },
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(corpus=ROOT / "corpus", index=tmp_path_factory.mktemp("real") / "index")


@pytest.fixture(scope="module")
def assistant(settings: Settings) -> Assistant:
    return build.ready_assistant(settings)


@pytest.fixture(scope="module")
def url(assistant: Assistant, settings: Settings) -> Iterator[str]:
    with serving(assistant, settings) as address:
        yield address


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as opened:
        yield opened


def timeless(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "ms": 0}


def test_ask_stream_and_command_line_give_one_answer(client: httpx.Client, settings: Settings, tmp_path: Path) -> None:
    asked, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    asked.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS), encoding="utf-8")
    where = ["--corpus", str(settings.corpus), "--index", str(settings.index)]
    command = [sys.executable, "-c", CLI, "ask", "--batch", str(asked), "--out", str(out), *where]
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    subprocess.run(command, check=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": path}, timeout=120)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [question["id"] for question in QUESTIONS]
    for question, line in zip(QUESTIONS, lines, strict=True):
        whole = client.post("/api/ask", json=question).raise_for_status().json()
        streamed = events(client.post("/api/ask/stream", json=question).text)
        assert timeless(whole) == timeless(streamed[-1][1]) == timeless(line)
        assert [data for name, data in streamed if name == "statement"] == whole["statements"]


def test_every_quotation_stands_where_it_says(client: httpx.Client) -> None:
    texts: dict[str, str] = {}
    cited = 0
    for question in QUESTIONS:
        answer = client.post("/api/ask", json=question).json()
        for citation in [*answer["citations"], *answer["related"]]:
            name = citation["document"]["id"]
            if name not in texts:
                texts[name] = client.get(f"/api/documents/{name}", params={"text": True}).json()["text"]
            pieces = "".join(texts[name][start:end] for start, end in citation["spans"])
            assert bare(pieces) == bare(citation["quote"])
            assert citation["unit_start"] <= citation["start"] < citation["end"] <= citation["unit_end"]
            cited += 1
    assert cited > len(QUESTIONS)


def bare(text: str) -> str:
    """Without white space and the hyphens of line ends."""
    return re.sub(r"[\s\u00ad\u2010\u2011*#_-]", "", text)


def test_every_printed_reference_leads_to_its_unit(assistant: Assistant) -> None:
    strays = []
    for document in assistant.documents:
        for unit in document.units:
            found = assistant.resolve(f"{document.name}, {unit.label}")
            if found.unit is not unit:
                strays.append((document.name, unit.label, found.unit and found.unit.id, found.reason))
    assert strays == []


def test_units_are_reached_by_their_ids(client: httpx.Client, assistant: Assistant) -> None:
    for document in assistant.documents:
        for unit in document.units[::9]:
            slug = unit.id.removeprefix(f"{document.id}:")
            view = client.get(f"/api/documents/{document.id}/units/{quote(slug, safe='')}").json()
            assert view["unit"]["id"] == unit.id
            assert view["label"] == f"{document.name}, {unit.label}"


@pytest.mark.browser
def test_the_page_shows_the_real_documents(open_page: Callable[..., Page], url: str) -> None:
    page = open_page(url)
    page.locator(".example").first.click()
    page.locator(".turn-foot").wait_for()
    chip = page.locator(".ref").first
    chip.click()
    page.locator("#source mark").wait_for()
    assert chip.get_attribute("aria-label").startswith(f"Open the source: {page.locator('#source-title').inner_text()}")
    assert page.locator("#source mark").inner_text() in page.locator(".said").first.inner_text()
    page.get_by_role("tab", name="In its document").click()
    page.locator(".is-cited mark").wait_for()
    page.click("#restart")
    for n in range(page.locator(".book").count()):
        page.locator(".book").nth(n).click()
        page.locator(".doc-unit").first.wait_for()
        page.keyboard.press("Escape")
