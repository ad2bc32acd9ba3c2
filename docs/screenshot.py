"""Takes docs/screenshot.png from a running service: python docs/screenshot.py http://127.0.0.1:8000 "a question"."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def main(url: str, question: str) -> None:
    """The answer to a question with its second reference, or its only one, open beside it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 860}, device_scale_factor=1.5)
        page.goto(url)
        page.locator(".book").first.wait_for()
        page.fill("#question", question)
        page.press("#question", "Enter")
        page.locator(".turn-foot").wait_for(timeout=120_000)
        references = page.locator(".ref")
        references.nth(min(1, references.count() - 1)).click()
        page.locator("#source .facts").wait_for()
        page.locator("#scroll").evaluate("(one) => one.scrollTo(0, 0)")
        page.wait_for_timeout(500)
        page.screenshot(path=Path(__file__).with_name("screenshot.png"))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
