"""The reference of the registry's rules agrees with the cases that were worked out by hand."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.reference import registry as reference

FOLDER = Path(__file__).parent.parent / "fixtures" / "cases" / "registry"

# The function that a file asks, where its cases do not say it themselves.
FUNCTIONS = {
    "scanning-invalid": "scanning_violations",
    "scan-state": "scan_state",
    "replication": "replicas",
    "replication-permission": "replicas",
    "replication-invalid": "replication_violations",
    "cache-access": "cache_access",
    "caching-invalid": "cache_rule_violations",
    "templates-invalid": "template_violations",
    "tagging": "tag_push",
}
FILES = ["scanning", "caching", "templates", "names", "existing-images", "regions", *FUNCTIONS]
NO_INPUT = {"name", "source", "why", "function", "expected"}
INSTANTS = {
    *("pushedAt", "enabledAt", "lastScanAt", "recordedPullAt", "now"),
    *("lookedAt", "importedAt", "usedAt", "activatedAt", "since"),
}


def cases(file: str) -> list[dict[str, Any]]:
    document = json.loads((FOLDER / f"{file}.json").read_text("utf-8"))
    return [{"function": FUNCTIONS.get(file), **case} for case in document["cases"]]


def carried_out(value: Any) -> Any:
    """A value with the orders in it carried out: a text repeated, a list of numbered entries."""
    if isinstance(value, list):
        return [carried_out(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if "$text" in value:
        return value.get("$before", "") + value["$text"] * value["$times"]
    if "$each" in value:
        text = json.dumps(value["$each"])
        return [json.loads(text.replace("{n}", str(number))) for number in range(value["$times"])]
    return {name: carried_out(member) for name, member in value.items()}


def argument(name: str, value: Any) -> tuple[str, Any]:
    """The name and the value of a parameter, from a member of a case."""
    if name in INSTANTS and value is not None:
        value = datetime.fromisoformat(value)
    if name == "repositoryName":
        name = "name"
    return re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name), carried_out(value)


def comparable(function: str, answer: Any) -> Any:
    """What the reference answers, as a case has it."""
    if function.endswith("_violations"):
        return {"violations": [list(violation) for violation in answer]}
    if function == "template_for":
        return None if answer is None else answer["prefix"]
    if function == "scan_state" and answer["nextScanAt"] is not None:
        instant = answer["nextScanAt"].astimezone(UTC)
        return {**answer, "nextScanAt": instant.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return answer


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["name"]) for file in FILES for case in cases(file)]
)
def test_a_case(case: dict[str, Any]) -> None:
    arguments = dict(argument(name, value) for name, value in case.items() if name not in NO_INPUT)
    answer = getattr(reference, case["function"])(**arguments)
    assert comparable(case["function"], answer) == case["expected"]


def test_names_are_unlike() -> None:
    names = [case["name"] for file in FILES for case in cases(file)]
    assert len(names) == len(set(names))


def test_all_files_are_run() -> None:
    assert sorted(FILES) == sorted(path.stem for path in FOLDER.glob("*.json"))


def test_the_registry_pushed_to_must_be_given() -> None:
    push = {"registryId": "111122223333", "region": "us-east-1", "repositoryName": "web"}
    with pytest.raises(ValueError, match="not given"):
        reference.replicas([], push)
