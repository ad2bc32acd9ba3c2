"""Documents added and removed from the chat page: a real Chromium, real files, a real index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from taqa.settings import Settings

from .test_changes import NEW, OLD, OTHER, elsewhere, served
from .test_page import ask, audit

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse, Page, Route

pytestmark = pytest.mark.browser

Opens = Callable[..., "Page"]
REFUSED = "Failed to load resource"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "fee.txt").write_bytes(OLD)
    return Settings(corpus=folder, index=tmp_path / "index", uploads=True, max_file_mb=1)


@pytest.fixture
def client(settings: Settings) -> Iterator[httpx.Client]:
    yield from served(settings)


@pytest.fixture
def page(open_page: Opens, client: httpx.Client) -> Page:
    """The page with its list of documents open."""
    opened = open_page(str(client.base_url).rstrip("/"))
    opened.click("#show-documents")
    opened.locator("#add").wait_for()
    return opened


def add(page: Page, *files: tuple[str, bytes]) -> list[str]:
    """What the page says of files, once all have their verdict."""
    before = page.locator(".sent li").count()
    payloads = [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    page.set_input_files("#add-files", payloads)
    return verdicts(page, before, len(files))


def verdicts(page: Page, before: int, count: int) -> list[str]:
    page.locator(".sent li").nth(before + count - 1).wait_for()
    page.locator(".sent progress").first.wait_for(state="detached")
    return page.locator(".sent li").all_inner_texts()[before:]


def rows(page: Page) -> list[str]:
    return page.locator(".document-list .document-name").all_inner_texts()


def expect_refusals(open_page: Opens) -> None:
    """The browser reports each refused request in its console, as it should; nothing else may be there."""
    faults = open_page.faults  # type: ignore[attr-defined]
    assert all(REFUSED in fault for fault in faults)
    faults.clear()


def test_files_are_added_and_each_gets_its_sentence(page: Page, settings: Settings, open_page: Opens) -> None:
    said = add(page, ("My lending.txt", OTHER), ("again.txt", OTHER), ("fee.txt", NEW), ("a.docx", b"no archive"))
    assert said[0] == "My lending.txt is added: 1 passage."
    assert said[1] == "again.txt has the same content as My lending.txt and is now another name of it."
    assert said[2].startswith("fee.txt is a new version; the former one is kept as fee~")
    assert said[3].startswith("a.docx is not what its name says")
    assert page.locator(".sent .is-refused").count() == 1
    assert add(page, ("fee.txt", NEW)) == ["fee.txt is held already."]
    former = next(path.name for path in settings.corpus.glob("fee~*"))
    page.locator(".document-list li", has_text=former).wait_for()
    assert sorted(rows(page)) == sorted(["My lending.txt", "fee.txt", former])
    assert page.locator(".document-list .caveat").all_inner_texts() == ["Superseded by fee.txt"]
    assert page.locator("#scope").inner_text() == "All 3 documents"
    page.keyboard.press("Escape")
    assert page.locator(".book").count() == 3
    ask(page, "What is the fee of a regional library?")
    assert "twelve crowns" in page.locator(".said").first.inner_text()
    expect_refusals(open_page)


def test_a_document_is_removed_after_a_second_press(page: Page, settings: Settings, open_page: Opens) -> None:
    add(page, ("lending.txt", OTHER))
    page.locator(".document-list li", has_text="lending.txt").locator("input").check()
    assert page.locator("#scope").inner_text() == "Only lending.txt"
    page.get_by_role("button", name="Remove lending.txt").click()
    assert page.locator(".remover.is-asking").inner_text().startswith("Delete lending.txt?")
    page.get_by_role("button", name="Keep").click()
    assert (settings.corpus / "lending.txt").exists()
    page.get_by_role("button", name="Remove lending.txt").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_text("lending.txt is removed.").first.wait_for()
    page.locator(".document-list li", has_text="lending.txt").wait_for(state="detached")
    assert not (settings.corpus / "lending.txt").exists()
    assert page.locator("#scope").inner_text() == "All 1 document"
    page.get_by_role("button", name="Remove fee.txt").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_text("fee.txt is the only document of the corpus").first.wait_for()
    expect_refusals(open_page)


def test_adding_and_removing_by_keyboard(page: Page) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("#add").press("Enter")
    chooser.value.set_files([{"name": "lending.txt", "mimeType": "text/plain", "buffer": OTHER}])
    assert verdicts(page, 0, 1) == ["lending.txt is added: 1 passage."]
    page.locator(".document-list li", has_text="lending.txt").wait_for()
    page.get_by_role("button", name="Remove lending.txt").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Keep"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.get_by_text("lending.txt is removed.").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "add"


def drag(page: Page, kind: str, **files: str) -> None:
    """An event of dragging files over the page."""
    script = """(files) => {
        const held = new DataTransfer();
        for (const [name, text] of Object.entries(files)) held.items.add(new File([text], name));
        return held;
    }"""
    held = page.evaluate_handle(script, files)
    page.dispatch_event("body", kind, {"dataTransfer": held})


def test_files_dropped_anywhere_on_the_page(page: Page) -> None:
    page.keyboard.press("Escape")
    drag(page, "dragover", **{"lending.txt": OTHER.decode()})
    assert page.locator("#documents").evaluate("(one) => one.open")
    assert page.locator(".adder.is-aim").count() == 1
    drag(page, "drop", **{"lending.txt": OTHER.decode(), "note.txt": "1. A note on globes."})
    assert verdicts(page, 0, 2) == ["lending.txt is added: 1 passage.", "note.txt is added: 1 passage."]
    assert page.locator(".adder.is-aim").count() == 0


def test_a_file_that_is_too_large_is_not_sent(page: Page, settings: Settings) -> None:
    [said] = add(page, ("huge.txt", b"x" * (1 << 20) + b"y"))
    assert said == "huge.txt has 1.1 MiB; at most 1 MiB are taken."
    assert [path.name for path in settings.corpus.iterdir()] == ["fee.txt"]


def test_names_of_files_are_text_and_nothing_else(page: Page) -> None:
    name = "<img src=x onerror=alert(1)>.txt"
    [said] = add(page, (name, OTHER))
    assert said == f"{name} is added: 1 passage."
    page.locator(".document-list li", has_text=name).wait_for()
    page.get_by_role("button", name=f"Remove {name}").click()
    assert page.locator("img").count() == 0


def test_a_server_that_goes_away_is_said_in_a_sentence(page: Page, open_page: Opens) -> None:
    page.route("**/api/documents/*", lambda route: route.abort())
    assert add(page, ("lending.txt", OTHER)) == ["The server does not answer. Start it again and retry."]
    expect_refusals(open_page)


def test_the_list_shows_what_others_have_added_meanwhile(page: Page, settings: Settings) -> None:
    page.keyboard.press("Escape")
    elsewhere(settings, "lending.txt", OTHER)
    page.click("#show-documents")
    page.locator(".document-list li", has_text="lending.txt").wait_for()
    assert page.locator("#scope").inner_text() == "All 2 documents"


def test_a_list_that_comes_late_does_not_undo_a_newer_one(page: Page) -> None:
    held: list[tuple[Route, APIResponse]] = []
    page.keyboard.press("Escape")
    page.route("**/api/documents", lambda route: held.append((route, route.fetch())), times=1)
    with page.expect_request("**/api/documents"):
        page.click("#show-documents")
    add(page, ("lending.txt", OTHER))
    page.locator(".document-list li", has_text="lending.txt").wait_for()
    [(route, late)] = held
    with page.expect_response("**/api/documents"):
        route.fulfill(response=late)
    page.wait_for_load_state("networkidle")
    assert sorted(rows(page)) == ["fee.txt", "lending.txt"]
    assert page.locator("#scope").inner_text() == "All 2 documents"


def test_an_answer_from_a_new_index_brings_its_documents_along(page: Page, settings: Settings) -> None:
    page.keyboard.press("Escape")
    elsewhere(settings, "lending.txt", OTHER)
    ask(page, "How long are thermometers lent?")
    assert "six months" in page.locator(".said").first.inner_text()
    page.get_by_role("button", name="All 2 documents").wait_for()


def test_where_it_is_off_there_is_no_trace_of_it(open_page: Opens, settings: Settings) -> None:
    asked: list[str] = []
    for client in served(settings.model_copy(update={"uploads": False})):
        page = open_page(str(client.base_url).rstrip("/"), path="/docs")
        page.on("request", lambda request: asked.append(request.url))
        page.goto(str(client.base_url))
        page.locator(".book").first.wait_for()
        page.click("#show-documents")
        page.get_by_role("button", name="Read fee.txt").wait_for()
        page.wait_for_load_state("networkidle")
        assert page.locator(".adder, .remover, input[type=file], progress").count() == 0
        assert not any("changes.js" in url for url in asked)
        drag(page, "dragover", **{"lending.txt": "1. One."})
        assert page.locator(".is-aim").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 360])
def test_every_state_can_be_read(open_page: Opens, client: httpx.Client, scheme: str, width: int) -> None:
    url = str(client.base_url).rstrip("/")
    page = open_page(url, viewport={"width": width, "height": 740}, color_scheme=scheme)
    page.click("#show-documents")
    page.locator("#add").wait_for()
    audit(page)
    drag(page, "dragover", **{"lending.txt": "1. One."})
    audit(page)
    add(page, ("lending.txt", OTHER), ("fee.txt", NEW), ("torn.pdf", b"%PDF-1.4 broken"))
    page.locator(".document-list .caveat").first.wait_for()
    audit(page)
    page.get_by_role("button", name="Remove lending.txt").click()
    audit(page)
    dialog = page.locator("#documents")
    assert dialog.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    expect_refusals(open_page)
