"""The forecast against a run of the reference every day, and what must hold of every forecast."""

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.cases import outcomes
from tests.differential_forecast import events, forecasted, with_pushes
from tests.property.strategies import policies, situations
from tests.reference import forecast as reference
from tests.situations import Details, Situation

# So many days that what is archived on one of the first is old enough for the archive's rules.
DAYS = st.sampled_from([1, 2, 3, 5, 8, 100])

Pushed = tuple[Situation, list[Details]]
PUSHED = st.builds(
    lambda situation, seed: with_pushes(Random(seed), situation), situations(), st.integers(0, 99)
)


@given(policy=policies(), situation=situations(), days=DAYS)
def test_the_forecast_is_that_of_a_run_every_day(
    policy: dict[str, Any], situation: Situation, days: int
) -> None:
    expected = reference.forecast(policy, situation, days)
    assert events(forecasted(policy, situation, days)) == expected


@given(policy=policies(), drawn=PUSHED, days=DAYS)
def test_pushed_images_are_there_from_the_first_run_that_sees_them(
    policy: dict[str, Any], drawn: Pushed, days: int
) -> None:
    situation, pushes = drawn
    expected = reference.forecast(policy, situation, days, pushes)
    assert events(forecasted(policy, situation, days, pushes)) == expected


@given(policy=policies(), drawn=PUSHED, days=DAYS, data=st.data())
def test_a_day_of_the_forecast_is_a_preview_on_what_is_left(
    policy: dict[str, Any],
    drawn: Pushed,
    days: int,
    data: st.DataObject,
) -> None:
    situation, pushes = drawn
    found = forecasted(policy, situation, days, pushes)
    day = data.draw(st.integers(0, days))
    expected = [each.outcome for each in events(found) if each.day == day]
    assert outcomes(found.preview(day).results) == expected


@given(policy=policies(), drawn=PUSHED, days=DAYS)
def test_what_is_kept_is_what_a_count_finds(
    policy: dict[str, Any], drawn: Pushed, days: int
) -> None:
    situation, pushes = drawn
    found = forecasted(policy, situation, days, pushes)
    assert [each.day for each in found.kept] == list(range(days + 1))
    for before in range(1, days + 1):
        left = found.repository_on(before).images
        new = {each.digest for each in found.pushes if found.first_runs[each.digest] == before}
        kept = [each for each in left if each.digest not in new]
        archived = [each for each in kept if each.storage_class.value == "archive"]
        assert found.kept[before - 1][1:] == (
            len(kept),
            sum(each.size_bytes for each in kept),
            len(archived),
            sum(each.size_bytes for each in archived),
        )


@given(policy=policies(), situation=situations(), days=DAYS)
def test_the_first_days_of_a_longer_forecast_are_those_of_a_shorter_one(
    policy: dict[str, Any], situation: Situation, days: int
) -> None:
    shorter = events(forecasted(policy, situation, days))
    longer = events(forecasted(policy, situation, days + 7))
    assert [each for each in longer if each.day <= days] == shorter
