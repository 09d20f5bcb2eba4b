"""The page of a forecast."""

from datetime import timedelta

from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import Forecast
from ecrpolicy.render.report import forecasts
from ecrpolicy.snapshot import Repository
from ecrpolicy.wording import printable
from tests.browser import Open
from tests.builders import NOW, any_image, digest, image, pushed, rule
from tests.render import hostile


def found() -> Forecast:
    """Images of 9 and 13 days under a limit of 14: they go on days 6 and 2; one of 1 day stays."""
    policy = lifecycle.parse({"rules": [rule(any_image() | pushed(14), description="old")]})
    images = (
        image("a", "nine", days=9, size_bytes=10),
        image("b", "thirteen", days=13, size_bytes=20),
        image("c", "one", days=1, size_bytes=30),
    )
    return lifecycle.forecast(policy, Repository("app", images), now=NOW, days=7)


def test_each_image_has_its_day() -> None:
    # Older than 14 days: a limit reached to the second is not past, so a day later.
    rows = {row.image.digest: row for row in forecasts.report(found()).rows}
    assert rows[digest("a")].when == NOW + timedelta(days=6)
    assert rows[digest("b")].when == NOW + timedelta(days=2)
    assert rows[digest("c")].when is None
    assert rows[digest("a")].why.startswith("day 6, 2026-02-06: rule 1 takes nine\n\nsha256:aaaa")
    assert rows[digest("c")].why.startswith("stays to the end of the forecast\n\nsha256:cccc")


def test_the_curve_is_what_is_kept_day_by_day() -> None:
    curve = forecasts.report(found()).curve
    assert curve is not None
    assert [(point.images, point.bytes) for point in curve.points] == [
        *[(3, 60)] * 2,
        *[(2, 40)] * 4,
        *[(1, 30)] * 2,
    ]


def test_the_days_are_shown_and_sorted(visit: Open) -> None:
    page = visit(forecasts.forecast(found()))
    page.click("thead button[data-sort=when]")
    whens = page.locator("#rows td.when").all_inner_texts()
    assert whens == ["2026-02-02", "2026-02-06", ""]
    assert page.locator("#curve svg").get_attribute("aria-label") == (
        "Bytes kept: 60 B on 2026-01-31, 30 B on 2026-02-07, 60 B at most."
    )


def test_what_others_wrote_is_text(visit: Open) -> None:
    everything = "".join(hostile.HOSTILE)
    named = [image(f"{at:x}", name, days=at) for at, name in enumerate(hostile.HOSTILE)]
    policy = lifecycle.parse({"rules": [rule(any_image() | pushed(14), description=everything)]})
    repository = Repository(everything, tuple(named))
    html = forecasts.forecast(lifecycle.forecast(policy, repository, now=NOW, days=7))
    assert not any(control in html for control in hostile.CONTROLS)
    page = visit(html)
    assert page.locator("script").count() == 2
    assert page.locator("#report img, #report b, .head script, .notes script").count() == 0
    shown = page.locator("#rows td:first-child").all_text_contents()
    assert shown == [printable(name) for name in reversed(hostile.HOSTILE)]
    page.click("#rows button >> nth=0")
    assert printable(everything) in page.inner_text("#why-text")
    assert page.locator("#why-text *").count() == 0


def test_images_that_are_pushed_meanwhile_are_marked(visit: Open) -> None:
    policy = lifecycle.parse({"rules": [rule(any_image() | pushed(2))]})
    images = (image("a", "v1", days=2, size_bytes=10), image("b", "v2", days=1, size_bytes=20))
    new = image("c", "v3", days=-1), image("d", "v4", days=-4)
    coming = lifecycle.forecast(policy, Repository("app", images), now=NOW, days=5, pushes=new)
    pushed_meanwhile = {digest("c"), digest("d")}
    report = forecasts.report(coming)
    assert {row.image.digest for row in report.rows if row.mark == "(new)"} == pushed_meanwhile
    assert {row.mark for row in report.rows} == {"(new)", ""}
    page = visit(forecasts.forecast(coming))
    page.fill("#search", "(new)")
    assert page.inner_text("#count").startswith("2 of 4 images")
