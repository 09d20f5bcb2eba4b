"""What this library raises: each error carries the findings that it is made of."""

from collections.abc import Sequence

from ecrpolicy.finding import Finding


class EcrPolicyError(Exception):
    """Something that was read cannot be used; `findings` says all that is wrong with it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(findings)
        self.findings = tuple(findings)

    def __str__(self) -> str:
        return "\n".join(str(finding) for finding in self.findings)


class SyntaxProblem(EcrPolicyError):
    """The text is not JSON."""


class InvalidPolicy(EcrPolicyError):
    """The text is no policy that the service would accept."""


class FetchProblem(EcrPolicyError):
    """The service refused, or did not answer."""


class InvalidSnapshot(EcrPolicyError):
    """The data does not describe a repository."""
