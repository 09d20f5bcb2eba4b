"""What shall not go: the options, and what is said where it goes all the same."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ecrpolicy.cli.ending import Unusable
from ecrpolicy.cli.inputs import source
from ecrpolicy.lifecycle.expectations import IN_USE, Expectation, unmet
from ecrpolicy.lifecycle.in_use import in_use
from ecrpolicy.reference import Reference
from ecrpolicy.render.in_use_words import Guard
from ecrpolicy.snapshot import Image, Repository
from ecrpolicy.sources.files import UNNAMED
from ecrpolicy.sources.in_use import read_references
from ecrpolicy.wording import printable


def add_expectations(parser: ArgumentParser) -> None:
    """Add the options."""
    group = parser.add_argument_group("what shall not go")
    group.add_argument(
        "--in-use",
        metavar="FILE",
        action="append",
        default=[],
        help="what runs: output of `kubectl get pods -A -o json`, `aws ecs describe-tasks`, `aws "
        "lambda get-function`, `docker images --digests`, or a reference on each line; exits "
        "with 1 if an image in use goes; may be repeated",
    )
    group.add_argument(
        "--fail-on",
        metavar="WHAT",
        type=_expectations,
        action="extend",
        default=[],
        help="exit with 1 on any of these too, with commas between: `tag=PATTERN`, an image with "
        "such a tag goes; `count=N` or `bytes=N`, more than N go; `in-use`, which --in-use means "
        "by itself",
    )


def _expectations(text: str) -> list[Expectation]:
    try:
        return [Expectation.read(word.strip()) for word in text.split(",")]
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


@dataclass(frozen=True, slots=True)
class Expected:
    """What shall not go, and what is in use, None where that was not asked for."""

    expectations: Sequence[Expectation]
    references: tuple[Reference, ...] | None

    @property
    def is_none(self) -> bool:
        """Whether nothing was asked for."""
        return self.references is None and not self.expectations

    def guard(
        self,
        repository: Repository,
        gone: Sequence[Image],
        how: Callable[[Image], str],
        *,
        gone_in_use: Sequence[Image] | None = None,
    ) -> Guard:
        """What is in use, and what goes all the same; `how` says of an image how it goes.

        `gone_in_use`: what is looked at for images in use, where that is more. Raises Unusable
        where nobody can tell what references are to the repository.
        """
        if self.references is not None and repository.name == UNNAMED:
            # References would all seem to be to other repositories, and nothing in use.
            raise Unusable("the listing has no repository's name: give it with `--repository`")
        used = None if self.references is None else in_use(self.references, repository)
        found = [
            each
            for wanted in self.expectations
            for each in unmet(
                [wanted],
                gone_in_use if wanted == IN_USE and gone_in_use is not None else gone,
                used,
            )
        ]
        return Guard(used, found, how)


def read_expected(arguments: Namespace) -> Expected:
    """What the options ask for. Raises EcrPolicyError and Unusable."""
    wanted: list[Expectation] = arguments.fail_on
    if IN_USE in wanted and not arguments.in_use:
        raise Unusable("`--fail-on in-use` needs to know what is: name files with `--in-use`")
    if not arguments.in_use:
        return Expected(wanted, None)
    references = read_references(*(source(path) for path in arguments.in_use))
    others = [each for each in wanted if each != IN_USE]
    return Expected([IN_USE, *others], references)


def tell(guard: Guard | None) -> None:
    """Say on standard error what goes all the same, where standard output is for a program."""
    for each in guard.unmet if guard else ():
        print(f"ecrpolicy: not as expected: {printable(each.message)}", file=sys.stderr)
