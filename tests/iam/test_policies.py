"""The policies that a request is held against."""

from typing import Any

import pytest

from ecrpolicy.iam import PolicySet
from tests.iam.builders import document, statement


def test_documents_that_were_not_read_are_refused() -> None:
    unread: Any = document(statement(Resource="*"))
    with pytest.raises(TypeError, match="`identity` holds policies that"):
        PolicySet(identity=(unread,))
