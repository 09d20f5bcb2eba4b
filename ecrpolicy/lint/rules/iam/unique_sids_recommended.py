"""A statement id that stands twice."""

from collections.abc import Container, Iterator
from itertools import count

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Edit, Replace
from ecrpolicy.lint.kind import OF_RESOURCES, Kind
from ecrpolicy.lint.policy import PolicyView, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    policy = policy_of(subject)
    if len(policy.statements) < 2:
        return
    first: dict[str, str | int] = {}
    taken = {each.sid for each in policy.statements if each.sid is not None}
    for statement in policy.statements:
        sid, path = statement.sid, (*statement.path, "Sid")
        if not sid:
            continue
        number = first.setdefault(sid, statement.path[-1])
        if number != statement.path[-1]:
            name = _free(sid, taken)
            taken.add(name)
            yield Problem(
                path,
                f"statement {int(number) + 1} has the id {shown(sid)} too",
                f"give each its own, as {shown(name)}",
                fix=_fix(policy, Replace(path, name)),
            )


def _free(sid: str, taken: Container[str]) -> str:
    """The id with the first number behind it that no other statement has."""
    return next(name for number in count(2) if (name := f"{sid}{number}") not in taken)


def _fix(policy: PolicyView, edit: Replace) -> tuple[Edit, ...]:
    """The edit, where all ids are known."""
    held = (each.value.get("Sid", "") for each in policy.statements)
    are_known = policy.is_complete and all(isinstance(each, str) for each in held)
    return (edit,) if are_known else ()


RULE = Rule(
    name="unique-sids-recommended",
    severity=Severity.WARNING,
    kinds=(*OF_RESOURCES, Kind.ENDPOINT),
    check=check,
    summary="two statements of a policy have the same id",
    what="""
        Finds a `Sid` that an earlier statement has too, in policies of resources, which are not
        refused for it; elsewhere, `unique-sids-required` finds it.
        An empty `Sid` is told by `empty-sid-value`.
        """,
    why="""
        The id tells which statement is meant: in an explanation of a decision, in a review, for
        tools that change a statement by its id.
        The fix puts a number behind the second; nothing depends on a `Sid`, so no decision changes.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "Pull",
              "Effect": "Allow",
              "Principal": {"AWS": "111122223333"},
              "Action": "ecr:BatchGetImage"
            },
            {
              "Sid": "Pull",
              "Effect": "Allow",
              "Principal": {"AWS": "444455556666"},
              "Action": "ecr:GetDownloadUrlForLayer"
            }
          ]
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "PullManifests",
              "Effect": "Allow",
              "Principal": {"AWS": "111122223333"},
              "Action": "ecr:BatchGetImage"
            },
            {
              "Sid": "PullLayers",
              "Effect": "Allow",
              "Principal": {"AWS": "444455556666"},
              "Action": "ecr:GetDownloadUrlForLayer"
            }
          ]
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Sid”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Unique "
        "Sids recommended”",
    ),
)
