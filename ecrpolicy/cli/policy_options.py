"""The options that name the policies of a request."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from ecrpolicy.cli.asked import pair
from ecrpolicy.cli.ending import Unusable
from ecrpolicy.cli.inputs import source
from ecrpolicy.iam import Kind, Policy, PolicySet
from ecrpolicy.sources.iam_policies import managed_policy, read_policy

# Levels of longer names are not numbered.
_DIGITS: Final = 10


def add_policies(parser: ArgumentParser) -> None:
    """Add the options."""
    group = parser.add_argument_group(
        "the policies",
        "Each is a file that holds the policy, or what the AWS CLI printed around it;\n"
        "`-` is standard input.",
    )
    group.add_argument(
        "--identity",
        metavar="FILE",
        action="append",
        default=[],
        help="of the caller; or the ARN of an AWS managed policy; may be repeated",
    )
    group.add_argument("--boundary", metavar="FILE", help="the caller's permissions boundary")
    group.add_argument(
        "--session",
        metavar="FILE",
        action="append",
        default=[],
        help="of the caller's session; may be repeated",
    )
    group.add_argument("--repository-policy", metavar="FILE", help="of the repository")
    group.add_argument("--registry-policy", metavar="FILE", help="of the registry")
    group.add_argument(
        "--registry-scope",
        choices=("v1", "v2"),
        type=str.lower,
        help="what the registry policy can be about; default: v2",
    )
    for option, name in (("--scp", "service"), ("--rcp", "resource")):
        group.add_argument(
            option,
            metavar="LEVEL=FILE",
            type=pair,
            action="append",
            default=[],
            help=f"a {name} control policy of a level of the organization, such as "
            "`root=FILE`; without FILE, a level that has none; may be repeated",
        )
    group.add_argument("--endpoint", metavar="FILE", help="of the VPC endpoint")


def paths_of(arguments: Namespace) -> list[str]:
    """All files that the options name."""
    several = [*arguments.identity, *arguments.session]
    several += [path for _, path in (*arguments.scp, *arguments.rcp)]
    one = (
        arguments.boundary,
        arguments.repository_policy,
        arguments.registry_policy,
        arguments.endpoint,
    )
    return [*several, *(path for path in one if path is not None)]


def read_policies(arguments: Namespace) -> PolicySet:
    """The policies of the options; raises EcrPolicyError and Unusable."""
    scope: Literal["V1", "V2"] = "V1" if arguments.registry_scope == "v1" else "V2"
    if arguments.registry_scope and arguments.registry_policy is None:
        raise Unusable("`--registry-scope` is about `--registry-policy`: name that too")
    registry = (
        ()
        if arguments.registry_policy is None
        else (read_policy(source(arguments.registry_policy), Kind.REGISTRY, scope),)
    )
    return PolicySet(
        identity=several(arguments.identity, Kind.IDENTITY),
        resource=(*_optional(arguments.repository_policy, Kind.REPOSITORY), *registry),
        boundary=one(arguments.boundary, Kind.BOUNDARY),
        session=several(arguments.session, Kind.SESSION),
        scps=tuple(_levels(arguments.scp, Kind.SCP)),
        rcps=tuple(_levels(arguments.rcp, Kind.RCP)),
        endpoint=one(arguments.endpoint, Kind.ENDPOINT),
        registry_scope=scope,
    )


def several(paths: Sequence[str], kind: Kind) -> tuple[Policy, ...]:
    """The policies of some files."""
    return tuple(_read(path, kind) for path in paths)


def one(path: str | None, kind: Kind) -> Policy | None:
    """The policy of a file, None where no file is named."""
    return None if path is None else _read(path, kind)


def _optional(path: str | None, kind: Kind) -> tuple[Policy, ...]:
    return () if path is None else (_read(path, kind),)


def _read(path: str, kind: Kind) -> Policy:
    return (
        managed_policy(path, kind) if path.startswith("arn:") else read_policy(source(path), kind)
    )


def _levels(given: Sequence[tuple[str, str]], kind: Kind) -> Iterator[tuple[Policy, ...]]:
    """Levels in the order in which they are first named; numbers in their own."""
    names = list(dict.fromkeys(name for name, _ in given))
    if all(name.isascii() and name.isdecimal() and len(name) < _DIGITS for name in names):
        names.sort(key=int)
    for level in names:
        yield tuple(_read(path, kind) for name, path in given if name == level and path)
