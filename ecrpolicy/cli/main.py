"""The command `ecrpolicy`: which command is called, and how it ends.

Exit codes: 0 fine; 1 findings of `lint`, or an expectation that is not met; 2 wrong usage, or
input that cannot be used.
"""

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from typing import Final

from ecrpolicy import __version__
from ecrpolicy.cli.commands import add_commands

_UNUSABLE: Final = 2
_INTERRUPTED: Final = 130

_COMMANDS: Final = {
    "lint": "what is wrong with policies and settings, and what to write instead",
    "rules": "the rules of the linter",
    "rule": "the page of a rule",
    "preview": "which images a lifecycle policy would take, and why the others stay",
    "forecast": "which images a lifecycle policy will take on which day",
    "compare": "what another lifecycle policy would do otherwise, and why",
    "explain": "why images go or stay under a lifecycle policy",
    "check": "whether what must always hold of policies does",
    "snapshot": "write what the service tells of a repository, or of a registry, to a file",
    "schema": "print a JSON Schema for editors",
    "authorize": "whether a caller may do something under IAM-style policies, and why",
    "who-can": "who may take an action in a registry",
    "what-can": "what a caller may do in a registry",
    "cases": "run cases about policies, and record them",
    "registry": "check the settings of a registry: scans, replication, caches, quotas",
    "serve": "a registry on this machine that answers as Amazon ECR does",
}

_EXAMPLES: Final = """examples:
  ecrpolicy lint .
  ecrpolicy preview policy.json --images images.json
  ecrpolicy preview --repository team/app --region eu-west-1
  ecrpolicy explain policy.json --images images.json prod-41
  ecrpolicy authorize --request request.json
  ecrpolicy who-can ecr:PutImage --snapshot registry.json --identities iam.json
  ecrpolicy registry check registry.json
  ecrpolicy serve --data registry-data
"""

# Arguments without a name of their own that can be left out.
_OPTIONAL: Final = ("policy", "asked")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")
    parser = _parser(words)
    parsed = _parsed(parser, words)
    if parsed.command is None:
        parser.print_help()
        return _UNUSABLE
    try:
        code: int = parsed.run(parsed)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has seen enough; what is left to flush must not raise again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _not_written(error)
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _not_written(error: OSError) -> int:
    """What is left to flush must not raise again when the interpreter ends."""
    sys.stdout = None
    print(f"ecrpolicy: the output cannot be written: {error.strerror}", file=sys.stderr)
    return _UNUSABLE


def _parsed(parser: ArgumentParser, words: Sequence[str]) -> Namespace:
    """The arguments; what can be left out and is named after the options is found there too.

    Before Python 3.12, argparse gives an optional argument up at the first option.
    """
    parsed, left = parser.parse_known_args(words)
    for name in _OPTIONAL:
        if len(left) == 1 and getattr(parsed, name, "") is None and not left[0].startswith("--"):
            setattr(parsed, name, left.pop())
    if left:
        parser.error(f"unrecognized arguments: {' '.join(left)}")
    return parsed


def _parser(words: Sequence[str]) -> ArgumentParser:
    """The parser; only the command that is called is imported and asked for its options."""
    parser = ArgumentParser(
        prog="ecrpolicy",
        description="evaluate and explain Amazon ECR policies before applying them",
        epilog=_EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("-V", "--version", action="version", version=f"ecrpolicy {__version__}")
    add_commands(parser, _COMMANDS, words)
    return parser
