"""Cases checked one after the other: a summary, and in which way each is not as expected."""

from collections.abc import Sequence

from ecrpolicy.cli.inputs import progress
from ecrpolicy.render import json
from ecrpolicy.testing.cases import Case
from ecrpolicy.testing.cases.summary import Failure, Summary


def checked(cases: Sequence[tuple[str, Case]], form: str) -> Summary:
    """Check cases, each with its file, and print the summary in a format, `text` or `json`."""
    failures = []
    with progress("running", "cases", len(cases)) as ran:
        for number, (file, case) in enumerate(cases, start=1):
            mismatch = case.check()
            if mismatch is not None:
                failures.append(Failure(file, case.name, mismatch))
            ran(number)
    summary = Summary(len(cases), tuple(failures))
    if form == "json":
        print(json.text(summary.to_json()), end="")
    else:
        print(summary.text())
    return summary
