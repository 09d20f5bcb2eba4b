"""The page of a comparison."""

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Comparison
from ecrpolicy.render.report import comparisons
from ecrpolicy.snapshot import Repository
from tests.builders import NOW, any_image, count, digest, image, rule
from tests.render.report.conftest import Open


def found() -> Comparison:
    """The old policy keeps one image of three, the new one two."""
    old = lifecycle.parse({"rules": [rule(any_image() | count(1))]})
    new = lifecycle.parse({"rules": [rule(any_image() | count(2))]})
    images = tuple(image(digit, digit, days=days) for digit, days in (("a", 3), ("b", 2), ("c", 1)))
    return lifecycle.compare(old, new, Repository("app", images), now=NOW)


def test_each_image_is_told_by_how_its_fate_turns() -> None:
    report = comparisons.report(found())
    fates = {row.image.digest: report.fates[row.fate].label for row in report.rows}
    assert fates == {
        digest("a"): "fares the same under both",
        digest("b"): "goes under the old policy, stays under the new",
        digest("c"): "fares the same under both",
    }


def test_an_image_is_explained_under_both(visit: Open) -> None:
    page = visit(comparisons.comparison(found()))
    page.click("#rows button >> nth=1")
    told = page.inner_text("#why-text")
    assert told.startswith("goes under the old policy, stays under the new\n  because rule 1")
    assert "\nunder the old policy\n  sha256:bbbb" in told
    assert "\nunder the new policy\n  sha256:bbbb" in told


def test_what_becomes_of_no_image_is_not_in_the_legend(visit: Open) -> None:
    page = visit(comparisons.comparison(found()))
    assert page.locator("#legend button").all_inner_texts() == [
        "goes under the old policy, stays under the new: 1",
        "fares the same under both: 2",
    ]
