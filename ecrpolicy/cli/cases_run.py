"""`ecrpolicy cases run`: whether what comes out of cases is what they expect."""

from argparse import ArgumentParser, Namespace

from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.cli.inputs import progress, source
from ecrpolicy.cli.verdicts import UNMET
from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.render import json
from ecrpolicy.testing.cases import Case, InvalidCase, read_cases
from ecrpolicy.testing.cases.summary import Failure, Summary


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
    failures = []
    with progress("running", "cases", len(cases)) as ran:
        for number, (file, case) in enumerate(cases, start=1):
            mismatch = case.check()
            if mismatch is not None:
                failures.append(Failure(file, case.name, mismatch))
            ran(number)
    summary = Summary(len(cases), tuple(failures))
    if arguments.format == "json":
        print(json.text(summary.to_json()), end="")
    else:
        print(summary.text())
        if arguments.case is not None and not failures:
            print(f"\n{cases[0][1].explain()}")
    return UNMET if failures else 0


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
