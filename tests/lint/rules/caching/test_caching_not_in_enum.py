"""A word that is none of those allowed."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    TEMPLATES,
    cache,
    rules,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-not-in-enum"


@table(
    trips(
        "an upstream registry",
        rules(cache(upstreamRegistry="Quay")),
        "/pullThroughCacheRules/0/upstreamRegistry",
    ),
    trips(
        "a cause",
        templates(template(appliedFor=["PUSH"])),
        "/repositoryCreationTemplates/0/appliedFor/0",
        **TEMPLATES,
    ),
    passes("known ones", templates(template(imageTagMutability="IMMUTABLE")), **TEMPLATES),
    passes("unknown", rules(cache(upstreamRegistry=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache(upstreamRegistry="Quay"))) == (
        "`Quay` is no `upstreamRegistry`; write `quay`"
    )


def test_in_a_list_the_name_is_that_of_the_list() -> None:
    value = templates(template(appliedFor=["FOO"]))
    assert message(RULE, value, **TEMPLATES).startswith("`FOO` is no `appliedFor`; ")
