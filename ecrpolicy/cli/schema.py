"""`ecrpolicy schema`."""

from argparse import ArgumentParser, Namespace

from ecrpolicy.lifecycle.schema import json_schema
from ecrpolicy.render.json import text


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("kind", choices=("lifecycle",), help="the kind of policy")


def run(_: Namespace) -> int:
    """Print the schema."""
    print(text(json_schema()), end="")
    return 0
