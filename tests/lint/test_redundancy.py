"""Values that others cover: without them, what is left covers the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.lint.edit import edited
from ecrpolicy.lint.matching import covers, means
from ecrpolicy.lint.policy import Value
from ecrpolicy.lint.redundancy import covered_actions, covered_resources
from tests.iam.builders import REPOSITORY

NAMES = ("ecr:BatchGetImage", "ecr:GetImage", "ecr:Batch", "ecr:")
ARNS = (REPOSITORY, "arn:aws:ecr:us-east-1:1:a", "arn:aws:ecr:::", "arn:aws:ecr:us:east:1:a:b")

actions = st.lists(st.sampled_from(["Batch", "Get", "Image", "batch", "*", "?"]), max_size=4).map(
    lambda pieces: "ecr:" + "".join(pieces)
)
resources = st.just("*") | st.lists(
    st.sampled_from(
        ["us-east-1", "1", ":", "*", "?", "111122223333", "repository/", "a", "${a:b}"]
    ),
    max_size=7,
).map(lambda pieces: "arn:aws:ecr:" + "".join(pieces))


def values(texts: list[str]) -> list[Value]:
    return [Value(text, (at,)) for at, text in enumerate(texts)]


@given(st.lists(actions, min_size=1, max_size=5))
def test_actions(texts: list[str]) -> None:
    left = edited(texts, (edit for each in covered_actions(values(texts)) for edit in each.fix))
    assert left
    for name in NAMES:
        assert any(means(each, name) for each in left) is any(means(each, name) for each in texts)


@given(st.lists(resources, min_size=1, max_size=5))
def test_resources(texts: list[str]) -> None:
    left = edited(texts, (edit for each in covered_resources(values(texts)) for edit in each.fix))
    assert left
    assert ("*" in left) is ("*" in texts)
    for arn in ARNS:
        assert any(covers(each, arn) for each in left) is any(covers(each, arn) for each in texts)


@pytest.mark.parametrize("texts", [["ecr:*"] * 3, ["ecr:**", "ecr:*", "ecr:***"]])
def test_of_equals_one_is_left(texts: list[str]) -> None:
    assert len(list(covered_actions(values(texts)))) == 2
