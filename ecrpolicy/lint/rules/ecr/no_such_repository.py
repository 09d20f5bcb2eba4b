"""The ARN of a repository that cannot be called so."""

import re
from collections.abc import Iterator
from typing import Final

from ecrpolicy import quotas
from ecrpolicy.arn import Arn
from ecrpolicy.finding import Severity
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import WITH_RESOURCES
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.tagging import is_repository_name

_SERVICE: Final = "ecr"
_TYPE: Final = "repository/"
_VARIABLE: Final = re.compile(r"\$\{[^}]*\}")
# Neither may a pattern for names have other characters, nor be longer without its wildcards.
_PATTERN: Final = re.compile(r"[a-z0-9._/*?-]+", re.ASCII)


def check(subject: Subject) -> Iterator[Problem]:
    for text, path in policy_of(subject).resources:
        arn = Arn.read(text)
        if arn is None or arn.service != _SERVICE or not arn.resource.startswith(_TYPE):
            continue
        name = _VARIABLE.sub("*", arn.resource.removeprefix(_TYPE))
        if name and not _may_be_name(name):
            yield Problem(
                path,
                f"no repository can be called as in {shown(text)}",
                "use lower-case letters and digits, and single `.`, `_`, `-` or `/` within them",
                offset=len(text) - len(arn.resource) + len(_TYPE),
            )


def _may_be_name(name: str) -> bool:
    if not has_wildcard(name):
        return is_repository_name(name)
    most = quotas.REPOSITORY_NAME_MAX_CHARACTERS
    return _PATTERN.fullmatch(name) is not None and len(name.replace("*", "")) <= most


RULE = Rule(
    name="no-such-repository",
    severity=Severity.WARNING,
    kinds=WITH_RESOURCES,
    check=check,
    summary="an ARN has a name that no repository can have",
    what="""
        Finds ARNs of repositories in `Resource` and `NotResource` whose name is none: upper-case
        letters mostly, or other characters than names have. Of patterns, only the characters are
        looked at.
        """,
    why="""
        Names of repositories are in lower case, and ARNs are compared case by case: the statement
        is about nothing, so that an `Allow` grants nothing and a `Deny` refuses nothing.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/Team/App"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/team/app"
          }
        }
        """,
    references=("Amazon ECR API Reference, “CreateRepository”, “repositoryName”",),
)
