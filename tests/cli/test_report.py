"""`--format html`, of every command that has it."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Open
from tests.cli.documents import NOW, image, listing, policy, rule
from tests.cli.running import Ended, Run
from tests.render import hostile

HOST = "111122223333.dkr.ecr.eu-central-1.amazonaws.com"
IMAGES = (
    image("a", "v1", imagePushedAt="2026-01-01T00:00:00+00:00", imageSizeInBytes=20 * 10**9),
    image("b", "v2", imagePushedAt="2026-01-22T00:00:00+00:00", imageSizeInBytes=30 * 10**9),
    image("c", "v3", imagePushedAt="2026-01-31T00:00:00+00:00", imageSizeInBytes=10 * 10**9),
)
FILES = ("--images", "images.json", "--now", NOW)
HTML = ("--format", "html")
PREVIEW = ("preview", "policy.json", *FILES, *HTML)
FORECAST = ("forecast", "policy.json", *FILES, "--days", "10", *HTML)
COMPARE = ("compare", "policy.json", "new.json", *FILES, *HTML)
ALL = [PREVIEW, FORECAST, COMPARE]
IN_USE = ("--in-use", "pods.json")


def after(days: int) -> str:
    """A policy that keeps images for some days."""
    return policy(rule(countType="sinceImagePushed", countUnit="days", countNumber=days))


def pod(name: str, image: str) -> dict[str, object]:
    """A pod as `kubectl get pods -o json` prints it."""
    return {
        "kind": "Pod",
        "metadata": {"namespace": "shop", "name": name},
        "spec": {"containers": [{"image": f"{HOST}/team/app:{image}"}]},
    }


@pytest.fixture
def files(folder: Path) -> Path:
    """A folder in which v1 goes today, v2 on day 6, or today after a week; v1 and v3 are run."""
    (folder / "policy.json").write_text(after(14))
    (folder / "new.json").write_text(after(7))
    (folder / "images.json").write_text(listing(*IMAGES))
    pods = {"items": [pod("web-1", "v1"), pod("web-3", "v3")]}
    (folder / "pods.json").write_text(json.dumps(pods))
    return folder


def data(ended: Ended) -> Any:
    """What the script of a page reads."""
    found = re.search(r'id="data">(.*?)</script>', ended.out, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def fates(ended: Ended) -> dict[str, tuple[str, str]]:
    """What becomes of the images of a page, and what stands beside that, by tag."""
    read = data(ended)
    return {row[1][0]: (read["fates"][row[4]][0], row[7]) for row in read["rows"]}


def told(ended: Ended, tag: str) -> list[str]:
    """The explanation of an image."""
    read = data(ended)
    (row,) = (row for row in read["rows"] if row[1] == [tag])
    return [read["lines"][number] for number in row[6]]


def facts(ended: Ended) -> dict[str, str]:
    """The figures at the head."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", ended.out)
    return {unescape(name): unescape(value) for name, value in found}


def notes(ended: Ended) -> list[str]:
    """What the page says that one has to know."""
    found = re.findall(r"<li>(.*?)(?=</?li>|<ul>)", ended.out)
    return [unescape(note) for note in found]


def test_a_preview(files: Path, run: Run) -> None:
    ended = run(*PREVIEW)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("<!doctype html>\n")
    assert ended.out.endswith("</html>\n")
    assert fates(ended) == {
        "v1": ("rule 1 expires", ""),
        "v2": ("stays", ""),
        "v3": ("stays", ""),
    }
    assert told(ended, "v1")[2] == "goes: rule 1 expires it"


def test_a_forecast_says_when_the_first_goes(files: Path, run: Run) -> None:
    ended = run(*FORECAST, "--first", "v2")
    assert (ended.code, ended.err) == (0, "")
    assert fates(ended)["v2"] == ("rule 1 expires", "")
    assert notes(ended)[0] == (
        "the first image with a tag that meets `v2` goes on day 6, 2026-02-06: v2, "
        "sha256:bbbbbbbbbbbb, rule 1"
    )


def test_a_comparison(files: Path, run: Run) -> None:
    ended = run(*COMPARE)
    assert (ended.code, ended.err) == (0, "")
    assert fates(ended) == {
        "v1": ("fares the same under both", ""),
        "v2": ("stays under the old policy, goes under the new", ""),
        "v3": ("fares the same under both", ""),
    }


@pytest.mark.parametrize("words", ALL, ids=lambda words: words[0])
def test_images_in_use_are_marked_and_named(files: Path, run: Run, words: tuple[str, ...]) -> None:
    ended = run(*words, *IN_USE)
    assert ended.code == 1
    assert ended.err == "ecrpolicy: not as expected: 1 image goes although in use\n"
    marks = {tag: mark for tag, (_, mark) in fates(ended).items()}
    assert marks == {"v1": "goes although in use", "v2": "", "v3": "in use"}
    first, second, third, *_ = notes(ended)
    assert first == "not as expected: 1 image goes although in use"
    assert second.startswith("v1, sha256:aaaaaaaaaaaa, expires under rule 1")
    assert second.endswith("; in use by `pod shop/web-1`")
    assert third == "in use: 2 images here, by 2 references"
    assert told(ended, "v1")[:2] == ["in use by `pod shop/web-1`", ""]
    assert told(ended, "v3")[:2] == ["in use by `pod shop/web-3`", ""]


@pytest.mark.parametrize("words", ALL, ids=lambda words: words[0])
def test_other_expectations(files: Path, run: Run, words: tuple[str, ...]) -> None:
    ended = run(*words, "--fail-on", "count=0")
    assert ended.code == 1
    assert re.fullmatch(r"not as expected: \d images? goe?s?, more than 0", notes(ended)[0])
    assert {mark for _, mark in fates(ended).values()} == {""}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            PREVIEW,
            {
                "storage a month before the run": "6.00 (60.0 GB)",
                "storage a month after it": "4.00 (40.0 GB)",
            },
        ),
        (
            FORECAST,
            {
                "storage a month before the first run": "6.00 (60.0 GB)",
                "storage a month after day 10": "1.00 (10.0 GB)",
            },
        ),
        (
            COMPARE,
            {
                "storage a month before the run": "6.00 (60.0 GB)",
                "storage a month after it under the old policy": "4.00 (40.0 GB)",
                "storage a month after it under the new policy": "1.00 (10.0 GB)",
            },
        ),
    ],
    ids=["preview", "forecast", "compare"],
)
def test_costs_are_figures(
    files: Path, run: Run, words: tuple[str, ...], expected: dict[str, str]
) -> None:
    ended = run(*words, "--price-per-gb-month", "0.10")
    assert ended.code == 0
    found = {name: value for name, value in facts(ended).items() if name.startswith("storage")}
    assert found == expected
    assert "storage a month, at 0.10 for a GB:" in notes(ended)
    assert notes(ended)[-1].endswith("the archive is not priced")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            (*PREVIEW, "--explain", "v1"),
            "`--explain` is not for html, which explains every image: leave it out",
        ),
        (
            (*PREVIEW, "--against", "theirs.json"),
            "`--against` is written as text or json: choose one with `--format`",
        ),
        (
            (*COMPARE, "--any-repository"),
            "`--any-repository` has no place in html: choose another `--format`",
        ),
    ],
    ids=["explain", "against", "any-repository"],
)
def test_what_has_no_place_in_a_page(
    files: Path, run: Run, words: tuple[str, ...], message: str
) -> None:
    ended = run(*words)
    assert (ended.code, ended.out, ended.err) == (2, "", f"ecrpolicy: {message}\n")


@pytest.mark.parametrize("words", ALL, ids=lambda words: words[0])
@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_what_others_wrote_is_no_markup(
    files: Path, run: Run, words: tuple[str, ...], name: str
) -> None:
    old, new = (
        json.dumps({"rules": [rule(description=name, countNumber=number)]}) for number in (1, 2)
    )
    (files / "policy.json").write_text(old)
    (files / "new.json").write_text(new)
    (files / "images.json").write_text(
        listing(image("a", name), image("b", "v1"), image("c", f"{name}3"))
    )
    (files / "pods.json").write_text(json.dumps({"items": [pod(name, "v1")]}))
    ended = run(*words, *IN_USE, "--fail-on", f"tag={name}3")
    assert ended.out.count("<script") == ended.out.count("</script") == 2
    assert not any(control in ended.out for control in hostile.CONTROLS)
    assert "<img" not in ended.out
    assert "<b>" not in ended.out


@pytest.mark.parametrize("words", ALL, ids=lambda words: words[0])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_with_marks_and_costs_in_a_browser(
    files: Path, run: Run, visit: Open, words: tuple[str, ...], scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    html = run(*words, *IN_USE, "--price-per-gb-month", "0.10").out
    size = {"width": 390, "height": 900}
    page = visit(html, color_scheme=scheme, viewport=size, bypass_csp=True)
    assert page.locator("#rows .mark").all_inner_texts() == ["goes although in use", "in use"]
    page.fill("#search", "although in use")
    assert page.locator("#rows td:first-child").all_inner_texts() == ["v1"]
    page.click("#rows button >> nth=0")
    assert page.inner_text("#why-text").startswith("in use by `pod shop/web-1`\n\n")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
