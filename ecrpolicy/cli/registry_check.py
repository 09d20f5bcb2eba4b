"""`ecrpolicy registry check`: what the settings of a registry come to."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from itertools import chain
from typing import Final

from ecrpolicy.cli import registry_access
from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.cli.inputs import add_time, rich_console
from ecrpolicy.cli.registry_inputs import add_inputs, read_survey, write_outline
from ecrpolicy.document.shape import finding
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Location
from ecrpolicy.render import registry_json, registry_markdown, repository_outline
from ecrpolicy.render.json import text
from ecrpolicy.scanning import Circumstances, Duration
from ecrpolicy.settings import Survey
from ecrpolicy.tagging import name_problem

# A table of more rows than this is not read.
_ROWS: Final = 500
_DURATIONS: Final = tuple(each.value for each in Duration)


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_inputs(parser)
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--repository", metavar="NAME", help="explain this repository")
    one.add_argument(
        "--new-repository",
        metavar="NAME",
        help="say what a repository of this name would get, were it created",
    )
    images = parser.add_argument_group("the images of the repository that is explained")
    add_time(
        images,
        "--now",
        "when they are looked at, ISO 8601 with an offset or epoch seconds; default: when the "
        "snapshot was taken, else now",
    )
    add_time(images, "--enhanced-since", "when enhanced scanning was turned on")
    images.add_argument(
        "--scan-duration",
        metavar="DURATION",
        choices=_DURATIONS,
        help=f"for how long after its push an image is scanned: {', '.join(_DURATIONS)}",
    )
    registry_access.add_callers(parser)
    parser.add_argument(
        "--all",
        action="store_true",
        help=f"show all repositories or images, not the first {_ROWS}",
    )
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="default: text"
    )


@guarded
def run(arguments: Namespace) -> int:
    """Show all repositories, explain one, or foresee one."""
    _require_one(arguments)
    survey = read_survey(arguments)
    if arguments.repository is not None:
        _explain(survey, arguments)
    elif arguments.new_repository is not None:
        _foresee(survey, arguments)
    else:
        _check(survey, arguments)
    return 0


def _check(survey: Survey, arguments: Namespace) -> None:
    rows = None if arguments.all else _ROWS
    match arguments.format:
        case "json":
            print(text(registry_json.check(survey)), end="")
        case "markdown":
            print(registry_markdown.check(survey, rows=rows), end="")
        case _:
            console = rich_console()
            from ecrpolicy.render import registry_text

            registry_text.check(survey, console, rows=rows)


def _explain(survey: Survey, arguments: Namespace) -> None:
    name = arguments.repository
    registry = survey.settings.registry
    if registry.has_unknown_repositories:
        advice = "give the output of `aws ecr describe-repositories`"
        raise Unusable(f"no repository is listed: `{name}` cannot be explained; {advice}")
    if registry.repository(name) is None:
        advice = f"foresee it with `--new-repository {name}`"
        raise Unusable(f"the registry has no repository `{name}`; {advice}")
    at = _circumstances(survey, arguments)
    if arguments.format == "json":
        print(text(registry_json.explained(survey, name, at)), end="")
    else:
        rows = None if arguments.all else _ROWS
        write_outline(arguments, repository_outline.explained(survey, name, at, rows=rows))


def _require_one(arguments: Namespace) -> None:
    """Raises Unusable where something is said of images, or of callers, and of no repository."""
    for option in ("now", "enhanced_since", "scan_duration"):
        if getattr(arguments, option) is not None and arguments.repository is None:
            name = option.replace("_", "-")
            raise Unusable(f"`--{name}` is about images: name a repository with `--repository`")
    for option in ("identities", "principal"):
        if getattr(arguments, option) and arguments.new_repository is None:
            advice = "name it with `--new-repository`"
            raise Unusable(f"`--{option}` is about who may create a repository: {advice}")


def _circumstances(survey: Survey, arguments: Namespace) -> Circumstances:
    taken_at = survey.settings.registry.taken_at
    now = arguments.now or taken_at or datetime.now(UTC)
    duration = arguments.scan_duration
    since = arguments.enhanced_since
    if since is not None and since > now:
        raise Unusable("enhanced scanning is turned on after `--now`: give an earlier time")
    return Circumstances(now, since, None if duration is None else Duration(duration))


def _foresee(survey: Survey, arguments: Namespace) -> None:
    name = arguments.new_repository
    problem = name_problem(name)
    if problem is not None:
        raise InvalidPolicy([finding(problem, Location())])
    if survey.settings.registry.repository(name) is not None:
        raise Unusable(f"`{name}` is there already: explain it with `--repository {name}`")
    told = list(registry_access.access(survey.settings, arguments))
    if arguments.format == "json":
        more = {each.member: each.plain for each in told}
        print(text({**registry_json.foreseen(survey, name), **more}), end="")
    else:
        lines = (repository_outline.foreseen(survey, name), *map(registry_access.lines, told))
        write_outline(arguments, chain.from_iterable(lines))
