"""What every kind of case has: a name, and a check that tells in which way it is not so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from ecrpolicy.errors import EcrPolicyError

_T = TypeVar("_T")


class InvalidCase(EcrPolicyError):
    """What was read is no case, or holds something that cannot be used."""

    @classmethod
    def of(cls, errors: Sequence[EcrPolicyError]) -> "InvalidCase":
        """The complaints of all of them."""
        findings = [finding for error in errors for finding in error.findings]
        return cls(findings, sum(error.left_out for error in errors))


@dataclass(slots=True)
class Complaints:
    """What is wrong with several parts, each of which is read though another cannot be."""

    errors: list[EcrPolicyError] = field(default_factory=list)

    def attempt(self, read: Callable[..., _T], *arguments: Any) -> _T | None:
        """What is read; None where that cannot be used, which is kept."""
        try:
            return read(*arguments)
        except EcrPolicyError as error:
            self.errors.append(error)
            return None

    def raise_all(self) -> None:
        """Raise InvalidCase with all that is wrong, if anything is."""
        if self.errors:
            raise InvalidCase.of(self.errors)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """How a case is not as expected: some lines for people, and details as plain JSON values.

    Lines begin with `-` for what is expected, and with `+` for what is found in its place.
    """

    lines: tuple[str, ...]
    details: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return "\n".join(self.lines)


class Case(Protocol):
    """A case that has been read, and can be checked."""

    @property
    def name(self) -> str:
        """What reports call it."""

    def check(self) -> Mismatch | None:
        """How it is not as expected; None where it is."""

    def explain(self) -> str:
        """What is found, and why, in lines."""
