"""What one task needs."""

import pytest

from ecrpolicy import iam
from ecrpolicy.iam import actions, operations
from ecrpolicy.iam.operations import About, Operation, When
from tests.iam.accounts import allow, policy

_REQUEST = iam.Request(
    principal="arn:aws:iam::111122223333:user/bob",
    action="ecr:DescribeImages",
    resource="arn:aws:ecr:us-east-1:111122223333:repository/web",
)
_ALL = tuple(operations.OPERATIONS.values())


def _set(*statements: dict[str, object]) -> iam.PolicySet:
    return iam.PolicySet(identity=(iam.parse(policy(*statements), kind=iam.Kind.IDENTITY),))


@pytest.mark.parametrize("operation", _ALL, ids=lambda operation: operation.name)
def test_every_step_is_an_action_about_what_it_says(operation: Operation) -> None:
    for step in operation.steps:
        known = actions.find(step.action)
        assert known is not None
        assert known.name == step.action
        assert known.has_resource is (step.about is About.REPOSITORY)


def test_a_push_needs_what_the_guide_lists() -> None:
    assert {step.action for step in operations.PUSH.steps} == {
        "ecr:GetAuthorizationToken",
        "ecr:CompleteLayerUpload",
        "ecr:UploadLayerPart",
        "ecr:InitiateLayerUpload",
        "ecr:BatchCheckLayerAvailability",
        "ecr:PutImage",
    }


def test_each_missing_action_is_listed() -> None:
    policies = _set(allow("ecr:BatchGetImage"))
    decided = iam.authorize_operation(operations.PULL, _REQUEST, policies)
    assert not decided
    assert decided.missing == ("ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer")
    assert [bool(each) for each in decided.decisions.values()] == [False, True, False]


def test_all_allowed_is_allowed() -> None:
    decided = iam.authorize_operation(operations.PULL, _REQUEST, _set(allow("ecr:*")))
    assert decided.allowed
    assert decided.missing == ()


def test_the_token_is_got_from_the_callers_own_account() -> None:
    request = iam.Request(
        principal="arn:aws:iam::444455556666:user/eve",
        action="ecr:BatchGetImage",
        resource="arn:aws:ecr:us-east-1:111122223333:repository/web",
    )
    shared = policy(
        {
            "Effect": "Allow",
            "Principal": {"AWS": "444455556666"},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        }
    )
    policies = iam.PolicySet(
        identity=_set(allow("ecr:*")).identity,
        resource=(iam.parse(shared, kind=iam.Kind.REPOSITORY),),
    )
    assert iam.authorize_operation(operations.PULL, request, policies).allowed


def test_a_resource_that_is_named_covers_no_token() -> None:
    policies = _set(allow("ecr:*", Resource="arn:aws:ecr:*:*:repository/*"))
    decided = iam.authorize_operation(operations.PUSH, _REQUEST, policies)
    assert decided.missing == ("ecr:GetAuthorizationToken",)


def test_a_repository_that_exists_need_not_be_created() -> None:
    policies = _set(allow("ecr:ReplicateImage"))
    decide = iam.authorize_operation
    assert decide(operations.REPLICATE_IN, _REQUEST, policies, repository_exists=True).allowed
    for exists in (False, None):
        decided = decide(operations.REPLICATE_IN, _REQUEST, policies, repository_exists=exists)
        assert decided.missing == ("ecr:CreateRepository",)


def test_creating_with_tags_needs_to_tag() -> None:
    tagged = iam.Request(
        principal=_REQUEST.principal,
        action="ecr:CreateRepository",
        resource=_REQUEST.resource,
        context={"aws:RequestTag/team": "a", "aws:TagKeys": ["team"]},
    )
    policies = _set(allow("ecr:CreateRepository"))
    decide = iam.authorize_operation
    assert decide(operations.CREATE_REPOSITORY, _REQUEST, policies).allowed
    assert decide(operations.CREATE_REPOSITORY, tagged, policies).missing == ("ecr:TagResource",)


def test_names_are_those_of_the_steps_of_people() -> None:
    assert operations.OPERATIONS["push"] is operations.PUSH
    assert operations.OPERATIONS["pull-through-cache"] is operations.PULL_THROUGH_CACHE
    assert When.NEW_REPOSITORY in {step.when for step in operations.PULL_THROUGH_CACHE.steps}
