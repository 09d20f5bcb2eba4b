"""A comment that silences no rule that there is."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import ALL
from ecrpolicy.lint.refusals import told_by_reader
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="invalid-ignore",
    severity=Severity.WARNING,
    kinds=ALL,
    check=told_by_reader,
    summary="a comment is to silence a rule that does not exist",
    what="""
        Finds comments `ecrpolicy: ignore` that name no rule, or one that does not exist.
        """,
    why="""
        The comment does nothing, and the rule that was meant is told all the same.
        A comment that would silence every rule would also silence those that are not written yet.
        """,
    trips="""
        policy = file("policy.json") # ecrpolicy: ignore[mising-effect]
        """,
    passes="""
        policy = file("policy.json") # ecrpolicy: ignore[missing-effect] the template adds it
        """,
    references=("Lint configuration, “Comments that silence a rule”",),
)
