"""`GET /api/mentions` over real HTTP and the five documents."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from ..documents import corpus
from .conftest import serving
from .double import Double
from .test_api import assert_problem


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with (
        serving(Double(corpus())) as address,
        httpx.Client(base_url=address, timeout=20, trust_env=False) as opened,
    ):
        yield opened


def test_places_with_their_sentences(client: httpx.Client) -> None:
    body = client.get("/api/mentions", params={"ref": "SC-1/15"}).json()
    assert (body["total"], body["offset"], len(body["mentions"])) == (5, 0, 5)
    texts = {document.id: document.text for document in corpus()}
    for place in body["mentions"]:
        source = texts[place["document"]["id"]]
        assert source[place["start"] : place["end"]] == place["text"]
        joined = "".join(source[start:end] for start, end in place["quote_spans"])
        assert "".join(joined.split()) == "".join(place["quote"].split())
        assert (place["target"], place["reason"]) == (None, "The corpus does not hold SC-1/15.")


def test_where_a_mention_leads(client: httpx.Client) -> None:
    body = client.get("/api/mentions", params={"ref": "INC.1/9"}).json()
    assert body["total"] == 6
    assert {place["target"]["label"] for place in body["mentions"]} == {"UNEP(DTIE)/Hg/INC.1/9"}
    quoted = client.get("/api/mentions", params={"ref": "article 12, para. 4, of the Stockholm Convention"}).json()
    assert quoted["total"] == 5
    assert quoted["mentions"][1]["target"]["label"] == (
        "UNEP(DTIE)/Hg/INC.1/9, para. 28 (quoting Stockholm Convention, art. 12, para. 4)"
    )


def test_pages_make_up_the_whole(client: httpx.Client) -> None:
    whole = client.get("/api/mentions", params={"ref": "INC.1/9"}).json()["mentions"]
    pages = [
        client.get("/api/mentions", params={"ref": "INC.1/9", "limit": 4, "offset": at}).json() for at in (0, 4, 8)
    ]
    assert [place for page in pages for place in page["mentions"]] == whole
    assert [(page["total"], page["limit"], page["offset"], len(page["mentions"])) for page in pages] == [
        (6, 4, 0, 4),
        (6, 4, 4, 2),
        (6, 4, 8, 0),
    ]


@pytest.mark.parametrize("ref", ["INC.1/2", "INC.1/91", "no such thing"])
def test_what_nothing_mentions(client: httpx.Client, ref: str) -> None:
    response = client.get("/api/mentions", params={"ref": ref})
    assert (response.status_code, response.json()["total"], response.json()["mentions"]) == (200, 0, [])


def test_unusable_requests(client: httpx.Client) -> None:
    assert_problem(client.get("/api/mentions"), 422, "ref")
    assert_problem(client.get("/api/mentions", params={"ref": "?!"}), 422, "empty")
    assert_problem(client.get("/api/mentions", params={"ref": "x", "limit": 0}), 422, "limit")
    assert_problem(client.get("/api/mentions", params={"ref": "x", "offset": -1}), 422, "offset")
