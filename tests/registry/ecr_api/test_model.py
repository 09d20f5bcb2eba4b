"""Requests are held against AWS's own model of the API."""

import re
from typing import Any

import pytest
from botocore.model import ListShape, Shape, StructureShape

from ecrpolicy.registry.ecr_api import model
from ecrpolicy.registry.ecr_api.constraints import constraints_of
from ecrpolicy.registry.ecr_api.values import READERS
from ecrpolicy.registry.refusal import Refusal

NAME = r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*"


def refusal(operation: str, members: dict[str, Any]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        model.checked(operation, members)
    return refused.value


def test_all_62_operations_are_known() -> None:
    operations = model.operation_of()
    assert len(operations) == 62
    assert operations["AmazonEC2ContainerRegistry_V20150921.PutImage"] == "PutImage"


def test_a_valid_request_is_taken_as_it_is() -> None:
    request = {
        "registryId": "111122223333",
        "repositoryName": "team/web",
        "imageIds": [{"imageTag": "v1"}, {"imageDigest": "sha256:" + "0" * 64}],
    }
    assert model.checked("BatchGetImage", request) == request


def test_null_is_nothing_and_unknown_members_are_passed_over() -> None:
    request = {"repositoryName": "web", "registryId": None, "colour": {"deep": [1]}}
    assert model.checked("DeleteRepository", request) == {"repositoryName": "web"}


def test_a_blob_is_bytes() -> None:
    request = {
        "repositoryName": "web",
        "uploadId": "00000000-0000-0000-0000-000000000000",
        "partFirstByte": 0,
        "partLastByte": 1,
        "layerPartBlob": "AP8=",
    }
    assert model.checked("UploadLayerPart", request)["layerPartBlob"] == b"\x00\xff"


# The service's own words are quoted in public reports, such as "Invalid parameter at 'imageIds'
# failed to satisfy constraint: 'Member must have length less than or equal to 100'".
@pytest.mark.parametrize(
    ("operation", "members", "path", "constraint"),
    [
        ("DeleteRepository", {}, "repositoryName", "Member must not be null"),
        (
            "DeleteRepository",
            {"repositoryName": "Web"},
            "repositoryName",
            f"must satisfy regular expression '{NAME}'",
        ),
        (
            "DeleteRepository",
            {"repositoryName": "web\n"},
            "repositoryName",
            f"must satisfy regular expression '{NAME}'",
        ),
        (
            "DeleteRepository",
            {"repositoryName": "w"},
            "repositoryName",
            "Member must have length greater than or equal to 2",
        ),
        (
            "DeleteRepository",
            {"repositoryName": "w" * 257},
            "repositoryName",
            "Member must have length less than or equal to 256",
        ),
        (
            "DeleteRepository",
            {"repositoryName": "web", "registryId": "1"},
            "registryId",
            "Member must satisfy regular expression pattern: [0-9]{12}",
        ),
        (
            "DeleteRepository",
            {"repositoryName": "web", "registryId": "١١١١٢٢٢٢٣٣٣٣"},
            "registryId",
            "Member must satisfy regular expression pattern: [0-9]{12}",
        ),
        (
            "BatchGetImage",
            {"repositoryName": "web", "imageIds": []},
            "imageIds",
            "Member must have length greater than or equal to 1",
        ),
        (
            "BatchGetImage",
            {"repositoryName": "web", "imageIds": [{}] * 101},
            "imageIds",
            "Member must have length less than or equal to 100",
        ),
        (
            "BatchGetImage",
            {"repositoryName": "web", "imageIds": [{}, {"imageTag": ""}]},
            "imageIds.2.member.imageTag",
            "Member must have length greater than or equal to 1",
        ),
        (
            "GetAuthorizationToken",
            {"registryIds": ["111122223333", "12"]},
            "registryIds",
            "Member must satisfy constraint: [Member must satisfy regular expression pattern: "
            "[0-9]{12}]",
        ),
        (
            "DescribeRepositories",
            {"maxResults": 0},
            "maxResults",
            "Member must have value greater than or equal to 1",
        ),
        (
            "DescribeRepositories",
            {"maxResults": 1001},
            "maxResults",
            "Member must have value less than or equal to 1000",
        ),
        (
            "PutImageTagMutability",
            {"repositoryName": "web", "imageTagMutability": "FIXED"},
            "imageTagMutability",
            "Member must satisfy enum value set: [MUTABLE, IMMUTABLE, IMMUTABLE_WITH_EXCLUSION, "
            "MUTABLE_WITH_EXCLUSION]",
        ),
        (
            "PutReplicationConfiguration",
            {"replicationConfiguration": {"rules": [{}]}},
            "replicationConfiguration.rules.1.member.destinations",
            "Member must not be null",
        ),
    ],
)
def test_a_constraint_that_does_not_hold_is_told_in_the_services_words(
    operation: str, members: dict[str, Any], path: str, constraint: str
) -> None:
    refused = refusal(operation, members)
    assert refused.code == "InvalidParameterException"
    assert refused.message == (
        f"Invalid parameter at '{path}' failed to satisfy constraint: '{constraint}'"
    )


@pytest.mark.parametrize(
    ("operation", "members", "message"),
    [
        (
            "DeleteRepository",
            {"repositoryName": 1},
            "NUMBER_VALUE can not be converted to a String",
        ),
        (
            "DeleteRepository",
            {"repositoryName": True},
            "TRUE_VALUE can not be converted to a String",
        ),
        (
            "DeleteRepository",
            {"repositoryName": ["web"]},
            "Start of structure or map found where not expected.",
        ),
        (
            "DeleteRepository",
            {"repositoryName": "web", "force": "true"},
            "STRING_VALUE can not be converted to a Boolean",
        ),
        (
            "DescribeRepositories",
            {"maxResults": "5"},
            "STRING_VALUE can not be converted to an Integer",
        ),
        (
            "DescribeRepositories",
            {"maxResults": True},
            "TRUE_VALUE can not be converted to an Integer",
        ),
        (
            "DescribeRepositories",
            {"maxResults": 2**31},
            "NUMBER_VALUE can not be converted to an Integer",
        ),
        ("DescribeRepositories", {"repositoryNames": "web"}, "Expected a list"),
        (
            "DescribeRepositories",
            {"repositoryNames": [None]},
            "NULL_VALUE can not be converted to a String",
        ),
        ("CreateRepository", {"encryptionConfiguration": []}, "Expected a structure"),
        (
            "UploadLayerPart",
            {"partFirstByte": 2**63},
            "NUMBER_VALUE can not be converted to a Long",
        ),
        ("UploadLayerPart", {"layerPartBlob": "not base64!"}, "a blob is not in base64"),
        ("UploadLayerPart", {"layerPartBlob": "AP8é"}, "a blob is not in base64"),
    ],
)
def test_a_wrong_type_comes_before_every_constraint(
    operation: str, members: dict[str, Any], message: str
) -> None:
    refused = refusal(operation, {"registryId": "1", **members})
    assert (refused.code, refused.message) == ("SerializationException", message)


def shapes() -> dict[str, Shape]:
    """All shapes of requests, by name."""
    found: dict[str, Shape] = {}
    waiting: list[Shape] = [model.input_shape(each) for each in model.operation_of().values()]
    while waiting:
        shape = waiting.pop()
        if shape.name not in found:
            found[shape.name] = shape
            if isinstance(shape, StructureShape):
                waiting += shape.members.values()
            elif isinstance(shape, ListShape):
                waiting.append(shape.member)
    return found


def test_every_type_of_a_request_has_a_reader() -> None:
    types = {each.type_name for each in shapes().values()}
    assert types - {"structure", "list"} == READERS.keys()


@pytest.mark.parametrize(
    "member", [each for each in shapes().values() if "pattern" in each.metadata]
)
# One that tries all ways to split a text would take years for these.
def test_no_long_text_is_split_in_all_ways(member: Shape) -> None:
    matching = constraints_of(member)[-1]
    most = member.metadata.get("max", 2_048)
    for character in "a0-_./:*":
        for text in (character * (most - 1), ("a" + character) * (most // 2)):
            assert not matching.holds(text + "!")
            assert not matching.holds(text + "\n")


def test_the_pattern_that_is_written_anew_means_the_same() -> None:
    shape = shapes()["ScanningRepositoryFilterValue"]
    holds, original = constraints_of(shape)[-1].holds, re.compile(shape.metadata["pattern"])
    texts = [""]
    for _ in range(6):
        texts += [text + each for text in texts[-(4**6) :] for each in "a*.!"]
    for text in {each for each in texts if len(each) <= 6}:
        assert holds(text) == bool(original.fullmatch(text)), text
