"""Fixes of the rules about IAM-style policies change no decision: the engine holds them to it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import iam, lint
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.lint import Kind, Subject
from ecrpolicy.lint.edit import Edit, edited
from ecrpolicy.lint.facts import OWN
from tests.iam.builders import REPOSITORY, request

RULES = [rule for rule in lint.rules_for(Kind.IDENTITY) if lint.family_of(rule.name) == "iam"]

TAG, KEYS, AGE, TIME = (
    "aws:PrincipalTag/a",
    "aws:TagKeys",
    "aws:MultiFactorAuthAge",
    "aws:CurrentTime",
)


def several(*values: Any) -> st.SearchStrategy[Any]:
    return st.lists(st.sampled_from(values), max_size=3) | st.sampled_from(values)


def filled(*values: Any) -> st.SearchStrategy[Any]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3) | st.sampled_from(values)


texts = st.dictionaries(
    st.sampled_from([TAG, KEYS, "aws:PrincipalArn"]), several("*", "a", "b*", ""), max_size=2
)
operators = st.sampled_from(
    [
        f"{qualifier}{name}{suffix}"
        for qualifier in ("", "ForAllValues:", "ForAnyValue:")
        for name in ("StringLike", "StringNotLike", "StringEquals", "StringNotEquals")
        for suffix in ("", "IfExists")
    ]
)
blocks = st.dictionaries(operators, texts, max_size=2) | st.fixed_dictionaries(
    {},
    optional={
        "Null": st.fixed_dictionaries({TAG: st.sampled_from(["true", "false"])}),
        "Bool": st.fixed_dictionaries({"aws:SecureTransport": several("true", "false", "TRUE")}),
        "IpAddress": st.fixed_dictionaries(
            {"aws:SourceIp": several("203.0.113.9/24", "10.0.0.1/8", "2001:DB8::1/32")}
        ),
        "NumericLessThan": st.fixed_dictionaries({AGE: several("10", 20, "30.0")}),
        "NumericGreaterThanEqualsIfExists": st.fixed_dictionaries({AGE: several("10", 20, "x")}),
        "DateLessThan": st.fixed_dictionaries({TIME: several(1798761600, "0", "2026", "12345")}),
    },
)
statements = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Allow", "Deny"]),
        "Action": filled("ecr:*", "ecr:Batch*", "ecr:BatchGetImage", "ECR:batchget*", "*"),
        "Resource": filled("*", REPOSITORY, "arn:aws:ecr:*", REPOSITORY + "*"),
    },
    optional={"Sid": st.sampled_from(["", "A", "A", "a b"]), "Condition": blocks},
)
policies = st.fixed_dictionaries(
    {"Statement": st.lists(statements, min_size=1, max_size=3)},
    optional={"Version": st.sampled_from(["2012-10-17", "2008-10-17"])},
)
contexts = st.fixed_dictionaries(
    {},
    optional={
        TAG: st.sampled_from(["a", "b", ""]),
        KEYS: st.lists(st.sampled_from(["a", "b", "c"]), max_size=2),
        AGE: st.sampled_from(["5", "15", "25", "x"]),
        TIME: st.sampled_from(["1970-01-01", "2026-06-01", "2028-01-01"]),
        "aws:SourceIp": st.sampled_from(["203.0.113.7", "10.1.1.1", "198.51.100.1", "2001:db8::9"]),
        "aws:SecureTransport": st.sampled_from(["true", "false"]),
    },
)
requests = st.builds(
    request,
    action=st.sampled_from(["ecr:BatchGetImage", "ecr:PutImage"]),
    context=contexts,
) | st.builds(
    request, action=st.just("ecr:GetAuthorizationToken"), resource=st.none(), context=contexts
)


def fixes(policy: Any) -> dict[str, list[Edit]]:
    subject = Subject(Kind.IDENTITY, policy, facts=OWN)
    return {
        rule.name: made
        for rule in RULES
        if (made := [edit for problem in rule.problems(subject) for edit in problem.fix])
    }


def effect(policy: Any, asked: iam.Request) -> Any:
    parsed = iam.parse(policy, kind=iam.Kind.IDENTITY)
    return iam.authorize(asked, iam.PolicySet(identity=(parsed,))).effect


@given(policies, st.lists(requests, min_size=1, max_size=5))
def test_decisions_stay_as_they_are(policy: Any, asked: list[iam.Request]) -> None:
    for name, edits in fixes(policy).items():
        made = edited(policy, edits)
        try:
            before = [effect(policy, each) for each in asked]
        except InvalidPolicy:
            continue
        assert [effect(made, each) for each in asked] == before, name
