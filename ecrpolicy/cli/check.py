"""`ecrpolicy check`: whether what must always hold of policies does."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from ecrpolicy.cli.ending import Unusable, content, guarded
from ecrpolicy.cli.inputs import source, width
from ecrpolicy.finding import Location
from ecrpolicy.iam import Kind
from ecrpolicy.render import json, outline
from ecrpolicy.sources import invariants_file as files
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.iam_policies import read_policy as read_iam_policy
from ecrpolicy.sources.invariants_file import (
    AtMost,
    Eventually,
    Keeps,
    Never,
    NeverAllows,
    Stated,
)
from ecrpolicy.sources.policies import read_policy
from ecrpolicy.testing import invariants
from ecrpolicy.testing.invariants import Outcome, Result, Who
from ecrpolicy.wording import count, printable

_NOT_HELD: Final = 1

# What stands in place of a pattern of tags: no tag begins with `@`.
_UNTAGGED: Final = "@untagged"
_ANY: Final = "@any"

_NEVER: Final = {
    "never_expires": invariants.never_expires,
    "never_archives": invariants.never_archives,
}
# What says more of others, and of which.
_BELONGS: Final = {
    "younger_than": ("never_expires", "never_archives"),
    "at_least": ("always_keeps",),
    "within": ("eventually_expires",),
    "kind": ("never_allows", "allows_at_most"),
    "principal": ("never_allows", "allows_at_most"),
    "resource": ("never_allows", "allows_at_most"),
}
_EPILOG: Final = f"""IMAGES is a pattern of tags such as `prod-*`, `{_UNTAGGED}` or `{_ANY}`.
SPAN is hours, days or weeks: `12h`, `30d`, `2w`.
WHO is `anybody`, `outside:ACCOUNT`, `account:ACCOUNT`, `service:NAME`, or the
ARN of a role or a user.

examples:
  ecrpolicy check policy.json --never-expires 'prod-*' --younger-than 30d
  ecrpolicy check policy.json --always-keeps 'release-*' --at-least 5
  ecrpolicy check policy.json --never-allows 'ecr:*' \\
      --principal outside:111122223333
  ecrpolicy check --invariants invariants.toml
"""


_Read = Callable[[str], Source]


class _Checked(NamedTuple):
    """A policy's file, what was stated of it, and what came out."""

    file: str
    stated: Stated
    result: Result


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "policy",
        metavar="POLICY",
        nargs="?",
        help="a file of the policy, or what the AWS CLI printed around it; `-` is standard input",
    )
    parser.add_argument(
        "--invariants",
        metavar="FILE",
        help="what must hold of which policies, in TOML, in place of POLICY and the options below",
    )
    _add_lifecycle(parser)
    _add_requests(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def _add_lifecycle(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("of a lifecycle policy", "Each may be repeated.")
    for option, what in (
        ("--never-expires", "no such image is expired, or none that is --younger-than"),
        ("--never-archives", "no such image is archived, or none that is --younger-than"),
        ("--always-keeps", "a run leaves --at-least as many, or all that there are"),
        ("--eventually-expires", "such an image is gone --within some time"),
    ):
        group.add_argument(option, metavar="IMAGES", action="append", default=[], help=what)
    group.add_argument(
        "--younger-than",
        metavar="SPAN",
        type=_span,
        help="of --never-expires and --never-archives; default: of any age",
    )
    group.add_argument("--at-least", metavar="N", type=_number, help="of --always-keeps")
    group.add_argument("--within", metavar="SPAN", type=_span, help="of --eventually-expires")


def _add_requests(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("of an IAM-style policy")
    group.add_argument(
        "--kind",
        metavar="KIND",
        choices=tuple(map(str, Kind)),
        help=f"what kind of policy it is, one of {', '.join(Kind)}; default: repository",
    )
    group.add_argument(
        "--never-allows",
        metavar="ACTION",
        action="append",
        default=[],
        help="no request of --principal for such an action is allowed; may be repeated",
    )
    group.add_argument(
        "--allows-at-most",
        metavar="OLD",
        help="it allows no request that this policy does not allow",
    )
    group.add_argument("--principal", metavar="WHO", type=_who, help="whose requests are looked at")
    group.add_argument("--resource", metavar="ARN", help="default: `*`, all resources")


def _span(text: str) -> str:
    try:
        files.span(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
    return text


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    if not number:
        raise ArgumentTypeError(f"`{text}` is no number of images; give a number above 0")
    return number


def _who(text: str) -> str:
    try:
        Who.read(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
    return text


@guarded
def run(arguments: Namespace) -> int:
    """Check what the options, or a file, state."""
    # Standard input can be read once, and several statements can be about it.
    read = cache(source)
    checked = [
        _Checked(str(path), each, _result(each, str(path), read))
        for each in _stated(arguments)
        for path in each.paths
    ]
    if arguments.format == "json":
        print(json.text({"invariants": [_as_json(each) for each in checked]}), end="")
    else:
        lines = "\n\n".join(_texts(checked)).split("\n")
        print(outline.text(lines, width()), end="")
    return 0 if all(each.result.holds for each in checked) else _NOT_HELD


def _stated(arguments: Namespace) -> Sequence[Stated]:
    """What is stated by the file that is named, or else by the options."""
    if arguments.invariants is not None:
        if _are_given(arguments, "policy", *files.STATEMENTS, *_BELONGS):
            raise Unusable("`--invariants` says all: leave POLICY and the other options out")
        path = arguments.invariants
        return files.read(content(path), Path(path), path)
    of_options = list(_of_options(arguments))
    if arguments.policy is None or not of_options:
        raise Unusable(
            "say what must hold of which policy: POLICY with an option such as "
            "`--never-expires`, or `--invariants FILE`"
        )
    paths = (Path(arguments.policy),)
    kind = Kind(arguments.kind or Kind.REPOSITORY)
    return [Stated(what, each, paths, kind, None, Location()) for what, each in of_options]


def _of_options(arguments: Namespace) -> Iterator[tuple[str, files.Statement]]:
    """What the options state of the policy; raises Unusable where one lacks what it belongs to."""
    for option, others in _BELONGS.items():
        if _are_given(arguments, option) and not _are_given(arguments, *others):
            belongs = " and ".join(map(_option, others))
            raise Unusable(f"{_option(option)} belongs to {belongs}: state that, or leave it out")
    for option, needed, what in (
        ("always_keeps", "at_least", "how many"),
        ("eventually_expires", "within", "until when"),
        ("never_allows", "principal", "to whom"),
    ):
        if _are_given(arguments, option) and not _are_given(arguments, needed):
            raise Unusable(f"{_option(option)} needs to know {what}: add {_option(needed)}")
    younger_than, within = arguments.younger_than, arguments.within
    for what in _NEVER:
        for each in getattr(arguments, what):
            yield what, Never(**_images(each), younger_than=younger_than)
    for each in arguments.always_keeps:
        yield "always_keeps", Keeps(**_images(each), at_least=arguments.at_least)
    for each in arguments.eventually_expires:
        yield "eventually_expires", Eventually(**_images(each), within=within)
    who, resource = arguments.principal, arguments.resource or "*"
    for action in arguments.never_allows:
        yield "never_allows", NeverAllows(action=action, principal=who, resource=resource)
    if arguments.allows_at_most is not None:
        old = arguments.allows_at_most
        yield "allows_at_most", AtMost(old=old, principal=who, resource=resource)


def _are_given(arguments: Namespace, *names: str) -> bool:
    """Whether any of some arguments is; one that may be repeated is a list."""
    return any(getattr(arguments, name) not in (None, []) for name in names)


def _option(name: str) -> str:
    return f"`--{name.replace('_', '-')}`"


def _images(text: str) -> dict[str, Any]:
    if text == _UNTAGGED:
        return {"untagged": True}
    if text.startswith("@") and text != _ANY:
        known = f"write `{_UNTAGGED}`, `{_ANY}`, or a pattern of tags"
        raise Unusable(f"`{printable(text)}` stands for no images; {known}")
    return {} if text == _ANY else {"tag": text}


def _result(stated: Stated, file: str, read: _Read) -> Result:
    """Whether a statement holds of a policy; raises EcrPolicyError, and Unusable with the place."""
    try:
        if isinstance(stated.statement, NeverAllows | AtMost):
            return _of_requests(stated.statement, file, stated.kind, read)
        return _of_images(stated, stated.statement, read(file))
    except ValueError as error:
        place = str(stated.place)
        raise Unusable(f"{place}: {error}" if place else str(error)) from None


def _of_images(stated: Stated, said: Never | Keeps | Eventually, given: Source) -> Result:
    policy = read_policy(given).policy
    match said:
        case Never():
            span = None if said.younger_than is None else files.span(said.younger_than)
            never = _NEVER[stated.what]
            return never(policy, tag=said.tag, untagged=said.untagged, younger_than=span)
        case Keeps():
            return invariants.always_keeps(
                policy, at_least=said.at_least, tag=said.tag, untagged=said.untagged
            )
        case Eventually():
            return invariants.eventually_expires(
                policy, within=files.span(said.within), tag=said.tag, untagged=said.untagged
            )


def _of_requests(said: NeverAllows | AtMost, file: str, kind: Kind, read: _Read) -> Result:
    policy = read_iam_policy(read(file), kind)
    who = None if said.principal is None else Who.read(said.principal)
    if isinstance(said, AtMost):
        old = read_iam_policy(read(said.old), kind)
        return invariants.allows_at_most(
            policy, old, action=said.action, principal=who, resource=said.resource
        )
    return invariants.never_allows(
        policy, action=said.action, principal=Who.read(said.principal), resource=said.resource
    )


def _texts(checked: Sequence[_Checked]) -> Iterator[str]:
    """What came out of each, those that do not hold last; then how many there are of each."""
    for each in sorted(checked, key=lambda each: not each.result.holds):
        name = f" {printable(each.stated.name)}:" if each.stated.name else ""
        yield f"{printable(each.file)}:{name} {each.result.text()}"
    numbers = Counter(each.result.outcome for each in checked)
    said = ", ".join(_number_of(each, numbers[each]) for each in Outcome if numbers[each])
    yield f"{count(len(checked), 'invariant')}: {said}"


def _number_of(outcome: Outcome, number: int) -> str:
    said = "hold" if outcome is Outcome.HOLDS and number > 1 else outcome.value
    return f"{number:,} {said}"


def _as_json(each: _Checked) -> dict[str, Any]:
    return {
        "file": each.file,
        "name": each.stated.name,
        "invariant": each.stated.what.replace("_", "-"),
        **each.result.to_json(),
    }
