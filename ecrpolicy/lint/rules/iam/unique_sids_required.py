"""A statement id that stands twice."""

from collections.abc import Iterator
from itertools import count
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Replace
from ecrpolicy.lint.kind import OF_IDENTITIES, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_refused: Final = refused("unique-sids-required")


def check(subject: Subject) -> Iterator[Problem]:
    told = list(_refused(subject))
    if not told:
        return
    policy = policy_of(subject)
    sids = {(*each.path, "Sid"): each.sid for each in policy.statements}
    taken = {sid for sid in sids.values() if sid is not None}
    are_known = policy.is_complete and all(
        isinstance(each.value.get("Sid", ""), str) for each in policy.statements
    )
    for problem in told:
        if are_known:
            name = _free(sids[problem.path] or "", taken)
            taken.add(name)
            yield problem._replace(fix=(Replace(problem.path, name),))
        else:
            yield problem


def _free(sid: str, taken: set[str]) -> str:
    """The id with the first number behind it that no other statement has."""
    return next(name for number in count(2) if (name := f"{sid}{number}") not in taken)


RULE = Rule(
    name="unique-sids-required",
    severity=Severity.ERROR,
    kinds=(*OF_IDENTITIES, Kind.SCP, Kind.RCP),
    check=check,
    summary="two statements have the same id",
    what="""
        Finds a `Sid` that an earlier statement has too, in the kinds of policies that mind.
        In policies of resources, `unique-sids-recommended` finds it.
        The fix puts a number behind it.
        """,
    why="""
        The policy is refused.
        Nothing depends on a `Sid`, so the fix changes no decision.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "Pull",
              "Effect": "Allow",
              "Action": "ecr:GetAuthorizationToken",
              "Resource": "*"
            },
            {
              "Sid": "Pull",
              "Effect": "Allow",
              "Action": "ecr:BatchGetImage",
              "Resource": "*"
            }
          ]
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "LogIn",
              "Effect": "Allow",
              "Action": "ecr:GetAuthorizationToken",
              "Resource": "*"
            },
            {
              "Sid": "Pull",
              "Effect": "Allow",
              "Action": "ecr:BatchGetImage",
              "Resource": "*"
            }
          ]
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Sid”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Unique Sids required”",
    ),
)
