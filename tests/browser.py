"""A real browser, for what a person sees of a page."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Set where these tests must run: `.ci/run` does.
_REQUIRED: Final = "ECRPOLICY_REQUIRE_BROWSER"

Open = Callable[..., "Page"]


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium as Debian packages it."""
    path = shutil.which("chromium")
    if path is None:
        message = "no chromium is installed: pages are not looked at in a browser"
        if os.environ.get(_REQUIRED):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Opens a page; at the end nothing was fetched, and nothing was written to the console."""
    requests: list[str] = []
    complaints: list[str] = []
    contexts = []

    def open_page(html: str, **options: Any) -> "Page":
        file = tmp_path / "report.html"
        file.write_text(html, encoding="utf-8")
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert {url for url in requests if not url.startswith(tmp_path.as_uri())} == set()
    assert complaints == []
