"""A condition on a tag that says no tag."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        key = condition.key.removesuffix("/")
        if "tag" not in key.lower() or subject.facts.condition_key(condition.key) is not None:
            continue
        if "/" not in key and subject.facts.condition_key(f"{key}/x") is not None:
            yield Problem(
                condition.path,
                f"the condition key {shown(condition.key)} says no tag",
                f"write {shown(f'{key}/KEY')}, with the key of the tag",
                at_name=True,
            )


RULE = Rule(
    name="missing-tag-key-in-condition",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    without_facts="""
        Keys of all services, of Amazon ECR and of Amazon ECR Public are checked; of the keys of
        other services, nothing is said.
        """,
    summary="a condition is about a tag, and does not say which",
    what="""
        Finds condition keys such as `aws:ResourceTag`, `aws:RequestTag/` and `ecr:ResourceTag`
        without the name of a tag behind the `/`.
        """,
    why="No request has such a key: the condition never holds, or always does.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag": "team"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/team": "storefront"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “Controlling access to AWS resources using tags”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing tag key "
        "in condition”",
    ),
)
