"""The comparison with the reference can be trusted: it repeats itself, and it does find fault."""

import json
from typing import Any

import pytest

from ecrpolicy import lifecycle
from tests import differential
from tests.reference import lifecycle as reference


def test_some_hundred_cases_agree() -> None:
    report = differential.run_cases((7, 0, 300))
    assert report.disagreement is None
    assert report.cases == 300
    assert report.reached["several results"] > 30
    assert report.reached["accepted text"] > 30
    assert report.reached["refused text"] > 30


def test_a_case_depends_on_the_seed_and_its_number_alone() -> None:
    together = differential.run_cases((7, 10, 20)).reached
    apart = sum(
        (differential.run_cases((7, number, number + 1)).reached for number in range(10, 20)),
        start=together.__class__(),
    )
    assert together == apart
    assert differential.run_cases((8, 10, 20)).reached != together


def test_what_is_never_reached_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert differential.main(["--cases", "3", "--seed", "7"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "seed 7: 3 cases from 0 on, 1 at a time"
    assert told[-1].startswith("never reached: ")
    assert "cascade of a cascade" in told[-1]


def test_a_disagreement_is_printed_so_that_it_can_be_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    naive = reference.evaluate

    def forgetful(*given: Any) -> list[reference.Outcome]:
        return [outcome for outcome in naive(*given) if not outcome.cascade]

    monkeypatch.setattr(reference, "evaluate", forgetful)
    assert differential.main(["--cases", "2000", "--seed", "7"]) == 1
    told = capsys.readouterr().out.splitlines()
    found = json.loads(told[-2])
    assert told[-1] == f"seed 7: disagreement at case {found['case']}"
    assert set(found) >= {"now", "policy", "images", "manifests", "ours", "reference"}
    first = ["--first", str(found["case"]), "--cases", "1", "--seed", "7"]
    assert differential.main(first) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-2]) == found


def test_a_disagreement_about_a_text_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reference, "violations", lambda text: set())
    assert differential.main(["--cases", "100"]) == 1
    found = json.loads(capsys.readouterr().out.splitlines()[-2])
    assert found["reference"] == []
    assert found["ours"]


def test_an_error_of_the_library_is_a_disagreement(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(lifecycle, "evaluate", broken)
    assert differential.main(["--cases", "1"]) == 1
    found = json.loads(capsys.readouterr().out.splitlines()[-2])
    assert found["error"] == "ZeroDivisionError()"
