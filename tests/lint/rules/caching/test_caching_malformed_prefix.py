"""A prefix that no repository's name begins with."""

from tests.lint.rules.caching.builders import TEMPLATES, cache, rules, template, templates
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-malformed-prefix"


@table(
    trips("a capital", rules(cache("Quay")), "/pullThroughCacheRules/0/ecrRepositoryPrefix"),
    trips(
        "a wildcard",
        templates(template("team/*")),
        "/repositoryCreationTemplates/0/prefix",
        **TEMPLATES,
    ),
    trips(
        "root in small letters",
        templates(template("Root")),
        "/repositoryCreationTemplates/0/prefix",
        **TEMPLATES,
    ),
    passes("a path", rules(cache("team-a/web__1"))),
    passes("all", templates(template("ROOT")), **TEMPLATES),
    passes("too short, which another rule tells", rules(cache("A"))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache("Quay"))) == (
        "`Quay` can be the beginning of no repository name; use lower-case letters, "
        "digits, and single `.`, `_`, `-` or `/` within them"
    )
