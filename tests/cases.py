"""The hand-worked cases of `fixtures/cases`, as values."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ecrpolicy.lifecycle import Result
from ecrpolicy.lifecycle.future import Departure
from ecrpolicy.snapshot import Repository
from ecrpolicy.sources.files import Source, read_repository
from tests.reference.lifecycle import Outcome

_FOLDER = Path(__file__).parent.parent / "fixtures" / "cases" / "lifecycle"

EVALUATION_FILES = ("guide-examples", "evaluation", "decisions", "later-features")

# An image or a manifest as the service prints it.
Details = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EvaluationCase:
    """A policy, a repository, and what the policy does to it, worked out by hand."""

    name: str
    now: datetime
    policy: dict[str, Any]
    images: list[Details]
    manifests: dict[str, list[str]]
    expected: list[Outcome]

    def repository(self) -> Repository:
        """The repository, read from what the AWS CLI would print of it."""
        manifests = [
            {
                "imageId": {"imageDigest": digest},
                "imageManifest": json.dumps({"manifests": [{"digest": child} for child in held]}),
            }
            for digest, held in self.manifests.items()
        ]
        printed = json.dumps({"imageDetails": self.images, "images": manifests})
        return read_repository(Source(printed.encode()))

    def images_with_instants(self) -> list[Details]:
        """The images with datetimes in place of epoch numbers."""
        return [
            {
                member: datetime.fromtimestamp(value, UTC) if _is_epoch(member, value) else value
                for member, value in image.items()
            }
            for image in self.images
        ]


@dataclass(frozen=True, slots=True)
class Problem:
    """Where a policy is wrong, and what the service says of it, as far as that is known."""

    pointer: str
    service_text: str | None
    is_prefix: bool


@dataclass(frozen=True, slots=True)
class PolicyCase:
    """A policy text and all that is wrong with it."""

    name: str
    text: str
    problems: list[Problem]


def evaluation_cases(*names: str) -> list[EvaluationCase]:
    """The cases of some files about evaluation."""
    return [
        EvaluationCase(
            name=case["name"],
            now=datetime.fromisoformat(case["now"]),
            policy=case["policy"],
            images=case["images"],
            manifests=case.get("manifests", {}),
            expected=[_outcome(result) for result in case["expected"]["results"]],
        )
        for name in names
        for case in _cases(name)
    ]


def evaluation_case(name: str) -> EvaluationCase:
    """The case of a name."""
    (case,) = (case for case in evaluation_cases(*EVALUATION_FILES) if case.name == name)
    return case


def policy_cases() -> list[PolicyCase]:
    """Policies that are refused, and near misses that are not."""
    return [
        PolicyCase(
            name=case["name"],
            text=_policy_text(case),
            problems=[
                Problem(
                    problem["pointer"],
                    problem["serviceText"],
                    problem.get("serviceTextIsPrefix", False),
                )
                for problem in case["problems"]
            ],
        )
        for case in _cases("invalid-policies")
    ]


def outcomes(results: Iterable[Result]) -> list[Outcome]:
    """Results as the reference gives them."""
    return list(map(outcome, results))


def outcome(result: Result | Departure) -> Outcome:
    """A result, or a departure of a forecast, as the reference gives it."""
    return Outcome(
        digest=result.image.digest,
        action=result.action.name,
        rule_priority=result.rule_priority,
        cascade=result.cascade,
        cannot_tell=result.cannot_tell,
    )


def _cases(name: str) -> list[dict[str, Any]]:
    document = json.loads((_FOLDER / f"{name}.ecrpolicy.json").read_text("utf-8"))
    cases: list[dict[str, Any]] = document["cases"]
    return cases


def _outcome(result: dict[str, Any]) -> Outcome:
    return Outcome(
        digest=result["imageDigest"],
        action=result["action"],
        rule_priority=result["appliedRulePriority"],
        cascade=result.get("cascade", False),
        cannot_tell=result.get("cannotTell", False),
    )


def _is_epoch(member: str, value: object) -> bool:
    return isinstance(value, int | float) and member.endswith(("At", "Time"))


def _policy_text(case: dict[str, Any]) -> str:
    text: str = json.dumps(case["policy"]) if "policy" in case else case["text"]
    return text.ljust(case.get("padTo", 0))
