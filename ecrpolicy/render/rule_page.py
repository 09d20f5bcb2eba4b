"""The page of a rule of the linter, as markdown."""

import json
from collections.abc import Iterator
from inspect import cleandoc
from typing import Final

from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.rule import Rule

_NAMES: Final = {
    Kind.LIFECYCLE: "lifecycle policies",
    Kind.IDENTITY: "identity-based policies",
    Kind.BOUNDARY: "permissions boundaries",
    Kind.SESSION: "session policies",
    Kind.SCP: "SCPs",
    Kind.RCP: "RCPs",
    Kind.ENDPOINT: "VPC endpoint policies",
    Kind.REPOSITORY: "repository policies",
    Kind.REGISTRY: "registry policies",
    Kind.RESOURCE: "other resource-based policies",
    Kind.SCANNING: "scanning configurations",
    Kind.REPLICATION: "replication configurations",
    Kind.CACHING: "pull-through cache rules",
    Kind.TEMPLATES: "repository creation templates",
}

_SEVERITIES: Final = {
    "error": "an error: the document is refused, or cannot be meant",
    "security-warning": "a security warning: more is allowed than it seems",
    "warning": "a warning: it does not do what it seems to",
    "suggestion": "a suggestion: it could be said better",
}


def page(rule: Rule) -> str:
    """The page, a sentence a line."""
    return "\n\n".join(_blocks(rule)) + "\n"


def _blocks(rule: Rule) -> Iterator[str]:
    yield f"# {rule.name}"
    yield f"{rule.summary[0].upper()}{rule.summary[1:]}."
    yield f"It is {_SEVERITIES[rule.severity]}.\nIt is looked for in {_kinds(rule.kinds)}."
    yield "## What it finds"
    yield paragraphs(rule.what)
    yield "## Why it matters"
    yield paragraphs(rule.why)
    if rule.without_facts:
        yield "## Without the extra `services`"
        yield paragraphs(rule.without_facts)
    yield "## Example"
    yield "Trips the rule:"
    yield _example(rule.trips)
    yield "Does not:"
    yield _example(rule.passes)
    yield "## References"
    yield "\n".join(f"- {reference}" for reference in rule.references)


def paragraphs(text: str) -> str:
    """A text of a rule without its indentation, one sentence a line.

    >>> print(paragraphs('''
    ...     One sentence that runs
    ...     on. Another one.
    ...     '''))
    One sentence that runs on.
    Another one.
    """
    parts = (" ".join(part.split()) for part in cleandoc(text).split("\n\n"))
    return "\n\n".join(part.replace(". ", ".\n") for part in parts)


def _example(text: str) -> str:
    text = cleandoc(text)
    return f"```{'json' if _is_json(text) else 'text'}\n{text}\n```"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _kinds(kinds: tuple[Kind, ...]) -> str:
    if kinds == tuple(Kind):
        return "all documents"
    if kinds == IAM:
        return "all IAM-style policies"
    *others, last = (_NAMES[kind] for kind in kinds)
    return f"{', '.join(others)} and {last}" if others else last
