"""The chat page in a real headless Chromium: what a reader sees, types and hears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from taqa.domain import Page as DocumentPage
from taqa.domain import Question, Span

from .conftest import serving
from .double import Double

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

COST = "What is the annual cost of a regional library?"
COST_LABEL = "EX(LIB)/INC.1/7, para. 4"
REPAIR = "Training of librarians in repair of thermometers"
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
SETTLED = """() => Promise.all(
  document.getAnimations()
    .filter((one) => one.effect.getTiming().iterations !== Infinity)
    .map((one) => one.finished.catch(() => null)))"""
Opens = Callable[..., "Page"]


def ask(page: Page, question: str) -> None:
    """Ask and wait for the end of the answer."""
    before = page.locator(".turn").count()
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.locator(".turn").nth(before).locator(".turn-foot").wait_for()


def audit(page: Page, *, width: bool = True) -> None:
    """Contrast, names and width of what is shown now."""
    page.evaluate(SETTLED)
    found = page.evaluate(AUDIT)
    assert found["faint"] == []
    assert found["nameless"] == []
    assert found["repeated"] == []
    if width:
        assert found["overflow"] <= 0


# ---------------------------------------------------------------- asking


def test_an_answer_is_quoted_with_its_reference(open_page: Opens) -> None:
    page = open_page()
    ask(page, COST)
    assert page.locator(".asked").inner_text() == COST
    assert "12,000 crowns" in page.locator(".said").first.inner_text()
    assert page.locator(".ref").first.inner_text() == COST_LABEL
    assert "searched" in page.locator(".turn-foot").inner_text()
    assert page.locator("#announce").text_content().startswith("Answer ready")
    assert page.locator("#question").input_value() == ""


def test_the_answer_streams_in(open_page: Opens, double: Double) -> None:
    with serving(Double(double.documents, pause=0.6)) as url:
        page = open_page(url)
        page.fill("#question", "Thermometers and regional library")
        page.press("#question", "Enter")
        page.get_by_text("Reading").wait_for()
        assert "passage" in page.locator(".progress").inner_text()
        page.locator(".said").first.wait_for()
        assert page.locator(".turn-foot").count() == 0
        page.locator(".turn-foot").wait_for()
        assert page.locator(".progress").count() == 0


def test_an_answer_can_be_stopped(open_page: Opens, double: Double) -> None:
    with serving(Double(double.documents, pause=1.5)) as url:
        page = open_page(url)
        page.fill("#question", COST)
        page.press("#question", "Enter")
        page.get_by_role("button", name="Stop").click()
        page.get_by_text("Stopped").wait_for()
        assert page.locator("#send").inner_text() == "Ask"


def test_shift_enter_starts_a_new_line(open_page: Opens) -> None:
    page = open_page()
    page.focus("#question")
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    assert page.locator("#question").input_value() == "one\ntwo"
    assert page.locator(".turn").count() == 0


def test_a_follow_up_takes_the_conversation_along(open_page: Opens, double: Double) -> None:
    page = open_page()
    ask(page, COST)
    ask(page, "And who lends thermometers?")
    asked = double.asked[-1]
    assert [turn.role for turn in asked.history] == ["user", "assistant"]
    assert asked.history[0].content == COST
    assert page.locator(".read-as textarea").last.input_value() == f"And who lends thermometers? ({COST})"
    page.click("#restart")
    ask(page, COST)
    assert double.asked[-1].history == ()


def test_where_the_documents_do_not_say(open_page: Opens) -> None:
    page = open_page()
    ask(page, "Zebra migration, Oslo meeting minutes, planetary orbits, submarine cables")
    assert page.locator(".notice-title").inner_text() == "The documents do not say"
    assert "not an answer" in page.locator(".related h3").inner_text()
    assert page.locator(".related .ref").count() >= 1
    assert page.get_by_text("Copy with references").count() == 0
    page.locator(".related .ref").first.click()
    page.locator("#source mark").wait_for()


def test_an_unclear_question(open_page: Opens) -> None:
    page = open_page()
    ask(page, "What is it about?")
    assert page.locator(".notice-title").inner_text() == "Please say a little more"


def test_the_questions_that_could_be_meant_are_asked_by_pressing_them(open_page: Opens, double: Double) -> None:
    page = open_page(viewport={"width": 360, "height": 640})
    ask(page, "What is it about?")
    assert page.locator("#announce").text_content().endswith("2 questions to choose from.")
    choices = page.get_by_role("list", name="Questions that could be meant").get_by_role("button")
    offered = double.ask(Question("What is it about?")).choices
    assert [text.split("\n") for text in choices.all_inner_texts()] == [
        [choice.question, f"{choice.label}: {choice.about}"] for choice in offered
    ]
    assert "<img src=x" in choices.last.inner_text()
    audit(page)
    choices.first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator(".turn").nth(1).locator(".turn-foot").wait_for()
    assert double.asked[-1].text == offered[0].question
    assert page.locator(".asked").last.inner_text() == offered[0].question
    assert "12,000 crowns" in page.locator(".turn").last.locator(".said").first.inner_text()
    assert page.title() == "TAQA: ask the documents"


def test_how_a_question_was_read_can_be_corrected(open_page: Opens, double: Double) -> None:
    page = open_page(viewport={"width": 360, "height": 640})
    ask(page, COST)
    ask(page, "And who lends thermometers?")
    box = page.locator(".read-as textarea")
    asked = len(double.asked)
    box.press("Enter")  # as it was read: there is nothing to ask anew
    assert page.get_by_role("button", name="Ask it so").count() == 0
    assert len(double.asked) == asked
    box.fill("Who repairs thermometers?")
    assert page.get_by_role("button", name="Ask it so").is_visible()
    audit(page)
    box.press("Enter")
    page.locator(".turn").nth(2).locator(".turn-foot").wait_for()
    assert double.asked[-1].text == "Who repairs thermometers?"
    assert page.locator(".asked").last.inner_text() == "Who repairs thermometers?"


def test_how_a_question_was_read_is_shown_whole(open_page: Opens) -> None:
    page = open_page(viewport={"width": 360, "height": 640})
    ask(page, f"{COST} {REPAIR} and everything else that a keeper of instruments in any region may want to know?")
    ask(page, "And who lends thermometers?")
    box = page.locator(".read-as textarea")
    page.evaluate(SETTLED)
    assert box.evaluate("(shown) => shown.scrollHeight <= shown.clientHeight + 1")
    assert box.evaluate("(shown) => shown.rows") > 2
    audit(page)


def test_a_search_of_chosen_documents_only(open_page: Opens, double: Double) -> None:
    page = open_page()
    page.get_by_role("button", name="All 2 documents").click()
    page.get_by_label("Paper on thermometers").or_(page.locator("#pick-beta")).first.check()
    page.get_by_role("button", name="Done").click()
    assert page.locator("#scope").inner_text().startswith("Only ")
    ask(page, "How long are thermometers lent?")
    assert double.asked[-1].documents == ("beta",)
    assert "1 document searched" in page.locator(".turn-foot").inner_text()


def test_copy_with_references(open_page: Opens) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, COST)
    page.get_by_role("button", name="Copy with references").click()
    page.get_by_role("button", name="Copied").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    said = page.locator(".said").first.inner_text()
    assert text.startswith(COST)
    assert f"“{said}” ({COST_LABEL})" in text
    assert text.count(said) == 1
    assert "Documents\n- EX(LIB)/INC.1/7" in text
    assert "(file alpha.txt)" in text


# ---------------------------------------------------------------- what to know of a quotation


@pytest.fixture
def doubtful(double: Double) -> Double:
    """The same papers: a draft with brackets, read from pictures in part, and superseded by the other one."""
    alpha, beta = double.documents
    cost = next(unit for unit in alpha.units if unit.label == "para. 4")
    start = cost.text.index("12,000")
    bracketed = replace(cost, bracketed=(Span(start, start + len("12,000 crowns")),))
    units = tuple(bracketed if unit is cost else unit for unit in alpha.units)
    pages = (
        DocumentPage(1, "text", 0, 80),
        DocumentPage(2, "ocr", 80, len(alpha.text)),
        *(DocumentPage(n, "empty", 0, 0, "no tesseract") for n in (3, 4, 6)),
        DocumentPage(7, "empty", 0, 0, "blank"),
    )
    return Double((replace(alpha, units=units, pages=pages, successor=beta.id), beta))


def test_what_to_know_of_a_quotation_stands_beside_it(open_page: Opens, doubtful: Double) -> None:
    with serving(doubtful) as url:
        page = open_page(url, permissions=["clipboard-read", "clipboard-write"])
        ask(page, COST)
        first = page.locator(".statements > li", has_text="12,000 crowns")
        told = [
            "Not agreed in part: what is in square brackets",
            "A former version, superseded by beta",
            "Read from a picture by OCR: check letters and figures against the page",
        ]
        assert first.locator(".caveat").all_inner_texts() == told
        foot = page.locator(".turn-foot .caveat").inner_text()
        assert foot == "Read in part only: EX(LIB)/INC.1/7 (no text on pages 3-4, 6)"
        page.get_by_role("button", name="Copy with references").click()
        page.get_by_role("button", name="Copied").wait_for()
        assert f"({COST_LABEL} [not agreed in part: " in page.evaluate("navigator.clipboard.readText()")
        first.locator(".ref").click()
        page.locator("#source mark").wait_for()
        assert [text.partition(".")[0] for text in page.locator("#source .remark").all_inner_texts()] == told
        assert "picture, by OCR" in page.locator("#source .facts").inner_text()
        page.get_by_role("tab", name="In its document").click()
        page.locator(".is-cited").wait_for()
        assert page.locator(".about .caveat").all_inner_texts() == [
            "A former version, superseded. Open the newer version",
            "Read from pictures by OCR: page 2",
            "No text on pages 3-4, 6",
        ]
        page.get_by_role("tab", name="Paragraph").click()
        page.get_by_role("button", name="Open the newer version").click()
        page.locator(".doc-unit", has_text="Thermometers are lent").wait_for()
        assert page.locator("#source-title").inner_text() == "beta.txt"


def test_what_is_plain_has_nothing_beside_it(open_page: Opens) -> None:
    page = open_page()
    ask(page, COST)
    page.locator(".ref").first.click()
    page.locator("#source mark").wait_for()
    assert page.locator(".turn .caveat, #source .is-grave").count() == 0


def test_the_list_of_documents_says_what_is_the_matter_with_each(open_page: Opens, doubtful: Double) -> None:
    with serving(doubtful) as url:
        page = open_page(url)
        page.locator(".book .caveat").first.wait_for()
        page.click("#show-documents")
        alpha, beta, torn = page.locator(".document-list li").all()
        assert "partial" in alpha.locator(".aside").inner_text()
        assert alpha.locator(".caveat").all_inner_texts() == [
            "Superseded by beta.txt",
            "alpha.txt: no text on pages 3-4, 6: install tesseract or supply a text.",
        ]
        assert beta.locator(".aside").inner_text().endswith("indexed")
        assert beta.locator(".caveat").count() == 0
        assert torn.inner_text() == "Not read: torn.pdf is a damaged PDF (EOF); open and save it anew."


# ---------------------------------------------------------------- the source


def test_a_reference_opens_its_paragraph_with_the_quotation_marked(open_page: Opens) -> None:
    page = open_page()
    ask(page, REPAIR)
    chip = page.locator(".ref", has_text="para. 3 (a) (ii)").first
    chip.click()
    page.locator("#source mark").wait_for()
    assert page.locator("#source-title").inner_text() == "EX(LIB)/INC.1/7, para. 3 (a) (ii)"
    assert page.locator("#source mark").inner_text() == "(ii) Repair of thermometers;"
    assert page.locator("#source .context").all_inner_texts() == [
        "3. Priority shall be given to:",
        "(a) Training of librarians in:",
    ]
    assert page.locator("#source .trail").inner_text() == "I. Lending of instruments"
    assert chip.get_attribute("aria-current") == "true"
    page.get_by_role("tab", name="In its document").click()
    cited = page.locator(".is-cited")
    cited.wait_for()
    assert cited.locator("mark").inner_text() == "(ii) Repair of thermometers;"
    assert page.locator(".doc-unit").count() > 8
    box, body = cited.bounding_box(), page.locator("#source-body").bounding_box()
    assert box
    assert body
    assert body["y"] <= box["y"] <= body["y"] + body["height"]
    page.keyboard.press("Escape")
    assert page.locator("#source").is_hidden()
    assert chip.evaluate("(one) => one === document.activeElement")


def test_stepping_through_the_references_of_an_answer(open_page: Opens) -> None:
    page = open_page()
    ask(page, "Regional library: repair of thermometers")
    labels = page.locator(".ref").count()
    assert labels > 1
    page.locator(".ref").first.click()
    page.get_by_text(f"1 of {labels}").wait_for()
    page.get_by_role("button", name="Next reference").click()
    page.get_by_text(f"2 of {labels}").wait_for()


def test_stepping_keeps_the_view_and_the_focus(open_page: Opens) -> None:
    page = open_page()
    ask(page, "Regional library: repair of thermometers")
    labels = page.locator(".ref").count()
    assert labels > 2
    page.locator(".ref").first.click()
    page.get_by_role("tab", name="In its document").click()
    page.get_by_role("button", name="Next reference").focus()
    for n in range(2, labels + 1):
        page.keyboard.press("Enter")
        page.get_by_text(f"{n} of {labels}").wait_for()
        page.locator(".is-cited mark").wait_for()
    assert page.evaluate("document.activeElement.id") == "source"  # there is no next one to stand on


def test_back_closes_the_source_and_forward_opens_it(open_page: Opens, address: str) -> None:
    page = open_page()
    ask(page, COST)
    page.locator(".ref").first.click()
    page.locator("#source mark").wait_for()
    assert page.url == f"{address}/#document=alpha&unit=4"
    page.go_back()
    page.locator("#source").wait_for(state="hidden")
    assert (page.url, page.locator(".turn").count()) == (f"{address}/", 1)
    page.go_forward()
    page.locator("#source .cited").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_url(f"{address}/")
    steps = page.evaluate("history.length")
    for _ in range(3):  # opening and closing leaves no dead steps behind
        page.locator(".ref").first.click()
        page.locator("#source mark").wait_for()
        page.keyboard.press("Escape")
        page.wait_for_url(f"{address}/")
    assert page.evaluate("history.length") == steps
    page.locator(".ref").first.click()
    page.locator("#source mark").wait_for()
    assert page.url == f"{address}/#document=alpha&unit=4"


def test_a_link_put_into_the_address_of_the_open_page(open_page: Opens, address: str) -> None:
    page = open_page()
    ask(page, COST)
    page.goto(f"{address}/#document=alpha&unit=3.b")
    page.locator("#source .cited").wait_for()
    assert page.locator("#source .cited").inner_text() == "(b) Replacement of broken barometers."
    assert page.locator(".turn").count() == 1
    page.keyboard.press("Escape")
    assert page.url == f"{address}/"


def test_characters_beyond_the_basic_plane_do_not_shift_the_mark(open_page: Opens) -> None:
    page = open_page()
    ask(page, "Broken thermometers are repaired by the regional library at no charge to the borrower")
    chip = page.locator(".ref", has_text="unnumbered para. 2").first
    assert "our count" in chip.inner_text()
    chip.click()
    page.locator("#source mark").wait_for()
    marked = page.locator("#source mark").inner_text()
    assert marked.endswith("\U0001f321 to the borrower.")
    assert marked == page.locator(".said", has_text="\U0001f321").first.inner_text()
    assert "prints no number" in page.locator("#source-body").inner_text()


def test_the_address_of_the_page_leads_back_to_a_paragraph(open_page: Opens) -> None:
    page = open_page(path="/#document=alpha&unit=3.a.ii")
    page.locator("#source .cited").wait_for()
    assert page.locator("#source .cited").inner_text() == "(ii) Repair of thermometers;"


def test_a_document_can_be_read_without_asking(open_page: Opens) -> None:
    page = open_page()
    page.locator(".book").first.click()
    page.locator(".doc-unit").first.wait_for()
    page.locator(".doc-unit", has_text="Replacement of broken barometers").click()
    page.locator("#source .cited").wait_for()
    assert page.locator("#source-title").inner_text() == "EX(LIB)/INC.1/7, para. 3 (b)"


# ---------------------------------------------------------------- what goes wrong


def test_markup_in_documents_and_questions_is_shown_as_text(open_page: Opens) -> None:
    page = open_page()
    hostile = "<img src=x onerror=\"document.title='owned'\"> paragraph may hold"
    ask(page, hostile)
    assert page.locator(".asked").inner_text() == hostile
    page.locator(".ref", has_text="para. 5").first.click()
    page.locator("#source mark").wait_for()
    assert "<script>document.title='owned'</script>" in page.locator("#source .cited").inner_text()
    page.get_by_role("tab", name="In its document").click()
    page.locator(".is-cited").wait_for()
    assert page.locator("img, #source script, .turn script").count() == 0
    assert "owned" not in page.title()


def test_the_policy_stops_injected_markup(open_page: Opens) -> None:
    page = open_page()
    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return 'taken'; } catch (error) { return error.name; } }"
    )
    assert refused == "TypeError"
    open_page.faults.clear()  # type: ignore[attr-defined]  # the browser reports the violation, as it should


def test_a_question_that_is_too_long(open_page: Opens) -> None:
    page = open_page()
    page.locator(".book").first.wait_for()
    page.fill("#question", "x" * 2010)
    assert page.locator("#count").inner_text() == "10 characters too many: at most 2,000 are taken"
    assert page.locator("#send").is_disabled()
    page.press("#question", "Enter")
    assert page.locator(".turn").count() == 0
    assert len(page.locator("#question").input_value()) == 2010


def test_refusals_of_the_server_are_shown_in_its_words(open_page: Opens) -> None:
    page = open_page()
    page.fill("#question", "???")
    page.press("#question", "Enter")
    page.get_by_text("The question is empty").wait_for()
    assert page.get_by_role("button", name="Ask again").count() == 0  # it would be refused again
    open_page.faults.clear()  # type: ignore[attr-defined]  # the browser reports the status 422


def test_a_server_that_is_gone(open_page: Opens, double: Double) -> None:
    with serving(Double(double.documents)) as url:
        page = open_page(url)
        ask(page, COST)
    page.fill("#question", REPAIR)
    page.press("#question", "Enter")
    page.get_by_text("The server does not answer").wait_for()
    assert page.get_by_role("button", name="Ask again").is_visible()
    assert page.locator(".turn").count() == 2
    open_page.faults.clear()  # type: ignore[attr-defined]  # the browser reports the refused connection


# ---------------------------------------------------------------- keyboard, screens, eyes


def test_everything_works_from_the_keyboard(open_page: Opens) -> None:
    page = open_page()
    page.locator(".book").first.wait_for()
    page.keyboard.type(COST)
    page.keyboard.press("Enter")
    page.locator(".turn-foot").wait_for()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    for _ in range(6):
        if page.evaluate("document.activeElement.className") == "ref":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator("#source mark").wait_for()
    assert page.evaluate("document.activeElement.id") == "source"
    page.locator("#tab-unit").focus()
    page.keyboard.press("ArrowRight")
    page.locator(".is-cited").wait_for()
    assert page.evaluate("document.activeElement.id") == "tab-document"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "ref"


def test_the_skip_link_leads_to_the_question(open_page: Opens) -> None:
    page = open_page()
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "question"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 360])
def test_what_to_know_can_be_read(open_page: Opens, doubtful: Double, scheme: str, width: int) -> None:
    with serving(doubtful) as url:
        page = open_page(url, viewport={"width": width, "height": 740}, color_scheme=scheme)
        page.locator(".book .caveat").first.wait_for()
        audit(page)
        ask(page, COST)
        audit(page)
        page.locator(".ref").first.click()
        page.locator("#source mark").wait_for()
        audit(page)
        page.get_by_role("tab", name="In its document").click()
        page.locator(".about .caveat").first.wait_for()
        audit(page)
        page.keyboard.press("Escape")
        page.click("#scope")
        audit(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 360])
def test_every_state_can_be_read(open_page: Opens, scheme: str, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 740}, color_scheme=scheme)
    page.locator(".book").first.wait_for()
    audit(page)
    ask(page, REPAIR)
    ask(page, "Zebra migration, Oslo meeting minutes, planetary orbits, submarine cables")
    ask(page, "x" * 300)
    audit(page)
    page.locator(".ref").first.click()
    page.locator("#source mark").wait_for()
    audit(page)
    page.get_by_role("tab", name="In its document").click()
    page.locator(".is-cited").wait_for()
    audit(page)
    page.keyboard.press("Escape")
    page.click("#scope")
    audit(page)
    page.keyboard.press("Escape")
    page.fill("#question", "???")
    page.press("#question", "Enter")
    page.locator(".notice-error").wait_for()
    audit(page)
    open_page.faults.clear()  # type: ignore[attr-defined]  # the browser reports the status 422


def test_on_a_narrow_screen_the_source_covers_the_conversation(open_page: Opens) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    ask(page, COST)
    page.locator(".ref").first.click()
    page.locator("#source mark").wait_for()
    box = page.locator("#source").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    assert page.locator("#talk").evaluate("(one) => one.inert")
    page.get_by_role("button", name="Close the source").click()
    assert not page.locator("#talk").evaluate("(one) => one.inert")


def test_nothing_moves_for_those_who_ask_for_it(open_page: Opens) -> None:
    page = open_page(reduced_motion="reduce")
    page.fill("#question", COST)
    page.press("#question", "Enter")
    page.locator(".said").first.wait_for()
    assert page.evaluate("document.getAnimations().length") == 0


def test_the_description_of_the_api(open_page: Opens) -> None:
    page = open_page(path="/docs")
    page.locator("h2", has_text="POST /api/ask/stream").wait_for()
    assert page.locator("h2").count() == 11
    assert any("event: evidence" in text for text in page.locator("pre").all_inner_texts())
    audit(page)
