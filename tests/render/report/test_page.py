"""Reports as HTML texts."""

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest

from ecrpolicy.render.report import previews
from ecrpolicy.render.report.model import Fact, Report
from ecrpolicy.render.report.page import page
from tests.builders import any_image, count, digest, image, preview, rule
from tests.render import hostile


def data_of(html: str) -> dict[str, object]:
    """What the script of a page reads."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    read = json.loads(found[1])
    assert isinstance(read, dict)
    return read


def test_the_data_has_every_image_and_each_line_once() -> None:
    found = preview(
        [rule(any_image() | count(1))],
        image("a", "v1", days=2, size_bytes=7),
        image("b", "v2", days=1, size_bytes=9),
    )
    data = data_of(previews.preview(found))
    assert data["fates"] == [["rule 1 expires", True], ["stays", False]]
    rows, lines = data["rows"], data["lines"]
    assert isinstance(rows, list)
    assert isinstance(lines, list)
    # 2026-01-29 is 1769644800 seconds after the epoch, 2026-01-30 a day later.
    assert [row[:6] for row in rows] == [
        [digest("a"), ["v1"], 1_769_644_800_000, 7, 0, None],
        [digest("b"), ["v2"], 1_769_731_200_000, 9, 1, None],
    ]
    assert len(lines) == len(set(lines))
    told = "\n".join(lines[number] for number in rows[0][6])
    assert told == found.explain(digest("a")).text()


def test_the_curve_ends_with_what_the_run_leaves() -> None:
    found = preview(
        [rule(any_image() | count(1))],
        image("a", days=2, size_bytes=7),
        image("b", days=1, size_bytes=9),
    )
    assert data_of(previews.preview(found))["curve"] == [
        [1_769_644_800_000, 1, 7],
        [1_769_731_200_000, 2, 16],
        [1_769_817_600_000, 1, 9],
    ]


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_no_text_becomes_markup_or_steers(name: str) -> None:
    html = previews.preview(hostile.preview(name))
    assert html.count("<script") == 2
    assert html.count("</script") == 2
    assert not any(control in html for control in hostile.CONTROLS)
    assert name not in html or name in ("[red]x[/red]", "a|b", "`x`", "**x**", "![x](y)", ":bomb:")


def test_the_head_is_escaped() -> None:
    html = page(Report("<b>", "&", [Fact("a<b", "</dd>")], [], [], notes=["<i>"]))
    assert "<title>&lt;b&gt;</title>" in html
    assert "<dt>a&lt;b</dt><dd>&lt;/dd&gt;</dd>" in html
    assert "<li>&lt;i&gt;</li>" in html


def test_indented_notes_are_a_list_within_a_list() -> None:
    html = page(Report("t", "s", [], [], [], notes=["one", "  <a>", "  b", "two"]))
    assert "<li>one<ul><li>&lt;a&gt;</li><li>b</li></ul></li>\n<li>two</li>" in html


def test_the_policy_of_the_page_allows_its_own_style_and_script_alone() -> None:
    html = page(Report("t", "s", [], [], []))
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    [style] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    [script] = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_nothing_is_fetched_from_elsewhere() -> None:
    html = page(Report("t", "s", [], [], []))
    assert set(re.findall(r"https?://[^\s\"']+", html)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(
        r"<(link|img|iframe|object)\b|\bsrc=|@import|url\((?!#)", html.replace("`url(#", "")
    )
