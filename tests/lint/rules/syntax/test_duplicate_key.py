"""A member that stands twice in one object: the reader's own tests say which."""

import pytest

from ecrpolicy import document, lint
from ecrpolicy.errors import SyntaxProblem


def test_the_reader_tells_it_under_this_name() -> None:
    rule = lint.find("duplicate-key")
    with pytest.raises(SyntaxProblem) as caught:
        document.read(rule.trips)
    assert [found.rule for found in caught.value.findings] == [rule.name]
    assert list(document.read(rule.passes).value) == ["StringEquals"]
