"""A comment that silences a rule which finds nothing."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import ALL
from ecrpolicy.lint.refusals import told_by_reader
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="unused-ignore",
    severity=Severity.WARNING,
    kinds=ALL,
    check=told_by_reader,
    summary="a comment silences a rule that finds nothing there",
    what="""
        Finds comments `ecrpolicy: ignore[rule]` on lines where the rule finds nothing.
        Comments about rules that are not looked for in this run are left alone.
        """,
    why="""
        What was wrong has been mended, or the comment stands on the wrong line.
        Left there, it would silence the next mistake that somebody makes on that line.
        """,
    trips="""
        # ecrpolicy: ignore[missing-effect]
        policy = "{}"
        """,
    passes="""
        policy = "{}"
        """,
    references=("Lint configuration, “Comments that silence a rule”",),
)
