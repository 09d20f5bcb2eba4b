"""What `ecrpolicy registry check` says of who may create a repository, or fill it from a cache."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import Any, NamedTuple

from ecrpolicy import caching
from ecrpolicy.cli.asked import ANONYMOUS, principal, read_identities
from ecrpolicy.render import iam_json, iam_text, outline
from ecrpolicy.settings import Settings


class Told(NamedTuple):
    """An answer: the member of the JSON, the heading, and what stands there."""

    member: str
    heading: str
    text: str
    plain: dict[str, Any]


def add_callers(parser: ArgumentParser) -> None:
    """Add the arguments that say of whom it is asked."""
    callers = parser.add_argument_group("who may create the repository that is foreseen")
    callers.add_argument(
        "--identities",
        metavar="FILE",
        action="append",
        default=[],
        help="output of `aws iam get-account-authorization-details`; may be repeated",
    )
    callers.add_argument(
        "--principal",
        metavar="ARN",
        help=f"whether this caller may; or a service, or `{ANONYMOUS}`; default: all who may",
    )


def access(settings: Settings, arguments: Namespace) -> Iterator[Told]:
    """Who may create the repository, or whether one caller may, where that is asked.

    A pull of a name that a cache rule serves creates the repository, and needs more than that.
    """
    if not (arguments.identities or arguments.principal):
        return
    registry, name = settings.registry, arguments.new_repository
    identities = read_identities(arguments.identities)
    is_cached = caching.cached_by(settings.cache_rules_by_prefix, name) is not None
    if arguments.principal is None:
        found = caching.who_can_create(registry, identities, name)
        heading = "who may create it:"
        yield Told("whoCanCreate", heading, iam_text.who_can(found), iam_json.who_can(found))
        if is_cached:
            found = caching.who_can_import(registry, identities, name)
            heading = "who may fill it from upstream:"
            yield Told("whoCanImport", heading, iam_text.who_can(found), iam_json.who_can(found))
        return
    caller = principal(arguments.principal)
    if is_cached:
        several = caching.may_cache(registry, identities, caller, name)
        heading = f"may `{arguments.principal}` create and fill it by a pull?"
        text, plain = iam_text.operation_answer(several), iam_json.operation_answer(several)
        yield Told("mayCache", heading, text, plain)
        return
    answer = caching.may_create(registry, identities, caller, name)
    heading = f"may `{arguments.principal}` create it?"
    yield Told("mayCreate", heading, iam_text.answer(answer), iam_json.answer(answer))


def lines(told: Told) -> Iterator[str]:
    """An answer as nested lines."""
    yield told.heading
    yield from outline.nested(line for line in told.text.split("\n") if line)
