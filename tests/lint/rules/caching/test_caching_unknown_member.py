"""A member that no cache rule or template has."""

from tests.lint.rules.caching.builders import TEMPLATES, cache, rules, template, templates
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-unknown-member"


@table(
    trips("of a cache rule", rules(cache(name="a")), "/pullThroughCacheRules/0/name (name)"),
    trips(
        "of a template",
        templates(template(name="a")),
        "/repositoryCreationTemplates/0/name (name)",
        **TEMPLATES,
    ),
    passes("known ones", rules(cache(registryId="111122223333"))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache(credentialsArn="a"))) == (
        "no member is called `credentialsArn`; write `credentialArn`, or delete it"
    )
