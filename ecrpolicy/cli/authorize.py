"""`ecrpolicy authorize`: whether a caller may do something, and why."""

import sys
from argparse import ArgumentParser, Namespace
from difflib import get_close_matches
from typing import Any, Final

from ecrpolicy.cli.asked import (
    ANONYMOUS,
    add_accounts,
    add_context,
    context_of,
    known_operations,
    operation,
    pair,
    principal,
    read_accounts,
    require_one_standard_input,
    tags_of,
)
from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.cli.inputs import source
from ecrpolicy.cli.policy_options import add_policies, one, paths_of, read_policies, several
from ecrpolicy.cli.verdicts import UNMET, told
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.iam import (
    Kind,
    Request,
    Verdict,
    actions,
    authorize,
    authorize_in,
    authorize_operation,
    authorize_operation_in,
)
from ecrpolicy.iam.operations import About, Operation
from ecrpolicy.render import iam_json, iam_text, json
from ecrpolicy.sources.iam_cases import EXPECTATIONS, read_case
from ecrpolicy.wording import printable

_OUTPUT: Final = frozenset(("expect", "format"))
_ASKED: Final = frozenset(("principal", "action", "operation", "context", "absent"))

# What can be said beside the option that says where the request and its policies come from.
_BESIDE: Final = {
    "request": _OUTPUT,
    "snapshot": _OUTPUT | _ASKED | {"identities", "repository", "session", "endpoint"},
}
_OF_SNAPSHOT: Final = ("identities", "repository")
_INTERNAL: Final = frozenset(("command", "run", "format"))


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = known_operations()
    request = parser.add_argument_group("the request")
    request.add_argument(
        "--principal",
        metavar="ARN",
        help=f"who asks; or a service such as `codebuild.amazonaws.com`, or `{ANONYMOUS}`",
    )
    request.add_argument("--action", help="such as `ecr:BatchGetImage`")
    request.add_argument(
        "--operation",
        metavar="NAME",
        type=operation,
        help="all that a task needs, in place of one action; below are their names",
    )
    request.add_argument("--resource", metavar="ARN", help="what it is about")
    _add_details(request)
    add_context(parser)
    add_policies(parser)
    add_accounts(parser, required=False)
    _add_documents(parser)


def _add_details(request: Any) -> None:
    """Add what is rarely needed of a request."""
    request.add_argument("--resource-account", metavar="ID", help="default: that of the ARN")
    for option, what in (("--resource-tag", "resource"), ("--principal-tag", "caller")):
        request.add_argument(
            option,
            metavar="KEY=VALUE",
            type=pair,
            action="append",
            default=[],
            help=f"a tag of the {what}; may be repeated",
        )
    request.add_argument("--role", metavar="ARN", help="the role of a session, with its path")
    request.add_argument("--user", metavar="ARN", help="the user behind a federated session")
    request.add_argument(
        "--provider", metavar="NAME", help="who a web identity or SAML session comes from"
    )
    request.add_argument(
        "--service-linked-role", action="store_true", help="the caller is a service-linked role"
    )
    request.add_argument(
        "--principal-in-management-account",
        action="store_true",
        help="the caller's account manages the organization",
    )
    request.add_argument(
        "--resource-in-management-account",
        action="store_true",
        help="the resource's account manages the organization",
    )
    request.add_argument(
        "--repository-exists",
        action="store_true",
        help="of an operation: the repository is there, and need not be created",
    )


def _add_documents(parser: ArgumentParser) -> None:
    """Add documents that hold everything, and what comes out."""
    group = parser.add_argument_group("everything in one document")
    group.add_argument(
        "--request", metavar="FILE", help="a request with its policies, in place of the options"
    )
    parser.add_argument(
        "--expect", choices=("allow", "deny"), help="exit with 1 where it is not so"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


@guarded
def run(arguments: Namespace) -> int:
    """Decide one request, or the actions of an operation."""
    given = {
        name
        for name, value in vars(arguments).items()
        if value not in (None, [], False) and name not in _INTERNAL
    }
    where = next((name for name in _BESIDE if name in given), None)
    if where is not None:
        _refuse(given - _BESIDE[where] - {where}, f"beside `--{where}`")
    else:
        _refuse(given & set(_OF_SNAPSHOT), "without `--snapshot`")
    match where:
        case "request":
            return _request(arguments)
        case "snapshot":
            return _in_registry(arguments)
    return _from_options(arguments)


def _refuse(names: set[str], where: str) -> None:
    if names:
        options = ", ".join(f"`--{name.replace('_', '-')}`" for name in sorted(names))
        raise Unusable(f"{options} cannot stand {where}")


def _request(arguments: Namespace) -> int:
    """The request of a document; what it expects counts, unless the option says otherwise."""
    case = read_case(source(arguments.request))
    if case.policies is None:
        raise InvalidPolicy(case.refusal)
    decision = authorize(case.request, case.policies)
    expected = case.expected if arguments.expect is None else arguments.expect.upper()
    is_met = decision.effect in EXPECTATIONS[expected or "ALLOW"]
    if arguments.format == "json":
        about = {} if expected is None else {"expected": expected, "asExpected": is_met}
        print(json.text({**about, **iam_json.decision(decision)}), end="")
    else:
        print(iam_text.decision(decision))
    if expected is not None and not is_met:
        sys.stdout.flush()
        said = f"expected {expected}, found {decision.effect.value}"
        print(f"ecrpolicy: not as expected: {said}", file=sys.stderr)
    return 0 if is_met else UNMET


def _require_question(arguments: Namespace) -> None:
    if arguments.principal is None:
        raise Unusable(
            "say who asks: `--principal ARN`; or give everything in one document with `--request`"
        )
    if (arguments.action is None) is (arguments.operation is None):
        raise Unusable("say what is asked: either `--action` or `--operation`")
    if arguments.action is not None:
        _warn_of_unknown(arguments.action)


def _warn_of_unknown(action: str) -> None:
    """Say so where an action is none of those of its service that are known."""
    prefix = action.partition(":")[0].lower()
    held = actions.facts().services.get(prefix)
    if held is None or actions.find(action) is not None:
        return
    names = {name.lower(): name for name in held.actions}
    [close] = get_close_matches(action.lower(), names, n=1, cutoff=0.0)
    print(
        f"ecrpolicy: warning: `{printable(action)}` is no action of {held.name} known on "
        f"{actions.facts().date}; the closest is `{names[close]}`",
        file=sys.stderr,
    )


def _from_options(arguments: Namespace) -> int:
    """The request and its policies from the options."""
    _require_question(arguments)
    require_one_standard_input(paths_of(arguments))
    found: Operation | None = arguments.operation
    request = Request(
        principal=principal(arguments.principal),
        action=found.steps[0].action if found else arguments.action,
        resource=arguments.resource,
        context=context_of(arguments),
        resource_account=arguments.resource_account,
        role=arguments.role,
        user=arguments.user,
        provider=arguments.provider,
        service_linked_role=arguments.service_linked_role,
        principal_in_management_account=arguments.principal_in_management_account,
        resource_in_management_account=arguments.resource_in_management_account,
        principal_tags=tags_of(arguments.principal_tag),
        resource_tags=tags_of(arguments.resource_tag),
    )
    _require_resource(arguments)
    policies = read_policies(arguments)
    if found is None:
        decision = authorize(request, policies)
        return told(
            arguments,
            Verdict.YES if decision else Verdict.NO,
            iam_text.decision,
            iam_json.decision,
            decision,
        )
    exists = True if arguments.repository_exists else None
    operated = authorize_operation(found, request, policies, repository_exists=exists)
    return told(
        arguments,
        Verdict.YES if operated else Verdict.NO,
        iam_text.operation,
        iam_json.operation,
        operated,
    )


def _require_resource(arguments: Namespace) -> None:
    """An action of ECR that is about a repository is asked about one, any other about none."""
    if arguments.operation is not None:
        name, steps = arguments.operation.name, arguments.operation.steps
        has_resource = any(step.about is About.REPOSITORY for step in steps)
        if has_resource and arguments.resource is None:
            raise Unusable(f"`{name}` is about a repository: name it with `--resource ARN`")
        return
    known = actions.find(arguments.action)
    if known is None:
        return
    if known.has_resource and arguments.resource is None:
        raise Unusable(f"`{known.name}` is about a resource: name it with `--resource ARN`")
    if arguments.resource is not None and not known.has_resource:
        raise Unusable(f"`{known.name}` is about no resource: leave `--resource` out")


def _in_registry(arguments: Namespace) -> int:
    """The request about a registry, whose policies and identities say the rest."""
    _require_question(arguments)
    limits = [*arguments.session, *([arguments.endpoint] if arguments.endpoint else [])]
    require_one_standard_input([*arguments.snapshot, *arguments.identities, *limits])
    registry, identities = read_accounts(arguments)
    who, context = principal(arguments.principal), context_of(arguments)
    if arguments.operation is not None:
        if limits:
            raise Unusable(
                "`--session` and `--endpoint` cannot stand beside `--snapshot` and `--operation`: "
                "ask about each action"
            )
        operated = authorize_operation_in(
            registry, identities, who, arguments.operation, arguments.repository, context
        )
        return told(
            arguments,
            operated.verdict,
            iam_text.operation_answer,
            iam_json.operation_answer,
            operated,
        )
    answer = authorize_in(
        registry,
        identities,
        who,
        arguments.action,
        arguments.repository,
        context,
        session=several(arguments.session, Kind.SESSION),
        endpoint=one(arguments.endpoint, Kind.ENDPOINT),
    )
    return told(arguments, answer.verdict, iam_text.answer, iam_json.answer, answer)
