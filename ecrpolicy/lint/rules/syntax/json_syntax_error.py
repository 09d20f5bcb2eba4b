"""A text that is not JSON."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import ALL
from ecrpolicy.lint.refusals import told_by_reader
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="json-syntax-error",
    severity=Severity.ERROR,
    kinds=ALL,
    check=told_by_reader,
    summary="the text is not JSON",
    what="""
        Finds brackets, commas and quotes that are missing or too many, comments, a byte-order
        mark, and text that is not UTF-8.
        Every error is told, each with what was expected at its place.
        A template that is not YAML, and a configuration of Terraform that is not HCL, are told
        under the same name.
        """,
    why="""
        The document is refused.
        No other rule looks at a text that cannot be read.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": [],
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": []
        }
        """,
    references=(
        "RFC 8259, “The JavaScript Object Notation (JSON) Data Interchange Format”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – JSON syntax error”",
    ),
)
