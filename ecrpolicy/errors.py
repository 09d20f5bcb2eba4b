"""What this library raises: each error carries the findings that it is made of."""

from collections.abc import Sequence

from ecrpolicy.finding import Finding
from ecrpolicy.wording import count


class EcrPolicyError(Exception):
    """Something that was read cannot be used; `findings` says what is wrong with it.

    Nobody reads hundreds of them, and each has a place that is looked up: `left_out` is how many
    more were found.
    """

    def __init__(self, findings: Sequence[Finding], left_out: int = 0) -> None:
        super().__init__(findings, left_out)
        self.findings = tuple(findings)
        self.left_out = left_out

    def __str__(self) -> str:
        lines = [str(finding) for finding in self.findings]
        if self.left_out:
            lines.append(f"and {count(self.left_out, 'finding')} more")
        return "\n".join(lines)


class SyntaxProblem(EcrPolicyError):
    """The text is not JSON."""


class InvalidPolicy(EcrPolicyError):
    """The text is no policy that the service would accept."""


class FetchProblem(EcrPolicyError):
    """The service refused, or did not answer."""


class InvalidSnapshot(EcrPolicyError):
    """The data does not describe a repository."""
