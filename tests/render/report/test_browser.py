"""The pages of reports, as a person meets them in a browser."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ecrpolicy.lifecycle import Preview
from ecrpolicy.render.report import previews
from ecrpolicy.wording import printable
from tests.browser import Open
from tests.builders import any_image, count, image, prefixes, preview, pushed, rule
from tests.render import hostile

if TYPE_CHECKING:
    from playwright.sync_api import Page


def found() -> Preview:
    """Six images: rule 1 takes `pr-1` and `pr-2`, rule 2 `v1`; three stay."""
    return preview(
        [
            rule(prefixes("pr-") | pushed(14), priority=1, description="pull requests"),
            rule(prefixes("v") | count(1), priority=2, description="releases"),
        ],
        image("1", "pr-1", days=40, size_bytes=100),
        image("2", "pr-2", days=30, size_bytes=900),
        image("3", "pr-3", days=3, size_bytes=500),
        image("4", "v1", days=50, size_bytes=2_000),
        image("5", "v2", days=5, size_bytes=3_000),
        image("6", days=20, size_bytes=50),
    )


def first_cells(page: "Page") -> list[str]:
    """The tags in the table, from above."""
    return page.locator("#rows td:first-child").all_inner_texts()


def test_a_page_shows_every_image_with_what_becomes_of_it(visit: Open) -> None:
    page = visit(previews.preview(found()))
    assert first_cells(page) == ["v1", "pr-1", "pr-2", "(no tag)", "v2", "pr-3"]
    assert page.locator("#rows td.fate").all_inner_texts() == [
        "rule 2 expires: releases",
        "rule 1 expires: pull requests",
        "rule 1 expires: pull requests",
        "stays",
        "stays",
        "stays",
    ]
    assert page.inner_text("#count") == "6 of 6 images, 6.5 kB"


def test_columns_sort_both_ways(visit: Open) -> None:
    page = visit(previews.preview(found()))
    page.click("text=size >> nth=0")
    assert first_cells(page) == ["(no tag)", "pr-1", "pr-3", "pr-2", "v1", "v2"]
    page.click("thead button[data-sort=size]")
    assert first_cells(page) == ["v2", "v1", "pr-2", "pr-3", "pr-1", "(no tag)"]
    sorted_by = page.locator("th[aria-sort=descending]")
    assert sorted_by.all_inner_texts() == ["size"]


def test_the_table_is_searched_by_tag_and_by_digest(visit: Open) -> None:
    page = visit(previews.preview(found()))
    page.fill("#search", "PR-")
    assert first_cells(page) == ["pr-1", "pr-2", "pr-3"]
    assert page.inner_text("#count") == "3 of 6 images, 1.5 kB"
    page.fill("#search", "sha256:4444")
    assert first_cells(page) == ["v1"]
    page.fill("#search", "(no")
    assert first_cells(page) == ["(no tag)"]
    page.fill("#search", "nothing")
    assert page.inner_text("#count") == "0 of 6 images, 0 B"


def test_images_are_shown_by_what_becomes_of_them(visit: Open) -> None:
    page = visit(previews.preview(found()))
    page.select_option("#fate", label="stays")
    assert first_cells(page) == ["(no tag)", "v2", "pr-3"]
    page.select_option("#fate", label="all")
    page.click("#legend button:has-text('stays')")
    assert first_cells(page) == ["v1", "pr-1", "pr-2"]
    pressed = page.locator("#legend button[aria-pressed=false]")
    assert pressed.all_inner_texts() == ["stays: 3"]
    chosen = "document.getElementById('fate').selectedOptions[0]?.textContent"
    assert page.evaluate(chosen) == "those chosen above"
    page.click("#legend button:has-text('releases')")
    assert page.evaluate(chosen) == "rule 1 expires: pull requests"
    page.click("#legend button:has-text('requests')")
    assert page.evaluate(chosen) == "those chosen above"


def test_an_image_is_explained_and_the_keyboard_is_enough(visit: Open) -> None:
    page = visit(previews.preview(found()))
    page.focus("#rows tr:nth-child(2) button")
    page.keyboard.press("Enter")
    assert page.inner_text("#why-head") == "pr-1"
    assert page.inner_text("#why-text") == found().explain("sha256:" + "1" * 64).text()
    page.keyboard.press("Escape")
    assert page.locator("#why").is_hidden()
    focused = page.evaluate("document.activeElement.dataset.digest")
    assert focused == "sha256:" + "1" * 64


def test_the_last_page_does_not_take_the_focus_away(visit: Open) -> None:
    images = [image(f"{number:x}", f"v{number}", days=number) for number in range(16)]
    many = [
        replace(each, digest=f"sha256:{at:064x}", tags=(f"v{at}",))
        for at, each in enumerate(images * 7)
    ]
    page = visit(previews.preview(preview([rule(any_image() | count(1))], *many)))
    page.focus("#next")
    for expected in ("page 2 of 3", "page 3 of 3", "page 3 of 3"):
        page.keyboard.press("Enter")
        assert page.inner_text("#page") == expected
        assert page.evaluate("document.activeElement.id") == "next"
    assert page.get_attribute("#next", "aria-disabled") == "true"


def test_no_two_rules_look_the_same(visit: Open) -> None:
    rules = [rule(prefixes(f"v{number}-") | count(1), priority=number) for number in range(1, 51)]
    images = [
        replace(image("1", days=pair), digest=f"sha256:{at:064x}", tags=(f"v{at // 2 + 1}-{pair}",))
        for at in range(100)
        for pair in (at % 2,)
    ]
    page = visit(previews.preview(preview(rules, *images)))
    looks = page.locator("defs pattern").evaluate_all("all => all.map((each) => each.innerHTML)")
    assert len(looks) == len(set(looks)) == 50


def test_a_theme_is_chosen(visit: Open) -> None:
    page = visit(previews.preview(found()), color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(20, 23, 26)"
    page.click("#theme")
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    page.click("#theme")
    assert page.evaluate(background) == "rgb(20, 23, 26)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 390])
def test_axe_finds_nothing(visit: Open, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    size = {"width": width, "height": 900}
    page = visit(previews.preview(found()), color_scheme=scheme, viewport=size, bypass_csp=True)
    for state in ("closed", "open"):
        if state == "open":
            page.click("#rows button >> nth=0")
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()


def test_nothing_is_wider_than_a_phone(visit: Open) -> None:
    page = visit(previews.preview(found()), viewport={"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_few_of_many_images_are_in_the_page_at_a_time(visit: Open) -> None:
    images = [image("0", f"v{number}", days=number, size_bytes=1) for number in range(120)]
    many = [
        type(each)(f"sha256:{number:064x}", each.pushed_at, each.tags, size_bytes=1)
        for number, each in enumerate(images)
    ]
    page = visit(previews.preview(preview([rule(any_image() | count(100))], *many)))
    assert page.locator("#rows tr").count() == 50
    assert page.inner_text("#page") == "page 1 of 3"
    page.click("#last")
    assert page.locator("#rows tr").count() == 20
    assert page.locator("#next").is_disabled()
    page.click("#previous")
    assert page.inner_text("#page") == "page 2 of 3"


def test_what_others_wrote_is_text(visit: Open) -> None:
    named = [image(f"{number:x}", name, days=number) for number, name in enumerate(hostile.HOSTILE)]
    found = preview([rule(any_image() | count(5), description="".join(hostile.HOSTILE))], *named)
    page = visit(previews.preview(found))
    assert page.locator("#report script, #report img, #report b, header script").count() == 0
    shown = page.locator("#rows td:first-child").all_text_contents()
    assert shown == [printable(name) for name in reversed(hostile.HOSTILE)]


def test_the_tools_are_not_printed(visit: Open) -> None:
    page = visit(previews.preview(found()))
    page.emulate_media(media="print")
    assert page.locator("#search").is_hidden()
    assert page.locator("#images").is_visible()


def test_a_repository_without_images_has_a_page(visit: Open) -> None:
    page = visit(previews.preview(preview([rule(any_image() | count(1))])))
    assert page.inner_text("#count") == "0 of 0 images, 0 B"
