"""A text that is not JSON: the reader's own tests say which."""

import pytest

from ecrpolicy import document, lint
from ecrpolicy.errors import SyntaxProblem


def test_the_reader_tells_it_under_this_name() -> None:
    rule = lint.find("json-syntax-error")
    with pytest.raises(SyntaxProblem) as caught:
        document.read(rule.trips)
    assert [found.rule for found in caught.value.findings] == [rule.name]
    assert document.read(rule.passes).value == {"Version": "2012-10-17", "Statement": []}
