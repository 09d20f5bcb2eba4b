"""Forecasts agree with the reference on random cases, and the comparison finds fault."""

from typing import Any

import pytest

from tests import differential_forecast
from tests.reference import forecast as reference
from tests.reference.forecast import Event


def test_some_hundred_forecasts_agree() -> None:
    report = differential_forecast.run_cases((7, 0, 800))
    assert report.disagreement is None
    assert [goal for goal in differential_forecast.GOALS if not report.reached[goal]] == []


def test_a_disagreement_is_told_with_what_repeats_it(monkeypatch: pytest.MonkeyPatch) -> None:
    naive = reference.forecast

    def impatient(*given: Any) -> list[Event]:
        return [event._replace(day=max(0, event.day - 1)) for event in naive(*given)]

    monkeypatch.setattr(reference, "forecast", impatient)
    found = differential_forecast.run_cases((7, 0, 800)).disagreement
    assert found is not None
    assert set(found) >= {"now", "days", "policy", "images", "manifests", "pushes", "ours"}
    again = differential_forecast.run_cases((7, found["case"], found["case"] + 1))
    assert again.disagreement == found
