"""`ecrpolicy cases run`: whether what comes out of cases is what they expect."""

from argparse import ArgumentParser, Namespace

from ecrpolicy.cli.checked_cases import checked
from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.cli.inputs import source
from ecrpolicy.cli.verdicts import UNMET
from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.testing.cases import Case, InvalidCase, read_cases


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="files of cases; `-` is standard input"
    )
    parser.add_argument("--case", metavar="NAME", help="the one case of this name, explained")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


@guarded
def run(arguments: Namespace) -> int:
    """Check the cases: a summary, and in which way each is not as expected."""
    cases = _read(arguments)
    summary = checked(cases, arguments.format)
    if arguments.format == "text" and arguments.case is not None and not summary.failures:
        print(f"\n{cases[0][1].explain()}")
    return UNMET if summary.failures else 0


def _read(arguments: Namespace) -> list[tuple[str, Case]]:
    """The cases with the files they are from; raises EcrPolicyError with all complaints."""
    if arguments.files.count("-") > 1:
        raise Unusable("standard input can be read once: give the other as a file")
    cases: list[tuple[str, Case]] = []
    errors: list[EcrPolicyError] = []
    for path in arguments.files:
        try:
            found = read_cases(source(path), named=arguments.case)
        except EcrPolicyError as error:
            errors.append(error)
        else:
            cases += ((path, case) for case in found)
    if errors:
        raise InvalidCase.of(errors)
    if arguments.case is not None and len(cases) != 1:
        which = f"{len(cases)} cases are" if cases else "no case is"
        raise Unusable(f"{which} called `{arguments.case}`")
    return cases
