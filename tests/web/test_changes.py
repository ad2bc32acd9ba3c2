"""Documents added and removed over HTTP while the service runs: real files, a real index, words hashed to vectors."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from taqa import build
from taqa.library.generations import changing
from taqa.retrieval.indexing import build_index
from taqa.settings import Settings

from ..fakes import HashingEncoder, files_below
from .conftest import serving

OLD = b"1. The fee of a regional library is ten crowns.\n\n2. It is paid in May.\n"
NEW = b"1. The fee of a regional library is twelve crowns.\n\n2. It is paid in May.\n"
OTHER = b"1. Thermometers are lent for six months.\n"
ASKED = {"question": "What is the fee of a regional library?"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "fee.txt").write_bytes(OLD)
    return Settings(corpus=folder, index=tmp_path / "index", uploads=True, max_file_mb=2)


def served(settings: Settings) -> Iterator[httpx.Client]:
    model = HashingEncoder()
    with build.sandbox(settings) as reader:
        build_index(build.material(build.corpus(settings), reader.read), model, settings.index_dir)
    with (
        serving(build.assistant(settings, models=build.Models(model, None)), settings) as address,
        httpx.Client(base_url=address, timeout=30, trust_env=False) as opened,
    ):
        yield opened


@pytest.fixture
def client(settings: Settings) -> Iterator[httpx.Client]:
    yield from served(settings)


def generation(client: httpx.Client) -> str:
    return str(client.get("/api/health").json()["generation"])


def listed(client: httpx.Client) -> dict[str, dict[str, Any]]:
    return {document["file"]: document for document in client.get("/api/documents").json()["documents"]}


def fee(client: httpx.Client) -> str:
    """The first paragraph that answers now, after a question has been answered from the same documents."""
    assert client.post("/api/ask", json=ASKED).raise_for_status().json()["status"] == "answered"
    found = client.get("/api/resolve", params={"ref": "fee.txt, para. 1"}).raise_for_status().json()
    return str(found["unit"]["unit"]["text"])


def refused(response: httpx.Response, status: int, code: str) -> str:
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    problem = response.json()
    assert problem["code"] == code
    assert problem["detail"].endswith(".")
    return str(problem["detail"])


def test_a_document_is_added_superseded_and_removed_without_a_restart(client: httpx.Client, settings: Settings) -> None:
    first = generation(client)
    sent = client.put("/api/documents/My%20lending.txt", content=OTHER)
    assert sent.status_code == 200
    body = sent.json()
    assert body["file"] == {"file": "My lending.txt", "verdict": "indexed", "reason": "", "former": False}
    assert (body["fate"], body["former"], body["document"]["id"]) == ("added", "", "My_lending")
    assert body["generation"] == generation(client) != first
    assert (settings.corpus / "My lending.txt").read_bytes() == OTHER
    found = client.get("/api/resolve", params={"ref": "My lending.txt, para. 1"}).json()
    assert found["unit"]["unit"]["text"] == "1. Thermometers are lent for six months."
    assert "My lending.txt" in {hit["file"] for hit in client.get("/api/search", params={"q": "lent"}).json()["hits"]}

    again = client.put("/api/documents/My%20lending.txt", content=OTHER)
    assert (again.status_code, again.json()["fate"]) == (200, "held already")
    other = client.put("/api/documents/lending.txt", content=OTHER)
    assert (other.status_code, other.json()["fate"]) == (200, "another name")
    assert other.json()["document"]["other_names"] == ["lending.txt"]

    assert fee(client) == "1. The fee of a regional library is ten crowns."
    changed = client.put("/api/documents/fee.txt", content=NEW).json()
    assert changed["fate"] == "new version"
    former = changed["former"]
    assert fee(client) == "1. The fee of a regional library is twelve crowns."
    assert {file: document["superseded_by"] for file, document in listed(client).items()} == {
        "My lending.txt": "",
        "fee.txt": "",
        former: "fee",
    }
    place = client.get("/api/resolve", params={"ref": f"{former}, para. 1"}).json()
    assert place["unit"]["unit"]["text"] == "1. The fee of a regional library is ten crowns."
    assert place["document"]["superseded_by"] == "fee"

    gone = client.delete("/api/documents/My_lending")
    assert (gone.status_code, gone.json()) == (200, {"files": ["My lending.txt"], "generation": generation(client)})
    assert sorted(listed(client)) == ["fee.txt", former]
    refused(client.delete("/api/documents/My_lending"), 404, "not-in-corpus")


def test_only_where_it_is_switched_on(settings: Settings) -> None:
    for client in served(settings.model_copy(update={"uploads": False})):
        before = files_below(settings.corpus)
        for response in (client.put("/api/documents/a.txt", content=OTHER), client.delete("/api/documents/fee")):
            assert "TAQA_UPLOADS=on" in refused(response, 403, "changes-off")
        refused(client.put("/api/documents/a.txt", content=b"x" * 1_100_000), 413, "too-large")
        assert files_below(settings.corpus) == before


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"%PDF-1.4 broken", "a.pdf"),
        ("a.docx", b"no archive", "a.docx is not what its name says"),
        ("a.png", b"\x89PNG", "a.png has a format that is not read"),
        ("a.txt", b"", "a.txt holds no text"),
        ("..%2Fup.txt", OTHER, "“../up.txt” cannot be the name of a document"),
        ("x%2Fy.txt", OTHER, "“x/y.txt” cannot be the name of a document"),
        (".hidden.txt", OTHER, "What is called .hidden.txt is never read"),
        ("manifest.json", b"{}", "What is called manifest.json is never read"),
        ("fee.txt", b"\0\0", "fee.txt is not a text file"),
    ],
)
def test_what_gives_no_document_changes_nothing(
    client: httpx.Client, settings: Settings, name: str, content: bytes, reason: str
) -> None:
    before = files_below(settings.corpus.parent)
    detail = refused(client.put(f"/api/documents/{name}", content=content), 422, "unreadable-document")
    assert reason in detail
    after = files_below(settings.corpus.parent)
    assert {path: data for path, data in after.items() if not path.endswith(".lock")} == {
        path: data for path, data in before.items() if not path.endswith(".lock")
    }
    assert fee(client) == "1. The fee of a regional library is ten crowns."


def test_a_file_may_be_larger_than_a_question_but_not_than_the_limit(client: httpx.Client) -> None:
    refused(client.put("/api/documents/large.txt", content=b"\0" * (1 << 20) + b"\0"), 422, "unreadable-document")
    refused(client.put("/api/documents/huge.txt", content=b"x" * (2 << 20) + b"y"), 413, "too-large")
    refused(client.put("/api/documents/huge.txt", content=iter([b"x" * (1 << 20)] * 3)), 413, "too-large")
    refused(client.post("/api/ask", content=b"x" * (1 << 20) + b"y"), 413, "too-large")


def test_other_pages_cannot_change_the_corpus(client: httpx.Client) -> None:
    headers = {"origin": "https://evil.example"}
    refused(client.put("/api/documents/a.txt", content=OTHER, headers=headers), 403, "foreign-origin")
    refused(client.delete("/api/documents/fee", headers=headers), 403, "foreign-origin")


def test_a_failed_build_leaves_the_former_index_answering(client: httpx.Client, settings: Settings) -> None:
    first = generation(client)
    (settings.index_dir / "staging").write_text("in the way")
    detail = refused(client.put("/api/documents/fee.txt", content=NEW), 503, "index-unavailable")
    assert detail.startswith("The documents of the corpus have changed but could not be indexed, so the former ones")
    assert fee(client) == "1. The fee of a regional library is ten crowns."
    assert generation(client) == first
    (settings.index_dir / "staging").unlink()
    assert client.put("/api/documents/fee.txt", content=NEW).json()["fate"] == "held already"
    assert fee(client) == "1. The fee of a regional library is twelve crowns."


def test_another_process_that_changes_the_corpus_is_waited_for(client: httpx.Client, settings: Settings) -> None:
    with changing(settings.index_dir):
        refused(client.put("/api/documents/a.txt", content=OTHER), 503, "index-busy")
        refused(client.delete("/api/documents/fee"), 503, "index-busy")
    assert not (settings.corpus / "a.txt").exists()
    assert "only document of the corpus" in refused(client.delete("/api/documents/fee"), 422, "unusable-input")


def test_questions_are_answered_all_the_while(client: httpx.Client) -> None:
    answers: list[str] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            answers.append(fee(client))

    thread = threading.Thread(target=ask)
    thread.start()
    for number in range(3):
        content = OLD.replace(b"ten", b"ten and %d" % number)
        assert client.put("/api/documents/fee.txt", content=content).status_code == 200
    stop.set()
    thread.join()
    texts = ["1. The fee of a regional library is ten crowns."]
    texts += [f"1. The fee of a regional library is ten and {number} crowns." for number in range(3)]
    assert answers
    places = [texts.index(answer) for answer in answers]
    assert places == sorted(places)


# ---------------------------------------------------------------- changed by another process


def elsewhere(settings: Settings, name: str, content: bytes) -> None:
    """What `taqa add` does in another process; only models are shared, which both load alike."""
    growth = build.add(settings, [build.sent(name, content)], model=HashingEncoder())
    assert growth.report is not None
    assert growth.report.built


def test_what_another_process_indexes_answers_without_a_restart(client: httpx.Client, settings: Settings) -> None:
    first = generation(client)
    elsewhere(settings, "fee.txt", NEW)
    assert fee(client) == "1. The fee of a regional library is twelve crowns."
    assert generation(client) != first
    elsewhere(settings, "lending.txt", OTHER)
    assert "lending.txt" in listed(client)
    assert client.get("/api/mentions", params={"ref": "SC-1/15"}).json()["total"] == 0
    elsewhere(settings, "note.txt", b"1. Decision SC-1/15 is recalled.\n")
    assert client.get("/api/mentions", params={"ref": "SC-1/15"}).json()["total"] == 1
    assert client.delete("/api/documents/note").status_code == 200
    assert "note.txt" not in listed(client)


def test_a_generation_that_cannot_be_opened_leaves_the_former_answering(
    client: httpx.Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    first = generation(client)
    with build.sandbox(settings) as reader:
        build_index(
            build.material(build.corpus(settings), reader.read), HashingEncoder("another model"), settings.index_dir
        )
    for _ in range(3):
        assert fee(client) == "1. The fee of a regional library is ten crowns."
    assert generation(client) == first
    told = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert len(told) == 1  # once, not with every request
    assert "made with the model another model" in told[0]
    (settings.index_dir / "current").unlink()
    assert fee(client) == "1. The fee of a regional library is ten crowns."
    elsewhere(settings, "fee.txt", NEW)
    assert fee(client) == "1. The fee of a regional library is twelve crowns."


def test_what_was_begun_before_a_new_generation_ends_as_it_began(client: httpx.Client, settings: Settings) -> None:
    body = {"question": "What is the fee of a regional library?"}
    with client.stream("POST", "/api/ask/stream", json=body) as begun:
        lines = begun.iter_lines()
        assert next(lines) == "event: evidence"
        elsewhere(settings, "fee.txt", NEW)
        assert fee(client) == "1. The fee of a regional library is twelve crowns."
        text = "\n".join(lines)
    assert "event: answer" in text
    assert "ten crowns" in text
    assert "twelve crowns" not in text


def test_many_readers_meet_a_new_generation(client: httpx.Client, settings: Settings) -> None:
    """Every request is answered, and from one whole generation: what one holds is always the same."""
    stop = threading.Event()
    faults: list[str] = []
    seen: set[tuple[str, str, int]] = set()

    def read() -> None:
        with httpx.Client(base_url=client.base_url, timeout=30, trust_env=False) as own:
            while not stop.is_set():
                answer = own.post("/api/ask", json=ASKED)
                if answer.status_code != 200 or answer.json()["status"] != "answered":
                    faults.append(answer.text)
                health = own.get("/api/health").json()
                seen.add((health["generation"], health["fingerprint"], health["documents"]))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(3):
        elsewhere(settings, f"more{number}.txt", b"1. Barometers of kind %d are lent.\n" % number)
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len({name for name, _, _ in seen}) == len(seen) > 1
    assert len(listed(client)) == 4
