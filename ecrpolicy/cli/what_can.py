"""`ecrpolicy what-can`: what a caller may do in a registry."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace

from ecrpolicy.cli.asked import (
    ANONYMOUS,
    add_accounts,
    add_context,
    context_of,
    principal,
    read_accounts,
)
from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.iam import what_can
from ecrpolicy.render import iam_json, iam_text, json


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "principal",
        metavar="PRINCIPAL",
        help=f"an ARN, a service such as `codebuild.amazonaws.com`, or `{ANONYMOUS}`",
    )
    add_accounts(parser)
    add_context(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


@guarded
def run(arguments: Namespace) -> int:
    """Tell what a caller may do to each repository, and to the registry itself."""
    registry, identities = read_accounts(arguments)
    name = arguments.repository
    if name is not None:
        held = registry.repository(name)
        if held is None:
            raise Unusable(f"the registry has no repository `{name}`")
        registry = replace(registry, repositories=(held,))
    found = what_can(registry, identities, principal(arguments.principal), context_of(arguments))
    if arguments.format == "json":
        print(json.text(iam_json.what_can(found)), end="")
    else:
        print(iam_text.what_can(found))
    return 0
