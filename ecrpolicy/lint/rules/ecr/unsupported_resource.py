"""A resource in a repository policy."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import at_path


def check(subject: Subject) -> Iterator[Problem]:
    for problem in refused("unsupported-resource")(subject):
        path = problem.path
        is_everything = path[-1] == "Resource" and at_path(subject.value, path) in ("*", ["*"])
        yield problem._replace(fix=(Remove(path),)) if is_everything else problem


RULE = Rule(
    name="unsupported-resource",
    severity=Severity.ERROR,
    kinds=(Kind.REPOSITORY,),
    check=check,
    summary="a repository policy says which resource it is about",
    what="""
        Finds `Resource` and `NotResource` in repository policies.
        `Resource` `*` can be deleted by the fix: it says what is meant anyway.
        """,
    why="""
        A repository policy is about its own repository, and about nothing else. The service
        refuses one that names resources.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          }
        }
        """,
    references=("Amazon ECR User Guide, “Private repository policies”",),
)
