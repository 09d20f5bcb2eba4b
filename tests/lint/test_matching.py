"""What patterns cover."""

import pytest

from ecrpolicy.lint.matching import covers, like, means

ARN = "arn:aws:ecr:us-east-1:111122223333:repository/"


@pytest.mark.parametrize(
    ("pattern", "other", "expected"),
    [
        ("*", "ecr:*", True),
        ("ecr:*", "ECR:Put*", True),
        ("ecr:Put*", "ecr:*", False),
        ("ecr:?utImage", "ecr:PutImage", True),
        ("ecr:?*", "ecr:*", False),
        ("ecr:Put?mage", "ecr:Put?mage", True),
        ("ecr:*Image", "ecr:*", False),
    ],
)
def test_actions(pattern: str, other: str, *, expected: bool) -> None:
    assert means(pattern, other) is expected


@pytest.mark.parametrize(
    ("pattern", "other", "expected"),
    [
        ("*", ARN + "a", True),
        (ARN + "*", ARN + "a*", True),
        (ARN + "a*", ARN + "*", False),
        (ARN + "?", ARN + "*", False),
        (ARN + "?*", ARN + "?*", True),
        ("arn:aws:ecr:*", ARN + "*", True),
        ("arn:aws:e*r:us-east-1:111122223333:*", "arn:aws:e*:us-east-1:111122223333:*", False),
        (ARN + "a", ARN + "A", False),
    ],
)
def test_resources(pattern: str, other: str, *, expected: bool) -> None:
    assert covers(pattern, other) is expected


def test_texts() -> None:
    assert like("a*", "ab*")
    assert not like("A*", "ab")
