"""The comparison with the reference can be trusted: it repeats itself, and it does find fault."""

import json
from dataclasses import replace
from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.iam import Effect, Kind
from tests import differential_iam
from tests.iam_cases import Json
from tests.reference import iam as reference


def found_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """The disagreement that a run prints."""
    assert differential_iam.main([*arguments]) == 1
    return json.loads(capsys.readouterr().out.splitlines()[-2])


def test_some_hundred_cases_agree() -> None:
    report = differential_iam.run_cases((7, 0, 500))
    assert report.disagreement is None
    assert report.cases == 500
    assert all(report.reached[effect.value] > 30 for effect in Effect)
    assert sum(name in report.reached for name in differential_iam.GOALS) > 150


def test_a_case_depends_on_the_seed_and_its_number_alone() -> None:
    together = differential_iam.run_cases((7, 10, 20)).reached
    apart = sum(
        (differential_iam.run_cases((7, number, number + 1)).reached for number in range(10, 20)),
        start=together.__class__(),
    )
    assert together == apart
    assert differential_iam.run_cases((8, 10, 20)).reached != together


def test_every_path_is_a_goal_or_refused_by_parsing() -> None:
    refused = differential_iam.REFUSED_BY_PARSING.keys()
    assert refused < reference.PATHS
    assert reference.PATHS - refused < set(differential_iam.GOALS)
    assert not refused & set(differential_iam.GOALS)


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        (Kind.IDENTITY, {"Resource": "*", "Condition": {"StringIs": {"aws:userid": "a"}}}),
        *((kind, {"Resource": "*"}) for kind in (Kind.REGISTRY, Kind.RESOURCE)),
        (Kind.REPOSITORY, {}),
    ],
)
def test_what_parsing_refuses_leads_to_no_path(kind: Kind, statement: Json) -> None:
    document = {"Statement": {"Effect": "Allow", "Action": "*", **statement}}
    with pytest.raises(InvalidPolicy):
        iam.parse(document, kind=kind)


@pytest.mark.parametrize(("enough", "status"), [(3, 1), (4, 0)])
def test_what_is_never_reached_is_a_failure_of_a_long_run(
    enough: int, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = replace(differential_iam.CAMPAIGN, enough=enough)
    assert campaign.main(["--cases", "3", "--seed", "7"]) == status
    told = [line for line in capsys.readouterr().out.splitlines() if "never reached" in line]
    assert "same-account-provider-limited" in told[0]


def test_a_disagreement_is_printed_so_that_it_can_be_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reference, "IDENTITY_ONLY_ACTIONS", ())
    found = found_by(capsys, "--cases", "2000", "--seed", "7")
    assert found["ours"] != found["reference"]
    assert reference.decide(found).effect == found["reference"]["effect"]
    again = found_by(capsys, "--first", str(found["case"]), "--cases", "1", "--seed", "7")
    assert again == found


def test_an_error_of_the_library_is_a_disagreement(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(iam, "authorize", broken)
    assert found_by(capsys, "--cases", "1")["error"] == "ZeroDivisionError()"


def test_an_explanation_of_something_else_is_a_disagreement(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    explain = iam.Decision.explain

    def silent(decision: iam.Decision) -> Any:
        return replace(explain(decision), policies=())

    monkeypatch.setattr(iam.Decision, "explain", silent)
    assert found_by(capsys, "--cases", "100")["explanation"]
