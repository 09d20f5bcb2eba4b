"""What the commands about IAM-style policies ask: whom, what, and about which registry."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping, Sequence
from textwrap import fill, indent

from ecrpolicy.cli.ending import Unusable
from ecrpolicy.cli.inputs import source
from ecrpolicy.iam import Identities, Operation
from ecrpolicy.iam.operations import OPERATIONS
from ecrpolicy.snapshot import Registry
from ecrpolicy.sources.registries import read_registry
from ecrpolicy.wording import printable

ANONYMOUS = "anonymous"
_STANDARD_INPUT = "-"


def principal(text: str) -> str | None:
    """The caller that a word names; None for the anonymous one."""
    return None if text == ANONYMOUS else text


def operation(text: str) -> Operation:
    """The operation of a name; raises ArgumentTypeError."""
    found = OPERATIONS.get(text)
    if found is None:
        raise ArgumentTypeError(f"`{printable(text)}` is none; known are {', '.join(OPERATIONS)}")
    return found


def known_operations() -> str:
    """The names of all operations, as help lists them."""
    names = fill(", ".join(OPERATIONS), 76, break_on_hyphens=False)
    return f"operations:\n{indent(names, '  ')}\n"


def pair(text: str) -> tuple[str, str]:
    """A key and its value; raises ArgumentTypeError.

    >>> pair("aws:SourceVpce=vpce-1")
    ('aws:SourceVpce', 'vpce-1')
    """
    key, sign, value = text.partition("=")
    if not (key and sign):
        raise ArgumentTypeError(f"`{printable(text)}` is no pair; write `key=value`")
    return key, value


def add_context(parser: ArgumentParser) -> None:
    """Add the arguments that say what else is known of a request."""
    parser.add_argument(
        "--context",
        metavar="KEY=VALUE",
        type=pair,
        action="append",
        default=[],
        help="a context key, such as `aws:SourceVpce=vpce-1`; one that stands several times has "
        "several values",
    )
    parser.add_argument(
        "--absent",
        metavar="KEY",
        action="append",
        default=[],
        help="a context key that the request does not have",
    )


def add_accounts(parser: ArgumentParser, *, required: bool = True) -> None:
    """Add the arguments that name a registry and the identities of accounts."""
    group = parser.add_argument_group("a registry and those who use it")
    group.add_argument(
        "--snapshot",
        metavar="FILE",
        action="append",
        default=[],
        required=required,
        help="the registry: output of `aws ecr describe-repositories`, `get-repository-policy`, "
        "`get-registry-policy`, `get-account-setting`; may be repeated",
    )
    group.add_argument(
        "--identities",
        metavar="FILE",
        action="append",
        default=[],
        help="output of `aws iam get-account-authorization-details`; may be repeated",
    )
    group.add_argument("--repository", metavar="NAME", help="a repository of the registry")


def context_of(arguments: Namespace) -> Mapping[str, Sequence[str]]:
    """The context keys that are given, each with its values; none at all for those that are absent.

    Raises Unusable for a key that is both.
    """
    found: dict[str, list[str]] = {}
    for key, value in arguments.context:
        found.setdefault(key, []).append(value)
    for key in arguments.absent:
        if any(key.lower() == other.lower() for other in found):
            raise Unusable(f"`{key}` is given and absent: leave one out")
        found[key] = []
    return found


def tags_of(pairs: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Tags; raises Unusable for one that stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if sum(key == each for each, _ in pairs) > 1)
        raise Unusable(f"the tag `{twice}` stands twice: a tag has one value")
    return found


def read_accounts(arguments: Namespace) -> tuple[Registry, Identities]:
    """The registry and the identities; raises EcrPolicyError and Unusable."""
    require_one_standard_input([*arguments.snapshot, *arguments.identities])
    registry = read_registry(*(source(path) for path in arguments.snapshot))
    return registry, read_identities(arguments.identities)


def read_identities(paths: Sequence[str]) -> Identities:
    """The identities of some files together; raises EcrPolicyError and Unusable."""
    identities = Identities()
    for path in paths:
        read = source(path)
        identities |= Identities.parse(read.content, file=read.file)
    return identities


def require_one_standard_input(paths: Sequence[str]) -> None:
    """Raises Unusable where standard input is to be read twice."""
    if paths.count(_STANDARD_INPUT) > 1:
        raise Unusable("standard input can be read once: give the others as files")
