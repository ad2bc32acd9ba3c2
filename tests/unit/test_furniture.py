"""Running headers, page numbers, lists of links."""

from __future__ import annotations

import pytest

from ..documents import furniture, made, tails, text


def pages(*numbers: str, header: str = "XYZ/BEE.1/7") -> str:
    body = "1. Work goes\n"
    for number in numbers:
        body += f"\n\n\n{header}\n \n\n {number}\n\non\n"
    return body


def test_headers_with_page_numbers() -> None:
    paper = made(pages("2", "4"))
    assert furniture(paper, "running header") == ["XYZ/BEE.1/7"] * 2
    assert furniture(paper, "page number") == ["2", "4"]
    assert text(paper, "1") == "1. Work goes on on"


def test_a_symbol_that_stands_once_is_no_header() -> None:
    assert furniture(made("1. The paper is\n\nXYZ/BEE.1/7\n\nwhich follows.\n"), "running header") == []


def test_a_line_that_repeats_but_is_no_symbol_is_text() -> None:
    paper = made("1. One.\n\nDelivery of aid\n\n2. Two.\n\nDelivery of aid\n\n3. Three.\n")
    assert furniture(paper, "running header") == []


@pytest.mark.parametrize("shape", ["{}", "- {} -", "Page {}", "– {} –"])
def test_ascending_page_numbers_without_a_header(shape: str) -> None:
    body = "".join(f"{i}. Words of page {i}.\n\n{shape.format(i)}\n\n" for i in range(1, 6))
    assert furniture(made(body), "page number") == [shape.format(i) for i in range(1, 6)]


def test_numbers_alone_that_do_not_ascend_are_text() -> None:
    body = "".join(f"Words.\n\n{number}\n\n" for number in (7, 3, 12, 1))
    assert furniture(made(body), "page number") == []


def test_links_of_their_own_are_a_list_and_links_in_sentences_are_text() -> None:
    paper = made(
        "1. See http://hive.example/ and\nhttp://wax.example/ for more.\n\nhttp://a.example/\nwww.b.example\n\n2. So.\n"
    )
    assert furniture(paper, "link list") == ["http://a.example/", "www.b.example"]
    assert text(paper, "1") == "1. See http://hive.example/ and http://wax.example/ for more."
    assert tails(paper) == ["1", "2"]
