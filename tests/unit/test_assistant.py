"""The whole pipeline over the five documents, with the real engines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from taqa import build, wire
from taqa.assistant import Assistant, shown
from taqa.domain import Answer, Evidence, Question, Statement, Turn
from taqa.errors import InputError, NotInCorpus, UnknownDocument
from taqa.ingest import scan
from taqa.settings import Settings

from ..documents import CORPUS, real

QUESTIONS = (
    "What are the core functions of the Basel Convention regional centres?",
    "How do the centres carry out their core functions?",
    "What does article 12, paragraph 3, of the Stockholm Convention say?",
    "What does article 14 of the Basel Convention say?",
    "What does paragraph 6 of UNEP(DTIE)/Hg/INC.1/9 say?",
    "UNEP(DTIE)/Hg/INC.1/9, para. 29 (c) (viii)",
    "Which paragraphs mention decision SC-1/15?",
    "Where is UNEP(DTIE)/Hg/INC.1/9 mentioned?",
    "Which document mentions ECE/MP.PP/2005/2/Add.1?",
    "How is technical assistance understood?",
    "What is the Virtual Classroom on PRTRs?",
    "Who takes part in the Environment and Security Initiative?",
    "What are the three key functions of the Environment and Security Initiative?",
    "What results does the framework programme expect?",
    "What is the mandate of the OECD Task Force on PRTRs?",
    "When was the Quick Start Programme launched?",
    "What share of contributions can be made bilaterally?",
    "How many implementing agencies does the Multilateral Fund have?",
    "How do the Quick Start Programme and the Multilateral Fund differ?",
    "Compare the Basel Convention centres with the Stockholm Convention centres.",
    "What outputs are planned under the Rotterdam Convention?",
    "What are the indicators for the cross-cutting areas?",
    "Which means of implementation is the plan based on?",
    "What would a separate technical assistance mechanism imply?",
    "How will the plan be monitored and evaluated?",
)
INC9 = "002_1e631d3bd8709de2"
INC10 = "003_00bfb7dcec35d252"


@pytest.fixture
def willing(real_assistant: Assistant) -> Assistant:
    """One that refuses nothing for want of confidence, so that what is composed can be seen."""
    return replace(real_assistant, threshold=0.0)


def said(answer: Answer) -> str:
    """Everything that an answer says but the time it took."""
    return wire.from_answer(replace(answer, ms=0.0)).model_dump_json()


def cited(answer: Answer) -> list[str]:
    return [f"{c.quotation.document.id[:3]} {c.quotation.unit.label}" for c in answer.citations]


def bare(text: str) -> str:
    """Letters, digits and marks: without white space and hyphens, which healing may remove."""
    return "".join(character for character in text if not character.isspace() and character not in "-\u00ad‐‑")


def pieces_of(answer: dict[str, object]) -> Iterator[dict[str, object]]:
    for name in ("citations", "related"):
        found = answer[name]
        assert isinstance(found, list)
        for citation in found:
            yield citation
            yield from ({**citation, **lead} for lead in citation["lead"])


def test_every_answer_replays_from_the_bytes_of_the_corpus_alone(willing: Assistant) -> None:
    for question in QUESTIONS:
        answer = json.loads(wire.from_answer(willing.ask(Question(question))).model_dump_json())
        assert answer["status"] == "answered", question
        said = {c["n"]: [*(lead["quote"] for lead in c["lead"]), c["quote"]] for c in answer["citations"]}
        for citation in pieces_of(answer):
            content = (CORPUS / str(citation["file"])).read_bytes()
            assert hashlib.sha256(content).hexdigest() == citation["sha256"]
            text = content.decode("utf-8")
            spans = citation["spans"]
            assert isinstance(spans, list)
            assert (spans[0][0], spans[-1][1]) == (citation["start"], citation["end"])
            assert bare("".join(text[start:end] for start, end in spans)) == bare(str(citation["quote"])), question
        for statement in answer["statements"]:
            pieces = [" … ".join(said[n]) for n in statement["citations"]]
            assert statement["text"] == pieces[0]
            assert {bare(piece.rstrip(".;,")).casefold() for piece in pieces} == {
                bare(pieces[0].rstrip(".;,")).casefold()
            }


def test_the_same_question_has_the_same_answer_and_its_events_lead_to_it(real_assistant: Assistant) -> None:
    for text in QUESTIONS[::4]:
        question = Question(text, id="q")
        first = real_assistant.ask(question)
        *before, last = real_assistant.events(question)
        assert isinstance(before[0], Evidence)
        assert isinstance(last, Answer)
        assert said(first) == said(last)
        assert tuple(before[1:]) == last.statements
        assert all(isinstance(event, Statement) for event in before[1:])


def test_the_order_in_which_the_folder_lists_its_files_changes_nothing(
    real_assistant: Assistant, real_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: iter(sorted(listed(self), reverse=True)))
    assert scan(CORPUS).fingerprint == real_assistant.index.corpus
    report = build.ingest(real_settings)
    assert (report.built, report.embedded, report.fingerprint) == (False, 0, real_assistant.index.fingerprint)


# -- kinds of answers -------------------------------------------------------------------------------------


def test_a_list_comes_with_its_chapeau_and_all_items_in_order(willing: Assistant) -> None:
    answer = willing.ask(Question("What are the core functions of the Basel Convention regional centres?"))
    assert cited(answer) == ["002 para. 6", *(f"002 para. 6 ({letter})" for letter in "abcdefghi")]
    document = real("002")
    assert answer.statements[0].text == (
        "The core functions of the Basel Convention regional centres are training, technology transfer, information "
        "dissemination, consulting and awareness-raising. The centres carry out these core functions by:"
    )
    whole = [document.unit(f"{document.id}:6.{letter}") for letter in "abcdefghi"]
    assert [statement.text for statement in answer.statements[1:]] == [unit.text for unit in whole if unit]


def test_a_quoted_provision_is_given_whole(real_assistant: Assistant) -> None:
    answer = real_assistant.ask(Question("What does article 12, paragraph 3, of the Stockholm Convention say?"))
    assert cited(answer) == ["002 para. 28 (quoting Stockholm Convention, art. 12, para. 3)"]
    assert answer.statements[0].text.startswith("3. In this regard, technical assistance to be provided by developed")
    assert answer.statements[0].text.endswith("shall be provided by the Conference of the Parties.")


def test_all_mentions_of_a_decision(real_assistant: Assistant) -> None:
    answer = real_assistant.ask(Question("Which paragraphs mention decision SC-1/15?"))
    assert cited(answer) == ["002 para. 29", "002 para. 31", "002 para. 32", "002 para. 33", "003 para. 23"]
    assert all("SC-1/15" in statement.text.replace("‑", "-") for statement in answer.statements)


@pytest.mark.parametrize("symbol", ["INC.1/1", "UNEP(DTIE)/Hg/INC.1/1"])
def test_a_symbol_is_not_the_one_that_begins_like_it(real_assistant: Assistant, symbol: str) -> None:
    answer = real_assistant.ask(Question(f"Where is {symbol} mentioned?"))
    assert cited(answer) == ["003 footnote *"]
    assert [statement.text for statement in answer.statements] == ["UNEP(DTIE)/Hg/INC.1/1."]


@pytest.mark.parametrize(
    "text",
    [
        "Where is decision SC-9/99 mentioned?",
        "Where is UNEP(DTIE)/Hg/INC.1/100 mentioned?",
        "What does article 99 of the Stockholm Convention say?",
        "What does paragraph 99 of UNEP(DTIE)/Hg/INC.1/9 say?",
    ],
)
def test_what_is_not_there_is_not_found(real_assistant: Assistant, text: str) -> None:
    answer = real_assistant.ask(Question(text))
    assert (answer.status, answer.statements, answer.citations) == ("not_found", (), ())


def test_a_paragraph_asked_for_comes_with_what_announces_it(real_assistant: Assistant) -> None:
    answer = real_assistant.ask(Question("UNEP(DTIE)/Hg/INC.1/9, para. 29 (c) (viii)"))
    assert cited(answer) == ["002 para. 29 (c) (viii)"]
    assert [lead.unit.label for lead in answer.citations[0].lead] == ["para. 29", "para. 29 (c)"]
    assert len(answer.statements) == 1


def test_two_sides_of_a_comparison(willing: Assistant) -> None:
    answer = willing.ask(Question("How do the Quick Start Programme and the Multilateral Fund differ?"))
    assert len(answer.statements) == 2
    assert [label.split()[0] for label in cited(answer)] == ["001", "003"]
    assert "Quick Start Programme" in answer.statements[0].text
    assert "Fund" in answer.statements[1].text


def test_a_side_that_no_document_speaks_of_is_named(willing: Assistant) -> None:
    answer = willing.ask(Question("term of office: WHO collaborating centres vs Ruritanian centres"))
    assert answer.not_stated == ("Ruritanian centres",)
    assert len(answer.statements) == 1
    assert answer.text.endswith("Not stated in the documents searched: “Ruritanian centres”.")
    assert wire.from_answer(answer).not_stated == answer.not_stated


def test_a_number_that_the_documents_hold_is_not_said_to_be_missing(real_assistant: Assistant) -> None:
    asked = "How do the national ozone units differ from the regional networks in number of countries: 143 or {}?"
    held = real_assistant.ask(Question(asked.format("147")))
    assert held.status == "answered"
    assert held.not_stated == ()
    assert "999" in real_assistant.ask(Question(asked.format("999"))).not_stated


def test_a_definition_is_read_to_the_end(willing: Assistant) -> None:
    answer = willing.ask(Question("What does “technical assistance” mean, how is it understood?"))
    footnote = real("001").unit("001_2b15d0ced970bee2:1.footnote2")
    assert footnote is not None
    assert footnote.text[footnote.body :] in " ".join(statement.text for statement in answer.statements)


# -- conversation -----------------------------------------------------------------------------------------


def test_a_follow_up_with_another_name(real_assistant: Assistant) -> None:
    history = (Turn("user", "Who finances the Multilateral Fund?"), Turn("assistant", "Parties do."))
    answer = real_assistant.ask(Question("And what about the Quick Start Programme?", history))
    assert answer.interpreted_question == "Who finances the Quick Start Programme?"
    assert answer.question.text == "And what about the Quick Start Programme?"


def test_a_follow_up_with_a_pronoun(willing: Assistant) -> None:
    history = (Turn("user", "What is the Quick Start Programme?"), Turn("assistant", "A programme."))
    answer = willing.ask(Question("Who pays for it?", history))
    assert answer.interpreted_question == "Who pays for the Quick Start Programme?"
    assert cited(answer) == ["001 para. 21"]


def test_without_history_nothing_is_made_up(real_assistant: Assistant) -> None:
    assert real_assistant.ask(Question("Who pays for it?")).interpreted_question == "Who pays for it?"


def test_courtesy_is_answered_with_one_sentence_and_nothing_is_pretended(real_assistant: Assistant) -> None:
    history = (Turn("user", "What is the Quick Start Programme?"), Turn("assistant", "A programme."))
    answer = real_assistant.ask(Question("ok, thanks!", history))
    assert (answer.status, answer.interpreted_question) == ("clarify", "ok, thanks!")
    assert (
        answer.text
        == "Type a question about the documents; the answer quotes them, with a reference to each paragraph."
    )
    assert (answer.statements, answer.citations, answer.related, answer.confidence) == ((), (), (), 0.0)
    assert (answer.searched.documents, answer.searched.units) == (0, 0)


# -- restriction ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", QUESTIONS[::2])
@pytest.mark.parametrize("document", [INC9, INC10])
def test_a_restriction_holds_everywhere(willing: Assistant, text: str, document: str) -> None:
    evidence, *_, answer = willing.events(Question(text, documents=(document,)))
    assert isinstance(evidence, Evidence)
    assert isinstance(answer, Answer)
    assert {hit.document.id for hit in evidence.hits} <= {document}
    assert {c.quotation.document.id for c in (*answer.citations, *answer.related)} <= {document}
    assert answer.searched.documents == 1
    assert answer.searched.units == len(real(document[:3]).units)


def test_search_is_restricted_and_limited(real_assistant: Assistant) -> None:
    hits = real_assistant.search("core functions of the regional centres", 7, (INC9,))
    assert len(hits) == 7
    assert {hit.document.id for hit in hits} == {INC9}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.unit.id for hit in hits}) == 7


def test_an_unknown_document_is_named(real_assistant: Assistant) -> None:
    with pytest.raises(UnknownDocument, match=r"^There is no document with the id “nine”\.$"):
        real_assistant.ask(Question("Who pays?", documents=("nine",)))


# -- refusals and faults ----------------------------------------------------------------------------------


def test_a_refusal_says_what_was_searched_and_what_is_nearest(real_assistant: Assistant) -> None:
    answer = replace(real_assistant, threshold=1.1).ask(Question("Who finances the Multilateral Fund?"))
    units = sum(len(document.units) for document in real_assistant.documents)
    assert answer.status == "not_found"
    assert answer.text == (
        f"The documents do not say. Searched: 5 documents ({units} paragraphs and other units). "
        "The nearest provisions are listed as related; they do not answer it."
    )
    assert [citation.n for citation in answer.related] == [1, 2, 3]
    assert len({citation.quotation.unit.id for citation in answer.related}) == 3
    assert (answer.searched.documents, answer.searched.units) == (5, units)


@pytest.mark.parametrize(
    "text",
    [
        "什么是技术援助？",
        "ما هي المساعدة التقنية؟",
        "Что такое техническая помощь?",
        "Zyzzyva quux?",
        "7 7 7",
    ],
)
def test_a_question_of_which_no_word_is_in_the_documents_is_not_answered(real_assistant: Assistant, text: str) -> None:
    answer = real_assistant.ask(Question(text))
    assert (answer.status, answer.statements) == ("not_found", ())


@pytest.mark.parametrize("text", ["", "   \n\t ", "?!…", "()", "\u200b"])
def test_an_empty_question(real_assistant: Assistant, text: str) -> None:
    with pytest.raises(InputError, match=r"^The question is empty; type a question in words\.$"):
        real_assistant.ask(Question(text))


def test_a_long_question(real_assistant: Assistant) -> None:
    assert real_assistant.ask(Question("word " * 399 + "wordy")).status in ("answered", "not_found")
    with pytest.raises(InputError, match=r"^The question has 2001 characters; shorten it to 2000\.$"):
        real_assistant.ask(Question("w" * 2001))


def test_bytes_that_are_no_text(real_assistant: Assistant) -> None:
    for question in (Question("\udcff waste"), Question("waste", (Turn("user", "\ud800"),))):
        with pytest.raises(InputError, match=r"^The question holds bytes that are no text; type it in UTF-8\.$"):
            real_assistant.ask(question)


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE units; --", "a AND (b OR", '"unclosed', "+mercury -waste *", "field:value^2", "\\x", "[bold]x[/]"],
)  # fmt: skip
def test_marks_of_query_languages_are_words_like_others(real_assistant: Assistant, text: str) -> None:
    assert real_assistant.ask(Question(text)).status in ("answered", "not_found")


def test_the_text_shown_names_every_reference(real_assistant: Assistant) -> None:
    answer = real_assistant.ask(Question("UNEP(DTIE)/Hg/INC.1/9, para. 6 (c)"))
    assert answer.text == shown(answer.statements, answer.citations)
    assert answer.text.endswith("(UNEP(DTIE)/Hg/INC.1/9, para. 6 (c))")


def test_references_resolve(real_assistant: Assistant) -> None:
    resolution = real_assistant.resolve("UNEP(DTIE)/Hg/INC.1/9, para. 29 (c)")
    assert resolution.unit is not None
    assert resolution.unit.id == f"{INC9}:29.c"
    assert build.document_id(real_assistant, "UNEP(DTIE)/Hg/INC.1/10") == INC10
    with pytest.raises(NotInCorpus, match="nine"):
        build.document_id(real_assistant, "nine")


HISTORY = (
    Turn("user", "Which centres did decision SC-4/23 endorse?"),
    Turn("assistant", "“8 of the 12 nominees” (UNEP(DTIE)/Hg/INC.1/9, para. 34)"),
)


@pytest.mark.parametrize("text", ["Who won the world cup in 2018?", "What is the capital of Mongolia?"])
def test_a_whole_question_takes_nothing_from_the_conversation(real_assistant: Assistant, text: str) -> None:
    answer = real_assistant.ask(Question(text, HISTORY))
    assert (answer.interpreted_question, answer.status) == (text, "not_found")


def test_a_paragraph_named_alone_is_one_of_the_document_cited_last(real_assistant: Assistant) -> None:
    assert cited(real_assistant.ask(Question("And paragraph 35?", HISTORY))) == ["002 para. 35"]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("What does decision SC-9/99 say?", ()),
        ("Which centres did decision SC-4/23 endorse?", ("003_00bfb7dcec35d252",)),
        ("What does article 14 of the Stockholm Convention say?", ()),
    ],
)
def test_what_is_of_another_document_or_treaty_is_not_found(
    real_assistant: Assistant, text: str, documents: tuple[str, ...]
) -> None:
    assert real_assistant.ask(Question(text, documents=documents)).status == "not_found"


def test_a_paragraph_and_a_range_come_whole(real_assistant: Assistant) -> None:
    one = cited(real_assistant.ask(Question("What does paragraph 28 of INC.1/9 say?")))
    quoting = [f"002 para. 28 (quoting Stockholm Convention, art. 12, para. {n})" for n in (2, 3, 4)]
    assert one == ["002 para. 28", *quoting]
    both = cited(real_assistant.ask(Question("What do paragraphs 28 and 29 of INC.1/9 say?")))
    assert both[:4] == one
    assert both[4] == "002 para. 29"
    assert both[-1] == "002 para. 29 (m)"


def test_a_document_is_known_by_the_beginning_of_its_title(real_assistant: Assistant) -> None:
    answer = real_assistant.ask(Question("What does paragraph 19 of the technical assistance plan say?"))
    assert cited(answer) == ["004 para. 19", *(f"004 para. 19 ({letter})" for letter in "abcd")]


def test_an_item_that_adds_nothing_gives_way_to_its_list(real_assistant: Assistant) -> None:
    answer = real_assistant.ask(Question("What is the OECD Task Force on PRTRs mandated to do?"))
    assert cited(answer) == ["001 para. 16", *(f"001 para. 16 ({letter})" for letter in "abcdef")]
