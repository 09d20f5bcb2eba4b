"""Whom an invariant about requests is about."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ecrpolicy.arn import Arn, is_account
from ecrpolicy.iam.callers import CallerKind, name_of
from ecrpolicy.iam.request import Request


class WhoKind(StrEnum):
    """The kinds of callers that can be meant; the value is what stands before the colon."""

    ANYBODY = "anybody"
    OUTSIDE = "outside"
    ACCOUNT = "account"
    ROLE = "role"
    USER = "user"
    SERVICE = "service"


@dataclass(frozen=True)
class Who:
    """Some callers; made by `anybody`, `outside_account`, `account`, `role`, `user`, `service`."""

    kind: WhoKind
    value: str = ""

    def has(self, request: Request) -> bool:
        """Whether the caller of a request is one of them."""
        caller = request.caller
        match self.kind:
            case WhoKind.ANYBODY:
                return True
            case WhoKind.OUTSIDE:
                return caller.kind is not CallerKind.SERVICE and caller.account != self.value
            case WhoKind.ACCOUNT:
                return caller.account == self.value
            case WhoKind.ROLE:
                names = name_of("AWS", self.value)
                return caller.kind is CallerKind.SESSION and any(map(caller.names.get, names))
            case WhoKind.USER:
                return caller.kind is CallerKind.USER and caller.text == self.value
            case WhoKind.SERVICE:
                return caller.kind is CallerKind.SERVICE and caller.text == self.value

    @property
    def account(self) -> str | None:
        """The account that is named, which requests are about where nothing else says it."""
        if self.kind in (WhoKind.OUTSIDE, WhoKind.ACCOUNT):
            return self.value
        arn = Arn.read(self.value)
        return arn.account if arn else None

    @classmethod
    def read(cls, text: str) -> "Who":
        """The callers of a text such as `outside:111122223333`; raises ValueError.

        >>> Who.read("anybody") == anybody(), Who.read("outside:111122223333").kind.value
        (True, 'outside')
        """
        kind, _, value = text.partition(":")
        if kind == "arn":
            kind, value = _kind_of(text), text
        make = _MAKERS.get(kind)
        if make is None or (kind == WhoKind.ANYBODY and value):
            raise ValueError(
                f"`{text}` is no caller; write `anybody`, `outside:ACCOUNT`, `account:ACCOUNT`, "
                "the ARN of a role or a user, or `service:NAME`"
            )
        return make(value)

    def __str__(self) -> str:
        match self.kind:
            case WhoKind.ANYBODY:
                return "anybody"
            case WhoKind.OUTSIDE:
                return f"anybody outside the account `{self.value}`"
        return f"the {'AWS service' if self.kind is WhoKind.SERVICE else self.kind} `{self.value}`"


def anybody() -> Who:
    """Every caller there can be, AWS services and anonymous callers too."""
    return Who(WhoKind.ANYBODY)


def outside_account(number: str) -> Who:
    """Identities of every other account, and anonymous callers; AWS services are not meant."""
    return Who(WhoKind.OUTSIDE, _checked(number))


def account(number: str) -> Who:
    """Identities of an account."""
    return Who(WhoKind.ACCOUNT, _checked(number))


def role(arn: str) -> Who:
    """The sessions of a role."""
    return Who(WhoKind.ROLE, _identity(arn, "role"))


def user(arn: str) -> Who:
    """An IAM user."""
    return Who(WhoKind.USER, _identity(arn, "user"))


def service(name: str) -> Who:
    """An AWS service, such as `codebuild.amazonaws.com`."""
    if "." not in name:
        raise ValueError(f"`{name}` is no service; write it as in `codebuild.amazonaws.com`")
    return Who(WhoKind.SERVICE, name)


_MAKERS: Final = {
    "anybody": lambda _: anybody(),
    "outside": outside_account,
    "account": account,
    "role": role,
    "user": user,
    "service": service,
}


def _checked(number: str) -> str:
    if not is_account(number):
        raise ValueError(f"`{number}` is no account: give its twelve digits")
    return number


def _identity(text: str, kind: str) -> str:
    arn = Arn.read(text)
    if arn is None or not is_account(arn.account) or _kind_of(text) != kind:
        raise ValueError(f"`{text}` is no ARN of a {kind}")
    return text


def _kind_of(text: str) -> str:
    arn = Arn.read(text)
    return arn.resource.partition("/")[0] if arn is not None and arn.service == "iam" else ""
