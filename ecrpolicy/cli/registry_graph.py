"""`ecrpolicy registry graph`: which registries replicate into which, as a drawing."""

from argparse import ArgumentParser, Namespace

from ecrpolicy.cli.ending import guarded
from ecrpolicy.cli.registry_inputs import SNAPSHOT_HELP, read_topology
from ecrpolicy.render import graph


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "snapshots", metavar="SNAPSHOT", nargs="+", help=f"a registry each: {SNAPSHOT_HELP}"
    )
    parser.add_argument(
        "--format", choices=("mermaid", "dot"), default="mermaid", help="default: mermaid"
    )


@guarded
def run(arguments: Namespace) -> int:
    """Draw the registries that are given, and those that they name."""
    topology = read_topology(arguments.snapshots)
    drawn = graph.dot if arguments.format == "dot" else graph.mermaid
    print(drawn(topology), end="")
    return 0
