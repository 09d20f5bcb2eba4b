"""The page of a comparison."""

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Comparison
from ecrpolicy.render.report import comparisons
from ecrpolicy.snapshot import Repository
from ecrpolicy.wording import printable
from tests.browser import Open
from tests.builders import NOW, any_image, count, digest, image, prefixes, rule
from tests.render import hostile


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


def test_what_others_wrote_is_text(visit: Open) -> None:
    everything = "".join(hostile.HOSTILE)
    named = [image(f"{at:x}", name, days=at) for at, name in enumerate(hostile.HOSTILE)]
    old = [rule(prefixes(everything) | count(1), description=everything)]
    new = [
        rule(prefixes(*hostile.MARKUP) | count(1), description=everything),
        rule(any_image() | count(5), priority=2, description=everything),
    ]
    compared = lifecycle.compare(
        lifecycle.parse({"rules": old}),
        lifecycle.parse({"rules": new}),
        Repository(everything, tuple(named)),
        now=NOW,
    )
    html = comparisons.comparison(compared)
    assert not any(control in html for control in hostile.CONTROLS)
    page = visit(html)
    assert page.locator("script").count() == 2
    assert page.locator("#report img, #report b, .head script, .notes script").count() == 0
    shown = page.locator("#rows td:first-child").all_text_contents()
    assert shown == [printable(name) for name in reversed(hostile.HOSTILE)]
    page.click("#rows button >> nth=0")
    assert printable(hostile.HOSTILE[-1]) in page.inner_text("#why-text")
    assert page.locator("#why-text *").count() == 0


def test_the_curve_ends_as_each_policy_leaves_it(visit: Open) -> None:
    curve = comparisons.report(found()).curve
    assert curve is not None
    assert [point.images for point in curve.points] == [1, 2, 3, 2]
    assert curve.other == (NOW, 1, 0)
    label = visit(comparisons.comparison(found())).locator("#curve svg").get_attribute("aria-label")
    assert label == (
        "Bytes kept: 0 B on 2026-01-28, 0 B on 2026-01-31 (under the old policy 0 B, the dashed "
        "line), 0 B at most."
    )
