"""A key that requests of a service do not have."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.wording import listed, shown
from ecrpolicy.lint.endpoint_keys import EndpointKey, endpoint_keys
from ecrpolicy.lint.kind import IAM, OF_IDENTITIES, Kind
from ecrpolicy.lint.policy import Condition, Statement, policy_of
from ecrpolicy.lint.presence import has_all_keys, holds_without_key
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_OF_ALL_SERVICES = (*OF_IDENTITIES, Kind.SCP, Kind.RCP)


def check(subject: Subject) -> Iterator[Problem]:
    is_of_all = subject.kind in _OF_ALL_SERVICES
    for statement in policy_of(subject).statements:
        for condition in statement.conditions:
            key = endpoint_keys().get(condition.lower_key)
            if key is None or not has_all_keys(statement) or _is_asked(statement, condition):
                continue
            named = _without(statement, key)
            if named:
                message = f"no request for {listed(named)} has the condition key {shown(key.name)}"
            elif is_of_all and _means_all(statement):
                message = f"only some services know the condition key {shown(key.name)}"
            else:
                continue
            advice = "name actions of services that know it, such as `ecr:*`"
            yield Problem(condition.path, message, advice, at_name=True)


def _is_asked(statement: Statement, condition: Condition) -> bool:
    """Whether `Null` asks for the key: the statement tells those without it apart."""
    return any(
        each.operator is None
        or (
            each.operator.comparison is Comparison.NULL
            and (each is condition or holds_without_key(each) is not True)
        )
        for each in statement.conditions_on(condition.lower_key)
    )


def _without(statement: Statement, key: EndpointKey) -> list[str]:
    """The actions of services that do not know the key."""
    values = statement.action.texts if statement.action else ()
    return [
        text
        for text in values
        if not has_wildcard(text.partition(":")[0]) and ":" in text and key.lacks(text.lower())
    ]


def _means_all(statement: Statement) -> bool:
    """Whether it is about actions of all services, or of nearly all."""
    if statement.action is not None:
        return "*" in statement.action.texts
    return statement.not_action is not None and "*" not in statement.not_action.texts


RULE = Rule(
    name="use-condition-key-only-with-supported-services",
    severity=Severity.WARNING,
    kinds=IAM,
    check=check,
    example=Kind.SCP,
    summary="a condition compares a key of VPC endpoints that only some services know",
    what="""
        Finds conditions on `aws:VpceAccount`, `aws:VpceOrgID`, `aws:VpceOrgPaths` and
        `aws:SourceVpcArn` in statements about actions of services that do not know the key, or
        about all actions; `iam:PassRole` does not know it either.
        The services are those that the IAM User Guide listed when this rule was written; AWS adds
        others.

        Policies of resources and endpoints, which are about one service each, may say `*`.
        Statements that ask by `Null` whether the key is there are left alone.
        """,
    why="""
        Where a request does not have the key, the condition is the same for all of them: a `Deny`
        with `StringNotEquals` refuses whatever is asked of such a service, and an `Allow` with
        `StringEquals` grants nothing.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "*",
            "Resource": "*",
            "Condition": {"StringNotEqualsIfExists": {"aws:VpceOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringNotEqualsIfExists": {"aws:VpceOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”, “aws:VpceAccount”",
        "IAM User Guide, “AWS global condition context keys”, “aws:VpceOrgID”",
        "IAM User Guide, “AWS global condition context keys”, “aws:VpceOrgPaths”",
        "IAM User Guide, “AWS global condition context keys”, “aws:SourceVpcArn”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Use "
        "condition key only with supported services”",
    ),
)
