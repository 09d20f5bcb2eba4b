"""Reports of the linter, for the tests of what writes them."""

import json

from ecrpolicy.lint import Kind
from ecrpolicy.lint.engine import Context, LintFinding, lint
from ecrpolicy.lint.facts import OWN
from ecrpolicy.lint.found import Excerpt, Reading, SourceText
from ecrpolicy.lint.json_places import read_json
from ecrpolicy.lint.report import Report
from ecrpolicy.lint.selection import Selection

POLICY = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "NAME", "Effect": "Allow", "Action": "ecr*:NAME", "Resource": "*"},
    {"Action": "ecr:*", "Resource": "*"}
  ]
}
"""
LIFECYCLE = """\
{"rules": [{"rulePriority": 0, "selection": {"tagStatus": "untagged",
  "storageClass": "standard", "countType": "imageCountMoreThan", "countNumber": 1},
  "action": {"type": "expire"}}]}
"""

_RULES = ("wildcard-in-service-name", "missing-effect", "explicit-standard", "number-too-small")


def found(text: str, kind: Kind, file: str, *, name: str = "") -> list[LintFinding]:
    """What some rules find in a text."""
    excerpt = Excerpt.whole(SourceText(file, text))
    reading: Reading = read_json(excerpt, kind, name=name, why_kind="it is so")
    context = Context(Selection(frozenset(_RULES)), OWN)
    return lint(reading, context)


def report(name: str = "GetAuthorizationToken", file: str = "policy.json") -> Report:
    """A report of two files with findings and one without; the name stands in some of them."""
    written = json.dumps(name, ensure_ascii="\ud800" in name)[1:-1]
    of_policy = found(POLICY.replace("NAME", written), Kind.IDENTITY, file, name=f"doc {name}")
    of_lifecycle = found(LIFECYCLE, Kind.LIFECYCLE, "lifecycle.json")
    return Report((*of_policy, *of_lifecycle), (file, "fine.json", "lifecycle.json"))


EMPTY = Report((), ("fine.json",))
