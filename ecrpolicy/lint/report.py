"""What a run of the linter found, for all formats alike."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ecrpolicy.finding import Severity
from ecrpolicy.lint.engine import LintFinding
from ecrpolicy.lint.selection import is_at_least


@dataclass(frozen=True)
class Report:
    """The findings that are left, file after file, and the names of all files that were read.

    `fixed`: those that were mended. `known`: how many the baseline has. `unusable`: why some files
    could not be used.
    """

    findings: tuple[LintFinding, ...]
    files: tuple[str, ...]
    fixed: tuple[LintFinding, ...] = ()
    known: int = 0
    unusable: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity that there is, gravest first."""
        found = Counter(each.severity for each in self.findings)
        return {severity: found[severity] for severity in Severity if found[severity]}

    @property
    def fixable(self) -> int:
        """How many findings have a fix."""
        return sum(bool(each.changes) for each in self.findings)

    def has(self, least: Severity) -> bool:
        """Whether something is as grave, or graver."""
        return any(is_at_least(each.severity, least) for each in self.findings)
