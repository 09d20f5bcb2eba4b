"""The hand-worked cases of `fixtures/cases/registry`."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ecrpolicy import caching, replication, scanning
from ecrpolicy.errors import InvalidPolicy, InvalidSnapshot
from ecrpolicy.finding import Finding
from ecrpolicy.settings import Settings
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.registries import read_registry
from tests import registry_answers as ours
from tests.reference import registry as reference
from tests.test_reference_registry import (
    FILES,
    NO_INPUT,
    argument,
    carried_out,
    cases,
    comparable,
)

# Cases about what a template means that this library refuses to have: the texts of policies in it
# are none.
REFUSED = {
    "created-from-a-full-template",
    "created-for-another-cause",
    "created-from-the-longest-alone",
}

CASES = [pytest.param(case, id=case["name"]) for file in FILES for case in cases(file)]


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_answered_as_worked_out(case: dict[str, Any]) -> None:
    function = case["function"]
    arguments = dict(argument(name, value) for name, value in case.items() if name not in NO_INPUT)
    answer = getattr(ours, function)
    if case["name"] in REFUSED:
        with pytest.raises(InvalidPolicy):
            answer(**arguments)
        return
    found = comparable(function, answer(**arguments))
    if function.endswith("_violations"):
        expected = ours.of_reference(function, case["expected"]["violations"], arguments)
        assert found == {"violations": [list(each) for each in expected]}
    elif function == "replicas":
        assert found == ours.of_reference(function, case["expected"], arguments)
    else:
        assert found == case["expected"]


def test_every_function_of_a_case_is_answered() -> None:
    asked = {case["function"] for file in FILES for case in cases(file)}
    assert asked <= vars(ours).keys() & vars(reference).keys()


# The same settings in a file

_SETTINGS = {
    "scanning": ("configuration", "scanningConfiguration"),
    "replication-invalid": ("configuration", "replicationConfiguration"),
    "scanning-invalid": ("configuration", "scanningConfiguration"),
    "caching": ("rules", "pullThroughCacheRules"),
    "caching-invalid": ("rules", "pullThroughCacheRules"),
    "templates": ("templates", "repositoryCreationTemplates"),
    "templates-invalid": ("templates", "repositoryCreationTemplates"),
}
_HOME = {"registryId": "111122223333", "region": "us-east-1"}


def settings() -> Iterator[Any]:
    """The settings of all cases, each as a document of the AWS CLI with its registry."""
    for file, (name, member) in _SETTINGS.items():
        for case in cases(file):
            value = carried_out(case.get(name))
            if value is not None:
                home = {
                    "registryId": case.get("account", _HOME["registryId"]),
                    "region": case.get("region", _HOME["region"]),
                }
                yield pytest.param(member, {**home, member: value}, id=case["name"])


def parsed(member: str, document: dict[str, Any]) -> object:
    """What the parser of a setting makes of it."""
    told = {member: document[member]}
    home = {"account": document["registryId"], "region": document["region"]}
    match member:
        case "scanningConfiguration":
            return scanning.parse(told)
        case "replicationConfiguration":
            return replication.parse(told, **home)
        case "pullThroughCacheRules":
            return caching.parse_rules(told, **home)
        case _:
            return caching.parse_templates(told)


def read(member: str, document: dict[str, Any]) -> object:
    """What the reader of files makes of it."""
    source = Source(json.dumps(document).encode(), "registry.json")
    found = Settings.of(read_registry(source, with_settings=True))
    return {
        "scanningConfiguration": found.scanning,
        "replicationConfiguration": found.replication,
        "pullThroughCacheRules": found.cache_rules,
        "repositoryCreationTemplates": found.templates,
    }[member]


def findings(ask: Callable[[str, dict[str, Any]], object], *about: Any) -> list[Finding] | None:
    """The first findings; None where the file is no registry, whatever stands in the setting."""
    try:
        ask(*about)
    except InvalidPolicy as error:
        return list(error.findings[:20])
    except InvalidSnapshot:
        return None
    return []


@pytest.mark.parametrize(("member", "document"), list(settings()))
def test_a_file_says_what_the_parser_says(member: str, document: dict[str, Any]) -> None:
    by_parser, by_reader = (findings(ask, member, document) for ask in (parsed, read))
    if not by_parser:
        assert by_reader == []
        assert read(member, document) == parsed(member, document)
    elif by_reader is not None and not _has_nothing(document[member]):
        assert [
            (each.rule, each.message, each.location.pointer, each.service_text)
            for each in by_reader
        ] == [
            (each.rule, each.message, each.location.pointer, each.service_text)
            for each in by_parser
        ]
        assert all(each.location.line == 1 for each in by_reader)


def _has_nothing(value: Any) -> bool:
    """Whether a null or an empty list is in it: in what is printed, that is a member not set."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return not value or any(map(_has_nothing, inner))
    return value is None


REGISTRIES = [
    pytest.param(told, id=f"{case['name']}-{number}")
    for case in cases("replication")
    for number, told in enumerate(carried_out(case["registries"]))
]


@pytest.mark.parametrize("told", REGISTRIES)
def test_a_registry_of_a_case_can_stand_in_a_file(told: dict[str, Any]) -> None:
    document = {
        "registryPolicyText": told.get("registryPolicy"),
        "pullThroughCacheRules": [],
        "repositoryCreationTemplates": [],
        **{name: value for name, value in told.items() if name != "registryPolicy"},
        "repositories": [_described(each) for each in told["repositories"]],
    }
    source = Source(json.dumps(document).encode(), "registry.json")
    assert read_registry(source, with_settings=True) == ours.registry(told)


def _described(told: dict[str, Any]) -> dict[str, Any]:
    images = [{"imagePushedAt": "2026-01-31T00:00:00Z", **each} for each in told["images"]]
    return {
        "imageTagMutability": "MUTABLE",
        "imageScanningConfiguration": {"scanOnPush": False},
        **{name: value for name, value in told.items() if name != "images"},
        "imageDetails": images,
    }
