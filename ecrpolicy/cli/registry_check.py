"""`ecrpolicy registry check`: what the settings of a registry come to."""

from argparse import ArgumentParser, Namespace
from typing import Final

from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.cli.inputs import rich_console
from ecrpolicy.cli.registry_inputs import add_inputs, read_survey, write_outline
from ecrpolicy.document.shape import finding
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Location
from ecrpolicy.render import registry_json, registry_markdown, repository_outline
from ecrpolicy.render.json import text
from ecrpolicy.settings import Survey
from ecrpolicy.tagging import name_problem

# A table of more rows than this is not read.
_ROWS: Final = 500


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
    parser.add_argument(
        "--all", action="store_true", help=f"show all repositories, not the first {_ROWS}"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="default: text"
    )


@guarded
def run(arguments: Namespace) -> int:
    """Show all repositories, explain one, or foresee one."""
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
    if survey.settings.registry.repository(name) is None:
        advice = f"foresee it with `--new-repository {name}`"
        raise Unusable(f"the registry has no repository `{name}`; {advice}")
    if arguments.format == "json":
        print(text(registry_json.explained(survey, name)), end="")
    else:
        write_outline(arguments, repository_outline.explained(survey, name))


def _foresee(survey: Survey, arguments: Namespace) -> None:
    name = arguments.new_repository
    problem = name_problem(name)
    if problem is not None:
        raise InvalidPolicy([finding(problem, Location())])
    if survey.settings.registry.repository(name) is not None:
        raise Unusable(f"`{name}` is there already: explain it with `--repository {name}`")
    if arguments.format == "json":
        print(text(registry_json.foreseen(survey, name)), end="")
    else:
        write_outline(arguments, repository_outline.foreseen(survey, name))
