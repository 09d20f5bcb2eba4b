"""Commands and the commands below them; only the one that is called is imported."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from types import ModuleType

_UNUSABLE = 2


def add_commands(
    parser: ArgumentParser,
    summaries: Mapping[str, str],
    words: Sequence[str],
    *,
    within: str = "",
) -> None:
    """Add commands by their names, each with one line that says what it does.

    The one that is called is the first of the words that is no option. It is asked for its
    options, or for the commands `within` it: a module with `COMMANDS` has those.
    """
    commands = parser.add_subparsers(dest=f"{within}command", metavar="COMMAND", title="commands")
    called = next((at for at, word in enumerate(words) if not word.startswith("-")), len(words))
    for name, summary in summaries.items():
        command = commands.add_parser(
            name, help=summary, description=summary, formatter_class=RawDescriptionHelpFormatter
        )
        if name in words[called : called + 1]:
            module = import_module(f"ecrpolicy.cli.{within}{name.replace('-', '_')}")
            _configure(command, module, words[called + 1 :], f"{name}_")


def _configure(
    command: ArgumentParser, module: ModuleType, words: Sequence[str], within: str
) -> None:
    below = getattr(module, "COMMANDS", None)
    if below is None:
        module.configure(command)
        command.set_defaults(run=module.run)
        return
    command.epilog = module.EXAMPLES
    command.set_defaults(run=partial(_helped, command))
    add_commands(command, below, words, within=within)


def _helped(command: ArgumentParser, _: Namespace) -> int:
    command.print_help()
    return _UNUSABLE
