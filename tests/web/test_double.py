"""The double computes from the text: what it quotes is there."""

from taqa.domain import Question

from .double import Double


def test_quotes_the_sentence_that_shares_most_words(double: Double) -> None:
    answer = double.ask(Question("What is the annual cost of a regional library?"))
    assert answer.status == "answered"
    assert answer.citations[0].label == "EX(LIB)/INC.1/7, para. 4"
    assert "12,000 crowns" in answer.statements[0].text


def test_finds_nothing_where_no_word_is_shared(double: Double) -> None:
    assert double.ask(Question("Zebra crossings?")).status == "not_found"
