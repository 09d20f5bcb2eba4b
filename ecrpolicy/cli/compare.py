"""`ecrpolicy compare`: what another lifecycle policy would do otherwise."""

from argparse import ArgumentParser, Namespace
from typing import Final, NamedTuple

from ecrpolicy.cli.inputs import (
    ROWS,
    Unusable,
    add_format,
    add_images,
    guarded,
    repository_named,
    require_images,
    require_one_standard_input,
    source,
    terminal,
    time_of_run,
    warn_of_missing_archive,
)
from ecrpolicy.lifecycle import Comparison, Search, compare, search
from ecrpolicy.render import csv, json, markdown
from ecrpolicy.sources.policies import PolicyText, read_policy

_DIFFERENT: Final = 1


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
    add_format(parser, what="images")


@guarded
def run(arguments: Namespace) -> int:
    """Compare two policies, on a repository or on all."""
    if arguments.any_repository and arguments.format in ("csv", "html"):
        place = arguments.format
        raise Unusable(f"`--any-repository` has no place in {place}: choose another `--format`")
    answer = _answer(arguments)
    _write(answer, arguments)
    is_other = answer.search is not None and answer.search.witness is not None
    return _DIFFERENT if is_other else 0


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


def _write(answer: _Answer, arguments: Namespace) -> None:
    comparison, found = answer.comparison, answer.search
    if arguments.format == "json":
        print(json.comparison(comparison, found, answer.old.text, answer.new.text), end="")
    elif arguments.format == "csv" and comparison is not None:
        print(csv.comparison(comparison), end="")
    elif arguments.format == "markdown":
        limit = None if arguments.all else markdown.COMMENT
        print(markdown.comparison(comparison, found, limit=limit), end="")
    elif arguments.format == "html" and comparison is not None:
        from ecrpolicy.render.report import comparisons

        print(comparisons.comparison(comparison), end="")
    else:
        console, text = terminal()
        if comparison is not None:
            text.comparison(comparison, console, rows=None if arguments.all else ROWS)
        if found is not None:
            if comparison is not None:
                console.print()
            text.search(found, console)
