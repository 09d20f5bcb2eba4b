"""`ecrpolicy compare`: what another lifecycle policy would do otherwise."""

from argparse import ArgumentParser, Namespace
from typing import Final, NamedTuple

from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.cli.expected import Expected, add_expectations, read_expected, tell
from ecrpolicy.cli.inputs import (
    ROWS,
    add_format,
    add_images,
    add_price,
    repository_named,
    require_images,
    require_one_standard_input,
    source,
    terminal,
    time_of_run,
    warn_of_missing_archive,
)
from ecrpolicy.lifecycle import Action, Comparison, Search, Turn, compare, search
from ecrpolicy.lifecycle.costs import of_comparison
from ecrpolicy.lifecycle.differences import Fate
from ecrpolicy.render import csv, json, markdown
from ecrpolicy.render.in_use_words import Guard
from ecrpolicy.snapshot import Image
from ecrpolicy.sources.policies import PolicyText, read_policy

_UNMET: Final = 1


class _Answer(NamedTuple):
    """What was asked for, and the policies that it is about."""

    old: PolicyText
    new: PolicyText
    comparison: Comparison | None
    search: Search | None


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    for name, which in (("old", "the policy as it is"), ("new", "the policy as it shall be")):
        parser.add_argument(
            name,
            metavar=name.upper(),
            help=f"{which}: a file of it, or of `get-lifecycle-policy` output; `-` is standard "
            "input",
        )
    add_images(parser)
    parser.add_argument(
        "--any-repository",
        action="store_true",
        help="whether the policies can differ in any repository at all, and exit with 1 if they "
        "can; shows the smallest that was found; needs no images",
    )
    add_expectations(parser)
    add_price(parser)
    add_format(parser, what="images")


@guarded
def run(arguments: Namespace) -> int:
    """Compare two policies, on a repository or on all."""
    if arguments.any_repository and arguments.format in ("csv", "html"):
        place = arguments.format
        raise Unusable(f"`--any-repository` has no place in {place}: choose another `--format`")
    answer = _answer(arguments)
    expected = read_expected(arguments)
    guard = None
    if arguments.price_per_gb_month and answer.comparison is None:
        raise Unusable("costs are those of a repository: name it with `--images`")
    if not expected.is_none:
        if answer.comparison is None:
            raise Unusable(
                "what shall not go is looked for in a repository: name it with `--images`"
            )
        guard = _guard(expected, answer.comparison)
    _write(answer, guard, arguments)
    is_other = answer.search is not None and answer.search.witness is not None
    return _UNMET if is_other or (guard and guard.unmet) else 0


def _guard(expected: Expected, comparison: Comparison) -> Guard:
    """What goes under the new policy alone, or expires instead of being archived.

    Of images in use, all that go under the new policy.
    """
    new = comparison.new

    def how(image: Image) -> str:
        result = new.by_digest[image.digest]
        return f"{Fate(result.action, result.rule_priority)} under the new policy"

    gone = [
        each.image
        for each in comparison.turned
        if each.turn is Turn.GOES
        or (each.turn is Turn.OTHER_ACTION and each.new and each.new.action is Action.EXPIRE)
    ]
    in_use = [result.image for result in new.results]
    return expected.guard(new.repository, gone, how, gone_in_use=in_use)


def _answer(arguments: Namespace) -> _Answer:
    require_one_standard_input(arguments, arguments.old, arguments.new)
    old, new = read_policy(source(arguments.old)), read_policy(source(arguments.new))
    if arguments.any_repository and not (arguments.images or arguments.repository):
        found = search(old.policy, new.policy, now=time_of_run(arguments, None))
        return _Answer(old, new, None, found)
    repository = repository_named(arguments)
    require_images(repository)
    warn_of_missing_archive(repository, old, new)
    now = time_of_run(arguments, repository)
    comparison = compare(old.policy, new.policy, repository, now=now)
    wanted = search(old.policy, new.policy, now=now) if arguments.any_repository else None
    return _Answer(old, new, comparison, wanted)


def _write(answer: _Answer, guard: Guard | None, arguments: Namespace) -> None:
    comparison, found = answer.comparison, answer.search
    price = arguments.price_per_gb_month
    costs = of_comparison(comparison, price) if comparison and price else None
    if arguments.format == "json":
        print(
            json.comparison(comparison, found, answer.old.text, answer.new.text, guard, costs),
            end="",
        )
        tell(guard)
    elif arguments.format == "csv" and comparison is not None:
        print(csv.comparison(comparison), end="")
        tell(guard)
    elif arguments.format == "markdown":
        limit = None if arguments.all else markdown.COMMENT
        print(markdown.comparison(comparison, found, guard, costs, limit=limit), end="")
    elif arguments.format == "html" and comparison is not None:
        from ecrpolicy.render.report import comparisons

        print(comparisons.comparison(comparison, guard, costs), end="")
        tell(guard)
    else:
        console, text = terminal()
        rows = None if arguments.all else ROWS
        if comparison is not None:
            text.comparison(comparison, console, rows=rows)
        if costs:
            text.costs(costs, console)
        if guard:
            text.guard(guard, console, rows=rows)
        if found is not None:
            if comparison is not None:
                console.print()
            text.search(found, console)
