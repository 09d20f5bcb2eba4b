"""All operations of the API: each is known, and does something or says that it does not."""

import re
from pathlib import Path
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError

from ecrpolicy.registry.ecr_api import not_built
from ecrpolicy.registry.ecr_api.model import service_model
from ecrpolicy.registry.ecr_api.operations import OPERATIONS
from tests.registry.ecr_api.pushing import digest_of
from tests.registry.ecr_api.refusals import refused
from tests.registry.serving import ACCOUNT, NOBODY, Serving

PAGE: Final = Path(__file__).parents[3] / "docs" / "reference" / "service.md"

_ROW: Final = re.compile(r"^\| (\w+) \| (built|stored|not built) \|", re.MULTILINE)

NOT_BUILT: Final = frozenset(each.name for each in not_built.OPERATIONS)

IMAGE_ID: Final = {"imageDigest": digest_of(b"missing")}
DESTINATION: Final = {"region": "eu-west-1", "registryId": ACCOUNT}
PRINCIPAL: Final = f"arn:aws:iam::{ACCOUNT}:user/ana"
BACKFILL: Final = "00000000-0000-0000-0000-000000000000"
PROFILE: Final = f"arn:aws:signer:us-east-1:{ACCOUNT}:/signing-profiles/one"

# Of each operation that is not built, a request that is valid.
REQUESTS: Final[dict[str, Any]] = {
    "DeleteSigningConfiguration": {},
    "DeregisterPullTimeUpdateExclusion": {"principalArn": PRINCIPAL},
    "DescribeImageReplicationStatus": {"repositoryName": "web", "imageId": IMAGE_ID},
    "DescribeImageScanFindings": {"repositoryName": "web", "imageId": IMAGE_ID},
    "DescribeImageSigningStatus": {"repositoryName": "web", "imageId": IMAGE_ID},
    "DescribeReplicationBackfillResults": {"replicationBackfillId": BACKFILL},
    "GetSigningConfiguration": {},
    "ListPullTimeUpdateExclusions": {},
    "ListReplicationBackfills": {},
    "PutSigningConfiguration": {
        "signingConfiguration": {"rules": [{"signingProfileArn": PROFILE}]}
    },
    "RegisterPullTimeUpdateExclusion": {"principalArn": PRINCIPAL},
    "StartImageScan": {"repositoryName": "web", "imageId": IMAGE_ID},
    "StartReplicationBackfill": {"destination": DESTINATION},
    "StopReplicationBackfill": {"replicationBackfillId": BACKFILL},
}


def _method(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def test_every_operation_of_the_model_is_known() -> None:
    names = service_model().operation_names
    assert len(names) == 62
    assert set(OPERATIONS) == set(names)
    assert all(OPERATIONS[name].name == name for name in names)


def test_the_page_lists_them_all_in_order() -> None:
    rows = _ROW.findall(PAGE.read_text())
    assert [name for name, _ in rows] == sorted(service_model().operation_names)
    assert {name for name, here in rows if here == "not built"} == NOT_BUILT


def test_there_is_a_request_for_each_that_is_not_built() -> None:
    assert set(REQUESTS) == NOT_BUILT


@pytest.mark.parametrize("name", sorted(NOT_BUILT))
def test_what_is_not_built_says_so(shared: Serving, name: str) -> None:
    ask = getattr(shared.ecr(), _method(name))
    text = (
        f"The operation {name} is not built in this registry service, which is not Amazon ECR; "
        "see its list of operations"
    )
    with refused("UnsupportedOperationException", text):
        ask(**REQUESTS[name])


@pytest.mark.parametrize("name", sorted(NOT_BUILT))
def test_who_may_not_call_it_is_told_that(shared: Serving, name: str) -> None:
    with refused("AccessDeniedException"):
        getattr(shared.ecr(NOBODY), _method(name))(**REQUESTS[name])


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - NOT_BUILT))
def test_what_is_built_answers_a_request_without_members(shared: Serving, name: str) -> None:
    """With an answer, or with an error of the operation's own: never with a failure."""
    allowed = {each.name for each in service_model().operation_model(name).error_shapes}
    answer: Any
    try:
        answer = getattr(shared.ecr(), _method(name))()
    except ClientError as error:
        answer = error.response
    code = answer.get("Error", {}).get("Code")
    assert code is None or code in allowed - {"ServerException"}
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == (200 if code is None else 400)
