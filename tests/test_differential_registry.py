"""The comparison with the reference can be trusted: it repeats itself, and it does find fault."""

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from ecrpolicy import tagging
from ecrpolicy.document.shape import MAX_FINDINGS
from tests import differential_registry
from tests.reference import registry as reference
from tests.registry_cases import random_case


def found_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """The disagreement that a run prints."""
    assert differential_registry.main([*arguments]) == 1
    return json.loads(capsys.readouterr().out.splitlines()[-2])


def test_some_hundred_cases_agree() -> None:
    report = differential_registry.run_cases((7, 0, 500))
    assert report.disagreement is None
    assert report.cases == 500
    assert report.reached["replica: REPLICATED"] > 5
    assert sum(name in report.reached for name in differential_registry.GOALS) > 80


def test_a_case_depends_on_the_seed_and_its_number_alone() -> None:
    together = differential_registry.run_cases((7, 10, 20)).reached
    apart = sum(
        (
            differential_registry.run_cases((7, number, number + 1)).reached
            for number in range(10, 20)
        ),
        start=together.__class__(),
    )
    assert together == apart
    assert differential_registry.run_cases((8, 10, 20)).reached != together


def test_every_question_is_asked() -> None:
    drawn = {random_case(Random(number)).function for number in range(500)}
    assert drawn == {
        *("filter_matches", "scanning_effective", "scan_state", "replicas", "cache_rule_for"),
        *("cache_is_due", "template_for", "new_repository", "tag_push", "is_repository_name"),
        *("is_image_tag", "scanning_violations", "replication_violations"),
        *("cache_rule_violations", "template_violations", "resource_tag_violations"),
        *("cache_looks_upstream", "cache_access", "cache_failure", "cache_pull"),
        *("is_carried", "regional_doubts"),
    }


@pytest.mark.parametrize(("enough", "status"), [(3, 1), (4, 0)])
def test_what_is_never_reached_is_a_failure_of_a_long_run(
    enough: int, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = replace(differential_registry.CAMPAIGN, enough=enough)
    assert campaign.main(["--cases", "3", "--seed", "7"]) == status
    told = [line for line in capsys.readouterr().out.splitlines() if "never reached" in line]
    assert "only creating is denied" in told[0]


def test_a_disagreement_is_printed_so_that_it_can_be_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reference, "may_move", lambda *_: True)
    found = found_by(capsys, "--cases", "2000", "--seed", "7")
    assert found["ours"] != found["reference"]
    assert found["function"] in ("tag_push", "replicas", "cache_pull")
    assert found["arguments"]
    again = found_by(capsys, "--first", str(found["case"]), "--cases", "1", "--seed", "7")
    assert again == found


def test_a_disagreement_about_a_document_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reference, "is_account", lambda _: True)
    found = found_by(capsys, "--cases", "2000", "--seed", "7")
    told = {code for code, _ in found["ours"]} - {code for code, _ in found["reference"]}
    assert told == {"malformed-account"}


def test_of_very_many_violations_some_are_enough_and_a_wrong_one_is_told() -> None:
    many = [("wrong-type", f"/{number}") for number in range(MAX_FINDINGS + 1)]
    agree = differential_registry.agree
    assert agree(many[:MAX_FINDINGS], many)
    assert not agree([], many)
    assert not agree([*many[:50], ("empty-list", "/0")], many)
    few = many[: MAX_FINDINGS // 2]
    assert agree(few, few)
    assert not agree(few[1:], few)


def test_an_error_of_the_library_is_a_disagreement(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(tagging, "push", broken)
    assert found_by(capsys, "--cases", "200")["error"] == "ZeroDivisionError()"
