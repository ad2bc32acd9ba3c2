"""The API over real HTTP: answers, stream, look-up, and one clear sentence for everything that goes wrong."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from taqa.errors import CorpusError, IndexDamaged, ModelError
from taqa.service.problems import CODES, from_error

from .conftest import Limits, serving
from .double import Double

MARKED = "What is the annual cost of a regional library?"


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=20, trust_env=False) as opened:
        yield opened


def events(text: str) -> list[tuple[str, Any]]:
    """Server-sent events as (name, data)."""
    found = []
    for block in text.replace("\r\n", "\n").strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def assert_problem(response: httpx.Response, status: int, *words: str) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith("application/problem+json")
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["code"]
    detail = body["detail"]
    assert detail.endswith(".")
    assert "\n" not in detail
    assert "Traceback" not in response.text
    for word in words:
        assert word in detail


# ---------------------------------------------------------------- answers


def test_ask_quotes_and_cites(client: httpx.Client) -> None:
    body = client.post("/api/ask", json={"question": MARKED, "id": "q1"}).raise_for_status().json()
    assert (body["id"], body["status"]) == ("q1", "answered")
    citation = body["citations"][0]
    assert citation["label"] == "EX(LIB)/INC.1/7, para. 4"
    text = client.get(f"/api/documents/{citation['document']['id']}?text=true").json()["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_stream_ends_with_the_answer_of_ask(client: httpx.Client) -> None:
    whole = client.post("/api/ask", json={"question": MARKED}).json()
    response = client.post("/api/ask/stream", json={"question": MARKED})
    assert response.headers["content-type"].startswith("text/event-stream")
    found = events(response.text)
    assert [name for name, _ in found] == ["evidence", *["statement"] * len(whole["statements"]), "answer"]
    assert found[0][1]["count"] == len(found[0][1]["hits"]) > 0
    assert [data for name, data in found if name == "statement"] == whole["statements"]
    assert {**found[-1][1], "ms": 0} == {**whole, "ms": 0}


def test_statements_arrive_while_the_answer_is_being_made(double: Double) -> None:
    slow = Double(double.documents, pause=0.3)
    with serving(slow) as address, httpx.Client(base_url=address, timeout=20, trust_env=False) as client:
        with client.stream("POST", "/api/ask/stream", json={"question": MARKED}) as response:
            first = next(response.iter_lines())
            other = client.get("/api/health")  # the service is not held up by an open stream
        assert first == "event: evidence"
        assert other.status_code == 200


def test_a_reader_who_leaves_does_not_block_the_next(double: Double) -> None:
    slow = Double(double.documents, pause=0.1)
    with serving(slow) as address, httpx.Client(base_url=address, timeout=20, trust_env=False) as client:
        for _ in range(3):
            with client.stream("POST", "/api/ask/stream", json={"question": MARKED}) as response:
                next(response.iter_lines())
        assert client.post("/api/ask", json={"question": MARKED}).json()["status"] == "answered"


def test_questions_at_once_all_get_their_own_answer(client: httpx.Client) -> None:
    questions = [MARKED, "How long are thermometers lent?", "Zebra crossings?"] * 4
    answers: dict[int, dict[str, Any]] = {}

    def ask(n: int) -> None:
        answers[n] = client.post("/api/ask", json={"question": questions[n], "id": str(n)}).json()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answers[n]["question"] for n in range(len(questions))] == questions
    assert [answers[n]["id"] for n in range(len(questions))] == [str(n) for n in range(len(questions))]


def test_history_and_documents_reach_the_assistant(client: httpx.Client, double: Double) -> None:
    history = [{"role": "user", "content": "Who repairs thermometers?"}]
    body = {"question": "And for what charge?", "history": history, "documents": [double.documents[1].id]}
    answer = client.post("/api/ask", json=body).json()
    assert "Who repairs thermometers?" in answer["interpreted_question"]
    assert {citation["file"] for citation in answer["citations"]} == {"beta.txt"}


def test_search(client: httpx.Client) -> None:
    hits = client.get("/api/search", params={"q": "thermometers", "limit": 2}).json()["hits"]
    assert len(hits) == 2
    assert all("thermometers" in hit["text"].casefold() for hit in hits)
    assert_problem(client.get("/api/search", params={"q": "x", "limit": 0}), 422, "limit")
    assert_problem(client.get("/api/search", params={"q": " "}), 422, "empty")
    assert_problem(client.get("/api/search"), 422, "`q` is missing")


# ---------------------------------------------------------------- documents


def test_documents(client: httpx.Client, double: Double) -> None:
    found = client.get("/api/documents").json()
    listed = found["documents"]
    assert [document["file"] for document in listed] == ["alpha.txt", "beta.txt"]
    assert [document["verdict"] for document in listed] == ["indexed", "indexed"]
    assert [(file["file"], file["verdict"]) for file in found["files"]] == [
        *(("alpha.txt", "indexed"), ("beta.txt", "indexed"), ("torn.pdf", "damaged")),
    ]
    assert found["files"][2] == {
        "file": "torn.pdf",
        "verdict": "damaged",
        "reason": "torn.pdf is a damaged PDF (EOF); open and save it anew.",
        "former": False,
    }
    assert listed[0]["symbol"] == "EX(LIB)/INC.1/7"
    one = client.get(f"/api/documents/{listed[0]['id']}").json()
    assert one["text"] is None
    assert len(one["units"]) == listed[0]["units"] == len(double.documents[0].units)
    assert sum(one["furniture_counts"].values()) == len(one["furniture"])


@pytest.mark.parametrize("printed", ["3.a.ii", "3 (a) (ii)", "para. 3 (a) (ii)", "3(a)(ii)"])
def test_unit_by_any_form_of_its_address(client: httpx.Client, double: Double, printed: str) -> None:
    view = client.get(f"/api/documents/{double.documents[0].id}/units/{quote(printed)}").raise_for_status().json()
    assert view["unit"]["text"] == "(ii) Repair of thermometers;"
    assert [above["address"] for above in view["above"]] == [["3"], ["3", "(a)"]]
    assert view["label"] == "EX(LIB)/INC.1/7, para. 3 (a) (ii)"


def test_unit_shows_its_items(client: httpx.Client, double: Double) -> None:
    view = client.get(f"/api/documents/{double.documents[0].id}/units/3").json()
    assert [below["address"][-1] for below in view["below"]] == ["(a)", "(b)"]


def test_resolve(client: httpx.Client) -> None:
    found = client.get("/api/resolve", params={"ref": "ex(lib)/inc.1/7, para. 3 (b)"}).json()
    assert found["unit"]["unit"]["text"] == "(b) Replacement of broken barometers."
    assert found["units"] == [found["unit"]]
    whole = client.get("/api/resolve", params={"ref": "EX(LIB)/INC.1/7"}).json()
    assert (whole["unit"], whole["units"], whole["document"]["symbol"]) == (None, [], "EX(LIB)/INC.1/7")
    many = client.get("/api/resolve", params={"ref": "ex lib inc 1 7 paras 2-4"}).json()
    assert [view["unit"]["label"] for view in many["units"]] == ["para. 2", "para. 3", "para. 4"]
    assert many["unit"] == many["units"][0]
    assert_problem(client.get("/api/resolve", params={"ref": "EX(LIB)/INC.1/7, para. 99"}), 404, "99")
    assert_problem(client.get("/api/resolve", params={"ref": "EX(LIB)/INC.1/70"}), 404)
    assert_problem(client.get("/api/resolve", params={"ref": ""}), 422, "`ref`")


def test_health(client: httpx.Client, double: Double) -> None:
    body = client.get("/api/health").json()
    assert body["status"] == "ok"
    assert (body["generation"], body["fingerprint"], body["model"]) == ("000001", "f00d", "word-counting")
    assert (body["documents"], body["units"]) == (2, len(double.index.units))


# ---------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"question": ""}, ["question is empty"]),
        ({"question": " \n\t"}, ["question is empty"]),
        ({"question": "??"}, ["question is empty"]),
        ({"question": "x" * 10_000}, ["10000 characters", "2000"]),
        ({"question": 7}, ["`question`", "string"]),
        ({}, ["`question` is missing"]),
        ([], ["JSON object"]),
        ({"question": "x", "history": "none"}, ["`history`"]),
        ({"question": "x", "history": [{"role": "judge", "content": "y"}]}, ["`history.0.role`"]),
        ({"question": "x", "documents": [1]}, ["`documents.0`"]),
    ],
)
def test_unusable_questions(client: httpx.Client, path: str, body: Any, words: list[str]) -> None:
    assert_problem(client.post(path, json=body), 422, *words)


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_a_restriction_to_an_unknown_document(client: httpx.Client, path: str) -> None:
    refused = client.post(path, json={"question": "x", "documents": ["nowhere"]})
    assert_problem(refused, 404)
    told = "There is no document with the id “nowhere”; GET /api/documents lists them."
    assert refused.json()["detail"] == told
    assert client.get("/api/documents/nowhere").json()["detail"] == told


JSON = "application/json"
NESTED = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
@pytest.mark.parametrize(
    ("body", "kind", "status", "code", "detail"),
    [
        (b"", JSON, 400, "unreadable-body", "The request has no body; send a JSON object."),
        (b" \n", JSON, 400, "unreadable-body", "The request has no body; send a JSON object."),
        (b'{"question": "\xff"}', JSON, 400, "unreadable-body",
         "The body is not valid UTF-8 (byte 15); send JSON in UTF-8."),
        ("{}".encode("utf-16"), JSON, 400, "unreadable-body",
         "The body is not valid UTF-8 (byte 1); send JSON in UTF-8."),
        (b'{"question":\n ', JSON, 400, "unreadable-body", "The body is not valid JSON (line 2, column 2)."),
        (b"{'question': 'x'}", JSON, 400, "unreadable-body", "The body is not valid JSON (line 1, column 2)."),
        (b'{"question": NaN}', JSON, 400, "unreadable-body", "The body is not valid JSON: it has no number NaN."),
        (b'{"question": "x", "a": -Infinity}', JSON, 400, "unreadable-body",
         "The body is not valid JSON: it has no number -Infinity."),
        (NESTED, JSON, 400, "unreadable-body", "The body is nested too deeply; send a flat JSON object."),
        (b'{"question": "x", "a": %s}' % NESTED, JSON, 400, "unreadable-body",
         "The body is nested too deeply; send a flat JSON object."),
        (b'{"question": %s}' % (b"9" * 100_000), JSON, 400, "unreadable-body",
         "The body holds a number with too many digits; send a shorter one."),
        (b'{"question": 1e999}', JSON, 422, "invalid-request", "`question`: input should be a valid string."),
        (b'{"question": "\\ud800"}', JSON, 422, "invalid-request",
         "`question`: the text holds half a character (a lone surrogate)."),
        (b"[]", JSON, 422, "invalid-request", "The body must be a JSON object."),
        (b'"x"', JSON, 422, "invalid-request", "The body must be a JSON object."),
        (b"null", JSON, 422, "invalid-request", "The body must be a JSON object."),
        (b"question=x", "application/x-www-form-urlencoded", 415, "wrong-content-type",
         "Send the body with Content-Type: application/json."),
        (b'{"question": "x"}', "text/plain", 415, "wrong-content-type",
         "Send the body with Content-Type: application/json."),
        (b'{"question": "x"}', "", 415, "wrong-content-type",
         "Send the body with Content-Type: application/json."),
    ],
)  # fmt: skip
def test_bodies_that_hold_no_question(
    client: httpx.Client, path: str, body: bytes, kind: str, status: int, code: str, detail: str
) -> None:
    response = client.post(path, content=body, headers={"content-type": kind} if kind else {})
    assert_problem(response, status)
    assert (response.json()["code"], response.json()["detail"]) == (code, detail)


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/ld+json"])
def test_bodies_that_are_json_by_another_name(client: httpx.Client, kind: str) -> None:
    body = b"\xef\xbb\xbf" + json.dumps({"question": MARKED}).encode()  # with the mark that some programs put first
    assert client.post("/api/ask", content=body, headers={"content-type": kind}).json()["status"] == "answered"


def test_a_body_that_is_too_large(client: httpx.Client) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    headers = {"content-type": "application/json"}
    assert_problem(client.post("/api/ask", content=b" " * 2_000_000, headers=headers), 413, "larger")
    assert_problem(client.post("/api/ask", content=endless(), headers=headers), 413, "larger")


def test_places_that_do_not_exist(client: httpx.Client, double: Double) -> None:
    assert_problem(client.get("/api/documents/nowhere"), 404, "nowhere")
    assert_problem(client.get(f"/api/documents/{double.documents[0].id}/units/99"), 404, "99")
    assert_problem(client.get("/api/nothing"), 404, "/api/nothing")
    assert_problem(client.get("/assets/nothing.js"), 404)
    assert_problem(client.get("/assets/..%2f..%2fapp.py"), 404)
    response = client.get("/api/ask")
    assert_problem(response, 405, "GET")
    assert "POST" in response.headers["allow"]


def test_an_unexpected_error_says_nothing_of_its_inside(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    response = client.post("/api/ask", json={"question": "please explode"})
    assert_problem(response, 500, "log")
    assert "secret" not in response.text
    assert "content-security-policy" in response.headers
    assert "the secret of the stack" in caplog.text
    stream = client.post("/api/ask/stream", json={"question": "please explode"})
    [(name, data)] = events(stream.text)
    assert (name, data["status"]) == ("error", 500)
    assert "secret" not in stream.text


# ---------------------------------------------------------------- who may speak to it


@pytest.mark.parametrize("path", ["/", "/docs", "/api/health", "/api/nothing", "/assets/app.js", "/openapi.json"])
def test_every_response_carries_the_security_headers(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code == 404) == path.endswith("nothing")
    headers = response.headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def status_for(address: str, host: str, method: str = "GET", path: str = "/api/health") -> int:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_foreign_host_names_are_refused(address: str) -> None:
    port = address.rsplit(":", 1)[1]
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}", "LOCALHOST"):
        assert status_for(address, host) == 200, host
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "",
        "[::1",
        "a@localhost.b",
    ):
        assert status_for(address, host) == 400, host


def test_the_configured_host_is_answered(double: Double) -> None:
    with serving(double, Limits(host="taqa.example")) as address:
        assert status_for(address, "taqa.example:8000") == 200
        assert status_for(address, "other.example") == 400
    with serving(double, Limits(host="0.0.0.0")) as address:
        assert status_for(address, "192.0.2.7:8000") == 200
        assert status_for(address, "evil.example") == 400


def test_posts_from_other_pages_are_refused(client: httpx.Client, address: str) -> None:
    body = {"question": MARKED}
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert_problem(client.post("/api/ask", json=body, headers=headers), 403, "refused")
    assert client.post("/api/ask", json=body, headers={"origin": address}).status_code == 200


# ---------------------------------------------------------------- its codes


def documented() -> dict[str, int]:
    """The codes in the table of docs/api.md, with their statuses."""
    text = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    return {code: int(status) for status, code in re.findall(r"^\| (\d{3}) \| `([\w-]+)` \|", text, re.MULTILINE)}


def test_every_code_is_documented(client: httpx.Client) -> None:
    assert documented() == CODES
    described = client.get("/openapi.json").json()["paths"]["/api/ask"]["post"]["responses"]["404"]
    [content] = described["content"].values()
    assert set(content["schema"]["properties"]["code"]["enum"]) == set(CODES)


def test_every_code_has_a_cause(client: httpx.Client) -> None:
    """Each code comes of a request, or of a fault of what the service stands on."""
    ask = "/api/ask"
    causes = [
        client.get("/api/health", headers={"host": "evil.example"}),
        client.post(ask, content=b"{", headers={"content-type": JSON}),
        client.post(ask, json={"question": "x"}, headers={"origin": "https://evil.example"}),
        client.get("/api/nothing"),
        client.get("/api/documents/nowhere"),
        client.get(ask),
        client.post(ask, content=b" " * 2_000_000),
        client.post(ask, content=b"x", headers={"content-type": "text/plain"}),
        client.post(ask, json={}),
        client.post(ask, json={"question": ""}),
        client.post(ask, json={"question": "please explode"}),
        client.delete("/api/documents/alpha"),
    ]
    given = {response.json()["code"]: response.status_code for response in causes}
    faults = [CorpusError("a.pdf cannot be read."), IndexDamaged("Run `taqa ingest`."), ModelError("No weights.")]
    given |= {found.code: found.status for found in map(from_error, faults)}
    given |= {"unreadable-document": 422, "index-busy": 503}  # test_changes.py gives them causes
    assert given == CODES


def test_faults_of_the_service_are_logged_and_name_no_command(caplog: pytest.LogCaptureFixture) -> None:
    told = from_error(IndexDamaged("The index is damaged: run `taqa ingest`."))
    assert told.detail == "The index cannot be used; the log of the server says how to mend it."
    assert "run `taqa ingest`" in caplog.text


def test_no_refusal_names_a_command(client: httpx.Client) -> None:
    asked = {"question": "x", "documents": ["nowhere"]}
    refused = [
        client.post("/api/ask", json=asked),
        client.get("/api/search", params={"q": "x", "documents": "nowhere"}),
        client.get("/api/documents/nowhere"),
        client.get("/api/documents/nowhere/units/1"),
        client.get("/api/resolve", params={"ref": "nowhere"}),
    ]
    assert {response.status_code for response in refused} == {404}
    assert not [response.text for response in refused if "taqa " in response.text]
    described = client.get("/openapi.json").text
    assert "taqa " not in described


# ---------------------------------------------------------------- its description


def test_openapi_is_complete(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/ask", "/api/ask/stream", "/api/search", "/api/resolve", "/api/health", "/api/documents",
        "/api/mentions", "/api/documents/{id}", "/api/documents/{name}", "/api/documents/{id}/units/{address}",
    }  # fmt: skip
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert operation["summary"]
            assert operation["tags"]
            [content] = operation["responses"]["200"]["content"].values()
            assert content["example"], path
            for status, response in operation["responses"].items():
                if status != "200":
                    assert list(response["content"]) == ["application/problem+json"], (path, status)
            for parameter in operation.get("parameters", []):
                assert parameter["description"], (path, parameter["name"])
    assert described["components"]["schemas"]["QuestionIn"]["examples"]


def test_its_example_answer_has_the_form_of_a_real_one(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    example = described["paths"]["/api/ask"]["post"]["responses"]["200"]["content"]["application/json"]["example"]
    real = client.post("/api/ask", json={"question": MARKED}).json()
    assert set(example) == set(real)
    assert set(example["citations"][0]) == set(real["citations"][0])
