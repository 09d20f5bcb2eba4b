"""A registry's settings as rules read them."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind, Subject
from ecrpolicy.lint.settings import Settings, settings_of


@pytest.mark.parametrize("value", [None, [], {"rules": []}, UNKNOWN, {"scanningConfiguration": 1}])
def test_the_document_itself(value: Any) -> None:
    assert settings_of(Subject(Kind.REPLICATION, value)) == Settings(value)
    assert settings_of(Subject(Kind.CACHING, value)) == Settings(value)


def test_what_the_command_line_of_aws_prints() -> None:
    value = {"registryId": "111122223333", "replicationConfiguration": UNKNOWN}
    found = settings_of(Subject(Kind.REPLICATION, value))
    assert found == Settings(UNKNOWN, ("replicationConfiguration",))
