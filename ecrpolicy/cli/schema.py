"""`ecrpolicy schema`."""

from argparse import ArgumentParser, Namespace
from typing import Final

from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.schema import json_schema
from ecrpolicy.render.json import text

_CASES: Final = "cases"


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    kinds = (*map(str, Kind), _CASES)
    parser.add_argument("kind", metavar="KIND", choices=kinds, help=f"one of {', '.join(kinds)}")


def run(arguments: Namespace) -> int:
    """Print the schema."""
    if arguments.kind == _CASES:
        from ecrpolicy.testing.cases.schema import json_schema as of_cases

        print(text(of_cases()), end="")
    else:
        print(text(json_schema(Kind(arguments.kind))), end="")
    return 0
