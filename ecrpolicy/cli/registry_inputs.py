"""What the commands about registries read and write: snapshots, and nested lines."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace

from ecrpolicy import regions
from ecrpolicy.cli.asked import require_one_standard_input
from ecrpolicy.cli.ending import Unusable
from ecrpolicy.cli.inputs import source, width
from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.finding import Finding, Location
from ecrpolicy.regions import PARTITIONS
from ecrpolicy.render import outline
from ecrpolicy.replication import Topology
from ecrpolicy.settings import Settings, Survey
from ecrpolicy.snapshot import Registry
from ecrpolicy.sources.registries import read_registry
from ecrpolicy.wording import printable

SNAPSHOT_HELP = (
    "a file of `ecrpolicy snapshot --registry`, or output of the AWS CLI about a registry; "
    "`-` is standard input"
)


def add_inputs(parser: ArgumentParser) -> None:
    """Add the arguments that name a registry, and others that it replicates to."""
    parser.add_argument("snapshot", metavar="SNAPSHOT", help=SNAPSHOT_HELP)
    group = parser.add_argument_group("what else is known")
    group.add_argument(
        "--more",
        metavar="FILE",
        action="append",
        default=[],
        help="further documents of the same registry; may be repeated",
    )
    group.add_argument(
        "--other",
        metavar="FILE",
        action="append",
        default=[],
        help="another registry, for what it permits those that replicate into it; may be repeated",
    )
    group.add_argument("--region", help="that of the registry, where its documents tell none")


def read_survey(arguments: Namespace) -> Survey:
    """The registry, with the others beside it; raises EcrPolicyError and Unusable."""
    own = [arguments.snapshot, *arguments.more]
    require_one_standard_input([*own, *arguments.other, *getattr(arguments, "identities", ())])
    settings = _read(own, arguments.region)
    others = [(path, _read([path]).registry) for path in arguments.other]
    advice = "give further documents of it with `--more`"
    topology = _topology([(arguments.snapshot, settings.registry), *others], advice)
    return Survey(settings, topology)


def read_topology(paths: Sequence[str]) -> Topology:
    """Registries, one a file; raises EcrPolicyError and Unusable."""
    require_one_standard_input(paths)
    advice = "put the documents of one registry into one file"
    return _topology([(path, _read([path]).registry) for path in paths], advice)


def write_outline(arguments: Namespace, lines: outline.Lines) -> None:
    """Nested lines in the format that is asked for: text as wide as the terminal, or markdown."""
    if arguments.format == "markdown":
        print(outline.markdown(lines), end="")
    else:
        print(outline.text(lines, width()), end="")


def _read(paths: Sequence[str], region: str | None = None) -> Settings:
    """The registry that some files tell of, with its settings."""
    if region is not None and region not in PARTITIONS:
        known = regions.advice(region)
        raise Unusable(f"--region: `{printable(region)[:80]}` is no Region that is known; {known}")
    sources = [source(path) for path in paths]
    files = ", ".join(each.file or path for each, path in zip(sources, paths, strict=True))
    try:
        return Settings.of(read_registry(*sources, region=region, with_settings=True))
    except EcrPolicyError as error:
        placed = [_placed(each, files) for each in error.findings]
        raise type(error)(placed, error.left_out) from None


def _placed(finding: Finding, files: str) -> Finding:
    """What concerns several documents together has no place in one of them, but in the files."""
    if finding.location.file is not None:
        return finding
    return replace(finding, location=Location(files, pointer=finding.location.pointer))


def _topology(found: Sequence[tuple[str, Registry]], advice: str) -> Topology:
    """The registries together; raises Unusable where one is given twice."""
    seen: dict[tuple[str, str], str] = {}
    for path, registry in found:
        place = registry.account, registry.region
        if place in seen:
            both = f"`{seen[place]}` and `{path}`"
            raise Unusable(f"{both} are both of the registry {' '.join(place)}: {advice}")
        seen[place] = path
    return Topology(tuple(registry for _, registry in found))
