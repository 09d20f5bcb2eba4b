"""How options of strategies are checked: early, and in words that say what would be right."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

from hypothesis.errors import InvalidArgument

from ecrpolicy.arn import is_account
from ecrpolicy.regions import partition_of

NOW: Final = datetime(2026, 1, 31, tzinfo=UTC)
"""The time at which what is drawn was so, where no other is given."""


def check_now(now: datetime) -> None:
    """Raise InvalidArgument for a time without a zone."""
    if not isinstance(now, datetime) or now.tzinfo is None:
        raise InvalidArgument(f"`now` is {now!r}; give a datetime with a time zone, such as `NOW`")


def check_number(name: str, number: int, *, least: int = 0, most: int | None = None) -> None:
    """Raise InvalidArgument for a number out of its bounds."""
    if not isinstance(number, int) or isinstance(number, bool):
        raise InvalidArgument(f"`{name}` is {number!r}; give an integer")
    if number < least or (most is not None and number > most):
        bounds = f"{least} or more" if most is None else f"{least} to {most}"
        raise InvalidArgument(f"`{name}` is {number}; give {bounds}")


def check_order(least_name: str, least: int, most_name: str, most: int) -> None:
    """Raise InvalidArgument where the least is more than the most."""
    if least > most:
        raise InvalidArgument(
            f"`{least_name}` is {least}, which is more than `{most_name}`, {most}"
        )


def check_some(name: str, several: Collection[object]) -> None:
    """Raise InvalidArgument for choices of which there is none."""
    if not several:
        raise InvalidArgument(f"`{name}` is empty; give one at least")


def check_home(account: str | None, region: str | None) -> None:
    """Raise InvalidArgument for an account or a Region that is none."""
    if account is not None and not is_account(account):
        raise InvalidArgument(f"`account` is {account!r}; give its twelve digits")
    if region is not None and partition_of(region) is None:
        raise InvalidArgument(f"`region` is {region!r}; give one such as `us-east-1`")
