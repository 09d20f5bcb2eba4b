"""What `ecrpolicy lint` looks for: its options, and the configuration that is found for it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from ecrpolicy.cli.ending import Unusable, content
from ecrpolicy.finding import Severity
from ecrpolicy.lint.engine import Context
from ecrpolicy.lint.facts import installed
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.selection import Selection, all_names, closest, is_selector
from ecrpolicy.sources.configuration import Configuration, find

if TYPE_CHECKING:
    from ecrpolicy.snapshot import Registry

AUTO: Final = "auto"
_SCOPES: Final[Mapping[str | None, Literal["V1", "V2"]]] = {"v1": "V1", "v2": "V2"}


def add_options(parser: ArgumentParser) -> None:
    """Add the options that say what is looked for."""
    parser.add_argument(
        "--kind",
        metavar="KIND",
        choices=(AUTO, *map(str, Kind)),
        default=AUTO,
        help="the kind of documents that do not tell it themselves: one of "
        f"{', '.join(Kind)}; default: auto, by content",
    )
    parser.add_argument(
        "--registry-scope",
        choices=("v1", "v2"),
        type=str.lower,
        help="what registry policies can be about",
    )
    parser.add_argument(
        "--registry",
        metavar="SNAPSHOT",
        help="the registry that the documents are for, as `who-can --snapshot` reads it: some "
        "rules compare documents with it",
    )
    parser.add_argument(
        "--select",
        metavar="RULES",
        action="append",
        help="look for these rules or families alone; commas between them; may be repeated",
    )
    parser.add_argument(
        "--ignore",
        metavar="RULES",
        action="append",
        default=[],
        help="do not look for these rules or families; commas between them; may be repeated",
    )
    parser.add_argument(
        "--fail-level",
        choices=tuple(map(str, Severity)),
        help="exit with 1 for findings as grave as this, or graver; default: warning",
    )
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="default: the nearest `.ecrpolicy.toml`, or `pyproject.toml` with "
        "`[tool.ecrpolicy]`, in this directory or above",
    )
    parser.add_argument(
        "--baseline", metavar="FILE", help="leave out the findings that stand in this file"
    )


@dataclass(frozen=True)
class Options:
    """What is looked for, how in which file, and what is grave enough to fail."""

    context: Context
    fail_level: Severity
    kind: Kind | None
    baseline: Path | None
    configuration: Configuration

    def kind_of(self, file: str) -> Kind | None:
        """The kind of documents in a file that do not tell it themselves."""
        return self.kind or self.configuration.kind_of(Path(file))

    def context_of(self, file: str) -> Context:
        """What is looked for in a file."""
        ignored = self.configuration.ignored_in(Path(file))
        if not ignored:
            return self.context
        return replace(self.context, selection=self.context.selection.without(ignored))


def read_options(arguments: Namespace) -> Options:
    """The options, and where they leave something open, the configuration.

    Raises EcrPolicyError and Unusable.
    """
    held = _configuration(arguments.config)
    select = _rules(arguments.select) if arguments.select else held.select
    if arguments.select and not select:
        raise Unusable("`--select` names no rule and no family: `ecrpolicy rules` lists them")
    selection = Selection(
        None if select is None else frozenset(select),
        frozenset((*_rules(arguments.ignore), *held.ignore)),
        held.severities,
    )
    return Options(
        Context(
            selection,
            installed(),
            _SCOPES.get(arguments.registry_scope) or held.registry_scope,
            _registry(arguments.registry or held.registry),
        ),
        Severity(arguments.fail_level or held.fail_level),
        None if arguments.kind == AUTO else Kind(arguments.kind),
        Path(arguments.baseline) if arguments.baseline else held.baseline,
        held,
    )


def _rules(given: Iterable[str]) -> Sequence[str]:
    """The rules and families of an option; raises Unusable for one that there is not."""
    names = [name.strip() for each in given for name in each.split(",") if name.strip()]
    for name in names:
        if not is_selector(name):
            raise Unusable(unknown_rule(name))
    return names


def unknown_rule(name: str) -> str:
    """The complaint about a rule that there is not."""
    near = closest(name, all_names())
    advice = f"do you mean `{near}`?" if near else "`ecrpolicy rules` lists them"
    return f"no rule is called `{name}`: {advice}"


def _registry(path: str | Path | None) -> "Registry | None":
    if not path:
        return None
    from ecrpolicy.sources.files import Source
    from ecrpolicy.sources.registries import read_registry

    return read_registry(Source(content(str(path)), str(path)))


def _configuration(named: str | None) -> Configuration:
    """The configuration that is named, or found, or none; what reads it is imported then."""
    path = Path(named) if named else find(Path.cwd())
    if path is None:
        return Configuration()
    from ecrpolicy.sources.configuration_file import read

    return read(content(str(path)), path, _shown(path))


def _shown(path: Path) -> str:
    """The path as it is seen from the working directory, where it is below that."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
