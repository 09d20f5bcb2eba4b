"""A member that stands twice in one object."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import ALL
from ecrpolicy.lint.refusals import told_by_reader
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="duplicate-key",
    severity=Severity.ERROR,
    kinds=ALL,
    check=told_by_reader,
    summary="a member stands twice in one object",
    what="""
        Finds objects in which two members have the same name, in JSON, YAML and HCL.
        """,
    why="""
        Which of the two counts is anyone's guess: most parsers forget the first one.
        A condition that was written down is then not there.
        """,
    trips="""
        {
          "StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
          "StringEquals": {"aws:SourceAccount": "111122223333"}
        }
        """,
    passes="""
        {
          "StringEquals": {
            "aws:PrincipalOrgID": "o-a1b2c3d4e5",
            "aws:SourceAccount": "111122223333"
          }
        }
        """,
    references=("RFC 8259, “Objects”",),
)
