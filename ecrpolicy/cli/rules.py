"""`ecrpolicy rules`: all rules of the linter."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from ecrpolicy.lint import FAMILIES, Rule, find, names


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(arguments: Namespace) -> int:
    """Print the list, family after family."""
    if arguments.format == "json":
        print(json.dumps([_described(*each) for each in _rules()], indent=2))
        return 0
    found = list(_rules())
    name_width = max(len(rule.name) for _, rule in found)
    severity_width = max(len(rule.severity) for _, rule in found)
    for number, (family, rule) in enumerate(found):
        if not number or found[number - 1][0] != family:
            print(f"{chr(10) if number else ''}{family}")
        print(f"  {rule.name:{name_width}}  {rule.severity:{severity_width}}  {rule.summary}")
    return 0


def _rules() -> Iterator[tuple[str, Rule]]:
    for family in FAMILIES:
        for name in names(family):
            yield family, find(name)


def _described(family: str, rule: Rule) -> dict[str, object]:
    return {
        "name": rule.name,
        "family": family,
        "severity": rule.severity.value,
        "kinds": [kind.value for kind in rule.kinds],
        "summary": rule.summary,
    }
