"""The page of a rule."""

from dataclasses import replace

from ecrpolicy import lint
from ecrpolicy.render.rule_page import page

EXPECTED = """\
# explicit-standard

A rule names the storage class that it would look at anyway.

It is a suggestion: it could be said better.
It is looked for in lifecycle policies.

## What it finds

Short.
Words.

## Why it matters

One.

Two.

## Without the extra `services`

Nothing.

## Example

Trips the rule:

```text
{
```

Does not:

```json
{}
```

## References

- A, “B”
"""


def test_all_that_a_rule_has_to_say() -> None:
    rule = replace(
        lint.find("explicit-standard"),
        what="Short. Words.",
        why="""
            One.

            Two.
            """,
        without_facts="Nothing.",
        trips="{",
        passes="{}",
        references=("A, “B”",),
    )
    assert page(rule) == EXPECTED
