"""`ecrpolicy rule`: the page of a rule of the linter."""

from argparse import ArgumentParser, Namespace

from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.cli.lint_options import unknown_rule
from ecrpolicy.lint import family_of, find
from ecrpolicy.render.rule_page import page


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("name", metavar="NAME", help="such as `missing-effect`")


@guarded
def run(arguments: Namespace) -> int:
    """Print the page."""
    name = arguments.name
    if family_of(name) is None:
        raise Unusable(unknown_rule(name))
    print(page(find(name)), end="")
    return 0
