"""What the service answers where it refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from botocore.exceptions import ClientError


@contextmanager
def refused(code: str, message: str | None = None, status: int = 400) -> Iterator[None]:
    """Within, the service refuses with a code, and with a message where one is given."""
    with pytest.raises(ClientError) as caught:
        yield
    answer = caught.value.response
    assert answer["Error"]["Code"] == code
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == status
    if message is not None:
        assert answer["Error"]["Message"] == message
