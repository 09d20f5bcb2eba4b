"""The client through boto3; `test_stateful` and the tests of the service drive the whole of it."""

import pytest
from botocore.exceptions import ClientError

from ecrpolicy.testing.boto import refusals
from ecrpolicy.testing.client import Refused


def error(status: int) -> ClientError:
    told = {"Error": {"Code": "X"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(told, "PutImage")  # type: ignore[arg-type]


@pytest.mark.parametrize(("status", "raised"), [(400, Refused), (404, Refused), (500, ClientError)])
def test_that_the_service_fails_is_no_refusal(status: int, raised: type[Exception]) -> None:
    with pytest.raises(raised, match="PutImage"), refusals():
        raise error(status)
