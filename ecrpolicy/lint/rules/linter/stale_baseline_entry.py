"""An entry of a baseline that nothing is found for."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import ALL
from ecrpolicy.lint.refusals import told_by_reader
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="stale-baseline-entry",
    severity=Severity.WARNING,
    kinds=ALL,
    check=told_by_reader,
    summary="the baseline has an entry for a finding that is gone",
    what="""
        Finds entries of the baseline for which nothing was found, in files that were linted and in
        files that are gone.
        """,
    why="""
        The finding has been mended.
        Left in the baseline, its entry would hide the same mistake when somebody makes it again.
        `--write-baseline` writes the baseline anew.
        """,
    trips="""
        {
          "version": 1,
          "findings": [
            {
              "file": "gone.json",
              "rule": "missing-effect",
              "document": "",
              "pointer": "/Statement/0",
              "fingerprint": "0123456789abcdef"
            }
          ]
        }
        """,
    passes="""
        {
          "version": 1,
          "findings": []
        }
        """,
    references=("Lint configuration, “The baseline”",),
)
