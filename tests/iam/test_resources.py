"""Action, NotAction, Resource, NotResource."""

from typing import Any

import pytest

from ecrpolicy.iam import Element, Kind
from ecrpolicy.iam.resources import heads
from tests.iam.builders import PULL, REPOSITORY, decide, policy, request, statement

_MINE = "arn:aws:ecr:us-east-1:111122223333:repository/"


def _allows(resource: str | None = REPOSITORY, context: Any = (), **elements: Any) -> bool:
    allowing = policy(Kind.IDENTITY, statement(**elements))
    return decide(request(resource=resource, context=dict(context)), identity=(allowing,)).allowed


@pytest.mark.parametrize(
    ("action", "allows"),
    [
        ("ECR:batchget*", True),
        ("ecr:BatchGetImag?", True),
        ("ecr:BatchGetImage?", False),
        ("*", True),
        ("*:*Image", True),
        (["s3:*", PULL], True),
        ("ecr:Get*", False),
    ],
)
def test_actions_know_no_case(action: Any, allows: bool) -> None:
    assert _allows(Action=action, Resource="*") is allows
    assert _allows(NotAction=action, Resource="*") is not allows


@pytest.mark.parametrize(
    ("resource", "allows"),
    [
        (REPOSITORY, True),
        (["arn:aws:s3:::x", f"{_MINE}*"], True),
        (f"{_MINE}team/?pp", True),
        (f"{_MINE}Team/app", False),
        ("arn:aws:ecr:*", True),
    ],
)
def test_resources(resource: Any, allows: bool) -> None:
    assert _allows(Resource=resource) is allows
    assert _allows(NotResource=resource) is not allows


def test_a_request_without_a_resource() -> None:
    assert _allows(None, Resource="*")
    assert not _allows(None, Resource=["arn:*", "arn:aws:ecr:*"])
    assert _allows(None, NotResource=REPOSITORY)
    assert not _allows(None, NotResource="*")


@pytest.mark.parametrize(
    ("resource", "context", "allows"),
    [
        (f"{_MINE}${{k:team}}/app", {"k:team": "team"}, True),
        (f"{_MINE}${{k:team}}/app", {"k:team": "*"}, False),
        (f"{_MINE}${{k:team}}/app", {}, False),
        (f"{_MINE}${{k:team, 'team'}}/*", {}, True),
        ("arn:aws:ecr:us-east-1:${k:account}:repository/*", {"k:account": "111122223333"}, False),
    ],
)
def test_variables_count_behind_the_fifth_colon(
    resource: str, context: dict[str, str], allows: bool
) -> None:
    assert _allows(Resource=resource, context=context) is allows
    assert _allows(NotResource=resource, context=context) is not allows


def test_heads_hold_for_every_covered_resource() -> None:
    assert heads(Element((f"{_MINE}a*", f"{_MINE}${{k:a}}"))) == (f"{_MINE}a", _MINE)
    assert heads(Element(("*", REPOSITORY))) == ("",)
    assert heads(Element((REPOSITORY,), is_negated=True)) == heads(None) == ("",)


def test_many_statements_are_found_by_their_resources() -> None:
    numbers = range(300)
    several = tuple(
        policy(
            Kind.IDENTITY,
            *(
                statement(Action=PULL, Resource=f"{_MINE}{number}" + "/*" * (number % 2))
                for number in range(start, start + 20)
            ),
        )
        for start in range(0, 300, 20)
    )
    for number in numbers:
        inside = f"{_MINE}{number}" + "/x" * (number % 2)
        assert decide(request(resource=inside), identity=several).allowed
        assert not decide(request(resource=f"{inside}:not"), identity=several).allowed or number % 2
    assert not decide(request(resource=f"{_MINE}300"), identity=several).allowed
    assert not decide(request(resource=None), identity=several).allowed
