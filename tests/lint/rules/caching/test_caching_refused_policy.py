"""A policy in a template that would be refused."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-refused-policy"


@table(
    trips(
        "no rules",
        templates(template(lifecyclePolicy='{"rules": []}'.ljust(100))),
        "/repositoryCreationTemplates/0/lifecyclePolicy",
    ),
    trips(
        "no JSON",
        templates(template(repositoryPolicy="{")),
        "/repositoryCreationTemplates/0/repositoryPolicy",
    ),
    passes("none", templates(template(repositoryPolicy="", lifecyclePolicy=""))),
    passes("no text, which another rule tells", templates(template(repositoryPolicy={}))),
    passes("unknown", templates(template(repositoryPolicy=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, templates(template(lifecyclePolicy='{"rules": []}'.ljust(100)))) == (
        "a policy has one rule at least (in its text at 1:11); delete the policy to keep all images"
    )
