"""ARNs, held against the forms that the ARNs of resources have."""

import pytest

from ecrpolicy.lint import Kind, Subject
from ecrpolicy.lint.arns import ACCOUNT, REGION, SERVICE, WrittenArn, arns_of
from ecrpolicy.lint.facts import OWN, Facts, installed

ALL = installed()
HERE = "us-east-1:111122223333"


def read(text: str, facts: Facts = ALL) -> WrittenArn:
    [arn] = arns_of(Subject(Kind.SCP, {"Statement": {"Resource": [text]}}, facts=facts))
    return arn


@pytest.mark.parametrize(
    ("text", "resources"),
    [
        (f"arn:aws:ecr:{HERE}:repository/a", ["repository/${RepositoryName}"]),
        (f"arn:aws:ECR:{HERE}:repository/a", ["repository/${RepositoryName}"]),
        (f"arn:aws:ecr:{HERE}:repo*", ["repository/${RepositoryName}"]),
        (f"arn:aws:ecr:{HERE}:${{aws:username}}", ["repository/${RepositoryName}"]),
        (f"arn:aws:ecr:{HERE}:repository/", []),
        (f"arn:aws:ecr:{HERE}:repos/a", []),
        (f"arn:aws:ecr:{HERE}:repos/*", []),
        (f"arn:aws:ecr-public:{HERE}:registry/a", ["registry/${RegistryId}"]),
        # Told from the actions of another service than the one in the ARN.
        (f"arn:aws:kafka:{HERE}:topic/c/u/t", ["topic/${ClusterName}/${ClusterUuid}/${TopicName}"]),
        (f"arn:aws:cognito-identity:{HERE}:identitypool/a:b", ["identitypool/${IdentityPoolId}"]),
    ],
)
def test_forms(text: str, resources: list[str]) -> None:
    assert [form.resource for form in read(text).forms or ()] == resources


@pytest.mark.parametrize(
    ("text", "sure", "has_form"),
    [
        # A `*` that ends a field runs on across colons, where that is how it can be meant.
        ("arn:aws:ecr:*:111122223333:repository/a", 6, True),
        ("arn:aws:ecr:*:repository/a", 4, True),
        ("arn:aws:ecr:*", 4, True),
        ("arn:aws:ecr*", 3, None),
        ("arn:aws:logs:*:log-group:a", 4, True),
        ("arn:aws:logs:*:a", 4, True),
        ("arn:aws:ecr:*:111122223333:repo/a", 4, False),
        ("arn:aws:ecr:us-*:b:repository/a", 6, True),
        ("arn:aws:e*r:us-east-1:b:repository/a", 6, None),
        ("arn:aws:ecr:${aws:RequestedRegion}:*:repository/a", 3, None),
        ("arn:aws:ecr:us-east-1", 3, None),
        (f"arn:aws:nothing:{HERE}:a", 6, None),
    ],
)
def test_how_much_is_sure(text: str, sure: int, has_form: bool | None) -> None:
    arn = read(text)
    assert arn.sure == sure
    assert (None if arn.forms is None else bool(arn.forms)) is has_form


def test_of_other_services_nothing_is_known_without_the_extra() -> None:
    assert read("arn:aws:s3:::a", OWN).forms is None
    assert read("arn:aws:s3:::a").never_has(REGION)


def test_fields() -> None:
    arn = read("arn:aws:ecr-public:us-east-1:1*:repository/a")
    assert (arn.literal(SERVICE), arn.literal(ACCOUNT)) == ("ecr-public", None)
    assert arn.never_has(REGION)
    assert arn.always_has(ACCOUNT)
    assert arn.text[arn.offset(REGION) :].startswith("us-east-1")


def test_what_is_no_arn_is_left_out() -> None:
    subject = Subject(Kind.SCP, {"Statement": {"Resource": ["*", "ecr:a", 1]}})
    assert arns_of(subject) == ()
