"""One authorization decision, beside what else a Python program could ask.

    python -m benchmarks.iam [--quick]

The policy set has 5 identity statements, 3 repository statements and 1 condition; request and
policies are prepared, and the action has been seen before. The peers get the same question as far
as they can express it: cedarpy in Cedar's own language (policies and entities parsed before),
casbin as a table of rules with deny override, moto's `IAMPolicy` the identity policy alone.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from statistics import median
from typing import Any, Final

import cedarpy
from moto.iam.access_control import IAMPolicy, PermissionResult

from ecrpolicy import iam

ACCOUNT: Final = "111122223333"
REPOSITORIES: Final = f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/"
REPOSITORY: Final = f"{REPOSITORIES}team/app"
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/dev"
PULL: Final = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
PUSH: Final = ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:CompleteLayerUpload"]

IDENTITY: Final[dict[str, Any]] = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
        {
            "Effect": "Allow",
            "Action": PULL,
            "Resource": f"{REPOSITORIES}team/*",
            "Condition": {"StringEquals": {"aws:PrincipalTag/team": "blue"}},
        },
        {"Effect": "Allow", "Action": ["ecr:Describe*", "ecr:List*"], "Resource": "*"},
        {"Effect": "Allow", "Action": PUSH, "Resource": REPOSITORY},
        {"Effect": "Deny", "Action": "ecr:Delete*", "Resource": "*"},
    ],
}

REPOSITORY_POLICY: Final[dict[str, Any]] = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": PULL},
        {"Effect": "Allow", "Principal": {"Service": "codebuild.amazonaws.com"}, "Action": PULL},
        {
            "Effect": "Deny",
            "Principal": {"AWS": "arn:aws:iam::777788889999:user/eve"},
            "Action": "ecr:*",
        },
    ],
}

ANYTHING: Final[dict[str, Any]] = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}

ENDPOINT: Final[dict[str, Any]] = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:*", "Resource": "*"}],
}

CONTROL: Final[dict[str, Any]] = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}},
        }
    ],
}

CEDAR: Final = """
permit(principal, action == Action::"ecr:GetAuthorizationToken", resource);
permit(principal, action in [Action::"ecr:BatchGetImage", Action::"ecr:GetDownloadUrlForLayer"],
  resource) when { resource.name like "team/*" && context.team == "blue" };
permit(principal, action in [Action::"ecr:DescribeImages", Action::"ecr:ListImages"], resource);
permit(principal, action in [Action::"ecr:PutImage", Action::"ecr:InitiateLayerUpload",
  Action::"ecr:CompleteLayerUpload"], resource == Repository::"team/app");
forbid(principal, action in [Action::"ecr:DeleteRepository"], resource);
permit(principal == Account::"444455556666", action in [Action::"ecr:BatchGetImage",
  Action::"ecr:GetDownloadUrlForLayer"], resource);
permit(principal == Service::"codebuild.amazonaws.com", action in [Action::"ecr:BatchGetImage",
  Action::"ecr:GetDownloadUrlForLayer"], resource);
forbid(principal == User::"eve", action, resource);
"""

CASBIN_MODEL: Final = """
[request_definition]
r = sub, team, obj, act
[policy_definition]
p = sub, team, obj, act, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = (p.sub == "*" || r.sub == p.sub) && (p.team == "*" || r.team == p.team) && \
keyMatch(r.obj, p.obj) && keyMatch(r.act, p.act)
"""

CASBIN_RULES: Final = (
    ("*", "*", "*", "ecr:GetAuthorizationToken", "allow"),
    ("*", "blue", f"{REPOSITORIES}team/*", "ecr:BatchGetImage", "allow"),
    ("*", "blue", f"{REPOSITORIES}team/*", "ecr:GetDownloadUrlForLayer", "allow"),
    ("*", "*", "*", "ecr:Describe*", "allow"),
    ("*", "*", "*", "ecr:List*", "allow"),
    *(("*", "*", REPOSITORY, action, "allow") for action in PUSH),
    ("*", "*", "*", "ecr:Delete*", "deny"),
    ("444455556666", "*", "*", "ecr:BatchGetImage", "allow"),
    ("444455556666", "*", "*", "ecr:GetDownloadUrlForLayer", "allow"),
    ("codebuild.amazonaws.com", "*", "*", "ecr:BatchGetImage", "allow"),
    ("codebuild.amazonaws.com", "*", "*", "ecr:GetDownloadUrlForLayer", "allow"),
    ("eve", "*", "*", "ecr:*", "deny"),
)

Question = Callable[[], object]


def request(resource: str = REPOSITORY) -> iam.Request:
    """A session of the role asks to pull."""
    return iam.Request(
        principal=f"arn:aws:sts::{ACCOUNT}:assumed-role/dev/session",
        action="ecr:BatchGetImage",
        resource=resource,
        context={"aws:PrincipalTag/team": "blue", "aws:PrincipalOrgID": "o-1"},
    )


def from_text() -> iam.PolicySet:
    """The policy set, parsed anew."""
    return iam.PolicySet(
        identity=(iam.parse(json.dumps(IDENTITY), kind=iam.Kind.IDENTITY),),
        resource=(iam.parse(json.dumps(REPOSITORY_POLICY), kind=iam.Kind.REPOSITORY),),
    )


def every_type() -> iam.PolicySet:
    """The policy set with a policy of every other type around it."""
    few = from_text()
    anything = {kind: iam.parse(ANYTHING, kind=kind) for kind in _LIMITS}
    return iam.PolicySet(
        identity=few.identity,
        resource=few.resource,
        boundary=anything[iam.Kind.BOUNDARY],
        session=(anything[iam.Kind.SESSION],),
        scps=((anything[iam.Kind.SCP],), (anything[iam.Kind.SCP],)),
        rcps=((iam.parse(CONTROL, kind=iam.Kind.RCP),),),
        endpoint=iam.parse(ENDPOINT, kind=iam.Kind.ENDPOINT),
    )


_LIMITS: Final = (iam.Kind.BOUNDARY, iam.Kind.SESSION, iam.Kind.SCP)


def many_statements() -> iam.PolicySet:
    """A thousand statements of one action, each on a repository of its own."""
    return iam.PolicySet(
        identity=tuple(
            iam.parse(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": "ecr:BatchGetImage",
                            "Resource": f"{REPOSITORIES}team-{number}",
                        }
                        for number in range(start, start + 20)
                    ],
                },
                kind=iam.Kind.IDENTITY,
            )
            for start in range(0, 1000, 20)
        )
    )


def ours() -> dict[str, Question]:
    """What is measured of this library; each question is asked once before, and allowed."""
    asked, last = request(), request(f"{REPOSITORIES}team-999")
    few, full, many = from_text(), every_type(), many_statements()
    for policies, question in ((few, asked), (full, asked), (many, last)):
        _require(iam.authorize(question, policies).allowed)
    return {
        "decision": lambda: iam.authorize(asked, few),
        "decision, every policy type": lambda: iam.authorize(asked, full),
        "decision, 1,000 statements": lambda: iam.authorize(last, many),
        "policy set from text, first decision": lambda: iam.authorize(asked, from_text()),
    }


def peers() -> dict[str, Question]:
    """The same question, asked of others."""
    return {"cedarpy": _cedar(), "casbin": _casbin(), "moto IAMPolicy": _moto()}


def _cedar() -> Question:
    policies = cedarpy.PolicySet.from_str(CEDAR)
    entities = cedarpy.Entities.from_json_str(
        json.dumps(
            [
                {
                    "uid": {"type": "Repository", "id": "team/app"},
                    "attrs": {"name": "team/app"},
                    "parents": [],
                }
            ]
        )
    )
    asked = {
        "principal": 'Role::"dev"',
        "action": 'Action::"ecr:BatchGetImage"',
        "resource": 'Repository::"team/app"',
        "context": {"team": "blue"},
    }
    _require(cedarpy.is_authorized(asked, policies, entities).allowed)
    return lambda: cedarpy.is_authorized(asked, policies, entities)


def _casbin() -> Question:
    casbin = import_module("casbin")  # it has no types
    enforcer = casbin.Enforcer(casbin.Enforcer.new_model(text=CASBIN_MODEL))
    for rule in CASBIN_RULES:
        enforcer.add_policy(*rule)
    asked = ("dev", "blue", REPOSITORY, "ecr:BatchGetImage")
    _require(enforcer.enforce(*asked))
    return lambda: enforcer.enforce(*asked)


def _moto() -> Question:
    # moto's answer to a condition that it does not know is a denial, so it gets none.
    statements = [
        {name: value for name, value in statement.items() if name != "Condition"}
        for statement in IDENTITY["Statement"]
    ]
    policy = IAMPolicy(json.dumps({**IDENTITY, "Statement": statements}))
    action = "ecr:BatchGetImage"
    _require(policy.is_action_permitted(action, REPOSITORY) is PermissionResult.PERMITTED)
    return lambda: policy.is_action_permitted(action, REPOSITORY)


def _require(allowed: bool) -> None:
    if not allowed:
        raise SystemExit("a question that is measured must be allowed")


def microseconds(questions: Mapping[str, Question], rounds: int) -> dict[str, float]:
    """The median time of each question; all are asked in every round, one after another."""
    times: dict[str, list[float]] = {name: [] for name in questions}
    for _ in range(rounds):
        for name, question in questions.items():
            times[name].append(_seconds_each(question) * 1e6)
    return {name: median(taken) for name, taken in times.items()}


def _seconds_each(question: Question, least: float = 0.02) -> float:
    """Asked as often as fills the least time, in ever longer runs."""
    asked = 1
    while True:
        start = time.perf_counter()
        for _ in range(asked):
            question()
        taken = time.perf_counter() - start
        if taken >= least:
            return taken / asked
        asked *= 4


GOALS: Final = {
    "decision": 5.0,
    "decision, every policy type": 10.0,
    "decision, 1,000 statements": 20.0,
    "policy set from text, first decision": 300.0,
}
LEAST_FACTORS: Final = {"cedarpy": 5.0, "casbin": 5.0, "moto IAMPolicy": 2.0}


def main() -> int:
    """Measure and print; a figure over its goal is marked, and decides nothing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="three rounds")
    rounds = 3 if parser.parse_args().quick else 15
    found = microseconds({**ours(), **peers()}, rounds)
    print(f"Python {sys.version.split()[0]}")
    for name, goal in GOALS.items():
        over = "  OVER" if found[name] > goal else ""
        print(f"  {name:<38}{found[name]:9.2f} us  at most {goal:g}{over}")
    for name, least in LEAST_FACTORS.items():
        factor = found[name] / found["decision"]
        short = "  SHORT" if factor < least else ""
        print(
            f"  {name:<38}{found[name]:9.2f} us  {factor:.1f} times ours, at least {least:g}{short}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
