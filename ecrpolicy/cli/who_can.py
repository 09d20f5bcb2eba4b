"""`ecrpolicy who-can`: who may take an action in a registry."""

from argparse import ArgumentParser, Namespace

from ecrpolicy.cli.asked import (
    add_accounts,
    add_context,
    context_of,
    known_operations,
    operation,
    read_accounts,
)
from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.iam import Identities, Operation, WhoCan, who_can
from ecrpolicy.iam.operations import About, has_request_tags
from ecrpolicy.iam.request import Context
from ecrpolicy.render import iam_json, iam_operations, iam_text, json
from ecrpolicy.snapshot import Registry


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = known_operations()
    parser.add_argument("asked", metavar="ACTION", nargs="?", help="such as `ecr:BatchGetImage`")
    parser.add_argument(
        "--operation",
        metavar="NAME",
        type=operation,
        action="append",
        default=[],
        help="all that a task needs; may be repeated; below are their names",
    )
    add_accounts(parser)
    add_context(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


@guarded
def run(arguments: Namespace) -> int:
    """Tell who may take an action, or do operations."""
    if (arguments.asked is None) is (not arguments.operation):
        raise Unusable("say what is asked: either an action or `--operation`")
    registry, identities = read_accounts(arguments)
    context = context_of(arguments)
    name = arguments.repository
    if arguments.asked is not None:
        found = who_can(registry, identities, arguments.asked, name, context)
        is_json = arguments.format == "json"
        print(
            json.text(iam_json.who_can(found)) if is_json else f"{iam_text.who_can(found)}\n",
            end="",
        )
        return 0
    operated = [
        iam_operations.who_can_operate(
            each,
            name,
            _asked(registry, identities, each, name, context),
            {identity.arn for identity in identities},
        )
        for each in arguments.operation
    ]
    if arguments.format == "json":
        print(
            json.text({"operations": [iam_operations.to_json(each) for each in operated]}), end=""
        )
    else:
        print("\n\n".join(map(iam_operations.text, operated)))
    return 0


def _asked(
    registry: Registry,
    identities: Identities,
    operation: Operation,
    repository: str | None,
    context: Context,
) -> list[WhoCan]:
    """Who may take each action that is needed; raises Unusable where a repository must be named."""
    exists = repository is not None and registry.repository(repository) is not None
    steps = operation.needed(repository_exists=exists, with_tags=has_request_tags(context))
    if repository is None and any(step.about is About.REPOSITORY for step in steps):
        raise Unusable(f"`{operation.name}` is about a repository: name it with `--repository`")
    return [
        who_can(
            registry,
            identities,
            step.action,
            repository if step.about is About.REPOSITORY else None,
            context,
        )
        for step in steps
    ]
