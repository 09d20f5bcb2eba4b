"""Begins a rule: `python -m tests.lint.new_rule FAMILY NAME`, or `make rule`.

Makes the rule's file, its test and its page. The tests fail until what is written in capitals is
gone.
"""

import argparse
import re
from pathlib import Path
from string import Template
from typing import Final

from ecrpolicy import lint
from tests.docs.examples import ROOT
from tests.lint import pages

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

_HELPERS: Final = {
    "iam": ("from ecrpolicy.lint.policy import policy_of", "policy_of(subject).statements"),
    "ecr": ("from ecrpolicy.lint.policy import policy_of", "policy_of(subject).statements"),
    "lifecycle": (
        "from ecrpolicy.lint.lifecycle import lifecycle_rules",
        "lifecycle_rules(subject).rules",
    ),
}
_OTHERS: Final = (
    "from ecrpolicy.lint.values import objects",
    'objects(subject.value, "MEMBER")',
)

_IMPORTS: Final = (
    "from ecrpolicy.finding import Severity",
    "from ecrpolicy.lint.kind import Kind",
    "from ecrpolicy.lint.rule import Problem, Rule",
    "from ecrpolicy.lint.subject import Subject",
)

_RULE: Final = Template('''\
"""WHAT IS WRONG."""

from collections.abc import Iterator

$imports


def check(subject: Subject) -> Iterator[Problem]:
    for each in $each:
        if False:
            yield Problem(each.path, "MESSAGE", "HELP")


RULE = Rule(
    name="$name",
    severity=Severity.WARNING,
    kinds=(Kind.$kind,),
    check=check,
    summary="WHAT IS WRONG WITH A DOCUMENT THAT TRIPS IT",
    what="""
        Finds SOMETHING.
        """,
    why="""
        SO.
        """,
    trips="""
        {}
        """,
    passes="""
        {}
        """,
    references=("GUIDE, “SECTION”",),
)
''')

_TEST: Final = Template('''\
"""WHAT IS WRONG."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.tables import Case, message, passes, table, trips

RULE = "$name"


@table(
    trips("THE SIMPLEST CASE", {}, "/PLACE"),
    passes("A NEAR MISS", {}),
    passes("unknown", {"MEMBER": UNKNOWN}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, {}) == "MESSAGE; HELP"
''')


def begun(family: str, name: str) -> dict[Path, str]:
    """The files of a new rule, and what stands in them.

    Raises ValueError where the name is none.
    """
    if family not in lint.FAMILIES:
        raise ValueError(f"`{family}` is no family: name one of {', '.join(lint.FAMILIES)}")
    if not _NAME.fullmatch(name):
        raise ValueError(f"`{name}` is no name: use lower case, digits and hyphens")
    if any(name in lint.names(other) for other in lint.FAMILIES):
        raise ValueError(f"there is a rule `{name}` already")
    helper, each = _HELPERS.get(family, _OTHERS)
    module, kind = name.replace("-", "_"), lint.FAMILIES[family][0].name
    imports = "\n".join(sorted((*_IMPORTS, helper)))
    words = {"name": name, "imports": imports, "each": each, "kind": kind}
    return {
        ROOT / f"ecrpolicy/lint/rules/{family}/{module}.py": _RULE.substitute(words),
        ROOT / f"tests/lint/rules/{family}/test_{module}.py": _TEST.substitute(words),
    }


def main() -> None:
    """Make the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", choices=lint.FAMILIES)
    parser.add_argument("name")
    asked = parser.parse_args()
    try:
        made = begun(asked.family, asked.name)
    except ValueError as error:
        parser.error(str(error))
    for path, text in made.items():
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT))  # noqa: T201
    lint.names.cache_clear()
    pages.main()


if __name__ == "__main__":
    main()
